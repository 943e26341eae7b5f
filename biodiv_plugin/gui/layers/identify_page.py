"""Click on the map: what the portal's layers say there, and what was observed near it."""

from __future__ import annotations

from functools import partial
from typing import Callable, Optional, Sequence

from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsFeedback,
    QgsPointXY,
)
from qgis.gui import QgsMapToolEmitPoint
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QLocale, Qt
from qgis.PyQt.QtGui import QGuiApplication, QHideEvent
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from biodiv_plugin.gui.host import Host
from biodiv_plugin.gui.latest_task import LatestTask
from biodiv_plugin.gui.layers.page import LayerPage
from biodiv_plugin.gui.plain import PlainLabel, tip
from biodiv_plugin.portal.catalogue import LayerEntry
from biodiv_plugin.portal.errors import InvalidQuery
from biodiv_plugin.portal.occurrence import Occurrence
from biodiv_plugin.services import Services
from biodiv_plugin.translation import translate
from biodiv_plugin.use_cases.identify_at import Identified, identify_at

RADIUS = 250  # metres


class IdentifyPanel(QWidget):
    """The button, the radius and two tables; it asks nobody itself."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.tool = QPushButton(self.tr("Click on the Map"))
        self.tool.setCheckable(True)
        self.tool.setIcon(QgsApplication.getThemeIcon("/mActionIdentify.svg"))
        self.radius = QSpinBox()
        self.radius.setRange(10, 10_000)
        self.radius.setSingleStep(50)
        self.radius.setValue(RADIUS)
        self.radius.setSuffix(" m")
        self.radius.setAccessibleName(self.tr("Radius for observations"))
        self.place = PlainLabel()
        self.place.setWordWrap(True)
        self.values = _table([self.tr("Layer"), self.tr("Value here")])
        self.values.setAccessibleName(self.tr("Values of the layers"))
        self.near = PlainLabel()
        self.near.setWordWrap(True)
        self.observations = _table([self.tr("Species"), self.tr("Date"), self.tr("Dataset")])
        self.observations.setAccessibleName(self.tr("Observations near it"))
        self.copy = QPushButton(self.tr("Copy as Table"))
        self.copy.setEnabled(False)
        self._identified: Optional[Identified] = None
        head = QHBoxLayout()
        head.addWidget(PlainLabel(self.tr("Observations within")), 1)
        head.addWidget(self.radius)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.tool)
        column.addLayout(head)
        for widget, share in (
            (self.place, 0),
            (self.values, 2),
            (self.near, 0),
            (self.observations, 3),
        ):
            column.addWidget(widget, share)
        column.addLayout(foot)
        self.copy.clicked.connect(self.copy_table)

    def show_identified(self, found: Identified) -> None:
        self._identified = found
        number = QLocale().toString
        self.place.setText(
            self.tr("At {latitude}, {longitude}").format(
                latitude=number(found.latitude, "f", 5), longitude=number(found.longitude, "f", 5)
            )
        )
        _fill(self.values, [(here.entry.title, here.told()) for here in found.values])
        _fill(self.observations, [_told(occurrence) for occurrence in found.occurrences])
        if found.trouble is not None:
            self.near.setText(self.tr("The observations could not be read."))
        elif not found.occurrence_count:
            text = self.tr("Nothing was observed within {radius} m. Try a larger radius.")
            self.near.setText(text.format(radius=number(int(found.radius_m))))
        elif found.occurrence_count > len(found.occurrences):
            text = self.tr("Observations within {radius} m: {n}; the first {shown}:")
            self.near.setText(
                text.format(
                    n=number(found.occurrence_count),
                    radius=number(int(found.radius_m)),
                    shown=len(found.occurrences),
                )
            )
        else:
            text = self.tr("Observations within {radius} m: {n}")
            count, radius = number(found.occurrence_count), number(int(found.radius_m))
            self.near.setText(text.format(n=count, radius=radius))
        self.copy.setEnabled(True)

    def clear(self) -> None:
        """Show nothing any more."""
        self._identified = None
        for table in (self.values, self.observations):
            table.setRowCount(0)
        self.place.clear()
        self.near.clear()
        self.copy.setEnabled(False)

    def table(self) -> str:
        """Return all that is shown as lines of cells, separated by tabs."""
        found = self._identified
        if found is None:
            return ""
        rows = [
            (self.tr("Layer"), self.tr("Value"), self.tr("Unit")),
            *((here.entry.title, _plain(here.value), here.entry.units) for here in found.values),
            (),
            (self.tr("Species"), self.tr("Date"), self.tr("Dataset")),
            *(_told(occurrence) for occurrence in found.occurrences),
        ]
        return "\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in rows)

    def copy_table(self) -> None:
        QGuiApplication.clipboard().setText(self.table())


class IdentifyPage(LayerPage):
    """Joins the panel to the map and the portal. The newest click wins.

    Args:
        chosen: tells the layers to ask, those on the map.
    """

    def __init__(
        self,
        services: Services,
        host: Host,
        chosen: Callable[[], Sequence[LayerEntry]],
        parent: Optional[QWidget] = None,
    ) -> None:
        self.panel = IdentifyPanel()
        title = translate("IdentifyPage", "What is here?")
        super().__init__(title, self.panel, parent)
        self._services, self._host, self._chosen = services, host, chosen
        self._tool: Optional[QgsMapToolEmitPoint] = None
        self._place: Optional[tuple[float, float]] = None
        self._asking = LatestTask(
            services.tasks, translate("IdentifyPage", "Look up what is here"), self
        )
        self._asking.succeeded.connect(self._show)
        self._asking.failed.connect(self._fail)
        self.panel.tool.toggled.connect(self._on_tool)
        self.panel.radius.editingFinished.connect(self.ask)
        self.back_requested.connect(self.stop)
        self.destroyed.connect(self._asking.cancel)
        services.session.person_changed.connect(self._forget)

    def stop(self) -> None:
        """Give the map its own tool back."""
        self.panel.tool.setChecked(False)

    def identify(self, point: QgsPointXY) -> None:
        """Ask what is at ``point``, which is in the CRS of the map."""
        to_degrees = QgsCoordinateTransform(
            self._host.canvas.mapSettings().destinationCrs(),
            QgsCoordinateReferenceSystem("EPSG:4326"),
            self._host.project.transformContext(),
        )
        try:
            place = to_degrees.transform(point)
        except QgsCsException:
            self._fail(InvalidQuery("no place on earth", part="area_outside"))
            return
        self._place = (place.y(), place.x())
        self.ask()

    def ask(self) -> None:
        """Ask again about the last place."""
        if self._place is None:
            return
        entries = tuple(self._chosen())
        if entries:
            self.notice.clear()
        else:
            self.notice.tell(
                translate(
                    "IdentifyPage",
                    "No layer of the portal is on the map, so only observations are looked up. "
                    "Add layers to read their values.",
                )
            )
        self.panel.place.setText(translate("IdentifyPage", "Looking…"))
        self._asking.start(
            partial(_identify, self._services, *self._place, entries, self.panel.radius.value())
        )

    def _on_tool(self, active: bool) -> None:
        canvas = self._host.canvas
        if active:
            if self._tool is None:
                self._tool = QgsMapToolEmitPoint(canvas)
                self._tool.canvasClicked.connect(self._on_click)
                self._tool.deactivated.connect(self._on_deactivated)
            canvas.setMapTool(self._tool)
            self.panel.place.setText(translate("IdentifyPage", "Click a place on the map."))
        elif not sip.isdeleted(canvas) and canvas.mapTool() is self._tool is not None:
            canvas.unsetMapTool(self._tool)

    def _on_deactivated(self) -> None:
        """Another tool was chosen, or the map is going away: leave the map alone."""
        self.panel.tool.blockSignals(True)
        self.panel.tool.setChecked(False)
        self.panel.tool.blockSignals(False)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Clicks mean nothing while nobody sees the answer."""
        self.stop()
        super().hideEvent(event)

    def _on_click(self, point: QgsPointXY, _button: Qt.MouseButton) -> None:
        self.identify(point)

    def _show(self, found: Identified) -> None:
        self.panel.show_identified(found)

    def _forget(self, _account: object) -> None:
        """Show nobody what the person before has seen (contract/occurrences 7.3)."""
        self._asking.cancel()
        self.panel.clear()
        self.notice.clear()

    def _fail(self, error: Exception) -> None:
        self.panel.place.clear()
        self.notice.tell_error(error, retry=self.ask)


