"""From request parameters to the records that a caller may see (contract/occurrences 1.1, 7.3)."""

from __future__ import annotations

import itertools
import sqlite3
from dataclasses import dataclass
from typing import FrozenSet, List, Optional, Sequence
from urllib.parse import unquote_plus

from demo.portal.biocache import geometry, sampled, taxonomy
from demo.portal.biocache.faulty import (
    UNKNOWN_QID,
    BadParameter,
    ServiceFault,
    query_fault,
    server_fault,
)
from demo.portal.biocache.parameters import Parameters
from demo.portal.biocache.shared import Shared
from demo.portal.biocache.solr import SyntaxFault, parse
from demo.portal.biocache.species_lists import list_condition
from demo.portal.biocache.translate import ALL, NOTHING, Sql, Translator, both
from demo.portal.data import quality

EVERYTHING = "*:*"


@dataclass(frozen=True)
class Selection:
    """The records of a search. Lives as long as its connection, which holds the area's records."""

    connection: sqlite3.Connection
    where: Sql

    def rows(self, select: str, rest: str = "", values: Sequence[object] = ()) -> sqlite3.Cursor:
        """Run ``SELECT select FROM occurrence WHERE … rest``."""
        # select and rest are the service's own texts, made of the index's field names.
        sql = f"SELECT {select} FROM occurrence WHERE {self.where.text} {rest}"
        sampled.provide(self.connection, sql)
        return self.connection.execute(sql, (*self.where.values, *values))

    def count(self) -> int:
        return int(self.rows("count(*)").fetchone()[0])

    def narrowed(self, condition: Sql) -> Selection:
        return Selection(self.connection, both([self.where, condition]))


