"""biodiv:searchobservations, run on the demo portal; and the filters that all share."""

from __future__ import annotations

import pytest
from qgis.core import QgsCoordinateReferenceSystem as Crs
from qgis.core import (
    QgsProcessingException,
    QgsRectangle,
    QgsReferencedRectangle,
    QgsVectorLayer,
)

from biodiv_plugin.portal.query import OccurrenceQuery, TaxonRef, portal_search_url
from biodiv_plugin.processing.search_observations import SearchObservations
from tests.qgis.algorithms import Said, run
from tests.qgis.doubles import in_task

SEARCH = "/biocache-service/occurrences/search"


def points(outputs) -> QgsVectorLayer:
    layer = QgsVectorLayer(outputs["OUTPUT"], "points", "ogr")
    assert layer.isValid()
    return layer


def search(services, tmp_path, said=None, **filters):
    target = str(tmp_path / "found.gpkg")
    return run(SearchObservations(services), {**filters, "OUTPUT": target}, said)


def test_the_records_are_points_with_darwin_core_columns(services, tmp_path):
    outputs = search(services, tmp_path, TAXA="boomkikker")
    layer = points(outputs)
    assert layer.crs().authid() == "EPSG:4326"
    assert layer.featureCount() == outputs["COUNT"] == outputs["TOTAL"] > 0
    fields = layer.fields()
    assert fields.field("eventDate").typeName() == "Date"
    assert fields.field("year").typeName() == "Integer"
    for feature in layer.getFeatures():
        assert feature["scientificName"].startswith("Hyla")
        if feature.hasGeometry():
            point = feature.geometry().asPoint()
            assert (point.x(), point.y()) == (
                feature["decimalLongitude"],
                feature["decimalLatitude"],
            )
            assert 2 < point.x() < 6.5
            assert 50 < point.y() < 52


def test_a_thousand_come_in_one_request_and_the_rest_is_told(services, control, tmp_path):
    control.forget_requests()
    said = Said()
    outputs = search(services, tmp_path, said)
    assert outputs["COUNT"] == 1000 < outputs["TOTAL"]
    assert len(control.requests(SEARCH)) == 1
    assert any("first 1,000" in text for text in said.warnings)
    assert any("observations of all species" in text for text in said.info)


def test_pages_join_without_a_gap(services, control, tmp_path):
    control.forget_requests()
    outputs = search(services, tmp_path, MAX_RECORDS=1500)
    assert outputs["COUNT"] == 1500
    assert len(control.requests(SEARCH)) == 2
    assert len({feature["recordID"] for feature in points(outputs).getFeatures()}) == 1500


def test_nothing_found_names_its_cause(services, tmp_path):
    said = Said()
    outputs = search(services, tmp_path, said, TAXA="Hyla arborea", LICENCES="none such")
    assert outputs["COUNT"] == outputs["TOTAL"] == 0
    assert any("Under other licences there are" in text for text in said.warnings)


def test_area_and_extent_together_narrow(services, tmp_path, square):
    extent = QgsReferencedRectangle(
        QgsRectangle(90_000, 170_000, 150_000, 200_000), Crs("EPSG:31370")
    )
    both = search(services, tmp_path, AREA=square, EXTENT=extent)
    box = points(both).extent()
    alone = search(services, tmp_path, AREA=square)
    assert 0 < both["TOTAL"] < alone["TOTAL"]
    assert box.xMaximum() < 4.5


def test_a_pasted_address_sets_all_filters(services, tmp_path):
    environment = services.environment
    query = OccurrenceQuery(taxa=(TaxonRef("2427609"),), validated_only=True, months=(4, 5, 6))
    address = portal_search_url(query, environment.portal, environment.flanders_filter)
    said = Said()
    outputs = search(services, tmp_path, said, QUERY=address, MONTHS="1", TAXA="Vulpes vulpes")
    assert outputs["TOTAL"] == in_task(lambda fb: services.occurrences.count(query, fb)) > 0
    told = " ".join(said.info)
    assert "Apr-Jun" in told
    assert "2427609" not in told, "its name is looked up"


@pytest.mark.parametrize(
    ("filters", "word"),
    [
        ({"MONTHS": "april"}, "months"),
        ({"TAXA": "boomkiker"}, "does not know"),
        ({"QUERY": "https://elders.example/occurrences/search?q=a"}, "not the address"),
        ({"SPECIES_LIST": "dr999999"}, "does not know"),
        ({"FILTERS": 'sex:"male'}, "did not understand"),
    ],
)
def test_what_cannot_be_asked_is_an_error_that_says_why(services, tmp_path, filters, word):
    with pytest.raises(QgsProcessingException, match=word):
        search(services, tmp_path, **filters)
    assert not list(tmp_path.glob("*.gpkg"))


@pytest.mark.parametrize("status", [405, 502])
def test_a_service_that_is_down_leaves_no_file(services, control, tmp_path, status):
    control.fault(kind="status", status=status, path=SEARCH)
    with pytest.raises(QgsProcessingException):
        search(services, tmp_path)
    assert not list(tmp_path.glob("*.gpkg"))


def test_a_cancel_ends_it(services, tmp_path):
    said = Said()
    said.cancel()
    assert search(services, tmp_path, said) == {}
