"""Challenge 12: all records within 5 or 10 km of a place, filtered, and their species."""

from __future__ import annotations

import math

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QPushButton

from biodiv_plugin.processing.species_in_area import SpeciesInArea
from biodiv_plugin.use_cases.list_backup import ListStore
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


def test_a_list_of_the_species_of_the_place(newcomer, services, browse_as, tmp_path):
    services.__dict__["list_store"] = ListStore(tmp_path / "lists")
    browse_as("hilde")
    newcomer.takes("Amphibia")
    at(newcomer, "Genk")
    newcomer.panel.area.place.radius.setValue(10)
    newcomer.counted()
    newcomer.panel._species.click()
    buttons = newcomer.panel.notice.findChildren
    spin_until(lambda: any(b.text() == "Make a List of These" for b in buttons(QPushButton)), 60)
    (table,) = newcomer.host.project.mapLayers().values()
    species = [row["scientificName"] for row in table.getFeatures()]
    assert species
    next(b for b in buttons(QPushButton) if b.text() == "Make a List of These").click()
    lists = newcomer.dock.lists
    source, review = lists.editing.source, lists.editing.review
    spin_until(lambda: lists.isVisible() and lists.stack.currentWidget() is source, 20)
    assert source.name.currentText() == "scientificName"
    source.values.setCheckedItems(["records"])
    source.check.click()
    spin_until(lambda: review.names.rowCount() == len(species), 20)
    review.name.setText("Rond Genk")
    review.save.click()
    spin_until(lambda: "only you see it" in lists.notice.text(), 20)
    owner, client = services.session.account.user_id, services.species_lists
    (made,) = in_task(lambda fb: client.find_by_name("Rond Genk", owner, fb))
    items = in_task(lambda fb: client.items(made.druid, True, fb))
    assert {item.scientific_name for item in items} == set(species)
    assert all(dict(item.values)["records"].isdecimal() for item in items)
