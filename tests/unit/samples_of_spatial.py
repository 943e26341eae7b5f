"""Reads the recorded answers of the geographic services."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from biodiv_plugin.portal.analyses import AnalysisClient
from biodiv_plugin.portal.analysis import check_inputs, parse_capabilities
from biodiv_plugin.portal.area import parse_area
from biodiv_plugin.portal.catalogue import CatalogueClient, parse_field, parse_layer
from biodiv_plugin.portal.intersect import BatchState, IntersectClient
from tests.unit.fakes import FakeTransport
from tests.unit.samples import PORTAL, body, sample


def places(name: str) -> IntersectClient:
    return IntersectClient(FakeTransport(body(name)), PORTAL)


def read_capabilities(name):
    processes = {process.name: process for process in parse_capabilities(sample(name))}
    assert len(processes) == 16
    grid = {wanted.name: wanted for wanted in processes["PointsToGrid"].inputs}
    assert grid["gridCellSize"].maximum == 1.0
    assert grid["sitesBySpecies"].default == "true"
    assert "9x9" in grid["movingAverage"].choices
    assert not any(
        wanted.type == "auto" for process in processes.values() for wanted in process.inputs
    )
    area = {"name": "Gent", "pid": "217"}
    check_inputs(processes["CompareAreas"], {"area": [area, area], "species": {"q": ["*:*"]}})


def read_catalogue(name):
    (entry,) = CatalogueClient(FakeTransport(body(name)), PORTAL).fields("capad")
    assert (entry.field_id, entry.layer_id, entry.title) == ("cl2080", 2080, "CAPAD 2012 Marine")
    assert entry.published_name == "ALA:capad_2012_marine"
    assert entry.extent == (70.9, -58.44947, 170.36667, -8.88189)
    assert (entry.minimum, entry.units) == (None, "")
    assert entry.keywords.startswith("IUCN")


def read_layer(name):
    layer = CatalogueClient(FakeTransport(body(name)), PORTAL).layer("x")
    assert layer.layer_id in (620, 799)
    assert layer.minimum is not None
    assert layer.maximum > layer.minimum
    assert layer.extent is not None


def read_layers(name):
    for layer in map(parse_layer, sample(name)):
        assert layer.layer_name
        assert layer.type in ("Contextual", "Environmental")
        assert layer.extent is not None


def read_field(name):
    field = parse_field(sample(name))
    assert (field.field_id, field.layer_id, field.area_count) == ("cl22", 22, 11)
    assert field.areas[0].name == "South Australia"
    assert field.areas[0].geometry_type == "MULTIPOLYGON"


def read_area(name):
    area = parse_area(sample(name))
    assert area.pid in ("8832857", "67620")
    assert area.description != "null"
    assert area.extent[0] < area.extent[2]
    assert area.area_km2 > 2000


def read_areas(name):
    areas = [parse_area(item) for layer in sample(name) for item in layer["objects"]]
    assert [area.pid for area in areas] == ["21654846", "21654854"]
    assert all(area.extent for area in areas)


def read_gazetteer(name):
    (creek,) = map(parse_area, sample(name))
    assert (creek.field_id, creek.pid) == ("cl2123", "6452999")


def read_point(name):
    values = places(name).at(["cl22", "cl23"], -22, 131)
    assert all(value.field_id.startswith("cl") for value in values)
    assert all(bool(value.value) == bool(value.pid) for value in values)
    assert ("nohit" in name) == (values[0].value is None)


def read_batch(name):
    batch = places(name).batch("15123")
    expected = BatchState.FINISHED if "finished" in name else BatchState.STARTED
    assert (batch.id, batch.state) == ("15123", expected)


def read_task_output(name):
    """A real file is told from the sentence that stands for a missing one."""
    client = AnalysisClient(FakeTransport(body(name)), PORTAL)
    with TemporaryDirectory() as folder:
        target = Path(folder) / "output"
        client.output(7, name.rpartition("/")[2], target)
        assert target.read_bytes() == body(name)


READERS = {
    "spatial/capabilities.derived.json": read_capabilities,
    "spatial/field.with-objects.hub-doc.json": read_field,
    "spatial/fields-search.hub-doc.json": read_catalogue,
    "spatial/intersect-batch.status-finished.biocache-store.json": read_batch,
    "spatial/intersect-batch.submitted.openapi.json": read_batch,
    "spatial/intersect-point.hit.regions-ui.json": read_point,
    "spatial/intersect-point.nohit.hub-doc.json": read_point,
    "spatial/intersect-point.two-fields.openapi.json": read_point,
    "spatial/layer.contextual.json": read_layer,
    "spatial/layer.environmental.json": read_layer,
    "spatial/layers.ala-recorded-2020-two.json": read_layers,
    "spatial/layers.alerts-recorded.json": read_layers,
    "spatial/object-intersect.hub-doc.json": read_area,
    "spatial/object.regions-ui.json": read_area,
    "spatial/objects.regionsList.subset.json": read_areas,
    "spatial/search.gazetteer.old.hub-doc.json": read_gazetteer,
    "spatial/task-output.AooEoo-EOO.wkt": read_task_output,
    "spatial/task-output.AooEoo.html": read_task_output,
    "spatial/task-output.PointsToGrid.sld": read_task_output,
    "spatial/task-output.SitesBySpecies.csv": read_task_output,
}
