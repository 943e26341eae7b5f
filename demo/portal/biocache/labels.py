"""The service's words for values: always English, never what a filter takes."""

from __future__ import annotations

import calendar
import csv
import sqlite3
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Dict, List, Optional, Tuple

from demo.portal.data.index_fields import IndexField

TABLE = Path(__file__).with_name("assertions.csv")
MISSING = "Not supplied"

_WORDS: Dict[str, Dict[str, str]] = {
    "basisOfRecord": {
        "HUMAN_OBSERVATION": "Human observation",
        "MACHINE_OBSERVATION": "Machine observation",
        "PRESERVED_SPECIMEN": "Preserved specimen",
        "MATERIAL_SAMPLE": "Material sample",
    },
    "occurrenceStatus": {"PRESENT": "Present", "ABSENT": "Absent"},
    "spatiallyValid": {"true": "Spatially valid", "false": "Spatially suspect"},
    "identificationVerificationStatus": {
        "validated": "Validated",
        "probable": "Probable",
        "unvalidated": "Not validated",
    },
    "sensitive": {"generalised": "Generalised", "alreadyGeneralised": "Supplied as generalised"},
    "matchType": {
        "exactMatch": "Exact match",
        "higherMatch": "Higher match",
        "noMatch": "No match",
    },
    "speciesGroup": {"FernsAndAllies": "Ferns and allies"},
    "month": {str(number): calendar.month_name[number] for number in range(1, 13)},
}
_NAMED = {  # fields whose values are ids that the collectory knows by name
    "dataResourceUid": ("uid", "name"),
    "dataProviderUid": ("provider_uid", "provider_name"),
    "institutionUid": ("institution_uid", "institution_name"),
}


@dataclass(frozen=True)
class Assertion:
    """A quality code as ``/assertions/codes`` tells it."""

    name: str
    code: int
    description: str
    category: str
    fatal: bool
    terms: Tuple[str, ...]


@cache
def assertions() -> Dict[str, Assertion]:
    """Return the quality codes by name, in the service's order."""
    with TABLE.open(encoding="utf-8", newline="") as stream:
        return {row["name"]: _assertion(row) for row in csv.DictReader(stream)}


class Labels:
    """Labels of facet values; the names of data resources come from the data."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._names: Dict[str, Dict[str, str]] = {}

    def of(self, field: IndexField, value: str) -> str:
        """Return what the service calls a value of a field."""
        if field.name in _NAMED:
            return self._uids(field.name).get(value, value)
        if field.name == "assertions":
            known: Optional[Assertion] = assertions().get(value)
            return known.description if known else value
        if field.name == "taxonRank":
            return value.capitalize()
        return _WORDS.get(field.name, {}).get(value, value)

    def _uids(self, field: str) -> Dict[str, str]:
        if field not in self._names:
            uid, name = _NAMED[field]
            rows = self._connection.execute(f"SELECT {uid}, {name} FROM dataset")
            self._names[field] = {row[0]: row[1] for row in rows}
        return self._names[field]


def _assertion(row: Dict[str, str]) -> Assertion:
    terms: List[str] = row["terms"].split("|") if row["terms"] else []
    return Assertion(
        row["name"],
        int(row["code"]),
        row["description"],
        row["category"],
        row["fatal"] == "1",
        tuple(terms),
    )
