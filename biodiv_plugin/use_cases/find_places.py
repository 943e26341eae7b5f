"""Find a place: by its coordinates, or by the name of an area of the portal."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Optional

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsPointXY,
    QgsRectangle,
)

from biodiv_plugin.portal.area import PortalArea
from biodiv_plugin.portal.areas import AreaClient
from biodiv_plugin.portal.errors import NotFound
from biodiv_plugin.portal.http import UNWATCHED, Feedback

_NUMBER = r"([+-]?\d+(?:[.,]\d+)?)\s*°?"
_PAIR = re.compile(rf"\s*{_NUMBER}\s*(?:[;/]|,\s|\s)\s*{_NUMBER}\s*", re.IGNORECASE)
_DOTTED = re.compile(r"\s*([+-]?\d+\.\d+)\s*,\s*([+-]?\d+\.\d+)\s*")  # "51.05,3.72"

# Where the coordinates of Belgium lie in each of its systems: a pair of numbers tells which.
_SYSTEMS = (
    ("EPSG:31370", QgsRectangle(0, 0, 320_000, 270_000)),
    ("EPSG:3812", QgsRectangle(480_000, 480_000, 820_000, 770_000)),
)


@dataclass(frozen=True)
class Place:
    """A point in EPSG:4326, in degrees."""

    name: str
    latitude: float
    longitude: float


def read_coordinates(text: str) -> Optional[Place]:
    """Return the place that two numbers tell, else ``None``.

    Degrees come with the latitude first, as people write them, unless only the other order
    lies in Belgium; Lambert 72 and Lambert 2008 come with x first.
    """
    pair = _DOTTED.fullmatch(text) or _PAIR.fullmatch(text)
    if pair is None:
        return None
    first, second = (float(number.replace(",", ".")) for number in pair.groups())
    if abs(first) <= 90 and abs(second) <= 180:
        swapped = first < 10 and 45 < second < 55
        latitude, longitude = (second, first) if swapped else (first, second)
        return Place(text.strip(), latitude, longitude)
    for authid, box in _SYSTEMS:
        if box.contains(QgsPointXY(first, second)):
            return _from(authid, first, second, text.strip())
    return None


def _from(authid: str, x: float, y: float, name: str) -> Optional[Place]:
    transform = QgsCoordinateTransform(
        QgsCoordinateReferenceSystem(authid),
        QgsCoordinateReferenceSystem("EPSG:4326"),
        QgsCoordinateTransformContext(),
    )
    try:
        point = transform.transform(QgsPointXY(x, y))
    except QgsCsException:
        return None
    return Place(name, point.y(), point.x())


def middle_of(area: PortalArea, areas: AreaClient, feedback: Feedback = UNWATCHED) -> Place:
    """Return the middle of an area of the portal; the search for a name tells no place.

    Raises ``NotFound`` where the portal tells no extent, ``PortalError`` and ``Canceled``.
    """
    extent = area.extent or areas.object(area.pid, feedback).extent
    if extent is None:
        raise NotFound("an area without extent")
    west, south, east, north = extent
    return Place(area.name, (south + north) / 2, (west + east) / 2)
