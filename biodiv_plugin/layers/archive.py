"""The archive of an offline download: what it holds, and whether it can be trusted.

Nothing is ever extracted to a path that the archive names; the tables are read as a stream.
"""

from __future__ import annotations

import csv
import io
import re
import stat
import struct
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Iterator, Mapping, Optional

from biodiv_plugin.portal.darwin_core import Term, header_terms
from biodiv_plugin.portal.errors import BadArchive

HEADINGS = "headings.csv"
_NO_DATA = (HEADINGS, "citation.csv")
_PART = re.compile(r"(?P<base>.*?)(_part(?P<number>\d+))?\.(csv|tsv)", re.IGNORECASE)

MAX_ENTRIES = 1000
MAX_BYTES = 200 * 1024**3  # unpacked; the largest download, 100 million records, is 75 GB
MAX_RATIO = 250  # unpacked to packed; tables of observations reach 60
MAX_COLUMNS = 1900  # SQLite's own limit is 2000
MAX_HEADER = 1024**2  # bytes
MAX_NAME = 250  # characters of a column's name
MAX_RECORD = 64 * 1024**2  # bytes
_DAMAGE = (
    csv.Error,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OverflowError,
    ValueError,
)  # what zipfile and csv raise on bytes that make no sense
_SMALL = 1024**2  # an entry up to this size may shrink as it likes


@dataclass(frozen=True)
class ArchiveContents:
    """The tables of a checked archive.

    ``parts`` are the data entries in their order; all have the same ``headers``. ``terms`` are
    the columns by position, named by Darwin Core. ``headings`` tells which field of the index
    stands under a header. ``size`` is the bytes of all parts, unpacked. ``crlf`` means that
    other software than the portal wrote the table and ended its lines so.
    """

    path: Path
    parts: tuple[str, ...]
    delimiter: str
    headers: tuple[str, ...]
    terms: tuple[Term, ...]
    headings: Mapping[str, str]
    size: int
    crlf: bool = False


def inspect_archive(path: Path, expected_records: Optional[int] = None) -> ArchiveContents:
    """Return what ``path`` holds, or raise ``BadArchive`` with what is wrong with it.

    Where ``expected_records`` were announced, tables too small for most of them are refused.
    The checksums of the tables are compared while :func:`record_blocks` reads them.
    """
    with _opened(path) as archive:
        entries = archive.infolist()
        _check_entries(entries, path.stat().st_size)
        parts = _parts([entry.filename for entry in entries])
        if HEADINGS not in {entry.filename.lower() for entry in entries}:
            raise BadArchive("no headings.csv in the archive")
        delimiter = "\t" if parts[0].lower().endswith(".tsv") else ","
        lines = [_first_record(archive, part, delimiter) for part in parts]
        headers = _headers(lines, delimiter)
        rows = _headings(archive)
    size = sum(entry.file_size for entry in entries if entry.filename in parts)
    contents = ArchiveContents(
        path=path,
        parts=parts,
        delimiter=delimiter,
        headers=headers,
        terms=header_terms(_names(headers, rows)),
        headings={row[0]: row[1] for row in rows},
        size=size,
        crlf=lines[0].endswith(b"\r\n"),
    )
    least = len(headers) * (3 if delimiter == "," else 1)  # bytes of a record without a value
    if expected_records is not None and size < expected_records * least:
        raise BadArchive(f"{size} bytes cannot hold the {expected_records} announced records")
    return contents


