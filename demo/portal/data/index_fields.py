"""The fields of the occurrence index: what may be searched, counted and downloaded.

Read from ``fields.csv``. Its flags: m multi-valued (stored joined by ``|``), i values that the
service translates, x without docValues: searchable, yet dropped from every download, s not stored
but worked out from a map layer when somebody asks. Two fields may share a Darwin Core name, as
``year`` and ``occurrenceYear`` do here: a header can occur twice.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Dict, Tuple

TABLE = Path(__file__).with_name("fields.csv")
HIDDEN = frozenset({"_nest_parent_"})  # not told by /index/fields


@dataclass(frozen=True)
class IndexField:
    """A field; ``type`` is string, int, double, date, boolean, location or textgen.

    Dates are stored as milliseconds since 1970, booleans as 0 and 1.
    """

    name: str
    type: str
    multivalue: bool
    docvalue: bool
    translated: bool
    sampled: bool
    dwc_term: str
    classs: str
    label: str
    legacy: Tuple[str, ...]

    @property
    def numeric(self) -> bool:
        return self.type in ("int", "double")

    @property
    def layer(self) -> bool:
        """Whether it holds what a layer of the spatial service says at the record's place."""
        return self.name[:2] in ("cl", "el") and self.name[2:].isdigit()


@cache
def index_fields() -> Dict[str, IndexField]:
    """Return the fields by name, in the order of the index."""
    with TABLE.open(encoding="utf-8", newline="") as stream:
        return {row["name"]: _field(row) for row in csv.DictReader(stream)}


@cache
def legacy_names() -> Dict[str, str]:
    """Return today's name of each name of the former index."""
    return {old: field.name for field in index_fields().values() for old in field.legacy}


def _field(row: Dict[str, str]) -> IndexField:
    return IndexField(
        name=row["name"],
        type=row["type"],
        multivalue="m" in row["flags"],
        docvalue="x" not in row["flags"],
        translated="i" in row["flags"],
        sampled="s" in row["flags"],
        dwc_term=row["dwc"] or row["name"],
        classs=row["classs"],
        label=row["label"],
        legacy=tuple(row["legacy"].split()),
    )
