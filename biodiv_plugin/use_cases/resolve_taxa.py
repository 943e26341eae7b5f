"""From what people write to the taxa that the portal knows."""

from __future__ import annotations

from typing import Iterable

from biodiv_plugin.portal.errors import NoMatch
from biodiv_plugin.portal.http import UNWATCHED, Feedback
from biodiv_plugin.portal.query import TaxonRef
from biodiv_plugin.portal.taxa import NameToMatch, TaxonClient

# A match to a higher taxon would widen the question without a word (contract/occurrences 5.2).
_TRUSTED = ("exactMatch", "canonicalMatch", "phraseMatch", "vernacularMatch", "taxonIdMatch")


def resolve_taxa(
    names: Iterable[str], taxa: TaxonClient, feedback: Feedback = UNWATCHED
) -> tuple[TaxonRef, ...]:
    """Return the taxon of each name or taxon key, in order.

    Names may be scientific or vernacular. A fuzzy or higher match is not trusted: raises
    ``NoMatch`` with suggestions for the first name that the portal does not know as such.
    """
    wanted = [name.strip() for name in names if name.strip()]
    if not wanted:
        return ()
    found = taxa.match([NameToMatch(name) for name in wanted], feedback)
    taxon_refs = []
    for name, match in zip(wanted, found):
        if not match.success or match.match_type not in _TRUSTED:
            raise NoMatch(name, taxa.suggestions(name, feedback=feedback))
        taxon_refs.append(TaxonRef(match.key, match.scientific_name, match.vernacular_name))
    return tuple(taxon_refs)
