"""Objects, shapes and the gazetteer (contract/spatial 3, 11)."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from osgeo import ogr

from demo.portal.data import areas
from tests.portal.geographic import Geographic, names, opened


@pytest.fixture
def gis():
    yield from opened()


def test_an_object(gis: Geographic):
    told = gis.json("/object/217")
    assert list(told) == [
        *("pid", "id", "name", "description", "fid", "fieldname", "area_km", "bbox", "wmsurl")
    ]
    assert (told["pid"], told["id"], told["name"]) == ("217", "217", "Gent")
    assert told["bbox"].startswith("POLYGON((3.5")
    assert told["wmsurl"].endswith("&viewparams=s:217")
    assert gis.get("/object/999999").status_code == 404


def test_objects_of_a_field(gis: Geographic):
    rows = gis.json("/objects/cl101")
    assert names(rows) == list(areas.PROVINCES)
    assert rows[0]["centroid"].startswith("POINT(")
    assert rows[0]["featureType"] == "MULTIPOLYGON"
    assert names(gis.json("/objects/cl101", start=1, pageSize=2)) == list(areas.PROVINCES[1:3])
    assert names(gis.json("/objects/cl101", q="Limburg")) == list(areas.PROVINCES), "q is ignored"
    assert gis.json("/objects/cl9") == []


def test_quirk_19_a_class_layer_has_one_big_undissolved_object_a_value(gis: Geographic):
    rows = gis.json("/objects/cl10265")
    assert set(names(rows)) == {"m", "mw", "mwz", "mz", "w", "wz", "z"}
    biggest = max(rows, key=lambda row: row["area_km"])
    shape = ogr.CreateGeometryFromWkt(gis.get(f"/shape/wkt/{biggest['pid']}").text)
    assert shape.GetGeometryCount() > 4000


def test_shape_forms(gis: Geographic):
    wkt = gis.get("/shape/wkt/217")
    assert wkt.content_type == "application/wkt"
    assert wkt.text.startswith("MULTIPOLYGON(((3.")
    geojson = gis.get("/shape/geojson/217")
    assert geojson.content_type == "application/json; subtype=geojson"
    feature = json.loads(geojson.data)
    assert (feature["type"], feature["properties"]) == ("Feature", {})
    assert gis.get("/shape/kml/217").data.count(b"<Polygon>") == 1
    assert geojson.headers["Content-Disposition"] == 'filename="Gent.geojson"'
    named = gis.get("/shape/wkt/217", filename="mijn gebied")
    assert named.headers["Content-Disposition"] == 'filename="mijn_gebied.wkt"'


def test_a_shapefile_opens(gis: Geographic, tmp_path):
    archive = zipfile.ZipFile(io.BytesIO(gis.get("/shape/shapefile/217").data))
    assert {name[-3:] for name in archive.namelist()} == {"shp", "shx", "dbf", "prj"}
    archive.extractall(tmp_path)
    source = ogr.Open(str(tmp_path / "area.shp"))
    layer = source.GetLayer(0)
    assert layer.GetFeatureCount() == 1
    assert layer.GetSpatialRef().GetAuthorityCode(None) == "4326"


def test_quirk_01_an_unknown_pid_is_an_empty_200(gis: Geographic):
    for form in ("wkt", "geojson", "kml", "shp"):
        answer = gis.get(f"/shape/{form}/999999")
        assert (answer.status_code, answer.data) == (200, b"")


def test_quirk_16_several_pids_are_a_bare_geometry_but_not_as_wkt(gis: Geographic):
    both = json.loads(gis.get("/shape/geojson/217~1").data)
    assert both["type"] == "MultiPolygon"
    answer = gis.get("/shape/wkt/217~1")
    assert (answer.status_code, answer.data) == (400, b"")


def test_a_grids_class_is_only_to_be_had_as_wkt(gis: Geographic):
    assert gis.json("/object/10120:4")["name"] == "Bos"
    assert gis.get("/shape/wkt/10120:4").text.startswith("MULTIPOLYGON(((")
    assert gis.get("/shape/geojson/10120:4").data == b""
    answer = gis.get("/shape/shp/10120:4")
    assert (answer.status_code, answer.get_json()) == (
        400,
        {"error": "failed to get shapefile for object: 10120:4"},
    )


def test_an_unknown_envelope(gis: Geographic):
    assert gis.get("/object/ENVELOPE999").status_code == 500
    assert gis.get("/shape/geojson/ENVELOPE999").status_code == 400


def test_the_gazetteer(gis: Geographic):
    rows = gis.json("/search", q="GENT")
    assert rows[0] == {
        "pid": "217",
        "name": "Gent",
        "description": "Gent",
        "fid": "cl100",
        "fieldname": "Gemeenten",
        "fields": '["cl100 | Gemeenten"]',
    }
    assert [row["name"].lower().index("gent") for row in rows] == sorted(
        row["name"].lower().index("gent") for row in rows
    )
    assert {row["fid"] for row in gis.json("/search", q="kalmthout", include="cl10093")} == {
        "cl10093"
    }
    assert "cl100" not in {row["fid"] for row in gis.json("/search", q="gent", exclude="cl100")}


def test_the_gazetteers_traps(gis: Geographic):
    assert gis.get("/search").status_code == 404
    everything = gis.json("/search", q="gent")
    assert gis.json("/search", q="gent", include="cl9,nope") == everything, "filter dropped"
    first = gis.json("/search", q="a", limit=5)
    second = gis.json("/search", q="a", limit=5, start=5)
    assert len(second) == 5
    assert len(first) > 5, "the classes of grids come on top of the limit"


def test_quirk_15_objects_within_an_area_by_its_shape_alone(gis: Geographic):
    box = "POLYGON((3 50.8,4.5 50.8,4.5 51.3,3 51.3,3 50.8))"
    found = gis.json("/objects/inarea/cl100", wkt=box, limit=200)
    assert "Gent" in names(found)
    assert "Hasselt" not in names(found)
    assert len(gis.json("/objects/inarea/cl100", wkt=box, limit=3)) == 3
    assert gis.get("/objects/inarea/cl100", pid=2).status_code == 500


def test_quirk_15_the_nearest_objects_fail(gis: Geographic):
    assert gis.get("/objects/cl2123/51/4").status_code == 404
    assert gis.get("/objects/cl100/51/4").status_code == 500


def test_an_object_at_a_point(gis: Geographic):
    assert gis.json("/object/intersect/217/51.05/3.72")["name"] == "Gent"
    assert gis.json("/object/intersect/217/50.9/5.3") == {}
    assert "wmsurl" not in gis.json("/object/intersect/217/51.05/3.72")


def test_spoiled_shapes_when_wanted(gis: Geographic):
    gis.world.faults.add(name="spatial.broken_shape", count=1)
    assert not ogr.CreateGeometryFromWkt(gis.get("/shape/wkt/217").text).IsValid()
    gis.world.faults.add(name="spatial.huge_shape", count=1, megabytes=3)
    huge = gis.get("/shape/geojson/217")
    assert len(huge.data) > 3_000_000
    assert json.loads(huge.data)["geometry"]["type"] == "MultiPolygon"
