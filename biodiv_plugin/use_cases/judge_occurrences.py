"""Judge from counts alone whether the records of a question are good enough for one's purpose."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Mapping, Optional, Sequence

from biodiv_plugin.portal.http import UNWATCHED, Feedback
from biodiv_plugin.portal.occurrences import OccurrenceClient
from biodiv_plugin.portal.query import VALIDATED_STATUSES, OccurrenceQuery
from biodiv_plugin.portal.summaries import FacetValue
from biodiv_plugin.use_cases.count_occurrences import FLANDERS, PROFILE, without_part
from biodiv_plugin.use_cases.name_value import name_value

_STATUS = "identificationVerificationStatus"
_UNCERTAINTY = "coordinateUncertaintyInMeters"
_SHARES = ("dataResourceUid", "license", "basisOfRecord")
_FIELDS = ("year", "month", _UNCERTAINTY, _STATUS, "sensitive", *_SHARES)


@dataclass(frozen=True)
class Share:
    """A value with its number of records; ``value`` is "" where they have none."""

    value: str
    label: str
    count: int


@dataclass(frozen=True)
class Judged:
    """How the records of a query are spread.

    ``years``, ``months``, ``uncertainties``  (value, records), rising; metres, 1 to 12
    ``unknown_*``         records without a year or an uncertainty
    ``shares``            by index field: the values of datasets, licences, sources and
                          validation, the commonest first
    ``removed_by_profile``  records that the quality profile leaves out
    ``outside_flanders``    records that lie outside Flanders, counted or left out by the query
    ``blurred``, ``exact``  records of sensitive species, as everybody gets them, and as only
                            those do who have a right to them
    """

    query: OccurrenceQuery
    count: int
    years: tuple[tuple[int, int], ...]
    months: tuple[tuple[int, int], ...]
    uncertainties: tuple[tuple[float, int], ...]
    shares: Mapping[str, tuple[Share, ...]]
    removed_by_profile: int
    outside_flanders: int
    blurred: int
    exact: int

    @property
    def unknown_year(self) -> int:
        return self.count - sum(count for _, count in self.years)

    @property
    def unknown_uncertainty(self) -> int:
        return self.count - sum(count for _, count in self.uncertainties)

    @property
    def validated(self) -> int:
        statuses = self.shares.get(_STATUS, ())
        return sum(share.count for share in statuses if share.value in VALIDATED_STATUSES)

    def since(self, year: int) -> int:
        """Return how many records are of ``year`` or later."""
        return sum(count for each, count in self.years if each >= year)

    def within(self, metres: float) -> int:
        """Return how many records have a known uncertainty of at most ``metres``."""
        return sum(count for each, count in self.uncertainties if each <= metres)

    def missing_years(self) -> tuple[tuple[int, int], ...]:
        """Return the spans of years without a record between the first and the last one."""
        years = [year for year, count in self.years if count]
        return tuple((a + 1, b - 1) for a, b in zip(years, years[1:]) if b > a + 1)


def judge_occurrences(
    query: OccurrenceQuery, client: OccurrenceClient, feedback: Feedback = UNWATCHED
) -> Judged:
    """Return how the records of ``query`` are spread, by counts alone: no record is read.

    Raises a ``PortalError`` of the kind that fits, and ``Canceled``.
    """
    facets = client.facets(query, _FIELDS, limit=-1, feedback=feedback)
    count = client.count(query, feedback)
    removed = 0
    if query.quality_profile:
        removed = max(0, client.count(without_part(query, PROFILE), feedback) - count)
    sensitive = {value.value: value.count for value in facets["sensitive"]}
    return Judged(
        query=query,
        count=count,
        years=tuple((int(year), n) for year, n in numbers(facets["year"])),
        months=tuple((int(month), n) for month, n in numbers(facets["month"])),
        uncertainties=numbers(facets[_UNCERTAINTY]),
        shares={
            _STATUS: by_name(_STATUS, facets[_STATUS]),
            **{field: shares(field, facets[field]) for field in _SHARES},
        },
        removed_by_profile=removed,
        outside_flanders=_outside(query, count, client, feedback),
        blurred=sensitive.get("generalised", 0),
        exact=sensitive.get("alreadyGeneralised", 0),
    )


def numbers(values: Sequence[FacetValue]) -> tuple[tuple[float, int], ...]:
    """Return the values that are numbers with their counts, rising."""
    found: Counter[float] = Counter()
    for value in values:
        number = _number(value.value)
        if number is not None:
            found[number] += value.count
    return tuple(sorted(found.items()))


def shares(field: str, values: Sequence[FacetValue]) -> tuple[Share, ...]:
    """Return the values of a field in the user's words, the commonest first."""
    found = [Share(v.value, name_value(field, v.value, v.label), v.count) for v in values]
    return tuple(sorted(found, key=lambda share: -share.count))


def by_name(field: str, values: Sequence[FacetValue]) -> tuple[Share, ...]:
    """Return :func:`shares` with those of one name put together; ``value`` is the commonest's."""
    found: dict[str, Share] = {}
    for share in shares(field, values):
        known = found.get(share.label)
        found[share.label] = replace(known, count=known.count + share.count) if known else share
    return tuple(sorted(found.values(), key=lambda share: -share.count))


def _number(text: str) -> Optional[float]:
    try:
        return float(text)
    except ValueError:
        return None


def _outside(
    query: OccurrenceQuery, count: int, client: OccurrenceClient, feedback: Feedback
) -> int:
    if query.flanders_only:
        return max(0, client.count(without_part(query, FLANDERS), feedback) - count)
    return max(0, count - client.count(replace(query, flanders_only=True), feedback))
