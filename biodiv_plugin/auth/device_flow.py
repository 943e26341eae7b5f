"""Sign-in with a code that is typed on any other device (RFC 8628)."""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import dataclass
from threading import Event
from typing import Any, Mapping, Sequence

from biodiv_plugin.auth.oidc import TIMEOUT, Provider, read_json, read_object, refusal
from biodiv_plugin.auth.tokens import TokenSet, now, parse_token_answer
from biodiv_plugin.environments import is_safe
from biodiv_plugin.portal.errors import (
    Canceled,
    PortalFault,
    SignInFailed,
    Throttled,
    UnexpectedAnswer,
    Unreachable,
)
from biodiv_plugin.portal.http import (
    UNWATCHED,
    Feedback,
    Response,
    Transport,
    post_form,
)

GRANT = "urn:ietf:params:oauth:grant-type:device_code"
_SLOWER = 5.0  # seconds (RFC 8628, 3.5)


@dataclass(frozen=True)
class DeviceCode:
    """What to show: the code, and where to type it. Times are in seconds.

    ``verification_uri_complete`` holds the code already, for a QR code; it may be empty.
    """

    user_code: str
    verification_uri: str
    verification_uri_complete: str
    expires_in: float
    interval: float


class DeviceAuthorization:
    """One attempt: ``start``, show the code, ``wait``."""

    def __init__(self, provider: Provider, client_id: str, transport: Transport) -> None:
        self._provider, self._client_id, self._transport = provider, client_id, transport
        # RFC 8628 does not ask for PKCE; Keycloak does, of a client that must use it.
        self._verifier = secrets.token_urlsafe(32)
        self._device_code = ""
        self._deadline = self._interval = 0.0

    def start(self, scopes: Sequence[str], feedback: Feedback = UNWATCHED) -> DeviceCode:
        """Ask for a code. Raises ``SignInFailed`` where the provider does not allow this way."""
        endpoint = self._provider.device_authorization_endpoint
        if not endpoint:
            raise SignInFailed("the sign-in server offers no code", code="no_device")
        digest = hashlib.sha256(self._verifier.encode("ascii")).digest()
        form = {
            "client_id": self._client_id,
            "scope": " ".join(scopes),
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii"),
            "code_challenge_method": "S256",
        }
        answer = self._transport.send(post_form(endpoint, form, timeout=TIMEOUT), feedback)
        said = _read(answer)
        if said.get("error") == "unauthorized_client":  # Keycloak announces it to all clients
            raise SignInFailed("this client may not ask for a code", code="no_device")
        if "error" in said:
            raise refusal(said["error"])
        try:
            self._device_code = str(said["device_code"])
            code = _parse_code(said)
        except (KeyError, TypeError, ValueError):
            raise UnexpectedAnswer("an incomplete device code", url=endpoint) from None
        complete = code.verification_uri_complete or code.verification_uri
        if not (is_safe(code.verification_uri) and is_safe(complete)):
            raise UnexpectedAnswer("an unsafe address for the code", url=endpoint)
        self._interval, self._deadline = code.interval, now() + code.expires_in
        return code

    def wait(self, feedback: Feedback = UNWATCHED) -> TokenSet:
        """Ask, at the pace that the provider wants, until the code was typed (RFC 8628, 3.4).

        Raises:
            SignInFailed: ``timeout``, or the provider's own code, as ``access_denied``.
            Canceled: within 100 ms.
        """
        form = {
            "grant_type": GRANT,
            "device_code": self._device_code,
            "client_id": self._client_id,
            "code_verifier": self._verifier,
        }
        request = post_form(self._provider.token_endpoint, form, timeout=TIMEOUT)
        while True:
            self._pause(feedback)
            asked_at = now()
            try:
                said = _read(self._transport.send(request, feedback))
            except (Unreachable, PortalFault, Throttled):
                self._interval *= 2  # RFC 8628, 3.5: back off, the person goes on typing
                continue
            error = said.get("error")
            if error is None:
                return parse_token_answer(said, asked_at)
            if error == "slow_down":
                self._interval += _SLOWER
            elif error == "expired_token":
                raise _too_late()
            elif error != "authorization_pending":
                raise refusal(error)

    def _pause(self, feedback: Feedback) -> None:
        until = now() + self._interval
        while now() < until:
            if feedback.isCanceled():
                raise Canceled
            if now() > self._deadline:
                raise _too_late()
            Event().wait(0.05)


def _read(answer: Response) -> dict[str, Any]:
    """Return an answer that may be an OAuth error (RFC 6749, 5.2)."""
    if answer.status not in (400, 401):
        return read_json(answer)
    said = read_object(answer)
    if "error" not in said:
        raise UnexpectedAnswer("a refusal without a reason", url=answer.url)
    return said


def _parse_code(said: Mapping[str, Any]) -> DeviceCode:
    return DeviceCode(
        user_code=str(said["user_code"]),
        verification_uri=str(said["verification_uri"]),
        verification_uri_complete=str(said.get("verification_uri_complete") or ""),
        expires_in=float(said["expires_in"]),
        interval=float(said.get("interval") or 5),
    )


def _too_late() -> SignInFailed:
    return SignInFailed("nobody typed the code in time", code="timeout")
