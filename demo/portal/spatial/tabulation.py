"""Cross tables of two contextual fields: /spatial-service/tabulation (contract/spatial 8)."""

from __future__ import annotations

import csv
import io
import threading
from collections import defaultdict
from contextlib import closing
from typing import Any, Dict, List, Set, Tuple

from flask import Blueprint, Response, request
from osgeo import ogr

from demo.portal.data.layers import area_km
from demo.portal.error_pages import html_error
from demo.portal.spatial.analysis.pages import table
from demo.portal.spatial.objects import overlapping
from demo.portal.spatial.routing import add, as_json
from demo.portal.spatial.sampling import Sampler
from demo.portal.spatial.store import Row, Store
from demo.portal.world import World

KINDS = {"area": "Area (square kilometres)", "species": "Species", "occurrences": "Occurrences"}
REMARKS = ("Blanks = no intersection", "0 = no records in intersection")
Pair = Tuple[str, str]


def register(routes: Blueprint, world: World, store: Store, sampler: Sampler) -> None:
    """Add the routes of tabulations."""
    tabulation = _Tabulation(world, store, sampler)
    routes.add_url_rule("/tabulations.json", "tabulations json", tabulation.pairs)
    routes.add_url_rule("/tabulations", "tabulations", tabulation.page)
    add(routes, "/tabulation/list", tabulation.pairs)
    routes.add_url_rule(
        "/tabulation/data/<first>/<second>/tabulation.json", "tabulation data", tabulation.data
    )
    routes.add_url_rule(
        "/tabulation/<kind>/<first>/<second>/tabulation.<form>", "tabulation", tabulation.matrix
    )
    add(routes, "/tabulation/<fid>/<pid>", tabulation.of_one)


class _Tabulation:
    def __init__(self, world: World, store: Store, sampler: Sampler) -> None:
        self._world = world
        self._store = store
        self._sampler = sampler
        self._lock = threading.Lock()
        self._known: Dict[Pair, List[Dict[str, Any]]] = {}

    def _fields(self) -> List[Row]:
        wanted = [f for f in self._store.fields() if f["enabled"] and f["intersect"]]
        return sorted((f for f in wanted if f["type"] == "c"), key=lambda row: row["id"])

    def pairs(self) -> Response:
        fields = self._fields()
        return as_json(
            [
                {"fid1": a["id"], "fid2": b["id"], "name1": a["name"], "name2": b["name"]}
                for i, a in enumerate(fields)
                for b in fields[i + 1 :]
            ]
        )

    def page(self) -> Response:
        rows = [[field["id"], field["name"]] for field in self._fields()]
        return Response(table(["Field", "Name"], rows), content_type="text/html;charset=UTF-8")

    def of_one(self, fid: str, pid: str) -> Response:
        """Not found, whatever is asked: upstream never makes the list it reads."""
        return Response("", 404)

    def data(self, first: str, second: str) -> Response:
        if request.args.get("wkt"):
            return html_error(500)  # its query lacks a column
        return as_json(self._table(first, second))

    def matrix(self, kind: str, first: str, second: str, form: str) -> Response:
        if request.args.get("wkt") or kind not in KINDS:
            return html_error(500)
        cells = self._table(first, second)
        columns = sorted({row["name1"] for row in cells})
        total = f"Total {kind}"
        told: Dict[str, Dict[str, float]] = {}
        for row in cells:
            told.setdefault(row["name2"], {})[row["name1"]] = row[kind]
        sums = {name: _sum(values.get(name) for values in told.values()) for name in columns}
        for values in told.values():
            values[total] = _sum(values.values())
        told[total] = {**sums, total: _sum(sums.values())}
        if form == "json":
            return as_json(told)
        lines = [
            [name, *(values.get(column, "") for column in [*columns, total])]
            for name, values in told.items()
        ]
        head = [KINDS[kind], *columns, total]
        if form == "html":
            return Response(table(head, lines), content_type="text/html;charset=UTF-8")
        out = io.StringIO()
        writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
        writer.writerows([head, *lines])
        text = out.getvalue().replace('""', "") + "\n" + "\n".join(REMARKS) + "\n"
        return Response(text, content_type="text/comma-separated-values;charset=UTF-8")

    def _table(self, first: str, second: str) -> List[Dict[str, Any]]:
        known = {field["id"] for field in self._fields()}
        if first not in known or second not in known:
            return []
        with self._lock:
            if (first, second) not in self._known:
                self._known[first, second] = self._computed(first, second)
            return self._known[first, second]

    def _computed(self, first: str, second: str) -> List[Dict[str, Any]]:
        species, counts = self._records(first, second)
        found = []
        for a in self._store.with_geometry(first):
            shape = ogr.CreateGeometryFromWkb(a["wkb"]).MakeValid()
            for b in overlapping(self._store, second, shape):
                common = shape.Intersection(ogr.CreateGeometryFromWkb(b["wkb"]).MakeValid())
                if common.GetArea() == 0:
                    continue
                pair = a["pid"], b["pid"]
                found.append(
                    {
                        **{"fid1": first, "pid1": a["pid"], "name1": a["name"]},
                        **{"fid2": second, "pid2": b["pid"], "name2": b["name"]},
                        "area": round(area_km(common), 4),
                        "occurrences": counts.get(pair, 0),
                        "species": len(species[pair]),
                        "speciest1": len(species[a["pid"], ""]),
                        "speciest2": len(species["", b["pid"]]),
                    }
                )
        return found

    def _records(self, first: str, second: str) -> Tuple[Dict[Pair, Set[str]], Dict[Pair, int]]:
        """Return species and records by pair of objects; with "" for one of them, by the other."""
        readers = [self._sampler.reader({"id": fid, "type": "c"}) for fid in (first, second)]
        species: Dict[Pair, Set[str]] = defaultdict(set)
        counts: Dict[Pair, int] = defaultdict(int)
        with closing(self._world.connect()) as connection:
            rows = connection.execute(
                "SELECT decimalLongitude, decimalLatitude, scientificName FROM occurrence"
                " WHERE decimalLatitude IS NOT NULL AND wave <> 2"
                " AND dynamicProperties_rbac IS NOT 1"
            )
            for lon, lat, name in rows:
                one, other = (reader(lon, lat) for reader in readers)
                pids = (one or {}).get("pid", ""), (other or {}).get("pid", "")
                for pair in {(pids[0], ""), ("", pids[1]), pids} - {("", "")}:
                    species[pair].add(str(name))
                if all(pids):
                    counts[pids] += 1
        return species, counts


def _sum(values: Any) -> float:
    return round(float(sum(value for value in values if value is not None)), 4)
