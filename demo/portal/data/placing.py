"""Puts records on the map and fills in what lies there."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any, Dict, List, Optional

from demo.portal.data import areas, grids
from demo.portal.data.areas import Place

# Just over the border: lon, lat, reach in degrees, country, state or province.
_ABROAD = (
    (4.36, 50.85, 0.03, "Belgium", "Brussels Hoofdstedelijk Gewest"),
    (4.60, 50.62, 0.08, "Belgium", "Waals-Brabant"),
    (3.60, 50.60, 0.08, "Belgium", "Henegouwen"),
    (5.30, 50.60, 0.06, "Belgium", "Luik"),
    (4.60, 51.56, 0.04, "Netherlands", "Noord-Brabant"),
)
_NOWHERE = Place(None, None, None, None, None, None)


@dataclass(frozen=True)
class Spot:
    """A location (WGS 84) with what lies there; ``square`` is the grid square it stands for."""

    lon: float
    lat: float
    place: Place
    country: str
    state: Optional[str]
    utm_5: str
    ifbl_4: str
    square: Optional[grids.Square] = None

    def write(self, row: Dict[str, Any], uncertainty: Optional[float]) -> None:
        """Fill in all fields of a record that follow from its location."""
        row["decimalLongitude"], row["decimalLatitude"] = self.lon, self.lat
        row["coordinateUncertaintyInMeters"] = uncertainty
        row["country"], row["stateProvince"] = self.country, self.state
        row["municipality"] = self.place.municipality
        row["cl102"] = self.place.region
        row["cl200"], row["cl201"] = self.utm_5, self.ifbl_4
        row["cl10007"] = self.place.birds_directive
        row["cl10093"] = self.place.habitats_directive
        row["cl10096"] = self.place.nature_reserve
        row["spatiallyValid"] = 1
        if self.square is not None:
            row["coordinateUncertaintyInMeters"] = self.square.uncertainty
            row["gridReference"] = self.square.code
            row["verbatimCoordinateSystem"] = self.square.system
            utm = self.square.epsg == grids.UTM_EPSG
            row["verbatimSRS"] = "WGS84" if utm else "Belgian Datum 1972"


class Places:
    """Finds spots; a grid square is looked up once."""

    def __init__(self) -> None:
        self._squares: Dict[str, Spot] = {}

    def at(self, lon: float, lat: float) -> Spot:
        """Return the spot at a point, rounded to 5 decimals (1 m)."""
        lon, lat = round(lon, 5), round(lat, 5)
        place = areas.locate(lon, lat)
        return Spot(lon, lat, place, "Belgium", place.province, *_hours(lon, lat))

    def in_square(self, square: grids.Square) -> Spot:
        """Return the middle of a grid square, to 6 decimals (0.1 m)."""
        if square.code not in self._squares:
            lon, lat = (round(degrees, 6) for degrees in square.centre())
            place = areas.locate(lon, lat)
            self._squares[square.code] = Spot(
                lon, lat, place, "Belgium", place.province, *_hours(lon, lat), square
            )
        return self._squares[square.code]

    def abroad(self, rng: Random) -> Spot:
        """Return a spot over the border of Flanders, of which no layer knows anything."""
        lon, lat, reach, country, state = rng.choice(_ABROAD)
        lon = round(rng.uniform(lon - reach, lon + reach), 5)
        lat = round(rng.uniform(lat - reach / 2, lat + reach / 2), 5)
        return Spot(lon, lat, _NOWHERE, country, state, *_hours(lon, lat))

    def wrong(self, row: Dict[str, Any], rng: Random) -> List[str]:
        """Give a record coordinates that cannot be right; return the assertions that say so."""
        issue, lon, lat = rng.choice(
            (
                ("ZERO_COORDINATE", 0.0, 0.0),
                ("PRESUMED_SWAPPED_COORDINATE", 51.05, 3.72),
                ("COUNTRY_COORDINATE_MISMATCH", 2.35, 48.86),
                ("PRESUMED_NEGATED_LATITUDE", 4.4, -51.2),
            )
        )
        row.update(decimalLongitude=lon, decimalLatitude=lat, country="Belgium", spatiallyValid=0)
        row["coordinateUncertaintyInMeters"] = 50
        return [issue, "GEODETIC_DATUM_ASSUMED_WGS84"]


def _hours(lon: float, lat: float) -> tuple[str, str]:
    return grids.utm_square(lon, lat, 5_000).code, grids.ifbl_square(lon, lat, 4_000).code
