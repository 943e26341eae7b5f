"""Which species a question finds, since when, and on which lists they stand: by counts alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Iterator, Mapping, Optional, Sequence

from biodiv_plugin.portal.errors import Canceled
from biodiv_plugin.portal.http import UNWATCHED, Feedback
from biodiv_plugin.portal.occurrences import OccurrenceClient
from biodiv_plugin.portal.query import OccurrenceQuery
from biodiv_plugin.portal.species_lists import SpeciesListClient
from biodiv_plugin.portal.summaries import SpeciesCount

# The keys under which the Flemish red lists keep a species' category (contract/lists 2.16).
STATUS_KEYS = ("RLC", "threatStatus", "status")
GROUPS = 100  # values of a field by which species may be grouped


@dataclass(frozen=True)
class SpeciesFound:
    """One species within one group. ``lists`` are (name of a list, red-list category or "").
    Years are ``None`` where no record has one."""

    group: str
    species: SpeciesCount
    first_year: Optional[int]
    last_year: Optional[int]
    lists: tuple[tuple[str, str], ...]

    def row(self) -> tuple[object, ...]:
        """Return a value for each column of ``species_fields``; what is not known is ``None``."""
        species = self.species
        return (
            self.group or None,
            species.scientific_name,
            species.vernacular_name or None,
            species.key,
            species.kingdom or None,
            species.family or None,
            species.count,
            self.first_year,
            self.last_year,
            "; ".join(name for name, _ in self.lists) or None,
            "; ".join(f"{name}: {status}" for name, status in self.lists if status) or None,
        )


def species_in_area(
    query: OccurrenceQuery,
    occurrences: OccurrenceClient,
    lists: SpeciesListClient,
    group_by: str = "",
    feedback: Feedback = UNWATCHED,
) -> tuple[SpeciesFound, ...]:
    """Return the species among the records of ``query``, the commonest first.

    ``group_by`` names an index field, such as ``municipality``: then each species is told per
    value of it. One question a year of records, so that no record is downloaded; the lists are
    the authoritative ones, each read once.

    Raises a ``PortalError`` of the kind that fits, and ``Canceled``.
    """
    standing = _standing(lists, feedback)
    found: list[SpeciesFound] = []
    groups = list(_groups(query, occurrences, group_by, feedback))
    for number, (name, part) in enumerate(groups):
        if feedback.isCanceled():
            raise Canceled
        years = _years(part, occurrences, feedback)
        for species in occurrences.species(part, feedback=feedback):
            first, last = years.get(species.key, (None, None))
            found.append(
                SpeciesFound(name, species, first, last, tuple(standing.get(species.key, ())))
            )
        feedback.setProgress(100 * (number + 1) / len(groups))
    return tuple(found)


def _groups(
    query: OccurrenceQuery, occurrences: OccurrenceClient, group_by: str, feedback: Feedback
) -> Iterator[tuple[str, OccurrenceQuery]]:
    if not group_by:
        yield "", query
        return
    values = occurrences.facets(query, [group_by], GROUPS, feedback)[group_by]
    for value in values:
        yield value.value, replace(query, filters=(*query.filters, value.value_filter))


def _years(
    query: OccurrenceQuery, occurrences: OccurrenceClient, feedback: Feedback
) -> dict[str, tuple[int, int]]:
    """Return the first and last year of each species, by its key."""
    values = occurrences.facets(query, ["year"], -1, feedback)["year"]
    years = sorted(int(value.value) for value in values if value.value.isdecimal())
    span: dict[str, tuple[int, int]] = {}
    for year in years:
        if feedback.isCanceled():
            raise Canceled
        within = _within_year(query, year)
        for species in occurrences.species(within, feedback=feedback):
            first, _ = span.get(species.key, (year, year))
            span[species.key] = (first, year)
    return span


def _within_year(query: OccurrenceQuery, year: int) -> OccurrenceQuery:
    """Narrow the question to a year; a period of its own stays in force."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    return replace(
        query,
        date_from=max(first, query.date_from or first),
        date_to=min(last, query.date_to or last),
    )


def _standing(
    lists: SpeciesListClient, feedback: Feedback
) -> Mapping[str, Sequence[tuple[str, str]]]:
    """Return, by taxon key, the authoritative lists that a taxon stands on."""
    standing: dict[str, list[tuple[str, str]]] = {}
    for info in lists.all(filters={"isAuthoritative": "true"}, feedback=feedback):
        if feedback.isCanceled():
            raise Canceled
        for item in lists.items(info.druid, feedback=feedback):
            if item.taxon_key:
                values = dict(item.values)
                status = next((values[key] for key in STATUS_KEYS if values.get(key)), "")
                standing.setdefault(item.taxon_key, []).append((info.name, status))
    return standing
