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
import scene
import secretstorage
from guard import Guard
from person import PASSWORD, Person
from qgis.core import QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QTimer

FOLDER = Path(os.environ["DEMO_FOLDER"])
STAY_OPEN = os.environ.get("DEMO_STAY_OPEN") == "1"
SPECIES = "boomkikker"
PORTAL_LAYER = "Habitatrichtlijn"
LIST = "Mijn tuin"

project = QgsProject.instance()
guard = Guard()
report: dict[str, object] = {}


def path() -> None:
    person = Person(qgis.utils.plugins["biodiv_plugin"], project)
    scene.calm()
    report["account"] = person.sign_in(PASSWORD, stay=True)
    kept = secrets()
    portal_layer = person.add_portal_layer(PORTAL_LAYER)
    report["portal layer"] = [portal_layer.name(), portal_layer.providerType()]
    area = scene.study_area(FOLDER, project)
    report["counted"] = person.ask(SPECIES, area)
    job = person.download(str(FOLDER / "waarnemingen.gpkg"))
    report["announced"], report["records"] = job.result.announced, job.result.records
    table = person.load_list(LIST)
    report["list"] = [table.name(), table.featureCount()]
    report["layers"] = [told(layer) for layer in project.mapLayers().values()]
    scene.zoom_to(area, project)
    person.dock.show_section("downloads")
    scene.wait_for_map()
    scene.picture(FOLDER / "qgis.png")
    project.write(str(FOLDER / "project.qgz"))
    report["signed in again"] = reopened()
    report["signed out"] = person.sign_out()
    report["reopened signed out"] = reopened()
    report["secrets"] = [kept, secrets()]
    if STAY_OPEN:
        person.sign_in(PASSWORD)


def secrets() -> int:
    """Return how many secrets the session's keyring holds."""
    collection = secretstorage.get_default_collection(secretstorage.dbus_init())
    return len(list(collection.get_all_items()))


def told(layer: object) -> list[object]:
    count = layer.featureCount() if isinstance(layer, QgsVectorLayer) else -1
    return [layer.name(), layer.providerType(), layer.crs().authid(), layer.isValid(), count]


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
        scene.picture(FOLDER / "error.png")
    report["seconds"] = round(time.monotonic() - begin, 1)
    report["origins"] = dict(guard.origins)
    report["foreign"], report["errors"] = guard.foreign, guard.errors
    (FOLDER / "report.json").write_text(json.dumps(report, indent=1, ensure_ascii=False))
    if not STAY_OPEN or "error" in report:
        project.clear()  # else QGIS asks whether to save
        QTimer.singleShot(0, qgis.utils.iface.actionExit().trigger)


QTimer.singleShot(500, run)
