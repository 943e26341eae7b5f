"""The switches of a preview: quality, legend, and that they follow what the layer draws."""

from __future__ import annotations

import json

import pytest
from qgis.core import QgsLayerTreeModel
from qgis.gui import QgsGui, QgsLayerTreeView

from biodiv_plugin.gui.preview.switches import SWITCHES, PreviewSwitches
from biodiv_plugin.layers.preview_layer import GRID, PROPERTY, Look, preview_of
from biodiv_plugin.portal.query import QUALITY_PROFILE, OccurrenceQuery
from biodiv_plugin.processing.sign_in import SignIn
from biodiv_plugin.use_cases.complete_query import with_list
from biodiv_plugin.use_cases.resolve_list import resolve_list
from tests.qgis.algorithms import run
from tests.qgis.previews import ALL, inked


@pytest.fixture
def switches_of(qtbot, services):
    """A function that makes the switches of a layer, as QGIS does, its profiles known."""

    def make(layer) -> PreviewSwitches:
        provider = QgsGui.layerTreeEmbeddedWidgetRegistry().provider(SWITCHES)
        made = provider.createWidget(layer, 0)
        qtbot.addWidget(made)
        qtbot.waitUntil(lambda: made.profile.count() > 2)
        qtbot.waitUntil(services.tasks.is_idle)
        return made

    return make


def choose(box, key) -> None:
    index = box.findData(key)
    assert index >= 0, [box.itemData(n) for n in range(box.count())]
    box.setCurrentIndex(index)


def test_another_quality_profile_is_a_new_question(qtbot, shown, services, switches_of):
    layer = shown()
    everything, former = inked(layer), preview_of(layer)
    switches = switches_of(layer)
    assert switches.profile.currentData() == "" == former.quality_profile
    choose(switches.profile, QUALITY_PROFILE)
    assert preview_of(layer) == former  # until the portal has answered
    qtbot.waitUntil(lambda: preview_of(layer).quality_profile == QUALITY_PROFILE)
    assert preview_of(layer).qid not in ("", former.qid)
    assert 0 < inked(layer) < everything
    assert layer.undoStack().count() == 0
    choose(switches.profile, "")
    qtbot.waitUntil(lambda: preview_of(layer).quality_profile == "")
    assert inked(layer) == everything


def test_the_newest_choice_wins_and_no_layer_is_forgotten(qtbot, shown, services, switches_of):
    first, second = shown(), shown()
    of_first, of_second = switches_of(first), switches_of(second)
    choose(of_first.profile, QUALITY_PROFILE)
    choose(of_second.profile, QUALITY_PROFILE)
    choose(of_second.profile, "")
    choose(of_second.mode, GRID)
    assert of_first.profile.currentData() == QUALITY_PROFILE  # what is on its way stays shown
    qtbot.waitUntil(services.tasks.is_idle)
    qtbot.waitUntil(lambda: preview_of(first).quality_profile == QUALITY_PROFILE)
    assert preview_of(second).quality_profile == "" and preview_of(second).look == Look(GRID)


def test_a_profile_that_cannot_be_had_is_told_and_not_shown(
    qtbot, maps, shown, control, switches_of
):
    layer = shown()
    switches, former = switches_of(layer), preview_of(layer)
    control.fault(kind="status", status=503, path="/biocache-service")
    choose(switches.profile, QUALITY_PROFILE)
    qtbot.waitUntil(lambda: maps.host.message_bar.currentItem() is not None)
    assert preview_of(layer) == former
    assert switches.profile.currentData() == ""
    control.clear_faults()
    choose(switches.profile, QUALITY_PROFILE)
    qtbot.waitUntil(lambda: preview_of(layer).quality_profile == QUALITY_PROFILE)


def test_without_the_quality_service_the_profile_of_the_question_stays(
    qtbot, shown, control, services
):
    layer = shown(OccurrenceQuery())
    control.fault(kind="status", status=503, path="/data-quality-filter-service")
    provider = QgsGui.layerTreeEmbeddedWidgetRegistry().provider(SWITCHES)
    switches = provider.createWidget(layer, 0)
    qtbot.addWidget(switches)
    qtbot.waitUntil(services.tasks.is_idle)
    keys = [switches.profile.itemData(n) for n in range(switches.profile.count())]
    assert keys == [QUALITY_PROFILE, ""]
    assert switches.profile.currentData() == QUALITY_PROFILE


def test_one_layer_that_fails_keeps_no_other_from_being_drawn(qtbot, maps, shown, services):
    broken, other = shown(), shown()
    saved = json.loads(broken.customProperty(PROPERTY))
    lost = {**saved["query"], "text": 'x:"', "quality_profile": ""}
    broken.setCustomProperty(PROPERTY, json.dumps({**saved, "query": lost, "qid": ""}))
    maps.look(other.id(), Look(colour_by="basisOfRecord"))
    qtbot.waitUntil(lambda: maps.host.message_bar.currentItem() is not None)
    assert maps._legends[other.id()]


def test_the_switches_follow_what_code_draws(qtbot, maps, shown, services, switches_of):
    layer = shown()
    switches = switches_of(layer)
    told = []
    switches.look_changed.connect(lambda *change: told.append(change))
    maps.look(layer.id(), Look(GRID, "year", 2001, 2010))
    assert switches.mode.currentData() == GRID and switches.colour.currentData() == "year"
    assert (switches.first.value(), switches.last.value()) == (2001, 2010)
    maps.filter_by(layer.id(), QUALITY_PROFILE)
    qtbot.waitUntil(services.tasks.is_idle)
    assert switches.profile.currentData() == QUALITY_PROFILE
    assert told == []


