"""The sessions of the portal's websites: there a browser, not a bearer, is recognised.

Contract/lists 1.2. The real portal has a session per service, each begun by that service's own
confidential client. Here one cookie of the identity provider serves them all; what a page needs to
know is the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional
from urllib.parse import urlencode

from flask import Request, Response, make_response, redirect
from flask import request as current_request

from demo.portal.bearer import Caller
from demo.portal.traffic import cookie_names

if TYPE_CHECKING:
    from demo.portal.world import World

VISITOR_COOKIE = "VBP-AUTH"


def web_caller(world: World) -> Optional[Caller]:
    """Return who is signed in with the browser that asks, or None. A bearer does not count here."""
    found = world.web_user()
    if found is None:
        return None
    person, capacity = found
    roles = frozenset({"ROLE_USER", *(f"ROLE_{role}" for role in capacity.roles)})
    return Caller(person.sub, person.username, roles, frozenset(), person.email)


def sign_in_page(world: World, client_id: str = "portal", back: Optional[str] = None) -> Response:
    """Return the 302 to the sign-in page, which comes back to ``back``, or to the page asked for.

    ``client_id`` is one of :data:`demo.portal.oidc.clients.WEBSITES`.
    """
    here = current_request.url.replace(current_request.host_url, f"{world.base}/", 1)
    query = {
        "response_type": "code",
        "client_id": client_id,
        "scope": "openid profile email ala/roles",
        "redirect_uri": back or here,
    }
    address = f"{world.issuer}/protocol/openid-connect/auth?{urlencode(query)}"
    return make_response(redirect(address, 302))


def has_visitor_cookie(request: Optional[Request] = None) -> bool:
    """Return whether the request has the cookie that makes services sign a visitor in silently."""
    return VISITOR_COOKIE in cookie_names(request or current_request)


def vbp_auth_redirect(world: World, client_id: str = "biocache_service") -> Response:
    """Return what a service answers to a request with the cookie ``VBP-AUTH`` and no session."""
    return sign_in_page(world, client_id)
