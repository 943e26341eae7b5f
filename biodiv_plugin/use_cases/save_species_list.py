"""Write a species list to the portal: once, with an owner, and with what it was before kept."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from threading import Event
from typing import Callable, Optional, Sequence

from biodiv_plugin.portal.errors import (
    Canceled,
    ListConflict,
    OutcomeUnknown,
    PortalError,
    PortalFault,
    SignInRequired,
    UnexpectedAnswer,
    Unreachable,
)
from biodiv_plugin.portal.http import UNWATCHED, Feedback
from biodiv_plugin.portal.species_lists import (
    ListItem,
    NewItem,
    NewList,
    SavedList,
    SpeciesListClient,
)
from biodiv_plugin.use_cases.compare_lists import as_new_items, same_items
from biodiv_plugin.use_cases.list_backup import ListStore, UnfinishedSave
from biodiv_plugin.use_cases.load_species_list import LoadedList, load_species_list

LOOKS = 4  # for a list whose answer got lost
BETWEEN_LOOKS = 2.0  # seconds
_NEVER_ARRIVED = ("dns", "proxy", "tls", "refused")  # reasons of Unreachable


class SaveMode(Enum):
    CREATE = "create"
    REPLACE = "replace"
    APPEND = "append"


class SaveStage(Enum):
    """How far a save is; up to ``SENDING`` a cancel means that nothing was sent."""

    PREPARING = "preparing"
    SENDING = "sending"
    LOOKING = "looking"  # the answer got lost; is the list there?
    VERIFYING = "verifying"


@dataclass(frozen=True)
class ListDraft:
    """What to write.

    ``druid``     the list to replace or to add to
    ``expected``  the taxon of each line as it was reviewed, "" where any will do
    ``base``      the list as it was when the editing began; where it is given, a list that is
                  another meanwhile is not replaced
    """

    content: NewList
    mode: SaveMode = SaveMode.CREATE
    druid: str = ""
    expected: tuple[str, ...] = ()
    base: Optional[tuple[NewItem, ...]] = None


@dataclass(frozen=True)
class SavedSpeciesList:
    """What is on the portal now, as far as it was seen there.

    ``taxa``       the taxon of each line that was sent, "" where none
    ``unmatched``  names without a taxon; ``differently`` names that the portal took for another
                   taxon than the review did
    ``owned``, ``private``  what the portal says afterwards; ``None`` where it gave no answer
    ``recovered``  the answer got lost, the list was found by looking
    """

    druid: str
    mode: SaveMode
    taxa: tuple[str, ...]
    unmatched: tuple[str, ...]
    differently: tuple[str, ...] = ()
    owned: Optional[bool] = None
    private: Optional[bool] = None
    recovered: bool = False

    @property
    def matched(self) -> int:
        return sum(map(bool, self.taxa))


def save_species_list(
    draft: ListDraft,
    lists: SpeciesListClient,
    store: ListStore,
    owner: str,
    feedback: Feedback = UNWATCHED,
    on_stage: Callable[[SaveStage], object] = lambda stage: None,
) -> SavedSpeciesList:
    """Write ``draft`` as ``owner`` (see ``list_owner``), and look at what became of it.

    The service is not idempotent and takes minutes. So a save is noted in ``store`` before it is
    sent, a new name is looked up first, and where no answer comes the list is looked for and
    never sent again; what stays open is settled later by :func:`settle`.

    Raises:
        ListConflict: the name is taken, or the list was changed meanwhile. Nothing was sent.
        OutcomeUnknown: it was sent and cannot be seen. It stays noted.
        Canceled: before ``SENDING`` nothing was sent; from then on the save stays noted.
        StorageFailed: the former content could not be kept. Nothing was sent.
        PortalError: the portal refused; nothing was written.
    """
    on_stage(SaveStage.PREPARING)
    arrived = _settle_earlier(draft, lists, store, owner, feedback)
    if arrived is not None:
        return arrived
    former = _prepare(draft, lists, store, owner, feedback)
    if feedback.isCanceled():
        raise Canceled
    noted = store.begin(owner, draft.mode.value, draft.druid, draft.content, former)
    on_stage(SaveStage.SENDING)
    try:
        saved = _send(draft, lists, owner, feedback)
    except (Unreachable, PortalFault, UnexpectedAnswer) as fault:
        if isinstance(fault, Unreachable) and fault.reason in _NEVER_ARRIVED:
            store.end(noted)
            raise
        on_stage(SaveStage.LOOKING)
        found = _look_for(_noted(store, owner, noted), lists, owner, feedback)
        if found is None:
            raise OutcomeUnknown(str(fault), url=fault.url) from fault
        store.end(noted)
        return found
    except PortalError:
        store.end(noted)
        raise
    store.end(noted)
    on_stage(SaveStage.VERIFYING)
    return _verified(draft, saved, lists, owner)


def settle(
    unfinished: UnfinishedSave,
    lists: SpeciesListClient,
    store: ListStore,
    owner: str,
    feedback: Feedback = UNWATCHED,
) -> Optional[SavedSpeciesList]:
    """Return what became of a save whose end was not seen, and forget it; ``None`` and remember
    it where the portal does not show it (yet). Raises ``PortalError``, ``Canceled``."""
    found = _find(unfinished, lists, owner, feedback)
    if found is not None:
        store.end(unfinished.path)
    return found


def content_of(loaded: LoadedList) -> NewList:
    """Return the content of a list as it would be written again."""
    info = loaded.info
    return NewList(
        info.name,
        as_new_items(loaded.items),
        description=info.description,
        area=info.area,
        list_type=info.list_type or "OTHER",
    )


def _settle_earlier(
    draft: ListDraft,
    lists: SpeciesListClient,
    store: ListStore,
    owner: str,
    feedback: Feedback,
) -> Optional[SavedSpeciesList]:
    """Return the list that an earlier try of the same has made.

    While such a try may still be at work in the portal it is not repeated: ``OutcomeUnknown``.
    """
    for save in store.unfinished(owner):
        same_name = save.content.name == draft.content.name and not save.druid
        if not (save.druid == draft.druid if draft.druid else same_name):
            continue
        found = settle(save, lists, store, owner, feedback)
        if found is None and not save.is_over():
            raise OutcomeUnknown("an earlier save of this list is not settled")
        store.end(save.path)
        if found is not None and (save.mode, save.content) == (draft.mode.value, draft.content):
            return found
    return None


def _prepare(
    draft: ListDraft,
    lists: SpeciesListClient,
    store: ListStore,
    owner: str,
    feedback: Feedback,
) -> int:
    """Look before writing; return how many lines the list has now."""
    if draft.mode is SaveMode.CREATE:
        taken = lists.find_by_name(draft.content.name, owner, feedback)
        if taken:
            raise ListConflict("the name is taken", reason="name_taken", druid=taken[0].druid)
        return 0
    present = load_species_list(draft.druid, lists, True, feedback)
    if draft.base is not None and not same_items(draft.base, as_new_items(present.items)):
        raise ListConflict("changed meanwhile", reason="changed", druid=draft.druid)
    if present.items:
        store.back_up(draft.druid, content_of(present))
    return len(present.items)


def _send(draft: ListDraft, lists: SpeciesListClient, owner: str, feedback: Feedback) -> SavedList:
    if draft.mode is SaveMode.CREATE:
        return lists.create(draft.content, owner, feedback)
    if draft.mode is SaveMode.REPLACE:
        return lists.replace(draft.druid, draft.content, owner, feedback)
    return lists.append(draft.druid, draft.content, owner, feedback)


def _verified(
    draft: ListDraft, saved: SavedList, lists: SpeciesListClient, owner: str
) -> SavedSpeciesList:
    """Ask the portal what it shows now; not stopped any more, since the list is written."""
    names = [item.name for item in draft.content.items if item.name.strip()]
    expected = draft.expected or ("",) * len(names)
    taxa = saved.taxon_keys
    return SavedSpeciesList(
        druid=saved.druid,
        mode=draft.mode,
        taxa=taxa,
        unmatched=tuple(name for name, key in zip(names, taxa) if not key),
        differently=tuple(
            name
            for name, key, wanted in zip(names, taxa, expected)
            if key and wanted not in ("", key)
        ),
        owned=_is_owned(saved.druid, lists, owner),
        private=_is_private(saved.druid, lists),
    )


def _is_owned(druid: str, lists: SpeciesListClient, owner: str) -> Optional[bool]:
    try:
        return any(info.druid == druid for info in lists.mine(owner))
    except PortalError:
        return None


def _is_private(druid: str, lists: SpeciesListClient) -> Optional[bool]:
    """A list without a reader's token: the service says 401 where it is private."""
    try:
        lists.info(druid)
    except SignInRequired:
        return True
    except PortalError:
        return None
    return False


