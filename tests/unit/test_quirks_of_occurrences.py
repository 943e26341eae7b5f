"""Items of contract/occurrences 8 that need the whole service: the clients at the demo portal.

The items that one answer shows are beside the client that reads it, by the same names:
``grep -rn "quirk_" tests/unit``.
"""

from __future__ import annotations

import csv
import io
import json
import time
from dataclasses import replace
from datetime import date
from zipfile import ZipFile

import pytest

from biodiv_plugin.portal import errors
from biodiv_plugin.portal.collectory import CollectoryClient
from biodiv_plugin.portal.darwin_core import header_terms
from biodiv_plugin.portal.downloads import (
    DARWIN_CORE_FIELDS,
    MINIMAL_FIELDS,
    DownloadClient,
    DownloadOptions,
    JobState,
    all_fields,
)
from biodiv_plugin.portal.occurrences import OccurrenceClient
from biodiv_plugin.portal.query import (
    OccurrenceQuery,
    TaxonRef,
    portal_search_url,
    query_from_portal_url,
)
from biodiv_plugin.portal.taxa import NameToMatch, TaxonClient
from demo.portal.access_token import mint
from demo.portal.app import create_app
from demo.portal.data import ensure
from demo.portal.world import World
from tests.portal.fixtures import FOLDER, RECORDS
from tests.unit.fakes import FakeTransport
from tests.unit.wsgi import WsgiTransport

BASE = "http://127.0.0.1:8765"
SERVICE = f"{BASE}/biocache-service"
HORNET = TaxonRef("1311477", "Vespa velutina")
EVERYTHING = OccurrenceQuery(flanders_only=False, include_absent=True, quality_profile="")


@pytest.fixture(scope="module")
def world():
    ensure(FOLDER, RECORDS)
    return World(BASE, FOLDER)


@pytest.fixture(scope="module")
def app(world):
    return create_app(world)


@pytest.fixture(scope="module")
def occurrences(app):
    return OccurrenceClient(WsgiTransport(app, BASE), SERVICE)


@pytest.fixture(scope="module")
def archive(app, world, tmp_path_factory):
    """A function that downloads a question with some fields; returns the opened file."""
    client = DownloadClient(WsgiTransport(app, BASE, mint(world, "hilde")), SERVICE)

    def fetch(query: OccurrenceQuery, fields: tuple[str, ...]) -> ZipFile:
        options = DownloadOptions("hilde@inbo.be", 7, fields=fields)
        job = client.start(query, options)
        end = time.monotonic() + 60
        while job.state is not JobState.FINISHED and time.monotonic() < end:
            time.sleep(0.05)
            job = client.status(job.id)
        target = tmp_path_factory.mktemp("zip") / "o.zip"
        client.fetch(job, target)
        return ZipFile(target)

    return fetch


def table(archive: ZipFile) -> list[list[str]]:
    (name,) = [n for n in archive.namelist() if n.endswith(".csv") and n != "headings.csv"]
    return list(csv.reader(io.StringIO(archive.read(name).decode("utf-8"), newline="")))


def test_quirk_03_a_stale_token_is_refused_on_public_records_too(app, world, occurrences):
    assert 0 < occurrences.count(EVERYTHING) <= RECORDS
    stale = OccurrenceClient(WsgiTransport(app, BASE, mint(world, "hilde", seconds=-60)), SERVICE)
    with pytest.raises(errors.SignInRequired):
        stale.count(EVERYTHING)


def test_quirk_07_the_image_of_a_map_is_asked_for_as_one(app):
    client = app.test_client()
    assert client.get("/biocache-service/mapping/legend?q=*:*&cm=year").mimetype != "text/html"
    refused = client.get(
        "/biocache-service/mapping/legend?q=*:*&cm=year", headers={"Accept": "image/png"}
    )
    assert refused.status_code == 406
    legend = OccurrenceClient(WsgiTransport(app, BASE), SERVICE).legend(EVERYTHING, "year")
    assert legend


def test_quirk_12_a_label_is_no_filter(occurrences):
    """A label sent back as a value would find nothing, without a word."""
    values = occurrences.facets(EVERYTHING, ["basisOfRecord"])["basisOfRecord"]
    named = next(value for value in values if value.label != value.value and value.value)
    narrowed = replace(EVERYTHING, filters=(named.value_filter,))
    assert occurrences.count(narrowed) == named.count > 0
    by_label = replace(EVERYTHING, filters=(f'basisOfRecord:"{named.label}"',))
    assert occurrences.count(by_label) == 0


def test_quirk_13_one_date_in_three_forms(occurrences, archive):
    query = replace(EVERYTHING, taxa=(HORNET,))
    found = next(o for o in occurrences.search(query) if o.event_date)
    assert isinstance(found.event_date, date)
    assert isinstance(found.month, int)
    record = occurrences.record(found.uuid)
    assert date.fromisoformat(record.value("eventDate")[:10]) == found.event_date
    header, *rows = table(archive(query, ("id", "eventDate", "month")))
    (row,) = [row for row in rows if row[0] == found.uuid]
    assert row[header.index("eventDate")][:10] == found.event_date.isoformat()
    kinds = {term.name: term.kind for term in header_terms(header)}
    assert kinds["eventDate"] == "datetime"


