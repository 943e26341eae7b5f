"""Draws on a transparent picture: dots, rings, squares and hexagons, with numpy alone."""

from __future__ import annotations

from typing import Callable, Dict, Tuple

import numpy as np
from osgeo import gdal

Colour = Tuple[int, int, int, int]  # red, green, blue, alpha
Place = Tuple[np.ndarray, np.ndarray]  # x and y
Shade = Callable[[np.ndarray], np.ndarray]  # counts (n) to colours (n, 4)


class Picture:
    """An RGBA picture; x to the right and y down, in pixels, the origin at the upper left."""

    def __init__(self, width: int, height: int) -> None:
        self.pixels = np.zeros((height, width, 4), np.uint8)

    def dots(self, x: np.ndarray, y: np.ndarray, radius: int, colour: Colour) -> None:
        """Fill a disc around each point."""
        reach = np.arange(-radius, radius + 1)
        across, down = np.meshgrid(reach, reach)
        disc = across**2 + down**2 <= radius**2
        self._stamp(x, y, across[disc], down[disc], colour)

    def rings(self, x: np.ndarray, y: np.ndarray, radius: float, colour: Colour) -> None:
        """Draw a circle, one pixel wide, around each point."""
        corners = np.unique(
            np.round(radius * np.exp(1j * np.linspace(0, 2 * np.pi, max(8, int(radius * 8)))), 0)
        )
        self._stamp(x, y, corners.real.astype(int), corners.imag.astype(int), colour)

    def cells(self, at: Place, weights: np.ndarray, size: float, shade: Shade) -> None:
        """Fill squares of ``size`` pixels by how much lies in each."""
        x, y = at
        height, width = self.pixels.shape[:2]
        across = np.floor(np.arange(width) / size).astype(int)
        down = np.floor(np.arange(height) / size).astype(int)
        inside = (x >= 0) & (x < width) & (y >= 0) & (y < height)
        counts = np.zeros((down[-1] + 1, across[-1] + 1))
        rows, columns = (np.floor(v[inside] / size).astype(int) for v in (y, x))
        np.add.at(counts, (rows, columns), weights[inside])
        self._fill(counts[np.ix_(down, across)], shade)

    def hexagons(
        self,
        at: Place,
        weights: np.ndarray,
        size: float,
        origin: Tuple[float, float],
        shade: Shade,
    ) -> None:
        """Fill hexagons of ``size`` pixels by how much lies in each.

        ``origin`` is the pixel where the pattern begins, so that it goes on over the next tile.
        """
        x, y = at
        height, width = self.pixels.shape[:2]
        counts: Dict[Tuple[int, int], float] = {}
        for q, r, weight in zip(*_hexagon(x - origin[0], y - origin[1], size), weights):
            counts[(q, r)] = counts.get((q, r), 0.0) + weight
        across, down = np.meshgrid(np.arange(width) + 0.5, np.arange(height) + 0.5)
        q, r = _hexagon(across - origin[0], down - origin[1], size)
        codes, index = np.unique(q * 1_000_003 + r, return_inverse=True)
        values = {q_ * 1_000_003 + r_: count for (q_, r_), count in counts.items()}
        per_code = np.array([values.get(int(code), 0.0) for code in codes])
        self._fill(per_code[index].reshape(height, width), shade)

    def png(self) -> bytes:
        """Return the picture as a PNG."""
        height, width = self.pixels.shape[:2]
        memory = gdal.GetDriverByName("MEM").Create("", width, height, 4, gdal.GDT_Byte)
        for band in range(4):
            memory.GetRasterBand(band + 1).WriteArray(self.pixels[:, :, band])
        memory.GetRasterBand(4).SetColorInterpretation(gdal.GCI_AlphaBand)
        path = f"/vsimem/picture{id(self)}.png"
        gdal.GetDriverByName("PNG").CreateCopy(path, memory).FlushCache()
        try:
            file = gdal.VSIFOpenL(path, "rb")
            data = bytes(gdal.VSIFReadL(1, gdal.VSIStatL(path).size, file))
            gdal.VSIFCloseL(file)
        finally:
            gdal.Unlink(path)
        return data

    def _stamp(
        self, x: np.ndarray, y: np.ndarray, across: np.ndarray, down: np.ndarray, colour: Colour
    ) -> None:
        height, width = self.pixels.shape[:2]
        for dx, dy in zip(across, down):
            px, py = x + dx, y + dy
            inside = (px >= 0) & (px < width) & (py >= 0) & (py < height)
            self.pixels[py[inside], px[inside]] = colour

    def _fill(self, counts: np.ndarray, shade: Shade) -> None:
        filled = counts > 0
        self.pixels[filled] = shade(counts[filled])


def _hexagon(x: np.ndarray, y: np.ndarray, size: float) -> Tuple[np.ndarray, np.ndarray]:
    """Return the axial coordinates of the pointy-topped hexagons that hold points."""
    q = (np.sqrt(3) / 3 * x - y / 3) / size
    r = 2 / 3 * y / size
    s = -q - r
    whole_q, whole_r, whole_s = np.round(q), np.round(r), np.round(s)
    off_q, off_r, off_s = abs(whole_q - q), abs(whole_r - r), abs(whole_s - s)
    fix_q = (off_q > off_r) & (off_q > off_s)
    fix_r = ~fix_q & (off_r > off_s)
    whole_q = np.where(fix_q, -whole_r - whole_s, whole_q)
    whole_r = np.where(fix_r, -whole_q - whole_s, whole_r)
    return whole_q.astype(int), whole_r.astype(int)
