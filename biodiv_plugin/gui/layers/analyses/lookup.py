"""Joins the fields of an analysis to the portal's names, areas and catalogue."""

from __future__ import annotations

from functools import partial
from typing import Optional

from qgis.core import QgsFeedback
from qgis.PyQt.QtCore import QObject, pyqtSignal

from biodiv_plugin.gui.latest_task import LatestTask
from biodiv_plugin.gui.layers.analyses.form import AnalysisForm
from biodiv_plugin.portal.area import PortalArea
from biodiv_plugin.portal.errors import NotFound
from biodiv_plugin.portal.query import TaxonRef
from biodiv_plugin.portal.taxa import TaxonSuggestion
from biodiv_plugin.services import Services
from biodiv_plugin.use_cases.read_catalogue import Catalogue

_FOUND = 12  # areas and names that are suggested
_ENVELOPE = "ENVELOPE"  # begins the id of an area made by an earlier analysis


class FormLookup(QObject):
    """Serves one form at a time: fields ask by their signals, and the last one that asked
    gets the answer."""

    failed = pyqtSignal(object)  # a PortalError
    catalogue_failed = pyqtSignal(object)  # a PortalError; layers of last time may be shown

    def __init__(self, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._form: Optional[AnalysisForm] = None
        self._naming = LatestTask(services.tasks, self.tr("Look up names"), self)
        self._naming.succeeded.connect(self._show_names)
        self._searching = LatestTask(services.tasks, self.tr("Search areas"), self)
        self._searching.succeeded.connect(self._show_areas)
        for asked in (self._naming, self._searching):
            asked.failed.connect(self.failed)
        services.catalogue_feed.changed.connect(self._show_catalogue)
        services.catalogue_feed.failed.connect(self._fail_catalogue)

    def join(self, form: AnalysisForm) -> None:
        """Serve the fields of ``form`` from now on."""
        self.cancel()
        self._form = form
        for field in form.species():
            field.taxa.search_requested.connect(self._suggest)
            field.taxa.card_requested.connect(self._open_page)
        for area in form.areas():
            area.line.search_requested.connect(self._search)
        feed = self._services.catalogue_feed
        if form.layers():
            if feed.catalogue is not None:
                self._show_catalogue(feed.catalogue)
            feed.open()

    def cancel(self) -> None:
        self._form = None
        self._naming.cancel()
        self._searching.cancel()

    def _suggest(self, text: str) -> None:
        self._naming.start(partial(_suggest, self._services, text))

    def _show_names(self, answer: tuple[str, tuple[TaxonSuggestion, ...]]) -> None:
        if self._form is not None:
            for field in self._form.species():  # one whose text it is not leaves it
                field.taxa.set_suggestions(*answer)

    def _search(self, text: str) -> None:
        self._searching.start(partial(_search, self._services, text))

    def _show_areas(self, answer: tuple[str, tuple[PortalArea, ...]]) -> None:
        if self._form is not None:
            for field in self._form.areas():
                if field.line.text().strip() == answer[0]:
                    field.set_found(*answer)

    def _show_catalogue(self, catalogue: Catalogue) -> None:
        if self._form is not None:
            for field in self._form.layers():
                field.set_index(catalogue.index)

    def _fail_catalogue(self, error: Exception) -> None:
        if self._form is not None and self._form.layers():
            self.catalogue_failed.emit(error)

    def _open_page(self, taxon: TaxonRef) -> None:
        page = f"bie-hub/species/{taxon.key}"
        self._services.browser(self._services.environment.service(page))


def _suggest(
    services: Services, text: str, feedback: QgsFeedback
) -> tuple[str, tuple[TaxonSuggestion, ...]]:
    return text, tuple(services.taxa.suggest(text, _FOUND, feedback))


def _search(
    services: Services, text: str, feedback: QgsFeedback
) -> tuple[str, tuple[PortalArea, ...]]:
    """Find areas by name, or one by its number."""
    if text.startswith(_ENVELOPE) and text[len(_ENVELOPE) :].isdigit():
        return text, (PortalArea(pid=text, name=text),)
    if text.isdigit():
        try:
            return text, (services.areas.object(text, feedback),)
        except NotFound:
            return text, ()
    return text, services.areas.search(text, _FOUND, feedback=feedback)[:_FOUND]
