"""Challenge 11: my municipality, with all records of the Flemish priority species, on the map."""

from __future__ import annotations

import pytest
from qgis.core import QgsGeometry, QgsPointXY
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest

from biodiv_plugin.layers.preview_layer import preview_of
from biodiv_plugin.portal.query import OccurrenceQuery
from tests.qgis.doubles import in_task, spin_until
from tests.qgis.previews import inked, maps  # noqa: F401 (a fixture)

PRIORITY = "Vlaamse prioritaire soorten"


def in_municipality(newcomer, name: str) -> None:
    newcomer.menu("biodiv_area_portal_area")
    line = newcomer.panel.area.portal_line
    QTest.keyClicks(line, name)
    spin_until(lambda: line._model.rowCount())
    titles = [line._model.item(row).text() for row in range(line._model.rowCount())]
    place = next(n for n, title in enumerate(titles) if title == f"{name}  (Gemeenten)")
    popup = line._completer.popup()
    for _ in range(place + 1):
        QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)


def by_list(newcomer, name: str) -> None:
    field = newcomer.panel.lists
    field._edit.setFocus()
    spin_until(lambda: field._model.rowCount(), 15)
    QTest.keyClicks(field._edit, name)
    spin_until(lambda: field._completer.popup().isVisible())
    QTest.keyClick(field._completer.popup(), Qt.Key.Key_Down)
    QTest.keyClick(field._completer.popup(), Qt.Key.Key_Return)
    spin_until(lambda: field.species_list() is not None)


@pytest.fixture
def question(newcomer):
    """The question of the challenge, counted."""
    in_municipality(newcomer, "Gent")
    by_list(newcomer, PRIORITY)
    return newcomer.counted()


def test_the_records_are_those_of_the_list_in_the_municipality(newcomer, services, question):
    assert (question.area_name, question.list_name) == ("Gent", PRIORITY)
    found = newcomer.section._answer.counted.count
    assert found > 0
    assert f"the species on the list “{PRIORITY}”" in newcomer.said()
    assert "in Gent" in newcomer.said()
    records = in_task(lambda f: list(services.occurrences.search(question, 5000, f)))
    items = in_task(lambda f: services.species_lists.items(question.species_list, feedback=f))
    on_list = {item.taxon_key for item in items}
    gent = QgsGeometry.fromWkt(question.area)
    assert len(records) == found
    for record in records:
        place = QgsPointXY(record.decimal_longitude, record.decimal_latitude)
        assert gent.distance(QgsGeometry.fromPointXY(place)) < 1e-4
    kinds = in_task(lambda f: services.occurrences.species(question, feedback=f))
    assert {each.key for each in kinds} <= on_list


def test_they_are_on_the_map(newcomer, services, host, question, maps):  # noqa: F811
    newcomer.dock.occurrences.preview_requested.connect(maps.show)  # as the plugin does
    newcomer.press("Show on Map")
    spin_until(lambda: host.project.mapLayers(), 15)
    (layer,) = (each for each in host.project.mapLayers().values() if preview_of(each))
    assert OccurrenceQuery.from_json(preview_of(layer).query) == question
    gent = QgsGeometry.fromWkt(question.area).boundingBox()
    gent.scale(1.2)
    assert inked(layer, "EPSG:4326", gent) > 0
    gent.setXMinimum(gent.xMaximum())
    gent.setXMaximum(gent.xMinimum() + 0.5)
    assert inked(layer, "EPSG:4326", gent) == 0, "nothing beside the municipality"
    newcomer.settled()
    host.project.clear()
