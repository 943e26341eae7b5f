"""Looks up the observations at a click on a preview."""

from __future__ import annotations

from functools import partial
from typing import Optional

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsPointXY,
)
from qgis.gui import QgsMapTool, QgsVertexMarker
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, Qt
from qgis.PyQt.QtGui import QPalette
from qgis.PyQt.QtWidgets import QDockWidget, QMainWindow

from biodiv_plugin.deletion import delete_later
from biodiv_plugin.gui.host import Host
from biodiv_plugin.gui.latest_task import LatestTask
from biodiv_plugin.gui.plain import in_message
from biodiv_plugin.gui.preview.pictures import PictureAlbum
from biodiv_plugin.gui.preview.record_cards import PlaceTool, RecordCards
from biodiv_plugin.layers.preview_layer import preview_of
from biodiv_plugin.messages import explain
from biodiv_plugin.portal.query import Circle
from biodiv_plugin.services import Services
from biodiv_plugin.use_cases.find_records_at import RecordsAt, find_records_at

_SIZE = 20  # pixels: around a dot of the map


class PreviewIdentify(QObject):
    """Gives the map a tool for one preview layer, and its own tool back."""

    def __init__(self, services: Services, host: Host) -> None:
        super().__init__()
        self._services, self._host = services, host
        self._layer_id = ""
        self._former: Optional[QgsMapTool] = None
        self.tool = PlaceTool(host.canvas, host.project)
        self.album = PictureAlbum(services, self)
        self.cards = RecordCards(self.album, services.environment, services.images)
        self._place_cards()
        self._asking = LatestTask(services.tasks, self.tr("Look up the observations"), self)
        self._asking.succeeded.connect(self._show)
        self._asking.failed.connect(self._tell)
        self.tool.clicked.connect(self._on_clicked)
        self.tool.canceled.connect(self.stop)
        self.cards.page_requested.connect(self._browse)
        self.cards.closed.connect(self._unmark)
        self._mark: Optional[QgsVertexMarker] = None
        services.session.person_changed.connect(self._forget)

    def start(self, layer_id: str) -> None:
        """Look up on ``layer_id`` from now on, until Esc or another tool."""
        self._layer_id = layer_id
        if self._host.canvas.mapTool() is not self.tool:
            self._former = self._host.canvas.mapTool()
            self._host.canvas.setMapTool(self.tool)

    def stop(self) -> None:
        if self._host.canvas.mapTool() is self.tool:
            self._host.canvas.unsetMapTool(self.tool)
            if self._former is not None:
                self._host.canvas.setMapTool(self._former)

    def close(self) -> None:
        self._services.session.person_changed.disconnect(self._forget)
        self.stop()
        self._unmark()
        self._asking.cancel()
        self.album.cancel()
        if isinstance(self._host.window, QMainWindow):
            self._host.window.removeDockWidget(self.cards)
        delete_later(self.cards)

    def _forget(self, _account: object) -> None:
        """Show nobody the records that the person before has seen (contract/occurrences 7.3)."""
        self._asking.cancel()
        self.album.cancel()
        self.cards.forget()
        self._unmark()

    def _place_cards(self) -> None:
        """Put the panel where it was last time, else behind the one that shows the portal."""
        window, cards = self._host.window, self.cards
        if not isinstance(window, QMainWindow):
            return
        if not window.restoreDockWidget(cards):
            window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, cards)
            portal = window.findChild(QDockWidget, "biodiv_portal")
            if portal is not None and not portal.isFloating():
                window.tabifyDockWidget(portal, cards)
        cards.hide()

    def _on_clicked(self, place: Circle) -> None:
        layer = self._host.project.mapLayer(self._layer_id)
        preview = preview_of(layer) if layer is not None else None
        if preview is None:  # the layer is gone, and the tool with it
            self.stop()
            return
        self._mark_place(place)
        client = self._services.occurrences
        self._asking.start(partial(find_records_at, preview.asked(), place, client))

    def _mark_place(self, place: Circle) -> None:
        """Show on the map which place the cards are of."""
        self._unmark()
        canvas = self._host.canvas
        self._mark = mark = QgsVertexMarker(canvas)
        mark.setIconType(QgsVertexMarker.IconType.ICON_CIRCLE)
        mark.setIconSize(_SIZE)
        mark.setPenWidth(2)
        mark.setColor(canvas.palette().color(QPalette.ColorRole.Highlight))
        wgs84 = QgsCoordinateReferenceSystem("EPSG:4326")
        here = canvas.mapSettings().destinationCrs()
        transform = QgsCoordinateTransform(wgs84, here, self._host.project)
        mark.setCenter(transform.transform(QgsPointXY(place.longitude, place.latitude)))

    def _unmark(self) -> None:
        mark, self._mark = self._mark, None
        if mark is not None and not sip.isdeleted(mark):
            self._host.canvas.scene().removeItem(mark)

    def _show(self, found: RecordsAt) -> None:
        self.cards.show_records(found)

    def _browse(self, url: str) -> None:
        self._services.browser(url)

    def _tell(self, error: Exception) -> None:
        title = self.tr("Observations on the map")
        self._host.message_bar.pushMessage(
            title, in_message(explain(error)), Qgis.MessageLevel.Warning
        )
