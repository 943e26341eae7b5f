"""OpenID Connect: what a provider offers, and the requests that a public client makes to it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, Mapping, Optional
from urllib.parse import urlsplit

from biodiv_plugin.auth import id_token
from biodiv_plugin.auth.account import Account, read_account
from biodiv_plugin.auth.bearer import authorization_header
from biodiv_plugin.auth.tokens import TokenSet
from biodiv_plugin.environments import is_safe
from biodiv_plugin.log import logger
from biodiv_plugin.portal.errors import PortalError, SignInFailed, UnexpectedAnswer
from biodiv_plugin.portal.http import (
    UNWATCHED,
    Feedback,
    Request,
    Response,
    Transport,
    post_form,
    raise_for_status,
    url_with,
)

SCOPES = ("openid", "profile", "email", "ala/attrs", "ala/roles")
OFFLINE = "offline_access"
TIMEOUT = 30.0  # seconds; a person waits for these
_MAX_ANSWER = 1 << 20  # bytes
_REQUIRED = ("authorization_endpoint", "token_endpoint", "jwks_uri")
_OPTIONAL = (
    "userinfo_endpoint",
    "revocation_endpoint",
    "end_session_endpoint",
    "device_authorization_endpoint",
)
REFRESH = "refresh_token"  # a kind of token (RFC 7009, 2.1)


@dataclass(frozen=True)
class Provider:
    """What an OpenID provider declares; an endpoint that it does not offer is empty."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str = ""
    revocation_endpoint: str = ""
    end_session_endpoint: str = ""
    device_authorization_endpoint: str = ""
    names_itself: bool = False  # sends ``iss`` along with each authorization response (RFC 9207)


def discover(
    issuer: str,
    transport: Transport,
    feedback: Feedback = UNWATCHED,
    timeout: float = TIMEOUT,
) -> Provider:
    """Read what the provider offers (OpenID Connect Discovery 1.0, section 4).

    Raises:
        SignInFailed: with ``issuer``, where the address is unsafe or another provider answers,
            or one that sends us elsewhere.
        UnexpectedAnswer: it is no provider, or one without code and PKCE S256.
        Unreachable: no answer.
    """
    if not is_safe(issuer):
        raise SignInFailed("the sign-in server's address is not https", code="issuer", url=issuer)
    url = f"{issuer.rstrip('/')}/.well-known/openid-configuration"
    request = Request("GET", url, headers={"Accept": "application/json"}, timeout=timeout)
    answer = transport.send(request, feedback)
    if answer.url != url:
        raise SignInFailed("the sign-in server is elsewhere", code="issuer", url=url)
    said = read_json(answer)
    if said.get("issuer") != issuer:
        raise SignInFailed("the sign-in server bears another name", code="issuer", url=url)
    if "S256" not in (said.get("code_challenge_methods_supported") or ()):
        raise UnexpectedAnswer("the sign-in server does not offer PKCE with S256", url=url)
    endpoints = {key: _endpoint(issuer, said, key) for key in (*_REQUIRED, *_OPTIONAL)}
    return Provider(
        issuer=issuer,
        names_itself=said.get("authorization_response_iss_parameter_supported") is True,
        **endpoints,
    )


def _endpoint(issuer: str, said: Mapping[str, Any], key: str) -> str:
    endpoint = said.get(key)
    if endpoint is None and key in _OPTIONAL:
        return ""
    if not isinstance(endpoint, str):
        raise UnexpectedAnswer(f"the sign-in server has no {key}", url=issuer)
    if urlsplit(endpoint)[:2] != urlsplit(issuer)[:2]:
        raise SignInFailed(f"the {key} is of another origin", code="issuer", url=endpoint)
    return endpoint


def identify(
    provider: Provider,
    client_id: str,
    tokens: TokenSet,
    transport: Transport,
    feedback: Feedback = UNWATCHED,
    nonce: Optional[str] = None,
) -> Account:
    """Return who has signed in, by the ID token and the userinfo endpoint.

    A key set or userinfo that cannot be had does not stop the sign-in: the ID token came straight
    from the provider. Raises ``SignInFailed`` where what was had does not fit.
    """
    if tokens.id_token is None:
        raise SignInFailed("the sign-in server sent no ID token", code="id_token")
    claims = id_token.verify(
        tokens.id_token,
        _keys(provider, transport, feedback),
        issuer=provider.issuer,
        client_id=client_id,
        nonce=nonce,
    )
    info = _userinfo(provider, tokens, transport, feedback)
    if info and info.get("sub") != claims["sub"]:  # OpenID Connect Core 5.3.2
        raise SignInFailed("userinfo speaks of another person", code="id_token")
    return read_account(claims, info, tokens.scopes)


