"""Signing in again with what an earlier session has left in the keyring."""

from __future__ import annotations

from typing import Optional

from biodiv_plugin.auth import oidc
from biodiv_plugin.auth.account import Account
from biodiv_plugin.auth.renewal import Renewal
from biodiv_plugin.auth.session import AuthSession
from biodiv_plugin.auth.token_store import TokenStore
from biodiv_plugin.environments import Environment
from biodiv_plugin.portal.errors import SignInRequired
from biodiv_plugin.portal.http import Feedback, Transport


def restore_sign_in(
    environment: Environment,
    session: AuthSession,
    transport: Transport,
    store: TokenStore,
    feedback: Feedback,
) -> Optional[Account]:
    """Return who is signed in again; ``None`` where nothing was kept.

    A sign-in that is over tells ``lost`` with ``expired`` and is ``None`` too. Raises a
    ``PortalError`` where the sign-in server gave no answer; the entry is kept for another try.
    """
    if not environment.client_id or not environment.issuer:
        return None
    stored = store.load()
    if stored is None:
        return None
    session.begin()
    try:
        renewal = Renewal(environment, transport, store)
        renewed = renewal.resume(stored, feedback)
        account = oidc.identify(
            renewal.provider(feedback), environment.client_id, renewed.tokens, transport, feedback
        )
        session.adopt(renewed.tokens, account, renewed.kept.where, renewed.kept.reason)
        return account
    except SignInRequired:
        session.drop("expired")
        return None
    finally:
        session.abandon()
