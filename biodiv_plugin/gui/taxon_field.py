"""Species as chips, found while one types."""

from __future__ import annotations

from typing import Optional, Sequence

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QModelIndex, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QStandardItem, QStandardItemModel
from qgis.PyQt.QtWidgets import (
    QCompleter,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from biodiv_plugin.portal.query import TaxonRef
from biodiv_plugin.portal.taxa import TaxonSuggestion
from biodiv_plugin.use_cases.tell_query import name_of

PAUSE = 300  # ms after the last key, so that the portal is not asked at each one
LEAST = 2  # letters
_TAXON = Qt.ItemDataRole.UserRole + 1


class TaxonField(QWidget):
    """A line to type in, and a chip for each chosen taxon. It asks nobody itself."""

    changed = pyqtSignal()
    search_requested = pyqtSignal(str)

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._taxa: list[TaxonRef] = []
        self._edit = QLineEdit()
        self._edit.setPlaceholderText(self.tr("Dutch or scientific name"))
        self._edit.setClearButtonEnabled(True)
        self._edit.setAccessibleName(self.tr("Species"))
        self._model = QStandardItemModel(self)
        self._completer = QCompleter(self._model, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.activated[QModelIndex].connect(self._on_activated)
        self._completer.setWidget(self._edit)  # not setCompleter: that would filter by prefix
        self._chips = QVBoxLayout()
        self._chips.setSpacing(2)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._search)
        self._edit.textEdited.connect(self._on_edited)
        self._edit.returnPressed.connect(self._on_return)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._chips)
        column.addWidget(self._edit)
        self.setFocusProxy(self._edit)

    def taxa(self) -> tuple[TaxonRef, ...]:
        return tuple(self._taxa)

    def set_taxa(self, taxa: Sequence[TaxonRef]) -> None:
        self._taxa = list(taxa)
        self._show_chips()
        self.changed.emit()

    def set_suggestions(self, text: str, suggestions: Sequence[TaxonSuggestion]) -> None:
        """Show what the portal suggests for ``text``; an older answer is dropped."""
        if text != self._edit.text().strip():
            return
        self._model.clear()
        for suggestion in suggestions:
            taxon = TaxonRef(suggestion.key, suggestion.scientific_name, suggestion.vernacular_name)
            item = QStandardItem(f"{name_of(taxon)}  ({suggestion.rank})")
            item.setData(taxon, _TAXON)
            self._model.appendRow(item)
        if suggestions:
            self._completer.complete()
        else:
            self._completer.popup().hide()

    def _on_edited(self, _text: str) -> None:
        self._pause.start()

    def _search(self) -> None:
        text = self._edit.text().strip()
        if len(text) >= LEAST:
            self.search_requested.emit(text)

    def _on_return(self) -> None:
        popup = self._completer.popup()
        if popup.isVisible() and self._model.rowCount():
            chosen = popup.currentIndex()
            row = chosen.row() if chosen.isValid() else 0
            self._add(self._model.item(row).data(_TAXON))
        else:
            self._search()

    def _on_activated(self, index: QModelIndex) -> None:
        self._add(index.data(_TAXON))

    def _add(self, taxon: TaxonRef) -> None:
        self._completer.popup().hide()
        self._edit.clear()
        if taxon is not None and taxon.key not in {known.key for known in self._taxa}:
            self.set_taxa([*self._taxa, taxon])

    def _remove(self, taxon: TaxonRef) -> None:
        self.set_taxa([known for known in self._taxa if known != taxon])

    def _show_chips(self) -> None:
        while self._chips.count():
            self._chips.takeAt(0).widget().deleteLater()
        for taxon in self._taxa:
            self._chips.addWidget(self._chip(taxon))

    def _chip(self, taxon: TaxonRef) -> QWidget:
        chip = QWidget()
        line = QHBoxLayout(chip)
        line.setContentsMargins(4, 0, 0, 0)
        label = QLabel(name_of(taxon))
        label.setWordWrap(True)
        remove = QToolButton()
        remove.setAutoRaise(True)
        remove.setIcon(QgsApplication.getThemeIcon("/mIconDelete.svg"))
        remove.setToolTip(self.tr("Remove {name}").format(name=name_of(taxon)))
        remove.setAccessibleName(remove.toolTip())
        remove.clicked.connect(lambda _checked=False: self._remove(taxon))
        line.addWidget(label, 1)
        line.addWidget(remove)
        return chip
