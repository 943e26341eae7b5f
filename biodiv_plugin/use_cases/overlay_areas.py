"""Lay the areas of a portal layer over points, here instead of on the portal."""

from __future__ import annotations

from typing import Optional, Sequence

from qgis.core import QgsFeature, QgsGeometry, QgsPointXY, QgsRectangle, QgsSpatialIndex

from biodiv_plugin.portal.areas import MAX_SHAPE, AreaClient
from biodiv_plugin.portal.errors import Canceled
from biodiv_plugin.portal.http import UNWATCHED, Feedback
from biodiv_plugin.portal.intersect import IntersectClient
from biodiv_plugin.use_cases.load_areas import load_shapes

_MARGIN = 0.001  # degrees around the points, so that one point has a box as well


def overlay_areas(
    points: Sequence[tuple[float, float]],
    field_id: str,
    intersect: IntersectClient,
    areas: AreaClient,
    feedback: Feedback = UNWATCHED,
) -> tuple[Optional[str], ...]:
    """Return the name of the area that each (latitude, longitude) lies in, ``None`` for none.

    Where areas lie over each other the first one by id counts. Raises ``TooLarge`` where the
    shapes exceed what one fetches at once, ``PortalError`` and ``Canceled``.
    """
    latitudes, longitudes = zip(*points)
    box = QgsRectangle(min(longitudes), min(latitudes), max(longitudes), max(latitudes))
    wkt = QgsGeometry.fromRect(box.buffered(_MARGIN)).asWkt(7).upper().replace(", ", ",")
    there = intersect.meeting(field_id, wkt, feedback)
    if not there:
        return (None,) * len(points)
    shapes = load_shapes(there, areas, max_bytes=MAX_SHAPE, feedback=feedback)
    index, names, engines = QgsSpatialIndex(), {}, {}
    for number, shape in enumerate(shapes):
        feature = QgsFeature(number)
        feature.setGeometry(shape.geometry)
        index.addFeature(feature)
        names[number] = shape.area.name
        engine = QgsGeometry.createGeometryEngine(shape.geometry.constGet())
        engine.prepareGeometry()
        engines[number] = engine
    found: list[Optional[str]] = []
    for latitude, longitude in points:
        if feedback.isCanceled():
            raise Canceled
        point = QgsGeometry.fromPointXY(QgsPointXY(longitude, latitude))
        near = sorted(index.intersects(point.boundingBox()))
        hit = next((n for n in near if engines[n].intersects(point.constGet())), None)
        found.append(None if hit is None else names[hit])
    return tuple(found)
