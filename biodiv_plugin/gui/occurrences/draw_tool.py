"""Map tools of the area: draw a polygon, click a place."""

from __future__ import annotations

from typing import Optional

from qgis.core import QgsGeometry, QgsPointXY, QgsWkbTypes
from qgis.gui import QgsMapCanvas, QgsMapMouseEvent, QgsMapTool, QgsRubberBand
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor, QKeyEvent, QPalette

from biodiv_plugin.use_cases.resolve_area import measured

_FINISH = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ERASE = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
_LEAST = 3  # corners


def outline(canvas: QgsMapCanvas) -> QgsRubberBand:
    """Return an empty outline of an area on the map, in the colours of the palette."""
    band = QgsRubberBand(canvas, QgsWkbTypes.GeometryType.PolygonGeometry)
    colour = canvas.palette().color(QPalette.ColorRole.Highlight)
    band.setStrokeColor(colour)
    band.setWidth(2)
    band.setFillColor(QColor(colour.red(), colour.green(), colour.blue(), 40))
    return band


class PolygonTool(QgsMapTool):
    """Each click sets a corner; a double or right click, or Enter, closes; Esc gives up;
    Backspace takes the last corner back."""

    drawn = pyqtSignal(QgsGeometry)  # in the CRS of the canvas
    measured = pyqtSignal(float)  # square metres, while one draws
    canceled = pyqtSignal()

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__(canvas)
        self._corners: list[QgsPointXY] = []
        self._band: Optional[QgsRubberBand] = None
        self.setCursor(Qt.CursorShape.CrossCursor)

    def activate(self) -> None:
        super().activate()
        self._corners = []
        self._band = outline(self.canvas())
        self.canvas().setFocus()  # for Esc and Enter

    def deactivate(self) -> None:
        if self._band is not None:
            self.canvas().scene().removeItem(self._band)
            self._band = None
        super().deactivate()

    def canvasReleaseEvent(self, event: QgsMapMouseEvent) -> None:  # noqa: N802
        if event.button() == Qt.MouseButton.RightButton:
            self._finish()
        elif event.button() == Qt.MouseButton.LeftButton:
            self._corners.append(self.toMapCoordinates(event.pos()))
            self._show()

    def canvasDoubleClickEvent(self, _event: QgsMapMouseEvent) -> None:  # noqa: N802
        self._finish()  # its first click has set the corner

    def canvasMoveEvent(self, event: QgsMapMouseEvent) -> None:  # noqa: N802
        if self._corners:
            self._show(self.toMapCoordinates(event.pos()))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_Escape:
            self.canceled.emit()
        elif event.key() in _FINISH:
            self._finish()
        elif event.key() in _ERASE and self._corners:
            self._corners.pop()
            self._show()
        else:
            return
        event.ignore()  # what QGIS expects of a tool that has handled a key

    def _finish(self) -> None:
        if len(self._corners) >= _LEAST:
            self.drawn.emit(QgsGeometry.fromPolygonXY([self._corners]))

    def _show(self, moving: Optional[QgsPointXY] = None) -> None:
        if self._band is None:
            return
        corners = [*self._corners, moving] if moving is not None else self._corners
        shape = QgsGeometry.fromPolygonXY([corners]) if corners else QgsGeometry()
        self._band.setToGeometry(shape, None)
        settings = self.canvas().mapSettings()
        enough = len(corners) >= _LEAST
        context = settings.transformContext()
        self.measured.emit(measured(shape, settings.destinationCrs(), context) if enough else 0.0)


class PlaceTool(QgsMapTool):
    """One click tells a place; Esc gives up."""

    picked = pyqtSignal(QgsPointXY)  # in the CRS of the canvas
    canceled = pyqtSignal()

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__(canvas)
        self.setCursor(Qt.CursorShape.CrossCursor)

    def activate(self) -> None:
        super().activate()
        self.canvas().setFocus()

    def canvasReleaseEvent(self, event: QgsMapMouseEvent) -> None:  # noqa: N802
        self.picked.emit(self.toMapCoordinates(event.pos()))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_Escape:
            self.canceled.emit()
            event.ignore()
