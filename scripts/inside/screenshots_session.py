"""Runs in QGIS (``qgis --code``): one scene after the other, each saved as a picture.

``DEMO_FOLDER`` takes the pictures and what is downloaded for them; ``DEMO_DARK`` is 1 where the
theme is the dark one, of which only the whole window is shown.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from pathlib import Path

sys.path.append(os.environ["BIODIV_INSIDE"])

import qgis.utils
import scene
from person import Person
from qgis.core import QgsPointXY, QgsProject
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtTest import QTest
from qgis.utils import iface

FOLDER = Path(os.environ["DEMO_FOLDER"])
PLACE = QgsPointXY(177995, 186589)  # where the demo portal has several records
DARK = os.environ.get("DEMO_DARK") == "1"

project = QgsProject.instance()
report: dict[str, object] = {}


def path() -> None:
    person = Person(qgis.utils.plugins["biodiv_plugin"], project)
    scene.calm()
    person.sign_in()
    snap(person, "aangemeld")
    layer = person.add_portal_layer("Habitatrichtlijn")
    person.dock.layers.panel.search.setText("gebied")
    snap(person, "lagen")
    area = scene.study_area(FOLDER, project)
    person.report(area)
    snap(person, "gebiedsrapport")
    person.choose_analysis("AooEoo")
    snap(person, "analyses")
    person.ask("boomkikker", area)
    scene.zoom_to(area, project)
    snap(person, "waarnemingen")
    if not DARK:
        show_preview(person)
    person.download(str(FOLDER / "waarnemingen.gpkg"))
    snap(person, "downloads")
    person.watch(area)
    snap(person, "meldingen")
    person.load_list("Burchten")
    person.dock.lists.shelf.search.setText("")
    snap(person, "lijsten")
    project.layerTreeRoot().findLayer(layer.id()).setItemVisibilityChecked(True)
    person.dock.show_section("occurrences")
    scene.wait_for_map()
    scene.picture(FOLDER / ("overzicht-nacht.png" if DARK else "overzicht.png"))


def show_preview(person: Person) -> None:
    """Save the map that the portal draws, with its switches and the records of a place."""
    from biodiv_plugin.gui.preview.record_cards import RecordCards

    person.preview("dataResourceName", PLACE)
    scene.wait_for_map()
    scene.picture(FOLDER / "kaartbeeld.png")
    for cards in iface.mainWindow().findChildren(RecordCards):
        cards.close()
    project.removeMapLayer(iface.activeLayer())  # the preview, which was added last
    person.dock.setUserVisible(True)


def snap(person: Person, name: str) -> None:
    """Save the dock alone."""
    QTest.qWait(400)
    if not DARK:
        person.dock.grab().save(str(FOLDER / f"{name}.png"))


def run() -> None:
    try:
        path()
    except Exception:  # noqa: BLE001 (told in the report, and by the picture)
        report["error"] = traceback.format_exc()
        scene.picture(FOLDER / "error.png")
    (FOLDER / "report.json").write_text(json.dumps(report))
    project.clear()
    QTimer.singleShot(0, qgis.utils.iface.actionExit().trigger)


QTimer.singleShot(500, run)
