"""Watches as values: a question, the zones it is asked in, and what was found of it so far."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any, Iterable, Optional

from biodiv_plugin.portal.errors import InvalidQuery
from biodiv_plugin.portal.query import OccurrenceQuery

FORMAT_VERSION = 1


@dataclass(frozen=True)
class Zone:
    """A place to watch. ``wkt`` is a polygon in EPSG:4326, longitude first."""

    name: str
    wkt: str


@dataclass(frozen=True)
class Watch:
    """``query`` has no area of its own: the zones take its place. ``every`` is in days, 0 for
    one that is looked at only when somebody asks."""

    id: str
    name: str
    query: OccurrenceQuery
    zones: tuple[Zone, ...]
    every: int = 1

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values. Of a private list only the id is kept: whoever gets the
        project could read what is on it, or what it is called."""
        query = self.query
        if query.list_taxa:
            query = replace(query, list_taxa=(), list_name="")
        return {
            "version": FORMAT_VERSION,
            "id": self.id,
            "name": self.name,
            "query": query.to_json(),
            "zones": [asdict(zone) for zone in self.zones],
            "every": self.every,
        }

    @classmethod
    def from_json(cls, saved: Any) -> Watch:
        """Read what :meth:`to_json` gave. Raises ``InvalidQuery`` for another form."""
        try:
            if saved["version"] != FORMAT_VERSION:
                raise ValueError(saved["version"])
            return cls(
                id=str(saved["id"]),
                name=str(saved["name"]),
                query=OccurrenceQuery.from_json(saved["query"]),
                zones=tuple(Zone(str(z["name"]), str(z["wkt"])) for z in saved["zones"]),
                every=int(saved["every"]),
            )
        except (KeyError, TypeError, ValueError) as fault:
            raise InvalidQuery("a watch of another form", part="version") from fault


def new_watch(name: str, query: OccurrenceQuery, zones: Iterable[Zone], every: int = 1) -> Watch:
    """Return a watch of ``query`` in ``zones``; an area of the query gives way to them."""
    asked = replace(query, area="", area_name="", circle=None)
    return Watch(secrets.token_hex(8), name, asked, tuple(zones), every)


@dataclass(frozen=True)
class NewRecord:
    """A record that came to the portal while its zone was watched; degrees in EPSG:4326.

    ``found`` is when this computer first saw it (UTC).
    """

    zone: str
    uuid: str
    scientific_name: str
    vernacular_name: str
    event_date: Optional[date]
    dataset: str
    longitude: float
    latitude: float
    uncertainty: Optional[float]
    sensitive: str
    found: datetime
    seen: bool = False


@dataclass(frozen=True)
class WatchState:
    """``checked`` is ``None`` before the first look. ``known`` are the (zone, uuid) pairs that
    the last look found, new or not: so a record that is indexed late still counts once."""

    checked: Optional[datetime] = None
    known: frozenset[tuple[str, str]] = frozenset()
    records: tuple[NewRecord, ...] = ()

    def unseen(self) -> tuple[NewRecord, ...]:
        return tuple(record for record in self.records if not record.seen)

    def all_seen(self) -> WatchState:
        return replace(self, records=tuple(replace(r, seen=True) for r in self.records))
