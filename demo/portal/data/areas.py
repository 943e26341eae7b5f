"""The places of the demo portal: municipalities, provinces, the region, nature areas.

Real names roughly where they lie, shapes made up: municipalities are the Voronoi cells of the
towns' centres inside a hand-drawn outline of Flanders, nature areas are blobs around their heart.
Deterministic, offline, OGR and the standard library only. All coordinates are lon lat, EPSG:4326.
"""

from __future__ import annotations

import csv
import hashlib
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Dict, Generic, Iterable, List, Optional, Sequence, Tuple, TypeVar

from osgeo import ogr

HERE = Path(__file__).parent
REGION = "Vlaams Gewest"
PROVINCES = ("Antwerpen", "Limburg", "Oost-Vlaanderen", "Vlaams-Brabant", "West-Vlaanderen")
VOEREN = "Voeren"  # an exclave: no Voronoi cell, a polygon of its own

# From the coast at De Panne along the Dutch border, the Meuse and the language border back.
_OUTLINE = """
2.54133 51.089, 2.72 51.160, 2.91 51.245, 3.13 51.325, 3.37 51.374, 3.385 51.275, 3.52 51.245,
3.53 51.290, 3.67 51.285, 3.80 51.260, 3.90 51.210, 4.03 51.245, 4.17 51.290, 4.24 51.370,
4.34 51.375, 4.39 51.430, 4.395 51.470, 4.54 51.482, 4.545 51.430, 4.68 51.430, 4.77 51.50511,
4.84 51.460, 4.93 51.395, 5.04 51.480, 5.13 51.440, 5.13 51.320, 5.24 51.310, 5.32 51.265,
5.42 51.265, 5.56 51.270, 5.58 51.225, 5.84 51.165, 5.80 51.090, 5.74 51.010, 5.755 50.955,
5.69 50.900, 5.645 50.865, 5.69 50.805, 5.69 50.755, 5.50 50.735, 5.42 50.725, 5.20 50.705,
5.07 50.68767, 4.93 50.745, 4.76 50.795, 4.60 50.752, 4.47 50.742, 4.36 50.722, 4.20 50.692,
4.02 50.698, 3.93 50.715, 3.85 50.732, 3.60 50.722, 3.46 50.752, 3.35 50.712, 3.24 50.768,
3.11 50.785, 2.98 50.760, 2.83 50.735, 2.72 50.782, 2.62 50.830, 2.60 50.935, 2.57 51.000,
2.54133 51.089"""
_BRUSSELS = """
4.25 50.835, 4.27 50.872, 4.32 50.895, 4.37 50.913, 4.43 50.895, 4.44 50.855, 4.475 50.835,
4.47 50.803, 4.43 50.782, 4.38 50.768, 4.34 50.782, 4.31 50.812, 4.26 50.812, 4.25 50.835"""
_VOEREN = """
5.75 50.735, 5.78 50.757, 5.85 50.757, 5.912 50.740, 5.90 50.722, 5.83 50.715, 5.75 50.735"""

KM_PER_DEGREE = 111.2  # of latitude; of longitude times the cosine of the latitude
_COSINE = math.cos(math.radians(51))

Ring = List[Tuple[float, float]]
Item = TypeVar("Item")


@dataclass(frozen=True)
class Area:
    """A named place; ``wkt`` is a MULTIPOLYGON, ``province`` empty where it spans several."""

    name: str
    province: str
    wkt: str


@dataclass(frozen=True)
class Place:
    """What lies at one point; None where nothing of that kind does."""

    municipality: Optional[str]
    province: Optional[str]
    region: Optional[str]
    habitats_directive: Optional[str]
    birds_directive: Optional[str]
    nature_reserve: Optional[str]


def locate(lon: float, lat: float) -> Place:
    """Return what lies at a point; outside Flanders all is None."""
    town = _index("municipalities").find(lon, lat)
    if town is None:
        return Place(None, None, None, None, None, None)
    return Place(
        town.name,
        town.province,
        REGION,
        _name(_index("habitats_directive").find(lon, lat)),
        _name(_index("birds_directive").find(lon, lat)),
        _name(_index("nature_reserves").find(lon, lat)),
    )


