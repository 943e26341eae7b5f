"""Who calls: the bearer token as the portal's services check it.

Contract/lists 1.1, contract/occurrences 7.1, contract/spatial 0.1.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Optional

from flask import Request
from flask import request as current_request
from joserfc import jwt
from joserfc.errors import JoseError

from demo.portal.access_token import userinfo_claims

if TYPE_CHECKING:
    from demo.portal.world import World

REQUIRED_CLAIMS = ("sub", "iat", "exp", "client_id", "jti", "iss")
CLOCK_SKEW = 60


class BadToken(Exception):
    """The request carries an Authorization header that is no valid bearer token."""


@dataclass(frozen=True)
class Caller:
    """Who a valid token speaks for.

    ``user_id``   claim ``userid`` and nothing else; None where the realm does not emit it
    ``roles``     claim ``role``, upper case, prefixed ``ROLE_``; ``realm_access`` is not read
    ``email``     only where the scope has ``profile``: the services take it from userinfo
    """

    user_id: Optional[str]
    username: Optional[str]
    roles: frozenset[str]
    scopes: frozenset[str]
    email: Optional[str]
    claims: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] = field(default_factory=dict)

    def has_role(self, role: str) -> bool:
        return role in self.roles

    @property
    def data_roles(self) -> frozenset[str]:
        """The authorities on records: ``HIGHRES`` for ``ROLE_DATA_HIGHRES``."""
        prefix = "ROLE_DATA_"
        return frozenset(role[len(prefix) :] for role in self.roles if role.startswith(prefix))


def identify(world: World, request: Optional[Request] = None) -> Optional[Caller]:
    """Return the caller, or None when the request has no Authorization header.

    Raises :class:`BadToken` for everything else that is not a JWT of this realm: another scheme,
    a foreign signature or issuer, an expired token (60 s skew), a missing claim.
    """
    request = current_request if request is None else request
    header = request.headers.get("Authorization")
    if header is None:
        return None
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer":
        raise BadToken(f"scheme {scheme!r}")
    token = token.strip()
    claims = verified_claims(world, token)
    scopes = frozenset(str(claims.get("scope", "")).split())
    userinfo = _userinfo(world, claims, token) if "profile" in scopes else {}
    return Caller(
        user_id=claims.get("userid"),
        username=claims.get("preferred_username"),
        roles=_roles(claims.get("role")),
        scopes=scopes,
        email=userinfo.get("email"),
        claims=claims,
        userinfo=userinfo,
    )


def verified_claims(world: World, token: str) -> dict[str, Any]:
    """Return the claims of a valid access token of this realm. Raises :class:`BadToken`."""
    try:
        claims = jwt.decode(token, world.keys.published(), algorithms=["RS256"]).claims
    except (JoseError, ValueError) as error:  # a token may be any text
        raise BadToken(str(error)) from error
    missing = [name for name in REQUIRED_CLAIMS if claims.get(name) in (None, "")]
    if missing:
        raise BadToken(f"without {missing}")
    if claims["iss"] != world.issuer:
        raise BadToken("of another issuer")
    expiry = claims["exp"]
    if not isinstance(expiry, (int, float)) or expiry + CLOCK_SKEW < world.clock():
        raise BadToken("expired")
    return dict(claims)


def _userinfo(world: World, claims: dict[str, Any], token: str) -> dict[str, Any]:
    if world.userinfo is not None:
        return world.userinfo(token)
    person = world.people.with_sub(str(claims["sub"]))
    if person is None:
        raise BadToken("of nobody")  # the userinfo endpoint refuses it, so does the service
    return userinfo_claims(world, person, person.capacity(), str(claims.get("scope", "")))


def _roles(claim: Any) -> frozenset[str]:
    names = claim.split(",") if isinstance(claim, str) else claim or ()
    upper = (str(name).strip().upper() for name in names)
    return frozenset(name if name.startswith("ROLE_") else f"ROLE_{name}" for name in upper if name)
