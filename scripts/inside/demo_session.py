"""Runs in QGIS (``qgis --code``): the main path, from the sign-in to a saved project.

Writes ``report.json``, ``qgis.png`` and ``project.qgz`` into the folder that ``DEMO_FOLDER`` names.
"""

from __future__ import annotations

import json
import os
import sys
import time
import traceback
from pathlib import Path

sys.path.append(os.environ["BIODIV_INSIDE"])

import qgis.utils
from guard import Guard
from person import Person
from qgis.core import Qgis, QgsFeature, QgsGeometry, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtGui import QGuiApplication
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QDockWidget

FOLDER = Path(os.environ["DEMO_FOLDER"])
STAY_OPEN = os.environ.get("DEMO_STAY_OPEN") == "1"
SPECIES = "boomkikker"
PORTAL_LAYER = os.environ.get("DEMO_LAYER", "Habitatrichtlijn")
LIST = "Mijn tuin"
# A piece of Flanders in Belgian Lambert 72, metres: the Campine and the valleys south of it.
AREA = "POLYGON((140000 170000, 245000 160000, 250000 215000, 165000 230000, 140000 170000))"

iface = qgis.utils.iface
project = QgsProject.instance()
guard = Guard()
report: dict[str, object] = {}


def study_area() -> QgsVectorLayer:
    layer = QgsVectorLayer("Polygon?crs=EPSG:31370", "Studiegebied", "memory")
    feature = QgsFeature()
    feature.setGeometry(QgsGeometry.fromWkt(AREA))
    layer.dataProvider().addFeature(feature)
    layer.updateExtents()
    layer.setOpacity(0.4)
    project.addMapLayer(layer)
    return layer


def calm(window: object) -> None:
    """A window as a person would have it: large, without the panels that are not used here."""
    window.showMaximized()
    for dock in window.findChildren(QDockWidget):
        if dock.objectName() in ("Browser", "Browser2", "ProcessingToolbox", "LayerStyling"):
            dock.close()


def path() -> None:
    plugin = qgis.utils.plugins["biodiv_plugin"]
    person = Person(plugin, project)
    calm(iface.mainWindow())
    QTest.qWait(300)
    report["account"] = person.sign_in(choice=1)
    portal_layer = person.add_portal_layer(PORTAL_LAYER)
    report["portal layer"] = [
        portal_layer.name(),
        portal_layer.providerType(),
        portal_layer.isValid(),
    ]
    area = study_area()
    report["counted"] = person.ask(SPECIES, area)
    job = person.download(str(FOLDER / "waarnemingen.gpkg"))
    report["announced"], report["records"] = job.result.announced, job.result.records
    report["citation"] = job.result.citation
    table = person.load_list(LIST)
    report["list"] = [table.name(), table.featureCount()]
    report["layers"] = [
        [layer.name(), layer.providerType(), layer.crs().authid(), layer.isValid(), count(layer)]
        for layer in project.mapLayers().values()
    ]
    show(area)
    save()
    report["signed in again"] = reopened()
    report["signed out"] = person.sign_out()
    report["reopened signed out"] = reopened()


def count(layer: object) -> int:
    return layer.featureCount() if isinstance(layer, QgsVectorLayer) else -1


def show(layer: QgsVectorLayer) -> None:
    canvas = iface.mapCanvas()
    project.setCrs(layer.crs())
    QTest.qWait(200)  # QGIS zooms to the first layer by itself, later
    extent = canvas.mapSettings().layerExtentToOutputExtent(layer, layer.extent())
    extent.scale(1.1)
    canvas.setExtent(extent)
    canvas.refresh()
    end = time.monotonic() + 30
    while canvas.isDrawing() and time.monotonic() < end:
        QTest.qWait(50)
    qgis.utils.plugins["biodiv_plugin"].show_dock().show_section("downloads")
    QTest.qWait(500)
    screen = QGuiApplication.primaryScreen()
    report["picture"] = screen.grabWindow(0).save(str(FOLDER / "qgis.png"))


def save() -> None:
    report["saved"] = project.write(str(FOLDER / "project.qgz"))


def reopened() -> list[object]:
    """Open the saved project anew; return how many of its layers are whole."""
    project.clear()
    read = project.read(str(FOLDER / "project.qgz"))
    layers = project.mapLayers().values()
    return [read, len(layers), sum(layer.isValid() for layer in layers)]


def run() -> None:
    begin = time.monotonic()
    try:
        path()
    except Exception:  # noqa: BLE001 (told in the report, and by the picture)
        report["error"] = traceback.format_exc()
        QGuiApplication.primaryScreen().grabWindow(0).save(str(FOLDER / "error.png"))
    report["seconds"] = round(time.monotonic() - begin, 1)
    report["qgis"] = Qgis.version()
    report["origins"] = dict(guard.origins)
    report["foreign"] = guard.foreign
    (FOLDER / "report.json").write_text(json.dumps(report, indent=1, ensure_ascii=False))
    if STAY_OPEN and "error" not in report:
        return
    project.clear()  # else QGIS asks whether to save
    QTimer.singleShot(0, iface.actionExit().trigger)


QTimer.singleShot(500, run)
