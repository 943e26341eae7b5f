"""The device grant (RFC 8628)."""

from __future__ import annotations

import pytest

from tests.portal.desktop import FULL_SCOPE, claims


def poll(desktop, device, **changes):
    return desktop.post(
        "token",
        **{
            "grant_type": "urn:ietf:params:oauth:grant-type:device_code",
            "device_code": device["device_code"],
            "code_verifier": desktop.verifier,
            **changes,
        },
    )


@pytest.fixture
def device(desktop):
    answer = desktop.post(
        "auth/device",
        scope=FULL_SCOPE,
        code_challenge=desktop.challenge,
        code_challenge_method="S256",
    )
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_device_answer(desktop, device):
    assert device["verification_uri"] == f"{desktop.issuer}/device"
    assert device["verification_uri_complete"].endswith(f"?user_code={device['user_code']}")
    assert (device["expires_in"], device["interval"]) == (600, 5)


def test_device_sign_in(desktop, browser, device, switch):
    assert poll(desktop, device).json()["error"] == "authorization_pending"
    page = browser.sign_in(device["verification_uri_complete"], "demo", "demo")
    assert "Apparaatlogin geslaagd" in page.text
    switch.forward(5)
    tokens = poll(desktop, device).json()
    assert claims(tokens["id_token"])["preferred_username"] == "demo"
    assert desktop.refresh(tokens["refresh_token"]).status_code == 200
    switch.forward(5)
    assert poll(desktop, device).json()["error"] == "invalid_grant"


def test_device_code_typed_by_hand(desktop, browser, device):
    page = browser.open(device["verification_uri"])
    form = page.form("kc-user-verify-device-user-code-form")
    assert "Ongeldige code" in browser.submit(form, device_user_code="XXXX-XXXX").text
    assert (
        "Ongeldige code"
        in browser.submit(form, device_user_code=device["user_code"].replace("-", " ")).text
    )
    typed = device["user_code"].replace("-", "").lower()
    assert browser.submit(form, device_user_code=typed).has_form("kc-form-login")


def test_device_refused(desktop, browser, device):
    page = browser.open(device["verification_uri_complete"])
    form = page.form("kc-form-login")
    page = browser.submit(form, "login", username="demo", password="demo")
    page = browser.submit(page.form("kc-oauth"), "cancel")
    assert "geweigerd" in page.text
    assert poll(desktop, device).json()["error"] == "access_denied"


def test_device_too_eager(desktop, device, switch):
    assert poll(desktop, device).json()["error"] == "authorization_pending"
    assert poll(desktop, device).json()["error"] == "slow_down"
    switch.forward(5)
    assert poll(desktop, device).json()["error"] == "authorization_pending"


def test_device_too_late(desktop, browser, device, switch):
    switch.forward(601)
    assert poll(desktop, device).json()["error"] == "expired_token"
    assert "verlopen" in browser.open(device["verification_uri_complete"]).text


def test_device_wants_pkce_like_the_rest(desktop, browser, device, switch):
    answer = desktop.post("auth/device", scope="openid")
    assert answer.json()["error"] == "invalid_request"
    browser.sign_in(device["verification_uri_complete"], "demo", "demo")
    assert poll(desktop, device, code_verifier="w" * 64).json()["error"] == "invalid_grant"


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"device_code": "made-up"}, "invalid_grant"),
        ({"device_code": ""}, "invalid_request"),
        ({"client_id": "somebody"}, "invalid_client"),
    ],
)
def test_bad_polls(desktop, device, changes, error):
    assert poll(desktop, device, **changes).json()["error"] == error
