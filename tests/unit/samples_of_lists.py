"""Reads the recorded answers of species lists and notifications."""

from __future__ import annotations

from biodiv_plugin.portal.alerts import AlertClient, parse_alert_settings
from biodiv_plugin.portal.species_list import (
    NewItem,
    NewList,
    items_body,
    list_body,
    parse_saved_list,
)
from biodiv_plugin.portal.species_lists import SpeciesListClient
from tests.unit.fakes import FakeTransport
from tests.unit.samples import PORTAL, body, sample


def lists(name: str) -> SpeciesListClient:
    return SpeciesListClient(FakeTransport(body(name)), PORTAL)


def read_list(name):
    info = lists(name).info("dr1")
    assert info.druid in ("dr1266", "dr456")
    assert info.item_count in (3, 4000)
    assert info.created.startswith("201")


def read_list_index(name):
    index = lists(name).index()
    assert (index.total, index.lists[0].druid, index.lists[0].name) == (1, "dr1", "Test List")
    assert index.lists[0].authoritative


def read_bare_items(name):
    items = lists(name).items("dr1")
    assert items[0].taxon_key == "ALA_Acarapis_woodi"
    assert (items[0].id, items[0].supplied_name) == (None, "")


def read_items(name):
    found = sample(name)
    items = lists(name).items("dr1")
    assert len(items) == len(found)
    for item, line in zip(items, found):
        assert item.supplied_name == line["name"]
        assert item.taxon_key == (line["lsid"] or "")
        assert [list(pair) for pair in item.values] == [
            [pair["key"], pair["value"]] for pair in line["kvpValues"]
        ]
    if "unmatched" in name:
        assert sum(not item.taxon_key for item in items) == 1


def read_values(name):
    (item,) = lists(name).items("dr552")
    assert dict(item.values)["threatStatus"] == "Near Threatened (NT)"
    assert len(item.values) == 9


def read_saved(name):
    saved = parse_saved_list(sample(name))
    assert (saved.druid, saved.taxon_keys) == ("dr123", ("some value",))


def read_new_list(name):
    """What we send has the form that the service's own tests send."""
    expected = sample(name)
    items = expected["listItems"]
    if isinstance(items, str):  # the older form, which splits names at their commas
        items = [{"itemName": item, "kvpValues": []} for item in items.split(",")]
    new = NewList(
        expected["listName"],
        tuple(
            NewItem(
                item["itemName"], tuple((pair["key"], pair["value"]) for pair in item["kvpValues"])
            )
            for item in items
        ),
        list_type=expected["listType"],
    )
    assert items_body(new) == {"listName": expected["listName"], "listItems": items}
    assert list_body(new)["listType"] == expected["listType"]


def read_alerts(name):
    settings = parse_alert_settings(sample(name))
    assert (settings.subscribed, settings.frequencies) == ((), ("hourly",))
    assert settings.frequency == ""  # the user's is one that is not among them


def read_registration(name):
    client = AlertClient(FakeTransport(body(name), 201), PORTAL)
    assert client.register("1", "jan@example.org") is True


def read_end_of_alerts(name):
    AlertClient(FakeTransport(body(name)), PORTAL).unsubscribe_all("1")


READERS = {
    "lists/ala_docs_alerts_createAlerts.json": read_registration,
    "lists/ala_docs_alerts_unsubscribe.json": read_end_of_alerts,
    "lists/ala_docs_alerts_user.json": read_alerts,
    "lists/ala_docs_speciesListPost_response.json": read_saved,
    "lists/ala_speciesListItems_dr649_includeKVP.json": read_items,
    "lists/ala_speciesListItems_dr651_slice_with_unmatched.json": read_items,
    "lists/ala_speciesListItems_lsid_only.json": read_bare_items,
    "lists/ala_speciesList_dr1266_v2017.json": read_list,
    "lists/ala_speciesList_dr456_v2016.json": read_list,
    "lists/gbif_pipelines_speciesList_fixture.json": read_list_index,
    "lists/upstream_test_saveList_v1_request.json": read_new_list,
    "lists/upstream_test_saveList_v2_request.json": read_new_list,
    "lists/vbp_speciesListItems_dr552_kvp_excerpt.json": read_values,
    "lists/vbp_speciesListItems_dr606_fixture.json": read_items,
    "occurrences/specieslist_items_test.json": read_bare_items,
    "occurrences/specieslist_list_meta_test.json": read_list,
}
