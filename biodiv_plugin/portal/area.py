"""Areas of the portal as values: objects of its layers, and their shapes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Mapping, Optional

from biodiv_plugin.portal.answers import as_object, number, required, text
from biodiv_plugin.portal.errors import UnexpectedAnswer

Extent = tuple[float, float, float, float]  # west, south, east, north; degrees in EPSG:4326

_NUMBER = r"(-?[\d.]+(?:[eE]-?\d+)?)"
_PAIR = re.compile(rf"{_NUMBER}\s+{_NUMBER}\s*[,)]")  # a pair that was cut off has no end


@dataclass(frozen=True)
class PortalArea:
    """One object of a layer: a municipality, a protected area, a class of a map.

    ``pid`` is its id: digits, or ``layer:class`` for a class of a grid. ``area_km2`` is
    spherical.
    """

    pid: str
    name: str
    description: str = ""
    field_id: str = ""
    field_name: str = ""
    area_km2: Optional[float] = None
    extent: Optional[Extent] = None
    geometry_type: str = ""


def parse_area(answer: Any) -> PortalArea:
    """Read an object (contract/spatial 3), or an element of the gazetteer's ``/search``.

    A description may be the text "null". Raises ``UnexpectedAnswer`` for one without ``pid``.
    """
    found = as_object(answer, "an area")
    description = text(found, "description")
    return PortalArea(
        pid=required(found, "pid", "an area"),
        name=text(found, "name"),
        description="" if description == "null" else description,
        field_id=text(found, "fid"),
        field_name=text(found, "fieldname"),
        area_km2=number(found, "area_km"),
        extent=parse_extent(text(found, "bbox")),
        geometry_type=text(found, "featureType"),
    )


def parse_extent(wkt: str) -> Optional[Extent]:
    """Return the box of a WKT polygon; the service may have cut a long one off."""
    pairs = [(float(x), float(y)) for x, y in _PAIR.findall(wkt)]
    if len(pairs) < 3:
        return None
    xs, ys = zip(*pairs)
    return min(xs), min(ys), max(xs), max(ys)


def parse_shape(answer: Any) -> Mapping[str, Any]:
    """Return the GeoJSON geometry of ``/shape/geojson``: it comes as a feature, or bare.

    Longitude first. Raises ``UnexpectedAnswer`` for anything else.
    """
    found = as_object(answer, "a shape")
    if found.get("type") == "Feature":
        found = as_object(found.get("geometry"), "the geometry of a shape")
    if "coordinates" not in found and "geometries" not in found:
        raise UnexpectedAnswer("a shape that is no GeoJSON geometry")
    return found
