"""Who is signed in, and what the portal lets them see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Iterable, Mapping

HIGH_RESOLUTION = "DATA_HIGHRES"
_OF_KEYCLOAK = ("OFFLINE_ACCESS", "UMA_AUTHORIZATION")
_ORGANISATION = ("organisation", "organization", "vo_orgnaam", "org_name")


@dataclass(frozen=True)
class Account:
    """One person, in one capacity; contract/lists 4.2.

    ``user_id``       under which the portal keeps what is theirs
    ``has_user_id``   whether the portal vouches for it; without, a new list would be nobody's
                      (contract/lists 2.9)
    ``roles``         in upper case, without the prefix ``ROLE_``
    ``federated``     came by ACM/IDM: has no password here, may switch organisation
    """

    sub: str
    user_id: str
    name: str
    organisation: str
    email: str
    roles: tuple[str, ...]
    federated: bool
    scopes: tuple[str, ...]
    has_user_id: bool = False

    @property
    def may_see_high_resolution(self) -> bool:
        return HIGH_RESOLUTION in self.roles


def read_account(
    claims: Mapping[str, Any], userinfo: Mapping[str, Any], scopes: Iterable[str]
) -> Account:
    """Put together what the verified ID token and the userinfo endpoint say.

    The portal's own pages take ``sub`` for the user id, so it stands in for ``userid``.
    """
    said = {**claims, **userinfo}
    sub = str(claims["sub"])
    names = (said.get("given_name"), said.get("family_name"))
    name = said.get("name") or " ".join(str(part) for part in names if part)
    return Account(
        sub=sub,
        user_id=str(said.get("userid") or sub),
        name=str(name or said.get("preferred_username") or said.get("email") or ""),
        organisation=next(filter(None, (_text(said.get(key)) for key in _ORGANISATION)), ""),
        email=str(said.get("email") or ""),
        roles=_roles(said),
        federated=bool(said.get("acm_idm")),
        scopes=tuple(scopes),
        has_user_id=bool(userinfo.get("userid")),
    )


def _text(claim: Any) -> str:
    """Return a name; of Keycloak's own ``organization``, a list of codes, nothing."""
    return claim if isinstance(claim, str) else ""


def _roles(said: Mapping[str, Any]) -> tuple[str, ...]:
    realm = said.get("realm_access")
    named = [
        *_listed(realm.get("roles") if isinstance(realm, dict) else None),
        *(role for claim in ("role", "ala:role", "ala:roles") for role in _listed(said.get(claim))),
    ]
    roles = {role.strip().upper() for role in named}
    roles = {role[len("ROLE_") :] if role.startswith("ROLE_") else role for role in roles}
    return tuple(
        sorted(
            role
            for role in roles
            if role and role not in _OF_KEYCLOAK and not role.startswith("DEFAULT-ROLES-")
        )
    )


def _listed(claim: Any) -> list[str]:
    """Read a claim that is an array, or a text with commas (contract/lists 1.1)."""
    if isinstance(claim, str):
        return claim.split(",")
    return [str(role) for role in claim] if isinstance(claim, (list, tuple)) else []
