"""AooEoo, MergeAreas and Envelope: analyses that make areas."""

from __future__ import annotations

import json
import math
import re
from typing import List, Tuple

import numpy as np
from osgeo import gdal, ogr

from demo.portal.data.areas import KM_PER_DEGREE
from demo.portal.data.layers import area_km
from demo.portal.spatial.analysis.job import NODATA, Failed, Job, raster_in_memory
from demo.portal.spatial.analysis.pages import page
from demo.portal.spatial.geometry import as_wkt, oriented

_RANGE = re.compile(r"(\w+):\[\s*(\S+)\s+TO\s+(\S+)\s*\]")
SENSITIVE = "Records of sensitive taxa may lie elsewhere than told: look at each of them first."


def aoo_eoo(job: Job) -> None:
    """Area of occupancy, extent of occurrence, alpha hull and circles around the records."""
    records = job.records()
    places = sorted({(record.lon, record.lat) for record in records})
    if len(places) < 3:
        raise Failed("fewer than 3 occurrences")
    cell = job.number("resolution", 0.02)
    radius = job.number("radius", 5000)
    points = ogr.Geometry(ogr.wkbMultiPoint)
    for lon, lat in places:
        one = ogr.Geometry(ogr.wkbPoint)
        one.AddPoint_2D(lon, lat)
        points.AddGeometry(one)
    shapes = {
        "Area of Occupancy": _cells(places, cell),
        "Extent of Occurrence": points.ConvexHull(),
        "Alpha Hull": _alpha_hull(points, job.number("coverage", 2)),
        "Points with radius": points.Buffer(radius / 1000 / KM_PER_DEGREE, 8),
    }
    name = json.loads(json.dumps(job.inputs.get("species") or {}))
    title = name.get("name", "taxon") if isinstance(name, dict) else "taxon"
    lines = {"Number of records used for the calculations": len(records), "Species": title}
    for label, shape in shapes.items():
        if ogr.GT_Flatten(shape.GetGeometryType()) not in (ogr.wkbPolygon, ogr.wkbMultiPolygon):
            raise Failed(f"{label}: the occurrences lie on one line")
        shape = oriented(shape)
        about = {"name": f"{label} {title}", "description": f"Created by AooEoo (task {job.id})"}
        job.tell("area", str(job.store.add(shape, about, True)))
        job.write(f"{label}.wkt", as_wkt(shape))
        job.write(f"{label}.kml", _kml(label, shape))
        lines[label] = f"{area_km(shape):.0f} sq km"
    text = page("Calculated AOO and EOO", lines, f"<p>{SENSITIVE}</p>")
    job.write("Calculated AOO and EOO.html", text, "metadata")


def merge_areas(job: Job) -> None:
    """The union or the intersection of areas, as a new area."""
    shapes = [job.shape(area) for area in job.areas()]
    found = [shape for shape in shapes if shape is not None]
    if not found:
        raise Failed("no area has a shape")
    merged = found[0].MakeValid()
    for shape in found[1:]:
        other = shape.MakeValid()
        together = job.text("type", "Union") == "Union"
        merged = merged.Union(other) if together else merged.Intersection(other)
    if merged.IsEmpty() or merged.GetArea() == 0:
        raise Failed("the areas do not overlap")
    about = {"name": job.text("name"), "description": job.text("description")}
    merged = oriented(merged)
    job.tell("area", str(job.store.add(merged, about, True)))
    job.write("area.wkt", as_wkt(merged))


def envelope(job: Job) -> None:
    """Where every layer of the envelope stays within its range; published as ``ALA:{id}``."""
    ranges = _ranges(job)
    size = max(job.number("resolution", 0.01), 0.01)
    west, south, east, north = job.extent()
    width, height = math.ceil((east - west) / size), math.ceil((north - south) / size)
    extent = (west, south, west + width * size, south + height * size)
    inside = np.ones((height, width), dtype=bool)
    for layer, low, high in ranges:
        for row in range(height):
            for column in range(width):
                lon, lat = west + (column + 0.5) * size, extent[3] - (row + 0.5) * size
                value = job.sampler.number(layer, lon, lat) if inside[row, column] else None
                inside[row, column] = value is not None and low <= value <= high
    if not inside.any():
        raise Failed("no place lies within the envelope")
    values = np.where(inside, 1.0, NODATA)
    job.write_raster(values, extent, "")
    job.outputs = [out for out in job.outputs if out["name"] != "layers"]
    job.tell("files", f"{job.id}.tif")
    shape = _polygons(values, extent)
    if job.flag("shp"):
        (job.folder / "envelope.wkt").write_text(as_wkt(shape), encoding="utf-8")
        source = ogr.GetDriverByName("ESRI Shapefile").CreateDataSource(
            str(job.folder / "envelope.shp")
        )
        layer = source.CreateLayer("envelope", geom_type=ogr.wkbMultiPolygon)
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetGeometry(shape)
        layer.CreateFeature(feature)
        del feature, layer, source
        for suffix in ("shp", "shx", "dbf"):
            job.tell("files", f"envelope.{suffix}")
    told = _told(job, shape)
    (job.folder / "envelope.json").write_text(json.dumps(told), encoding="utf-8")
    job.tell("area", json.dumps(told))
    lines = {layer: f"{low:g} to {high:g}" for layer, low, high in ranges}
    job.write("envelope.html", page("Environmental envelope", lines), "metadata")