@cache
def flanders() -> Area:
    """Return the region's outline, Brussels cut out, the exclave Voeren included."""
    return Area(REGION, "", _wkt(mainland().Union(_polygon(_points(_VOEREN)))))


def region() -> Tuple[Area, ...]:
    """Return the one object of the layer of regions."""
    return (flanders(),)


def mainland() -> ogr.Geometry:
    """Return the region without its exclave."""
    return _polygon(_points(_OUTLINE)).Difference(_polygon(_points(_BRUSSELS)))


def voronoi(centres: Sequence[Tuple[float, float]]) -> List[str]:
    """Return, for each centre, the part of the mainland that is nearest to it, as WKT."""
    whole = mainland()
    return [_wkt(_polygon(_cell(centre, centres)).Intersection(whole)) for centre in centres]


@cache
def municipalities() -> Tuple[Area, ...]:
    """Return the municipalities, ordered by name; together they tile ``flanders()``."""
    with (HERE / "towns.csv").open(encoding="utf-8", newline="") as stream:
        towns = [
            (t["name"], t["province"], float(t["lon"]), float(t["lat"]))
            for t in csv.DictReader(stream)
        ]
    shapes = voronoi([(lon, lat) for _, _, lon, lat in towns])
    areas = [Area(name, province, wkt) for (name, province, _, _), wkt in zip(towns, shapes)]
    areas.append(Area(VOEREN, "Limburg", _wkt(_polygon(_points(_VOEREN)))))
    return tuple(sorted(areas, key=lambda area: area.name))


@cache
def provinces() -> Tuple[Area, ...]:
    """Return the five provinces, each the union of its municipalities."""
    found = []
    for name in PROVINCES:
        parts = ogr.Geometry(ogr.wkbMultiPolygon)
        for area in municipalities():
            if area.province == name:
                for part in ogr.CreateGeometryFromWkt(area.wkt):
                    parts.AddGeometry(part)
        found.append(Area(name, name, _wkt(parts.UnionCascaded())))
    return tuple(found)


def habitats_directive() -> Tuple[Area, ...]:
    """Return the sites of Community importance of the Habitats Directive."""
    return _sites("habitat")


def birds_directive() -> Tuple[Area, ...]:
    """Return the special protection areas of the Birds Directive."""
    return _sites("bird")


def nature_reserves() -> Tuple[Area, ...]:
    """Return nature reserves."""
    return _sites("reserve")


