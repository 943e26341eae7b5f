"""What is on the map, in the portal's own map; and back from its address."""

from __future__ import annotations

from functools import partial
from typing import Callable, Optional

from qgis.core import (
    QgsApplication,
    QgsCoordinateTransform,
    QgsCsException,
    QgsFeatureRequest,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QMenu, QWidget

from biodiv_plugin.gui.host import Host
from biodiv_plugin.gui.latest_task import LatestTask
from biodiv_plugin.gui.layers.adder import add_to_group
from biodiv_plugin.layers.portal_areas import area_fields, wgs84
from biodiv_plugin.portal.area import Extent
from biodiv_plugin.portal.catalogue import LayerEntry
from biodiv_plugin.portal.map_link import MapLink
from biodiv_plugin.portal.query import OccurrenceQuery
from biodiv_plugin.services import Services
from biodiv_plugin.use_cases.map_links import OpenedLink, open_map_link, write_map_link

_MOST_AREAS = 20  # the portal's map fetches each by itself


def _ask_nothing() -> Optional[OccurrenceQuery]:
    return None


class MapLinkMenu(QMenu):
    """Two ways: layers, areas, view and question to the portal's map, and from its address."""

    layer_requested = pyqtSignal(object)  # a LayerEntry to add
    query_requested = pyqtSignal(object)  # an OccurrenceQuery to ask
    told = pyqtSignal(str)
    failed = pyqtSignal(object)  # a PortalError

    def __init__(
        self,
        services: Services,
        host: Host,
        entries: Callable[[], tuple[LayerEntry, ...]],
        parent: Optional[QWidget] = None,
    ) -> None:
        super().__init__(parent)
        self._services, self._host, self._entries = services, host, entries
        self.ask_query: Callable[[], Optional[OccurrenceQuery]] = _ask_nothing
        self.open_action = self.addAction(self.tr("Show This Map in the Portal"))
        self.paste_action = self.addAction(self.tr("Paste a Link of the Portal Map"))
        self.open_action.triggered.connect(self._on_open)
        self.paste_action.triggered.connect(self._on_paste)
        self._writing = LatestTask(services.tasks, self.tr("Make a link to the portal map"), self)
        self._reading = LatestTask(services.tasks, self.tr("Read a link of the portal map"), self)
        self._writing.succeeded.connect(self._browse)
        self._reading.succeeded.connect(self._show)
        for task in (self._writing, self._reading):
            task.failed.connect(self.failed)

    def _on_open(self, _checked: bool = False) -> None:
        link = MapLink(
            query=self.ask_query(),
            field_ids=tuple(entry.field_id for entry in self._entries()),
            pids=self._pids(),
            extent=self._extent(),
        )
        self._writing.start(partial(_write, self._services, link))

    def _on_paste(self, _checked: bool = False) -> None:
        url = QgsApplication.clipboard().text()
        self._reading.start(partial(_read, self._services, url, self.tr("Areas of a link")))

    def _browse(self, url: str) -> None:
        self._services.browser(url)

    def _pids(self) -> tuple[str, ...]:
        """Return the ids of the portal's areas that are on the map."""
        names = set(area_fields().names())
        found: dict[str, None] = {}
        for layer in self._host.project.layerTreeRoot().checkedLayers():
            if isinstance(layer, QgsVectorLayer) and names <= set(layer.fields().names()):
                request = QgsFeatureRequest().setFlags(QgsFeatureRequest.Flag.NoGeometry)
                for feature in layer.getFeatures(request.setLimit(_MOST_AREAS)):
                    pid = str(feature["pid"] or "")
                    if pid.isdigit():  # merged areas and classes of grids are none of the map's
                        found[pid] = None
        return tuple(found)[:_MOST_AREAS]

    def _extent(self) -> Optional[Extent]:
        settings = self._host.canvas.mapSettings()
        to_degrees = QgsCoordinateTransform(
            settings.destinationCrs(), wgs84(), self._host.project.transformContext()
        )
        try:
            box = to_degrees.transformBoundingBox(self._host.canvas.extent())
        except QgsCsException:
            return None
        if box.isEmpty() or not box.isFinite():
            return None
        west, south, east, north = (
            round(value, 5)
            for value in (box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum())
        )
        return west, south, east, north

    def _show(self, opened: OpenedLink) -> None:
        for entry in reversed(opened.entries):  # the first is the top one
            self.layer_requested.emit(entry)
        if opened.areas is not None:
            add_to_group(self._host, self.tr("Areas"), opened.areas.layer)
        if opened.extent is not None:
            self._zoom(opened.extent)
        if opened.missing:
            text = self.tr("The portal does not know these parts of the link: {ids}.")
            self.told.emit(text.format(ids=", ".join(opened.missing)))
        if opened.query is not None:
            self.query_requested.emit(opened.query)

    def _zoom(self, extent: Extent) -> None:
        canvas = self._host.canvas
        crs = canvas.mapSettings().destinationCrs()
        to_map = QgsCoordinateTransform(wgs84(), crs, self._host.project.transformContext())
        try:
            canvas.setExtent(to_map.transformBoundingBox(QgsRectangle(*extent)))
        except QgsCsException:
            return  # a view that this CRS cannot show; what the link names is here all the same
        canvas.refresh()


def _write(services: Services, link: MapLink, feedback: object) -> str:
    return write_map_link(link, services.environment, services.occurrences, feedback)


def _read(services: Services, url: str, name: str, feedback: object) -> OpenedLink:
    return open_map_link(
        url, services.environment, services.catalogue, services.areas, name, feedback
    )
