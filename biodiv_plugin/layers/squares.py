"""The grids in which Flemish records are written down, as squares in metres.

UTM: the Military Grid Reference System in zone 31 on WGS 84 (EPSG:32631). Two letters name a
square of 100 km (``FS``), two digits more one of 10 km (``FS37``), four one of 1 km (``FS3772``).
A square of 5 km is a quarter of one of 10 km: A north-west, B south-west, C north-east, D
south-east (``FS37D``; its middle in the reference table of the INBO is 51.187358, 4.967555:
github.com/inbo/data-publication, issue 108). ``31U`` may stand before the letters.

IFBL: the grid of the Institut Floristique Belgo-Luxembourgeois, in Belgian Lambert 72
(EPSG:31370). Sheets of 32 by 20 km bear a letter from north to south, I left out, and a digit from
west to east (``C3``). Each has five rows of eight squares of 4 km (``C3-45``: fourth row from the
north, fifth from the west). Each of these has four quarters, and each quarter four squares of
1 km, both numbered 1 north-west, 2 north-east, 3 south-west, 4 south-east (``C3-45-12``). The grid
is older than Lambert 72, whose whole kilometres it misses by 12 m and 180 m: the north-west
corner of sheet A0 lies at 2012, 258180. So it follows from the middles of all squares that the
Belgian Biodiversity Platform publishes (github.com/BelgianBiodiversityPlatform/ifbl), and so the
Walloon flora atlas describes it.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Optional

UTM, IFBL = "UTM", "IFBL"
EPSG = {UTM: "EPSG:32631", IFBL: "EPSG:31370"}
SIZES = {UTM: (1000, 5000, 10_000), IFBL: (1000, 4000)}  # metres

_UTM_COLUMNS = "ABCDEFGH"  # from 100 km east on, in zone 31
_UTM_ROWS = "ABCDEFGHJKLMNPQRSTUV"  # each 100 km, again and again
_UTM_CYCLE = 2_000_000
_UTM_SOUTH = 4_000_000  # the begin of the cycle in which Belgium lies
_QUARTERS = {(0, 1): "A", (0, 0): "B", (1, 1): "C", (1, 0): "D"}  # east, north
_UTM_CODE = re.compile(r"(?:31U)?([A-H][A-HJ-NP-V])(?:(\d{4})|(\d{2})([A-D])?)", re.IGNORECASE)

_IFBL_WEST, _IFBL_NORTH = 2012, 258_180
_IFBL_SHEETS = "ABCDEFGHJKLM"
_IFBL_CODE = re.compile(
    r"([A-HJ-M])(\d)[-. ]?([1-5])([1-8])(?:[-. ]?([1-4])([1-4]))?", re.IGNORECASE
)
_ORIGIN = {UTM: (0, 0), IFBL: (_IFBL_WEST, _IFBL_NORTH)}
_SYSTEM = re.compile(r"\b(UTM|MGRS|IFBL)\b(?:\D*?(\d+)\s*x?\s*\d*\s*km)?", re.IGNORECASE)


@dataclass(frozen=True)
class Square:
    """One square. ``west``, ``south`` and ``size`` are metres in the CRS of its grid."""

    grid: str
    code: str
    west: float
    south: float
    size: int

    @property
    def middle(self) -> tuple[float, float]:
        return self.west + self.size / 2, self.south + self.size / 2

    @property
    def name(self) -> str:
        """Return the grid and the size, as people call them: ``UTM 5 km``."""
        return f"{self.grid} {self.size // 1000} km"

    def corners(self) -> tuple[tuple[float, float], ...]:
        """Return the closed ring, counter-clockwise."""
        east, north = self.west + self.size, self.south + self.size
        return (
            (self.west, self.south),
            (east, self.south),
            (east, north),
            (self.west, north),
            (self.west, self.south),
        )


def square_at(grid: str, size: int, x: float, y: float) -> Optional[Square]:
    """Return the square that holds a point in the CRS of ``grid``; ``None`` outside the grid."""
    if not (math.isfinite(x) and math.isfinite(y)):
        return None
    return _utm_at(size, x, y) if grid == UTM else _ifbl_at(size, x, y)


def distance_to_middle(grid: str, size: int, x: float, y: float) -> float:
    """Return how far (m) a point lies from the middle of its square, along the farther axis."""
    west, south = _ORIGIN[grid]
    half = size / 2
    return max(abs((x - west) % size - half), abs((y - south) % size - half))


def square_of_code(code: str) -> Optional[Square]:
    """Return the square that goes by ``code``, ``None`` where it is no code of a square."""
    compact = code.strip()
    match = _UTM_CODE.fullmatch(compact.replace(" ", ""))
    if match:
        return _utm_of_code(*match.groups())
    match = _IFBL_CODE.fullmatch(compact)
    if match:
        return _ifbl_of_code(*match.groups())
    return None


def read_system(text: str) -> tuple[str, int]:
    """Return the grid and the size in metres that a remark such as ``IFBL 4km`` tells.

    "" and 0 stand for what it does not tell.
    """
    match = _SYSTEM.search(text or "")
    if not match:
        return "", 0
    grid = IFBL if match[1].upper() == IFBL else UTM
    size = int(match[2] or 0) * 1000
    return grid, size if size in SIZES[grid] else 0


def _utm_at(size: int, east: float, north: float) -> Optional[Square]:
    west, south = math.floor(east / size) * size, math.floor(north / size) * size
    column = west // 100_000 - 1
    if not (0 <= column < len(_UTM_COLUMNS) and 0 <= south - _UTM_SOUTH < _UTM_CYCLE):
        return None
    letters = _UTM_COLUMNS[column] + _UTM_ROWS[south % _UTM_CYCLE // 100_000]
    x, y = west % 100_000, south % 100_000
    if size == 1000:
        return Square(UTM, f"{letters}{x // 1000:02d}{y // 1000:02d}", west, south, size)
    code = f"{letters}{x // 10_000}{y // 10_000}"
    if size == 5000:
        code += _QUARTERS[x // 5000 % 2, y // 5000 % 2]
    return Square(UTM, code, west, south, size)


def _utm_of_code(
    letters: str, kilometres: Optional[str], tens: Optional[str], quarter: Optional[str]
) -> Square:
    column, row = letters.upper()
    size = 1000 if kilometres else 10_000
    digits = kilometres or tens or ""
    half = len(digits) // 2
    west = (_UTM_COLUMNS.index(column) + 1) * 100_000 + int(digits[:half]) * size
    south = _UTM_SOUTH + _UTM_ROWS.index(row) * 100_000 + int(digits[half:]) * size
    if quarter:
        size = 5000
        steps = next(step for step, name in _QUARTERS.items() if name == quarter.upper())
        west, south = west + steps[0] * size, south + steps[1] * size
    code = f"{letters}{digits}{quarter or ''}".upper()
    return Square(UTM, code, west, south, size)


def _ifbl_at(size: int, x: float, y: float) -> Optional[Square]:
    column, row = math.floor((x - _IFBL_WEST) / size), math.floor((_IFBL_NORTH - y) / size)
    across, down = 32_000 // size, 20_000 // size  # squares of a sheet
    if not (0 <= column < 10 * across and 0 <= row < len(_IFBL_SHEETS) * down):
        return None
    code = f"{_IFBL_SHEETS[row // down]}{column // across}"
    per_hour = 4000 // size
    code += f"-{row % down // per_hour + 1}{column % across // per_hour + 1}"
    if size == 1000:
        quarter = row % 4 // 2 * 2 + column % 4 // 2 + 1
        code += f"-{quarter}{row % 2 * 2 + column % 2 + 1}"
    west, south = _IFBL_WEST + column * size, _IFBL_NORTH - (row + 1) * size
    return Square(IFBL, code, west, south, size)


def _ifbl_of_code(
    letter: str,
    digit: str,
    row: str,
    column: str,
    quarter: Optional[str],
    part: Optional[str],
) -> Square:
    west = _IFBL_WEST + int(digit) * 32_000 + (int(column) - 1) * 4000
    north = _IFBL_NORTH - _IFBL_SHEETS.index(letter.upper()) * 20_000 - (int(row) - 1) * 4000
    code = f"{letter.upper()}{digit}-{row}{column}"
    if not (quarter and part):
        return Square(IFBL, code, west, north - 4000, 4000)
    for number, size in ((int(quarter) - 1, 2000), (int(part) - 1, 1000)):
        west, north = west + number % 2 * size, north - number // 2 * size
    return Square(IFBL, f"{code}-{quarter}{part}", west, north - 1000, 1000)
