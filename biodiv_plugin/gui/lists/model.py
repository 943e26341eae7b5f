"""Species lists of the portal as an item model: shelf > list."""

from __future__ import annotations

from typing import Any, Optional, Sequence

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QDateTime, QLocale, QModelIndex, QObject, Qt
from qgis.PyQt.QtGui import QIcon

from biodiv_plugin import paths
from biodiv_plugin.gui.plain import tip
from biodiv_plugin.gui.two_floors import ENTRY, TOP, TwoFloorModel
from biodiv_plugin.translation import translate
from biodiv_plugin.use_cases.browse_lists import ListEntry, Shelf
from biodiv_plugin.use_cases.name_list import name_list_type


class ListModel(TwoFloorModel):
    """Two floors, filtered by a text in name or description, a type, and a set of ids.

    The content is replaced as a whole; the portal has some hundreds of lists.
    """

    key = "druid"

    def __init__(self, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._entries: tuple[ListEntry, ...] = ()
        self._text, self._type = "", ""
        self._only: Optional[frozenset[str]] = None
        self._shares: dict[tuple[str, str], float] = {}

    def set_entries(self, entries: Sequence[ListEntry]) -> None:
        self._entries = tuple(entries)
        self._arrange()

    def set_filter(self, text: str) -> None:
        self._text = text.lower().strip()
        self._arrange()

    def set_type(self, list_type: str) -> None:
        """Keep the lists of one type; "" keeps all."""
        self._type = list_type
        self._arrange()

    def set_only(self, druids: Optional[frozenset[str]]) -> None:
        """Keep these lists; ``None`` keeps all."""
        self._only = druids
        self._arrange()

    def set_share(self, entry: ListEntry, share: float) -> None:
        """Note which part of a list's names the portal knows, 0 to 1, as it was read."""
        self._shares[entry.druid, entry.info.updated] = share

    def share(self, entry: ListEntry) -> Optional[float]:
        return self._shares.get((entry.druid, entry.info.updated))

    def types(self) -> tuple[str, ...]:
        return tuple(sorted({e.info.list_type for e in self._entries if e.info.list_type}))

    def count(self) -> int:
        return sum(len(entries) for _, entries in self.groups)

    def entry_of(self, druid: str) -> Optional[ListEntry]:
        """Return a list that was read, shown or not."""
        return next((entry for entry in self._entries if entry.druid == druid), None)

    def _arrange(self) -> None:
        self.beginResetModel()
        groups: dict[Shelf, list[ListEntry]] = {}
        for entry in self._entries:
            if self._is_wanted(entry):
                groups.setdefault(entry.shelf, []).append(entry)
        self.groups = [(shelf, groups[shelf]) for shelf in Shelf if shelf in groups]
        self.endResetModel()

    def _is_wanted(self, entry: ListEntry) -> bool:
        info = entry.info
        return (
            self._text in f"{info.name}\n{info.description}".lower()
            and self._type in ("", info.list_type)
            and (self._only is None or entry.druid in self._only)
        )

    def columnCount(self, _parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008, N802
        return 3

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            translate("ListModel", "List"),
            translate("ListModel", "Names"),
            translate("ListModel", "Changed"),
        )[section]

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if index.internalId() == TOP:
            shelf, entries = self.groups[index.row()]
            shown = role == Qt.ItemDataRole.DisplayRole and index.column() == 0
            return f"{_shelf_name(shelf)} ({len(entries)})" if shown else None
        entry = self.groups[index.internalId() - 1][1][index.row()]
        if role == ENTRY:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            info = entry.info
            shown = (info.name, QLocale().toString(info.item_count), day(info.updated))
            return shown[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == 1:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if index.column() == 0:
            return self._first_column(entry, role)
        return None

    def _first_column(self, entry: ListEntry, role: int) -> Any:
        if role == Qt.ItemDataRole.DecorationRole:
            return _icon(entry)
        if role == Qt.ItemDataRole.ToolTipRole:
            parts = (entry.info.name, tell_entry(entry), entry.info.description)
            return tip("\n".join(part for part in parts if part))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{entry.info.name}, {tell_entry(entry)}"
        return None


def tell_entry(entry: ListEntry, share: Optional[float] = None) -> str:
    """Return what is known of a list in a line: its type, openness, size, share and date."""
    info = entry.info
    parts = [name_list_type(info.list_type)]
    parts.append(
        translate("ListModel", "private") if entry.private else translate("ListModel", "public")
    )
    if entry.shelf is Shelf.AUTHORITATIVE or info.authoritative:
        parts.append(translate("ListModel", "authoritative"))
    parts.append(translate("ListModel", "{n} names").format(n=QLocale().toString(info.item_count)))
    if share is not None:
        parts.append(
            translate("ListModel", "{percent} % known to the portal").format(
                percent=int(100 * share)  # 99.9 is not all
            )
        )
    if info.updated:
        parts.append(translate("ListModel", "changed {day}").format(day=day(info.updated)))
    return " · ".join(parts)


def day(moment: str) -> str:
    """Return the day of a moment (ISO 8601) as the user writes it."""
    parsed = QDateTime.fromString(moment, Qt.DateFormat.ISODate)
    if not parsed.isValid():
        return moment[:10]
    return QLocale().toString(parsed.toLocalTime().date(), QLocale.FormatType.ShortFormat)


def _shelf_name(shelf: Shelf) -> str:
    return {
        Shelf.MINE: translate("ListModel", "Mine and shared with me"),
        Shelf.AUTHORITATIVE: translate("ListModel", "Authoritative"),
        Shelf.PUBLIC: translate("ListModel", "Other public lists"),
    }[shelf]


def _icon(entry: ListEntry) -> QIcon:
    if entry.private:
        return QgsApplication.getThemeIcon("/locked.svg")
    if entry.shelf is Shelf.MINE:  # QGIS's own person is black, and lost on a dark ground
        return QIcon(str(paths.resource("icons/account.svg")))
    return QgsApplication.getThemeIcon("/mIconTableLayer.svg")
