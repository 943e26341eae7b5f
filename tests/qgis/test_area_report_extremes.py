"""Reports of polygons as they come: many, far away, crossing themselves, empty; and their PDF."""

from __future__ import annotations

import pytest
from osgeo import gdal
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsFeature,
    QgsFeatureRequest,
    QgsGeometry,
    QgsLayoutItemLabel,
    QgsLayoutItemMap,
    QgsProcessingException,
    QgsProject,
    QgsVectorLayer,
)

from biodiv_plugin.layers.report_layout import report_layout
from biodiv_plugin.layers.report_table import area_layer
from biodiv_plugin.portal.citation import Portal
from biodiv_plugin.portal.errors import Canceled, InvalidQuery
from biodiv_plugin.portal.query import OccurrenceQuery
from biodiv_plugin.processing.area_report import AreaReportOfPolygons
from biodiv_plugin.use_cases.area_report import (
    MOST_POLYGONS,
    plots,
    read_polygons,
    report_areas,
)
from tests.qgis.algorithms import Said, run
from tests.qgis.test_area_report import GENT, LAMBERT, SEA, rows

WGS84 = QgsCoordinateReferenceSystem("EPSG:4326")
NEW_YORK = QgsGeometry.fromWkt("POLYGON((-74 40.7, -73.9 40.7, -73.9 40.8, -74 40.8, -74 40.7))")
# The Indian Ocean, for which the UTM zone of Belgium has no coordinates.
OCEAN = QgsGeometry.fromWkt("POLYGON((90 -1, 91 -1, 91 1, 90 1, 90 -1))")
UTM = QgsCoordinateReferenceSystem("EPSG:32631")
# Two triangles of 1,000 by 1,000 m that touch in the middle, drawn in one stroke.
BOW_TIE = QgsGeometry.fromWkt(
    "POLYGON((104000 193000, 106000 194000, 106000 193000, 104000 194000, 104000 193000))"
)
EVERYWHERE = OccurrenceQuery(flanders_only=False)


class Stopper:
    """Somebody who looks at the progress and stops at some percentage."""

    def __init__(self, at: float) -> None:
        self._at, self.told = at, []

    def isCanceled(self) -> bool:
        return bool(self.told) and self.told[-1] >= self._at

    def setProgress(self, percent: float) -> None:
        self.told.append(percent)


def layer_of(*geometries, names=True) -> QgsVectorLayer:
    layer = QgsVectorLayer("Polygon?crs=EPSG:31370&field=naam:string", "gebieden", "memory")
    for number, geometry in enumerate(geometries):
        feature = QgsFeature(layer.fields())
        feature["naam"] = f"Perceel {number}" if names else None
        feature.setGeometry(geometry)
        layer.dataProvider().addFeature(feature)
    return layer


def squares(count: int) -> list[QgsGeometry]:
    made = []
    for number in range(count):
        made.append(QgsGeometry(GENT))
        made[-1].translate(100 * number, 50 * number)
    return made


def reported(services, geometry, crs=LAMBERT, query=EVERYWHERE):
    chosen = plots([("Hier", geometry)], crs, QgsCoordinateTransformContext())
    return report_areas(chosen, query, (), services.for_report)


def pages(path) -> int:
    return len(gdal.Open(str(path)).GetMetadata("SUBDATASETS")) // 2


def test_fifty_polygons_stop_where_they_are(services, control):
    context = QgsCoordinateTransformContext()
    chosen = plots([("", each) for each in squares(50)], LAMBERT, context)
    watching = Stopper(at=10)
    with pytest.raises(Canceled):
        report_areas(chosen, EVERYWHERE, (), services.for_report, watching)
    assert watching.told == sorted(watching.told)
    assert watching.told[-1] == 10
    asked = control.requests("/biocache-service/explore/groups")
    assert len(asked) == 5, "a tenth of them"


def test_a_cancel_while_reading_a_layer_and_a_layer_without_end():
    layer = layer_of(*squares(MOST_POLYGONS + 20))
    stopped = Stopper(at=0)
    stopped.setProgress(0)
    with pytest.raises(Canceled):
        read_polygons(layer, QgsFeatureRequest(), "naam", stopped)
    read = read_polygons(layer, QgsFeatureRequest(), "naam")
    assert len(read) == MOST_POLYGONS + 1, "enough to see that these are too many"
    with pytest.raises(InvalidQuery) as refused:
        plots(read, LAMBERT, QgsCoordinateTransformContext())
    assert refused.value.part == "plots"


def test_a_feature_without_a_shape_is_left_out():
    read = read_polygons(layer_of(QgsGeometry(), GENT), QgsFeatureRequest(), "naam")
    assert [name for name, _ in read] == ["Perceel 1"]
    unnamed = read_polygons(layer_of(GENT, names=False), QgsFeatureRequest(), "naam")
    assert [name for name, _ in unnamed] == [""]


