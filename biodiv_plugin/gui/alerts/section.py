"""The section *Notifications*: mails of the portal, and watches of QGIS."""

from __future__ import annotations

from dataclasses import replace
from typing import Callable, Optional

from qgis.PyQt.QtCore import QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from biodiv_plugin.gui.account.sign_in import SignInController
from biodiv_plugin.gui.alerts.form import AlertForm
from biodiv_plugin.gui.alerts.mail import AlertMail
from biodiv_plugin.gui.alerts.panel import AlertPanel
from biodiv_plugin.gui.alerts.watch_book import WatchBook
from biodiv_plugin.gui.alerts.watch_desk import WatchDesk
from biodiv_plugin.gui.alerts.watch_form import WatchForm
from biodiv_plugin.gui.alerts.watch_panel import WatchPanel
from biodiv_plugin.gui.host import Host
from biodiv_plugin.portal.query import OccurrenceQuery, TaxonRef
from biodiv_plugin.portal.species_list import SpeciesListInfo
from biodiv_plugin.services import Services
from biodiv_plugin.use_cases.tell_query import tell_query


class AlertSection(QWidget):
    """``query`` gives the question that is being asked in the section *Observations*, if any;
    ``book`` holds the watches, where they are looked at already."""

    shown = pyqtSignal()  # something wants to be seen here
    unseen_changed = pyqtSignal(int)  # new observations in watched zones

    def __init__(
        self,
        services: Services,
        host: Host,
        sign_in: SignInController,
        query: Callable[[], Optional[OccurrenceQuery]],
        book: Optional[WatchBook] = None,
    ) -> None:
        super().__init__()
        self._query = query
        self.panel, self.form = AlertPanel(), AlertForm()
        self.mail = AlertMail(services, sign_in, self.panel, self.form, self)
        self.watches, self.watch_form = WatchPanel(), WatchForm()
        book = book or WatchBook(services, host, self)
        self.desk = WatchDesk(services, host, self.watches, self.watch_form, book, self)
        self.stack = QStackedWidget()
        self._overview = QWidget()
        halves = QVBoxLayout(self._overview)
        halves.setContentsMargins(0, 0, 0, 0)
        halves.addWidget(self.panel)
        halves.addWidget(self.watches)
        halves.addStretch(0)  # only where neither of the two fills the place
        for page in (self._overview, self.form, self.watch_form):
            self.stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.addWidget(self.stack)
        self.panel.new_requested.connect(self._new)
        self.form.canceled.connect(self._show_overview)
        self.mail.form_left.connect(self._show_overview)
        self.mail.watch_offered.connect(self.watch)
        self.watches.new_requested.connect(self._new_watch)
        self.desk.form_left.connect(self._show_overview)
        book.unseen_changed.connect(self.unseen_changed)
        QTimer.singleShot(0, book.tell)

    def activate(self) -> None:
        """Read the notifications; called whenever the section is shown, asks only when it must."""
        self.mail.activate()

    def subscribe_to(self, query: OccurrenceQuery) -> None:
        """Begin a notification of new records of ``query``: it wants a name first."""
        self._offer(query)
        self.form.open_query()
        self._show_form()

    def subscribe_to_taxon(self, taxon: TaxonRef) -> None:
        """Begin a notification of a taxon; those it is mixed up with are offered too."""
        self._offer(self._query())
        self.form.open_taxon(taxon)
        self._show_form()

    def subscribe_to_list(self, info: SpeciesListInfo, private: bool = False) -> None:
        """Have the browser subscribe to new records of a public list's species.

        A private one the portal cannot follow: QGIS can. Then its name is shown and not kept.
        """
        if private:
            query = OccurrenceQuery(species_list=info.druid)
            self._watch(query, _told(replace(query, list_name=info.name)), "")
            return
        self._show_overview()
        self.shown.emit()
        self.mail.notify_of_list(info)

    def watch(self, query: OccurrenceQuery) -> None:
        """Begin a watch of ``query`` in the polygons of a layer."""
        # The zones take the place of its area.
        asked = replace(query, area="", area_name="", circle=None)
        # A list that goes by its taxa may be private, and a watch keeps its name, perhaps in a
        # project.
        named = replace(asked, list_name="") if asked.list_taxa else asked
        self._watch(asked, _told(asked), name_query(named))

    def _watch(self, query: OccurrenceQuery, sentence: str, name: str) -> None:
        self.watch_form.open(query, sentence, name)
        self.shown.emit()
        self.stack.setCurrentWidget(self.watch_form)

    def _new_watch(self) -> None:
        self.watch(self._query() or OccurrenceQuery())

    def _new(self) -> None:
        self._offer(self._query())
        self.form.open()
        self._show_form()

    def _offer(self, query: Optional[OccurrenceQuery]) -> None:
        sentence, name = "", ""
        if query is not None:
            sentence, name = _told(query), name_query(query)
        self.form.set_query(query, sentence, name)

    def _show_form(self) -> None:
        self.shown.emit()
        self.stack.setCurrentWidget(self.form)

    def _show_overview(self) -> None:
        self.stack.setCurrentWidget(self._overview)


def _told(query: OccurrenceQuery) -> str:
    """Return the question in words, without a number: that is of today."""
    return tell_query(query, 0).split(" ", 1)[1]


def name_query(query: OccurrenceQuery) -> str:
    """Return a short name for a question: its taxa or list, and its area."""
    parts = [taxon.vernacular_name or taxon.scientific_name for taxon in query.taxa[:3]]
    parts += [name for name in (query.list_name, query.area_name) if name]
    return ", ".join(parts)
