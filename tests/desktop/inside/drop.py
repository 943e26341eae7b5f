"""Runs in QGIS (``qgis --code``): layers are dragged from the dock and the Browser onto the map.

Writes what came of it to the file that ``BIODIV_REPORT`` names.
"""

from __future__ import annotations

import json
import os
import time
import traceback
from pathlib import Path
from typing import Callable

import qgis.utils
from qgis.core import QgsMimeDataUtils, QgsProject
from qgis.PyQt.QtCore import QMimeData, QModelIndex, QPoint, QPointF, Qt, QTimer
from qgis.PyQt.QtGui import QDragEnterEvent, QDropEvent
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication
from qgis.utils import iface

project = QgsProject.instance()
report: dict[str, object] = {}
actions, button, key = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier


def wait(condition: Callable[[], object], what: str) -> object:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        QTest.qWait(50)
    raise AssertionError(f"waited for {what}")


def row(model: object, above: QModelIndex, words: str) -> QModelIndex:
    """Return the row below ``above`` whose text begins with ``words``."""
    for number in range(model.rowCount(above)):
        index = model.index(number, 0, above)
        if str(index.data()).startswith(words):
            return index
    return QModelIndex()


def drop(data: QMimeData) -> list[object]:
    """Let go of ``data`` over the map; return what is there afterwards."""
    window, canvas = iface.mainWindow(), iface.mapCanvas()
    middle = canvas.mapTo(window, QPoint(canvas.width() // 2, canvas.height() // 2))
    entering = QDragEnterEvent(middle, actions, data, button, key.NoModifier)
    entering.ignore()
    QApplication.sendEvent(window, entering)
    known = set(project.mapLayers())
    dropped = QDropEvent(QPointF(middle), actions, data, button, key.NoModifier)
    QApplication.sendEvent(window, dropped)
    added = wait(lambda: set(project.mapLayers()) - known, "the layer that was dropped")
    layer = project.mapLayer(added.pop())
    return [entering.isAccepted(), layer.name(), layer.providerType(), layer.isValid()]


def path() -> None:
    project.setCrs(project.crs().fromEpsgId(31370))
    dock = qgis.utils.plugins["biodiv_plugin"].show_dock()
    dock.show_section("layers")
    model = dock.layers.panel.model
    wait(model.count, "the catalogue")
    group = row(model, QModelIndex(), "Grenzen")
    report["dock"] = drop(model.mimeData([row(model, group, "Gemeenten")]))
    browser = iface.browserModel()
    root = wait(lambda: row(browser, QModelIndex(), "Flemish"), "the Browser's item")
    browser.fetchMore(root)
    wait(lambda: row(browser, root, "Grenzen").isValid(), "the catalogue in the Browser")
    group = row(browser, root, "Grenzen")
    browser.fetchMore(group)
    wait(lambda: row(browser, group, "Provincies").isValid(), "the layers in the Browser")
    data = browser.mimeData([row(browser, group, "Provincies")])
    report["uris"] = len(QgsMimeDataUtils.decodeUriList(data))
    report["browser"] = drop(data)
    known = dock.layers.entries_on_map()
    report["known again"] = sorted(entry.title for entry in known)


def run() -> None:
    try:
        path()
    except Exception:  # noqa: BLE001 (told in the report)
        report["error"] = traceback.format_exc()
    Path(os.environ["BIODIV_REPORT"]).write_text(json.dumps(report))
    project.clear()  # else QGIS asks whether to save
    QTimer.singleShot(0, iface.actionExit().trigger)


QTimer.singleShot(500, run)
