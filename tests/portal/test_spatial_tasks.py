"""Server-side analyses (contract/spatial 7, 11)."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from osgeo import gdal, ogr

from tests.portal.geographic import Geographic, drawn, opened

FLANDERS = [{"pid": "1", "name": "Vlaanderen", "q": ""}]
GHENT, LIMBURG = {"pid": "217", "name": "Gent"}, {"pid": "3", "name": "Limburg"}
ALL = {"q": ["*:*"], "name": "alles", "bs": "https://portal.example/biocache-service"}


@pytest.fixture
def gis():
    yield from opened()


def files(task: dict, kind: str = "files") -> list:
    return [output["file"] for output in task["output"] if output["name"] == kind]


def test_capabilities(gis: Geographic):
    told = gis.json("/capabilities")
    assert len(told) == 16
    assert told == gis.json("/tasks/capabilities.json")
    assert told["AooEoo"]["input"]["biocacheServiceUrl"]["type"] == "auto"
    assert told["Classification"]["input"]["groups"]["constraints"] == {
        "min": 2.0,
        "max": 30.0,
        "defaultValue": 5,
    }
    types = {about["type"] for p in told.values() for about in p["input"].values()}
    assert types <= {
        *("auto", "double", "int", "boolean", "area", "species", "list", "string", "text"),
        *("upload", "envelope", "layer", "colour", "process"),
    }


def test_quirk_14_a_service_without_capabilities_refuses_all_tasks(gis: Geographic):
    gis.world.faults.add(name="spatial.no_capabilities")
    assert gis.json("/capabilities") == {}
    told = gis.post("/tasks/create", json={"name": "AooEoo", "input": {}})
    assert (told.status_code, told.get_json()) == (400, {"spec": "failed to find spec for: AooEoo"})


def test_creating_needs_a_bearer(gis: Geographic):
    assert gis.post("/tasks/create", user=None, json={"name": "AooEoo"}).status_code == 401
    assert gis.get("/tasks/cancel/1").status_code == 401


@pytest.mark.parametrize(
    ("process", "inputs", "complaint"),
    [
        ("GDM", {}, {"spec": "failed to find spec for: GDM"}),
        (
            "MergeAreas",
            {"area": [GHENT], "description": "d"},
            {"name": "Input parameter name has no value."},
        ),
        (
            "Classification",
            {"area": [GHENT], "layer": ["el10110"], "groups": 40},
            {"groups": "Input parameter groups=40 is too large. Maximum value is 30.0."},
        ),
        (
            "PointsToGrid",
            {"area": [GHENT], "species": ALL, "gridCellSize": 2},
            {"gridCellSize": "Input parameter gridCellSize=2 is too large. Maximum value is 1.0."},
        ),
    ],
)
def test_complaints(gis: Geographic, process: str, inputs: dict, complaint: dict):
    told = gis.post("/tasks/create", json={"name": process, "input": inputs})
    assert (told.status_code, told.get_json()) == (400, complaint)


def test_quirk_08_a_task_is_told_with_the_text_null(gis: Geographic):
    form = {
        "name": "MergeAreas",
        "input": json.dumps({"name": "a", "description": "b", "area": [GHENT]}),
    }
    told = gis.post("/tasks/create", data=form).get_json()
    assert (told["status"], told["tag"], told["email"], told["output"]) == (0, "null", "null", [])
    assert told["input"][0]["task"]["_ref"] == "../.."
    assert list(told["history"].values()) == ["created"]
    gis.ended(told["id"])


def test_quirk_14_the_published_name_of_the_inputs_is_wrong(gis: Geographic):
    told = gis.post("/tasks/create", json={"name": "MergeAreas", "inputs": {"name": "a"}})
    assert set(told.get_json()) == {"area", "name", "description"}
    listed = gis.json("/openapi/openapi.json")["paths"]["/tasks/create"]["post"]["parameters"]
    assert "inputs" in [parameter["name"] for parameter in listed]


def test_quirk_13_status_is_queued_twice_then_finished(gis: Geographic):
    inputs = {"area": [GHENT, LIMBURG], "name": "samen", "description": "d"}
    number = gis.post("/tasks/create", json={"name": "MergeAreas", "input": inputs}).get_json()[
        "id"
    ]
    first, second = (gis.json(f"/tasks/status/{number}") for _ in range(2))
    assert (first["status"], second["status"]) == (0, 0)
    assert (first["message"], second["message"]) == ("queued", "running MergeAreas")
    last = gis.ended(number)
    assert (last["status"], last["message"]) == (4, "finished")
    assert list(last["history"].values())[-1] == f"finished (id:{number})"
    pid = files(last, "area")[0]
    parts = gis.json("/object/217")["area_km"] + gis.json("/object/3")["area_km"]
    assert gis.json(f"/object/{pid}")["area_km"] == pytest.approx(parts, rel=1e-4)
    assert gis.json("/search", q="samen"), "a new area is in the gazetteer"


def test_quirk_13_the_ways_a_task_ends_badly(gis: Geographic):
    failed = gis.finished("PointsToGrid", area=[{"pid": "99999999"}], species=ALL)
    assert (failed["status"], failed["message"]) == (3, "failed")
    assert list(failed["history"].values())[-1].endswith("area 99999999 does not exist")
    assert "output" not in failed
    gis.world.faults.add(name="spatial.task_fails")
    assert gis.finished("AreaReport", area=[GHENT])["status"] == 3
    gis.world.faults.clear()
    gis.world.faults.add(name="spatial.task_without_output")
    odd = gis.finished("AreaReport", area=[GHENT])
    assert (odd["status"], odd["message"]) == (4, "finished")
    assert "output" not in odd
    assert "failed" in list(odd["history"].values())[-1]


def test_quirk_01_unknown_tasks_and_files(gis: Geographic):
    assert gis.get("/tasks/status/999999").status_code == 500
    task = gis.finished("AreaReport", area=[GHENT])
    for path in (f"/tasks/output/{task['id']}/nope.csv", "/tasks/output/999/a.csv"):
        answer = gis.get(path)
        assert answer.status_code == 200
        assert answer.content_type.startswith("text/html")
        assert answer.text.startswith("File does not exist: ")
    outside = gis.get(f"/tasks/output/{task['id']}/x", filename="../../../portal.sqlite")
    assert outside.text.startswith("File does not exist: ")
    gis.world.faults.add(name="spatial.task_output_missing")
    name = f"areaReport{task['id']}.pdf"
    assert gis.file(task, name).startswith("File does not exist: ")


def test_running_and_slow_tasks_when_wanted(gis: Geographic):
    gis.world.faults.add(name="spatial.task_running")
    gis.world.faults.add(name="spatial.task_slow", polls=4)
    body = {"name": "AreaReport", "input": {"area": [GHENT]}}
    number = gis.post("/tasks/create", json=body).get_json()["id"]
    assert [gis.json(f"/tasks/status/{number}")["status"] for _ in range(4)] == [0, 1, 1, 1]


def test_quirk_13_cancel_does_nothing(gis: Geographic):
    assert gis.post("/tasks/cancel/1", json={}).data == b"null"
    assert gis.post("/tasks/cancel/1").status_code == 302


def test_quirk_03_pages_of_a_browsers_session_look_at_no_bearer(gis: Geographic):
    path, accept = "/spatial-service/tasks/show/1", {"Accept": "application/json"}
    answer = gis.client.get(path, headers={**gis.bearer("admin"), **accept})
    assert (answer.status_code, answer.get_json()) == (
        401,
        {"error": "Forbidden, user login required!"},
    )
    assert gis.client.get(path).status_code == 302


def test_points_to_grid(gis: Geographic, tmp_path):
    task = gis.finished(
        "PointsToGrid", area=FLANDERS, species=ALL, gridCellSize=0.1, occurrenceDensity=True
    )
    number = task["id"]
    rows = [line.split(",") for line in gis.file(task, "SitesBySpecies.csv").splitlines()]
    assert [row[0] for row in rows[:5]] == ["LSID", "Common Name", "Kingdom", "Family", "Species"]
    assert len(rows) > 50
    assert files(task, "layers") == [f"/layer/{number}_occurrence_density.tif"]
    grid = tmp_path / "occurrence_density.asc"
    grid.write_text(gis.file(task, "occurrence_density.asc"), encoding="ascii")
    raster = gdal.Open(str(grid))
    assert raster.GetRasterBand(1).GetNoDataValue() == -9999
    assert raster.GetRasterBand(1).ComputeStatistics(False)[1] > 0
    assert drawn(gis.map(f"ALA:{number}_occurrence_density")) > 10_000
    capabilities = gis.wms(request="GetCapabilities").text
    assert f"<Name>ALA:{number}_occurrence_density</Name>" in capabilities
    value = gis.json(f"/intersect/{number}_occurrence_density/51.05/3.72")
    assert value[0]["layername"] == f"occurrence_density({number})"
    answer = gis.get(f"/tasks/output/{number}/Mijn raster.zip", filename="download.zip")
    packed = zipfile.ZipFile(io.BytesIO(answer.data))
    assert "SitesBySpecies.csv" in packed.namelist()
    assert not [name for name in packed.namelist() if name.endswith(".tif")]
    assert "Mijn raster.zip" in answer.headers["Content-Disposition"]


def test_stored_queries_and_taxa_narrow_the_records(gis: Geographic):
    form = {"q": "*:*", "fq": "year:[2015 TO 2020]"}
    qid = gis.client.post("/biocache-service/webportal/params", data=form).text.strip()
    counts = []
    for q in (["*:*"], [f"qid:{qid}"], [f"qid:{qid}", "kingdom:Plantae"]):
        task = gis.finished("AreaReport", area=FLANDERS, species={"q": q})
        gis.get(f"/process/areaReport/{task['id']}")
        text = gis.get(f"/tasks/output/{task['id']}/areaReport{task['id']}.pdf").data
        assert text.startswith(b"%PDF-1.4")
        line = next(part for part in text.split(b"\n") if b"(Occurrences: " in part)
        counts.append(int(line.split(b": ")[1].split(b")")[0]))
    assert counts[0] > counts[1] > counts[2] > 0
    assert gis.finished("AreaReport", area=FLANDERS, species={"q": ["qid:1"]})["status"] == 3


def test_aoo_and_eoo(gis: Geographic):
    task = gis.finished("AooEoo", area=[LIMBURG], species=ALL)
    assert len(files(task, "area")) == 4
    occupied = ogr.CreateGeometryFromWkt(gis.file(task, "Area of Occupancy.wkt"))
    extent = ogr.CreateGeometryFromWkt(gis.file(task, "Extent of Occurrence.wkt"))
    assert extent.Buffer(0.03).Contains(occupied)
    assert "Number of records" in gis.file(task, "Calculated AOO and EOO.html")


def test_compare_areas(gis: Geographic):
    task = gis.finished("CompareAreas", area=[GHENT, LIMBURG], species=ALL)
    lines = gis.file(task, "comparison.csv").splitlines()
    assert lines[0] == "Species,Gent: records,Limburg: records,Found in"
    assert {line.rpartition(",")[2] for line in lines[1:]} == {"both", "Gent", "Limburg"}


@pytest.mark.parametrize("fid", ["cl101", "el10110"])
def test_species_by_layer(gis: Geographic, fid: str):
    task = gis.finished("SpeciesByLayer", species=ALL, layer=[fid])
    rows = [line.rsplit(",", 2) for line in gis.file(task, "SpeciesByLayer.csv").splitlines()]
    assert rows[0][1:] == ["Species", "Occurrences"]
    assert all(int(row[1]) <= int(row[2]) for row in rows[1:])
    assert len(rows) > 4


def test_an_envelope_is_an_area(gis: Geographic):
    ranges = "el10110:[0 TO 10],el10111:[700 TO 850]"
    task = gis.finished("Envelope", envelope=ranges, resolution=0.02, shp=True)
    number = task["id"]
    told = json.loads(files(task, "area")[0])
    assert told == gis.json(f"/object/ENVELOPE{number}")
    assert (told["type"], told["q"]) == ("envelope", ranges)
    assert (
        gis.get(f"/shape/geojson/ENVELOPE{number}").get_json(force=True)["type"] == "MultiPolygon"
    )
    assert gis.get(f"/shape/shp/ENVELOPE{number}").status_code == 400, "broken upstream"
    assert drawn(gis.map(f"ALA:{number}")) > 1000
    assert gis.get(f"/tasks/output/{number}/{number}.tif").data[:2] in (b"II", b"MM")
    merged = gis.finished(
        "MergeAreas", area=[{"pid": f"ENVELOPE{number}"}], name="omhulling", description="d"
    )
    assert merged["status"] == 4


def test_quirk_17_an_area_of_wkt_becomes_public(gis: Geographic):
    area = {"wkt": "POLYGON((3.7 51,3.9 51,3.9 51.1,3.7 51))", "name": "stille plek"}
    gis.finished("AreaReport", area=[area])
    assert [row["name"] for row in gis.json("/search", q="stille")] == ["stille plek"]


@pytest.mark.parametrize(
    ("process", "inputs", "file"),
    [
        ("TaxonFrequency", {"area": FLANDERS, "species1": ALL, "minYear": 1990}, "charts.html"),
        ("DoubleGridding", {"area": [LIMBURG], "species": ALL}, "SitesBySpecies.csv"),
        (
            "Classification",
            {"area": [GHENT], "layer": ["el10110", "el10111"]},
            "classification_means.csv",
        ),
        ("Maxent", {"area": [LIMBURG], "species": ALL, "layer": ["el10110"]}, "species.asc"),
        (
            "ScatterplotList",
            {"area": [LIMBURG], "species1": ALL, "layer": ["el10110", "el10111", "el10112"]},
            "scatterplot.html",
        ),
        (
            "MapImage",
            {"bbox": "[3,50.8,5,51.4]", "windowSize": "[300,200]", "mapLayers": "[]"}
            | {"comment": "c", "outputType": "png", "resolution": "print"},
            "map{id}.png",
        ),
    ],
)
def test_the_others_make_their_files(gis: Geographic, process: str, inputs: dict, file: str):
    task = gis.finished(process, **inputs)
    assert task["status"] == 4, task["history"]
    name = file.format(id=task["id"])
    assert name in [output["file"] for output in task["output"]]
    assert len(gis.get(f"/tasks/output/{task['id']}/{name}").data) > 50


def test_scatterplots_are_drawn_anew(gis: Geographic):
    inputs = {"area": [LIMBURG], "species1": ALL, "layer": ["el10110", "el10111"]}
    task = gis.finished("ScatterplotCreate", **inputs)
    told = json.loads(files(task, "species")[0])
    assert told["scatterplotLayers"] == ["hoogte", "neerslag_jaar"]
    again = gis.finished(
        "ScatterplotDraw",
        **{"scatterplotId": str(task["id"]), "color": "00ff00", "size": 6, "opacity": 1},
        **{"colorType": "-1", "wkt": GHENT, "selection": ""},
    )
    pictures = [gis.get(f"/tasks/output/{one['id']}/scatterplot.png").data for one in (task, again)]
    assert pictures[0] != pictures[1]
    assert json.loads(files(again, "species")[0])["scatterplotId"] == task["id"]


def test_quirk_18_generated_points_are_said_to_be_in_australia(gis: Geographic):
    told = json.loads(files(gis.finished("GeneratePoints", area=[LIMBURG]), "species")[0])
    assert told["bs"].startswith("https://sandbox.ala.org.au/")


def test_a_task_can_be_found_again_after_a_restart(gis: Geographic):
    task = gis.finished("AreaReport", area=[GHENT])
    again = Geographic(gis.world)  # the same data and port, another program
    assert again.ended(task["id"])["output"] == task["output"]
