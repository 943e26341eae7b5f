"""Species lists: reading without truncation, writing without surprises."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from biodiv_plugin.portal import errors
from biodiv_plugin.portal.species_list import list_body, parse_list_item, parse_saved_list
from biodiv_plugin.portal.species_lists import (
    ListItem,
    NewItem,
    NewList,
    SpeciesListClient,
    SpeciesListInfo,
    TaxonListing,
)
from tests.unit.fakes import HTML, FakeFeedback, FakeTransport, data, params_of

BASE = "https://portal.test/species-list"
USER = "6b1f7ad2-1111-2222-3333-444455556666"
NEW = NewList(
    "Mijn amfibieën ",
    (
        NewItem("Alytes obstetricans", (("status", "gezien"), ("kingdom", "Animalia"))),
        NewItem(""),
        NewItem("Hyla arborea"),
    ),
    description="Uit QGIS",
)
SAVED = {
    "status": 200,
    "message": "added species list",
    "druid": "dr1234",
    "data": [
        {"guid": "2426612", "kvps": {"status": "laatste"}},
        {"guid": None, "kvps": {"status": "laatste"}},
    ],
}


@pytest.fixture()
def portal():
    return FakeTransport(data("lists.json"))


@pytest.fixture()
def client(portal):
    return SpeciesListClient(portal, BASE + "/")


def test_the_index(client, portal):
    index = client.index("rode", offset=25, sort="itemCount", descending=True)
    assert index.total == 2
    red, own = index.lists
    assert (red.druid, red.name) == ("dr552", "Validated red lists of Flanders, Belgium 2015")
    assert (red.item_count, red.list_type) == (3063, "CONSERVATION_LIST")
    assert (red.authoritative, red.threatened, red.invasive) == (True, True, False)
    assert red.updated == "2025-06-12T08:20:11Z"
    assert (own.name, own.description) == ("Mijn amfibieën", "")
    assert portal.last.url.startswith(f"{BASE}/ws/speciesList?")
    asked = params_of(portal.last)
    assert asked == {
        "q": ["rode"],
        "max": ["25"],
        "offset": ["25"],
        "sort": ["itemCount"],
        "order": ["desc"],
    }


def test_an_index_without_its_number_is_refused(client, portal):
    portal.answers({"lists": []})
    with pytest.raises(errors.UnexpectedAnswer):
        client.index()


def paged_index(total):
    def answer(request):
        offset, size = (int(params_of(request)[name][0]) for name in ("offset", "max"))
        lists = [{"dataResourceUid": f"dr{n}", "listName": f"l{n}"} for n in range(total)]
        return {"listCount": total, "lists": lists[offset : offset + min(size, 1000)]}

    return answer


def test_quirk_01_an_unknown_list_answers_the_index(client):
    with pytest.raises(errors.NotFound):
        client.info("dr99999")


def test_quirk_02_an_empty_200_to_the_user_means_that_the_token_was_not_believed(client, portal):
    portal.answers(b"")
    with pytest.raises(errors.SignInRequired):
        client.mine(USER)
    with pytest.raises(errors.UnexpectedAnswer):
        client.all()
    portal.answers(HTML, 500)
    with pytest.raises(errors.PortalFault):
        client.info("dr1", as_user=True)


def test_quirk_02_public_reads_go_without_the_user(client, portal):
    client.all()
    client.index()
    portal.answers([])
    client.items("dr1")
    client.of_taxon("1")
    assert not any(request.as_user for request in portal.requests)


def test_quirk_03_items_are_asked_without_the_switches_that_turn_paging_off(client, portal):
    portal.answers(data("list_items.json"))
    client.items("dr606")
    assert params_of(portal.last) == {
        "includeKVP": ["true"],
        "max": ["1000"],
        "offset": ["0"],
        "sort": ["id"],
    }


@pytest.mark.parametrize("filters", [{"region": "Vlaanderen é"}, {"user id": "x"}, {"region": ""}])
def test_quirk_04_a_filter_that_would_be_ignored_is_not_sent(client, portal, filters):
    with pytest.raises(errors.InvalidQuery):
        client.all(filters=filters)
    assert portal.requests == []


def test_quirk_04_filters_go_in_the_services_grammar(client, portal):
    client.all(filters={"isThreatened": "true", "listType": "LOCAL_LIST"})
    asked = params_of(portal.last)
    assert (asked["isThreatened"], asked["listType"]) == (["eq:true"], ["eq:LOCAL_LIST"])


def test_quirk_05_what_was_saved_is_read_by_position(client, portal):
    portal.answers(SAVED, 201, druid="dr1234")
    saved = client.create(NEW, USER)
    assert (saved.druid, saved.taxon_keys) == ("dr1234", ("2426612", ""))


def test_quirk_06_a_list_is_sent_with_its_owner_and_found_among_ones_own(client, portal):
    portal.answers(SAVED, 201)
    client.create(NEW, USER)
    assert json.loads(portal.last.body)["userId"] == USER
    portal.answers(data("lists.json"))
    assert [info.druid for info in client.mine(USER)] == ["dr552", "drt1725542000000"]
    assert portal.last.as_user
    assert params_of(portal.last)["userId"] == [f"eq:{USER}"]


def test_quirk_08_a_401_is_told_once_and_not_tried_again(client, portal):
    portal.answers(HTML, 401)
    with pytest.raises(errors.SignInRequired):
        client.info("dr7", as_user=True)
    assert len(portal.requests) == 1


@pytest.mark.parametrize("total", [0, 1, 1000, 1001, 2500])
def test_quirk_10_no_list_is_cut_off(client, portal, total):
    portal.answers(paged_index(total))
    assert len(client.all()) == total
    assert len(portal.requests) == max(1, -(-total // 1000))


@pytest.mark.parametrize("total", [0, 400, 1000, 2345])
def test_quirk_10_no_item_is_cut_off(client, portal, total):
    items = [{"id": n, "name": f"soort {n}", "lsid": str(n)} for n in range(total)]

    def page(request):
        offset = int(params_of(request)["offset"][0])
        return items[offset : offset + 1000]

    portal.answers(page)
    assert [item.id for item in client.items("dr1")] == list(range(total))


def test_reading_can_be_stopped_between_pages(client, portal):
    portal.answers(lambda request: [{"id": 1, "name": "a"}] * 1000)
    with pytest.raises(errors.Canceled):
        client.items("dr1", feedback=FakeFeedback(patience=3))
    portal.answers(paged_index(9999))
    with pytest.raises(errors.Canceled):
        client.all(feedback=FakeFeedback(patience=3))


def test_quirk_11_placeholders_for_owners_are_not_kept(client):
    assert "ocked" not in repr(client.index().lists)


def test_quirk_12_an_item_has_two_spellings():
    one = parse_list_item(data("list_items.json")[0])
    other = parse_list_item(
        {
            "id": 4251275,
            "rawScientificName": "Alytes obstetricans (Laurenti, 1768)",
            "commonName": "vroedmeesterpad",
            "matchedName": "Alytes obstetricans",
            "lsid": "2426612",
        }
    )
    assert replace(one, values=()) == other


def test_items_with_their_values(client, portal):
    portal.answers(data("list_items.json"))
    toad, unmatched = client.items("dr606")
    assert toad == ListItem(
        4251275,
        "Alytes obstetricans (Laurenti, 1768)",
        "Alytes obstetricans",
        "vroedmeesterpad",
        "2426612",
        (("RLC", "EN"), ("RLC", "NULL"), ("source Status", "")),
    )
    assert (unmatched.taxon_key, unmatched.scientific_name) == ("", "")


def test_one_list(client, portal):
    portal.answers({"dataResourceUid": "dr1", "listName": "Soortenbesluit", "itemCount": 9})
    assert client.info("dr1") == SpeciesListInfo("dr1", "Soortenbesluit", item_count=9)


def test_quirk_18_ids_of_the_development_portal(client, portal):
    portal.answers({"dataResourceUid": "drt1725542000000", "listName": "Test"})
    assert client.info("drt1725542000000").druid == "drt1725542000000"


@pytest.mark.parametrize("druid", ["", "552", "dr", "dr1,dr2", "../dr1", "dr1 OR 1"])
def test_what_can_be_no_list_is_not_asked_for(client, portal, druid):
    for call in (client.info, client.items, client.csv_url, client.page_url):
        with pytest.raises(errors.NotFound):
            call(druid)
    assert portal.requests == []


def test_quirk_19_error_pages_are_never_read(client, portal):
    portal.answers(HTML, 403)
    with pytest.raises(errors.Forbidden):
        client.info("dr1")


def test_quirk_20_the_owner_is_the_one_signed_in(client, portal):
    portal.answers(SAVED, 201)
    client.create(NEW, USER)
    assert portal.last.headers["X-ALA-userId"] == USER
    assert portal.last.as_user
    portal.requests.clear()
    with pytest.raises(errors.SignInRequired):
        client.create(NEW, "")
    assert portal.requests == []


def test_quirk_21_a_redirect_is_a_sign_in_page(client, portal):
    portal.answers(b"", 302)
    with pytest.raises(errors.UnexpectedAnswer):
        client.create(NEW, USER)


def test_quirk_22_what_is_served_counts_and_not_what_the_portals_openapi_says(client, portal):
    """Its members ``driod`` and ``astUpdated`` are nowhere served, and its body is a filter's."""
    row = {"dataResourceUid": "dr1", "listName": "x", "lastUpdated": "2025-06-12T08:20:11Z"}
    portal.answers({**row, "astUpdated": "1999-01-01T00:00:00Z"})
    assert client.info("dr1").updated.startswith("2025")
    portal.answers({"status": 200, "driod": "dr1", "data": []}, 201)
    with pytest.raises(errors.UnexpectedAnswer):
        client.create(NEW, USER)
    assert not {"scientificNames", "drIds"} & set(json.loads(portal.last.body))


