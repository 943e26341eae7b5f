"""PointsToGrid and DoubleGridding."""

from __future__ import annotations

import csv
import io
import math
from collections import defaultdict
from typing import Dict, List, Set, Tuple

import numpy as np

from demo.portal.spatial.analysis.job import Failed, Job, Record, raster_in_memory
from demo.portal.spatial.analysis.pages import page, write_png

Cell = Tuple[float, float]


def points_to_grid(job: Job) -> None:
    """Sites by species, density and richness on a grid of decimal degrees."""
    size = job.number("gridCellSize", 0.05)
    records = job.records()
    if not records:
        raise Failed("no occurrences in the area")
    if job.flag("sitesBySpecies", True):
        job.write("SitesBySpecies.csv", sites_by_species(records, size))
    for wanted, name in (
        ("occurrenceDensity", "occurrence_density"),
        ("speciesRichness", "species_richness"),
    ):
        if job.flag(wanted):
            values, extent = _surface(job, records, name == "species_richness")
            job.write_raster(values, extent, name)
            write_png(job.folder / f"{name}.png", raster_in_memory(values, extent))
            job.tell("files", f"{name}.png")
    lines = {
        "Records": len(records),
        "Species": len({record.name for record in records}),
        "Grid cell size (degrees)": size,
        "Moving average": job.text("movingAverage", "9x9"),
    }
    job.write("sxs_metadata.html", page("Points to Grid", lines), "metadata")


def double_gridding(job: Job) -> None:
    """Sites by species on the coarse grid: in how many fine cells, by period of years."""
    fine, coarse = job.number("primaryGridCellSize", 0.1), job.number("secondaryGridCellSize", 1)
    years = int(job.number("yearSize", 10))
    cells: Dict[Tuple[Cell, int], Dict[str, Set[Cell]]] = defaultdict(lambda: defaultdict(set))
    for record in job.records():
        period = (record.year or 0) // years * years
        found = cells[_cell(record, coarse), period]
        found[record.name].add(_cell(record, fine))
    if not cells:
        raise Failed("no occurrences in the area")
    names = sorted({name for found in cells.values() for name in found})
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["Longitude", "Latitude", "Year", *names])
    for ((lon, lat), period), found in sorted(cells.items()):
        writer.writerow([lon, lat, period, *(len(found.get(name, ())) for name in names)])
    job.write("SitesBySpecies.csv", out.getvalue())
    lines = {"Primary grid": fine, "Secondary grid": coarse, "Years": years, "Sites": len(cells)}
    job.write("sxs_metadata.html", page("Double gridding", lines), "metadata")


def sites_by_species(records: List[Record], size: float) -> str:
    """Return the matrix with its five head rows: taxon, common name, kingdom, family, species."""
    taxa = sorted({(r.name, r.taxon, r.vernacular, r.kingdom, r.family) for r in records})
    by_name = {taxon[0]: taxon for taxon in taxa}
    names = sorted(by_name)
    cells: Dict[Cell, Dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for record in records:
        cells[_cell(record, size)][record.name] += 1
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    heads = (("LSID", 1), ("Common Name", 2), ("Kingdom", 3), ("Family", 4), ("Species", 0))
    for head, column in heads:
        texts = [by_name[name][column] for name in names]
        writer.writerow([head, "Longitude", "Latitude", *texts])
    for (lon, lat), found in sorted(cells.items(), key=lambda item: (item[0][1], item[0][0])):
        writer.writerow([f"{lon}_{lat}", lon, lat, *(found.get(name, 0) for name in names)])
    return out.getvalue()


def _cell(record: Record, size: float) -> Cell:
    """Return the south-western corner of the cell that holds a record."""
    return (
        round(math.floor(record.lon / size) * size, 6),
        round(math.floor(record.lat / size) * size, 6),
    )


def _surface(job: Job, records: List[Record], richness: bool) -> Tuple[np.ndarray, tuple]:
    """Return records, or species, a cell, averaged over the window; nodata where nothing is."""
    size = max(float(job.text("resolution", "0.01")), 0.01)
    west, south, east, north = job.extent()
    width = max(1, math.ceil((east - west) / size))
    height = max(1, math.ceil((north - south) / size))
    found: Dict[Tuple[int, int], Set[object]] = defaultdict(set)
    for number, record in enumerate(records):
        column, row = int((record.lon - west) / size), int((record.lat - south) / size)
        if 0 <= column < width and 0 <= row < height:
            found[height - 1 - row, column].add(record.name if richness else number)
    counts = np.zeros((height, width))
    for place, what in found.items():
        counts[place] = len(what)
    window = int(job.text("movingAverage", "9x9").partition("x")[0])
    values = _averaged(counts, window)
    values = np.where(values > 0, values, -9999.0)
    return values, (west, south, west + width * size, south + height * size)


def _averaged(counts: np.ndarray, window: int) -> np.ndarray:
    """Return the mean over a window of that many cells, by sums over a padded array."""
    half = window // 2
    padded = np.pad(counts, half)
    sums = np.zeros_like(counts)
    height, width = counts.shape
    for y in range(window):
        for x in range(window):
            sums += padded[y : y + height, x : x + width]
    return sums / window**2
