"""A real Keycloak behind the portal's address, in place of the demo portal's own provider.

What it answers goes through unchanged, so the portal's log of requests and its faults on the wire
cover it as well. Keycloak names its addresses after the host that was asked for.
"""

from __future__ import annotations

from typing import Any

import requests
from flask import Blueprint, Response, request
from joserfc.jwk import KeySet

from demo.portal.signing import SigningKeys
from demo.portal.world import World

_NOT_PASSED_ON = frozenset(("connection", "keep-alive", "transfer-encoding", "upgrade", "date"))
_METHODS = ["GET", "POST", "OPTIONS"]
_PATIENCE = 60.0


def blueprint(world: World) -> Blueprint:
    pages = Blueprint("keycloak", __name__)
    session = requests.Session()
    session.trust_env = False
    world.keys = KeycloakKeys(world, session)
    world.userinfo = lambda token: _userinfo(world, session, token)

    @pages.route("/realms/<path:path>", methods=_METHODS)
    @pages.route("/resources/<path:path>", methods=_METHODS)
    def pass_on(path: str) -> Response:
        """Ask Keycloak the same."""
        with requests.Session() as own:  # no cookie of one visitor may reach another
            own.trust_env = False
            answer = own.request(
                request.method,
                f"{world.keycloak}{request.environ['REQUEST_URI']}",
                headers={k: v for k, v in request.headers if k.lower() not in _NOT_PASSED_ON},
                data=request.get_data(),
                allow_redirects=False,
                stream=True,
                timeout=_PATIENCE,
            )
            body = answer.raw.read(decode_content=False)
        response = Response(body, answer.status_code)
        response.headers.clear()
        for name, value in answer.raw.headers.items():  # one each, of several Set-Cookie too
            if name.lower() not in _NOT_PASSED_ON:
                response.headers.add(name, value)
        return response

    return pages


class KeycloakKeys(SigningKeys):
    """The keys that Keycloak publishes; it alone has the private parts."""

    def __init__(self, world: World, session: requests.Session) -> None:
        super().__init__()
        self._world, self._session = world, session

    def published(self) -> KeySet:
        url = f"{self._world.keycloak}/realms/vbp/protocol/openid-connect/certs"
        keys = self._session.get(url, timeout=_PATIENCE).json()["keys"]
        return KeySet.import_key_set({"keys": [key for key in keys if key["use"] == "sig"]})


def _userinfo(world: World, session: requests.Session, token: str) -> dict[str, Any]:
    """Return what Keycloak says of who bears ``token``; nothing where it refuses."""
    answer = session.get(
        f"{world.keycloak}/realms/vbp/protocol/openid-connect/userinfo",
        headers={"Authorization": f"Bearer {token}", "Host": world.base.partition("//")[2]},
        timeout=_PATIENCE,
    )
    return dict(answer.json()) if answer.status_code == 200 else {}
