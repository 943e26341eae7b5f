"""The people who can sign in to the demo portal, and what a token says of them.

Claims: contract/lists 1.1 and 4.2, contract/occurrences 7.1.
"""

from __future__ import annotations

import threading
import uuid
from dataclasses import dataclass, replace
from typing import Any, Optional

_NAMESPACE = uuid.UUID("6f1d7a52-5d0f-4c0e-9a3b-2b8a4f3d7c11")


@dataclass(frozen=True)
class Capacity:
    """In which quality somebody signs in with ACM/IDM: for an organisation, or as a citizen."""

    code: str
    name: str
    roles: tuple[str, ...] = ("USER",)


@dataclass(frozen=True)
class Person:
    """An account. With a ``password`` it is the portal's own, else it comes from ACM/IDM."""

    username: str
    given_name: str
    family_name: str
    email: Optional[str]
    capacities: tuple[Capacity, ...]
    password: Optional[str] = None
    digital_key: str = "eID"
    allowed: bool = True

    @property
    def sub(self) -> str:
        return str(uuid.uuid5(_NAMESPACE, self.username))

    @property
    def federated(self) -> bool:
        return self.password is None

    def capacity(self, code: Optional[str] = None) -> Capacity:
        """Return the capacity with ``code``, or the first."""
        return next((one for one in self.capacities if one.code == code), self.capacities[0])


_PORTAL = "portal"  # the only capacity of an account with a password
_PEOPLE = (
    Person(
        "hilde",
        "Hilde",
        "Janssens",
        "hilde@inbo.example",
        (
            Capacity(
                "OVO900001", "Instituut voor Natuur- en Bosonderzoek", ("USER", "DATA_HIGHRES")
            ),
        ),
    ),
    Person(
        "pieter",
        "Pieter",
        "De Smet",
        "pieter@demodorp.example",
        (
            Capacity("OVO900002", "Gemeente Demodorp"),
            Capacity("OVO900003", "Provincie Demoland", ("USER", "DATA_HIGHRES")),
        ),
    ),
    Person(
        "citizen",
        "Noor",
        "Aerts",
        "noor@burger.example",
        (Capacity("BURGER", "Burger"),),
        digital_key="itsme",
    ),
    Person(
        "norights",
        "Tom",
        "Wouters",
        "tom@bedrijf.example",
        (Capacity("OVO900004", "Agentschap zonder Rechten"),),
        allowed=False,
    ),
    Person(
        "demo",
        "Dirk",
        "Maes",
        "demo@natuur.example",
        (Capacity(_PORTAL, "Portaal"),),
        password="demo",
    ),
    Person(
        "noemail",
        "Els",
        "Zonder Mail",
        None,
        (Capacity(_PORTAL, "Portaal"),),
        password="noemail",
    ),
    Person(
        "admin",
        "Ada",
        "Beheer",
        "admin@natuur.example",
        (Capacity(_PORTAL, "Portaal", ("USER", "EDITOR", "ADMIN", "DATA_HIGHRES")),),
        password="admin",
    ),
)


class People:
    """The accounts by name; a page may change one until the portal is reset."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.clear()

    def clear(self) -> None:
        with self._lock:
            self._by_name = {person.username: person for person in _PEOPLE}

    def __iter__(self) -> Any:
        return iter(list(self._by_name.values()))

    def named(self, username: str) -> Optional[Person]:
        """Return the account, found by its name or its e-mail address."""
        wanted = username.strip().lower()
        return next((p for p in self if wanted in (p.username, (p.email or p.username))), None)

    def with_sub(self, sub: str) -> Optional[Person]:
        return next((person for person in self if person.sub == sub), None)

    def update(self, username: str, **changes: Any) -> Person:
        """Change an account, as its owner does on the pages of ``kc_action``."""
        with self._lock:
            self._by_name[username] = replace(self._by_name[username], **changes)
            return self._by_name[username]


def scoped_claims(person: Person, capacity: Capacity, scope: str) -> dict[str, Any]:
    """Return the claims that the client scopes in ``scope`` put into any token or userinfo."""
    scopes = scope.split()
    claims: dict[str, Any] = {"acm_idm": True} if person.federated else {}
    if "profile" in scopes:
        claims["name"] = f"{person.given_name} {person.family_name}"
        claims["preferred_username"] = person.username
        claims["given_name"] = person.given_name
        claims["family_name"] = person.family_name
    if "email" in scopes:
        claims["email_verified"] = person.email is not None
        if person.email is not None:
            claims["email"] = person.email
    if "ala/roles" in scopes:
        claims["realm_access"] = {
            "roles": ["offline_access", "uma_authorization", "default-roles-vbp", *capacity.roles]
        }
    return claims


def bearer_roles(capacity: Capacity, scope: str) -> list[str]:
    """Return the claim ``role`` of an access token; empty unless ``ala/roles`` was granted."""
    return [f"ROLE_{role}" for role in capacity.roles] if "ala/roles" in scope.split() else []
