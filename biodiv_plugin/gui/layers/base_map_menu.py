"""Base maps and map services of Flanders, with one click each."""

from __future__ import annotations

from functools import partial
from typing import Optional

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsGeometry,
)
from qgis.PyQt.QtCore import pyqtSignal, pyqtSlot
from qgis.PyQt.QtWidgets import QMenu, QWidget

from biodiv_plugin import settings
from biodiv_plugin.gui.host import Host
from biodiv_plugin.gui.layers.adder import add_to_group
from biodiv_plugin.gui.map_view import zoom_to, zoom_to_flanders
from biodiv_plugin.layers.base_maps import (
    BASE_MAP,
    base_map_layers,
    extent_of,
    flemish_base,
)
from biodiv_plugin.layers.portal_areas import AreaShape, area_layer
from biodiv_plugin.portal.area import PortalArea
from biodiv_plugin.services import Services
from biodiv_plugin.tasks.task import PortalTask
from biodiv_plugin.use_cases.open_map_service import OpenedService, open_map_service
from biodiv_plugin.use_cases.search_catalogue import CatalogueIndex

_VISIBLE = 3  # layers of a service that are drawn at once; the others wait, unticked


class BaseMapMenu(QMenu):
    """Does what it offers, but for layers of the catalogue: these it asks for."""

    layer_requested = pyqtSignal(object)  # the LayerEntry of a quick link
    told = pyqtSignal(str)
    failed = pyqtSignal(object)  # a PortalError

    def __init__(self, services: Services, host: Host, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._services, self._host = services, host
        self._index = CatalogueIndex()
        base = flemish_base()
        for base_map in base.base_maps:
            self._offer(self, base_map.name, base_map, self._on_base_map)
        services_menu = self.addMenu(self.tr("Map Services of INBO and Flanders"))
        for service in base.services:
            self._offer(services_menu, service.name, service, self._on_service)
        services_menu.addSeparator()
        connect = services_menu.addAction(self.tr("Keep All as WMS Connections"))
        connect.triggered.connect(self._on_connections)
        self.addSection(self.tr("Quick Links"))
        self._links = [
            self._offer(self, link.name, link, self._on_link) for link in base.quick_links
        ]
        self.addSeparator()
        self.addAction(self.tr("Zoom to Flanders")).triggered.connect(self._on_flanders)
        self.addAction(self.tr("Start View of the Portal Map")).triggered.connect(self._on_start)
        self.addAction(self.tr("Area Flanders as Polygon")).triggered.connect(self._on_area)
        self.set_index(self._index)

    def set_index(self, index: CatalogueIndex) -> None:
        """Offer the quick links whose layer this portal has."""
        self._index = index
        for action in self._links:
            action.setVisible(index.named(action.data().layer) is not None)

    def _offer(self, menu: QMenu, title: str, what: object, slot: object) -> object:
        action = menu.addAction(title)
        action.setData(what)
        action.triggered.connect(slot)
        return action

    @pyqtSlot(bool)
    def _on_base_map(self, _checked: bool = False) -> None:
        base_map = self.sender().data()
        layers = self._host.project.mapLayers().values()
        if any(layer.customProperty(BASE_MAP) == base_map.id for layer in layers):
            self._tell_present(base_map.name)
            return
        root = self._host.project.layerTreeRoot()
        group = root.insertGroup(-1, base_map.name)  # below everything else
        for layer in base_map_layers(base_map):
            self._host.project.addMapLayer(layer, False)
            group.insertLayer(0, layer)
        group.setExpanded(False)

    def _tell_present(self, title: str) -> None:
        self.told.emit(self.tr("“{title}” is on the map already.").format(title=title))

    @pyqtSlot(bool)
    def _on_service(self, _checked: bool = False) -> None:
        service = self.sender().data()
        if self._host.project.layerTreeRoot().findGroup(service.name) is not None:
            self._tell_present(service.name)
            return
        crs = self._host.project.crs().authid()
        work = partial(open_map_service, service, crs, self._services.transport)
        task = PortalTask(self.tr("Open a map service"), work)
        task.succeeded.connect(self._show_service)
        task.failed.connect(self.failed)
        self._services.tasks.start(task)

    def _show_service(self, opened: OpenedService) -> None:
        root = self._host.project.layerTreeRoot()
        group = root.insertGroup(0, opened.service.name)
        for place, layer in enumerate(opened.layers):
            self._host.project.addMapLayer(layer, False)
            group.addLayer(layer).setItemVisibilityChecked(place < _VISIBLE)
        self.told.emit(self._tell_service(opened))

    def _tell_service(self, opened: OpenedService) -> str:
        count, title = len(opened.layers), opened.service.name
        shown = min(count, _VISIBLE)
        if opened.left_out:
            text = self.tr(
                "“{title}” is a large service: {n} of its {total} layers are on the map, the first "
                "{shown} of them drawn. Keep it as WMS connection to choose from all."
            )
            return text.format(title=title, n=count, total=count + opened.left_out, shown=shown)
        text = self.tr("“{title}” is on the map: {n} layers, the first {shown} of them drawn.")
        return text.format(title=title, n=count, shown=shown)

    @pyqtSlot(bool)
    def _on_link(self, _checked: bool = False) -> None:
        entry = self._index.named(self.sender().data().layer)
        if entry is not None:
            self.layer_requested.emit(entry)

    def _on_connections(self, _checked: bool = False) -> None:
        for service in flemish_base().services:
            settings.keep_wms_connection(service.name, service.url)
        text = self.tr("{n} WMS connections are in the Browser panel and the Data Source Manager.")
        self.told.emit(text.format(n=len(flemish_base().services)))

    def _on_flanders(self, _checked: bool = False) -> None:
        zoom_to_flanders(self._host)

    def _on_start(self, _checked: bool = False) -> None:
        size = self._host.canvas.mapSettings().outputSize()
        box = extent_of(flemish_base().start_view, size.width(), size.height())
        zoom_to(self._host, box, QgsCoordinateReferenceSystem("EPSG:3857"))

    def _on_area(self, _checked: bool = False) -> None:
        base = flemish_base()
        geometry = QgsGeometry.fromRect(base.flanders)
        geometry.convertToMultiType()
        area = PortalArea(pid="", name=base.flanders_name)
        layer = area_layer(base.flanders_name, [AreaShape(area, geometry)])
        add_to_group(self._host, self.tr("Areas"), layer)
        self._host.select_layer(layer)
