"""The lists that one can read, in the order in which they matter; and what happens to one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Optional

from biodiv_plugin.portal.errors import NotFound, SignInRequired
from biodiv_plugin.portal.http import UNWATCHED, Feedback
from biodiv_plugin.portal.species_lists import SpeciesListClient, SpeciesListInfo


class Shelf(Enum):
    MINE = "mine"  # one's own, and those shared with one: the portal does not tell which
    AUTHORITATIVE = "authoritative"
    PUBLIC = "public"


@dataclass(frozen=True)
class ListEntry:
    """A list and where it stands. ``private`` is worked out: nobody else sees it in the index."""

    info: SpeciesListInfo
    shelf: Shelf
    private: bool = False

    @property
    def druid(self) -> str:
        return self.info.druid


@dataclass(frozen=True)
class ListLook:
    """What one can see of a list at a moment; two looks that differ tell of a change."""

    info: Optional[SpeciesListInfo]  # None where it is gone, or no longer ours to read
    private: bool = False


def browse_lists(
    lists: SpeciesListClient, user_id: str = "", feedback: Feedback = UNWATCHED
) -> tuple[ListEntry, ...]:
    """Return one's own and shared lists (where ``user_id`` is given), the authoritative, the rest.

    Whether a list is private the service never says; its own are those that the public index,
    asked without a token, does not hold (contract/lists 2.2).
    """
    public = lists.all(feedback=feedback)
    mine = lists.mine(user_id, feedback=feedback) if user_id else ()
    open_ids = {info.druid for info in public}
    own_ids = {info.druid for info in mine}
    entries = [ListEntry(info, Shelf.MINE, info.druid not in open_ids) for info in mine]
    for shelf, wanted in ((Shelf.AUTHORITATIVE, True), (Shelf.PUBLIC, False)):
        entries += [
            ListEntry(info, shelf)
            for info in public
            if info.authoritative is wanted and info.druid not in own_ids
        ]
    return tuple(entries)


def look_at_list(
    druid: str, lists: SpeciesListClient, signed_in: bool, feedback: Feedback = UNWATCHED
) -> ListLook:
    """Return what can be seen of a list now. Raises ``PortalError`` where nothing can be said."""
    try:
        return ListLook(lists.info(druid, feedback=feedback))
    except NotFound:
        return ListLook(None)
    except SignInRequired:
        if not signed_in:
            return ListLook(None, private=True)
    try:
        return ListLook(lists.info(druid, as_user=True, feedback=feedback), private=True)
    except SignInRequired as refused:
        if refused.status != 401:  # the sign-in has ended, which says nothing of the list
            raise
        return ListLook(None, private=True)
