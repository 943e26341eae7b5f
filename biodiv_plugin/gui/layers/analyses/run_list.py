"""The list of one's own analyses, and the way to those of others by their number."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtGui import QIntValidator
from qgis.PyQt.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from biodiv_plugin.deletion import delete_later
from biodiv_plugin.gui.layers.analyses.book import AnalysisBook, AnalysisJob
from biodiv_plugin.gui.layers.analyses.row import AnalysisRow
from biodiv_plugin.gui.notices import Notice
from biodiv_plugin.gui.plain import PlainLabel

_MOST = 2**31 - 1


class AnalysisList(QWidget):
    """Shows the book, the newest on top."""

    restore_requested = pyqtSignal(int)
    row_made = pyqtSignal(object)  # an AnalysisRow

    def __init__(self, book: AnalysisBook, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._book = book
        self.number = QLineEdit()
        self.number.setPlaceholderText(self.tr("number"))
        self.number.setAccessibleName(self.tr("Number of an analysis"))
        self.number.setValidator(QIntValidator(1, _MOST, self.number))
        self.restore = QPushButton(self.tr("Fetch by Number"))
        self.restore.setEnabled(False)
        self.notice = Notice()
        self._empty = PlainLabel()
        self._empty.setWordWrap(True)
        self._rows = QVBoxLayout()
        line = QHBoxLayout()
        line.addWidget(self.number, 1)
        line.addWidget(self.restore)
        column = QVBoxLayout(self)
        column.addLayout(line)
        column.addWidget(self.notice)
        column.addWidget(self._empty)
        column.addLayout(self._rows)
        column.addStretch(1)
        self.number.textChanged.connect(self._on_text)
        self.number.returnPressed.connect(self._on_restore)
        self.restore.clicked.connect(self._on_restore)
        book.reset.connect(self._show_all)
        book.added.connect(self._add)
        book.removed.connect(self._remove)

    def rows(self) -> tuple[AnalysisRow, ...]:
        """Return the rows, the newest first."""
        return tuple(self._rows.itemAt(place).widget() for place in range(self._rows.count()))

    def tell_empty(self, text: str) -> None:
        """Say why there is none."""
        self._empty.setText(text)

    def _show_all(self) -> None:
        for row in self.rows():
            self._drop(row)
        for job in self._book.jobs:
            self._add(job)
        self._empty.setVisible(not self._book.jobs)

    def _add(self, job: AnalysisJob) -> None:
        self._empty.hide()
        row = AnalysisRow(job)
        self._rows.insertWidget(0, row)
        self.row_made.emit(row)

    def _remove(self, job: AnalysisJob) -> None:
        for row in self.rows():
            if row.job is job:
                self._drop(row)
        self._empty.setVisible(not self._book.jobs)

    def _drop(self, row: AnalysisRow) -> None:
        self._rows.removeWidget(row)
        row.hide()
        delete_later(row)

    def _on_text(self, _text: str) -> None:
        self.restore.setEnabled(self.number.hasAcceptableInput())

    def _on_restore(self) -> None:
        if self.number.hasAcceptableInput():
            self.notice.clear()
            self.restore_requested.emit(int(self.number.text()))
            self.number.clear()
