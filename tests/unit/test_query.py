"""A query as a value, as parameters, and as an address of the portal."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from urllib.parse import parse_qs, quote, unquote_plus, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biodiv_plugin.portal import solr
from biodiv_plugin.portal.errors import InvalidQuery, Rejected
from biodiv_plugin.portal.query import (
    NO_NESTED_EVENTS,
    NOT_ABSENT,
    QUALITY_PROFILE,
    VALIDATED,
    Circle,
    OccurrenceQuery,
    TaxonRef,
    portal_search_url,
    query_from_portal_url,
    search_params,
    stored_query,
)

PORTAL = "https://natuurdata.test"
FLANDERS = 'cl102:"Vlaams Gewest"'
SQUARE = "POLYGON((3 50,4 50,4 51,3 51,3 50))"

keys = st.from_regex(r"[0-9]{1,9}", fullmatch=True)
words = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20)
some_words = st.lists(words, max_size=3, unique=True).map(tuple)
degrees = st.floats(-80, 80, allow_nan=False)


@st.composite
def queries(draw):
    first, last = sorted((draw(st.dates()), draw(st.dates())))
    with_list = draw(st.booleans())
    return OccurrenceQuery(
        taxa=tuple(map(TaxonRef, draw(st.lists(keys, max_size=3, unique=True)))),
        species_list=f"dr{draw(st.integers(1, 9999))}" if with_list else "",
        area=draw(st.sampled_from(["", SQUARE])),
        circle=draw(st.none() | st.builds(Circle, degrees, degrees, st.floats(0.001, 100))),
        date_from=draw(st.sampled_from([None, first])),
        date_to=draw(st.sampled_from([None, last])),
        months=tuple(sorted(draw(st.sets(st.integers(1, 12))))),
        max_uncertainty=draw(st.none() | st.floats(0, 1e6)),
        datasets=draw(some_words),
        basis_of_record=draw(some_words),
        licences=draw(some_words),
        validated_only=draw(st.booleans()),
        flanders_only=draw(st.booleans()),
        include_absent=draw(st.booleans()),
        quality_profile=draw(st.sampled_from(["", QUALITY_PROFILE, "x & y"])),
        disabled_quality_filters=draw(some_words),
    )


@given(queries())
def test_an_address_of_the_portal_holds_the_whole_query_but_no_names(query):
    url = portal_search_url(query, PORTAL, FLANDERS)
    keys_alone = tuple(TaxonRef(taxon.key) for taxon in query.taxa)
    nameless = replace(query, taxa=keys_alone, list_name="", area_name="")
    assert query_from_portal_url(url, PORTAL, FLANDERS) == nameless


@given(queries(), words, some_words)
def test_a_query_of_an_expert_asks_the_same_after_the_round_trip(query, text, filters):
    expert = replace(query, text=f"recordedBy:{text}", filters=filters)
    url = portal_search_url(expert, PORTAL, FLANDERS)
    again = query_from_portal_url(url, PORTAL, FLANDERS)
    assert _asked(again) == _asked(expert)


def _asked(query):
    params = dict(search_params(query, FLANDERS))
    return {**params, "fq": sorted(params["fq"])}


@given(queries(), words)
def test_a_saved_query_comes_back_the_same(query, name):
    named = replace(
        query,
        taxa=(TaxonRef("5", name, name),),
        list_taxa=("1", "2"),
        list_name=name,
        area_name=name,
        text=name,
        filters=(name,),
    )
    assert OccurrenceQuery.from_json(json.loads(json.dumps(named.to_json()))) == named
    assert hash(named) == hash(OccurrenceQuery.from_json(named.to_json()))


@pytest.mark.parametrize(
    "saved",
    [
        {},
        {"version": 2},
        {"version": 1, "colour": "red"},
        {"version": 1, "date_from": "3 May"},
        {"version": 1, "circle": {"latitude": 1}},
        {"version": 1, "taxa": [7]},
    ],
)
def test_a_saved_query_of_another_form_is_refused(saved):
    with pytest.raises(InvalidQuery) as raised:
        OccurrenceQuery.from_json(saved)
    assert raised.value.part == "version"
    assert isinstance(raised.value, Rejected)


def test_every_part_has_its_filter():
    query = OccurrenceQuery(
        taxa=(TaxonRef("2427605", "Hyla arborea", "boomkikker"), TaxonRef("7")),
        species_list="dr552",
        area=SQUARE,
        date_from=date(1990, 1, 1),
        date_to=date(2026, 5, 3),
        months=(4, 5),
        max_uncertainty=70.5,
        datasets=("dr12",),
        basis_of_record=("HUMAN_OBSERVATION",),
        licences=("CC0", "CC-BY"),
        validated_only=True,
        filters=("family:Hylidae",),
    )
    params = search_params(query, FLANDERS)
    assert params["q"] == "(lsid:2427605 OR lsid:7)"
    assert params["wkt"] == SQUARE
    assert params["qualityProfile"] == "VBP_algemeen"
    assert params["disableAllQualityFilters"] is None
    assert params["fq"] == [
        "species_list:dr552",
        "eventDate:[1990-01-01T00:00:00Z TO 2026-05-03T23:59:59Z]",
        "(month:4 OR month:5)",
        "coordinateUncertaintyInMeters:[0 TO 70.5]",
        'dataResourceUid:"dr12"',
        'basisOfRecord:"HUMAN_OBSERVATION"',
        '(license:"CC0" OR license:"CC-BY")',
        VALIDATED,
        NOT_ABSENT,
        "family:Hylidae",
        FLANDERS,
    ]


def test_a_query_without_anything_finds_all_but_absences_in_flanders():
    params = search_params(OccurrenceQuery(), FLANDERS)
    assert (params["q"], params["fq"]) == ("*:*", [NOT_ABSENT, FLANDERS])
    everywhere = OccurrenceQuery(flanders_only=False, include_absent=True)
    assert search_params(everywhere, FLANDERS)["fq"] == []
    assert search_params(OccurrenceQuery(include_absent=True), "")["fq"] == []


def test_a_stored_query_asks_for_itself_alone():
    params = search_params(stored_query("1718888888123"), FLANDERS)
    asked = {name: value for name, value in params.items() if value not in (None, [], ())}
    assert asked == {
        "q": "qid:1718888888123",
        "qc": NO_NESTED_EVENTS,
        "disableAllQualityFilters": True,
    }


def test_quirk_09_of_lists_a_private_list_goes_by_its_taxa():
    """Its id would find nothing at all, without a word (contract/lists 2.14)."""
    query = OccurrenceQuery(species_list="dr9", list_taxa=("1", "2"), include_absent=True)
    assert search_params(query, "")["fq"] == ["(lsid:1 OR lsid:2)"]


def test_a_long_list_comes_in_blocks_that_the_index_can_take():
    taxa = tuple(map(str, range(2500)))
    query = OccurrenceQuery(list_taxa=taxa, include_absent=True)
    (clause,) = search_params(query, "")["fq"]
    assert [block.count("lsid:") for block in clause.split(") OR (")] == [1000, 1000, 500]
    assert solr.read_any_of(clause) == ("lsid", taxa)


def test_quirk_10_the_websites_own_defaults_are_asked_for():
    params = search_params(OccurrenceQuery(), FLANDERS)
    assert (params["qualityProfile"], params["qc"]) == ("VBP_algemeen", "-_nest_parent_:*")
    without = search_params(OccurrenceQuery(quality_profile=""), FLANDERS)
    assert (without["qualityProfile"], without["disableAllQualityFilters"]) == (None, True)


@given(words)
def test_quirk_11_a_filter_survives_two_decodings(value):
    clause = f"recordedBy:{solr.phrase(value)}"
    params = search_params(OccurrenceQuery(filters=(clause,), include_absent=True), "")
    assert unquote_plus(params["fq"][0]) == clause


def test_quirk_15_taxa_are_asked_by_key_not_by_a_name_that_may_be_guessed():
    query = OccurrenceQuery(taxa=(TaxonRef("1", "Rana"),), text="Rana")
    params = search_params(query, FLANDERS)
    assert params["q"] == "Rana"
    assert params["fq"][0] == "lsid:1"


def test_quirk_17_a_circle_is_in_kilometres_and_an_area_has_no_colon():
    params = search_params(OccurrenceQuery(circle=Circle(51.2, 4.4, 5.0)), FLANDERS)
    assert (params["lat"], params["lon"], params["radius"]) == (51.2, 4.4, 5.0)
    with pytest.raises(InvalidQuery) as raised:
        search_params(OccurrenceQuery(area="SRID:4326;" + SQUARE), FLANDERS)
    assert raised.value.part == "area"


@pytest.mark.parametrize(
    ("part", "changes"),
    [
        ("dates", {"date_from": date(2020, 1, 2), "date_to": date(2020, 1, 1)}),
        ("months", {"months": (0,)}),
        ("months", {"months": (13,)}),
        ("max_uncertainty", {"max_uncertainty": -1.0}),
        ("max_uncertainty", {"max_uncertainty": float("nan")}),
        ("species_list", {"species_list": "dr1 OR *:*"}),
        ("area", {"area": "LINESTRING(3 50,4 51)"}),
        ("area", {"area": "POLYGON EMPTY"}),
        ("area", {"area": "POLYGON((3:50,4 51))"}),
        ("circle", {"circle": Circle(91, 4, 1)}),
        ("circle", {"circle": Circle(51, 4, 0)}),
        ("circle", {"circle": Circle(51, float("nan"), 1)}),
    ],
)
def test_what_makes_no_sense_is_told_by_its_part(part, changes):
    with pytest.raises(InvalidQuery) as raised:
        search_params(OccurrenceQuery(**changes), FLANDERS)
    assert raised.value.part == part


def test_a_multipolygon_with_holes_is_an_area():
    hole = "MULTIPOLYGON (((3 50, 4 50, 4 51, 3 50), (3.1 50.1, 3.2 50.1, 3.2 50.2, 3.1 50.1)))"
    assert search_params(OccurrenceQuery(area=hole), FLANDERS)["wkt"] == hole


def test_an_address_that_is_too_long_is_refused():
    with pytest.raises(InvalidQuery) as raised:
        portal_search_url(OccurrenceQuery(list_taxa=tuple(map(str, range(2000)))), PORTAL, FLANDERS)
    assert raised.value.part == "length"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "boomkikker",
        "https://elsewhere.test/biocache-hub/occurrences/search?q=a",
        "https://natuurdata.test.evil.test/biocache-hub/occurrences/search?q=a",
        "https://natuurdata.test/bie-hub/search?q=a",
        "https://natuurdata.test/biocache-hub/occurrences/9240eb81",
    ],
)
def test_another_address_is_no_search(url):
    with pytest.raises(InvalidQuery) as raised:
        query_from_portal_url(url, PORTAL)
    assert raised.value.part == "url"


def from_page(query, portal=PORTAL, flanders_filter=FLANDERS):
    url = f"{portal}/biocache-hub/occurrences/search?{query}"
    return query_from_portal_url(url, portal, flanders_filter)


def test_the_simple_search_of_the_portal():
    assert from_page("taxa=boomkikker").text == 'taxa:"boomkikker"'
    assert from_page("q=taxonConceptID%3A%222427605%22").taxa == (TaxonRef("2427605"),)
    assert from_page("").text == ""


def test_a_page_has_a_profile_of_its_own_and_the_service_has_none():
    assert from_page("q=*:*").quality_profile == QUALITY_PROFILE
    assert from_page("q=*:*&disableAllQualityFilters=true").quality_profile == ""
    api = f"{PORTAL}/biocache-service/occurrences/search?q=*:*"
    assert query_from_portal_url(api, PORTAL).quality_profile == ""


def test_legacy_names_and_facets_of_the_page_are_understood():
    query = from_page(
        "q=*%3A*&fq=data_resource_uid%3Adr12&fq=month%3A%2204%22&fq=-occurrence_status_s%3Aabsent"
        "&fq=coordinateUncertaintyInMeters%3A%5B*+TO+100%5D#tab_mapView"
    )
    assert query.datasets == ("dr12",)
    assert query.months == (4,)
    assert query.include_absent is False
    assert query.max_uncertainty == 100.0
    assert query.filters == ()


@pytest.mark.parametrize(
    "clause",
    [
        "-dataResourceUid:dr12",
        "month:[4 TO 6]",
        'month:"april"',
        "eventDate:[* TO *]",
        "eventDate:[NOW-1YEAR TO *]",
        "eventDate:[2020-01-01T12:00:00Z TO *]",
        "coordinateUncertaintyInMeters:[10 TO 100]",
        "coordinateUncertaintyInMeters:[0 TO x]",
        "(dataResourceUid:dr12 OR license:CC0)",
        "species_list:x",
        "year:2018 OR month:4",
        "license:",
    ],
)
def test_what_the_query_has_no_word_for_stays_a_filter(clause):
    assert from_page(f"q=*:*&fq={quote(quote(clause))}").filters == (clause,)


def test_a_second_filter_of_a_kind_stays_a_filter_since_both_must_hold():
    query = from_page("q=lsid:1&fq=lsid:2&fq=license:CC0&fq=license:CC-BY")
    assert query.taxa == (TaxonRef("1"),)
    assert query.licences == ("CC0",)
    assert query.filters == ("lsid:2", "license:CC-BY")


def test_without_the_flemish_filter_it_is_a_filter_like_any_other():
    query = from_page("q=*:*&fq=cl102%3A%22Vlaams+Gewest%22", flanders_filter="")
    assert (query.flanders_only, query.filters) == (False, (FLANDERS,))


def test_a_portal_below_a_path_and_an_incomplete_circle():
    query = from_page("q=*:*&lat=51&lon=4", portal="https://host.test/atlas")
    assert query.circle is None
    with pytest.raises(InvalidQuery) as raised:
        from_page("q=*:*&lat=51&lon=vier&radius=5")
    assert raised.value.part == "circle"


def test_the_page_gets_no_filter_that_it_adds_itself():
    asked = parse_qs(urlsplit(portal_search_url(OccurrenceQuery(), PORTAL, FLANDERS)).query)
    assert "qc" not in asked


@given(words, st.lists(words, min_size=1, max_size=5))
def test_any_value_can_be_asked_for_and_read_back(field_of, values):
    clause = solr.any_of("name", values)
    assert solr.read_any_of(clause) == ("name", tuple(values))
    assert solr.read_any_of(f"-{clause}") is None
    assert solr.read_any_of(f"{clause} AND {field_of}:x") is None


@pytest.mark.parametrize("clause", ["", "a", "a:1 OR ", "a:1 b:2", "(a:1 OR b:2)", "a:[1 TO 2]"])
def test_other_clauses_are_not_taken_for_a_choice(clause):
    assert solr.read_any_of(clause) is None


def test_ranges_are_read_back():
    assert solr.read_between(solr.between("year", "2015", "")) == ("year", "2015", "")
    assert solr.read_between("year:2015") is None
