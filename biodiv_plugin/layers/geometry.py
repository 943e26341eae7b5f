"""From polygons in any CRS to the area of a search."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Callable, Iterable, Iterator, Union

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsFeature,
    QgsGeometry,
    QgsRectangle,
    QgsWkbTypes,
)
from qgis.PyQt.QtGui import QTransform

from biodiv_plugin.portal.errors import InvalidQuery

MAX_POINTS = 5000  # above this the portal simplifies by itself and says nothing (contract 1.1)
_WORLD = QgsRectangle(-180, -90, 180, 90)
_DIGITS = 7  # of a degree: about a centimetre
_FINEST = 10.0**-_DIGITS
_ROUNDS = 10  # halvings of the tolerance, on a logarithmic scale: to some 2 %
_TOLERABLE = 0.01  # of the surface; where simplifying costs more, growing together may cost less
_USELESS = 0.5  # of the surface; the answer to such an area would be to another question


@dataclass(frozen=True)
class Area:
    """An area as the portal takes it.

    ``wkt`` is a valid POLYGON or MULTIPOLYGON in EPSG:4326, longitude first, outer rings
    counter-clockwise. ``area_error`` is the surface that simplifying added or took away, as a
    fraction of the whole (0.001 is 0.1 %).
    """

    wkt: str
    points: int
    area_error: float = 0.0
    was_simplified: bool = False


def area_wkt(
    shapes: Iterable[Union[QgsGeometry, QgsFeature]],
    crs: QgsCoordinateReferenceSystem,
    transform_context: QgsCoordinateTransformContext,
    max_points: int = MAX_POINTS,
) -> Area:
    """Return the union of all polygons in ``shapes``, simplified where it has too many points.

    Raises ``InvalidQuery`` whose part is ``area_empty`` (no surface at all), ``area_shape`` (only
    points or lines), ``area_outside`` (it cannot be expressed in degrees) or ``area_parts`` (so
    many scattered parts that simplifying would leave little of it).
    """
    union = _to_degrees(_dissolved(shapes), crs, transform_context)
    points = _count(union)
    if points <= max_points:
        return Area(_wkt(union), points)
    simple = _simplified(union, max_points)
    error = _change(union, simple)
    if error > _USELESS:
        raise InvalidQuery("the area has too many separate parts", part="area_parts")
    return Area(_wkt(simple), _count(simple), error, was_simplified=True)


def _dissolved(shapes: Iterable[Union[QgsGeometry, QgsFeature]]) -> QgsGeometry:
    given, polygons = False, []
    for shape in shapes:
        geometry = shape.geometry() if isinstance(shape, QgsFeature) else QgsGeometry(shape)
        if geometry.isNull() or geometry.isEmpty():
            continue
        given = True
        polygons.extend(_polygons(geometry))
    if not polygons:
        reason = "area_shape" if given else "area_empty"
        raise InvalidQuery("an area needs at least one polygon", part=reason)
    return _surface(QgsGeometry.unaryUnion(polygons), "area_empty")


def _polygons(geometry: QgsGeometry) -> Iterator[QgsGeometry]:
    """Yield the surfaces of ``geometry``: valid, two-dimensional, without arcs."""
    flat = QgsGeometry(geometry.constGet().segmentize())
    flat.get().dropZValue()
    flat.get().dropMValue()
    for part in flat.makeValid().asGeometryCollection():  # a bow tie becomes two triangles
        if part.type() == QgsWkbTypes.GeometryType.PolygonGeometry and part.area() > 0:
            yield part


def _surface(geometry: QgsGeometry, reason: str) -> QgsGeometry:
    """Return the polygons of ``geometry`` as one, or raise ``InvalidQuery``."""
    parts = list(_polygons(geometry)) if not geometry.isNull() else []
    if not parts:
        raise InvalidQuery("the area has no surface", part=reason)
    return QgsGeometry.collectGeometry(parts)


def _to_degrees(
    geometry: QgsGeometry,
    crs: QgsCoordinateReferenceSystem,
    context: QgsCoordinateTransformContext,
) -> QgsGeometry:
    to_degrees = QgsCoordinateTransform(crs, QgsCoordinateReferenceSystem("EPSG:4326"), context)
    try:
        geometry.transform(to_degrees)
    except QgsCsException as fault:
        raise InvalidQuery("the area lies outside its CRS", part="area_outside") from fault
    box = geometry.boundingBox()
    if not box.isFinite():
        raise InvalidQuery("the area lies outside its CRS", part="area_outside")
    if not _WORLD.contains(box):
        geometry = geometry.intersection(QgsGeometry.fromRect(_WORLD))
    # Rounding now, so that what is checked is what is sent.
    return _surface(geometry.snappedToGrid(_FINEST, _FINEST), "area_outside")


def _simplified(geometry: QgsGeometry, max_points: int) -> QgsGeometry:
    """Return ``geometry`` with at most ``max_points`` points and as little change as that takes.

    Distances count alike in all directions: a degree of longitude is shortened to its length at
    the middle of the area while the tolerance is sought.
    """
    shrink = math.cos(math.radians(geometry.boundingBox().center().y()))
    level = QgsGeometry(geometry)
    level.transform(QTransform.fromScale(shrink, 1))
    best = _sought(level, max_points, _coarser)
    if best.isEmpty() or _change(level, best) > _TOLERABLE:
        joined = _sought(level, max_points, _joined)
        if best.isEmpty() or _change(level, joined) < _change(level, best):
            best = joined
    if best.isEmpty():
        raise InvalidQuery("the area has too many separate parts", part="area_parts")
    best.transform(QTransform.fromScale(1 / shrink, 1))
    return _surface(best.snappedToGrid(_FINEST, _FINEST), "area_empty")


def _sought(
    geometry: QgsGeometry, max_points: int, change: Callable[[QgsGeometry, float], QgsGeometry]
) -> QgsGeometry:
    """Return the outcome of ``change`` with about the least tolerance that leaves few enough
    points; empty where none does."""
    box = geometry.boundingBox()
    low, high = _FINEST, math.hypot(box.width(), box.height())
    best = QgsGeometry()
    for _ in range(_ROUNDS):
        middle = math.sqrt(low * high)
        tried = change(geometry, middle)
        if tried.isEmpty():
            high = middle
        elif _count(tried) > max_points:
            low = middle
        else:
            high, best = middle, tried
    return best


def _coarser(geometry: QgsGeometry, tolerance: float) -> QgsGeometry:
    """Return ``geometry`` without what is smaller than ``tolerance``: bends, holes and parts."""
    speck = tolerance * tolerance
    kept = [
        part.removeInteriorRings(speck)
        for part in geometry.asGeometryCollection()
        if part.area() > speck
    ]
    return QgsGeometry.collectGeometry(kept).simplify(tolerance) if kept else QgsGeometry()


def _joined(geometry: QgsGeometry, distance: float) -> QgsGeometry:
    """Return ``geometry`` with the gaps narrower than twice ``distance`` closed: many scattered
    specks become few patches, and nothing of the area is lost."""
    return geometry.buffer(distance, 2).buffer(-distance / 2, 2).simplify(distance / 4)


def _change(before: QgsGeometry, after: QgsGeometry) -> float:
    return before.symDifference(after).area() / before.area()


def _count(geometry: QgsGeometry) -> int:
    return 0 if geometry.isNull() else geometry.constGet().nCoordinates()


def _wkt(geometry: QgsGeometry) -> str:
    outlined = geometry.forcePolygonCounterClockwise()
    if outlined.constGet().partCount() == 1:
        outlined.convertToSingleType()
    return outlined.asWkt(_DIGITS).upper().replace(", ", ",")
