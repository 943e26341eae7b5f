"""Signing in: by the browser of this machine, or with a code on any other."""

from __future__ import annotations

import base64
import json
import secrets
from contextlib import suppress
from dataclasses import dataclass
from typing import Callable, Mapping, Optional

from biodiv_plugin.auth import oidc
from biodiv_plugin.auth.account import Account
from biodiv_plugin.auth.code_flow import Authorization, names
from biodiv_plugin.auth.device_flow import DeviceAuthorization, DeviceCode
from biodiv_plugin.auth.loopback import LoopbackListener
from biodiv_plugin.auth.session import AuthSession
from biodiv_plugin.auth.token_store import SESSION, Kept, StoredToken, TokenStore
from biodiv_plugin.auth.tokens import TokenSet
from biodiv_plugin.environments import Environment
from biodiv_plugin.portal.errors import Canceled, PortalError, SignInFailed
from biodiv_plugin.portal.http import Feedback, Transport

ACM_IDM = "acm-idm"  # the provider's name for the sign-in of the Flemish government
# As ACM/IDM documents it for a change of capacity (contract/lists 4.3).
_SWITCH = base64.b64encode(json.dumps({"switch_id": True}).encode()).decode("ascii")


@dataclass(frozen=True)
class SignInOptions:
    """``hint`` is ``acm-idm`` (itsme, eID and staff), or empty for an account of the portal's own.

    ``remember`` asks for a sign-in that outlives this session, and keeps it in the keyring.
    ``prompt_login`` signs the browser out, so that another account can be chosen;
    ``switch_organisation`` asks for another capacity of the same person. ``action`` is one of
    Keycloak's on one's own account, ``UPDATE_PROFILE`` or ``UPDATE_PASSWORD``. ``timeout`` is in
    seconds, for the person at the browser.
    """

    hint: str = ACM_IDM
    remember: bool = False
    prompt_login: bool = False
    switch_organisation: bool = False
    action: str = ""
    timeout: float = 300.0


def sign_in(
    environment: Environment,
    session: AuthSession,
    transport: Transport,
    store: TokenStore,
    open_browser: Callable[[str], bool],
    options: SignInOptions,
    feedback: Feedback,
    on_url: Optional[Callable[[str], object]] = None,
) -> Account:
    """Sign in through the system's browser; authorization code with PKCE (RFC 8252).

    Runs in a worker. Whoever was signed in stays so unless it succeeds.

    Args:
        transport: one that does not ask ``session`` for a token.
        open_browser: shows a page; returns whether it could. Called in this thread.
        on_url: is told the page's address, to open it again or to copy it. Where there is none
            and the browser cannot be opened, the sign-in fails; else it waits on.

    Raises:
        SignInFailed: its ``code`` says why; ``loopback`` and ``timeout`` call for the other way.
        PortalError: of the kind that fits, for a server in trouble.
        Canceled: within 100 ms; the port is closed then.
    """
    _check_client(environment)
    session.begin()
    try:
        provider = oidc.discover(environment.issuer, transport, feedback)
        state = secrets.token_urlsafe(32)
        with LoopbackListener(state, lambda said: "code" in said and names(said, provider)) as back:
            client_id, asked = environment.client_id, scopes(options)
            attempt = Authorization(
                provider, client_id, back.redirect_uri, asked, state, _extra(options)
            )
            way = (provider, client_id, session.tokens, back, state)
            page = _by_way_of_sign_out(attempt.url, *way) if options.prompt_login else attempt.url
            if on_url is not None:
                on_url(page)
            if not open_browser(page) and on_url is None:
                raise SignInFailed("the browser could not be opened", code="browser")
            callback = back.wait(options.timeout, feedback)
        tokens = attempt.exchange(callback, transport, feedback)
        finish = _Finish(environment, provider, session, transport, store, options, feedback)
        return finish(tokens, attempt.nonce)
    finally:
        session.abandon()


