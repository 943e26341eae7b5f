"""The fast way of a large table into a GeoPackage: GDAL reads and writes, in two threads.

The table is cut into blocks of whole records. Each of two workers, which own a file each, has
GDAL read every second block and append it to its file; then the second file is copied into the
first. Neither the table nor a file of it is ever whole in memory, or on disk a second time.

Why threads here, the one place beside ``tasks/``: GDAL does all the work and lets go of Python's
lock meanwhile, so a second thread halves it (``benchmarks/README.md``); a second task could not
be waited for from within a task without the risk that both wait for a free thread.
"""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Iterator, Optional, Sequence

from osgeo import gdal, ogr, osr

from biodiv_plugin.layers.archive import ArchiveContents, record_blocks
from biodiv_plugin.layers.fields import LATITUDE, LONGITUDE, csvt, field_definitions
from biodiv_plugin.layers.gdal_errors import listening
from biodiv_plugin.layers.merge import FID, GEOMETRY, TABLE, append_table, quoted
from biodiv_plugin.layers.storage import storage_failure
from biodiv_plugin.layers.transformation import Transformation
from biodiv_plugin.portal.darwin_core import INTEGER, Term
from biodiv_plugin.portal.errors import Canceled
from biodiv_plugin.portal.http import Feedback

WORKERS = 2
_BLOCK = 2 * 1024**2  # bytes: large enough for speed, small enough to be canceled at once
_SQLITE = {  # the file is not the user's yet: what a crash leaves is thrown away
    "OGR_SQLITE_SYNCHRONOUS": "OFF",
    "OGR_SQLITE_JOURNAL": "OFF",
    "OGR_SQLITE_CACHE": "16",  # MB
    # Records are long: twice the usual page holds more of them, and is a tenth faster.
    "OGR_SQLITE_PRAGMA": "page_size=8192",
}
_PRIVATE = range(0xE000, 0xF900)  # characters without a meaning (Unicode, private use area)
_DIGITS = bytes.maketrans(b"123456789", 9 * b"0")
_LONG_NUMBER = b"0" * 19  # digits of a number that may not fit 64 bits
_LIMITS = f"({-(2**63)}, {2**63 - 1})"  # what GDAL makes of one that does not
_LOADING = 0.85  # of the work; the rest is the copy


class TypeConflict(Exception):
    """A cell does not fit the type of its column."""


class UnprojectablePosition(Exception):
    """A position has no place in the target CRS."""


@dataclass(frozen=True)
class Leniency:
    """What to do with a record that GDAL stumbles over; slower where it is lenient.

    ``positions``: keep a record whose position cannot be transformed, without geometry.
    ``cells``: take what GDAL makes of a cell that does not fit its column.
    """

    positions: bool = False
    cells: bool = False


