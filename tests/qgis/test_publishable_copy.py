"""A copy in which nobody can find the exact place of a sensitive species."""

from __future__ import annotations

import math
import sqlite3
from contextlib import closing

import pytest
from qgis.core import (
    NULL,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeature,
    QgsGeometry,
    QgsPointXY,
    QgsProcessingContext,
    QgsProject,
    QgsVectorLayer,
)

from biodiv_plugin.layers.guard import is_high_resolution, manifest_of
from biodiv_plugin.layers.occurrence_layer import open_occurrence_layer
from biodiv_plugin.processing.download_observations import DownloadObservations
from biodiv_plugin.processing.publishable_copy import PublishableCopy
from biodiv_plugin.processing.sign_in import SignIn
from tests.qgis.algorithms import Said, run

COLUMNS = {
    "occurrenceID": "string",
    "recordID": "string",
    "scientificName": "string",
    "coordinateUncertaintyInMeters": "double",
    "decimalLatitude": "double",
    "decimalLongitude": "double",
    "verbatimCoordinates": "string",
    "locality": "string",
    "occurrenceRemarks": "string",
    "sensitive": "string",
}
PUBLIC = ("INBO:1", "a", "Rana temporaria", 5, 50.8, 4.4, "150123 170456", "Vijver", "", None)
EXACT = (
    *("INBO:SEN:2", "b", "Strix aluco", 10, 50.84, 4.47, "150123 170456"),
    *("Nestboom 4", "nest at 150123 170456", "alreadyGeneralised"),
)
PRESENT = ("INBO:PRESENT:3", "c", "Hyla arborea", None, 50.8, 4.4, "x", "Ven", "", None)


def points(*records, columns=COLUMNS, crs="EPSG:31370", x=150_123, y=170_456, kind="Point"):
    fields = "".join(f"&field={name}:{kind}" for name, kind in columns.items())
    layer = QgsVectorLayer(f"{kind}?crs={crs}{fields}", "waarnemingen", "memory")
    for record in records:
        feature = QgsFeature(layer.fields())
        feature.setAttributes(list(record))
        feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(x, y)))
        if kind == "MultiPoint":
            feature.setGeometry(QgsGeometry.fromMultiPointXY([QgsPointXY(x, y)]))
        layer.dataProvider().addFeature(feature)
    return layer


@pytest.fixture
def copy(services, tmp_path, qgis_new_project):
    def make(layer, said=None, **parameters):
        target = str(tmp_path / "copy.gpkg")
        outputs = run(
            PublishableCopy(services), {"INPUT": layer, "OUTPUT": target, **parameters}, said
        )
        return QgsVectorLayer(outputs["OUTPUT"], "copy", "ogr"), outputs["CHANGED"]

    return make


def test_a_sensitive_position_becomes_the_middle_of_its_square(copy):
    made, changed = copy(points(PUBLIC, EXACT, PRESENT))
    by_species = {feature["scientificName"]: feature for feature in made.getFeatures()}
    owl = by_species["Strix aluco"]
    assert changed == 1
    place = owl.geometry().asPoint()
    assert (place.x(), place.y()) == pytest.approx((150_500, 170_500), abs=0.01)
    assert owl["coordinateUncertaintyInMeters"] == 10 + math.ceil(1000 / math.sqrt(2))
    assert "1000 m" in owl["dataGeneralizations"]
    assert owl["sensitive"] == "generalised"
    for name in ("occurrenceID", "recordID", "verbatimCoordinates", "locality"):
        assert owl[name] == NULL
    assert owl["occurrenceRemarks"] == NULL
    frog = by_species["Rana temporaria"]
    assert frog.geometry().asPoint() == QgsPointXY(150_123, 170_456)
    assert [frog[name] for name in ("locality", "coordinateUncertaintyInMeters")] == ["Vijver", 5]
    assert by_species["Hyla arborea"]["locality"] == "Ven"  # PRESENT is no mark


