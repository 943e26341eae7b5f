"""The grid squares that records stand for, as a table of their own beside the points."""

from __future__ import annotations

import gc
import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Iterator, NamedTuple, Optional, Sequence

from osgeo import gdal, ogr, osr
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsGeometry,
    QgsLineString,
    QgsPointXY,
)

from biodiv_plugin.layers.fields import LATITUDE, LONGITUDE
from biodiv_plugin.layers.gdal_errors import told_by_gdal
from biodiv_plugin.layers.merge import TABLE, open_for_bulk, quoted
from biodiv_plugin.layers.squares import (
    EPSG,
    SIZES,
    Square,
    distance_to_middle,
    read_system,
    square_at,
    square_of_code,
)
from biodiv_plugin.layers.storage import told_by_storage
from biodiv_plugin.layers.transformation import WGS84, Transformation
from biodiv_plugin.portal.errors import Canceled
from biodiv_plugin.portal.http import Feedback

SQUARES = "squares"
_UNCERTAINTY, _SYSTEM = "coordinateUncertaintyInMeters", "verbatimCoordinateSystem"
_CODES = ("gridReference", "verbatimCoordinates")
_BATCH = 4000  # PyQt lets no other thread go on while QGIS transforms one

# Uncertainties (m) that a square of this size gets: half its diagonal, as several data providers
# round it; 3769 m also covers the doubt between ED50 and WGS 84 (inbo/data-publication 83, 157).
_TYPICAL = {
    1000: (700, 707, 708),
    4000: (2800, 2828, 2829),
    5000: (3500, 3535, 3536, 3769),
    10_000: (7071, 7072),
}
_SIZE_OF = {metres: size for size, typical in _TYPICAL.items() for metres in typical}
_NEAR_BELGIUM = f"{LONGITUDE} BETWEEN 0 AND 9 AND {LATITUDE} BETWEEN 48 AND 53"

_FIELDS = (
    ("square", ogr.OFTString),
    ("grid", ogr.OFTString),
    ("size", ogr.OFTInteger),  # metres
    ("records", ogr.OFTInteger64),
    ("species", ogr.OFTInteger64),
    ("firstYear", ogr.OFTInteger),
    ("lastYear", ogr.OFTInteger),
)


class Place(NamedTuple):
    """A position as records give it. What they do not tell is -1 or "": a comparison in SQL
    finds no NULL."""

    longitude: float
    latitude: float
    uncertainty: float
    code: str
    system: str


def add_squares(path: Path, transformation: Transformation, feedback: Feedback) -> int:
    """Add the table ``squares`` to ``path`` and return how many there are; no table for none.

    A record stands for a square where its verbatim coordinates say so, and where its uncertainty
    is that of a square of whose grid it lies in the middle. A precise record never does.

    Raises ``StorageFailed`` and ``Canceled``.
    """
    with _spared_collector():
        with told_by_storage(path), closing(open_for_bulk(path, feedback)) as connection:
            if not _gather(connection):
                return 0
            squares = _recognise(connection, feedback)
            rows = _statistics(connection)
        if rows:
            _write(path, [(squares[number], rest) for number, *rest in rows], transformation)
    return len(rows)


