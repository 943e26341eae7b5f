"""Give a question that came from elsewhere its names, and a list that really filters."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Optional

from biodiv_plugin.environments import Environment
from biodiv_plugin.portal.errors import InvalidQuery
from biodiv_plugin.portal.http import UNWATCHED, Feedback
from biodiv_plugin.portal.occurrences import OccurrenceClient
from biodiv_plugin.portal.query import (
    OccurrenceQuery,
    TaxonRef,
    portal_search_url,
    query_from_portal_url,
    stored_query,
)
from biodiv_plugin.portal.species_lists import SpeciesListClient
from biodiv_plugin.portal.taxa import NameToMatch, TaxonClient
from biodiv_plugin.use_cases.resolve_list import ListFilter, resolve_list


@dataclass(frozen=True)
class CompleteQuery:
    """``query`` with the names of its taxa; ``species_list`` is the list it filters by."""

    query: OccurrenceQuery
    species_list: Optional[ListFilter] = None


def complete_query(
    query: OccurrenceQuery,
    taxa: TaxonClient,
    lists: SpeciesListClient,
    signed_in: bool,
    feedback: Feedback = UNWATCHED,
) -> CompleteQuery:
    """Return ``query`` with the names and the list that its ids stand for.

    Raises what ``resolve_list`` raises, ``PortalError`` and ``Canceled``.
    """
    query = replace(query, taxa=_named(query.taxa, taxa, feedback))
    if not query.species_list:
        return CompleteQuery(query)
    found = resolve_list(query.species_list, lists, signed_in, feedback)
    return CompleteQuery(with_list(query, found), found)


def with_list(query: OccurrenceQuery, found: Optional[ListFilter]) -> OccurrenceQuery:
    """Return ``query`` filtered by a list, or by none."""
    if found is None:
        return replace(query, species_list="", list_name="", list_taxa=())
    return replace(query, species_list=found.list_id, list_name=found.name, list_taxa=found.taxa)


def read_address(
    address: str,
    environment: Environment,
    taxa: TaxonClient,
    lists: SpeciesListClient,
    signed_in: bool,
    feedback: Feedback = UNWATCHED,
) -> CompleteQuery:
    """Return the query of a search page's address. Raises ``InvalidQuery`` for another one."""
    query = query_from_portal_url(address, environment.portal, environment.flanders_filter)
    return complete_query(query, taxa, lists, signed_in, feedback)


def write_address(
    query: OccurrenceQuery,
    environment: Environment,
    occurrences: OccurrenceClient,
    private_list: bool = False,
    feedback: Feedback = UNWATCHED,
) -> str:
    """Return the address of the portal's own page for ``query``.

    One that is too long is stored at the portal first, and goes by its id. Raises
    ``InvalidQuery`` whose part is ``private_list``: the address would tell its species to
    whoever gets it.
    """
    if private_list:
        raise InvalidQuery("a private list in an address", part="private_list")
    try:
        return portal_search_url(query, environment.portal, environment.flanders_filter)
    except InvalidQuery as fault:
        if fault.part != "length":
            raise
    stored = stored_query(occurrences.qid(query, feedback))
    return portal_search_url(stored, environment.portal, environment.flanders_filter)


def _named(
    refs: tuple[TaxonRef, ...], taxa: TaxonClient, feedback: Feedback
) -> tuple[TaxonRef, ...]:
    unnamed = [ref.key for ref in refs if not ref.scientific_name and not ref.vernacular_name]
    if not unnamed:
        return refs
    matches = zip(unnamed, taxa.match([NameToMatch(key) for key in unnamed], feedback))
    found = {
        key: TaxonRef(key, match.scientific_name, match.vernacular_name)
        for key, match in matches
        if match.success
    }
    return tuple(found.get(ref.key, ref) for ref in refs)
