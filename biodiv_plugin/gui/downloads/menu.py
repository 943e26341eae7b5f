"""What one can do with a downloaded layer, or one of polygons, in its menu in the layer tree.

Registered when QGIS starts, so that what it opens is loaded on use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Callable, Optional

from qgis.core import Qgis, QgsMapLayer, QgsVectorLayer, QgsWkbTypes
from qgis.gui import QgsLayerTreeView
from qgis.PyQt.QtCore import QObject, pyqtSignal, pyqtSlot
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QDialog, QMenu

from biodiv_plugin import paths
from biodiv_plugin.environments import UnknownEnvironment
from biodiv_plugin.gui.plain import in_message
from biodiv_plugin.layers.guard import file_of, manifest_of
from biodiv_plugin.translation import translate

if TYPE_CHECKING:
    from biodiv_plugin.gui.downloads.news_marks import NewsMarks
    from biodiv_plugin.gui.host import Host
    from biodiv_plugin.gui.latest_task import LatestTask
    from biodiv_plugin.layers.manifest import Manifest
    from biodiv_plugin.services import Services

COPY = "biodiv:publishablecopy"
DIALOG, CHART = "biodiv_citation", "biodiv_chart"
DATED = "year"  # a column that records have, and squares have not


class DownloadMenu(QObject):
    """Adds a submenu to the context menu of layers that were downloaded or hold polygons."""

    refresh_requested = pyqtSignal(object)  # the file to download again
    report_requested = pyqtSignal(object)  # the layer whose polygons to report on

    def __init__(self, tree: QgsLayerTreeView, services: Services, host: Host) -> None:
        super().__init__()
        self._tree, self._services, self._host = tree, services, host
        self._layer: Optional[QgsMapLayer] = None
        self._manifest: Optional[Manifest] = None
        self._address: Optional[LatestTask] = None
        self._news: Optional[NewsMarks] = None
        tree.contextMenuAboutToShow.connect(self._on_menu)

    def close(self) -> None:
        self._tree.contextMenuAboutToShow.disconnect(self._on_menu)
        if self._address is not None:
            self._address.cancel()
        if self._news is not None:
            self._news.close()
        self._close_dialogs(DIALOG)
        self._close_dialogs(CHART)

    def cite(self, _checked: bool = False) -> None:
        """Show how to cite the layer, in a window that lets one work on."""
        from biodiv_plugin.gui.downloads.citation_dialog import CitationDialog

        layer, manifest = self._layer, self._manifest
        if layer is None or manifest is None:
            return
        self._close_dialogs(DIALOG)
        dialog = CitationDialog(manifest, layer.name(), self._services, self._host)
        dialog.setObjectName(DIALOG)
        dialog.setProperty("layer", layer.id())
        dialog.notice.log_requested.connect(self._host.open_log)
        dialog.layout_requested.connect(self._place)
        dialog.show()

    def put_in_layout(self, _checked: bool = False) -> None:
        """Put the citation of the layer, as the file tells it, in a print layout."""
        from biodiv_plugin.use_cases.cite_download import citation_of

        if self._layer is not None and self._manifest is not None:
            text = citation_of(self._manifest).text(translate("Metadata", "en"))
            self._put(self._layer.id(), text)

    def open_in_portal(self, _checked: bool = False) -> None:
        """Open the search of the layer in the portal, or the portal where there was none."""
        from biodiv_plugin.portal.errors import InvalidQuery
        from biodiv_plugin.portal.query import OccurrenceQuery
        from biodiv_plugin.use_cases.complete_query import write_address

        manifest = self._manifest
        if manifest is None:
            return
        environment, client = self._services.environment, self._services.occurrences
        if not manifest.query or manifest.portal != environment.portal:
            self._browse(manifest.portal)  # imported by hand, or downloaded from another portal
            return
        try:
            query = OccurrenceQuery.from_json(dict(manifest.query))
        except InvalidQuery as error:
            self._tell(error)
            return
        self._search().start(
            lambda feedback: write_address(query, environment, client, feedback=feedback)
        )

    def make_copy(self, _checked: bool = False) -> None:
        if self._layer is not None:
            self._host.open_algorithm(COPY, {"INPUT": self._layer.id()})

    def show_chart(self, _checked: bool = False) -> None:
        """Show when the records of the layer were seen, in a window that lets one work on."""
        from biodiv_plugin.gui.downloads.chart_window import ChartWindow

        if self._layer is not None:
            window = ChartWindow(self._layer, self._services.tasks, self._host)
            window.setObjectName(CHART)
            window.show()

    def switch_uncertainty(self, _checked: bool = False) -> None:
        """Draw the circle that each record lies in, or no longer."""
        from biodiv_plugin.layers.styles import show_uncertainty, shows_uncertainty

        layer = self._layer
        if isinstance(layer, QgsVectorLayer):
            show_uncertainty(layer, not shows_uncertainty(layer))

    def check_news(self, _checked: bool = False) -> None:
        """Ask what the portal got since the download; a mark beside the layer tells it."""
        from biodiv_plugin.gui.downloads.news_marks import NewsMarks

        if self._layer is None or self._manifest is None:
            return
        if self._news is None:
            self._news = NewsMarks(self._tree, self._services, self._host)
            self._news.refresh_requested.connect(self._refresh)
        self._news.check(self._layer, self._manifest)

    def refresh(self, _checked: bool = False) -> None:
        if self._layer is not None:
            self._refresh(self._layer)

    def report(self, _checked: bool = False) -> None:
        """Ask for the report of the layer's polygons, in the dock."""
        if self._layer is not None:
            self.report_requested.emit(self._layer)

    def _on_menu(self, menu: QMenu) -> None:
        self._layer = self._tree.currentLayer()
        self._manifest = manifest_of(self._layer) if self._layer is not None else None
        entries = [*self._of_download(), *self._of_polygons()]
        if not entries:
            return
        title = self.tr("Biodiversity Portal")
        own = QMenu(title, menu)
        own.setIcon(QIcon(str(paths.resource("icons/portal.svg"))))
        for label, icon, slot in entries:
            action = own.addAction(QIcon(str(paths.resource(f"icons/{icon}.svg"))), label)
            action.triggered.connect(slot)
        before = menu.actions()[1] if len(menu.actions()) > 1 else None  # after "Zoom to Layer"
        menu.insertMenu(before, own)

    def _of_download(self) -> list[tuple[str, str, Callable[[bool], None]]]:
        if self._manifest is None:
            return []
        return [
            (self.tr("Cite…"), "cite", self.cite),
            (self.tr("Put Citation in Print Layout"), "cite", self.put_in_layout),
            (self.tr("Open in Portal"), "portal", self.open_in_portal),
            (self.tr("Make Publishable Copy…"), "sensitive", self.make_copy),
            *self._of_records(),
            *self._of_question(),
        ]

    def _of_polygons(self) -> list[tuple[str, str, Callable[[bool], None]]]:
        layer, polygons = self._layer, QgsWkbTypes.GeometryType.PolygonGeometry
        if not isinstance(layer, QgsVectorLayer) or layer.geometryType() != polygons:
            return []
        return [(self.tr("Area Report…"), "layers", self.report)]

    def _of_records(self) -> list[tuple[str, str, Callable[[bool], None]]]:
        from biodiv_plugin.layers.styles import shows_uncertainty

        layer = self._layer
        if not isinstance(layer, QgsVectorLayer) or DATED not in layer.fields().names():
            return []
        entries = [(self.tr("Phenology and Trend…"), "quality", self.show_chart)]
        shown = shows_uncertainty(layer)
        if shown is not None:
            text = self.tr("Hide Uncertainty") if shown else self.tr("Show Uncertainty")
            entries.append((text, "area", self.switch_uncertainty))
        return entries

    def _of_question(self) -> list[tuple[str, str, Callable[[bool], None]]]:
        """Return what a file can do that tells its question, to the portal that answered it."""
        manifest = self._manifest
        try:
            here = self._services.environment.portal
        except UnknownEnvironment:
            return []
        if manifest is None or not manifest.query or manifest.portal != here:
            return []
        return [
            (self.tr("Check for New Observations"), "alerts", self.check_news),
            (self.tr("Refresh"), "repeat", self.refresh),
        ]

    def _refresh(self, layer: QgsMapLayer) -> None:
        file = file_of(layer)
        if file is not None:
            self.refresh_requested.emit(file)

    @pyqtSlot(str)
    def _place(self, text: str) -> None:
        self._put(self.sender().property("layer"), text)

    def _search(self) -> LatestTask:
        from biodiv_plugin.gui.latest_task import LatestTask

        if self._address is None:
            title = self.tr("Find the search in the portal")
            self._address = LatestTask(self._services.tasks, title, self)
            self._address.succeeded.connect(self._browse)
            self._address.failed.connect(self._tell)
        return self._address

    def _put(self, layer_id: str, text: str) -> None:
        from biodiv_plugin.layers.layout_citation import layout_for_citation, put_citation

        layout = self._host.layout() or layout_for_citation(self._host.project)
        put_citation(layout, layer_id, text)
        self._host.open_layout(layout)

    def _browse(self, url: str) -> None:
        self._services.browser(url)

    def _tell(self, error: Exception) -> None:
        from biodiv_plugin.messages import explain

        bar = self._host.message_bar
        title = self.tr("Biodiversity Portal")
        bar.pushMessage(title, in_message(explain(error)), Qgis.MessageLevel.Warning)

    def _close_dialogs(self, name: str) -> None:
        for dialog in self._host.window.findChildren(QDialog, name):
            dialog.close()
