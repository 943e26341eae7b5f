"""Searching occurrences: what is asked, and how each answer is read."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from biodiv_plugin.portal import errors
from biodiv_plugin.portal.occurrence import parse_occurrence
from biodiv_plugin.portal.occurrences import MAX_RECORDS, OccurrenceClient
from biodiv_plugin.portal.query import OccurrenceQuery, TaxonRef
from biodiv_plugin.portal.summaries import (
    FacetValue,
)
from tests.unit.fakes import HTML, FakeFeedback, FakeTransport, data, params_of

BASE = "https://portal.test/biocache-service"
FLANDERS = 'cl102:"Vlaams Gewest"'
RABBITS = OccurrenceQuery(taxa=(TaxonRef("2436940"),))


@pytest.fixture()
def portal():
    return FakeTransport(data("search.json"))


@pytest.fixture()
def client(portal):
    return OccurrenceClient(portal, BASE + "/", FLANDERS)


def pages(total):
    """Answer as the service does: the window asked for, but nothing beyond its wall."""

    def answer(request):
        asked = params_of(request)
        start, size = int(asked["start"][0]), int(asked["pageSize"][0])
        end = min(start + size, total, MAX_RECORDS)
        records = [{"uuid": f"{number:06}"} for number in range(start, end)]
        return {"totalRecords": total, "occurrences": records}

    return answer


def test_count_reads_no_record(client, portal):
    assert client.count(RABBITS) == 86123
    asked = params_of(portal.last)
    assert (asked["pageSize"], asked["facet"], asked["q"]) == (["0"], ["false"], ["lsid:2436940"])
    assert portal.last.url == f"{BASE}/occurrences/search"


def test_a_record_under_its_terms(client):
    rabbit, fox = client.page(RABBITS, 0, 2).occurrences
    assert rabbit.uuid == "9240eb81-714f-46ef-a3eb-2a06ad77d751"
    assert rabbit.occurrence_id == "INBO:VIS:01234"
    assert (rabbit.decimal_longitude, rabbit.decimal_latitude) == (3.72, 51.05)
    assert rabbit.coordinate_uncertainty == 30.0
    assert (rabbit.data_resource_uid, rabbit.licence) == ("dr12", "CC0")
    assert rabbit.recorded_by == ("A. Janssens",)
    assert rabbit.species_groups == ("Animals", "Mammals")
    assert rabbit.assertions == ("COORDINATE_ROUNDED", "MISSING_TAXONRANK")
    assert rabbit.image_ids == ("4dbde5eb-0001",)
    assert fox.scientific_name == "Vulpes vulpes"
    assert (fox.recorded_by, fox.spatially_valid, fox.year) == ((), None, None)


@pytest.mark.parametrize("total", [0, 1, 999, 1000, 1001, 2500])
def test_search_walks_every_page_once(total):
    portal = FakeTransport(pages(total))
    found = list(OccurrenceClient(portal, BASE).search(RABBITS))
    assert [occurrence.uuid for occurrence in found] == [f"{number:06}" for number in range(total)]
    assert len(portal.requests) == max(1, -(-total // 1000))


def test_search_asks_for_no_more_than_is_wanted():
    portal = FakeTransport(pages(100_000))
    assert len(list(OccurrenceClient(portal, BASE).search(RABBITS, limit=1500))) == 1500
    assert [params_of(request)["pageSize"] for request in portal.requests] == [["1000"], ["500"]]


def test_progress_between_pages():
    feedback = FakeFeedback()
    list(OccurrenceClient(FakeTransport(pages(3000)), BASE).search(RABBITS, feedback=feedback))
    assert feedback.progress == pytest.approx([100 / 3, 200 / 3])


@pytest.mark.parametrize(("patience", "asked"), [(0, 1), (1, 1), (2, 2), (3, 2)])
def test_cancel_before_a_page_and_after_it(patience, asked):
    portal = FakeTransport(pages(3000))
    client = OccurrenceClient(portal, BASE)
    with pytest.raises(errors.Canceled):
        list(client.search(RABBITS, feedback=FakeFeedback(patience)))
    assert len(portal.requests) == asked


def test_quirk_03_a_role_that_is_missing_is_told_with_401():
    client = OccurrenceClient(FakeTransport("Unauthorized Access", 401), BASE)
    with pytest.raises(errors.SignInRequired):
        client.count(RABBITS)


BROKEN = b"""

