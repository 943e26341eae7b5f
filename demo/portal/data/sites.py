"""Where the demo portal's observers go: nature areas, towns and the land around them."""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Dict, List, Tuple

from demo.portal.data import areas

HERE = Path(__file__).parent

_HABITATS = {  # by a word in the name of the nature area
    "heath": ("heide", "schietveld", "ven ", "vennen", "domein", "maten"),
    "dune": ("duin", "westhoek", "westkust", "zwin"),
    "coast": ("duin", "zwin", "ijzermonding", "westkust"),
    "forest": ("bos", "woud", "hageven", "voer"),
    "marsh": ("vallei", "moeras", "zegge", "blankaart", "liereman", "meersen", "vijver", "broek"),
    "water": ("vijver", "wijers", "kuifeend", "blokkersdijk", "maten", "kreken", "blankaart"),
    "river": ("schelde", "maas", "demer", "dijle", "nete", "durme", "ijzer", "zwarte beek"),
    "grassland": ("polder", "grasland", "meersen", "jeker", "uiterwaarden", "heuvelland"),
    "farmland": ("polder", "haspengouw", "jeker", "heuvelland"),
}
_AROUND_TOWNS = {"urban": 1.0, "farmland": 5.0, "grassland": 5.0, "water": 4.0, "river": 4.0}


@dataclass(frozen=True)
class Site:
    """A spot that observers visit; ``radius`` in kilometres, ``weight`` how busy it is."""

    name: str
    lon: float
    lat: float
    radius: float
    weight: float


def sites(rng: Random) -> Dict[str, List[Site]]:
    """Return the sites of each habitat: some hot spots, many quiet places."""
    found: Dict[str, List[Site]] = {habitat: [] for habitat in (*_HABITATS, "urban")}
    for name, lon, lat, radius in _nature_areas():
        for habitat, words in _HABITATS.items():
            if any(word in f"{name.lower()} " for word in words):
                found[habitat].append(Site(name, lon, lat, radius, _busy(rng)))
    for name, lon, lat in _towns():
        for habitat, distance in _AROUND_TOWNS.items():
            angle, length = rng.uniform(0, 2 * math.pi), rng.uniform(0, distance)
            near = moved(lon, lat, length * math.cos(angle), length * math.sin(angle))
            found[habitat].append(Site(name, *near, 2.5, _busy(rng) / 2))
    return found


def moved(lon: float, lat: float, east: float, north: float) -> Tuple[float, float]:
    """Return the point that lies so many kilometres east and north of another."""
    cosine = math.cos(math.radians(lat))
    return lon + east / areas.KM_PER_DEGREE / cosine, lat + north / areas.KM_PER_DEGREE


def spot(site: Site, rng: Random) -> Tuple[float, float]:
    """Return a point near the heart of a site (lon, lat)."""
    spread = site.radius / 2
    return moved(site.lon, site.lat, rng.gauss(0, spread), rng.gauss(0, spread))


def anywhere(rng: Random) -> Tuple[float, float]:
    """Return a point in or around Flanders (lon, lat)."""
    return rng.uniform(2.55, 5.9), rng.uniform(50.7, 51.5)


def _busy(rng: Random) -> float:
    return min(rng.paretovariate(0.9), 40.0)


def _nature_areas() -> List[Tuple[str, float, float, float]]:
    with (HERE / "sites.csv").open(encoding="utf-8", newline="") as stream:
        return [
            (row["name"], *(float(number) for number in part.split()))
            for row in csv.DictReader(stream)
            for part in row["parts"].split(";")
        ]


def _towns() -> List[Tuple[str, float, float]]:
    with (HERE / "towns.csv").open(encoding="utf-8", newline="") as stream:
        return [(t["name"], float(t["lon"]), float(t["lat"])) for t in csv.DictReader(stream)]
