"""Fetch what an analysis of the portal left, and make layers of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Optional

from biodiv_plugin.layers.analysis_results import place, unpack, write_projection, write_style
from biodiv_plugin.layers.portal_areas import AreaShape, area_layer, write_areas
from biodiv_plugin.layers.storage import file_stem, told_by_storage
from biodiv_plugin.portal.analyses import AnalysisClient
from biodiv_plugin.portal.analysis import AnalysisTask, OutputKind, TaskOutput
from biodiv_plugin.portal.areas import AreaClient
from biodiv_plugin.portal.errors import (
    BadArchive,
    Canceled,
    NotFound,
    PortalError,
    UnexpectedAnswer,
)
from biodiv_plugin.portal.http import UNWATCHED, Feedback, url_with
from biodiv_plugin.use_cases.load_areas import load_shapes

AREAS = "areas.gpkg"
_GRIDS = (".asc", ".tif")
_PICTURES = (".pdf", ".png", ".jpg")
_SANDBOX = "sandbox.ala.org.au"  # where points end up that a portal without own address makes


@dataclass(frozen=True)
class AnalysisResults:
    """What a task left, in ``folder``.

    ``layers`` are grids, shapes, areas and tables; ``reports`` are web pages, or where there is
    none documents and pictures; ``searches`` are addresses of observations on the portal;
    ``missing`` was told of and did not come.
    """

    folder: Path
    layers: tuple[Path, ...] = ()
    reports: tuple[Path, ...] = ()
    searches: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def fetch_results(
    task: AnalysisTask,
    parent: Path,
    analyses: AnalysisClient,
    areas: AreaClient,
    portal: str,
    feedback: Feedback = UNWATCHED,
) -> AnalysisResults:
    """Fetch all results of a finished ``task`` into a folder of its own in ``parent``.

    Grids come as their ESRI ASCII twins and get a projection and a style. What is missing on
    the portal is told, not raised. Raises ``StorageFailed``, ``PortalError`` and ``Canceled``.
    """
    folder = parent / f"{file_stem(task.name or 'analysis')}-{task.id}"
    with told_by_storage(folder):
        folder.mkdir(parents=True, exist_ok=True)
        missing = _fetch_files(task, folder, analyses, feedback)
        missing += _fetch_areas(task, folder, areas, feedback)
        layers = _layers(folder)
    return AnalysisResults(
        folder=folder,
        layers=layers,
        reports=_reports(folder),
        searches=_searches(task, portal),
        missing=tuple(missing),
    )


def _fetch_files(
    task: AnalysisTask, folder: Path, analyses: AnalysisClient, feedback: Feedback
) -> list[str]:
    """Fetch the archive first: it also holds the pictures that reports show."""
    missing: list[str] = []
    archives = [o.file for o in task.outputs if o.kind is OutputKind.ARCHIVE]
    unpacked: set[Path] = set()
    for file in archives:
        target = _fetched(task.id, file, folder, analyses, feedback)
        try:
            unpacked.update(unpack(target, folder) if target else ())
        except BadArchive:
            target = None  # its files may still come one by one
        if target is None:
            missing.append(file)
    files = [file for output in task.outputs for file in _files(task.id, output)]
    for position, file in enumerate(dict.fromkeys(files)):
        if feedback.isCanceled():
            raise Canceled
        feedback.setProgress(100 * position / len(files))
        if place(folder, file) in unpacked:
            continue
        if _fetched(task.id, file, folder, analyses, feedback) is None:
            missing.append(file)
    return missing


def _files(number: int, output: TaskOutput) -> tuple[str, ...]:
    if output.kind in (OutputKind.RASTER, OutputKind.REPORT, OutputKind.TABLE, OutputKind.FILE):
        return (output.file,) if output.file else ()
    return (f"{number}.asc",) if output.kind is OutputKind.ENVELOPE else ()


def _fetched(
    number: int, file: str, folder: Path, analyses: AnalysisClient, feedback: Feedback
) -> Optional[Path]:
    target = place(folder, file)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)  # bytes of another time would be continued
    try:
        analyses.output(number, file, target, feedback)
    except (NotFound, UnexpectedAnswer):  # the service's page, with status 200
        return None
    return target


def _fetch_areas(
    task: AnalysisTask, folder: Path, areas: AreaClient, feedback: Feedback
) -> list[str]:
    shapes: list[AreaShape] = []
    missing: list[str] = []
    for output in task.outputs:
        if output.kind is OutputKind.AREA:
            try:
                area = areas.object(output.file, feedback)
                shapes += load_shapes([area], areas, False, feedback=feedback)
            except PortalError:
                missing.append(output.file)
    if shapes:
        write_areas(area_layer(task.name, shapes), folder / AREAS)
    return missing


def _layers(folder: Path) -> tuple[Path, ...]:
    """Return the files that are layers; of a grid in two forms, one."""
    grids: dict[str, Path] = {}
    for suffix in _GRIDS:
        for path in sorted(folder.glob(f"*{suffix}")):
            grids.setdefault(path.stem, path)
    shapes = sorted(folder.glob("*.shp"))
    for path in (*grids.values(), *shapes):
        write_projection(path)
    for path in grids.values():
        write_style(path)
    areas = folder / AREAS
    own = (areas,) if areas.exists() else ()
    return (*own, *shapes, *grids.values(), *sorted(folder.glob("*.csv")))


def _reports(folder: Path) -> tuple[Path, ...]:
    """Return what is there to read; pictures beside a page are on the page."""
    pages = sorted(folder.glob("*.html"))
    others = (path for suffix in _PICTURES for path in sorted(folder.glob(f"*{suffix}")))
    return tuple(pages or others)


def _searches(task: AnalysisTask, portal: str) -> tuple[str, ...]:
    """Return the addresses of the observations that a task made or drew."""
    found = []
    for output in task.outputs:
        if output.kind is OutputKind.SPECIES:
            told = json.loads(output.details)
            pages = str(told.get("ws") or f"{portal}/biocache-hub").rstrip("/")
            if _SANDBOX in pages:
                pages = f"{portal}/sandbox-hub"
            asked = told.get("q")
            queries = [str(q) for q in (asked if isinstance(asked, list) else [asked]) if q]
            params = {"q": queries[0] if queries else "*:*", "fq": queries[1:]}
            found.append(url_with(f"{pages}/occurrences/search", params))
    return tuple(found)
