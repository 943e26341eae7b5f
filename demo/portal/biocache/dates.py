"""Solr's dates: ISO 8601 in UTC and date mathematics such as ``NOW-7DAYS/DAY``."""

from __future__ import annotations

import datetime
import re
from typing import Dict, Optional

_DATE = re.compile(
    r"(?P<base>NOW|(?P<iso>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?Z)"
    r"(?P<steps>(?:[+-]\d+(?:YEAR|MONTH|DAY|HOUR|MINUTE|SECOND)S?|/(?:YEAR|MONTH|DAY|HOUR))*)"
)
_STEP = re.compile(r"([+-]\d+|/)(YEAR|MONTH|DAY|HOUR|MINUTE|SECOND)S?")
_FIRST: Dict[str, Dict[str, int]] = {
    "YEAR": {"month": 1, "day": 1, "hour": 0, "minute": 0, "second": 0, "microsecond": 0},
    "MONTH": {"day": 1, "hour": 0, "minute": 0, "second": 0, "microsecond": 0},
    "DAY": {"hour": 0, "minute": 0, "second": 0, "microsecond": 0},
    "HOUR": {"minute": 0, "second": 0, "microsecond": 0},
}
_EPOCH = datetime.datetime(1970, 1, 1)


def to_millis(text: str, now: float) -> Optional[int]:
    """Return a date as milliseconds since 1970, or None where it is none; ``now`` in seconds."""
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    try:
        if match.group("iso"):
            moment = datetime.datetime.fromisoformat(match.group("iso"))
        else:
            moment = _EPOCH + datetime.timedelta(seconds=now)
        for amount, unit in _STEP.findall(match.group("steps")):
            moment = _stepped(moment, amount, unit)
    except (ValueError, OverflowError):
        return None
    return int((moment - _EPOCH).total_seconds() * 1000)


def step(millis: int, gap: str) -> Optional[int]:
    """Return ``millis`` moved by a gap such as ``+1YEAR``, or None where it is none."""
    return to_millis(iso(millis) + gap, 0) if gap else None


def iso(millis: int) -> str:
    """Return milliseconds since 1970 as ``2018-06-13T00:00:00Z``."""
    moment = _EPOCH + datetime.timedelta(milliseconds=millis)
    return moment.isoformat(timespec="seconds") + "Z"


def day(millis: int) -> str:
    """Return milliseconds since 1970 as ``2018-06-13``."""
    return iso(millis)[:10]


def _stepped(moment: datetime.datetime, amount: str, unit: str) -> datetime.datetime:
    if amount == "/":
        return moment.replace(**_FIRST[unit])
    number = int(amount)
    if unit in ("YEAR", "MONTH"):
        months = moment.year * 12 + moment.month - 1 + number * (12 if unit == "YEAR" else 1)
        day_ = min(moment.day, 28)  # every month has it
        return moment.replace(year=months // 12, month=months % 12 + 1, day=day_)
    return moment + datetime.timedelta(**{unit.lower() + "s": number})
