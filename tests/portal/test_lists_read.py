"""Reading species lists at the demo portal: contract/lists 1.1, 2.2 to 2.8 and its quirks."""

from __future__ import annotations

import sqlite3

import pytest

from demo.portal.biocache.species_lists import list_condition
from demo.portal.data.lists import SEEDS
from demo.portal.lists.expansion import Expansions
from tests.portal.lists_double import WS, Double, double, is_empty, sample

__all__ = ["double"]
PUBLIC = [seed.druid for seed in SEEDS if not seed.private]
SUMMARY_KEYS = [
    *("dataResourceUid", "listName", "description", "listType", "dateCreated", "lastUpdated"),
    *("lastUploaded", "lastMatched", "username", "fullName", "itemCount", "region", "category"),
    *("generalisation", "authority", "sdsType", "isAuthoritative", "isInvasive", "isThreatened"),
    *("looseSearch", "isBIE", "isSDS", "wkt"),
]
SINGLE_KEYS = [
    *("dataResourceUid", "listName", "description", "dateCreated", "lastUpdated", "lastUploaded"),
    *("lastMatched", "username", "fullName", "itemCount", "isAuthoritative", "isInvasive"),
    *("isThreatened", "isBIE", "isSDS", "looseSearch", "listType"),
]


# The index


def test_the_index_has_its_members_in_their_order(double: Double):
    answer = double.get("speciesList")
    assert list(answer) == ["listCount", "sort", "order", "max", "offset", "lists"]
    assert (answer["max"], answer["offset"], answer["sort"]) == (25, None, "listName")
    assert answer["listCount"] == len(PUBLIC)
    assert all(list(row) == SUMMARY_KEYS for row in answer["lists"])
    shown = [row["listName"].casefold() for row in answer["lists"]]
    assert shown == sorted(shown)


def test_the_index_is_shaped_as_published(double: Double):
    published = sample("gbif_pipelines_speciesList_fixture.json")
    ours = double.get("speciesList", isAuthoritative="eq:true", max=1)
    for key in ("listCount", "sort", "order", "max", "offset", "lists"):
        assert type(ours[key]) is type(published[key]), key
    older = sample("ala_speciesList_dr1266_v2017.json")
    assert set(older) <= set(ours["lists"][0])
    assert ours["lists"][0]["dateCreated"][-1] == older["dateCreated"][-1] == "Z"


def test_quirk_11_nobody_is_named_but_the_stubs_user(double: Double):
    for row in double.get("speciesList")["lists"]:
        assert (row["username"], row["fullName"]) == ("mocked-user", "Mocked user")


def test_paging_keeps_the_offset_as_a_text(double: Double):
    first = double.get("speciesList", max=3)
    second = double.get("speciesList", max=3, offset=3)
    assert (second["max"], second["offset"]) == (3, "3")
    both = [row["dataResourceUid"] for row in first["lists"] + second["lists"]]
    assert len(set(both)) == 6
    assert double.get("speciesList", max=0)["lists"] == []
    assert double.get("speciesList", max=0)["listCount"] == len(PUBLIC)
    assert double.get("speciesList", max=5000)["max"] == 1000


@pytest.mark.parametrize(
    "query",
    [
        {"max": "all"},
        {"sort": "nothing"},
        {"nothing": "eq:1"},
        {"listType": "eq:FOO"},
        {"itemsCount": "gt:10"},
        {"dateCreated": "gt:2020"},
    ],
)
def test_what_fails_in_the_index_is_an_empty_200(double: Double, query):
    assert is_empty(double.anonymous.get(f"{WS}/speciesList", query_string=query))


def test_filters(double: Double):
    def found(**query: str) -> set[str]:
        return {row["dataResourceUid"] for row in double.get("speciesList", **query)["lists"]}

    assert found(isAuthoritative="eq:true") == {
        *("dr552", "dr606", "dr542", "dr565", "dr525", "dr561", "dr620")
    }
    assert found(isInvasive="eq:true") == {"dr561"}
    assert found(listType="eq:LOCAL_LIST") == {"dr701"}
    assert found(dataResourceUid="eq:dr552") == {"dr552"}
    assert found(listName="ilike:%RED LIST%") == {"dr552", "dr606"}
    assert found(region="isNull:", listType="eq:OTHER") == {"dr705"}
    assert found(isAuthoritative="eq:true", isInvasive="eq:true") == {"dr561"}
    assert found(q="PRIORITAIRE") == {"dr620"}
    assert found(q="leeft") == {"dr701"}, "the description counts"
    assert found(q="Hyla") == set(), "names of species do not"
    assert found(wkt="x") == {"dr701"}


@pytest.mark.parametrize(
    "query",
    [
        {"isThreatened": "true"},
        {"listName": "eq:Amfibieën"},
        {"listName": "resembles:x"},
    ],
)
def test_quirk_04_a_filter_it_does_not_understand_widens(double: Double, query):
    assert double.get("speciesList", **query)["listCount"] == len(PUBLIC)


def test_sorting_and_the_own_lists_first(double: Double):
    by_count = double.get("speciesList", sort="count", order="desc")
    assert by_count["lists"][0]["dataResourceUid"] == "dr705"
    assert by_count["sort"] == "count"
    own = double.get("speciesList", double.token("demo"), user="x")
    assert own["sort"] is None
    first = {row["dataResourceUid"] for row in own["lists"][:4]}
    assert first == {"dr702", "dr703", "dr714", "drt1718888888123"}
    assert own["listCount"] == len(PUBLIC) + 1
    sorted_too = double.get("speciesList", double.token("demo"), user="x", sort="count")
    assert sorted_too["sort"] == "count"


