"""The names of one list as a table; those that the portal does not know come first."""

from __future__ import annotations

from typing import Any, Optional

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from biodiv_plugin.gui.plain import tip
from biodiv_plugin.portal.species_lists import ListItem
from biodiv_plugin.translation import translate
from biodiv_plugin.use_cases.load_species_list import LoadedList


class ItemModel(QAbstractTableModel):
    """One row an item: its name, the Dutch name, and one column for each key of a value.

    Nothing is copied from the items, and a cell is worked out when it is shown: 10,000 names
    scroll as 10 do.
    """

    def __init__(self, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._rows: list[ListItem] = []
        self._keys: tuple[str, ...] = ()

    def set_list(self, loaded: Optional[LoadedList]) -> None:
        self.beginResetModel()
        items = loaded.items if loaded else ()
        self._rows = sorted(items, key=lambda item: bool(item.taxon_key))  # stable
        self._keys = loaded.keys if loaded else ()
        self.endResetModel()

    def item(self, row: int) -> ListItem:
        return self._rows[row]

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008, N802
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008, N802
        return 0 if parent.isValid() else 2 + len(self._keys)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        own = (translate("ItemModel", "Name"), translate("ItemModel", "Dutch name"))
        return (*own, *self._keys)[section]

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        item = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(item, index.column())
        if index.column() > 0:
            return None
        known = bool(item.taxon_key)
        if role == Qt.ItemDataRole.DecorationRole:
            return None if known else QgsApplication.getThemeIcon("/mIconWarning.svg")
        if role == Qt.ItemDataRole.ToolTipRole:
            if known:
                text = translate("ItemModel", "{supplied}: {matched} on the portal")
                return tip(text.format(supplied=item.supplied_name, matched=item.scientific_name))
            return translate("ItemModel", "The portal does not know this name.")
        if role == Qt.ItemDataRole.AccessibleTextRole and not known:
            return translate("ItemModel", "{name}, unknown to the portal").format(
                name=item.supplied_name
            )
        return None

    def _text(self, item: ListItem, column: int) -> str:
        if column == 0:
            return item.supplied_name
        if column == 1:
            return item.vernacular_name
        key = self._keys[column - 2]
        return " | ".join(value for name, value in item.values if name == key)
