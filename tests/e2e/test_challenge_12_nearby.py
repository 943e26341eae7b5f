"""Challenge 12: all records within 5 or 10 km of a place, filtered, and their species."""

from __future__ import annotations

import math

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest

from biodiv_plugin.processing.species_in_area import SpeciesInArea
from tests.qgis.algorithms import run
from tests.qgis.doubles import in_task, spin_until


def kilometres(circle, record) -> float:
    north = (record.decimal_latitude - circle.latitude) * 111.2
    east = (record.decimal_longitude - circle.longitude) * 111.2
    return math.hypot(north, east * math.cos(math.radians(circle.latitude)))


def at(newcomer, place: str) -> None:
    newcomer.menu("biodiv_area_place")
    line = newcomer.panel.area.place.line
    QTest.keyClicks(line, place)
    spin_until(lambda: line._model.rowCount())
    QTest.keyClick(line, Qt.Key.Key_Return)
    spin_until(lambda: newcomer.panel.area.place.circle())


def test_within_five_and_ten_kilometres(newcomer, services):
    at(newcomer, "Genk")
    counts = {}
    for radius in (5, 10):
        newcomer.panel.area.place.radius.setValue(radius)
        query = newcomer.counted()
        counts[radius] = newcomer.section._answer.counted.count
        records = in_task(lambda fb, query=query: list(services.occurrences.search(query, 300, fb)))
        assert records
        for record in records:
            assert kilometres(query.circle, record) <= radius * 1.02
    assert 0 < counts[5] < counts[10]
    assert "within 10 km of Genk" in newcomer.said()
    newcomer.panel.quality.validated.setChecked(True)
    newcomer.counted()
    assert newcomer.section._answer.counted.count < counts[10]


def test_the_species_of_the_place_as_a_table(newcomer, services):
    at(newcomer, "Genk")
    query = newcomer.counted()
    newcomer.menu("biodiv_query_copy")
    spin_until(lambda: "clipboard" in newcomer.panel.bar.told(), 15)
    address = QgsApplication.clipboard().text()
    outputs = run(SpeciesInArea(services), {"QUERY": address, "OUTPUT": "TEMPORARY_OUTPUT"})
    species = in_task(lambda fb: services.occurrences.species(query, feedback=fb))
    assert outputs["OUTPUT"]
    assert species
