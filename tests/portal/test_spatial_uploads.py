"""Areas of users: public, deletable by all (contract/spatial 5, 11)."""

from __future__ import annotations

import io

import pytest
from osgeo import ogr

from tests.portal.geographic import Geographic, drawn, names, opened

TRIANGLE = "POLYGON((3 51,3.5 51.2,3.5 51,3 51))"  # clockwise


@pytest.fixture
def gis():
    yield from opened()


@pytest.mark.parametrize(
    "path",
    (
        *("wkt", "wkt/5", "geojson", "geojson/5", "shp", "shp/1/featureIndex", "shp/1/0", "kml"),
        "pointradius/51/4/2",
    ),
)
def test_quirk_03_writing_needs_a_bearer(gis: Geographic, path: str):
    answer = gis.post(f"/shape/upload/{path}", user=None, json={"wkt": TRIANGLE})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    bad = gis.client.post(
        f"/spatial-service/shape/upload/{path}", headers={"Authorization": "Bearer no.token.it"}
    )
    assert bad.status_code == 401
    assert gis.client.delete("/spatial-service/shape/upload/50001").status_code == 401


def test_quirk_17_an_uploaded_wkt_is_public_but_not_in_the_gazetteer(gis: Geographic):
    pid = gis.upload(TRIANGLE, "mijn geheime plek")
    assert gis.json(f"/object/{pid}")["name"] == "mijn geheime plek"
    assert names(gis.json("/objects/cl1083")) == ["mijn geheime plek"]
    assert gis.json("/search", q="geheime") == []
    stored = ogr.CreateGeometryFromWkt(gis.get(f"/shape/wkt/{pid}").text)
    assert stored.GetGeometryRef(0).GetPoint(1)[:2] == (3.5, 51.0), "turned counter-clockwise"


def test_other_uploads_are_in_the_gazetteer(gis: Geographic):
    square = {"type": "Polygon", "coordinates": [[[3, 51], [4, 51], [4, 51.5], [3, 51]]]}
    about = {"name": "openbaar vlak", "description": "d", "user_id": "u"}
    gis.post("/shape/upload/geojson", json={"geojson": square, **about})
    circle = gis.post("/shape/upload/pointradius/51/4/2", json={**about, "name": "openbare kring"})
    assert set(names(gis.json("/search", q="openba"))) == {"openbaar vlak", "openbare kring"}
    area = gis.json(f"/object/{circle.get_json()['id']}")["area_km"]
    assert area == pytest.approx(12.57, rel=0.02)


def test_a_self_crossing_polygon_is_repaired(gis: Geographic):
    pid = gis.upload("POLYGON((3 51,4 52,4 51,3 52,3 51))")
    assert ogr.CreateGeometryFromWkt(gis.get(f"/shape/wkt/{pid}").text).IsValid()


def test_quirk_01_errors_come_with_status_200(gis: Geographic):
    for body, message in (
        ({"wkt": "nonsense"}, "Invalid WKT"),
        ({"wkt": "POLYGON EMPTY"}, "Invalid WKT: empty geometry"),
    ):
        answer = gis.post("/shape/upload/wkt", json=body)
        assert (answer.status_code, answer.get_json()) == (200, {"error": message})
    for told in ({"type": "Feature"}, None, {"type": "Polygon"}):
        answer = gis.post("/shape/upload/geojson", json={"geojson": told, "name": "n"})
        assert answer.get_json()["error"].startswith("Malformed GeoJSON geometry.")


def test_quirk_17_updating_and_deleting_is_open_to_everybody_with_a_bearer(gis: Geographic):
    pid = gis.upload(TRIANGLE)
    other = {"wkt": "POLYGON((4 51,4.5 51,4.5 51.2,4 51))", "name": "van een ander"}
    told = gis.post(f"/shape/upload/wkt/{pid}", user="pieter", json=other)
    assert told.get_json() == {"updated": True}
    assert gis.json(f"/object/{pid}")["name"] == "van een ander"
    path = f"/spatial-service/shape/upload/{pid}"
    assert gis.client.delete(path, headers=gis.bearer("demo")).get_json() == {"success": True}
    assert gis.get(f"/object/{pid}").status_code == 404
    again = gis.client.delete(path, headers=gis.bearer())
    assert (again.status_code, "error" in again.get_json()) == (200, True)


def test_only_uploads_can_be_changed(gis: Geographic):
    told = gis.post("/shape/upload/wkt/217", json={"wkt": TRIANGLE, "name": "n"}).get_json()
    assert told["error"].endswith("Supplied pid does not match an uploaded shape.")
    assert gis.post("/shape/upload/wkt/abc", json={"wkt": TRIANGLE}).status_code == 500
    ghent = "/spatial-service/shape/upload/217"
    assert "error" in gis.client.delete(ghent, headers=gis.bearer()).get_json()
    assert gis.json("/object/217")["name"] == "Gent"


def test_a_shapefile_in_two_calls(gis: Geographic):
    packed = gis.get("/shape/shp/217").data
    told = gis.post("/shape/upload/shp", data={"file": (io.BytesIO(packed), "gent.zip")})
    number = told.get_json()["shp_id"]
    assert told.get_json()["0"] == {"name": "Gent"}
    about = {"name": "uit bestand", "description": "d", "user_id": "u"}
    path = f"/shape/upload/shp/{number}"
    missing = gis.post(f"{path}/featureIndex", json={**about, "user_id": None, "featureIdx": "0"})
    assert missing.get_json() == {"error": "Missing compulsory parameter user_id"}
    for body, rest in (({"featureIdx": "all"}, "featureIndex"), ({}, "0")):
        pid = gis.post(f"{path}/{rest}", json={**about, **body}).get_json()["id"]
        assert gis.json(f"/object/{pid}")["area_km"] == gis.json("/object/217")["area_km"]
    picture = gis.get(f"/shape/upload/shp/image/{number}/all", width=64, height=48)
    assert picture.data[:4] == b"\x89PNG"


def test_files_that_are_not_what_they_should_be(gis: Geographic):
    broken = gis.post("/shape/upload/shp", data={"file": (io.BytesIO(b"no zip"), "a.zip")})
    assert broken.status_code == 500
    two = {"a": (io.BytesIO(b"1"), "a.zip"), "b": (io.BytesIO(b"2"), "b.zip")}
    assert gis.post("/shape/upload/shp", data=two).get_json()["error"].startswith("Multiple files")
    kml = gis.post("/shape/upload/kml?name=k", data={"file": (io.BytesIO(b"x"), "a.kml")})
    assert kml.status_code == 400
    assert kml.get_json()["error"].startswith("KML parsing failure")


def test_a_kml(gis: Geographic):
    text = gis.get("/shape/kml/217").data
    query = "name=k&description=d&user_id=u"
    told = gis.post(f"/shape/upload/kml?{query}", data={"file": (io.BytesIO(text), "a.kml")})
    assert gis.json(f"/object/{told.get_json()['id']}")["name"] == "k"


def test_an_uploaded_area_is_drawn(gis: Geographic):
    pid = gis.upload(TRIANGLE)
    before = drawn(gis.map("ALA:Objects", viewparams=f"s:{pid}"))
    assert before > 300
    gis.client.delete(f"/spatial-service/shape/upload/{pid}", headers=gis.bearer())
    assert drawn(gis.map("ALA:Objects", viewparams=f"s:{pid}")) == 0
