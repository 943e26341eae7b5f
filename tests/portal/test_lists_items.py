"""Items of species lists at the demo portal: contract/lists 2.4 to 2.8 and its quirks."""

from __future__ import annotations

import csv
import io

from tests.portal.lists_double import WS, Double, double, is_empty, sample

__all__ = ["double"]
STALE = {"Authorization": "Bearer stale"}


# Items


def test_items_are_shaped_as_recorded(double: Double):
    recorded = sample("vbp_speciesListItems_dr606_fixture.json")[0]
    (toad,) = double.get("speciesListItems/dr606", includeKVP="true", q="vroedmeesterpad")
    assert list(toad) == list(recorded)
    assert {**recorded, "id": toad["id"], "kvpValues": []} == {**toad, "kvpValues": []}
    keys = [pair["key"] for pair in toad["kvpValues"]]
    assert {pair["key"] for pair in recorded["kvpValues"]} <= set(keys)
    excerpt = sample("vbp_speciesListItems_dr552_kvp_excerpt.json")[0]["kvpValues"]
    bird = double.get("speciesListItems/dr552", includeKVP="true", q="Circus pygargus")[0]
    assert [pair["key"] for pair in bird["kvpValues"]] == [pair["key"] for pair in excerpt]


def test_an_unmatched_item_keeps_its_nulls(double: Double):
    recorded = sample("ala_speciesListItems_dr651_slice_with_unmatched.json")
    unmatched = next(item for item in recorded if item["lsid"] is None)
    ours = double.get("speciesListItems/dr703")[0]
    assert set(ours) == set(unmatched) - {"kvpValues"}
    assert (ours["lsid"], ours["scientificName"], ours["commonName"]) == (None, None, None)


def test_quirk_10_items_come_by_400_unless_asked(double: Double):
    assert len(double.get("speciesListItems/dr705")) == 400
    everything = double.get("speciesListItems/dr705", max=20_000)
    assert len(everything) == 10_000
    page = double.get("speciesListItems/dr705", max=1000, offset=9_500)
    assert page == everything[9_500:]
    backwards = double.get("speciesListItems/dr705", max=1, sort="id", order="desc")
    assert backwards[0] == everything[-1]


def test_quirk_03_q_ignores_paging_and_nonulls_is_true_whatever_it_says(double: Double):
    many = double.get("speciesListItems/dr705", q="ficta", max=5, offset=3)
    assert len(many) > 5
    matched = double.get("speciesListItems/dr705", nonulls="false", max=20_000)
    assert all(item["lsid"] for item in matched)
    assert len(matched) < 10_000
    assert double.get("speciesListItems/dr704", q="BOOMKIKKER")
    assert double.get("speciesListItems/dr704", q="%") == []


def test_items_of_unknown_lists_and_of_several(double: Double):
    assert double.get("speciesListItems/dr99999") == []
    both = double.get("speciesListItems/dr701,dr702", sort="id")
    assert {item["dataResourceUid"] for item in both} == {"dr701", "dr702"}
    missing = double.anonymous.get(f"{WS}/speciesListItems")
    assert (missing.status_code, missing.text) == (400, "druid parameter is required")
    assert double.get("speciesListItems", druid="dr701")
    assert is_empty(double.anonymous.get(f"{WS}/speciesListItems/dr701?sort=nothing"))
    assert is_empty(double.anonymous.get(f"{WS}/speciesListItems/dr701?max=many"))


def test_names_are_matched_as_common_names_and_ids_too(double: Double):
    garden = double.get("speciesListItems/dr714", double.token("demo"))
    assert [item["scientificName"] for item in garden] == [
        *("Turdus merula", "Parus major", "Erinaceus europaeus", "Aglais io", None)
    ]
    trends = double.get("speciesListItems/dr630")
    assert all(item["lsid"] for item in trends)


# Key-value pairs


