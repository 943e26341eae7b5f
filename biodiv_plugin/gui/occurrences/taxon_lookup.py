"""Joins the choice of species to the portal's names, counts and pictures."""

from __future__ import annotations

from functools import partial
from typing import Sequence

from qgis.core import QgsFeedback
from qgis.PyQt.QtCore import QObject, pyqtSignal

from biodiv_plugin.gui.latest_task import LatestTask
from biodiv_plugin.gui.occurrences.taxon_card import TaxonCardPanel
from biodiv_plugin.gui.taxon_field import TaxonField
from biodiv_plugin.portal.query import TaxonRef
from biodiv_plugin.services import Services
from biodiv_plugin.use_cases.describe_taxa import (
    FiledUnderParent,
    TaxonCard,
    TaxonFacts,
    describe_taxa,
    find_parent,
    read_card,
)

SUGGESTIONS = 10


class TaxonLookup(QObject):
    """One request to the names for each pause in typing; counts and pictures once one looks."""

    failed = pyqtSignal(object)  # a PortalError

    def __init__(
        self, field: TaxonField, card: TaxonCardPanel, services: Services, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._field, self._card, self._services = field, card, services
        self._suggesting = self._latest(self.tr("Look up names"), self._show_suggestions)
        self._reading = self._latest(self.tr("Read about species"), self._show_card)
        for asked in (self._suggesting, self._reading):
            asked.failed.connect(self.failed)
        # What fails of these leaves an adornment out; the task has written it to the log.
        self._describing = self._latest(self.tr("Read about species"), field.set_facts)
        self._filing = self._latest(self.tr("Look up names"), field.warn_of_parent)
        field.search_requested.connect(self._suggest)
        field.facts_requested.connect(self._describe)
        field.added.connect(self._find_parent)
        field.card_requested.connect(self._read)
        field.changed.connect(self._on_changed)
        card.page_requested.connect(self._open_page)

    def _latest(self, description: str, slot: object) -> LatestTask:
        latest = LatestTask(self._services.tasks, description, self)
        latest.succeeded.connect(slot)
        return latest

    def _suggest(self, text: str) -> None:
        self._describing.cancel()
        self._suggesting.start(partial(_suggest, self._services, text))

    def _show_suggestions(self, answer: tuple) -> None:
        self._field.set_suggestions(*answer)

    def _describe(self, keys: Sequence[str]) -> None:
        self._describing.start(partial(_describe, self._services, tuple(keys)))

    def _find_parent(self, taxon: TaxonRef) -> None:
        self._filing.start(partial(_file, self._services, taxon))

    def _read(self, taxon: TaxonRef) -> None:
        self._reading.start(partial(_card, self._services, taxon))

    def _show_card(self, card: TaxonCard) -> None:
        if card.taxon in self._field.taxa():
            self._card.show_card(card)

    def _on_changed(self) -> None:
        """Take the card of a species away with the species."""
        if self._card.taxon() not in self._field.taxa():
            self._card.hide()

    def _open_page(self, key: str) -> None:
        self._services.browser(self._services.environment.service(f"bie-hub/species/{key}"))


def _suggest(services: Services, text: str, feedback: QgsFeedback) -> tuple:
    return text, services.taxa.suggest(text, SUGGESTIONS, feedback)


def _describe(
    services: Services, keys: Sequence[str], feedback: QgsFeedback
) -> dict[str, TaxonFacts]:
    return describe_taxa(keys, services.taxa, services.occurrences, services.images, feedback)


def _file(services: Services, taxon: TaxonRef, feedback: QgsFeedback) -> FiledUnderParent:
    return find_parent(taxon, services.taxa, services.occurrences, feedback)


def _card(services: Services, taxon: TaxonRef, feedback: QgsFeedback) -> TaxonCard:
    return read_card(
        taxon,
        services.taxa,
        services.occurrences,
        services.images,
        services.species_lists,
        feedback,
    )
