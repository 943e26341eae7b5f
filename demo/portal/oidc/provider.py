"""The identity provider: Authlib's authorization server over the store."""

from __future__ import annotations

from typing import Any, Optional

from authlib.common.urls import add_params_to_uri
from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import OAuth2Request
from authlib.oauth2.rfc6749.errors import (
    InvalidClientError,
    InvalidRequestError,
    OAuth2Error,
    UnauthorizedClientError,
)
from authlib.oauth2.rfc6749.requests import BasicOAuth2Payload
from authlib.oauth2.rfc7009 import RevocationEndpoint
from authlib.oauth2.rfc8628 import DeviceAuthorizationEndpoint
from authlib.oauth2.rfc9207 import IssuerParameter
from authlib.oidc.rpinitiated import EndSessionEndpoint
from flask import Response, request
from joserfc.jwk import KeySet

from demo.portal.bearer import BadToken, verified_claims
from demo.portal.oidc.clients import DESKTOP, SCOPES, Client, website
from demo.portal.oidc.grants import (
    CodeGrant,
    CodeIdToken,
    DeviceGrant,
    IdToken,
    RefreshGrant,
    RequiredS256,
    check_challenge,
)
from demo.portal.oidc.store import ClientSession, DeviceCode, Store
from demo.portal.oidc.tokens import new_refresh_token, read_refresh_token, token_answer
from demo.portal.world import World


class StoredRequest(OAuth2Request):
    """An authorization request of a while ago: the person has signed in since."""

    def __init__(self, uri: str, params: dict[str, str]) -> None:
        super().__init__("GET", uri)
        self.payload = BasicOAuth2Payload(params)

    @property
    def args(self) -> Any:
        return self.payload.data

    @property
    def form(self) -> Any:
        return {}


class Provider(AuthorizationServer):
    """The realm ``vbp``."""

    def __init__(self, world: World, store: Store) -> None:
        super().__init__(query_client=self._client, save_token=lambda token, request: None)
        self.world = world
        self.store = store
        self.scopes_supported = list(SCOPES)
        self.register_token_generator("default", self._first_tokens)
        self.register_grant(CodeGrant, [RequiredS256(), CodeIdToken(store)])
        self.register_grant(RefreshGrant, [IdToken(store)])
        self.register_grant(DeviceGrant, [IdToken(store)])
        self.register_endpoint(Revocation(self))
        self.register_endpoint(DeviceAuthorization(self))
        self.register_endpoint(EndSession(self))
        self.issuer_parameter = _Issuer(world)
        self.register_extension(self._with_issuer)

    def create_oauth2_request(self, request: Any) -> OAuth2Request:
        if isinstance(request, OAuth2Request):
            return request
        return super().create_oauth2_request(request)

    def authenticate_client(
        self, request: OAuth2Request, methods: list[str], endpoint: str = "token"
    ) -> Client:
        try:
            client: Client = super().authenticate_client(request, methods, endpoint)
        except InvalidClientError as error:
            description = "Invalid client or Invalid client credentials"
            raise InvalidClientError(description, status_code=401) from error
        return client

    def redirect_error(self, error: OAuth2Error, request: OAuth2Request) -> Response:
        """Return the redirect that tells the client of ``error`` (RFC 6749 4.1.2.1, RFC 9207)."""
        response: Response = self.handle_error_response(request, error)
        self.issuer_parameter.add_issuer_parameter(self, response)
        return response

    def _client(self, client_id: Optional[str]) -> Optional[Client]:
        if client_id == DESKTOP.client_id:
            return DESKTOP if self.world.faults.on("oidc.unknown_client") is None else None
        return website(self.world.base, client_id)

    def _with_issuer(self, server: Any) -> IssuerParameter:
        self.issuer_parameter(server)
        return self.issuer_parameter

    def _first_tokens(self, user: ClientSession, **_: Any) -> dict[str, Any]:
        token, jti = new_refresh_token(self.store, user)
        self.store.succeed(user, jti)
        return token_answer(self.store, user, token)


