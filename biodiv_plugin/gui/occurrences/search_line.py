"""A line that finds something while one types; what it finds comes from elsewhere."""

from __future__ import annotations

from typing import Optional, Sequence

from qgis.PyQt.QtCore import QModelIndex, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QStandardItem, QStandardItemModel
from qgis.PyQt.QtWidgets import QCompleter, QLineEdit, QWidget

PAUSE = 300  # ms after the last key
LEAST = 2  # letters
_CONTENT = Qt.ItemDataRole.UserRole + 1


class SearchLine(QLineEdit):
    search_requested = pyqtSignal(str)
    found = pyqtSignal(object)  # the content of the row that was chosen

    def __init__(self, name: str, hint: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setClearButtonEnabled(True)
        self._model = QStandardItemModel(self)
        self._completer = QCompleter(self._model, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.activated[QModelIndex].connect(self._on_activated)
        self._completer.setWidget(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._search)
        self.textEdited.connect(self._on_edited)
        self.returnPressed.connect(self._on_return)

    def set_found(self, text: str, rows: Sequence[tuple[str, object]]) -> None:
        """Show (label, content) for ``text``; an older answer is dropped."""
        if text != self.text().strip():
            return
        self._model.clear()
        for label, content in rows:
            item = QStandardItem(label)
            item.setData(content, _CONTENT)
            self._model.appendRow(item)
        if rows:
            self._completer.complete()
        else:
            self._completer.popup().hide()

    def _on_edited(self, _text: str) -> None:
        self._model.clear()
        self._pause.start()

    def _search(self) -> None:
        text = self.text().strip()
        if len(text) >= LEAST:
            self.search_requested.emit(text)

    def _on_return(self) -> None:
        popup = self._completer.popup()
        if popup.isVisible() and self._model.rowCount():
            self._choose(popup.currentIndex().row() if popup.currentIndex().isValid() else 0)
        else:
            self._pause.stop()
            self._search()

    def _on_activated(self, index: QModelIndex) -> None:
        self._choose(index.row())

    def _choose(self, row: int) -> None:
        item = self._model.item(row)
        self._completer.popup().hide()
        if item is not None:
            self.setText(item.text())
            self.setCursorPosition(0)
            self.found.emit(item.data(_CONTENT))
