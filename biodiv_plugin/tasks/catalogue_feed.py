"""The catalogue of layers, read once for all who show it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Optional

from qgis.core import QgsFeedback
from qgis.PyQt.QtCore import QObject, pyqtSignal

from biodiv_plugin.deletion import prepare
from biodiv_plugin.portal.catalogue import CatalogueClient
from biodiv_plugin.tasks.registry import TaskRegistry
from biodiv_plugin.tasks.task import PortalTask
from biodiv_plugin.translation import translate
from biodiv_plugin.use_cases.read_catalogue import Catalogue, CatalogueCopy, fetch_catalogue


class CatalogueFeed(QObject):
    """The dock, the Browser panel and the Data Source Manager show the same catalogue.

    What was kept of last time is told at once, the portal's answer when it comes; ``catalogue``
    is ``None`` before either.
    """

    changed = pyqtSignal(object)  # the Catalogue
    failed = pyqtSignal(object)  # a PortalError; ``catalogue`` stays as it was

    def __init__(self, client: CatalogueClient, copy: CatalogueCopy, tasks: TaskRegistry) -> None:
        super().__init__()
        self._client, self._copy, self._tasks = client, copy, tasks
        self._task: Optional[PortalTask] = None
        self._asked = False
        self.catalogue: Optional[Catalogue] = None
        prepare(self)

    def open(self) -> None:
        """See to it that the catalogue is read; the portal is asked once."""
        if self._asked:
            return
        self._asked = True
        if self.catalogue is None:
            load = PortalTask(
                translate("CatalogueFeed", "Read the layers of last time"),
                partial(_load, self._copy),
                quiet=True,
            )
            load.succeeded.connect(self._on_copy)
            self._tasks.start(load)
        self.refresh()

    def refresh(self) -> None:
        """Ask the portal again; an answer that is on its way still comes."""
        if self._task is not None:
            return
        self._task = task = PortalTask(
            translate("CatalogueFeed", "Read the layers"),
            partial(fetch_catalogue, self._client, self._copy),
            quiet=True,
        )
        task.succeeded.connect(self._on_answer)
        task.failed.connect(self._on_failure)
        task.canceled.connect(self._on_canceled)
        self._tasks.start(task)

    def _on_copy(self, found: object) -> None:
        if isinstance(found, Catalogue) and self.catalogue is None:
            self._show(found)

    def _on_answer(self, found: Catalogue) -> None:
        self._task = None
        self._show(found)

    def _on_failure(self, error: object) -> None:
        self._task, self._asked = None, False
        self.failed.emit(error)

    def _on_canceled(self) -> None:
        self._task, self._asked = None, False

    def _show(self, catalogue: Catalogue) -> None:
        shown = self.catalogue
        if shown is not None and shown.index.entries == catalogue.index.entries:
            catalogue = replace(catalogue, index=shown.index)  # what shows it can stay as it is
        self.catalogue = catalogue
        self.changed.emit(catalogue)


def _load(copy: CatalogueCopy, _feedback: QgsFeedback) -> Optional[Catalogue]:
    return copy.load()
