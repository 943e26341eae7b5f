"""Area reports by clicks in the dock: what is shown, where it goes, and what goes wrong."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from qgis.core import QgsGeometry, QgsLayoutItemMap, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QFileDialog, QMenu, QPushButton, QToolButton

from biodiv_plugin.gui.layers.report_page import AreaReportPage
from biodiv_plugin.gui.layers.report_text import as_html
from biodiv_plugin.gui.portal_dock import PortalDock
from biodiv_plugin.gui.saving import usual_folder
from biodiv_plugin.portal.report import AreaReport, LayerWithin, Plot
from biodiv_plugin.use_cases.area_report import MOST_POLYGONS
from tests.qgis.test_area_report import GENT, SEA
from tests.qgis.test_area_report_extremes import layer_of, pages, squares
from tests.qgis.test_download_menu import desk, tree  # noqa: F401 (fixtures)
from tests.qgis.test_refresh import plugin, window  # noqa: F401 (fixtures)

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def opened():
    """The layouts that QGIS was asked to open."""
    return []


@pytest.fixture
def page(services, host, qtbot, opened):
    made = AreaReportPage(services, replace(host, open_layout=opened.append))
    qtbot.addWidget(made)
    made.resize(360, 900)
    made.show()
    yield made
    made.cancel()
    qtbot.waitUntil(services.tasks.is_idle, timeout=20_000)


@pytest.fixture
def two(page):
    """Two polygons on the map: the layer."""
    layer = layer_of(GENT, SEA)
    QgsProject.instance().addMapLayer(layer)
    return layer


def make(page, qtbot):
    with qtbot.waitSignal(page.made, timeout=60_000) as made:
        qtbot.mouseClick(page.panel.make, LEFT)
    return made.args[0]


def press(page, qtbot, text: str) -> None:
    button = next(b for b in page.notice.findChildren(QPushButton) if b.text() == text)
    qtbot.mouseClick(button, LEFT)


def names(project) -> set[str]:
    return {layer.name() for layer in project.mapLayers().values()}


def test_without_polygons_it_says_where_to_get_some(page, qtbot, two):
    panel = page.panel
    assert "All polygons: 2" in panel.scope.text()
    QgsProject.instance().removeMapLayer(two)
    assert "no layer with polygons" in panel.scope.text()
    assert not panel.make.isEnabled()
    with qtbot.waitSignal(panel.areas_requested):
        panel.scope.linkActivated.emit("areas")


def test_which_polygons_are_meant_follows_the_selection(page, two):
    panel = page.panel
    assert panel.names.currentField() == "naam"
    two.selectByIds([2])
    assert panel.scope.text() == "Selected polygons: 1"
    two.removeSelection()
    assert panel.scope.text().startswith("All polygons: 2")
    two.startEditing()
    two.deleteFeatures([1, 2])
    assert "has no polygons" in panel.scope.text()
    assert not panel.make.isEnabled()
    two.rollBack()


def test_too_many_polygons_are_told_before_anything_is_asked(page, control):
    layer = layer_of(*squares(MOST_POLYGONS + 1))
    QgsProject.instance().addMapLayer(layer)
    assert "These are 101 polygons" in page.panel.scope.text()
    assert not page.panel.make.isEnabled()
    layer.selectByIds([1])
    assert page.panel.make.isEnabled()
    assert not control.requests("/biocache-service")


def test_two_areas_in_a_table_and_each_in_full(page, qtbot, two):
    panel = page.panel
    assert not panel.areas.isVisible()
    told = make(page, qtbot)
    assert panel.areas.isVisible()
    shown = [panel.areas.item(row, 0).text() for row in range(2)]
    assert shown == ["Perceel 0", "Perceel 1"]
    gent = told.reports[0]
    text = panel.text.toPlainText()
    assert "Surface: 19" in text
    assert f"Observations: {gent.records}; species: {gent.species}" in text
    assert f"First year: {gent.first_year}; last year: {gent.last_year}" in text
    assert "Provincies: Oost-Vlaanderen" in text
    assert "Conservation" in text
    assert all(listed.name in text for listed in gent.lists)
    panel.areas.setCurrentCell(1, 0)
    assert "no observations in this area. Outside this area there are" in panel.text.toPlainText()
    panel.areas.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    assert panel.areas.item(0, 0).text() == "Perceel 1"
    panel.areas.setCurrentCell(0, 0)
    assert panel.text.toPlainText().startswith("Perceel 1"), "the row tells which, not its place"


def test_one_selected_area_needs_no_table(page, qtbot, two):
    two.selectByIds([1])
    told = make(page, qtbot)
    assert [report.plot.name for report in told.reports] == ["Perceel 0"]
    assert not page.panel.areas.isVisible()
    assert page.panel.text.toPlainText().startswith("Perceel 0")


def test_one_area_without_a_name_has_that_of_its_layer(page, qtbot):
    QgsProject.instance().addMapLayer(layer_of(SEA, names=False))
    (report,) = make(page, qtbot).reports
    assert report.plot.name == "gebieden"


def test_it_goes_on_the_map_once(page, qtbot, two, host):
    two.selectByIds([1])
    told = make(page, qtbot)
    for _ in range(2):
        qtbot.mouseClick(page.panel.add, LEFT)
    assert names(host.project) == {
        "gebieden",
        "Area report of gebieden",
        "Area report of gebieden: details",
    }
    group = host.project.layerTreeRoot().findGroup("Area reports")
    assert len(group.findLayers()) == 2
    (areas,) = host.project.mapLayersByName("Area report of gebieden")
    (row,) = areas.getFeatures()
    assert (row["area"], row["records"]) == ("Perceel 0", told.reports[0].records)
    assert areas.attributeDisplayName(areas.fields().indexOf("hectares")) == "Surface (ha)"
    (details,) = host.project.mapLayersByName("Area report of gebieden: details")
    kinds = details.editorWidgetSetup(details.fields().indexOf("kind"))
    assert {"Species group": "group"} in kinds.config()["map"]
    make(page, qtbot)
    qtbot.mouseClick(page.panel.add, LEFT)
    assert len(group.findLayers()) == 4, "another report is another layer"


def test_the_print_layout_opens_and_stays_with_the_project(page, qtbot, two, host, opened):
    two.selectByIds([1])
    make(page, qtbot)
    for _ in range(2):
        qtbot.mouseClick(page.panel.layout_button, LEFT)
    kept = host.project.layoutManager().printLayouts()
    assert [each.name() for each in kept] == [
        "Area report of gebieden",
        "Area report of gebieden (2)",
    ]
    assert opened == kept
    (drawn,) = (item for item in opened[0].items() if isinstance(item, QgsLayoutItemMap))
    (areas,) = host.project.mapLayersByName("Area report of gebieden")
    assert drawn.layers()[0] is areas
    assert two in drawn.layers()


def test_a_pdf_is_saved_and_opens(page, qtbot, two, tmp_path, monkeypatch, host, services):
    opened_pages = []
    services.__dict__["browser"] = opened_pages.append
    make(page, qtbot)
    asked = []

    def choose(_parent, _title, proposed, _filter):
        asked.append(proposed)
        return str(tmp_path / "rapport"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    qtbot.mouseClick(page.panel.pdf, LEFT)
    assert Path(asked.pop()) == usual_folder(host.project) / "Area report of gebieden.pdf"
    assert page.notice.text() == "Saved as rapport.pdf."
    assert pages(tmp_path / "rapport.pdf") == 5
    assert host.project.layoutManager().printLayouts() == []
    assert names(host.project) == {"gebieden"}, "nothing is left on the map"
    press(page, qtbot, "Open")
    assert opened_pages == [(tmp_path / "rapport.pdf").as_uri()]


def test_a_pdf_that_cannot_be_written_is_told(page, qtbot, two, tmp_path, monkeypatch):
    two.selectByIds([2])
    make(page, qtbot)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    qtbot.mouseClick(page.panel.pdf, LEFT)
    assert not page.notice.text(), "nobody chose a file"
    page.save_pdf(tmp_path / "nowhere" / "rapport.pdf")
    assert "could not be written" in page.notice.text()


def test_fifty_polygons_can_be_stopped(page, qtbot, services, control):
    QgsProject.instance().addMapLayer(layer_of(*squares(50)))
    qtbot.mouseClick(page.panel.make, LEFT)
    assert page.panel.progress.isVisible()
    assert not page.panel.make.isEnabled()
    qtbot.waitUntil(lambda: page.panel.progress.value() > 0, timeout=60_000)
    press(page, qtbot, "Cancel")
    qtbot.waitUntil(services.tasks.is_idle, timeout=20_000)
    assert page.notice.text() == "The report was stopped."
    assert not page.panel.progress.isVisible()
    assert page.panel.make.isEnabled()
    assert len(control.requests("/biocache-service/explore/groups")) < 25


def test_a_portal_that_fails_is_told_and_asked_again(page, qtbot, two, control):
    two.selectByIds([1])
    first = make(page, qtbot)
    control.fault(kind="status", status=503, path="/biocache-service")
    qtbot.mouseClick(page.panel.make, LEFT)
    qtbot.waitUntil(lambda: "problem at the moment" in page.notice.text(), timeout=20_000)
    shown = page.panel.text.toPlainText()
    assert shown.startswith("Perceel 0"), "the report of before stays"
    control.clear_faults()
    with qtbot.waitSignal(page.made, timeout=60_000) as made:
        press(page, qtbot, "Try Again")
    assert made.args[0].reports == first.reports


def test_a_layer_without_any_shape_is_told(page, qtbot):
    QgsProject.instance().addMapLayer(layer_of(QgsGeometry(), QgsGeometry()))
    qtbot.mouseClick(page.panel.make, LEFT)
    qtbot.waitUntil(lambda: "1 to 100 polygons" in page.notice.text(), timeout=20_000)


def test_names_of_areas_are_text_and_not_markup():
    plot = Plot("<b>Bos & Hei</b>", "POLYGON((0 0,1 0,1 1,0 0))", 10_000, area_error=0.012)
    within = (LayerWithin("cl1", "A<i>", ("x<y",)), LayerWithin("cl2", "Zwijgt", None))
    text = as_html(AreaReport(plot, 0, 0, (), (), (), within, (), ("Outside: 3.",)))
    assert "&lt;b&gt;Bos &amp; Hei&lt;/b&gt;" in text
    assert "A&lt;i&gt;" in text
    assert "x&lt;y" in text
    assert "did not answer for Zwijgt" in text
    assert "changed by 1.200 %" in text


def test_from_the_layer_tree(qtbot, desk, services, host):  # noqa: F811 (a fixture)
    asked = []
    desk.menu.report_requested.connect(asked.append)
    points = QgsVectorLayer("Point?crs=EPSG:31370", "punten", "memory")
    polygons = layer_of(GENT)
    for layer in (points, polygons):
        host.project.addMapLayer(layer)
        desk._tree.setCurrentLayer(layer)
        entries = desk.actions()
        assert list(entries) == (["Area Report…"] if layer is polygons else [])
    entries["Area Report…"].trigger()
    assert asked == [polygons]
    dock = PortalDock(services, host)
    qtbot.addWidget(dock)
    dock.show()
    dock.report_on(polygons)
    assert dock.layers.report.isVisible()
    assert dock.layers.report.panel.layer() is polygons
    qtbot.waitUntil(services.tasks.is_idle, timeout=20_000)


def test_its_buttons_are_in_sight_on_a_small_screen(qtbot, services, host):
    two = layer_of(GENT, SEA)
    host.project.addMapLayer(two)
    dock = PortalDock(services, host)
    qtbot.addWidget(dock)
    dock.resize(360, 560)
    dock.show()
    dock.show_section("layers")
    dock.layers.upload.setCollapsed(False)  # of another page, and high
    dock.report_on(two)
    page = dock.layers.report
    two.selectByIds([1])
    make(page, qtbot)
    for button in (page.panel.make, page.panel.pdf):
        qtbot.waitUntil(lambda b=button: b.visibleRegion().boundingRect() == b.rect())
    qtbot.waitUntil(services.tasks.is_idle, timeout=20_000)


def test_from_the_buttons_of_the_section_and_back(qtbot, services, host):
    dock = PortalDock(services, host)
    qtbot.addWidget(dock)
    dock.show()
    dock.show_section("layers")
    section = dock.layers
    button = next(b for b in section.findChildren(QToolButton) if b.text() == "Area Report")
    qtbot.mouseClick(button, LEFT)
    assert section.report.isVisible()
    section.report.panel.scope.linkActivated.emit("areas")
    assert section.areas.isVisible()
    section.show_report()
    section.report.back_requested.emit()
    assert section.search.isVisible()
    qtbot.waitUntil(services.tasks.is_idle, timeout=20_000)


def test_from_the_layer_tree_of_a_qgis_that_just_started(plugin):  # noqa: F811 (a fixture)
    layer = layer_of(GENT)
    QgsProject.instance().addMapLayer(layer)  # the plugin serves layers from the first one on
    view, menu = plugin._iface.layerTreeView(), QMenu()
    view.setCurrentLayer(layer)
    view.contextMenuAboutToShow.emit(menu)
    (own,) = (action.menu() for action in menu.actions() if action.menu())
    (entry,) = own.actions()
    entry.trigger()
    page = plugin._dock.layers.report
    assert page.isVisible()
    assert page.panel.layer() is layer
    assert page.panel.make.isEnabled()