def test_quirk_15_a_name_in_free_text_is_a_taxon_and_a_field_is_not(occurrences):
    free = occurrences.count(replace(EVERYTHING, text="Vespa velutina"))
    field = occurrences.count(replace(EVERYTHING, text='scientificName:"Vespa velutina"'))
    taxon = occurrences.count(replace(EVERYTHING, taxa=(HORNET,)))
    assert free == taxon > field > 0


def test_quirk_16_a_taxon_holds_what_is_below_it(occurrences):
    """What a person chooses is the whole subtree, and its parts add up to it."""
    whole = occurrences.count(replace(EVERYTHING, taxa=(HORNET,)))
    only = replace(EVERYTHING, filters=('scientificName:"Vespa velutina"',))
    below = replace(EVERYTHING, filters=('scientificName:"Vespa velutina nigrithorax"',))
    assert occurrences.count(only) + occurrences.count(below) == whole
    assert occurrences.count(below) > 0
    names = {record.scientific_name for record in occurrences.search(only)}
    assert names == {"Vespa velutina"}


def test_quirk_16_this_rank_only_stays_so_through_a_portal_address(occurrences):
    """A filter on the name must not come back as the taxon, which means more."""
    only = replace(EVERYTHING, filters=('scientificName:"Vespa velutina"',))
    again = query_from_portal_url(portal_search_url(only, BASE, ""), BASE)
    assert again.taxa == ()
    assert again.filters == only.filters
    assert occurrences.count(again) == occurrences.count(only)
    whole = replace(EVERYTHING, taxa=(HORNET,))
    again = query_from_portal_url(portal_search_url(whole, BASE, ""), BASE)
    assert [taxon.key for taxon in again.taxa] == [HORNET.key]


def test_quirk_18_what_has_no_place_is_counted_searched_and_downloaded(occurrences, archive):
    unlocated = replace(EVERYTHING, filters=("-decimalLatitude:*",))
    located = replace(EVERYTHING, filters=("decimalLatitude:*",))
    without = occurrences.count(unlocated)
    assert 0 < without == occurrences.count(EVERYTHING) - occurrences.count(located)
    assert all(o.decimal_latitude is None for o in occurrences.search(unlocated, limit=50))
    header, *rows = table(archive(unlocated, MINIMAL_FIELDS))
    assert len(rows) >= without - 1  # the person may see other twins
    assert {row[header.index("decimalLatitude")] for row in rows} == {""}


def test_quirk_20_a_file_holds_no_citation_so_the_collectory_is_asked(app, archive):
    entries = archive(replace(EVERYTHING, taxa=(HORNET,)), MINIMAL_FIELDS)
    assert sorted(entries.namelist()) == ["README.html", "headings.csv", "observations.csv"]
    assert "doi" not in entries.read("README.html").decode("utf-8").lower()
    header, *rows = table(entries)
    uids = {row[header.index("dataResourceUid")] for row in rows}
    cited = CollectoryClient(WsgiTransport(app, BASE), f"{BASE}/collectory").citations(uids)
    assert {source.uid for source in cited} == uids
    assert all(source.citation for source in cited)


@pytest.mark.parametrize("preset", [MINIMAL_FIELDS, DARWIN_CORE_FIELDS])
def test_quirk_21_a_preset_gives_what_the_index_can_export_and_no_more(
    occurrences, archive, preset
):
    known = {field.name for field in occurrences.index_fields() if field.downloadable}
    header, *rows = table(archive(replace(EVERYTHING, taxa=(HORNET,)), preset))
    assert len(header) == len(known.intersection(preset)) > 30, "no column of the quality tests"
    assert all(len(row) == len(header) for row in rows)
    assert "id" not in header
    assert header[0] == "recordID"


def test_quirk_21_all_fields_are_those_that_come(occurrences, archive):
    fields = all_fields(occurrences.index_fields())
    assert not [name for name in fields if name.startswith("sensitive_")]
    query = replace(EVERYTHING, taxa=(HORNET,))
    header, *_ = table(archive(query, fields))
    assert len(header) == len(fields)
    more, *_ = table(archive(query, (*fields, "raw_locality", "noSuchField")))
    assert more == header, "the service drops them without a word"
    names = [term.name for term in header_terms(header)]
    assert len({name.lower() for name in names}) == len(names), "doubles are told apart"


def test_quirk_25_a_synonym_leads_to_its_accepted_taxon(app):
    taxa = TaxonClient(WsgiTransport(app, BASE), f"{BASE}/bie-index", f"{BASE}/namematching")
    names = [NameToMatch("Bufo calamita"), NameToMatch("Epidalea calamita")]
    synonym, accepted = taxa.match(names)
    assert synonym.is_synonym and not accepted.is_synonym
    assert synonym.key == accepted.key
    assert synonym.key.isdecimal()
    found = {taxon.scientific_name: taxon for taxon in taxa.search("Bufo calamita").taxa}
    assert found["Bufo calamita"].key == accepted.key
    assert found["Bufo calamita"].accepted_name == "Epidalea calamita"


def test_quirk_27_only_keys_that_both_spellings_share_are_sent():
    """``class`` in a query is ``clazz`` in a body; a kingdom is enough to tell homonyms apart."""
    portal = FakeTransport([{"success": False, "issues": []}])
    TaxonClient(portal, BASE, BASE).match([NameToMatch("Morus", kingdom="Plantae")])
    (asked,) = json.loads(portal.last.body)
    assert asked["kingdom"] == "Plantae"
    assert not {"class", "clazz", "classs"} & asked.keys()
