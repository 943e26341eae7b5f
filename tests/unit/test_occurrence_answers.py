"""Answers that tell of one record in full, or of many at once."""

from __future__ import annotations

import pytest

from biodiv_plugin.portal import errors
from biodiv_plugin.portal.index import parse_index_field
from biodiv_plugin.portal.occurrence import parse_occurrence_record
from biodiv_plugin.portal.occurrences import OccurrenceClient
from biodiv_plugin.portal.query import OccurrenceQuery, TaxonRef
from biodiv_plugin.portal.summaries import (
    Bounds,
    FacetValue,
    parse_bounds,
    parse_facet_value,
    parse_legend_item,
    parse_species_count,
)
from tests.unit.fakes import FakeTransport, data

BASE = "https://portal.test/biocache-service"
FLANDERS = 'cl102:"Vlaams Gewest"'
RABBITS = OccurrenceQuery(taxa=(TaxonRef("2436940"),))


@pytest.fixture()
def portal():
    return FakeTransport(data("search.json"))


@pytest.fixture()
def client(portal):
    return OccurrenceClient(portal, BASE + "/", FLANDERS)


def test_species_are_read_from_a_facet(portal, client):
    values = [
        {
            "label": "Circus|x",
            "count": 3,
            "fq": 'names_and_lsid:"Circus|9|kuikendief|Animalia|Accipitridae"',
        },
        {"label": "Not supplied", "count": 2, "fq": "-names_and_lsid:*"},
    ]
    portal.answers({"facetResults": [{"fieldName": "names_and_lsid", "fieldResult": values}]})
    (species,) = client.species(RABBITS)
    assert (species.key, species.scientific_name, species.count) == ("9", "Circus", 3)
    assert (species.vernacular_name, species.family) == ("kuikendief", "Accipitridae")
    assert parse_species_count(FacetValue("", "", 1, "Circus")).key == ""


def test_species_groups(portal, client):
    portal.answers([{"name": "Birds", "count": 12, "speciesCount": 3, "level": 2}])
    (birds,) = client.species_groups(RABBITS)
    assert (birds.name, birds.records, birds.species, birds.level) == ("Birds", 12, 3, 2)


def test_facet_values_without_a_filter_are_those_of_a_range():
    value = parse_facet_value({"label": "[2000 TO 2009]", "count": 4})
    assert value == FacetValue("", "[2000 TO 2009]", 4, "[2000 TO 2009]")
    with pytest.raises(errors.UnexpectedAnswer):
        parse_facet_value({"label": "a"})


def test_a_legend_has_colours_and_a_remainder():
    item = {
        "name": "Human observation",
        "facetValue": "HUMAN_OBSERVATION",
        "count": 12,
        "red": 161,
        "green": 6,
        "blue": 132,
        "fq": 'basisOfRecord:"HUMAN_OBSERVATION"',
        "remainder": False,
    }
    read = parse_legend_item(item)
    assert (read.colour, read.value, read.remainder) == ("#a10684", "HUMAN_OBSERVATION", False)
    assert parse_legend_item({"red": 0, "green": 0, "blue": 0, "remainder": True}).remainder
    for broken in ({**item, "red": None}, {**item, "blue": 256}, []):
        with pytest.raises(errors.UnexpectedAnswer):
            parse_legend_item(broken)


def test_bounds(portal, client):
    portal.answers([2.5, 50.6, 5.9, 51.5])
    assert client.bounds(RABBITS) == Bounds(2.5, 50.6, 5.9, 51.5)
    assert parse_bounds([0.0, 0.0, 0.0, 0.0]) is None
    for broken in ([1, 2, 3], [1, 2, 3, "x"], {}):
        with pytest.raises(errors.UnexpectedAnswer):
            parse_bounds(broken)


def test_a_record_in_full(portal, client):
    portal.answers(
        {
            "raw": {"event": {"eventDate": "1996-04"}, "occurrence": {"catalogNumber": "7"}},
            "processed": {
                "uuid": "a/b",
                "event": {"eventDate": "1996-04-16", "month": 4},
                "location": {"marine": False, "country": None},
                "occurrence": {"images": ["i1"], "recordedBy": ["A", "B"]},
                "cl": {"cl102": "Vlaams Gewest"},
            },
            "systemAssertions": {"warning": [{"name": "COORDINATE_ROUNDED", "code": 1}]},
            "images": [{"metadata": {"imageId": "i2"}}],
            "sensitive": True,
        }
    )
    record = client.record("a/b")
    assert portal.last.url == f"{BASE}/occurrences/a%2Fb"
    assert record.value("eventDate") == "1996-04-16"
    assert record.value("catalogNumber") == "7"
    assert record.value("recordedBy") == "A | B"
    assert record.value("marine") == "false"
    assert record.value("country") == record.value("nothing") == ""
    assert ("cl", "cl102", "Vlaams Gewest") in record.processed
    assert record.image_ids == ("i2", "i1")
    assert record.sensitive
    assert [(test.name, test.outcome) for test in record.tests] == [
        ("COORDINATE_ROUNDED", "warning")
    ]


def test_a_record_one_may_not_see_is_not_found(portal, client):
    portal.answers({"message": "Unrecognised recordUUID"}, 404)
    with pytest.raises(errors.NotFound):
        client.record("a")
    with pytest.raises(errors.UnexpectedAnswer):
        parse_occurrence_record({"raw": {}})


def test_index_fields_and_codes(portal, client):
    portal.answers(
        [
            {"name": "eventDate", "dwcTerm": "eventDate", "dataType": "date", "docvalue": True},
            {"name": "raw_locality", "docvalue": False},
            {"name": "taxon_name", "deprecated": True, "newFieldName": "scientificName"},
        ]
    )
    date_field, raw, old = client.index_fields()
    assert (date_field.downloadable, date_field.data_type) == (True, "date")
    assert not raw.downloadable
    assert (old.downloadable, old.replaced_by) == (False, "scientificName")
    with pytest.raises(errors.UnexpectedAnswer):
        parse_index_field({})
