"""Analyses on the portal's own computers: inputs, following, results as layers, and back."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from qgis.core import (
    QgsFeature,
    QgsGeometry,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
)

from biodiv_plugin.layers.analysis_results import place, unpack
from biodiv_plugin.portal.analysis import AnalysisTask, TaskState
from biodiv_plugin.portal.errors import (
    AnalysisFailed,
    BadArchive,
    InvalidQuery,
    NoMatch,
    NotFound,
)
from biodiv_plugin.processing.run_analysis import RunAnalysis
from biodiv_plugin.processing.sign_in import SignIn
from biodiv_plugin.use_cases import run_analysis as use_case
from biodiv_plugin.use_cases.analysis_inputs import find_process
from biodiv_plugin.use_cases.run_analysis import finished, restore_task
from tests.qgis.algorithms import Said, run

FOX = "Vulpes vulpes"
SQUARE = "POLYGON((103000 192000, 107000 192000, 107000 196000, 103000 196000, 103000 192000))"
BESIDE = "POLYGON((150000 210000, 154000 210000, 154000 214000, 150000 214000, 150000 210000))"


@pytest.fixture(autouse=True)
def quickly(monkeypatch):
    monkeypatch.setattr(use_case, "POLL", 0.05)


@pytest.fixture
def signed_in(services, browse_as):
    browse_as("hilde")
    run(SignIn(services), {"TIMEOUT": 30})


@pytest.fixture
def analyse(services, signed_in, tmp_path):
    def start(process: str, inputs: dict, said: Said | None = None, **more):
        asked = {"PROCESS": process, "INPUTS": json.dumps(inputs), "OUTPUT": str(tmp_path), **more}
        return run(RunAnalysis(services), asked, said)

    return start


@pytest.fixture
def squares(qgis_new_project):
    layer = QgsVectorLayer("Polygon?crs=EPSG:31370", "mijn percelen", "memory")
    for wkt in (SQUARE, BESIDE):
        feature = QgsFeature()
        feature.setGeometry(QgsGeometry.fromWkt(wkt))
        layer.dataProvider().addFeature(feature)
    QgsProject.instance().addMapLayer(layer)
    return layer


def uploads(control, method: str) -> list[dict]:
    asked = control.requests("/spatial-service/shape/upload")
    return [request for request in asked if request["method"] == method]


def created(control) -> list[dict]:
    return control.requests("/spatial-service/tasks/create")


def test_areas_of_occupancy_become_polygons(analyse):
    said = Said()
    outputs = analyse("aooeoo", {"area": "1", "species": FOX}, said)
    folder = Path(outputs["OUTPUT"])
    assert folder.name == f"AooEoo-{outputs['TASK']}"
    layer = QgsVectorLayer(outputs["LAYERS"][0], "gebieden", "ogr")
    names = [feature["name"] for feature in layer.getFeatures()]
    assert len(names) == 4
    assert all(FOX in name for name in names), "the name that the inputs gave went along"
    assert layer.crs().authid() == "EPSG:4326"
    assert (folder / "Calculated AOO and EOO.html").read_text().startswith("<")
    assert any("Calculated" in text and text.startswith("Report: file:") for text in said.info)
    assert any(f"analysis {outputs['TASK']}" in text for text in said.info)
    assert any("running AooEoo" in text for text in said.info), "how far it is"


def test_grids_have_a_place_and_a_style(analyse):
    inputs = {
        "area": ["217"],
        "species": {"q": ["*:*"], "name": "alles", "bs": "", "ws": ""},
        "gridCellSize": 0.02,
        "speciesRichness": True,
    }
    outputs = analyse("PointsToGrid", inputs)
    grids = [path for path in outputs["LAYERS"] if path.endswith(".asc")]
    assert [Path(path).stem for path in grids] == ["species_richness"]
    grid = QgsRasterLayer(grids[0], "soorten", "gdal")
    assert grid.crs().authid() == "EPSG:4326"
    assert 3.5 < grid.extent().center().x() < 4, "Ghent"
    assert grid.renderer().type() == "singlebandpseudocolor"
    tables = [QgsVectorLayer(p, "t", "ogr") for p in outputs["LAYERS"] if p.endswith(".csv")]
    assert [table.featureCount() > 0 for table in tables] == [True]


def test_groups_have_a_colour_each(analyse):
    inputs = {"area": "217", "layer": "el10110, el10111", "groups": 3, "resolution": "0.01"}
    layers = {Path(path).name: path for path in analyse("Classification", inputs)["LAYERS"]}
    assert QgsRasterLayer(layers["aloc.asc"], "x", "gdal").renderer().type() == "paletted"
    assert QgsVectorLayer(layers["aloc.shp"], "x", "ogr").crs().authid() == "EPSG:4326"


def test_an_envelope_is_a_grid_and_an_area_of_later_analyses(analyse):
    inputs = {"envelope": "el10110:[0 TO 50]", "resolution": 0.05, "shp": True}
    outputs = analyse("Envelope", inputs)
    names = [Path(path).name for path in outputs["LAYERS"]]
    assert names == ["envelope.shp", f"{outputs['TASK']}.asc"]
    again = {"area": f"ENVELOPE{outputs['TASK']}", "name": "omhulling", "description": "d"}
    merged = QgsVectorLayer(analyse("MergeAreas", again)["LAYERS"][0], "x", "ogr")
    assert [feature["name"] for feature in merged.getFeatures()] == ["omhulling"]


LAYERS = ["el10110", "el10111", "el10112"]
TWO = {"area": "1", "species1": FOX, "layer": LAYERS[:2]}
BOX = {"bbox": "[3,51,4,51.5]", "windowSize": "[90,60]", "mapLayers": "[]", "comment": "x"}


@pytest.mark.parametrize(
    ("process", "inputs", "layers", "report"),
    [
        (
            "Maxent",
            {"area": "1", "species": FOX, "layer": LAYERS[:2], "testPercentage": 0.2},
            ["species.asc", "maxentResults.csv"],
            "species.html",
        ),
        (
            "DoubleGridding",
            {"area": "1", "species": FOX, "yearSize": 5},
            ["SitesBySpecies.csv"],
            "sxs_metadata.html",
        ),
        (
            "TaxonFrequency",
            {"area": "1", "species1": FOX, "species2": "Meles meles"},
            ["taxon_frequency.csv"],
            "charts.html",
        ),
        ("AreaReport", {"area": "217"}, [], "areaReport{task}.pdf"),
        ("MapImage", BOX, [], "map{task}.png"),
        ("ScatterplotCreate", TWO, [], "scatterplot.png"),
        ("ScatterplotList", {**TWO, "layer": LAYERS}, [], "scatterplot.html"),
    ],
)
def test_layers_and_a_report_of_the_others(analyse, process, inputs, layers, report):
    said = Said()
    outputs = analyse(process, inputs, said)
    assert [Path(path).name for path in outputs["LAYERS"]] == layers
    (told,) = [text for text in said.info if text.startswith("Report: ")]
    assert told.endswith("/" + report.format(task=outputs["TASK"]))
    assert said.warnings == []


def test_a_scatterplot_is_drawn_again(analyse):
    first, said = analyse("ScatterplotCreate", TWO)["TASK"], Said()
    style = {"color": "0000FF", "size": 9, "opacity": 0.5, "colorType": "-1"}
    analyse("ScatterplotDraw", {"scatterplotId": str(first), **style}, said)
    assert any(text.endswith("scatterplot.png") for text in said.info)
    assert any(text.startswith("Observations: ") for text in said.info)
    with pytest.raises(QgsProcessingException, match="scatterplot 99 does not exist"):
        analyse("ScatterplotDraw", {"scatterplotId": "99", **style})


def test_quirk_18_generated_points_are_found_in_this_portal_s_sandbox(analyse, services):
    said = Said()
    analyse("GeneratePoints", {"area": "217", "distance": 0.05}, said)
    (address,) = [text for text in said.info if text.startswith("Observations: ")]
    assert f"{services.environment.portal}/sandbox-hub/occurrences/search?q=" in address


def test_the_layers_are_opened_in_a_group(services, signed_in, tmp_path, qgis_new_project):
    context, said = QgsProcessingContext(), Said()
    context.setProject(QgsProject.instance())
    inputs = json.dumps({"species": FOX, "layer": ["cl100"]})
    parameters = {"PROCESS": "SpeciesByLayer", "INPUTS": inputs, "OUTPUT": str(tmp_path)}
    outputs, succeeded = RunAnalysis(services).create().run(parameters, context, said)
    assert succeeded
    (details,) = context.layersToLoadOnCompletion().values()
    assert details.groupName == f"Species by class of a layer (1D) {outputs['TASK']}"
    assert details.name == "Species by class"


def test_quirk_17_polygons_need_consent(analyse, squares, control):
    drawn = [{"name": "x", "wkt": "POLYGON((3 50,4 50,4 51,3 50))"}]
    for inputs, more in (
        ({"species": FOX}, {"AREA": squares}),
        ({"species": FOX, "area": drawn}, {}),
    ):
        with pytest.raises(QgsProcessingException, match="public"):
            analyse("AooEoo", inputs, **more)
    assert uploads(control, "POST") == created(control) == []


def test_polygons_are_one_area_and_are_deleted_afterwards(analyse, squares, control):
    analyse("GeneratePoints", {"distance": 0.1}, AREA=squares, CONSENT=True)
    assert len(uploads(control, "POST")) == len(uploads(control, "DELETE")) == 1


def test_where_areas_are_compared_each_polygon_is_one(analyse, squares, control):
    inputs = {"species": {"q": ["*:*"], "name": "alles"}}
    outputs = analyse("CompareAreas", inputs, AREA=squares, CONSENT=True)
    assert [Path(path).name for path in outputs["LAYERS"]] == ["comparison.csv"]
    assert len(uploads(control, "POST")) == len(uploads(control, "DELETE")) == 2


def test_a_failed_analysis_leaves_no_area_behind(analyse, squares, control):
    control.fault("spatial.task_fails")
    with pytest.raises(QgsProcessingException, match="OutOfMemory"):
        analyse("GeneratePoints", {}, AREA=squares, CONSENT=True)
    assert len(uploads(control, "DELETE")) == 1


def test_an_area_that_cannot_be_deleted_is_told(analyse, squares, control):
    said = Said()
    control.fault(kind="status", status=500, method="DELETE", path="/spatial-service/shape/upload")
    analyse("GeneratePoints", {}, said, AREA=squares, CONSENT=True)
    assert any("still public" in text for text in said.info)


@pytest.mark.parametrize(
    ("process", "inputs", "told"),
    [
        ("AooEo", {}, "AooEoo"),
        ("AooEoo", {"area": "1"}, "species"),
        ("AooEoo", {"area": "1", "species": "Vulpus vulpus"}, "does not know"),
        ("AooEoo", {"area": "99999999", "species": FOX}, "does not know this item"),
        ("AooEoo", {"area": "1", "species": FOX, "radius": 0}, "radius"),
        ("CompareAreas", {"area": "1", "species": FOX}, "area"),
        ("Classification", {"area": "1", "layer": "el10110"}, "layer"),
        ("AooEoo", {"nonsense": 1}, "nonsense"),
    ],
)
def test_what_cannot_be_asked_is_not_sent(analyse, control, process, inputs, told):
    with pytest.raises(QgsProcessingException, match=told):
        analyse(process, inputs)
    assert created(control) == []


@pytest.mark.parametrize("inputs", ["{", "[1]"])
def test_inputs_that_are_no_json_object(services, signed_in, tmp_path, inputs):
    asked = {"PROCESS": "AooEoo", "INPUTS": inputs, "OUTPUT": str(tmp_path)}
    with pytest.raises(QgsProcessingException, match="INPUTS"):
        run(RunAnalysis(services), asked)


def test_quirk_14_a_portal_that_offers_nothing(analyse, control):
    control.fault("spatial.no_capabilities")
    with pytest.raises(QgsProcessingException, match="offers no analyses"):
        analyse("AooEoo", {"area": "1", "species": FOX})


def test_signed_out_it_asks_to_sign_in(services, control, tmp_path):
    inputs = json.dumps({"area": "1", "species": FOX})
    with pytest.raises(QgsProcessingException, match="Sign in"):
        run(RunAnalysis(services), {"PROCESS": "AooEoo", "INPUTS": inputs, "OUTPUT": str(tmp_path)})
    assert created(control) == []


def test_status_4_without_output_is_a_failure(analyse, control):
    control.fault("spatial.task_without_output")
    with pytest.raises(QgsProcessingException, match="no reason"):
        analyse("SpeciesByLayer", {"species": FOX, "layer": "cl100"})


def test_a_look_that_fails_in_passing_is_repeated(analyse, control):
    control.fault(kind="status", status=503, path="/spatial-service/tasks/status", count=2)
    assert analyse("SpeciesByLayer", {"species": FOX, "layer": "cl100"})["LAYERS"]


def test_lost_files_are_told_and_nothing_is_a_layer(analyse, control):
    said = Said()
    control.fault("spatial.task_output_missing")
    outputs = analyse("SpeciesByLayer", {"species": FOX, "layer": "cl100"}, said)
    assert outputs["LAYERS"] == []
    assert {"SpeciesByLayer.csv", "download.zip"} == {
        text.split("“")[1].split("”")[0] for text in said.warnings
    }


def test_results_of_an_analysis_that_took_too_long_are_fetched_later(analyse, services, control):
    control.fault("spatial.task_slow", polls=100_000)
    with pytest.raises(QgsProcessingException, match="still runs") as told:
        analyse("SpeciesByLayer", {"species": FOX, "layer": "cl100"}, TIMEOUT=1)
    number = int("".join(filter(str.isdigit, str(told.value))))
    control.clear_faults()
    outputs = analyse("", {}, EARLIER=number)
    assert (outputs["TASK"], len(outputs["LAYERS"])) == (number, 1)


def test_an_unknown_number(services):
    with pytest.raises(NotFound):
        restore_task(99, services.analyses, print)


def test_quirk_13_stopping_is_local_and_says_the_number(services, signed_in, control, tmp_path):
    control.fault("spatial.task_slow", polls=100_000)

    class Impatient(Said):
        def isCanceled(self):
            return any("analysis" in text for text in self.info)

    said = Impatient()
    inputs = json.dumps({"species": FOX, "layer": "cl100"})
    asked = {"PROCESS": "SpeciesByLayer", "INPUTS": inputs, "OUTPUT": str(tmp_path)}
    assert run(RunAnalysis(services), asked, said) == {}
    assert control.requests("/spatial-service/tasks/cancel") == []


def test_how_tasks_end():
    done = AnalysisTask(7, "x", TaskState.FINISHED)
    assert finished(done) is done
    with pytest.raises(AnalysisFailed, match=r"^no area$") as told:
        finished(AnalysisTask(7, "x", TaskState.FAILED, "failed", "failed (id:7): no area"))
    assert told.value.task_id == 7
    with pytest.raises(AnalysisFailed) as told:
        finished(AnalysisTask(7, "x", TaskState.CANCELLED))
    assert told.value.reason == "cancelled"


def test_processes_go_by_their_names(services):
    offered = services.analyses.capabilities()
    assert find_process(" maxent", offered).name == "Maxent"
    with pytest.raises(InvalidQuery):
        find_process("Maxent", ())
    with pytest.raises(NoMatch) as told:
        find_process("GDM", offered)
    assert len(told.value.suggestions) == 16


@pytest.mark.parametrize("name", ["../x", "/x", "a/../../x", "c:x", "a\\..\\x", "a//b", ""])
def test_names_that_lead_elsewhere(tmp_path, name):
    with pytest.raises(BadArchive):
        place(tmp_path, name)


def test_archives_that_cannot_be_trusted(tmp_path, monkeypatch):
    archive = tmp_path / "download.zip"
    archive.write_bytes(b"PK nonsense")
    with pytest.raises(BadArchive):
        unpack(archive, tmp_path)
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("good.csv", "a,b")
        packed.writestr("../bad.csv", "a,b")
    with pytest.raises(BadArchive):
        unpack(archive, tmp_path / "into")
    assert not (tmp_path / "into").exists()
    assert not (tmp_path / "bad.csv").exists()
    monkeypatch.setattr("biodiv_plugin.layers.analysis_results._MOST_FILES", 1)
    with pytest.raises(BadArchive, match="large"):
        unpack(archive, tmp_path / "into")
