"""A downloaded archive becomes a GeoPackage of points."""

from __future__ import annotations

import csv
import io
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Callable, Optional, Sequence

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsRectangle,
)

from biodiv_plugin.layers.archive import ArchiveContents, inspect_archive, record_blocks
from biodiv_plugin.layers.bulk_load import (
    Leniency,
    TypeConflict,
    UnprojectablePosition,
    load_table,
)
from biodiv_plugin.layers.fields import LATITUDE, LONGITUDE, columns, fits, wider
from biodiv_plugin.layers.gdal_errors import unhurried
from biodiv_plugin.layers.merge import TABLE, heed
from biodiv_plugin.layers.occurrence_layer import embed_styles
from biodiv_plugin.layers.spatial_index import add_spatial_index
from biodiv_plugin.layers.squares_table import add_squares
from biodiv_plugin.layers.storage import check_target, told_by_storage, written_at_once
from biodiv_plugin.layers.transformation import Transformation, choose_transformation
from biodiv_plugin.portal.darwin_core import Term
from biodiv_plugin.portal.errors import Canceled
from biodiv_plugin.portal.http import UNWATCHED, Feedback
from biodiv_plugin.translation import translate

_GROWTH = 1.7  # bytes on disk while importing, to bytes of the table
_LOADED, _INDEXED = 0.86, 0.97  # of the work


@dataclass(frozen=True)
class ImportedOccurrences:
    """A finished import.

    ``located`` counts the records that have a position, ``with_high_resolution`` those whose
    position is the exact one of a sensitive observation. ``extent`` is in ``crs``, ``None``
    where nothing is located. ``warnings`` are sentences for the user.
    """

    path: Path
    records: int
    located: int
    with_high_resolution: int
    squares: int
    extent: Optional[QgsRectangle]
    crs: QgsCoordinateReferenceSystem
    transformation: Transformation
    warnings: tuple[str, ...] = ()


def import_archive(
    archive: Path,
    target: Path,
    crs: QgsCoordinateReferenceSystem,
    transform_context: QgsCoordinateTransformContext,
    expected_records: Optional[int] = None,
    feedback: Feedback = UNWATCHED,
    complete: Callable[[ImportedOccurrences], None] = lambda _imported: None,
) -> ImportedOccurrences:
    """Write the records of ``archive`` to the GeoPackage ``target``, in one pass.

    Table ``occurrences`` holds every record, those without coordinates without geometry; columns
    are typed and named by Darwin Core, and ``decimalLongitude`` and ``decimalLatitude`` keep the
    exact degrees. Table ``squares`` holds the grid squares that records stand for. Styles, form
    and metadata are kept in the file. ``complete`` may add to it (a manifest) before it takes its
    place: its argument names the file as it then is. The file appears at once or not at all; an
    older one stays until then.

    Memory does not grow with the number of records but for the index: 24 bytes a record.
    ``feedback`` gets percent.

    Raises ``BadArchive``, ``StorageFailed`` and ``Canceled``.
    """
    contents = inspect_archive(archive, expected_records)
    check_target(target, int(_GROWTH * contents.size))
    transformation = choose_transformation(crs, transform_context)
    with written_at_once(target) as part:
        records, warnings = _load(contents, part, transformation, feedback)
        imported = _enriched(part, transformation, records, feedback)
        remarks = _remarks(contents, imported, expected_records)
        imported = replace(imported, warnings=(*warnings, *remarks))
        complete(imported)
        with unhurried():
            embed_styles(part, title=target.stem)
        if feedback.isCanceled():
            raise Canceled
    feedback.setProgress(100)
    return replace(imported, path=target)


def _enriched(
    part: Path, transformation: Transformation, records: int, feedback: Feedback
) -> ImportedOccurrences:
    """Add what helps to use the records, and count what one wants to know of them."""
    with unhurried():
        located = add_spatial_index(part, feedback)
        feedback.setProgress(100 * _INDEXED)
        squares = add_squares(part, transformation, feedback)
    return ImportedOccurrences(
        path=part,
        records=records,
        located=located,
        with_high_resolution=_count_high_resolution(part, feedback),
        squares=squares,
        extent=_extent(part),
        crs=transformation.target,
        transformation=transformation,
    )


