"""Areas of the portal become polygons: by layer, by name, by id; merged; refused when too large."""

from __future__ import annotations

import pytest
from qgis.core import QgsFeedback, QgsProcessingException, QgsVectorLayer
from qgis.PyQt.QtCore import Qt

from biodiv_plugin.layers.portal_areas import dissolved, polygons_of
from biodiv_plugin.portal.area import PortalArea
from biodiv_plugin.portal.errors import (
    Canceled,
    InvalidQuery,
    NoMatch,
    NotFound,
    StorageFailed,
    TooLarge,
    UnexpectedAnswer,
)
from biodiv_plugin.processing.portal_areas import PortalAreas
from biodiv_plugin.use_cases.load_areas import find_areas, load_areas, load_shapes
from tests.qgis.algorithms import run

GHENT = PortalArea("217", "Gent", field_id="cl100", field_name="Gemeenten")
HABITAT = "cl10093"
BOW_TIE = {"type": "Polygon", "coordinates": [[[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]]]}


def rows(path: str) -> list[dict]:
    layer = QgsVectorLayer(path, "areas", "ogr")
    assert layer.isValid()
    assert layer.crs().authid() == "EPSG:4326"
    assert all(feature.geometry().isGeosValid() for feature in layer.getFeatures())
    return [feature.attributeMap() for feature in layer.getFeatures()]


def is_see_through(layer: QgsVectorLayer) -> bool:
    """Return whether one sees what lies beneath the polygons."""
    part = layer.renderer().symbol().symbolLayer(0)
    return part.brushStyle() == Qt.BrushStyle.NoBrush


def test_a_municipality_as_a_layer(services):
    loaded = load_areas([GHENT], services.areas, "Gent")
    (feature,) = loaded.layer.getFeatures()
    assert (feature["pid"], feature["name"], feature["field"]) == ("217", "Gent", "cl100")
    assert feature["area_km2"] > 100, "the gazetteer does not tell it; the object does"
    box = feature.geometry().boundingBox()
    assert 3 < box.xMinimum() < 4 < 51 < box.yMaximum() < 52, "longitude first"
    assert is_see_through(loaded.layer)


def test_two_areas_apart_and_merged(services):
    pair = find_areas(services.areas, "cl101", "")[:2]
    apart = load_shapes(pair, services.areas)
    (one,) = load_shapes(pair, services.areas, merge=True)
    assert len(apart) == 2
    assert one.area.pid == "~".join(area.pid for area in pair)
    assert one.area.area_km2 == pytest.approx(sum(area.area_km2 for area in pair))
    assert one.geometry.area() == pytest.approx(sum(s.geometry.area() for s in apart), rel=1e-3)
    assert one.area.field_id == "cl101"
    assert dissolved([*apart, *load_shapes([GHENT], services.areas)]).area.field_id == ""


def test_shapes_are_made_valid(services, control):
    control.fault("spatial.broken_shape")
    (shape,) = load_shapes([GHENT], services.areas)
    assert shape.geometry.isGeosValid()
    assert shape.geometry.area() > 0
    assert polygons_of(BOW_TIE).area() == pytest.approx(2)


@pytest.mark.parametrize(
    "shape",
    [
        {"type": "Point", "coordinates": [4, 51]},
        {"type": "Polygon", "coordinates": []},
        {"type": "GeometryCollection", "geometries": []},
    ],
)
def test_what_is_no_surface_is_refused(shape):
    with pytest.raises(UnexpectedAnswer):
        polygons_of(shape)


def test_quirk_19_a_huge_shape_is_refused_long_before_its_end(services, control):
    control.fault("spatial.huge_shape", megabytes=300)
    with pytest.raises(TooLarge):
        load_shapes([GHENT], services.areas, max_bytes=2_000_000)


def test_quirk_19_many_shapes_together_are_bounded(services):
    provinces = find_areas(services.areas, "cl101", "")
    with pytest.raises(TooLarge):
        load_shapes(provinces, services.areas, max_bytes=1000)


def test_gone_ids_and_nothing_chosen(services):
    with pytest.raises(NotFound):  # the service answers 200 with nothing in it
        load_shapes([PortalArea("99999999", "Weg")], services.areas)
    with pytest.raises(InvalidQuery):
        load_shapes([], services.areas)


def test_a_cancel_stops_it(services):
    stopped = QgsFeedback()
    stopped.cancel()
    with pytest.raises(Canceled):
        load_shapes([GHENT], services.areas, feedback=stopped)


def test_into_a_geopackage_at_once_or_not_at_all(services, tmp_path):
    target = tmp_path / "gent.gpkg"
    layer = load_areas([GHENT], services.areas, "Gent", target=target).layer
    assert layer.isValid()
    assert layer.name() == "Gent"
    assert is_see_through(layer)
    assert [row["name"] for row in rows(f"{target}|layername=areas")] == ["Gent"]
    del layer
    with pytest.raises(StorageFailed):
        load_areas([GHENT], services.areas, "x", target=tmp_path / "gent.gpkg" / "in" / "a.gpkg")
    assert [path.name for path in tmp_path.iterdir()] == ["gent.gpkg"]


def test_an_unknown_name_has_suggestions(services):
    with pytest.raises(NoMatch) as told:
        find_areas(services.areas, "cl100", "gen")
    assert "Gent" in told.value.suggestions


@pytest.mark.parametrize(
    ("parameters", "names"),
    [
        ({"FIELD": "cl100", "NAME": "Gent;aalst"}, ["Gent", "Aalst"]),
        ({"FIELD": "Gemeenten", "NAME": "Damme"}, ["Damme"]),
        ({"FIELD": "gemeenten", "NAME": "Damme"}, ["Damme"]),
        ({"PID": "217"}, ["Gent"]),
        ({"NAME": "Kalmthoutse Heide", "FIELD": HABITAT}, ["Kalmthoutse Heide"]),
        ({"FIELD": "cl100", "NAME": "Gent;Aalst", "DISSOLVE": True}, ["Gent + Aalst"]),
    ],
)
def test_the_algorithm(services, tmp_path, parameters, names):
    if parameters.get("FIELD") == HABITAT:
        known = [a.name for a in services.areas.objects(HABITAT, -1) if "almthout" in a.name]
        parameters, names = {**parameters, "NAME": known[0]}, known[:1]
    outputs = run(PortalAreas(services), {**parameters, "OUTPUT": str(tmp_path / "a.gpkg")})
    assert [row["name"] for row in rows(outputs["OUTPUT"])] == names
    assert outputs["COUNT"] == len(names)


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({}, "no surface"),
        ({"FIELD": "Gemeentn", "NAME": "Gent"}, "Gemeentn"),
        ({"FIELD": "cl100", "NAME": "Gennt"}, "Gennt"),
        ({"NAME": "Nergenshuizen"}, "Nergenshuizen"),
        ({"PID": "99999999"}, "any more"),
    ],
)
def test_what_does_not_exist_is_told(services, tmp_path, parameters, words):
    with pytest.raises(QgsProcessingException, match=words):
        run(PortalAreas(services), {**parameters, "OUTPUT": str(tmp_path / "a.gpkg")})
