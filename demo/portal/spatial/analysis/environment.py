"""Classification, Maxent and the scatterplots: analyses of environmental layers.

Small but honest: classes by k-means, and in place of Maxent's model how far a place's values lie
from those of the records (a normal distribution a layer), which the report says.
"""

from __future__ import annotations

import json
import math
import shutil
from typing import List, Tuple

import numpy as np
from osgeo import gdal, ogr

from demo.portal.spatial.analysis.job import NODATA, Failed, Job, Record, raster_in_memory
from demo.portal.spatial.analysis.pages import page, table, write_picture, write_png

SIDE = 400  # of a scatterplot, in pixels
ROUNDS = 12  # of k-means


def classification(job: Job) -> None:
    """Group the cells of an area by their values on several layers."""
    names, stack, extent = _stack(job)
    groups = int(job.number("groups", 5))
    inside = ~np.isnan(stack).any(axis=0)
    cells = stack[:, inside].T
    if len(cells) < groups:
        raise Failed("the area holds fewer cells than groups")
    spread = cells.std(axis=0)
    scaled = (cells - cells.mean(axis=0)) / np.where(spread > 0, spread, 1)
    centres = scaled[np.linspace(0, len(scaled) - 1, groups).astype(int)]
    member = np.zeros(len(scaled), dtype=int)
    for _ in range(ROUNDS):
        distance = ((scaled[:, None, :] - centres[None, :, :]) ** 2).sum(axis=2)
        member = distance.argmin(axis=1)
        for group in range(groups):
            if (member == group).any():
                centres[group] = scaled[member == group].mean(axis=0)
    values = np.full(inside.shape, NODATA)
    values[inside] = member + 1
    job.write_raster(values, extent, "aloc")
    rows = [
        [group + 1, *(f"{mean:.4f}" for mean in cells[member == group].mean(axis=0))]
        for group in range(groups)
        if (member == group).any()
    ]
    head = ["Group", *names]
    text = "\n".join(",".join(map(str, row)) for row in [head, *rows]) + "\n"
    job.write("classification_means.csv", text)
    if job.flag("shp", True):
        _shapefile(job, values, extent)
    lines = {"Layers": ", ".join(names), "Groups": groups, "Cells": len(cells)}
    report = page("Classification", lines, table(head, rows))
    job.write("classification.html", report, "metadata")


def maxent(job: Job) -> None:
    """How like the records' places every place is, 0 to 1."""
    names, stack, extent = _stack(job)
    records = job.records()
    known = [values for record in records if (values := _values(job, names, record))]
    if len(known) < 5:
        raise Failed("fewer than 5 occurrences with values on all layers")
    sample = np.array(known)
    spread = np.where(sample.std(axis=0) > 0, sample.std(axis=0), 1)
    distance = ((stack - sample.mean(axis=0)[:, None, None]) / spread[:, None, None]) ** 2
    values = np.exp(-distance.mean(axis=0) / 2)
    values = np.where(np.isnan(values), NODATA, values)
    job.write_raster(values, extent, "species")
    (job.folder / "plots").mkdir(exist_ok=True)
    write_png(job.folder / "plots" / "species.png", raster_in_memory(values, extent))
    result = f"Species,#Training samples\n{job.id},{len(known)}\n"
    job.write("maxentResults.csv", result)
    lines = {
        "Model": "distance to the mean of the records, not Maxent: this is a demonstration",
        "Records": len(known),
        "Layers": ", ".join(names),
    }
    picture = '<img src="plots/species.png" alt="prediction">'
    job.write("species.html", page("Prediction", lines, picture), "metadata")


def scatterplot_create(job: Job) -> None:
    """Records against two layers."""
    names = _layer_names(job)
    if len(names) != 2:
        raise Failed("two layers are needed")
    records = job.records("species1")
    points = [v for record in records if (v := _values(job, names, record))]
    if not points:
        raise Failed("no occurrences with values on both layers")
    (job.folder / "points.json").write_text(json.dumps(points), encoding="utf-8")
    (job.folder / "names.json").write_text(json.dumps(names), encoding="utf-8")
    about = job.inputs.get("species1") or {}
    about = json.loads(about) if isinstance(about, str) else about
    (job.folder / "species.json").write_text(json.dumps(about), encoding="utf-8")
    _plot(job, job.id, points, "FF0000", 4)


def scatterplot_draw(job: Job) -> None:
    """A scatterplot once more, in another colour and size."""
    source = job.text("scatterplotId")
    folder = job.folder.parent / source
    if not source.isdigit() or not (folder / "points.json").exists():
        raise Failed(f"scatterplot {source} does not exist")
    for name in ("points.json", "names.json", "species.json"):
        shutil.copy(folder / name, job.folder / name)
    points = json.loads((job.folder / "points.json").read_text(encoding="utf-8"))
    _plot(job, int(source), points, job.text("color", "FF0000"), int(job.number("size", 4)))


