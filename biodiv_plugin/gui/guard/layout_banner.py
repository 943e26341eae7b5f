"""The banner in the window of a print layout whose project holds exact places."""

from __future__ import annotations

from qgis.core import QgsApplication
from qgis.PyQt import sip
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor, QPainter, QPaintEvent, QPen
from qgis.PyQt.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QToolBar, QWidget

from biodiv_plugin.deletion import delete_later
from biodiv_plugin.gui.guard.banner import rules
from biodiv_plugin.gui.notices import ICON
from biodiv_plugin.gui.plain import PlainLabel, tip

_RED, _WIDTH = "#c62828", 2  # of the frame, on light and on dark windows; pixels


class LayoutBanner(QWidget):
    """Stays in sight while one works at the layout; ``designer`` is QGIS's interface of it."""

    copy_requested = pyqtSignal()
    exported = pyqtSignal(object)  # the designer, whose layout has become a file

    def __init__(self, designer: object) -> None:
        super().__init__()
        self._designer = designer
        icon, self.text = PlainLabel(), PlainLabel()
        icon.setPixmap(QgsApplication.getThemeIcon("/mIconWarning.svg").pixmap(ICON, ICON))
        self.text.setWordWrap(True)
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.copy = QPushButton(self.tr("Make Publishable Copy…"))
        self.copy.clicked.connect(self._on_copy)
        line = QHBoxLayout(self)
        line.setContentsMargins(6, 2, 6, 2)
        line.addWidget(icon)
        line.addWidget(self.text, 1)
        line.addWidget(self.copy)
        self._bar = QToolBar(self.tr("Sensitive species"))
        self._bar.setObjectName("biodiv_sensitive_bar")
        self._bar.setMovable(False)
        self._bar.addWidget(self)
        window = designer.window()
        window.addToolBarBreak(Qt.ToolBarArea.TopToolBarArea)
        window.addToolBar(Qt.ToolBarArea.TopToolBarArea, self._bar)
        designer.layoutExported.connect(self._on_exported)

    def is_gone(self) -> bool:
        """Return whether the window was closed, and this with it."""
        return sip.isdeleted(self) or sip.isdeleted(self._bar)

    def show_layers(self, names: str) -> None:
        """Say which layers it is about; "" for none, and then there is no banner."""
        self.text.setText(self.tr("Exact places of sensitive species: do not publish them."))
        self.setAccessibleName(self.text.text())
        self.setToolTip(tip(f"{names}\n\n{rules()}"))
        self._bar.setVisible(bool(names))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(QPen(QColor(_RED), _WIDTH))
        painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def holds(self) -> bool:
        """Return whether the banner is shown."""
        return not self._bar.isHidden()

    def take_away(self) -> None:
        self._designer.layoutExported.disconnect(self._on_exported)
        self._designer.window().removeToolBar(self._bar)
        delete_later(self._bar)

    def _on_copy(self, _checked: bool = False) -> None:
        self.copy_requested.emit()

    def _on_exported(self) -> None:
        if self.holds():
            self.exported.emit(self._designer)
