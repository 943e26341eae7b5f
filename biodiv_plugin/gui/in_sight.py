"""Scrolls to what was opened where one does not look: beneath the end of a low or narrow dock."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QObject, QPoint, QTimer
from qgis.PyQt.QtWidgets import QScrollArea, QWidget


class InSight(QObject):
    """No further than needed; of what is higher than the view, the top is shown."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._part: Optional[QWidget] = None
        self._settled = QTimer(self)  # after the layouts, which are asked for by posted events
        self._settled.setSingleShot(True)
        self._settled.setInterval(0)
        self._settled.timeout.connect(self._scroll)

    def bring(self, part: QWidget) -> None:
        self._part = part
        self._settled.start()

    def _scroll(self) -> None:
        part, area = self._part, self._part
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is None or not part.isVisible():
            return
        top = part.mapTo(area.widget(), QPoint(0, 0)).y()
        least = top + part.height() - area.viewport().height()
        bar = area.verticalScrollBar()
        bar.setValue(min(top, max(bar.value(), least)))
