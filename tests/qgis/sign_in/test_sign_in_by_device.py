"""Signing in with a code that is typed on another device (RFC 8628)."""

from __future__ import annotations

import threading

import pytest

from biodiv_plugin.auth.session import AuthState
from biodiv_plugin.portal import errors
from demo.portal.visitor import Visitor
from tests.qgis.doubles import spin_until


def type_code(desk, username="demo", password="demo"):
    """Return what takes a code, and a person who types it elsewhere."""
    codes = []

    def show(code):
        codes.append(code)
        visitor = Visitor(desk.portal.url)
        url = code.verification_uri_complete
        work = threading.Thread(target=visitor.sign_in, args=(url, username, password))
        work.start()

    return codes, show


def test_with_a_code_on_another_device(desk):
    desk.control.fault("oidc.device", interval=1, expires_in=60)
    codes, show = type_code(desk)
    account = desk.start_sign_in_by_device(show, remember=True).wait()
    assert account.name == "Dirk Maes"
    assert desk.session.state is AuthState.SIGNED_IN
    assert "offline_access" in desk.session.tokens.scopes
    (code,) = codes
    assert code.user_code and code.verification_uri.startswith(desk.portal.issuer)
    assert code.user_code in code.verification_uri_complete
    assert (code.interval, code.expires_in) == (1, 60)


def test_a_code_that_nobody_types(desk):
    desk.control.fault("oidc.device", interval=0.2, expires_in=1)
    with pytest.raises(errors.SignInFailed) as raised:
        desk.start_sign_in_by_device(lambda code: None).wait()
    assert raised.value.code == "timeout"
    assert desk.session.state is AuthState.SIGNED_OUT


def test_a_code_that_is_refused(desk):
    desk.control.fault("oidc.device", interval=0.3)

    def show(code):
        visitor = Visitor(desk.portal.url)
        page = visitor.open(code.verification_uri_complete)
        form = page.form("kc-form-login")
        page = visitor.submit(form, "login", username="demo", password="demo")
        visitor.submit(page.form("kc-oauth"), "cancel")

    with pytest.raises(errors.SignInFailed) as raised:
        desk.start_sign_in_by_device(show).wait()
    assert raised.value.code == "access_denied"


@pytest.mark.parametrize("key", ["verification_uri", "verification_uri_complete"])
@pytest.mark.parametrize("address", ["file:///x.exe", "http://evil.example/", "https://[", "x"])
def test_a_code_is_typed_at_no_unsafe_address(desk, key, address):
    desk.control.fault("oidc.device", **{key: address})
    codes = []
    with pytest.raises(errors.UnexpectedAnswer):
        desk.start_sign_in_by_device(codes.append).wait()
    assert codes == []


def test_a_cancel_while_a_code_is_shown(desk):
    codes = []
    task = desk.start_sign_in_by_device(codes.append)
    spin_until(lambda: codes)
    task.feedback.cancel()
    with pytest.raises(errors.Canceled):
        task.wait(1)


def test_a_provider_without_codes(desk):
    desk.control.fault("oidc.no_device_grant")
    with pytest.raises(errors.SignInFailed) as raised:
        desk.start_sign_in_by_device(lambda code: None).wait()
    assert raised.value.code == "no_device"


def test_a_client_that_may_not_ask_for_a_code(desk):
    desk.control.fault("oidc.device_not_allowed")
    with pytest.raises(errors.SignInFailed) as raised:
        desk.start_sign_in_by_device(lambda code: None).wait()
    assert raised.value.code == "no_device"


def test_a_break_in_the_line_does_not_lose_the_code(desk):
    desk.control.fault("oidc.device", interval=0.3)
    path = "/realms/vbp/protocol/openid-connect/token"
    desk.control.fault(kind="status", status=502, path=path, count=1)
    _, show = type_code(desk)
    assert desk.start_sign_in_by_device(show).wait().name == "Dirk Maes"
