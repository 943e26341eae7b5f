"""When the observations of a layer were seen: a chart per month, per week or per year."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import Optional

from qgis.core import (
    QgsApplication,
    QgsCoordinateTransform,
    QgsCsException,
    QgsRectangle,
    QgsVectorLayer,
    QgsVectorLayerFeatureSource,
)
from qgis.PyQt.QtCore import QBuffer, QIODevice, QLocale, Qt, QTimer
from qgis.PyQt.QtGui import QImage, QPalette
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from biodiv_plugin.deletion import prepare
from biodiv_plugin.gui.button_rows import ButtonRows
from biodiv_plugin.gui.host import Host
from biodiv_plugin.gui.latest_task import LatestTask
from biodiv_plugin.gui.notices import Notice
from biodiv_plugin.gui.occurrences.bar_chart import Bar, BarChart
from biodiv_plugin.gui.plain import PlainLabel
from biodiv_plugin.gui.saving import ask_file
from biodiv_plugin.layers.phenology import Phenology, count_dates
from biodiv_plugin.layers.storage import told_by_storage
from biodiv_plugin.portal.errors import StorageFailed
from biodiv_plugin.tasks.registry import TaskRegistry

MONTH, WEEK, YEAR = "month", "week", "year"
LAYER, VIEW = "layer", "view"
PAUSE = 300  # milliseconds that the map must stand still before the chart follows it
SCALE = 2  # pixels of a picture per pixel of the screen: it is printed in reports


class ChartWindow(QDialog):
    """Counts in a task; stays open beside the map, follows it, and goes with its layer."""

    def __init__(self, layer: QgsVectorLayer, tasks: TaskRegistry, host: Host) -> None:
        super().__init__(host.window)
        self.setWindowTitle(self.tr("Phenology and Trend: {layer}").format(layer=layer.name()))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._layer: Optional[QgsVectorLayer] = layer
        self._host = host
        self._counted: Optional[Phenology] = None
        self.unit = QComboBox()
        self.unit.addItem(self.tr("Phenology, per month"), MONTH)
        self.unit.addItem(self.tr("Phenology, per week"), WEEK)
        self.unit.addItem(self.tr("Trend, per year"), YEAR)
        self.part = QComboBox()
        self.part.addItem(self.tr("the whole layer"), LAYER)
        self.part.addItem(self.tr("what the map shows"), VIEW)
        self._title, self.caption = PlainLabel(layer.name()), PlainLabel()
        self.chart = BarChart(self.tr("Observations"), upright=True)
        self.figure = self._make_figure()
        self.notice = Notice()
        self.copy = QPushButton(self.tr("Copy Picture"))
        self.save = QPushButton(self.tr("Save Picture…"))
        self._lay_out()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._task = LatestTask(tasks, self.tr("Count observations by date"), self)
        self._connect()
        self.count()
        prepare(self)

    def count(self) -> None:
        """Count anew; what is shown stays until then."""
        if self._layer is None:
            return
        try:
            extent = self._view() if self.part.currentData() == VIEW else None
        except QgsCsException:  # a map of a place that the layer's coordinates do not reach
            self._tell_none(self.tr("The map shows a place outside the layer's coordinates."))
            return
        source = QgsVectorLayerFeatureSource(self._layer)
        self._task.start(partial(_count, source, extent))

    def picture(self) -> QImage:
        """Return the chart with its title and what was counted, as it stands on the screen."""
        image = QImage(self.figure.size() * SCALE, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(SCALE)
        image.fill(self.palette().color(QPalette.ColorRole.Base))
        self.figure.render(image)
        return image

    def write(self, path: Path) -> None:
        """Write the picture to a PNG file, and tell where that fails."""
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        self.picture().save(buffer, "PNG")
        try:
            with told_by_storage(path):
                path.write_bytes(bytes(buffer.data()))
        except StorageFailed as failure:
            self.notice.tell_error(failure)
        else:
            self.notice.tell(self.tr("Saved as {file}.").format(file=path.name))

    def _make_figure(self) -> QWidget:
        figure = QWidget()
        figure.setAutoFillBackground(True)
        figure.setBackgroundRole(QPalette.ColorRole.Base)
        font = self._title.font()
        font.setBold(True)
        self._title.setFont(font)
        self.caption.setWordWrap(True)
        self.chart.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        column = QVBoxLayout(figure)
        column.addWidget(self._title)
        column.addWidget(self.chart, 1)
        column.addWidget(self.caption)
        return figure

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow(self.tr("Chart"), self.unit)
        form.addRow(self.tr("Of"), self.part)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(self.figure, 1)
        column.addWidget(self.notice)
        column.addLayout(ButtonRows(self.copy, self.save))
        self.resize(520, 360)

    def _connect(self) -> None:
        self._task.succeeded.connect(self._on_counted)
        self._task.failed.connect(self.notice.tell_error)
        self._pause.timeout.connect(self.count)
        self._host.canvas.extentsChanged.connect(self._on_moved)
        self._layer.dataChanged.connect(self._pause.start)
        self._layer.subsetStringChanged.connect(self._pause.start)
        self._layer.willBeDeleted.connect(self._on_layer_gone)
        self.unit.currentIndexChanged.connect(self._show)
        self.part.currentIndexChanged.connect(self._on_part)
        self.copy.clicked.connect(self._on_copy)
        self.save.clicked.connect(self._on_save)
        self.finished.connect(self._on_finished)

    def _view(self) -> QgsRectangle:
        settings = self._host.canvas.mapSettings()
        transform = QgsCoordinateTransform(
            settings.destinationCrs(), self._layer.crs(), self._host.project
        )
        return transform.transformBoundingBox(settings.visibleExtent())

    def _on_moved(self) -> None:
        if self.part.currentData() == VIEW:
            self._pause.start()

    def _on_part(self, _index: int) -> None:
        self.count()

    def _on_counted(self, counted: Phenology) -> None:
        self._counted = counted
        self.notice.clear()
        self._show()

    def _tell_none(self, sentence: str) -> None:
        self._task.cancel()
        self._counted = None
        self.chart.set_bars(())
        self.caption.clear()
        self.notice.tell(sentence)

    def _show(self, _index: int = 0) -> None:
        counted = self._counted
        if counted is None:
            return
        bars = _bars(counted, self.unit.currentData())
        total = sum(bar.count for bar in bars)
        self.chart.set_bars(bars if total else ())
        self.caption.setText(self._caption(counted, bars, total))
        if not total:
            self.notice.tell(self.tr("No observation here has a date that fits this chart."))
        elif self.notice.text():
            self.notice.clear()

    def _caption(self, counted: Phenology, bars: list[Bar], total: int) -> str:
        number = QLocale().toString
        told = [self.tr("{n} observations").format(n=number(total))]
        if total:
            most = max(bars, key=lambda bar: bar.count)
            week = self.unit.currentData() == WEEK
            words = (
                self.tr("most in week {label}: {n}") if week else self.tr("most in {label}: {n}")
            )
            told.append(words.format(label=most.label, n=number(most.count)))
        if counted.records > total:
            left = number(counted.records - total)
            told.append(self.tr("{n} without a date that precise are left out").format(n=left))
        if counted.absences:
            absent = number(counted.absences)
            told.append(self.tr("{n} reported absences are left out").format(n=absent))
        return "; ".join((*told, f"{self.part.currentText()}."))

    def _on_copy(self, _checked: bool = False) -> None:
        QgsApplication.clipboard().setImage(self.picture())
        self.notice.tell(self.tr("Copied."))

    def _on_save(self, _checked: bool = False) -> None:
        title, project = self._title.text(), self._host.project
        path = ask_file(self, self.tr("Save Picture"), title, ".png", project)
        if path is not None:
            self.write(path)

    def _on_layer_gone(self) -> None:
        self._layer = None
        self.close()

    def _on_finished(self, _result: int) -> None:
        self._pause.stop()
        self._task.cancel()


def _count(
    source: QgsVectorLayerFeatureSource, extent: Optional[QgsRectangle], feedback: object
) -> Phenology:
    return count_dates(source, extent, feedback=feedback)


def _bars(counted: Phenology, unit: str) -> list[Bar]:
    """Return the bars; a year that is not over yet is pale."""
    if unit == YEAR:
        this = date.today().year
        return [Bar(str(year), count, year < this) for year, count in counted.years]
    if unit == WEEK:
        return [Bar(str(week), count) for week, count in enumerate(counted.weeks, 1)]
    name, short = QLocale().standaloneMonthName, QLocale.FormatType.ShortFormat
    return [Bar(name(month, short), count) for month, count in enumerate(counted.months, 1)]
