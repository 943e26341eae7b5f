"""Reads the recorded answers of occurrences, names and metadata."""

from __future__ import annotations

import csv
import io

from biodiv_plugin.portal.collectory import CollectoryClient
from biodiv_plugin.portal.darwin_core import header_terms
from biodiv_plugin.portal.downloads import DownloadClient, JobState, all_fields
from biodiv_plugin.portal.images import ImageClient
from biodiv_plugin.portal.logger import FALLBACK_REASONS, LoggerClient, parse_source
from biodiv_plugin.portal.occurrences import OccurrenceClient
from biodiv_plugin.portal.quality import QualityClient, parse_categories, parse_category
from biodiv_plugin.portal.query import OccurrenceQuery
from biodiv_plugin.portal.taxa import NameToMatch, TaxonClient, parse_name_match
from tests.unit.fakes import FakeTransport
from tests.unit.samples import PORTAL, body, sample

QUERY = OccurrenceQuery()


def occurrences(name: str) -> OccurrenceClient:
    return OccurrenceClient(FakeTransport(body(name)), PORTAL)


def taxa(name: str) -> TaxonClient:
    return TaxonClient(FakeTransport(body(name)), PORTAL, PORTAL)


def read_search(name):
    page = occurrences(name).page(QUERY)
    assert page.total == 106861
    (kangaroo,) = page.occurrences
    assert kangaroo.scientific_name == "Macropus giganteus"
    assert str(kangaroo.event_date) == "2018-06-13"
    assert (kangaroo.year, kangaroo.month) == (2018, 6)
    assert kangaroo.decimal_longitude == 149.044991
    assert kangaroo.recorded_by == ("Hains, Michael",)
    assert kangaroo.image_ids == ("4dbde5eb-5c2c-4304-aff1-5d756345e449",)
    assert kangaroo.taxon_key.startswith("https://biodiversity.org.au/")
    assert kangaroo.spatially_valid is True
    assert len(kangaroo.assertions) == 11


def read_count(name):
    assert occurrences(name).count(QUERY) == 130262945


def read_record(name):
    record = occurrences(name).record("b64d9989")
    assert record.uuid == "b64d9989-139d-4c80-83e5-0c2b2c88a429"
    assert record.value("eventDate") == "1996-04-16"
    assert record.value("taxonRank") == "family"
    assert ("location", "decimalLatitude", "-36.36167") in record.raw
    assert ("location", "terrestrial", "true") in record.processed
    assert ("cl", "cl927", "New South Wales (including Coastal Waters)") in record.processed
    outcomes = {test.outcome for test in record.tests}
    assert {"missing", "warning", "passed"} <= outcomes
    assert record.sensitive is False


def read_index_fields(name):
    fields = occurrences(name).index_fields()
    by_name = {field.name: field for field in fields}
    assert by_name["eventDate"].data_type == "date"
    assert by_name["recordedBy"].multivalue
    wanted = all_fields(fields)
    assert wanted[0] == "id"
    assert not set(wanted) & {field.name for field in fields if not field.downloadable}
    kinds = {term.name: term.kind for term in header_terms(wanted)}
    numbers = {"int": "integer", "double": "real", "float": "real", "boolean": "boolean"}
    for field in fields:
        if field.name in kinds and field.data_type in numbers and not field.multivalue:
            assert kinds[field.name] == numbers[field.data_type], field.name


def read_facet(name, first, count, values):
    field = first.partition(":")[0]
    transport = FakeTransport({"facetResults": sample(name)})
    found = OccurrenceClient(transport, PORTAL).facets(QUERY, [field])[field]
    assert len(found) == values
    assert (found[0].value_filter, found[0].count) == (first, count)
    assert f'{field}:"{found[0].value}"' == first
    return found


def read_facets(name):
    values = 3 if "flimit3" in name else 9
    found = read_facet(name, 'basisOfRecord:"HUMAN_OBSERVATION"', 2826353, values)
    assert found[0].label == "Human observation"


def read_years(name):
    read_facet(name, 'year:"2022"', 288385, 3)


def read_download(name):
    job = DownloadClient(FakeTransport(body(name)), f"{PORTAL}/biocache-service").status("a-1")
    assert job.state is JobState.FINISHED
    assert job.download_path.startswith("/biocache-download/dd0dfc2b-")


def read_documents(name):
    """Every number of the index can be read as the kind that its column has."""
    header, *rows = csv.reader(io.StringIO(body(name).decode("utf-8")))
    terms = header_terms(header)
    assert len({term.name.lower() for term in terms}) == len(header) == 34
    kinds = {"real": float, "integer": int}
    for row in rows:
        for term, cell in zip(terms, row):
            if cell and term.kind in kinds:
                kinds[term.kind](cell)


