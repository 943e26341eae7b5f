"""Where to look: Flanders, what the map shows, polygons, a drawing, a place, a portal's area."""

from __future__ import annotations

from enum import Enum
from typing import Optional

from qgis.core import QgsApplication, QgsMapLayerProxyModel
from qgis.gui import QgsMapLayerComboBox
from qgis.PyQt.QtCore import QLocale, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QRadioButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from biodiv_plugin.gui.occurrences.place_page import PlacePage
from biodiv_plugin.gui.occurrences.search_line import SearchLine
from biodiv_plugin.gui.plain import PlainLabel
from biodiv_plugin.portal.area import PortalArea

_HECTARE, _KM2 = 1e4, 1e6  # square metres


class AreaChoice(Enum):
    FLANDERS = "flanders"
    MAP_VIEW = "map view"
    SELECTION = "selection"
    DRAWN = "drawn"
    PLACE = "place"
    PORTAL_AREA = "portal area"
    EVERYWHERE = "everywhere"
    GIVEN = "given"  # by a saved question or an address


_ALWAYS_SHOWN = (AreaChoice.FLANDERS, AreaChoice.MAP_VIEW, AreaChoice.SELECTION)


class AreaField(QWidget):
    """Tells which area is meant; the section reads it from the map or the portal."""

    changed = pyqtSignal()
    draw_requested = pyqtSignal()
    pick_requested = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._other = AreaChoice.DRAWN
        self._portal_area: Optional[PortalArea] = None
        self._buttons = {
            AreaChoice.FLANDERS: QRadioButton(self.tr("Flanders")),
            AreaChoice.MAP_VIEW: QRadioButton(self.tr("map view")),
            AreaChoice.SELECTION: QRadioButton(self.tr("polygons of")),
        }
        self._other_button = QRadioButton()
        self._other_button.hide()
        self._names = {
            AreaChoice.DRAWN: self.tr("drawn area"),
            AreaChoice.PLACE: self.tr("place and radius"),
            AreaChoice.PORTAL_AREA: self.tr("area of the portal"),
            AreaChoice.EVERYWHERE: self.tr("the whole portal"),
            AreaChoice.GIVEN: self.tr("given area"),
        }
        self._layers = QgsMapLayerComboBox()
        self._layers.setFilters(QgsMapLayerProxyModel.Filter.PolygonLayer)
        self._layers.setToolTip(self.tr("The selected polygons, or all where none is selected"))
        self._layers.setAccessibleName(self._layers.toolTip())
        self._draw = QPushButton(self.tr("Draw Again"))
        self.place = PlacePage()
        self.portal_line = SearchLine(
            self.tr("Area of the portal"), self.tr("municipality, province, nature area…")
        )
        self._in_flanders = QCheckBox(self.tr("only as far as in Flanders"))
        self._note = PlainLabel()
        self._note.setWordWrap(True)
        self._buttons[AreaChoice.FLANDERS].setChecked(True)
        self._lay_out()
        self._connect()
        self._show_page()

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(4)
        for button in (*self._buttons.values(), self._other_button):
            self._group.addButton(button)
        for button in self._buttons.values():
            line.addWidget(button)
        line.addWidget(self._menu_button())
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(line)
        for widget in (
            self._other_button,
            self._layers,
            self._draw,
            self.place,
            self.portal_line,
            self._in_flanders,
            self._note,
        ):
            column.addWidget(widget)

    def _menu_button(self) -> QToolButton:
        menu = QMenu(self)
        icons = {
            AreaChoice.DRAWN: "/mActionCapturePolygon.svg",
            AreaChoice.PLACE: "/mActionCapturePoint.svg",
            AreaChoice.PORTAL_AREA: "/mActionIdentify.svg",
            AreaChoice.EVERYWHERE: "/mActionZoomFullExtent.svg",
        }
        labels = {
            AreaChoice.DRAWN: self.tr("Draw an Area"),
            AreaChoice.PLACE: self.tr("Place and Radius"),
            AreaChoice.PORTAL_AREA: self.tr("Area of the Portal"),
            AreaChoice.EVERYWHERE: self.tr("The Whole Portal"),
        }
        for choice, label in labels.items():
            action = menu.addAction(QgsApplication.getThemeIcon(icons[choice]), label)
            action.setObjectName(f"biodiv_area_{choice.name.lower()}")
            action.setData(choice)
        menu.triggered.connect(self._on_menu)
        button = QToolButton()
        button.setText("…")
        button.setAutoRaise(True)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setToolTip(self.tr("Other areas: drawn, around a place, of the portal"))
        button.setAccessibleName(button.toolTip())
        button.setMenu(menu)
        return button

    def _connect(self) -> None:
        self._group.buttonToggled.connect(self._on_toggled)
        self._layers.layerChanged.connect(self._on_layer)
        self._draw.clicked.connect(self._on_draw)
        self.place.changed.connect(self.changed)
        self.place.pick_requested.connect(self.pick_requested)
        self._in_flanders.toggled.connect(self._on_flanders)
        self.portal_line.found.connect(self.set_portal_area)

    def choice(self) -> AreaChoice:
        if self._other_button.isChecked():
            return self._other
        return next(choice for choice, button in self._buttons.items() if button.isChecked())

    def choose(self, choice: AreaChoice, name: str = "") -> None:
        """Choose a kind of area; ``name`` is that of a given one."""
        if choice in _ALWAYS_SHOWN:
            self._buttons[choice].setChecked(True)
            return
        self._other = choice
        self._other_button.setText(name or self._names[choice])
        self._other_button.show()
        if self._other_button.isChecked():
            self._show_page()
            self.changed.emit()
        else:
            self._other_button.setChecked(True)

    def layer(self) -> object:
        """Return the chosen polygon layer, a ``QgsVectorLayer``, or ``None``."""
        return self._layers.currentLayer()

    def set_layer(self, layer: object) -> None:
        self._layers.setLayer(layer)

    def portal_area(self) -> Optional[PortalArea]:
        return self._portal_area

    def set_portal_area(self, area: PortalArea) -> None:
        self._portal_area = area
        self.portal_line.setText(area.name)
        self.changed.emit()

    def flanders_only(self) -> bool:
        choice = self.choice()
        return choice is AreaChoice.FLANDERS or (
            choice is not AreaChoice.EVERYWHERE and self._in_flanders.isChecked()
        )

    def set_flanders_only(self, only: bool) -> None:
        """Tick it for an area, without telling."""
        self._in_flanders.blockSignals(True)
        self._in_flanders.setChecked(only)
        self._in_flanders.blockSignals(False)

    def show_surface(self, square_metres: float) -> None:
        self._tell(told_surface(square_metres) if square_metres else "")

    def show_drawing(self, square_metres: float) -> None:
        """Tell how large the drawing is so far, and how to end it."""
        how = self.tr("Double click or Enter closes it, Esc cancels.")
        size = f"{told_surface(square_metres)}. " if square_metres else ""
        self._tell(size + how)

    def show_simplified(self, square_metres: float, error: float) -> None:
        """Tell that the area had too many points; ``error`` is a fraction of its surface."""
        text = self.tr(
            "{surface}. The area has more points than the portal takes and was simplified; "
            "its surface changed by {percent} %."
        )
        percent = QLocale().toString(100 * error, "f", 3 if error < 0.001 else 2)
        self._tell(text.format(surface=told_surface(square_metres), percent=percent))

    def tell_nothing_found(self, text: str) -> None:
        self._tell(self.tr("The portal knows no area called “{name}”.").format(name=text))

    def note(self) -> str:
        return self._note.text()

    def _tell(self, text: str) -> None:
        self._note.setText(text)
        self._note.setVisible(bool(text))

    def _on_menu(self, action: object) -> None:
        choice = action.data()
        self.choose(choice)
        if choice is AreaChoice.DRAWN:
            self.draw_requested.emit()
        elif choice is AreaChoice.PLACE:
            self.place.line.setFocus()
        elif choice is AreaChoice.PORTAL_AREA:
            self.portal_line.setFocus()

    def _on_toggled(self, _button: QRadioButton, checked: bool) -> None:
        if checked:
            self._show_page()
            self.changed.emit()

    def _on_layer(self, _layer: object) -> None:
        if self.choice() is AreaChoice.SELECTION:
            self.changed.emit()

    def _on_draw(self) -> None:
        self.draw_requested.emit()

    def _on_flanders(self, _checked: bool) -> None:
        self.changed.emit()

    def _show_page(self) -> None:
        choice = self.choice()
        self._tell("")
        self._layers.setVisible(choice is AreaChoice.SELECTION)
        self._draw.setVisible(choice is AreaChoice.DRAWN)
        self.place.setVisible(choice is AreaChoice.PLACE)
        self.portal_line.setVisible(choice is AreaChoice.PORTAL_AREA)
        whole = choice in (AreaChoice.FLANDERS, AreaChoice.EVERYWHERE)
        self._in_flanders.setVisible(not whole)


def told_surface(square_metres: float) -> str:
    """Return a surface in hectares, from a square kilometre on in those."""
    number = QLocale()
    if square_metres < _KM2:
        return f"{number.toString(square_metres / _HECTARE, 'f', 2)} ha"
    digits = 1 if square_metres < 1000 * _KM2 else 0
    return f"{number.toString(square_metres / _KM2, 'f', digits)} km²"
