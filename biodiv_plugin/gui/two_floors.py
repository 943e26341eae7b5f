"""An item model of two floors: groups, and the entries of each."""

from __future__ import annotations

from typing import Any, Sequence

from qgis.PyQt.QtCore import QAbstractItemModel, QModelIndex, Qt

ENTRY = Qt.ItemDataRole.UserRole + 1
TOP = 0  # internal id of a group; an entry's is its group's row plus one


class TwoFloorModel(QAbstractItemModel):
    """``groups`` is replaced as a whole, within a reset; ``key`` names what tells entries apart.

    A subclass tells in ``data`` what is shown, and an entry itself under the role ``ENTRY``.
    """

    key: str
    groups: Sequence[tuple[Any, Sequence[Any]]] = ()

    def entry(self, index: QModelIndex) -> Any:
        """Return the entry at ``index``; ``None`` for a group and where there is none."""
        return index.data(ENTRY)

    def find(self, key: str) -> QModelIndex:
        """Return the index of an entry by its key; invalid where it is not shown."""
        for row, (_, entries) in enumerate(self.groups):
            for child, entry in enumerate(entries):
                if getattr(entry, self.key) == key:
                    return self.index(child, 0, self.index(row, 0))
        return QModelIndex()

    # What QAbstractItemModel asks of us; the names are Qt's.

    def index(self, row: int, column: int, parent: QModelIndex = QModelIndex()) -> QModelIndex:  # noqa: B008
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else TOP)

    def parent(self, index: QModelIndex) -> QModelIndex:
        if not index.isValid() or index.internalId() == TOP:
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, TOP)

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008, N802
        if not parent.isValid():
            return len(self.groups)
        top = parent.internalId() == TOP and parent.column() == 0
        return len(self.groups[parent.row()][1]) if top else 0

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