class Selector:
    """Makes selections for one caller on one connection."""

    def __init__(
        self,
        shared: Shared,
        connection: sqlite3.Connection,
        data_roles: FrozenSet[str] = frozenset(),
    ) -> None:
        self._world = shared.world
        self._connection = connection
        self._qids = shared.qids
        self._data_roles = data_roles
        self._areas = itertools.count()
        self._translator = Translator(
            {
                "lsid": self._taxon_key,
                "taxonConceptID": self._taxon_key,
                "taxa": self._taxon_name,
                "matched_name_children": self._taxon_name,
                "matched_name": lambda name: Sql('"scientificName" = ?', (name,)),
                "species_list": lambda uid: list_condition(connection, shared.lists, uid),
                "spatialObject": self._spatial_object,
                "qid": self._stored,
            },
            shared.world.clock(),
        )

    def select(self, parameters: Parameters, everybody: bool = False) -> Selection:
        """Return what the search parameters ask for. Raises ServiceFault, BadParameter.

        ``everybody``: whatever the caller's rights, as where the service forgets to look at them.
        """
        if self._world.faults.on("biocache.solr_down") is not None:
            raise query_fault("Error from server at solr: Connection refused")
        conditions = [self._main(parameters.text("q") or EVERYTHING)]
        q = parameters.text("q")
        for text in dict.fromkeys(filters(parameters)):
            if text != q:  # the service drops a filter that says what the query says
                conditions.append(self._filter(text))
        conditions += [self._filter(text) for text in self._quality(parameters)]
        area = area_wkt(parameters)
        if area:
            conditions.append(self._inside(area))
        conditions.append(self._indexed() if everybody else self.visible())
        return Selection(self._connection, both(conditions))

    def visible(self) -> Sql:
        """Return which records the caller may see at all, in the index as it is now."""
        now = self._indexed()
        rbac, allowed = '"dynamicProperties_rbac"', '"dynamicProperties_rbac_allowed"'
        if not self._data_roles:
            return both([now, Sql(f"{rbac} IS NOT 1")])
        marks = ", ".join("?" * len(self._data_roles))
        mine = Sql(
            f"({rbac} IS NULL OR ({rbac} = ({allowed} IN ({marks}))))", tuple(self._data_roles)
        )
        return both([now, mine])

    def _indexed(self) -> Sql:
        later = self._world.faults.on("biocache.reindexed") is not None
        return Sql(f"wave <> {1 if later else 2}")

    def quality_filters(self, parameters: Parameters) -> List[str]:
        """Return the filters of the quality profile that was asked for, one a category."""
        return self._quality(parameters)

    def _main(self, text: str) -> Sql:
        taxon = named_taxon(self._connection, text)
        return taxonomy.subtree(taxon) if taxon is not None else self._filter(text)

    def _filter(self, text: str) -> Sql:
        try:
            return self._translator.translate(parse(text)) or ALL
        except SyntaxFault as fault:
            raise query_fault(str(fault)) from fault

    def _quality(self, parameters: Parameters) -> List[str]:
        name = parameters.text("qualityProfile")
        if not name or parameters.flag("disableAllQualityFilters"):
            return []
        if self._world.faults.on("biocache.quality_down") is not None:
            raise server_fault("Connection refused: data-quality-filter-service")
        disabled = set(parameters.many("disableQualityFilter"))
        profile = quality.profile_named(name)
        return [c.joined for c in profile.enabled_categories if c.label not in disabled]

    def _inside(self, wkt: str) -> Sql:
        table = f"area{next(self._areas)}"
        geometry.select_inside(self._connection, geometry.read_area(wkt), table)
        return Sql(f"number IN (SELECT number FROM temp.{table})")

    def _taxon_key(self, key: str) -> Sql:
        taxon = taxonomy.by_key(self._connection, key)
        return Sql('"taxonConceptID" = ?', (key,)) if taxon is None else taxonomy.subtree(taxon)

    def _taxon_name(self, name: str) -> Sql:
        taxa = taxonomy.by_name(self._connection, name)
        return taxonomy.subtree(taxa[0]) if len(taxa) == 1 else Sql('"text" LIKE ?', (f"%{name}%",))

    def _spatial_object(self, pid: str) -> Sql:
        row = self._connection.execute("SELECT wkb FROM object WHERE pid = ?", (pid,)).fetchone()
        if row is None:
            return NOTHING
        return self._inside(geometry.wkt_of(row["wkb"]))

    def _stored(self, number: str) -> Sql:
        stored = self._qids.get(number)
        if stored is None:
            raise ServiceFault(400, UNKNOWN_QID, f"Unrecognised QID: {number}")
        conditions = [self._main(stored.q)] + [self._filter(fq) for fq in stored.fqs]
        if stored.wkt:
            conditions.append(self._inside(stored.wkt))
        return both(conditions)


def named_taxon(connection: sqlite3.Connection, text: str) -> Optional[sqlite3.Row]:
    """Return the taxon that a text without any field means, when it means exactly one."""
    plain = text.strip().strip('"')
    if ":" in plain or not plain or plain == "*":
        return None
    taxa = taxonomy.by_name(connection, plain)
    return taxa[0] if len(taxa) == 1 else None


def filters(parameters: Parameters) -> List[str]:
    """Return the filters: ``fq`` decoded once more than anything else, ``qc`` cut at commas."""
    found = []
    for text in parameters.many("fq"):
        if "%" in text and not _decodable(text):
            raise server_fault("URLDecoder: Illegal hex characters in escape (%) pattern")
        found.append(unquote_plus(text))
    return found + [part for part in parameters.text("qc").split(",") if part.strip()]


def area_wkt(parameters: Parameters, strict: bool = True) -> str:
    """Return the area of a search as WKT, "" for none.

    Of lat, lon and radius all or none must be there: else BadParameter, or where the service does
    not check (``strict`` false) a ServiceFault.
    """
    circle = [parameters.number(name) for name in ("lat", "lon", "radius")]
    given = [number for number in circle if number is not None]
    if given and len(given) < len(circle):
        raise BadParameter("lat, lon, radius") if strict else server_fault("NullPointerException")
    if given:
        return geometry.circle_wkt(*given)
    return parameters.text("wkt").strip()


def _decodable(text: str) -> bool:
    hexadecimal = frozenset("0123456789abcdefABCDEF")
    return all(len(rest) >= 2 and hexadecimal.issuperset(rest[:2]) for rest in text.split("%")[1:])
