"""The names of a list under review as a table: those to look at come first."""

from __future__ import annotations

from dataclasses import replace
from difflib import SequenceMatcher
from typing import Any, Optional, Sequence

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, pyqtSignal

from biodiv_plugin.gui.plain import tip
from biodiv_plugin.portal.query import TaxonRef
from biodiv_plugin.translation import translate
from biodiv_plugin.use_cases.match_list_names import NameState, ReviewedName, accept, choose

_ORDER = {NameState.UNKNOWN: 0, NameState.CHECK: 1, NameState.SURE: 2}
_ICONS = {
    NameState.UNKNOWN: "/mIconWarning.svg",
    NameState.CHECK: "/mActionHelpContents.svg",
    NameState.SURE: "/mIconSuccess.svg",
}


class NameModel(QAbstractTableModel):
    """One row a name: whether it goes in, what it stands for, and what to look at."""

    edited = pyqtSignal()

    def __init__(self, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._lines: list[ReviewedName] = []
        self._rows: list[int] = []  # into the lines, as they are shown
        self._doubtful_only = False

    def set_lines(self, lines: Sequence[ReviewedName]) -> None:
        self._lines = list(lines)
        self._arrange()

    def lines(self) -> tuple[ReviewedName, ...]:
        """Return the names in their own order."""
        return tuple(self._lines)

    def show_doubtful_only(self, only: bool) -> None:
        self._doubtful_only = only
        self._arrange()

    def line(self, index: QModelIndex) -> Optional[ReviewedName]:
        return self._lines[self._rows[index.row()]] if index.isValid() else None

    def accept(self, rows: Sequence[int]) -> None:
        """Take the taxa that were found for these rows."""
        for row in rows:
            self._lines[self._rows[row]] = accept(self._lines[self._rows[row]])
        self._tell(rows)

    def choose(self, row: int, taxon: TaxonRef) -> None:
        self._lines[self._rows[row]] = choose(self._lines[self._rows[row]], taxon)
        self._tell([row])

    def include(self, rows: Sequence[int], included: bool) -> None:
        for row in rows:
            at = self._rows[row]
            self._lines[at] = replace(self._lines[at], included=included)
        self._tell(rows)

    def _arrange(self) -> None:
        self.beginResetModel()
        order = sorted(range(len(self._lines)), key=lambda at: _ORDER[self._lines[at].state])
        self._rows = [
            at
            for at in order
            if not self._doubtful_only or self._lines[at].state is not NameState.SURE
        ]
        self.endResetModel()

    def _tell(self, rows: Sequence[int]) -> None:
        if rows:
            last = self.columnCount() - 1
            self.dataChanged.emit(self.index(min(rows), 0), self.index(max(rows), last))
        self.edited.emit()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008, N802
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008, N802
        return 0 if parent.isValid() else 4

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            translate("NameModel", "Name"),
            translate("NameModel", "Match"),
            translate("NameModel", "Accepted name"),
            translate("NameModel", "Dutch name"),
        )[section]

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == 0 else flags

    def setData(  # noqa: N802
        self, index: QModelIndex, value: Any, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        self.include([index.row()], Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.line(index)
        if line is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            match = line.match
            shown = (line.item.name, tell_line(line), match.scientific_name, match.vernacular_name)
            return shown[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(tell_line(line)) or None
        if index.column() > 0:
            return None
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if line.included else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.DecorationRole:
            return QgsApplication.getThemeIcon(_ICONS[line.state])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{line.item.name}, {tell_line(line)}"
        return None


def tell_line(line: ReviewedName) -> str:
    """Return in words why to look at a line, or what was done with it."""
    words = {
        "fuzzy": translate("NameModel", "looks like it ({percent} %)").format(
            percent=likeness(line) if "fuzzy" in line.reasons else ""
        ),
        "higher": translate("NameModel", "only {rank} is known").format(
            rank=line.match.rank or translate("NameModel", "a higher taxon")
        ),
        "homonym": translate("NameModel", "a name used twice: give the kingdom"),
        "other_kingdom": translate("NameModel", "in another kingdom: {kingdom}").format(
            kingdom=line.match.kingdom
        ),
        "duplicate": translate("NameModel", "twice in the list"),
        "synonym": translate("NameModel", "a synonym"),
        "rolled_up": translate("NameModel", "species of the subspecies"),
        "chosen": translate("NameModel", "chosen by you"),
    }
    told = [words[reason] for reason in line.reasons if reason in words]
    if line.state is NameState.UNKNOWN and "homonym" not in line.reasons:
        told.insert(0, translate("NameModel", "unknown to the portal"))
    elif line.state is NameState.SURE and not told:
        told = [_tell_match(line.match.match_type)]
    return "; ".join(told)


def likeness(line: ReviewedName) -> int:
    """Return how much the spelling is that of the name that was found, in percent."""
    words = line.item.name.lower().split(), line.match.scientific_name.lower().split()
    spelled, found = (" ".join(part[: len(words[0])]) for part in words)
    return round(100 * SequenceMatcher(None, spelled, found).ratio())


def _tell_match(match_type: str) -> str:
    return {
        "exactMatch": translate("NameModel", "the same name"),
        "canonicalMatch": translate("NameModel", "the same name, but for its author"),
        "phraseMatch": translate("NameModel", "the same name"),
        "vernacularMatch": translate("NameModel", "by its Dutch name"),
        "taxonIdMatch": translate("NameModel", "by its number"),
    }.get(match_type, "")
