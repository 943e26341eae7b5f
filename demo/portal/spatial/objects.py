"""Objects, their shapes and the gazetteer (contract/spatial 3)."""

from __future__ import annotations

import json
from typing import Any, Dict, List

from flask import Blueprint, Response, request
from osgeo import ogr

from demo.portal.error_pages import html_error
from demo.portal.geoserver import state
from demo.portal.spatial.geometry import from_wkt
from demo.portal.spatial.routing import add, as_json, without_nulls
from demo.portal.spatial.store import Row, Store
from demo.portal.world import World

ENVELOPE = "ENVELOPE"


def described_object(world: World, row: Row, fieldname: str, full: bool = False) -> Dict[str, Any]:
    """Return an object as JSON members; ``full`` adds centroid and featureType."""
    layer = "Objects" if row["area_km"] else "Points"
    told = {
        "pid": row["pid"],
        "id": row["pid"],
        "name": row["name"],
        "description": row["description"],
        "fid": row["fid"],
        "fieldname": fieldname or None,
        "area_km": row["area_km"],
        "bbox": row["bbox"],
        "wmsurl": f"{world.base}/geoserver/wms?service=WMS&version=1.1.0&request=GetMap"
        f"&layers=ALA:{layer}&format=image/png&viewparams=s:{row['pid']}",
    }
    if full:
        told.update(centroid=row["centroid"], featureType=row["featuretype"])
    return without_nulls(told)


def register(routes: Blueprint, world: World, store: Store) -> None:
    """Add the routes of objects and of the gazetteer."""
    objects = _Objects(world, store)
    add(routes, "/object/<pid>", objects.one)
    add(routes, "/objects/<fid>", objects.of_field)
    add(routes, "/objects/<fid>/<lat>/<lng>", objects.nearest)
    add(routes, "/objects/inarea/<fid>", objects.in_area, ("GET", "POST"))
    add(routes, "/object/intersect/<pid>/<lat>/<lng>", objects.at_point)
    add(routes, "/search", objects.search)


class _Objects:
    def __init__(self, world: World, store: Store) -> None:
        self._world = world
        self._store = store

    def one(self, pid: str) -> Response:
        if pid.startswith(ENVELOPE):
            path = state.task(self._world, pid[len(ENVELOPE) :]) / "envelope.json"
            if not path.exists():
                return html_error(500)
            return as_json(json.loads(path.read_text(encoding="utf-8")))
        row = self._store.object(pid)
        return as_json(self._told(row)) if row else Response("", 404)

    def of_field(self, fid: str) -> Response:
        start, size = request.args.get("start", 0, int), request.args.get("pageSize", -1, int)
        rows = self._store.objects(fid, start, size)
        return as_json([self._told(row, True) for row in rows])

    def nearest(self, fid: str, lat: str, lng: str) -> Response:
        """Fails as upstream: its query needs a function that no longer exists."""
        if self._store.field(fid) is None:
            return Response("Invalid field id", 404, content_type="text/plain")
        return html_error(500)

    def in_area(self, fid: str) -> Response:
        limit = request.values.get("limit", 40, int)
        try:
            # The form with a pid is taken for a layer filter and fails.
            area = from_wkt(request.values["wkt"])
            found = [
                row
                for row in self._store.near(fid, area)
                if ogr.CreateGeometryFromWkb(row["wkb"]).Within(area)
            ]
        except (KeyError, RuntimeError, AttributeError):
            return html_error(500)
        return as_json([self._told(row) for row in found[:limit]])

    def at_point(self, pid: str, lat: str, lng: str) -> Response:
        try:
            point = ogr.CreateGeometryFromWkt(f"POINT ({float(lng)} {float(lat)})")
        except ValueError:
            return html_error(500)
        row, shape = self._store.object(pid), self._store.geometry(pid)
        if row is None or shape is None or not shape.Contains(point):
            return as_json({})
        told = self._told(row, True)
        del told["wmsurl"]
        return as_json(told)

    def search(self) -> Response:
        text = request.args.get("q", "")
        if not text:
            message = "No search parameter q."
            return Response(message, 404, content_type="text/plain;charset=UTF-8")
        limit, start = request.args.get("limit", 20, int), request.args.get("start", 0, int)
        known = {row["id"] for row in self._store.fields()}
        include = set(request.args.get("include", "").split(",")) & known  # none known: all
        exclude = set(request.args.get("exclude", "").split(","))
        rows = [
            row
            for row in self._store.searched(text)
            if (not include or row["fid"] in include) and row["fid"] not in exclude
        ]
        classes = [row for row in rows if ":" in row["pid"]]
        page = [row for row in rows if ":" not in row["pid"]][start : start + limit]
        # The classes of grids come on top of the limit.
        return as_json([self._found(row) for row in [*page, *(classes if start == 0 else [])]])

    def _found(self, row: Row) -> Dict[str, Any]:
        name = self._fieldname(row["fid"])
        return {
            "pid": row["pid"],
            "name": row["name"],
            "description": row["description"],
            "fid": row["fid"],
            "fieldname": name,
            "fields": json.dumps([f"{row['fid']} | {name}"], ensure_ascii=False),
        }

    def _told(self, row: Row, full: bool = False) -> Dict[str, Any]:
        return described_object(self._world, row, self._fieldname(row["fid"]), full)

    def _fieldname(self, fid: str) -> str:
        field = self._store.field(fid)
        return str(field["name"]) if field else ""


def overlapping(store: Store, fid: str, area: ogr.Geometry) -> List[Row]:
    """Return a field's objects that share a point with ``area``."""
    return [
        row
        for row in store.near(fid, area)
        if ogr.CreateGeometryFromWkb(row["wkb"]).Intersects(area)
    ]
