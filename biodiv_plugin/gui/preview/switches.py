"""The switches and the legend of a preview, below its layer in the layer tree."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import Optional, Sequence

from qgis.core import QgsMapLayer
from qgis.gui import QgsLayerTreeEmbeddedWidgetProvider
from qgis.PyQt.QtCore import QCoreApplication, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QWidget,
)

from biodiv_plugin.layers.preview_layer import DOTS, GRID, HEXAGONS, Look, preview_of
from biodiv_plugin.portal.summaries import LegendItem

SWITCHES = "biodiv_preview"
_OLDEST, _NEWEST = 1800, 2100
_LONGEST = 12  # classes shown; more do not help the eye


class PreviewSwitches(QWidget):
    """Tells by ``look_changed`` what the person wants to see."""

    look_changed = pyqtSignal(str, object)  # the id of the layer, a Look
    records_requested = pyqtSignal(str)  # the id of the layer

    def __init__(self, layer_id: str, look: Look, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._layer_id, self._look = layer_id, look
        self.mode = self._choices(
            (self.tr("Dots"), DOTS), (self.tr("Grid"), GRID), (self.tr("Hexagons"), HEXAGONS)
        )
        self.colour = self._choices(
            (self.tr("One colour"), ""),
            (self.tr("Year"), "year"),
            (self.tr("Species group"), "speciesGroup"),
            (self.tr("Kind of record"), "basisOfRecord"),
            (self.tr("Dataset"), "dataResourceName"),
            (self.tr("Validation"), "identificationVerificationStatus"),
        )
        self.first = self._year(_OLDEST, self.tr("First year"))
        self.last = self._year(_NEWEST, self.tr("Last year"))
        self.records = QPushButton(self.tr("Click for Records"))
        self.records.setToolTip(self.tr("Then click on the map to see its observations; Esc ends"))
        self.legend = QLabel()
        self.legend.setAccessibleName(self.tr("Legend"))
        years = QHBoxLayout()
        for field in (self.first, self.last):
            years.addWidget(field)
        form = QFormLayout(self)
        form.setContentsMargins(2, 1, 2, 1)
        form.addRow(self.tr("Draw as"), self.mode)
        form.addRow(self.tr("Colour by"), self.colour)
        form.addRow(self.tr("Years"), years)
        form.addRow(self.records)
        form.addRow(self.legend)
        self._fill(look)
        self.records.clicked.connect(self._on_records)
        for box in (self.mode, self.colour):
            box.currentIndexChanged.connect(self._on_changed)
        for field in (self.first, self.last):
            field.editingFinished.connect(self._on_changed)

    def show_legend(self, items: Sequence[LegendItem]) -> None:
        """Show the classes of the colours, with their numbers."""
        rows = [
            f'<span style="color:{item.colour}">\u25cf</span> {escape(item.label)} ({item.count})'
            for item in items[:_LONGEST]
        ]
        self.legend.setText("<br>".join([*rows, "\u2026"] if len(items) > _LONGEST else rows))
        self.legend.setVisible(bool(rows))

    def _choices(self, *choices: tuple[str, str]) -> QComboBox:
        box = QComboBox()
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(10)  # the layer tree is narrow
        for label, key in choices:
            box.addItem(label, key)
        return box

    def _year(self, unset: int, name: str) -> QSpinBox:
        """One year; at its end it sets no bound."""
        field = QSpinBox()
        field.setRange(_OLDEST, _NEWEST)
        field.setMinimumWidth(60)
        field.setValue(unset)
        field.setAccessibleName(name)
        field.setToolTip(name)
        return field

    def _fill(self, look: Look) -> None:
        self.mode.setCurrentIndex(max(0, self.mode.findData(look.mode)))
        self.colour.setCurrentIndex(max(0, self.colour.findData(look.colour_by)))
        self.first.setValue(look.first or _OLDEST)
        self.last.setValue(look.last or _NEWEST)
        self.colour.setEnabled(look.mode == DOTS)
        self.legend.hide()

    def _on_records(self, _checked: bool = False) -> None:
        self.records_requested.emit(self._layer_id)

    def _on_changed(self, _index: int = 0) -> None:
        first, last = self.first.value(), self.last.value()
        look = replace(
            self._look,
            mode=self.mode.currentData(),
            colour_by=self.colour.currentData(),
            first=None if first == _OLDEST else first,
            last=None if last == _NEWEST else max(first, last),
        )
        self.colour.setEnabled(look.mode == DOTS)
        if look != self._look:
            self._look = look
            self.look_changed.emit(self._layer_id, look)


class SwitchesProvider(QgsLayerTreeEmbeddedWidgetProvider):
    """Makes the switches for QGIS. ``made`` is called with each new one."""

    def __init__(self, made: object) -> None:
        super().__init__()
        self._made = made

    def id(self) -> str:
        return SWITCHES

    def name(self) -> str:
        return QCoreApplication.translate("PreviewSwitches", "Look of the observations")

    def supportsLayer(self, layer: QgsMapLayer) -> bool:  # noqa: N802
        return preview_of(layer) is not None

    def createWidget(self, layer: QgsMapLayer, widgetIndex: int) -> QWidget:  # noqa: N802, N803
        preview = preview_of(layer)
        switches = PreviewSwitches(layer.id(), preview.look if preview else Look())
        self._made(layer.id(), switches)
        return switches
