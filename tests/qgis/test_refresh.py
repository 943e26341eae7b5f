"""Refresh, from the menu of a layer to the new file, in the plugin as QGIS starts it."""

from __future__ import annotations

from unittest.mock import MagicMock

import pytest
from qgis.core import QgsField, QgsLayerTreeModel, QgsProject, QgsVectorLayer, edit
from qgis.gui import QgsLayerTreeView, QgsMapCanvas, QgsMessageBar
from qgis.PyQt.QtCore import QMetaType, Qt
from qgis.PyQt.QtWidgets import QMainWindow, QMenu

from biodiv_plugin import settings
from biodiv_plugin.gui.downloads.job_book import JobState
from biodiv_plugin.layers.repeat import CHANGE
from biodiv_plugin.plugin import BiodivPlugin
from biodiv_plugin.processing.download_observations import DownloadObservations
from biodiv_plugin.processing.sign_in import SignIn
from tests.qgis.algorithms import run
from tests.qgis.conftest import BrowserOf
from tests.qgis.doubles import spin, spin_until

ACCEPTED = (settings.TERMS_ACCEPTED_OPEN, settings.TERMS_ACCEPTED_HIGH_RESOLUTION)
KEPT = (
    *ACCEPTED,
    settings.DOWNLOAD_REASON,
    settings.ENVIRONMENT,
    settings.DOCK_OPEN,
    settings.LAST_SECTION,
)


@pytest.fixture
def window(qgis_app):
    window = QMainWindow()
    yield window  # outlives the plugin, as QGIS's does
    window.deleteLater()


@pytest.fixture
def plugin(window, portal, control, qgis_new_project, monkeypatch):
    """The plugin at the demo portal, its dock never opened, of somebody who knows the terms."""
    monkeypatch.setenv("BIODIV_PORTAL_URL", portal.url)
    monkeypatch.setenv("BIODIV_OIDC_ISSUER", portal.issuer)
    settings.ENVIRONMENT.set("demo")
    settings.DOCK_OPEN.set(False)
    settings.DOWNLOAD_REASON.set(7)
    for setting in ACCEPTED:
        setting.set("2026-05-03")
    tree = QgsLayerTreeView(window)
    tree.setModel(QgsLayerTreeModel(QgsProject.instance().layerTreeRoot(), tree))
    area, iface = Qt.DockWidgetArea.RightDockWidgetArea, MagicMock()
    iface.mainWindow.return_value = window
    iface.mapCanvas.return_value = QgsMapCanvas(window)
    iface.messageBar.return_value = QgsMessageBar(window)
    iface.layerTreeView.return_value = tree
    iface.addDockWidget.side_effect = lambda _area, dock: window.addDockWidget(area, dock)
    plugin = BiodivPlugin(iface)
    plugin.initGui()
    window.show()
    yield plugin
    services, dock = plugin._services, plugin._dock
    services.tasks.cancel_all()
    spin_until(services.tasks.is_idle)
    for job in list(dock.jobs.jobs) if dock is not None else []:
        dock.jobs.remove(job)
    plugin.unload()
    for setting in KEPT:
        setting.reset()


@pytest.fixture
def browser(plugin, portal):
    browser = BrowserOf(portal, "hilde")
    plugin._services.__dict__["browser"] = browser
    return browser


@pytest.fixture
def former(plugin, browser, tmp_path):
    """A download of an earlier day, with a column and an edit of one's own, on the map."""
    run(SignIn(plugin._services), {"TIMEOUT": 30})
    path = tmp_path / "alles.gpkg"
    run(DownloadObservations(plugin._services), {"OUTPUT": str(path), "QUALITY_PROFILE": ""})
    layer = QgsVectorLayer(f"{path}|layername=occurrences", "alles", "ogr")
    layer.dataProvider().addAttributes([QgsField("nota", QMetaType.Type.QString)])
    layer.updateFields()
    record = next(layer.getFeatures())
    with edit(layer):
        record["nota"], record["vernacularName"] = "mijn nota", "eigen naam"
        layer.updateFeature(record)
    QgsProject.instance().addMapLayer(layer)
    browser.opened.clear()
    return path, record["recordID"]


def refresh(plugin) -> None:
    """Choose Refresh in the context menu of the layer."""
    tree, menu = plugin._iface.layerTreeView(), QMenu()
    (layer,) = QgsProject.instance().mapLayersByName("alles")
    tree.setCurrentLayer(layer)
    tree.contextMenuAboutToShow.emit(menu)
    (own,) = [action.menu() for action in menu.actions() if action.menu()]
    next(action for action in own.actions() if action.text() == "Refresh").trigger()


def fresh(plugin) -> QgsVectorLayer:
    """Wait for the download; return the layer that it put on the map."""
    jobs = plugin._dock.jobs
    spin_until(lambda: jobs.jobs and jobs.jobs[-1].state is not JobState.RUNNING, 60)
    job = jobs.jobs[-1]
    assert job.error is None and job.state is JobState.DONE
    spin_until(lambda: QgsProject.instance().mapLayersByName(job.target.stem))
    return QgsProject.instance().mapLayersByName(job.target.stem)[0]


def test_refresh_opens_the_dock_and_keeps_what_people_added(plugin, former, control):
    path, record = former
    control.fault("biocache.reindexed")
    assert plugin._dock is None
    refresh(plugin)
    assert plugin._dock.isVisible() and plugin._dock.downloads.isVisible()
    layer = fresh(plugin)
    kept = next(f for f in layer.getFeatures() if f["recordID"] == record)
    assert (kept["nota"], kept["vernacularName"]) == ("mijn nota", "eigen naam")
    assert {"new", "same"} <= {feature[CHANGE] for feature in layer.getFeatures()}
    assert path.is_file()
    assert len(QgsProject.instance().mapLayersByName("alles")) == 1


def test_who_is_signed_out_signs_in_and_the_refresh_goes_on(plugin, former, browser):
    plugin._services.session.drop()
    refresh(plugin)
    assert plugin._dock.downloads.isVisible() and plugin._dock.jobs.jobs == []
    spin_until(lambda: browser.opened, 10)
    assert fresh(plugin).isValid()


def test_who_does_not_sign_in_gets_no_download(plugin, former):
    plugin._services.session.drop()
    plugin._services.__dict__["browser"] = lambda url: True  # a page that nobody fills in
    refresh(plugin)
    spin_until(plugin._dock.sign_in.is_waiting)
    plugin._dock.sign_in.cancel()
    spin_until(lambda: not plugin._dock.sign_in.is_waiting())
    spin(0.2)
    assert plugin._dock.jobs.jobs == []


def test_a_file_that_went_is_told(plugin, former):
    path, _ = former
    refresh(plugin)
    fresh(plugin)
    path.unlink()
    plugin._refresh(path)
    assert plugin._dock.downloads.notice.text()