def _identify(
    services: Services,
    latitude: float,
    longitude: float,
    entries: tuple[LayerEntry, ...],
    radius: float,
    feedback: QgsFeedback,
) -> Identified:
    return identify_at(
        latitude,
        longitude,
        entries,
        services.intersect,
        services.occurrences,
        radius,
        feedback=feedback,
    )


def _told(occurrence: Occurrence) -> tuple[str, str, str]:
    names = (occurrence.vernacular_name, occurrence.scientific_name)
    day = occurrence.event_date
    if day is not None:
        date = QLocale().toString(day, QLocale.FormatType.ShortFormat)
    else:
        date = str(occurrence.year or "")
    return " · ".join(filter(None, names)), date, occurrence.data_resource_name


def _plain(value: object) -> str:
    """Return a value as a spreadsheet reads it: numbers in full, in the user's locale."""
    if isinstance(value, float):
        return str(QLocale().toString(value, "g", 10))
    return str(value or "")


def _table(headers: list[str]) -> QTableWidget:
    table = QTableWidget(0, len(headers))
    table.setHorizontalHeaderLabels(headers)
    table.verticalHeader().hide()
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    table.setAlternatingRowColors(True)
    return table


def _fill(table: QTableWidget, rows: Sequence[Sequence[str]]) -> None:
    table.setRowCount(len(rows))
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            item = QTableWidgetItem(cell)
            item.setToolTip(tip(cell))
            table.setItem(row, column, item)
