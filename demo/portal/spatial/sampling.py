"""The value of a field at a point, for one point or many (contract/spatial 4)."""

from __future__ import annotations

import math
import threading
from typing import Any, Callable, Dict, NamedTuple, Optional, Tuple, Union

import numpy as np
from osgeo import gdal, ogr

from demo.portal.data import layers as layer_data
from demo.portal.data.areas import PolygonIndex
from demo.portal.geoserver import state
from demo.portal.spatial.store import USER_FIELD, Row, Store
from demo.portal.world import World


class _Grid(NamedTuple):
    """A raster in memory: its values, nodata, north-western corner and cell size in degrees."""

    values: np.ndarray
    nodata: float
    west: float
    north: float
    width: float
    height: float


Found = Union[Row, float, None]


class Sampler:
    """Looks values up; what it has read once it keeps, since the data never change."""

    def __init__(self, world: World, store: Store) -> None:
        self._world = world
        self._store = store
        self._lock = threading.Lock()
        self._polygons: Dict[str, PolygonIndex[Row]] = {}
        self._grids: Dict[str, Optional[_Grid]] = {}

    def at(self, field: Row, lon: float, lat: float) -> Found:
        """Return the object (contextual) or the number (environmental) there, else None."""
        return self.reader(field)(lon, lat)

    def reader(self, field: Row) -> Callable[[float, float], Found]:
        """Return what looks a field up by longitude and latitude; for many points."""
        if field["type"] != "e":
            return self._index(field["id"]).find
        layer = self._store.layer(field["spid"])
        grid = self._grid(str(layer["name"])) if layer else None
        return (lambda lon, lat: _at(grid, lon, lat)) if grid else (lambda lon, lat: None)

    def analysis(self, fid: str, lon: float, lat: float) -> Tuple[bool, Optional[float]]:
        """Return whether an analysis made the raster ``{task}_{name}``, and its number there."""
        task = fid.partition("_")[0]
        if not task.isdigit():
            return False, None
        path = state.task(self._world, task) / f"{fid}.tif"
        if not path.exists():
            return False, None
        return True, _at(_read(str(path)), lon, lat)

    def number(self, layer: str, lon: float, lat: float) -> Optional[float]:
        """Return a raster's number at a point; None for nodata and outside."""
        grid = self._grid(layer)
        return _at(grid, lon, lat) if grid else None

    def _grid(self, layer: str) -> Optional[_Grid]:
        with self._lock:
            if layer not in self._grids:
                path = self._world.folder / layer_data.RASTERS / f"{layer}.tif"
                self._grids[layer] = _read(str(path)) if path.exists() else None
            return self._grids[layer]

    def _index(self, fid: str) -> PolygonIndex[Row]:
        known = self._store.numbered(fid)
        with self._lock:
            if known in self._polygons:
                return self._polygons[known]
            index = PolygonIndex(
                (row, ogr.ForceToMultiPolygon(ogr.CreateGeometryFromWkb(row.pop("wkb"))))
                for row in self._store.with_geometry(fid)
            )
            if fid != USER_FIELD:  # that one grows
                self._polygons[known] = index
            return index


def as_float(value: Any) -> str:
    """Return a number as the service's CSV has it: a Java float."""
    text = str(np.float32(value))
    if "e" in text:
        digits, _, power = text.partition("e")
        return f"{digits}{'' if '.' in digits else '.0'}E{int(power)}"
    if abs(float(text)) >= 1e7:
        power = math.floor(math.log10(abs(float(text))))
        return f"{np.float32(float(text) / 10**power)}E{power}"
    return text


def _read(path: str) -> _Grid:
    raster = gdal.Open(path)
    west, width, _, north, _, height = raster.GetGeoTransform()
    band = raster.GetRasterBand(1)
    return _Grid(band.ReadAsArray(), band.GetNoDataValue(), west, north, width, height)


def _at(grid: _Grid, lon: float, lat: float) -> Optional[float]:
    column = math.floor((lon - grid.west) / grid.width)
    row = math.floor((lat - grid.north) / grid.height)
    if not (0 <= row < grid.values.shape[0] and 0 <= column < grid.values.shape[1]):
        return None
    value = float(grid.values[row, column])
    return None if value == grid.nodata else value
