"""A part of the dock that opens as far as there is room, and scrolls beyond."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QEvent, QObject, QSize, Qt
from qgis.PyQt.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

_LEAST = 120  # pixels: what a low dock leaves of it


class Drawer(QScrollArea):
    """As high as what it shows, where the dock is high enough; gone while it shows nothing.

    Without it, a high panel would make the whole window of QGIS higher.
    """

    def __init__(self, *parts: QWidget, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._content, self._parts = QWidget(), parts
        column = QVBoxLayout(self._content)
        column.setContentsMargins(0, 0, 0, 0)
        for part in parts:
            column.addWidget(part)
            part.installEventFilter(self)
        self._content.installEventFilter(self)
        self.setWidget(self._content)
        self._show_or_hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        kinds = (QEvent.Type.ShowToParent, QEvent.Type.HideToParent, QEvent.Type.LayoutRequest)
        if event.type() in kinds:
            self._show_or_hide()
        return False

    def sizeHint(self) -> QSize:  # noqa: N802
        layout, edge = self._content.layout(), 2 * self.frameWidth()  # a theme may give one
        width = max(self.viewport().width(), 1)  # less while it scrolls, else it would not end
        hint = layout.sizeHint()
        height = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else -1
        return QSize(hint.width() + edge, edge + (height if height > 0 else hint.height()))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(0, min(_LEAST, self.sizeHint().height()))

    def resizeEvent(self, event: QEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self.updateGeometry()  # narrower, its sentences take more lines

    def _show_or_hide(self) -> None:
        self.setVisible(any(not part.isHidden() for part in self._parts))
        self.updateGeometry()
