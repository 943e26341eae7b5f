"""A place and a radius around it."""

from __future__ import annotations

from typing import Optional

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QLocale, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QDoubleSpinBox,
    QHBoxLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from biodiv_plugin.gui.occurrences.search_line import SearchLine
from biodiv_plugin.gui.plain import PlainLabel
from biodiv_plugin.portal.query import Circle
from biodiv_plugin.use_cases.find_places import Place

_DEFAULT_KM = 5.0
_MOST_KM = 500.0


class PlacePage(QWidget):
    changed = pyqtSignal()
    pick_requested = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._place: Optional[Place] = None
        self.line = SearchLine(
            self.tr("Place"), self.tr("name, or coordinates such as 51.05, 3.72")
        )
        self._pick = QToolButton()
        self._pick.setIcon(QgsApplication.getThemeIcon("/mActionCapturePoint.svg"))
        self._pick.setToolTip(self.tr("Click the place on the map"))
        self._pick.setAccessibleName(self._pick.toolTip())
        self._pick.clicked.connect(self._on_pick)
        self.radius = QDoubleSpinBox()
        self.radius.setRange(0.1, _MOST_KM)
        self.radius.setDecimals(1)
        self.radius.setValue(_DEFAULT_KM)
        self.radius.setSuffix(" km")
        self.radius.setAccessibleName(self.tr("Radius"))
        self.radius.valueChanged.connect(self._on_radius)
        self._where = PlainLabel()
        first = QHBoxLayout()
        first.addWidget(self.line, 1)
        first.addWidget(self._pick)
        second = QHBoxLayout()
        second.addWidget(PlainLabel(self.tr("Radius")))
        second.addWidget(self.radius)
        second.addWidget(self._where, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(first)
        column.addLayout(second)

    def circle(self) -> Optional[Circle]:
        if self._place is None:
            return None
        return Circle(self._place.latitude, self._place.longitude, self.radius.value())

    def name(self) -> str:
        return self._place.name if self._place is not None else ""

    def set_place(self, place: Place) -> None:
        self._place = place
        self.line.setText(place.name)
        self._show()
        self.changed.emit()

    def set_circle(self, circle: Circle, name: str) -> None:
        """Show the circle of a question, without telling."""
        self.radius.blockSignals(True)
        self.radius.setValue(circle.radius_km)
        self.radius.blockSignals(False)
        self._place = Place(name, circle.latitude, circle.longitude)
        self.line.setText(name)
        self._show()

    def _show(self) -> None:
        if self._place is not None:
            number = QLocale()
            self._where.setText(
                f"{number.toString(self._place.latitude, 'f', 4)}° "
                f"{number.toString(self._place.longitude, 'f', 4)}°"
            )

    def _on_pick(self) -> None:
        self.pick_requested.emit()

    def _on_radius(self, _value: float) -> None:
        if self._place is not None:
            self.changed.emit()
