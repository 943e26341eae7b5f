"""The page in QGIS's options: which portal, what is kept of it, and whether it answers."""

from __future__ import annotations

from unittest.mock import MagicMock

import pytest
from qgis.gui import QgsMessageBar
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QMainWindow, QPushButton

from biodiv_plugin import environments, settings
from biodiv_plugin.gui.options_factory import KEY, OptionsFactory
from biodiv_plugin.gui.options_page import OptionsPage
from biodiv_plugin.plugin import BiodivPlugin

LEFT = Qt.MouseButton.LeftButton
KEPT = (
    settings.ENVIRONMENT,
    settings.CUSTOM_PORTAL,
    settings.CUSTOM_ISSUER,
    settings.CUSTOM_NAME_MATCHING,
    settings.STAY_SIGNED_IN,
    *(settings.client_id(name) for name in environments.known()),
)


@pytest.fixture(autouse=True)
def clean_settings(qgis_app):
    yield
    for setting in KEPT:
        setting.reset()


@pytest.fixture
def changes():
    return []


@pytest.fixture
def page(qtbot, changes):
    page = OptionsFactory(lambda: changes.append(settings.ENVIRONMENT.get())).createWidget()
    assert isinstance(page, OptionsPage)
    qtbot.addWidget(page)
    page.show()
    yield page
    page.test.clear()
    qtbot.waitUntil(page.test._tasks.is_idle, timeout=20_000)


def choose(page, name):
    page.portal.setCurrentIndex(page.portal.findData(name))


def test_the_page_has_its_place_in_the_options(qgis_app):
    factory = OptionsFactory(lambda: None)
    assert factory.key() == KEY and factory.title() == "Biodiversity Portal"
    assert not factory.icon().isNull()


def test_the_live_portal_is_shown_first_and_nothing_changes(page, changes):
    assert page.portal.currentData() == "prod" and not page._custom.isVisible()
    assert page.no_client.isVisible()  # none is registered yet
    assert page.isValid()
    page.apply()
    assert changes == []


def test_another_portal_takes_effect_at_once(page, changes):
    choose(page, "demo")
    assert not page.no_client.isVisible()
    assert settings.ENVIRONMENT.get() == "prod"  # not before the dialog is accepted
    page.apply()
    assert changes == ["demo"] and environments.active({}).id == "demo"


def test_staying_signed_in_is_no_other_portal(page, changes):
    page.stay.setChecked(True)
    page.apply()
    assert settings.STAY_SIGNED_IN.get() is True and changes == []


def test_each_portal_has_a_client_id_of_its_own(qtbot, page, changes):
    qtbot.keyClicks(page.client_id, " vbp-qgis ")
    assert not page.no_client.isVisible()
    choose(page, "uat")
    assert page.client_id.text() == "" and page.no_client.isVisible()
    qtbot.keyClicks(page.client_id, "test-client")
    choose(page, "prod")
    assert page.client_id.text() == "vbp-qgis"
    page.apply()
    assert environments.named("prod", {}).client_id == "vbp-qgis"
    assert environments.named("uat", {}).client_id == "test-client"
    assert changes == ["prod"]
    page.client_id.clear()
    page._keep_client_id("")
    page.apply()
    assert environments.named("prod", {}).client_id == ""


def test_a_portal_of_ones_own(qtbot, page, changes):
    choose(page, "custom")
    assert page._custom.isVisible()
    assert not page.isValid() and "address of the portal" in page.fault.text()
    qtbot.keyClicks(page.address, "http://portal.example")
    assert not page.isValid() and "https://" in page.fault.text()
    page.address.setText("https://portal.example/")
    assert page.isValid() and not page.fault.isVisible()
    qtbot.keyClicks(page.issuer, "ftp://auth.example")
    assert not page.isValid()
    page.issuer.setText("https://auth.example/realms/vbp")
    page.apply()
    active = environments.active({})
    assert (active.id, active.portal) == ("custom", "https://portal.example")
    assert active.issuer == "https://auth.example/realms/vbp"
    assert active.name_matching == "https://portal.example/namematching"
    assert changes == ["custom"]


def answers(page):
    tree = page.test.results
    items = [tree.topLevelItem(row) for row in range(tree.topLevelItemCount())]
    return {item.text(0): (item.data(0, Qt.ItemDataRole.UserRole), item.text(1)) for item in items}


