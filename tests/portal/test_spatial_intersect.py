"""Point, batch and shape intersections (contract/spatial 4, 11)."""

from __future__ import annotations

import io
import random
import re
import time
import zipfile

import pytest

from tests.portal.geographic import Geographic, names, opened


@pytest.fixture
def gis():
    yield from opened()


def finished(gis: Geographic, number: str, polls: int = 400) -> dict:
    for _ in range(polls):
        told = gis.json(f"/intersect/batch/{number}")
        if "downloadUrl" in told or told["status"] == "error":
            return told
        time.sleep(0.02)
    raise AssertionError(f"batch {number} does not end")


def submit(gis: Geographic, fids: str, points: str) -> str:
    answer = gis.client.post(
        "/spatial-service/intersect/batch", data={"fids": fids, "points": points}
    )
    return answer.get_json()["batchId"]


def test_quirk_10_and_11_a_point_takes_latitude_first_and_drops_unknown_ids(gis: Geographic):
    told = gis.json("/intersect/cl102,nope,cl100,102,el10110,cl10120/51.05/3.72")
    assert [item["field"] for item in told] == ["cl102", "cl100", "el10110", "cl10120"]
    assert told[1] == {
        "field": "cl100",
        "value": "Gent",
        "layername": "Gemeenten",
        "pid": "217",
        "description": "Gent",
    }
    assert isinstance(told[2]["value"], float)
    assert told[2]["units"] == "m TAW"
    assert told[3]["pid"].startswith("10120:")


def test_a_point_outside_is_an_empty_value(gis: Geographic):
    assert gis.json("/intersect/cl100,el10110/50.85/4.36") == [
        {"field": "cl100", "value": "", "layername": "Gemeenten"},
        {
            "field": "el10110",
            "value": "",
            "layername": "Digitaal Hoogtemodel Vlaanderen",
            "units": "m TAW",
        },
    ]


def test_quirk_02_a_point_that_breaks_the_service(gis: Geographic):
    for path in ("/intersect/hoogte/51/4", "/intersect/c/51/4", "/intersect/cl100/x/4"):
        assert gis.get(path).status_code == 500


def test_objects_by_shape(gis: Geographic):
    circle = gis.json("/intersect/pointradius/cl10093/51.39/4.43/5")
    assert names(circle) == ["Kalmthoutse heide"]
    assert "Brugge" in names(gis.json("/intersect/object/cl100/6"))
    service = "/spatial-service/intersect"
    box = "POLYGON((3.7 51,3.8 51,3.8 51.1,3.7 51))"
    assert "Gent" in names(gis.client.post(f"{service}/wkt/cl100", data=box).get_json())
    point = '{"type":"Point","coordinates":[3.72,51.05]}'
    assert names(gis.client.post(f"{service}/geojson/cl100", data=point).get_json()) == ["Gent"]
    for path, body in (
        ("wkt/cl100", "POLYGON((3.7"),
        ("geojson/cl100", '{"type":"Feature"}'),
        ("wkt/cl100", "POLYGON((3 51,4 52,4 51,3 52,3 51))"),
    ):
        assert gis.client.post(f"{service}/{path}", data=body).status_code == 500


