"""What lies at a point, or shares ground with a shape (contract/spatial 4.1, 4.3)."""

from __future__ import annotations

import math
from typing import Any, Dict, List, Optional

from flask import Blueprint, Response, request
from osgeo import ogr

from demo.portal.bearer import html_error, unauthorized
from demo.portal.data.areas import KM_PER_DEGREE
from demo.portal.spatial.objects import described_object, overlapping
from demo.portal.spatial.routing import add, as_json, caller
from demo.portal.spatial.sampling import Sampler
from demo.portal.spatial.store import Row, Store
from demo.portal.world import World


def register(routes: Blueprint, world: World, store: Store, sampler: Sampler) -> None:
    """Add the routes of single intersections."""
    intersect = _Intersect(world, store, sampler)
    add(routes, "/intersect/<fids>/<lat>/<lng>", intersect.point)
    add(routes, "/intersect/pointradius/<fid>/<lat>/<lng>/<radius>", intersect.circle)
    add(routes, "/intersect/wkt/<fid>", intersect.wkt, ("POST",))
    add(routes, "/intersect/geojson/<fid>", intersect.geojson, ("POST",))
    add(routes, "/intersect/object/<fid>/<pid>", intersect.other_object)
    add(routes, "/intersect/reloadconfig", intersect.reload)


class _Intersect:
    def __init__(self, world: World, store: Store, sampler: Sampler) -> None:
        self._world = world
        self._store = store
        self._sampler = sampler

    def point(self, fids: str, lat: str, lng: str) -> Response:
        """One item a known id, in the order asked; unknown ids are left out."""
        found: List[Dict[str, Any]] = []
        try:
            y, x = float(lat), float(lng)
            for fid in fids.split(","):
                if len(fid) < 2:
                    raise ValueError(fid)
                item = self._item(fid, x, y)
                if item is not None:
                    found.append(item)
        except ValueError:
            return html_error(500)
        return as_json(found)

    def _item(self, fid: str, x: float, y: float) -> Optional[Dict[str, Any]]:
        """Return a field's answer. Raises ValueError where the service breaks."""
        field = self._store.field(fid)
        if field is None:
            known, number = self._sampler.analysis(fid, x, y)
            if known:
                task, _, name = fid.partition("_")
                return {"field": fid, "value": _or_empty(number), "layername": f"{name}({task})"}
            layer = self._store.layer(fid)
            if layer and layer["type"] == "Environmental":
                raise ValueError("a layer instead of a field")
            return None
        layer = self._store.layer(field["spid"]) or {}
        value = self._sampler.at(field, x, y)
        told = {"field": fid, "value": "", "layername": field["name"]}
        if field["type"] == "e":
            told["value"] = _or_empty(value if isinstance(value, float) else None)
            told["units"] = layer.get("environmentalvalueunits") or None
        elif isinstance(value, dict):
            told.update(value=value["name"], pid=value["pid"], description=value["description"])
        return told

    def circle(self, fid: str, lat: str, lng: str, radius: str) -> Response:
        try:
            shape = circle(float(lng), float(lat), float(radius))
        except ValueError:
            return html_error(500)
        return self._overlapping(fid, shape)

    def wkt(self, fid: str) -> Response:
        return self._overlapping(fid, ogr.CreateGeometryFromWkt(request.get_data(as_text=True)))

    def geojson(self, fid: str) -> Response:
        text = request.get_data(as_text=True)
        if '"Feature' in text:
            return html_error(500)
        return self._overlapping(fid, ogr.CreateGeometryFromJson(text))

    def other_object(self, fid: str, pid: str) -> Response:
        return self._overlapping(fid, self._store.geometry(pid))

    def reload(self) -> Response:
        return as_json({}) if caller(self._world) else unauthorized()

    def _overlapping(self, fid: str, shape: Optional[ogr.Geometry]) -> Response:
        if shape is None or not shape.IsValid():
            return html_error(500)
        field = self._store.field(fid)
        name = str(field["name"]) if field else ""
        rows: List[Row] = overlapping(self._store, fid, shape)
        return as_json([described_object(self._world, row, name, True) for row in rows])


def circle(lon: float, lat: float, radius: float) -> ogr.Geometry:
    """Return a polygon of 64 corners around a point; ``radius`` in km."""
    around = ogr.CreateGeometryFromWkt(f"POINT ({lon} {lat})").Buffer(radius / KM_PER_DEGREE, 16)
    if not radius > 0:
        raise ValueError("a circle needs a radius")
    # A degree of longitude is shorter than one of latitude: stretched from the middle.
    factor = 1 / max(0.01, abs(math.cos(math.radians(lat))))
    ring = around.GetGeometryRef(0)
    stretched = ogr.Geometry(ogr.wkbLinearRing)
    for x, y, *_ in ring.GetPoints():
        stretched.AddPoint_2D(lon + (x - lon) * factor, y)
    polygon = ogr.Geometry(ogr.wkbPolygon)
    polygon.AddGeometry(stretched)
    return polygon


def _or_empty(value: Optional[float]) -> Any:
    return "" if value is None else value
