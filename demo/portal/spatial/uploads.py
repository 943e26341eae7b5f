"""Areas of users: /spatial-service/shape/upload (contract/spatial 5).

Writes need a bearer; what is written is public, and anybody with a bearer may change or delete it.
"""

from __future__ import annotations

import contextlib
import io
import itertools
import json
import tempfile
import threading
import zipfile
from pathlib import Path
from typing import Any, Dict, List, Mapping, Optional, Tuple

from flask import Blueprint, Response, request
from osgeo import gdal, ogr, osr
from werkzeug.datastructures import FileStorage

from demo.portal.error_pages import html_error, unauthorized
from demo.portal.spatial import geometry
from demo.portal.spatial.geometry import oriented
from demo.portal.spatial.routing import add, as_json, caller, needs_token
from demo.portal.spatial.store import Row, Store
from demo.portal.world import World

NOT_OURS = "Unexpected error: Supplied pid does not match an uploaded shape."
ONLY_GEOMETRY = (
    "Malformed GeoJSON geometry. Note that only GeoJSON geometries can be supplied here."
    " Features and FeatureCollections cannot."
)
ONE_ZIP = "Multiple files sent in request. A single zipped shape file should be supplied."
ONE_KML = "Multiple files sent in request. A single unzipped kml file should be supplied."
SUPPORT = "Unexpected error. Please notify support@ala.org.au."


class BadArea(Exception):
    """The service says this in ``error``, with status 200."""


def register(routes: Blueprint, world: World, store: Store) -> None:
    """Add the routes of uploads."""
    uploads = _Uploads(world, store)
    for rule, view in {
        "/shape/upload/wkt": uploads.wkt,
        "/shape/upload/wkt/<pid>": uploads.other_wkt,
        "/shape/upload/geojson": uploads.geojson,
        "/shape/upload/geojson/<pid>": uploads.other_geojson,
        "/shape/upload/shp": uploads.shapefile,
        "/shape/upload/shp/<shp>/featureIndex": uploads.features,
        "/shape/upload/shp/<shp>/<index>": uploads.feature,
        "/shape/upload/kml": uploads.kml,
        "/shape/upload/pointradius/<lat>/<lng>/<radius>": uploads.circle,
    }.items():
        add(routes, rule, needs_token(world, view), ("POST",))
    add(routes, "/shape/upload/shp/image/<shp>/<index>", uploads.picture)
    add(routes, "/shape/upload/<pid>", uploads.delete, ("GET", "POST", "PUT", "DELETE"))
    world.on_reset.append(uploads.reset)


class _Uploads:
    def __init__(self, world: World, store: Store) -> None:
        self._world = world
        self._store = store
        self._numbers = itertools.count(1_725_000)
        self._shapefiles: Dict[str, List[Tuple[Row, ogr.Geometry]]] = {}
        self._lock = threading.Lock()

    def reset(self) -> None:
        self._shapefiles.clear()

    def wkt(self) -> Response:
        about = _body()
        searchable = request.args.get("namesearch") == "true"
        return self._stored(lambda: stored_form(str(about.get("wkt", ""))), about, searchable)

    def other_wkt(self, pid: str) -> Response:
        about = _body()
        return self._replaced(pid, lambda: stored_form(str(about.get("wkt", ""))), about)

    def geojson(self) -> Response:
        about = _body()
        return self._stored(lambda: _from_geojson(about.get("geojson")), about, True)

    def other_geojson(self, pid: str) -> Response:
        about = _body()
        return self._replaced(pid, lambda: _from_geojson(about.get("geojson")), about)

    def circle(self, lat: str, lng: str, radius: str) -> Response:
        about = _body()
        try:
            shape = geometry.circle(float(lng), float(lat), float(radius))
        except ValueError:
            return as_json({})
        return self._stored(lambda: shape, about, True)

    def kml(self) -> Response:
        files = _files()
        if len(files) != 1:
            return as_json({"error": ONE_KML}, 400)
        with _on_disk(files[0].read(), ".kml") as path:
            with geometry.quietly():
                source = ogr.Open(str(path))
            found = [f.GetGeometryRef().Clone() for layer in source or () for f in layer]
            if not found:
                return as_json({"error": "KML parsing failure: no geometry found"}, 400)
        return self._stored(lambda: _collected(found), dict(request.args), True)

    def shapefile(self) -> Response:
        """Keep the features of a zipped shapefile until one is chosen; return attributes."""
        files = _files()
        if len(files) != 1:
            return as_json({"error": ONE_ZIP})
        found = _features(files[0].read())
        if found is None:
            return html_error(500)
        number = str(next(self._numbers))
        with self._lock:
            self._shapefiles[number] = found
        return as_json({"shp_id": number, **{str(i): row for i, (row, _) in enumerate(found)}})

    def features(self, shp: str) -> Response:
        return self._from_shapefile(shp, None)

    def feature(self, shp: str, index: str) -> Response:
        return self._from_shapefile(shp, index)

    def _from_shapefile(self, shp: str, index: Optional[str]) -> Response:
        about = _body()
        if index is not None:
            about = {**about, "featureIdx": index}
        for name in ("name", "description", "user_id", "featureIdx"):
            if not isinstance(about.get(name), str):
                return as_json({"error": f"Missing compulsory parameter {name}"})
        shapes = self._chosen(shp, str(about["featureIdx"]))
        if not shapes:
            return as_json({"error": "Unexpected error: no such feature"})
        return self._stored(lambda: _collected(shapes), about, True)

    def picture(self, shp: str, index: str) -> Response:
        """A black-and-white preview; anonymous."""
        shapes = self._chosen(shp, index)
        if not shapes:
            return Response("", 404)
        width, height = request.args.get("width", 640, int), request.args.get("height", 480, int)
        return Response(_picture(_collected(shapes), width, height), content_type="image/png")

    def delete(self, pid: str) -> Response:
        if caller(self._world) is None:
            return unauthorized()
        if request.method != "DELETE":
            return Response("", 200)
        if pid.isdigit() and self._store.delete(int(pid)):
            return as_json({"success": True})
        return as_json({"error": SUPPORT})

    def _chosen(self, shp: str, which: str) -> List[ogr.Geometry]:
        with self._lock:
            found = self._shapefiles.get(shp, [])
        if which == "all":
            return [shape for _, shape in found]
        numbers = [int(part) for part in which.split(",") if part.strip().isdigit()]
        return [found[number][1] for number in numbers if number < len(found)]

    def _stored(self, make: Any, about: Mapping[str, Any], searchable: bool) -> Response:
        try:
            shape, told = make(), _texts(about)
        except BadArea as error:
            return as_json({"error": str(error)})
        return as_json({"id": self._store.add(shape, told, searchable)})

    def _replaced(self, pid: str, make: Any, about: Mapping[str, Any]) -> Response:
        if not pid.isdigit():
            return html_error(500)
        try:
            shape, told = make(), _texts(about)
            if not self._store.replace(int(pid), shape, told):
                raise BadArea(NOT_OURS)
        except BadArea as error:
            return as_json({"error": str(error)})
        return as_json({"updated": True})


