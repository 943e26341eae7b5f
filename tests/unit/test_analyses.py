"""Analyses that the portal runs."""

from __future__ import annotations

import json

import pytest

from biodiv_plugin.portal import errors
from biodiv_plugin.portal.analyses import AnalysisClient
from biodiv_plugin.portal.analysis import (
    OutputKind,
    Process,
    ProcessInput,
    TaskOutput,
    TaskState,
    area_input,
    check_inputs,
    envelope_input,
    parse_capabilities,
    parse_output,
    parse_task,
    species_input,
)
from biodiv_plugin.portal.query import OccurrenceQuery, TaxonRef
from tests.unit.fakes import HTML, FakeTransport

BASE = "https://portal.test/spatial-service"
SQUARE = "POLYGON((3 50,4 50,4 51,3 51,3 50))"


@pytest.fixture()
def portal():
    return FakeTransport()


@pytest.fixture()
def analyses(portal):
    return AnalysisClient(portal, BASE)


def test_quirk_14_a_portal_that_offers_nothing(analyses, portal):
    portal.answers({})
    assert analyses.capabilities() == ()
    with pytest.raises(errors.UnexpectedAnswer):
        parse_capabilities([])


def test_quirk_14_a_task_gets_its_input_by_the_name_the_server_reads(analyses, portal):
    portal.answers({"id": 4711, "status": 0, "tag": "null"})
    assert analyses.create("PointsToGrid", {"gridCellSize": 0.05}, identifier="a") == 4711
    assert portal.last.as_user
    assert json.loads(portal.last.body) == {
        "name": "PointsToGrid",
        "input": {"gridCellSize": 0.05},
        "identifier": "a",
    }


def test_quirk_03_only_starting_goes_as_the_user(analyses, portal, tmp_path):
    portal.answers({})
    analyses.capabilities()
    assert not portal.last.as_user
    portal.answers({"id": 7, "status": 0})
    analyses.status(7)
    assert not portal.last.as_user
    portal.answers("a,b\n")
    analyses.output(7, "a.csv", tmp_path / "a.csv")
    assert not portal.last.as_user
    portal.answers({"id": 7})
    analyses.create("AooEoo", {})
    assert portal.last.as_user


def test_quirk_08_unset_texts_are_the_word_null():
    unset = {"message": "null", "tag": "null", "sessionId": "null", "email": "null"}
    task = parse_task({"id": "7", "status": 0, "userId": "jan", **unset})
    assert (task.id, task.message, task.reason) == (7, "", "")


def test_a_task_that_is_refused(analyses, portal):
    portal.answers({"groups": "Input parameter groups is too large.", "name": "no value"}, 400)
    with pytest.raises(
        errors.Rejected, match=r"groups: Input parameter groups is too large\.; name"
    ):
        analyses.create("Classification", {})
    portal.answers(HTML, 400)
    with pytest.raises(errors.Rejected, match=r"^HTTP 400$"):
        analyses.create("Classification", {})
    portal.answers(HTML, 401)
    with pytest.raises(errors.SignInRequired):
        analyses.create("Classification", {})
    portal.answers({"name": "x"})
    with pytest.raises(errors.UnexpectedAnswer):
        analyses.create("Classification", {})


@pytest.mark.parametrize(
    ("status", "output", "state"),
    [
        (0, None, TaskState.RUNNING),
        (1, None, TaskState.RUNNING),
        (2, None, TaskState.CANCELLED),
        (3, None, TaskState.FAILED),
        (4, None, TaskState.FAILED),
        (4, [{"name": "files", "file": "a.csv"}], TaskState.FINISHED),
    ],
)
def test_quirk_13_what_a_status_means(status, output, state):
    task = parse_task({"id": 7, "status": status, "message": "null", "output": output})
    assert (task.state, task.message) == (state, "")


def test_quirk_13_the_reason_of_a_failure_is_the_newest_history(analyses, portal):
    history = {"1767607265000": "failed (id:7): no area", "1767607200000": "created"}
    portal.answers({"id": 7, "status": 3, "message": "failed", "history": history})
    assert analyses.status(7).reason == "failed (id:7): no area"
    portal.answers(b"null")
    with pytest.raises(errors.NotFound):
        analyses.status(8)
    for broken in ({"id": 7}, {"status": 4}, {"id": 7, "status": 9}):
        with pytest.raises(errors.UnexpectedAnswer):
            parse_task(broken)


ENVELOPE = '{"name":"Environmental envelope","q":"el1:[0 TO 5]","type":"envelope"}'


