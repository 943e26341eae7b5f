"""Signing in at a real provider, through a browser that posts real forms."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
import requests

from biodiv_plugin.auth.session import AuthState
from biodiv_plugin.portal import errors
from tests.qgis.doubles import spin_until
from tests.qgis.sign_in.browser import PersonAtBrowser, is_open, port_of, query, types_wrong_first


def test_with_a_password(desk):
    states = []
    desk.session.changed.connect(states.append)
    account = desk.sign_in(PersonAtBrowser(desk.visitor, steps=types_wrong_first))
    assert (account.name, account.email) == ("Dirk Maes", "demo@natuur.example")
    assert account.roles == ("USER",) and not account.may_see_high_resolution
    assert not account.federated and account.has_user_id
    spin_until(lambda: len(states) > 1)
    assert states == [AuthState.SIGNING_IN, AuthState.SIGNED_IN]
    session = desk.session
    assert session.account == account and session.tokens.serves()
    assert (session.kept, session.kept_reason) == ("session", "not_asked")
    assert session.tokens.refresh_token and session.tokens.id_token


def test_by_acm_idm(desk):
    browser = PersonAtBrowser(desk.visitor, "hilde", None)
    account = desk.sign_in(browser, hint="acm-idm")
    assert account.federated and account.may_see_high_resolution
    assert query(browser.urls[0])["kc_idp_hint"] == "acm-idm"


def test_the_organisation_is_told_where_the_provider_tells_it(desk):
    desk.control.fault("oidc.organisation_claims")
    account = desk.sign_in(PersonAtBrowser(desk.visitor, "hilde", None), hint="acm-idm")
    assert account.organisation == "Instituut voor Natuur- en Bosonderzoek"


def test_a_portal_account_is_asked_for_by_an_empty_hint(desk):
    desk.control.fault("oidc.acm_idm_by_default")
    browser = PersonAtBrowser(desk.visitor)
    assert desk.sign_in(browser, hint="").name == "Dirk Maes"
    assert query(browser.urls[0])["kc_idp_hint"] == ""


def test_the_browser_s_session_is_used_and_can_be_passed_over(desk):
    desk.sign_in(PersonAtBrowser(desk.visitor))
    again = PersonAtBrowser(desk.visitor, "nobody", "nothing")
    assert desk.sign_in(again).name == "Dirk Maes"
    other = PersonAtBrowser(desk.visitor, "admin", "admin")
    assert desk.sign_in(other, prompt_login=True).name == "Ada Beheer"
    assert "prompt=login" in desk.asked("auth", "GET")[-1]["query"]


def test_another_person_of_acm_idm_at_the_same_browser(desk):
    """Keycloak refuses her while somebody else is signed in, on a page that leads nowhere."""
    desk.sign_in(PersonAtBrowser(desk.visitor))
    other = PersonAtBrowser(desk.visitor, "hilde", None)
    assert desk.sign_in(other, prompt_login=True, hint="acm-idm").name == "Hilde Janssens"
    (end,) = other.urls
    assert query(end)["id_token_hint"] and query(end)["client_id"] == "vbp-qgis"
    third = PersonAtBrowser(desk.visitor, "pieter", None, "OVO900002")
    assert desk.sign_in(third, prompt_login=True, hint="acm-idm").name == "Pieter De Smet"


def test_another_account_while_only_the_browser_is_signed_in(desk, new_desk):
    """The person confirms that the browser is to be signed out."""
    desk.sign_in(PersonAtBrowser(desk.visitor))
    stranger = new_desk()
    other = PersonAtBrowser(desk.visitor, "admin", "admin")
    assert stranger.sign_in(other, prompt_login=True).name == "Ada Beheer"
    assert "id_token_hint" not in query(other.urls[0])


def test_another_account_at_a_provider_that_signs_nobody_out(desk):
    desk.control.fault("oidc.metadata", end_session_endpoint=None)
    browser = PersonAtBrowser(desk.visitor)
    assert desk.sign_in(browser, prompt_login=True).name == "Dirk Maes"
    assert query(browser.urls[0])["prompt"] == "login"


def test_another_organisation(desk):
    first = desk.sign_in(PersonAtBrowser(desk.visitor, "pieter", None, "OVO900002"), hint="acm-idm")
    label = desk.session.label
    browser = PersonAtBrowser(desk.visitor, "pieter", None, "OVO900003")
    second = desk.sign_in(browser, hint="acm-idm", switch_organisation=True)
    assert (first.may_see_high_resolution, second.may_see_high_resolution) == (False, True)
    assert query(browser.urls[0])["login_hint"] == "eyJzd2l0Y2hfaWQiOiB0cnVlfQ=="
    assert desk.session.label != label


def test_d01_the_address_is_the_provider_s_and_opened_outside(desk):
    browser = PersonAtBrowser(desk.visitor)
    desk.sign_in(browser)
    assert browser.urls[0].startswith(f"{desk.portal.issuer}/protocol/openid-connect/auth?")


def test_d02_each_attempt_has_its_own_challenge(desk):
    browser = PersonAtBrowser(desk.visitor)
    desk.sign_in(browser)
    desk.sign_in(browser)
    one, other = (query(url) for url in browser.urls)
    assert one["code_challenge_method"] == other["code_challenge_method"] == "S256"
    for secret in ("code_challenge", "state", "nonce"):
        assert one[secret] != other[secret] and len(one[secret]) >= 43
    assert not [name for name in one if "secret" in name or "verifier" in name]


def test_d02_a_provider_without_s256_is_refused(desk):
    desk.control.fault("oidc.no_s256")
    assert isinstance(desk.fails(), errors.UnexpectedAnswer)
    assert desk.asked("auth", "GET") == []


def test_d04_each_attempt_has_its_own_port(desk):
    browser = PersonAtBrowser(desk.visitor)
    desk.sign_in(browser)
    desk.sign_in(browser)
    one, other = (query(url)["redirect_uri"] for url in browser.urls)
    assert one != other
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/callback", one)
    assert not is_open(port_of(browser.urls[0])) and not is_open(port_of(browser.urls[1]))


def test_d05_forged_callbacks_come_first_and_change_nothing(desk):
    answers = []

    def steps(visitor, url):
        back = query(url)["redirect_uri"]
        for forged in (
            f"{back}?code=evil&state=wrong",
            f"{back}?error=access_denied",
            f"{back}?code=a&code=b&state={query(url)['state']}",
            back.replace("/callback", "/favicon.ico"),
        ):
            answers.append(requests.get(forged, timeout=5).status_code)
        answers.append(requests.post(back, data="x", timeout=5).status_code)
        host = {"Host": "evil.example"}
        answers.append(requests.get(f"{back}?code=a", headers=host, timeout=5).status_code)
        return visitor.sign_in(url, "demo", "demo")

    browser = PersonAtBrowser(desk.visitor, steps=steps)
    assert desk.sign_in(browser).name == "Dirk Maes"
    assert answers == [400, 400, 400, 404, 405, 400]
    assert browser.answered == 200


def test_d06_an_answer_of_another_provider(desk):
    desk.control.fault("oidc.wrong_iss_parameter", iss="https://evil.example")
    failure = desk.fails()
    assert failure.code == "issuer"
    assert desk.asked("token") == []


def test_d06_an_answer_that_names_no_provider_though_announced(desk):
    def steps(visitor, url):
        page = visitor.sign_in(url, "demo", "demo")
        return replace(page, url=re.sub(r"&iss=[^&]*|iss=[^&]*&", "", page.url))

    failure = desk.fails(PersonAtBrowser(desk.visitor, steps=steps))
    assert failure.code == "issuer"
    assert desk.asked("token") == []


def test_a_provider_that_never_names_itself_is_accepted(desk):
    desk.control.fault("oidc.no_iss_parameter")
    assert desk.sign_in().name == "Dirk Maes"


def test_a_foreign_state_never_arrives(desk):
    desk.control.fault("oidc.wrong_state")
    browser = PersonAtBrowser(desk.visitor)
    assert desk.fails(browser, timeout=1).code == "timeout"
    assert browser.answered == 400


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ({"name": "oidc.id_token", "alg": "none"}, "id_token"),
        ({"name": "oidc.id_token", "alg": "HS256"}, "id_token"),
        ({"name": "oidc.id_token", "tamper": True}, "id_token"),
        ({"name": "oidc.id_token", "foreign_key": True}, "id_token"),
        ({"name": "oidc.id_token", "claims": {"aud": "other"}}, "id_token"),
        ({"name": "oidc.id_token", "claims": {"nonce": "other"}}, "id_token"),
        ({"name": "oidc.id_token", "claims": {"sub": "eve"}}, "id_token"),
        ({"name": "oidc.id_token", "omit": ["nonce"]}, "id_token"),
        ({"name": "oidc.clock_skew", "seconds": 600}, "clock"),
        ({"name": "oidc.clock_skew", "seconds": -600}, "clock"),
    ],
)
def test_d09_a_bad_id_token_ends_the_attempt_and_its_tokens(desk, fault, code):
    desk.control.fault(**fault)
    assert desk.fails().code == code
    assert len(desk.asked("revoke")) == 1


def test_d09_a_clock_that_is_a_little_off(desk):
    desk.control.fault("oidc.clock_skew", seconds=100)
    assert desk.sign_in().name == "Dirk Maes"


def test_keys_that_were_just_changed(desk):
    desk.control.fault("oidc.rotate_keys", count=1)
    assert desk.sign_in().name == "Dirk Maes"


@pytest.mark.parametrize("endpoint", ["certs", "userinfo"])
def test_a_sign_in_does_without_keys_or_userinfo_to_be_had(desk, endpoint):
    path = f"/realms/vbp/protocol/openid-connect/{endpoint}"
    desk.control.fault(kind="status", status=503, path=path)
    account = desk.sign_in()
    assert (account.name, account.roles) == ("Dirk Maes", ("USER",))
    assert account.has_user_id == (endpoint == "certs")


def test_without_userid_a_new_list_would_be_nobody_s(desk):
    desk.control.fault("oidc.userinfo_without_userid")
    account = desk.sign_in()
    assert not account.has_user_id and account.user_id == account.sub


@pytest.mark.parametrize(
    ("remember", "asked"),
    [
        (False, "openid profile email ala/attrs ala/roles"),
        (True, "openid profile email ala/attrs ala/roles offline_access"),
    ],
)
def test_d23_nothing_more_is_asked_for_than_wished(desk, remember, asked):
    browser = PersonAtBrowser(desk.visitor)
    desk.sign_in(browser, remember=remember)
    assert query(browser.urls[0])["scope"] == asked
    assert ("offline_access" in desk.session.tokens.scopes) == remember