def test_quirk_23_writing_waits_for_minutes_and_is_done_once(client, portal):
    portal.answers(HTML, 504)
    with pytest.raises(errors.PortalFault):
        client.create(NEW, USER)
    assert len(portal.requests) == 1
    assert portal.last.timeout >= 1800


def test_quirk_23_a_list_can_be_looked_for_before_it_is_written_again(client):
    assert [info.druid for info in client.find_by_name("Mijn amfibieën", USER)] == [
        "drt1725542000000"
    ]
    assert client.find_by_name("Mijn") == ()


def test_what_a_new_list_is_made_of(client, portal):
    portal.answers(SAVED, 201)
    client.create(NEW, USER)
    assert portal.last.url == f"{BASE}/ws/speciesList"
    assert json.loads(portal.last.body) == {
        "listName": "Mijn amfibieën",
        "listType": "OTHER",
        "description": "Uit QGIS",
        "url": "",
        "wkt": "",
        "isPrivate": True,
        "userId": USER,
        "listItems": [
            {
                "itemName": "Alytes obstetricans",
                "kvpValues": [
                    {"key": "status", "value": "gezien"},
                    {"key": "kingdom", "value": "Animalia"},
                ],
            },
            {"itemName": "Hyla arborea", "kvpValues": []},
        ],
    }


