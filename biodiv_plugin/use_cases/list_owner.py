"""Whose a new species list would be."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any, Mapping, Optional

from biodiv_plugin.auth.account import Account
from biodiv_plugin.auth.tokens import TokenSet
from biodiv_plugin.portal.errors import ListOwnerUnknown, SignInRequired


def list_owner(account: Optional[Account], tokens: Optional[TokenSet]) -> str:
    """Return the user id under which the portal keeps what this account writes.

    The service stores as owner what userinfo says, reads as the token's ``userid``, and asks
    userinfo only for a token with the scope ``profile``; where one of these fails a new list is
    an orphan: its maker cannot see it, anybody can change it. A token that does not name its
    client it believes not at all (contract/lists 1.1, 2.9).

    Raises:
        SignInRequired: nobody is signed in.
        ListOwnerUnknown: a list would be nobody's.
    """
    if account is None or tokens is None:
        raise SignInRequired("a list needs an owner")
    if not account.has_user_id:
        raise ListOwnerUnknown("userinfo tells no userid")
    claims = _claims(tokens.access_token)
    if str(claims.get("userid") or "") != account.user_id:
        raise ListOwnerUnknown("the token tells no userid, or another one")
    if not claims.get("client_id"):
        raise ListOwnerUnknown("the token does not name its client")
    if "profile" not in str(claims.get("scope") or " ".join(account.scopes)).split():
        raise ListOwnerUnknown("the token has no scope profile")
    return account.user_id


def _claims(token: str) -> Mapping[str, Any]:
    """Return what the token says; who signed it is the portal's to check, not ours."""
    try:
        body = token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    except (IndexError, ValueError, binascii.Error):
        return {}
    return claims if isinstance(claims, dict) else {}