class _Issuer(IssuerParameter):
    def __init__(self, world: World) -> None:
        self.world = world

    def get_issuer(self) -> Optional[str]:
        if self.world.faults.on("oidc.no_iss_parameter") is not None:
            return None
        wrong = self.world.faults.on("oidc.wrong_iss_parameter")
        if wrong is not None:
            return str(wrong.get("iss", "https://elsewhere.example/realms/vbp"))
        return self.world.issuer

    def add_issuer_parameter(self, authorization_server: Any, response: Response) -> None:
        issuer = self.get_issuer()  # once: a fault may be there for one answer only
        if issuer and response.location:
            response.location = add_params_to_uri(response.location, {"iss": issuer})


class Revocation(RevocationEndpoint):
    """RFC 7009. A refresh token takes its whole line along; an access token only itself."""

    CLIENT_AUTH_METHODS = ["none"]  # noqa: RUF012

    def check_params(self, request: OAuth2Request, client: Client) -> None:
        """Keycloak reads the token itself, whatever the hint says."""
        if "token" not in request.form:
            raise InvalidRequestError("Token not provided")

    def query_token(self, token_string: str, token_type_hint: Optional[str]) -> Any:
        provider: Provider = self.server
        claims = read_refresh_token(provider.world.keys, token_string)
        if claims is not None:
            return provider.store.client_session(str(claims.get("reuse_id")))
        try:
            return _AccessToken(verified_claims(provider.world, token_string))
        except BadToken:
            return None  # RFC 7009 2.2: an unknown token is as good as revoked

    def revoke_token(self, token: Any, request: OAuth2Request) -> None:
        if isinstance(token, ClientSession):
            self.server.store.revoke(token)
        else:
            self.server.store.revoked.add(token.claims["jti"])


class _AccessToken:
    def __init__(self, claims: dict[str, Any]) -> None:
        self.claims = claims

    def check_client(self, client: Client) -> bool:
        return bool(self.claims["azp"] == client.client_id)


class DeviceAuthorization(DeviceAuthorizationEndpoint):
    """RFC 8628 3.1; like Keycloak, with the PKCE that the client is registered for."""

    CLIENT_AUTH_METHODS = ["none"]  # noqa: RUF012
    EXPIRES_IN = 600
    INTERVAL = 5

    def create_endpoint_response(self, request: OAuth2Request) -> Any:
        self.authenticate_client(request)
        if self.server.world.faults.on("oidc.device_not_allowed") is not None:
            raise UnauthorizedClientError("The flow is disabled for the client.")
        check_challenge(request.payload.data)
        return super().create_endpoint_response(request)

    def get_verification_uri(self) -> str:
        return f"{self.server.world.issuer}/device"

    def save_device_credential(self, client_id: str, scope: str, data: dict[str, Any]) -> None:
        store, world = self.server.store, self.server.world
        data.update(world.faults.on("oidc.device") or {})  # expires_in, interval
        store.devices.append(
            DeviceCode(
                data["device_code"],
                data["user_code"],
                client_id,
                DESKTOP.get_allowed_scope(scope),
                request.form["code_challenge"],
                world.clock() + float(data["expires_in"]),
                float(data["interval"]),
            )
        )


class EndSession(EndSessionEndpoint):
    """OpenID Connect RP-Initiated Logout 1.0."""

    def get_server_jwks(self) -> KeySet:
        provider: Provider = self.server
        return provider.world.keys.published()

    def get_algorithms(self) -> list[str]:
        return ["RS256"]

    def is_post_logout_redirect_uri_legitimate(self, request: OAuth2Request, *_: Any) -> bool:
        return True  # the page has asked before, where somebody was signed in

    def end_session(self, end_session_request: Any) -> None:
        """Nothing is left to do: the page that knows the browser's cookie has ended it."""
