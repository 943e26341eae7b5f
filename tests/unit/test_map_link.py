"""Links to the portal's own map, and back."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biodiv_plugin.portal.errors import InvalidQuery
from biodiv_plugin.portal.map_link import MapLink, map_link_from_url, map_link_url
from biodiv_plugin.portal.query import OccurrenceQuery, TaxonRef

PORTAL = "https://natuurdata.test"
FLANDERS = 'cl102:"Vlaams Gewest"'
FROGS = OccurrenceQuery(
    taxa=(TaxonRef("2427605"),), months=(4,), quality_profile="", filters=('a:"50% + x"',)
)


def test_all_that_a_map_shows():
    link = MapLink(FROGS, "boomkikker & co", ("cl102", "el1"), ("217", "218"), (2.5, 50.6, 5.9, 51))
    url = map_link_url(link, PORTAL, FLANDERS)
    asked = parse_qs(urlsplit(url).query)
    assert url.startswith(f"{PORTAL}/spatial-hub/?q=lsid%3A2427605&")
    assert (asked["layers"], asked["pid"]) == (["cl102,el1"], ["217,218"])
    assert asked["bbox"] == ["2.5,50.6,5.9,51.0"]
    assert FLANDERS in asked["fq"]
    assert "disableAllQualityFilters" not in asked
    assert map_link_from_url(url, PORTAL, FLANDERS) == link


numbers = st.floats(-180, 180)
ids = st.lists(st.from_regex(r"(cl|el)[0-9]{1,5}", fullmatch=True), max_size=4).map(tuple)


@given(
    st.none() | st.just(FROGS), ids, ids, st.none() | st.tuples(numbers, numbers, numbers, numbers)
)
def test_a_link_comes_back_the_same(query, field_ids, pids, extent):
    link = MapLink(query, "naam" if query else "", field_ids, pids, extent)
    assert map_link_from_url(map_link_url(link, PORTAL, FLANDERS), PORTAL, FLANDERS) == link


def test_an_empty_map():
    assert map_link_url(MapLink(), PORTAL) == f"{PORTAL}/spatial-hub/"
    assert map_link_from_url(f"{PORTAL}/spatial-hub", PORTAL) == MapLink()


def test_a_species_by_its_key():
    link = map_link_from_url(f"{PORTAL}/spatial-hub/?species_lsid=2427605&fq=year:2020", PORTAL)
    assert link.query.taxa == (TaxonRef("2427605"),)
    assert link.query.filters == ("year:2020",)


@pytest.mark.parametrize(
    ("part", "url"),
    [
        ("url", "https://elsewhere.test/spatial-hub/"),
        ("url", f"{PORTAL}/biocache-hub/"),
        ("extent", f"{PORTAL}/spatial-hub/?bbox=1,2,3"),
        ("extent", f"{PORTAL}/spatial-hub/?bbox=1,2,3,oost"),
    ],
)
def test_another_address_is_no_map(part, url):
    with pytest.raises(InvalidQuery) as raised:
        map_link_from_url(url, PORTAL)
    assert raised.value.part == part


def test_a_map_that_is_too_long():
    with pytest.raises(InvalidQuery) as raised:
        map_link_url(MapLink(pids=tuple(map(str, range(3000)))), PORTAL)
    assert raised.value.part == "length"
