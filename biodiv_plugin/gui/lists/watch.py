"""Watches a list that its owner is changing in the browser, until the change is seen."""

from __future__ import annotations

from functools import partial
from typing import Optional

from qgis.core import QgsFeedback
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from biodiv_plugin.auth.session import AuthState
from biodiv_plugin.gui.latest_task import LatestTask
from biodiv_plugin.services import Services
from biodiv_plugin.use_cases.browse_lists import ListLook, look_at_list

INTERVAL = 5000  # ms between two looks
LOOKS = 120  # ten minutes


class ListWatch(QObject):
    """Looks at one list again and again; the first look is what later ones are compared with."""

    began = pyqtSignal(str)  # the id: the first look is there, the page may be opened
    changed = pyqtSignal(str, object, object)  # the id, the ListLook before and after
    ended = pyqtSignal(str)  # the id; nothing was seen in all this time
    failed = pyqtSignal(object)  # a PortalError at the first look

    def __init__(self, services: Services, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._services = services
        self._druid, self._left = "", 0
        self._first: Optional[ListLook] = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(INTERVAL)
        self._timer.timeout.connect(self.look)
        self._task = LatestTask(services.tasks, self.tr("Look at a list"), self)
        self._task.succeeded.connect(self._on_look)
        self._task.failed.connect(self._on_failed)

    def is_watching(self) -> bool:
        return bool(self._druid)

    def watch(self, druid: str) -> None:
        self._druid, self._left, self._first = druid, LOOKS, None
        self.look()

    def stop(self) -> None:
        self._druid = ""
        self._timer.stop()
        self._task.cancel()

    def look(self) -> None:
        """Look now: somebody came back from the browser."""
        if self._druid and not self._task.is_running():
            self._timer.stop()
            self._task.start(partial(_look, self._services, self._druid))

    def _on_look(self, look: ListLook) -> None:
        druid = self._druid
        if self._first is None:
            self._first = look
            self.began.emit(druid)
        elif look != self._first:
            before, self._first = self._first, look
            if look.info is None:
                self.stop()
            else:
                self._left = LOOKS
                self._timer.start()
            self.changed.emit(druid, before, look)
            return
        self._go_on()

    def _on_failed(self, error: object) -> None:
        if self._first is None:
            self.stop()
            self.failed.emit(error)
        else:
            self._go_on()

    def _go_on(self) -> None:
        self._left -= 1
        if self._left > 0:
            self._timer.start()
        else:
            druid = self._druid
            self.stop()
            self.ended.emit(druid)


def _look(services: Services, druid: str, feedback: QgsFeedback) -> ListLook:
    signed_in = services.session.state is AuthState.SIGNED_IN
    return look_at_list(druid, services.species_lists, signed_in, feedback)
