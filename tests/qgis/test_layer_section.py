"""The section *Layers*, by clicks and keys, on the demo portal."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from qgis.core import QgsApplication, QgsCoordinateReferenceSystem, QgsRasterLayer
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QAction, QPushButton

from biodiv_plugin.gui.account.sign_in import SignInController
from biodiv_plugin.gui.layers import marks
from biodiv_plugin.gui.layers.section import LayerSection
from biodiv_plugin.layers.ogc_source import FIELD_ID, LayerForm
from biodiv_plugin.services import Services


@pytest.fixture(autouse=True)
def no_marks(qgis_app):
    yield
    marks._FAVOURITES.reset()
    marks._RECENT.reset()


@pytest.fixture
def selected():
    return []


@pytest.fixture
def section(services, host, qtbot, selected):
    object.__setattr__(host, "select_layer", selected.append)
    made = LayerSection(services, host, SignInController(services))
    qtbot.addWidget(made)
    made.resize(360, 900)
    made.show()
    made.activate()
    qtbot.waitUntil(lambda: bool(services.catalogue_feed.catalogue), timeout=10_000)
    qtbot.waitUntil(lambda: services.catalogue_feed.catalogue.copied is None, timeout=10_000)
    yield made
    qtbot.waitUntil(services.tasks.is_idle, timeout=20_000)


def choose(section, qtbot, words: str):
    section.search.clear()
    qtbot.keyClicks(section.search, words)
    qtbot.keyClick(section.search, Qt.Key.Key_Return)
    return section.panel.current()


def add(section, qtbot):
    before = section._host.project.count()
    qtbot.mouseClick(section.panel._add, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: section._host.project.count() == before + 1, timeout=20_000)


def menu_item(section, text: str) -> QAction:
    section.panel.menu.aboutToShow.emit()
    return next(a for a in section.panel.menu.actions() if a.text() == text)


def test_from_a_word_to_a_layer_in_the_group_of_its_category(section, qtbot, host, selected):
    entry = choose(section, qtbot, "habitatrichtlijn (deel")
    assert entry.field_id == "cl10093"
    add(section, qtbot)
    (layer,) = host.project.mapLayers().values()
    assert layer.customProperty(FIELD_ID) == "cl10093"
    group = host.project.layerTreeRoot().findGroup("Natuur")
    assert [node.layer() for node in group.findLayers()] == [layer]
    assert selected == [layer]
    section.search.clear()
    assert section.model.data(section.model.index(0, 0)) == "Used last (1)"


def test_added_again_it_is_selected(section, qtbot, host, selected):
    choose(section, qtbot, "gemeenten")
    add(section, qtbot)
    qtbot.keyClick(section.tree, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "already" in section.notice.text())
    assert host.project.count() == 1
    assert len(selected) == 2
    assert selected[0] is selected[1]


def test_a_layer_that_qgis_added_after_a_drag_is_known(section, qtbot, host):
    entry = choose(section, qtbot, "gemeenten")
    host.project.addMapLayer(QgsRasterLayer(section.adder.source(entry), "x", "wms"))
    assert section.adder.on_map(entry) is not None
    assert section.entries_on_map() == (entry,)


def test_a_dragged_layer_is_drawn_in_a_crs_that_the_server_knows(section, qtbot, host):
    qtbot.waitUntil(lambda: section.panel.menu.offer is not None, timeout=10_000)
    entry = choose(section, qtbot, "gemeenten")
    assert "crs=EPSG:31370" in section.adder.source(entry)
    host.project.setCrs(QgsCoordinateReferenceSystem("EPSG:2154"))
    assert "crs=EPSG:3857" in section.adder.source(entry)
    assert QgsRasterLayer(section.adder.source(entry), "x", "wms").isValid()


def test_the_map_server_is_asked_once_for_all_layers(section, qtbot, control):
    choose(section, qtbot, "gemeenten")
    add(section, qtbot)
    asked = [r for r in control.requests("/geoserver/ALA/wfs") if "Capabilities" in r["query"]]
    choose(section, qtbot, "provincies")
    add(section, qtbot)
    again = [r for r in control.requests("/geoserver/ALA/wfs") if "Capabilities" in r["query"]]
    assert len(asked) == len(again) == 1


def test_styles_and_forms_in_the_menu(section, qtbot, host):
    qtbot.waitUntil(lambda: section.panel.menu.offer is not None, timeout=10_000)
    entry = choose(section, qtbot, "BWK")
    menu_item(section, "BWK - karteringseenheid")  # the style of its other field, by its name
    menu_item(section, "Outline").trigger()
    qtbot.waitUntil(lambda: host.project.count() == 1, timeout=20_000)
    (layer,) = host.project.mapLayers().values()
    assert "styles=outline" in layer.source()
    menu_item(section, "Filled").trigger()
    assert "styles=polygon" in layer.source(), "the same layer, in another style"
    menu_item(section, "Data: Features With Attributes").trigger()
    qtbot.waitUntil(lambda: host.project.count() == 2, timeout=20_000)
    assert section.adder.on_map(entry, LayerForm.FEATURES).featureCount() > 0


def test_a_grid_offers_numbers_and_no_polygons(section, qtbot):
    qtbot.waitUntil(lambda: section.panel.menu.offer is not None, timeout=10_000)
    choose(section, qtbot, "hoogtemodel")
    section.panel.menu.aboutToShow.emit()
    texts = [action.text() for action in section.panel.menu.actions()]
    assert "Data: Grid of Numbers" in texts
    assert "As Polygons…" not in texts


def rows_of(picker, name: str) -> list:
    return picker.list.findItems(name, Qt.MatchFlag.MatchStartsWith)


def has_row(picker, name: str) -> bool:
    return bool(rows_of(picker, name))


def test_classes_become_polygons(section, qtbot, host):
    choose(section, qtbot, "gemeenten")
    menu_item(section, "As Polygons…").trigger()
    picker = section.classes.picker
    qtbot.waitUntil(lambda: picker.list.count() > 50, timeout=10_000)
    for name in ("gent", "damme"):
        picker.search.clear()
        qtbot.keyClicks(picker.search, name)
        qtbot.waitUntil(partial(has_row, picker, name), timeout=5000)
        qtbot.waitUntil(lambda: picker.list.count() < 10, timeout=5000)
        rows_of(picker, name)[0].setCheckState(Qt.CheckState.Checked)
    assert [area.name for area in picker.picked()] == ["Gent", "Damme"]
    with qtbot.waitSignal(section.classes.loaded, timeout=20_000):
        qtbot.mouseClick(picker._load, Qt.MouseButton.LeftButton)
    (layer,) = host.project.mapLayers().values()
    assert sorted(f["name"] for f in layer.getFeatures()) == ["Damme", "Gent"]
    qtbot.keyClick(section.classes, Qt.Key.Key_Escape)


def test_a_huge_class_can_be_stopped_and_one_too_large_is_told(section, qtbot, host, control):
    choose(section, qtbot, "gemeenten")
    menu_item(section, "As Polygons…").trigger()
    picker = section.classes.picker
    qtbot.waitUntil(lambda: picker.list.count() > 50, timeout=10_000)
    picker.list.item(0).setCheckState(Qt.CheckState.Checked)
    control.fault(kind="drip", path="/spatial-service/shape", size=10, seconds=0.2)
    qtbot.mouseClick(picker._load, Qt.MouseButton.LeftButton)
    section.classes.cancel()
    qtbot.waitUntil(lambda: "stopped" in section.classes.notice.text(), timeout=10_000)
    control.clear_faults()
    control.fault("spatial.huge_shape", megabytes=80)
    qtbot.mouseClick(picker._load, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "smaller part" in section.classes.notice.text(), timeout=20_000)
    assert host.project.count() == 0
    assert picker._load.isEnabled()


def test_a_place_by_name(section, qtbot, host):
    section._show_areas()
    picker = section.areas.picker
    qtbot.keyClicks(picker.search, "nergenshuizen")
    qtbot.waitUntil(lambda: "no area" in picker._state.text(), timeout=5000)
    picker.search.clear()
    qtbot.keyClicks(picker.search, "aalst")
    qtbot.waitUntil(lambda: picker.list.count() > 0, timeout=5000)
    picker.list.item(0).setCheckState(Qt.CheckState.Checked)
    with qtbot.waitSignal(section.areas.loaded, timeout=20_000) as told:
        qtbot.mouseClick(picker._load, Qt.MouseButton.LeftButton)
    assert host.project.layerTreeRoot().findGroup("Areas").findLayers()
    assert "Aalst" in told.args[0].layer.name()


def test_a_star_marks_and_the_mark_stays(section, qtbot, services, host):
    entry = choose(section, qtbot, "gemeenten")
    qtbot.mouseClick(section.panel._star, Qt.MouseButton.LeftButton)
    assert section.marks.is_favourite(entry)
    section.search.clear()
    assert section.model.data(section.model.index(0, 0)) == "Favourites (1)"
    again = marks.LayerMarks()
    assert again.is_favourite(entry)
    again.toggle(entry)
    assert not again.is_favourite(entry)
    marks._FAVOURITES.set("{")
    assert again.favourites() == ()


def test_the_card_tells_and_shows(section, qtbot):
    entry = choose(section, qtbot, "hoogtemodel")
    qtbot.waitUntil(lambda: entry.field_id in section.panel._pictures, timeout=10_000)
    text = section.panel._card.toPlainText()
    assert entry.description in text
    assert entry.licence in text
    assert entry.units in text
    assert section.panel._card.toHtml().count("<img") == 2
    for page in (entry.source_url, entry.licence_url, entry.metadata_url):
        assert page.startswith("https://")
        assert f'href="{page}"' in section.panel._card.toHtml()
    assert entry.title in section.model.data(
        section.tree.currentIndex(), Qt.ItemDataRole.ToolTipRole
    )


def test_the_same_catalogue_again_leaves_the_tree_as_it_is(section, qtbot, services):
    opened = section.model.index(2, 0)
    section.tree.expand(opened)
    with qtbot.waitSignal(services.catalogue_feed.changed, timeout=10_000):
        services.catalogue_feed.refresh()
    assert section.tree.isExpanded(opened)
    assert section.panel._count.text().startswith("Layers")


def test_no_match_says_why(section, qtbot):
    qtbot.keyClicks(section.search, "xyzzy")
    assert section.panel._count.text() == "No layer has these words."
    section.search.clear()
    section.panel._kind.setCurrentIndex(2)
    section.panel._sources.setCurrentIndex(
        section.panel._sources.findText("Vlaams Instituut voor de Zee")
    )
    assert section.panel._count.text() == "No layer is of this kind and source."


def test_the_metadata_page_opens(section, qtbot, services):
    opened = []
    services.__dict__["browser"] = opened.append
    choose(section, qtbot, "gemeenten")
    menu_item(section, "Metadata Page").trigger()
    assert opened == [f"{services.environment.portal}/spatial-service/layers/view/more/gemeenten"]
    section.card.open_link("file:///etc/passwd")
    assert len(opened) == 1


def test_offline_the_catalogue_of_last_time_is_shown(section, environment, host, qtbot, control):
    control.fault(kind="status", status=503, path="/spatial-service")
    later = Services(environment)
    offline = LayerSection(later, host, SignInController(later))
    qtbot.addWidget(offline)
    offline.activate()
    qtbot.waitUntil(lambda: offline.model.count() > 50, timeout=10_000)
    qtbot.waitUntil(lambda: bool(offline.notice.text()), timeout=10_000)
    qtbot.waitUntil(lambda: "catalogue of" in offline.panel._count.text(), timeout=10_000)
    control.clear_faults()
    buttons = {button.text(): button for button in offline.notice.findChildren(QPushButton)}
    buttons["Try Again"].click()
    qtbot.waitUntil(lambda: later.catalogue_feed.catalogue.copied is None, timeout=10_000)
    later.close()
    qtbot.waitUntil(later.tasks.is_idle, timeout=10_000)


def test_a_layer_that_fails_is_told(section, qtbot, host, control):
    entry = choose(section, qtbot, "gemeenten")
    section.add(replace(entry, layer_name="gone", field_id="cl0"))
    qtbot.waitUntil(lambda: bool(section.notice.text()), timeout=20_000)
    assert host.project.count() == 0


def test_5000_layers_arrive(services, host, qtbot, control):
    control.fault("spatial.many_layers")
    section = LayerSection(services, host, SignInController(services))
    qtbot.addWidget(section)
    section.activate()
    qtbot.waitUntil(lambda: section.model.count() > 5000, timeout=20_000)
    qtbot.keyClicks(section.search, "__0042")
    assert 0 < section.model.count() < 10
    services.tasks.cancel_all()
    qtbot.waitUntil(services.tasks.is_idle, timeout=20_000)
    control.clear_faults()
    services.catalogue_feed.refresh()  # so that the copy is the usual one again
    qtbot.waitUntil(services.tasks.is_idle, timeout=20_000)
    assert QgsApplication.taskManager().countActiveTasks() == 0
