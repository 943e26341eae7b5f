"""Values to tick, each with its number of records."""

from __future__ import annotations

from typing import Callable, Optional, Sequence

from qgis.gui import QgsFilterLineEdit
from qgis.PyQt.QtCore import QLocale, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from biodiv_plugin.gui.plain import tip
from biodiv_plugin.use_cases.judge_occurrences import Share

_ROWS = 6  # shown at once
_MANY = 10  # from so many on there is a line to search them
_VALUE = Qt.ItemDataRole.UserRole


class CheckField(QWidget):
    """None ticked means any value."""

    changed = pyqtSignal()

    def __init__(
        self, name: str, label_of: Callable[[str], str] = str, parent: Optional[QWidget] = None
    ) -> None:
        """``label_of`` names a value before the portal has."""
        super().__init__(parent)
        self._label_of = label_of
        self._search = QgsFilterLineEdit()
        self._search.setShowSearchIcon(True)
        self._search.setPlaceholderText(name)
        self._search.textChanged.connect(self._filter)
        self._search.hide()
        self._list = QListWidget()
        self._list.setAccessibleName(name)
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.itemChanged.connect(self._on_item_changed)
        self._labels: dict[str, str] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._search)
        column.addWidget(self._list)
        self._fit()

    def chosen(self) -> tuple[str, ...]:
        return tuple(item.data(_VALUE) for item in self._items() if _ticked(item))

    def chosen_labels(self) -> tuple[str, ...]:
        return tuple(self._labels[value] for value in self.chosen())

    def labels(self) -> dict[str, str]:
        """Return the names of all values that were seen, by value."""
        return dict(self._labels)

    def choose(self, values: Sequence[str]) -> None:
        """Tick ``values`` and no others, without telling."""
        known = {item.data(_VALUE) for item in self._items()}
        shares = [
            Share(value, self._labels.get(value) or self._label_of(value), 0)
            for value in values
            if value not in known
        ]
        self._list.blockSignals(True)
        for share in shares:
            self._add(share, known=False)
        for item in self._items():
            item.setCheckState(_state(item.data(_VALUE) in values))
        self._list.blockSignals(False)
        self._fit()

    def set_values(self, shares: Sequence[Share]) -> None:
        """Offer these values; what was ticked stays so, with its number or none."""
        chosen = self.chosen()
        self._list.blockSignals(True)
        self._list.clear()
        for share in shares:
            if share.value:  # records without a value cannot be asked for here
                self._add(share)
        self._list.blockSignals(False)
        self.choose(chosen)
        self._search.setVisible(self._list.count() > _MANY)

    def _add(self, share: Share, known: bool = True) -> None:
        self._labels[share.value] = share.label
        text = f"{share.label}  ({QLocale().toString(share.count)})" if known else share.label
        item = QListWidgetItem(text, self._list)
        item.setData(_VALUE, share.value)
        item.setToolTip(tip(text))
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(_state(False))

    def _items(self) -> list[QListWidgetItem]:
        return [self._list.item(row) for row in range(self._list.count())]

    def _filter(self, text: str) -> None:
        for item in self._items():
            item.setHidden(text.lower() not in item.text().lower() and not _ticked(item))

    def _on_item_changed(self, _item: QListWidgetItem) -> None:
        self.changed.emit()

    def _fit(self) -> None:
        rows = min(max(self._list.count(), 1), _ROWS)
        height = self._list.sizeHintForRow(0) if self._list.count() else self.fontMetrics().height()
        self._list.setFixedHeight(rows * max(height, 16) + 2 * self._list.frameWidth() + 2)


def _ticked(item: QListWidgetItem) -> bool:
    return item.checkState() == Qt.CheckState.Checked


def _state(ticked: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
