"""The identity provider by the letter of the standards: discovery, codes, PKCE."""

from __future__ import annotations

import json

import pytest
from authlib.oauth2 import rfc8414, rfc9207
from authlib.oidc.core.util import create_half_hash
from authlib.oidc.discovery import OpenIDProviderMetadata
from joserfc import jwt
from joserfc.jwk import KeySet

from tests.portal.desktop import FULL_SCOPE, REDIRECT, claims, query

# Discovery


def test_discovery_names_what_the_client_needs(desktop):
    metadata = desktop.metadata
    assert metadata["issuer"] == desktop.issuer
    assert "S256" in metadata["code_challenge_methods_supported"]
    assert metadata["authorization_response_iss_parameter_supported"] is True
    paths = {
        name: metadata[name].removeprefix(f"{desktop.issuer}/protocol/openid-connect/")
        for name in metadata
        if name.endswith("_endpoint") or name == "jwks_uri"
    }
    assert (
        paths.items()
        >= {
            "authorization_endpoint": "auth",
            "token_endpoint": "token",
            "userinfo_endpoint": "userinfo",
            "end_session_endpoint": "logout",
            "jwks_uri": "certs",
            "revocation_endpoint": "revoke",
            "device_authorization_endpoint": "auth/device",
        }.items()
    )


def test_discovery_is_valid_metadata(desktop):
    # http on the loopback is the only liberty that the standards do not give.
    secure = json.loads(json.dumps(desktop.metadata).replace("http://", "https://"))
    OpenIDProviderMetadata(secure).validate()
    rfc8414.AuthorizationServerMetadata(secure).validate(
        metadata_classes=[rfc9207.AuthorizationServerMetadata]
    )


def test_certs_publish_no_private_part(desktop):
    keys = desktop.session.get(desktop.metadata["jwks_uri"]).json()["keys"]
    for key in keys:
        assert {"kty", "kid", "use", "alg", "n", "e"} <= set(key)
        assert not {"d", "p", "q", "dp", "dq", "qi"} & set(key)
    assert [(key["use"], key["alg"]) for key in sorted(keys, key=lambda key: key["use"])] == [
        ("enc", "RSA-OAEP"),
        ("sig", "RS256"),
    ]


# Authorization code and PKCE


def test_sign_in_with_password(desktop, browser):
    page = browser.sign_in(desktop.address(), "demo", "demo")
    answer = query(page)
    assert page.url.startswith(f"{REDIRECT}?")
    assert answer["state"] == desktop.state
    assert answer["iss"] == desktop.issuer
    tokens = desktop.exchange(answer["code"]).json()
    assert tokens["token_type"] == "Bearer"
    assert tokens["expires_in"] == 300
    assert tokens["refresh_expires_in"] == 1800
    assert tokens["session_state"] == answer["session_state"]
    assert tokens["scope"].split()[0] == "openid"
    assert set(tokens["scope"].split()) == set(FULL_SCOPE.split())


def test_token_answers_are_not_cached(desktop, browser):
    page = browser.sign_in(desktop.address(), "demo", "demo")
    answer = desktop.exchange(query(page)["code"])
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Type"] == "application/json"


def test_access_token_has_what_the_services_want(desktop, browser):
    token = claims(desktop.sign_in(browser)["access_token"])
    assert {"sub", "iat", "exp", "client_id", "jti", "iss"} <= set(token)
    assert token["userid"] == token["sub"]
    assert token["client_id"] == token["azp"] == "vbp-qgis"
    assert token["role"] == ["ROLE_USER"]
    assert "USER" in token["realm_access"]["roles"]
    assert (token["aud"], token["typ"]) == ("account", "Bearer")
    assert token["exp"] - token["iat"] == 300


def test_id_token_is_signed_and_complete(desktop, browser):
    tokens = desktop.sign_in(browser)
    keys = KeySet.import_key_set(desktop.session.get(desktop.metadata["jwks_uri"]).json())
    token = jwt.decode(tokens["id_token"], keys, algorithms=["RS256"]).claims
    assert (token["iss"], token["aud"]) == (desktop.issuer, "vbp-qgis")
    assert token["nonce"] == desktop.nonce
    assert token["given_name"] == "Dirk"
    assert token["email"] == "demo@natuur.example"
    assert "acm_idm" not in token
    assert token["at_hash"] == create_half_hash(tokens["access_token"], "RS256").decode()


