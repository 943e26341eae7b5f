"""The species among what was counted: a table on the map, and names for a list of one's own."""

from __future__ import annotations

from functools import partial
from typing import Callable, Optional

from qgis.core import QgsFeedback
from qgis.PyQt.QtCore import QLocale, QObject, pyqtSignal

from biodiv_plugin.gui.host import Host
from biodiv_plugin.gui.latest_task import LatestTask
from biodiv_plugin.gui.occurrences.panel import OccurrencePanel
from biodiv_plugin.layers.name_table import NameTable
from biodiv_plugin.layers.species_table import species_layer
from biodiv_plugin.portal.query import OccurrenceQuery
from biodiv_plugin.services import Services
from biodiv_plugin.use_cases.species_in_area import SpeciesFound, species_in_area
from biodiv_plugin.use_cases.tell_query import tell_place

Answer = tuple[OccurrenceQuery, tuple[SpeciesFound, ...]]


class SpeciesDesk(QObject):
    """Asks for the species once they are wanted, by counts alone; the newest question wins."""

    list_requested = pyqtSignal(object)  # a NameTable

    def __init__(
        self,
        panel: OccurrencePanel,
        services: Services,
        host: Host,
        query: Callable[[], Optional[OccurrenceQuery]],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._panel, self._services, self._host, self._query = panel, services, host, query
        self._asking = LatestTask(services.tasks, self.tr("List the species"), self)
        self._asking.succeeded.connect(self._show)
        self._asking.failed.connect(self._fail)
        panel.species_requested.connect(self._ask)
        panel.changed.connect(self._stop)

    def _ask(self) -> None:
        query = self._query()
        if query is None:
            return
        notice = self._panel.notice
        notice.tell(self.tr("Listing the species: the portal is asked year by year…"))
        notice.offer(self.tr("Cancel"), self._asking.cancel)
        self._asking.start(partial(_species, self._services, query))

    def _stop(self) -> None:
        """Drop what was asked before the question changed."""
        if self._asking.is_running():
            self._asking.cancel()
            self._panel.notice.clear()

    def _fail(self, error: Exception) -> None:
        self._panel.notice.tell_error(error, retry=self._ask)

    def _show(self, answer: Answer) -> None:
        query, found = answer
        where = tell_place(query)
        layer = species_layer(
            self.tr("Species {where}").format(where=where), [each.row() for each in found]
        )
        self._host.project.addMapLayer(layer)
        listed = sum(bool(each.lists) for each in found)
        notice = self._panel.notice
        notice.tell(
            self.tr("{n} species {where}, {listed} of them on official lists.").format(
                n=QLocale().toString(len(found)), where=where, listed=QLocale().toString(listed)
            )
        )
        notice.offer(self.tr("Make a List of These"), partial(self._offer, query, found))

    def _offer(self, query: OccurrenceQuery, found: tuple[SpeciesFound, ...]) -> None:
        title = self.tr("Species {where}").format(where=tell_place(query))
        headers = ("scientificName", "vernacularName", "records", "lastYear")
        rows = tuple(
            (
                each.species.scientific_name,
                each.species.vernacular_name,
                str(each.species.count),
                "" if each.last_year is None else str(each.last_year),
            )
            for each in found
        )
        self.list_requested.emit(NameTable(title, headers, rows))


def _species(services: Services, query: OccurrenceQuery, feedback: QgsFeedback) -> Answer:
    found = species_in_area(query, services.occurrences, services.species_lists, feedback=feedback)
    return query, found
