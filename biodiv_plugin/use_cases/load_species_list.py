"""Read a species list, one's own and private ones included."""

from __future__ import annotations

from dataclasses import dataclass

from biodiv_plugin.portal.errors import Forbidden, SignInRequired
from biodiv_plugin.portal.http import UNWATCHED, Feedback
from biodiv_plugin.portal.species_lists import ListItem, SpeciesListClient, SpeciesListInfo


@dataclass(frozen=True)
class LoadedList:
    """A list, its items in the portal's order, and the keys of their values, as they first come.

    The name and the items of a ``private`` one must not reach a place that others may see, such
    as a project file, without its reader's word.
    """

    info: SpeciesListInfo
    items: tuple[ListItem, ...]
    keys: tuple[str, ...]
    private: bool = False

    @property
    def matched(self) -> int:
        """How many items the portal knows as a taxon."""
        return sum(bool(item.taxon_key) for item in self.items)


def load_species_list(
    list_id: str, lists: SpeciesListClient, signed_in: bool, feedback: Feedback = UNWATCHED
) -> LoadedList:
    """Return the list ``list_id``.

    Asked without a token first: a public list needs none, and one that went stale would make it
    fail (contract/lists 1.1). Raises ``SignInRequired`` where it is private and nobody is
    signed in, ``Forbidden`` where it is not this account's, which the service says by 401 as
    well, ``NotFound`` where there is no such list.
    """
    private = False
    try:
        info = lists.info(list_id, feedback=feedback)
    except SignInRequired:
        if not signed_in:
            raise
        private = True
        info = _own_info(list_id, lists, feedback)
    items = lists.items(list_id, as_user=private, feedback=feedback)
    keys = dict.fromkeys(key for item in items for key, _ in item.values)
    return LoadedList(info, items, tuple(keys), private)


def _own_info(list_id: str, lists: SpeciesListClient, feedback: Feedback) -> SpeciesListInfo:
    try:
        return lists.info(list_id, as_user=True, feedback=feedback)
    except SignInRequired as refused:
        if refused.status != 401:  # there is no token any more
            raise
        raise Forbidden("a private list of somebody else", url=refused.url, status=401) from refused
