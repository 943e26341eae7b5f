"""Pages beside the catalogue, one at a time: a way back, a title, and what it is for."""

from __future__ import annotations

from typing import Optional

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QResizeEvent
from qgis.PyQt.QtWidgets import (
    QHBoxLayout,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from biodiv_plugin.gui.notices import Notice
from biodiv_plugin.gui.plain import PlainLabel
from biodiv_plugin.translation import translate


class Pages(QStackedWidget):
    """Needs no more room than the page that it shows, and its lists may shrink.

    Qt's own wants room for the largest of all pages, each as large as it would like to be, so
    that the last buttons of a page would lie below the window.
    """

    def __init__(self, *pages: QWidget) -> None:
        super().__init__()
        for page in pages:
            self.addWidget(page)
        self.currentChanged.connect(self._on_changed)

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        return False  # told as the least height, below: lines wrap, but lists need not grow

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        least, column = self.currentWidget().minimumSizeHint(), self.currentWidget().layout()
        if column.hasHeightForWidth():
            least.setHeight(column.minimumHeightForWidth(max(self.width(), least.width())))
        return least

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def _on_changed(self, _index: int) -> None:
        self.updateGeometry()


class LayerPage(QWidget):
    """Esc goes back as the arrow does."""

    back_requested = pyqtSignal()

    def __init__(self, title: str, content: QWidget, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.notice = Notice()
        self._title = PlainLabel()
        self._title.setWordWrap(True)
        back = QToolButton()
        back.setIcon(QgsApplication.getThemeIcon("/mActionArrowLeft.svg"))
        back.setAutoRaise(True)
        back.setToolTip(translate("LayerPage", "Back to the layers (Esc)"))
        back.setAccessibleName(back.toolTip())
        back.setShortcut(Qt.Key.Key_Escape)
        back.clicked.connect(self.back_requested)
        head = QHBoxLayout()
        head.addWidget(back)
        head.addWidget(self._title, 1)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.addLayout(head)
        self.column.addWidget(content, 1)
        self.column.addWidget(self.notice)
        self.set_title(title)

    def set_title(self, title: str) -> None:
        font = self._title.font()
        font.setBold(True)
        self._title.setFont(font)
        self._title.setText(title)
