"""Buttons in rows: as many beside each other as there is room for, none of them cut off."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QRect, QSize, Qt
from qgis.PyQt.QtWidgets import QLayout, QLayoutItem, QPushButton

_GAP = 4  # pixels


class ButtonRows(QLayout):
    """Fills each row from left to right with visible buttons, and the width with each row."""

    def __init__(self, *buttons: QPushButton) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        for button in buttons:
            self.addWidget(button)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> Optional[QLayoutItem]:  # noqa: N802
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> Optional[QLayoutItem]:  # noqa: N802
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        rows = self._rows(width)
        return sum(self._height(row) for row in rows) + _GAP * max(0, len(rows) - 1)

    def sizeHint(self) -> QSize:  # noqa: N802
        return self.minimumSize()

    def minimumSize(self) -> QSize:  # noqa: N802
        hints = [item.sizeHint() for item in self._shown()]
        width = max((hint.width() for hint in hints), default=0)
        return QSize(width, max((hint.height() for hint in hints), default=0))

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802
        super().setGeometry(rect)
        top = rect.top()
        for row in self._rows(rect.width()):
            height = self._height(row)
            spare = rect.width() - sum(i.sizeHint().width() for i in row) - _GAP * (len(row) - 1)
            left = rect.left()
            for place, item in enumerate(row, 1):
                width = item.sizeHint().width() + max(0, spare) // len(row)
                if place == len(row):
                    width = rect.right() + 1 - left
                item.setGeometry(QRect(left, top, width, height))
                left += width + _GAP
            top += height + _GAP

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _rows(self, width: int) -> list[list[QLayoutItem]]:
        rows: list[list[QLayoutItem]] = []
        room = 0
        for item in self._shown():
            wanted = item.sizeHint().width()
            if not rows or wanted > room:
                rows.append([])
                room = width
            rows[-1].append(item)
            room -= wanted + _GAP
        return rows

    @staticmethod
    def _height(row: list[QLayoutItem]) -> int:
        return max(item.sizeHint().height() for item in row)