@cache
def _sites(kind: str) -> Tuple[Area, ...]:
    inside = ogr.CreateGeometryFromWkt(flanders().wkt)
    found = []
    with (HERE / "sites.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if row["kind"] != kind:
                continue
            shape = ogr.Geometry(ogr.wkbMultiPolygon)
            for number, part in enumerate(row["parts"].split(";")):
                lon, lat, radius = (float(text) for text in part.split())
                shape.AddGeometry(_polygon(blob(f"{row['name']} {number}", lon, lat, radius)))
            found.append(Area(row["name"], "", _wkt(shape.UnionCascaded().Intersection(inside))))
    return tuple(found)


def blob(seed: str, lon: float, lat: float, radius: float, corners: int = 48) -> Ring:
    """Return a closed ring around a point, about ``radius`` km wide, shaped by ``seed``."""
    bytes_ = hashlib.sha256(seed.encode()).digest()
    waves = [(k, bytes_[k] / 255 * 0.5 / k, bytes_[k + 8] / 255 * 2 * math.pi) for k in range(2, 7)]
    ring = []
    for i in range(corners):
        angle = 2 * math.pi * i / corners
        length = radius * (1 + sum(size * math.sin(k * angle + turn) for k, size, turn in waves))
        ring.append(
            (
                lon + length * math.cos(angle) / KM_PER_DEGREE / _COSINE,
                lat + length * math.sin(angle) / KM_PER_DEGREE,
            )
        )
    return [*ring, ring[0]]


def _cell(centre: Tuple[float, float], others: Sequence[Tuple[float, float]]) -> Ring:
    """Return the points nearer to ``centre`` than to any of the others, as a closed ring."""
    ring: Ring = [(2.0, 50.0), (6.5, 50.0), (6.5, 52.0), (2.0, 52.0)]
    for other in others:
        if other == centre:
            continue
        middle = ((centre[0] + other[0]) / 2, (centre[1] + other[1]) / 2)
        # Distances are compared in kilometres: a degree of longitude counts less.
        a = (other[0] - centre[0]) * _COSINE**2
        b = other[1] - centre[1]
        ring = _clip(ring, a, b, a * middle[0] + b * middle[1])
    return [*ring, ring[0]]


def _clip(ring: Ring, a: float, b: float, c: float) -> Ring:
    """Return the part of a convex, open ring where ``a x + b y <= c`` (Sutherland-Hodgman)."""
    kept: Ring = []
    for i, (x, y) in enumerate(ring):
        x0, y0 = ring[i - 1]
        before, now = a * x0 + b * y0 - c, a * x + b * y - c
        if (before > 0) != (now > 0):
            part = before / (before - now)
            kept.append((x0 + part * (x - x0), y0 + part * (y - y0)))
        if now <= 0:
            kept.append((x, y))
    return kept


def _points(text: str) -> Ring:
    return [(float(x), float(y)) for x, y in (pair.split() for pair in text.split(","))]


def _polygon(ring: Iterable[Tuple[float, float]]) -> ogr.Geometry:
    line = ogr.Geometry(ogr.wkbLinearRing)
    for x, y in ring:
        # Six decimals (0.1 m) at once, so that neighbours keep the very same corners.
        line.AddPoint_2D(round(x, 6), round(y, 6))
    polygon = ogr.Geometry(ogr.wkbPolygon)
    polygon.AddGeometry(line)
    return polygon


def _wkt(geometry: ogr.Geometry) -> str:
    """Return polygonal geometry as a MULTIPOLYGON with six decimals."""
    whole = ogr.Geometry(ogr.wkbMultiPolygon)
    polygonal = ogr.ForceToMultiPolygon(geometry)
    for part in polygonal:
        rounded = ogr.Geometry(ogr.wkbPolygon)
        for ring in part:
            line = ogr.Geometry(ogr.wkbLinearRing)
            for x, y, *_ in ring.GetPoints():
                line.AddPoint_2D(round(x, 6), round(y, 6))
            rounded.AddGeometry(line)
        whole.AddGeometry(rounded)
    return str(whole.ExportToWkt())


def _name(area: Optional[Area]) -> Optional[str]:
    return area.name if area else None


class PolygonIndex(Generic[Item]):
    """Polygons by cells of a twentieth of a degree, so that a point meets only its neighbours."""

    CELLS_PER_DEGREE = 20

    def __init__(self, items: Iterable[Tuple[Item, ogr.Geometry]]) -> None:
        """Index items by their MULTIPOLYGON, lon lat."""
        self._cells: Dict[Tuple[int, int], List[Tuple[Item, List[Ring]]]] = {}
        for item, geometry in items:
            for part in geometry:
                west, east, south, north = (v * self.CELLS_PER_DEGREE for v in part.GetEnvelope())
                rings = [[(p[0], p[1]) for p in ring.GetPoints()] for ring in part]
                for x in range(math.floor(west), math.floor(east) + 1):
                    for y in range(math.floor(south), math.floor(north) + 1):
                        self._cells.setdefault((x, y), []).append((item, rings))

    def find(self, lon: float, lat: float) -> Optional[Item]:
        """Return the first item that holds the point, or None."""
        cell = (
            math.floor(lon * self.CELLS_PER_DEGREE),
            math.floor(lat * self.CELLS_PER_DEGREE),
        )
        for item, rings in self._cells.get(cell, ()):
            if sum(_encloses(ring, lon, lat) for ring in rings) % 2:
                return item
        return None


def _encloses(ring: Ring, x: float, y: float) -> bool:
    """Tell whether a closed ring goes round a point (ray casting)."""
    inside = False
    x0, y0 = ring[0]
    for x1, y1 in ring:
        if (y0 > y) != (y1 > y) and x < x0 + (y - y0) * (x1 - x0) / (y1 - y0):
            inside = not inside
        x0, y0 = x1, y1
    return inside


@cache
def _index(layer: str) -> PolygonIndex[Area]:
    areas = {
        "municipalities": municipalities,
        "habitats_directive": habitats_directive,
        "birds_directive": birds_directive,
        "nature_reserves": nature_reserves,
    }[layer]()
    return PolygonIndex((area, ogr.CreateGeometryFromWkt(area.wkt)) for area in areas)
