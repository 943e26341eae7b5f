"""Filters on lists, ``field=op:value``, with all their ways to be ignored (contract/lists 2.2)."""

from __future__ import annotations

import re
import sqlite3
from typing import Any, Callable, Dict, Iterable, List, Optional, Tuple

from werkzeug.datastructures import MultiDict

from demo.portal.lists.access import Reader, Swallowed

LIST_TYPES = (
    "SPECIES_CHARACTERS",
    "CONSERVATION_LIST",
    "SENSITIVE_LIST",
    "LOCAL_LIST",
    "COMMON_TRAIT",
    "COMMON_HABITAT",
    "SPATIAL_PORTAL",
    "PROFILE",
    "TEST",
    "OTHER",
)
BOOLEANS = (
    *("isPrivate", "isSDS", "isBIE", "isAuthoritative", "isInvasive", "isThreatened"),
    "looseSearch",
)
TEXTS = (
    *("listName", "description", "url", "wkt", "region", "authority", "category"),
    *("generalisation", "sdsType", "username", "userId", "firstName", "surname"),
)
OTHERS = ("dateCreated", "lastUpdated", "lastUploaded", "lastMatched", "itemsCount", "id")
_NAMES = {"dataResourceUid": "druid"}
_GRAMMAR = re.compile(r"([a-zA-Z]+):([\x00-\x7F\s]*)")
_NO_FILTERS = frozenset(
    {"max", "offset", "sort", "order", "q", "user", "wkt", "format", "callback"}
)


def _like(flags: int) -> Callable[[str, str], bool]:
    def compare(own: str, value: str) -> bool:
        pattern = ".*".join(re.escape(part) for part in value.split("%"))
        return re.fullmatch(pattern.replace("_", "."), own, flags | re.DOTALL) is not None

    return compare


_OPERATIONS: Dict[str, Callable[[str, str], bool]] = {
    "eq": lambda own, value: own.casefold() == value.casefold(),
    "ne": lambda own, value: own.casefold() != value.casefold(),
    "like": _like(0),
    "ilike": _like(re.IGNORECASE),
    "gt": lambda own, value: own > value,
    "ge": lambda own, value: own >= value,
    "lt": lambda own, value: own < value,
    "le": lambda own, value: own <= value,
}
_WITHOUT_VALUE: Dict[str, Callable[[Any], bool]] = {
    "isNull": lambda own: own is None,
    "isNotNull": lambda own: own is not None,
}


def filters_of(args: MultiDict[str, str]) -> List[Tuple[str, str, str]]:
    """Return the filters in a request as (field, operation, value).

    What does not fit the grammar, a letter with an accent for one, is no filter and is ignored;
    so is an operation that nobody knows. Both make the result wider.
    """
    found = []
    for name, value in args.items(multi=True):
        match = _GRAMMAR.fullmatch(value)
        known = match and (match[1] in _OPERATIONS or match[1] in _WITHOUT_VALUE)
        if match and known and name not in _NO_FILTERS:
            found.append((name, match[1], match[2]))
    return found


def matching(
    rows: Iterable[sqlite3.Row],
    filters: Iterable[Tuple[str, str, str]],
    who: Optional[Reader] = None,
    edited: Iterable[int] = (),
) -> List[sqlite3.Row]:
    """Return the lists that satisfy all filters; ``edited`` are the ids that ``who`` may edit.

    Raises :class:`Swallowed` for an unknown field, a value that is no member of the enumeration,
    and a value for a date or a number, which the service never converts.
    """
    found = list(rows)
    shared = set(edited)
    for name, operation, value in filters:
        if name == "userId" and operation == "eq" and who and value == who.user_id:
            found = [row for row in found if row["userId"] == value or row["id"] in shared]
            continue
        test = _test(name, operation, value)
        column = _NAMES.get(name, name)
        found = [row for row in found if test(row[column])]
    return found


def _test(name: str, operation: str, value: str) -> Callable[[Any], bool]:
    known = name in _NAMES or name == "listType" or name in (*BOOLEANS, *TEXTS, *OTHERS)
    if not known:
        raise Swallowed(f"no property {name}")
    if operation in _WITHOUT_VALUE:
        return _WITHOUT_VALUE[operation]
    if name in OTHERS:
        raise Swallowed(f"{name} is no text")
    if name == "listType" and value not in LIST_TYPES:
        raise Swallowed(f"no list type {value}")
    compare = _OPERATIONS[operation]
    if name in BOOLEANS:
        wanted = "1" if value.strip().lower() in ("true", "y", "1") else "0"
        return lambda own: own is not None and compare(str(own), wanted)
    return lambda own: own is not None and compare(str(own), value)
