"""The catalogue as a tree: search, filters, favourites, dragging, and how fast it is."""

from __future__ import annotations

from datetime import date

import pytest
from qgis.core import QgsMimeDataUtils
from qgis.PyQt.QtCore import QModelIndex

from benchmarks.catalogue import entries, measure
from biodiv_plugin.gui.layers.model import LayerModel
from biodiv_plugin.layers.ogc_source import drag_source
from biodiv_plugin.portal.catalogue import ENVIRONMENTAL, LayerEntry
from biodiv_plugin.use_cases.read_catalogue import CatalogueCopy
from biodiv_plugin.use_cases.search_catalogue import CatalogueIndex, LayerFilter, key_of


def layer(field_id: str, title: str, category: str, **more) -> LayerEntry:
    members = {"layer_name": title.lower(), "layer_id": 1, "type": "Contextual", "field_type": "c"}
    return LayerEntry(field_id, title, classification1=category, **{**members, **more})


LAYERS = (
    layer("cl2", "Gemeenten", "Grenzen", source="Digitaal Vlaanderen"),
    layer("cl1", "Provincies", "Grenzen", keywords="bestuur"),
    layer("el1", "Hoogte", "Reliëf", type=ENVIRONMENTAL, description="Meter TAW"),
    layer("cl9", "Los", ""),
)


@pytest.fixture
def model(qgis_app):
    made = LayerModel(lambda entry: drag_source(entry, f"layers={entry.layer_name}"), str)
    made.set_index(CatalogueIndex(LAYERS))
    return made


def shown(model: LayerModel) -> dict[str, list[str]]:
    found = {}
    for row in range(model.rowCount()):
        top = model.index(row, 0)
        titles = [model.data(model.index(r, 0, top)) for r in range(model.rowCount(top))]
        found[model.data(top)] = titles
    return found


def test_a_tree_of_categories(model, qtmodeltester):
    qtmodeltester.check(model)
    assert shown(model) == {
        "Other layers (1)": ["Los"],
        "Grenzen (2)": ["Gemeenten", "Provincies"],
        "Reliëf (1)": ["Hoogte"],
    }


@pytest.mark.parametrize(
    ("wanted", "titles"),
    [
        (LayerFilter("GEM"), ["Gemeenten"]),
        (LayerFilter("bestuur"), ["Provincies"]),
        (LayerFilter("taw meter"), ["Hoogte"]),
        (LayerFilter("digitaal"), ["Gemeenten"]),
        (LayerFilter("", ENVIRONMENTAL), ["Hoogte"]),
        (LayerFilter("", "", "Digitaal Vlaanderen"), ["Gemeenten"]),
        (LayerFilter("hoogte", "Contextual"), []),
    ],
)
def test_words_kind_and_source_narrow_it(model, wanted, titles):
    model.set_filter(wanted)
    assert [title for group in shown(model).values() for title in group] == titles
    assert model.count() == len(titles)


def test_a_letter_more_or_less_finds_what_a_new_search_finds():
    narrowing, found = CatalogueIndex(entries(300)), []
    for words in ("h", "ho", "hoog", "hoogte 2", "hoo", "", "natuur", "natuur water", "water"):
        found = narrowing.search(LayerFilter(words))
        assert found == CatalogueIndex(entries(300)).search(LayerFilter(words)), words
    assert found


def test_favourites_and_those_used_last_stand_on_top(model):
    model.set_marked([key_of(LAYERS[2]), "gone/Gone"], [key_of(LAYERS[0])])
    assert list(shown(model).items())[:2] == [
        ("Favourites (1)", ["Hoogte"]),
        ("Used last (1)", ["Gemeenten"]),
    ]
    assert model.count() == 4, "each counts once"
    model.set_filter(LayerFilter("gem"))
    assert "Favourites (1)" not in shown(model)


def test_quirk_09_a_favourite_is_known_by_its_name_where_ids_differ():
    elsewhere = CatalogueIndex([layer("cl777", "Gemeenten", "Grenzen")])
    assert elsewhere.by_key(key_of(LAYERS[0])).field_id == "cl777"
    assert elsewhere.named("gemeenten").field_id == "cl777"
    assert elsewhere.named("bwk") is None


def test_a_dragged_layer_is_what_qgis_adds(model):
    top = model.find("el1").parent()
    data = model.mimeData([model.index(0, 0, top)])
    (uri,) = QgsMimeDataUtils.decodeUriList(data)
    assert (uri.layerType, uri.providerKey, uri.name) == ("raster", "wms", "Hoogte")
    assert uri.uri == "layers=hoogte"
    assert model.mimeTypes() == data.formats()
    assert model.entry(QModelIndex()) is None


def test_5000_layers_are_shown_within_15_ms_and_a_key_stroke_takes_3(qgis_app):
    figures = measure(5000)
    ours, peer = figures["ours"], figures["peer"]
    assert ours["shown"] < 15, figures
    assert ours["shown with the view"] < peer["shown"] * 1.5, figures
    assert ours["key stroke"] < 3, figures
    assert ours["shown"] < peer["shown"], figures


def test_the_copy_of_last_time_is_the_same_catalogue(tmp_path):
    whole = layer(
        "cl3",
        "Héél",
        "Natuur",
        added=date(2024, 9, 5),
        extent=(2.5, 50.6, 6.0, 51.6),
        minimum=0.0,
        maximum=100.0,
    )
    copy = CatalogueCopy(tmp_path / "deep" / "copy.json")
    assert copy.load() is None
    copy.save(CatalogueIndex([whole, *LAYERS]))
    loaded = copy.load()
    assert loaded.index.by_field("cl3") == whole
    assert len(loaded.index.entries) == 5
    assert loaded.copied is not None


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": 99, "layers": []}', '{"layers": 1}'])
def test_a_spoiled_copy_is_none(tmp_path, text):
    path = tmp_path / "copy.json"
    path.write_text(text)
    assert CatalogueCopy(path).load() is None


def test_a_copy_that_cannot_be_written_does_no_harm(tmp_path):
    (tmp_path / "file").write_text("")
    copy = CatalogueCopy(tmp_path / "file" / "copy.json")
    copy.save(CatalogueIndex(LAYERS))
    assert copy.load() is None
