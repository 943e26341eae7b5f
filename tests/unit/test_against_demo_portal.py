"""The clients and the demo portal, written apart from the same contracts, understand each other."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from zipfile import ZipFile

import pytest

from biodiv_plugin.portal import errors
from biodiv_plugin.portal.alerts import AlertClient
from biodiv_plugin.portal.analyses import AnalysisClient
from biodiv_plugin.portal.analysis import TaskState, area_input, check_inputs, species_input
from biodiv_plugin.portal.areas import AreaClient
from biodiv_plugin.portal.catalogue import CatalogueClient
from biodiv_plugin.portal.collectory import CollectoryClient
from biodiv_plugin.portal.downloads import DownloadClient, DownloadOptions, JobState
from biodiv_plugin.portal.intersect import BatchState, IntersectClient
from biodiv_plugin.portal.logger import FALLBACK_REASONS, LoggerClient
from biodiv_plugin.portal.occurrences import OccurrenceClient
from biodiv_plugin.portal.quality import QualityClient
from biodiv_plugin.portal.query import Circle, OccurrenceQuery, TaxonRef, stored_query
from biodiv_plugin.portal.species_lists import NewItem, NewList, SpeciesListClient
from biodiv_plugin.portal.taxa import NameToMatch, TaxonClient
from demo.portal.access_token import mint
from demo.portal.app import create_app
from demo.portal.data import ensure
from demo.portal.world import World
from tests.portal.fixtures import FOLDER, RECORDS
from tests.unit.wsgi import WsgiTransport

BASE = "http://127.0.0.1:8765"
FLANDERS = 'cl102:"Vlaams Gewest"'
GHENT = "POLYGON((3.5 50.9,3.9 50.9,3.9 51.2,3.5 51.2,3.5 50.9))"


@pytest.fixture(scope="module")
def world():
    ensure(FOLDER, RECORDS)
    return World(BASE, FOLDER)


@pytest.fixture(scope="module")
def app(world):
    return create_app(world)


@pytest.fixture(scope="module")
def portal(app):
    return WsgiTransport(app, BASE)


@pytest.fixture(scope="module")
def signed_in(app, world):
    return WsgiTransport(app, BASE, mint(world, "hilde"))


@pytest.fixture(scope="module")
def user(world):
    return world.people.named("hilde").sub


@pytest.fixture(scope="module")
def names(portal):
    return TaxonClient(portal, f"{BASE}/bie-index", f"{BASE}/namematching")


@pytest.fixture(scope="module")
def occurrences(portal):
    return OccurrenceClient(portal, f"{BASE}/biocache-service", FLANDERS)


@pytest.fixture(scope="module")
def frogs(names):
    (match,) = names.match([NameToMatch("boomkikker")])
    return OccurrenceQuery(taxa=(TaxonRef(match.key, match.scientific_name),))


def until(ask, done):
    """Ask again until ``done``, as long as a person would wait for a test."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        answer = ask()
        if done(answer):
            return answer
        time.sleep(0.05)
    raise AssertionError(f"never done: {answer}")


def test_names(names, frogs):
    key = frogs.taxa[0].key
    assert names.suggest("boomk")[0].key == key
    assert names.species(key).vernacular_name() == "boomkikker"
    assert names.summaries([key, "1"])[key].image_id
    by_key, unknown = names.match([NameToMatch(key), NameToMatch("Xyzzy plugh")])
    assert (by_key.key, unknown.success) == (key, False)
    assert "Hyla arborea" in names.suggestions("Hyla arborae")
    assert key in {child.key for child in names.children(names.species(key).parent_key)}


def test_a_query_narrows_with_every_part(occurrences, frogs):
    everything = OccurrenceQuery(flanders_only=False, include_absent=True, quality_profile="")
    total = occurrences.count(everything)
    assert total > occurrences.count(OccurrenceQuery()) > occurrences.count(frogs) > 0
    for part in (
        {"months": (4, 5)},
        {"date_from": date(2015, 1, 1), "date_to": date(2020, 12, 31)},
        {"max_uncertainty": 100.0},
        {"area": GHENT},
        {"circle": Circle(51.05, 3.72, 20)},
        {"validated_only": True},
        {"basis_of_record": ("HUMAN_OBSERVATION",)},
        {"licences": ("CC0",)},
        {"filters": ("family:Hylidae",)},
        {"text": "family:Hylidae"},
    ):
        assert 0 < occurrences.count(replace(everything, **part)) < total, part
    assert occurrences.count(replace(frogs, datasets=("dr999",))) == 0


