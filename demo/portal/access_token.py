"""The access token of the realm: a JWT whose claims are those that the portal's services read.

Contract/lists 1.1, contract/occurrences 7.1; the other members are those of a Keycloak token.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, Iterable, Optional

from joserfc import jwt

from demo.portal.people import Capacity, Person, bearer_roles, scoped_claims

if TYPE_CHECKING:
    from demo.portal.world import World

LIFETIME = 300
FULL_SCOPE = "openid profile email ala/roles"
CLIENT = "vbp-qgis"


def lifetime(world: World) -> int:
    """Return the seconds an access token lives; fault ``oidc.access_token`` may change it."""
    return int((world.faults.on("oidc.access_token") or {}).get("lifetime", LIFETIME))


def access_claims(
    world: World,
    person: Person,
    capacity: Capacity,
    *,
    scope: str,
    sid: str,
    client_id: str = CLIENT,
    auth_time: Optional[float] = None,
    seconds: Optional[int] = None,
) -> dict[str, Any]:
    """Return the claims; faults ``oidc.no_client_id`` and ``oidc.no_userid`` take one out."""
    now = int(world.clock())
    claims: dict[str, Any] = {
        "exp": now + (LIFETIME if seconds is None else seconds),
        "iat": now,
        "auth_time": int(auth_time or now),
        "jti": f"onrtac:{uuid.uuid4()}",
        "iss": world.issuer,
        "aud": "account",
        "sub": person.sub,
        "typ": "Bearer",
        "azp": client_id,
        "sid": sid,
        "acr": "1",
        "allowed-origins": [],
        "resource_access": {"account": {"roles": ["manage-account", "view-profile"]}},
        "scope": scope,
        "client_id": client_id,
        "userid": person.sub,
        **scoped_claims(person, capacity, scope),
    }
    if roles := bearer_roles(capacity, scope):
        claims["role"] = roles
    if world.faults.on("oidc.no_client_id") is not None:
        del claims["client_id"]
    if world.faults.on("oidc.no_userid") is not None:
        del claims["userid"]
    return claims


def userinfo_claims(world: World, person: Person, capacity: Capacity, scope: str) -> dict[str, Any]:
    """Return what the userinfo endpoint says (OIDC Core 5.3) to a token with ``scope``."""
    claims = {"sub": person.sub, "userid": person.sub, **scoped_claims(person, capacity, scope)}
    if world.faults.on("oidc.userinfo_without_userid") is not None:
        del claims["userid"]
    return claims


def signed(world: World, claims: dict[str, Any]) -> str:
    """Return ``claims`` as a JWT, signed by the realm's active key."""
    key = world.keys.active
    return jwt.encode({"alg": "RS256", "typ": "JWT", "kid": key.kid}, claims, key)


def mint(
    world: World,
    username: str,
    *,
    scope: str = FULL_SCOPE,
    seconds: int = LIFETIME,
    capacity: Optional[str] = None,
    omit: Iterable[str] = (),
    **claims: Any,
) -> str:
    """Return an access token without a sign-in, for tests of a service.

    ``seconds`` may be negative: expired. ``omit`` names claims to leave out, ``claims`` replaces.
    """
    person = world.people.named(username)
    if person is None:
        raise KeyError(username)
    content = access_claims(
        world,
        person,
        person.capacity(capacity),
        scope=scope,
        sid=str(uuid.uuid4()),
        seconds=seconds,
    )
    content.update(claims)
    return signed(world, {name: value for name, value in content.items() if name not in set(omit)})
