"""The plugin as QGIS loads it, at the demo portal: its window, its timers, and its end."""

from __future__ import annotations

from unittest.mock import MagicMock

import pytest
from qgis.gui import QgsMapCanvas, QgsMessageBar
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QMainWindow

from biodiv_plugin import settings
from biodiv_plugin.plugin import BiodivPlugin
from biodiv_plugin.use_cases.watch_store import WatchStore
from tests.qgis.doubles import spin_until

KEPT = (settings.ENVIRONMENT, settings.DOCK_OPEN, settings.LAST_SECTION)


@pytest.fixture
def window(qgis_app):
    window = QMainWindow()
    yield window  # outlives the plugin, as QGIS's does
    window.deleteLater()


@pytest.fixture
def plugin(window, portal, control, qgis_new_project, tmp_path, monkeypatch):
    """The plugin at the demo portal, with an empty profile; its dock is closed."""
    monkeypatch.setenv("BIODIV_PORTAL_URL", portal.url)
    monkeypatch.setenv("BIODIV_OIDC_ISSUER", portal.issuer)
    settings.ENVIRONMENT.set("demo")
    settings.DOCK_OPEN.set(False)
    iface = MagicMock()
    iface.mainWindow.return_value = window
    iface.mapCanvas.return_value = QgsMapCanvas(window)
    iface.messageBar.return_value = QgsMessageBar(window)
    area = Qt.DockWidgetArea.RightDockWidgetArea
    iface.addDockWidget.side_effect = lambda _area, dock: window.addDockWidget(area, dock)
    plugin = BiodivPlugin(iface)
    plugin.initGui()
    plugin._services.__dict__["watch_store"] = WatchStore(tmp_path / "watches")
    window.show()
    yield plugin
    tasks = plugin._services.tasks
    tasks.cancel_all()
    spin_until(tasks.is_idle)
    plugin.unload()
    for setting in KEPT:
        setting.reset()
