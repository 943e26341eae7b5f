"""A click on the map: values of the layers on it, and observations near it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsPointXY, QgsRectangle
from qgis.PyQt.QtCore import QLocale, QPoint, Qt
from qgis.PyQt.QtGui import QGuiApplication

from biodiv_plugin.gui.layers.identify_page import IdentifyPage
from biodiv_plugin.portal.catalogue import LayerEntry
from biodiv_plugin.portal.errors import PortalFault
from biodiv_plugin.use_cases.identify_at import identify_at
from biodiv_plugin.use_cases.search_catalogue import CatalogueIndex
from tests.qgis.doubles import SOMEBODY, token_set

GHENT = (51.0544, 3.7199)


@pytest.fixture
def index(services):
    return CatalogueIndex(services.catalogue.fields())


@pytest.fixture
def look(services):
    def at(place, entries, radius=250):
        return identify_at(*place, entries, services.intersect, services.occurrences, radius)

    return at


@pytest.fixture
def page(services, host, qtbot, index):
    chosen = [index.named("gemeenten"), index.named("hoogte")]
    made = IdentifyPage(services, host, lambda: chosen)
    made.chosen = chosen
    qtbot.addWidget(host.window)
    qtbot.addWidget(made)
    host.window.resize(500, 400)
    host.window.show()
    host.canvas.setExtent(QgsRectangle(100_000, 190_000, 110_000, 198_000))
    made.show()
    yield made
    qtbot.waitUntil(services.tasks.is_idle, timeout=10_000)


def test_values_by_layer_and_what_was_seen(look, index):
    found = look(GHENT, [index.named("hoogte"), index.named("gemeenten")], 5000)
    height, town = found.values
    assert (town.value, town.told(), town.pid) == ("Gent", "Gent", "217")
    assert height.told().endswith(index.named("hoogte").units)
    assert found.occurrence_count >= len(found.occurrences) > 0


def test_nothing_gone_and_below_the_lowest(look, index):
    gone = LayerEntry("cl999999", "Weg", "weg", 1, "Contextual", "c")
    high = replace(index.named("hoogte"), minimum=10_000.0)
    found = look(GHENT, [gone, high, index.named("belgische_eez")])
    assert [here.known for here in found.values] == [False, True, True]
    assert found.values[0].told() == "the portal no longer knows this layer"
    assert {here.told() for here in found.values[1:]} == {"nothing here"}


def test_without_observations_the_values_stand(look, index, control):
    control.fault(kind="status", status=503, path="/biocache-service")
    found = look(GHENT, [index.named("gemeenten")])
    assert found.values[0].value == "Gent"
    assert isinstance(found.trouble, PortalFault)


def test_a_click_fills_the_panel(page, host, qtbot):
    qtbot.mouseClick(page.panel.tool, Qt.MouseButton.LeftButton)
    tool = host.canvas.mapTool()
    assert tool is not None
    pixel = host.canvas.getCoordinateTransform().transform(QgsPointXY(104_500, 194_000))
    at = QPoint(int(pixel.x()), int(pixel.y()))
    qtbot.mouseClick(host.canvas.viewport(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.waitUntil(page.panel.copy.isEnabled, timeout=10_000)
    values = page.panel.values
    assert (values.item(0, 0).text(), values.item(0, 1).text()) == ("Gemeenten", "Gent")
    assert "m" in values.item(1, 1).text()
    page.back_requested.emit()
    assert host.canvas.mapTool() is not tool, "the map has its own tool back"
    assert not page.panel.tool.isChecked()


def test_the_next_person_does_not_see_what_this_one_saw(page, services, qtbot):
    """Another person sees other records (contract/occurrences 7.3)."""
    page.panel.radius.setValue(5000)
    page.identify(QgsPointXY(104_500, 194_000))
    qtbot.waitUntil(page.panel.copy.isEnabled, timeout=10_000)
    assert page.panel.observations.rowCount() > 0
    page.ask()  # still under way when somebody signs in
    services.session.adopt(token_set(), SOMEBODY, "session")
    qtbot.waitUntil(services.tasks.is_idle, timeout=10_000)
    qtbot.wait(50)
    assert page.panel.observations.rowCount() == page.panel.values.rowCount() == 0
    assert page.panel.table() == page.panel.place.text() == page.panel.near.text() == ""
    assert not page.panel.copy.isEnabled()
    services.session.drop()


def test_another_tool_ends_it(page, host, qtbot):
    page.panel.tool.setChecked(True)
    host.canvas.unsetMapTool(host.canvas.mapTool())
    assert not page.panel.tool.isChecked()


def test_a_closed_dock_lets_go_of_the_map(page, host):
    page.panel.tool.setChecked(True)
    tool = host.canvas.mapTool()
    page.hide()
    assert host.canvas.mapTool() is not tool


def test_the_table_is_copied_for_a_spreadsheet(page, qtbot):
    page.panel.radius.setValue(5000)
    page.identify(QgsPointXY(104_500, 194_000))
    qtbot.waitUntil(page.panel.copy.isEnabled, timeout=10_000)
    qtbot.mouseClick(page.panel.copy, Qt.MouseButton.LeftButton)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0].split("\t") == ["Layer", "Value", "Unit"]
    assert lines[1].split("\t") == ["Gemeenten", "Gent", ""]
    _, height, unit = lines[2].split("\t")
    assert QLocale().toDouble(height)[1]
    assert unit == page.chosen[1].units
    assert len(lines) == 5 + page.panel.observations.rowCount()


def test_without_layers_it_says_so_and_looks_for_observations(page, qtbot):
    page.chosen.clear()
    page.identify(QgsPointXY(104_500, 194_000))
    qtbot.waitUntil(page.panel.copy.isEnabled, timeout=10_000)
    assert "No layer" in page.notice.text()


def test_nothing_near_is_told(page, qtbot, host):
    host.canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    page.identify(QgsPointXY(2.3, 51.7))
    qtbot.waitUntil(page.panel.copy.isEnabled, timeout=10_000)
    assert "larger radius" in page.panel.near.text()


def test_the_newest_click_wins(page, qtbot, control):
    control.fault(kind="latency", seconds=1, path="/spatial-service/intersect", count=1)
    page.identify(QgsPointXY(152_000, 212_000))  # Antwerp, slowly
    page.identify(QgsPointXY(104_500, 194_000))
    qtbot.waitUntil(page.panel.copy.isEnabled, timeout=10_000)
    qtbot.wait(1200)
    assert page.panel.values.item(0, 1).text() == "Gent"


def test_a_failure_is_told_and_can_be_tried_again(page, qtbot, control):
    control.fault(kind="status", status=500, path="/spatial-service/intersect")
    page.identify(QgsPointXY(104_500, 194_000))
    qtbot.waitUntil(lambda: "problem" in page.notice.text(), timeout=10_000)
    control.clear_faults()
    page.ask()
    qtbot.waitUntil(page.panel.copy.isEnabled, timeout=10_000)
