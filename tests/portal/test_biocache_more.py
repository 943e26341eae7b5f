"""The demo portal's occurrence service beside the search: stored queries, records, counts."""

from __future__ import annotations

import csv
import io

import pytest

from tests.portal.occurrence_index import sample

SQUARE = "POLYGON((3 51,4 51,4 51.2,3 51.2,3 51))"


# --- stored queries


@pytest.mark.parametrize("path", ["/qid", "/webportal/params", "/mapping/params"])
def test_a_stored_query_stands_for_all_of_its_parts(service, path):
    answer = service.post(path, q="lsid:131", fq="year:[2010 TO *]", wkt=SQUARE)
    assert answer.content_type.startswith("text/plain")
    assert answer.text.isdecimal()
    whole = service.count("lsid:131", fq="year:[2010 TO *]", wkt=SQUARE)
    assert service.count(f"qid:{answer.text}") == whole > 0
    narrowed = service.count(f"qid:{answer.text} AND month:6")
    assert narrowed == service.count("lsid:131", fq=["year:[2010 TO *]", "month:6"], wkt=SQUARE)
    assert narrowed == service.count(f"qid:{answer.text}", fq="month:6")


def test_the_filters_of_a_profile_are_frozen_into_a_stored_query(service):
    number = service.post("/qid", q="*:*", qualityProfile="VBP_algemeen", qc="year:2020").text
    told = service.get(f"/qid/{number}").json
    assert told["q"] == "*:*"
    assert "year:2020" in told["fqs"]
    assert '-occurrenceStatus:"ABSENT"' in told["fqs"]
    assert "bbox" not in told
    same = service.count(fq="year:2020", qualityProfile="VBP_algemeen")
    assert service.count(f"qid:{number}") == same


def test_a_stored_query_can_remember_its_extent(service):
    number = service.post("/qid", q="*:*", wkt=SQUARE, bbox="true").text
    west, south, east, north = service.get(f"/qid/{number}").json["bbox"]
    assert 3 <= west < east <= 4
    assert 51 <= south < north <= 51.2
    assert service.get("/mapping/bounds", q=f"qid:{number}").json == [west, south, east, north]


def test_ids_of_queries_are_the_time_and_differ(service):
    first, second = (int(service.post("/qid", q="*:*").text) for _ in range(2))
    assert first < second
    assert abs(first / 1000 - service.world.clock()) < 60


@pytest.mark.parametrize("number", ["1", "abc"])
def test_an_unknown_stored_query_is_a_400(service, number):
    assert service.get(f"/qid/{number}").status_code == 400
    answer = service.get("/occurrences/search", q="qid:1")
    assert (answer.status_code, answer.json["errorType"]) == (400, "Unrecognised QID")


def test_what_cannot_be_stored_is_an_html_400(service):
    for form in ({"wkt": "POLY"}, {"q": 'a"'}):
        answer = service.post("/qid", **form)
        assert answer.status_code == 400
        assert answer.content_type.startswith("text/html")


def test_a_reset_forgets_stored_queries(service):
    number = service.post("/qid", q="*:*").text
    service.world.reset()
    assert service.get("/occurrences/search", q=f"qid:{number}").status_code == 400


def test_a_batch_leads_to_a_stored_query(service):
    form = {"action": "Search", "redirectBase": "http://x.example/y", "field": "taxon_name"}
    answer = service.post("/occurrences/batchSearch", queries="Hyla arborea\nRana arvalis", **form)
    assert answer.status_code == 302
    base, _, query = answer.headers["Location"].partition("?q=")
    assert base == "http://x.example/y"
    assert service.count(query) == service.count(
        'scientificName:("Hyla arborea" OR "Rana arvalis")'
    )
    assert service.post("/occurrences/batchSearch", queries="x").status_code == 400


# --- one record


def test_a_record_has_what_was_supplied_and_what_was_made_of_it(service):
    q = 'raw_scientificName:"Rana catesbeiana" eventDate:* spatiallyValid:true'
    uuid = service.search(q=q, pageSize=1)["occurrences"][0]["uuid"]
    record = service.get(f"/occurrences/{uuid}").json
    expected = sample("doc_occurrence_record.json")
    assert list(expected) == list(record)[: len(expected)]
    groups = [key for key, value in expected["raw"].items() if isinstance(value, dict)]
    assert set(groups) <= record["raw"].keys() & record["processed"].keys()
    assert record["raw"]["classification"]["scientificName"] == "Rana catesbeiana"
    assert record["processed"]["classification"]["scientificName"] == "Lithobates catesbeianus"
    assert isinstance(record["raw"]["location"]["decimalLatitude"], str)
    assert isinstance(record["processed"]["location"]["decimalLatitude"], float)
    assert len(record["processed"]["event"]["eventDate"]) == len("2020-01-01")
    assert record["processed"]["cl"]["cl102"] == "Vlaams Gewest"
    warning = record["systemAssertions"]["warning"][0]
    assert warning["name"] == "GEODETIC_DATUM_ASSUMED_WGS84"