@pytest.mark.parametrize(
    ("name", "file", "expected"),
    [
        ("files", "download.zip", TaskOutput(OutputKind.ARCHIVE, "download.zip")),
        ("metadata", "Calculated AOO and EOO.html", None),
        ("files", "SitesBySpecies.csv", TaskOutput(OutputKind.TABLE, "SitesBySpecies.csv")),
        ("files", "species.asc", TaskOutput(OutputKind.FILE, "species.asc")),
        (
            "layers",
            "/layer/4711_aloc.tif",
            TaskOutput(OutputKind.RASTER, "aloc.asc", "ALA:4711_aloc"),
        ),
        ("layers", "/layer/4711_aloc.shp", TaskOutput(OutputKind.VECTOR, "", "ALA:4711_aloc")),
        ("area", "9001", TaskOutput(OutputKind.AREA, "9001")),
    ],
)
def test_what_an_output_stands_for(name, file, expected):
    expected = expected or TaskOutput(OutputKind.REPORT, file)
    assert parse_output(4711, {"name": name, "file": file}) == expected


def test_outputs_that_are_json():
    envelope = parse_output(4711, {"name": "area", "file": ENVELOPE})
    assert (envelope.kind, envelope.file) == (OutputKind.ENVELOPE, "ENVELOPE4711")
    assert envelope.published == "ALA:4711"
    assert json.loads(envelope.details)["q"] == "el1:[0 TO 5]"
    species = parse_output(1, {"name": "species", "file": '{"q":"userId:1"}'})
    assert (species.kind, json.loads(species.details)) == (OutputKind.SPECIES, {"q": "userId:1"})
    with pytest.raises(errors.UnexpectedAnswer):
        parse_output(1, {"name": "species", "file": "no json"})


def test_quirk_01_a_missing_output_is_told_with_200(analyses, portal, tmp_path):
    target = tmp_path / "a.csv"
    portal.answers("File does not exist: a.csv", content_type="text/html")
    with pytest.raises(errors.NotFound):
        analyses.output(7, "a.csv", target)
    assert not target.exists()
    portal.answers("LSID,Longitude\n")
    analyses.output(7, "plots/Calculated AOO.csv", target)
    assert target.read_text() == "LSID,Longitude\n"
    assert portal.last.url == f"{BASE}/tasks/output/7/plots/Calculated%20AOO.csv"
    for wrong in ("", "/layer/x.tif", "../x", "a/../../x"):
        with pytest.raises(errors.InvalidQuery):
            analyses.output(7, wrong, target)


GRID = Process(
    "PointsToGrid",
    "",
    (
        ProcessInput("area", "area", minimum=1, maximum=1),
        ProcessInput("species", "species", minimum=1, maximum=1),
        ProcessInput("gridCellSize", "double", minimum=0.0001, maximum=1, default="0.05"),
        ProcessInput("years", "int", minimum=1, optional=True),
        ProcessInput("sitesBySpecies", "boolean", default="true"),
        ProcessInput("movingAverage", "list", choices=("3x3", "9x9"), default="9x9"),
        ProcessInput("pages", "list", optional=True, multiple=True),
        ProcessInput("comment", "string"),
        ProcessInput("title", "text"),
    ),
    (),
)
FITTING = {"area": [area_input("Gent", pid="217")], "species": {"q": ["*:*"]}, "title": "x"}


def test_inputs_that_fit():
    check_inputs(GRID, FITTING)
    check_inputs(GRID, {**FITTING, "gridCellSize": "0.1", "years": 3, "sitesBySpecies": False})
    check_inputs(GRID, {**FITTING, "movingAverage": "3x3", "pages": ["1", "2"], "comment": ""})


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("area", []),
        ("area", FITTING["area"] * 2),
        ("area", "217"),
        ("species", []),
        ("species", "*:*"),
        ("gridCellSize", 2),
        ("gridCellSize", "wide"),
        ("years", 1.5),
        ("years", 0),
        ("sitesBySpecies", "yes"),
        ("movingAverage", "4x4"),
        ("movingAverage", ["3x3", "9x9"]),
        ("comment", 7),
        ("title", ""),
        ("colour", "red"),
    ],
)
def test_inputs_that_do_not_fit_are_told_by_name(part, value):
    with pytest.raises(errors.InvalidQuery) as raised:
        check_inputs(GRID, {**FITTING, part: value})
    assert raised.value.part == part


def test_inputs_are_built_in_the_services_shapes():
    assert area_input("Gent", pid="217", wkt=SQUARE, extent=(3, 50, 4, 51), km2=156.2) == {
        "q": "",
        "name": "Gent",
        "area_km": 156.2,
        "bbox": [3, 50, 4, 51],
        "pid": "217",
    }
    assert area_input("x", wkt=SQUARE)["wkt"] == SQUARE
    with pytest.raises(errors.InvalidQuery):
        area_input("x")
    query = OccurrenceQuery(taxa=(TaxonRef("7"),), area=SQUARE)
    species = species_input(query, "Vespa", "https://portal.test", "cl102:x")
    assert species["q"] == ["lsid:7", '-occurrenceStatus:"ABSENT"', "cl102:x"]
    assert species["wkt"] == SQUARE
    assert species["bs"] == "https://portal.test/biocache-service"
    assert envelope_input([("el12", 0, 5), ("el7", 600.5, 800)]) == (
        "el12:[0 TO 5],el7:[600.5 TO 800]"
    )
    with pytest.raises(errors.InvalidQuery):
        envelope_input([])