def stored_form(text: str) -> ogr.Geometry:
    """Return the geometry the service would store: repaired, outer rings counter-clockwise.

    Raises :class:`BadArea`. Only POLYGON and MULTIPOLYGON are looked at; others are stored as
    they are.
    """
    shape = geometry.from_wkt(text)
    if shape is None:
        raise BadArea("Invalid WKT")
    if text.startswith(("POLYGON", "MULTIPOLYGON")):
        if shape.IsEmpty():
            raise BadArea("Invalid WKT: empty geometry")
        if not shape.IsValid():
            shape = shape.MakeValid()
        return oriented(shape)
    return shape


def _from_geojson(told: Any) -> ogr.Geometry:
    kind = told.get("type") if isinstance(told, dict) else None
    shape = None
    if kind not in (None, "Feature", "FeatureCollection"):
        shape = geometry.from_json(json.dumps(told))
    if shape is None:
        raise BadArea(ONLY_GEOMETRY)
    return stored_form(shape.ExportToWkt())


def _features(packed: bytes) -> Optional[List[Tuple[Row, ogr.Geometry]]]:
    """Return attributes and geometry (lon lat) of a zipped shapefile; None for another file."""
    if not zipfile.is_zipfile(io.BytesIO(packed)):
        return None
    with _on_disk(packed, ".zip") as path:
        source = ogr.Open(f"/vsizip/{path}")
        if source is None or source.GetLayerCount() == 0:
            return None
        layer = source.GetLayer(0)
        turn = _to_lon_lat(layer.GetSpatialRef())
        found = []
        for feature in layer:
            shape = feature.GetGeometryRef()
            if shape is not None:
                copy = shape.Clone()
                if turn is not None:
                    copy.Transform(turn)
                found.append((dict(feature.items()), copy))
    return found


def _to_lon_lat(crs: Optional[osr.SpatialReference]) -> Optional[osr.CoordinateTransformation]:
    if crs is None:
        return None
    crs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return osr.CoordinateTransformation(crs, _wgs84())


def _wgs84() -> osr.SpatialReference:
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(4326)
    crs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return crs


def _collected(shapes: List[ogr.Geometry]) -> ogr.Geometry:
    whole = ogr.Geometry(ogr.wkbMultiPolygon)
    for shape in shapes:
        for part in ogr.ForceToMultiPolygon(shape):
            whole.AddGeometry(part)
    return oriented(whole.MakeValid())


def _picture(shape: ogr.Geometry, width: int, height: int) -> bytes:
    west, east, south, north = shape.GetEnvelope()
    raster = gdal.GetDriverByName("MEM").Create("", width, height, 1, gdal.GDT_Byte)
    raster.SetGeoTransform((west, (east - west) / width, 0, north, 0, (south - north) / height))
    raster.SetProjection(_wgs84().ExportToWkt())
    raster.GetRasterBand(1).Fill(255)
    source = ogr.GetDriverByName("Memory").CreateDataSource("")
    layer = source.CreateLayer("shape", _wgs84())
    feature = ogr.Feature(layer.GetLayerDefn())
    feature.SetGeometry(shape)
    layer.CreateFeature(feature)
    gdal.RasterizeLayer(raster, [1], layer, burn_values=[0])
    with _on_disk(b"", ".png") as path:
        gdal.GetDriverByName("PNG").CreateCopy(str(path), raster)
        return path.read_bytes()


@contextlib.contextmanager
def _on_disk(content: bytes, suffix: str):  # noqa: ANN202
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"upload{suffix}"
        path.write_bytes(content)
        yield path


def _files() -> List[FileStorage]:
    return [file for name in request.files for file in request.files.getlist(name)]


def _body() -> Dict[str, Any]:
    told = request.get_json(silent=True, force=True)
    return told if isinstance(told, dict) else {}


def _texts(about: Mapping[str, Any]) -> Dict[str, str]:
    return {
        name: str(about[name]) if about.get(name) is not None else "null"
        for name in ("name", "description", "user_id")
    }
