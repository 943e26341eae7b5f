"""Areas, and values at places."""

from __future__ import annotations

import json

import pytest

from biodiv_plugin.portal import errors
from biodiv_plugin.portal.analysis import area_input
from biodiv_plugin.portal.area import parse_area, parse_extent, parse_shape
from biodiv_plugin.portal.areas import AreaClient
from biodiv_plugin.portal.intersect import (
    POINTS_PER_BATCH,
    BatchState,
    IntersectClient,
    parse_batch,
    parse_layer_value,
    parse_samples,
)
from biodiv_plugin.portal.map_link import MapLink, map_link_from_url, map_link_url
from tests.unit.fakes import HTML, FakeFeedback, FakeTransport, params_of

BASE = "https://portal.test/spatial-service"
GHENT = {
    "pid": "217",
    "id": "217",
    "name": "Gent",
    "description": "null",
    "fid": "cl100",
    "fieldname": "Gemeenten",
    "area_km": 156.18,
    "bbox": "POLYGON((3.5798 50.9797,3.5798 51.1887,3.8493 51.1887,3.8493 50.9797,3.5798 50.9797))",
}
SQUARE = "POLYGON((3 50,4 50,4 51,3 51,3 50))"
GEOMETRY = {"type": "MultiPolygon", "coordinates": [[[[3, 50], [4, 50], [4, 51], [3, 50]]]]}


@pytest.fixture()
def portal():
    return FakeTransport()


@pytest.fixture()
def areas(portal):
    return AreaClient(portal, BASE)


@pytest.fixture()
def places(portal):
    return IntersectClient(portal, BASE)


def test_an_area():
    ghent = parse_area(GHENT)
    assert (ghent.pid, ghent.name, ghent.description) == ("217", "Gent", "")
    assert (ghent.field_id, ghent.area_km2) == ("cl100", 156.18)
    assert ghent.extent == (3.5798, 50.9797, 3.8493, 51.1887)
    with pytest.raises(errors.UnexpectedAnswer):
        parse_area({"name": "Gent"})


def test_a_box_that_was_cut_off_is_read_as_far_as_it_goes():
    assert parse_extent("POLYGON((3.5 50.9,3.5 51.1,3.8 51.1,3.8 5") == (3.5, 50.9, 3.8, 51.1)
    assert parse_extent("POINT(3 50)") is parse_extent("") is None


def test_searching_by_name(areas, portal):
    portal.answers([{**GHENT, "fields": '["cl100 | Gemeenten"]'}, {**GHENT, "fid": "cl9"}])
    assert len(areas.search("gent ")) == 2
    assert params_of(portal.last) == {"q": ["gent"], "limit": ["20"], "start": ["0"]}
    (ghent,) = areas.search("gent", field_ids=("cl100",))
    assert (ghent.field_id, params_of(portal.last)["include"]) == ("cl100", ["cl100"])
    portal.requests.clear()
    assert areas.search(" ") == ()
    assert portal.requests == []


def test_quirk_01_an_unknown_shape_is_an_empty_200(areas, portal):
    portal.answers(b"")
    with pytest.raises(errors.NotFound):
        areas.shape("999")


def test_quirk_01_uploads_fail_with_200(areas, portal):
    portal.answers({"error": "Invalid WKT: self-intersection"})
    with pytest.raises(errors.Rejected, match="self-intersection"):
        areas.upload_wkt("gebied 1", SQUARE, "jan")
    with pytest.raises(errors.Rejected):
        areas.delete("217")


def test_quirk_03_only_what_is_written_goes_as_the_user(areas, portal):
    portal.answers({"id": 12345})
    assert areas.upload_wkt("gebied 1", SQUARE, "jan") == "12345"
    assert portal.last.as_user
    assert json.loads(portal.last.body) == {
        "wkt": SQUARE,
        "name": "gebied 1",
        "description": "",
        "user_id": "jan",
    }
    portal.answers({"success": True})
    areas.delete("12345")
    assert (portal.last.method, portal.last.as_user) == ("DELETE", True)
    portal.answers([GHENT])
    areas.objects("cl100")
    assert not portal.last.as_user


def test_quirk_08_the_fields_of_a_found_area_are_json_in_a_text(areas, portal):
    found = {"pid": "217", "name": "Gent", "fid": "cl100", "fields": '["cl100 | Gemeenten"]'}
    portal.answers([found])
    (ghent,) = areas.search("gent")
    assert (ghent.field_id, ghent.area_km2, ghent.extent) == ("cl100", None, None)


@pytest.mark.parametrize("wkt", [SQUARE, "MULTI" + SQUARE])
def test_quirk_17_of_the_ways_to_upload_the_one_that_is_not_in_the_gazetteer(areas, portal, wkt):
    portal.answers({"id": 12345})
    areas.upload_wkt("gebied 1", wkt, "jan")
    assert portal.last.url == f"{BASE}/shape/upload/wkt"
    assert "namesearch" not in portal.last.url