def sign_in_by_device(
    environment: Environment,
    session: AuthSession,
    transport: Transport,
    store: TokenStore,
    show_code: Callable[[DeviceCode], object],
    options: SignInOptions,
    feedback: Feedback,
) -> Account:
    """Sign in with a code that is typed on any device (RFC 8628); for remote desktops.

    ``show_code`` is called in this thread. Raises as :func:`sign_in`; ``no_device`` where the
    server does not offer it.
    """
    _check_client(environment)
    session.begin()
    try:
        provider = oidc.discover(environment.issuer, transport, feedback)
        attempt = DeviceAuthorization(provider, environment.client_id, transport)
        show_code(attempt.start(scopes(options), feedback))
        tokens = attempt.wait(feedback)
        finish = _Finish(environment, provider, session, transport, store, options, feedback)
        return finish(tokens, nonce=None)
    finally:
        session.abandon()


def scopes(options: SignInOptions) -> tuple[str, ...]:
    """Return what is asked for; a sign-in that outlives the browser's only when wished."""
    return (*oidc.SCOPES, oidc.OFFLINE) if options.remember else oidc.SCOPES


def _by_way_of_sign_out(
    page: str,
    provider: oidc.Provider,
    client_id: str,
    tokens: Optional[TokenSet],
    back: LoopbackListener,
    state: str,
) -> str:
    """Return where to sign the browser out; from there it is led to ``page``.

    Keycloak asks with ``prompt=login`` for the password of who is signed in already, and leaves
    anybody else of ACM/IDM on an error page from which the browser does not come back.
    """
    token = tokens.id_token if tokens else None
    url = oidc.end_session_url(provider, client_id, token, back.logged_out_uri, state)
    if url is None:
        return page
    back.lead_on(page)
    return url


def _check_client(environment: Environment) -> None:
    if not environment.client_id or not environment.issuer:
        raise SignInFailed(f"{environment.title} has not registered this plugin", code="no_client")


def _extra(options: SignInOptions) -> Mapping[str, str]:
    """Return Keycloak's parameters; an empty hint asks for its own page (contract/lists 4.3)."""
    extra = {"kc_idp_hint": ACM_IDM if options.switch_organisation else options.hint}
    if options.prompt_login or options.switch_organisation:
        extra["prompt"] = "login"
    if options.switch_organisation:
        extra["login_hint"] = _SWITCH
    if options.action:
        extra["kc_action"] = options.action
    return extra


@dataclass(frozen=True)
class _Finish:
    """What both ways share: who is it, keep it, and hand it to the session."""

    environment: Environment
    provider: oidc.Provider
    session: AuthSession
    transport: Transport
    store: TokenStore
    options: SignInOptions
    feedback: Feedback

    def __call__(self, tokens: TokenSet, nonce: Optional[str]) -> Account:
        client_id = self.environment.client_id
        try:
            account = oidc.identify(
                self.provider, client_id, tokens, self.transport, self.feedback, nonce
            )
            if self.feedback.isCanceled():
                raise Canceled
        except (PortalError, Canceled):
            self._give_back(tokens)
            raise
        kept = self._keep(tokens, account)
        self.session.adopt(tokens, account, kept.where, kept.reason)
        return account

    def _keep(self, tokens: TokenSet, account: Account) -> Kept:
        self.store.try_again()
        if not self.options.remember or tokens.refresh_token is None:
            self.store.delete()  # of whoever was remembered before
            return Kept(SESSION, "not_asked")
        with self.store.locked(self.feedback):
            return self.store.save(StoredToken(tokens.refresh_token, account.sub, account.name))

    def _give_back(self, tokens: TokenSet) -> None:
        """End at the provider what nobody will use."""
        if tokens.refresh_token is not None:
            with suppress(PortalError, Canceled):
                oidc.revoke(
                    self.provider,
                    self.environment.client_id,
                    tokens.refresh_token,
                    self.transport,
                    timeout=5,
                )
