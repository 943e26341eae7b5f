"""The switches and the legend of a preview, below its layer in the layer tree."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from html import escape
from typing import Optional, Sequence

from qgis.core import QgsMapLayer
from qgis.gui import QgsLayerTreeEmbeddedWidgetProvider
from qgis.PyQt.QtCore import QCoreApplication, QLocale, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QPushButton,
    QSpinBox,
    QWidget,
)

from biodiv_plugin.deletion import prepare
from biodiv_plugin.gui.plain import HtmlLabel, tip
from biodiv_plugin.layers.preview_layer import DOTS, GRID, HEXAGONS, Preview, preview_of
from biodiv_plugin.portal.quality import QualityProfile
from biodiv_plugin.portal.summaries import LegendItem
from biodiv_plugin.use_cases.name_value import name_value

SWITCHES = "biodiv_preview"
_OLDEST = 1800
_FIELDS = ("mode", "colour", "first", "last", "profile")
_LONGEST = 12  # classes shown; more do not help the eye
_WIDEST = 24  # characters of the name of a class
_CHARACTERS = 33  # of a line
_MARGIN = 60  # pixels


class PreviewSwitches(QWidget):
    """Tells what the person wants to see by ``look_changed`` and ``profile_changed``, and shows
    what the layer draws, whoever changed it."""

    look_changed = pyqtSignal(str, object)  # the id of the layer, a Look
    profile_changed = pyqtSignal(str, str)  # the id of the layer, the short name of a profile
    records_requested = pyqtSignal(str)  # the id of the layer

    def __init__(self, layer_id: str, preview: Preview, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.layer_id, self._look = layer_id, preview.look
        self._profile = preview.quality_profile
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
        self.profile = self._choices((self.tr("none"), ""))
        self.profile.setToolTip(self.tr("Quality profile"))
        self._newest = date.today().year
        self.first = self._year(_OLDEST, self.tr("First year"))
        self.last = self._year(self._newest, self.tr("Last year"))
        self.records = QPushButton(self.tr("Click for Records"))
        self.records.setToolTip(self.tr("Then click on the map to see its observations; Esc ends"))
        self.legend = HtmlLabel()
        self.legend.setAccessibleName(self.tr("Legend"))
        self.legend.hide()
        self._lay_out()
        self.show_preview(preview)
        self.records.clicked.connect(self._on_records)
        for box in (self.mode, self.colour):
            box.currentIndexChanged.connect(self._on_changed)
        self.profile.currentIndexChanged.connect(self._on_profile)
        for field in (self.first, self.last):
            field.editingFinished.connect(self._on_changed)
        prepare(self)

    def _lay_out(self) -> None:
        years = QHBoxLayout()
        for field in (self.first, self.last):
            years.addWidget(field)
        # QGIS makes it as wide as the name of the layer, which may be out of sight.
        self.setMaximumWidth(_CHARACTERS * self.fontMetrics().averageCharWidth() + _MARGIN)
        form = QFormLayout(self)
        form.setContentsMargins(2, 1, 2, 1)
        form.addRow(self.tr("Draw as"), self.mode)
        form.addRow(self.tr("Colour by"), self.colour)
        form.addRow(self.tr("Years"), years)
        form.addRow(self.tr("Quality"), self.profile)
        form.addRow(self.records)
        form.addRow(self.legend)

    def show_preview(self, preview: Preview) -> None:
        """Show what the layer draws, without telling it."""
        look = self._look = preview.look
        self._profile = preview.quality_profile
        fields = (self.mode, self.colour, self.profile, self.first, self.last)
        for field in fields:
            field.blockSignals(True)
        self.mode.setCurrentIndex(max(0, self.mode.findData(look.mode)))
        self.colour.setCurrentIndex(max(0, self.colour.findData(look.colour_by)))
        self.first.setValue(look.first or _OLDEST)
        self.last.setValue(look.last or self._newest)
        if self.profile.findData(self._profile) < 0:  # the portal did not name it yet, or any more
            self.profile.insertItem(0, self._profile, self._profile)
        self.profile.setCurrentIndex(self.profile.findData(self._profile))
        for field in fields:
            field.blockSignals(False)
        self.colour.setEnabled(look.mode == DOTS)

    def focused(self) -> str:
        """Return which field the keyboard is at, "" for none of these."""
        return next((name for name in _FIELDS if getattr(self, name).hasFocus()), "")

    def focus(self, name: str) -> None:
        getattr(self, name).setFocus()

    def set_profiles(self, profiles: Sequence[QualityProfile]) -> None:
        """Offer the portal's quality profiles; what is chosen stays chosen."""
        self.profile.blockSignals(True)
        self.profile.clear()
        for each in profiles:
            self.profile.addItem(each.name or each.short_name, each.short_name)
            index = self.profile.count() - 1
            self.profile.setItemData(index, tip(each.description), Qt.ItemDataRole.ToolTipRole)
        self.profile.addItem(self.tr("none"), "")
        if self.profile.findData(self._profile) < 0:
            self.profile.insertItem(0, self._profile, self._profile)
        self.profile.setCurrentIndex(self.profile.findData(self._profile))
        self.profile.blockSignals(False)

    def show_legend(self, items: Sequence[LegendItem]) -> None:
        """Show the classes of the colours, with their numbers; of years the newest first."""
        field = self._look.colour_by
        ordered = list(items)
        if field == "year":
            ordered.sort(key=lambda item: item.value, reverse=True)
        rows = [self._class(field, item) for item in ordered]
        shown = rows[:_LONGEST]
        if len(rows) > _LONGEST:
            shown.append(self.tr("… and {n} more").format(n=len(rows) - _LONGEST))
        self.legend.setText("<br>".join(shown))
        self.legend.setToolTip("<br>".join(rows) if len(rows) > _LONGEST else "")
        self.legend.setVisible(bool(rows))
        self._make_room()

    def _make_room(self) -> None:
        """Let the tree ask anew how high this is; by itself it asks once, without a legend."""
        viewport = self.parentWidget()
        tree = viewport.parentWidget() if viewport is not None else None
        if isinstance(tree, QAbstractItemView):
            tree.doItemsLayout()

    def _class(self, field: str, item: LegendItem) -> str:
        name = name_value(field, item.value, item.label)
        if item.remainder:
            name = self.tr("others")
        if len(name) > _WIDEST:
            name = f"{name[: _WIDEST - 1]}…"
        count = QLocale().toString(item.count)
        return f'<span style="color:{item.colour}">●</span> {escape(name)} ({count})'

    def _choices(self, *choices: tuple[str, str]) -> QComboBox:
        box = QComboBox()
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(8)
        for label, key in choices:
            box.addItem(label, key)
        return box

    def _year(self, unset: int, name: str) -> QSpinBox:
        """One year; at its end it sets no bound."""
        field = QSpinBox()
        field.setRange(_OLDEST, self._newest)
        field.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)  # the layer tree is narrow
        field.setValue(unset)
        field.setAccessibleName(name)
        field.setToolTip(tip(name))
        return field

    def _on_records(self, _checked: bool = False) -> None:
        self.records_requested.emit(self.layer_id)

    def _on_profile(self, _index: int) -> None:
        chosen = self.profile.currentData()
        if chosen != self._profile:
            self._profile = chosen
            self.profile_changed.emit(self.layer_id, chosen)

    def _on_changed(self, _index: int = 0) -> None:
        first, last = self.first.value(), self.last.value()
        look = replace(
            self._look,
            mode=self.mode.currentData(),
            colour_by=self.colour.currentData(),
            first=None if first == _OLDEST else first,
            last=None if last == self._newest else max(first, last),
        )
        self.colour.setEnabled(look.mode == DOTS)
        if look != self._look:
            self._look = look
            self.look_changed.emit(self.layer_id, look)


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
        if preview is None:  # somebody edited the project between the two calls
            return QWidget()
        switches = PreviewSwitches(layer.id(), preview)
        self._made(switches)
        return switches
