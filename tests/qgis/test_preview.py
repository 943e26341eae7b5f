"""A map of a question that the portal draws: at once, in the CRS of the project, and for long."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from qgis.core import QgsLayerTreeModel, QgsProject
from qgis.gui import QgsGui, QgsLayerTreeView
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QPushButton

from biodiv_plugin.gui.account.sign_in import SignInController
from biodiv_plugin.gui.downloads.job_book import JobBook
from biodiv_plugin.gui.guard.banner import has_embedded
from biodiv_plugin.gui.occurrences.section import OccurrenceSection
from biodiv_plugin.gui.preview.desk import PreviewDesk
from biodiv_plugin.gui.preview.switches import SWITCHES, PreviewSwitches
from biodiv_plugin.layers.preview_layer import GRID, HEXAGONS, PROPERTY, Look, preview_of
from biodiv_plugin.portal.query import OccurrenceQuery, TaxonRef
from biodiv_plugin.processing.sign_in import SignIn
from tests.qgis.algorithms import run
from tests.qgis.previews import ALL, inked


def test_the_portal_draws_the_question_in_the_crs_of_the_project(shown):
    layer = shown()
    assert layer.isValid() and layer.crs().authid() == "EPSG:31370"
    everything = inked(layer)
    some = inked(shown(replace(ALL, taxa=(TaxonRef("2427091", "Hyla arborea"),))))
    assert everything > some >= 0
    assert everything > 100


def test_the_first_layer_of_a_project_shows_flanders_not_the_world(qtbot, maps, shown):
    canvas = maps.host.canvas
    canvas.setDestinationCrs(maps.host.project.crs())
    canvas.resize(600, 400)
    shown()
    qtbot.waitUntil(lambda: 200_000 < canvas.extent().width() < 600_000)
    assert canvas.extent().contains(150_000, 200_000), "Lambert 72, metres: near Antwerp"
    canvas.zoomScale(10_000)
    close = canvas.extent()
    shown()
    qtbot.wait(400)
    assert canvas.extent() == close, "who looks somewhere stays there"


def test_a_plugin_that_is_unloaded_leaves_the_map_alone(qtbot, services, host, tmp_path):
    desk = PreviewDesk(services, host, tmp_path / "previews")
    desk.show(ALL)
    qtbot.waitUntil(lambda: host.project.count() == 1, timeout=20_000)
    desk.close()
    before = host.canvas.extent()
    qtbot.wait(400)
    assert host.canvas.extent() == before


@pytest.mark.parametrize("look", [Look(GRID), Look(HEXAGONS), Look(colour_by="basisOfRecord")])
def test_it_is_drawn_as_asked(qtbot, maps, shown, services, look):
    layer = shown()
    maps.look(layer.id(), look)
    qtbot.waitUntil(services.tasks.is_idle)
    assert preview_of(layer).look == look and layer.isValid()
    assert inked(layer) > 100


def test_years_narrow_it(maps, shown):
    layer = shown()
    everything = inked(layer)
    maps.look(layer.id(), Look(first=2100))
    assert inked(layer) == 0
    maps.look(layer.id(), Look(first=2015, last=2020))
    assert 0 < inked(layer) < everything


def test_it_survives_saving_another_computer_and_a_forgotten_query(
    qtbot, maps, shown, services, control, tmp_path
):
    layer = shown()
    drawn, project = inked(layer), maps.host.project
    former = preview_of(layer).qid
    assert project.write(str(tmp_path / "map.qgz"))
    project.clear()
    for document in (tmp_path / "previews").iterdir():
        document.unlink()
    control.reset()  # the portal forgets its queries
    assert project.read(str(tmp_path / "map.qgz"))
    (layer,) = project.mapLayers().values()
    qtbot.waitUntil(lambda: preview_of(layer).qid != former)
    qtbot.waitUntil(services.tasks.is_idle)
    assert layer.isValid() and inked(layer) == drawn


def test_after_sign_in_its_name_says_who_sees_it(qtbot, maps, shown, services, browse_as):
    layer = shown()
    assert layer.name() == "all species: map by the portal (not signed in)"
    browse_as("hilde")
    run(SignIn(services), {"TIMEOUT": 30})
    qtbot.waitUntil(lambda: services.session.account.name in layer.name())
    assert layer.isValid()
    own = "Mine"
    layer.setName(own)
    services.session.drop()
    qtbot.wait(100)
    assert layer.name() == own


def test_the_switches_in_the_layer_tree_draw_it_anew_with_a_legend(qtbot, maps, shown, services):
    layer = shown()
    assert has_embedded(layer, SWITCHES)
    provider = QgsGui.layerTreeEmbeddedWidgetRegistry().provider(SWITCHES)
    switches = provider.createWidget(layer, 0)
    qtbot.addWidget(switches)
    switches.colour.setCurrentIndex(switches.colour.findData("basisOfRecord"))
    qtbot.waitUntil(lambda: "observation" in switches.legend.text().lower())
    assert preview_of(layer).look.colour_by == "basisOfRecord"
    switches.mode.setCurrentIndex(switches.mode.findData(GRID))
    qtbot.waitUntil(lambda: switches.legend.text() == "")
    assert not switches.colour.isEnabled()
    switches.first.setValue(2015)
    switches.first.editingFinished.emit()
    qtbot.waitUntil(lambda: preview_of(layer).look == Look(GRID, "basisOfRecord", 2015))


def test_qgis_shows_the_switches(qtbot, maps, shown, host):
    tree = QgsLayerTreeView(host.window)
    model = QgsLayerTreeModel(host.project.layerTreeRoot(), tree)
    model.setFlag(QgsLayerTreeModel.Flag.UseEmbeddedWidgets)
    tree.setModel(model)
    shown()
    tree.expandAll()
    qtbot.waitUntil(lambda: bool(tree.findChildren(PreviewSwitches)))


def test_a_portal_that_does_not_answer_is_told(qtbot, maps, control):
    control.fault(kind="status", status=503, path="/biocache-service")
    maps.show(ALL)
    qtbot.waitUntil(lambda: maps.host.message_bar.currentItem() is not None)
    assert maps.host.project.mapLayers() == {}


def test_a_folder_that_cannot_be_written_is_told(qtbot, services, host, tmp_path):
    (tmp_path / "file").write_text("")
    maps = PreviewDesk(services, host, tmp_path / "file")
    maps.show(ALL)
    qtbot.waitUntil(lambda: host.message_bar.currentItem() is not None)
    assert host.project.mapLayers() == {}
    maps.close()


@pytest.mark.parametrize("document", ["{", "[]", json.dumps({"query": {}})])
def test_a_project_that_somebody_edited_does_no_harm(shown, document):
    layer = shown()
    layer.setCustomProperty(PROPERTY, document)
    assert preview_of(layer) is None


def test_other_portals_are_left_alone(maps, shown):
    layer = shown()
    other = json.loads(layer.customProperty(PROPERTY))
    layer.setCustomProperty(PROPERTY, json.dumps({**other, "service": "https://other.test"}))
    source = layer.source()
    maps.revive()
    assert not maps._reviving.is_running() and layer.source() == source
    assert QgsProject.instance().mapLayer(layer.id()) is layer


def test_the_button_of_the_section_asks_for_the_counted_question(qtbot, services, host, maps):
    section = OccurrenceSection(services, host, SignInController(services), JobBook(services))
    qtbot.addWidget(section)
    section.preview_requested.connect(maps.show)
    section.panel.preview_requested.emit()  # nothing is counted yet
    assert not maps._adding.is_running()
    section.activate()
    qtbot.waitUntil(lambda: section.query() is not None, timeout=15_000)
    (button,) = [b for b in section.findChildren(QPushButton) if b.text() == "Show on Map"]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(host.project.mapLayers()))
    (layer,) = [each for each in host.project.mapLayers().values() if preview_of(each)]
    assert OccurrenceQuery.from_json(preview_of(layer).query) == section.query()
    qtbot.waitUntil(services.tasks.is_idle)
