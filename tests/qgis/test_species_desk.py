"""The species of an area from the dock: a table, and names for a list."""

from __future__ import annotations

import pytest
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QPushButton

from biodiv_plugin import settings
from biodiv_plugin.gui.portal_dock import PortalDock
from biodiv_plugin.layers.name_table import NameTable
from biodiv_plugin.processing.sign_in import SignIn
from tests.qgis.algorithms import run
from tests.qgis.doubles import spin_until


@pytest.fixture
def asked(person):
    """Amphibians of Flanders, counted; the portal is asked for their species."""
    person.takes("Amphibia")
    query = person.counted()
    person.panel._species.click()
    return query


def tables(person):
    layers = person.host.project.mapLayers().values()
    return [layer for layer in layers if layer.name().startswith("Species")]


def offered(person) -> QPushButton:
    buttons = person.panel.notice.findChildren(QPushButton)
    return next(button for button in buttons if button.text() == "Make a List of These")


def test_a_table_of_the_species_with_their_lists(person, asked, services):
    spin_until(lambda: tables(person), 60)
    (layer,) = tables(person)
    assert layer.name() == "Species in Flanders"
    rows = {row["scientificName"]: row for row in layer.getFeatures()}
    assert len(rows) == layer.featureCount() > 1
    frog = rows["Hyla arborea"]
    assert frog["vernacularName"] == "boomkikker"
    assert frog["records"] > 0
    assert frog["firstYear"] <= frog["lastYear"]
    assert "red list" in frog["lists"].lower()
    assert "prioritaire" in " ".join(str(row["lists"]) for row in rows.values()).lower()
    assert ":" in frog["redListCategories"]
    assert layer.attributeAlias(layer.fields().indexOf("redListCategories")) == "Red-list category"
    assert f"{len(rows)} species in Flanders" in person.panel.notice.text()


def test_the_names_are_offered_for_a_list(person, asked, qtbot):
    spin_until(lambda: tables(person), 60)
    with qtbot.waitSignal(person.section.species.list_requested) as emitted:
        QTest.mouseClick(offered(person), Qt.MouseButton.LeftButton)
    (table,) = emitted.args
    assert table.title == "Species in Flanders"
    assert table.headers[table.name_column()] == "scientificName"
    (layer,) = tables(person)
    names = [row["scientificName"] for row in layer.getFeatures()]
    assert [row[0] for row in table.rows] == names
    assert all(len(row) == len(table.headers) for row in table.rows)


def test_a_changed_question_drops_the_answer(person, control):
    person.takes("Amphibia")
    person.counted()
    control.fault(kind="latency", path="/species-list/ws/speciesListItems", seconds=2)
    person.panel._species.click()
    assert "year by year" in person.panel.notice.text()
    person.panel.quality.validated.setChecked(True)
    assert not person.section.species._asking.is_running()
    person.counted()
    control.clear_faults()
    person.settled()
    assert tables(person) == []


def test_a_cancel_stops_the_questions(person, control):
    person.takes("Amphibia")
    person.counted()
    person.settled()
    control.forget_requests()
    control.fault(kind="latency", path="/species-list/ws/speciesListItems", seconds=0.5)
    person.panel._species.click()
    spin_until(lambda: control.requests("/species-list/ws/speciesListItems"), 20)
    cancel = next(b for b in person.panel.notice.findChildren(QPushButton) if b.text() == "Cancel")
    QTest.mouseClick(cancel, Qt.MouseButton.LeftButton)
    person.settled()
    assert tables(person) == []
    assert person.panel.notice.text() == ""
    assert len(control.requests("/species-list/ws/speciesListItems")) < 4


def test_a_portal_that_fails_is_told_and_can_be_tried_again(person, control):
    person.takes("Amphibia")
    person.counted()
    control.fault(kind="status", status=502, path="/species-list/ws/speciesList", count=1)
    person.panel._species.click()
    buttons = person.panel.notice.findChildren
    spin_until(lambda: any(b.text() == "Try Again" for b in buttons(QPushButton)), 20)
    assert tables(person) == []
    again = next(b for b in buttons(QPushButton) if b.text() == "Try Again")
    QTest.mouseClick(again, Qt.MouseButton.LeftButton)
    spin_until(lambda: tables(person), 60)


def test_the_dock_begins_a_list_with_the_names(services, browse_as, host, qtbot):
    browse_as("citizen")
    run(SignIn(services), {"TIMEOUT": 30})
    dock = PortalDock(services, host)
    qtbot.addWidget(dock)
    dock.resize(400, 900)
    dock.show()
    names = NameTable("Species in Flanders", ("scientificName",), (("Hyla arborea",),))
    dock.occurrences.species.list_requested.emit(names)
    source = dock.lists.editing.source
    spin_until(source.isVisible)
    assert source._table == names
    services.tasks.cancel_all()
    spin_until(services.tasks.is_idle, 20)
    settings.LAST_SECTION.reset()
