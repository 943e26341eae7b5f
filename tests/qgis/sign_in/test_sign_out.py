"""Signing out, and signing in again with what was kept."""

from __future__ import annotations

from dataclasses import replace

import pytest
import requests

from biodiv_plugin.auth.session import AuthState
from biodiv_plugin.auth.token_store import Kept, StoredToken
from biodiv_plugin.portal import errors
from biodiv_plugin.use_cases import sign_out as module
from demo.portal.visitor import Visitor
from tests.qgis.doubles import spin
from tests.qgis.sign_in.browser import PersonAtBrowser, query


def still_serves(desk, refresh_token):
    """Ask the provider itself."""
    form = {
        "grant_type": "refresh_token",
        "refresh_token": refresh_token,
        "client_id": "vbp-qgis",
    }
    url = f"{desk.portal.issuer}/protocol/openid-connect/token"
    return requests.post(url, data=form, timeout=10).status_code == 200


@pytest.mark.parametrize("remember", [True, False])
def test_d20_a_sign_out_forgets_and_revokes(desk, keyring, remember):
    desk.sign_in(remember=remember)
    refresh_token = desk.session.tokens.refresh_token
    assert bool(keyring.entries) == remember
    signed_out = desk.sign_out()
    assert signed_out.revoked and signed_out.forgotten
    assert desk.session.state is AuthState.SIGNED_OUT and desk.session.tokens is None
    assert desk.session.account is None and keyring.entries == {}
    assert not still_serves(desk, refresh_token)
    spin(0.05)
    assert desk.lost == []  # nothing was lost: it was meant


@pytest.mark.parametrize("trouble", ["down", "refuses", "elsewhere"])
def test_d20_offline_it_forgets_all_the_same_and_says_so(desk, keyring, monkeypatch, trouble):
    desk.sign_in(remember=True)
    refresh_token = desk.session.tokens.refresh_token
    if trouble == "down":
        desk.environment = replace(desk.environment, issuer="http://127.0.0.1:9/realms/vbp")
    elif trouble == "refuses":
        path = "/realms/vbp/protocol/openid-connect/revoke"
        desk.control.fault(kind="status", status=503, path=path)
    else:
        desk.control.fault("oidc.wrong_issuer")
    signed_out = desk.sign_out()
    assert not signed_out.revoked and signed_out.end_session_url is None
    assert signed_out.forgotten and keyring.entries == {}
    assert desk.session.state is AuthState.SIGNED_OUT and desk.session.tokens is None
    desk.control.clear_faults()
    assert still_serves(desk, refresh_token)  # which is why it is said


def test_d20_a_slow_provider_does_not_hold_the_sign_out_up(desk, monkeypatch):
    desk.sign_in()
    monkeypatch.setattr(module, "_PATIENCE", 0.3)
    desk.control.fault("oidc.slow", seconds=3)
    assert not desk.sign_out().revoked
    desk.control.clear_faults()


def test_d20_a_keyring_that_cannot_forget_is_told(desk, keyring):
    desk.sign_in(remember=True)
    keyring.delete_password = lambda *_: None
    signed_out = desk.sign_out()
    assert signed_out.revoked and not signed_out.forgotten


def test_what_was_kept_by_an_earlier_session_is_revoked_too(new_desk, keyring):
    first = new_desk()
    first.sign_in(remember=True)
    refresh_token = first.session.tokens.refresh_token
    assert new_desk().sign_out().revoked
    assert keyring.entries == {}
    assert not still_serves(first, refresh_token)


def test_signing_out_as_nobody(desk):
    signed_out = desk.sign_out()
    assert signed_out.revoked and signed_out.forgotten


def test_the_browser_can_be_signed_out_too(desk):
    desk.sign_in()
    signed_out = desk.sign_out()
    assert "eyJ" not in repr(signed_out)
    desk.visitor.open(signed_out.end_session_url)
    person = PersonAtBrowser(desk.visitor, steps=lambda visitor, url: visitor.open(url))
    with pytest.raises(errors.SignInFailed):
        desk.start_sign_in(person, timeout=0.5).wait()
    assert person.page.has_form("kc-form-login")  # it asks again


