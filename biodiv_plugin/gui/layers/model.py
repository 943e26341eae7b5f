"""The portal's catalogue of layers as an item model: classification > layer."""

from __future__ import annotations

from typing import Any, Callable, Iterable, Optional

from qgis.core import QgsApplication, QgsMimeDataUtils
from qgis.PyQt.QtCore import QMimeData, QModelIndex, QObject, Qt
from qgis.PyQt.QtGui import QIcon

from biodiv_plugin.gui.two_floors import ENTRY, TOP, TwoFloorModel
from biodiv_plugin.portal.catalogue import ENVIRONMENTAL, LayerEntry
from biodiv_plugin.translation import translate
from biodiv_plugin.use_cases.search_catalogue import CatalogueIndex, LayerFilter, key_of


class LayerModel(TwoFloorModel):
    """Two floors; what one marked and what one used last stand on top.

    The content is replaced as a whole, by a new catalogue or a new filter; that costs less than
    a filter proxy that asks Python about every row (5,000 layers).

    Args:
        source_of: tells a layer as QGIS passes it on when it is dragged.
        describe: tells the tool tip of a layer, as rich text.
    """

    key = "field_id"

    def __init__(
        self,
        source_of: Callable[[LayerEntry], QgsMimeDataUtils.Uri],
        describe: Callable[[LayerEntry], str],
        parent: Optional[QObject] = None,
    ) -> None:
        super().__init__(parent)
        self._source_of, self._describe = source_of, describe
        self._index = CatalogueIndex()
        self._filter = LayerFilter()
        self._favourites: tuple[str, ...] = ()
        self._recent: tuple[str, ...] = ()
        self._found = 0
        self._marked = 0
        self._icons: dict[str, QIcon] = {}

    def set_index(self, index: CatalogueIndex) -> None:
        self._index = index
        self._arrange()

    def set_filter(self, wanted: LayerFilter) -> None:
        self._filter = wanted
        self._arrange()

    def set_marked(self, favourites: Iterable[str], recent: Iterable[str]) -> None:
        """Take the keys of favourites, and of layers used last, the newest first."""
        self._favourites, self._recent = tuple(favourites), tuple(recent)
        self._arrange()

    def count(self) -> int:
        """How many layers the filter lets through; one that is marked counts once."""
        return self._found

    def is_marked_group(self, row: int) -> bool:
        """Return whether the top row ``row`` is that of the favourites, or of those used last."""
        return row < self._marked

    def _arrange(self) -> None:
        found = self._index.search(self._filter)
        self.beginResetModel()
        groups: dict[str, list[LayerEntry]] = {}
        for title, keys in (
            (translate("LayerModel", "Favourites"), self._favourites),
            (translate("LayerModel", "Used last"), self._recent),
        ):
            marked = [entry for entry in map(self._index.by_key, keys) if entry is not None]
            if marked and not self._filter.kind and not self._filter.source:
                shown = set(map(key_of, found)) if self._filter.words else None
                groups[title] = [e for e in marked if shown is None or key_of(e) in shown]
        classes: dict[str, list[LayerEntry]] = {}
        for entry in found:
            name = entry.classification1
            if name in classes:
                classes[name].append(entry)
            else:
                classes[name] = [entry]
        rest = translate("LayerModel", "Other layers")
        self.groups = [(name, entries) for name, entries in groups.items() if entries]
        self._marked = len(self.groups)
        self.groups += [(name or rest, entries) for name, entries in classes.items()]
        self._found = len(found)
        self.endResetModel()

    def columnCount(self, _parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008, N802
        return 1

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        flags = super().flags(index)
        is_entry = index.isValid() and index.internalId() != TOP
        return flags | Qt.ItemFlag.ItemIsDragEnabled if is_entry else flags

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if index.internalId() == TOP:
            name, entries = self.groups[index.row()]
            return f"{name} ({len(entries)})" if role == Qt.ItemDataRole.DisplayRole else None
        entry = self.groups[index.internalId() - 1][1][index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role == Qt.ItemDataRole.DecorationRole:
            return self._icon(entry)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._describe(entry)
        return entry if role == ENTRY else None

    def mimeTypes(self) -> list[str]:  # noqa: N802
        return ["application/x-vnd.qgis.qgis.uri"]

    def mimeData(self, indexes: Iterable[QModelIndex]) -> QMimeData:  # noqa: N802
        entries = [entry for entry in map(self.entry, indexes) if entry is not None]
        return QgsMimeDataUtils.encodeUriList([self._source_of(entry) for entry in entries])

    def _icon(self, entry: LayerEntry) -> QIcon:
        name = "/mIconRasterLayer.svg" if entry.type == ENVIRONMENTAL else "/mIconPolygonLayer.svg"
        if name not in self._icons:
            self._icons[name] = QgsApplication.getThemeIcon(name)
        return self._icons[name]
