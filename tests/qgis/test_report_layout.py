"""The report on paper."""

from __future__ import annotations

from dataclasses import replace

import pytest
from osgeo import gdal
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsLayoutItemLabel,
    QgsLayoutItemManualTable,
    QgsLayoutItemMap,
    QgsLayoutItemPicture,
    QgsProject,
)

from biodiv_plugin.layers.report_chart import bars_of, chart_svg
from biodiv_plugin.layers.report_layout import export_pdf, keep_layout, report_layout
from biodiv_plugin.layers.report_table import area_layer, detail_layer
from biodiv_plugin.portal.citation import Portal
from biodiv_plugin.portal.errors import StorageFailed
from biodiv_plugin.portal.query import OccurrenceQuery
from biodiv_plugin.portal.report import LayerWithin
from biodiv_plugin.use_cases.area_report import plots, report_areas
from tests.qgis.test_area_report import GENT, LAMBERT, SEA


@pytest.fixture
def told(services):
    layers = [e for e in services.catalogue.fields() if e.title in ("Provincies", "Gemeenten")]
    both = plots([("Rond Gent", GENT), ("In zee", SEA)], LAMBERT, QgsCoordinateTransformContext())
    return report_areas(both, OccurrenceQuery(), layers, services.for_report)


@pytest.fixture
def layout(told, qgis_new_project):
    project = QgsProject.instance()
    project.setCrs(QgsCoordinateReferenceSystem("EPSG:31370"))
    layer = area_layer("Rapport", told.reports)
    project.addMapLayer(layer)
    return report_layout(project, told, layer, Portal())


def items(layout, kind):
    return [item for item in layout.items() if isinstance(item, kind)]


def layer_of(layout):
    return items(layout, QgsLayoutItemMap)[0].layers()[0]


def texts(layout) -> str:
    return "\n".join(label.text() for label in items(layout, QgsLayoutItemLabel))


def test_each_area_has_its_map_in_the_crs_of_the_project(layout, told):
    maps = sorted(items(layout, QgsLayoutItemMap), key=lambda item: item.page())
    assert len(maps) == len(told.reports) == 2
    for drawn, geometry in zip(maps, (GENT, SEA)):
        assert drawn.crs().authid() == "EPSG:31370"
        assert drawn.extent().contains(geometry.boundingBox())
        assert drawn.extent().height() < 2 * geometry.boundingBox().height()
        assert drawn.keepLayerSet()


def test_numbers_tables_and_citations_are_on_it(layout, told):
    gent = told.reports[0]
    read = texts(layout)
    assert f"Observations: {gent.records}; species: {gent.species}" in read
    assert str(gent.first_year) in read
    assert "Provincies: Oost-Vlaanderen" in read
    assert "no observations in this area" in read, "that of the sea"
    for citation in told.citations:
        assert (citation.citation or citation.name)[:40] in read
    assert str(told.accessed.year) in read
    tables = [f for f in layout.multiFrames() if isinstance(f, QgsLayoutItemManualTable)]
    cells = {cell.content() for table in tables for row in table.tableContents() for cell in row}
    assert {"Animals", str(gent.groups[0].records)} <= cells
    assert any(listed.name in str(cell) for listed in gent.lists for cell in cells)


def test_layers_that_find_no_room_on_their_page_go_on_on_the_next(layout, told):
    many = tuple(
        LayerWithin(
            f"cl{n}", f"Laag {n}", tuple(f"gebied met een lange naam {k}" for k in range(9))
        )
        for n in range(60)
    )
    full = replace(told, reports=(replace(told.reports[0], layers=many),))
    longer = report_layout(QgsProject.instance(), full, layer_of(layout), Portal())
    labels = [each for each in items(longer, QgsLayoutItemLabel) if "Laag " in each.text()]
    assert len({label.page() for label in labels}) == len(labels) > 1
    assert all(f"Laag {n}:" in texts(longer) for n in range(60))
    for label in labels:
        lines = sum(1 + len(line) // 125 for line in label.text().splitlines())
        assert 3.3 * lines <= label.rect().height(), "mm; no line lies on the foot of the page"


def test_the_chart_is_kept_in_the_project(layout):
    (chart,) = items(layout, QgsLayoutItemPicture)
    assert chart.picturePath().startswith("base64:")
    assert not chart.isMissingImage()


def test_the_layout_is_saved_and_a_second_has_another_name(layout, told):
    project = QgsProject.instance()
    layer = area_layer("Rapport", told.reports)
    again = report_layout(project, told, layer, Portal())
    assert project.layoutManager().printLayouts() == []
    for each in (layout, again):
        keep_layout(project, each)
    names = [each.name() for each in project.layoutManager().printLayouts()]
    assert names == ["Rapport", "Rapport (2)"]
    assert again.pageCollection().pageCount() == layout.pageCollection().pageCount() == 5


def test_the_pdf_has_all_pages_with_something_on_them(layout, tmp_path):
    path = tmp_path / "rapport.pdf"
    export_pdf(layout, path)
    written = path.read_bytes()
    assert written.startswith(b"%PDF")
    assert b"/Font" in written, "texts can be searched and copied"
    document = gdal.Open(str(path))
    assert len(document.GetMetadata("SUBDATASETS")) == 2 * 5, "five pages"
    band = document.GetRasterBand(1).ReadAsArray()
    assert (band < 128).mean() > 0.005


def test_a_pdf_that_cannot_be_written_is_told(layout, tmp_path):
    for path in (tmp_path / "nowhere" / "rapport.pdf", tmp_path):
        with pytest.raises(StorageFailed) as refused:
            export_pdf(layout, path)
        assert refused.value.path == str(path)


def test_bars_have_no_gaps_and_lose_no_record():
    years = ((1901, 1), (1903, 2), (2024, 30))
    bars = bars_of(years)
    assert sum(count for *_, count in bars) == 33
    assert [last + 1 for _, last, _ in bars[:-1]] == [first for first, _, _ in bars[1:]]
    assert len(bars) <= 40
    assert bars_of(((2020, 3), (2022, 1))) == ((2020, 2020, 3), (2021, 2021, 0), (2022, 2022, 1))
    assert bars_of(()) == ()
    assert chart_svg(years).count("<rect") == len(bars)


def test_the_tables_are_layers(told):
    areas, details = area_layer("a", told.reports), detail_layer("d", told.reports)
    assert areas.featureCount() == 2
    assert areas.isSpatial()
    assert not details.isSpatial()
    rows = [f for f in details.getFeatures() if f["kind"] == "year"]
    assert sum(f["records"] for f in rows) == sum(n for _, n in told.reports[0].years)
