"""From names to a list on the portal: source, review, save, and what went otherwise."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Optional, Sequence

from qgis.core import QgsFeedback
from qgis.PyQt.QtCore import QElapsedTimer, QObject, QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import QWidget

from biodiv_plugin.auth.account import Account
from biodiv_plugin.auth.session import AuthState
from biodiv_plugin.gui.account.sign_in import SignInController
from biodiv_plugin.gui.latest_task import LatestTask
from biodiv_plugin.gui.lists.review import ListChoice, ListReview
from biodiv_plugin.gui.lists.save import ListSaver
from biodiv_plugin.gui.lists.source import ListSourceForm, NameSource
from biodiv_plugin.layers.name_table import NameTable, table_of_file
from biodiv_plugin.portal.errors import (
    ListConflict,
    ListOwnerUnknown,
    OutcomeUnknown,
    PortalError,
    SignInRequired,
)
from biodiv_plugin.portal.species_lists import NewItem, NewList
from biodiv_plugin.services import Services
from biodiv_plugin.use_cases.browse_lists import ListEntry
from biodiv_plugin.use_cases.compare_lists import as_new_items, compare_lists
from biodiv_plugin.use_cases.list_backup import UnfinishedSave
from biodiv_plugin.use_cases.list_owner import list_owner
from biodiv_plugin.use_cases.load_species_list import LoadedList, load_species_list
from biodiv_plugin.use_cases.match_list_names import (
    ReviewedName,
    expected_keys,
    match_list_names,
    review_edited,
    to_send,
)
from biodiv_plugin.use_cases.save_species_list import (
    ListDraft,
    SavedSpeciesList,
    SaveMode,
    SaveStage,
    content_of,
)


class ListEditing(QObject):
    """Joins the forms to the services. What is under review stays until it is saved."""

    page_wanted = pyqtSignal(QWidget)
    closed = pyqtSignal()
    saved = pyqtSignal(object, object)  # a SavedSpeciesList, and the ListDraft that made it
    refused = pyqtSignal(object)  # a PortalError: nothing could begin
    reload_wanted = pyqtSignal(str)  # the id of a list to open again as it is now

    def __init__(
        self, services: Services, sign_in: SignInController, parent: Optional[QObject] = None
    ) -> None:
        super().__init__(parent)
        self._services, self._sign_in = services, sign_in
        self._mine: tuple[ListEntry, ...] = ()
        self._base: Optional[LoadedList] = None  # what is edited; None for new names
        self._draft: Optional[ListDraft] = None
        self._again: Optional[UnfinishedSave] = None  # what is sent another time
        self._title = ""
        account = services.session.account
        self._person = account.sub if account is not None else ""
        self.source, self.review = ListSourceForm(), ListReview()
        self.saver = ListSaver(services, self)
        self._reading = LatestTask(services.tasks, self.tr("Read a table of names"), self)
        self._matching = LatestTask(services.tasks, self.tr("Match names"), self)
        self._present = LatestTask(services.tasks, self.tr("Read a species list"), self)
        self._names = LatestTask(services.tasks, self.tr("Look up names"), self)
        self._clock, self._since = QTimer(self), QElapsedTimer()
        self._clock.setInterval(1000)
        self._connect()

    def _connect(self) -> None:
        self._clock.timeout.connect(self._show_stage)
        self.source.file_chosen.connect(self._read_file)
        self.source.accepted.connect(self._match)
        self.source.canceled.connect(self._close)
        self._reading.succeeded.connect(self.source.set_table)
        self._reading.failed.connect(self.source.notice.tell_error)
        self._matching.succeeded.connect(self._show_review)
        self._matching.failed.connect(self._on_match_failed)
        self._present.succeeded.connect(self._show_present)
        self._present.failed.connect(self._on_failed)
        self._names.succeeded.connect(self._show_suggestions)
        self._names.failed.connect(self.review.notice.tell_error)
        self.review.other.search_requested.connect(self._suggest)
        self.review.changed.connect(self._show_difference)
        self.review.save_requested.connect(self._save)
        self.review.back_requested.connect(self._go_back)
        self.review.stop_requested.connect(self._stop)
        self.saver.stage_changed.connect(self._show_stage)
        self.saver.saved.connect(self._on_saved)
        self.saver.failed.connect(self._on_failed)
        self.saver.canceled.connect(self._on_canceled)
        self._services.session.person_changed.connect(self._hand_to)

    def set_mine(self, entries: Sequence[ListEntry]) -> None:
        """Know the lists that one may add to or replace."""
        self._mine = tuple(entries)

    def new(self, table: Optional[NameTable] = None) -> None:
        """Make a list of names, those of ``table`` where it is given; signs in first."""
        self._sign_in.ensure(partial(self._begin, table))

    def edit(
        self,
        loaded: LoadedList,
        entry: ListEntry,
        rows: Sequence[NewItem],
        exact: bool = False,
    ) -> None:
        """Publish ``rows`` as the new content of the list that ``loaded`` was; see
        ``review_edited`` for ``exact``."""
        self._sign_in.ensure(partial(self._begin_edit, loaded, entry, tuple(rows), exact))

    def resend(self, save: UnfinishedSave) -> None:
        """Review a save again that the portal does not show."""
        self._sign_in.ensure(partial(self._begin_again, save))

    def _hand_to(self, account: Optional[Account]) -> None:
        """Keep the work for its person, whose sign-in may have ended, and for no other."""
        if account is None:
            return
        if self._person not in ("", account.sub):
            self.saver.cancel()
            self.set_mine(())
            self.source.open()
            self.review.open((), "", ())
            self._close()
        self._person = account.sub

    def _owned(self) -> bool:
        """Return whether a list from here would have an owner; tell so where it would not."""
        session = self._services.session
        try:
            list_owner(session.account, session.tokens)
        except PortalError as error:
            self.refused.emit(error)
            return False
        return True

    def _begin(self, table: Optional[NameTable]) -> None:
        if self._owned():
            self._base = self._again = None
            self.source.open(table)
            self.page_wanted.emit(self.source)

    def _begin_edit(
        self, loaded: LoadedList, entry: ListEntry, rows: tuple[NewItem, ...], exact: bool
    ) -> None:
        if not self._owned():
            return
        self._base, self._again, self._title = loaded, None, entry.info.name
        self.review.open((), entry.info.name, self._mine, entry)
        self.review.show_doing(self.tr("Matching the names…"))
        self.page_wanted.emit(self.review)
        self._matching.start(partial(_review_edited, self._services, rows, loaded, exact))

    def _begin_again(self, save: UnfinishedSave) -> None:
        if not self._owned():
            return
        self._base, self._again, self._title = None, save, save.content.name
        self.source.open()
        self.review.open((), save.content.name, self._mine)
        self.review.show_doing(self.tr("Matching the names…"))
        self.page_wanted.emit(self.review)
        self._matching.start(partial(_match_items, self._services, save.content.items))

    def _read_file(self, path: str) -> None:
        self._reading.start(partial(_read_file, path))

    def _match(self, source: NameSource) -> None:
        self._title = source.title
        self.review.open((), source.title, self._mine)
        self.review.show_doing(self.tr("Matching the names…"))
        self.page_wanted.emit(self.review)
        self._matching.start(partial(_match, self._services, source))

    def _show_review(self, lines: tuple[ReviewedName, ...]) -> None:
        base = self._base
        fixed = None
        if base is not None:
            fixed = next((e for e in self._mine if e.druid == base.info.druid), None)
        self.review.open(lines, self._title, self._mine, fixed)
        if self._again is not None:
            self.review.choose(self._again)

    def _on_match_failed(self, error: Exception) -> None:
        self.review.show_idle()
        if self._base is not None:
            self.review.save.setEnabled(False)
            self.review.notice.tell_error(error)
        else:
            self.page_wanted.emit(self.source)
            self.source.notice.tell_error(error, retry=self.source.check.click)

    def _suggest(self, text: str) -> None:
        self._names.start(partial(_suggest, self._services, text))

    def _show_suggestions(self, answer: tuple) -> None:
        self.review.other.set_suggestions(*answer)

    def _show_difference(self) -> None:
        """Say in words what publishing would change."""
        if self._base is not None:
            items = to_send(self.review.names.lines())
            before = as_new_items(self._base.items)
            difference = compare_lists(before, items)
            self.review.show_difference(difference.words())

    def _save(self, choice: ListChoice) -> None:
        lines = self.review.names.lines()
        items, base = to_send(lines), self._base
        content = NewList(
            choice.name, items, choice.list_type, choice.description, private=choice.private
        )
        if base is not None:
            content = replace(content_of(base), name=choice.name, items=items)
        self._draft = ListDraft(
            content,
            choice.mode,
            choice.druid,
            expected_keys(lines),
            as_new_items(base.items) if base is not None else None,
        )
        self._send()

    def _send(self) -> None:
        if self._draft is not None:
            self._sign_in.ensure(self._start)

    def _start(self) -> None:
        if self._draft is not None:
            self.saver.start(self._draft)
            self._since.start()
            self._clock.start()
            self._show_stage()

    def _show_stage(self, _stage: object = None) -> None:
        if not self.saver.is_running():
            return
        seconds = self._since.elapsed() // 1000
        sentence = {
            SaveStage.PREPARING: self.tr("Looking at the list on the portal…"),
            SaveStage.SENDING: self.tr(
                "The portal has the names and matches them; a long list takes minutes."
            ),
            SaveStage.LOOKING: self.tr("The answer got lost. Looking whether the list is there…"),
            SaveStage.VERIFYING: self.tr("The list is saved. Checking whose it is…"),
        }[self.saver.stage]
        clock = f"{seconds // 60}:{seconds % 60:02}"
        sending = self.saver.stage in (SaveStage.SENDING, SaveStage.LOOKING)
        self.review.stop.setText(self.tr("Stop Waiting") if sending else self.tr("Cancel"))
        self.review.show_doing(f"{sentence} {clock}")

    def _on_saved(self, saved: SavedSpeciesList) -> None:
        self._end()
        draft = self._draft
        self._draft = self._base = self._again = None
        self.closed.emit()
        self.saved.emit(saved, draft)

    def _on_failed(self, error: Exception) -> None:
        self._end()
        notice = self.review.notice
        known = self._draft is not None and bool(self._draft.druid)
        if isinstance(error, SignInRequired) and known and self._is_signed_in():
            notice.tell(
                self.tr("The portal does not let your account change this list."), warning=True
            )
            return
        notice.tell_error(error, retry=self._send)
        if isinstance(error, ListConflict) and error.reason == "changed":
            notice.offer(self.tr("Show What Changed"), self._load_present)
        elif isinstance(error, ListConflict) and self._may_replace(error.druid):
            notice.offer(self.tr("Replace It"), partial(self._choose_target, error.druid))
        elif isinstance(error, OutcomeUnknown):
            notice.offer(self.tr("Look Again"), self._send)  # looks first, and sends nothing twice

    def _on_canceled(self, sent: bool) -> None:
        """Tell the truth about a cancel: what was sent cannot be called back."""
        self._end()
        if not sent:
            self.review.notice.tell(self.tr("Canceled. Nothing was sent."))
            return
        self.review.notice.tell(
            self.tr("QGIS waits no longer. The portal has the list already and may still save it."),
            warning=True,
        )
        self.review.notice.offer(self.tr("Look Again"), self._send)

    def _end(self) -> None:
        self._clock.stop()
        self.review.show_idle()

    def _is_signed_in(self) -> bool:
        return self._services.session.state is AuthState.SIGNED_IN

    def _may_replace(self, druid: str) -> bool:
        return self._base is None and self.review.target.findData(druid) >= 0

    def _choose_target(self, druid: str) -> None:
        self.review.choose_target(SaveMode.REPLACE, druid)

    def _load_present(self) -> None:
        if self._draft is not None:
            self._present.start(partial(_load, self._services, self._draft.druid))

    def _show_present(self, present: LoadedList) -> None:
        """Say what others changed, and leave it to the user whose state stays."""
        if self._base is None:
            return
        before, now = as_new_items(self._base.items), as_new_items(present.items)
        words = " ".join(compare_lists(before, now).words())
        notice = self.review.notice
        notice.tell(self.tr("Meanwhile on the portal: {changes}").format(changes=words), True)
        notice.offer(self.tr("Publish Mine Anyway"), partial(self._overrule, present))
        notice.offer(self.tr("Open It as It Is Now"), partial(self._reopen, present.info.druid))

    def _overrule(self, present: LoadedList) -> None:
        """The content of now becomes the base: it is backed up, and what changes is told anew."""
        self._base = present
        self._show_difference()
        self.review.save.click()

    def _reopen(self, druid: str) -> None:
        self._close()
        self.reload_wanted.emit(druid)

    def _stop(self) -> None:
        if self.saver.is_running():
            self.saver.cancel()
        else:
            self._matching.cancel()
            self._go_back()

    def _go_back(self) -> None:
        self.review.show_idle()
        if self._base is not None:
            self._close()
            return
        self._draft = None
        self.page_wanted.emit(self.source)

    def _close(self) -> None:
        self._matching.cancel()
        self._base = self._draft = self._again = None
        self.closed.emit()


def owner_page(error: Exception, services: Services) -> str:
    """Return the page where a list can be made that QGIS would leave without an owner, or ""."""
    if isinstance(error, ListOwnerUnknown):
        return services.species_lists.upload_url()
    return ""


def _read_file(path: str, _feedback: QgsFeedback) -> NameTable:
    return table_of_file(Path(path))


def _match(
    services: Services, source: NameSource, feedback: QgsFeedback
) -> tuple[ReviewedName, ...]:
    return match_list_names(source.read(), services.taxa, source.kingdom, source.roll_up, feedback)


def _review_edited(
    services: Services,
    rows: tuple[NewItem, ...],
    loaded: LoadedList,
    exact: bool,
    feedback: QgsFeedback,
) -> tuple[ReviewedName, ...]:
    return review_edited(rows, loaded.items, services.taxa, exact, feedback)


def _match_items(
    services: Services, items: tuple[NewItem, ...], feedback: QgsFeedback
) -> tuple[ReviewedName, ...]:
    return match_list_names(items, services.taxa, feedback=feedback)


def _suggest(services: Services, text: str, feedback: QgsFeedback) -> tuple:
    return text, services.taxa.suggest(text, limit=10, feedback=feedback)


def _load(services: Services, druid: str, feedback: QgsFeedback) -> LoadedList:
    return load_species_list(druid, services.species_lists, True, feedback)
