"""The catalogue as a page of the Data Source Manager."""

from __future__ import annotations

import pytest
from qgis.core import QgsProviderRegistry
from qgis.gui import QgsGui
from qgis.PyQt.QtCore import Qt, QUrl

from biodiv_plugin.gui.account.sign_in import SignInController
from biodiv_plugin.gui.layers import marks
from biodiv_plugin.gui.layers.catalogue_doors import CatalogueSourceProvider
from biodiv_plugin.gui.layers.section import LayerSection
from biodiv_plugin.services import Services


@pytest.fixture
def page(services, host, qtbot):
    registry, provider = (
        QgsGui.sourceSelectProviderRegistry(),
        CatalogueSourceProvider(services, lambda: host),
    )
    registry.addProvider(provider)
    made = registry.createSelectionWidget(
        "biodiv", None, Qt.WindowType.Widget, QgsProviderRegistry.WidgetMode.Embedded
    )
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.panel.model.count() > 50, timeout=10_000)
    yield made
    registry.removeProvider(provider)
    qtbot.waitUntil(services.tasks.is_idle, timeout=20_000)
    marks._RECENT.reset()
    marks._FAVOURITES.reset()


def test_the_managers_button_adds(page, qtbot, host):
    qtbot.keyClicks(page.panel.search, "gemeenten")
    with qtbot.waitSignal(page.enableButtons, check_params_cb=bool):
        qtbot.keyClick(page.panel.search, Qt.Key.Key_Return)
    assert page.isVisible(), "Enter is for the search"
    page.addButtonClicked()
    qtbot.waitUntil(lambda: host.project.count() == 1, timeout=20_000)
    qtbot.keyClick(page.panel.tree, Qt.Key.Key_Return)
    assert page.isVisible()
    qtbot.waitUntil(lambda: "already" in page.notice.text())
    assert host.project.count() == 1


def choose(page, qtbot, words: str):
    qtbot.keyClicks(page.panel.search, words)
    qtbot.keyClick(page.panel.search, Qt.Key.Key_Return)
    return page.panel.current()


def offered(page) -> dict:
    """Return the items of the menu beside the star, as it opens."""
    page.panel._add.menu().aboutToShow.emit()
    return {action.text(): action for action in page.panel._add.menu().actions()}


def test_styles_and_forms_to_choose_from_as_in_the_dock(page, qtbot, host):
    qtbot.waitUntil(lambda: page.panel.menu.offer is not None, timeout=10_000)
    choose(page, qtbot, "BWK")
    assert page.panel._add.isVisible()
    assert page.panel._add.popupMode() == page.panel._add.ToolButtonPopupMode.InstantPopup
    assert {"Outline", "Filled", "Data: Features With Attributes"} <= offered(page).keys()
    assert "As Polygons…" not in offered(page), "that is a page of the dock"
    offered(page)["Outline"].trigger()
    qtbot.waitUntil(lambda: host.project.count() == 1, timeout=20_000)
    (layer,) = host.project.mapLayers().values()
    assert "styles=outline" in layer.source()
    offered(page)["Filled"].trigger()
    assert "styles=polygon" in layer.source()
    assert host.project.count() == 1


def test_the_card_has_its_pictures_and_pages(page, qtbot, services):
    opened = []
    services.__dict__["browser"] = opened.append
    entry = choose(page, qtbot, "hoogtemodel")
    qtbot.waitUntil(lambda: entry.field_id in page.panel._pictures, timeout=10_000)
    assert page.panel._card.toHtml().count("<img") == 2
    page.panel._card.anchorClicked.emit(QUrl(entry.licence_url))
    offered(page)["Metadata Page"].trigger()
    assert opened == [entry.licence_url, services.catalogue.page_url(entry)]


def test_the_dock_and_the_page_ask_the_map_server_once(page, qtbot, services, host, control):
    dock = LayerSection(services, host, SignInController(services))
    qtbot.addWidget(dock)
    dock.activate()
    qtbot.waitUntil(lambda: dock.panel.menu.offer is not None, timeout=10_000)
    assert dock.panel.menu.offer is page.panel.menu.offer
    asked = control.requests("/geoserver/ALA/wcs")
    assert len(asked) == 1
    entry = choose(page, qtbot, "gemeenten")
    page.panel.favourite_toggled.emit(entry)
    dock.activate()
    assert dock.model.data(dock.model.index(0, 0)) == "Favourites (1)"


def test_without_a_choice_nothing_is_added(page, host):
    page.panel.tree.clearSelection()
    page.panel._filter()
    page.addButtonClicked()
    assert host.project.count() == 0


def test_a_failure_is_told(page, qtbot, control):
    qtbot.waitUntil(lambda: page._feed.catalogue.copied is None, timeout=10_000)
    control.fault(kind="status", status=503, path="/spatial-service")
    page._feed.refresh()
    qtbot.waitUntil(lambda: "problem" in page.notice.text(), timeout=10_000)
    assert page.panel.model.count() > 50, "what was read stays"


def test_it_goes_by_the_name_of_the_portal(services, host):
    provider = CatalogueSourceProvider(services, lambda: host)
    assert provider.providerKey() == provider.name() == "biodiv"
    assert provider.text() == "Biodiversity Portal"
    assert not provider.icon().isNull()


def test_without_a_usable_address_it_says_so(qgis_app, host, qtbot, monkeypatch):
    monkeypatch.setenv("BIODIV_PORTAL_URL", "http://portal.example")
    page = CatalogueSourceProvider(Services(), lambda: host).createDataSourceWidget()
    qtbot.addWidget(page)
    page.show()
    assert "Choose a portal in the options" in page.label.text()