def test_my_lists_are_those_i_own_or_edit(double: Double):
    assert set(double.mine("hilde")) == {"dr711", "dr712", "dr702"}
    assert set(double.mine("pieter")) == {"dr705", "dr712", "dr713"}
    as_nobody = double.get("speciesList", userId=f"eq:{double.sub('pieter')}")
    assert [row["dataResourceUid"] for row in as_nobody["lists"]] == ["dr705"]


def test_quirk_07_identity_is_the_claim_userid_only(double: Double):
    without = double.token("hilde", omit=["userid"])
    assert double.get("speciesList", without)["listCount"] == len(PUBLIC)
    answer = double.anonymous.get(f"{WS}/speciesList/dr711", headers=without)
    assert answer.status_code == 401


def test_a_bearer_is_never_an_administrator_here_a_session_is(double: Double):
    bearer = double.token("admin", role=["ROLE_ADMIN"])
    assert double.get("speciesList", bearer)["listCount"] == len(PUBLIC)
    session = double.browser("admin", "ROLE_ADMIN")
    assert session.get(f"{WS}/speciesList").get_json()["listCount"] == len(SEEDS)


# One list


def test_a_list_has_its_members_in_their_order(double: Double):
    answer = double.get("speciesList/dr552")
    assert list(answer) == SINGLE_KEYS
    assert list(double.get("speciesList/dr704")) == SINGLE_KEYS[:-1], "no type, no member"
    assert double.get("speciesList/dr552,dr606")["dataResourceUid"] == "dr606"


def test_quirk_01_an_unknown_list_is_the_whole_index(double: Double):
    answer = double.get("speciesList/dr99999")
    assert "dataResourceUid" not in answer
    assert answer["listCount"] == len(PUBLIC)


STALE = {"Authorization": "Bearer stale"}
BASIC = {"Authorization": "Basic eDp5"}


@pytest.mark.parametrize("headers", [STALE, BASIC])
def test_quirk_02_a_bad_token_empties_actions_and_breaks_private_reads(double: Double, headers):
    get = double.anonymous.get
    for path in ("speciesList", "species/2427609", "speciesListItems/distinct/family"):
        assert is_empty(get(f"{WS}/{path}", headers=headers)), path
    body = {"scientificNames": ["Hyla arborea"]}
    assert is_empty(double.anonymous.post(f"{WS}/speciesList/filter", json=body, headers=headers))
    for path in ("speciesList/dr711", "speciesListItems/dr711", "speciesList/dr711/taxa"):
        answer = get(f"{WS}/{path}", headers=headers)
        assert (answer.status_code, answer.mimetype) == (500, "text/html"), path
    assert get(f"{WS}/speciesListItems/dr552", headers=headers).get_json(), "public: not looked at"
    assert get(f"{WS}/speciesList/dr552", headers=headers).get_json()["itemCount"]


def test_quirk_07_an_expired_token_and_one_without_client_are_bad(double: Double):
    for token in (
        double.token("hilde", seconds=-3600),
        double.token("hilde", omit=["client_id"]),
        double.token("hilde", iss="https://elders.example"),
    ):
        assert is_empty(double.anonymous.get(f"{WS}/speciesList", headers=token))


@pytest.mark.parametrize(
    "path",
    [
        *("speciesList/dr711", "speciesListItems/dr711", "speciesList/dr711/taxa"),
        *("speciesListItemKvp/dr711", "queryListItemOrKVP?druid=dr711&fields=commonName"),
        "speciesListItems/dr552,dr711",
    ],
)
def test_a_private_list_is_its_owners_and_editors(double: Double, path):
    get = double.anonymous.get
    for headers in ({}, double.token("demo"), double.token("admin", role=["ROLE_ADMIN"])):
        answer = get(f"{WS}/{path}", headers=headers)
        assert (answer.status_code, answer.mimetype) == (401, "text/html")
        assert answer.headers["WWW-Authenticate"]
    assert get(f"{WS}/{path}", headers=double.token("hilde")).status_code == 200
    assert double.browser("hilde").get(f"{WS}/{path}").status_code == 200
    shared = path.replace("dr711", "dr712")
    assert get(f"{WS}/{shared}", headers=double.token("hilde")).status_code == 200


def test_quirk_19_errors_are_pages_even_where_json_is_asked_for(double: Double):
    headers = {"Accept": "application/json"}
    refused = double.anonymous.get(f"{WS}/speciesList/dr711", headers=headers)
    assert (refused.status_code, refused.mimetype) == (401, "text/html")
    unsent = double.anonymous.post(f"{WS}/speciesList", json={}, headers=headers)
    assert (unsent.status_code, unsent.mimetype) == (401, "text/html")


def test_quirk_18_an_id_as_on_the_development_portal_is_cut_in_a_search(double: Double):
    druid = next(row for row in PUBLIC if row.startswith("drt"))
    assert double.get(f"speciesList/{druid}")["dataResourceUid"] == druid
    assert double.get(f"speciesListItems/{druid}")
    with sqlite3.connect(":memory:") as nothing:
        condition = list_condition(nothing, Expansions(double.world), druid)
    assert condition is None, "cut after dr there is no such list, and everything is found"