def scatterplot_list(job: Job) -> None:
    """A scatterplot for each pair of layers."""
    names = _layer_names(job)
    if len(names) < 3:
        raise Failed("at least three layers are needed")
    records = job.records("species1")
    pictures = []
    for i, first in enumerate(names):
        for second in names[i + 1 :]:
            points = [v for r in records if (v := _values(job, [first, second], r))]
            if points:
                file = f"{first}_{second}.png"
                write_picture(job.folder / file, _drawn(points, "FF0000", 4))
                job.tell("files", file)
                pictures.append(f'<h2>{first}, {second}</h2><img src="{file}" alt="">')
    if not pictures:
        raise Failed("no occurrences with values on the layers")
    lines = {"Records": len(records), "Layers": ", ".join(names)}
    text = page("Scatterplots", lines, "".join(pictures))
    job.write("scatterplot.html", text, "metadata")


def _plot(job: Job, source: int, points: List[List[float]], colour: str, size: int) -> None:
    write_picture(job.folder / "scatterplot.png", _drawn(points, colour, size))
    job.tell("files", "scatterplot.png")
    names = json.loads((job.folder / "names.json").read_text(encoding="utf-8"))
    about = json.loads((job.folder / "species.json").read_text(encoding="utf-8"))
    extents = [[min(p[axis] for p in points), max(p[axis] for p in points)] for axis in range(2)]
    home = f"{job.world.base}/spatial-service/tasks/output/{job.id}/scatterplot.png"
    told = {
        **about,
        "scatterplotUrl": home,
        "scatterplotLayers": names,
        "scatterplotExtents": extents,
        "scatterplotId": source,
    }
    job.tell("species", json.dumps(told, ensure_ascii=False))


def _drawn(points: List[List[float]], colour: str, size: int) -> np.ndarray:
    """Return a white square with a dot a point, axes filled by the values' range."""
    pixels = np.full((SIDE, SIDE, 3), 255)
    rgb = [int(colour[i : i + 2], 16) for i in (0, 2, 4)]
    values = np.array(points)
    low, high = values.min(axis=0), values.max(axis=0)
    places = (values - low) / np.where(high > low, high - low, 1) * (SIDE - 20) + 10
    for x, y in places:
        top, left = int(SIDE - y), int(x)
        pixels[max(0, top - size // 2) : top + size // 2 + 1, left : left + size] = rgb
    return pixels


def _layer_names(job: Job) -> List[str]:
    """Return the names of the environmental layers asked for."""
    names = []
    for fid in job.many("layer"):
        field, layer = job.store.field(fid), job.store.layer(fid)
        if field is None or layer is None:
            raise Failed(f"layer {fid} does not exist")
        if field["type"] == "e":
            names.append(str(layer["name"]))
    if not names:
        raise Failed("no environmental layer is chosen")
    return names


def _stack(job: Job) -> Tuple[List[str], np.ndarray, tuple]:
    """Return names, values (layer, row, column; NaN for nodata) and extent of the area's cells."""
    names = _layer_names(job)
    size = max(float(job.text("resolution", "0.01")), 0.01)
    west, south, east, north = job.extent()
    width, height = math.ceil((east - west) / size), math.ceil((north - south) / size)
    extent = (west, south, west + width * size, south + height * size)
    stack = np.full((len(names), height, width), np.nan)
    for layer, name in enumerate(names):
        for row in range(height):
            lat = extent[3] - (row + 0.5) * size
            for column in range(width):
                value = job.sampler.number(name, west + (column + 0.5) * size, lat)
                if value is not None:
                    stack[layer, row, column] = value
    return names, stack, extent


def _values(job: Job, names: List[str], record: Record) -> List[float]:
    """Return a record's values on all layers; empty where one has none."""
    found = [job.sampler.number(name, record.lon, record.lat) for name in names]
    return [value for value in found if value is not None] if None not in found else []


def _shapefile(job: Job, values: np.ndarray, extent: tuple) -> None:
    raster = raster_in_memory(values, extent)
    driver = ogr.GetDriverByName("ESRI Shapefile")
    source = driver.CreateDataSource(str(job.folder / "aloc.shp"))
    layer = source.CreateLayer("aloc", raster.GetSpatialRef(), ogr.wkbPolygon)
    layer.CreateField(ogr.FieldDefn("group", ogr.OFTInteger))
    band = raster.GetRasterBand(1)
    gdal.Polygonize(band, band.GetMaskBand(), layer, 0)
    del layer, source
    for suffix in ("shp", "shx", "dbf", "prj"):
        job.tell("files", f"aloc.{suffix}")
