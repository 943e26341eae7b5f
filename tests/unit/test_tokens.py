"""Tokens as values."""

from __future__ import annotations

import time

import pytest

from biodiv_plugin.auth import tokens
from biodiv_plugin.auth.account import read_account
from biodiv_plugin.auth.tokens import TokenSet, parse_token_answer
from biodiv_plugin.portal.errors import UnexpectedAnswer

ANSWER = {
    "access_token": "SENTINEL-A",
    "refresh_token": "SENTINEL-R",
    "id_token": "SENTINEL-I",
    "token_type": "Bearer",
    "expires_in": 300,
    "refresh_expires_in": 1800,
    "scope": "email openid profile",
}


@pytest.fixture()
def clock(monkeypatch):
    class Clock:
        time = 1000.0

    monkeypatch.setattr(tokens, "now", lambda: Clock.time)
    return Clock


def test_an_answer_is_read(clock):
    held = parse_token_answer(ANSWER, 1000.0)
    assert held == TokenSet(
        access_token="SENTINEL-A",
        obtained_at=1000.0,
        expires_at=1300.0,
        refresh_token="SENTINEL-R",
        refresh_expires_at=2800.0,
        id_token="SENTINEL-I",
        scopes=("email", "openid", "profile"),
    )


def test_d11_no_repr_shows_a_token():
    held = parse_token_answer(ANSWER, 1000.0)
    assert "SENTINEL" not in f"{held!r} {held} {[held]}"


@pytest.mark.parametrize(
    "change",
    [
        {"access_token": None},
        {"access_token": ""},
        {"access_token": 7},
        {"access_token": "gehe\u00efm"},
        {"token_type": None},
        {"token_type": "mac"},
    ],
)
def test_an_unusable_answer_is_refused(change):
    with pytest.raises(UnexpectedAnswer):
        parse_token_answer({**ANSWER, **change}, 0)


@pytest.mark.parametrize("said", [None, "soon", []])
def test_without_a_life_a_minute_is_assumed(said):
    held = parse_token_answer({**ANSWER, "expires_in": said, "refresh_expires_in": 0}, 1000.0)
    assert held.expires_at == 1060.0
    assert held.refresh_expires_at is None


@pytest.mark.parametrize(
    ("life", "renewed_after"), [(300, 240), (3600, 3540), (60, 54), (10, 9), (180, 120)]
)
def test_it_is_renewed_in_time(clock, life, renewed_after):
    held = parse_token_answer({**ANSWER, "expires_in": life}, 1000.0)
    clock.time = 1000.0 + renewed_after - 0.1
    assert not held.is_stale()
    clock.time += 0.2
    assert held.is_stale() and held.serves()
    clock.time = 1000.0 + life
    assert not held.serves()
    assert not parse_token_answer(ANSWER, clock.time - 295).serves(leeway=10)


def test_a_wrong_wall_clock_changes_nothing(monkeypatch):
    held = parse_token_answer(ANSWER, tokens.now())
    monkeypatch.setattr(time, "time", lambda: 4e9)
    assert held.serves()


@pytest.mark.skipif(not hasattr(time, "CLOCK_BOOTTIME"), reason="Linux only")
def test_the_clock_goes_on_in_sleep():
    assert abs(tokens.now() - time.clock_gettime(time.CLOCK_BOOTTIME)) < 1


# Accounts

CLAIMS = {
    "sub": "8f3c",
    "given_name": "Testo",
    "family_name": "Von der Test",
    "email": "testo@example.org",
    "acm_idm": True,
    "realm_access": {
        "roles": ["EDITOR", "DATA_HIGHRES", "USER", "offline_access", "default-roles-vbp"]
    },
}


def test_an_account_is_read():
    account = read_account(CLAIMS, {"sub": "8f3c", "userid": "u1"}, ["openid"])
    assert (account.sub, account.user_id, account.has_user_id) == ("8f3c", "u1", True)
    assert account.name == "Testo Von der Test"
    assert account.roles == ("DATA_HIGHRES", "EDITOR", "USER")
    assert account.may_see_high_resolution and account.federated
    assert account.scopes == ("openid",)


@pytest.mark.parametrize(
    ("claims", "organisation"),
    [
        ({"vo_orgnaam": "Gemeente Demodorp"}, "Gemeente Demodorp"),
        ({"organization": ["OVO900002"]}, ""),  # Keycloak's Organizations: codes, no name
        ({"organization": {"OVO900002": {"id": "1"}}, "vo_orgnaam": "Demoland"}, "Demoland"),
    ],
)
def test_an_organisation_is_a_name(claims, organisation):
    assert read_account({"sub": "1", **claims}, {}, []).organisation == organisation


def test_an_account_of_little():
    account = read_account({"sub": "1"}, {}, [])
    assert (account.user_id, account.has_user_id, account.name) == ("1", False, "")
    assert account.roles == () and not account.may_see_high_resolution and not account.federated


@pytest.mark.parametrize(
    "claims",
    [
        {"role": "ROLE_ADMIN, ROLE_DATA_HIGHRES"},
        {"role": ["ROLE_DATA_HIGHRES", "admin"]},
        {"ala:roles": ["DATA_HIGHRES", "ADMIN"]},
        {"ala:role": ["data_highres"], "realm_access": {"roles": ["ADMIN"]}},
    ],
)
def test_roles_come_in_many_forms(claims):
    assert read_account({"sub": "1", **claims}, {}, []).roles == ("ADMIN", "DATA_HIGHRES")


@pytest.mark.parametrize("realm", [None, [], "x", {"roles": None}, {"roles": {"a": 1}}])
def test_odd_roles_are_no_roles(realm):
    assert read_account({"sub": "1", "realm_access": realm, "role": 7}, {}, []).roles == ()


def test_the_organisation_and_a_name_of_last_resort():
    account = read_account(
        {"sub": "1", "preferred_username": "hilde", "organisation": "INBO"}, {}, []
    )
    assert (account.name, account.organisation) == ("hilde", "INBO")
