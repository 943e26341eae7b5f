"""The faults of the identity provider, one by one."""

from __future__ import annotations

import time

import pytest
import requests

from tests.portal.desktop import FULL_SCOPE, claims, query


def test_wrong_issuer(desktop, switch):
    switch.fault("oidc.wrong_issuer")
    assert desktop.metadata["issuer"] == "https://elsewhere.example/realms/vbp"


def test_no_s256_no_device_grant_no_iss(desktop, browser, switch):
    for name in ("oidc.no_s256", "oidc.no_device_grant", "oidc.no_iss_parameter"):
        switch.fault(name)
    metadata = desktop.metadata
    assert metadata["code_challenge_methods_supported"] == ["plain"]
    assert "device_authorization_endpoint" not in metadata
    assert metadata["authorization_response_iss_parameter_supported"] is False
    assert "iss" not in query(browser.sign_in(desktop.address(), "demo", "demo"))


def test_foreign_endpoints(desktop, switch):
    switch.fault("oidc.metadata", params={"token_endpoint": "https://evil.example/token"})
    assert desktop.metadata["token_endpoint"] == "https://evil.example/token"


def test_wrong_iss_and_state_in_the_callback(desktop, browser, switch):
    switch.fault("oidc.wrong_iss_parameter", count=1)
    switch.fault("oidc.wrong_state", count=1)
    answer = query(browser.sign_in(desktop.address(), "demo", "demo"))
    assert answer["iss"] == "https://elsewhere.example/realms/vbp"
    assert answer["state"] != desktop.state
    assert query(browser.open(desktop.address()))["iss"] == desktop.issuer


def test_never_returns(desktop, browser, switch):
    switch.fault("oidc.never_returns")
    assert not browser.sign_in(desktop.address(), "demo", "demo").left_the_portal


def test_quirk_24_everybody_without_rights(desktop, browser, switch):
    switch.fault("acm.no_rights")
    page = browser.sign_in(desktop.address(kc_idp_hint="acm-idm"), "hilde", None)
    assert not page.left_the_portal
    assert "714907" in page.text


def test_unknown_client(desktop, browser, switch):
    switch.fault("oidc.unknown_client")
    assert "Toepassing niet gevonden" in browser.open(desktop.address()).text


@pytest.mark.parametrize("name", ["oidc.no_client_id", "oidc.no_userid"])
def test_claims_left_out(desktop, browser, switch, name):
    switch.fault(name)
    token = claims(desktop.sign_in(browser)["access_token"])
    assert name.removeprefix("oidc.no_") not in token


def test_userinfo_without_userid(desktop, browser, switch):
    switch.fault("oidc.userinfo_without_userid")
    info = desktop.userinfo(desktop.sign_in(browser)["access_token"]).json()
    assert "sub" in info
    assert "userid" not in info


def test_lesser_scope(desktop, browser, switch):
    switch.fault("oidc.scope", scope="openid email")
    tokens = desktop.sign_in(browser)
    assert tokens["scope"] == claims(tokens["access_token"])["scope"] == "openid email"


def test_offline_refused(desktop, browser, switch):
    switch.fault("oidc.offline_refused")
    page = browser.sign_in(desktop.address(scope="openid offline_access"), "demo", "demo")
    answer = desktop.exchange(query(page)["code"])
    assert (answer.status_code, answer.json()["error"]) == (400, "not_allowed")
    assert "refresh_token" in desktop.sign_in(browser)


def test_no_refresh_token(desktop, browser, switch):
    switch.fault("oidc.no_refresh_token")
    assert "refresh_token" not in desktop.sign_in(browser)


def test_short_lives_and_long_tokens(desktop, browser, switch):
    switch.fault("oidc.access_token", lifetime=7)
    switch.fault("oidc.session", idle=60)
    switch.fault("oidc.refresh_token", padding=2000)
    tokens = desktop.sign_in(browser)
    token = claims(tokens["access_token"])
    assert tokens["expires_in"] == token["exp"] - token["iat"] == 7
    assert tokens["refresh_expires_in"] == 60
    assert len(tokens["refresh_token"]) > 2560
    switch.forward(61)
    assert desktop.refresh(tokens["refresh_token"]).json()["error"] == "invalid_grant"


