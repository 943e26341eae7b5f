"""What Keycloak does where the standards leave it free; docs/keycloak-differences.md tells it."""

from __future__ import annotations

import pytest

from tests.portal.desktop import claims, query

SCOPE = "openid profile email ala/attrs ala/roles"
OFFLINE = f"{SCOPE} offline_access"
WINDOWS = 1280  # characters that the Credential Manager takes


@pytest.mark.parametrize("person", ["demo", "admin"])
@pytest.mark.parametrize("scope", [SCOPE, OFFLINE])
def test_a_refresh_token_fits_the_credential_manager_of_windows(desktop, browser, person, scope):
    token = desktop.sign_in(browser, person, person, scope=scope)["refresh_token"]
    assert 600 < len(token) < 900
    assert claims(token)["typ"] == ("Offline" if scope == OFFLINE else "Refresh")
    assert ("exp" in claims(token)) is (scope == SCOPE)
    kept = len(token) + 250  # what is kept beside it: issuer, client, who, when
    assert kept < WINDOWS


def test_roles_do_not_lengthen_a_refresh_token(control, desktop, browser):
    names = [f"A_ROLE_OF_SOME_LENGTH_{number}" for number in range(60)]
    user = control.admin.user("demo")
    before = len(desktop.sign_in(browser, scope=OFFLINE)["refresh_token"])
    for name in names:
        control.admin.post("vbp/roles", {"name": name})
    roles = [control.admin.get(f"vbp/roles/{name}") for name in names]
    try:
        control.admin.post(f"vbp/users/{user['id']}/role-mappings/realm", roles)
        tokens = desktop.sign_in(browser, scope=OFFLINE)
    finally:
        for name in names:
            control.admin.delete(f"vbp/roles/{name}")
    assert len(claims(tokens["access_token"])["role"]) > 60
    assert abs(len(tokens["refresh_token"]) - before) < 8


def test_a_long_issuer_lengthens_it_little(realm):
    """Twice the issuer, in base64: the live one is shorter than a loopback's."""
    assert len("https://auth.inbo.be/realms/vbp") < len(realm.issuer)


def test_signed_in_anew_a_person_must_be_the_same(desktop, browser):
    desktop.sign_in(browser)
    page = browser.open(desktop.address(prompt="login"))
    assert page.asks_again == "demo"
    assert "username" not in page.form("kc-form-login").fields
    page = browser.sign_in(desktop.address(prompt="login", kc_idp_hint="acm-idm"), "hilde", None)
    assert page.status == 400 and "aangemeld" in page.text


def test_after_a_sign_out_of_the_browser_it_may_be_another_person(desktop, browser):
    tokens = desktop.sign_in(browser)
    back = "http://127.0.0.1:51234/logged-out"
    end = desktop.metadata["end_session_endpoint"]
    url = f"{end}?client_id=vbp-qgis&post_logout_redirect_uri={back}&state=1"
    assert browser.open(f"{url}&id_token_hint={tokens['id_token']}").url == f"{back}?state=1"
    desktop.sign_in(browser, "hilde", None, prompt="login", kc_idp_hint="acm-idm")
    page = browser.open(url)  # nobody's hint: the person is asked
    page = browser.submit(page.form("kc-logout-confirm"), "confirmLogout")
    assert page.url == f"{back}?state=1"


def test_to_choose_an_account_is_no_prompt_of_keycloak(desktop, browser):
    desktop.sign_in(browser)
    assert browser.open(desktop.address(prompt="select_account")).left_the_portal


def test_a_sign_in_that_is_offline_from_the_start_leaves_no_session(desktop, browser):
    desktop.sign_in(browser, scope=OFFLINE)
    assert browser.open(desktop.address()).has_form("kc-form-login")


def test_offline_sessions_of_two_machines_do_not_end_each_other(desktop, realm):
    one = desktop.sign_in(realm.visitor(), scope=OFFLINE)
    other = desktop.sign_in(realm.visitor(), scope=OFFLINE)
    desktop.post("revoke", token=one["refresh_token"])
    assert desktop.refresh(one["refresh_token"]).json()["error"] == "invalid_grant"
    assert desktop.refresh(other["refresh_token"]).status_code == 200


def test_two_lines_in_one_browser_go_on_side_by_side_and_end_together(desktop, browser):
    one, other = desktop.sign_in(browser), desktop.sign_in(browser)
    one = desktop.refresh(one["refresh_token"]).json()
    other = desktop.refresh(other["refresh_token"]).json()
    one = desktop.refresh(one["refresh_token"]).json()
    desktop.post("revoke", token=other["refresh_token"])
    assert desktop.refresh(one["refresh_token"]).json()["error"] == "invalid_grant"


def test_a_required_action_comes_first_and_the_sign_in_goes_on(control, desktop, browser):
    user = control.admin.user("demo")
    path = f"vbp/users/{user['id']}"
    control.admin.put(path, {**user, "requiredActions": ["UPDATE_PROFILE"]})
    page = browser.sign_in(desktop.address(), "demo", "demo")
    form = page.form("kc-update-profile-form")
    page = browser.submit(form, firstName="Dirk", lastName="Maes")
    assert "code" in query(page)


def test_somebody_without_mail_is_asked_for_none(desktop, browser):
    tokens = desktop.sign_in(browser, "noemail", "noemail", scope=SCOPE)
    assert "email" not in claims(tokens["id_token"])


@pytest.mark.parametrize(
    ("written", "known"),
    [
        (str.lower, True),
        (lambda code: code.replace("-", ""), True),
        (lambda code: code.replace("-", " "), False),
    ],
)
def test_how_a_user_code_may_be_typed(desktop, browser, written, known):
    device = desktop.post(
        "auth/device",
        scope=SCOPE,
        code_challenge=desktop.challenge,
        code_challenge_method="S256",
    ).json()
    form = browser.open(device["verification_uri"]).form("kc-user-verify-device-user-code-form")
    page = browser.submit(form, device_user_code=written(device["user_code"]))
    assert page.has_form("kc-form-login") is known
    assert page.has_form("kc-user-verify-device-user-code-form") is not known


def test_a_renewal_that_asks_for_more_gets_what_it_had(desktop, browser):
    tokens = desktop.sign_in(browser, scope="openid email")
    answer = desktop.refresh(tokens["refresh_token"], scope="openid profile email").json()
    assert set(answer["scope"].split()) == {"openid", "email"}


def test_a_client_without_refresh_tokens(control, desktop, browser):
    control.fault("oidc.no_refresh_token")
    tokens = desktop.sign_in(browser)
    assert "refresh_token" not in tokens and tokens["expires_in"] == 300


def test_after_a_change_of_the_realm_s_key_tokens_go_on(control, desktop, browser):
    tokens = desktop.sign_in(browser)
    control.fault("oidc.rotate_keys")
    renewed = desktop.refresh(tokens["refresh_token"])
    assert renewed.status_code == 200
    assert desktop.userinfo(tokens["access_token"]).status_code == 200
