"""What the portal's operators are asked for in docs/portal-operators.md, tried at a Keycloak."""

from __future__ import annotations

import json

import pytest

from demo.keycloak.distribution import ROOT
from tests.portal.desktop import REDIRECT, Desktop, claims, query

REALM = ROOT / "demo" / "keycloak" / "realm-vbp.json"
NEEDED = {"sub", "iat", "exp", "client_id", "jti", "iss"}  # contract/occurrences 7.1
SCOPE = "openid profile email ala/attrs ala/roles"


def test_the_client_to_import_is_the_one_that_all_is_tried_with(client_for_operators):
    (tried,) = json.loads(REALM.read_text(encoding="utf-8"))["clients"]
    assert client_for_operators == tried


def test_the_client_holds_no_secret_and_opens_no_other_way(client_for_operators):
    assert client_for_operators["publicClient"] and "secret" not in client_for_operators
    for way in ("implicitFlowEnabled", "directAccessGrantsEnabled", "serviceAccountsEnabled"):
        assert client_for_operators[way] is False
    assert client_for_operators["redirectUris"] == ["http://127.0.0.1/callback"]
    assert client_for_operators["webOrigins"] == []


def test_it_can_be_imported_into_a_realm_that_has_never_heard_of_it(
    client_for_operators, control, realm, browser
):
    """As *Import client* does it; then somebody signs in and is known to the services."""
    existing = control.admin.client("vbp-qgis")
    control.admin.delete(f"vbp/clients/{existing['id']}")
    try:
        control.admin.post("vbp/clients", client_for_operators)
        tokens = Desktop(realm.issuer).sign_in(browser, "admin", "admin", scope=SCOPE)
    finally:
        made = control.admin.client("vbp-qgis")
        control.admin.delete(f"vbp/clients/{made['id']}")
        control.admin.post("vbp/clients", existing)
    token = claims(tokens["access_token"])
    assert set(token) >= NEEDED
    assert token["userid"] == token["sub"]
    assert "ROLE_DATA_HIGHRES" in token["role"]
    assert "DATA_HIGHRES" in claims(tokens["id_token"])["realm_access"]["roles"]


@pytest.mark.parametrize(
    ("uri", "taken"),
    [
        ("http://127.0.0.1:49152/callback", True),
        ("http://127.0.0.1/callback", True),
        ("http://127.0.0.1:49152/callback/", False),
        ("http://127.0.0.1:49152/callback/../other", False),
        ("http://127.0.0.1:49152/callback?x=1", False),
        ("http://127.0.0.1:49152/callback#x", False),
        ("http://127.0.0.1:49152/", False),
        ("http://localhost:49152/callback", False),
        ("http://[::1]:49152/callback", False),
        ("http://127.0.0.2:49152/callback", False),
        ("http://somebody@127.0.0.1:49152/callback", False),
        ("http://127.0.0.1.example.org:49152/callback", False),
        ("https://127.0.0.1:49152/callback", False),
    ],
)
def test_a_redirect_without_port_stands_for_each_port_and_for_nothing_else(
    desktop, browser, uri, taken
):
    page = browser.open(desktop.address(redirect_uri=uri))
    assert page.has_form("kc-form-login") is taken
    assert page.status == (200 if taken else 400)


def test_without_the_scope_basic_nobody_is_known(control, desktop, browser):
    """It gives ``sub`` since Keycloak 25; the services refuse a token without."""
    client = control.admin.client("vbp-qgis")
    (basic,) = [one for one in control.admin.get("vbp/client-scopes") if one["name"] == "basic"]
    path = f"vbp/clients/{client['id']}/default-client-scopes/{basic['id']}"
    control.admin.delete(path)
    try:
        tokens = desktop.sign_in(browser, scope=SCOPE)
    finally:
        control.admin.put(path, {})
    assert "sub" not in claims(tokens["access_token"])


@pytest.mark.parametrize("claim", ["client_id", "userid"])
def test_a_claim_of_a_mapper_is_missed_without_it(control, desktop, browser, claim):
    control.fault(f"oidc.no_{claim}")
    assert claim not in claims(desktop.sign_in(browser, scope=SCOPE)["access_token"])


def test_a_client_that_leaves_out_the_issuer_still_announces_it(control, desktop, browser):
    """*Exclude Issuer From Authentication Response* must stay off: the plugin would refuse."""
    control.client_attributes(**{"exclude.issuer.from.auth.response": "true"})
    assert desktop.metadata["authorization_response_iss_parameter_supported"] is True
    assert "iss" not in query(browser.sign_in(desktop.address(), "demo", "demo"))


def test_a_scope_that_the_client_lacks_ends_the_sign_in(desktop, browser):
    answer = query(browser.open(desktop.address(scope=f"{SCOPE} ala/other")))
    assert answer["error"] == "invalid_scope"


def test_offline_access_wants_the_role_as_well(control, desktop, browser):
    control.fault("oidc.offline_refused")
    page = browser.sign_in(desktop.address(scope=f"{SCOPE} offline_access"), "demo", "demo")
    answer = desktop.exchange(query(page)["code"])
    assert (answer.status_code, answer.json()["error"]) == (400, "not_allowed")


def test_a_client_without_the_device_grant_says_so(control, desktop):
    control.fault("oidc.device_not_allowed")
    answer = desktop.post(
        "auth/device",
        scope=SCOPE,
        code_challenge=desktop.challenge,
        code_challenge_method="S256",
    )
    assert (answer.status_code, answer.json()["error"]) == (400, "unauthorized_client")


def test_who_comes_for_the_first_time_is_asked_nothing(desktop, browser):
    page = browser.sign_in(desktop.address(kc_idp_hint="acm-idm"), "citizen", None)
    assert page.url.startswith(REDIRECT)