def test_the_degrees_tell_the_square_too(copy):
    made, _ = copy(points(EXACT))
    (owl,) = made.getFeatures()
    degrees = QgsGeometry(owl.geometry())
    degrees.transform(
        QgsCoordinateTransform(
            made.crs(), QgsCoordinateReferenceSystem("EPSG:4326"), QgsProject.instance()
        )
    )
    assert owl["decimalLongitude"] == pytest.approx(degrees.asPoint().x(), abs=1e-5)
    assert owl["decimalLatitude"] == pytest.approx(degrees.asPoint().y(), abs=1e-5)


@pytest.mark.parametrize("cell", [50, 5000])
@pytest.mark.parametrize("kind", ["Point", "MultiPoint"])
def test_the_square_is_as_large_as_asked_in_any_crs(copy, cell, kind):
    made, changed = copy(points(EXACT, crs="EPSG:4326", x=4.4, y=50.85, kind=kind), CELL=cell)
    (owl,) = made.getFeatures()
    geometry = QgsGeometry(owl.geometry())
    geometry.transform(
        QgsCoordinateTransform(
            made.crs(), QgsCoordinateReferenceSystem("EPSG:31370"), QgsProject.instance()
        )
    )
    middle = geometry.boundingBox().center()
    assert changed == 1 and geometry.isMultipart() == (kind == "MultiPoint")
    assert middle.x() % cell == pytest.approx(cell / 2, abs=0.02)
    assert middle.y() % cell == pytest.approx(cell / 2, abs=0.02)


def test_without_stripping_only_what_tells_the_place_is_emptied(copy):
    made, _ = copy(points(EXACT), STRIP=False)
    (owl,) = made.getFeatures()
    assert owl["occurrenceRemarks"] == EXACT[8]
    for name in ("occurrenceID", "recordID", "verbatimCoordinates", "locality"):
        assert owl[name] == NULL


def test_a_layer_that_tells_nothing_is_made_coarse_altogether(copy):
    said = Said()
    columns = {"scientificName": "string", "mine": "string"}
    made, changed = copy(points(("Strix aluco", "oak"), columns=columns), said)
    (owl,) = made.getFeatures()
    assert changed == 1 and owl["mine"] == NULL
    assert "occurrenceID" in said.warnings[0]


def test_a_point_without_position_stays_without_one(copy):
    layer = points(EXACT)
    feature = QgsFeature(layer.fields())
    feature.setAttributes(list(EXACT))
    layer.dataProvider().addFeature(feature)
    made, changed = copy(layer)
    assert changed == 2
    assert sorted(f.geometry().isEmpty() for f in made.getFeatures()) == [False, True]


def test_a_square_below_the_terms_is_refused(services, qgis_new_project):
    algorithm, context = PublishableCopy(services).create(), QgsProcessingContext()
    asked = {"INPUT": points(EXACT), "OUTPUT": "memory:"}
    assert algorithm.checkParameterValues({**asked, "CELL": 50}, context)[0]
    assert not algorithm.checkParameterValues({**asked, "CELL": 49}, context)[0]


def test_the_copy_of_a_download_tells_what_was_done_and_is_flagged_no_more(
    services, browse_as, tmp_path, copy
):
    browse_as("hilde")
    run(SignIn(services), {"TIMEOUT": 30})
    path = tmp_path / "exact.gpkg"
    run(DownloadObservations(services), {"OUTPUT": str(path), "QUALITY_PROFILE": ""})
    layer = open_occurrence_layer(path)
    assert is_high_resolution(layer)
    exact = [f for f in layer.getFeatures() if "SEN:" in f["occurrenceID"]]
    made, changed = copy(layer)
    assert 0 < changed == len(exact) < layer.featureCount() == made.featureCount()
    assert not is_high_resolution(made)
    metadata = made.metadata()
    assert any("1000 m" in line for line in metadata.history())
    assert metadata.rights() == [manifest_of(layer).citation]
    places = {f.geometry().asPoint().toString(2) for f in exact}
    coarse = [f for f in made.getFeatures() if "1000 m" in str(f["dataGeneralizations"])]
    assert len(coarse) == changed
    assert not places & {f.geometry().asPoint().toString(2) for f in coarse}
    with closing(sqlite3.connect(tmp_path / "copy.gpkg")) as connection:
        said = "\n".join(connection.iterdump())
    assert "SEN:" not in said
