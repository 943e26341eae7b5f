"""The area of an analysis: one of the portal, or polygons of one's own with consent."""

from __future__ import annotations

from typing import Optional, Sequence

from qgis.core import (
    QgsCoordinateTransformContext,
    QgsGeometry,
    QgsMapLayerProxyModel,
    QgsVectorLayer,
)
from qgis.gui import QgsMapLayerComboBox
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from biodiv_plugin.gui.layers.analyses.fields import NARROW, InputField
from biodiv_plugin.gui.occurrences.search_line import SearchLine
from biodiv_plugin.gui.plain import PlainLabel
from biodiv_plugin.portal.analysis import Process, ProcessInput
from biodiv_plugin.portal.area import PortalArea
from biodiv_plugin.translation import translate
from biodiv_plugin.use_cases.run_analysis import OwnPolygons

_ONE, _SOME = 28, 70  # pixels
_AREA = Qt.ItemDataRole.UserRole + 1


class AreaInput(InputField):
    """``own`` says whether polygons of one's own are offered: one input of an analysis takes them.

    Where one area is wanted all polygons make one, else each is one.
    """

    def __init__(self, process: Process, wanted: ProcessInput, own: bool = True) -> None:
        super().__init__(process, wanted)
        self._most = int(wanted.maximum or 1)
        self._least = int(1 if wanted.minimum is None else wanted.minimum)
        self.of_portal = QRadioButton(translate("AnalysisForm", "of the portal"))
        self.of_layer = QRadioButton(translate("AnalysisForm", "polygons of my own"))
        self.line = SearchLine(
            self.label, translate("AnalysisForm", "municipality, nature area… or its number")
        )
        self.list = QListWidget()
        self.note = PlainLabel()
        self.layer = QgsMapLayerComboBox()
        self.count = PlainLabel()
        self.consent = QCheckBox(translate("AnalysisForm", "I agree to that"))
        self._watched: Optional[QgsVectorLayer] = None
        self._lay_out(own)
        self.of_layer.toggled.connect(self._show_page)
        self.line.found.connect(self.add)
        self.list.itemChanged.connect(self._on_ticked)
        self.layer.layerChanged.connect(self._on_layer)
        self.of_portal.setChecked(True)
        self._on_layer(self.layer.currentLayer())
        self._show_page(False)

    def _lay_out(self, own: bool) -> None:
        self.list.setMaximumHeight(_ONE if self._most == 1 else _SOME)
        self.list.setAccessibleName(translate("AnalysisForm", "Chosen areas"))
        self.note.setWordWrap(True)
        self.note.hide()
        self.layer.setSizeAdjustPolicy(NARROW)
        self.layer.setFilters(QgsMapLayerProxyModel.Filter.PolygonLayer)
        self.layer.setAccessibleName(translate("AnalysisForm", "Layer with the polygons"))
        self.count.setWordWrap(True)
        warning = PlainLabel(
            translate(
                "AnalysisForm",
                "The portal takes polygons of your own as a public area only: until the analysis "
                "has ended everybody can see them, and anybody who is signed in can delete them. "
                "Take no sensitive places. They go there under a neutral name, and are deleted "
                "afterwards.",
            )
        )
        warning.setWordWrap(True)
        self._own = QWidget()
        column = QVBoxLayout(self._own)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self.layer, self.count, warning, self.consent):
            column.addWidget(widget)
        kinds = QHBoxLayout()
        for widget in (self.of_portal, self.of_layer):
            widget.setVisible(own)
            kinds.addWidget(widget)
        kinds.addStretch(1)
        self.column.addLayout(kinds)
        self.put(self.line)
        for widget in (self.note, self.list, self._own):
            self.column.addWidget(widget)

    @property
    def required(self) -> bool:
        return not self.wanted.optional and self._least > 0

    def areas(self) -> tuple[PortalArea, ...]:
        """Return the chosen areas of the portal."""
        return tuple(self.list.item(row).data(_AREA) for row in range(self.list.count()))

    def add(self, area: PortalArea) -> None:
        """Choose an area of the portal; where one is wanted, in the place of the former one."""
        if self._most == 1:
            self.list.clear()
        if area.pid in {known.pid for known in self.areas()}:
            return
        item = QListWidgetItem(f"{area.name} ({area.pid})" if area.name != area.pid else area.pid)
        item.setData(_AREA, area)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setToolTip(translate("AnalysisForm", "Untick it to leave it out"))
        self.list.blockSignals(True)
        item.setCheckState(Qt.CheckState.Checked)
        self.list.addItem(item)
        self.list.blockSignals(False)
        self.line.clear()
        self._show_page(self.of_layer.isChecked())

    def set_found(self, text: str, areas: Sequence[PortalArea]) -> None:
        """Show what the portal found for ``text``."""
        self.line.set_found(text, [(f"{a.name}  ({a.field_name or a.pid})", a) for a in areas])
        told = translate("AnalysisForm", "The portal knows no area called “{name}”.")
        self.note.setText("" if areas else told.format(name=text))
        self.note.setVisible(not areas and not self.of_layer.isChecked())

    def value(self) -> object:
        """Return the ids of the portal's areas; ``None`` where polygons of one's own are meant."""
        if self.of_layer.isChecked():
            return None
        return [area.pid for area in self.areas()] or None

    def polygons(self, context: QgsCoordinateTransformContext) -> Optional[OwnPolygons]:
        """Return the selected polygons of the layer, or all, as they are now."""
        layer = self.layer.currentLayer()
        if not self.of_layer.isChecked() or layer is None:
            return None
        chosen = layer.selectedFeatures() or layer.getFeatures()
        shapes = tuple(QgsGeometry(feature.geometry()) for feature in chosen)
        return OwnPolygons(shapes, layer.crs(), context, self.consent.isChecked())

    def problem(self) -> str:
        if self.of_layer.isChecked():
            return self._problem_of_polygons()
        count = len(self.areas())
        if not count and not self.required:
            return ""
        return "" if self._least <= count <= self._most else self._wanted_number()

    def forget_consent(self) -> None:
        """Each upload is agreed to by itself."""
        self.consent.setChecked(False)

    def _problem_of_polygons(self) -> str:
        if self.layer.currentLayer() is None:
            return translate("AnalysisForm", "Add a layer with polygons to the project first.")
        count = self._polygon_count()
        if not count:
            return translate("AnalysisForm", "The chosen layer holds no polygons.")
        if self._most > 1 and not self._least <= count <= self._most:
            return self._wanted_number()
        if not self.consent.isChecked():
            return translate(
                "AnalysisForm", "Agree first that everybody can see your polygons meanwhile."
            )
        return ""

    def _wanted_number(self) -> str:
        low, high = self._least, self._most
        bounds = translate("AnalysisForm", "{low} to {high}").format(low=low, high=high)
        text = translate("AnalysisForm", "“{label}”: choose {bounds}.")
        return text.format(label=self.label, bounds=str(low) if low == high else bounds)

    def _polygon_count(self) -> int:
        layer = self.layer.currentLayer()
        return (layer.selectedFeatureCount() or layer.featureCount()) if layer else 0

    def _on_ticked(self, item: QListWidgetItem) -> None:
        if item.checkState() != Qt.CheckState.Checked:
            self.list.takeItem(self.list.row(item))
            self._show_page(self.of_layer.isChecked())

    def _on_layer(self, layer: Optional[QgsVectorLayer]) -> None:
        if layer is not None and layer is not self._watched:
            self._watched = layer
            layer.selectionChanged.connect(self._show_count)
        self.forget_consent()
        self._show_count()

    def _show_count(self) -> None:
        layer = self.layer.currentLayer()
        if layer is None:
            self.count.setText(translate("AnalysisForm", "The project has no layer with polygons."))
        elif layer.selectedFeatureCount():
            text = translate("AnalysisForm", "Selected polygons: {n}")
            self.count.setText(text.format(n=layer.selectedFeatureCount()))
        else:
            text = translate("AnalysisForm", "None is selected, so all are used: {n}")
            self.count.setText(text.format(n=layer.featureCount()))

    def _show_page(self, own: bool) -> None:
        self._own.setVisible(own)
        self.line.setVisible(not own)
        self.list.setVisible(not own and self.list.count() > 0)
        if own:
            self.note.hide()
