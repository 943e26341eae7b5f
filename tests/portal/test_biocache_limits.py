"""Areas, quality, decoding, errors and rights of the demo portal's occurrence service."""

from __future__ import annotations

import json

import pytest
from osgeo import ogr

from demo.portal.biocache.geometry import circle_wkt
from demo.portal.data import areas
from tests.portal.occurrence_index import BASE, facet

HOLE = "POLYGON((3 51,4 51,4 51.2,3 51.2,3 51),(3.5 51.05,3.9 51.05,3.9 51.15,3.5 51.15,3.5 51.05))"


def box(lon):
    far = lon + 0.2
    return f"(({lon} 51,{far} 51,{far} 51.2,{lon} 51.2,{lon} 51))"


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