def record_blocks(contents: ArchiveContents, block_size: int) -> Iterator[tuple[bytes, int]]:
    """Yield blocks of whole records as comma-separated UTF-8, every line ended by LF.

    With each comes how many bytes of ``contents.size`` have been read. The headers are left out;
    so are NUL characters, which no database keeps. Raises ``BadArchive`` for data that are
    damaged, and for a table that ends inside a cell.
    """
    read = 0
    with _opened(contents.path) as archive:
        for part in contents.parts:
            with archive.open(part) as table:
                header = _first_record(archive, part, contents.delimiter)
                table.read(len(header))
                read += len(header)
                for block in _whole_records(table, contents, block_size):
                    yield block, min(read + table.tell(), contents.size)
                read += archive.getinfo(part).file_size - len(header)


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open an archive; while it is in use, whatever zipfile stumbles over is ``BadArchive``."""
    try:
        archive = zipfile.ZipFile(path)
    except FileNotFoundError as fault:
        raise BadArchive("there is no such file") from fault
    except (zipfile.BadZipFile, *_DAMAGE) as fault:
        raise BadArchive(_diagnosis(path)) from fault
    with archive:
        try:
            yield archive
        except (zipfile.BadZipFile, *_DAMAGE) as fault:
            raise BadArchive(f"damaged: {fault}") from fault


def _diagnosis(path: Path) -> str:
    """Say what a file is that is no archive."""
    with path.open("rb") as file:
        start = file.read(512).lstrip()
    if not start:
        return "an empty file"
    if start[:1] == b"<":
        return "a web page in place of the archive"
    if start.startswith(b"PK"):
        return "truncated: the directory at its end is missing"
    return "not a zip archive"


def _check_entries(entries: list[zipfile.ZipInfo], packed: int) -> None:
    if len(entries) > MAX_ENTRIES:
        raise BadArchive(f"{len(entries)} entries")
    names: set[str] = set()
    for entry in entries:
        _check_entry(entry)
        if entry.filename.lower() in names:
            raise BadArchive(f"two entries named {entry.filename!r}")
        names.add(entry.filename.lower())
    if sum(entry.compress_size for entry in entries) > packed:
        raise BadArchive("entries that overlap")
    if sum(entry.file_size for entry in entries) > MAX_BYTES:
        raise BadArchive("too large when unpacked")


def _check_entry(entry: zipfile.ZipInfo) -> None:
    name = entry.filename
    steps = PurePosixPath(name.replace("\\", "/"))
    if steps.is_absolute() or ".." in steps.parts or re.match(r"[A-Za-z]:", name) or "\0" in name:
        raise BadArchive(f"an entry that points elsewhere: {name!r}")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise BadArchive(f"an entry that is a link: {name!r}")
    if entry.flag_bits & 1:
        raise BadArchive(f"an entry with a password: {name!r}")
    if entry.file_size > max(_SMALL, MAX_RATIO * entry.compress_size):
        raise BadArchive(f"an entry that grows beyond measure: {name!r}")


def _parts(names: list[str]) -> tuple[str, ...]:
    """Return the data entries in their order: ``x.csv``, ``x_part2.csv``, ``x_part10.csv``."""
    found = {}
    for name in names:
        match = _PART.fullmatch(name)
        if match and "/" not in name and "\\" not in name and name.lower() not in _NO_DATA:
            found[name] = (match["base"], int(match["number"] or 1))
    if not found:
        raise BadArchive("no table in the archive")
    if len({base for base, _ in found.values()}) > 1:
        raise BadArchive("more than one table in the archive")
    return tuple(sorted(found, key=found.__getitem__))


def _first_record(archive: zipfile.ZipFile, part: str, delimiter: str) -> bytes:
    """Return the bytes of the header, its line end included; a header may hold line ends."""
    with archive.open(part) as table:
        header = table.readline(MAX_HEADER)
        while delimiter == "," and header.count(b'"') % 2 and len(header) < MAX_HEADER:
            more = table.readline(MAX_HEADER - len(header))
            if not more:
                break
            header += more
    if len(header) >= MAX_HEADER:
        raise BadArchive("a header without end")
    return header


def _headers(lines: list[bytes], delimiter: str) -> tuple[str, ...]:
    records = [_read(line, delimiter) for line in lines]
    headers = records[0]
    if any(record != headers for record in records):
        raise BadArchive("parts with different columns")
    if not any(name.strip() for name in headers):
        raise BadArchive("a table without columns")
    if len(headers) > MAX_COLUMNS:
        raise BadArchive(f"{len(headers)} columns")
    if max(map(len, headers)) > MAX_NAME:
        raise BadArchive("a column with an endless name")
    return headers


def _read(line: bytes, delimiter: str) -> tuple[str, ...]:
    text = _text(line).rstrip("\r\n")
    if delimiter == "\t":  # the portal takes tabs out of its values and quotes nothing
        return tuple(text.split("\t"))
    return tuple(next(csv.reader([text]), ()))


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise BadArchive("text that is not UTF-8") from fault


def _headings(archive: zipfile.ZipFile) -> list[tuple[str, str, str]]:
    """Return header, field of the index and Darwin Core term of each column."""
    name = next(n for n in archive.namelist() if n.lower() == HEADINGS)
    rows = csv.reader(io.StringIO(_text(archive.read(name)), newline=""))
    next(rows, None)
    return [(row[0], row[1], row[2]) for row in rows if len(row) > 2]


def _names(headers: tuple[str, ...], headings: list[tuple[str, str, str]]) -> list[str]:
    """Name the columns by Darwin Core also where the archive was asked for in plain English."""
    if [row[0] for row in headings] == list(headers):  # a header may stand twice: by position
        return [row[2] or row[0] for row in headings]
    terms = {row[0]: row[2] for row in headings}
    return [terms.get(header) or header for header in headers]


def _whole_records(table: IO[bytes], contents: ArchiveContents, block_size: int) -> Iterator[bytes]:
    rest = b""
    while True:
        block = table.read(block_size)
        if not block:
            break
        block = rest + _clean(block, contents)
        end = _last_record_end(block, quoted=contents.delimiter == ",")
        rest = block[end:]
        if end:
            yield _quoted(block[:end], contents.delimiter)
        elif len(block) > MAX_RECORD:
            raise BadArchive("a record without end")
    if rest.strip():
        if contents.delimiter == "," and rest.count(b'"') % 2:
            raise BadArchive("the table ends inside a cell")
        yield _quoted(rest.rstrip(b"\n") + b"\n", contents.delimiter)


def _clean(block: bytes, contents: ArchiveContents) -> bytes:
    if b"\0" in block:
        block = block.replace(b"\0", b"")
    # Only where CR ends the lines: in the portal's tables it is part of a cell.
    if contents.crlf or contents.delimiter == "\t":
        block = block.replace(b"\r", b"")
    return block


def _last_record_end(block: bytes, *, quoted: bool) -> int:
    """Return the end of the last whole record in ``block``, which begins with a record.

    A line end is the end of a record where an even number of quotes stands before it: within a
    cell each quote is doubled (opencsv, RFC 4180).
    """
    at = block.rfind(b"\n")
    if not quoted:
        return at + 1
    before = block.count(b'"', 0, at) if at >= 0 else 0
    while at >= 0 and before % 2:
        earlier = block.rfind(b"\n", 0, at)
        before -= block.count(b'"', max(earlier, 0), at)
        at = earlier
    return at + 1


def _quoted(block: bytes, delimiter: str) -> bytes:
    """Return tab-separated records as comma-separated ones; leave others as they are."""
    if delimiter == ",":
        return block
    cells = block[:-1].replace(b'"', b'""').replace(b"\t", b'","').replace(b"\n", b'"\n"')
    return b'"' + cells + b'"\n'
