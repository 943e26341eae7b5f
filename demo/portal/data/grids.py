"""The two grids in which Flemish field records are written down: UTM and IFBL.

UTM: the Military Grid Reference System in zone 31U on WGS 84 (EPSG:32631). 100 km squares carry
two letters (``ES``), 10 km squares two digits more (``ES56``), 1 km squares four (``ES5565``).
A 5 km square is a quarter of a 10 km square: A north-west, B south-west, C north-east,
D south-east (``ES56C``).

IFBL: the grid of the Institut Floristique Belgo-Luxembourgeois. Sheets of 32 by 20 km, a letter
from north to south, without I, and a digit from west to east (``C3``); in each 5 rows of 8 squares
of 4 km ("uurhok", ``C3-45``: row 4 from the north, column 5 from the west); in each of these four
quarters, and in each quarter four squares of 1 km ("kwartierhok"), both numbered 1 north-west,
2 north-east, 3 south-west, 4 south-east (``C3-45-12``: north-eastern square of the north-western
quarter). The sheets are older than Lambert 1972; in its coordinates (EPSG:31370) the north-western
corner of sheet A0 lies at 2012, 258180. All of this follows from the centres of the squares of 4
and of 1 km that the Belgian Biodiversity Platform publishes.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import List, Tuple

from osgeo import osr

UTM_EPSG = 32631
IFBL_EPSG = 31370

_COLUMNS = "ABCDEFGH"  # zone 31: 100 to 899 km east
_ROWS = "ABCDEFGHJKLMNPQRSTUV"  # an odd zone: A begins at every 2,000 km north
_QUARTERS = {(0, 1): "A", (0, 0): "B", (1, 1): "C", (1, 0): "D"}
_BELGIUM_NORTH = 4_000_000  # the rows of Belgium stand in the third cycle

_IFBL_WEST, _IFBL_NORTH = 2_012, 258_180
_SHEETS = "ABCDEFGHJKLM"


@dataclass(frozen=True)
class Square:
    """A square of a grid; ``west``, ``south`` and ``size`` are metres in the CRS ``epsg``."""

    system: str
    code: str
    epsg: int
    west: float
    south: float
    size: int

    @property
    def uncertainty(self) -> int:
        """Half the diagonal, in whole metres: the radius that covers the square."""
        return round(self.size / math.sqrt(2))

    def centre(self) -> Tuple[float, float]:
        """Return longitude and latitude (WGS 84) of the middle."""
        half = self.size / 2
        lon, lat, _ = _to_wgs84(self.epsg).TransformPoint(self.west + half, self.south + half)
        return lon, lat

    def ring(self) -> List[Tuple[float, float]]:
        """Return the closed outline as longitude and latitude (WGS 84)."""
        west, south, size = self.west, self.south, self.size
        corners = ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))
        points = [(west + x * size, south + y * size) for x, y in corners]
        return [(p[0], p[1]) for p in _to_wgs84(self.epsg).TransformPoints(points)]


def utm_square(lon: float, lat: float, size: int) -> Square:
    """Return the UTM square of 1,000, 5,000 or 10,000 m that holds a point (WGS 84)."""
    east, north, _ = _from_wgs84(UTM_EPSG).TransformPoint(lon, lat)
    west, south = math.floor(east / size) * size, math.floor(north / size) * size
    letters = _COLUMNS[int(west // 100_000) - 1] + _ROWS[int(south // 100_000) % 20]
    x, y = int(west % 100_000), int(south % 100_000)
    if size == 1_000:
        code = f"{letters}{x // 1_000:02d}{y // 1_000:02d}"
    else:
        code = f"{letters}{x // 10_000}{y // 10_000}"
        if size == 5_000:
            code += _QUARTERS[x // 5_000 % 2, y // 5_000 % 2]
    return Square(f"UTM {size // 1000}km", code, UTM_EPSG, west, south, size)


def utm_by_code(code: str) -> Square:
    """Return the UTM square of a code such as ES56, ES56C or ES5565; else ValueError."""
    letters, digits = code[:2], code[2:]
    quarter = {letter: step for step, letter in _QUARTERS.items()}.get(digits[-1:])
    if quarter:
        digits, size = digits[:-1], 5_000
    else:
        size = {2: 10_000, 4: 1_000}.get(len(digits), 0)
    if not (size and digits.isdigit() and len(digits) == (4 if size == 1_000 else 2)):
        raise ValueError(f"no UTM square: {code}")
    if letters[:1] not in _COLUMNS or letters[1:] not in _ROWS:
        raise ValueError(f"no UTM square: {code}")
    unit, half = (1_000, 2) if size == 1_000 else (10_000, 1)
    west = (_COLUMNS.index(letters[0]) + 1) * 100_000 + int(digits[:half]) * unit
    south = _BELGIUM_NORTH + _ROWS.index(letters[1]) * 100_000 + int(digits[half:]) * unit
    if quarter:
        west, south = west + quarter[0] * size, south + quarter[1] * size
    return Square(f"UTM {size // 1000}km", code, UTM_EPSG, west, south, size)


def ifbl_square(lon: float, lat: float, size: int) -> Square:
    """Return the IFBL square of 1,000 or 4,000 m that holds a point (WGS 84).

    Raises ValueError outside the sheets A0 to M9.
    """
    x, y, _ = _from_wgs84(IFBL_EPSG).TransformPoint(lon, lat)
    column, row = math.floor((x - _IFBL_WEST) / size), math.floor((_IFBL_NORTH - y) / size)
    across, down = 32_000 // size, 20_000 // size
    if not (0 <= column < 10 * across and 0 <= row < len(_SHEETS) * down):
        raise ValueError(f"outside the IFBL grid: {lon} {lat}")
    code = f"{_SHEETS[row // down]}{column // across}"
    row_in, column_in = row % down, column % across
    if size == 4_000:
        code += f"-{row_in + 1}{column_in + 1}"
    else:
        code += f"-{row_in // 4 + 1}{column_in // 4 + 1}"
        quarter = row_in % 4 // 2 * 2 + column_in % 4 // 2 + 1
        code += f"-{quarter}{row_in % 2 * 2 + column_in % 2 + 1}"
    west, south = _IFBL_WEST + column * size, _IFBL_NORTH - (row + 1) * size
    return Square(f"IFBL {size // 1000}km", code, IFBL_EPSG, west, south, size)


def ifbl_by_code(code: str) -> Square:
    """Return the IFBL square of a code such as C3-45 or C3-45-12; else ValueError."""
    parts = code.split("-")
    if len(parts) not in (2, 3) or any(len(part) != 2 for part in parts):
        raise ValueError(f"no IFBL square: {code}")
    sheet, hour = parts[0], parts[1]
    quarters = parts[2] if len(parts) == 3 else "11"
    limits = zip(hour + quarters, (5, 8, 4, 4))
    if sheet[0] not in _SHEETS or not sheet[1].isdigit():
        raise ValueError(f"no IFBL square: {code}")
    if any(not digit.isdigit() or not 1 <= int(digit) <= last for digit, last in limits):
        raise ValueError(f"no IFBL square: {code}")
    size = 4_000 if len(parts) == 2 else 1_000
    west = _IFBL_WEST + int(sheet[1]) * 32_000 + (int(hour[1]) - 1) * 4_000
    north = _IFBL_NORTH - _SHEETS.index(sheet[0]) * 20_000 - (int(hour[0]) - 1) * 4_000
    for number, step in ((int(quarters[0]) - 1, 2_000), (int(quarters[1]) - 1, 1_000)):
        west, north = west + number % 2 * step, north - number // 2 * step
    return Square(f"IFBL {size // 1000}km", code, IFBL_EPSG, west, north - size, size)


@cache
def _from_wgs84(epsg: int) -> osr.CoordinateTransformation:
    return osr.CoordinateTransformation(_crs(4326), _crs(epsg))


@cache
def _to_wgs84(epsg: int) -> osr.CoordinateTransformation:
    return osr.CoordinateTransformation(_crs(epsg), _crs(4326))


def _crs(epsg: int) -> osr.SpatialReference:
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(epsg)
    crs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return crs