@pytest.fixture
def on_demo(page, portal, control):
    """The page with the running demo portal typed in as one's own; nothing of it is kept."""
    choose(page, "custom")
    page.address.setText(portal.url)
    page.issuer.setText(portal.issuer)
    page.client_id.setText("vbp-qgis")
    return page


def test_a_test_says_what_answers(qtbot, on_demo):
    qtbot.mouseClick(on_demo.test.button, LEFT)
    qtbot.waitUntil(lambda: "services answer" in on_demo.test.said.text(), timeout=30_000)
    found = answers(on_demo)
    assert on_demo.test.said.text() == "10 of 10 services answer."
    assert all(good and "answers, in" in text for good, text in found.values())
    assert settings.CUSTOM_PORTAL.get() == ""


def test_a_service_that_is_down_is_named_in_words(qtbot, on_demo, control):
    control.fault(kind="status", status=503, path="/species-list/")
    qtbot.mouseClick(on_demo.test.button, LEFT)
    qtbot.waitUntil(lambda: "services answer" in on_demo.test.said.text(), timeout=30_000)
    assert on_demo.test.said.text() == "9 of 10 services answer."
    good, text = answers(on_demo)["Species lists"]
    assert good is False and "problem at the moment" in text
    assert on_demo.test.faults.text() == f"Species lists: {text}"


def test_a_portal_that_is_not_typed_well_is_not_asked(qtbot, page):
    choose(page, "custom")
    page.address.setText("http://portal.example")
    qtbot.mouseClick(page.test.button, LEFT)
    assert "not safe" in page.test.said.text() and answers(page) == {}


def test_another_choice_ends_the_test(qtbot, on_demo, control):
    control.fault(kind="latency", seconds=20, path="/biocache-service/")
    qtbot.mouseClick(on_demo.test.button, LEFT)
    qtbot.waitUntil(lambda: bool(answers(on_demo)), timeout=20_000)
    choose(on_demo, "prod")
    assert answers(on_demo) == {} and on_demo.test.said.text() == ""
    qtbot.waitUntil(on_demo.test._tasks.is_idle, timeout=5000)
    assert answers(on_demo) == {}


def test_closing_the_dialog_ends_the_test(qtbot, on_demo, control):
    control.fault(kind="latency", seconds=20, path="/biocache-service/")
    qtbot.mouseClick(on_demo.test.button, LEFT)
    qtbot.waitUntil(lambda: bool(answers(on_demo)), timeout=20_000)
    on_demo.hide()
    qtbot.waitUntil(on_demo.test._tasks.is_idle, timeout=5000)


@pytest.fixture
def plugin(qtbot, qgis_app, qgis_new_project):
    iface = MagicMock()
    window = QMainWindow()
    qtbot.addWidget(window)
    iface.mainWindow.return_value = window
    iface.messageBar.return_value = QgsMessageBar(window)
    plugin = BiodivPlugin(iface)
    plugin.initGui()
    yield plugin
    plugin.unload()


def test_the_plugin_adds_its_page_and_takes_it_back(plugin):
    (factory,) = plugin._iface.registerOptionsWidgetFactory.call_args.args
    assert isinstance(factory, OptionsFactory)
    plugin.unload()
    plugin._iface.unregisterOptionsWidgetFactory.assert_called_once_with(factory)


def test_another_portal_means_another_session(qtbot, plugin):
    (factory,) = plugin._iface.registerOptionsWidgetFactory.call_args.args
    before = plugin._services
    page = factory.createWidget()
    qtbot.addWidget(page)
    choose(page, "demo")
    page.apply()
    assert plugin._services is not before
    assert plugin._services.environment.id == "demo"
    assert plugin._services.session is not before.session


def test_an_address_that_is_lost_is_told_with_the_way_to_choose(plugin):
    settings.ENVIRONMENT.set("custom")
    plugin.change_portal()
    plugin._on_triggered()
    (item,) = [plugin._iface.messageBar().currentItem()]
    assert "Choose a portal in the options" in item.text()
    item.findChild(QPushButton).click()
    plugin._iface.showOptionsDialog.assert_called_once_with(plugin._iface.mainWindow(), KEY)
