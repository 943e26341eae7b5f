"""The shelf of lists: what is on it, how one is looked at, and what its buttons do."""

from __future__ import annotations

import json

import pytest
from qgis.core import QgsProject
from qgis.PyQt.QtCore import QModelIndex, Qt

from biodiv_plugin.gui.lists.model import tell_entry
from biodiv_plugin.portal.query import TaxonRef
from tests.qgis.doubles import in_task, spin
from tests.qgis.lists_section import seconds_of


def shelves(model):
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_signed_out_there_are_public_lists_and_a_reason_for_the_rest(lists):
    lists.open()
    assert [name.split(" (")[0] for name in shelves(lists.shelf.model)] == [
        "Authoritative",
        "Other public lists",
    ]
    assert "Sign in to see your own" in lists.shelf.hint.text()
    assert lists.shelf.model.find("dr712") == QModelIndex()


def test_ones_own_and_shared_lists_come_first_with_a_lock_on_private_ones(lists):
    lists.open("hilde")
    model = lists.shelf.model
    assert shelves(model)[0].startswith("Mine and shared with me")
    first = model.index(0, 0)
    mine = {model.entry(model.index(row, 0, first)).druid for row in range(model.rowCount(first))}
    assert {"dr711", "dr712", "dr702"} <= mine, "owned, shared and private, shared and public"
    assert model.entry_of("dr711").private
    assert not model.entry_of("dr702").private
    assert "private" in model.data(model.find("dr711"), Qt.ItemDataRole.AccessibleTextRole)
    assert "public" in tell_entry(model.entry_of("dr552"))


def test_another_person_sees_nothing_of_the_former(lists):
    lists.open("hilde")
    lists.choose("dr711")
    lists.services.session.drop()
    assert lists.shelf.items.rowCount() == 0
    lists.wait_for(lambda: lists.shelf.model.count() > 0)
    assert lists.shelf.model.entry_of("dr711") is None


def test_search_and_type_narrow_and_an_empty_search_says_why(lists):
    lists.open()
    everything = lists.shelf.model.count()
    lists.qtbot.keyClicks(lists.shelf.search, "red list")
    assert 0 < lists.shelf.model.count() < everything
    lists.shelf.search.clear()
    at = lists.shelf.types.findData("COMMON_TRAIT")
    lists.shelf.types.setCurrentIndex(at)
    lists.shelf.types.activated.emit(at)
    assert lists.shelf.model.find("dr630").isValid()
    assert not lists.shelf.model.find("dr552").isValid()
    lists.qtbot.keyClicks(lists.shelf.search, "xyzzy")
    assert "No list has these words" in lists.shelf.hint.text()


def test_a_narrow_dock_keeps_the_names_and_a_wide_one_the_days(lists):
    lists.open()
    assert lists.shelf.view.isColumnHidden(2)
    lists.section.resize(640, 800)
    assert not lists.shelf.view.isColumnHidden(2)


def test_a_chosen_list_goes_with_a_search_and_comes_back_with_its_names(lists):
    lists.open()
    lists.choose("dr704")
    names = lists.shelf.items.rowCount()
    lists.qtbot.keyClicks(lists.shelf.search, "xyzzy")
    assert lists.shelf.current() is None
    assert lists.shelf.items.rowCount() == 0 and not lists.shelf.use.isEnabled()
    assert "Choose a list" in lists.shelf.detail.text()
    lists.shelf.search.clear()
    assert lists.shelf.current().druid == "dr704"
    lists.wait_for(lambda: lists.shelf.items.rowCount() == names)


def test_a_chosen_list_opens_below_with_unknown_names_first(lists):
    lists.open()
    lists.choose("dr704")
    first, last = lists.shelf.items.item(0), lists.shelf.items.item(-1)
    assert (first.taxon_key, bool(last.taxon_key)) == ("", True)
    headers = [
        lists.shelf.items.headerData(column, Qt.Orientation.Horizontal)
        for column in range(lists.shelf.items.columnCount())
    ]
    assert headers[:2] == ["Name", "Dutch name"]
    assert "source Status" in headers
    assert "% known to the portal" in lists.shelf.detail.text()


def test_ten_thousand_names_are_shown_within_a_second_of_the_last_answer(lists, control):
    lists.open()
    shown = []
    loaded = []
    lists.section._peeking.succeeded.connect(loaded.append)
    lists.choose("dr705")
    assert lists.shelf.items.rowCount() == 10000
    shown.append(seconds_of(lambda: lists.section._on_peeked(loaded[-1])))
    table = lists.shelf.table

    def scroll():
        for row in range(0, 10000, 100):
            table.scrollTo(lists.shelf.items.index(row, 0))
            table.viewport().repaint()

    assert shown[0] < 1.0
    assert seconds_of(scroll) / 100 < 0.1, "seconds for a step"
    pages = control.requests("/species-list/ws/speciesListItems/dr705")
    assert len(pages) == 11, "ten full ones, and an empty one that ends them"


def test_it_opens_as_a_table_layer(lists):
    lists.open()
    lists.choose("dr606")
    lists.shelf.edit.click()
    lists.said("known to the portal")
    (layer,) = lists.host.project.mapLayers().values()
    assert layer.featureCount() == lists.shelf.items.rowCount()
    assert layer.fields().indexOf("RLC") > 0
    assert layer.name().startswith("Most recent")
    assert not lists.shelf.publish.isVisible(), "another's list"


