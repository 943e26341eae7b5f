"""The window that the demo and the pictures show, and the area that they ask about."""

from __future__ import annotations

import time
from pathlib import Path

from qgis.core import (
    QgsCoordinateTransformContext,
    QgsFeature,
    QgsFillSymbol,
    QgsGeometry,
    QgsMapLayer,
    QgsProject,
    QgsSingleSymbolRenderer,
    QgsVectorFileWriter,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QGuiApplication
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QDockWidget
from qgis.utils import iface

# A piece of Flanders in Belgian Lambert 72, metres: the Campine and the valleys south of it.
AREA = "POLYGON((140000 170000, 245000 160000, 250000 215000, 165000 230000, 140000 170000))"
PUT_AWAY = ("Browser", "Browser2", "ProcessingToolbox", "LayerStyling")
TREE_WIDTH = 330  # pixels; the switches of a preview fit


def calm() -> None:
    """Leave a window as a person would have it: large, without the panels not used here."""
    window = iface.mainWindow()
    window.showMaximized()
    for dock in window.findChildren(QDockWidget):
        if dock.objectName() in PUT_AWAY:
            dock.close()
    QTest.qWait(300)
    tree = [dock for dock in window.findChildren(QDockWidget) if dock.objectName() == "Layers"]
    window.resizeDocks(tree, [TREE_WIDTH], Qt.Orientation.Horizontal)
    QTest.qWait(100)


def study_area(folder: Path, project: QgsProject) -> QgsVectorLayer:
    """Write the area to a GeoPackage in ``folder`` and add it to the map."""
    memory = QgsVectorLayer("Polygon?crs=EPSG:31370", "Studiegebied", "memory")
    feature = QgsFeature()
    feature.setGeometry(QgsGeometry.fromWkt(AREA))
    memory.dataProvider().addFeature(feature)
    path = str(folder / "studiegebied.gpkg")
    context, options = QgsCoordinateTransformContext(), QgsVectorFileWriter.SaveVectorOptions()
    options.layerName = "studiegebied"
    QgsVectorFileWriter.writeAsVectorFormatV3(memory, path, context, options)
    layer = QgsVectorLayer(f"{path}|layername=studiegebied", "Studiegebied", "ogr")
    outline = {"style": "no", "outline_color": "#2f8f9d", "outline_width": "0.8"}
    layer.setRenderer(QgsSingleSymbolRenderer(QgsFillSymbol.createSimple(outline)))
    project.addMapLayer(layer)
    return layer


def zoom_to(layer: QgsMapLayer, project: QgsProject) -> None:
    """Show ``layer`` and wait until the map is drawn."""
    canvas = iface.mapCanvas()
    project.setCrs(layer.crs())
    QTest.qWait(200)  # QGIS zooms to the first layer by itself, later
    extent = canvas.mapSettings().layerExtentToOutputExtent(layer, layer.extent())
    extent.scale(1.1)
    canvas.setExtent(extent)
    wait_for_map()


def wait_for_map() -> None:
    canvas = iface.mapCanvas()
    canvas.refresh()
    QTest.qWait(100)
    end = time.monotonic() + 30
    while canvas.isDrawing() and time.monotonic() < end:
        QTest.qWait(50)
    QTest.qWait(300)


def picture(path: Path) -> bool:
    """Save what the screen shows; return whether it was."""
    return QGuiApplication.primaryScreen().grabWindow(0).save(str(path))
