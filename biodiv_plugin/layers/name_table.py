"""Names with their values, from wherever people keep them: a text, a file, a layer."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Iterable, Sequence

from osgeo import gdal, ogr
from qgis.core import NULL, QgsFeature, QgsFields

from biodiv_plugin.portal.errors import BadTable
from biodiv_plugin.portal.species_lists import NewItem

_SEPARATORS = (";", "\t", ",", "|")
_TEXT_FILES = (".csv", ".txt", ".tsv")
_LARGEST = 30 * 1024**2  # bytes; what the portal's own form takes (contract/lists 2.12)

# Headers of a column of names, in the order in which they are believed; lower case, no blanks.
_NAME_HEADERS = (
    *("scientificname", "wetenschappelijkenaam", "naamlat", "latijnsenaam", "soortlat"),
    *("acceptedscientificname", "suppliedname", "sciname", "latinname", "taxonname", "taxon"),
    *("species", "soort", "soortnaam", "soortnaamlatijn", "vernacularname", "nederlandsenaam"),
    *("naamnl", "soortnl", "name", "naam"),
)


@dataclass(frozen=True)
class NameTable:
    """Text cells under ``headers``; each row has as many cells as there are headers."""

    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def name_column(self) -> int:
        """Return the column that most likely holds the names."""
        plain = ["".join(c for c in header.lower() if c.isalnum()) for header in self.headers]
        for wanted in _NAME_HEADERS:
            if wanted in plain:
                return plain.index(wanted)
        return 0

    def items(self, name: int, values: Sequence[int]) -> tuple[NewItem, ...]:
        """Return a line for each row with a name; empty cells are no values."""
        return tuple(
            NewItem(
                " ".join(row[name].split()),
                tuple((self.headers[at], row[at].strip()) for at in values if row[at].strip()),
            )
            for row in self.rows
            if row[name].strip()
        )


def table_of_text(text: str, title: str = "") -> NameTable:
    """Read what was typed or pasted: a name a line, or a table with any separator.

    A first line whose words head a column of names is the header. Raises ``BadTable`` where there
    is no name.
    """
    lines = [line for line in text.replace("\x00", "").splitlines() if line.strip()]
    if not lines:
        raise BadTable("no line with a name", reason="empty")
    separator = _separator(lines)
    if separator:
        rows = list(csv.reader(io.StringIO(text), delimiter=separator))
        rows = [row for row in rows if any(cell.strip() for cell in row)]
    elif len(lines) == 1 and "(" not in text:  # names in a row, as in a sentence
        rows = [[name.strip()] for name in re.split("[;,]", text) if name.strip()]
    else:
        rows = [[line.strip().strip('"')] for line in lines]
    if not rows:
        raise BadTable("no line with a name", reason="empty")
    return _table(title, rows)


def table_of_file(path: Path) -> NameTable:
    """Read a CSV or text file in any usual encoding, or a spreadsheet (xlsx, ods, xls).

    Raises ``BadTable`` with ``reason``: ``unreadable``, ``too_large``, ``empty``.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise BadTable("too large", reason="too_large")
        if path.suffix.lower() in _TEXT_FILES:
            return table_of_text(decoded(path.read_bytes()), path.stem)
    except OSError as fault:
        raise BadTable(str(fault), reason="unreadable") from fault
    return _spreadsheet(path)


def table_of_features(title: str, fields: QgsFields, features: Iterable[QgsFeature]) -> NameTable:
    """Read the attributes of features, as text; raises ``BadTable`` where there are none."""
    headers = tuple(field.name() for field in fields)
    rows = tuple(tuple(_cell(value) for value in feature.attributes()) for feature in features)
    if not headers or not rows:
        raise BadTable("no feature", reason="empty")
    return NameTable(title, headers, rows)


def decoded(data: bytes) -> str:
    """Return a text of unknown encoding: by its mark, else UTF-8, else as Windows writes it."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _separator(lines: Sequence[str]) -> str:
    """Return what parts the cells, as often in the first line as in most others, or "".

    A comma counts where the first line is a header: in names it stands before the year, as in
    "Bufo bufo (Linnaeus, 1758)".
    """
    if len(lines) == 1:
        return "\t" if "\t" in lines[0] else ""
    best, most = "", 0
    for separator in _SEPARATORS:
        cells = list(csv.reader(lines[:50], delimiter=separator))
        counts = [len(row) - 1 for row in cells]
        headed = _is_header(cells[0])
        agree = headed or sum(count == counts[0] for count in counts) >= len(counts) / 2
        if counts[0] > most and agree and (separator != "," or headed):
            best, most = separator, counts[0]
    return best


def _table(title: str, rows: Sequence[Sequence[str]]) -> NameTable:
    width = max(map(len, rows))
    padded = [(*row, *[""] * (width - len(row))) for row in rows]
    if _is_header(padded[0]) and len(padded) > 1:
        return NameTable(title, _headers(padded[0]), tuple(padded[1:]))
    return NameTable(title, _headers([""] * width), tuple(padded))


def _is_header(cells: Sequence[str]) -> bool:
    plain = ["".join(c for c in cell.lower() if c.isalnum()) for cell in cells]
    return any(cell in _NAME_HEADERS for cell in plain)


def _headers(cells: Sequence[str]) -> tuple[str, ...]:
    """Return a header for each column; an empty or a second one gets a number."""
    found: list[str] = []
    for number, cell in enumerate(cells, 1):
        header = cell.strip() or (f"{number}" if len(cells) > 1 else "")
        while header in found:
            header += f"_{number}"
        found.append(header)
    return tuple(found)


def _spreadsheet(path: Path) -> NameTable:
    options = ["HEADERS=DISABLE", "FIELD_TYPES=STRING"]  # the first row is judged here
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        source = gdal.OpenEx(str(path), gdal.OF_VECTOR, open_options=options)
    except RuntimeError as fault:  # where somebody has switched GDAL's exceptions on
        raise BadTable(str(fault), reason="unreadable") from fault
    finally:
        gdal.PopErrorHandler()
    if source is None or source.GetLayerCount() == 0:
        raise BadTable("no table in this file", reason="unreadable")
    layers = [source.GetLayer(number) for number in range(source.GetLayerCount())]
    layer = next((layer for layer in layers if layer.GetFeatureCount() > 0), None)
    if layer is None:
        raise BadTable("no row in this file", reason="empty")
    rows = [_row(feature) for feature in layer]
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    if not rows:
        raise BadTable("no row in this file", reason="empty")
    own = [definition.GetName() for definition in layer.schema]
    if not _is_header(rows[0]) and _is_header(own):
        rows.insert(0, own)  # a driver that read the header all the same
    return _table(path.stem, rows)


def _row(feature: ogr.Feature) -> list[str]:
    return [
        feature.GetFieldAsString(at) if feature.IsFieldSetAndNotNull(at) else ""
        for at in range(feature.GetFieldCount())
    ]


def _cell(value: object) -> str:
    return "" if value is None or value == NULL else str(value)
