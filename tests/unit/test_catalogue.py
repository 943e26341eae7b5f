"""The catalogue of layers."""

from __future__ import annotations

from datetime import date

import pytest

from biodiv_plugin.portal import errors
from biodiv_plugin.portal.catalogue import CatalogueClient, parse_field, parse_layer_entry
from tests.unit.fakes import HTML, FakeTransport, data, params_of

BASE = "https://portal.test/spatial-service"


@pytest.fixture()
def portal():
    return FakeTransport(data("fields_search.json"))


@pytest.fixture()
def client(portal):
    return CatalogueClient(portal, BASE)


def test_the_whole_catalogue_in_one_call(client, portal):
    region, peat = client.fields()
    assert portal.last.url == f"{BASE}/fields/search?q="
    assert (region.field_id, region.title, region.layer_id) == ("cl102", "Gewest", 102)
    assert (region.type, region.field_type, region.classification1) == (
        "Contextual",
        "c",
        "Grenzen",
    )
    assert region.extent == (2.54133, 50.68767, 5.912, 51.50511)
    assert (region.indexed, region.in_gazetteer, region.usable_in_analysis) == (True, True, True)
    assert region.name_column == "NAAM"
    assert region.added == date(2024, 9, 5)
    assert (region.minimum, region.units) == (None, "")
    assert (peat.minimum, peat.maximum, peat.units) == (0.0, 100.0, "%")
    assert (peat.indexed, peat.extent) == (False, None)


def test_quirk_02_errors_are_html(client, portal):
    portal.answers(HTML, 500)
    with pytest.raises(errors.PortalFault):
        client.fields()
    portal.answers(HTML, 302, location="https://portal.test/login")
    with pytest.raises(errors.UnexpectedAnswer):
        client.fields()


def test_quirk_04_json_is_asked_for_or_a_sign_in_page_comes(client, portal):
    client.fields()
    assert portal.last.headers["Accept"] == "application/json"
    assert "Cookie" not in portal.last.headers
    portal.answers(HTML)
    with pytest.raises(errors.UnexpectedAnswer):
        client.fields()


def test_quirk_05_the_call_that_leaves_out_what_is_disabled(client, portal):
    client.fields()
    assert portal.last.url.startswith(f"{BASE}/fields/search?"), "not /fields"


def test_quirk_05_the_title_is_the_fields_and_disabled_entries_say_so():
    entry = data("fields_search.json")[0]
    entry["layer"]["displayname"] = "overwritten"
    entry["enabled"] = False
    read = parse_layer_entry(entry)
    assert (read.title, read.enabled) == ("Gewest", False)


def test_quirk_06_the_address_of_the_tile_cache_is_not_kept(client):
    region, peat = client.fields()
    paths = [field["layer"]["displaypath"] for field in data("fields_search.json")]
    assert "&style=" in paths[0]
    assert "&styles=" in paths[1], "both spellings"
    assert region.published_name == "ALA:gewest"
    assert peat.published_name == "ALA:veenwaarschijnlijkheid"
    assert "gwc" not in repr((region, peat))


def test_quirk_07_the_number_of_areas_is_always_limited(client, portal):
    portal.answers({"id": "cl100", "name": "Gemeenten", "spid": "100", "number_of_objects": 300})
    field = client.field("cl100")
    assert params_of(portal.last)["pageSize"] == ["0"]
    assert (field.area_count, field.areas, field.layer_id) == (300, (), 100)
    client.field("cl100", page_size=-1)
    assert params_of(portal.last)["pageSize"] == ["0"]


def test_areas_of_a_field_by_name(client, portal):
    portal.answers(
        {"id": "cl100", "number_of_objects": 1, "objects": [{"pid": "217", "name": "Gent"}]}
    )
    field = client.field("cl100", page_size=5, search="gent", start=10)
    assert params_of(portal.last) == {"start": ["10"], "pageSize": ["5"], "q": ["gent"]}
    assert field.areas[0].name == "Gent"


def test_quirk_08_ids_are_numbers_here_and_texts_there():
    entry = data("fields_search.json")[0]
    entry["layer"]["id"] = "102"
    assert parse_layer_entry(entry).layer_id == 102
    assert parse_field({"id": "cl1", "spid": 1}).layer_id == 1


def test_one_layer(client, portal):
    portal.answers({"id": 10102, "name": "veen", "displayname": "Veen", "type": "Environmental"})
    layer = client.layer("veen")
    assert (layer.title, layer.field_id, layer.layer_id, layer.enabled) == ("Veen", "", 10102, True)
    portal.answers(b"", 404)
    with pytest.raises(errors.NotFound):
        client.layer("x/y")
    assert portal.last.url == f"{BASE}/layer/x%2Fy"


@pytest.mark.parametrize("broken", [{}, {"id": "cl1"}, {"id": "cl1", "layer": {"id": 1}}, []])
def test_a_broken_entry_is_refused(broken):
    with pytest.raises(errors.UnexpectedAnswer):
        parse_layer_entry(broken)


def test_addresses_of_an_entry(client):
    region = client.fields()[0]
    assert client.thumbnail_url(region) == f"{BASE}/layer/img/gewest"
    assert client.page_url(region) == f"{BASE}/layers/view/more/gewest"


def test_nothing_is_asked_as_the_user(client, portal):
    client.fields()
    assert not portal.last.as_user
