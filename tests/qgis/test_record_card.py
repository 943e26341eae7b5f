"""A click on the map of the portal shows the observations of that place."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsPointXY,
    QgsProject,
    QgsRectangle,
)
from qgis.gui import QgsMapToolPan, QgsVertexMarker
from qgis.PyQt.QtCore import QBuffer, QCoreApplication, QEvent, Qt, QUrl
from qgis.PyQt.QtGui import QImage
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QDockWidget

from biodiv_plugin.gui.preview.desk import PreviewDesk
from biodiv_plugin.gui.preview.pictures import SIDE, small
from biodiv_plugin.gui.preview.switches import SWITCHES, SwitchesProvider
from biodiv_plugin.layers.preview_layer import Look
from biodiv_plugin.portal.query import OccurrenceQuery
from biodiv_plugin.use_cases.find_records_at import RecordsAt
from tests.qgis.doubles import SOMEBODY, token_set

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


def test_what_one_person_saw_is_not_shown_to_the_next(qtbot, desk, host, record, services):
    """Another person sees other records (contract/occurrences 7.3)."""
    looked_at(qtbot, desk, host, record)
    click(host)  # still under way when somebody signs in
    services.session.adopt(token_set(), SOMEBODY, "session")
    cards = desk.identify.cards
    assert not cards.isVisible() and record.uuid not in cards.text.toHtml()
    qtbot.waitUntil(services.tasks.is_idle, timeout=10_000)
    qtbot.wait(50)
    assert not cards.isVisible() and record.uuid not in cards.text.toHtml()
    assert not [item for item in host.canvas.scene().items() if isinstance(item, QgsVertexMarker)]
    services.session.drop()


@pytest.fixture
def pictured(services):
    found = services.occurrences.search(OccurrenceQuery(quality_profile=""), 2000)
    return next(each for each in found if each.image_ids and each.decimal_longitude)


def looked_at(qtbot, desk, host, record):
    """Click on a record and wait for its card and its picture."""
    look_at(host, record)
    desk.identify.start(desk.layer.id())
    click(host)
    qtbot.waitUntil(lambda: record.uuid in desk.identify.cards.text.toHtml(), timeout=10_000)


def pictures(desk) -> list[str]:
    return re.findall('src="picture:([^"]+)"', desk.identify.cards.text.toHtml())


def test_the_card_shows_a_picture_and_whose_it_is(qtbot, desk, host, pictured, services, portal):
    looked_at(qtbot, desk, host, pictured)
    qtbot.waitUntil(lambda: pictured.image_ids[0] in pictures(desk))
    image, credit = desk.identify.album.picture(pictured.image_ids[0])
    assert max(image.width(), image.height()) == SIDE
    assert credit.split(", ")[0] and credit in desk.identify.cards.text.toPlainText()
    pages = []
    services.__dict__["browser"] = pages.append
    link = services.images.page_url(pictured.image_ids[0])
    desk.identify.cards.text.anchorClicked.emit(QUrl(link))
    assert pages == [link] and link.startswith(portal.url)


def test_the_place_of_the_cards_is_marked_until_they_are_closed(qtbot, desk, host, record):
    looked_at(qtbot, desk, host, record)
    marks = [i for i in host.canvas.scene().items() if isinstance(i, QgsVertexMarker)]
    assert len(marks) == 1
    centre = host.canvas.extent().center()
    assert marks[0].center().distance(centre) < 20  # metres; a pixel is 2.5
    desk.identify.cards.close()
    assert not [i for i in host.canvas.scene().items() if isinstance(i, QgsVertexMarker)]


def test_a_picture_is_fetched_once(qtbot, desk, host, pictured, control, services):
    looked_at(qtbot, desk, host, pictured)
    qtbot.waitUntil(lambda: bool(pictures(desk)))
    qtbot.waitUntil(services.tasks.is_idle)
    control.forget_requests()
    looked_at(qtbot, desk, host, pictured)
    qtbot.waitUntil(lambda: bool(pictures(desk)))
    qtbot.waitUntil(services.tasks.is_idle)
    assert control.requests("/image-service") == []


def test_without_a_picture_there_is_no_hole(qtbot, desk, host, pictured, control, services):
    control.fault(kind="status", status=404, path="/image-service")
    looked_at(qtbot, desk, host, pictured)
    qtbot.waitUntil(services.tasks.is_idle)
    html = desk.identify.cards.text.toHtml()
    assert pictured.uuid in html and "<img" not in html
    assert host.message_bar.currentItem() is None  # an adornment
    control.clear_faults()
    looked_at(qtbot, desk, host, pictured)  # asked again at the next click
    qtbot.waitUntil(lambda: bool(pictures(desk)))


def test_a_picture_of_another_host_is_not_taken(qtbot, desk, host, pictured, control, services):
    control.fault("images.redirect")  # the store is at the same host here; ``nr`` forbids it
    looked_at(qtbot, desk, host, pictured)
    qtbot.waitUntil(lambda: bool(pictures(desk)))
    assert control.requests("/image-store") == []


def test_closing_the_panel_ends_the_fetching(qtbot, desk, host, pictured, control, services):
    control.fault(kind="latency", seconds=20, path="/image-service")
    looked_at(qtbot, desk, host, pictured)
    qtbot.waitUntil(lambda: not services.tasks.is_idle())
    desk.identify.cards.close()
    qtbot.waitUntil(services.tasks.is_idle, timeout=3000)


@pytest.mark.parametrize("content", [b"", b"<html>", b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_picture_is_none(content):
    assert small(content).isNull()


def test_an_enormous_picture_is_not_unpacked():
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    assert QImage(5000, 1, QImage.Format.Format_Mono).save(buffer, "PNG")
    assert small(bytes(buffer.data())).isNull()


def test_the_cards_are_a_panel_that_goes_with_the_plugin(qtbot, services, host, tmp_path):
    desk = PreviewDesk(services, host, tmp_path / "previews")
    window, cards = host.window, desk.identify.cards
    assert window.dockWidgetArea(cards) == Qt.DockWidgetArea.RightDockWidgetArea
    assert not cards.isVisible() and cards.objectName() == "biodiv_records"
    desk.close()
    assert cards not in window.findChildren(QDockWidget) or not cards.isVisible()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert window.findChild(QDockWidget, "biodiv_records") is None


def test_the_panel_comes_up_behind_the_dock_of_the_portal(services, host, tmp_path):
    dock = QDockWidget(host.window)
    dock.setObjectName("biodiv_portal")
    host.window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
    desk = PreviewDesk(services, host, tmp_path / "previews")
    desk.identify.cards.show()
    assert host.window.tabifiedDockWidgets(dock) == [desk.identify.cards]
    desk.close()


def test_the_keyboard_opens_a_link(qtbot, desk, host, record, services, portal):
    looked_at(qtbot, desk, host, record)
    pages = []
    services.__dict__["browser"] = pages.append
    text = desk.identify.cards.text
    host.window.activateWindow()
    text.setFocus()
    QTest.keyClick(text, Qt.Key.Key_Tab)
    QTest.keyClick(text, Qt.Key.Key_Return)
    assert len(pages) == 1 and pages[0].startswith(f"{portal.url}/biocache-hub/occurrences/")


def test_a_card_speaks_in_words(desk, record):
    told = replace(
        record,
        verification_status="Validated",
        sensitive="generalised",
        assertions=("COORDINATE_ROUNDED", "SOME_NEW_REMARK"),
        recorded_by=("<b>Jan</b>",),
        coordinate_uncertainty=1234.0,
    )
    cards = desk.identify.cards
    cards.show_records(RecordsAt(1, (told,)))
    text = cards.text.toPlainText()
    assert "Validation: validated" in text and "blurred" in text
    assert "coordinates rounded, some new remark" in text and "<b>Jan</b>" in text
    assert "1,234 m" in text


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
