"""The report of an area, by counts alone."""

from __future__ import annotations

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsFeature,
    QgsGeometry,
    QgsProcessingException,
    QgsVectorLayer,
)

from biodiv_plugin.portal.areas import MAX_SHAPE
from biodiv_plugin.portal.errors import Canceled, InvalidQuery
from biodiv_plugin.portal.query import OccurrenceQuery
from biodiv_plugin.portal.report import CONSERVATION, INVASIVE
from biodiv_plugin.processing.area_report import AreaReportOfPolygons
from biodiv_plugin.use_cases.area_report import (
    MOST_POLYGONS,
    layers_of_report,
    plots,
    report_areas,
)
from biodiv_plugin.use_cases.load_areas import load_shapes
from tests.qgis.algorithms import Said, run

LAMBERT = QgsCoordinateReferenceSystem("EPSG:31370")
GENT = QgsGeometry.fromWkt(
    "POLYGON((98000 186000, 112000 186000, 112000 200000, 98000 200000, 98000 186000))"
)
SEA = QgsGeometry.fromWkt(
    "POLYGON((22000 238000, 24000 238000, 24000 240000, 22000 240000, 22000 238000))"
)


class Heard:
    """Hears what goes through a transport."""

    def __init__(self, transport) -> None:
        self._transport, self.requests = transport, []

    def send(self, request, feedback):
        self.requests.append(request)
        return self._transport.send(request, feedback)


@pytest.fixture
def two(qgis_new_project):
    layer = QgsVectorLayer("Polygon?crs=EPSG:31370&field=naam:string", "gebieden", "memory")
    for name, geometry in (("Rond Gent", GENT), ("In zee", SEA)):
        feature = QgsFeature(layer.fields())
        feature["naam"] = name
        feature.setGeometry(geometry)
        layer.dataProvider().addFeature(feature)
    return layer


def around_gent():
    return plots([("Rond Gent", GENT)], LAMBERT, QgsCoordinateTransformContext())


def rows(path):
    layer = QgsVectorLayer(path, "table", "ogr")
    assert layer.isValid()
    return [feature.attributeMap() for feature in layer.getFeatures()]


@pytest.fixture
def report(services):
    layers = layers_of_report(services.catalogue.fields())
    told = report_areas(around_gent(), OccurrenceQuery(), layers, services.for_report)
    return told, told.reports[0]


def test_the_numbers_are_those_of_the_records_themselves(services, report):
    _, gent = report
    query = OccurrenceQuery(area=gent.plot.wkt)
    records = list(services.occurrences.search(query))
    assert gent.records == len(records) > 30
    years = [record.year for record in records if record.year]
    assert (gent.first_year, gent.last_year) == (min(years), max(years))
    assert sum(count for _, count in gent.years) == len(years)
    assert set(gent.datasets) == {record.data_resource_uid for record in records}
    assert gent.plot.surface == pytest.approx(14_000 * 14_000, rel=0.002)


def test_groups_are_parts_of_the_whole(report):
    _, gent = report
    top = [group for group in gent.groups if group.level == 1]
    assert {group.name for group in top} >= {"Animals", "Plants"}
    assert sum(group.species for group in top) == gent.species
    assert all(group.records for group in gent.groups)


def test_listed_species_are_on_the_list_and_in_the_area(services, report):
    _, gent = report
    assert gent.listed(CONSERVATION)
    assert gent.listed(INVASIVE)
    for listed in gent.lists:
        on_list = {i.taxon_key for i in services.species_lists.items(listed.list_id)}
        here = services.occurrences.species(OccurrenceQuery(area=gent.plot.wkt))
        both = [each for each in here if each.key in on_list]
        assert {each.scientific_name for each in both} == set(listed.names)
        assert sum(each.count for each in both) == listed.records


def test_layers_tell_what_lies_within_and_not_what_lies_beside(services):
    municipality = next(e for e in services.catalogue.fields() if e.title == "Gemeenten")
    found = services.catalogue.field(municipality.field_id, 5, "Gent").areas
    gent = [area for area in found if area.name == "Gent"]
    (loaded,) = load_shapes(gent, services.areas, max_bytes=MAX_SHAPE)
    wgs84 = QgsCoordinateReferenceSystem("EPSG:4326")
    chosen = plots([("Gent", loaded.geometry)], wgs84, QgsCoordinateTransformContext())
    told = report_areas(chosen, OccurrenceQuery(), [municipality], services.for_report)
    assert told.reports[0].layers[0].areas == ("Gent",)


