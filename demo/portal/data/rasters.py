"""The rasters behind the demo portal's environmental layers: smooth made-up surfaces.

Deterministic; GeoTIFF, float with nodata (classes: byte), longitude and latitude (EPSG:4326),
empty outside Flanders.
"""

from __future__ import annotations

import random
from pathlib import Path
from typing import Dict, Tuple

import numpy as np
from osgeo import gdal, ogr, osr

from demo.portal.data import areas

NODATA = -9999.0
CELL = 0.005  # degrees: about 350 by 550 m
WEST, SOUTH, EAST, NORTH = 2.54, 50.685, 5.915, 51.51
LAND_USES = {
    1: "Bebouwd gebied",
    2: "Akkerland",
    3: "Grasland",
    4: "Bos",
    5: "Heide en duin",
    6: "Water en moeras",
}


def write(path: Path, name: str, low: float, high: float) -> None:
    """Write a surface with values from ``low`` to ``high``; ``hoogte`` follows the real relief."""
    lon, lat = _centres()
    surface = _relief(lon, lat) if name == "hoogte" else _hills(name, lon, lat)
    inside = _mask(surface.shape)
    part = surface[inside]
    scaled = low + (surface - part.min()) / (part.max() - part.min()) * (high - low)
    values = np.where(inside, scaled, NODATA).astype("float32")
    _save(path, values, gdal.GDT_Float32, NODATA)


def write_classes(path: Path, name: str) -> Dict[int, ogr.Geometry]:
    """Write a raster of land use classes; return each class's MULTIPOLYGON."""
    lon, lat = _centres()
    surface = _hills(name, lon, lat)
    inside = _mask(surface.shape)
    limits = np.quantile(surface[inside], np.linspace(0, 1, len(LAND_USES) + 1)[1:-1])
    classes = np.where(inside, np.digitize(surface, limits) + 1, 0).astype("uint8")
    _save(path, classes, gdal.GDT_Byte, 0)
    return _polygons(path)


def _centres() -> Tuple[np.ndarray, np.ndarray]:
    width, height = round((EAST - WEST) / CELL), round((NORTH - SOUTH) / CELL)
    lon = WEST + (np.arange(width) + 0.5) * CELL
    lat = NORTH - (np.arange(height) + 0.5) * CELL
    return np.meshgrid(lon, lat)


def _hills(seed: str, lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
    """Return a sum of waves of several lengths and directions, chosen by ``seed``."""
    chance = random.Random(seed)
    surface = np.zeros_like(lon)
    for length in (1.8, 0.9, 0.5, 0.25, 0.12, 0.06):
        for _ in range(3):
            a, b = chance.uniform(-1, 1), chance.uniform(-1, 1)
            turn = chance.uniform(0, 6.283)
            surface += length * np.sin(6.283 * (a * lon + b * lat * 1.6) / length + turn)
    return surface


def _relief(lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
    """Return the lie of the land: polders at the sea, hills in the south, a plateau in the east."""
    south = np.clip((51.02 - lat) / 0.3, 0, 1) ** 1.5 * np.clip((lon - 2.7) / 1.5, 0.25, 1)
    plateau = np.exp(-(((lon - 5.62) / 0.22) ** 2) - ((lat - 51.0) / 0.16) ** 2)
    voeren = np.exp(-(((lon - 5.84) / 0.09) ** 2) - ((lat - 50.735) / 0.06) ** 2)
    coast = np.clip((lon - 2.9) / 2.5, 0, 1)
    ripple = _hills("hoogte", lon, lat)
    return 12 * coast + 95 * south + 70 * plateau + 190 * voeren + 2.5 * ripple


def _mask(shape: Tuple[int, ...]) -> np.ndarray:
    raster = _dataset("", "MEM", shape, gdal.GDT_Byte)
    source = ogr.GetDriverByName("Memory").CreateDataSource("")
    layer = source.CreateLayer("flanders", _wgs84(), ogr.wkbMultiPolygon)
    feature = ogr.Feature(layer.GetLayerDefn())
    feature.SetGeometry(ogr.CreateGeometryFromWkt(areas.flanders().wkt))
    layer.CreateFeature(feature)
    gdal.RasterizeLayer(raster, [1], layer, burn_values=[1])
    return raster.GetRasterBand(1).ReadAsArray().astype(bool)


def _polygons(path: Path) -> Dict[int, ogr.Geometry]:
    raster = gdal.Open(str(path))
    band = raster.GetRasterBand(1)
    source = ogr.GetDriverByName("Memory").CreateDataSource("")
    layer = source.CreateLayer("classes", _wgs84(), ogr.wkbPolygon)
    layer.CreateField(ogr.FieldDefn("class", ogr.OFTInteger))
    gdal.Polygonize(band, band.GetMaskBand(), layer, 0)
    found = {number: ogr.Geometry(ogr.wkbMultiPolygon) for number in LAND_USES}
    for feature in layer:
        found[feature["class"]].AddGeometry(feature.GetGeometryRef())
    return found


def _save(path: Path, values: np.ndarray, kind: int, nodata: float) -> None:
    raster = _dataset(str(path), "GTiff", values.shape, kind)
    raster.GetRasterBand(1).SetNoDataValue(nodata)
    raster.GetRasterBand(1).WriteArray(values)
    raster.FlushCache()


def _dataset(path: str, driver: str, shape: Tuple[int, ...], kind: int) -> gdal.Dataset:
    options = ["COMPRESS=DEFLATE", "TILED=YES"] if driver == "GTiff" else []
    raster = gdal.GetDriverByName(driver).Create(path, shape[1], shape[0], 1, kind, options)
    raster.SetGeoTransform((WEST, CELL, 0, NORTH, 0, -CELL))
    raster.SetProjection(_wgs84().ExportToWkt())
    return raster


def _wgs84() -> osr.SpatialReference:
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(4326)
    crs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return crs
