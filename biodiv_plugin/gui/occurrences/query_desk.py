"""Keeps, opens, pastes and copies whole questions, and resolves the list they ask by."""

from __future__ import annotations

from functools import partial
from typing import Callable, Optional

from qgis.core import QgsApplication, QgsFeedback
from qgis.PyQt.QtCore import QObject, pyqtSignal

from biodiv_plugin.auth.session import AuthState
from biodiv_plugin.gui.host import Host
from biodiv_plugin.gui.latest_task import LatestTask
from biodiv_plugin.gui.occurrences.panel import OccurrencePanel
from biodiv_plugin.gui.occurrences.saved_queries import (
    forget_query,
    read_query,
    save_query,
    saved_names,
)
from biodiv_plugin.portal.errors import PortalError
from biodiv_plugin.portal.query import OccurrenceQuery
from biodiv_plugin.services import Services
from biodiv_plugin.use_cases.complete_query import (
    CompleteQuery,
    complete_query,
    read_address,
    write_address,
)
from biodiv_plugin.use_cases.resolve_list import ListFilter, resolve_list


class QueryDesk(QObject):
    """``query`` gives the question as it was last counted, its area included, or ``None``."""

    opened = pyqtSignal(object)  # a CompleteQuery to show in the form
    failed = pyqtSignal(object)  # a PortalError

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
        self._completing = self._latest(self.tr("Open a question"), self.opened)
        self._writing = self._latest(self.tr("Make a portal address"), self._copy)
        self._resolving = self._latest(self.tr("Read a species list"), self._show_list)
        bar = panel.bar
        bar.menu_wanted.connect(self._fill_menu)
        bar.save_requested.connect(self._save)
        bar.open_requested.connect(self._open_saved)
        bar.forget_requested.connect(self._forget)
        bar.address_given.connect(self._paste)
        bar.address_wanted.connect(self._write)
        panel.lists.chosen.connect(self.choose_list)

    def open(self, query: OccurrenceQuery) -> None:
        """Show ``query`` in the form, with the names of its taxa and its list resolved."""
        self._completing.start(partial(_complete, self._services, query))

    def choose_list(self, list_id: str) -> None:
        """Ask by a species list; "" by none. A private one wants a sign-in."""
        if list_id:
            self._resolving.start(partial(_resolve, self._services, list_id))
        else:
            self._resolving.cancel()
            self._panel.lists.set_list(None)

    def _latest(self, description: str, slot: object) -> LatestTask:
        latest = LatestTask(self._services.tasks, description, self)
        latest.succeeded.connect(slot)
        latest.failed.connect(self.failed)
        return latest

    def _show_list(self, found: ListFilter) -> None:
        self._panel.lists.set_list(found)

    def _fill_menu(self) -> None:
        self._panel.bar.set_saved(saved_names(self._host.project))

    def _save(self, name: str) -> None:
        found = self._panel.lists.species_list()
        query = self._query()
        if query is None:
            self._panel.bar.tell(self.tr("The question is not complete, or still being counted."))
            return
        private = found is not None and found.private
        save_query(self._host.project, name, query, private)
        told = self.tr("“{name}” is kept in the project; save the project to keep it for good.")
        self._panel.bar.tell(told.format(name=name))

    def _open_saved(self, name: str) -> None:
        try:
            self.open(read_query(self._host.project, name))
        except PortalError as error:
            self.failed.emit(error)

    def _forget(self, name: str) -> None:
        forget_query(self._host.project, name)
        told = self.tr("“{name}” was removed from the project.").format(name=name)
        self._panel.bar.tell(told)

    def _paste(self, address: str) -> None:
        self._completing.start(partial(_read, self._services, address))

    def _write(self) -> None:
        query, found = self._query(), self._panel.lists.species_list()
        if query is None:
            self._panel.bar.tell(self.tr("The question is not complete, or still being counted."))
            return
        private = found is not None and found.private
        self._writing.start(partial(_write, self._services, query, private))

    def _copy(self, address: str) -> None:
        QgsApplication.clipboard().setText(address)
        self._panel.bar.tell(self.tr("The address is on the clipboard."))


def _signed_in(services: Services) -> bool:
    return services.session.state is AuthState.SIGNED_IN


def _complete(services: Services, query: OccurrenceQuery, feedback: QgsFeedback) -> CompleteQuery:
    return complete_query(
        query, services.taxa, services.species_lists, _signed_in(services), feedback
    )


def _read(services: Services, address: str, feedback: QgsFeedback) -> CompleteQuery:
    return read_address(
        address,
        services.environment,
        services.taxa,
        services.species_lists,
        _signed_in(services),
        feedback,
    )


def _write(services: Services, query: OccurrenceQuery, private: bool, feedback: QgsFeedback) -> str:
    return write_address(query, services.environment, services.occurrences, private, feedback)


def _resolve(services: Services, list_id: str, feedback: QgsFeedback) -> ListFilter:
    return resolve_list(list_id, services.species_lists, _signed_in(services), feedback)
