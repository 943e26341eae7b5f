"""Watches of QGIS: what is new in one's own zones, without an account."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest
from qgis.core import QgsFeature, QgsFeatureRequest, QgsGeometry, QgsProject, QgsVectorLayer
from qgis.PyQt.QtWidgets import QPushButton

from biodiv_plugin.gui.account.sign_in import SignInController
from biodiv_plugin.gui.alerts.section import AlertSection
from biodiv_plugin.layers.project_watches import keep_in_project, project_watches
from biodiv_plugin.layers.watch_layer import layers_of, read_definitions
from biodiv_plugin.messages import explain
from biodiv_plugin.portal.errors import (
    InvalidQuery,
    NoMatch,
    PortalError,
    SignInRequired,
    StorageFailed,
)
from biodiv_plugin.portal.query import OccurrenceQuery, TaxonRef
from biodiv_plugin.portal.watch import NewRecord, Watch, WatchState, Zone, new_watch
from biodiv_plugin.use_cases.check_watches import (
    OVERLAP,
    WatchServices,
    check_watches,
    is_due,
    read_zones,
    records_since,
)
from biodiv_plugin.use_cases.watch_store import WatchStore
from tests.qgis.doubles import in_task, spin_until

WEST = Zone("west", "POLYGON((2.5 50.6,4.2 50.6,4.2 51.6,2.5 51.6,2.5 50.6))")
EAST = Zone("east", "POLYGON((4.2 50.6,6 50.6,6 51.6,4.2 51.6,4.2 50.6))")
NOW = datetime(2026, 11, 21, 12, tzinfo=timezone.utc)
EVERYTHING = OccurrenceQuery(quality_profile="", flanders_only=False, include_absent=True)


@pytest.fixture
def asked(services, tmp_path):
    return WatchServices(
        services.occurrences, services.species_lists, WatchStore(tmp_path / "watches")
    )


def look(asked, *watches, now=NOW):
    return in_task(lambda feedback: check_watches(watches, asked, now, feedback))


def record(**changed):
    values = {
        "zone": "west",
        "uuid": "1",
        "scientific_name": "Hyla arborea",
        "vernacular_name": "",
        "event_date": date(2026, 5, 1),
        "dataset": "d",
        "longitude": 4.0,
        "latitude": 51.0,
        "uncertainty": None,
        "sensitive": "",
        "found": NOW,
    }
    return NewRecord(**{**values, **changed})


# Looking


def test_the_first_look_finds_nothing_new_and_the_next_what_came(asked, control):
    watch = new_watch("alles", EVERYTHING, [WEST, EAST])
    (first,) = look(asked, watch)
    assert first.first and first.new == () and first.state.known
    (second,) = look(asked, watch, now=NOW + timedelta(hours=1))
    assert second.new == () and not second.first
    control.fault(name="biocache.reindexed")
    (third,) = look(asked, watch, now=NOW + timedelta(days=1))
    assert third.new and {new.zone for new in third.new} <= {"west", "east"}
    assert all((new.longitude < 4.2) == (new.zone == "west") for new in third.new)
    (fourth,) = look(asked, watch, now=NOW + timedelta(days=2))
    assert fourth.new == () and len(fourth.state.unseen()) == len(third.new)


def test_new_is_by_the_day_it_was_first_loaded(asked):
    watch = new_watch("alles", EVERYTHING, [WEST, EAST])
    since = NOW - timedelta(days=30)
    found, left_out = in_task(lambda f: records_since(watch, since, asked, NOW, f))
    text = "firstLoadedDate:[2026-10-22T12:00:00Z TO *]"
    query = replace(EVERYTHING, area=WEST.wkt, filters=(text,))
    expected = in_task(lambda f: asked.occurrences.count(query, f))
    assert left_out == 0
    assert 0 < expected == sum(1 for one in found if one.longitude < 4.2)


def test_a_record_in_two_zones_counts_in_both(asked):
    again = Zone("again", WEST.wkt)
    watch = new_watch("twice", EVERYTHING, [WEST, again])
    found, _ = in_task(lambda f: records_since(watch, NOW - OVERLAP, asked, NOW, f))
    west = {one.uuid for one in found if one.zone == "west"}
    assert west and west == {one.uuid for one in found if one.zone == "again"}


def test_many_zones_are_few_questions(asked, control):
    zones = [
        Zone(
            f"{x}-{y}",
            QgsGeometry.fromWkt(f"POINT({3 + x / 10} {50.8 + y / 25})").buffer(0.02, 12).asWkt(6),
        )
        for x in range(20)
        for y in range(15)
    ]
    control.forget_requests()
    in_task(lambda f: records_since(new_watch("m", EVERYTHING, zones), NOW, asked, NOW, f), 60)
    searches = control.requests("/biocache-service/occurrences/search")
    assert len(zones) == 300 and 2 <= len(searches) <= 5


def test_a_watch_of_a_public_list_asks_by_it_and_one_that_fails_stops_no_other(asked):
    listed = new_watch("lijst", OccurrenceQuery(species_list="dr552"), [WEST])
    unknown = new_watch("weg", OccurrenceQuery(species_list="dr99999"), [WEST])
    first, second = look(asked, unknown, listed)
    assert isinstance(first.error, NoMatch) and first.state == WatchState()
    assert second.error is None and second.state.checked == NOW


def test_a_private_list_wants_a_sign_in(asked):
    watch = new_watch("geheim", OccurrenceQuery(species_list="dr711"), [WEST])
    (outcome,) = look(asked, watch)
    assert isinstance(outcome.error, SignInRequired)


def test_a_portal_that_fails_changes_nothing(asked, control):
    watch = new_watch("alles", EVERYTHING, [WEST])
    (first,) = look(asked, watch)
    control.fault(kind="status", status=503, path="/biocache-service")
    (second,) = look(asked, watch, now=NOW + timedelta(days=1))
    assert isinstance(second.error, PortalError)
    assert asked.store.state(watch.id, "") == first.state


def test_more_than_the_portal_shows_is_said(asked, monkeypatch):
    from biodiv_plugin.portal import occurrences
    from biodiv_plugin.use_cases import check_watches as module

    for part in (occurrences, module):
        monkeypatch.setattr(part, "MAX_RECORDS", 5)
    monkeypatch.setattr(occurrences, "PAGE_SIZE", 5)
    original = asked.occurrences.search
    monkeypatch.setattr(
        asked.occurrences, "search", lambda query, feedback: original(query, 5, feedback)
    )
    watch = new_watch("alles", EVERYTHING, [WEST])
    (outcome,) = look(asked, watch)
    assert outcome.left_out > 0


def test_when_it_is_time(asked):
    daily, asleep = (new_watch("w", EVERYTHING, [WEST], every) for every in (1, 0))
    assert is_due(daily, WatchState(), NOW) and not is_due(asleep, WatchState(), NOW)
    assert not is_due(daily, WatchState(NOW - timedelta(hours=23)), NOW)
    assert is_due(daily, WatchState(NOW - timedelta(hours=25)), NOW)


# Keeping


def test_a_watch_is_kept_in_the_profile_or_the_project_and_read_back(asked):
    query = OccurrenceQuery(taxa=(TaxonRef("2427605", "Hyla arborea"),), months=(4, 5))
    watch = new_watch("kikkers", query, [WEST, EAST], 7)
    asked.store.save(watch)
    assert asked.store.watches() == (watch,)
    project = QgsProject.instance()
    keep_in_project(project, watch)
    assert project_watches(project) == (watch,)
    project.writeEntry("biodiv", "/watches", "[1, {}]")
    assert project_watches(project) == ()


def test_a_private_list_leaves_neither_names_nor_items(asked):
    query = OccurrenceQuery(species_list="dr711", list_name="Geheime lijst", list_taxa=("1234567",))
    watch = new_watch("w", query, [WEST])
    asked.store.save(watch)
    keep_in_project(QgsProject.instance(), watch)
    written = QgsProject.instance().readEntry("biodiv", "/watches")[0]
    written += "".join(path.read_text() for path in asked.store._folder.iterdir())
    assert "dr711" in written and "Geheime" not in written and "1234567" not in written


def test_what_was_found_is_each_persons_own_and_goes_with_the_watch(asked):
    watch = new_watch("w", EVERYTHING, [WEST])
    state = WatchState(NOW, frozenset({("west", "1")}), (record(),))
    asked.store.save(watch)
    asked.store.save_state(watch.id, "hilde", state)
    assert asked.store.state(watch.id, "hilde") == state
    assert asked.store.state(watch.id, "") == WatchState()
    assert all(path.stat().st_mode & 0o077 == 0 for path in asked.store._folder.iterdir())
    asked.store.remove(watch.id)
    assert list(asked.store._folder.iterdir()) == []


def test_an_id_from_a_project_leads_to_no_other_folder(asked):
    asked.store.save_state("../../x", "", WatchState(NOW))
    assert asked.store.state("../../x", "").checked == NOW
    assert all(path.parent == asked.store._folder for path in asked.store._folder.rglob("*.json"))


def test_what_cannot_be_written_is_told(asked, tmp_path):
    (tmp_path / "watches").write_text("a file")
    with pytest.raises(StorageFailed):
        asked.store.save(new_watch("w", EVERYTHING, [WEST]))


def test_a_watch_of_another_version_is_not_guessed_at():
    saved = new_watch("w", EVERYTHING, [WEST]).to_json()
    for broken in ({**saved, "version": 9}, {**saved, "zones": 1}, None):
        with pytest.raises(InvalidQuery):
            Watch.from_json(broken)


# Zones


@pytest.fixture
def sites(host):
    """Two sites with names in Belgian Lambert 72, one twice, and one without a surface."""
    layer = QgsVectorLayer("Polygon?crs=EPSG:31370&field=naam:string", "gebieden", "memory")
    rows = (("Noord", 200000), ("Zuid", 160000), ("Zuid", 160000), ("", None))
    for name, y in rows:
        feature = QgsFeature(layer.fields())
        feature["naam"] = name
        if y is not None:
            box = f"POLYGON((20000 {y},260000 {y},260000 {y + 40000},20000 {y + 40000},20000 {y}))"
            feature.setGeometry(QgsGeometry.fromWkt(box))
        layer.dataProvider().addFeatures([feature])
    QgsProject.instance().addMapLayer(layer)
    return layer


def zones_of(layer, field="naam", request=None):
    context = QgsProject.instance().transformContext()
    return read_zones(layer, request or QgsFeatureRequest(), layer.crs(), context, field)


def test_each_polygon_is_a_zone_with_a_name_of_its_own(sites):
    assert [zone.name for zone in zones_of(sites)] == ["Noord", "Zuid", "Zuid (2)"]
    assert [zone.name for zone in zones_of(sites, "")] == ["1", "2", "3"]
    with pytest.raises(InvalidQuery):
        zones_of(sites, request=QgsFeatureRequest(4))


def test_more_zones_than_can_be_watched_are_refused_in_words(sites, monkeypatch):
    from biodiv_plugin.use_cases import check_watches as module

    monkeypatch.setattr(module, "MAX_ZONES", 2)
    with pytest.raises(InvalidQuery) as refused:
        zones_of(sites)
    assert "at most 2,000 polygons" in explain(refused.value)


# In the dock


class Watches:
    def __init__(self, qtbot, services, host, query=OccurrenceQuery()) -> None:  # noqa: B008
        self.services = services
        self.section = AlertSection(services, host, SignInController(services), lambda: query)
        self.panel, self.form = self.section.watches, self.section.watch_form
        self.book = self.section.desk.book
        qtbot.addWidget(self.section)
        self.section.resize(360, 900)
        self.section.show()
        self.section.activate()

    def make(self, name="Mijn gebieden", in_project=False) -> None:
        self.panel.new.click()
        self.form.name.setText(name)
        self.form.in_project.setChecked(in_project)
        self.form.accept.click()
        spin_until(lambda: self.panel.isVisible() and self.panel.notice.text())
        spin_until(lambda: not self.book.is_checking())


@pytest.fixture
def watches(qtbot, services, host, sites, tmp_path):
    services.__dict__["watch_store"] = WatchStore(tmp_path / "watches")
    watches = Watches(qtbot, services, host, EVERYTHING)
    yield watches
    spin_until(services.tasks.is_idle)


def test_a_layer_and_a_question_become_a_watch_without_an_account(watches, control):
    watches.make()
    assert "From now on" in watches.panel.notice.text()
    item = watches.panel.tree.topLevelItem(0)
    assert item.text(0).startswith("Mijn gebieden: nothing new\n3 zones · each day\nlast look")
    control.fault(name="biocache.reindexed")
    seen = []
    watches.section.unseen_changed.connect(seen.append)
    watches.panel.check.click()
    spin_until(lambda: "since the last look" in watches.panel.notice.text())
    unseen = len(watches.book.state(watches.panel.current()).unseen())
    item = watches.panel.tree.topLevelItem(0)
    assert unseen and seen[-1] == unseen and f": {unseen} new" in item.text(0)
    told = [item.child(n).text(0) for n in range(item.childCount())]
    assert told and all(zone.split(":")[0] in ("Noord", "Zuid", "Zuid (2)") for zone in told)
    watches.panel.show_on_map.click()
    layers = layers_of(watches.panel.current(), QgsProject.instance().mapLayers().values())
    points = next(layer for layer in layers if layer.geometryType().name == "Point")
    assert points.featureCount() == unseen
    assert not any(feature["seen"] for feature in points.getFeatures())
    watches.panel.seen.trigger()
    assert seen[-1] == 0 and all(feature["seen"] for feature in points.getFeatures())
    watches.panel.show_on_map.click()
    assert len(layers_of(watches.panel.current(), QgsProject.instance().mapLayers().values())) == 2


def test_in_a_project_it_comes_and_goes_with_the_project(watches, tmp_path):
    watches.make(in_project=True)
    assert watches.services.watch_store.watches() == ()
    path = str(tmp_path / "p.qgz")
    assert QgsProject.instance().write(path)
    QgsProject.instance().clear()
    assert watches.panel.tree.topLevelItemCount() == 0
    assert QgsProject.instance().read(path)
    assert watches.panel.tree.topLevelItem(0).text(0).startswith("Mijn gebieden")


def test_it_goes_after_a_question_with_all_it_found(watches):
    watches.make()
    watches.panel.remove.trigger()
    assert "with all that it found" in watches.panel.notice.text()
    buttons = watches.panel.notice.findChildren(QPushButton)
    next(button for button in buttons if button.text() == "Remove").click()
    assert watches.book.watches() == ()
    assert watches.panel.hint.isVisible()


def test_a_look_that_fails_names_the_watch_and_can_be_repeated(watches, control):
    watches.make()
    control.fault(kind="status", status=503, path="/biocache-service")
    watches.panel.check.click()
    spin_until(lambda: "Not looked at: “Mijn gebieden”" in watches.panel.notice.text())


def test_the_timer_looks_at_what_is_due_and_nothing_else(watches, control):
    watches.make()
    control.forget_requests()
    watches.book.check_due()
    assert not watches.book.is_checking()
    watch_id = watches.panel.current()
    store = watches.services.watch_store
    old = store.state(watch_id, "")
    late = WatchState(old.checked - timedelta(days=2), old.known, old.records)
    store.save_state(watch_id, "", late)
    watches.book._states.clear()
    watches.book.check_due()
    assert watches.book.is_checking()
    spin_until(lambda: not watches.book.is_checking())
    assert store.state(watch_id, "").checked > old.checked


def test_without_a_polygon_layer_one_is_told_what_to_do(watches):
    QgsProject.instance().clear()
    watches.panel.new.click()
    assert "Open a layer with polygons first" in watches.form.notice.text()
    assert not watches.form.accept.isEnabled()


def test_zones_saved_as_a_file_are_the_definition_again(watches):
    watches.make()
    watches.panel.show_on_map.click()
    layers = layers_of(watches.panel.current(), QgsProject.instance().mapLayers().values())
    zones = next(layer for layer in layers if layer.geometryType().name == "Polygon")
    found = read_definitions(list(zones.getFeatures()))
    assert found["Mijn gebieden"][1] == watches.book.watches()[0].query
    assert read_definitions([]) == {}
