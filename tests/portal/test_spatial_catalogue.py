"""The catalogue as spatial-service tells it (contract/spatial 1, 6, 11)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.portal.geographic import Geographic, names, opened

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "contract" / "samples" / "spatial"
KNOWN = {
    "cl102": "Gewest",
    "cl101": "Provincies",
    "cl100": "Gemeenten",
    "cl10033": "Deelbekkens",
    "cl10200": "Belgische EEZ",
    "cl10093": "Natura 2000 habitatrichtlijn (deel)gebieden",
    "cl10265": "BWK - Biologische Waarderingskaart",
    "cl10016": "Landbouwgebruikspercelen",
    "cl10037": "VHA - waterlopen",
    "cl201": "IFBL uurhokken",
    "cl200": "UTM 5 km",
}


@pytest.fixture
def gis():
    yield from opened()


def test_the_known_fields_are_there(gis: Geographic):
    found = {row["id"]: row["name"] for row in gis.json("/fields/search")}
    assert KNOWN.items() <= found.items()
    assert len(gis.json("/layers")) >= 60


def test_quirk_06_search_tells_enabled_fields_by_name_with_their_layer(gis: Geographic):
    rows = gis.json("/fields/search", q="")
    assert all(row["enabled"] and row["layer"]["enabled"] for row in rows)
    assert names(rows) == sorted(names(rows))
    field = next(row for row in rows if row["id"] == "cl110265")
    assert field["layer"]["displayname"] == field["name"] == "BWK - karteringseenheid"
    path = field["layer"]["displaypath"]
    assert path.endswith("&format=image/png&style=cl110265")
    assert "/geoserver/gwc/service/wms?" in path
    assert "&layers=ALA:bwk&" in path


def test_quirk_06_layer_keeps_its_own_name_and_path(gis: Geographic):
    layer = gis.json("/layer/10265")
    assert layer["displayname"] == "BWK - Biologische Waarderingskaart"
    assert layer["displaypath"].endswith("&styles=")
    assert layer == gis.json("/layer/bwk.json") == gis.json("/layer/cl10265")


def test_quirk_08_types_are_mixed_as_upstream(gis: Geographic):
    field = next(row for row in gis.json("/fields/search", q="hoogte") if row["type"] == "e")
    assert field["id"] == "el10110"
    assert field["spid"] == "10110"
    assert field["layer"]["id"] == 10110
    assert isinstance(field["layer"]["dt_added"], int)
    assert field["layer"]["licence_level"] == "3"
    assert field["layer"]["environmentalvaluemax"] == "289.1"
    assert field["last_update"].endswith("Z")
    assert "sname" not in field  # null: left out


def test_search_looks_in_keywords_names_and_domain(gis: Geographic):
    assert "Potentieel leefgebied boomkikker" in names(gis.json("/fields/search", q="HYLA"))
    assert names(gis.json("/fields/search", q="marine")) == ["Belgische EEZ"]
    assert gis.json("/fields/search", q="zzz") == []


def test_quirk_05_fields_hold_disabled_ones_without_layer(gis: Geographic):
    rows = {row["id"]: row for row in gis.json("/fields")}
    assert rows["cl1083"]["enabled"] is False
    assert "layer" not in rows["cl100"]
    assert gis.json("/fields", q="gemeenten") == gis.json("/fields/search", q="gemeenten")
    assert all(row["indb"] and row["enabled"] for row in gis.json("/fieldsdb"))


def test_layers_hold_disabled_ones_for_any_word(gis: Geographic):
    some, everything = gis.json("/layers"), gis.json("/layers", all="false")
    assert len(everything) > len(some)
    assert {row["name"] for row in everything} - {row["name"] for row in some} >= {"bwk_2010"}


def test_quirk_15_layers_search_without_a_word_looks_for_null(gis: Geographic):
    assert gis.json("/layers/search") == []
    found = gis.json("/layers/search", q="natura")
    assert [row["displayname"] for row in found] == sorted(row["displayname"] for row in found)
    gis.world.faults.add(name="spatial.layers_search_fails")
    assert gis.get("/layers/search", q="natura").status_code == 500


def test_grids_and_shapes(gis: Geographic):
    assert {row["type"] for row in gis.json("/layers/grids")} == {"Environmental"}
    assert {row["type"] for row in gis.json("/layers/shapes")} == {"Contextual"}
    assert gis.get("/layers/grid").status_code == 404


def test_unknown_layer_and_field_are_an_empty_404(gis: Geographic):
    for path in ("/layer/nope", "/field/cl9"):
        answer = gis.get(path)
        assert (answer.status_code, answer.data) == (404, b"")


def test_quirk_07_field_pages_its_objects_by_pid_as_text(gis: Geographic):
    whole = gis.json("/field/cl100")
    pids = [row["pid"] for row in whole["objects"]]
    assert pids == sorted(pids)
    assert whole["number_of_objects"] == len(pids) == 78
    page = gis.json("/field/cl100", start=5, pageSize=3)
    assert [row["pid"] for row in page["objects"]] == pids[5:8]
    assert gis.json("/field/cl100", pageSize=0)["objects"] == []
    assert names(gis.json("/field/cl100", q="gent")["objects"]) == ["Gent"]
    numbers = [row["pid"] for row in gis.json("/field/cl10004.json")["objects"]]
    assert numbers != sorted(numbers, key=int), "only as text these are in order"


def test_an_environmental_field_has_no_objects(gis: Geographic):
    told = gis.json("/field/el10110")
    assert (told["number_of_objects"], told["objects"]) == (0, [])


def test_the_csv_begins_with_a_sentence(gis: Geographic):
    lines = gis.get("/layers/csv").get_data(as_text=True).splitlines()
    assert "," not in lines[0].split("'")[0]
    assert lines[1].startswith('"ID","Short name","Name","Description","Data provider"')
    assert len(lines) == len(gis.json("/layers")) + 2


def test_thumbnails_are_pictures_where_there_are_metadata(gis: Geographic):
    picture = gis.get("/layer/img/gemeenten")
    assert (picture.content_type, picture.data[:3]) == ("image/jpeg", b"\xff\xd8\xff")
    assert gis.get("/layer/img/speelzones").status_code == 404


def test_pages_for_people(gis: Geographic):
    assert b"Biologische Waarderingskaart" in gis.get("/layers/view/more/cl10265").data
    assert gis.get("/layers/view/more/nope").status_code == 500
    gis.client.set_cookie("VBP-AUTH", "1")
    try:
        answer = gis.get("/layers/view/more/bwk")
    finally:
        gis.client.delete_cookie("VBP-AUTH")
    assert answer.status_code == 302
    assert "/realms/vbp/" in answer.headers["Location"]


def test_quirk_15_download_is_forbidden_to_everybody(gis: Geographic):
    assert gis.get("/layer/download/102").status_code == 401
    bearer = gis.bearer("admin")
    for text, status in (("102", 403), ("Gemeenten", 403), ("999999", 404), ("nope", 500)):
        path = f"/spatial-service/layer/download/{text}"
        assert gis.client.get(path, headers=bearer).status_code == status


def test_layer_distances_are_named_by_two_fields(gis: Geographic):
    told = gis.json("/layerDistances/layerdistancesJSON.json")
    assert all(key.split() == sorted(key.split()) for key in told)
    assert all(0 <= value <= 1 for value in told.values())


def test_thousands_of_layers_when_wanted(gis: Geographic):
    gis.world.faults.add(name="spatial.many_layers", count=3000)
    rows = gis.json("/fields/search")
    assert len(rows) > 3000
    copy = next(row for row in rows if row["layer"]["name"].endswith("__0001"))
    assert gis.json(f"/layer/{copy['spid']}")["name"] == copy["layer"]["name"]
    assert gis.json(f"/field/{copy['id']}")["id"] == copy["id"]


def test_the_members_are_those_of_recorded_answers(gis: Geographic):
    if not SAMPLES.exists():
        pytest.skip("the recorded answers are not beside this repository")
    old = {"shape", "grid"}  # only before 3.0
    recorded = set(json.loads((SAMPLES / "layer.contextual.json").read_text())) - old
    own = set(gis.json("/layer/gemeenten"))
    assert own - recorded == set()
    fields = json.loads((SAMPLES / "fields-search.hub-doc.json").read_text())
    recorded = set(fields[0]) - {"sid"}
    assert recorded - set(gis.json("/fields/search", q="gemeenten")[0]) <= {"sdesc"}
