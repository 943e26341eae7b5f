"""Typed reading of the members of a JSON answer.

Strict where a service promises, lenient where it does not: a missing, null or empty member is
"" or ``None``, and a number that a service spells as text is a number all the same.
"""

from __future__ import annotations

import html
import math
import re
from typing import Any, Mapping, Optional, Sequence

from biodiv_plugin.portal.errors import UnexpectedAnswer

_TAG = re.compile(r"<[^<>]*>")


def as_object(answer: Any, what: str, url: str = "") -> Mapping[str, Any]:
    """Return ``answer`` where it is a JSON object; raises ``UnexpectedAnswer``."""
    if not isinstance(answer, dict):
        raise UnexpectedAnswer(f"{what} is no object", url=url)
    return answer


def as_array(answer: Any, what: str, url: str = "") -> Sequence[Any]:
    """Return ``answer`` where it is a JSON array; raises ``UnexpectedAnswer``."""
    if not isinstance(answer, list):
        raise UnexpectedAnswer(f"{what} is no array", url=url)
    return answer


def objects(record: Mapping[str, Any], key: str) -> tuple[Mapping[str, Any], ...]:
    """Return the objects in the array ``key``; nulls and a missing array are left out."""
    found = record.get(key)
    return tuple(item for item in found if isinstance(item, dict)) if found else ()


def required(record: Mapping[str, Any], key: str, what: str) -> str:
    """Return a member as text that must be there and not empty; raises ``UnexpectedAnswer``."""
    found = text(as_object(record, what), key)
    if not found:
        raise UnexpectedAnswer(f"{what} without {key}")
    return found


def text(record: Mapping[str, Any], key: str) -> str:
    found = record.get(key)
    return "" if found is None else str(found)


def texts(record: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """Return a member as texts; a single value counts as an array of one."""
    found = record.get(key)
    if found is None:
        return ()
    if not isinstance(found, list):
        found = [found]
    return tuple(str(item) for item in found if item is not None)


def number(record: Mapping[str, Any], key: str) -> Optional[float]:
    """Return a finite number, also one spelled as text, or ``None``."""
    found = record.get(key)
    if found is None or isinstance(found, bool):
        return None
    try:
        value = float(found)
    except (TypeError, ValueError):
        return None
    return value if math.isfinite(value) else None


def integer(record: Mapping[str, Any], key: str) -> Optional[int]:
    value = number(record, key)
    return None if value is None else int(value)


def flag(record: Mapping[str, Any], key: str) -> Optional[bool]:
    """Return a boolean, also one spelled ``"true"`` or ``"false"``, or ``None``."""
    found = record.get(key)
    if isinstance(found, str):
        return {"true": True, "false": False}.get(found.lower())
    return found if isinstance(found, bool) else None


def plain(markup: str) -> str:
    """Return text without its tags and entities: several members hold HTML."""
    return html.unescape(_TAG.sub("", markup)).strip()
