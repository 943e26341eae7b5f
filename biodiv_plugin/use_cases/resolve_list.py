"""From a species list to a filter of occurrences that really holds its taxa."""

from __future__ import annotations

import re
from dataclasses import dataclass

from biodiv_plugin.portal.errors import InvalidQuery, NoMatch, NotFound, SignInRequired
from biodiv_plugin.portal.http import UNWATCHED, Feedback
from biodiv_plugin.portal.species_lists import SpeciesListClient

_DRUID = re.compile(r"drt?\d+")


@dataclass(frozen=True)
class ListFilter:
    """A list as an occurrence filter: by its id where the portal can expand it, else by taxa.

    ``taxa`` are empty where the id does. Those of a ``private`` list, and its name, must not
    reach a file or an address that others may see.
    """

    list_id: str
    name: str
    taxa: tuple[str, ...]
    private: bool = False


def resolve_list(
    list_id: str, lists: SpeciesListClient, signed_in: bool, feedback: Feedback = UNWATCHED
) -> ListFilter:
    """Return how to filter by ``list_id``, one's own and private lists included.

    The portal expands a list anonymously: a private one would silently find nothing, and one
    that is unknown or has no matched taxon would drop the filter and find everything
    (contract/lists 2.14). So the items are read here. Raises ``NoMatch`` for an unknown list,
    ``InvalidQuery`` whose part is ``list_empty`` for one without a matched name, and
    ``SignInRequired`` for a private one.
    """
    if not _DRUID.fullmatch(list_id):
        raise NoMatch(list_id)
    public, name = True, ""
    try:
        name = lists.info(list_id, feedback=feedback).name
    except SignInRequired:
        if not signed_in:
            raise
        public = False
        name = lists.info(list_id, as_user=True, feedback=feedback).name
    except NotFound as unknown:
        raise NoMatch(list_id) from unknown
    items = lists.items(list_id, as_user=not public, feedback=feedback)
    taxa = tuple(dict.fromkeys(item.taxon_key for item in items if item.taxon_key))
    if not taxa:
        raise InvalidQuery("a list without a matched name", part="list_empty")
    # An id with a "t" is cut by the portal's own expansion, so such a list goes by its taxa.
    by_id = public and not list_id.startswith("drt")
    return ListFilter(list_id, name, () if by_id else taxa, private=not public)
