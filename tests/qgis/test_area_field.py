"""Where to look: every way to say it, by clicks and keys."""

from __future__ import annotations

import math

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeature,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QToolButton

from biodiv_plugin.gui.occurrences.area_field import AreaChoice, told_surface
from biodiv_plugin.use_cases.find_places import read_coordinates
from tests.qgis.doubles import spin_until

SQUARE = "POLYGON((100000 180000, 220000 180000, 220000 220000, 100000 220000, 100000 180000))"
HOLE = (
    SQUARE[:-1] + ", (120000 190000, 200000 190000, 200000 210000, 120000 210000, 120000 190000))"
)


def layer_of(*shapes: str, crs: str = "EPSG:31370", name: str = "Mijn gebied") -> QgsVectorLayer:
    layer = QgsVectorLayer(f"MultiPolygon?crs={crs}", name, "memory")
    features = []
    for shape in shapes:
        feature = QgsFeature()
        feature.setGeometry(QgsGeometry.fromWkt(shape))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    QgsProject.instance().addMapLayer(layer)
    return layer


def box(query) -> QgsRectangle:
    return QgsGeometry.fromWkt(query.area).boundingBox()


def degrees(x: float, y: float) -> QgsPointXY:
    transform = QgsCoordinateTransform(
        QgsCoordinateReferenceSystem("EPSG:31370"),
        QgsCoordinateReferenceSystem("EPSG:4326"),
        QgsProject.instance(),
    )
    return transform.transform(QgsPointXY(x, y))


def test_the_map_view_follows_the_map(person):
    person.panel.area._buttons[AreaChoice.MAP_VIEW].click()
    whole = person.counted()
    assert whole.area_name == "the map view"
    person.host.canvas.setExtent(QgsRectangle(90_000, 180_000, 120_000, 200_000))
    assert person.section.query() is None, "the former answer is not of this view"
    part = person.counted()
    assert box(whole).contains(box(part))
    assert not part.flanders_only


def test_the_selected_polygons_of_a_layer_in_any_crs(person):
    layer = layer_of(SQUARE, "POLYGON((20000 150000, 30000 150000, 30000 160000, 20000 150000))")
    person.panel.area.set_layer(layer)
    person.panel.area._buttons[AreaChoice.SELECTION].click()
    both = person.counted()
    assert both.area_name == "Mijn gebied"
    assert both.area.startswith("MULTIPOLYGON")
    layer.selectByIds([min(layer.allFeatureIds())])
    assert person.section.query() is None, "another selection is another question"
    one = person.counted()
    assert one.area.startswith("POLYGON")
    assert abs(box(one).xMinimum() - degrees(100_000, 180_000).x()) < 0.01
    assert "km²" in person.panel.area.note()


def test_holes_are_kept(person):
    person.panel.area.set_layer(layer_of(HOLE))
    person.panel.area._buttons[AreaChoice.SELECTION].click()
    with_hole = person.counted()
    assert "),(" in with_hole.area
    inside = person.section._answer.counted.count
    person.panel.area.set_layer(layer_of(SQUARE))
    person.counted()
    assert inside < person.section._answer.counted.count


def test_quirk_17_an_area_of_too_many_points_tells_its_error(person):
    corners = []
    for step in range(12_000):
        turn, radius = 2 * math.pi * step / 12_000, 30_000 + 400 * math.sin(step / 3)
        corners.append(f"{160_000 + radius * math.cos(turn)} {190_000 + radius * math.sin(turn)}")
    person.panel.area.set_layer(layer_of(f"POLYGON(({', '.join([*corners, corners[0]])}))"))
    person.panel.area._buttons[AreaChoice.SELECTION].click()
    query = person.counted(60)
    assert query.area.count(",") < 5000
    assert "simplified" in person.panel.area.note()
    assert "%" in person.panel.area.note()


@pytest.mark.parametrize(
    ("shape", "word"),
    [("POLYGON((1e30 1e30, 2e30 1e30, 2e30 2e30, 1e30 1e30))", "coordinate system")],
)
def test_an_area_that_cannot_be_is_told(person, shape, word):
    person.panel.area.set_layer(layer_of(shape))
    person.panel.area._buttons[AreaChoice.SELECTION].click()
    person.section.count()
    spin_until(lambda: person.panel.notice.isVisible())
    assert word in person.panel.notice.text()
    assert not person.panel._download.isEnabled()


def test_a_layer_without_polygons_is_asked_for(person):
    person.panel.area._buttons[AreaChoice.SELECTION].click()
    person.section.count()
    assert "polygons" in person.said()


def test_drawing_an_area_shows_its_size_and_counts(person):
    canvas = person.host.canvas
    former = canvas.mapTool()
    person.menu("biodiv_area_drawn")
    for x, y in ((100_000, 180_000), (200_000, 180_000), (200_000, 220_000)):
        person.clicks_map(x, y)
    assert "km²" in person.panel.area.note()
    assert "Esc" in person.panel.area.note()
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    query = person.counted()
    assert query.area_name == "the drawn area"
    assert abs(box(query).xMaximum() - degrees(200_000, 220_000).x()) < 0.02
    assert canvas.mapTool() is former


def test_escape_gives_up_drawing(person):
    canvas = person.host.canvas
    person.menu("biodiv_area_drawn")
    person.clicks_map(100_000, 180_000)
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert person.panel.area.choice() is AreaChoice.FLANDERS
    assert person.counted().area == ""
    assert not person.panel.area.note()


