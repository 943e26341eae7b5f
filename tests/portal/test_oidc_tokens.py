"""What becomes of tokens: rotation, revocation, sign-out, userinfo."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from tests.portal.desktop import FULL_SCOPE, claims

# Refresh tokens


def test_rotation(desktop, browser):
    first = desktop.sign_in(browser)
    second = desktop.refresh(first["refresh_token"]).json()
    assert second["refresh_token"] != first["refresh_token"]
    assert claims(second["access_token"])["jti"] != claims(first["access_token"])["jti"]
    assert claims(second["id_token"])["sub"] == claims(first["id_token"])["sub"]
    assert "nonce" not in claims(second["id_token"])


def test_reuse_ends_the_whole_line(desktop, browser):
    first = desktop.sign_in(browser)
    second = desktop.refresh(first["refresh_token"]).json()
    reused = desktop.refresh(first["refresh_token"])
    assert (reused.status_code, reused.json()["error"]) == (400, "invalid_grant")
    assert desktop.refresh(second["refresh_token"]).json()["error"] == "invalid_grant"


def test_of_many_at_once_one_is_served(desktop, browser):
    token = desktop.sign_in(browser)["refresh_token"]

    def refresh(_):
        data = {"grant_type": "refresh_token", "refresh_token": token, "client_id": "vbp-qgis"}
        return requests.post(desktop.metadata["token_endpoint"], data=data).status_code

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(refresh, range(8))) == [200] + [400] * 7


def test_refresh_tokens_have_keycloaks_form(desktop, browser):
    online = desktop.sign_in(browser)["refresh_token"]
    offline = desktop.sign_in(browser, scope=f"{FULL_SCOPE} offline_access")["refresh_token"]
    assert claims(online)["typ"] == "Refresh"
    assert claims(offline)["typ"] == "Offline"
    assert "exp" not in claims(offline)
    assert 600 < len(offline) < 750
    assert 600 < len(online) < 750


@pytest.mark.parametrize("token", ["", "junk", "a.b.c", "access"])
def test_what_is_no_refresh_token_is_refused(desktop, browser, token):
    tokens = desktop.sign_in(browser)
    answer = desktop.refresh(tokens["access_token"] if token == "access" else token)
    assert answer.status_code == 400
    assert answer.json()["error"] in ("invalid_grant", "invalid_request")


def test_a_refresh_may_narrow_the_scope_but_not_widen_it(desktop, browser):
    tokens = desktop.sign_in(browser, scope="openid email")
    narrowed = desktop.refresh(tokens["refresh_token"], scope="openid").json()
    assert narrowed["scope"] == "openid"
    widened = desktop.refresh(narrowed["refresh_token"], scope="openid profile")
    assert widened.json()["error"] == "invalid_scope"


def test_offline_survives_the_sign_out_of_the_browser(desktop, browser, switch):
    tokens = desktop.sign_in(browser, scope=f"{FULL_SCOPE} offline_access")
    assert tokens["refresh_expires_in"] == 0
    browser.open(f"{desktop.metadata['end_session_endpoint']}?id_token_hint={tokens['id_token']}")
    switch.forward(7 * 24 * 3600)
    tokens = desktop.refresh(tokens["refresh_token"]).json()
    assert desktop.post("revoke", token=tokens["refresh_token"]).status_code == 200
    assert desktop.refresh(tokens["refresh_token"]).json()["error"] == "invalid_grant"


def test_offline_ends_after_a_month_unused(desktop, browser, switch):
    tokens = desktop.sign_in(browser, scope=f"{FULL_SCOPE} offline_access")
    switch.forward(31 * 24 * 3600)
    assert desktop.refresh(tokens["refresh_token"]).json()["error"] == "invalid_grant"


# Revocation and sign-out


def test_revoking_a_refresh_token(desktop, browser):
    tokens = desktop.sign_in(browser)
    answer = desktop.post("revoke", token=tokens["refresh_token"], token_type_hint="refresh_token")
    assert answer.status_code == 200
    assert desktop.refresh(tokens["refresh_token"]).json()["error"] == "invalid_grant"
    assert desktop.userinfo(tokens["access_token"]).status_code == 401
    # It was the last that the browser's session served, so that has ended too.
    assert browser.open(desktop.address()).has_form("kc-form-login")


def test_revoking_an_access_token(desktop, browser):
    tokens = desktop.sign_in(browser)
    assert desktop.post("revoke", token=tokens["access_token"]).status_code == 200
    assert desktop.userinfo(tokens["access_token"]).status_code == 401
    assert desktop.refresh(tokens["refresh_token"]).status_code == 200


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({"token": "unknown"}, 200),  # RFC 7009 2.2
        ({}, 400),
        ({"token": "x", "token_type_hint": "magic"}, 200),
        ({"token": "x", "client_id": "somebody"}, 401),
    ],
)
def test_odd_revocations(desktop, data, status):
    assert desktop.post("revoke", **data).status_code == status


def test_sign_out_by_the_client(desktop, browser):
    tokens = desktop.sign_in(browser)
    back = "http://127.0.0.1:51234/logged-out"
    url = (
        f"{desktop.metadata['end_session_endpoint']}?id_token_hint={tokens['id_token']}"
        f"&post_logout_redirect_uri={back}&state=bye&client_id=vbp-qgis"
    )
    assert browser.open(url).url == f"{back}?state=bye"
    assert browser.open(desktop.address()).has_form("kc-form-login")
    assert desktop.refresh(tokens["refresh_token"]).json()["error"] == "invalid_grant"


def test_sign_out_without_a_hint_asks_first(desktop, browser):
    desktop.sign_in(browser)
    browser.open(desktop.metadata["end_session_endpoint"])
    assert browser.open(desktop.address()).left_the_portal
    page = browser.open(desktop.metadata["end_session_endpoint"])
    page = browser.submit(page.form("kc-logout-confirm"), "confirmLogout")
    assert "U bent nu uitgelogd" in page.text
    assert browser.open(desktop.address()).has_form("kc-form-login")


def test_sign_out_with_nobody_there_asks_nothing(desktop, browser):
    back = "http://127.0.0.1:51234/logged-out"
    url = f"{desktop.metadata['end_session_endpoint']}?client_id=vbp-qgis"
    assert (
        browser.open(f"{url}&post_logout_redirect_uri={back}&state=bye").url == f"{back}?state=bye"
    )


def test_another_person_s_token_does_not_sign_out(desktop, shell):
    theirs = desktop.sign_in(shell.visitor(), "admin", "admin")["id_token"]
    browser = shell.visitor()
    desktop.sign_in(browser)
    url = f"{desktop.metadata['end_session_endpoint']}?client_id=vbp-qgis&id_token_hint={theirs}"
    page = browser.open(f"{url}&post_logout_redirect_uri=http://127.0.0.1:51234/logged-out")
    assert page.has_form("kc-logout-confirm")
    assert browser.open(desktop.address()).left_the_portal


def test_a_sign_in_that_is_offline_from_the_start_leaves_no_session(desktop, browser):
    desktop.sign_in(browser, scope=f"{FULL_SCOPE} offline_access")
    assert browser.open(desktop.address()).has_form("kc-form-login")


def test_an_offline_sign_in_stands_beside_the_browser_s(desktop, browser):
    online = desktop.sign_in(browser)
    offline = desktop.sign_in(browser, scope=f"{FULL_SCOPE} offline_access")
    desktop.post("revoke", token=online["refresh_token"])
    assert desktop.refresh(offline["refresh_token"]).status_code == 200


def test_the_end_of_an_offline_sign_in_takes_the_browser_s_along(desktop, browser):
    online = desktop.sign_in(browser)
    offline = desktop.sign_in(browser, scope=f"{FULL_SCOPE} offline_access")
    desktop.post("revoke", token=offline["refresh_token"])
    assert desktop.refresh(online["refresh_token"]).json()["error"] == "invalid_grant"


@pytest.mark.parametrize(
    "parameters",
    [
        "id_token_hint=junk",
        "client_id=vbp-qgis&post_logout_redirect_uri=https://evil.example/",
    ],
)
def test_bad_sign_outs_are_error_pages(desktop, browser, parameters):
    page = browser.open(f"{desktop.metadata['end_session_endpoint']}?{parameters}")
    assert page.status == 400
    assert "kc-error-message" in page.text


# Userinfo


def test_userinfo(desktop, browser):
    tokens = desktop.sign_in(browser)
    info = desktop.userinfo(tokens["access_token"]).json()
    assert info["sub"] == info["userid"] == claims(tokens["id_token"])["sub"]
    assert info["email"] == "demo@natuur.example"


def test_somebody_without_mail(desktop, browser):
    tokens = desktop.sign_in(browser, "noemail", "noemail")
    assert "email" not in claims(tokens["id_token"])
    assert "email" not in desktop.userinfo(tokens["access_token"]).json()


def test_userinfo_wants_a_good_token(desktop, browser, switch):
    url = desktop.metadata["userinfo_endpoint"]
    none = desktop.session.get(url)
    assert (none.status_code, none.headers["WWW-Authenticate"]) == (401, 'Bearer realm="vbp"')
    junk = desktop.userinfo("junk")
    assert 'error="invalid_token"' in junk.headers["WWW-Authenticate"]
    token = desktop.sign_in(browser)["access_token"]
    switch.forward(361)
    assert desktop.userinfo(token).status_code == 401