def test_scopes_decide_about_claims(desktop, browser):
    tokens = desktop.sign_in(browser, scope="openid")
    assert tokens["scope"] == "openid"
    access = claims(tokens["access_token"])
    assert not {"email", "role", "realm_access", "preferred_username"} & set(access)
    assert "userid" in access


def test_without_openid_there_is_no_id_token(desktop, browser):
    tokens = desktop.sign_in(browser, scope="profile")
    assert "id_token" not in tokens
    answer = desktop.userinfo(tokens["access_token"])
    assert answer.status_code == 403
    assert 'error="insufficient_scope"' in answer.headers["WWW-Authenticate"]


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"code_challenge": None, "code_challenge_method": None}, "invalid_request"),
        ({"code_challenge": None}, "invalid_request"),
        ({"code_challenge_method": None}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge": "too-short"}, "invalid_request"),
        ({"scope": "openid everything"}, "invalid_scope"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"prompt": "none"}, "login_required"),
    ],
)
def test_a_bad_request_is_told_to_the_client(desktop, browser, changes, error):
    page = browser.open(desktop.address(**changes))
    assert page.left_the_portal
    assert query(page)["error"] == error
    assert query(page)["state"] == desktop.state
    assert query(page)["iss"] == desktop.issuer


@pytest.mark.parametrize(
    "changes",
    [
        {"client_id": "somebody"},
        {"redirect_uri": "http://127.0.0.1:51234/other"},
        {"redirect_uri": "http://127.0.0.1:51234/callback/"},
        {"redirect_uri": "http://localhost:51234/callback"},
        {"redirect_uri": "http://[::1]:51234/callback"},
        {"redirect_uri": "http://user@127.0.0.1:51234/callback"},
        {"redirect_uri": "https://127.0.0.1:51234/callback"},
        {"redirect_uri": "http://127.0.0.1:51234@evil.example/callback"},
        {"redirect_uri": "http://127.0.0.1:no/callback"},
        {"redirect_uri": None},
    ],
)
def test_an_unknown_client_or_address_gets_no_redirect(desktop, browser, changes):
    page = browser.open(desktop.address(**changes))
    assert page.status == 400
    assert "kc-error-message" in page.text


@pytest.mark.parametrize("port", ["", ":1", ":65535"])
def test_any_port_of_the_loopback_will_do(desktop, browser, port):
    page = browser.sign_in(
        desktop.address(redirect_uri=f"http://127.0.0.1{port}/callback"), "demo", "demo"
    )
    assert page.url.startswith(f"http://127.0.0.1{port}/callback?")


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"code_verifier": "w" * 64}, "invalid_grant"),
        ({"code_verifier": ""}, "invalid_request"),
        ({"redirect_uri": "http://127.0.0.1:9/callback"}, "invalid_grant"),
        ({"code": "made-up"}, "invalid_grant"),
        ({"code": ""}, "invalid_grant"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"client_id": "somebody"}, "invalid_client"),
    ],
)
def test_a_bad_exchange_is_refused(desktop, browser, changes, error):
    code = query(browser.sign_in(desktop.address(), "demo", "demo"))["code"]
    answer = desktop.exchange(**{"code": code, **changes})
    assert answer.status_code == (401 if error == "invalid_client" else 400)
    assert answer.json()["error"] == error


def test_a_code_used_twice_ends_its_tokens(desktop, browser):
    code = query(browser.sign_in(desktop.address(), "demo", "demo"))["code"]
    tokens = desktop.exchange(code).json()
    assert desktop.exchange(code).json()["error"] == "invalid_grant"
    assert desktop.refresh(tokens["refresh_token"]).json()["error"] == "invalid_grant"


def test_a_code_lives_a_minute(desktop, browser, switch):
    code = query(browser.sign_in(desktop.address(), "demo", "demo"))["code"]
    switch.forward(61)
    assert desktop.exchange(code).json()["error"] == "invalid_grant"
