"""What lies at a point, or shares ground with a shape (contract/spatial 4.1, 4.3)."""

from __future__ import annotations

from typing import Any, Dict, List, Optional

from flask import Blueprint, Response, request
from osgeo import ogr

from demo.portal.error_pages import html_error, unauthorized
from demo.portal.spatial import geometry
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
            shape = geometry.circle(float(lng), float(lat), float(radius))
        except ValueError:
            return html_error(500)
        return self._overlapping(fid, shape)

    def wkt(self, fid: str) -> Response:
        return self._overlapping(fid, geometry.from_wkt(request.get_data(as_text=True)))

    def geojson(self, fid: str) -> Response:
        text = request.get_data(as_text=True)
        if '"Feature' in text:
            return html_error(500)
        return self._overlapping(fid, geometry.from_json(text))

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


def _or_empty(value: Optional[float]) -> Any:
    return "" if value is None else value
