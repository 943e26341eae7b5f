"""The vector data behind the demo portal's contextual layers: places, squares, parcels, water.

Made up but plausible, deterministic, without network. Geometry lon lat, EPSG:4326.
"""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Dict, Iterator, List, Sequence, Tuple

from osgeo import ogr

from demo.portal.data import areas, grids

HERE = Path(__file__).parent
# The Belgian part of the North Sea beyond the coast; roughly.
_SEA = """POLYGON((2.54133 51.089,2.72 51.16,2.91 51.245,3.13 51.325,3.37 51.374,3.08 51.55,
2.88 51.69,2.55 51.87,2.24 51.56,2.54133 51.089))"""
_EVALUATIONS = ("m", "mw", "mwz", "mz", "w", "wz", "z")  # from less to more valuable
_UNITS = {"m": "bl", "mw": "hp", "mwz": "hp+", "mz": "kbp", "w": "hpr", "wz": "qs", "z": "cg"}
_HABITATS = {"w": "rbbhf", "wz": "9120", "z": "4030"}
_TEXTURES = ("Z - zand", "S - lemig zand", "P - lichte zandleem", "L - zandleem", "A - leem")
_ZONES = ("agrarisch gebied", "woongebied", "natuurgebied", "bosgebied", "industriegebied")
_CROPS = {
    "Aardappelen": "Aardappelen (niet-vroege)",
    "Fruit en Noten": "Appelen",
    "Granen, zaden en peulvruchten": "Wintertarwe",
    "Grasland": "Grasland",
    "Overige": "Braakliggend land",
    "Overige gewassen": "Sierplanten",
    "Suikerbieten": "Suikerbieten",
    "Vlas en hennep": "Vezelvlas",
    "Voedergewassen": "Silomaïs",
    "Water": "Waterplas",
}
_KM = 1 / areas.KM_PER_DEGREE


@dataclass(frozen=True)
class Feature:
    """One feature: its attributes and its geometry (MULTIPOLYGON)."""

    attributes: Dict[str, str]
    geometry: ogr.Geometry


def tables() -> Dict[str, Callable[[], List[Feature]]]:
    """Return, by name, how to make each table of ``layers.gpkg``."""
    return {
        "gewest": lambda: _named(areas.region()),
        "provincies": lambda: _named(areas.provinces()),
        "gemeenten": lambda: _named(areas.municipalities(), "PROVINCIE"),
        "habitatrichtlijngebieden": lambda: _sites(areas.habitats_directive()),
        "vogelrichtlijngebieden": lambda: _sites(areas.birds_directive()),
        "natuurreservaten": lambda: _named(areas.nature_reserves()),
        "natura2000_categorieen": _natura_2000,
        "ven_ivon": _ecological_network,
        "nationale_parken": _national_parks,
        "belgische_eez": lambda: [_feature({"NAAM": "Belgische EEZ"}, _SEA)],
        "bekkens": lambda: _around("bekken"),
        "deelbekkens": lambda: _around("deelbekken"),
        "ecoregios": lambda: _around("ecoregio"),
        "wildbeheereenheden": _game_management_units,
        "jachtterreinen": _hunting_grounds,
        "waterlopen": _watercourses,
        "ifbl_uurhokken": _ifbl_squares,
        "utm_5km": _utm_squares,
        "bwk": _valuation_parcels,
        "landbouw": _farmland_parcels,
    }


def _named(found: Sequence[areas.Area], province: str = "") -> List[Feature]:
    return [
        _feature({"NAAM": area.name, **({province: area.province} if province else {})}, area.wkt)
        for area in found
    ]


def _sites(found: Sequence[areas.Area]) -> List[Feature]:
    with (HERE / "sites.csv").open(encoding="utf-8", newline="") as stream:
        codes = {row["name"]: row["code"] for row in csv.DictReader(stream) if row["code"]}
    return [_feature({"NAAM": a.name, "CODE": codes.get(a.name, "")}, a.wkt) for a in found]