def test_token_endpoint_says_no(desktop, browser, switch):
    page = browser.sign_in(desktop.address(), "demo", "demo")
    switch.fault("oidc.token_error", error="temporarily_unavailable", status=503, count=1)
    answer = desktop.exchange(query(page)["code"])
    assert (answer.status_code, answer.json()) == (503, {"error": "temporarily_unavailable"})
    assert desktop.exchange(query(page)["code"]).status_code == 200


def test_slow_provider(desktop, switch):
    switch.fault("oidc.slow", seconds=0.2, count=1)
    began = time.monotonic()
    assert desktop.metadata
    assert time.monotonic() - began >= 0.2


def test_a_lost_refresh_answer_costs_the_sign_in(desktop, browser, switch):
    tokens = desktop.sign_in(browser, scope=f"{FULL_SCOPE} offline_access")
    switch.fault("oidc.refresh_answer_lost", count=1)
    with pytest.raises(requests.ConnectionError):
        desktop.refresh(tokens["refresh_token"])
    assert desktop.refresh(tokens["refresh_token"]).json()["error"] == "invalid_grant"


@pytest.mark.parametrize("keep_old", [True, False])
def test_keys_rotate(desktop, browser, switch, keep_old):
    def published():
        keys = desktop.session.get(desktop.metadata["jwks_uri"]).json()["keys"]
        return [key["kid"] for key in keys if key["use"] == "sig"]

    (before,) = published()
    switch.fault("oidc.rotate_keys", keep_old=keep_old, count=1)
    desktop.sign_in(browser)
    after = published()
    assert after[0] != before
    assert (before in after) is keep_old


def header(token):
    return claims(f".{token.split('.')[0]}.")


@pytest.mark.parametrize(
    ("fault", "check"),
    [
        ({"alg": "none"}, lambda token: token.endswith(".") and header(token)["alg"] == "none"),
        ({"alg": "HS256"}, lambda token: header(token)["alg"] == "HS256"),
        ({"tamper": True}, lambda token: claims(token)["sub"].startswith("00000000")),
        ({"foreign_key": True}, lambda token: header(token)["alg"] == "RS256"),
        ({"claims": {"aud": "other"}}, lambda token: claims(token)["aud"] == "other"),
        ({"omit": ["nonce"]}, lambda token: "nonce" not in claims(token)),
    ],
)
def test_bad_id_tokens(desktop, browser, switch, fault, check):
    switch.fault("oidc.id_token", params=fault)
    assert check(desktop.sign_in(browser)["id_token"])


def test_id_token_faults_by_a_name_of_their_own(desktop, browser, switch):
    switch.fault("oidc.clock_skew", seconds=-600)
    token = claims(desktop.sign_in(browser)["id_token"])
    assert token["exp"] < time.time()
    switch.fault("oidc.id_token_alg_none")
    assert header(desktop.sign_in(browser)["id_token"])["alg"] == "none"


def test_the_organisation_can_be_told(desktop, browser, switch):
    switch.fault("oidc.organisation_claims")
    token = claims(desktop.sign_in(browser, "hilde", None, kc_idp_hint="acm-idm")["id_token"])
    assert (token["vo_orgcode"], token["vo_orgnaam"]) == (
        "OVO900001",
        "Instituut voor Natuur- en Bosonderzoek",
    )


def test_shorter_device_codes(desktop, switch):
    switch.fault("oidc.device", expires_in=30, interval=1)
    pkce = {"code_challenge": desktop.challenge, "code_challenge_method": "S256"}
    answer = desktop.post("auth/device", scope="openid", **pkce).json()
    assert (answer["expires_in"], answer["interval"]) == (30, 1)
