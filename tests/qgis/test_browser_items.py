"""The catalogue in the Browser panel."""

from __future__ import annotations

import pytest
from qgis.core import QgsApplication, QgsMimeDataUtils, QgsRasterLayer
from qgis.gui import QgsBrowserGuiModel
from qgis.PyQt.QtCore import QModelIndex

from biodiv_plugin.gui.layers.catalogue_doors import CatalogueProvider
from biodiv_plugin.services import Services
from biodiv_plugin.use_cases.read_catalogue import CatalogueCopy

TITLE = "Flemish Biodiversity Portal"


@pytest.fixture
def browser(qgis_app, services, qtbot):
    model = QgsBrowserGuiModel()
    model.initialize()
    registry, provider = QgsApplication.dataItemProviderRegistry(), CatalogueProvider(services)
    registry.addProvider(provider)
    yield model
    registry.removeProvider(provider)
    assert not root(model).isValid(), "taken back without a trace"
    qtbot.waitUntil(services.tasks.is_idle, timeout=10_000)


def root(model) -> QModelIndex:
    rows = (model.index(row, 0) for row in range(model.rowCount()))
    return next((index for index in rows if model.data(index) == TITLE), QModelIndex())


def below(model, index) -> dict[str, QModelIndex]:
    rows = (model.index(row, 0, index) for row in range(model.rowCount(index)))
    return {model.data(found): found for found in rows}


def opened(browser, qtbot) -> dict[str, QModelIndex]:
    browser.fetchMore(root(browser))
    qtbot.waitUntil(lambda: "Grenzen" in below(browser, root(browser)), timeout=10_000)
    return below(browser, root(browser))


def test_categories_and_layers(browser, qtbot):
    boundaries = opened(browser, qtbot)["Grenzen"]
    browser.fetchMore(boundaries)
    qtbot.waitUntil(lambda: browser.rowCount(boundaries) > 0)
    assert {"Gemeenten", "Provincies"} <= below(browser, boundaries).keys()


def test_a_dragged_layer_can_be_opened(browser, qtbot):
    boundaries = opened(browser, qtbot)["Grenzen"]
    browser.fetchMore(boundaries)
    qtbot.waitUntil(lambda: browser.rowCount(boundaries) > 0)
    data = browser.mimeData([below(browser, boundaries)["Gemeenten"]])
    (uri,) = QgsMimeDataUtils.decodeUriList(data)
    assert (uri.layerType, uri.providerKey) == ("raster", "wms")
    assert QgsRasterLayer(uri.uri, uri.name, uri.providerKey).isValid()


def test_nothing_is_asked_before_it_is_opened(browser, control):
    assert root(browser).isValid()
    assert control.requests("/spatial-service") == []


def test_a_portal_that_is_down_is_told_and_tried_again(browser, services, qtbot, control, tmp_path):
    services.catalogue_feed._copy = CatalogueCopy(tmp_path / "none.json")
    control.fault(kind="status", status=503, path="/spatial-service")
    browser.fetchMore(root(browser))
    qtbot.waitUntil(lambda: any("problem" in t for t in below(browser, root(browser))))
    control.clear_faults()
    item = browser.dataItem(root(browser))
    next(action for action in item.actions(None) if action.text() == "Refresh").trigger()
    qtbot.waitUntil(lambda: "Grenzen" in below(browser, root(browser)), timeout=10_000)


def test_without_a_usable_address_there_is_no_item(qgis_app, monkeypatch):
    monkeypatch.setenv("BIODIV_PORTAL_URL", "http://portal.example")
    provider = CatalogueProvider(Services())
    assert provider.createDataItem("", None) is None
    assert provider.createDataItem("biodiv:/x", None) is None
