"""What one can do with a layer of the catalogue."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import pyqtSignal, pyqtSlot
from qgis.PyQt.QtWidgets import QAction, QMenu, QWidget

from biodiv_plugin.layers.ogc_source import LayerForm
from biodiv_plugin.portal.catalogue import LayerEntry
from biodiv_plugin.use_cases.open_portal_layer import forms_of
from biodiv_plugin.use_cases.probe_ogc import OgcOffer
from biodiv_plugin.use_cases.search_catalogue import CatalogueIndex

AREAS = "c"  # the type of a field whose areas have a shape


class LayerMenu(QMenu):
    """Styles, other forms than a map, polygons, the metadata page. Filled when it opens."""

    add_requested = pyqtSignal(object, str, object)  # LayerEntry, style, LayerForm
    polygons_requested = pyqtSignal(object)  # a LayerEntry
    page_requested = pyqtSignal(object)  # a LayerEntry

    def __init__(self, parent: Optional[QWidget] = None, polygons: bool = True) -> None:
        super().__init__(parent)
        self._polygons = polygons
        self.entry: Optional[LayerEntry] = None
        self.offer: Optional[OgcOffer] = None  # what the map server offers, once it is known
        self.index = CatalogueIndex()  # names the style of another field of the same layer
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self._fill)

    def _fill(self) -> None:
        self.clear()
        entry, offer = self.entry, self.offer
        if entry is None:
            return
        styles = offer.map_of(entry).styles if offer else ()
        if len(styles) > 1:
            self.addSection(self.tr("Style"))
        for name, title in styles if len(styles) > 1 else ():
            self._item(self._style_title(entry, name, title), entry, name, LayerForm.MAP)
        self.addSection(self.tr("Add As"))
        if len(styles) < 2:
            self._item(self.tr("Map"), entry, "", LayerForm.MAP)
        titles = {
            LayerForm.FEATURES: self.tr("Data: Features With Attributes"),
            LayerForm.COVERAGE: self.tr("Data: Grid of Numbers"),
            LayerForm.TILES: self.tr("Tiles (Web Mercator)"),
        }
        for form in forms_of(entry, offer) if offer else ():
            if form in titles:
                self._item(titles[form], entry, "", form)
        if self._polygons and entry.field_type == AREAS:
            polygons = self.addAction(self.tr("As Polygons…"))
            polygons.setToolTip(self.tr("Choose some of its areas and get them as polygons"))
            polygons.triggered.connect(self._on_polygons)
        self.addSeparator()
        self.addAction(self.tr("Metadata Page")).triggered.connect(self._on_page)

    def _style_title(self, entry: LayerEntry, name: str, title: str) -> str:
        known = {
            "outline": self.tr("Outline"),
            "polygon": self.tr("Filled"),
            entry.field_id: self.tr("Default"),
            entry.layer_name: self.tr("Default"),
            f"{entry.layer_name}_linear": self.tr("Linear Ramp"),
        }
        other = self.index.by_field(name)
        return known.get(name) or (other.title if other else "") or title or name

    def _item(self, title: str, entry: LayerEntry, style: str, form: LayerForm) -> QAction:
        action = self.addAction(title)
        action.setData((entry, style, form))
        action.triggered.connect(self._on_item)
        return action

    @pyqtSlot(bool)
    def _on_item(self, _checked: bool = False) -> None:
        self.add_requested.emit(*self.sender().data())

    def _on_polygons(self, _checked: bool = False) -> None:
        self.polygons_requested.emit(self.entry)

    def _on_page(self, _checked: bool = False) -> None:
        self.page_requested.emit(self.entry)