def _keys(provider: Provider, transport: Transport, feedback: Feedback) -> Optional[list[Any]]:
    """Return the key set as it is now; the provider may have changed its keys since."""
    try:
        keys = read_json(transport.send(_get(provider.jwks_uri), feedback)).get("keys")
    except PortalError as fault:
        logger.warning("the keys of the sign-in server could not be read: %s", fault)
        return None
    return [key for key in keys if isinstance(key, dict)] if isinstance(keys, list) else []


def _userinfo(
    provider: Provider, tokens: TokenSet, transport: Transport, feedback: Feedback
) -> Mapping[str, Any]:
    if not provider.userinfo_endpoint:
        return {}
    headers = authorization_header(tokens.access_token)
    try:
        return read_json(transport.send(_get(provider.userinfo_endpoint, **headers), feedback))
    except PortalError as fault:
        logger.warning("userinfo could not be read: %s", fault)
        return {}


def _get(url: str, **headers: str) -> Request:
    return Request("GET", url, headers={"Accept": "application/json", **headers}, timeout=TIMEOUT)


def revoke(
    provider: Provider,
    client_id: str,
    refresh_token: str,
    transport: Transport,
    feedback: Feedback = UNWATCHED,
    timeout: float = TIMEOUT,
) -> None:
    """End what ``refresh_token`` allows (RFC 7009).

    Raises the ``PortalError`` that fits; ``UnexpectedAnswer`` where the provider has no way to.
    """
    if not provider.revocation_endpoint:
        raise UnexpectedAnswer("the sign-in server revokes nothing", url=provider.issuer)
    form = {
        "token": refresh_token,
        "token_type_hint": REFRESH,
        "client_id": client_id,
    }
    request = post_form(provider.revocation_endpoint, form, timeout=timeout)
    raise_for_status(transport.send(request, feedback))


def end_session_url(
    provider: Provider,
    client_id: str,
    token: Optional[str],
    back: Optional[str] = None,
    state: Optional[str] = None,
) -> Optional[str]:
    """Return the page that ends the browser's session too, if there is one.

    Without it the next person at this machine is signed in without a question (OpenID Connect
    RP-Initiated Logout 1.0). ``token`` is the ID token of who is signed in; without one the
    person is asked. The browser comes ``back`` with ``state``, or stays there.
    """
    if not provider.end_session_endpoint:
        return None
    form = {
        "id_token_hint": token,
        "client_id": client_id,
        "post_logout_redirect_uri": back,
        "state": state,
    }
    return url_with(provider.end_session_endpoint, form)


def read_json(answer: Response) -> dict[str, Any]:
    """Return a provider's answer; raise the ``PortalError`` that fits."""
    raise_for_status(answer)
    return read_object(answer)


def read_object(answer: Response) -> dict[str, Any]:
    """Return the JSON object, whatever the status. A page, a list, a megabyte is an
    ``UnexpectedAnswer``."""
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json" and not kind.endswith("+json"):
        raise UnexpectedAnswer(f"the sign-in server sent {plain(kind)!r}", url=answer.url)
    if len(answer.body) > _MAX_ANSWER:
        raise UnexpectedAnswer("the sign-in server sent too much", url=answer.url)
    try:
        said = json.loads(answer.body)
    except ValueError:  # which holds the whole body
        raise UnexpectedAnswer("the sign-in server sent no JSON", url=answer.url) from None
    if not isinstance(said, dict):
        raise UnexpectedAnswer("the sign-in server sent no object", url=answer.url)
    return said


def refusal(error: object) -> SignInFailed:
    """Return the failure for an OAuth ``error`` code; a server's own words are not repeated."""
    code = plain(str(error))
    known = re.fullmatch(r"[a-z_]{1,60}", code)
    return SignInFailed(
        f"the sign-in server refused: {code}", code=code if known else "unknown_error"
    )


def plain(text: str) -> str:
    """Cut a server's text to 200 characters of plain text."""
    return "".join(letter if letter.isprintable() else " " for letter in text)[:200]
