"""A species list as the question for its observations, checked by what the portal counts."""

from __future__ import annotations

from dataclasses import dataclass, replace

from biodiv_plugin.portal.http import UNWATCHED, Feedback
from biodiv_plugin.portal.occurrences import OccurrenceClient
from biodiv_plugin.portal.query import OccurrenceQuery
from biodiv_plugin.portal.species_lists import SpeciesListClient
from biodiv_plugin.use_cases.complete_query import with_list
from biodiv_plugin.use_cases.resolve_list import ListFilter, resolve_list


@dataclass(frozen=True)
class ListQuery:
    """``query`` finds the species of the list ``found``; ``count`` is how many records that is."""

    query: OccurrenceQuery
    found: ListFilter
    count: int


def use_list(
    list_id: str,
    lists: SpeciesListClient,
    occurrences: OccurrenceClient,
    signed_in: bool,
    feedback: Feedback = UNWATCHED,
) -> ListQuery:
    """Return the question for the observations of a list's species, in a way that holds.

    The portal expands a list itself, and does so silently wrong where it cannot: nothing found
    for a private one, no filter at all for one without taxa (contract/lists 2.14); resolve_list
    sees to these. A list whose count is nothing or everything is counted by its taxa as well,
    and goes by them where the two differ: the portal knows an old state of it, or none.
    """
    found = resolve_list(list_id, lists, signed_in, feedback)
    query = with_list(OccurrenceQuery(), found)
    count = occurrences.count(query, feedback)
    if not found.taxa and count in (0, occurrences.count(OccurrenceQuery(), feedback)):
        items = lists.items(list_id, feedback=feedback)
        taxa = dict.fromkeys(item.taxon_key for item in items if item.taxon_key)
        by_taxa = replace(found, taxa=tuple(taxa))
        checked = occurrences.count(with_list(OccurrenceQuery(), by_taxa), feedback)
        if checked != count:
            found, count = by_taxa, checked
            query = with_list(OccurrenceQuery(), found)
    return ListQuery(query, found, count)