def _natura_2000() -> List[Feature]:
    kinds = (
        ("Habitatrichtlijngebied", areas.habitats_directive()),
        ("Vogelrichtlijngebied", areas.birds_directive()),
    )
    return [
        _feature({"CATEGORIE": kind, "NAAM": area.name}, area.wkt)
        for kind, found in kinds
        for area in found
    ]


def _ecological_network() -> List[Feature]:
    found = (*areas.habitats_directive(), *areas.nature_reserves())
    types = ("GEN", "GENO", "IVON")
    return [
        _feature({"TYPE": types[i % 3], "NAAM": area.name}, area.wkt)
        for i, area in enumerate(found)
    ]


def _national_parks() -> List[Feature]:
    region = ogr.CreateGeometryFromWkt(areas.flanders().wkt)
    parks = []
    for name, lon, lat in _seeds("park"):
        ring = ", ".join(f"{x:.6f} {y:.6f}" for x, y in areas.blob(name, lon, lat, 5.5, 90))
        shape = ogr.CreateGeometryFromWkt(f"POLYGON(({ring}))").Intersection(region)
        parks.append(_feature({"NAAM": name}, shape.ExportToWkt()))
    return parks


def _around(kind: str) -> List[Feature]:
    """Return Voronoi cells; a name with something in brackets is a second part of the first."""
    seeds = _seeds(kind)
    cells = areas.voronoi([(lon, lat) for _, lon, lat in seeds])
    return [_feature({"NAAM": name.split(" (")[0]}, wkt) for (name, _, _), wkt in zip(seeds, cells)]


