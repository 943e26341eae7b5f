"""The portal's catalogue of layers as an item model: classification > layer."""

from __future__ import annotations

from typing import Any, Optional, Sequence

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QAbstractItemModel, QModelIndex, QObject, Qt

from biodiv_plugin.portal.catalogue import ENVIRONMENTAL, LayerEntry

ENTRY = Qt.ItemDataRole.UserRole + 1
_TOP = 0  # internal id of a classification; a layer's is its classification's row plus one


class LayerModel(QAbstractItemModel):
    """Two floors, filtered by a text that stands in a layer's title, description or keywords.

    The content is replaced as a whole, by a new answer or a new filter; that costs less than a
    filter proxy that asks Python about every row (5,000 layers).
    """

    def __init__(self, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._searchable: list[tuple[str, LayerEntry]] = []
        self._groups: list[tuple[str, list[LayerEntry]]] = []
        self._filter = ""

    def set_entries(self, entries: Sequence[LayerEntry]) -> None:
        ordered = sorted(entries, key=lambda entry: (_group(entry).lower(), entry.title.lower()))
        self._searchable = [(_text(entry), entry) for entry in ordered]
        self._arrange()

    def set_filter(self, text: str) -> None:
        """Keep the layers in which each word of ``text`` occurs; empty keeps all."""
        self._filter = text
        self._arrange()

    def count(self) -> int:
        return sum(len(entries) for _, entries in self._groups)

    def entry(self, index: QModelIndex) -> Optional[LayerEntry]:
        return index.data(ENTRY)

    def find(self, field_id: str) -> QModelIndex:
        """Return the index of a layer by its field id; invalid where it is not shown."""
        for row, (_, entries) in enumerate(self._groups):
            for child, entry in enumerate(entries):
                if entry.field_id == field_id:
                    return self.index(child, 0, self.index(row, 0))
        return QModelIndex()

    def _arrange(self) -> None:
        words = self._filter.lower().split()
        self.beginResetModel()
        groups: dict[str, list[LayerEntry]] = {}
        for text, entry in self._searchable:
            if all(word in text for word in words):
                groups.setdefault(_group(entry), []).append(entry)
        self._groups = list(groups.items())
        self.endResetModel()

    # What QAbstractItemModel asks of us; the names are Qt's.

    def index(self, row: int, column: int, parent: QModelIndex = QModelIndex()) -> QModelIndex:  # noqa: B008
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else _TOP)

    def parent(self, index: QModelIndex) -> QModelIndex:
        if not index.isValid() or index.internalId() == _TOP:
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, _TOP)

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008, N802
        if not parent.isValid():
            return len(self._groups)
        return len(self._groups[parent.row()][1]) if parent.internalId() == _TOP else 0

    def columnCount(self, _parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008, N802
        return 1

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if index.internalId() == _TOP:
            name, entries = self._groups[index.row()]
            return f"{name} ({len(entries)})" if role == Qt.ItemDataRole.DisplayRole else None
        entry = self._groups[index.internalId() - 1][1][index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role == Qt.ItemDataRole.DecorationRole:
            return QgsApplication.getThemeIcon(_icon(entry))
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(part for part in (entry.title, entry.description) if part)
        return entry if role == ENTRY else None


def _group(entry: LayerEntry) -> str:
    return entry.classification1 or "…"


def _text(entry: LayerEntry) -> str:
    parts = (entry.title, entry.layer_name, entry.description, entry.keywords, entry.source)
    return " ".join(part for part in parts if part).lower()


def _icon(entry: LayerEntry) -> str:
    return "/mIconRasterLayer.svg" if entry.type == ENVIRONMENTAL else "/mIconPolygonLayer.svg"