def test_a_polygon_that_crosses_itself_counts_with_both_wings(services):
    told = reported(services, BOW_TIE).reports[0]
    assert told.plot.surface == pytest.approx(2 * 500_000, rel=0.002)
    wings = QgsGeometry.fromWkt(told.plot.wkt)
    assert wings.isGeosValid()
    assert wings.constGet().partCount() == 2
    hull = reported(services, BOW_TIE.convexHull()).reports[0]
    assert told.records <= hull.records


@pytest.mark.parametrize(
    ("geometry", "crs", "cause"),
    [(SEA, LAMBERT, "Outside this area"), (NEW_YORK, WGS84, "Outside this area")],
)
def test_no_observations_and_why(services, geometry, crs, cause):
    told = reported(services, geometry, crs).reports[0]
    assert (told.records, told.species, told.groups, told.lists) == (0, 0, (), ())
    assert (told.first_year, told.last_year) == (None, None)
    assert any(cause in remark for remark in told.remarks)
    assert told.plot.surface > 1_000_000


def test_what_the_quality_profile_leaves_out_is_told(services):
    told = reported(services, GENT.buffer(40_000, 5)).reports[0]
    assert not any("Outside" in remark for remark in told.remarks)
    without = OccurrenceQuery(flanders_only=False, quality_profile="")
    left_out = reported(services, GENT.buffer(40_000, 5), query=without).reports[0].records
    left_out -= told.records
    assert left_out > 0
    assert told.remarks == (f"{left_out} are left out by the quality profile.",)


@pytest.mark.parametrize(
    ("geometry", "of_map", "crs"), [(NEW_YORK, LAMBERT, LAMBERT), (OCEAN, UTM, WGS84)]
)
def test_a_polygon_far_from_the_map_is_drawn_all_the_same(
    services, qgis_new_project, geometry, of_map, crs
):
    project = QgsProject.instance()
    project.setCrs(of_map)
    told = reported(services, geometry, WGS84)
    layer = area_layer("Ver weg", told.reports)
    layout = report_layout(project, told, layer, Portal())
    (drawn,) = (item for item in layout.items() if isinstance(item, QgsLayoutItemMap))
    assert drawn.crs() == crs
    to_map = QgsCoordinateTransform(WGS84, crs, project)
    assert drawn.extent().contains(to_map.transformBoundingBox(geometry.boundingBox()))
    read = "\n".join(item.text() for item in layout.items() if isinstance(item, QgsLayoutItemLabel))
    assert "no observations in this area. Outside this area there are" in read
    assert "Species groups" not in read, "a title above nothing"


def test_layers_that_do_not_answer_are_named_on_paper(services, control, qgis_new_project):
    layers = [e for e in services.catalogue.fields() if e.title in ("Provincies", "Gemeenten")]
    control.fault(
        kind="status", status=500, path=f"/spatial-service/intersect/wkt/{layers[0].field_id}"
    )
    chosen = plots([("Rond Gent", GENT)], LAMBERT, QgsCoordinateTransformContext())
    told = report_areas(chosen, EVERYWHERE, layers, services.for_report)
    layout = report_layout(QgsProject.instance(), told, area_layer("x", told.reports), Portal())
    read = "\n".join(item.text() for item in layout.items() if isinstance(item, QgsLayoutItemLabel))
    assert f"The portal did not answer for {layers[0].title}." in read


def test_the_algorithm_writes_a_pdf(services, qgis_new_project, tmp_path):
    path, areas = tmp_path / "rapport.pdf", str(tmp_path / "areas.gpkg")
    outputs = run(
        AreaReportOfPolygons(services),
        {"INPUT": layer_of(GENT, SEA), "NAME_FIELD": "naam", "OUTPUT": areas, "PDF": str(path)},
    )
    assert outputs["PDF"] == str(path)
    assert pages(path) == 5, "two an area, and the sources"
    assert QgsProject.instance().layoutManager().printLayouts() == []
    assert [row["area"] for row in rows(outputs["OUTPUT"])] == ["Perceel 0", "Perceel 1"]


def test_without_a_pdf_nothing_is_drawn(services, tmp_path):
    outputs = run(AreaReportOfPolygons(services), {"INPUT": layer_of(SEA), "OUTPUT": "memory:"})
    assert "PDF" not in outputs


def test_a_pdf_that_cannot_be_written_is_told_before_anything_is_asked(services, control, tmp_path):
    for path in (tmp_path / "nowhere" / "rapport.pdf", tmp_path):
        with pytest.raises(QgsProcessingException, match="could not be written"):
            run(
                AreaReportOfPolygons(services),
                {"INPUT": layer_of(GENT), "OUTPUT": "memory:", "PDF": str(path)},
            )
    assert not control.requests("/biocache-service")


def test_a_folder_that_goes_meanwhile_is_told(services, control, tmp_path):
    folder = tmp_path / "kort"
    folder.mkdir()

    class Leaving(Said):
        def setProgress(self, percent: float) -> None:
            if folder.exists():
                folder.rmdir()
            super().setProgress(percent)

    said = Leaving()
    run(
        AreaReportOfPolygons(services),
        {"INPUT": layer_of(SEA), "OUTPUT": "memory:", "PDF": str(folder / "rapport.pdf")},
        said,
    )
    assert any("could not be written" in error for error in said.errors)