def test_replacing_changes_the_name_and_the_items_alone(client, portal):
    portal.answers(SAVED, 201)
    client.replace("dr1234", NEW, USER)
    assert portal.last.url == f"{BASE}/ws/speciesList/dr1234"
    assert set(json.loads(portal.last.body)) == {"listName", "listItems"}
    client.append("dr1234", NEW, USER)
    assert json.loads(portal.last.body)["replaceList"] is False


@pytest.mark.parametrize(
    "new", [replace(NEW, name=" "), replace(NEW, items=()), replace(NEW, items=(NewItem(" "),))]
)
def test_an_empty_list_cannot_be_written(client, portal, new):
    with pytest.raises(errors.InvalidQuery):
        client.replace("dr1", new, USER)
    assert portal.requests == []


def test_no_other_type_of_list():
    with pytest.raises(errors.InvalidQuery):
        list_body(replace(NEW, list_type="FOO"))


def test_a_refusal_in_plain_words(client, portal):
    portal.answers("Unable to generate collectory entry.\nmore", 400)
    with pytest.raises(errors.Rejected, match=r"^Unable to generate collectory entry\.$"):
        client.create(NEW, USER)
    portal.answers(HTML, 400)
    with pytest.raises(errors.Rejected, match=r"^HTTP 400$"):
        client.create(NEW, USER)


def test_the_answer_to_names_without_values():
    saved = parse_saved_list({"druid": "dr1", "data": ["2426612", None]})
    assert saved.taxon_keys == ("2426612", "")
    for broken in ({}, {"druid": "dr1"}, {"data": []}):
        with pytest.raises(errors.UnexpectedAnswer):
            parse_saved_list(broken)


def test_where_a_taxon_is_listed(client, portal):
    portal.answers(
        [
            {
                "dataResourceUid": "dr542",
                "guid": "2426612",
                "list": {"username": "mocked-user", "listName": "Soortenbesluit", "sds": False},
                "kvpValues": [{"key": "categorie", "value": "cat3", "vocabValue": "Categorie 3"}],
            }
        ]
    )
    assert client.of_taxon("2426612") == (
        TaxonListing("dr542", "Soortenbesluit", "2426612", (("categorie", "Categorie 3"),)),
    )


def test_a_list_as_a_table(client, portal, tmp_path):
    target = tmp_path / "list.csv"
    portal.answers("Supplied Name, guid\nHyla,1\n", content_type="text/csv;charset=utf-8")
    client.download_csv("dr1", target)
    assert target.read_text().startswith("Supplied Name")
    target.unlink()
    portal.answers(HTML, content_type="text/html")
    with pytest.raises(errors.UnexpectedAnswer):
        client.download_csv("dr1", target)
    assert not target.exists()


def test_pages_for_the_browser(client):
    assert client.page_url("dr1") == f"{BASE}/speciesListItem/list/dr1"
    assert client.upload_url() == f"{BASE}/speciesList/upload"
    assert client.upload_url("dr1") == f"{BASE}/speciesList/upload/dr1"
    assert client.my_lists_url() == f"{BASE}/speciesList/list"
