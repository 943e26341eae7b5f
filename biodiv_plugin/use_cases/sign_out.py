"""Signing out: here at once, at the sign-in server if it answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Optional

from biodiv_plugin.auth import oidc
from biodiv_plugin.auth.session import AuthSession
from biodiv_plugin.auth.token_store import TokenStore
from biodiv_plugin.environments import Environment
from biodiv_plugin.log import logger
from biodiv_plugin.portal.errors import PortalError
from biodiv_plugin.portal.http import Feedback, Transport

_PATIENCE = 10.0  # seconds; the person is signed out here already


@dataclass(frozen=True)
class SignedOut:
    """How a sign-out went.

    ``revoked``          the sign-in server knows; if not, a copy of the token would still serve
    ``end_session_url``  the page that signs the browser out too, where there is one
    ``forgotten``        the keyring holds nothing any more
    """

    revoked: bool
    end_session_url: Optional[str] = field(repr=False)  # holds the ID token
    forgotten: bool = True


def sign_out(
    session: AuthSession,
    store: TokenStore,
    transport: Transport,
    environment: Environment,
    feedback: Feedback,
) -> SignedOut:
    """Forget the tokens in memory and in the keyring, then revoke them (RFC 7009).

    Works offline: then ``revoked`` is false. Raises ``Canceled``, when all is forgotten already.
    """
    tokens = session.tokens
    session.drop()
    store.try_again()
    stored = store.load()
    forgotten = store.delete()
    held = {tokens.refresh_token if tokens else None, stored.refresh_token if stored else None}
    try:
        provider = oidc.discover(environment.issuer, transport, feedback, _PATIENCE)
        for token in filter(None, held):
            client_id = environment.client_id
            oidc.revoke(provider, client_id, token, transport, feedback, _PATIENCE)
    except PortalError as fault:
        logger.warning("signed out here only: %s", fault)
        return SignedOut(False, None, forgotten)
    page = oidc.end_session_url(
        provider, environment.client_id, tokens.id_token if tokens else None
    )
    return SignedOut(True, page, forgotten)