def test_facets_tell_the_filters_that_count_the_same(occurrences):
    query = OccurrenceQuery()
    fields = ["basisOfRecord", "license", "month", "dataResourceUid"]
    for values in occurrences.facets(query, fields, limit=3).values():
        for value in values:
            narrowed = replace(query, filters=(value.value_filter,))
            assert occurrences.count(narrowed) == value.count, value


def test_records_stored_queries_and_legends(occurrences, frogs):
    records = list(occurrences.search(frogs))
    assert len({record.uuid for record in records}) == len(records) == occurrences.count(frogs)
    assert occurrences.record(records[0].uuid).value("scientificName").startswith("Hyla")
    qid = occurrences.qid(frogs)
    assert occurrences.count(stored_query(qid)) == len(records)
    assert (occurrences.has_qid(qid), occurrences.has_qid("1")) == (True, False)
    with pytest.raises(errors.NotFound):
        occurrences.count(stored_query("1"))
    with pytest.raises(errors.Rejected, match="Query syntax invalid"):
        occurrences.count(replace(frogs, filters=("year:[2015",)))
    assert sum(item.count for item in occurrences.legend(frogs, "basisOfRecord")) == len(records)
    box = occurrences.bounds(frogs)
    assert 2.5 < box.west < box.east < 6
    assert occurrences.bounds(replace(frogs, filters=("year:1700",))) is None
    (species,) = occurrences.species(frogs)
    assert (species.key, species.count) == (frogs.taxa[0].key, len(records))
    assert occurrences.taxa_count([species.key], frogs) == {species.key: len(records)}
    long = replace(frogs, list_taxa=(species.key, *map(str, range(2000))))
    assert occurrences.count(long) == len(records)
    assert occurrences.legend(long, "year")


def test_a_download_from_beginning_to_end(signed_in, portal, frogs, tmp_path):
    base = f"{BASE}/biocache-service"
    client, anonymous = (
        DownloadClient(transport, base, FLANDERS) for transport in (signed_in, portal)
    )
    options = DownloadOptions("hilde@inbo.be", reason_id=7)
    with pytest.raises(errors.SignInRequired):
        anonymous.start(frogs, options)
    started = client.start(frogs, options)
    job = until(lambda: client.status(started.id), lambda job: job.state is JobState.FINISHED)
    target = tmp_path / "observations.zip"
    client.fetch(job, target)
    with ZipFile(target) as archive:
        assert archive.testzip() is None
        table = archive.read("observations.csv").decode("utf-8")
    assert table.startswith('"recordID","occurrenceID"')
    assert table.count("\n") >= started.total_records > 0
    assert client.status("a-1") is None
    assert client.cancel("a-1") is False


def test_a_list_is_written_read_and_changed(signed_in, portal, user):
    client = SpeciesListClient(signed_in, f"{BASE}/species-list")
    new = NewList("Proeflijst", (NewItem("Hyla arborea", (("status", "x"),)), NewItem("Xyzzy")))
    saved = client.create(new, user)
    assert [bool(key) for key in saved.taxon_keys] == [True, False]
    assert [info.druid for info in client.find_by_name("Proeflijst", user)] == [saved.druid]
    item, unmatched = client.items(saved.druid, as_user=True)
    assert (item.taxon_key, item.values) == (saved.taxon_keys[0], (("status", "x"),))
    assert (unmatched.supplied_name, unmatched.taxon_key) == ("Xyzzy", "")
    with pytest.raises(errors.SignInRequired):
        SpeciesListClient(portal, f"{BASE}/species-list").info(saved.druid)
    client.append(saved.druid, new, user)
    assert len(client.items(saved.druid, as_user=True)) == 4
    client.replace(saved.druid, replace(new, name="Andere naam"), user)
    assert client.info(saved.druid, as_user=True).name == "Andere naam"


def test_public_lists(portal, frogs, tmp_path):
    client = SpeciesListClient(portal, f"{BASE}/species-list")
    found = client.all()
    assert len(found) == client.index(max=1).total
    for info in found:
        assert len(client.items(info.druid)) == client.info(info.druid).item_count
    assert 0 < client.index(filters={"isThreatened": "true"}).total < len(found)
    assert client.of_taxon(frogs.taxa[0].key)
    with pytest.raises(errors.NotFound):
        client.info("dr99999")
    client.download_csv(found[0].druid, tmp_path / "list.csv")
    assert "Supplied Name" in (tmp_path / "list.csv").read_text(encoding="utf-8")


