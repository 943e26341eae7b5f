"""Layers of the catalogue as an input of an analysis, and ranges of their values."""

from __future__ import annotations

from typing import Optional, Sequence

from qgis.gui import QgsFilterLineEdit
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QGridLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from biodiv_plugin.deletion import delete_later
from biodiv_plugin.gui.layers.analyses.fields import InputField, read_number, told_number
from biodiv_plugin.gui.plain import PlainLabel, tip
from biodiv_plugin.portal.analysis import Process, ProcessInput, envelope_input
from biodiv_plugin.portal.catalogue import CONTEXTUAL, ENVIRONMENTAL, LayerEntry
from biodiv_plugin.translation import translate
from biodiv_plugin.use_cases.search_catalogue import CatalogueIndex, LayerFilter

SHOWN = 200  # layers in the list; words narrow them
_ENTRY = Qt.ItemDataRole.UserRole + 1


class LayerField(InputField):
    """Layers to tick; what was ticked stays so, and stays on top, while one searches on."""

    def __init__(self, process: Process, wanted: ProcessInput) -> None:
        super().__init__(process, wanted)
        self._index = CatalogueIndex()
        self._picked: dict[str, LayerEntry] = {}
        self.search = QgsFilterLineEdit()
        self.search.setShowSearchIcon(True)
        self.search.setPlaceholderText(translate("AnalysisForm", "Search layers"))
        self.list = QListWidget()
        self.list.setMinimumHeight(110)
        self.list.setMaximumHeight(110)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.state = PlainLabel()
        self.state.setWordWrap(True)
        self.put(self.list)
        self.column.insertWidget(self.column.indexOf(self.list), self.search)
        self.search.setAccessibleName(self.search.placeholderText())
        self.column.addWidget(self.state)
        self.search.textChanged.connect(self._show)
        self.list.itemChanged.connect(self._on_ticked)
        self._show_state()

    @property
    def required(self) -> bool:
        return not self.wanted.optional and self.wanted.minimum != 0

    def set_index(self, index: CatalogueIndex) -> None:
        """Show the catalogue; before it was read there is nothing to choose."""
        self._index = index
        self._show()

    def picked(self) -> tuple[LayerEntry, ...]:
        return tuple(self._picked.values())

    def value(self) -> object:
        return [entry.field_id for entry in self._picked.values()] or None

    def problem(self) -> str:
        low, high = self._least(), self.wanted.maximum
        wrong = len(self._picked) < low or (high is not None and len(self._picked) > high)
        if wrong and (self._picked or self.required):
            text = translate("AnalysisForm", "“{label}”: choose {bounds}.")
            return text.format(label=self.label, bounds=self._bounds())
        return ""

    def _least(self) -> int:
        return int(self.wanted.minimum if self.wanted.minimum is not None else 1)

    def _bounds(self) -> str:
        low, high = self._least(), self.wanted.maximum
        if high is None:
            return translate("AnalysisForm", "at least {low}").format(low=low)
        if low == high:
            return str(low)
        return translate("AnalysisForm", "{low} to {high}").format(low=low, high=int(high))

    def _fits(self, entry: LayerEntry) -> bool:
        wanted = self.wanted
        kinds = [
            kind
            for kind, takes in (
                (CONTEXTUAL, wanted.contextual),
                (ENVIRONMENTAL, wanted.environmental),
            )
            if takes
        ]
        usable = entry.usable_in_analysis or not wanted.for_analysis
        return entry.enabled and usable and (not kinds or entry.type in kinds)

    def _show(self) -> None:
        found = self._index.search(LayerFilter(words=self.search.text()))
        shown = {entry.field_id: entry for entry in filter(self._fits, found)}
        rows: Sequence[LayerEntry] = [*self._picked.values()]
        rows = [*rows, *(e for key, e in shown.items() if key not in self._picked)][:SHOWN]
        self.list.blockSignals(True)
        self.list.clear()
        for entry in rows:
            item = QListWidgetItem(entry.title)
            item.setToolTip(tip(entry.title))
            item.setData(_ENTRY, entry)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            ticked = entry.field_id in self._picked
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.blockSignals(False)
        self._show_state()

    def _on_ticked(self, item: QListWidgetItem) -> None:
        entry = item.data(_ENTRY)
        if item.checkState() == Qt.CheckState.Checked:
            self._picked[entry.field_id] = entry
        else:
            self._picked.pop(entry.field_id, None)
        self._show_state()

    def _show_state(self) -> None:
        if not self._index.entries:
            text = translate("AnalysisForm", "The catalogue of layers is being read…")
        elif not self.list.count():
            text = translate("AnalysisForm", "No layer with these words can be used here.")
        else:
            text = translate("AnalysisForm", "Chosen: {n}; wanted: {bounds}")
            text = text.format(n=len(self._picked), bounds=self._bounds())
        self.state.setText(text)


class EnvelopeField(LayerField):
    """Environmental layers, and of each the lowest and the highest value."""

    def __init__(self, process: Process, wanted: ProcessInput) -> None:
        super().__init__(process, wanted)
        self._ranges: dict[str, tuple[QLineEdit, QLineEdit]] = {}
        self._grid_holder = QWidget()
        self._grid = QGridLayout(self._grid_holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self.column.addWidget(self._grid_holder)
        self.list.itemChanged.connect(self._show_ranges)

    def ranges(self) -> dict[str, tuple[QLineEdit, QLineEdit]]:
        """Return the two lines of each chosen layer, by its field id."""
        return dict(self._ranges)

    def value(self) -> object:
        told = []
        for entry in self.picked():
            low, high = (read_number(edit.text()) for edit in self._ranges[entry.field_id])
            if low is None or high is None or low > high:
                return None
            told.append((entry.field_id, low, high))
        return envelope_input(told) if told else None

    def problem(self) -> str:
        counted = super().problem()
        if counted or not self.picked() or self.value() is not None:
            return counted
        text = translate("AnalysisForm", "“{label}”: give two numbers, the lowest first.")
        return text.format(label=self.label)

    def _fits(self, entry: LayerEntry) -> bool:
        return entry.enabled and entry.type == ENVIRONMENTAL

    def _show_ranges(self) -> None:
        before = {key: [edit.text() for edit in pair] for key, pair in self._ranges.items()}
        while self._grid.count():
            old = self._grid.takeAt(0).widget()
            old.hide()
            delete_later(old)
        self._ranges.clear()
        for row, entry in enumerate(self.picked()):
            known = [_told(entry.minimum), _told(entry.maximum)]
            low, high = before.get(entry.field_id, known)
            pair = QLineEdit(low), QLineEdit(high)
            names = (translate("AnalysisForm", "from"), translate("AnalysisForm", "to"))
            title = PlainLabel(f"{entry.title} ({entry.units})" if entry.units else entry.title)
            title.setWordWrap(True)
            self._grid.addWidget(title, 2 * row, 0, 1, 2)
            for column, (edit, name) in enumerate(zip(pair, names)):
                edit.setAccessibleName(f"{entry.title}: {name}")
                edit.setPlaceholderText(name)
                self._grid.addWidget(edit, 2 * row + 1, column)
            self._ranges[entry.field_id] = pair


def _told(value: Optional[float]) -> str:
    return "" if value is None else told_number(value)
