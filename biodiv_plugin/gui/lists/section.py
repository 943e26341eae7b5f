"""The section *My lists*: joins its pages to the portal, the project and the browser."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Optional

from qgis.core import QgsFeedback, QgsVectorLayer
from qgis.PyQt.QtCore import QLocale, pyqtSignal
from qgis.PyQt.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from biodiv_plugin.auth.session import AuthState
from biodiv_plugin.gui.account.sign_in import SignInController
from biodiv_plugin.gui.host import Host
from biodiv_plugin.gui.latest_task import LatestTask
from biodiv_plugin.gui.lists.editing import ListEditing, owner_page
from biodiv_plugin.gui.lists.join_form import ListJoinForm
from biodiv_plugin.gui.lists.notices import ListHandOver, ListNotices
from biodiv_plugin.gui.lists.shelf import ListShelf
from biodiv_plugin.gui.lists.tables import ListTables
from biodiv_plugin.gui.notices import Notice
from biodiv_plugin.gui.saving import ask_file
from biodiv_plugin.layers.name_table import NameTable
from biodiv_plugin.portal.query import TaxonRef
from biodiv_plugin.services import Services
from biodiv_plugin.tasks.task import PortalTask
from biodiv_plugin.use_cases.browse_lists import ListEntry, Shelf, browse_lists
from biodiv_plugin.use_cases.download_list import download_list
from biodiv_plugin.use_cases.find_listings import Listings, find_listings
from biodiv_plugin.use_cases.list_backup import ListBackup
from biodiv_plugin.use_cases.load_species_list import LoadedList, load_species_list
from biodiv_plugin.use_cases.save_species_list import ListDraft, SavedSpeciesList
from biodiv_plugin.use_cases.tell_saved_list import tell_saved_list
from biodiv_plugin.use_cases.use_list import ListQuery, use_list

OFFERED = 3  # earlier contents of a list that are offered at once


class ListSection(QWidget):
    """Shows the lists; what is done with one happens in the pages beside. The lists are read
    again when another person signs in, and after each change. ``tables`` are those of the
    project, where they are known already."""

    filter_requested = pyqtSignal(object)  # a ListFilter for the observations

    def __init__(
        self,
        services: Services,
        host: Host,
        sign_in: SignInController,
        tables: Optional[ListTables] = None,
    ) -> None:
        super().__init__()
        self._services, self._host, self._sign_in = services, host, sign_in
        self._stale = True
        self._loaded: Optional[LoadedList] = None  # the one that is shown
        self._joining: Optional[LoadedList] = None
        self._backup: Optional[ListBackup] = None
        self._wanted = ""  # what is to be done with the list that is being read
        self.shelf, self.join_form = ListShelf(), ListJoinForm()
        self.editing = ListEditing(services, sign_in, self)
        self.tables = tables or ListTables(host.project, services.environment.portal, self)
        self.notices = ListNotices(services, self.shelf.notice, self)
        self.hand_over = ListHandOver(services, self.shelf.notice, self.notices, self)
        tasks = services.tasks
        self._reading = LatestTask(tasks, self.tr("Read the species lists"), self)
        self._loading = LatestTask(tasks, self.tr("Read a species list"), self)
        self._peeking = LatestTask(tasks, self.tr("Read a species list"), self)
        self._finding = LatestTask(tasks, self.tr("Find the lists of a species"), self)
        self._counting = LatestTask(tasks, self.tr("Count the observations of a list"), self)
        self._names = LatestTask(tasks, self.tr("Look up names"), self)
        self.stack = QStackedWidget()
        for page in (self.shelf, self.editing.source, self.editing.review, self.join_form):
            self.stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.addWidget(self.stack)
        self._connect()

    @property
    def notice(self) -> Notice:
        return self.shelf.notice

    def _connect(self) -> None:
        shelf, editing = self.shelf, self.editing
        for signal, slot in (
            (shelf.chosen, self._show_items),
            (shelf.filter_requested, self.use),
            (shelf.join_requested, self._ask_join),
            (shelf.table_requested, self._open_table),
            (shelf.publish_requested, self._publish),
            (shelf.csv_requested, self._download),
            (shelf.restore_requested, self._offer_backups),
            (shelf.page_requested, self.hand_over.open),
            (shelf.my_lists_requested, self.hand_over.open_overview),
            (shelf.new_requested, self._new),
            (shelf.taxon_requested, self.find_taxon),
            (shelf.taxon.search_requested, self._suggest),
            (shelf.refresh_requested, self.refresh),
            (self._reading.succeeded, self._show),
            (self._reading.failed, self._fail),
            (self._loading.succeeded, self._on_loaded),
            (self._loading.failed, self.notices.tell_error),
            (self._peeking.succeeded, self._on_peeked),
            (self._peeking.failed, self.notices.tell_error),
            (self._finding.succeeded, shelf.show_listings),
            (self._finding.failed, self.notices.tell_error),
            (self._counting.succeeded, self._on_counted),
            (self._counting.failed, self.notices.tell_error),
            (self._names.succeeded, self._show_suggestions),
            (self._names.failed, self.notices.tell_error),
            (editing.page_wanted, self.stack.setCurrentWidget),
            (editing.closed, self._show_shelf),
            (editing.saved, self._on_saved),
            (editing.refused, self._on_refused),
            (editing.reload_wanted, self.load),
            (editing.saver.settled, self.notices.tell_settled),
            (self.notices.look_again_wanted, editing.saver.settle),
            (self.notices.forget_wanted, editing.saver.forget),
            (self.notices.resend_wanted, editing.resend),
            (self.notices.lists_changed, self.refresh),
            (self.join_form.join_requested, self._join),
            (self.join_form.values_requested, self._offer_values),
            (self.join_form.canceled, self._show_shelf),
            (self.hand_over.refresh_wanted, self.refresh),
            (self._services.session.changed, self._on_session),
        ):
            signal.connect(slot)

    # Reading

    def activate(self) -> None:
        """Read the lists; called whenever the section is shown, asks only when it must."""
        self._offer_refill()
        if self._stale and self._services.session.state is not AuthState.SIGNING_IN:
            self.refresh()

    def refresh(self) -> None:
        self._stale = False
        if not self.shelf.model.rowCount():
            self.shelf.set_entries((), self.tr("Reading the lists…"))
        self._reading.start(partial(_browse, self._services))
        self.editing.saver.settle()

    def load(self, druid: str) -> None:
        """Open a list as a table in the project."""
        self._read(druid, "table")

    def offer_names(self, table: NameTable) -> None:
        """Begin a new list with these names."""
        self.editing.new(table)

    def find_taxon(self, taxon: Optional[TaxonRef]) -> None:
        """Show the lists that a taxon is on; ``None`` shows all again."""
        if taxon is None:
            self._finding.cancel()
            self.shelf.show_listings(None)
        else:
            self._finding.start(partial(_find, self._services, taxon))

    def _read(self, druid: str, wanted: str) -> None:
        """Read a list as it is now, and then do what is wanted with it."""
        self._wanted = wanted
        self._loading.start(partial(_load, self._services, druid))

    def _show_items(self, entry: ListEntry) -> None:
        self.shelf.show_publish(self.tables.of(entry.druid) is not None)
        known = self._loaded
        if known is not None and known.info == entry.info:
            self.shelf.show_items(known)
        else:
            self._peeking.start(partial(_load, self._services, entry.druid))

    def _on_peeked(self, loaded: LoadedList) -> None:
        self._loaded = loaded
        current = self.shelf.current()
        if current is not None and current.druid == loaded.info.druid:
            self.shelf.show_items(loaded)

    def _on_loaded(self, loaded: LoadedList) -> None:
        self._on_peeked(loaded)
        entry = self.shelf.model.entry_of(loaded.info.druid)
        if self._wanted == "table":
            self._add_table(loaded)
        elif self._wanted == "join":
            self._joining = loaded
            self.join_form.open(loaded)
            self.stack.setCurrentWidget(self.join_form)
        elif self._wanted == "refill":
            self.tables.refill(loaded)
            self._offer_refill()
        elif entry is not None and self._backup is not None:
            self.editing.edit(loaded, entry, self._backup.content.items, exact=True)

    def _show(self, entries: tuple[ListEntry, ...]) -> None:
        mine = [entry for entry in entries if entry.shelf is Shelf.MINE]
        self.editing.set_mine(mine)
        if self._services.session.state is not AuthState.SIGNED_IN:
            hint = self.tr("Sign in to see your own and shared lists as well.")
        else:
            hint = "" if mine else self.tr("You have no lists of your own yet.")
        self.shelf.set_entries(entries, hint)

    def _fail(self, error: Exception) -> None:
        self._stale = True
        self.shelf.set_entries((), "")
        self.notices.tell_error(error, retry=self.refresh)

    def _on_session(self, state: object) -> None:
        if state is AuthState.SIGNING_IN:
            return
        self._stale, self._loaded, self._joining = True, None, None
        self.hand_over.stop()
        self.shelf.set_entries((), "")  # what the former person saw is not shown to the next
        self.shelf.items.set_list(None)
        if self.isVisible():
            self.activate()

    def _show_shelf(self) -> None:
        self.stack.setCurrentWidget(self.shelf)

    # Tables, joins and filters

    def _open_table(self, entry: ListEntry) -> None:
        self.notice.clear()
        self.load(entry.druid)

    def _add_table(self, loaded: LoadedList) -> None:
        entry = self.shelf.model.entry_of(loaded.info.druid)
        mine = entry is not None and entry.shelf is Shelf.MINE
        layer = self.tables.add(loaded)
        self.shelf.show_publish(mine)
        number = QLocale().toString
        told = [
            self.tr("{n} names, {matched} of them known to the portal.").format(
                n=number(len(loaded.items)), matched=number(loaded.matched)
            )
        ]
        if mine:
            told.append(self.tr("Edit the table in QGIS, then publish the changes."))
        if loaded.private:
            told.append(self.tr("The list is private: a project file gets its number only."))
        self.notice.tell(" ".join(told))
        if loaded.private:
            self.notice.offer(
                self.tr("Use Its Name"), partial(self.tables.rename, layer.id(), loaded.info.name)
            )

    def _publish(self, entry: ListEntry) -> None:
        found = self.tables.of(entry.druid)
        if found is not None:
            self.notice.clear()
            self.editing.edit(found, entry, self.tables.rows(entry.druid))

    def _offer_refill(self) -> None:
        empty = self.tables.empty()
        if empty and not self.notice.text():
            self.notice.tell(self.tr("The tables of {n} lists are empty.").format(n=len(empty)))
            self.notice.offer(self.tr("Fill Again"), partial(self._read, empty[0], "refill"))

    def _ask_join(self, entry: ListEntry) -> None:
        self.notice.clear()
        self._read(entry.druid, "join")

    def _join(self, choice: object) -> None:
        if self._joining is not None:
            told = self.tables.join(self._joining, choice)
            self._show_shelf()
            self.notice.tell(told)

    def _offer_values(self, layer: QgsVectorLayer, field: str) -> None:
        if self._joining is not None:
            told = self.tables.offer_values(self._joining, layer, field)
            self._show_shelf()
            self.notice.tell(told)

    def use(self, entry: ListEntry) -> None:
        """Ask for the observations of a list's species, once the portal counted them."""
        self.notice.clear()
        self._counting.start(partial(_count, self._services, entry.druid))

    def _on_counted(self, asked: ListQuery) -> None:
        self.notice.tell(
            self.tr("{n} observations of the species on “{name}”.").format(
                n=QLocale().toString(asked.count), name=asked.found.name
            )
        )
        self.filter_requested.emit(asked.found)

    def _suggest(self, text: str) -> None:
        self._names.start(partial(_suggest, self._services, text))

    def _show_suggestions(self, answer: tuple) -> None:
        self.shelf.taxon.set_suggestions(*answer)

    # Saving, and what the browser does

    def _on_saved(self, saved: SavedSpeciesList, draft: ListDraft) -> None:
        told, warning = tell_saved_list(saved, draft.content.name, draft.content.private)
        self._loaded = None
        self.refresh()
        if self.tables.holds(saved.druid):  # its tables go on from what is there now
            self._read(saved.druid, "refill")
        self.notice.tell(" ".join(told), warning)

    def _on_refused(self, error: Exception) -> None:
        self.notices.tell_error(error)
        page = owner_page(error, self._services)
        if page:
            self.notice.offer(self.tr("Make It on the Portal"), partial(self._browse, page))

    def _browse(self, page: str) -> None:
        self.notice.open_page(page, self._services.browser)

    def _offer_backups(self, entry: ListEntry) -> None:
        backups = self._services.list_store.backups(entry.druid)[:OFFERED]
        if not backups:
            self.notice.tell(self.tr("Nothing was published from here yet, so nothing was kept."))
            return
        self.notice.tell(self.tr("Which content of “{name}”?").format(name=entry.info.name))
        for backup in backups:
            moment = backup.moment.astimezone()
            label = self.tr("{moment}: {n} names").format(
                moment=f"{moment:%d/%m/%Y %H:%M}", n=len(backup.content.items)
            )
            self.notice.offer(label, partial(self._restore, entry, backup))

    def _restore(self, entry: ListEntry, backup: ListBackup) -> None:
        self._backup = backup
        self._read(entry.druid, "restore")

    def _new(self) -> None:
        self.notice.clear()
        self.editing.new()

    def _download(self, entry: ListEntry) -> None:
        title = self.tr("Download as CSV")
        path = ask_file(self, title, entry.druid, ".csv", self._host.project)
        if path is not None:
            self.download(entry, path)

    def download(self, entry: ListEntry, target: Path) -> None:
        """Fetch a list as the portal's own CSV file."""
        work = partial(
            download_list, entry.druid, target, self._services.species_lists, entry.private
        )
        task = PortalTask(self.tr("Download a species list"), work)
        task.succeeded.connect(self._on_downloaded)
        task.failed.connect(self.notices.tell_error)
        self._services.tasks.start(task)

    def _on_downloaded(self, path: Path) -> None:
        self.notice.tell(self.tr("Saved as {path}.").format(path=path))


def _browse(services: Services, feedback: QgsFeedback) -> tuple[ListEntry, ...]:
    account = services.session.account
    user_id = account.user_id if account is not None else ""
    return browse_lists(services.species_lists, user_id, feedback)


def _load(services: Services, druid: str, feedback: QgsFeedback) -> LoadedList:
    signed_in = services.session.account is not None
    return load_species_list(druid, services.species_lists, signed_in, feedback)


def _find(services: Services, taxon: TaxonRef, feedback: QgsFeedback) -> Listings:
    signed_in = services.session.account is not None
    return find_listings(taxon, services.species_lists, signed_in, feedback)


def _count(services: Services, druid: str, feedback: QgsFeedback) -> ListQuery:
    signed_in = services.session.account is not None
    return use_list(druid, services.species_lists, services.occurrences, signed_in, feedback)


def _suggest(services: Services, text: str, feedback: QgsFeedback) -> tuple:
    return text, services.taxa.suggest(text, limit=10, feedback=feedback)