def test_a_token_that_is_not_believed(app, world, user):
    bad = WsgiTransport(app, BASE, mint(world, "hilde", seconds=-3600))
    with pytest.raises(errors.SignInRequired):
        SpeciesListClient(bad, f"{BASE}/species-list").mine(user)
    with pytest.raises(errors.SignInRequired):
        OccurrenceClient(bad, f"{BASE}/biocache-service").count(OccurrenceQuery())


def test_notifications(signed_in, user):
    client = AlertClient(signed_in, f"{BASE}/alerts")
    client.register(user, "hilde@inbo.be", "Hilde", "Peeters")
    settings = client.subscriptions(user)
    assert settings.frequency in settings.frequencies
    client.unsubscribe_all(user)
    ended = client.subscriptions(user)
    assert (ended.subscribed, ended.custom) == ((), ())
    assert len(ended.available) == len(settings.available) + len(settings.subscribed)
    assert client.subscriptions("nobody") is None


def test_layers_areas_and_places(portal, signed_in):
    service = f"{BASE}/spatial-service"
    layers = CatalogueClient(portal, service).fields()
    assert len(layers) > 50
    areas = AreaClient(portal, service)
    (ghent,) = areas.search("Gent", field_ids=("cl100",))
    assert areas.object(ghent.pid).area_km2 > 100
    assert areas.shape(ghent.pid)["type"] == "MultiPolygon"
    with pytest.raises(errors.TooLarge):
        areas.shape(ghent.pid, max_bytes=100)
    with pytest.raises(errors.NotFound):
        areas.shape("999999999")
    places = IntersectClient(portal, service)
    values = {
        value.field_id: value for value in places.at(["cl100", "cl99999", "el10102"], 51.05, 3.72)
    }
    assert (values["cl100"].value, values["cl100"].pid) == ("Gent", ghent.pid)
    assert isinstance(values["el10102"].value, float)
    batch = places.submit(["cl100", "el10102"], [(51.05, 3.72), (50.0, 2.0)])
    until(lambda: places.batch(batch.id), lambda batch: batch.state is BatchState.FINISHED)
    assert "cl99999" not in values
    first, second = places.samples(batch.id).rows
    assert (first[0], second) == ("Gent", ("", ""))
    with pytest.raises(errors.SignInRequired):
        areas.upload_wkt("gebied", GHENT, "hilde")
    writer = AreaClient(signed_in, service)
    pid = writer.upload_wkt("gebied 7", GHENT, "hilde")
    assert areas.shape(pid)["type"].endswith("Polygon")
    assert areas.search("gebied 7") == ()  # only this way of uploading keeps the name out
    writer.delete(pid)
    with pytest.raises(errors.Rejected):
        writer.delete(pid)


def test_an_analysis(signed_in, frogs, tmp_path):
    client = AnalysisClient(signed_in, f"{BASE}/spatial-service")
    processes = {process.name: process for process in client.capabilities()}
    inputs = {
        "area": [area_input("Gent", pid="217")],
        "species": species_input(frogs, "boomkikker", BASE, FLANDERS),
        "gridCellSize": 0.05,
    }
    check_inputs(processes["PointsToGrid"], inputs)
    task_id = client.create("PointsToGrid", inputs)
    task = until(lambda: client.status(task_id), lambda task: task.state is not TaskState.RUNNING)
    assert task.state is TaskState.FINISHED, task.reason
    client.output(task_id, "SitesBySpecies.csv", tmp_path / "table.csv")
    with pytest.raises(errors.NotFound):
        client.output(task_id, "nothing.csv", tmp_path / "nothing.csv")
    with pytest.raises(errors.Rejected, match="failed to find spec"):
        client.create("GDM", {})


def test_datasets_profiles_and_reasons(portal):
    collectory = CollectoryClient(portal, f"{BASE}/collectory")
    dataset = collectory.data_resources()[0]
    assert collectory.citations([dataset.uid])[0].citation
    assert collectory.names([dataset.uid]) == {dataset.uid: dataset.name}
    quality = QualityClient(portal, f"{BASE}/data-quality-filter-service")
    general = next(p for p in quality.profiles() if p.short_name == "VBP_algemeen")
    assert set(quality.filters("VBP_algemeen")) <= {c.label for c in general.categories}
    with pytest.raises(errors.NotFound):
        quality.profile("x")
    assert LoggerClient(portal, f"{BASE}/logger").reasons() == FALLBACK_REASONS
