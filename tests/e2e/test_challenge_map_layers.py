"""The newcomer challenges on map layers: a filter, base maps, layers over each other."""

from __future__ import annotations

import pytest
from qgis.core import (
    QgsCoordinateTransform,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsPointXY,
    QgsRectangle,
)
from qgis.PyQt.QtCore import QSize, Qt

from biodiv_plugin.gui.account.sign_in import SignInController
from biodiv_plugin.gui.layers.section import LayerSection
from biodiv_plugin.layers.ogc_source import LayerForm

HABITATS = "habitatrichtlijn (deel"


@pytest.fixture
def layers(services, host, qtbot):
    """The section *Layers* as somebody opens it for the first time."""
    section = LayerSection(services, host, SignInController(services))
    qtbot.addWidget(host.window)
    qtbot.addWidget(section)
    host.window.resize(600, 400)
    host.window.show()
    section.resize(360, 800)
    section.show()
    section.activate()
    qtbot.waitUntil(lambda: section.model.count() > 50, timeout=10_000)
    yield section
    qtbot.waitUntil(services.tasks.is_idle, timeout=20_000)


def add(layers, qtbot, words: str) -> object:
    """Search, go to the first layer found, and press Enter; return the layer on the map."""
    layers.search.clear()
    qtbot.keyClicks(layers.search, words)
    qtbot.keyClick(layers.search, Qt.Key.Key_Return)
    entry = layers.panel.current()
    qtbot.keyClick(layers.tree, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: layers.adder.on_map(entry) is not None, timeout=20_000)
    return layers.adder.on_map(entry)


def menu(owner, text: str):
    owner.aboutToShow.emit()
    return next(action for action in owner.actions() if action.text() == text)


def tick(picker, qtbot, words: str) -> str:
    """Search and tick the first that begins with ``words``; return its name."""
    picker.search.clear()
    qtbot.keyClicks(picker.search, words)

    def found() -> list:
        return picker.list.findItems(words, Qt.MatchFlag.MatchContains)

    qtbot.waitUntil(lambda: bool(found()), timeout=10_000)
    found()[0].setCheckState(Qt.CheckState.Checked)
    return found()[0].text().partition("\n")[0]


def colours(host, drawn: list) -> set[int]:
    settings = QgsMapSettings()
    settings.setLayers(drawn)
    settings.setDestinationCrs(host.project.crs())
    settings.setExtent(QgsRectangle(20_000, 150_000, 260_000, 250_000))
    settings.setOutputSize(QSize(240, 100))
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    return {image.pixel(x, y) for x in range(0, 240, 2) for y in range(0, 100, 2)}


def test_challenge_3_two_habitat_sites_as_an_area_with_a_name(layers, host, qtbot, tmp_path):
    whole = add(layers, qtbot, HABITATS)
    assert len(colours(host, [whole])) > 2, "it is drawn"
    menu(layers.base_maps, "Zoom to Flanders").trigger()
    assert host.canvas.extent().contains(QgsPointXY(152_000, 212_000))
    menu(layers.panel.menu, "As Polygons…").trigger()
    picker = layers.classes.picker
    names = [tick(picker, qtbot, words) for words in ("Kalmthoutse", "Schietveld")]
    picker.merge.setChecked(True)
    picker.file.setFilePath(str(tmp_path / "mijn gebied.gpkg"))
    with qtbot.waitSignal(layers.classes.loaded, timeout=20_000) as told:
        qtbot.mouseClick(picker._load, Qt.MouseButton.LeftButton)
    area = told.args[0].layer
    (feature,) = area.getFeatures()
    assert feature["name"] == " + ".join(names)
    assert feature.geometry().isGeosValid()
    to_map = QgsCoordinateTransform(area.crs(), host.project.crs(), host.project)
    assert host.canvas.extent().contains(to_map.transformBoundingBox(area.extent()))
    assert (tmp_path / "mijn gebied.gpkg").exists()
    host.project.clear()


def test_challenge_3_satellite_and_grb_below_it(layers, host, qtbot):
    add(layers, qtbot, HABITATS)
    menu(layers.base_maps, "Luchtfoto's").trigger()
    menu(layers.base_maps, "Grootschalig Referentiebestand").trigger()
    names = [node.name() for node in host.project.layerTreeRoot().children()]
    assert names == ["Natuur", "Luchtfoto's", "Grootschalig Referentiebestand"]
    backgrounds = host.project.layerTreeRoot().findGroup("Luchtfoto's").findLayers()
    assert all(node.layer().isValid() for node in backgrounds)


def test_challenge_6_height_under_vectors_and_a_click_for_details(layers, host, qtbot):
    add(layers, qtbot, "hoogtemodel")
    add(layers, qtbot, "gemeenten")
    add(layers, qtbot, HABITATS)
    height = next(e for e in layers.entries_on_map() if e.layer_name == "hoogte")
    menu_owner = layers.panel.menu
    menu_owner.entry, menu_owner.offer = height, layers.panel.menu.offer
    menu(menu_owner, "Data: Grid of Numbers").trigger()
    qtbot.waitUntil(
        lambda: layers.adder.on_map(height, LayerForm.COVERAGE) is not None, timeout=20_000
    )
    grid = layers.adder.on_map(height, LayerForm.COVERAGE)
    grid.resampleFilter().setMaxOversampling(2.0)
    assert len(colours(host, host.project.layerTreeRoot().layerOrder())) > 20
    layers._show_identify()
    layers.identify.identify(QgsPointXY(104_500, 194_000))
    panel = layers.identify.panel
    qtbot.waitUntil(panel.copy.isEnabled, timeout=10_000)
    told = {
        panel.values.item(row, 0).text(): panel.values.item(row, 1).text()
        for row in range(panel.values.rowCount())
    }
    assert told["Gemeenten"] == "Gent"
    value, found = grid.dataProvider().sample(QgsPointXY(104_500, 194_000), 1)
    assert found
    assert told[height.title].endswith(height.units)
    assert float(told[height.title].split()[0].replace(",", ".")) == pytest.approx(value, abs=3)
    assert len(told) == 3
