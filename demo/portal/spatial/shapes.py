"""Shapes for download: /spatial-service/shape/{wkt,geojson,kml,shp}/{pid} (contract/spatial 3).

Faults, by name: ``spatial.huge_shape`` (``megabytes``, 300 unless told) streams a GeoJSON without
end in sight; ``spatial.broken_shape`` gives a polygon that crosses itself, ``spatial.empty_shape``
one without any corner.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import tempfile
import zipfile
from pathlib import Path
from typing import Iterator, List, Optional
from xml.sax.saxutils import escape

from flask import Blueprint, Response, request
from osgeo import ogr, osr

from demo.portal.geoserver import state
from demo.portal.spatial.geometry import as_wkt
from demo.portal.spatial.objects import ENVELOPE
from demo.portal.spatial.routing import add
from demo.portal.spatial.store import Store
from demo.portal.world import World

BOW_TIE = "MULTIPOLYGON(((3.7 51.0,3.8 51.1,3.8 51.0,3.7 51.1,3.7 51.0)))"


class BadShape(Exception):
    """The service answers 400."""


def register(routes: Blueprint, world: World, store: Store) -> None:
    """Add the routes of shapes."""
    shapes = _Shapes(world, store)
    add(routes, "/shape/wkt/<pid>", shapes.wkt)
    add(routes, "/shape/geojson/<pid>", shapes.geojson)
    add(routes, "/shape/kml/<pid>", shapes.kml)
    add(routes, "/shape/shp/<pid>", shapes.shapefile)
    add(routes, "/shape/shapefile/<pid>", shapes.shapefile)


class _Shapes:
    def __init__(self, world: World, store: Store) -> None:
        self._world = world
        self._store = store

    def wkt(self, pid: str) -> Response:
        try:
            if "~" in pid:
                raise BadShape
            shape = self._shape(pid)
        except BadShape:
            return Response("", 400)
        text = as_wkt(shape) if shape else ""
        return self._file(text, "application/wkt", pid, "wkt")

    def geojson(self, pid: str) -> Response:
        kind = "application/json; subtype=geojson"
        huge = self._world.faults.on("spatial.huge_shape")
        if huge is not None:
            return Response(_endless(int(huge.get("megabytes", 300))), content_type=kind)
        try:
            shape = self._shape(pid, classes=False)
        except BadShape:
            return Response("", 400)
        if shape is None:
            return self._file("", kind, pid, "geojson")
        geometry = json.loads(shape.ExportToJson(["COORDINATE_PRECISION=16"]))
        if "~" in pid or pid.startswith(ENVELOPE):
            return self._file(json.dumps(geometry), kind, pid, "geojson")
        feature = {
            "type": "Feature",
            "geometry": geometry,
            "properties": {},
            "id": f"fid-{hashlib.sha256(pid.encode()).hexdigest()[:10]}",
        }
        return self._file(json.dumps(feature), kind, pid, "geojson")

    def kml(self, pid: str) -> Response:
        kind = "application/vnd.google-earth.kml+xml"
        try:
            shape = self._shape(pid, classes=False)
        except BadShape:
            return Response("", 400)
        if shape is None:
            return self._file("", kind, pid, "kml")
        text = (
            '<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2">'
            f"<Document><Placemark><name>{escape(self._name(pid))}</name>"
            f"{shape.ExportToKML()}</Placemark></Document></kml>"
        )
        return self._file(text, kind, pid, "kml")

    def shapefile(self, pid: str) -> Response:
        try:
            if pid.startswith(ENVELOPE):
                raise BadShape  # broken upstream
            shape = self._shape(pid, classes=False)
        except BadShape:
            message = f"failed to get shapefile for object: {pid}"
            return Response(json.dumps({"error": message}), 400, content_type="application/json")
        if shape is None:
            return self._file("", "application/zip", pid, "zip")
        return self._file(zipped_shapefile(shape, self._name(pid)), "application/zip", pid, "zip")

    def _shape(self, pids: str, classes: bool = True) -> Optional[ogr.Geometry]:
        """Return the geometry of a pid, or of several; None for an unknown one.

        Raises :class:`BadShape` for an envelope without shape and, unless ``classes``, for the
        class of a grid.
        """
        if self._world.faults.on("spatial.broken_shape") is not None:
            return ogr.CreateGeometryFromWkt(BOW_TIE)
        if self._world.faults.on("spatial.empty_shape") is not None:
            return ogr.CreateGeometryFromWkt("MULTIPOLYGON EMPTY")
        if pids.startswith(ENVELOPE):
            path = state.task(self._world, pids[len(ENVELOPE) :]) / "envelope.wkt"
            if not path.exists():
                raise BadShape
            return ogr.CreateGeometryFromWkt(path.read_text(encoding="utf-8"))
        if not classes and ":" in pids:
            raise BadShape
        found: List[ogr.Geometry] = []
        for pid in pids.split("~"):
            shape = self._store.geometry(pid)
            if shape is not None:
                found.append(shape)
        if len(found) < 2:
            return found[0] if found else None
        whole = ogr.Geometry(ogr.wkbMultiPolygon)
        for shape in found:
            for part in ogr.ForceToMultiPolygon(shape):
                whole.AddGeometry(part)
        return whole

    def _name(self, pid: str) -> str:
        row = self._store.object(pid)
        return str(row["name"]) if row else pid

    def _file(self, content: object, kind: str, pid: str, extension: str) -> Response:
        name = request.args.get("filename") or self._name(pid)
        safe = re.sub(r"[^A-Za-z0-9()\[\]-]", "_", name)
        response = Response(content, content_type=kind)  # type: ignore[arg-type]
        response.headers["Content-Disposition"] = f'filename="{safe}.{extension}"'
        return response


def zipped_shapefile(shape: ogr.Geometry, name: str) -> bytes:
    """Return a zip with shp, shx, dbf and prj (EPSG:4326)."""
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(4326)
    with tempfile.TemporaryDirectory() as folder:
        driver = ogr.GetDriverByName("ESRI Shapefile")
        source = driver.CreateDataSource(str(Path(folder) / "area.shp"))
        layer = source.CreateLayer("area", crs, shape.GetGeometryType())
        layer.CreateField(ogr.FieldDefn("name", ogr.OFTString))
        feature = ogr.Feature(layer.GetLayerDefn())
        feature["name"] = name[:80]
        feature.SetGeometry(shape)
        layer.CreateFeature(feature)
        del feature, layer, source  # this writes the files
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in sorted(Path(folder).iterdir()):
                if file.suffix in (".shp", ".shx", ".dbf", ".prj"):
                    archive.write(file, file.name)
        return packed.getvalue()


def _endless(megabytes: int) -> Iterator[str]:
    """Yield a GeoJSON feature of that size; correct at its end."""
    square = "[[[3.7,51.0],[3.8,51.0],[3.8,51.1],[3.7,51.0]]]"
    block = ",".join([square] * (2**20 // (len(square) + 1)))
    yield '{"type":"Feature","properties":{},"geometry":{"type":"MultiPolygon","coordinates":['
    yield square
    for _ in range(megabytes):
        yield f",{block}"
    yield "]}}"