def test_quirk_12_classes_are_named_by_their_values_and_old_ones_never_stay(
    qtbot, maps, shown, services, switches_of
):
    layer = shown()
    switches = switches_of(layer)
    choose(switches.colour, "basisOfRecord")
    qtbot.waitUntil(lambda: "human observation" in switches.legend.text())
    shown_ones, show = [], switches.show_legend

    def noted(items):
        shown_ones.append(len(items))
        show(items)

    switches.show_legend = noted
    choose(switches.colour, "year")
    qtbot.waitUntil(lambda: len(shown_ones) > 1 and shown_ones[-1] > 12)
    assert shown_ones[0] == 0
    years = [int(part.split(" ")[0]) for part in switches.legend.text().split("</span> ")[1:]]
    assert len(years) == 12 and years == sorted(years, reverse=True)
    assert "more" in switches.legend.text()
    assert str(min(years) - 1) not in switches.legend.text() and switches.legend.toolTip()


def test_a_reopened_project_shows_switches_and_legend_again(
    qtbot, maps, shown, services, control, tmp_path
):
    tree = QgsLayerTreeView(maps.host.window)
    model = QgsLayerTreeModel(maps.host.project.layerTreeRoot(), tree)
    model.setFlag(QgsLayerTreeModel.Flag.UseEmbeddedWidgets)
    tree.setModel(model)
    layer, project = shown(), maps.host.project
    maps.look(layer.id(), Look(colour_by="basisOfRecord", first=1990))
    qtbot.waitUntil(services.tasks.is_idle)
    assert project.write(str(tmp_path / "map.qgz"))
    project.clear()
    control.reset()  # the portal forgets its queries
    assert project.read(str(tmp_path / "map.qgz"))
    tree.expandAll()

    def legends() -> list[str]:
        return [each.legend.text() for each in tree.findChildren(PreviewSwitches)]

    qtbot.waitUntil(lambda: any("human observation" in text for text in legends()))
    switches = tree.findChildren(PreviewSwitches)[-1]
    assert switches.first.value() == 1990 and switches.colour.currentData() == "basisOfRecord"


def test_the_switches_of_another_portal_say_so(qtbot, shown):
    layer = shown()
    saved = json.loads(layer.customProperty(PROPERTY))
    layer.setCustomProperty(PROPERTY, json.dumps({**saved, "service": "https://other.test"}))
    provider = QgsGui.layerTreeEmbeddedWidgetRegistry().provider(SWITCHES)
    switches = provider.createWidget(layer, 0)
    qtbot.addWidget(switches)
    assert not switches.isEnabled() and "another portal" in switches.toolTip()


def test_the_keyboard_stays_in_its_field(qtbot, maps, shown, services):
    """QGIS makes new switches whenever a layer draws something else."""
    window = maps.host.window
    tree = QgsLayerTreeView(window)
    model = QgsLayerTreeModel(maps.host.project.layerTreeRoot(), tree)
    model.setFlag(QgsLayerTreeModel.Flag.UseEmbeddedWidgets)
    tree.setModel(model)
    tree.resize(300, 400)
    window.show()
    window.activateWindow()
    layer = shown()
    tree.expandAll()
    qtbot.waitUntil(lambda: bool(tree.findChildren(PreviewSwitches)))
    qtbot.waitUntil(services.tasks.is_idle)
    former = tree.findChildren(PreviewSwitches)[-1]
    former.mode.setFocus()
    qtbot.waitUntil(former.mode.hasFocus)
    before = layer.source()
    choose(former.mode, GRID)  # QGIS ended here when the layer changed within the signal
    qtbot.waitUntil(lambda: preview_of(layer).look == Look(GRID))
    qtbot.waitUntil(services.tasks.is_idle)
    assert layer.source() != before, "the first choice is drawn, too"

    def present():
        return [each for each in maps._living() if each.layer_id == layer.id()][-1]

    qtbot.waitUntil(lambda: present() is not former and present().focused() == "mode")


def test_a_copied_layer_gets_its_own_legend(qtbot, maps, shown, services, switches_of):
    layer = shown()
    maps.look(layer.id(), Look(colour_by="basisOfRecord"))
    qtbot.waitUntil(services.tasks.is_idle)
    copy = layer.clone()
    maps.host.project.addMapLayer(copy)
    switches = switches_of(copy)
    qtbot.waitUntil(lambda: "human observation" in switches.legend.text())


def test_a_project_keeps_of_a_private_list_the_id_alone(qtbot, maps, shown, services, browse_as):
    browse_as("hilde")
    run(SignIn(services), {"TIMEOUT": 30})
    client, account = services.species_lists, services.session.account
    public = {info.druid for info in client.all()}
    private = next(info for info in client.mine(account.user_id) if info.druid not in public)
    query = with_list(ALL, resolve_list(private.druid, client, True))
    layer = shown(query)
    kept, drawn = layer.customProperty(PROPERTY), inked(layer)
    assert private.druid in kept and private.name not in kept
    assert json.loads(kept)["query"]["list_taxa"] == [] and query.list_taxa
    former = json.loads(kept)["qid"]
    layer.setCustomProperty(PROPERTY, kept.replace(former, "1"))  # as if it had expired
    maps.revive()
    qtbot.waitUntil(lambda: preview_of(layer).qid not in ("1", former))
    assert inked(layer) == drawn
    assert private.name not in layer.customProperty(PROPERTY)