def test_pairs_may_repeat_hold_spaces_and_the_word_null(double: Double):
    first, second, *_ = double.get("speciesListItems/dr704", includeKVP="true")
    assert [pair["key"] for pair in first["kvpValues"]] == [
        *("source Status", "opmerking", "opmerking")
    ]
    assert second["kvpValues"][0] == {"key": "source Status", "value": "NULL"}
    assert "\n" in second["kvpValues"][1]["value"]
    kvps = double.get("speciesListItemKvp/dr704")
    assert kvps[0]["kvps"]["opmerking"] == "roept|bij 'de poel'"
    assert "Rana temporaria" not in [item["name"] for item in kvps], "it has none"


def test_keys(double: Double):
    assert double.get("speciesListItems/keys", druid="dr704") == [
        *("guid", "opmerking", "source Status")
    ]
    assert double.get("listCommonKeys", druid="dr552,dr606") == ["class", "source"]
    empties = double.get("listCommonKeys", druid="dr552,dr542,dr606")
    assert "RLC" in empties, "begins anew whenever nothing is left"
    by_keys = double.get("speciesListItems/byKeys", druid="dr606", keys="RLC,JaarPublicatie")
    assert by_keys["Alytes obstetricans (Laurenti, 1768)"] == [
        {"key": "RLC", "value": "EN"},
        {"key": "JaarPublicatie", "value": "2024"},
    ]
    table = double.anonymous.get(
        f"{WS}/speciesListItems/byKeys?druid=dr606&keys=RLC,JaarPublicatie&format=csv"
    )
    assert table.text.splitlines()[0] == '"ScientificName","JaarPublicatie","RLC"'
    for path in ("speciesListItems/keys", "listCommonKeys", "speciesListItems/byKeys?druid=dr1"):
        assert double.anonymous.get(f"{WS}/{path}").status_code == 400


def test_keys_of_a_private_list_want_a_session(double: Double):
    path = f"{WS}/speciesListItems/keys?druid=dr711"
    assert is_empty(double.anonymous.get(path, headers=double.token("hilde")))
    assert double.browser("hilde").get(path).get_json() == ["bron"]
    assert is_empty(double.browser("demo").get(path))
    items = double.get("speciesListItems/dr711", double.token("hilde"), includeKVP="true")
    assert items[0]["kvpValues"] == [{"key": "bron", "value": "eigen terreinwerk"}]


def test_quirk_12_the_search_in_items_uses_other_words(double: Double):
    found = double.get("queryListItemOrKVP", druid="dr606", fields="RLC", q="cr", includeKVP="true")
    assert list(found[0]) == [
        *("id", "rawScientificName", "commonName", "matchedName", "lsid", "dataResourceUid"),
        "kvpValues",
    ]
    assert all({"key": "RLC", "value": "CR"} in item["kvpValues"] for item in found)
    everything = double.get("queryListItemOrKVP", druid="dr705", fields="commonName")
    assert len(everything) == 10_000
    assert double.anonymous.get(f"{WS}/queryListItemOrKVP?druid=dr1").status_code == 400


def test_the_taxa_of_a_list_include_nulls(double: Double):
    guids = double.get("speciesList/dr704/taxa")
    assert guids.count(None) == 1
    assert "2427609" in guids


# Lists of a taxon, of a name; other reads


def test_on_which_lists_a_taxon_is(double: Double):
    found = double.get("species/2427609")
    assert list(found[0]) == ["dataResourceUid", "guid", "list", "kvpValues"]
    assert list(found[0]["list"]) == ["username", "listName", "sds", "isBIE"]
    assert list(found[1]["kvpValues"][0]) == ["key", "value", "vocabValue"]
    druids = [entry["dataResourceUid"] for entry in found]
    assert druids.count("dr704") == 2, "one entry an item"
    assert not {"dr712", "dr713"} & set(druids)
    own = double.get("species/2427609", double.token("pieter"))
    assert {"dr712", "dr713"} <= {entry["dataResourceUid"] for entry in own}
    chosen = double.get("species/2427609", dr="dr606,dr552")
    assert {entry["dataResourceUid"] for entry in chosen} == {"dr606", "dr552"}
    authoritative = double.get("species/2427609", isAuthoritative="eq:true")
    assert "dr704" not in {entry["dataResourceUid"] for entry in authoritative}
    assert double.get("species/0") == []
    assert is_empty(double.anonymous.get(f"{WS}/species/"))