def _load(
    contents: ArchiveContents, part: Path, transformation: Transformation, feedback: Feedback
) -> tuple[int, list[str]]:
    """Load the table; where a column turns out to hold something else, once more as text."""
    terms, lenient, warnings = columns(contents.terms), Leniency(), []
    while True:
        try:
            records = load_table(
                contents,
                terms,
                part,
                transformation,
                lenient=lenient,
                feedback=feedback,
                on_progress=lambda done: feedback.setProgress(100 * _LOADED * done),
            )
            return records, warnings
        except UnprojectablePosition:
            lenient = replace(lenient, positions=True)
            warnings.append(
                translate(
                    "Import",
                    "Some positions lie outside the coordinate system that was asked for; these "
                    "observations are kept without a point.",
                )
            )
        except TypeConflict:
            widened = _widened(contents, terms, feedback)
            if widened == terms:  # GDAL is more particular than we are
                lenient = replace(lenient, cells=True)
            changed = [new.name for old, new in zip(terms, widened) if old != new]
            if changed:
                warnings.append(
                    translate(
                        "Import", "Not all values are of the usual kind in these columns: {}."
                    ).format(", ".join(changed))
                )
            terms = widened
        with told_by_storage(part):
            part.unlink(missing_ok=True)


def _widened(
    contents: ArchiveContents, terms: Sequence[Term], feedback: Feedback
) -> tuple[Term, ...]:
    """Return ``terms`` with types that hold every cell of the table."""
    kinds = [term.kind for term in terms]
    for block, _ in record_blocks(contents, 1024**2):
        if feedback.isCanceled():
            raise Canceled
        with suppress(csv.Error):  # a cell beyond Python's limit; GDAL has none
            for row in csv.reader(io.StringIO(block.decode("utf-8", "replace"), newline="")):
                for position, (kind, cell) in enumerate(zip(kinds, row)):
                    if cell and not fits(kind, cell):
                        kinds[position] = wider(kind, cell)
    return tuple(Term(term.name, kind) for term, kind in zip(terms, kinds))


def _extent(path: Path) -> Optional[QgsRectangle]:
    with closing(sqlite3.connect(str(path))) as connection:
        query = "SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = ?"
        extent = connection.execute(query, (TABLE,)).fetchone()
    return None if extent[0] is None else QgsRectangle(*extent)


def _count_high_resolution(path: Path, feedback: Feedback) -> int:
    """Count the exact twins of sensitive observations.

    The portal marks them in ``occurrenceID`` by the letters SEN and nowhere else that a download
    could tell (contract/occurrences 7.3). A word such as PRESENT is not that mark; anything else
    counts, since a position that is shown by mistake cannot be taken back.
    """
    with told_by_storage(path), closing(sqlite3.connect(str(path))) as connection:
        heed(connection, feedback)
        names = {row[1] for row in connection.execute(f"PRAGMA table_info({TABLE})")}
        if "occurrenceID" not in names:
            return 0
        query = (
            f"SELECT count(*) FROM {TABLE} WHERE instr(occurrenceID, 'SEN') AND instr("  # nosec B608 (quoted names)
            "replace(replace(occurrenceID, 'PRESENT', ''), 'ABSENT', ''), 'SEN')"
        )
        return int(connection.execute(query).fetchone()[0])


def _remarks(
    contents: ArchiveContents, imported: ImportedOccurrences, expected: Optional[int]
) -> list[str]:
    records, located = imported.records, imported.located
    grid = imported.transformation.missing_grid
    remarks = []
    if expected is not None and records != expected:
        remarks.append(
            translate("Import", "The portal announced {expected} observations and sent {records}.")
        )
    if not {LONGITUDE, LATITUDE} <= {term.name for term in contents.terms}:
        remarks.append(translate("Import", "The download holds no coordinates, so no points."))
    elif located < records:
        remarks.append(
            translate("Import", "{missing} observations have no coordinates and no point.")
        )
    if grid:
        remarks.append(
            translate(
                "Import",
                "The grid {grid} of the National Geographic Institute is not installed, so the "
                "points may lie up to a metre off. QGIS offers to install it when it transforms "
                "a layer.",
            )
        )
    return [
        remark.format(
            expected=expected,
            records=records,
            missing=records - located,
            grid=grid,
        )
        for remark in remarks
    ]
