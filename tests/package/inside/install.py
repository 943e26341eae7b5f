"""Runs in QGIS (``qgis --code``): install the archive, use it, and take it out again."""

from __future__ import annotations

import gc
import json
import logging
import os
import sys
import threading
import traceback
from pathlib import Path

import pyplugin_installer
import qgis.utils
from qgis.core import (
    QgsApplication,
    QgsNetworkAccessManager,
    QgsNetworkRequestParameters,
    QgsProject,
)
from qgis.PyQt.QtCore import QCoreApplication, QEvent, QTimer, QUrl
from qgis.PyQt.QtNetwork import QNetworkRequest
from qgis.PyQt.QtWidgets import QAction, QApplication, QDockWidget, QToolBar, QWidget

NAME = "biodiv_plugin"
iface = qgis.utils.iface
REPORT = Path(os.environ["BIODIV_REPORT"])
PICTURE = os.environ["BIODIV_PORTAL_URL"] + "/biocache-service/ogc/wms/reflect?q=x"
report: dict[str, object] = {}


def settle() -> None:
    """Let Qt delete what was told to go later."""
    for _ in range(5):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()
    gc.collect()


def state() -> dict:
    """All that a plugin can leave behind in a QGIS."""
    window = iface.mainWindow()
    return {
        "docks": sorted(dock.objectName() for dock in window.findChildren(QDockWidget)),
        "toolbars": sorted(bar.objectName() for bar in window.findChildren(QToolBar)),
        "actions": sorted(a.objectName() for a in window.findChildren(QAction) if a.objectName()),
        "web menu": sorted(action.text() for action in iface.webMenu().actions()),
        "web toolbar": sorted(a.text() for a in iface.webToolBar().actions()),
        "providers": sorted(p.id() for p in QgsApplication.processingRegistry().providers()),
        "top windows": sorted(
            f"{type(w).__name__} {w.objectName()}"
            for w in QApplication.topLevelWidgets()
            if w.isVisible()
        ),
        "own widgets": sorted(
            type(widget).__name__
            for widget in window.findChildren(QWidget)
            if type(widget).__module__.startswith(NAME)
        ),
        "threads": sorted(t.name for t in threading.enumerate() if not t.daemon),
        "log handlers": sorted(
            type(handler).__name__ for handler in logging.getLogger(NAME).handlers
        ),
        "translation": QCoreApplication.translate("PortalDock", "Layers"),
        "excepthook": sys.excepthook.__module__,
        "path": [entry for entry in sys.path if NAME in entry or "_vendor" in entry],
        "a picture's address": prepared(PICTURE),
    }


def prepared(address: str) -> str:
    """Return the address that QGIS asks for, after the preprocessors of all plugins."""
    reply = QgsNetworkAccessManager.instance().get(QNetworkRequest(QUrl(address)))
    reply.abort()
    reply.deleteLater()
    return reply.request().url().toString()


def install() -> None:
    pyplugin_installer.instance().installFromZipFile(os.environ["BIODIV_ZIP"])
    report["installed and started"] = NAME in qgis.utils.active_plugins
    qgis.utils.unloadPlugin(NAME)
    settle()


def start() -> None:
    """Start the plugin, and tell what that alone brought in."""
    asked: list[str] = []

    def remember(request: QgsNetworkRequestParameters) -> None:
        asked.append(request.request().url().toString())

    manager = QgsNetworkAccessManager.instance()
    manager.requestAboutToBeCreated[QgsNetworkRequestParameters].connect(remember)
    qgis.utils.loadPlugin(NAME)
    qgis.utils.startPlugin(NAME)
    settle()
    manager.requestAboutToBeCreated[QgsNetworkRequestParameters].disconnect(remember)
    report["requests at start"] = asked
    report["file"] = sys.modules[NAME].__file__
    report["while loaded"] = state()


def unload() -> None:
    plugin = qgis.utils.plugins[NAME]
    plugin.show_dock()
    settle()
    report["with dock"] = state()
    plugin.unload()
    qgis.utils.unloadPlugin(NAME)  # which calls unload() a second time
    settle()
    report["after"] = state()


def reload() -> None:
    """As Plugin Reloader does, many times over."""
    report["reloaded"] = []
    for _ in range(5):
        qgis.utils.loadPlugin(NAME)
        qgis.utils.startPlugin(NAME)
        qgis.utils.plugins[NAME].show_dock()
        settle()
        report["reloaded"].append(qgis.utils.reloadPlugin(NAME))
        qgis.utils.unloadPlugin(NAME)
        settle()
    report["after reloading"] = state()


def run() -> None:
    try:
        report["before"] = state()
        install()
        start()
        unload()
        reload()
        report["messages"] = [item.text() for item in iface.messageBar().items()]
    except Exception:  # noqa: BLE001 (told in the report)
        report["error"] = traceback.format_exc()
    REPORT.write_text(json.dumps(report, indent=1))
    QgsProject.instance().clear()
    QTimer.singleShot(0, iface.actionExit().trigger)


QTimer.singleShot(500, run)