def test_only_polygons_are_uploaded(areas, portal):
    for wkt in ("LINESTRING(3 50,4 51)", "polygon((3 50))", "SRID=4326;" + SQUARE):
        with pytest.raises(errors.InvalidQuery):
            areas.upload_wkt("x", wkt, "jan")
    assert portal.requests == []
    portal.answers(HTML, 401)
    with pytest.raises(errors.SignInRequired):
        areas.upload_wkt("x", SQUARE, "jan")
    portal.answers({"updated": True})
    with pytest.raises(errors.UnexpectedAnswer):
        areas.upload_wkt("x", SQUARE, "jan")
    with pytest.raises(errors.UnexpectedAnswer):
        areas.delete("1")


def test_areas_of_a_field_and_one_of_them(areas, portal):
    portal.answers([GHENT])
    assert areas.objects("cl100", page_size=10, start=20)[0].name == "Gent"
    assert params_of(portal.last) == {"start": ["20"], "pageSize": ["10"]}
    portal.answers([])
    assert areas.objects("cl999") == ()
    portal.answers(GHENT)
    assert areas.object("12:4").pid == "217"
    assert portal.last.url == f"{BASE}/object/12:4"
    portal.answers(b"", 404)
    with pytest.raises(errors.NotFound):
        areas.object("1")
    portal.answers([GHENT])
    areas.within("cl100", SQUARE)
    assert (portal.last.method, params_of(portal.last)["wkt"]) == ("POST", [SQUARE])


@pytest.mark.parametrize("answer", [GEOMETRY, {"type": "Feature", "geometry": GEOMETRY}])
def test_a_shape_comes_as_a_feature_or_bare(areas, portal, answer):
    portal.answers(answer)
    assert areas.shape("217") == GEOMETRY


def test_quirk_16_shapes_of_several_areas_are_joined_by_a_tilde(areas, portal):
    portal.answers(GEOMETRY)
    areas.shape("217~218")
    assert portal.last.url == f"{BASE}/shape/geojson/217~218"


def test_quirk_19_a_huge_shape_is_not_read_to_its_end(areas, portal):
    portal.answers(b"{" + b" " * 100_000)
    with pytest.raises(errors.TooLarge) as raised:
        areas.shape("217", max_bytes=1000)
    assert raised.value.limit == 1000
    small = json.dumps(GEOMETRY).encode()
    portal.answers(small)
    with pytest.raises(errors.TooLarge):
        areas.shape("217", max_bytes=len(small) - 1)
    assert areas.shape("217", max_bytes=len(small)) == GEOMETRY


def test_a_shape_can_be_stopped(areas, portal):
    portal.answers(GEOMETRY)
    with pytest.raises(errors.Canceled):
        areas.shape("217", feedback=FakeFeedback(0))


def test_shapes_that_are_none(areas, portal):
    portal.answers(HTML)
    with pytest.raises(errors.UnexpectedAnswer):
        areas.shape("217")
    portal.answers(b"", 400)
    with pytest.raises(errors.Rejected):
        areas.shape("12:4")
    for broken in ({"type": "Feature", "geometry": None}, {"type": "MultiPolygon"}, []):
        with pytest.raises(errors.UnexpectedAnswer):
            parse_shape(broken)


VALUES = [
    {"field": "cl102", "value": "Vlaams Gewest", "layername": "Gewest", "pid": "1"},
    {"field": "cl10265", "value": "", "layername": "bwk"},
    {"field": "el1", "value": 7.35, "layername": "Veen", "units": "%"},
    {"field": "el2", "value": "", "layername": "Hoogte", "units": None},
]


def test_values_at_a_place(places, portal):
    portal.answers(VALUES)
    region, map_unit, peat, height = places.at(["cl102", "cl10265", "el1", "el2"], 51.05, 3.72)
    assert (region.value, region.pid, region.layer_title) == ("Vlaams Gewest", "1", "Gewest")
    assert (map_unit.value, map_unit.pid) == (None, "")
    assert (peat.value, peat.units) == (7.35, "%")
    assert (height.value, height.units) == (None, "")


def test_quirk_10_latitude_first_in_paths_and_batches(places, portal):
    portal.answers([])
    places.at(["cl102"], 51.05, 3.72)
    assert portal.last.url == f"{BASE}/intersect/cl102/51.05/3.72"
    portal.answers({"batchId": "17", "status": "waiting"})
    places.submit(["cl102"], [(51.05, 3.72), (50.85, 4.35)])
    assert portal.last.body == b"fids=cl102&points=51.05,3.72,50.85,4.35"


def test_quirk_10_a_box_is_told_in_three_ways():
    west, south, east, north = ghent = (3.5798, 50.9797, 3.8493, 51.1887)
    assert parse_area(GHENT).extent == ghent, "of an object: WKT, longitude first"
    assert area_input("Gent", pid="217", extent=ghent)["bbox"] == [west, south, east, north]
    link = MapLink(extent=ghent)
    url = map_link_url(link, "https://portal.test")
    assert url.endswith("?bbox=3.5798%2C50.9797%2C3.8493%2C51.1887")
    assert map_link_from_url(url, "https://portal.test") == link


