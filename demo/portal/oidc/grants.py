"""What a client may exchange for tokens: a code, a refresh token, a device code. By Authlib."""

from __future__ import annotations

from typing import Any, Optional

from authlib.oauth2.rfc6749 import OAuth2Request
from authlib.oauth2.rfc6749.errors import (
    InvalidGrantError,
    InvalidRequestError,
    OAuth2Error,
)
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant, RefreshTokenGrant
from authlib.oauth2.rfc7636 import CodeChallenge, create_s256_code_challenge
from authlib.oauth2.rfc8628 import DeviceCodeGrant
from authlib.oauth2.rfc8628.errors import (
    AuthorizationPendingError,
    ExpiredTokenError,
    SlowDownError,
)
from authlib.oidc.core.grants import OpenIDCode, OpenIDToken

from demo.portal.oidc.store import (
    CODE_LIFESPAN,
    AuthorizationCode,
    ClientSession,
    DeviceCode,
    Store,
    UserSession,
)
from demo.portal.oidc.tokens import id_token, new_refresh_token, read_refresh_token, token_answer

_PUBLIC = ["none"]


class NotAllowedError(OAuth2Error):
    """Keycloak's word for a client or person without the right to offline tokens."""

    error = "not_allowed"
    description = "Offline tokens not allowed for the user or client"


class RequiredS256(CodeChallenge):
    """PKCE (RFC 7636) that cannot be left out and knows S256 only, as the client is registered."""

    SUPPORTED_CODE_CHALLENGE_METHOD = ["S256"]  # noqa: RUF012

    def validate_code_challenge(self, grant: Any, redirect_uri: Optional[str]) -> None:
        if grant.request.client.pkce:
            check_challenge(grant.request.payload.data)
        super().validate_code_challenge(grant, redirect_uri)


def check_challenge(data: Any) -> None:
    """Raise unless an authorization request has a challenge, made by S256."""
    if not data.get("code_challenge_method"):
        raise InvalidRequestError("Missing parameter: code_challenge_method")
    if data["code_challenge_method"] != "S256":
        raise InvalidRequestError("Invalid parameter: code challenge method is not configured one")
    if not data.get("code_challenge"):
        raise InvalidRequestError("Missing parameter: code_challenge")