{"message": "Cannot parse 'a:\\q \\"b': Encountered <EOF>", "errorType": "Query syntax invalid",
 "statusCode": 400}"""


def test_quirk_04_a_malformed_json_error_still_tells_its_reason():
    with pytest.raises(ValueError, match="escape"):
        json.loads(BROKEN)
    client = OccurrenceClient(FakeTransport(BROKEN, 400), BASE)
    with pytest.raises(errors.Rejected, match="Query syntax invalid: Cannot parse") as raised:
        client.count(RABBITS)
    assert raised.value.status == 400


def test_quirk_04_an_html_error_has_only_its_status():
    client = OccurrenceClient(FakeTransport(HTML, 500), BASE)
    with pytest.raises(errors.PortalFault, match=r"^HTTP 500$"):
        client.count(RABBITS)


def test_quirk_04_an_empty_400_is_a_refusal():
    with pytest.raises(errors.Rejected):
        OccurrenceClient(FakeTransport(b"", 400), BASE).count(RABBITS)


def test_an_error_tells_nothing_of_a_private_list():
    client = OccurrenceClient(FakeTransport(BROKEN, 400), BASE)
    with pytest.raises(errors.Rejected) as raised:
        client.count(replace(RABBITS, list_taxa=("123456",)))
    assert "Cannot parse" not in str(raised.value)
    assert "Query syntax invalid" in str(raised.value)


def test_an_unknown_query_id_can_be_made_again():
    body = '\n{"message":"qid not found","errorType":"Unrecognised QID","statusCode":400}'
    with pytest.raises(errors.NotFound):
        OccurrenceClient(FakeTransport(body, 400), BASE).count(OccurrenceQuery(text="qid:1"))


def test_quirk_05_a_200_without_total_is_no_answer():
    for body in ({"error": "x"}, [], None):
        with pytest.raises(errors.UnexpectedAnswer):
            OccurrenceClient(FakeTransport(body), BASE).count(RABBITS)


def test_quirk_07_the_legend_is_asked_with_an_exact_accept_header():
    portal = FakeTransport([])
    OccurrenceClient(portal, BASE).legend(RABBITS, "basisOfRecord")
    assert portal.last.headers["Accept"] == "application/json"
    assert params_of(portal.last)["cm"] == ["basisOfRecord"]


def test_quirk_08_a_long_query_goes_by_form_or_by_its_id():
    taxa = tuple(map(str, range(1_000_000, 1_001_500)))
    portal = FakeTransport({"totalRecords": 3})
    client = OccurrenceClient(portal, BASE, FLANDERS)
    query = OccurrenceQuery(list_taxa=taxa)
    assert client.count(query) == 3
    assert portal.last.method == "POST"
    assert "lsid:1001499" in params_of(portal.last)["fq"][0]

    portal.answers_in_turn(["1718888888123\n", []])
    client.legend(query, "year")
    stored, legend = portal.requests[-2:]
    assert (stored.method, stored.url) == ("POST", f"{BASE}/qid")
    assert legend.method == "GET"
    assert len(legend.url) < 500
    assert params_of(legend)["q"] == ["qid:1718888888123"]
    assert "fq" not in params_of(legend)  # all of them are stored with the query


def test_quirk_09_the_wall_at_5000_ends_the_walk():
    portal = FakeTransport(pages(86123))
    client = OccurrenceClient(portal, BASE)
    assert len(list(client.search(RABBITS, limit=20_000))) == 5000
    assert len(portal.requests) == 5
    beyond = client.page(RABBITS, 5000, 10)
    assert (beyond.total, beyond.occurrences) == (86123, ())


def test_quirk_11_each_facet_is_a_parameter_of_its_own(client, portal):
    client.facets(RABBITS, ["basisOfRecord", "year"], limit=5)
    asked = params_of(portal.last)
    assert (asked["facets"], asked["flimit"]) == (["basisOfRecord", "year"], ["5"])
    assert asked["pageSize"] == ["0"]


def test_quirk_12_a_filter_comes_from_the_service_never_from_a_label(client):
    found = client.facets(RABBITS, ["basisOfRecord", "year"])
    assert found == {
        "basisOfRecord": (
            FacetValue(
                'basisOfRecord:"HUMAN_OBSERVATION"', "Human observation", 80000, "HUMAN_OBSERVATION"
            ),
            FacetValue("-basisOfRecord:*", "Not supplied", 12, ""),
        ),
        "year": (),
    }


def test_more_facets_than_the_service_takes_are_asked_in_turns(portal, client):
    found = client.facets(RABBITS, [f"field{number}" for number in range(65)])
    assert [len(params_of(request)["facets"]) for request in portal.requests] == [30, 30, 5]
    assert len(found) == 66  # and the one that answered


def test_quirk_13_the_types_of_a_search_answer(client):
    rabbit = client.page(RABBITS).occurrences[0]
    assert rabbit.event_date == date(2018, 6, 13)
    assert (rabbit.year, rabbit.month) == (2018, 6)
    assert rabbit.spatially_valid is True


@pytest.mark.parametrize(
    ("millis", "day"),
    [
        (0, date(1970, 1, 1)),
        (-1, date(1969, 12, 31)),
        (-5_000_000_000_000, date(1811, 7, 23)),
        (10**18, None),
        (None, None),
    ],
)
def test_old_and_absurd_dates(millis, day):
    assert parse_occurrence({"uuid": "a", "eventDate": millis}).event_date == day


def test_quirk_14_nulls_may_be_left_out_or_written():
    bare = parse_occurrence({"uuid": "a"})
    nulls = parse_occurrence(
        {"uuid": "a", "eventDate": None, "images": None, "recordedBy": None, "year": None}
    )
    assert bare == nulls


def test_quirk_18_a_record_without_a_place_has_none():
    record = parse_occurrence({"uuid": "a", "decimalLatitude": None})
    assert record.decimal_latitude is record.decimal_longitude is None


def test_a_record_without_uuid_is_refused():
    with pytest.raises(errors.UnexpectedAnswer):
        parse_occurrence({"scientificName": "Lutra lutra"})


def test_every_request_asks_for_the_users_own_view(portal, client):
    portal.answers({"totalRecords": 0, "processed": {"uuid": "a"}})
    client.count(RABBITS)
    client.facets(RABBITS, ["year"])
    client.record("a")
    portal.answers([])
    client.legend(RABBITS, "year")
    client.index_fields()
    portal.answers("123")
    client.qid(RABBITS)
    assert all(request.as_user for request in portal.requests)


def test_a_stored_query_has_an_id_of_digits(portal, client):
    portal.answers("1718888888123")
    assert client.qid(RABBITS) == "1718888888123"
    assert params_of(portal.last)["fq"][-1] == FLANDERS
    portal.answers(HTML)
    with pytest.raises(errors.UnexpectedAnswer):
        client.qid(RABBITS)
    portal.answers(HTML, 400)
    with pytest.raises(errors.Rejected):
        client.qid(RABBITS)


def test_whether_a_stored_query_is_still_there(portal, client):
    portal.answers({"rowKey": "1718", "q": "*:*"})
    assert client.has_qid("1718")
    for status, body in ((400, HTML), (400, '{"errorType": "Unrecognised QID"}'), (404, b"")):
        portal.answers(body, status)
        assert not client.has_qid("1718")
    portal.answers(HTML, 503)
    with pytest.raises(errors.PortalFault):
        client.has_qid("1718")


def test_numbers_of_taxa_within_a_query(portal, client):
    portal.answers({"2436940": 12345, "5219243": 0})
    assert client.taxa_count(["2436940", "5219243", "2436940"]) == {"2436940": 12345, "5219243": 0}
    assert params_of(portal.last) == {"guids": ["2436940\n5219243"], "separator": ["\n"]}
    portal.answers_in_turn(["77", {"1": 3}])
    assert client.taxa_count(["1"], RABBITS) == {"1": 3}
    assert params_of(portal.last)["fq"] == ["qid:77"]
    portal.requests.clear()
    assert client.taxa_count([]) == {}
    assert portal.requests == []