def _seeds(kind: str) -> List[Tuple[str, float, float]]:
    with (HERE / "seeds.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["kind"] == kind]
    return [(row["name"], float(row["lon"]), float(row["lat"])) for row in rows]


def _game_management_units() -> List[Feature]:
    with (HERE / "towns.csv").open(encoding="utf-8", newline="") as stream:
        towns = list(csv.DictReader(stream))[::2]
    cells = areas.voronoi([(float(t["lon"]), float(t["lat"])) for t in towns])
    return [
        _feature({"NAAM": f"WBE {town['name']} en omstreken"}, wkt)
        for town, wkt in zip(towns, cells)
    ]


def _hunting_grounds() -> List[Feature]:
    found = []
    for number, (place, ring, _) in enumerate(_parcels(5.0, "jacht", 0.92)):
        attributes = {"JACHTNR": f"{20000 + number}", "WBE": f"WBE {place.municipality}"}
        found.append(_feature(attributes, ring))
    return found


def _watercourses() -> List[Feature]:
    region = ogr.CreateGeometryFromWkt(areas.flanders().wkt)
    found = []
    with (HERE / "rivers.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            points = [tuple(map(float, pair.split())) for pair in row["points"].split(";")]
            line = ", ".join(f"{x:.6f} {y:.6f}" for x, y in _meander(row["name"], points))
            water = ogr.CreateGeometryFromWkt(f"LINESTRING({line})").Buffer(0.0009, 2)
            attributes = {"NAAM": row["name"], "CATEGORIE": row["category"]}
            found.append(_feature(attributes, water.Intersection(region).ExportToWkt()))
    return found


def _meander(name: str, points: Sequence[Tuple[float, ...]]) -> List[Tuple[float, float]]:
    """Return the line with each piece broken aside four times over (midpoint displacement)."""
    chance = random.Random(name)
    line = [(p[0], p[1]) for p in points]
    for _ in range(4):
        bent = [line[0]]
        for (x0, y0), (x1, y1) in zip(line, line[1:]):
            aside = chance.uniform(-0.12, 0.12)
            bent.append(((x0 + x1) / 2 - aside * (y1 - y0), (y0 + y1) / 2 + aside * (x1 - x0)))
            bent.append((x1, y1))
        line = bent
    return line


def _ifbl_squares() -> List[Feature]:
    squares = {}
    for lon, lat in _scattered(2.0):
        square = grids.ifbl_square(lon, lat, 4_000)
        squares[square.code] = square
    return [_feature({"CODE": code}, _ring(s.ring())) for code, s in sorted(squares.items())]


def _utm_squares() -> List[Feature]:
    squares = {}
    for lon, lat in _scattered(2.0):
        square = grids.utm_square(lon, lat, 5_000)
        squares[square.code] = square
    return [
        _feature({"TAG": code, "UTM10": code[:4]}, _ring(s.ring()))
        for code, s in sorted(squares.items())
    ]


def _valuation_parcels() -> List[Feature]:
    found = []
    for place, ring, chance in _parcels(1.15, "bwk", 1.0):
        valuable = place.habitats_directive or place.nature_reserve
        weights = (2, 2, 3, 3, 12, 20, 40) if valuable else (60, 14, 4, 5, 8, 4, 2)
        value = chance.choices(_EVALUATIONS, weights)[0]
        found.append(
            _feature(
                {
                    "EVAL": value,
                    "EENH1": _UNITS[value],
                    "HAB1": _HABITATS.get(value, "gh"),
                    "TEXTUUR": chance.choice(_TEXTURES),
                    "BESTEMMING": "natuurgebied" if valuable else chance.choice(_ZONES),
                },
                ring,
            )
        )
    return found


def _farmland_parcels() -> List[Feature]:
    found = []
    for place, ring, chance in _parcels(1.05, "landbouw", 0.72):
        if place.habitats_directive or chance.random() < 0.25:
            continue
        group = chance.choices(tuple(_CROPS), (10, 4, 22, 28, 4, 5, 6, 1, 18, 2))[0]
        found.append(
            _feature(
                {
                    "GEWASGROEP": group,
                    "GWSNAM": _CROPS[group],
                    "EROSIE": chance.choice(("zeer laag", "laag", "medium", "hoog")),
                },
                ring,
            )
        )
    return found


def _parcels(
    size: float, seed: str, filled: float
) -> Iterator[Tuple[areas.Place, str, random.Random]]:
    """Yield parcels of about ``size`` km that tile Flanders, each shrunk to ``filled``.

    With each comes what lies there and the source of chance to choose its attributes by.
    """
    chance = random.Random(seed)
    width, height = size * _KM / 0.63, size * _KM
    columns, rows = int(3.4 / width) + 1, int(0.84 / height) + 1
    nodes = [
        [
            (
                2.53 + (i + chance.uniform(-0.3, 0.3)) * width,
                50.68 + (j + chance.uniform(-0.3, 0.3)) * height,
            )
            for j in range(rows + 1)
        ]
        for i in range(columns + 1)
    ]
    for i in range(columns):
        for j in range(rows):
            corners = (nodes[i][j], nodes[i + 1][j], nodes[i + 1][j + 1], nodes[i][j + 1])
            x = sum(corner[0] for corner in corners) / 4
            y = sum(corner[1] for corner in corners) / 4
            place = areas.locate(x, y)
            if place.region:
                ring = [(x + (a - x) * filled, y + (b - y) * filled) for a, b in corners]
                yield place, _ring([*ring, ring[0]]), chance


def _scattered(step: float) -> Iterator[Tuple[float, float]]:
    """Yield points of Flanders, ``step`` km apart."""
    width, height = step * _KM / 0.63, step * _KM
    for i in range(int(3.4 / width) + 1):
        for j in range(int(0.84 / height) + 1):
            lon, lat = 2.53 + i * width, 50.68 + j * height
            if areas.locate(lon, lat).region:
                yield lon, lat


def _ring(points: Sequence[Tuple[float, float]]) -> str:
    return "POLYGON((" + ", ".join(f"{x:.6f} {y:.6f}" for x, y in points) + "))"


def _feature(attributes: Dict[str, str], wkt: str) -> Feature:
    return Feature(attributes, ogr.ForceToMultiPolygon(ogr.CreateGeometryFromWkt(wkt)))
