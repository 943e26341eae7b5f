"""A folded part of a form that tells its value in its header."""

from __future__ import annotations

from typing import Optional

from qgis.gui import QgsCollapsibleGroupBoxBasic
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QResizeEvent
from qgis.PyQt.QtWidgets import QWidget

from biodiv_plugin.gui.plain import tip

_FRAME = 48  # pixels beside the title: the arrow and the margins


class ValueGroup(QgsCollapsibleGroupBoxBasic):
    """Folded at first. The header is cut to the width; whole it is in the tool tip."""

    def __init__(self, name: str = "", parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._name, self._header = name, name
        self.setCollapsed(True)
        self.set_value("")

    def set_name(self, name: str) -> None:
        self._name = name

    def set_value(self, value: str) -> None:
        self._header = f"{self._name}: {value}" if value else self._name
        self.setToolTip(tip(self._header))
        self.setAccessibleName(self._header)
        self._fit_header()

    def header(self) -> str:
        return self._header

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._fit_header()

    def _fit_header(self) -> None:
        room = max(self.width() - _FRAME, 80)
        mode = Qt.TextElideMode.ElideRight
        self.setTitle(self.fontMetrics().elidedText(self._header, mode, room).replace("&", "&&"))
