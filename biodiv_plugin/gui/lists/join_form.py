"""To which layer a list is joined, by what, and in which colours; or whose form it serves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

from qgis.core import QgsMapLayerProxyModel, QgsVectorLayer
from qgis.gui import QgsFieldComboBox, QgsMapLayerComboBox
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from biodiv_plugin.gui.plain import PlainLabel
from biodiv_plugin.layers.list_join import join_columns
from biodiv_plugin.layers.list_table import LIST_ID
from biodiv_plugin.use_cases.load_species_list import LoadedList

STATUS = ("rlc", "status", "threatstatus", "iucn", "categorie", "category")


@dataclass(frozen=True)
class JoinChoice:
    """``column`` of ``layer`` tells the taxon; ``key`` is what to colour by, or ""."""

    layer: QgsVectorLayer
    column: str
    key: str


class ListJoinForm(QWidget):
    """Asks; does nothing itself."""

    join_requested = pyqtSignal(object)  # a JoinChoice
    values_requested = pyqtSignal(object, str)  # a layer, and the field of its form
    canceled = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._loaded: Optional[LoadedList] = None
        self.title = PlainLabel()
        self.title.setWordWrap(True)
        self.layer = QgsMapLayerComboBox()
        self.layer.setFilters(QgsMapLayerProxyModel.Filter.VectorLayer)
        self.layer.setAccessibleName(self.tr("Layer"))
        self.column, self.key = QComboBox(), QComboBox()
        self.column.setAccessibleName(self.tr("Column that tells the species"))
        self.key.setAccessibleName(self.tr("Colour by"))
        self.none = PlainLabel(
            self.tr("This layer has no column that tells the species, such as taxonConceptID.")
        )
        self.none.setWordWrap(True)
        self.private = PlainLabel(
            self.tr("This list is private. A join writes its values into the project file.")
        )
        self.private.setWordWrap(True)
        self.consent = QCheckBox(self.tr("I agree with that"))
        self.field = QgsFieldComboBox()
        self.field.setAccessibleName(self.tr("Field of the form"))
        self.join = QPushButton(self.tr("Join"))
        self.offer = QPushButton(self.tr("Offer in Its Form"))
        self.cancel = QPushButton(self.tr("Back"))
        self._lay_out()
        self.layer.layerChanged.connect(self._on_layer)
        self.consent.toggled.connect(self._enable)
        self.join.clicked.connect(self._join)
        self.offer.clicked.connect(self._offer)
        self.cancel.clicked.connect(self.canceled)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.addRow(self.tr("Layer"), self.layer)
        form.addRow(self.none)
        form.addRow(self.tr("Species in column"), self.column)
        form.addRow(self.tr("Colour by"), self.key)
        form.addRow(self.private)
        form.addRow(self.consent)
        values = QFormLayout()
        values.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        values.addRow(self.tr("Choose names in field"), self.field)
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addStretch(1)
        first.addWidget(self.join)
        second.addWidget(self.cancel)
        second.addStretch(1)
        second.addWidget(self.offer)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.title)
        column.addLayout(form)
        column.addLayout(first)
        column.addSpacing(12)
        column.addLayout(values)
        column.addLayout(second)
        column.addStretch(1)

    def open(self, loaded: LoadedList) -> None:
        """Ask for this list. A private one needs its reader's word."""
        self._loaded = loaded
        self.title.setText(self.tr("Join “{name}”").format(name=loaded.info.name))
        self.consent.setChecked(False)
        self.private.setVisible(loaded.private)
        self.consent.setVisible(loaded.private)
        self.layer.setExceptedLayerList(
            [x for x in self._layers() if x.customProperty(LIST_ID) is not None]
        )
        self.key.clear()
        self.key.addItem(self.tr("no colours"), "")
        for key in loaded.keys:
            self.key.addItem(key, key)
        status = [key for wanted in STATUS for key in loaded.keys if key.lower() == wanted]
        self.key.setCurrentIndex(self.key.findData(status[0]) if status else 0)
        self._on_layer(self.layer.currentLayer())

    def _layers(self) -> list[QgsVectorLayer]:
        return [self.layer.layer(at) for at in range(self.layer.count()) if self.layer.layer(at)]

    def _on_layer(self, layer: object) -> None:
        self.column.clear()
        self.column.addItems(join_columns(layer) if layer is not None else ())
        self.field.setLayer(layer)
        self._enable()

    def _enable(self, _checked: bool = False) -> None:
        layer = self.layer.currentLayer()
        allowed = self._loaded is not None and (
            not self._loaded.private or self.consent.isChecked()
        )
        self.none.setVisible(layer is not None and self.column.count() == 0)
        self.column.setEnabled(self.column.count() > 0)
        self.join.setEnabled(allowed and self.column.count() > 0)
        self.offer.setEnabled(layer is not None)

    def _join(self) -> None:
        layer = self.layer.currentLayer()
        if layer is not None:
            choice = JoinChoice(layer, self.column.currentText(), self.key.currentData())
            self.join_requested.emit(choice)

    def _offer(self) -> None:
        layer = self.layer.currentLayer()
        if layer is not None and self.field.currentField():
            self.values_requested.emit(layer, self.field.currentField())