@contextmanager
def _spared_collector() -> Iterator[None]:
    """Let Python's collector leave alone, meanwhile, what was there before.

    Squares are many small objects; each some ten thousand of them it would look at all that QGIS
    holds in Python: a tenth of a second in which no thread goes on, the window's neither.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _gather(connection: sqlite3.Connection) -> bool:
    """Put the places that may be squares into a table of the session, in one look at all records.

    Returns whether there are any.
    """
    names = {row[1]: row[2] for row in connection.execute(f"PRAGMA table_info({TABLE})")}
    if not {LONGITUDE, LATITUDE} <= names.keys():
        return False
    codes = [name for name in _CODES if name in names]
    conditions = [f"{quoted(name)} IS NOT NULL" for name in codes]
    if _SYSTEM in names:
        conditions.append(f"{_SYSTEM} IS NOT NULL")
    if _UNCERTAINTY in names:
        typical = ",".join(map(str, _SIZE_OF))
        conditions.append(f"(round({_UNCERTAINTY}) IN ({typical}) AND {_NEAR_BELGIUM})")
    if not conditions:
        return False
    told = [_or(quoted(name), "''") for name in codes]
    columns = {
        "longitude": _or(LONGITUDE, "-1"),
        "latitude": _or(LATITUDE, "-1"),
        "uncertainty": _or(_UNCERTAINTY, "-1") if _UNCERTAINTY in names else "-1",
        "code": f"CASE WHEN {told[0]} != '' THEN {told[0]} ELSE {told[-1]} END" if told else "''",
        "system": _or(_SYSTEM, "''") if _SYSTEM in names else "''",
        "species": "scientificName" if "scientificName" in names else "NULL",
        "year": _year(names),
    }
    wanted = ", ".join(f"{expression} AS {name}" for name, expression in columns.items())
    connection.execute(  # fixed names, and some that are quoted
        f"CREATE TEMP TABLE place AS SELECT {wanted} FROM {TABLE} "  # nosec B608 (quoted names)
        f"WHERE {' OR '.join(conditions)}"
    )
    return bool(connection.execute("SELECT EXISTS (SELECT 1 FROM place)").fetchone()[0])


def _or(column: str, otherwise: str) -> str:
    return f"coalesce({column}, {otherwise})"


def _year(names: dict[str, str]) -> str:
    if names.get("year", "").endswith("INT") or names.get("year") == "INTEGER":
        return "year"
    if "eventDate" in names:
        return "CAST(substr(eventDate, 1, 4) AS INTEGER)"
    return "NULL"


def _recognise(connection: sqlite3.Connection, feedback: Feedback) -> list[Square]:
    """Fill the table ``found``: which place is which square, by its number in what is returned."""
    connection.execute(
        "CREATE TEMP TABLE found (longitude, latitude, uncertainty, code, system, square INTEGER)"
    )
    numbers: dict[Square, int] = {}
    places = connection.execute(
        "SELECT DISTINCT longitude, latitude, uncertainty, code, system FROM place"
    )
    insert = connection.cursor()
    while True:
        batch = [Place(*row) for row in places.fetchmany(_BATCH)]
        if not batch:
            return list(numbers)
        if feedback.isCanceled():
            raise Canceled
        recognised = (
            (*place, numbers.setdefault(square, len(numbers)))
            for place, square in zip(batch, squares_of(batch))
            if square is not None
        )
        insert.executemany("INSERT INTO found VALUES (?,?,?,?,?,?)", recognised)


def squares_of(places: Sequence[Place]) -> Iterator[Optional[Square]]:
    """Yield the square that each place stands for, ``None`` for a point that is meant as one."""
    known = [n for n, place in enumerate(places) if _is_near_belgium(place)]
    positions: dict[str, dict[int, tuple[float, float]]] = {}
    for grid, crs in EPSG.items():
        line = QgsLineString(
            [places[n].longitude for n in known], [places[n].latitude for n in known]
        )
        line.transform(_between(WGS84, crs))
        positions[grid] = {n: (line.xAt(i), line.yAt(i)) for i, n in enumerate(known)}
    for n, place in enumerate(places):
        points = {grid: found[n] for grid, found in positions.items() if n in found}
        yield _square_of(place, points)


def _is_near_belgium(place: Place) -> bool:
    longitude, latitude = place.longitude, place.latitude
    return (
        isinstance(longitude, float)  # a column that turned out to hold words is text
        and isinstance(latitude, float)
        and 0 <= longitude <= 9
        and 48 <= latitude <= 53
    )


def _square_of(place: Place, points: dict[str, tuple[float, float]]) -> Optional[Square]:
    grid, size = "", 0
    if place.code or place.system:
        named = square_of_code(place.code)
        grid, size = read_system(place.system)
        if named is not None and grid in ("", named.grid):
            grid, size = named.grid, size or named.size
        if size:
            return _noted_square(place, points, grid, size, named)
    return _usual_square(place, points, [grid] if grid else list(SIZES))


def _noted_square(
    place: Place,
    points: dict[str, tuple[float, float]],
    grid: str,
    size: int,
    named: Optional[Square],
) -> Optional[Square]:
    if isinstance(place.uncertainty, float) and 0 <= place.uncertainty < size / 4:
        return None  # a precise point, whose square was only noted with it
    if points:
        return square_at(grid, size, *points[grid])
    return named if named is not None and named.size == size else None


def _usual_square(
    place: Place, points: dict[str, tuple[float, float]], grids: Sequence[str]
) -> Optional[Square]:
    """Return the square of the size that the uncertainty tells, where the place is its middle."""
    if not points or not isinstance(place.uncertainty, float):
        return None
    size = _SIZE_OF.get(round(place.uncertainty), 0)
    best, least = "", _doubt(size)
    for grid in grids:
        if size in SIZES[grid]:
            distance = distance_to_middle(grid, size, *points[grid])
            if distance <= least:
                best, least = grid, distance
    return square_at(best, size, *points[best]) if best else None


def _doubt(size: int) -> float:
    """Return how far (m) from the middle of a square its published middle may lie.

    Middles come with five decimals, cut off, and by transformations that differ by some metres.
    """
    return max(25, size / 100)


def _statistics(connection: sqlite3.Connection) -> list[tuple[int, int, int, int, int]]:
    """Return square number, records, species, first and last year."""
    connection.execute("CREATE INDEX temp.found_by_place ON found (longitude, latitude)")
    return connection.execute(
        "SELECT f.square, count(*), count(DISTINCT p.species), min(p.year), max(p.year) "
        "FROM place AS p CROSS JOIN found AS f ON f.longitude = p.longitude "
        "AND f.latitude = p.latitude AND f.uncertainty = p.uncertainty "
        "AND f.code = p.code AND f.system = p.system GROUP BY f.square"
    ).fetchall()


def _write(
    path: Path, rows: Sequence[tuple[Square, list[int]]], transformation: Transformation
) -> None:
    with told_by_gdal(path):
        dataset = gdal.OpenEx(str(path), gdal.OF_VECTOR | gdal.OF_UPDATE)
        try:
            _fill(dataset, rows, transformation)
        finally:
            del dataset  # an error would keep it, and it the file


def _fill(
    dataset: gdal.Dataset,
    rows: Sequence[tuple[Square, list[int]]],
    transformation: Transformation,
) -> None:
    outline = _Outline(transformation)
    srs = osr.SpatialReference()
    srs.SetFromUserInput(transformation.gdal_target())
    layer = dataset.CreateLayer(SQUARES, srs, ogr.wkbPolygon, ["GEOMETRY_NAME=geom"])
    for name, kind in _FIELDS:
        layer.CreateField(ogr.FieldDefn(name, kind))
    dataset.StartTransaction()
    for square, statistics in rows:
        feature = ogr.Feature(layer.GetLayerDefn())
        for n, value in enumerate((square.code, square.name, square.size, *statistics)):
            if value is not None:
                feature.SetField(n, value)
        feature.SetGeometry(ogr.CreateGeometryFromWkb(outline.of(square)))
        layer.CreateFeature(feature)
    dataset.CommitTransaction()


class _Outline:
    """Draws squares in the CRS of a layer."""

    def __init__(self, transformation: Transformation) -> None:
        self._target = transformation.target
        self._from_degrees = transformation.qgis_transform()
        self._to_degrees = {grid: _between(crs, WGS84) for grid, crs in EPSG.items()}

    def of(self, square: Square) -> bytes:
        ring = [QgsPointXY(x, y) for x, y in square.corners()]
        polygon = QgsGeometry.fromPolygonXY([ring])
        if self._target.authid() != EPSG[square.grid]:
            polygon.transform(self._to_degrees[square.grid])
            polygon.transform(self._from_degrees)
        return polygon.asWkb().data()


def _between(source: str, target: str) -> QgsCoordinateTransform:
    crs = QgsCoordinateReferenceSystem
    return QgsCoordinateTransform(crs(source), crs(target), QgsCoordinateTransformContext())
