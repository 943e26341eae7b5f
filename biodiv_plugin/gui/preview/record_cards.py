"""The observations at a place of the map, as cards."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsProject
from qgis.gui import QgsDockWidget, QgsMapCanvas, QgsMapMouseEvent, QgsMapTool
from qgis.PyQt.QtCore import QDate, QEvent, QLocale, Qt, QUrl, pyqtSignal
from qgis.PyQt.QtGui import QKeyEvent, QTextDocument
from qgis.PyQt.QtWidgets import QTextBrowser

from biodiv_plugin.environments import Environment
from biodiv_plugin.gui.preview.pictures import SIDE, PictureAlbum
from biodiv_plugin.portal.images import ImageClient
from biodiv_plugin.portal.occurrence import Occurrence
from biodiv_plugin.portal.query import Circle
from biodiv_plugin.use_cases.find_records_at import RecordsAt
from biodiv_plugin.use_cases.name_value import name_value

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


class RecordCards(QgsDockWidget):
    """Shows cards; a link tells the page of the portal that is to be opened.

    A panel like QGIS's own for what was identified: it is docked or floats as the person likes,
    and comes back in its place. Tab goes from link to link, Enter opens it.
    """

    page_requested = pyqtSignal(str)

    def __init__(self, album: PictureAlbum, environment: Environment, images: ImageClient) -> None:
        super().__init__()
        self.setObjectName("biodiv_records")  # under this name QGIS keeps its place
        self.setWindowTitle(self.tr("Observations Here"))
        self._album, self._images = album, images
        self._records = f"{environment.service('biocache-hub')}/occurrences/"
        self._found = RecordsAt(0, ())
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        self.text.setAccessibleName(self.tr("Observations here"))
        self.text.anchorClicked.connect(self._on_link)
        self.setWidget(self.text)
        self.setFocusProxy(self.text)
        album.came.connect(self._draw)
        self.visibilityChanged.connect(self._on_visible)

    def show_records(self, found: RecordsAt) -> None:
        """Show the records, or why there are none; pictures come when they are here."""
        self._found = found
        self.text.clear()
        self._draw()
        self.setUserVisible(True)
        self._album.fetch(each.image_ids[0] for each in found.occurrences if each.image_ids)

    def forget(self) -> None:
        """Show nothing any more."""
        self._found = RecordsAt(0, ())
        self._draw()
        self.hide()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:  # links keep the colour they were made in
            self._draw()

    def _draw(self) -> None:
        if not self._found.occurrences:
            self.text.setPlainText(self.tr("Nothing here. Zoom in and click on a dot."))
            return
        number, found = QLocale().toString, self._found
        head = self.tr("{shown} of {total} observations here").format(
            shown=number(len(found.occurrences)), total=number(found.total)
        )
        place = self.text.verticalScrollBar().value()
        cards = [self._card(each) for each in found.occurrences]
        self.text.setHtml("<hr>".join([f"<p>{escape(head)}</p>", *cards]))
        self.text.verticalScrollBar().setValue(place)

    def _card(self, record: Occurrence) -> str:
        page = f"{self._records}{quote(record.uuid, safe='')}"
        label = self.tr("Open in Portal")
        link = f'<a href="{escape(page)}">{escape(label)}</a>'
        lines = "<br>".join([*self._lines(record), link])
        return (
            f'<table width="100%"><tr><td valign="top">{lines}</td>{self._picture(record)}</tr>'
            "</table>"
        )

    def _lines(self, record: Occurrence) -> list[str]:
        name = record.vernacular_name or record.scientific_name
        head = [f"<b>{escape(name)}</b>"]
        if record.vernacular_name:
            head.append(f"<i>{escape(record.scientific_name)}</i>")
        status = record.verification_status
        flags = (name_value("assertions", code) for code in record.assertions)
        rows = (
            (self.tr("Date"), self._day(record)),
            (self.tr("Municipality"), record.municipality),
            (self.tr("Uncertainty"), self._metres(record)),
            (self.tr("Observer"), ", ".join(record.recorded_by)),
            (self.tr("Dataset"), record.data_resource_name),
            (
                self.tr("Validation"),
                status and name_value("identificationVerificationStatus", status),
            ),
            (self.tr("Sensitive"), record.sensitive and name_value("sensitive", record.sensitive)),
            (self.tr("Quality remarks"), ", ".join(flags)),
        )
        return head + [f"{escape(label)}: {escape(value)}" for label, value in rows if value]

    def _picture(self, record: Occurrence) -> str:
        """Return a cell with the first picture, nothing where there is none."""
        known = self._album.picture(record.image_ids[0]) if record.image_ids else None
        if known is None:
            return ""
        image, credit = known
        name = f"picture:{record.image_ids[0]}"
        kind = QTextDocument.ResourceType.ImageResource
        self.text.document().addResource(int(kind), QUrl(name), image)
        page = escape(self._images.page_url(record.image_ids[0]))
        return (
            f'<td width="{SIDE}" align="right" valign="top"><a href="{page}">'
            f'<img src="{escape(name)}"></a><br><small>{escape(credit)}</small></td>'
        )

    def _day(self, record: Occurrence) -> str:
        if record.event_date is None:
            return str(record.year or "")
        return QLocale().toString(QDate(record.event_date), QLocale.FormatType.LongFormat)

    def _metres(self, record: Occurrence) -> str:
        known = record.coordinate_uncertainty
        return "" if known is None else f"{QLocale().toString(round(known))} m"

    def _on_link(self, url: QUrl) -> None:
        self.page_requested.emit(url.toString())

    def _on_visible(self, visible: bool) -> None:
        if not visible and self.isHidden():  # closed, not behind another panel
            self._album.cancel()
