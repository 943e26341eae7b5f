"""What the portal's map server offers, asked once a session for all who add its layers."""

from __future__ import annotations

from functools import partial
from typing import Optional

from qgis.PyQt.QtCore import QObject, pyqtSignal

from biodiv_plugin.deletion import prepare
from biodiv_plugin.portal.http import Transport
from biodiv_plugin.tasks.registry import TaskRegistry
from biodiv_plugin.tasks.task import PortalTask
from biodiv_plugin.translation import translate
from biodiv_plugin.use_cases.probe_ogc import OgcOffer, probe_ogc


class MapServerFeed(QObject):
    """The dock and the Data Source Manager offer the same; ``offer`` is ``None`` until it is read.

    What the real server opens beside WMS is unknown and may differ per environment
    (contract/spatial 2.1): it is found out, never assumed.
    """

    changed = pyqtSignal(object)  # the OgcOffer
    failed = pyqtSignal(object)  # an exception, or None where it was canceled

    def __init__(self, geoserver: str, transport: Transport, tasks: TaskRegistry) -> None:
        super().__init__()
        self._geoserver, self._transport, self._tasks = geoserver, transport, tasks
        self._task: Optional[PortalTask] = None
        self.offer: Optional[OgcOffer] = None
        prepare(self)

    def open(self) -> None:
        """See to it that the offer is read; the map server is asked once."""
        if self.offer is not None or self._task is not None:
            return
        work = partial(probe_ogc, self._geoserver, self._transport)
        self._task = task = PortalTask(
            translate("MapServerFeed", "Ask what the map server offers"), work, quiet=True
        )
        task.succeeded.connect(self._on_answer)
        task.failed.connect(self._on_failure)
        task.canceled.connect(self._on_canceled)
        self._tasks.start(task)

    def _on_answer(self, offer: OgcOffer) -> None:
        self._task, self.offer = None, offer
        self.changed.emit(offer)

    def _on_failure(self, error: object) -> None:
        self._task = None
        self.failed.emit(error)

    def _on_canceled(self) -> None:
        self._on_failure(None)