def test_a_record_with_a_picture_names_it(service):
    found = service.search(q="multimedia:Image", pageSize=1)["occurrences"][0]
    record = service.get(f"/occurrences/{found['uuid']}").json
    assert record["images"][0]["filePath"] == found["image"] == found["images"][0]
    assert found["thumbnailUrl"].endswith(f"proxyImageThumbnail?imageId={found['image']}")


def test_an_unknown_record_is_json_and_404(service):
    answer = service.get("/occurrences/no-such-record")
    assert (answer.status_code, answer.json) == (404, {"message": "Unrecognised recordUUID"})


# --- what the service tells about itself


def test_the_fields_tell_which_of_them_can_be_downloaded(service):
    fields = {field["name"]: field for field in service.get("/index/fields").json}
    assert list(fields) == sorted(fields)
    expected = next(f for f in sample("index_fields_ala.json") if f["name"] == "basisOfRecord")
    assert expected.keys() - {"infoUrl"} <= fields["basisOfRecord"].keys()
    assert fields["raw_basisOfRecord"]["docvalue"] is False
    assert fields["raw_scientificName"]["docvalue"] is True
    assert fields["taxon_name"] == {
        "name": "taxon_name",
        "deprecated": True,
        "newFieldName": "scientificName",
    }
    assert "taxon_name" not in {
        field["name"] for field in service.get("/index/fields", deprecated="false").json
    }
    dates = service.get("/index/fields", dataType="date", deprecated="false").json
    assert {"eventDate", "firstLoadedDate"} <= {field["name"] for field in dates}
    table = csv.reader(io.StringIO(service.get("/index/fields.csv").text))
    assert next(table)[0] == "name"


def test_the_facets_have_themes_and_former_names(service):
    themes = service.get("/search/grouped/facets").json
    assert themes[0]["title"] == "Taxon"
    names = [facet["field"] for theme in themes for facet in theme["facets"]]
    assert "taxon_name" in names
    assert service.get("/search/facets").json == names
    assert service.search(facets=names[:30], pageSize=0)["facetResults"]


def test_the_quality_codes_are_as_recorded(service):
    codes = service.get("/assertions/codes").json
    assert codes == sample("assertions_codes_ala.json")
    assert service.get("/assertions/codes", accept="text/plain").text.startswith("name,code")
    assert {c["code"] for c in service.get("/assertions/user/codes").json} < {
        c["code"] for c in codes
    }


def test_dutch_texts_are_the_names_of_layers_only(service):
    dutch = service.get("/facets/i18n_nl.properties")
    assert dutch.content_type == "text/plain; charset=UTF-8"
    assert "facet.cl100=Gemeenten" in dutch.text
    assert "facet.year" not in dutch.text
    assert "facet.year=Year" in service.get("/facets/i18n").text
    again = service.client.get(
        "/biocache-service/facets/i18n_nl.properties",
        headers={"If-None-Match": dutch.headers["ETag"]},
    )
    assert again.status_code == 304


# --- counts


def test_taxa_are_counted_with_all_below_them(service):
    counts = service.get("/occurrences/taxaCount", guids="131\n2427609\n0").json
    assert counts == {
        "131": service.count("lsid:131"),
        "2427609": service.count("lsid:2427609"),
        "0": 0,
    }
    by_form = service.post(
        "/occurrences/taxaCount", guids="131,2427609", separator=",", fq="year:2020"
    )
    assert by_form.json["131"] == service.count("lsid:131", fq="year:2020")
    assert service.get("/occurrences/taxaCount", guids=" ").status_code == 400


def test_what_is_near_a_place_is_counted_with_ten_ids(service):
    near = service.get("/occurrences/info", lat=51.05, lon=3.72, radius=20, pageSize=500).json
    assert near["count"] == service.count(lat=51.05, lon=3.72, radius=20)
    assert len(near["occurrences"]) == 10
    assert service.get("/occurrences/info", lat=51).status_code == 400


