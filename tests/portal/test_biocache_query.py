"""The query language of the demo portal's occurrence search."""

from __future__ import annotations

import pytest

from demo.portal.biocache import dates
from demo.portal.biocache.solr import Range, SyntaxFault, Term, escape, parse, unescape
from tests.portal.occurrence_index import Service, open_world

NOW = 1_795_000_000.0  # 2026-11-18


@pytest.fixture(scope="module")
def service():
    return Service(open_world())


@pytest.fixture(scope="module")
def everything(service):
    return service.count()


def test_a_term_has_a_field_and_a_value():
    assert parse('municipality:"Gent"').must == (Term("municipality", "Gent", True),)
    assert parse("Hyla").must == (Term(None, "Hyla", False),)


def test_a_range_may_be_open_and_may_leave_its_end_out():
    assert parse("year:[2015 TO *]").must == (Range("year", "2015", None, True, True),)
    assert parse("year:{2015 TO 2020]").must == (Range("year", "2015", "2020", False, True),)


def test_operators_bind_as_in_lucene():
    mixed = parse("a:1 OR b:2 AND c:3")
    assert [term.field for term in mixed.should] == ["a"]
    assert [term.field for term in mixed.must] == ["b", "c"]
    assert parse("-a:1 b:2").must_not == (Term("a", "1", False),)
    assert parse("NOT a:1").must_not == parse("!a:1").must_not == parse("-a:1").must_not


def test_a_field_holds_for_all_in_its_parentheses():
    (group,) = parse('family:(Ranidae OR "Hylidae")').must
    assert group.should == (Term("family", "Ranidae", False), Term("family", "Hylidae", True))


def test_what_is_escaped_comes_back():
    text = 'a "b" \\ c'
    assert parse(f'x:"{escape(text)}"').must == (Term("x", text, True),)
    assert unescape(r"New\ York\:") == "New York:"


@pytest.mark.parametrize(
    "text", ["", "(a", "a)", 'a:"b', "a AND", "OR a", "f:[1 TO", "f:[1 2]", "a:", "()", "a:b:c"]
)
def test_what_is_no_query_is_refused(text):
    with pytest.raises(SyntaxFault, match="Cannot parse"):
        parse(text)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2020-02-29T12:30:00Z", "2020-02-29T12:30:00Z"),
        ("2020-01-31T00:00:00Z+1MONTH", "2020-02-28T00:00:00Z"),
        ("NOW/DAY", "2026-11-18T00:00:00Z"),
        ("NOW/YEAR-2YEARS", "2024-01-01T00:00:00Z"),
        ("2020-01-01T00:00:00Z-1DAY+2HOURS", "2019-12-31T02:00:00Z"),
    ],
)
def test_dates_know_mathematics(text, iso):
    millis = dates.to_millis(text, NOW)
    assert dates.iso(millis) == iso


@pytest.mark.parametrize("text", ["2020-01-01", "yesterday", "2020-13-01T00:00:00Z", "NOW+1WEEK"])
def test_what_is_no_date_is_none(text):
    assert dates.to_millis(text, NOW) is None


@pytest.mark.parametrize(
    "q",
    [
        "year:[2015 TO *]",
        "month:6",
        "eventDate:[2020-01-01T00:00:00Z TO 2020-12-31T23:59:59Z]",
        'speciesGroup:"Birds"',
        'basisOfRecord:"HUMAN_OBSERVATION"',
        'license:"CC0"',
        'multimedia:"Image"',
        "spatiallyValid:true",
        "coordinateUncertaintyInMeters:[0 TO 100]",
        "decimalLatitude:[50.7 TO 51.2]",
        'occurrenceStatus:"PRESENT"',
        "taxonRankID:7000",
        '-assertions:"COORDINATE_ROUNDED"',
        'municipality:"Gent"',
        'cl102:"Vlaams Gewest"',
        "recordedBy:Waarnemer\\ 1*",
        "family:Hyl?dae",
        "text:heide",
    ],
)
def test_a_filter_and_its_opposite_make_the_whole(service, everything, q):
    found = service.count(q)
    assert 0 < found < everything
    assert service.count(f"*:* -({q})" if not q.startswith("-") else q[1:]) == everything - found


def test_former_names_mean_todays(service):
    assert service.count("taxon_name:Hyla\\ arborea") == service.count(
        'scientificName:"Hyla arborea"'
    )
    assert service.count("data_resource_uid:dr104") == service.count("dataResourceUid:dr104") > 0


def test_unknown_fields_are_a_syntax_fault_and_withheld_ones_a_server_fault(service):
    answer = service.get("/occurrences/search", q="nofield:1")
    assert answer.status_code == 400
    assert answer.json["errorType"] == "Query syntax invalid"
    assert answer.text.startswith("\n")
    answer = service.get("/occurrences/search", q="sensitive_decimalLatitude:1")
    assert (answer.status_code, answer.json["errorType"]) == (500, "InvalidProperty")


@pytest.mark.parametrize(
    "q", ["year:abc", "eventDate:2020", 'eventDate:"2020-01-01"', "year:[a TO b]"]
)
def test_values_must_fit_their_field(service, q):
    assert service.get("/occurrences/search", q=q).status_code == 400


def test_text_that_is_a_taxon_means_all_of_it(service):
    frogs = service.count("lsid:131")
    assert service.count("Amphibia") == service.count("amfibieën") == frogs
    assert service.count('scientificName:"Amphibia"') == 0
    assert service.count("taxonConceptID:131") == frogs


def test_text_that_is_no_taxon_is_looked_for_in_the_words(service):
    found = service.search(q="Kalmthoutse heide", pageSize=5)
    assert found["queryTitle"] == "text:Kalmthoutse heide"
    assert 0 < found["totalRecords"] < service.count("heide")


def test_a_species_holds_its_subspecies_unless_its_name_is_asked_for(service):
    whole = service.count("lsid:1311477")
    own = service.count('scientificName:"Vespa velutina"')
    below = service.count('scientificName:"Vespa velutina nigrithorax"')
    assert whole == own + below
    assert below > 0
    assert service.count('taxa:"Aziatische hoornaar"') == whole


def test_an_unknown_taxon_finds_nothing(service):
    assert service.count("lsid:999999999") == 0


def test_a_prohibition_in_parentheses_selects_nothing(service, everything):
    assert service.count("(-year:2020)") == 0
    assert service.count("(*:* -year:2020)") == service.count("-year:2020") > everything / 2


def test_too_many_clauses_are_refused(service):
    many = " OR ".join(f"lsid:{number}" for number in range(1025))
    answer = service.post("/occurrences/search", q=many, pageSize=0)
    assert answer.status_code == 400
    assert "too many boolean clauses" in answer.json["message"]
    fewer = " OR ".join(f"lsid:{number}" for number in range(1024))
    assert service.post("/occurrences/search", q=fewer, pageSize=0).status_code == 200


def test_a_million_quotes_do_no_harm(service):
    hostile = "x\" OR 1=1 --'; DROP TABLE record"
    assert service.count(f'municipality:"{escape(hostile)}"') == 0


def test_authoritative_lists_are_in_the_index_and_public_ones_are_expanded(service, everything):
    assert 0 < service.count("species_list_uid:dr552") == service.count("species_list:dr552")
    assert service.count("species_list_uid:dr702") == 0
    assert service.count("species_list:dr702") > 0  # public, but not authoritative
    assert service.count("species_list:dr999999") == everything  # the clause disappears
    assert service.count("species_list:dr703") == everything  # no name of it is known
    assert service.count('municipality:"Gent" AND species_list:dr999999') == service.count(
        'municipality:"Gent"'
    )
