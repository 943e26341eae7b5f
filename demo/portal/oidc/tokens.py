"""The answer of the token endpoint: access, refresh and ID token, as Keycloak makes them."""

from __future__ import annotations

import uuid
from typing import Any, Optional

from authlib.oidc.core.util import create_half_hash
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from demo.portal.access_token import access_claims, lifetime, signed
from demo.portal.oidc.store import ClientSession, Store
from demo.portal.people import scoped_claims
from demo.portal.signing import SigningKeys

_TAMPERED_CLAIM = {"sub": "00000000-0000-0000-0000-000000000000"}


def token_answer(
    store: Store, client: ClientSession, refresh_token: str, narrowed: Optional[str] = None
) -> dict[str, Any]:
    """Return the members of the answer but the ID token.

    ``narrowed`` is the lesser scope that a refresh may ask for (RFC 6749 6).
    """
    world = store.world
    if (rotation := world.faults.on("oidc.rotate_keys")) is not None:
        world.keys.rotate(bool(rotation.get("keep_old", True)))
    person, capacity = store.person(client)
    seconds = lifetime(world)
    scope = (world.faults.on("oidc.scope") or {}).get("scope", narrowed or client.scope)
    claims = access_claims(
        world,
        person,
        capacity,
        scope=scope,
        sid=client.sid,
        client_id=client.client_id,
        auth_time=client.auth_time,
        seconds=seconds,
    )
    answer: dict[str, Any] = {
        "access_token": signed(world, claims),
        "expires_in": seconds,
        "refresh_expires_in": 0 if client.offline else int(store.limits()["idle"]),
        "refresh_token": refresh_token,
        "token_type": "Bearer",
        "not-before-policy": 0,
        "session_state": client.sid,
        "scope": scope,
    }
    if world.faults.on("oidc.no_refresh_token") is not None:
        del answer["refresh_token"], answer["refresh_expires_in"]
    return answer


def new_refresh_token(store: Store, client: ClientSession) -> tuple[str, str]:
    """Return a refresh token and its jti; it works once :meth:`Store.succeed` has it."""
    world, now = store.world, int(store.world.clock())
    jti = str(uuid.uuid4())
    claims: dict[str, Any] = {
        "exp": now + int(store.limits()["idle"]),
        "iat": now,
        "jti": jti,
        "iss": world.issuer,
        "aud": world.issuer,
        "sub": store.person(client)[0].sub,
        "typ": "Offline" if client.offline else "Refresh",
        "azp": client.client_id,
        "sid": client.sid,
        "scope": client.scope,
        "reuse_id": client.reuse_id,
    }
    if client.offline:  # bounded by its use, not by a date
        del claims["exp"]
    if padding := (world.faults.on("oidc.refresh_token") or {}).get("padding"):
        claims["padding"] = "x" * int(padding)
    key = world.keys.refresh
    header = {"alg": "HS512", "typ": "JWT", "kid": key.kid}
    return jwt.encode(header, claims, key, algorithms=["HS512"]), jti


def read_refresh_token(keys: SigningKeys, token: str) -> Optional[dict[str, Any]]:
    """Return the claims of a refresh token of this realm, or None; its dates are not looked at."""
    try:
        return dict(jwt.decode(token, keys.refresh, algorithms=["HS512"]).claims)
    except (JoseError, ValueError):
        return None


def id_token(store: Store, client: ClientSession, access_token: str, nonce: Optional[str]) -> str:
    """Return the ID token (OIDC Core 2). Fault ``oidc.id_token`` makes a bad one of it."""
    world = store.world
    person, capacity = store.person(client)
    now = int(world.clock() + float((world.faults.on("oidc.clock_skew") or {}).get("seconds", 0)))
    claims: dict[str, Any] = {
        "exp": now + lifetime(world),
        "iat": now,
        "auth_time": int(client.auth_time),
        "jti": str(uuid.uuid4()),
        "iss": world.issuer,
        "aud": client.client_id,
        "sub": person.sub,
        "typ": "ID",
        "azp": client.client_id,
        "sid": client.sid,
        "at_hash": create_half_hash(access_token, "RS256").decode("ascii"),
        "acr": "1",
        **scoped_claims(person, capacity, client.scope),
    }
    if nonce is not None:
        claims["nonce"] = nonce
    if world.faults.on("oidc.organisation_claims") is not None and person.federated:
        claims.update({"vo_orgcode": capacity.code, "vo_orgnaam": capacity.name})
    if world.faults.on("oidc.id_token_alg_none") is not None:
        return _unsigned(claims)
    return _signed_id_token(store, claims, world.faults.on("oidc.id_token") or {})


def _signed_id_token(store: Store, claims: dict[str, Any], fault: dict[str, Any]) -> str:
    claims.update(fault.get("claims", {}))
    claims = {name: value for name, value in claims.items() if name not in fault.get("omit", ())}
    algorithm = fault.get("alg", "RS256")
    if algorithm == "none":
        return _unsigned(claims)
    if algorithm == "HS256":  # signed with what everybody has: the public key's modulus
        modulus = store.world.keys.active.as_dict(private=False)["n"]
        return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(str(modulus)))
    if fault.get("foreign_key"):
        stranger = SigningKeys()
        kid = store.world.keys.active.kid
        return jwt.encode({"alg": "RS256", "kid": kid}, claims, stranger.active)
    token = signed(store.world, claims)
    if fault.get("tamper"):
        header, _, signature = token.split(".")
        body = _unsigned({**claims, **_TAMPERED_CLAIM}).split(".")[1]
        return f"{header}.{body}.{signature}"
    return token


def _unsigned(claims: dict[str, Any]) -> str:
    return jwt.encode({"alg": "none"}, claims, OctKey.generate_key(256), algorithms=["none"])