def _told(job: Job, shape: ogr.Geometry) -> dict:
    west, east, south, north = shape.GetEnvelope()
    box = f"{west} {south},{west} {north},{east} {north},{east} {south},{west} {south}"
    return {
        "name": "Environmental envelope",
        "description": "",
        "q": job.text("envelope"),
        "bbox": f"POLYGON(({box}))",
        "area_km": area_km(shape),
        "type": "envelope",
        "file": f"{job.id}.tif",
        "id": job.id,
        "wmsurl": f"{job.world.base}/geoserver/wms?service=WMS&version=1.1.0&request=GetMap"
        f"&layers=ALA:{job.id}&format=image/png",
    }


def _ranges(job: Job) -> List[Tuple[str, float, float]]:
    """Return layer name, least and greatest value of each part of the envelope."""
    found = []
    for fid, low, high in _RANGE.findall(job.text("envelope")):
        field = job.store.field(fid)
        layer = job.store.layer(fid)
        if field is None or layer is None or field["type"] != "e":
            raise Failed(f"{fid} is no environmental layer")
        found.append(
            (
                str(layer["name"]),
                -math.inf if low == "*" else float(low),
                math.inf if high == "*" else float(high),
            )
        )
    if not found:
        raise Failed("the envelope has no ranges")
    return found


def _cells(places: List[Tuple[float, float]], size: float) -> ogr.Geometry:
    cells = {(math.floor(lon / size), math.floor(lat / size)) for lon, lat in places}
    whole = ogr.Geometry(ogr.wkbMultiPolygon)
    for column, row in sorted(cells):
        west, south = round(column * size, 9), round(row * size, 9)
        east, north = round((column + 1) * size, 9), round((row + 1) * size, 9)
        corners = f"{west} {south},{east} {south},{east} {north},{west} {north},{west} {south}"
        whole.AddGeometry(ogr.CreateGeometryFromWkt(f"POLYGON(({corners}))"))
    return whole.UnionCascaded()


def _alpha_hull(points: ogr.Geometry, alpha: float) -> ogr.Geometry:
    """Return the triangles between points whose sides are not long: ``alpha`` mean lengths."""
    triangles = points.DelaunayTriangulation()  # the collection owns its parts: it must stay
    sides = []
    for triangle in triangles:
        ring = triangle.GetGeometryRef(0).GetPoints()
        sides.append([math.dist(a[:2], b[:2]) for a, b in zip(ring, ring[1:])])
    mean = sum(map(sum, sides)) / max(1, 3 * len(sides))
    kept = ogr.Geometry(ogr.wkbMultiPolygon)
    for triangle, lengths in zip(triangles, sides):
        if max(lengths) <= alpha * mean:
            kept.AddGeometry(triangle)
    return kept.UnionCascaded() if kept.GetGeometryCount() else points.ConvexHull()


def _polygons(values: np.ndarray, extent: tuple) -> ogr.Geometry:
    raster = raster_in_memory(values, extent)
    source = ogr.GetDriverByName("Memory").CreateDataSource("")
    layer = source.CreateLayer("inside", raster.GetSpatialRef(), ogr.wkbPolygon)
    band = raster.GetRasterBand(1)
    gdal.Polygonize(band, band.GetMaskBand(), layer, -1)
    whole = ogr.Geometry(ogr.wkbMultiPolygon)
    for feature in layer:
        whole.AddGeometry(feature.GetGeometryRef())
    return whole


def _kml(name: str, shape: ogr.Geometry) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2">'
        f"<Document><Placemark><name>{name}</name>{shape.ExportToKML()}</Placemark></Document></kml>"
    )
