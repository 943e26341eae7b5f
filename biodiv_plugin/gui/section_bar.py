"""The list of sections on top of the dock: icons with text, icons alone where it is narrow."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QIcon, QResizeEvent
from qgis.PyQt.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from biodiv_plugin.gui.plain import tip


class SectionBar(QWidget):
    """One checked button at a time; the arrow keys move between them."""

    chosen = pyqtSignal(int, str)  # the index and the name of the section

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._names: list[str] = []
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._group.idToggled.connect(self._on_toggled)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(2)
        self._line.addStretch(1)
        self._wanted = 0

    def add(self, name: str, title: str, icon: QIcon) -> None:
        button = QToolButton()
        button.setObjectName(f"biodiv_section_{name}")
        button.setIcon(icon)
        button.setCheckable(True)
        button.setAutoRaise(True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._names.append(name)
        self._group.addButton(button, len(self._names) - 1)
        self._line.insertWidget(self._line.count() - 1, button)
        self.rename(name, title)

    def rename(self, name: str, title: str) -> None:
        button = self._group.button(self._names.index(name))
        button.setText(title)
        button.setToolTip(tip(title))
        button.setAccessibleName(title)
        self._measure()

    def choose(self, name: str) -> None:
        """Show the section ``name``; the first one where there is no such section."""
        index = self._names.index(name) if name in self._names else 0
        button = self._group.button(index)
        if button.isChecked():
            self.chosen.emit(index, self._names[index])
        button.setChecked(True)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._style()

    def _measure(self) -> None:
        for button in self._group.buttons():
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._wanted = sum(button.sizeHint().width() + 2 for button in self._group.buttons())
        self._style()

    def _style(self) -> None:
        narrow = self.width() < self._wanted
        for button in self._group.buttons():
            icon_only = narrow and not button.isChecked()  # the name of where one is stays
            button.setToolButtonStyle(
                Qt.ToolButtonStyle.ToolButtonIconOnly
                if icon_only
                else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
            )

    def _on_toggled(self, index: int, checked: bool) -> None:
        if checked:
            self._style()
            self.chosen.emit(index, self._names[index])

    def minimumSizeHint(self):  # noqa: ANN201, N802
        hint = super().minimumSizeHint()
        hint.setWidth(0)  # else the dock could not become narrow enough for icons alone
        return hint