def test_a_private_list_stays_out_of_project_log_and_address(lists, tmp_path, control, caplog):
    lists.open("hilde")
    control.forget_requests()
    entry = lists.shelf.model.entry_of("dr711")
    lists.choose("dr711")
    name, words = entry.info.name, [item.supplied_name for item in lists.items("dr711")]
    lists.shelf.edit.click()
    lists.said("gets its number only")
    path = tmp_path / "project.qgs"
    assert lists.host.project.write(str(path))
    project = path.read_text(encoding="utf-8")
    assert "dr711" in project
    assert name not in project
    assert not [word for word in words if word in project]
    lists.shelf.use.click()
    lists.wait_for(lambda: "observations of the species" in lists.notice.text())
    asked = json.dumps([[r["path"], r["query"]] for r in control.requests()])
    assert name not in asked
    assert not [word for word in words if word in asked]
    assert name not in caplog.text


def test_its_name_gets_into_the_project_on_the_users_word(lists):
    lists.open("hilde")
    lists.choose("dr711")
    name = lists.shelf.current().info.name
    lists.shelf.edit.click()
    lists.said("gets its number only")
    (layer,) = lists.host.project.mapLayers().values()
    assert layer.name() == "Private list dr711"
    lists.click("Use Its Name")
    assert layer.name() == name


def test_a_table_is_filled_again_when_the_project_comes_back(lists, tmp_path):
    lists.open()
    lists.choose("dr702")
    lists.shelf.edit.click()
    lists.wait_for(lambda: lists.host.project.mapLayers())
    rows = next(iter(lists.host.project.mapLayers().values())).featureCount()
    path = str(tmp_path / "project.qgs")
    project = QgsProject.instance()
    assert project.write(path)
    project.clear()
    assert project.read(path)
    (layer,) = project.mapLayers().values()
    assert layer.featureCount() == 0
    lists.notice.clear()
    lists.section.activate()
    lists.said("are empty")
    lists.click("Fill Again")
    lists.wait_for(lambda: layer.featureCount() == rows)


def test_which_lists_is_a_species_on(lists):
    lists.open("hilde")
    everything = lists.shelf.model.count()
    key = in_task(lambda feedback: lists.services.taxa.suggest("Hyla arborea", feedback=feedback))[
        0
    ].key
    lists.shelf.taxon.set_taxa([TaxonRef(key, "Hyla arborea", "boomkikker")])
    lists.wait_for(lambda: 0 < lists.shelf.model.count() < everything)
    assert "boomkikker · Hyla arborea is on" in lists.shelf.listings.text()
    assert lists.shelf.model.find("dr704").isValid()
    lists.shelf.taxon.set_taxa([])
    assert lists.shelf.model.count() == everything


def test_a_list_becomes_a_filter_counted_by_the_portal(lists):
    lists.open()
    lists.choose("dr525")
    with lists.qtbot.waitSignal(lists.section.filter_requested, timeout=10000) as asked:
        lists.shelf.use.click()
    found = asked.args[0]
    assert (found.list_id, found.taxa, found.private) == ("dr525", (), False)
    assert "observations of the species on" in lists.notice.text()


def test_quirk_09_a_list_without_known_names_is_no_filter(lists):
    lists.open()
    lists.choose("dr703")
    lists.shelf.use.click()
    lists.wait_for(lambda: lists.notice.isVisible())
    assert "observations of" not in lists.notice.text()


def test_a_list_is_downloaded_as_csv_whole_or_not_at_all(lists, tmp_path, control):
    lists.open("hilde")
    entry = lists.shelf.model.entry_of
    lists.section.download(entry("dr704"), tmp_path / "public.csv")
    lists.said("public.csv")
    assert "source Status" in (tmp_path / "public.csv").read_text(encoding="utf-8")
    lists.section.download(entry("dr711"), tmp_path / "private.csv")
    lists.said("private.csv")
    rows = (tmp_path / "private.csv").read_text(encoding="utf-8").splitlines()
    assert rows[0].startswith("Supplied Name,guid")
    assert len(rows) == 1 + entry("dr711").info.item_count
    control.fault(kind="status", status=503, path="/species-list/speciesListItem/downloadList")
    lists.section.download(entry("dr704"), tmp_path / "other.csv")
    lists.said("problem at the moment")
    lists.section.download(entry("dr711"), tmp_path / "nowhere" / "x.csv")
    lists.said("could not be written")
    assert sorted(path.name for path in tmp_path.glob("*.csv*")) == ["private.csv", "public.csv"]


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ({"kind": "status", "status": 429}, "slow down"),
        ({"kind": "empty"}, "cannot be read"),
        ({"kind": "status", "status": 503}, "problem at the moment"),
    ],
)
def test_a_failing_portal_is_told_and_can_be_asked_again(lists, control, fault, words):
    control.fault(path="/species-list/ws/speciesList", **fault)
    lists.section.activate()
    lists.said(words)
    control.clear_faults()
    lists.click("Try Again")
    lists.wait_for(lambda: lists.shelf.model.count() > 0)


def test_quirk_08_a_refusal_of_who_is_signed_in_starts_no_sign_in(lists, control):
    lists.open("hilde")
    control.fault(kind="status", status=401, path="/species-list/ws/speciesListItems/dr711")
    lists.shelf.choose("dr711")
    lists.said("does not show this to your account")
    spin(0.2)
    assert not lists.sign_in.is_waiting()
