"""The choice of a species list to ask by: one's own lists first, then the public ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

from qgis.gui import QgsFilterLineEdit
from qgis.PyQt.QtCore import QEvent, QModelIndex, QObject, Qt, pyqtSignal
from qgis.PyQt.QtGui import QStandardItem, QStandardItemModel
from qgis.PyQt.QtWidgets import QCompleter, QVBoxLayout, QWidget

from biodiv_plugin.gui.plain import PlainLabel, tip
from biodiv_plugin.portal.species_list import SpeciesListInfo
from biodiv_plugin.use_cases.resolve_list import ListFilter

_DRUID = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True)
class ListsToChoose:
    """Lists that may serve as a filter."""

    mine: tuple[SpeciesListInfo, ...]
    public: tuple[SpeciesListInfo, ...]


class ListField(QWidget):
    """A line that completes the names of lists. It asks nobody itself."""

    wanted = pyqtSignal()  # the lists: the line has the focus
    chosen = pyqtSignal(str)  # the id of the list that the user chose; "" for none
    changed = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._list: Optional[ListFilter] = None
        self._edit = QgsFilterLineEdit()
        self._edit.setPlaceholderText(self.tr("none; type the name of a list"))
        self._edit.setAccessibleName(self.tr("Species list"))
        self._edit.setSelectOnFocus(True)
        self._edit.installEventFilter(self)
        self._model = QStandardItemModel(self)
        self._completer = QCompleter(self._model, self)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._completer.setMaxVisibleItems(10)
        self._completer.activated[QModelIndex].connect(self._on_activated)
        self._edit.setCompleter(self._completer)
        self._edit.cleared.connect(self._on_cleared)
        self._edit.textEdited.connect(self._on_edited)
        self._edit.editingFinished.connect(self._restore)
        self._note = PlainLabel()
        self._note.setWordWrap(True)
        self._note.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._edit)
        column.addWidget(self._note)
        self.setFocusProxy(self._edit)

    def species_list(self) -> Optional[ListFilter]:
        return self._list

    def set_list(self, found: Optional[ListFilter]) -> None:
        """Filter by this list, and tell so."""
        self._list = found
        self._restore()
        private = found is not None and found.private
        self._note.setText(self.tr("Private: only you see this list and what it finds."))
        self._note.setVisible(private)
        self.changed.emit()

    def set_lists(self, lists: ListsToChoose) -> None:
        self._model.clear()
        known = set()
        for mark, infos in ((self.tr("mine"), lists.mine), ("", lists.public)):
            for info in infos:
                if info.druid not in known:
                    known.add(info.druid)
                    self._model.appendRow(_item(info, mark))

    def show_lists(self) -> None:
        """Open the choice where the line has the focus and is empty."""
        if self._edit.hasFocus() and not self._edit.text():
            self._completer.setCompletionPrefix("")
            self._completer.complete()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.FocusIn:
            self.wanted.emit()
        return super().eventFilter(watched, event)

    def _on_activated(self, index: QModelIndex) -> None:
        self.chosen.emit(index.data(_DRUID))

    def _on_cleared(self) -> None:
        if self._list is not None:
            self.chosen.emit("")

    def _on_edited(self, text: str) -> None:
        if not text and self._list is not None:
            self.chosen.emit("")

    def _restore(self) -> None:
        """Show what is filtered by, and not what was half typed."""
        self._edit.setText(self._list.name if self._list is not None else "")
        self._edit.setCursorPosition(0)


def _item(info: SpeciesListInfo, mark: str) -> QStandardItem:
    name = f"{info.name} ({mark})" if mark else info.name
    item = QStandardItem(name)
    item.setData(info.druid, _DRUID)
    item.setToolTip(tip(info.description))
    item.setEditable(False)
    return item
