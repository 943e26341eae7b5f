"""A period as a filter of occurrences, and back."""

from __future__ import annotations

from datetime import date
from typing import Optional

from biodiv_plugin.portal import solr

Period = tuple[Optional[date], Optional[date]]  # the first and the last day, both included

_DAY_BEGINS = ("", "T00:00:00Z")
_DAY_ENDS = ("", "T23:59:59Z", "T23:59:59.999Z")


def period_filter(first: Optional[date], last: Optional[date]) -> str:
    """Return the filter query of a period; ``None`` is no limit.

    Whole years are asked by the year: some records have a year and no date.
    """
    begins = first is None or (first.month, first.day) == (1, 1)
    ends = last is None or (last.month, last.day) == (12, 31)
    if begins and ends:
        low, high = (f"{day.year:04}" if day else "" for day in (first, last))
        return solr.between("year", low, high)
    return solr.between(
        "eventDate",
        f"{first}T00:00:00Z" if first else "",
        f"{last}T23:59:59Z" if last else "",
    )


def read_period(field: str, low: str, high: str) -> Optional[Period]:
    """Return the period of a range that :func:`period_filter` writes, else ``None``."""
    if not low and not high:
        return None
    try:
        if field == "year":
            return (
                date(int(low), 1, 1) if low else None,
                date(int(high), 12, 31) if high else None,
            )
        if field == "eventDate" and low[10:] in _DAY_BEGINS and high[10:] in _DAY_ENDS:
            return (
                date.fromisoformat(low[:10]) if low else None,
                date.fromisoformat(high[:10]) if high else None,
            )
    except ValueError:  # such as NOW-1YEAR
        return None
    return None
