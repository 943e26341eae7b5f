"""Reports of polygons on the map: made in a task, then as table, print layout or PDF."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Iterator, Optional, Sequence

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsFeatureRequest,
    QgsFeedback,
    QgsMapLayer,
    QgsPrintLayout,
    QgsVectorLayer,
    QgsVectorLayerFeatureSource,
)
from qgis.PyQt.QtCore import QLocale, Qt, pyqtSignal, pyqtSlot
from qgis.PyQt.QtGui import QShowEvent
from qgis.PyQt.QtWidgets import QApplication

from biodiv_plugin.gui.host import Host
from biodiv_plugin.gui.layers.adder import add_to_group
from biodiv_plugin.gui.layers.page import LayerPage
from biodiv_plugin.gui.layers.report_panel import ReportPanel
from biodiv_plugin.gui.saving import ask_file
from biodiv_plugin.layers.report_layout import export_pdf, keep_layout, report_layout
from biodiv_plugin.layers.report_table import area_layer, detail_layer
from biodiv_plugin.portal.catalogue import LayerEntry
from biodiv_plugin.portal.citation import Portal
from biodiv_plugin.portal.errors import StorageFailed
from biodiv_plugin.portal.query import OccurrenceQuery
from biodiv_plugin.portal.report import Reports
from biodiv_plugin.services import Services
from biodiv_plugin.tasks.task import PortalTask
from biodiv_plugin.use_cases.area_report import (
    MOST_POLYGONS,
    layers_of_report,
    plots,
    read_polygons,
    report_areas,
)


class AreaReportPage(LayerPage):
    """Joins the panel to the map and the portal. A report stays until the next one is there."""

    made = pyqtSignal(object)  # Reports

    def __init__(self, services: Services, host: Host) -> None:
        self.panel = ReportPanel()
        super().__init__("", self.panel)
        self.set_title(self.tr("Area report"))
        self._services, self._host = services, host
        self._task: Optional[PortalTask] = None
        self._asked_name = self._name = ""
        self._told: Optional[Reports] = None
        self._added: dict[str, str] = {}  # what of the report is on the map: its part, layer id
        self._watched: set[str] = set()
        for signal, slot in (
            (self.panel.layer_changed, self._on_layer),
            (self.panel.make_requested, self.make),
            (self.panel.table_requested, self.add_table),
            (self.panel.layout_requested, self.open_layout),
            (self.panel.pdf_requested, self._ask_pdf),
        ):
            signal.connect(slot)

    def open(self, layer: Optional[QgsMapLayer] = None) -> None:
        """Show the form, for ``layer`` where one is given."""
        if layer is not None:
            self.panel.layers.setLayer(layer)
        self._on_layer()

    def make(self) -> None:
        """Report on the selected polygons of the chosen layer, or on all of them."""
        layer = self.panel.layer()
        if layer is None or self._task is not None:
            return
        request = QgsFeatureRequest()
        if layer.selectedFeatureCount():
            request.setFilterFids(layer.selectedFeatureIds())
        catalogue = self._services.catalogue_feed.catalogue
        work = partial(
            _report,
            self._services,
            catalogue.index.entries if catalogue else (),
            QgsVectorLayerFeatureSource(layer),  # what a task may read of it
            request,
            self.panel.names.currentField(),
            layer.name(),
            layer.crs(),
            self._host.project.transformContext(),
        )
        self._asked_name = self.tr("Area report of {layer}").format(layer=layer.name())
        task = PortalTask(self._asked_name, work)
        task.succeeded.connect(self._on_made)
        task.failed.connect(self._fail)
        task.canceled.connect(self._on_canceled)
        task.progressChanged.connect(self._on_progress)
        self._task = task
        self.panel.set_busy(True)
        self.notice.tell(self.tr("The report is being made…"))
        self.notice.offer(self.tr("Cancel"), self.cancel)
        self._services.tasks.start(task)

    def cancel(self) -> None:
        """Stop the making; the report of before stays."""
        if self._task is not None:
            self._task.cancel()

    def add_table(self) -> None:
        """Put the polygons with their numbers and the table of details on the map, once."""
        if self._told is not None:
            layer = self._areas()
            self._details()
            self._host.select_layer(layer)
            self.notice.tell(self.tr("The polygons and the table of details are on the map."))

    def open_layout(self) -> None:
        """Make a print layout of the report and open it."""
        if self._told is None:
            return
        with _waiting():
            layout = self._layout(self._areas())
            keep_layout(self._host.project, layout)
        self._host.open_layout(layout)
        self.notice.tell(self.tr("The print layout “{name}” is made.").format(name=layout.name()))

    def save_pdf(self, path: Path) -> None:
        """Write the report as PDF, with what is on the map now; tell where that fails."""
        if self._told is None:
            return
        try:
            with _waiting():
                layer = area_layer(self._name, self._told.reports)
                export_pdf(self._layout(layer), path)
        except StorageFailed as failure:
            self.notice.tell_error(failure)
            return
        self.notice.tell(self.tr("Saved as {file}.").format(file=path.name))
        self.notice.offer(self.tr("Open"), partial(self._services.browser, path.as_uri()))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        self._show_scope()

    def _ask_pdf(self) -> None:
        title = self.tr("Save Report")
        path = ask_file(self, title, self._name, ".pdf", self._host.project)
        if path is not None:
            self.save_pdf(path)

    def _layout(self, layer: QgsVectorLayer) -> QgsPrintLayout:
        portal = Portal(url=self._services.environment.portal)
        return report_layout(self._host.project, self._told, layer, portal)

    def _areas(self) -> QgsVectorLayer:
        return self._on_map("areas") or self._add("areas", area_layer(self._name, self._rows()))

    def _details(self) -> QgsVectorLayer:
        name = self.tr("{report}: details").format(report=self._name)
        return self._on_map("details") or self._add("details", detail_layer(name, self._rows()))

    def _rows(self) -> Sequence:
        return self._told.reports if self._told is not None else ()

    def _on_map(self, part: str) -> Optional[QgsVectorLayer]:
        return self._host.project.mapLayer(self._added.get(part, ""))

    def _add(self, part: str, layer: QgsVectorLayer) -> QgsVectorLayer:
        add_to_group(self._host, self.tr("Area reports"), layer)
        self._added[part] = layer.id()
        return layer

    def _on_layer(self) -> None:
        layer = self.panel.layer()
        if layer is not None and layer.id() not in self._watched:
            self._watched.add(layer.id())
            for changed in (layer.selectionChanged, layer.featureAdded, layer.featuresDeleted):
                changed.connect(self._show_scope)
        self._show_scope()

    def _show_scope(self, *_changes: object) -> None:
        """Tell which polygons are meant, or why there are none."""
        if not self.isVisible():
            return  # it is told when it is shown: somebody may add thousands of features
        layer = self.panel.layer()
        if layer is None:
            text = self.tr("The project has no layer with polygons. {link}Fetch areas{end}")
            self.panel.set_scope(text.format(link='<a href="areas">', end="</a>"), False)
            return
        selected = layer.selectedFeatureCount()
        count = selected or layer.featureCount()
        if count == 0:
            text = self.tr("This layer has no polygons. Draw some, or choose another layer.")
        elif count > MOST_POLYGONS:
            text = self.tr(
                "These are {n} polygons, and a report takes at most {most}. "
                "Select some of them on the map."
            )
        elif selected:
            text = self.tr("Selected polygons: {n}")
        else:
            text = self.tr("All polygons: {n}. Select some on the map to report on these alone.")
        number = QLocale().toString(int(count))
        can_make = count != 0 and count <= MOST_POLYGONS  # -1 where a server does not tell
        self.panel.set_scope(text.format(n=number, most=MOST_POLYGONS), can_make)

    @pyqtSlot(float)
    def _on_progress(self, percent: float) -> None:
        if self.sender() is self._task:
            self.panel.progress.setValue(int(percent))

    @pyqtSlot(object)
    def _on_made(self, told: Reports) -> None:
        if self.sender() is not self._task:
            return
        self._end()
        self.notice.clear()
        self._told, self._name = told, self._asked_name
        self._added.clear()
        self.panel.set_reports(told.reports)
        self.made.emit(told)

    def _on_canceled(self) -> None:
        self._end()
        self.notice.tell(self.tr("The report was stopped."))

    def _fail(self, error: Exception) -> None:
        self._end()
        self.notice.tell_error(error, retry=self.make)

    def _end(self) -> None:
        self._task = None
        self.panel.set_busy(False)


@contextmanager
def _waiting() -> Iterator[None]:
    """Show that QGIS is at work where it cannot be done in a task."""
    QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        yield
    finally:
        QApplication.restoreOverrideCursor()


def _report(
    services: Services,
    entries: Sequence[LayerEntry],
    source: QgsVectorLayerFeatureSource,
    request: QgsFeatureRequest,
    name_field: str,
    layer_name: str,
    crs: QgsCoordinateReferenceSystem,
    context: QgsCoordinateTransformContext,
    feedback: QgsFeedback,
) -> Reports:
    polygons = read_polygons(source, request, name_field, feedback)
    if len(polygons) == 1:  # one without a name has that of its layer
        polygons = [(name or layer_name, shape) for name, shape in polygons]
    chosen = plots(polygons, crs, context, feedback)
    layers = layers_of_report(entries or services.catalogue.fields(feedback=feedback))
    everywhere = OccurrenceQuery(flanders_only=False)  # a polygon may lie over the border
    return report_areas(chosen, everywhere, layers, services.for_report, feedback)
