"""Values of portal layers at one's own points, in batches, checked where they came empty."""

from __future__ import annotations

import random
import re
import tracemalloc

import pytest
from qgis.core import (
    QgsFeature,
    QgsFeedback,
    QgsGeometry,
    QgsPointXY,
    QgsProcessingException,
    QgsVectorLayer,
)

from biodiv_plugin.portal.errors import Canceled, PortalFault
from biodiv_plugin.processing.sample_layers import SampleLayers
from biodiv_plugin.use_cases import sample_layers as use_case
from biodiv_plugin.use_cases.sample_layers import Filled, sample_layers
from tests.qgis.algorithms import Said, run

GHENT = (51.0544, 3.7199)  # latitude, longitude
SEA = (51.6, 2.5)
FAST = 0.01  # seconds between two looks


@pytest.fixture
def look_up(services):
    catalogue = services.catalogue.fields()

    def look(points, ids, feedback=None):
        options = {"feedback": feedback} if feedback else {}
        return sample_layers(
            points, ids, catalogue, services.intersect, services.areas, FAST, **options
        )

    look.at = lambda field, lat, lon: services.intersect.at([field], lat, lon)[0].value
    return look


@pytest.fixture
def quickly(monkeypatch):
    monkeypatch.setattr(use_case, "POLL", FAST)
    monkeypatch.setattr(sample_layers, "__defaults__", (FAST, *sample_layers.__defaults__[1:]))


def scattered(count: int) -> list[tuple[float, float]]:
    dice = random.Random(5)
    return [(dice.uniform(50.75, 51.4), dice.uniform(2.7, 5.7)) for _ in range(count)]


def test_latitude_first_and_typed_values(look_up):
    towns, heights = look_up([GHENT, SEA], ["cl100", "el10110"]).columns
    assert (towns.values, towns.filled) == (("Gent", None), Filled.BATCH)
    assert isinstance(heights.values[0], float)
    assert heights.values[1] is None


def test_quirk_11_unknown_ids_are_reported(look_up):
    sampled = look_up([GHENT], ["cl100", "el99999", "gemeenten"])
    assert sampled.unknown() == ("el99999", "gemeenten")
    assert [column.field_id for column in sampled.columns] == ["cl100", "el99999", "gemeenten"]


def test_many_points_go_in_chunks_and_keep_their_order(look_up, monkeypatch, control):
    monkeypatch.setattr(use_case, "POINTS_PER_BATCH", 40)
    points = scattered(100)
    whole = look_up(points, ["cl101"]).columns[0].values
    asked = [
        r for r in control.requests("/spatial-service/intersect/batch") if r["method"] == "POST"
    ]
    assert len(asked) == 3
    monkeypatch.setattr(use_case, "POINTS_PER_BATCH", 50_000)
    assert look_up(points, ["cl101"]).columns[0].values == whole
    assert len(set(whole)) > 3


@pytest.mark.parametrize("few", [200, 5])
def test_columns_that_the_batch_leaves_empty_are_filled(look_up, control, monkeypatch, few):
    points = [GHENT, *scattered(12)]
    right = look_up(points, ["cl100", "el10110"])
    monkeypatch.setattr(use_case, "FEW", few)
    control.fault("spatial.batch_empty_contextual")
    towns, heights = look_up(points, ["cl100", "el10110"]).columns
    assert towns.values == right.columns[0].values
    assert towns.filled is (Filled.POINT_CALLS if few == 200 else Filled.OVERLAY)
    assert heights == right.columns[1]


def test_a_column_that_is_empty_in_truth_stays_empty(look_up):
    assert look_up([SEA], ["cl100", "el10110"]).columns[0].filled is Filled.EMPTY


def test_a_column_that_cannot_be_filled_is_not_trusted(look_up, control, monkeypatch):
    monkeypatch.setattr(use_case, "FEW", 0)
    control.fault("spatial.batch_empty_contextual")
    control.fault(kind="status", status=500, path="/spatial-service/intersect/wkt")
    assert look_up([GHENT], ["cl100"]).columns[0].filled is Filled.UNVERIFIED


def test_quirk_12_a_batch_that_restarted_is_finished_all_the_same(look_up, control):
    control.fault("spatial.batch_restart")
    assert look_up([GHENT], ["cl100"]).columns[0].values == ("Gent",)


