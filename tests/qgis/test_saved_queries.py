"""Questions are kept in the project, and come from and go to the portal's own pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from qgis.core import QgsApplication, QgsProject
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest

from biodiv_plugin.gui.occurrences.saved_queries import read_query, save_query, saved_names
from biodiv_plugin.portal.errors import InvalidQuery
from biodiv_plugin.portal.query import (
    Circle,
    OccurrenceQuery,
    TaxonRef,
    portal_search_url,
    query_from_portal_url,
)
from biodiv_plugin.use_cases.complete_query import with_list
from biodiv_plugin.use_cases.resolve_list import ListFilter
from tests.qgis.doubles import in_task, spin_until

FROG = TaxonRef("2427609", "Hyla arborea", "boomkikker")
AREA = "POLYGON ((3.5 51,4 51,4 51.2,3.5 51.2,3.5 51))"
FULL = OccurrenceQuery(
    taxa=(FROG,),
    area=AREA,
    area_name="Meetjesland",
    date_from=date(2001, 2, 3),
    date_to=date(2020, 12, 31),
    months=(4, 5),
    max_uncertainty=500.0,
    datasets=("dr104",),
    basis_of_record=("HUMAN_OBSERVATION",),
    licences=("CC0",),
    validated_only=True,
    flanders_only=True,
    include_absent=True,
    quality_profile="VBP_algemeen",
    disabled_quality_filters=("dates-suspect",),
    filters=("-sex:unknown",),
)


def opened(person, act) -> OccurrenceQuery:
    """Do ``act``, wait until it has filled the form, and count; return the query."""
    done = []
    person.section.desk.opened.connect(done.append)
    act()
    spin_until(lambda: done, 15)
    return person.counted()


def enter(person, text: str) -> None:
    line = person.panel.bar._line
    line.clear()
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Qt.Key.Key_Return)


def save(person, name: str) -> None:
    person.panel.bar.menu_wanted.emit()
    person.menu("biodiv_query_save")
    enter(person, name)


def test_a_question_survives_the_project_file(person, tmp_path):
    asked = opened(person, lambda: person.section.set_query(FULL))
    assert asked == FULL
    save(person, "Kikkers & co")
    assert "kept in the project" in person.panel.bar.told()
    project = QgsProject.instance()
    assert project.write(str(tmp_path / "p.qgs"))
    project.clear()
    assert saved_names(project) == ()
    assert project.read(str(tmp_path / "p.qgs"))
    assert saved_names(project) == ("Kikkers & co",)
    person.menu("biodiv_query_clear")
    assert person.counted() == OccurrenceQuery()
    again = opened(person, lambda: person.panel.bar.open_requested.emit("Kikkers & co"))
    assert again == FULL


def test_a_circle_comes_back_as_a_place(person):
    query = OccurrenceQuery(circle=Circle(51.05, 3.72, 10.0), area_name="Gent", flanders_only=False)
    assert opened(person, lambda: person.section.set_query(query)) == query
    assert person.panel.area.place.radius.value() == 10


def test_a_saved_question_is_replaced_and_removed(person):
    project = QgsProject.instance()
    save(person, "een")
    person.panel.quality.validated.setChecked(True)
    person.counted()
    save(person, "een")
    assert saved_names(project) == ("een",)
    assert read_query(project, "een").validated_only
    person.panel.bar.menu_wanted.emit()
    person.menu("biodiv_query_forget")
    assert saved_names(project) == ()


def test_one_that_cannot_be_read_is_told(person):
    project = QgsProject.instance()
    project.writeEntry("biodiv", "/saved_queries", '{"oud": {"version": 99}}')
    person.panel.bar.open_requested.emit("oud")
    assert "another version" in person.panel.notice.text()
    project.writeEntry("biodiv", "/saved_queries", "{broken")
    assert saved_names(project) == ()
    with pytest.raises(InvalidQuery):
        read_query(project, "oud")


def test_of_a_private_list_only_the_id_is_kept(tmp_path):
    project = QgsProject.instance()
    private = ListFilter("dr900", "Geheime orchideeën", ("2427609", "5219243"), private=True)
    save_query(project, "mijn lijst", with_list(OccurrenceQuery(), private), private_list=True)
    path = tmp_path / "p.qgs"
    assert project.write(str(path))
    text = path.read_text(encoding="utf-8")
    assert "dr900" in text
    for secret in ("orchidee", "2427609", "5219243"):
        assert secret not in text


def test_a_private_list_wants_a_sign_in_and_leaves_no_address(person, browse_as, services):
    private = _private_list(services, browse_as, person)
    person.section.desk.choose_list(private)
    spin_until(lambda: person.panel.lists.species_list() is not None, 15)
    found = person.panel.lists.species_list()
    assert found.private
    assert found.taxa
    assert "only you" in person.panel.lists._note.text().lower()
    query = person.counted()
    assert query.list_taxa == found.taxa
    assert person.section._answer.counted.count > 0
    person.panel.bar.address_wanted.emit()
    spin_until(lambda: person.panel.notice.isVisible())
    assert "private list" in person.panel.notice.text()


def _private_list(services, browse_as, person) -> str:
    from biodiv_plugin.portal.species_list import NewItem, NewList

    browse_as("hilde")
    person.section._sign_in.start()
    spin_until(lambda: services.session.account is not None, 20)
    new = NewList("Geheim", (NewItem("Hyla arborea"), NewItem("Bufo bufo")))
    owner = services.session.account.user_id
    client = services.species_lists
    return in_task(lambda fb: client.create(new, owner, fb)).druid


def test_a_list_without_a_matched_name_is_not_used(person, services, browse_as):
    from biodiv_plugin.portal.species_list import NewItem, NewList

    browse_as("hilde")
    person.section._sign_in.start()
    spin_until(lambda: services.session.account is not None, 20)
    new = NewList("Onbekend", (NewItem("Qqqq wwww"),), private=False)
    owner = services.session.account.user_id
    druid = in_task(lambda fb: services.species_lists.create(new, owner, fb)).druid
    person.section.desk.choose_list(druid)
    spin_until(lambda: person.panel.notice.isVisible(), 15)
    assert "none of the names" in person.panel.notice.text()
    assert person.panel.lists.species_list() is None


def test_a_search_address_of_the_portal_gives_the_same_question(person, services):
    environment = services.environment
    address = portal_search_url(FULL, environment.portal, environment.flanders_filter)
    person.menu("biodiv_query_paste")
    query = opened(person, lambda: enter(person, address))
    assert query.taxa == (FROG,), "the address has keys only; the names come from the portal"
    assert replace(query, taxa=()) == replace(FULL, taxa=(), area_name="")


def test_the_address_on_the_clipboard_is_offered(person, services):
    address = portal_search_url(OccurrenceQuery(taxa=(FROG,)), services.environment.portal, "")
    QgsApplication.clipboard().setText(address)
    person.menu("biodiv_query_paste")
    assert person.panel.bar._line.text() == address


@pytest.mark.parametrize(
    "address", ["https://elders.example/occurrences/search?q=a", "not an address"]
)
def test_another_address_is_refused(person, address):
    person.menu("biodiv_query_paste")
    enter(person, address)
    spin_until(lambda: person.panel.notice.isVisible())
    assert "not the address of a search" in person.panel.notice.text()


def test_the_question_goes_to_the_portal_and_back(person, services):
    opened(person, lambda: person.section.set_query(FULL))
    person.menu("biodiv_query_copy")
    spin_until(lambda: "clipboard" in person.panel.bar.told(), 15)
    address = QgsApplication.clipboard().text()
    environment = services.environment
    assert address.startswith(f"{environment.portal}/biocache-hub/occurrences/search?")
    back = query_from_portal_url(address, environment.portal, environment.flanders_filter)
    assert back == replace(FULL, taxa=(TaxonRef(FROG.key),), area_name="")


def test_a_long_question_goes_by_an_id(person, services):
    corners = ",".join(f"{3 + n / 1000:.3f} {51 + (n % 2) / 10:.1f}" for n in range(900))
    long = OccurrenceQuery(area=f"POLYGON((3 50.5,{corners},3.9 50.5,3 50.5))", area_name="kam")
    opened(person, lambda: person.section.set_query(long))
    count = person.section._answer.counted.count
    person.menu("biodiv_query_copy")
    spin_until(lambda: "clipboard" in person.panel.bar.told(), 15)
    address = QgsApplication.clipboard().text()
    assert len(address) < 300
    assert parse_qs(urlsplit(address).query)["q"][0].startswith("qid:")
    environment = services.environment
    back = query_from_portal_url(address, environment.portal, environment.flanders_filter)
    assert in_task(lambda fb: services.occurrences.count(back, fb)) == count > 0


def test_an_incomplete_question_is_neither_saved_nor_copied(person):
    person.menu("biodiv_area_place")
    person.section.count()
    save(person, "half")
    assert saved_names(QgsProject.instance()) == ()
    assert "not complete" in person.panel.bar.told()
