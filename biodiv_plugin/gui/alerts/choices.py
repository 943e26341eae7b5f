"""Finds what the form of a notification offers: names, areas, groups, datasets and lists."""

from __future__ import annotations

from functools import partial
from typing import Sequence

from qgis.core import QgsFeedback
from qgis.PyQt.QtCore import QObject

from biodiv_plugin.gui.alerts.form import DATASET, LIST, AlertForm
from biodiv_plugin.gui.latest_task import LatestTask
from biodiv_plugin.portal.query import OccurrenceQuery, TaxonRef
from biodiv_plugin.portal.species_list import SpeciesListInfo
from biodiv_plugin.services import Services
from biodiv_plugin.use_cases.name_value import name_value
from biodiv_plugin.use_cases.subscribe import Kin, find_kin

AREAS = 12  # of the portal that are suggested


class AlertChoices(QObject):
    """What cannot be read is told in the form."""

    def __init__(self, services: Services, form: AlertForm, parent: QObject) -> None:
        super().__init__(parent)
        self._services, self._form = services, form
        self._known: dict[str, SpeciesListInfo] = {}
        self._naming = self._latest(self.tr("Look up names"), self._show_suggestions)
        self._kin = self._latest(self.tr("Look up names"), form.show_kin)
        self._datasets = self._latest(self.tr("Read the datasets"), self._show_datasets)
        self._lists = self._latest(self.tr("Read the species lists"), self._show_lists)
        self._areas = self._latest(self.tr("Search areas"), self._show_areas)
        self._groups = self._latest(self.tr("Read the groups of species"), form.region.set_groups)
        form.taxa.search_requested.connect(self._suggest)
        form.kin_wanted.connect(self._find_kin)
        form.choices_wanted.connect(self._read)
        form.region.taxon.search_requested.connect(self._suggest)
        form.region.line.search_requested.connect(self._find_areas)
        form.region.groups_wanted.connect(self._read_groups)

    def info(self, druid: str) -> SpeciesListInfo:
        """Return a list that is offered."""
        return self._known[druid]

    def _latest(self, description: str, slot: object) -> LatestTask:
        latest = LatestTask(self._services.tasks, description, self)
        latest.succeeded.connect(slot)
        latest.failed.connect(self._form.notice.tell_error)
        return latest

    def _suggest(self, text: str) -> None:
        self._naming.start(partial(_suggest, self._services, text))

    def _show_suggestions(self, answer: tuple) -> None:
        for field in (self._form.taxa, self._form.region.taxon):
            field.set_suggestions(*answer)  # it drops what it did not ask

    def _find_kin(self, taxon: TaxonRef) -> None:
        self._kin.start(partial(_find_kin, self._services, taxon))

    def _read(self, kind: int) -> None:
        if kind == DATASET:
            self._datasets.start(partial(_datasets, self._services))
        else:
            self._lists.start(partial(_public_lists, self._services))

    def _show_datasets(self, found: Sequence[tuple[str, str]]) -> None:
        self._form.set_choices(DATASET, found)

    def _show_lists(self, found: Sequence[SpeciesListInfo]) -> None:
        self._known = {info.druid: info for info in found}
        self._form.set_choices(LIST, [(info.druid, info.name) for info in found])

    def _find_areas(self, text: str) -> None:
        self._areas.start(partial(_find_areas, self._services, text))

    def _show_areas(self, answer: tuple) -> None:
        self._form.region.set_areas(*answer)

    def _read_groups(self) -> None:
        self._groups.start(partial(_groups, self._services))


def _suggest(services: Services, text: str, feedback: QgsFeedback) -> tuple:
    return text, services.taxa.suggest(text, feedback=feedback)


def _find_kin(services: Services, taxon: TaxonRef, feedback: QgsFeedback) -> Kin:
    return find_kin(taxon, services.taxa, feedback)


def _datasets(services: Services, feedback: QgsFeedback) -> list[tuple[str, str]]:
    found = services.collectory.data_resources(feedback)
    return sorted(((one.uid, one.name) for one in found), key=lambda one: one[1].lower())


def _public_lists(services: Services, feedback: QgsFeedback) -> list[SpeciesListInfo]:
    return sorted(services.species_lists.all(feedback=feedback), key=lambda i: i.name.lower())


def _find_areas(services: Services, text: str, feedback: QgsFeedback) -> tuple:
    return text, services.areas.search(text, limit=AREAS, feedback=feedback)


def _groups(services: Services, feedback: QgsFeedback) -> list[tuple[str, str]]:
    groups = services.occurrences.species_groups(OccurrenceQuery(), feedback)
    found = [group.name for group in groups if group.level]  # the one without is all of them
    return [(name, name_value("speciesGroup", name)) for name in found]
