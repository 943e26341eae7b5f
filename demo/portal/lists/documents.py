"""How a list and its items look in an answer, keys in their order (contract/lists 2.2 to 2.6)."""

from __future__ import annotations

import sqlite3
from typing import Any, Dict, List, Optional, Sequence, Tuple

from demo.portal.lists.store import pairs_of

FULL_NAME = "Mocked user"  # what the stub of the user service calls everybody

_SUMMARY = (
    *("listType", "dateCreated", "lastUpdated", "lastUploaded", "lastMatched"),
    *("username", "fullName", "itemCount", "region", "category", "generalisation"),
    *("authority", "sdsType", "isAuthoritative", "isInvasive", "isThreatened"),
    *("looseSearch", "isBIE", "isSDS", "wkt"),
)
_SINGLE = (
    *("dateCreated", "lastUpdated", "lastUploaded", "lastMatched", "username", "fullName"),
    *("itemCount", "isAuthoritative", "isInvasive", "isThreatened", "isBIE", "isSDS"),
    "looseSearch",
)
_FLAGS = frozenset({"isAuthoritative", "isInvasive", "isThreatened", "isBIE", "isSDS"})


def summary(row: sqlite3.Row) -> Dict[str, Any]:
    """Return a list as the index shows it."""
    return _document(row, _SUMMARY)


def single(row: sqlite3.Row) -> Dict[str, Any]:
    """Return a list as it is shown by its id; without a type it has no ``listType``."""
    document = _document(row, _SINGLE)
    if row["listType"] is not None:
        document["listType"] = row["listType"]
    return document


def _document(row: sqlite3.Row, keys: Sequence[str]) -> Dict[str, Any]:
    document: Dict[str, Any] = {
        "dataResourceUid": row["druid"],
        "listName": row["listName"],
        "description": row["description"],
    }
    for key in keys:
        document[key] = _value(row, key)
    return document


def _value(row: sqlite3.Row, key: str) -> Any:
    if key == "fullName":
        return FULL_NAME
    if key == "itemCount":
        return row["itemsCount"]
    if key in _FLAGS:
        return bool(row[key])
    if key == "looseSearch":
        return None if row[key] is None else bool(row[key])
    return row[key]


def items(
    connection: sqlite3.Connection, rows: Sequence[sqlite3.Row], with_pairs: bool, *, own: bool
) -> List[Dict[str, Any]]:
    """Return items. ``own``: in the words of speciesListItems, else in those of the other calls."""
    pairs = pairs_of(connection, [row["id"] for row in rows]) if with_pairs else {}
    found = []
    for row in rows:
        names: Tuple[Tuple[str, str], ...] = (
            ("name", "rawScientificName"),
            ("commonName", "commonName"),
            ("scientificName", "matchedName"),
            ("lsid", "guid"),
        )
        if not own:
            names = (
                ("rawScientificName", "rawScientificName"),
                ("commonName", "commonName"),
                ("matchedName", "matchedName"),
                ("lsid", "guid"),
            )
        item: Dict[str, Any] = {"id": row["id"]}
        item.update((key, row[column]) for key, column in names)
        item["dataResourceUid"] = row["druid"]
        if with_pairs:
            item["kvpValues"] = [key_and_value(pair) for pair in pairs[row["id"]]]
        found.append(item)
    return found


def key_and_value(pair: sqlite3.Row) -> Dict[str, Optional[str]]:
    return {"key": pair["key"], "value": pair["value"]}