def test_quirk_11_unknown_fields_are_matched_by_id(places, portal):
    portal.answers([VALUES[2]])
    (found,) = places.at(["cl999", "el1"], 51, 3)
    assert found.field_id == "el1"


@pytest.mark.parametrize("field_id", ["", "x", "gemeenten", "102", "cl1,el2", "cl1/0/0?"])
def test_quirk_11_what_can_be_no_field_would_fail_all_the_others(places, portal, field_id):
    for ask in (
        lambda: places.at(["cl1", field_id], 51, 3),
        lambda: places.submit(["cl1", field_id], [(51, 3)]),
    ):
        with pytest.raises(errors.InvalidQuery) as raised:
            ask()
        assert raised.value.part == "field"
    assert portal.requests == []


def test_many_fields_go_in_several_calls(places, portal):
    portal.answers([])
    places.at([f"cl{number}" for number in range(250)], 51, 3)
    assert len(portal.requests) == 3
    with pytest.raises(errors.Canceled):
        places.at(["cl1"], 51, 3, FakeFeedback(patience=0))
    assert places.at([], 51, 3) == ()


def test_quirk_01_a_batch_fails_with_200(places, portal):
    for error in ("Too many points.  Maximum is 1000000", "failed to create new batch"):
        portal.answers({"error": error})
        with pytest.raises(errors.Rejected, match=error.split(".", maxsplit=1)[0]):
            places.submit(["cl1"], [(51, 3)])
    portal.answers({"status": "fail", "error": "request did not include points"})
    with pytest.raises(errors.Rejected):
        places.submit(["cl1"], [(51, 3)])
    portal.answers({"error": "unknown batchId: 5"})
    with pytest.raises(errors.NotFound):
        places.batch("5")


def test_quirk_12_a_batch_with_a_file_is_finished_whatever_it_says():
    waiting = {"status": "waiting", "waiting": "In queue", "progress": 0}
    assert parse_batch(waiting, "5").state is BatchState.WAITING
    assert parse_batch(waiting, "5").message == "In queue"
    restarted = {"status": "started", "finished": "06/07/16 11:51:56:532", "downloadUrl": "x"}
    assert parse_batch(restarted, "5").state is BatchState.FINISHED
    failed = parse_batch({"status": "error", "error": "no grid"}, "5")
    assert (failed.state, failed.message) == (BatchState.FAILED, "no grid")
    with pytest.raises(errors.UnexpectedAnswer):
        parse_batch({"status": "odd"}, "5")
    with pytest.raises(errors.UnexpectedAnswer):
        parse_batch({"status": "waiting"})


def test_quirk_20_literal_commas_and_batches_of_a_size_the_service_can_read(places, portal):
    portal.answers({"batchId": "17", "status": "waiting"})
    points = [(50.123456789, 3.987654321)] * POINTS_PER_BATCH
    places.submit(["cl1", "el2"], points)
    assert b"%" not in portal.last.body
    assert portal.last.body.startswith(b"fids=cl1,el2&points=50.123456789,3.987654321,50.")
    assert len(portal.last.body) < 2 * 1024 * 1024
    for wrong in (([], points), (["cl1"], []), (["cl1"], [*points, points[0]])):
        with pytest.raises(errors.InvalidQuery):
            places.submit(*wrong)


def test_the_values_of_a_batch(places, portal):
    portal.answers('latitude,longitude,cl102,el1\n51.05,3.72,"Gent, stad",7.35\n50.85,4.35,,\n')
    table = places.samples("17")
    assert portal.last.url == f"{BASE}/intersect/batch/download/17?csv=true"
    assert table.field_ids == ("cl102", "el1")
    assert table.rows == (("Gent, stad", "7.35"), ("", ""))


@pytest.mark.parametrize("body", ["", "a,b\n1,2\n", "latitude,longitude,cl1\n51,3\n"])
def test_quirk_01_an_unfinished_batch_is_an_empty_200(places, portal, body):
    portal.answers(body)
    with pytest.raises(errors.UnexpectedAnswer):
        places.samples("17")
    with pytest.raises(errors.UnexpectedAnswer):
        parse_samples(body)


def test_areas_that_meet_a_shape(places, portal):
    portal.answers([GHENT])
    assert places.meeting("cl100", SQUARE)[0].name == "Gent"
    assert (portal.last.method, portal.last.body) == ("POST", SQUARE.encode())
    portal.answers(HTML, 500)
    with pytest.raises(errors.PortalFault):
        places.meeting("cl100", "POLYGON((bad))")


def test_a_value_without_its_field_is_refused():
    with pytest.raises(errors.UnexpectedAnswer):
        parse_layer_value({"value": "x"})
