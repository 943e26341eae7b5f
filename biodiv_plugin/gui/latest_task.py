"""Work of which only the newest answer counts."""

from __future__ import annotations

from typing import Callable, Optional

from qgis.core import QgsFeedback
from qgis.PyQt.QtCore import QObject, pyqtSignal, pyqtSlot

from biodiv_plugin.tasks.registry import TaskRegistry
from biodiv_plugin.tasks.task import PortalTask


class LatestTask(QObject):
    """Runs one quiet task at a time: a new one cancels the one before, whose answer is dropped."""

    succeeded = pyqtSignal(object)
    failed = pyqtSignal(object)  # a PortalError

    def __init__(
        self, tasks: TaskRegistry, description: str, parent: Optional[QObject] = None
    ) -> None:
        super().__init__(parent)
        self._tasks, self._description = tasks, description
        self._task: Optional[PortalTask] = None

    def start(self, work: Callable[[QgsFeedback], object]) -> None:
        self.cancel()
        self._task = task = PortalTask(self._description, work, quiet=True)
        task.succeeded.connect(self._on_succeeded)
        task.failed.connect(self._on_failed)
        self._tasks.start(task)

    def cancel(self) -> None:
        task, self._task = self._task, None
        if task is not None:
            task.cancel()

    def is_running(self) -> bool:
        return self._task is not None

    @pyqtSlot(object)
    def _on_succeeded(self, result: object) -> None:
        if self.sender() is self._task:
            self._task = None
            self.succeeded.emit(result)

    @pyqtSlot(object)
    def _on_failed(self, error: object) -> None:
        if self.sender() is self._task:
            self._task = None
            self.failed.emit(error)
