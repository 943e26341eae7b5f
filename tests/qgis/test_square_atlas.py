"""Observations in the squares of a grid."""

from __future__ import annotations

import pytest
from qgis.core import (
    QgsFeature,
    QgsField,
    QgsGeometry,
    QgsPointXY,
    QgsProcessingException,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QMetaType

from biodiv_plugin.layers.square_atlas import style_atlas
from biodiv_plugin.processing.square_atlas import SquareAtlas
from tests.qgis.algorithms import Said, run

# x, y in Lambert 72; species; year; observer; uncertainty in metres
SEEN = [
    (150_100, 170_100, "Hyla arborea", 2001, "Waarnemer 1", 10),
    (150_200, 170_300, "Rana temporaria", 2020, "Waarnemer 2", 707),
    (150_300, 170_200, "Rana temporaria", 1995, "Waarnemer 1", None),
    (152_100, 170_100, "Hyla arborea", 2010, "Waarnemer 3", 5),
    (150_100, 170_100, "Hyla arborea", 2010, "Waarnemer 3", 3536),
]


@pytest.fixture
def observations(qgis_new_project):
    layer = QgsVectorLayer("Point?crs=EPSG:31370", "seen", "memory")
    provider = layer.dataProvider()
    provider.addAttributes(
        [
            QgsField("scientificName", QMetaType.Type.QString),
            QgsField("year", QMetaType.Type.Int),
            QgsField("recordedBy", QMetaType.Type.QString),
            QgsField("coordinateUncertaintyInMeters", QMetaType.Type.Double),
        ]
    )
    layer.updateFields()
    for x, y, *values in SEEN:
        feature = QgsFeature(layer.fields())
        feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(x, y)))
        feature.setAttributes(values)
        provider.addFeature(feature)
    unplaced = QgsFeature(layer.fields())
    unplaced.setAttributes(["Hyla arborea", 2000, "Waarnemer 4", None])
    provider.addFeature(unplaced)
    return layer


def atlas(services, tmp_path, layer, said=None, **parameters):
    outputs = run(
        SquareAtlas(services),
        {"INPUT": layer, "OUTPUT": str(tmp_path / "atlas.gpkg"), **parameters},
        said,
    )
    return QgsVectorLayer(outputs["OUTPUT"], "atlas", "ogr")


def test_a_square_tells_records_species_years_and_observers(services, tmp_path, observations):
    squares = atlas(services, tmp_path, observations, GRID=4, CELL=1000)
    by_code = {square["square"]: square for square in squares.getFeatures()}
    first = by_code["150000-170000"]
    assert (first["records"], first["species"], first["observers"]) == (3, 2, 2)
    assert (first["firstYear"], first["lastYear"]) == (1995, 2020)
    assert first.geometry().area() == pytest.approx(1_000_000)
    assert set(by_code) == {"150000-170000", "152000-170000"}


@pytest.mark.parametrize(("grid", "size"), [(0, 1000), (1, 5000), (2, 1000), (3, 4000)])
def test_each_grid_has_squares_of_its_size_around_the_points(
    services, tmp_path, observations, grid, size
):
    squares = list(atlas(services, tmp_path, observations, GRID=grid).getFeatures())
    for square in squares:
        assert square.geometry().area() == pytest.approx(size * size, rel=0.003)
    for x, y, *_ in SEEN[:1]:
        point = QgsGeometry.fromPointXY(QgsPointXY(x, y))
        assert any(square.geometry().contains(point) for square in squares)


def test_a_record_that_is_coarser_than_a_square_is_left_out_and_told(
    services, tmp_path, observations
):
    said = Said()
    squares = atlas(services, tmp_path, observations, said, GRID=4, CELL=1000)
    assert sum(square["records"] for square in squares.getFeatures()) == 4
    assert [text[0] for text in said.warnings] == ["1", "1"]  # one coarse, one without a place
    coarse_enough = atlas(services, tmp_path, observations, GRID=1)
    assert sum(square["records"] for square in coarse_enough.getFeatures()) == 5


def test_the_squares_are_coloured_by_their_species(services, tmp_path, observations):
    layer = atlas(services, tmp_path, observations, GRID=4, CELL=1000)
    style_atlas(layer)
    assert layer.renderer().classAttribute() == "species"
    assert layer.renderer().ranges()


def test_a_layer_without_names_still_counts(services, tmp_path, qgis_new_project):
    layer = QgsVectorLayer("Point?crs=EPSG:4326", "bare", "memory")
    feature = QgsFeature()
    feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(4.4, 51.0)))
    layer.dataProvider().addFeature(feature)
    (square,) = atlas(services, tmp_path, layer, GRID=1).getFeatures()
    assert (square["records"], square["species"]) == (1, 0)


def test_a_canceled_atlas_gives_nothing(services, tmp_path, observations):
    said = Said()
    said.cancel()
    parameters = {"INPUT": observations, "OUTPUT": str(tmp_path / "x.gpkg")}
    assert run(SquareAtlas(services), parameters, said) == {}


def test_a_square_without_size_is_refused(services, tmp_path, observations):
    with pytest.raises(QgsProcessingException):
        atlas(services, tmp_path, observations, GRID=4, CELL=0)
