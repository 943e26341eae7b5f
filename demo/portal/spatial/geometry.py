"""Shapes in longitude and latitude, as spatial-service reads, keeps and writes them."""

from __future__ import annotations

import contextlib
import math
from typing import Iterator, Optional

from osgeo import gdal, ogr

from demo.portal.data.areas import KM_PER_DEGREE


@contextlib.contextmanager
def quietly() -> Iterator[None]:
    """Keep GDAL from writing what it thinks of somebody's input."""
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        yield
    finally:
        gdal.PopErrorHandler()


def from_wkt(text: str) -> Optional[ogr.Geometry]:
    """Return the geometry of a WKT, or None where it is none."""
    with quietly():
        return ogr.CreateGeometryFromWkt(text)


def from_json(text: str) -> Optional[ogr.Geometry]:
    """Return the geometry of a GeoJSON geometry, or None where it is none."""
    with quietly():
        return ogr.CreateGeometryFromJson(text)


def as_wkt(shape: ogr.Geometry) -> str:
    """Return WKT as PostGIS writes it: no blank before a bracket."""
    return str(shape.ExportToWkt()).replace(" (", "(")


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


def oriented(shape: ogr.Geometry) -> ogr.Geometry:
    """Return the union of the polygons, outer rings counter-clockwise, holes clockwise."""
    united = ogr.ForceToMultiPolygon(shape).UnionCascaded()
    whole = ogr.Geometry(ogr.wkbMultiPolygon)
    for part in ogr.ForceToMultiPolygon(united):
        turned = ogr.Geometry(ogr.wkbPolygon)
        for number, ring in enumerate(part):
            points = [(point[0], point[1]) for point in ring.GetPoints()]
            around = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, points[1:]))
            if (around < 0) == (number == 0):
                points.reverse()
            line = ogr.Geometry(ogr.wkbLinearRing)
            for x, y in points:
                line.AddPoint_2D(x, y)
            turned.AddGeometry(line)
        whole.AddGeometry(turned)
    return whole if whole.GetGeometryCount() > 1 else whole.GetGeometryRef(0).Clone()
