"""On which lists a species stands."""

from __future__ import annotations

from dataclasses import dataclass

from biodiv_plugin.portal.errors import SignInRequired
from biodiv_plugin.portal.http import UNWATCHED, Feedback
from biodiv_plugin.portal.query import TaxonRef
from biodiv_plugin.portal.species_lists import SpeciesListClient


@dataclass(frozen=True)
class Listing:
    """A list that names the taxon, and what it says of it; a taxon named twice has both."""

    druid: str
    name: str
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Listings:
    """``complete`` says whether private lists were looked through as well."""

    taxon: TaxonRef
    listings: tuple[Listing, ...]
    complete: bool = True


def find_listings(
    taxon: TaxonRef, lists: SpeciesListClient, signed_in: bool, feedback: Feedback = UNWATCHED
) -> Listings:
    """Return the lists that name ``taxon`` itself, by their names.

    A token that the service does not believe is answered as if there were none; the public lists
    are told then.
    """
    complete = signed_in
    try:
        found = lists.of_taxon(taxon.key, as_user=signed_in, feedback=feedback)
    except SignInRequired:
        complete = False
        found = lists.of_taxon(taxon.key, feedback=feedback)
    named: dict[str, Listing] = {}
    for one in found:
        known = named.get(one.druid)
        values = (*known.values, *one.values) if known else one.values
        named[one.druid] = Listing(one.druid, one.list_name, values)
    ordered = sorted(named.values(), key=lambda listing: listing.name.lower())
    return Listings(taxon, tuple(ordered), complete)