def read_children(name):
    children = taxa(name).children("fungi")
    assert children[0].scientific_name == "Dikarya"
    assert children[0].author == ""
    assert children[1].rank_id == 2000


def read_species(name):
    profile = taxa(name).species("fungi")
    assert (profile.scientific_name, profile.rank, profile.rank_id) == ("Fungi", "kingdom", 1000)
    assert profile.classification[0][:2] == ("kingdom", "Fungi")
    assert profile.image_id == ""


def read_suggestions(name):
    fern, fish = taxa(name).suggest("fish")
    assert (fern.vernacular_name, fern.matched) == ("Sword Ferns", ("Fishbone Ferns",))
    assert (fish.scientific_name, fish.rank) == ("Naso", "genus")


def read_match(name):
    found = sample(name)
    match = parse_name_match("asked", found)
    assert match.success
    assert (match.key, match.scientific_name) == (found["taxonConceptID"], found["scientificName"])
    assert (match.match_type, match.vernacular_name) == (
        found["matchType"],
        found["vernacularName"],
    )
    assert "noIssue" not in match.issues
    client = TaxonClient(FakeTransport([found]), PORTAL, PORTAL)
    assert client.match([NameToMatch("asked")]) == (match,)


def read_miss(name):
    assert not parse_name_match("asked", sample(name)).success


def read_citations(name):
    client = CollectoryClient(FakeTransport(body(name)), PORTAL)
    tasmania, _ = client.citations(["dr654", "dr653"])
    assert tasmania.uid == "dr654"
    assert tasmania.url == "https://collections-test.ala.org.au/public/show/dr654"
    assert tasmania.citation.startswith("Records provided by Tasmania")


def read_profiles(name):
    client = QualityClient(FakeTransport(body(name)), PORTAL)
    profile = client.profiles()[0] if "profiles" in name else client.profile("string")
    assert profile.short_name == "string"
    assert profile.categories[0].filters[0].filter == "string"


def read_categories(name):
    found = sample(name)
    (category,) = parse_categories(found) if isinstance(found, list) else [parse_category(found)]
    assert (category.label, len(category.filters)) == ("string", 1)


def read_filters(name):
    filters = sample(name)
    assert '-spatiallyValid:"false"' in filters
    query = OccurrenceQuery(filters=tuple(filters))
    assert OccurrenceQuery.from_json(query.to_json()).filters == tuple(filters)


def read_image(name):
    image = ImageClient(FakeTransport(body(name)), PORTAL).image("1")
    assert (image.id, image.data_resource_uid, image.licence) == ("1", "dr893", "")


def read_reasons(name):
    reasons = LoggerClient(FakeTransport(body(name)), PORTAL).reasons()
    assert reasons == (FALLBACK_REASONS if "_ala" in name else FALLBACK_REASONS[:1])


def read_sources(name):
    sources = tuple(map(parse_source, sample(name)))
    assert sources[-1].name in ("ALA", "IMAGE_VIEWED")


READERS = {
    "occurrences/bie_childConcepts_ala.json": read_children,
    "occurrences/bie_species_ala.json": read_species,
    "occurrences/doc_bie_search_auto.json": read_suggestions,
    "occurrences/doc_collectory_citations.json": read_citations,
    "occurrences/doc_dq_categories.json": read_categories,
    "occurrences/doc_dq_data_profile.json": read_profiles,
    "occurrences/doc_dq_data_profiles.json": read_profiles,
    "occurrences/doc_dq_findAllEnabledCategories.json": read_categories,
    "occurrences/doc_dq_getEnabledQualityFilters.json": read_filters,
    "occurrences/doc_image_details.json": read_image,
    "occurrences/doc_logger_events.json": read_sources,
    "occurrences/doc_logger_reasons.json": read_reasons,
    "occurrences/doc_logger_sources.json": read_sources,
    "occurrences/doc_occurrence_record.json": read_record,
    "occurrences/doc_occurrences_search.json": read_search,
    "occurrences/facets_missing_bucket_check.json": read_years,
    "occurrences/facets_values_flimit3_ala.json": read_facets,
    "occurrences/facets_year_100_ala.json": read_facets,
    "occurrences/index_fields_ala.json": read_index_fields,
    "occurrences/logger_reasons_ala.json": read_reasons,
    "occurrences/namematching_getByTaxonID_ala.json": read_match,
    "occurrences/namematching_getByTaxonID_invalid_ala.json": read_miss,
    "occurrences/namematching_searchByClassification_ala.json": read_match,
    "occurrences/namematching_search_ala.json": read_match,
    "occurrences/namematching_search_invalid_ala.json": read_miss,
    "occurrences/offline_status_finished_ala_2017.json": read_download,
    "occurrences/search_count_ala_httptest2.json": read_count,
    "occurrences/solr_test-data.csv": read_documents,
}
