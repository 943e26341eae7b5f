"""The one dock of the plugin: the account line, the sections, and one section at a time."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Optional

from qgis.core import QgsMapLayer
from qgis.gui import QgsDockWidget
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from biodiv_plugin import paths, settings
from biodiv_plugin.gui.account.section import AccountArea
from biodiv_plugin.gui.account.sign_in import SignInController
from biodiv_plugin.gui.alerts.section import AlertSection
from biodiv_plugin.gui.alerts.watch_book import WatchBook
from biodiv_plugin.gui.downloads.job_book import Job, JobBook
from biodiv_plugin.gui.downloads.message_item import DownloadMessage
from biodiv_plugin.gui.downloads.section import DownloadSection
from biodiv_plugin.gui.host import Host
from biodiv_plugin.gui.layers.section import LayerSection
from biodiv_plugin.gui.lists.section import ListSection
from biodiv_plugin.gui.lists.tables import ListTables
from biodiv_plugin.gui.notices import Notice
from biodiv_plugin.gui.occurrences.section import OccurrenceSection
from biodiv_plugin.gui.section_bar import SectionBar
from biodiv_plugin.layers.name_table import NameTable
from biodiv_plugin.portal.query import OccurrenceQuery
from biodiv_plugin.services import Services
from biodiv_plugin.use_cases.browse_lists import ListEntry
from biodiv_plugin.use_cases.resolve_list import ListFilter

NARROWEST = 380  # pixels; no section needs a scroll bar below itself then


class PortalDock(QgsDockWidget):
    """Joins the sections to the services. Each section does its own work.

    ``watches`` is the book of watches that is open already, ``tables`` the lists' tables.
    """

    def __init__(
        self,
        services: Services,
        host: Host,
        parent: Optional[QWidget] = None,
        watches: Optional[WatchBook] = None,
        tables: Optional[ListTables] = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("biodiv_portal")  # under this name QGIS keeps its place
        self.setWindowTitle(self.tr("Biodiversity Portal"))
        self._services, self._host = services, host
        self.sign_in = SignInController(services, self)
        self.jobs = JobBook(services, parent=self)
        self.account = AccountArea(services, host, self.sign_in)
        self.bar = SectionBar()
        self._stack = QStackedWidget()
        self.occurrences = OccurrenceSection(services, host, self.sign_in, self.jobs)
        self.layers = LayerSection(services, host, self.sign_in)
        self.lists = ListSection(services, host, self.sign_in, tables)
        self.alerts = AlertSection(services, host, self.sign_in, self.occurrences.query, watches)
        self.downloads = DownloadSection(services, host, self.jobs)
        self.message = DownloadMessage(self.jobs, host.message_bar, self._sees_downloads, self)
        self._add("occurrences", self.tr("Observations"), self.occurrences)
        self._add("layers", self.tr("Layers"), self.layers)
        self._add("lists", self.tr("My Lists"), self.lists)
        self._add("alerts", self.tr("Notifications"), self.alerts)
        self._add("downloads", self.tr("Downloads"), self.downloads)
        self._lay_out()
        self._connect()
        self.show_section(settings.LAST_SECTION.get())
        QTimer.singleShot(0, self.sign_in.restore)  # in a task: the keyring may ask the person

    def show_section(self, name: str) -> None:
        """Show one section, by its name: occurrences, layers, lists, alerts or downloads."""
        self.bar.choose(name)

    def refresh(self, former: Path) -> None:
        """Download again what a file holds; asks for an account where nobody is signed in."""
        self.show_section("downloads")
        self.sign_in.ensure(partial(self.downloads.refresh, former))

    def report_on(self, layer: QgsMapLayer) -> None:
        """Show the form of area reports for ``layer``, which holds polygons."""
        self.show_section("layers")
        self.layers.show_report(layer=layer)

    def _add(self, name: str, title: str, section: QWidget) -> None:
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(section)
        self._stack.addWidget(scroll)
        self.bar.add(name, title, QIcon(str(paths.resource(f"icons/{name}.svg"))))

    def _lay_out(self) -> None:
        content = QWidget()
        content.setMinimumWidth(NARROWEST)
        column = QVBoxLayout(content)
        column.setContentsMargins(4, 4, 4, 4)
        column.addWidget(self.account)
        column.addWidget(self.bar)
        column.addWidget(self._stack, 1)
        self.setWidget(content)

    def _connect(self) -> None:
        self.bar.chosen.connect(self._on_section)
        self.jobs.running_changed.connect(self._show_running)
        self.downloads.account_needed.connect(self._sign_in_for)
        self.message.retry_requested.connect(self.downloads.retry)
        self.message.details_requested.connect(self._show_downloads)
        self.visibilityChanged.connect(self.message.refresh)
        self.occurrences.panel.notify_requested.connect(self._notify_of_query)
        self.occurrences.panel.card.notify_requested.connect(self.alerts.subscribe_to_taxon)
        self.lists.shelf.notify_requested.connect(self._notify_of_list)
        self.alerts.shown.connect(self._show_alerts)
        self.alerts.unseen_changed.connect(self._show_unseen)
        self.layers.links.ask_query = self.occurrences.query
        self.layers.links.query_requested.connect(self._ask)
        self.lists.filter_requested.connect(self._ask_by_list)
        self.occurrences.species.list_requested.connect(self._offer_names)
        for notice in self.findChildren(Notice):
            notice.sign_in_requested.connect(self.sign_in.start)
            notice.log_requested.connect(self._host.open_log)
        self.closed.connect(self._remember_closed)
        self.opened.connect(self._remember_open)

    def _on_section(self, index: int, name: str) -> None:
        self._stack.setCurrentIndex(index)
        settings.LAST_SECTION.set(name)
        section = self._stack.widget(index).widget()
        section.activate()
        self.message.refresh()

    def _sees_downloads(self) -> bool:
        page = self._stack.currentWidget()
        return self.isUserVisible() and page is not None and page.widget() is self.downloads

    def _show_downloads(self) -> None:
        self.setUserVisible(True)
        self.show_section("downloads")

    def _sign_in_for(self, job: Job) -> None:
        self.sign_in.ensure(partial(self.downloads.retry, job))

    def _ask(self, query: OccurrenceQuery) -> None:
        self.show_section("occurrences")
        self.occurrences.set_query(query)

    def _ask_by_list(self, found: ListFilter) -> None:
        self.occurrences.panel.lists.set_list(found)
        self.show_section("occurrences")

    def _offer_names(self, table: NameTable) -> None:
        self.show_section("lists")
        self.lists.offer_names(table)

    def _notify_of_query(self) -> None:
        query = self.occurrences.query()
        if query is not None:
            self.alerts.subscribe_to(query)

    def _notify_of_list(self, entry: ListEntry) -> None:
        self.alerts.subscribe_to_list(entry.info, entry.private)

    def _show_alerts(self) -> None:
        self.show_section("alerts")

    def _show_unseen(self, count: int) -> None:
        title = self.tr("Notifications")
        self.bar.rename("alerts", f"{title} {count}" if count else title)

    def _show_running(self, count: int) -> None:
        title = self.tr("Downloads")
        self.bar.rename("downloads", f"{title} {count}" if count else title)

    def _remember_open(self) -> None:
        settings.DOCK_OPEN.set(True)

    def _remember_closed(self) -> None:
        settings.DOCK_OPEN.set(False)