def test_each_dataset_is_cited(report):
    told, gent = report
    assert {citation.uid for citation in told.citations} == set(gent.datasets)


def test_no_record_is_read(services):
    heard = Heard(services.transport)
    services.__dict__["transport"] = heard  # what cached_property would have kept
    report_areas(around_gent(), OccurrenceQuery(), (), services.for_report)
    searches = [request for request in heard.requests if "occurrences/search" in request.url]
    assert searches
    assert all(b"pageSize=0" in request.body for request in searches)


def test_one_layer_out_of_order_leaves_the_rest(services, control):
    layers = layers_of_report(services.catalogue.fields())[:2]
    control.fault(
        kind="status",
        status=500,
        path=f"/spatial-service/intersect/wkt/{layers[0].field_id}",
    )
    told = report_areas(around_gent(), OccurrenceQuery(), layers, services.for_report)
    silent, fine = told.reports[0].layers
    assert silent.areas is None
    assert fine.areas is not None


def test_a_cancel_stops_between_two_questions(services, control):
    said = Said()
    said.cancel()
    with pytest.raises(Canceled):
        report_areas(around_gent(), OccurrenceQuery(), (), services.for_report, said)
    assert not control.requests("/biocache-service/explore/groups")


def test_too_many_polygons_are_refused_before_anything_is_asked():
    for many in ([], [("", GENT)] * (MOST_POLYGONS + 1)):
        with pytest.raises(InvalidQuery) as refused:
            plots(many, LAMBERT, QgsCoordinateTransformContext())
        assert refused.value.part == "plots"


def test_the_algorithm_gives_polygons_and_details(services, two, tmp_path):
    outputs = run(
        AreaReportOfPolygons(services),
        {
            "INPUT": two,
            "NAME_FIELD": "naam",
            "OUTPUT": str(tmp_path / "areas.gpkg"),
            "DETAILS": str(tmp_path / "details.gpkg"),
        },
    )
    gent, sea = rows(outputs["OUTPUT"])
    assert gent["area"] == "Rond Gent"
    assert gent["records"] == outputs["COUNT"] > 0
    assert gent["firstYear"] < gent["lastYear"]
    assert "Provincies: Oost-Vlaanderen" in gent["layers"]
    assert (sea["area"], sea["records"], sea["firstYear"]) == ("In zee", 0, None)
    details = rows(outputs["DETAILS"])
    assert {"group", "conservation", "layer", "year"} <= {row["kind"] for row in details}
    assert {row["area"] for row in details if row["records"]} == {"Rond Gent"}


def test_a_filter_narrows_the_report_and_an_unknown_layer_is_told(services, two, tmp_path):
    said = Said()
    outputs = run(
        AreaReportOfPolygons(services),
        {
            "INPUT": two,
            "TAXA": "boomkikker",
            "LAYERS": "cl101;cl999999",
            "OUTPUT": str(tmp_path / "areas.gpkg"),
        },
        said,
    )
    assert "DETAILS" not in outputs
    first = rows(outputs["OUTPUT"])[0]
    assert first["area"] == "Area 1"
    assert first["layers"] == "Provincies: Oost-Vlaanderen"
    assert first["species"] <= 1
    assert any("cl999999" in warning for warning in said.warnings)


def test_a_portal_that_fails_is_told(services, control, two):
    control.fault(kind="status", status=503, path="/biocache-service/explore/groups")
    with pytest.raises(QgsProcessingException, match="problem"):
        run(AreaReportOfPolygons(services), {"INPUT": two, "OUTPUT": "memory:"})


def test_an_empty_layer_makes_no_report(services, qgis_new_project):
    empty = QgsVectorLayer("Polygon?crs=EPSG:31370", "leeg", "memory")
    with pytest.raises(QgsProcessingException, match="1 to 100 polygons"):
        run(AreaReportOfPolygons(services), {"INPUT": empty, "OUTPUT": "memory:"})
