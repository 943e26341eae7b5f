"""Fills the tables of species lists again when a project comes back: QGIS kept no row of them."""

from __future__ import annotations

from functools import partial

from qgis.core import QgsFeedback, QgsProject
from qgis.PyQt.QtCore import QObject, QTimer

from biodiv_plugin.auth.session import AuthState
from biodiv_plugin.deletion import delete_later
from biodiv_plugin.gui.latest_task import LatestTask
from biodiv_plugin.gui.lists.tables import ListTables
from biodiv_plugin.services import Services
from biodiv_plugin.use_cases.load_species_list import LoadedList, load_species_list


class ListRefill(QObject):
    """One list after the other, without a word: what fails stays empty, and the dock says so.

    A private list waits until somebody is signed in.
    """

    def __init__(self, services: Services, project: QgsProject) -> None:
        super().__init__()
        self._services, self._project = services, project
        self.tables = ListTables(project, services.environment.portal, self)
        self._current = ""
        self._failed: set[str] = set()
        self._loading = LatestTask(services.tasks, self.tr("Read a species list"), self)
        self._loading.succeeded.connect(self._on_loaded)
        self._loading.failed.connect(self._on_failed)
        project.readProject.connect(self._begin)
        services.session.changed.connect(self._on_session)
        QTimer.singleShot(0, self._begin)

    def close(self) -> None:
        self._loading.cancel()
        self._project.readProject.disconnect(self._begin)
        self._services.session.changed.disconnect(self._on_session)
        delete_later(self)

    def _begin(self, _document: object = None) -> None:
        self._failed.clear()
        self._next()

    def _on_session(self, state: object) -> None:
        if state is AuthState.SIGNED_IN:
            self._begin()

    def _next(self) -> None:
        waiting = [each for each in self.tables.lost() if each not in self._failed]
        if waiting and not self._loading.is_running():
            self._current = waiting[0]
            self._loading.start(partial(_load, self._services, self._current))

    def _on_loaded(self, loaded: LoadedList) -> None:
        self._failed.add(self._current)  # once is enough, whatever came of it
        self.tables.refill(loaded)
        self._next()

    def _on_failed(self, _error: Exception) -> None:
        self._failed.add(self._current)
        self._next()


def _load(services: Services, druid: str, feedback: QgsFeedback) -> LoadedList:
    signed_in = services.session.state is AuthState.SIGNED_IN
    return load_species_list(druid, services.species_lists, signed_in, feedback)