class CodeGrant(AuthorizationCodeGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = _PUBLIC

    def save_authorization_code(self, code: str, request: OAuth2Request) -> None:
        data, store = request.payload.data, self.server.store
        session: UserSession = request.user
        store.add_code(
            AuthorizationCode(
                code,
                request.client.get_client_id(),
                request.payload.redirect_uri,
                request.scope,
                data.get("code_challenge"),
                data.get("code_challenge_method"),
                data.get("nonce"),
                session.sid,
                store.world.clock() + CODE_LIFESPAN,
            )
        )

    def query_authorization_code(self, code: str, client: Any) -> Optional[AuthorizationCode]:
        record: Optional[AuthorizationCode] = self.server.store.take_code(
            code, client.get_client_id()
        )
        if record is None:
            raise InvalidGrantError("Code not valid")
        return record

    def delete_authorization_code(self, authorization_code: AuthorizationCode) -> None:
        """Nothing is left to do: asking for a code spends it, whatever comes of it."""

    def authenticate_user(self, authorization_code: AuthorizationCode) -> ClientSession:
        store = self.server.store
        session = store.session(authorization_code.sid)
        if session is None:
            raise InvalidGrantError("Session not active")
        _refuse_offline(store.world, authorization_code.scope)
        client: ClientSession = store.open_client(
            session,
            authorization_code.client_id,
            authorization_code.scope,
            authorization_code.nonce,
        )
        return client


class RefreshGrant(RefreshTokenGrant):
    """Rotation: each refresh token works once; a second use ends the whole line."""

    TOKEN_ENDPOINT_AUTH_METHODS = _PUBLIC
    INCLUDE_NEW_REFRESH_TOKEN = True

    def authenticate_refresh_token(self, refresh_token: str) -> ClientSession:
        store = self.server.store
        claims = read_refresh_token(store.world.keys, refresh_token)
        if claims is None:
            raise InvalidGrantError("Invalid refresh token")
        client: Optional[ClientSession] = store.client_session(str(claims.get("reuse_id")))
        if client is None:
            raise InvalidGrantError("Session not active")
        if reason := store.alive(client):
            raise InvalidGrantError(reason)
        if claims.get("exp", float("inf")) < store.world.clock():
            raise InvalidGrantError("Token is not active")
        if claims["jti"] != client.current:
            self._end(client)
        self.presented = claims["jti"]
        return client

    def authenticate_user(self, refresh_token: ClientSession) -> ClientSession:
        return refresh_token

    def issue_token(self, user: ClientSession, refresh_token: ClientSession) -> dict[str, Any]:
        store = self.server.store
        store.use(user)
        token, jti = new_refresh_token(store, user)
        if not store.succeed(user, jti, self.presented):
            self._end(user)  # two requests with one token came this far; the other one won
        return token_answer(store, user, token, self.request.payload.scope)

    def revoke_old_credential(self, refresh_token: ClientSession) -> None:
        """Nothing is left to do: the old one ended when the new one took its place."""

    def _end(self, client: ClientSession) -> None:
        self.server.store.kill(client.sid, client.client_id, "Session not active")
        raise InvalidGrantError("Maximum allowed refresh token reuse exceeded")


class DeviceGrant(DeviceCodeGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = _PUBLIC

    def query_device_credential(self, device_code: str) -> Any:
        devices: list[DeviceCode] = self.server.store.devices
        device = next((d for d in devices if d.device_code == device_code and not d.used), None)
        if device is None:
            raise InvalidGrantError("Device code not valid")
        return _Waiting(device)

    def validate_device_credential(self, credential: Any) -> ClientSession:
        """Answer as Keycloak does: a poll that comes too early is told so before all else."""
        store, device = self.server.store, credential.device
        now = store.world.clock()
        if now > device.expires:
            raise ExpiredTokenError("Device code is expired")
        too_early = now - device.polled < device.interval
        device.polled = now
        if too_early:
            raise SlowDownError("Slow down")
        if device.denied:
            raise _AccessDenied("The end user denied the authorization request")
        if device.sid is None:
            raise AuthorizationPendingError("The authorization request is still pending")
        verifier = self.request.form.get("code_verifier", "")
        if create_s256_code_challenge(verifier) != device.code_challenge:
            raise InvalidGrantError("PKCE verification failed")
        session = store.session(device.sid)
        if session is None:
            raise InvalidGrantError("Session not active")
        _refuse_offline(store.world, device.scope)
        device.used = True
        session.clients.add(device.client_id)
        client: ClientSession = store.open_client(session, device.client_id, device.scope)
        return client


class _AccessDenied(OAuth2Error):
    error = "access_denied"


class _Waiting:
    """A device code in the words of Authlib's ``DeviceCredentialMixin``."""

    def __init__(self, device: DeviceCode) -> None:
        self.device = device

    def get_client_id(self) -> str:
        return self.device.client_id

    def get_scope(self) -> str:
        return self.device.scope


class IdToken(OpenIDToken):
    """Adds an ID token to the answers to refresh tokens and device codes."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self.store = store

    def encode_id_token(self, token: dict[str, Any], request: OAuth2Request) -> str:
        client: ClientSession = request.user
        # OIDC Core 12.2: only the first ID token repeats the nonce.
        nonce = client.nonce if request.authorization_code else None
        return id_token(self.store, client, token["access_token"], nonce)


class CodeIdToken(IdToken, OpenIDCode):
    """Adds an ID token to the answer to a code."""

    def exists_nonce(self, nonce: str, request: OAuth2Request) -> bool:
        return False


def _refuse_offline(world: Any, scope: str) -> None:
    if "offline_access" in scope.split() and world.faults.on("oidc.offline_refused") is not None:
        raise NotAllowedError()
