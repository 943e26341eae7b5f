"""Species lists of the portal as an item model: mine, then the public ones."""

from __future__ import annotations

from typing import Any, Optional, Sequence

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QAbstractTableModel, QLocale, QModelIndex, QObject, Qt

from biodiv_plugin.portal.species_lists import SpeciesListInfo
from biodiv_plugin.translation import translate

INFO = Qt.ItemDataRole.UserRole + 1


class ListModel(QAbstractTableModel):
    """One row a list: its name, number of species, date of the last change."""

    def __init__(self, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._mine: tuple[SpeciesListInfo, ...] = ()
        self._public: tuple[SpeciesListInfo, ...] = ()
        self._rows: list[tuple[bool, SpeciesListInfo]] = []
        self._filter = ""

    def set_lists(self, mine: Sequence[SpeciesListInfo], public: Sequence[SpeciesListInfo]) -> None:
        self._mine, self._public = tuple(mine), tuple(public)
        self._arrange()

    def set_filter(self, text: str) -> None:
        self._filter = text.lower().strip()
        self._arrange()

    def info(self, index: QModelIndex) -> Optional[SpeciesListInfo]:
        return index.data(INFO)

    def find(self, list_id: str) -> QModelIndex:
        for row, (_, info) in enumerate(self._rows):
            if info.druid == list_id:
                return self.index(row, 0)
        return QModelIndex()

    def _arrange(self) -> None:
        self.beginResetModel()
        own = {info.druid for info in self._mine}
        rows = [(True, info) for info in self._mine]
        rows += [(False, info) for info in self._public if info.druid not in own]
        self._rows = [row for row in rows if self._filter in row[1].name.lower()]
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008, N802
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008, N802
        return 0 if parent.isValid() else 3

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            translate("ListModel", "List"),
            translate("ListModel", "Species"),
            translate("ListModel", "Changed"),
        )[section]

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        mine, info = self._rows[index.row()]
        if role == INFO:
            return info
        if role == Qt.ItemDataRole.DecorationRole and index.column() == 0:
            return QgsApplication.getThemeIcon("/user.svg" if mine else "/mIconTableLayer.svg")
        if role == Qt.ItemDataRole.ToolTipRole:
            whose = (
                translate("ListModel", "My list") if mine else translate("ListModel", "Public list")
            )
            return "\n".join(part for part in (info.name, whose, info.description) if part)
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == 0 and mine:
            return translate("ListModel", "{name}, my list").format(name=info.name)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        changed = (info.updated)[:10]
        return (info.name, QLocale().toString(info.item_count), changed)[index.column()]
