"""biodiv:matchnames, run on the demo portal."""

from __future__ import annotations

import pytest
from qgis.core import QgsFeature, QgsProcessingException, QgsVectorLayer

from biodiv_plugin.processing.match_names import MatchNames
from tests.qgis.algorithms import Said, run

NAMES = [
    "Hyla arborea",
    "boomkikker",
    "Rana lessonae",
    "Hyla arboria",
    "Qqqq wwww",
    "",
    "2427609",
    "Hyla arborea",
]


@pytest.fixture
def table(qgis_new_project):
    layer = QgsVectorLayer("NoGeometry?field=naam:string&field=aantal:integer", "t", "memory")
    for number, name in enumerate(NAMES):
        feature = QgsFeature(layer.fields())
        feature.setAttributes([name or None, number])
        layer.dataProvider().addFeature(feature)
    return layer


def match(services, table, tmp_path, said=None, **parameters):
    target = str(tmp_path / "matched.gpkg")
    outputs = run(
        MatchNames(services),
        {"INPUT": table, "NAME_FIELD": "naam", **parameters, "OUTPUT": target},
        said,
    )
    layer = QgsVectorLayer(outputs["OUTPUT"], "matched", "ogr")
    return outputs, [feature.attributeMap() for feature in layer.getFeatures()]


def test_each_row_comes_back_in_order_with_what_it_means(services, table, tmp_path):
    outputs, rows = match(services, table, tmp_path)
    assert [row["aantal"] for row in rows] == list(range(len(NAMES)))
    frog, dutch, synonym, fuzzy, unknown, empty, key, again = rows
    assert frog["matchType"] == "exactMatch"
    assert frog["taxonConceptID"] == "2427609"
    assert frog["vernacularName"] == "boomkikker"
    assert frog["taxonRank"] == "species"
    assert dutch["taxonConceptID"] == key["taxonConceptID"] == again["taxonConceptID"] == "2427609"
    assert synonym["scientificName"] == "Pelophylax lessonae"
    assert "synonym" in synonym["issues"]
    assert unknown["matchType"] == "noMatch"
    assert not unknown["taxonConceptID"]
    assert empty["matchType"] == "noName"
    assert outputs["MATCHED"] + outputs["UNMATCHED"] == len(NAMES)
    assert fuzzy["matchType"] in ("fuzzyMatch", "higherMatch", "noMatch")


def test_a_name_is_asked_once_and_doubts_are_told(services, table, tmp_path, control):
    control.forget_requests()
    said = Said()
    match(services, table, tmp_path, said)
    assert len(control.requests("/namematching/api/searchAllByClassification")) == 1
    assert any("Qqqq wwww" in text for text in said.warnings)


def test_a_column_of_the_same_name_is_kept(services, tmp_path, qgis_new_project):
    layer = QgsVectorLayer("NoGeometry?field=scientificName:string", "t", "memory")
    feature = QgsFeature(layer.fields())
    feature.setAttributes(["boomkikker"])
    layer.dataProvider().addFeature(feature)
    _, (row,) = match(services, layer, tmp_path, NAME_FIELD="scientificName")
    assert row["scientificName"] == "boomkikker"
    assert row["matched_scientificName"] == "Hyla arborea"


def test_a_kingdom_is_sent_along(services, table, tmp_path):
    _, rows = match(services, table, tmp_path, KINGDOM="Animalia")
    assert rows[0]["kingdom"] == "Animalia"


@pytest.mark.parametrize("fault", [{"kind": "status", "status": 503}, {"kind": "html"}])
def test_the_matching_service_down_is_told_and_leaves_no_file(
    services, table, tmp_path, control, fault
):
    control.fault(path="/namematching/", **fault)
    with pytest.raises(QgsProcessingException):
        match(services, table, tmp_path)
    assert not list(tmp_path.glob("*.gpkg"))
