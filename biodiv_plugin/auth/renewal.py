"""New tokens for old ones, among threads and QGIS windows that all want them at once."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Callable, Optional

from biodiv_plugin.auth import code_flow, id_token, oidc
from biodiv_plugin.auth.account import Account
from biodiv_plugin.auth.token_store import KEYRING, SESSION, Kept, StoredToken, TokenStore
from biodiv_plugin.auth.tokens import TokenSet
from biodiv_plugin.environments import Environment
from biodiv_plugin.portal.errors import PortalError, SignInFailed, SignInRequired
from biodiv_plugin.portal.http import UNWATCHED, Feedback, Transport


@dataclass(frozen=True)
class Renewed:
    tokens: TokenSet
    kept: Kept


class Renewal:
    """Renews by the refresh token. One at a time in a process: the session sees to it.

    With rotation each refresh token serves once, and a second use ends the whole sign-in. So a
    rotated one is stored before it is used, and where two windows share an entry in the
    keyring, each looks there first for what the other has stored.
    """

    def __init__(self, environment: Environment, transport: Transport, store: TokenStore) -> None:
        self._environment, self._transport, self._store = environment, transport, store
        self._provider: Optional[oidc.Provider] = None

    def provider(self, feedback: Feedback = UNWATCHED) -> oidc.Provider:
        if self._provider is None:
            issuer = self._environment.issuer
            self._provider = oidc.discover(issuer, self._transport, feedback)
        return self._provider

    def renew(
        self,
        held: TokenSet,
        account: Account,
        kept: str,
        is_wanted: Callable[[], bool],
        feedback: Feedback = UNWATCHED,
    ) -> Renewed:
        """Return new tokens for ``account``; ``is_wanted`` says whether they still have a place.

        Raises:
            SignInRequired: the sign-in is over; the entry in the keyring is gone too.
            PortalError: any other kind; what is held may be tried again.
        """
        if held.refresh_token is None:
            raise SignInRequired("the sign-in cannot be renewed", url=self._environment.issuer)
        if kept != KEYRING:
            tokens = self._refresh(held.refresh_token, account.sub, feedback)
            return Renewed(_completed(tokens, held), Kept(kept))
        with self._store.locked(feedback):
            tokens = self._refresh_shared(held.refresh_token, account.sub, feedback)
            where = self._keep(tokens, account, is_wanted, feedback)
        return Renewed(_completed(tokens, held), where)

    def resume(self, stored: StoredToken, feedback: Feedback = UNWATCHED) -> Renewed:
        """Return tokens for what an earlier session has stored. Raises as ``renew``."""
        with self._store.locked(feedback):
            tokens = self._refresh_shared(stored.refresh_token, stored.sub, feedback)
            kept = self._store.save(replace(stored, refresh_token=tokens.refresh_token or ""))
        return Renewed(tokens, kept)

    def _refresh_shared(self, held: str, sub: str, feedback: Feedback) -> TokenSet:
        tried = self._stored(sub) or held
        try:
            return self._refresh(tried, sub, feedback)
        except SignInRequired:
            again = self._stored(sub)
            if again is not None and again != tried:  # a window without a lock was quicker
                return self._refresh(again, sub, feedback)
            if again is not None:
                self._store.delete()
            raise

    def _stored(self, sub: str) -> Optional[str]:
        """Return the stored refresh token, if it is of this person: another window may be used
        by another one."""
        entry = self._store.load()
        return entry.refresh_token if entry is not None and entry.sub == sub else None

    def _refresh(self, refresh_token: str, sub: str, feedback: Feedback) -> TokenSet:
        issuer, client_id = self._environment.issuer, self._environment.client_id
        provider = self.provider(feedback)
        tokens = code_flow.refresh(provider, client_id, refresh_token, self._transport, feedback)
        if tokens.id_token is not None:
            named = id_token.subject(tokens.id_token, issuer=issuer, client_id=client_id)
            if named != sub:
                raise SignInFailed("the renewed token is another person's", code="id_token")
        return tokens

    def _keep(
        self,
        tokens: TokenSet,
        account: Account,
        is_wanted: Callable[[], bool],
        feedback: Feedback,
    ) -> Kept:
        """Store the rotated token, unless it was forgotten meanwhile, here or next door."""
        stored = StoredToken(tokens.refresh_token or "", account.sub, account.name)
        if self._stored(account.sub) is None:
            return Kept(SESSION, "elsewhere")
        kept = self._store.save(stored) if is_wanted() else Kept(KEYRING)
        if not is_wanted():
            self._store.delete()
            with suppress(PortalError):
                self.revoke(stored.refresh_token, feedback)
        return kept

    def revoke(
        self, refresh_token: str, feedback: Feedback = UNWATCHED, timeout: float = oidc.TIMEOUT
    ) -> None:
        """End a sign-in at the provider. Raises the ``PortalError`` that fits."""
        provider, client_id = self.provider(feedback), self._environment.client_id
        oidc.revoke(provider, client_id, refresh_token, self._transport, feedback, timeout)


def _completed(tokens: TokenSet, held: TokenSet) -> TokenSet:
    """Keep the ID token, which ends the browser's session, where no new one came."""
    return tokens if tokens.id_token else replace(tokens, id_token=held.id_token)
