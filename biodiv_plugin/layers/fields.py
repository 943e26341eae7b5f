"""The columns of a downloaded table: what type each has in a GeoPackage.

A column keeps its Darwin Core name. Several values in one cell stay text, joined by `` | `` as
Darwin Core recommends: QGIS shows, filters and groups such a column as people read it, where a
JSON list would put brackets and quotes around the one value that most records have.
"""

from __future__ import annotations

import math
from datetime import date, datetime
from typing import Callable, Iterable, Mapping

from osgeo import ogr

from biodiv_plugin.portal.darwin_core import (
    BOOLEAN,
    DATE,
    DATETIME,
    INTEGER,
    REAL,
    TEXT,
    Term,
)

LONGITUDE, LATITUDE = "decimalLongitude", "decimalLatitude"
_OWN = {"fid", "geom"}  # columns of the GeoPackage itself
_LONGEST = 2**63

# Text in the portal's index, though numbers in nearly all records; where a value is none, the
# import finds out and keeps the column as text.
_NUMBERS = {
    "individualCount": INTEGER,
    "minimumElevationInMeters": REAL,
    "maximumElevationInMeters": REAL,
    "minimumDepthInMeters": REAL,
    "maximumDepthInMeters": REAL,
}

# Type and subtype in OGR, and the same as the csvt file beside a table spells it.
_TYPES: Mapping[str, tuple[int, int, str]] = {
    INTEGER: (ogr.OFTInteger64, ogr.OFSTNone, "Integer64"),
    REAL: (ogr.OFTReal, ogr.OFSTNone, "Real"),
    DATE: (ogr.OFTDate, ogr.OFSTNone, "Date"),
    DATETIME: (ogr.OFTDateTime, ogr.OFSTNone, "DateTime"),
    BOOLEAN: (ogr.OFTInteger, ogr.OFSTBoolean, "Integer(Boolean)"),
}
_AS_TEXT = (ogr.OFTString, ogr.OFSTNone, "String")


def columns(terms: Iterable[Term]) -> tuple[Term, ...]:
    """Return ``terms`` under names that a GeoPackage has free, and with the types to try."""
    return tuple(
        Term(
            f"{term.name}_" if term.name.lower() in _OWN else term.name,
            _NUMBERS.get(term.name, term.kind),
        )
        for term in terms
    )


def field_definitions(terms: Iterable[Term]) -> list[ogr.FieldDefn]:
    definitions = []
    for term in terms:
        kind, subtype, _ = _TYPES.get(term.kind, _AS_TEXT)
        definition = ogr.FieldDefn(term.name, kind)
        definition.SetSubType(subtype)
        definitions.append(definition)
    return definitions


def csvt(terms: Iterable[Term]) -> str:
    """Return the line that tells OGR's CSV reader the type of each column."""
    return ",".join(f'"{_TYPES.get(term.kind, _AS_TEXT)[2]}"' for term in terms)


def fits(kind: str, value: str) -> bool:
    """Return whether a cell that is not empty can be stored as ``kind`` without loss."""
    check = _CHECKS.get(kind)
    if check is None:
        return True
    try:
        return check(value)
    except ValueError:
        return False


def wider(kind: str, value: str) -> str:
    """Return the kind for a column of ``kind`` that turns out to hold ``value``."""
    if fits(kind, value):
        return kind
    return REAL if kind == INTEGER and fits(REAL, value) else TEXT


def _is_integer(value: str) -> bool:
    return value.isascii() and -_LONGEST <= int(value) < _LONGEST


def _is_real(value: str) -> bool:
    return "_" not in value and math.isfinite(float(value))


def _is_date(value: str) -> bool:
    return bool(date.fromisoformat(value))


def _is_datetime(value: str) -> bool:
    return bool(datetime.fromisoformat(value.replace("Z", "+00:00")))


def _is_boolean(value: str) -> bool:
    return value in ("true", "false")


_CHECKS: Mapping[str, Callable[[str], bool]] = {
    INTEGER: _is_integer,
    REAL: _is_real,
    DATE: _is_date,
    DATETIME: _is_datetime,
    BOOLEAN: _is_boolean,
}