def test_a_batch_that_fails_is_told(look_up, control):
    control.fault("spatial.batch_error")
    with pytest.raises(PortalFault):
        look_up([GHENT], ["cl100"])


def test_a_slow_batch_can_be_stopped(look_up, control):
    control.fault("spatial.batch_slow", polls=100_000)

    class Impatient(QgsFeedback):
        asked = 0

        def isCanceled(self):
            self.asked += 1
            return self.asked > 20

    with pytest.raises(Canceled):
        look_up([GHENT], ["cl100"], Impatient())


def test_no_point_is_no_value(look_up):
    assert look_up([], ["cl100"]).columns[0].values == ()


def points_layer(places, crs="EPSG:4326", field="naam:string") -> QgsVectorLayer:
    layer = QgsVectorLayer(f"Point?crs={crs}&field={field}", "punten", "memory")
    features = []
    for number, place in enumerate(places):
        feature = QgsFeature(layer.fields())
        feature.setAttributes([f"p{number}"])
        if place is not None:
            feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(*place)))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    return layer


def test_the_algorithm_in_lambert_with_a_point_missing(services, tmp_path, quickly):
    layer = points_layer([(104_500, 194_000), None, (152_000, 212_000)], "EPSG:31370")
    said = Said()
    path = str(tmp_path / "s.gpkg")
    outputs = run(
        SampleLayers(services),
        {"INPUT": layer, "FIELDS": "cl100;el10110;cl1", "OUTPUT": path},
        said,
    )
    result = QgsVectorLayer(outputs["OUTPUT"], "s", "ogr")
    rows = [feature.attributeMap() for feature in result.getFeatures()]
    assert [row["naam"] for row in rows] == ["p0", "p1", "p2"]
    assert rows[0]["cl100"] == "Gent"
    assert not rows[1]["cl100"]
    assert rows[2]["cl100"] == "Antwerpen"
    assert isinstance(rows[0]["el10110"], float)
    assert outputs["UNKNOWN"] == "cl1"
    assert any("cl1" in text for text in said.warnings)
    assert any("no point" in text for text in said.warnings)


def test_a_column_of_that_name_is_not_overwritten(services, tmp_path, quickly):
    layer = points_layer([(3.7199, 51.0544)], field="cl100:string")
    path = str(tmp_path / "s.gpkg")
    run(SampleLayers(services), {"INPUT": layer, "FIELDS": "cl100", "OUTPUT": path})
    (row,) = [f.attributeMap() for f in QgsVectorLayer(path, "s", "ogr").getFeatures()]
    assert (row["cl100"], row["cl100_2"]) == ("p0", "Gent")


def test_a_portal_that_is_down_is_told(services, control, tmp_path):
    control.fault(kind="status", status=503, path="/spatial-service/intersect")
    layer = points_layer([(3.7199, 51.0544)])
    with pytest.raises(QgsProcessingException, match="problem"):
        run(SampleLayers(services), {"INPUT": layer, "FIELDS": "cl100", "OUTPUT": "memory:"})


def asked(control) -> list[dict]:
    """What was asked, looks at how far a batch is left out: these are as many as it takes time."""
    return [
        request
        for request in control.requests("/spatial-service")
        if not re.fullmatch(r"/spatial-service/intersect/batch/\d+", request["path"])
    ]


def test_50000_points_in_few_requests_and_little_memory(look_up, control):
    points = scattered(50_000)
    before = len(asked(control))
    tracemalloc.start()
    towns, heights = look_up(points, ["cl100", "el10110"]).columns
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(towns.values) == len(heights.values) == 50_000
    assert len({*towns.values}) > 50
    assert most < 100e6, f"{most / 1e6:.0f} MB"
    assert len(asked(control)) - before == 2, "one batch, sent once and fetched once"
    sent = [r["body"] for r in asked(control) if r["method"] == "POST"]
    assert max(sent) < 2 * 2**20, "more would be read without being decoded"


def test_50000_points_where_the_batch_leaves_areas_empty(look_up, control):
    points = scattered(50_000)
    control.fault("spatial.batch_empty_contextual")
    before = len(asked(control))
    (provinces,) = look_up(points, ["cl101"]).columns
    assert provinces.filled is Filled.OVERLAY
    assert len({*provinces.values} - {None}) == 5
    assert len(asked(control)) - before < 30, "not one a point"
    for n in range(0, 50_000, 5_000):
        told = look_up.at("cl101", *points[n])
        assert provinces.values[n] == (told or None)