def test_two_corners_make_no_area(person):
    person.menu("biodiv_area_drawn")
    person.clicks_map(100_000, 180_000)
    person.clicks_map(200_000, 180_000)
    QTest.keyClick(person.host.canvas, Qt.Key.Key_Return)
    person.section.count()
    assert person.said() == "Draw the area on the map."
    QTest.keyClick(person.host.canvas, Qt.Key.Key_Backspace)
    person.clicks_map(210_000, 200_000)
    person.clicks_map(150_000, 220_000, Qt.MouseButton.RightButton)
    assert person.panel.area.choice() is AreaChoice.DRAWN


def test_an_area_of_the_portal_by_its_name(person, control):
    person.menu("biodiv_area_portal_area")
    line = person.panel.area.portal_line
    control.forget_requests()
    QTest.keyClicks(line, "Limburg")
    spin_until(lambda: line._model.rowCount())
    assert len(control.requests("/spatial-service/search")) == 1
    QTest.keyClick(line, Qt.Key.Key_Return)
    query = person.counted()
    assert query.area_name == "Limburg"
    assert box(query).contains(QgsPointXY(5.4, 50.95))
    provinces = person.section._services.occurrences
    assert provinces is not None


def test_no_area_of_that_name(person):
    person.menu("biodiv_area_portal_area")
    QTest.keyClicks(person.panel.area.portal_line, "qqqq")
    spin_until(lambda: person.panel.area.note())
    assert "qqqq" in person.panel.area.note()


def test_the_search_for_areas_down_is_told(person, control):
    control.fault(kind="status", status=502, path="/spatial-service/")
    person.menu("biodiv_area_portal_area")
    QTest.keyClicks(person.panel.area.portal_line, "Limburg")
    spin_until(lambda: person.panel.notice.isVisible())
    assert "problem" in person.panel.notice.text()


@pytest.mark.parametrize("text", ["51.05, 3.72", "104800 194500", "51,05 3,72"])
def test_a_place_by_its_coordinates(person, text):
    person.menu("biodiv_area_place")
    QTest.keyClicks(person.panel.area.place.line, text)
    QTest.keyClick(person.panel.area.place.line, Qt.Key.Key_Return)
    circle = person.counted().circle
    assert abs(circle.latitude - 51.05) < 0.02
    assert abs(circle.longitude - 3.72) < 0.02
    assert circle.radius_km == 5


def test_a_place_by_its_name_and_another_radius(person):
    person.menu("biodiv_area_place")
    person.section.count()
    assert "Type the place" in person.said()
    line = person.panel.area.place.line
    QTest.keyClicks(line, "Gent")
    spin_until(lambda: line._model.rowCount())
    QTest.keyClick(line, Qt.Key.Key_Return)
    spin_until(lambda: person.panel.area.place.circle())
    near = person.counted()
    assert near.area_name == "Gent"
    few = person.section._answer.counted.count
    person.panel.area.place.radius.setValue(10)
    assert person.counted().circle.radius_km == 10
    assert few < person.section._answer.counted.count
    assert "within 10 km of Gent" in person.said()


def test_a_place_clicked_on_the_map(person):
    person.menu("biodiv_area_place")
    pick = next(b for b in person.panel.area.place.findChildren(QToolButton) if b.toolTip())
    QTest.mouseClick(pick, Qt.MouseButton.LeftButton)
    person.clicks_map(104_800, 194_500)
    circle = person.counted().circle
    assert abs(circle.latitude - 51.06) < 0.02
    assert person.host.canvas.mapTool() is None


def test_the_whole_portal_and_flanders_only_within_an_area(person):
    flanders = person.section._answer.counted.count
    person.menu("biodiv_area_everywhere")
    assert not person.counted().flanders_only
    everywhere = person.section._answer.counted.count
    assert flanders < everywhere
    person.panel.area._buttons[AreaChoice.MAP_VIEW].click()
    person.counted()
    in_view = person.section._answer.counted.count
    person.panel.area._in_flanders.click()
    assert person.counted().flanders_only
    assert person.section._answer.counted.count < in_view
    assert "as far as in Flanders" in person.said()


def test_hiding_the_section_takes_its_outline_off_the_map(person):
    person.menu("biodiv_area_place")
    QTest.keyClicks(person.panel.area.place.line, "51.05, 3.72")
    QTest.keyClick(person.panel.area.place.line, Qt.Key.Key_Return)
    person.counted()
    assert person.section.area._band is not None
    person.scroll.hide()
    assert person.section.area._band is None
    person.scroll.show()
    assert person.section.area._band is not None


@pytest.mark.parametrize(
    ("text", "latitude", "longitude"),
    [
        ("51.05,3.72", 51.05, 3.72),
        ("3.72; 51.05", 51.05, 3.72),
        ("604800 694500", 51.06, 3.72),
        ("-12.5 100", -12.5, 100),
    ],
)
def test_coordinates_as_people_write_them(text, latitude, longitude):
    place = read_coordinates(text)
    assert abs(place.latitude - latitude) < 0.05
    assert abs(place.longitude - longitude) < 0.05


@pytest.mark.parametrize("text", ["Gent", "12", "1 2 3", "999999 999999", "hoek 12 14b"])
def test_what_is_no_coordinates(text):
    assert read_coordinates(text) is None


def test_surfaces_are_told_in_the_unit_that_fits():
    assert told_surface(12_345).endswith("ha")
    assert told_surface(2_500_000).endswith("km²")
