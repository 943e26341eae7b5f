"""The demo portal's occurrence service, quirk by quirk (contract/occurrences 1, 7 and 8)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from osgeo import ogr

from demo.portal.biocache.geometry import circle_wkt
from demo.portal.data import areas
from tests.portal.occurrence_index import BASE, Service, open_world

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "contract" / "samples" / "occurrences"
HYLA = "2427609"
HOLE = "POLYGON((3 51,4 51,4 51.2,3 51.2,3 51),(3.5 51.05,3.9 51.05,3.9 51.15,3.5 51.15,3.5 51.05))"


@pytest.fixture(scope="module")
def service():
    return Service(open_world())


@pytest.fixture(autouse=True)
def first_state(service):
    service.client.delete_cookie("VBP-AUTH")
    yield
    service.world.reset()


def sample(name):
    if not (SAMPLES / name).exists():
        pytest.skip(f"the recorded answers are not here: {SAMPLES / name}")
    return json.loads((SAMPLES / name).read_text(encoding="utf-8"))


def box(lon):
    far = lon + 0.2
    return f"(({lon} 51,{far} 51,{far} 51.2,{lon} 51.2,{lon} 51))"


def facet(answer, name):
    return next(f["fieldResult"] for f in answer["facetResults"] if f["fieldName"] == name)


# --- the answer of a search


def test_an_answer_has_the_keys_of_the_service_in_their_order(service):
    answer = service.search(q="Hyla arborea", pageSize=3)
    expected = list(sample("doc_occurrences_search.json"))
    assert list(answer) == expected
    known = set(sample("doc_occurrences_search.json")["occurrences"][0])
    record = set(answer["occurrences"][0])
    assert {"uuid", "taxonConceptID", "classs", "namesLsid", "point00001", "left"} <= record & known


def test_types_are_as_treacherous_as_the_services_own(service):
    record = service.search(q="lsid:2427609", fq=["month:6", "spatiallyValid:true"], pageSize=1)
    found = record["occurrences"][0]
    assert found["month"] == "06"
    assert isinstance(found["eventDate"], int)
    assert found["eventDate"] > 10**11  # milliseconds
    assert found["geospatialKosher"] == "true"
    assert found["spatiallyValid"] is True
    assert found["classs"] == "Amphibia"
    assert found["taxonConceptID"] == HYLA
    assert found["otherProperties"] == {}


def test_what_is_null_is_left_out(service):
    (found,) = service.search(q="-decimalLatitude:* -_nest_parent_:*", pageSize=1)["occurrences"]
    assert "decimalLatitude" not in found
    assert "latLong" not in found
    assert None not in found.values()


def test_fields_beyond_the_mapped_ones_stand_apart(service):
    fields = "id,scientificName,occurrenceStatus,gridReference,individualCount"
    q = "gridReference:* individualCount:*"
    found = service.search(q=q, fl=fields, pageSize=1)["occurrences"][0]
    assert set(found) == {"uuid", "scientificName", "gridReference", "otherProperties"}
    assert set(found["otherProperties"]) == {"occurrenceStatus", "individualCount"}


def test_a_post_form_does_what_a_query_does_in_any_letter_case(service):
    by_form = service.post("/occurrences/search", Q="lsid:131", FQ="year:2020", pagesize="0")
    assert by_form.json["totalRecords"] == service.count("lsid:131", fq="year:2020") > 0


def test_the_question_is_repeated_form_encoded(service):
    answer = service.search(q="*:*", fq=["year:2018", 'state:"Limburg"'], pageSize=0)
    assert answer["query"] == "?q=*%3A*&fq=year%3A2018&fq=state%3A%22Limburg%22"
    assert answer["urlParameters"] == answer["query"]
    assert answer["queryTitle"] == "[all records]"
    assert answer["activeFacetMap"]["year"]["value"] == "2018"
    assert answer["activeFacetObj"]["year"][0]["value"] == "year:2018"


def test_filters_on_one_field_overwrite_each_other_in_the_map_only(service):
    answer = service.search(fq=["year:[2000 TO *]", "year:[* TO 2010]", "(lsid:131)"], pageSize=0)
    assert answer["activeFacetMap"]["year"]["value"] == "[* TO 2010]"
    assert len(answer["activeFacetObj"]["year"]) == 2
    assert "(lsid" in answer["activeFacetMap"]


def test_a_taxon_in_the_title_is_html(service):
    title = service.search(q="lsid:2427609", pageSize=0)["queryTitle"]
    assert title == "<span class='lsid' id='2427609'>species: Hyla arborea</span>"


def test_no_match_is_an_empty_answer(service):
    answer = service.search(q="year:1700", facets="year,month")
    assert answer["totalRecords"] == 0
    assert answer["occurrences"] == answer["facetResults"] == []
    assert answer["activeFacetMap"] == {}


# --- paging


def test_beyond_five_thousand_records_there_is_nothing_and_no_error(service):
    beyond = service.search(start=5000, pageSize=10, facet="false")
    assert (beyond["pageSize"], beyond["startIndex"], beyond["occurrences"]) == (0, 0, [])
    assert beyond["totalRecords"] == service.count()
    last = service.search(start=4990, pageSize=100, fl="id", facet="false")
    assert (last["pageSize"], len(last["occurrences"])) == (10, 10)


def test_pages_in_the_order_of_an_id_hold_each_record_once(service):
    ids = []
    for start in range(0, 300, 100):
        page = service.search(q="lsid:131", start=start, pageSize=100, sort="id", fl="id")
        ids += [record["uuid"] for record in page["occurrences"]]
    assert len(set(ids)) == 300
    assert ids == sorted(ids)
    turned = service.search(q="lsid:131", pageSize=1, sort="id", dir="desc", fl="id")
    assert turned["occurrences"][0]["uuid"] > ids[-1]


def test_without_an_order_pages_may_overlap(service):
    service.world.faults.add(name="biocache.unstable_order")
    ids = []
    for start in range(0, 300, 50):
        page = service.search(start=start, pageSize=50, fl="id", facet="false")
        ids += [record["uuid"] for record in page["occurrences"]]
    assert len(set(ids)) < len(ids)


# --- facets


def test_labels_are_not_values_and_the_missing_come_last(service):
    items = facet(service.search(facets="basisOfRecord", pageSize=0), "basisOfRecord")
    assert items[0]["label"] == "Human observation"
    assert items[0]["fq"] == 'basisOfRecord:"HUMAN_OBSERVATION"'
    assert items[0]["i18nCode"] == "basisOfRecord.HUMAN_OBSERVATION"
    assert items[-1]["label"] == "Not supplied"
    for item in items:
        assert service.count(fq=item["fq"]) == item["count"]


def test_the_missing_do_not_count_for_the_limit(service):
    items = facet(service.search(facets="municipality", flimit=3, pageSize=0), "municipality")
    assert len(items) == 4
    counts = [item["count"] for item in items[:3]]
    assert counts == sorted(counts, reverse=True)


def test_several_values_of_a_record_count_each(service):
    answer = service.search(q=f"lsid:{HYLA}", facets=["speciesGroup", "dataResourceUid"])
    groups = {item["label"]: item["count"] for item in facet(answer, "speciesGroup")}
    assert groups["Animals"] == groups["Amphibians"] == answer["totalRecords"]
    names = {item["fq"]: item["label"] for item in facet(answer, "dataResourceUid")}
    assert names['dataResourceUid:"dr104"'] == "Meetnetten.be - Amfibieën"


def test_one_text_of_facets_is_cut_at_commas_and_at_thirty(service):
    answer = service.search(facets="year,month", pageSize=0)
    assert [f["fieldName"] for f in answer["facetResults"]] == ["year", "month"]
    many = [f"cl{n}" for n in (100, 101, 102)] * 12
    assert len(service.search(facets=many, pageSize=0)["facetResults"]) == 30


def test_facets_can_be_sought_sorted_and_paged(service):
    def values(**query):
        answer = service.search(facets="family", pageSize=0, **query)
        return [item["label"] for item in facet(answer, "family") if item["label"][0] != "N"]

    assert values(fprefix="Hy") and all(v.startswith("Hy") for v in values(fprefix="Hy"))
    assert all("lid" in v for v in values(fcontains="lid"))
    ordered = values(fsort="index", flimit=-1)
    assert ordered == sorted(ordered)
    assert values(fsort="index", flimit=2, foffset=1) == ordered[1:3]


def test_ranges_count_from_up_to(service):
    query = {"facetRanges": "year", "facetRangeStart": 2000, "facetRangeEnd": 2020}
    items = facet(service.search(facetRangeGap=10, pageSize=0, **query), "year")
    assert [item["label"] for item in items] == ["[2000 TO 2009]", "[2010 TO 2019]"]
    assert "fq" not in items[0]
    assert items[0]["count"] == service.count("year:[2000 TO 2009]")
    dates = {"facetRangeStart": "2019-01-01T00:00:00Z", "facetRangeEnd": "2021-01-01T00:00:00Z"}
    answer = service.search(facetRanges="eventDate", facetRangeGap="+1YEAR", pageSize=0, **dates)
    assert [item["count"] for item in facet(answer, "eventDate")] == [
        service.count("eventDate:[2019-01-01T00:00:00Z TO 2019-12-31T23:59:59Z]"),
        service.count("eventDate:[2020-01-01T00:00:00Z TO 2020-12-31T23:59:59Z]"),
    ]


def test_the_bare_facets_are_an_array_with_an_estimate(service):
    answer = service.get("/occurrences/facets", facets="basisOfRecord", flimit=2).json
    assert list(answer[0]) == list(sample("facets_values_flimit3_ala.json")[0])
    assert list(answer[0]["fieldResult"][0]) == ["label", "i18nCode", "count", "fq"]
    assert len(answer[0]["fieldResult"]) == 2  # nothing for those without a value
    assert answer[0]["count"] == 4
    none = service.get("/occurrence/facets", facets=["species"], flimit=0).json
    exact = service.get("/occurrences/facets", facets="species", flimit=-1).json[0]
    assert none[0]["fieldResult"] == []
    assert exact["count"] == len(exact["fieldResult"])
    assert none[0]["count"] != exact["count"]
    assert service.get("/occurrences/facets", q="year:1700", facets="year").json == []


# --- area


def test_an_area_may_have_holes_and_parts(service):
    whole = service.count(wkt=HOLE.split(",(")[0] + ")")
    hole = service.count(wkt="POLYGON((3.5 51.05,3.9 51.05,3.9 51.15,3.5 51.15,3.5 51.05))")
    assert service.count(wkt=HOLE) == whole - hole > 0 < hole
    west, east = box(3), box(5)
    parts = [service.count(wkt=f"POLYGON{part}") for part in (west, east)]
    assert service.count(wkt=f"MULTIPOLYGON({west},{east})") == sum(parts)
    assert all(parts)
    assert service.count(wkt=HOLE.replace(" ", ":")) == service.count(wkt=HOLE)


def test_a_municipality_holds_the_records_that_say_so(service):
    town = next(area for area in areas.municipalities() if area.name == "Gent")
    inside = service.count(wkt=town.wkt)
    assert inside == service.count('municipality:"Gent"') > 0


def test_every_layer_that_is_said_to_be_indexed_can_be_searched(service):
    connection = service.world.connect()
    rows = connection.execute("SELECT id FROM field WHERE indb = 1 AND enabled = 1").fetchall()
    connection.close()
    names = [row["id"] for row in rows]
    assert len(names) > 20
    known = {field["name"] for field in service.get("/index/fields").json}
    assert known >= set(names)
    items = facet(service.search(facets="cl10204", pageSize=0), "cl10204")
    for item in items:
        assert service.count(fq=item["fq"]) == item["count"] > 0
    record = service.search(q='cl10204:"Habitatrichtlijngebied"', fl="id,cl10204", pageSize=1)
    found = record["occurrences"][0]
    assert found["otherProperties"] == {"cl10204": "Habitatrichtlijngebied"}
    whole = service.get(f"/occurrences/{found['uuid']}").json
    assert whole["processed"]["cl"]["cl10204"] == "Habitatrichtlijngebied"
    assert whole["processed"]["cl"]["cl102"] == "Vlaams Gewest"


def test_a_circle_has_kilometres_and_eighteen_corners(service):
    circle = ogr.CreateGeometryFromWkt(circle_wkt(51.05, 3.72, 10))
    assert circle.GetGeometryRef(0).GetPointCount() == 19
    west, east, _, _ = circle.GetEnvelope()
    assert (east - west) * 111.195 * 0.6286 == pytest.approx(20, rel=0.01)
    near, far = (service.count(lat=51.05, lon=3.72, radius=r) for r in (5, 20))
    assert 0 < near < far


@pytest.mark.parametrize("query", [{"lat": 51}, {"lat": 51, "lon": 4}, {"radius": 5}])
def test_a_circle_needs_all_three(service, query):
    answer = service.get("/occurrences/search", **query)
    assert (answer.status_code, answer.data) == (400, b"")
    assert service.post("/qid", **query).status_code == 500  # bound without a check there


@pytest.mark.parametrize("wkt", ["POLY", "POINT(4 51)", "POLYGON((1 2,3"])
def test_an_area_that_is_none_is_refused(service, wkt):
    answer = service.get("/occurrences/search", wkt=wkt)
    assert (answer.status_code, answer.json["errorType"]) == (400, "Query syntax invalid")


def test_invalid_and_unlocated_records_are_there_unless_excluded(service):
    assert (
        service.count() > service.count("decimalLatitude:*") > service.count("spatiallyValid:true")
    )


# --- quality and nested documents


def test_no_quality_profile_applies_unless_asked_for(service):
    everything = service.count()
    general = service.count(qualityProfile="VBP_algemeen")
    assert service.count(qualityProfile="") == everything > general
    assert service.count(qualityProfile="no such profile") == general
    assert (
        service.count(qualityProfile="VBP_algemeen", disableAllQualityFilters="true") == everything
    )
    absences = service.count(qualityProfile="VBP_algemeen", disableQualityFilter="absences")
    assert general < absences < everything
    gridded = service.count(qualityProfile="VBP_hokken")
    assert gridded == service.count("gridReference:*")


def test_documents_of_events_hide_among_the_records(service):
    nested = service.count("_nest_parent_:*")
    assert nested > 0
    assert service.count(qc="-_nest_parent_:*") == service.count() - nested


def test_without_the_quality_service_a_profile_is_a_server_fault(service):
    service.world.faults.add(name="biocache.quality_down")
    assert service.get("/occurrences/search", qualityProfile="VBP_algemeen").status_code == 500
    assert service.get("/occurrences/search").status_code == 200


def test_without_solr_every_query_seems_wrong(service):
    service.world.faults.add(name="biocache.solr_down")
    answer = service.get("/occurrences/search")
    assert (answer.status_code, answer.json["errorType"]) == (400, "Query syntax invalid")


# --- decoding


def test_filters_are_decoded_twice_and_the_query_once(service):
    assert service.count(fq="taxon_name:Hyla%5C%20arborea") == service.count(
        'scientificName:"Hyla arborea"'
    )
    assert service.count(fq='locality:"a%2Bb"') == 0
    assert service.get("/occurrences/search", fq='locality:"100%"').status_code == 500
    assert service.get("/occurrences/search", fq='locality:"100%25"').status_code == 200


def test_the_context_is_cut_at_commas_and_a_filter_is_not(service):
    both = service.count(qc="year:2020,month:6")
    assert both == service.count(fq=["year:2020", "month:6"])
    assert service.get("/occurrences/search", qc='text:"a,b"').status_code == 400
    assert service.get("/occurrences/search", fq='text:"a,b"').status_code == 200


# --- what goes wrong


@pytest.mark.parametrize(
    "query", [{"dir": "foo"}, {"pageSize": "x"}, {"facet": "perhaps"}, {"start": "-1"}]
)
def test_what_cannot_be_bound_is_an_empty_400(service, query):
    answer = service.get("/occurrences/search", **query)
    assert (answer.status_code, answer.data) == (400, b"")


def test_an_error_with_a_backslash_is_not_even_json(service):
    answer = service.get("/occurrences/search", q='x\\y:"')
    assert answer.status_code == 400
    assert answer.text.startswith("\n\n")
    with pytest.raises(ValueError, match="escape"):
        json.loads(answer.text)


def test_an_exception_is_a_500_in_the_same_form(service):
    answer = service.get("/occurrences/search", q="boom")
    assert answer.json == {
        "message": "Something went boom",
        "errorType": "Server error",
        "statusCode": 500,
    }


def test_only_json_can_be_had(service):
    assert service.get("/occurrences/search", accept="text/html").status_code == 406
    assert service.get("/occurrences/search", accept="*/*").status_code == 200
    assert service.get("/occurrences/search", accept="application/json").status_code == 200


# --- who calls


def test_a_bad_token_is_refused_even_on_public_data(service):
    for path in ("/occurrences/search", "/index/fields", "/nothing/there"):
        answer = service.client.get(
            f"/biocache-service{path}", headers={"Authorization": "Bearer stale"}
        )
        assert answer.status_code == 401
        assert answer.content_type.startswith("text/html")
        assert answer.headers["WWW-Authenticate"].startswith("Bearer realm=")


def test_the_visitor_cookie_leads_to_the_sign_in_page(service):
    service.client.set_cookie("VBP-AUTH", "1")
    answer = service.get("/occurrences/search")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(f"{BASE}/realms/vbp/protocol/openid-connect/auth?")


def test_the_role_on_data_shows_the_precise_twin_instead_of_the_blurred(service):
    everybody = service.search(q="sensitive:*", pageSize=500, fl="id,occurrenceID,catalogNumber")
    expert = service.search(
        "hilde", q="sensitive:*", pageSize=500, fl="id,occurrenceID,catalogNumber"
    )
    blurred, precise = ({r["uuid"]: r for r in a["occurrences"]} for a in (everybody, expert))
    assert not blurred.keys() & precise.keys()
    assert {r["raw_catalogNumber"] for r in blurred.values()} == {
        r["raw_catalogNumber"] for r in precise.values()
    }
    assert all("SEN" in record["occurrenceID"] for record in precise.values())
    assert not any("SEN" in record["occurrenceID"] for record in blurred.values())
    assert service.search("demo", q="sensitive:*", pageSize=0)["totalRecords"] == len(blurred)
    one, other = next(iter(blurred)), next(iter(precise))
    assert service.get(f"/occurrences/{one}").status_code == 200
    assert service.get(f"/occurrences/{other}").status_code == 404
    assert service.get(f"/occurrences/{one}", "hilde").status_code == 404
    assert service.get(f"/occurrences/{other}", "hilde").status_code == 200


def test_the_index_can_be_built_again(service):
    before = service.search(q="lsid:131", pageSize=5000, fl="id")["occurrences"]
    service.world.faults.add(name="biocache.reindexed")
    after = service.search(q="lsid:131", pageSize=5000, fl="id")["occurrences"]
    old, new = ({record["uuid"] for record in page} for page in (before, after))
    assert new - old
    assert old - new
    assert len(old & new) > 900


def test_private_lists_find_nothing_even_for_their_owner(service):
    assert service.count("species_list:dr712", "pieter") == 0
