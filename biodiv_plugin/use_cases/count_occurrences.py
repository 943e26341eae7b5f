"""Count what a question would find, and say why where it finds little or nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Callable, Mapping, Sequence

from qgis.PyQt.QtCore import QLocale

from biodiv_plugin.portal.http import UNWATCHED, Feedback
from biodiv_plugin.portal.occurrences import OccurrenceClient
from biodiv_plugin.portal.query import OccurrenceQuery
from biodiv_plugin.portal.summaries import FacetValue
from biodiv_plugin.translation import translate

AREA, FLANDERS, PROFILE = "area", "flanders", "profile"
ALL = "all"  # every part of the query but what it is about: its species


@dataclass(frozen=True)
class Without:
    """A part of an empty question, and how many records there are without that part."""

    part: str
    count: int


@dataclass(frozen=True)
class Counted:
    """How many records a query has.

    ``facets``              counts per value of the fields that were asked for
    ``removed_by_profile``  records that the quality profile leaves out
    ``without``             where ``count`` is 0: the parts of the query each of which, left out
                            alone, would find something; ``ALL`` where no single one is the cause,
                            but all together are
    """

    query: OccurrenceQuery
    count: int
    facets: Mapping[str, tuple[FacetValue, ...]]
    removed_by_profile: int = 0
    without: tuple[Without, ...] = ()

    def remarks(self) -> tuple[str, ...]:
        """Return sentences that explain the count; an empty one names its cause."""
        if self.count:
            if not self.removed_by_profile:
                return ()
            return (told(Without(PROFILE, self.removed_by_profile), empty=False),)
        if self.without:
            return tuple(told(cause) for cause in self.without)
        return (translate("Counted", "The portal holds nothing that fits all filters."),)


def told(cause: Without, empty: bool = True) -> str:
    """Return the sentence of one cause."""
    sentence = _SENTENCES[cause.part]() if empty or cause.part != PROFILE else _removed()
    return sentence.format(n=QLocale().toString(cause.count))


def without_part(query: OccurrenceQuery, part: str) -> OccurrenceQuery:
    """Return ``query`` without one of its parts, named as in :class:`Without`."""
    changes = _EVERYTHING if part == ALL else _RELAXED[part]
    return replace(query, **changes)  # type: ignore[arg-type]


def parts(query: OccurrenceQuery) -> tuple[str, ...]:
    """Return the parts by which ``query`` narrows its result, the likeliest cause first."""
    return tuple(part for part in _RELAXED if without_part(query, part) != query)


def count_occurrences(
    query: OccurrenceQuery,
    client: OccurrenceClient,
    facets: Sequence[str] = (),
    feedback: Feedback = UNWATCHED,
) -> Counted:
    """Return how many records ``query`` has, by counts alone: no record is read.

    Args:
        facets: names of index fields to count per value, for example ``year``.

    Raises:
        PortalError: of the kind that fits.
        Canceled: ``feedback`` was canceled.
    """
    count = client.count(query, feedback)
    removed = 0
    if query.quality_profile:
        unfiltered = client.count(without_part(query, PROFILE), feedback)
        removed = max(0, unfiltered - count)
    without = () if count else _causes(query, client, removed, feedback)
    found = client.facets(query, facets, feedback=feedback) if facets and count else {}
    return Counted(query, count, found, removed, without)


def _causes(
    query: OccurrenceQuery, client: OccurrenceClient, removed: int, feedback: Feedback
) -> tuple[Without, ...]:
    """Ask again without each part in turn: an empty answer is rare, and wants a reason."""
    found = [Without(PROFILE, removed)] if removed else []
    for part in parts(query):
        if part != PROFILE:
            count = client.count(without_part(query, part), feedback)
            if count:
                found.append(Without(part, count))
    if not found and len(parts(query)) > 1:
        count = client.count(without_part(query, ALL), feedback)
        return (Without(ALL, count),) if count else ()
    return tuple(found)


_RELAXED: Mapping[str, Mapping[str, object]] = {
    AREA: {"area": "", "area_name": "", "circle": None},
    FLANDERS: {"flanders_only": False},
    PROFILE: {"quality_profile": "", "disabled_quality_filters": ()},
    "dates": {"date_from": None, "date_to": None},
    "months": {"months": ()},
    "max_uncertainty": {"max_uncertainty": None},
    "validated_only": {"validated_only": False},
    "datasets": {"datasets": ()},
    "basis_of_record": {"basis_of_record": ()},
    "licences": {"licences": ()},
    "absences": {"include_absent": True},
    "filters": {"filters": (), "text": ""},
}

_EVERYTHING = {name: value for change in _RELAXED.values() for name, value in change.items()}


def _removed() -> str:
    return translate("Counted", "{n} are left out by the quality profile.")


_SENTENCES: Mapping[str, Callable[[], str]] = {
    AREA: lambda: translate("Counted", "Outside this area there are {n}."),
    FLANDERS: lambda: translate("Counted", "Outside Flanders there are {n}."),
    PROFILE: _removed,
    "dates": lambda: translate("Counted", "Outside this period there are {n}."),
    "months": lambda: translate("Counted", "In other months there are {n}."),
    "max_uncertainty": lambda: translate(
        "Counted", "With a larger or unknown uncertainty there are {n}."
    ),
    "validated_only": lambda: translate("Counted", "Not validated there are {n}."),
    "datasets": lambda: translate("Counted", "In other datasets there are {n}."),
    "basis_of_record": lambda: translate("Counted", "From other sources there are {n}."),
    "licences": lambda: translate("Counted", "Under other licences there are {n}."),
    "absences": lambda: translate("Counted", "There are {n} that report an absence."),
    "filters": lambda: translate("Counted", "Without your own filters there are {n}."),
    ALL: lambda: translate("Counted", "Without any filter there are {n}."),
}