def test_a_provider_that_ends_no_sessions(desk):
    desk.sign_in()
    desk.control.fault("oidc.metadata", end_session_endpoint=None, revocation_endpoint=None)
    signed_out = desk.sign_out()
    assert not signed_out.revoked and signed_out.end_session_url is None


# Again


def test_a_kept_sign_in_is_taken_up_again(new_desk, keyring):
    account = new_desk().sign_in(
        PersonAtBrowser(new_desk().visitor, "hilde", None), hint="acm-idm", remember=True
    )
    before = keyring.entries.copy()
    again = new_desk()
    assert again.restore() == account
    assert again.session.state is AuthState.SIGNED_IN and again.session.tokens.serves()
    assert again.session.kept == "keyring" and again.session.label != "0"
    assert keyring.entries.keys() == before.keys() and keyring.entries != before  # rotated


def test_a_sign_in_for_this_session_is_not(new_desk, keyring):
    new_desk().sign_in()
    again = new_desk()
    assert again.restore() is None
    assert again.session.state is AuthState.SIGNED_OUT and again.lost == []


def test_a_sign_in_for_this_session_forgets_who_was_kept_before(new_desk, keyring):
    new_desk().sign_in(remember=True)
    new_desk().sign_in()
    assert keyring.entries == {}


def test_offline_access_outlives_the_browser_s_session(new_desk, keyring):
    desk = new_desk()
    desk.sign_in(remember=True)
    page = desk.visitor.open(f"{desk.portal.issuer}/protocol/openid-connect/logout")
    if page.forms:
        desk.visitor.submit(page.forms[0])
    assert new_desk().restore().name == "Dirk Maes"


def test_a_kept_sign_in_that_is_over_is_forgotten_and_told_once(desk, keyring):
    desk.sign_in(remember=True)
    desk.session.drop()
    desk.control.end_sessions()
    assert desk.restore() is None
    spin(0.05)
    assert desk.session.state is AuthState.SIGNED_OUT and keyring.entries == {}
    assert desk.lost == ["expired"]


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "status", "status": 503, "path": "/realms/"},
        {"kind": "drop", "path": "/realms/vbp/.well-known"},
        {"name": "oidc.clock_skew", "seconds": 900},
        {"name": "oidc.wrong_issuer"},
    ],
)
def test_a_provider_in_trouble_costs_nothing(desk, keyring, fault):
    desk.sign_in(remember=True)
    desk.session.drop()
    desk.control.fault(**fault)
    with pytest.raises(errors.PortalError):
        desk.restore()
    assert desk.session.state is AuthState.SIGNED_OUT and desk.lost == []
    desk.control.clear_faults()
    assert desk.restore().name == "Dirk Maes"


def test_nonsense_in_the_keyring(desk, keyring):
    desk.store.save(StoredToken("nonsense", "1", "x"))
    assert desk.restore() is None
    assert keyring.entries == {}


@pytest.mark.parametrize("missing", ["client_id", "issuer"])
def test_a_portal_without_a_client(desk, keyring, missing):
    desk.environment = replace(desk.environment, **{missing: ""})
    assert desk.restore() is None


def test_the_account_page_may_know_where_it_is_kept(desk, keyring):
    desk.sign_in(remember=True)
    assert (desk.session.kept, desk.session.kept_reason) == ("keyring", "")
    keyring.set_password = lambda *_: None
    desk.sign_in(remember=True)
    assert (desk.session.kept, desk.session.kept_reason) == ("session", "not_kept")
    assert Kept("session", "not_kept") == desk.store.save(StoredToken("x", "1", ""))


def test_people_at_one_machine_one_after_another(new_desk, keyring):
    desk = new_desk()
    first = desk.sign_in(remember=True)
    desk.sign_out()
    desk.visitor = Visitor(desk.portal.url)
    second = desk.sign_in(PersonAtBrowser(desk.visitor, "admin", "admin"), remember=True)
    assert first.sub != second.sub
    assert new_desk().restore() == second


def test_nothing_of_ours_comes_back_to_the_browser_after_a_sign_out(desk):
    desk.sign_in()
    url = desk.sign_out().end_session_url
    assert set(query(url)) == {"id_token_hint", "client_id"}
