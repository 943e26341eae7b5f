"""A list joined to observations: its values by taxon, in colours; and in a form."""

from __future__ import annotations

import pytest
from qgis.core import QgsFeature, QgsProject, QgsVectorLayer

from biodiv_plugin.layers.list_join import (
    colour_by,
    join_columns,
    join_list,
    lookup_table,
    one_per_taxon,
)
from biodiv_plugin.portal.species_lists import ListItem


def item(name, key, **values):
    return ListItem(1, name, name, f"nl {name}", key, tuple(values.items()))


ITEMS = (
    item("Hyla arborea", "1", RLC="EN"),
    item("Bufo bufo", "2", RLC="LC"),
    item("Hyla arborea", "1", RLC="VU"),
    item("Onbekend", ""),
)


@pytest.fixture
def observations(qgis_new_project):
    source = "Point?crs=EPSG:31370&field=taxonConceptID:string&field=species:string&field=x:string"
    layer = QgsVectorLayer(source, "waarnemingen", "memory")
    for key, name in (("1", "Hyla arborea"), ("2", "Bufo bufo"), ("3", "Vulpes vulpes")):
        feature = QgsFeature(layer.fields())
        feature.setAttributes([key, name, ""])
        layer.dataProvider().addFeature(feature)
    QgsProject.instance().addMapLayer(layer)
    return layer


def test_a_taxon_has_one_line_with_all_its_values():
    lines = one_per_taxon(ITEMS)
    assert [line.taxon_key for line in lines] == ["1", "2"]
    assert lines[0].values == (("RLC", "EN"), ("RLC", "VU"))


def test_the_best_column_comes_first(observations):
    assert join_columns(observations) == ("taxonConceptID", "species")
    assert join_columns(QgsVectorLayer("Point?field=a:string", "x", "memory")) == ()


@pytest.mark.parametrize("column", ["taxonConceptID", "species"])
def test_values_stand_at_the_records_of_their_taxon(observations, column):
    for _ in range(2):  # a second join of the list replaces the first
        table = lookup_table("rode lijst", "dr606", ITEMS, ("RLC",), column)
        QgsProject.instance().addMapLayer(table)
        join_list(observations, table, column, "dr606_")
    assert len(observations.vectorJoins()) == 1
    found = {f["species"]: f["dr606_RLC"] for f in observations.getFeatures()}
    assert found["Hyla arborea"] == "EN|VU"
    assert found["Bufo bufo"] == "LC"
    assert not found["Vulpes vulpes"]


def test_red_list_codes_have_the_colours_of_print(observations):
    assert colour_by(observations, "x", ["LC", "EN", "", "eigen"], "niet op de lijst")
    categories = observations.renderer().categories()
    assert [category.value() for category in categories[:3]] == ["EN", "LC", "eigen"]
    assert categories[0].symbol().color().name() == "#fc7f3f"
    assert categories[-1].label() == "niet op de lijst"
    assert not colour_by(observations, "x", map(str, range(60)), "")
    assert not colour_by(observations, "x", [""], "")


def test_it_is_joined_from_the_dock(lists, observations):
    lists.open()
    lists.choose("dr606")
    key = lists.shelf.items.item(5)
    new = QgsFeature(observations.fields())
    new.setAttributes([key.taxon_key, key.scientific_name, ""])
    observations.dataProvider().addFeature(new)
    lists.shelf.join.click()
    form = lists.section.join_form
    lists.wait_for(lambda: lists.is_at(form))
    form.layer.setLayer(observations)
    assert form.key.currentData() == "RLC"
    assert not form.consent.isVisible()
    form.join.click()
    lists.said("has the colours of RLC")
    assert lists.is_at(lists.shelf)
    values = {f["dr606_RLC"] for f in observations.getFeatures()} - {None}
    assert dict(key.values)["RLC"] in {str(value) for value in values}


def test_a_private_list_is_joined_on_the_users_word_only(lists, observations, tmp_path):
    lists.open("hilde")
    lists.choose("dr711")
    lists.shelf.join.click()
    form = lists.section.join_form
    lists.wait_for(lambda: lists.is_at(form))
    form.layer.setLayer(observations)
    assert form.consent.isVisible()
    assert not form.join.isEnabled()
    form.consent.setChecked(True)
    assert form.join.isEnabled()


def test_a_form_offers_the_names_and_the_project_holds_none(lists, observations, tmp_path):
    lists.open("hilde")
    lists.choose("dr711")
    names = [item.supplied_name for item in lists.items("dr711")]
    lists.shelf.join.click()
    form = lists.section.join_form
    lists.wait_for(lambda: lists.is_at(form))
    form.layer.setLayer(observations)
    form.field.setField("x")
    form.offer.click()
    lists.said("now offers the names")
    setup = observations.editorWidgetSetup(observations.fields().indexOf("x"))
    table = QgsProject.instance().mapLayer(setup.config()["Layer"])
    assert (setup.type(), table.featureCount()) == ("ValueRelation", len(names))
    path = tmp_path / "x.qgs"
    assert QgsProject.instance().write(str(path))
    text = path.read_text(encoding="utf-8")
    assert not [name for name in names if name in text]