def load_table(
    contents: ArchiveContents,
    terms: Sequence[Term],
    target: Path,
    transformation: Transformation,
    *,
    lenient: Leniency,
    feedback: Feedback,
    on_progress: Callable[[float], None],
) -> int:
    """Write all records to the table ``occurrences`` of the new file ``target``; return how many.

    The file has no spatial index yet. ``on_progress`` gets fractions of the work. Raises
    ``UnprojectablePosition`` and ``TypeConflict`` where it is not ``lenient``, ``BadArchive``,
    ``StorageFailed`` and ``Canceled``; ``target`` is then of no use.
    """
    paths = [target, *(target.with_suffix(f".{n}.gpkg") for n in range(2, WORKERS + 1))]
    try:
        # Records of one table have ids of their own, so that they can be copied as they are.
        span = 10 ** len(str(contents.size // (2 * len(terms)) + 1))
        tables = [
            _Table(path, terms, transformation, lenient, first_id=1 + number * span)
            for number, path in enumerate(paths)
        ]
        _fill(contents, tables, feedback, lambda done: on_progress(_LOADING * done))
        for path, table in zip(paths[1:], tables[1:]):
            if table.rows:
                append_table(target, path, feedback)
        on_progress(1.0)
        return sum(table.rows for table in tables)
    finally:
        for path in paths[1:]:
            with suppress(OSError):  # whoever gave the target removes what is beside it
                path.unlink()


def _fill(
    contents: ArchiveContents,
    tables: Sequence[_Table],
    feedback: Feedback,
    on_progress: Callable[[float], None],
) -> None:
    # One thread a table: no two may write to one file.
    workers = [ThreadPoolExecutor(1, "biodiv-import", _configure) for _ in tables]
    pending: deque[Future[None]] = deque()
    try:
        for worker, table in zip(workers, tables):
            worker.submit(table.create).result()
        for number, (block, read) in enumerate(record_blocks(contents, _BLOCK)):
            if feedback.isCanceled():
                raise Canceled
            if len(pending) >= 2 * len(tables):
                pending.popleft().result()
            turn = number % len(tables)
            pending.append(workers[turn].submit(tables[turn].append, block))
            on_progress(read / contents.size)
        for future in pending:
            future.result()
        for worker, table in zip(workers, tables):
            worker.submit(table.close).result()
    finally:
        for worker in workers:
            worker.shutdown(wait=True, cancel_futures=True)
        for table in tables:
            table.abandon()


def _configure() -> None:
    for option, value in _SQLITE.items():
        gdal.SetThreadLocalConfigOption(option, value)


class _Table:
    """One GeoPackage that grows block by block, in one thread."""

    def __init__(
        self,
        path: Path,
        terms: Sequence[Term],
        transformation: Transformation,
        lenient: Leniency,
        first_id: int,
    ) -> None:
        self.rows = 0
        self._first_id = first_id
        self._path = path
        self._terms = terms
        self._transformation = transformation
        self._lenient = lenient
        self._dataset: Optional[gdal.Dataset] = None
        self._block = f"/vsimem/biodiv-{id(self):x}"
        # Names of our own: OGR's CSV reader gives a meaning to some.
        self._header = ",".join(f"c{n}" for n in range(len(terms))).encode("ascii") + b"\n"

    def create(self) -> None:
        with self._told_errors():
            driver = gdal.GetDriverByName("GPKG")
            self._dataset = driver.Create(str(self._path), 0, 0, 0, gdal.GDT_Unknown)
            srs = osr.SpatialReference()
            srs.SetFromUserInput(self._transformation.gdal_target())
            options = ["SPATIAL_INDEX=NO", f"GEOMETRY_NAME={GEOMETRY}", f"FID={FID}"]
            layer = self._dataset.CreateLayer(TABLE, srs, ogr.wkbPoint, options)
            for definition in field_definitions(self._terms):
                layer.CreateField(definition)
            self._dataset.ExecuteSQL(  # makes the table, too
                f"INSERT INTO sqlite_sequence VALUES ('{TABLE}', {self._first_id - 1})"  # nosec B608 (quoted names)
            )

    def append(self, block: bytes) -> None:
        """Add the records of ``block``, which has no header."""
        returns = columns_with_returns(block) if b"\r" in block else set()
        mark = _unused_character(block) if returns else ""
        if mark:  # OGR's CSV reader would make LF of CR and of CRLF
            block = block.replace(b"\r", mark.encode("utf-8"))
        table, types = f"{self._block}.csv", f"{self._block}.csvt"
        gdal.FileFromMemBuffer(table, self._header + block)
        gdal.FileFromMemBuffer(types, csvt(self._terms).encode("ascii"))
        try:
            with self._told_errors():
                self._translate(table)
                first = self._first_id + self.rows
                self.rows = self._dataset.GetLayer(0).GetFeatureCount()
                if not self._lenient.cells and _LONG_NUMBER in block.translate(_DIGITS):
                    self._refuse_clipped(first)
                for position in returns & set(range(len(self._terms))):
                    self._dataset.ExecuteSQL(_restore(self._terms[position].name, mark, first))
        finally:
            gdal.Unlink(table)
            gdal.Unlink(types)

    def _refuse_clipped(self, first: int) -> None:
        """Raise ``TypeConflict`` for a number beyond 64 bits: not every GDAL tells of it."""
        whole = [quoted(term.name) for term in self._terms if term.kind == INTEGER]
        clipped = " OR ".join(f"{name} IN {_LIMITS}" for name in whole) or "0"
        query = f"SELECT 1 FROM {TABLE} WHERE {FID} >= {first} AND ({clipped}) LIMIT 1"  # nosec B608 (quoted names)
        found = self._dataset.ExecuteSQL(query)
        clipped_some = found.GetFeatureCount() > 0
        self._dataset.ReleaseResultSet(found)
        if clipped_some:
            raise TypeConflict("a whole number of more than 64 bits")

    def close(self) -> None:
        with self._told_errors():
            self._dataset = None

    def abandon(self) -> None:
        """Close without a word; the file is of no use any more."""
        with listening():
            self._dataset = None

    def _translate(self, table: str) -> None:
        options = ["EMPTY_STRING_AS_NULL=YES", "AUTODETECT_TYPE=NO", "HEADERS=YES"]
        names = [term.name for term in self._terms]
        if LONGITUDE in names and LATITUDE in names:
            options += [
                f"X_POSSIBLE_NAMES=c{names.index(LONGITUDE)}",
                f"Y_POSSIBLE_NAMES=c{names.index(LATITUDE)}",
            ]
        source = gdal.OpenEx(table, gdal.OF_VECTOR, allowed_drivers=["CSV"], open_options=options)
        how = ["-append", "-nln", TABLE, "-fieldmap", "identity"]
        how += ["-skipfailures"] if self._lenient.positions else ["-gt", "unlimited"]
        if self._transformation.pipeline:
            how += ["-s_srs", "OGC:CRS84", "-t_srs", self._transformation.gdal_target()]
            how += ["-ct", self._transformation.gdal_operation()]
        gdal.VectorTranslate(
            self._dataset, source, options=gdal.VectorTranslateOptions(options=how)
        )

    @contextmanager
    def _told_errors(self) -> Iterator[None]:
        with listening() as complaints:
            yield
        failures = "; ".join(complaints.failures[:3])
        if "reproject" in failures:
            if not self._lenient.positions:
                raise UnprojectablePosition(failures)
        elif failures:
            raise storage_failure(failures, self._path)
        if complaints.warnings and not self._lenient.cells:
            raise TypeConflict(complaints.warnings[0])


def _restore(column: str, mark: str, first: int) -> str:
    name = quoted(column)
    return (  # mark and number are ours
        f"UPDATE {TABLE} SET {name} = replace({name}, '{mark}', char(13)) "  # nosec B608 (quoted names)
        f"WHERE {FID} >= {first} AND instr({name}, '{mark}')"
    )


def _unused_character(block: bytes) -> str:
    """Return a character that ``block`` does not hold."""
    return next(chr(n) for n in _PRIVATE if chr(n).encode("utf-8") not in block)


def columns_with_returns(block: bytes) -> set[int]:
    """Return the positions of the columns that hold a CR in some record of ``block``."""
    found: set[int] = set()
    begin, at = 0, block.find(b"\r")  # ``begin`` is always the begin of a record
    while at >= 0:
        line = at
        while True:  # back to the last line end that is not within a cell
            line = block.rfind(b"\n", begin, line)
            if line < 0 or block.count(b'"', begin, line) % 2 == 0:
                break
        begin = max(begin, line + 1)
        outside_cells = block[begin:at].split(b'"')[::2]
        found.add(sum(text.count(b",") for text in outside_cells))
        at = block.find(b"\r", at + 1)
    return found
