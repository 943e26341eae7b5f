"""Tables of lists, and what they are joined to, have all their lines when a project comes back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from qgis.core import QgsFeature, QgsProject, QgsVectorLayer

from biodiv_plugin.gui.lists.join_form import JoinChoice
from biodiv_plugin.gui.lists.refill import ListRefill
from biodiv_plugin.layers.list_table import LIST_ID, PORTAL
from biodiv_plugin.use_cases.load_species_list import load_species_list
from tests.qgis.doubles import in_task, spin, spin_until
from tests.qgis.whole_plugin import plugin, window

__all__ = ["plugin", "window"]


def load(services, druid, signed_in=False):
    return in_task(lambda f: load_species_list(druid, services.species_lists, signed_in, f))


@pytest.fixture
def observations(qgis_new_project, tmp_path):
    """Observations in a file, as a download is."""
    source = "Point?crs=EPSG:31370&field=taxonConceptID:string&field=species:string&field=x:string"
    layer = QgsVectorLayer(source, "waarnemingen", "memory")
    path = str(tmp_path / "waarnemingen.gpkg")
    from qgis.core import QgsCoordinateTransformContext, QgsVectorFileWriter

    QgsVectorFileWriter.writeAsVectorFormatV3(
        layer, path, QgsCoordinateTransformContext(), QgsVectorFileWriter.SaveVectorOptions()
    )
    layer = QgsVectorLayer(path, "waarnemingen", "ogr")
    QgsProject.instance().addMapLayer(layer)
    return layer


def observe(layer, items):
    for item in items:
        feature = QgsFeature(layer.fields())
        feature["taxonConceptID"], feature["species"] = item.taxon_key, item.scientific_name
        layer.dataProvider().addFeatures([feature])


@pytest.fixture
def refill(services, qgis_new_project):
    refill = ListRefill(services, QgsProject.instance())
    yield refill
    refill.close()
    services.tasks.cancel_all()
    spin_until(services.tasks.is_idle)


def reopen(path):
    project = QgsProject.instance()
    assert project.write(str(path))
    project.clear()
    assert project.read(str(path))
    return {layer.name(): layer for layer in project.mapLayers().values()}


def tables(layers):
    return [layer for layer in layers.values() if layer.customProperty(LIST_ID)]


def red_list(services, refill, observations):
    """The red list joined to observations of three of its species; return these."""
    loaded = load(services, "dr606")
    three = [item for item in loaded.items if item.taxon_key][:3]
    observe(observations, three)
    refill.tables.join(loaded, JoinChoice(observations, "taxonConceptID", "RLC"))
    return three


def values_of(layer, field="dr606_RLC"):
    return {f["species"]: str(f[field]) for f in layer.getFeatures()}


def test_a_joined_list_has_all_its_lines_and_its_colours(services, refill, observations, tmp_path):
    three = red_list(services, refill, observations)
    before = values_of(observations)
    assert {before[item.scientific_name] for item in three} - {"NULL", ""}
    (table,) = tables(QgsProject.instance().mapLayers())
    lines = table.featureCount()
    layers = reopen(tmp_path / "p.qgs")
    (table,) = tables(layers)
    layer = layers["waarnemingen"]
    assert not set(values_of(layer).values()) & set(before.values()), "drawn while it was empty"
    spin_until(lambda: table.featureCount() == lines)
    assert values_of(layer) == before
    assert len(layer.renderer().categories()) > 1
    assert refill.tables.empty() == ()


def test_what_was_published_since_stands_at_the_observations(services, refill, observations):
    three = red_list(services, refill, observations)
    assert values_of(observations)  # from now on the join keeps them
    loaded = load(services, "dr606")
    changed = tuple(replace(item, values=(("RLC", "XX"),)) for item in loaded.items)
    refill.tables.refill(replace(loaded, items=changed))
    found = values_of(observations)
    assert {found[item.scientific_name] for item in three} == {"XX"}


def test_the_table_of_a_form_has_its_names_again(services, refill, observations, tmp_path):
    loaded = load(services, "dr702")
    refill.tables.offer_values(loaded, observations, "x")
    layers = reopen(tmp_path / "p.qgs")
    (table,) = tables(layers)
    spin_until(lambda: table.featureCount() == len(loaded.items))
    layer = layers["waarnemingen"]
    setup = layer.editorWidgetSetup(layer.fields().indexOf("x"))
    assert setup.config()["Layer"] == table.id()
    assert refill.tables.of("dr702") is not None, "it can be edited and published"


def test_several_lists_come_one_after_the_other(services, refill, tmp_path):
    for druid in ("dr702", "dr606"):
        refill.tables.add(load(services, druid))
    for table in tables(reopen(tmp_path / "p.qgs")):
        spin_until(lambda: table.featureCount() > 0)  # noqa: B023


def test_a_private_list_waits_for_a_sign_in(lists, refill, tmp_path):
    lists.sign_in_as("hilde")
    loaded = load(lists.services, "dr711", signed_in=True)
    refill.tables.add(loaded)
    lists.services.session.drop()
    (table,) = tables(reopen(tmp_path / "p.qgs"))
    spin_until(lambda: not refill._loading.is_running())
    spin(0.3)
    assert table.featureCount() == 0
    lists.section.tables = refill.tables
    lists.section.activate()
    lists.said("are empty")
    lists.sign_in_as("hilde")
    spin_until(lambda: table.featureCount() == len(loaded.items))


def test_a_table_of_another_portal_is_left_alone(services, refill, tmp_path):
    """Its number means another list here."""
    layer = refill.tables.add(load(services, "dr702"))
    layer.setCustomProperty(PORTAL, "https://elders.test")
    (table,) = tables(reopen(tmp_path / "p.qgs"))
    spin(0.5)
    assert table.featureCount() == 0
    assert refill.tables.lost() == () and refill.tables.empty() == ("dr702",)


def test_a_portal_that_fails_is_not_asked_on_and_on(services, refill, control, tmp_path):
    refill.tables.add(load(services, "dr702"))
    control.fault(kind="status", status=503, path="/species-list/")
    control.forget_requests()
    reopen(tmp_path / "p.qgs")
    spin_until(lambda: control.requests("/species-list/"))
    spin_until(lambda: not refill._loading.is_running())
    asked = len(control.requests("/species-list/"))
    spin(0.5)
    assert len(control.requests("/species-list/")) == asked
    assert refill.tables.empty() == ("dr702",), "the dock offers to try again"


def test_the_plugin_fills_them_though_the_dock_was_never_opened(plugin, tmp_path):
    assert plugin._lists is None
    refill = plugin._add_lists()
    loaded = load(plugin._services, "dr702")
    refill.tables.add(loaded)
    path = tmp_path / "p.qgs"
    assert QgsProject.instance().write(str(path))
    QgsProject.instance().clear()
    plugin.change_portal()  # as a new start
    assert plugin._lists is None
    assert QgsProject.instance().read(str(path))
    (table,) = QgsProject.instance().mapLayers().values()
    spin_until(lambda: table.featureCount() == len(loaded.items))
    assert plugin._dock is None
    assert plugin.show_dock().lists.tables is plugin._lists.tables


def test_a_project_without_lists_loads_nothing(plugin, observations, tmp_path):
    reopen(tmp_path / "p.qgs")
    assert plugin._lists is None
