"""Writes the archive of a download as the service does (contract/occurrences 3.3 to 3.5).

Streamed from the database into the file: its size does not matter.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Callable, Iterable, List

from demo.portal.biocache.columns import HEADINGS, Column, columns, order_by
from demo.portal.biocache.parameters import Parameters
from demo.portal.biocache.selection import Selection

README = (
    "<html><body><p>A description of the columns is in "
    '<a href="headings.csv">headings.csv</a>.</p></body></html>\n'
)
_BATCH = 500
_BETWEEN = "\x1f"  # the unit separator: in no cell


@dataclass(frozen=True)
class Dialect:
    """How rows become text; a TSV knows no quotes, so what would break it goes."""

    separator: str = ","
    escape: str = '"'
    tabs: bool = False

    @classmethod
    def of(cls, parameters: Parameters) -> Dialect:
        if parameters.text("fileType", "csv") == "tsv":
            return cls(tabs=True)
        return cls(parameters.text("sep") or ",", parameters.text("esc") or '"')

    @property
    def suffix(self) -> str:
        return "tsv" if self.tabs else "csv"

    def line(self, cells: Iterable[str]) -> str:
        """Return a row: each cell quoted, lines ending in a line feed."""
        if self.tabs:
            table = str.maketrans("", "", "\t\r\n")
            return "\t".join(cell.translate(table) for cell in cells) + "\n"
        row = _BETWEEN.join(cells)  # escape the whole row at once: most have nothing to escape
        if self.escape != '"':
            row = row.replace(self.escape, self.escape * 2)
        row = row.replace('"', f'{self.escape}"').replace(_BETWEEN, f'"{self.separator}"')
        return f'"{row}"\n'


@dataclass
class Progress:
    """How far a job is; ``stopped`` is asked between rows."""

    tell: Callable[[int], None]
    stopped: Callable[[], bool]


class Stopped(Exception):
    """The job was cancelled while its file was being written."""


class _Forward:
    """A file that cannot go back: sizes then follow the data, as java.util.zip writes them."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def write(self, data: bytes) -> int:
        return self._file.write(data)

    def flush(self) -> None:
        self._file.flush()


def write(
    target: Path, selection: Selection, parameters: Parameters, progress: Progress, part_rows: int
) -> None:
    """Write the archive of a search; a new part begins after ``part_rows`` rows (0: never).

    Raises Stopped.
    """
    dialect = Dialect.of(parameters)
    chosen = columns(parameters, selection)
    name = target.stem
    with (
        target.open("wb") as file,
        zipfile.ZipFile(_Forward(file), "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        _write_rows(
            archive, f"{name}", selection, (chosen, dialect, parameters), progress, part_rows
        )
        archive.writestr("README.html", README)
        rows = [HEADINGS, *(column.heading() for column in chosen)]
        text = "".join(Dialect(dialect.separator, dialect.escape).line(row) for row in rows)
        archive.writestr("headings.csv", text)


def _write_rows(
    archive: zipfile.ZipFile,
    name: str,
    selection: Selection,
    form: tuple[List[Column], Dialect, Parameters],
    progress: Progress,
    part_rows: int,
) -> None:
    chosen, dialect, parameters = form
    first_only = parameters.flag("includeMultivalues")  # the service has it the wrong way round
    select = ", ".join(column.sql(first_only) for column in chosen) or "''"
    found = selection.rows(select, order_by(chosen))
    header = dialect.line(column.header for column in chosen)
    done, part = 0, 1
    rows = found.fetchmany(_BATCH)
    while rows or part == 1:
        file_name = (
            f"{name}.{dialect.suffix}" if part == 1 else f"{name}_part{part}.{dialect.suffix}"
        )
        written = 0
        with archive.open(file_name, "w", force_zip64=True) as entry:
            entry.write(header.encode())
            while rows and not (part_rows and written >= part_rows):
                entry.write("".join(map(dialect.line, rows)).encode())
                written += len(rows)
                progress.tell(done + written)
                if progress.stopped():
                    raise Stopped
                rows = found.fetchmany(min(_BATCH, part_rows or _BATCH))
        done += written
        part += 1