def test_which_lists_hold_a_name(double: Double):
    path = f"{WS}/speciesList/filter"
    names = {"scientificNames": ["Alytes obstetricans", "Meles meles"]}
    found = double.anonymous.post(path, json=names).get_json()
    assert {"dr552", "dr606"} <= set(found)
    assert "dr711" not in found
    some = double.anonymous.post(path, json={**names, "drIds": ["dr552", "dr1"]}).get_json()
    assert some == ["dr552"]
    for body in ({}, {"scientificNames": []}):
        assert double.anonymous.post(path, json=body).status_code == 400


def test_distinct_values_and_other_reads(double: Double):
    kingdoms = double.get("speciesListItems/distinct/kingdom")
    assert kingdoms == ["Animalia", "Fungi", "Plantae"]
    on_one = double.get("speciesListItems/distinct/matchedName", dataResourceUid="eq:dr702")
    assert "Hipparchia semele" in on_one
    assert is_empty(double.anonymous.get(f"{WS}/speciesListItems/distinct/nothing"))
    item = double.get("speciesListItems/dr702")[0]
    found = double.get("findSpeciesByName", name=item["name"], id=item["id"])
    assert found["matchedSpecies"]["family"] == "Nymphalidae"
    assert double.get("findSpeciesByName", name="x") == {}
    assert is_empty(double.anonymous.get(f"{WS}/findSpeciesByName?name=x&id=1"))
    assert double.anonymous.get(f"{WS}/speciesList/unpublished").mimetype == "text/csv"
    assert double.get("rematchLogs") == []


def test_machines_read_private_lists_with_their_scope(double: Double):
    for path in ("speciesListInternal/dr711", "speciesListItemsInternal/dr711"):
        get = double.anonymous.get
        assert get(f"{WS}/{path}").status_code == 401
        assert get(f"{WS}/{path}", headers=double.token("hilde")).status_code == 403
        machine = double.token("demo", scope="ala/internal")
        assert get(f"{WS}/{path}", headers=machine).status_code == 200


def test_a_list_as_a_table(double: Double):
    answer = double.anonymous.get("/species-list/speciesListItem/downloadList/dr704?file=mijn")
    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"] == "attachment;filename=mijn.csv"
    header, *rows = csv.reader(io.StringIO(answer.text))
    assert header == [
        *("Supplied Name", "guid", "scientificName", "family", "kingdom"),
        *("source Status", "opmerking", "raw.guid"),
    ]
    assert len(rows) == 6, "a value with a line break is one cell"
    assert "\n" in rows[1][6]
    assert answer.text.splitlines()[-1].endswith(",,"), "nulls stand without quotes"
    chosen = double.anonymous.get(
        "/species-list/speciesListItem/downloadList/dr606?fq=kvp RLC:EN&q=pad"
    )
    assert [row[0] for row in csv.reader(io.StringIO(chosen.text))][1:] == [
        *("Alytes obstetricans (Laurenti, 1768)", "Pelobates fuscus (Laurenti, 1768)")
    ]
    private = "/species-list/speciesListItem/downloadList/dr711"
    assert double.anonymous.get(private).status_code == 401
    assert double.anonymous.get(private, headers=double.token("hilde")).status_code == 200
    assert double.anonymous.get(private, headers=STALE).status_code == 500
    assert double.anonymous.get("/species-list/speciesListItem/downloadList/dr9").status_code == 404
