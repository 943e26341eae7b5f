"""Authorization code with PKCE (RFC 6749, 7636, 9207), and the renewal, by requests-oauthlib."""

from __future__ import annotations

import hmac
import logging
import secrets
from contextlib import contextmanager
from typing import Any, Iterator, Mapping, Optional, Sequence

from biodiv_plugin.auth import packages
from biodiv_plugin.auth.oidc import TIMEOUT, Provider, read_object, refusal
from biodiv_plugin.auth.tokens import TokenSet, now, parse_token_answer
from biodiv_plugin.portal.errors import SignInFailed, SignInRequired, UnexpectedAnswer
from biodiv_plugin.portal.http import (
    UNWATCHED,
    Feedback,
    Request,
    Transport,
    raise_for_status,
)

# The provider will not renew again, whatever we try (RFC 6749, 5.2).
_FINAL = ("invalid_grant", "invalid_client", "unauthorized_client")


class Authorization:
    """One attempt: open ``url`` in a browser, then hand in what came back.

    ``state``, ``nonce`` and PKCE's verifier are new for each attempt and never leave it.
    """

    def __init__(
        self,
        provider: Provider,
        client_id: str,
        redirect_uri: str,
        scopes: Sequence[str],
        state: str,
        extra: Mapping[str, str],
    ) -> None:
        self._provider, self._state = provider, state
        self.nonce = secrets.token_urlsafe(32)
        self._oauth = _session(client_id, redirect_uri=redirect_uri, scope=scopes, pkce="S256")
        with _unlogged(self._oauth):
            url, _ = self._oauth.authorization_url(
                _shown(provider.authorization_endpoint), state=state, nonce=self.nonce, **extra
            )
        if extra.get("kc_idp_hint") == "":
            url += "&kc_idp_hint="  # left out by the library; to Keycloak it means: your own page
        self.url = _meant(url, provider)

    def exchange(
        self, callback: Mapping[str, str], transport: Transport, feedback: Feedback = UNWATCHED
    ) -> TokenSet:
        """Trade the code in ``callback`` for tokens.

        Raises:
            SignInFailed: ``state``, ``issuer``, or the provider's own error code.
            PortalError: of the kind that fits, for a provider in trouble.
        """
        if not hmac.compare_digest(callback.get("state", "").encode(), self._state.encode()):
            raise SignInFailed("the answer belongs to another sign-in", code="state")
        if not names(callback, self._provider):
            raise SignInFailed("the answer is of another sign-in server", code="issuer")
        if "error" in callback or not callback.get("code"):
            raise refusal(callback.get("error", "no code"))
        # Else oauthlib raises a warning as an exception where the provider reorders the scopes.
        self._oauth.scope = self._oauth._client.scope = None

        def ask(url: str) -> Mapping[str, Any]:
            # Not the whole callback: oauthlib refuses one that is not https, and a loopback
            # never is (RFC 8252, 7.3). So state and iss are compared above.
            code = callback["code"]
            return self._oauth.fetch_token(url, code=code, include_client_id=True)

        asked_at = now()
        try:
            answer = _ask(self._oauth, self._provider, ask, transport, feedback)
        except packages.oauth_error() as fault:
            raise refusal(getattr(fault, "error", "")) from None
        return parse_token_answer(answer, asked_at)


def names(callback: Mapping[str, str], provider: Provider) -> bool:
    """Return whether the callback is of ``provider`` (RFC 9207, 2.4)."""
    said: Optional[str] = callback.get("iss")
    return said == provider.issuer or (said is None and not provider.names_itself)


def refresh(
    provider: Provider,
    client_id: str,
    refresh_token: str,
    transport: Transport,
    feedback: Feedback = UNWATCHED,
) -> TokenSet:
    """Return new tokens (RFC 6749, 6); where no new refresh token came, the old one stands.

    Raises:
        SignInRequired: the provider will not renew; the refresh token is dead.
        PortalError: any other kind; the refresh token may still be good.
    """
    oauth = _session(client_id)

    def ask(url: str) -> Mapping[str, Any]:
        return oauth.refresh_token(url, refresh_token=refresh_token, client_id=client_id)

    asked_at = now()
    try:
        answer = dict(_ask(oauth, provider, ask, transport, feedback))
    except packages.oauth_error() as fault:
        failure = refusal(getattr(fault, "error", ""))
        if failure.code in _FINAL:
            raise SignInRequired(str(failure), url=provider.token_endpoint) from None
        raise failure from None
    answer.setdefault("refresh_token", refresh_token)
    return parse_token_answer(answer, asked_at)


def _session(client_id: str, **options: Any) -> Any:
    session = packages.requests_oauthlib().OAuth2Session(client_id, **options)
    session.trust_env = False  # no .netrc, no proxy but QGIS's
    return session


def _ask(
    oauth: Any, provider: Provider, ask: Any, transport: Transport, feedback: Feedback
) -> Mapping[str, Any]:
    adapter = _TransportAdapter(provider, transport, feedback)
    oauth.mount("https://", adapter)
    with _unlogged(oauth):
        answer: Mapping[str, Any] = ask(_shown(provider.token_endpoint))
    return answer


class _TransportAdapter:
    """Lets requests, and so requests-oauthlib, send through the plugin's own transport."""

    def __init__(self, provider: Provider, transport: Transport, feedback: Feedback) -> None:
        self._provider, self._transport, self._feedback = provider, transport, feedback

    def send(self, request: Any, **_: Any) -> Any:
        body = request.body.encode("ascii") if isinstance(request.body, str) else request.body
        ours = Request(
            request.method,
            _meant(request.url, self._provider),
            body,
            {name: request.headers[name] for name in ("Accept", "Content-Type")},
            timeout=TIMEOUT,
        )
        answer = self._transport.send(ours, self._feedback)
        if answer.status >= 500 or answer.status in (405, 429):
            raise_for_status(answer)
        if 300 <= answer.status < 400:  # requests would send the body on
            raise UnexpectedAnswer("the token endpoint leads elsewhere", url=ours.url)
        read_object(answer)
        response = packages.requests().Response()
        response.status_code, response.encoding = answer.status, "utf-8"
        response._content, response._content_consumed = answer.body, True
        response.url, response.request = answer.url, request
        return response

    def close(self) -> None:
        pass


def _shown(url: str) -> str:
    """Return ``url`` as the library may see it.

    oauthlib refuses http outright, and its switch is one for every plugin in the process. Plain
    http gets this far on the loopback alone (``discover`` sees to it), for a provider on this
    very machine; the library is told https, and ``_meant`` undoes that.
    """
    return "https:" + url.partition(":")[2]


def _meant(url: str, provider: Provider) -> str:
    return provider.issuer.partition(":")[0] + ":" + url.partition(":")[2]


@contextmanager
def _unlogged(oauth: Any) -> Iterator[None]:
    """Keep the library from logging bodies with codes and tokens, at whatever level."""
    log = logging.getLogger(type(oauth).__module__)
    log.addFilter(_nothing)
    try:
        yield
    finally:
        log.removeFilter(_nothing)


def _nothing(_record: logging.LogRecord) -> bool:
    return False
