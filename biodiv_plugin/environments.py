"""The portals one can work with: addresses as data, from ``resources/environments.json``."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, replace
from typing import Any, Iterable, Mapping
from urllib.parse import urlsplit

from biodiv_plugin import paths, settings

CUSTOM = "custom"
_LOOPBACK = ("127.0.0.1", "localhost")


@dataclass(frozen=True)
class Environment:
    """One portal. Addresses are origins, or origins with a path, without a slash at the end.

    ``client_id`` is empty where the portal has not registered this plugin: then one cannot sign
    in. ``flanders_filter`` is the filter query that keeps records in Flanders; the ids of layers
    differ per environment (contract/spatial 1.5).

    ``token_always`` are the paths where each request of QGIS is made as the signed-in person,
    ``token_on_request`` those where only the plugin's own requests for the person's data are.
    Nowhere else does the token go.
    """

    id: str
    title: str
    portal: str
    issuer: str
    client_id: str
    name_matching: str
    flanders_filter: str
    species_list: str = ""
    token_always: tuple[str, ...] = ("/biocache-service/",)
    token_on_request: tuple[str, ...] = (
        "/spatial-service/",
        "/species-list/ws/",
        "/alerts/api/",
    )

    def service(self, path: str) -> str:
        """Return the address of one service, for example ``service("biocache-service")``."""
        return f"{self.portal}/{path}"

    @property
    def lists(self) -> str:
        return self.species_list or self.service("species-list")

    def addresses(self, paths: Iterable[str]) -> tuple[str, ...]:
        """Return the addresses of ``paths`` of the portal, also of a service elsewhere."""
        return tuple(self._address(path.strip("/")) for path in paths)

    def _address(self, path: str) -> str:
        service, _, rest = path.partition("/")
        if service == "species-list":
            return f"{self.lists}/{rest}" if rest else self.lists
        return self.service(path)


class UnknownEnvironment(ValueError):
    """No portal goes by this name, or its address is not https."""


def known() -> tuple[str, ...]:
    """Return the ids one can choose from, the live portal first."""
    return (*_shipped(), CUSTOM)


def active(overrides: Mapping[str, str] = os.environ) -> Environment:
    """Return the chosen environment, with what the process environment overrides.

    ``BIODIV_PORTAL_URL``, ``BIODIV_OIDC_ISSUER``, ``BIODIV_OIDC_CLIENT_ID``, ``BIODIV_LIST_URL``
    and ``BIODIV_NAMEMATCHING_URL`` serve deployments and headless runs. Raises
    ``UnknownEnvironment``.
    """
    return named(settings.ENVIRONMENT.get(), overrides)


def named(name: str, overrides: Mapping[str, str] = os.environ) -> Environment:
    """Return the environment ``name``; raises ``UnknownEnvironment``."""
    environment = _custom() if name == CUSTOM else _shipped().get(name)
    if environment is None:
        raise UnknownEnvironment(name)
    client_id = settings.client_id(name).get() or environment.client_id
    environment = replace(environment, client_id=client_id)
    portal = _safe(overrides.get("BIODIV_PORTAL_URL", ""))
    if portal:
        environment = replace(
            environment,
            title=urlsplit(portal).netloc,
            portal=portal,
            name_matching=f"{portal}/namematching",
        )
    changes = {
        "issuer": _safe(overrides.get("BIODIV_OIDC_ISSUER", "")),
        "client_id": overrides.get("BIODIV_OIDC_CLIENT_ID", ""),
        "species_list": _safe(overrides.get("BIODIV_LIST_URL", "")),
        "name_matching": _safe(overrides.get("BIODIV_NAMEMATCHING_URL", "")),
    }
    environment = replace(environment, **{key: value for key, value in changes.items() if value})
    if not environment.portal:
        raise UnknownEnvironment(f"{name} has no address")
    return environment


def shipped(name: str) -> Environment:
    """Return the environment ``name`` as it is shipped; raises ``UnknownEnvironment``."""
    found = _shipped().get(name)
    if found is None:
        raise UnknownEnvironment(name)
    return found


def custom(portal: str, issuer: str, name_matching: str = "", client_id: str = "") -> Environment:
    """Return an environment of one's own, of addresses as somebody typed them.

    Raises ``UnknownEnvironment`` where one is not safe; an empty one is left empty.
    """
    portal = _safe(portal)
    return Environment(
        id=CUSTOM,
        title=urlsplit(portal).netloc,
        portal=portal,
        issuer=_safe(issuer),
        client_id=client_id.strip(),
        name_matching=_safe(name_matching) or f"{portal}/namematching",
        flanders_filter='stateProvince:"Vlaanderen"',
    )


def is_safe(address: str) -> bool:
    """Return whether ``address`` is https, or http on this very machine (a demo portal).

    Not so one with a user's name, which would hide the host behind it and be kept in projects,
    nor one that no library takes for an address.
    """
    try:
        parts = urlsplit(address)
        _ = parts.port  # raises where it is none
    except ValueError:
        return False
    if not parts.hostname or "@" in parts.netloc:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)


def _shipped() -> dict[str, Environment]:
    text = paths.resource("environments.json").read_text(encoding="utf-8")
    return {name: _read(name, values) for name, values in json.loads(text).items()}


def _read(name: str, values: Mapping[str, Any]) -> Environment:
    """Read one entry; a list of it becomes a tuple, so that the environment stays a value."""
    frozen = {key: tuple(v) if isinstance(v, list) else v for key, v in values.items()}
    return Environment(id=name, **frozen)


def _custom() -> Environment:
    return custom(
        settings.CUSTOM_PORTAL.get(),
        settings.CUSTOM_ISSUER.get(),
        settings.CUSTOM_NAME_MATCHING.get(),
    )


def _safe(text: str) -> str:
    """Return an address as somebody typed it; raises ``UnknownEnvironment``."""
    address = text.strip().rstrip("/")
    if address and not is_safe(address):
        raise UnknownEnvironment(address)
    return address
