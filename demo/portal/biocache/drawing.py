"""Puts the records of a search on a map picture (contract/occurrences 2.1)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Iterable, List, Optional, Sequence

import numpy as np
from osgeo import osr

from demo.portal.biocache import facets
from demo.portal.biocache.classes import classes
from demo.portal.biocache.labels import Labels
from demo.portal.biocache.map_request import MapRequest
from demo.portal.biocache.painting import Colour, Picture
from demo.portal.biocache.selection import Selection
from demo.portal.biocache.translate import Sql, column

UNCERTAINTY_STEPS = (1000, 2000, 4000, 8000, 16000, 30000)  # metres
_RING: Colour = (0, 0, 0, 255)
_SELECTED: Colour = (255, 0, 0, 255)
_METRES_PER_DEGREE = 111_195
# counts at which the next colour of a hexagon begins
_HEXBIN_RAMP = "ffffcc,1,fed976,5,fd8d3c,20,e31a1c,100,800026"


@dataclass(frozen=True)
class Points:
    """Where records lie, in pixels, how many at each place, and the value they are coloured by."""

    x: np.ndarray
    y: np.ndarray
    counts: np.ndarray
    values: List[Optional[object]]


class Cartographer:
    """Draws one picture. ``selected`` are the records to ring in red, if any were asked for."""

    def __init__(self, request: MapRequest, selection: Selection, labels: Labels) -> None:
        self._request = request
        self._selection = selection
        self._labels = labels
        wgs84 = osr.SpatialReference()
        wgs84.ImportFromEPSG(4326)
        wgs84.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
        self._forward = osr.CoordinateTransformation(wgs84, request.crs)
        self._back = osr.CoordinateTransformation(request.crs, wgs84)

    def draw(self, selected: Optional[Selection]) -> bytes:
        """Return the PNG."""
        request = self._request
        picture = Picture(request.width, request.height)
        mode = request.style.mode
        if mode == "grid":
            points = self._points(self._selection, None)
            size = request.width / request.style.grid_detail
            picture.cells((points.x, points.y), points.counts, size, _heat)
        elif mode == "hexbin":
            self._hexagons(picture)
        elif mode in ("-1", ""):
            colour = _colour(request.style.colour)
            self._dots(picture, self._points(self._selection, None), colour)
        else:
            self._coloured(picture, mode)
        if request.style.uncertainty:
            self._uncertainty(picture)
        if selected is not None:
            points = self._points(selected, None)
            picture.rings(points.x, points.y, request.style.size + 2, _SELECTED)
        return picture.png()

    def _dots(self, picture: Picture, points: Points, colour: Colour) -> None:
        style = self._request.style
        if style.outline:
            value = style.outline_colour
            edge = (value >> 16 & 255, value >> 8 & 255, value & 255, 255)
            picture.dots(points.x, points.y, max(style.size, 1), edge)
            picture.dots(points.x, points.y, max(style.size - 1, 0), colour)
        else:
            picture.dots(points.x, points.y, max(style.size, 1), colour)

    def _coloured(self, picture: Picture, mode: str) -> None:
        field, found = classes(self._selection, mode, self._labels)
        points = self._points(self._selection, column(field))
        values = [
            [None] if value is None else _parts(field.multivalue, facets.as_text(field, value))
            for value in points.values
        ]
        for number in range(len(found)):  # the rarest class on top
            if number in self._request.style.hidden:
                continue
            here = np.array([not found[number].values.isdisjoint(v) for v in values], dtype=bool)
            if here.any():
                chosen = Points(points.x[here], points.y[here], points.counts[here], [])
                self._dots(picture, chosen, (*found[number].colour, 255))

    def _hexagons(self, picture: Picture) -> None:
        request = self._request
        size = 3 + 2 * min(max(request.style.size, 1), 9)
        across, down = request.resolution
        origin = (-request.box[0] / across, request.box[3] / down)
        points = self._points(self._selection, None, margin=2 * size)
        ramp = request.style.colour if "," in request.style.colour else _HEXBIN_RAMP
        picture.hexagons((points.x, points.y), points.counts, size, origin, _ramp(ramp))

    def _uncertainty(self, picture: Picture) -> None:
        request = self._request
        metres = request.resolution[0] * request.crs.GetLinearUnits()
        if request.crs.IsGeographic():
            metres = request.resolution[0] * _METRES_PER_DEGREE
        low = 0
        for step in UNCERTAINTY_STEPS:
            radius = step / metres
            name = '"coordinateUncertaintyInMeters"'
            within = self._selection.narrowed(Sql(f"{name} > ? AND {name} <= ?", (low, step)))
            low = step
            if radius >= 1:
                reach = min(radius, 2.0 * max(request.width, request.height))
                points = self._points(within, None, margin=int(reach))
                picture.rings(points.x, points.y, reach, _RING)

    def _points(self, selection: Selection, value: Optional[str], margin: int = 0) -> Points:
        """Return the records in sight, those near each other as one, as a heat map gives them."""
        request = self._request
        margin = max(margin, request.style.size + 2)
        across, down = request.resolution
        west, south, east, north = request.box
        sight = (
            *(west - margin * across, south - margin * down),
            *(east + margin * across, north + margin * down),
        )
        west, south, east, north = self._back.TransformBounds(*sight, 21)
        if not all(map(math.isfinite, (west, south, east, north))):
            return Points(np.empty(0, int), np.empty(0, int), np.empty(0), [])
        cell = _cell((east - west) / (request.width + 2 * margin))
        in_sight = Sql(
            "number IN (SELECT id FROM place"
            " WHERE west <= ? AND east >= ? AND south <= ? AND north >= ?)",
            (east, west, north, south),
        )
        lon, lat = '"decimalLongitude"', '"decimalLatitude"'
        rows = selection.narrowed(in_sight).rows(
            f"(floor({lon} / {cell}) + 0.5) * {cell}, (floor({lat} / {cell}) + 0.5) * {cell},"
            f" count(*), {value or 'NULL'}",
            "GROUP BY 1, 2" + (", 4" if value else ""),
        )
        found = rows.fetchall()
        places = self._forward.TransformPoints([(row[0], row[1]) for row in found])
        box = request.box
        x = np.array([(place[0] - box[0]) / across for place in places], dtype=float)
        y = np.array([(box[3] - place[1]) / down for place in places], dtype=float)
        known = np.isfinite(x) & np.isfinite(y)
        return Points(
            np.floor(x[known]).astype(int),
            np.floor(y[known]).astype(int),
            np.array([row[2] for row in found], dtype=float)[known],
            [row[3] for row, ok in zip(found, known) if ok],
        )


def _cell(degrees_per_pixel: float) -> float:
    """Return the cell to which places snap: a power of two of degrees, no wider than a pixel."""
    return 2.0 ** math.floor(math.log2(max(degrees_per_pixel, 1e-7)))


def _parts(multivalue: bool, text: str) -> Sequence[str]:
    return text.split("|") if multivalue else (text,)


def _colour(text: str) -> Colour:
    """Return ``RRGGBB`` or ``AARRGGBB`` as a colour."""
    value = int(text, 16)
    alpha = value >> 24 & 255 if len(text) > 6 else 255
    return value >> 16 & 255, value >> 8 & 255, value & 255, alpha


def _heat(counts: np.ndarray) -> np.ndarray:
    """Shade squares from pale to dark red."""
    strength = np.clip(np.log10(counts + 1) / 3, 0.1, 1)
    shades = np.empty((len(counts), 4), np.uint8)
    shades[:, 0], shades[:, 3] = 255, 255
    shades[:, 1] = shades[:, 2] = (230 * (1 - strength)).astype(np.uint8)
    return shades


def _ramp(text: str) -> Ramp:
    parts = text.split(",")
    return Ramp([_colour(c) for c in parts[::2]], [float(n) for n in parts[1::2]])


class Ramp:
    """Colours, and the counts from which on each of them but the first is taken."""

    def __init__(self, colours: Iterable[Colour], limits: Sequence[float]) -> None:
        self._colours = np.array(list(colours), np.uint8)
        self._limits = np.array(limits)

    def __call__(self, counts: np.ndarray) -> np.ndarray:
        steps = np.searchsorted(self._limits, counts, side="right")
        return self._colours[np.clip(steps, 0, len(self._colours) - 1)]
