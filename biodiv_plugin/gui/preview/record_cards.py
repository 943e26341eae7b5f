"""The observations at a place of the map, as cards."""

from __future__ import annotations

from html import escape
from typing import Optional

from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsProject
from qgis.gui import QgsMapCanvas, QgsMapMouseEvent, QgsMapTool
from qgis.PyQt.QtCore import QDate, QLocale, Qt, QUrl, pyqtSignal
from qgis.PyQt.QtGui import QKeyEvent
from qgis.PyQt.QtWidgets import QDialog, QTextBrowser, QVBoxLayout, QWidget

from biodiv_plugin.portal.occurrence import Occurrence
from biodiv_plugin.portal.query import Circle
from biodiv_plugin.use_cases.find_records_at import RecordsAt

_REACH = 8  # pixels around a click: twice a dot of the map


class PlaceTool(QgsMapTool):
    """A click tells a circle around the place; Esc gives the former tool back."""

    clicked = pyqtSignal(object)  # a Circle
    canceled = pyqtSignal()

    def __init__(self, canvas: QgsMapCanvas, project: QgsProject) -> None:
        super().__init__(canvas)
        self._project = project
        self.setCursor(Qt.CursorShape.WhatsThisCursor)

    def canvasReleaseEvent(self, event: QgsMapMouseEvent) -> None:  # noqa: N802
        settings = self.canvas().mapSettings()
        wgs84 = QgsCoordinateReferenceSystem("EPSG:4326")
        transform = QgsCoordinateTransform(settings.destinationCrs(), wgs84, self._project)
        place = self.toMapCoordinates(event.pos())
        edge = self.toMapCoordinates(event.pos())
        edge.setY(place.y() + _REACH * settings.mapUnitsPerPixel())
        place, edge = transform.transform(place), transform.transform(edge)
        kilometres = abs(edge.y() - place.y()) * 111.32  # of a degree of latitude
        self.clicked.emit(Circle(place.y(), place.x(), max(0.01, round(kilometres, 3))))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_Escape:
            event.accept()
            self.canceled.emit()


class RecordCards(QDialog):
    """Shows cards; a link tells the page of the portal that is to be opened."""

    page_requested = pyqtSignal(str)

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Observations Here"))
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        self.text.setAccessibleName(self.tr("Observations here"))
        self.text.anchorClicked.connect(self._on_link)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.addWidget(self.text)
        self.resize(360, 420)

    def show_records(self, found: RecordsAt, portal: str) -> None:
        """Show the records, or why there are none."""
        if not found.occurrences:
            self.text.setPlainText(self.tr("Nothing here. Zoom in and click on a dot."))
        else:
            shown = self.tr("{shown} of {total} observations here")
            head = shown.format(shown=len(found.occurrences), total=found.total)
            cards = [self._card(each, portal) for each in found.occurrences]
            self.text.setHtml("<hr>".join([f"<p>{escape(head)}</p>", *cards]))
        self.show()
        self.raise_()

    def _card(self, record: Occurrence, portal: str) -> str:
        name = record.vernacular_name or record.scientific_name
        lines = [f"<b>{escape(name)}</b>", f"<i>{escape(record.scientific_name)}</i>"]
        rows = (
            (self.tr("Date"), self._day(record)),
            (self.tr("Municipality"), record.municipality),
            (self.tr("Uncertainty"), self._metres(record)),
            (self.tr("Dataset"), record.data_resource_name),
            (self.tr("Validation"), record.verification_status),
            (self.tr("Quality remarks"), ", ".join(record.assertions)),
        )
        lines += [f"{escape(label)}: {escape(value)}" for label, value in rows if value]
        page = f"{portal}/biocache-hub/occurrences/{escape(record.uuid)}"
        link = self.tr("Open in Portal")
        lines.append(f'<a href="{page}">{escape(link)}</a>')
        return "<br>".join(lines)

    def _day(self, record: Occurrence) -> str:
        if record.event_date is None:
            return str(record.year or "")
        return QLocale().toString(QDate(record.event_date), QLocale.FormatType.LongFormat)

    def _metres(self, record: Occurrence) -> str:
        known = record.coordinate_uncertainty
        return "" if known is None else f"{known:.0f} m"

    def _on_link(self, url: QUrl) -> None:
        self.page_requested.emit(url.toString())