def test_the_values_of_a_facet_can_be_fetched_as_a_table(service):
    answer = service.get(
        "/occurrences/facets/download",
        q="lsid:131",
        facets="speciesID",
        lookup="true",
        count="true",
    )
    assert answer.content_type.startswith("text/csv")
    rows = list(csv.reader(io.StringIO(answer.text)))
    assert rows[0][0] == "Species ID"
    assert rows[0][-1] == "Number of Records"
    frog = next(row for row in rows if row[0] == "2427609")
    assert frog[1] == "Hyla arborea"
    assert int(frog[-1]) == service.count("speciesID:2427609")


def test_a_table_of_values_knows_no_rights_and_no_errors(service):
    sums = 0
    answer = service.get("/occurrences/facets/download", facets="sensitive", count="true")
    for row in list(csv.reader(io.StringIO(answer.text)))[1:]:
        sums += int(row[1])
    assert sums == 2 * service.count("sensitive:*")  # both twins
    wrong = service.get("/occurrences/facets/download", q='a"', facets="year")
    assert (wrong.status_code, wrong.data) == (200, b"")
    service.world.faults.add(name="biocache.truncated_facets")
    short = service.get("/occurrences/facets/download", facets="sensitive", count="true")
    assert 0 < len(short.data) < len(answer.data)


def test_the_extent_of_nothing_is_zeros(service):
    assert service.get("/mapping/bounds", q="year:1700").json == [0.0, 0.0, 0.0, 0.0]
    west, south, east, north = service.get("/mapping/bounds", fq='municipality:"Gent"').json
    assert 3.4 < west < east < 4.0
    assert 50.9 < south < north < 51.3
    text = service.get("/mapping/bbox", fq='municipality:"Gent"').text
    assert text == f"{west},{south},{east},{north}"


def test_species_groups_form_a_tree(service):
    groups = service.get("/explore/groups").json
    assert groups[0]["name"] == "ALL_SPECIES"
    assert groups[0]["count"] == service.count()
    by_name = {group["name"]: group for group in groups}
    assert by_name["Animals"]["level"] == 1
    assert by_name["Amphibians"]["level"] == 2
    assert by_name["Amphibians"]["count"] == service.count('speciesGroup:"Amphibians"')
    tree = service.get("/explore/hierarchy/groups", fq="year:2020").json
    animals = next(entry for entry in tree if entry["name"] == "Animals")
    assert {"name", "count", "speciesCount"} <= animals["childGroups"][0].keys()
    counts = service.get("/explore/counts/group/Amphibians").json
    assert counts == [by_name["Amphibians"]["count"], by_name["Amphibians"]["speciesCount"]]


def test_the_species_of_a_group_are_listed_with_counts(service):
    frogs = service.get("/explore/group/Amphibians", pageSize=100, includeRank="true").json
    tree_frog = next(entry for entry in frogs if entry["guid"] == "2427609")
    assert tree_frog["commonName"] == "boomkikker"
    assert tree_frog["rank"] == "species"
    assert tree_frog["count"] == service.count('scientificName:"Hyla arborea"')
    assert len(service.get("/explore/group/Amphibians", pageSize=2).json) == 2
    table = service.get("/explore/group/Amphibians/download").text.splitlines()
    assert len(table) == len(frogs) + 1


def test_species_lists_are_counted(service):
    lists = {entry["name"]: entry for entry in service.get("/explore/specieslists").json}
    assert lists["dr561"]["count"] == service.count("species_list:dr561")
    counts = service.get("/explore/counts/specieslist/dr561").json
    assert counts == [lists["dr561"]["count"], lists["dr561"]["speciesCount"]]


def test_names_are_completed_with_counts(service):
    answer = service.get("/autocomplete/search", q="kikker", pageSize=3).json["searchResults"]
    expected = sample("doc_autocomplete_search.json")["searchResults"]
    assert answer.keys() == expected.keys()
    assert len(answer["results"]) == 3
    assert all(result["occCount"] > 0 for result in answer["results"])
    (synonym,) = service.get("/autocomplete/search", q="Rana catesb").json["searchResults"][
        "results"
    ]
    assert synonym["acceptedConceptName"] == "Lithobates catesbeianus"
    assert synonym["highlight"] == "<strong>Rana catesb</strong>eiana"
    none = service.get("/autocomplete/search", q="Rana catesb", synonyms="false").json
    assert none["searchResults"]["results"] == []
