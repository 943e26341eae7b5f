"""Areas in a search: WKT in longitude and latitude, and circles as the service draws them."""

from __future__ import annotations

import math
import sqlite3
from typing import Iterator, List, Tuple

from osgeo import gdal, ogr

from demo.portal.biocache.faulty import query_fault

CIRCLE_CORNERS = 18
MAX_POINTS = 5000  # qid.wkt.maxPoints: beyond that an area is simplified without a word
_KM_PER_DEGREE = 111.195
_POLYGONAL = frozenset({ogr.wkbPolygon, ogr.wkbMultiPolygon, ogr.wkbGeometryCollection})


def read_area(wkt: str) -> ogr.Geometry:
    """Return the area of a WKT; colons count as spaces. Raises ServiceFault."""
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        area = ogr.CreateGeometryFromWkt(wkt.replace(":", " "))
    finally:
        gdal.PopErrorHandler()
    if area is None or area.IsEmpty() or ogr.GT_Flatten(area.GetGeometryType()) not in _POLYGONAL:
        raise query_fault(f'Unable to parse shape given formats "lat,lon" or as WKT: {wkt[:200]}')
    tolerance = 0.0001
    while _points(area) > MAX_POINTS:
        area, tolerance = area.Simplify(tolerance), tolerance * 2
    return area


def circle_wkt(lat: float, lon: float, radius: float) -> str:
    """Return the polygon of 18 corners that stands for a circle of ``radius`` kilometres."""
    corners = []
    for i in range(CIRCLE_CORNERS + 1):
        angle = 2 * math.pi * (i % CIRCLE_CORNERS) / CIRCLE_CORNERS
        x = lon + radius * math.cos(angle) / _KM_PER_DEGREE / math.cos(math.radians(lat))
        corners.append(f"{x:.6f} {lat + radius * math.sin(angle) / _KM_PER_DEGREE:.6f}")
    return f"POLYGON(({','.join(corners)}))"


def select_inside(connection: sqlite3.Connection, area: ogr.Geometry, table: str) -> None:
    """Create the temporary table ``table`` of the numbers of the records within an area."""
    west, east, south, north = area.GetEnvelope()
    found = connection.execute(
        "SELECT id, lon, lat FROM place"
        " WHERE west <= ? AND east >= ? AND south <= ? AND north >= ?",
        (east, west, north, south),
    )
    connection.execute(f"CREATE TEMP TABLE {table} (number INTEGER PRIMARY KEY)")
    connection.executemany(f"INSERT INTO {table} VALUES (?)", _within(area, found))


def _within(area: ogr.Geometry, found: sqlite3.Cursor) -> Iterator[Tuple[int]]:
    covers = area.CreatePreparedGeometry().Intersects
    point = ogr.Geometry(ogr.wkbPoint)
    for number, lon, lat in found:
        point.SetPoint_2D(0, lon, lat)
        if covers(point):
            yield (number,)


def _points(area: ogr.Geometry) -> int:
    parts: List[ogr.Geometry] = list(area) if area.GetGeometryCount() else []
    return area.GetPointCount() if not parts else sum(_points(part) for part in parts)


def wkt_of(wkb: bytes) -> str:
    """Return stored geometry as WKT."""
    return str(ogr.CreateGeometryFromWkb(wkb).ExportToWkt())