def _noted(store: ListStore, owner: str, path: object) -> UnfinishedSave:
    return next(save for save in store.unfinished(owner) if save.path == path)


def _look_for(
    save: UnfinishedSave, lists: SpeciesListClient, owner: str, feedback: Feedback
) -> Optional[SavedSpeciesList]:
    for look in range(LOOKS):
        if look:
            _wait(BETWEEN_LOOKS, feedback)
        try:
            found = _find(save, lists, owner, feedback)
        except PortalError:
            continue  # the portal may be as ill as when it lost the answer
        if found is not None:
            return found
    return None


def _wait(seconds: float, feedback: Feedback) -> None:
    for _ in range(int(seconds / 0.05)):
        if feedback.isCanceled():
            raise Canceled
        Event().wait(0.05)


def _find(
    save: UnfinishedSave, lists: SpeciesListClient, owner: str, feedback: Feedback
) -> Optional[SavedSpeciesList]:
    """Return the list that ``save`` wrote, where the portal shows it whole."""
    mode = SaveMode(save.mode)
    for druid in [save.druid] if save.druid else _named(save, lists, owner, feedback):
        items = load_species_list(druid, lists, True, feedback).items
        written = items[save.former :] if mode is SaveMode.APPEND else items
        if same_items(as_new_items(written), _present(save.content.items)):
            return SavedSpeciesList(
                druid=druid,
                mode=mode,
                taxa=tuple(item.taxon_key for item in written),
                unmatched=_without_taxon(written),
                owned=_is_owned(druid, lists, owner),
                private=_is_private(druid, lists),
                recovered=True,
            )
    return None


def _named(
    save: UnfinishedSave, lists: SpeciesListClient, owner: str, feedback: Feedback
) -> list[str]:
    """Return the lists of the name; a public one may be nobody's, a private one then hides."""
    found = [*lists.find_by_name(save.content.name, owner, feedback)]
    if not found and not save.content.private:
        found = [*lists.find_by_name(save.content.name, feedback=feedback)]
    return [info.druid for info in found]


def _present(items: Sequence[NewItem]) -> list[NewItem]:
    return [item for item in items if item.name.strip()]


def _without_taxon(items: Sequence[ListItem]) -> tuple[str, ...]:
    return tuple(item.supplied_name for item in items if not item.taxon_key)
