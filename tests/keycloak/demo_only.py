"""Tests of the demo provider that a real Keycloak does not pass, and why: what differs.

Everything else in ``tests/portal/test_oidc*.py`` passes at both, which is what makes the one a
double of the other. docs/keycloak-differences.md tells the same in words.
"""

from __future__ import annotations

_PAGES = "ACM/IDM's stand-in has Keycloak's own pages"
_ROLES = "Keycloak lists its own three roles along"
_STRICT = "another error code for the same refusal"
DEMO_ONLY = {
    "test_certs_publish_no_private_part": "Keycloak adds certificates to its keys",
    "test_access_token_has_what_the_services_want": _ROLES,
    "test_scopes_decide_about_claims": "the client's own mappers ask for no scope",
    "test_a_bad_request_is_told_to_the_client[changes6-unsupported_response_type]": (
        "Keycloak answers another flow in the fragment"
    ),
    "test_a_bad_exchange_is_refused[changes1-invalid_request]": _STRICT,
    "test_a_bad_exchange_is_refused[changes5-unsupported_grant_type]": _STRICT,
    "test_bad_polls[changes1-invalid_request]": _STRICT,
    "test_cancel_is_access_denied": "Keycloak's form has no such button",
    "test_the_hint_leads_to_acm_idm": _PAGES,
    "test_the_portal_may_prefer_acm_idm": _PAGES,
    "test_two_organisations_are_a_choice": _PAGES,
    "test_switching_organisation_changes_the_rights": _PAGES,
    "test_acm_idm_remembers_the_person": _PAGES,
    "test_without_the_right_nothing_comes_back": "the stand-in answers 401 where the demo has 403",
    "test_another_error_of_acm_idm": "the stand-in knows one error",
    "test_cancel_at_acm_idm_leads_to_the_form": _PAGES,
    "test_a_made_up_answer_of_acm_idm_is_refused": "Keycloak's answers have a state of their own",
    "test_details_can_be_changed": "it would change the realm for the tests that follow",
    "test_a_password_can_be_changed": "it would change the realm for the tests that follow",
    "test_a_refresh_may_narrow_the_scope_but_not_widen_it": "Keycloak passes over what is too much",
    "test_unknown_client": "at Keycloak the client is switched off, not unknown",
    "test_d25_the_proxy_and_the_authorities_of_qgis_count[flags0-outcome0]": (
        "Keycloak names itself after the host that was asked for, and this one is made up"
    ),
    "test_the_person_declines": "Keycloak's form has no button to cancel by",
}
