"""What a provider says of itself, and what we make of its words."""

from __future__ import annotations

import logging

import pytest

from biodiv_plugin.auth import code_flow, oidc, packages
from biodiv_plugin.auth.code_flow import Authorization
from biodiv_plugin.auth.oidc import discover, end_session_url, plain, refusal
from biodiv_plugin.network import QgisTransport
from biodiv_plugin.portal import errors
from biodiv_plugin.portal.http import Response

FOREIGN = "https://evil.example/realms/vbp/protocol/openid-connect/token"


def look(desk, issuer=None):
    return desk.run(lambda f: discover(issuer or desk.portal.issuer, QgisTransport(), f))


def test_what_a_provider_offers(desk):
    provider = look(desk)
    assert provider.issuer == desk.portal.issuer and provider.names_itself
    assert provider.token_endpoint == f"{desk.portal.issuer}/protocol/openid-connect/token"
    assert provider.device_authorization_endpoint and provider.revocation_endpoint


def test_a_modest_provider(desk):
    desk.control.fault(
        "oidc.metadata",
        userinfo_endpoint=None,
        end_session_endpoint=None,
        authorization_response_iss_parameter_supported="yes",
    )
    provider = look(desk)
    assert provider.userinfo_endpoint == "" and not provider.names_itself
    assert end_session_url(provider, "vbp-qgis", "T") is None
    assert desk.sign_in().name == "Dirk Maes"


@pytest.mark.parametrize(
    "endpoint",
    [
        "authorization_endpoint",
        "token_endpoint",
        "jwks_uri",
        "userinfo_endpoint",
        "revocation_endpoint",
        "end_session_endpoint",
        "device_authorization_endpoint",
    ],
)
@pytest.mark.parametrize("address", [FOREIGN, "http://127.0.0.1:1/token", "/token", "javascript:x"])
def test_d08_an_endpoint_elsewhere_is_refused(desk, endpoint, address):
    desk.control.fault("oidc.metadata", **{endpoint: address})
    with pytest.raises(errors.SignInFailed) as raised:
        look(desk)
    assert raised.value.code == "issuer"


@pytest.mark.parametrize("endpoint", ["authorization_endpoint", "token_endpoint", "jwks_uri"])
@pytest.mark.parametrize("value", [None, 7, ["x"]])
def test_d08_a_provider_without_what_we_need(desk, endpoint, value):
    desk.control.fault("oidc.metadata", **{endpoint: value})
    with pytest.raises(errors.UnexpectedAnswer):
        look(desk)


def test_d08_another_issuer_is_refused(desk):
    desk.control.fault("oidc.wrong_issuer")
    with pytest.raises(errors.SignInFailed) as raised:
        look(desk)
    assert raised.value.code == "issuer"


@pytest.mark.parametrize("issuer", ["http://sso.example/realms/vbp", "", "ftp://x", "sso.example"])
def test_d08_an_unsafe_issuer_is_not_even_asked(desk, issuer):
    with pytest.raises(errors.SignInFailed) as raised:
        discover(issuer, None)
    assert raised.value.code == "issuer"


# Their words


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("access_denied", "access_denied"),
        ("Invalid scope <b>", "unknown_error"),
        ("", "unknown_error"),
        (None, "unknown_error"),
        (["x"], "unknown_error"),
        ("x" * 999, "unknown_error"),
        ("a\nb", "unknown_error"),
    ],
)
def test_d29_a_refusal_is_a_short_plain_code(said, code):
    failure = refusal(said)
    assert failure.code == code
    assert len(str(failure)) < 260 and str(failure).isprintable()


def test_d29_plain_text_is_cut():
    assert plain("a\x1b[31m\u202eb" + "c" * 500) == "a [31m b" + "c" * 192


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("text/html", b"{}"),
        ("", b"{}"),
        ("application/json", b"[]"),
        ("application/json", b"<html>"),
        ("application/json", b""),
        ("application/json", b"\xff\xfe{}"),
        ("application/json", b'{"a":"' + b"x" * (1 << 20) + b'"}'),
    ],
)
def test_d26_what_is_no_answer(kind, body):
    with pytest.raises(errors.UnexpectedAnswer) as raised:
        oidc.read_json(Response(200, body, "https://sso.test/", {"content-type": kind}))
    assert raised.value.__cause__ is None


@pytest.mark.parametrize(
    "kind", ["application/json", "Application/JSON; charset=utf-8", "a/b+json"]
)
def test_json_by_any_of_its_names(kind):
    assert oidc.read_json(Response(200, b'{"a": 1}', "", {"content-type": kind})) == {"a": 1}


# The packages


def test_d11_the_library_logs_nothing(desk, caplog):
    name = packages.requests_oauthlib().__name__
    with caplog.at_level(logging.DEBUG), caplog.at_level(logging.DEBUG, name):
        desk.sign_in()
        desk.run(
            lambda f: code_flow.refresh(
                look(desk), "vbp-qgis", desk.session.tokens.refresh_token, desk.transport, f
            )
        )
        logging.getLogger(f"{name}.oauth2_session").debug("spoken")
    said = [record.getMessage() for record in caplog.records if name in record.name]
    assert said == ["spoken"]  # by itself it is not silenced


def test_d24_the_process_s_switches_stay_as_they_are(desk, monkeypatch):
    import os

    for name in ("OAUTHLIB_INSECURE_TRANSPORT", "OAUTHLIB_RELAX_TOKEN_SCOPE"):
        monkeypatch.delenv(name, raising=False)
    before = dict(os.environ)
    desk.sign_in()
    assert dict(os.environ) == before


@pytest.mark.parametrize("absent", ["requests_oauthlib", "oauthlib.oauth2", "keyring.core"])
def test_a_package_that_is_missing_is_named(monkeypatch, absent):
    def refuse(name):
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(packages, "import_module", refuse)
    with pytest.raises(errors.SignInFailed) as raised:
        {
            "requests_oauthlib": packages.requests_oauthlib,
            "oauthlib.oauth2": packages.oauth_error,
            "keyring.core": lambda: packages.keyring_part("core"),
        }[absent]()
    assert raised.value.code == "no_packages"
    assert absent.partition(".")[0].replace("_", "-") in str(raised.value)


def test_a_requests_oauthlib_without_pkce_is_named(monkeypatch):
    monkeypatch.setattr(packages.requests_oauthlib(), "__version__", "1.3.0")
    with pytest.raises(errors.SignInFailed) as raised:
        packages.requests_oauthlib()
    assert "2.0" in str(raised.value) and "1.3.0" in str(raised.value)


def test_a_sign_in_without_packages_says_so_before_a_browser_opens(desk, monkeypatch):
    def refuse(name):
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(packages, "import_module", refuse)
    opened = []
    assert desk.fails(opened.append).code == "no_packages"
    assert opened == []


@pytest.mark.parametrize("state", [{}, {"state": ""}, {"state": "other"}, {"state": "S\u00e9"}])
def test_d05_a_code_with_another_state_is_not_traded_in(desk, state):
    """The listener lets none through; what trades the code in looks all the same."""
    provider = look(desk)
    back = "http://127.0.0.1:1/callback"
    attempt = Authorization(provider, "vbp-qgis", back, ["openid"], "S1", {})
    with pytest.raises(errors.SignInFailed) as raised:
        attempt.exchange({"code": "C", "iss": provider.issuer, **state}, desk.transport)
    assert raised.value.code == "state"
    assert desk.asked("token") == []