def test_a_batch_from_queue_to_csv(gis: Geographic):
    answer = gis.client.post(
        "/spatial-service/intersect/batch",
        data={"fids": "cl100,el10110,cl10204,nope", "points": "51.05,3.72,50.85,4.36,51.39,4.43"},
    ).get_json()
    number = answer["batchId"]
    assert answer["status"] == "waiting"
    assert (answer["points"], answer["fields"], answer["progress"]) == (3, 4, 0)
    assert answer["statusUrl"].endswith(f"/spatial-service/intersect/batch/{number}")
    assert gis.get(f"/intersect/batch/download/{number}").data == b"", "not done: an empty 200"
    assert gis.json(f"/intersect/batch/{number}")["status"] == "waiting"
    assert gis.json(f"/intersect/batch/{number}")["status"] == "started"
    told = finished(gis, number)
    assert told["status"] == "finished"
    assert re.fullmatch(r"\d\d/\d\d/\d\d (0[1-9]|1[0-2]):\d\d:\d\d:\d{3}", told["finished"])
    lines = gis.get(f"/intersect/batch/download/{number}", csv="true").text.splitlines()
    assert lines[0] == "latitude,longitude,cl100,el10110,cl10204,nope"
    assert lines[1].startswith("51.05,3.72,Gent,")
    assert lines[2] == "50.85,4.36,,,,"
    assert lines[3].startswith("51.39,4.43,Kalmthout,")
    assert lines[3].endswith(",Habitatrichtlijngebied,")
    packed = zipfile.ZipFile(io.BytesIO(gis.get(f"/intersect/batch/download/{number}").data))
    assert packed.read("sample.csv").decode().splitlines() == lines


def test_names_with_commas_are_quoted(gis: Geographic):
    number = submit(gis, "cl10093", "50.805,4.655")
    finished(gis, number)
    text = gis.get(f"/intersect/batch/download/{number}", csv="true").text
    assert '"Valleien van de Dijle, Laan en IJse met aangrenzende bos- en moerasgebieden"' in text


def test_quirk_01_a_batchs_errors_are_200(gis: Geographic):
    path = "/intersect/batch"
    message = "request did not include points or did not include fids"
    assert gis.json(path, fids="cl100") == {"status": "fail", "error": message}
    assert gis.json(f"{path}/123") == {"error": "unknown batchId: 123"}
    too_many = ",".join(f"cl{i}" for i in range(1001))
    assert gis.json(path, fids=too_many, points="1,2")["error"].startswith("Too many fields.")
    number = submit(gis, "cl100", "51.05,3.72,51.1")
    told = finished(gis, number)
    assert (told["status"], told["points"]) == ("error", 1.5)


def test_quirk_12_a_batch_after_a_restart_says_started_and_is_done(gis: Geographic):
    gis.world.faults.add(name="spatial.batch_restart")
    told = finished(gis, submit(gis, "cl100", "51.05,3.72"))
    assert told["status"] == "started"
    assert "finished" in told


def test_quirk_22_contextual_columns_may_stay_empty(gis: Geographic):
    gis.world.faults.add(name="spatial.batch_empty_contextual")
    number = submit(gis, "cl100,el10110", "51.05,3.72")
    finished(gis, number)
    line = gis.get(f"/intersect/batch/download/{number}", csv="true").text.splitlines()[1]
    assert re.fullmatch(r"51\.05,3\.72,,\d+\.\d+", line)


def test_a_batch_may_fail_or_be_slow(gis: Geographic):
    gis.world.faults.add(name="spatial.batch_error")
    assert finished(gis, submit(gis, "cl100", "51.05,3.72"))["status"] == "error"
    gis.world.faults.clear()
    gis.world.faults.add(name="spatial.batch_slow", polls=6)
    number = submit(gis, "cl100", "51.05,3.72")
    states = [gis.json(f"/intersect/batch/{number}")["status"] for _ in range(6)]
    assert states == ["waiting"] + ["started"] * 5


def test_quirk_20_a_long_form_is_not_decoded(gis: Geographic):
    chance = random.Random(3)
    pairs = [
        f"{chance.uniform(50.7, 51.4):.12f},{chance.uniform(2.6, 5.8):.12f}" for _ in range(70_000)
    ]
    points = ",".join(pairs)
    assert len(points) > 2 * 2**20
    form = {"content_type": "application/x-www-form-urlencoded"}
    path = "/spatial-service/intersect/batch"
    plain = gis.client.post(path, data=f"fids=cl102&points={points}", **form)
    assert plain.get_json()["points"] == 70_000
    encoded = gis.client.post(path, data=f"fids=cl102&points={points.replace(',', '%2C')}", **form)
    assert encoded.get_json()["points"] == 0.5
