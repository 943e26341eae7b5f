"""A click on the map of the portal shows the observations of that place."""

from __future__ import annotations

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsPointXY,
    QgsProject,
    QgsRectangle,
)
from qgis.gui import QgsMapToolPan
from qgis.PyQt.QtCore import Qt, QUrl
from qgis.PyQt.QtTest import QTest

from biodiv_plugin.gui.preview.desk import PreviewDesk
from biodiv_plugin.gui.preview.switches import SWITCHES, SwitchesProvider
from biodiv_plugin.layers.preview_layer import Look
from biodiv_plugin.portal.query import OccurrenceQuery

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def desk(qtbot, services, host, tmp_path):
    host.window.resize(400, 400)
    host.window.show()
    desk = PreviewDesk(services, host, tmp_path / "previews")
    desk.show(OccurrenceQuery(quality_profile=""))
    qtbot.waitUntil(lambda: bool(host.project.mapLayers()))
    (desk.layer,) = host.project.mapLayers().values()
    yield desk
    desk.close()
    qtbot.waitUntil(services.tasks.is_idle)


@pytest.fixture
def record(services):
    found = services.occurrences.search(OccurrenceQuery(quality_profile=""), 50)
    return next(each for each in found if each.decimal_longitude and each.event_date)


def look_at(host, record, shift=0):
    """Centre the map on a record, at a scale where a click is tens of metres."""
    transform = QgsCoordinateTransform(
        QgsCoordinateReferenceSystem("EPSG:4326"), host.project.crs(), QgsProject.instance()
    )
    place = transform.transform(QgsPointXY(record.decimal_longitude, record.decimal_latitude))
    x, y = place.x() + shift, place.y()
    host.canvas.setExtent(QgsRectangle(x - 500, y - 500, x + 500, y + 500))


def click(host):
    QTest.mouseClick(host.canvas.viewport(), LEFT, pos=host.canvas.viewport().rect().center())


def test_a_click_shows_the_cards_of_the_place(qtbot, desk, host, record, services, portal):
    look_at(host, record)
    desk.identify.start(desk.layer.id())
    click(host)
    qtbot.waitUntil(desk.identify.cards.isVisible, timeout=10_000)
    text = desk.identify.cards.text.toPlainText()
    assert record.scientific_name in text and record.data_resource_name in text
    assert str(record.event_date.year) in text
    pages = []
    services.__dict__["browser"] = pages.append
    link = f"{portal.url}/biocache-hub/occurrences/{record.uuid}"
    assert link in desk.identify.cards.text.toHtml()
    desk.identify.cards.text.anchorClicked.emit(QUrl(link))
    assert pages == [link]


def test_the_years_of_the_layer_hold_for_the_cards_too(qtbot, desk, host, record):
    look_at(host, record)
    desk.look(desk.layer.id(), Look(first=2100))
    desk.identify.start(desk.layer.id())
    click(host)
    qtbot.waitUntil(desk.identify.cards.isVisible, timeout=10_000)
    assert "Nothing here" in desk.identify.cards.text.toPlainText()


def test_esc_gives_the_former_tool_back(desk, host):
    pan = QgsMapToolPan(host.canvas)
    host.canvas.setMapTool(pan)
    desk.identify.start(desk.layer.id())
    desk.identify.start(desk.layer.id())
    assert host.canvas.mapTool() is desk.identify.tool
    QTest.keyClick(host.canvas, Qt.Key.Key_Escape)
    assert host.canvas.mapTool() is pan


def test_the_button_below_the_layer_starts_it(qtbot, desk, host):
    provider = SwitchesProvider(desk._on_made)
    switches = provider.createWidget(desk.layer, 0)
    qtbot.addWidget(switches)
    qtbot.mouseClick(switches.records, LEFT)
    assert host.canvas.mapTool() is desk.identify.tool and provider.id() == SWITCHES


def test_a_layer_that_is_gone_takes_the_tool_along(desk, host, record):
    desk.identify.start(desk.layer.id())
    host.project.removeAllMapLayers()
    click(host)
    assert host.canvas.mapTool() is not desk.identify.tool


def test_a_portal_that_does_not_answer_is_told(qtbot, desk, host, record, control):
    look_at(host, record)
    desk.identify.start(desk.layer.id())
    control.fault(kind="status", status=503, path="/biocache-service")
    click(host)
    qtbot.waitUntil(lambda: host.message_bar.currentItem() is not None, timeout=10_000)
    assert not desk.identify.cards.isVisible()
