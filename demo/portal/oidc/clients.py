"""The clients of the realm: the public one of a desktop program, and the portal's own websites.

The desktop's redirect URIs are registered without a port; any port then fits (RFC 8252 7.3), as in
Keycloak. A website only uses the sign-in: it has its session once the browser is back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Container, Optional
from urllib.parse import urlsplit

from authlib.oauth2.rfc8628 import DEVICE_CODE_GRANT_TYPE

# In the order of the answer, which is not the order in which a client asks.
SCOPES = ("openid", "ala/attrs", "ala/roles", "email", "offline_access", "profile")


class LoopbackUris:
    """Registered URIs on the loopback; one without a port stands for every port."""

    def __init__(self, *registered: str) -> None:
        self.registered = registered

    def __contains__(self, uri: object) -> bool:
        return uri in self.registered or _without_port(str(uri)) in self.registered


@dataclass(frozen=True)
class Client:
    """A public client, in the words of Authlib's ``ClientMixin``."""

    client_id: str
    redirect_uris: Container[str]
    post_logout_redirect_uris: Container[str]
    grant_types: tuple[str, ...] = ("authorization_code", "refresh_token", DEVICE_CODE_GRANT_TYPE)
    pkce: bool = True

    @property
    def client_metadata(self) -> dict[str, Any]:
        return {"post_logout_redirect_uris": self.post_logout_redirect_uris}

    def get_client_id(self) -> str:
        return self.client_id

    def get_default_redirect_uri(self) -> Optional[str]:
        return None

    def get_allowed_scope(self, scope: Optional[str]) -> str:
        asked = (scope or "").split()
        return " ".join(one for one in SCOPES if one in asked)

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri in self.redirect_uris

    def check_client_secret(self, client_secret: str) -> bool:
        return False

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method == "none"

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type in self.grant_types


DESKTOP = Client(
    "vbp-qgis",
    LoopbackUris("http://127.0.0.1/callback"),
    LoopbackUris("http://127.0.0.1/logged-out"),
)

WEBSITES = ("lists", "alerts", "ala_bie", "ala_hub", "biocache_service", "spatial_hub", "portal")


class _Under:
    """All addresses of one website."""

    def __init__(self, base: str) -> None:
        self.base = base

    def __contains__(self, uri: object) -> bool:
        return str(uri).startswith(f"{self.base}/")


def website(base: str, client_id: Optional[str]) -> Optional[Client]:
    """Return the client of one of the portal's own websites at ``base``, or None."""
    if client_id not in WEBSITES:
        return None
    return Client(client_id, _Under(base), _Under(base), grant_types=(), pkce=False)


def _without_port(uri: str) -> str:
    try:
        parts = urlsplit(uri)
        port = parts.port
    except ValueError:  # the port is no number
        return uri
    if parts.hostname != "127.0.0.1" or port is None or "@" in parts.netloc:
        return uri
    return parts._replace(netloc="127.0.0.1").geturl()
