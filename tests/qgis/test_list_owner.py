"""Quirk 7 of the lists: whom the portal takes somebody for, and when it believes nobody."""

from __future__ import annotations

import base64
import json

import pytest

from biodiv_plugin.auth.account import read_account
from biodiv_plugin.portal.errors import ListOwnerUnknown, SignInRequired
from biodiv_plugin.use_cases.list_owner import list_owner
from tests.qgis.doubles import token_set

CLAIMS = {"sub": "f:1", "userid": "u1", "client_id": "vbp-qgis", "scope": "openid profile email"}
SCOPES = ("openid", "profile", "email")


def jwt(claims):
    body = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    return f"e30.{body}.signature"


def owner(claims=CLAIMS, userinfo=None):
    userinfo = {"sub": "f:1", "userid": "u1"} if userinfo is None else userinfo
    account = read_account({"sub": "f:1"}, userinfo, SCOPES)
    return list_owner(account, token_set(jwt(claims)))


def test_quirk_07_the_claim_userid_counts_and_not_sub():
    assert owner() == "u1"


@pytest.mark.parametrize("missing", ["userid", "client_id"])
def test_quirk_07_a_claim_that_is_missing_makes_a_list_nobodys(missing):
    with pytest.raises(ListOwnerUnknown):
        owner({name: value for name, value in CLAIMS.items() if name != missing})


@pytest.mark.parametrize(
    ("claims", "userinfo"),
    [
        ({**CLAIMS, "scope": "openid email"}, None),
        (CLAIMS, {"sub": "f:1"}),
        ({**CLAIMS, "userid": "f:1"}, None),
        ({}, None),
    ],
)
def test_quirk_06_and_so_do_userinfo_the_scope_and_another_id(claims, userinfo):
    with pytest.raises(ListOwnerUnknown):
        owner(claims, userinfo)


def test_nobody_signed_in_owns_nothing():
    with pytest.raises(SignInRequired):
        list_owner(None, token_set(jwt(CLAIMS)))


def test_quirk_07_a_token_without_client_is_believed_nowhere_and_said_so(lists, control):
    """The index is an empty 200 then; a sign-in would bring the same token again."""
    control.fault("oidc.no_client_id")
    lists.sign_in_as("hilde")
    lists.section.activate()
    lists.said("does not show this to your account")
    control.forget_requests()
    lists.shelf.new.click()
    lists.said("belong to nobody")
    assert [r for r in control.requests("/species-list/") if r["method"] == "POST"] == []
