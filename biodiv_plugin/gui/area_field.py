"""Where to look: Flanders, what the map shows, or the selected polygons of a layer."""

from __future__ import annotations

from enum import Enum
from typing import Optional

from qgis.core import QgsMapLayerProxyModel
from qgis.gui import QgsMapLayerComboBox
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget


class AreaChoice(Enum):
    FLANDERS = "flanders"
    MAP_VIEW = "map view"
    SELECTION = "selection"


class AreaField(QWidget):
    """Tells which area is meant; the section reads it from the map."""

    changed = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._buttons = {
            AreaChoice.FLANDERS: QRadioButton(self.tr("Flanders")),
            AreaChoice.MAP_VIEW: QRadioButton(self.tr("map view")),
            AreaChoice.SELECTION: QRadioButton(self.tr("polygons of")),
        }
        line = QHBoxLayout()
        for button in self._buttons.values():
            self._group.addButton(button)
            line.addWidget(button)
        line.addStretch(1)
        self._layers = QgsMapLayerComboBox()
        self._layers.setFilters(QgsMapLayerProxyModel.Filter.PolygonLayer)
        self._layers.setToolTip(self.tr("The selected polygons, or all where none is selected"))
        self._layers.setAccessibleName(self._layers.toolTip())
        self._buttons[AreaChoice.FLANDERS].setChecked(True)
        self._group.buttonToggled.connect(self._on_toggled)
        self._layers.layerChanged.connect(self._on_layer)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(line)
        column.addWidget(self._layers)
        self._layers.hide()

    def choice(self) -> AreaChoice:
        return next(choice for choice, button in self._buttons.items() if button.isChecked())

    def choose(self, choice: AreaChoice) -> None:
        self._buttons[choice].setChecked(True)

    def layer(self) -> object:
        """Return the chosen polygon layer, a ``QgsVectorLayer``, or ``None``."""
        return self._layers.currentLayer()

    def set_layer(self, layer: object) -> None:
        self._layers.setLayer(layer)

    def _on_toggled(self, _button: QRadioButton, checked: bool) -> None:
        if checked:
            self._layers.setVisible(self.choice() is AreaChoice.SELECTION)
            self.changed.emit()

    def _on_layer(self, _layer: object) -> None:
        if self.choice() is AreaChoice.SELECTION:
            self.changed.emit()
