"""Every recorded answer, read by the client that reads its service.

The recordings lie beside the project; where they are not, these tests are skipped. A recording
that nobody reads fails, unless it is listed here with the reason why.
"""

from __future__ import annotations

import pytest

from biodiv_plugin.portal.species_list import parse_list_info
from biodiv_plugin.portal.species_lists import SpeciesListClient
from tests.unit import samples_of_lists, samples_of_occurrences, samples_of_spatial
from tests.unit.fakes import FakeTransport
from tests.unit.samples import PORTAL, SAMPLES, sample

pytestmark = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="the recorded answers do not lie beside the project"
)

READERS = {
    **samples_of_lists.READERS,
    **samples_of_occurrences.READERS,
    **samples_of_spatial.READERS,
}
NOT_READ = {
    "lists/index.md": "tells where the recordings come from",
    "occurrences/index.md": "tells where the recordings come from",
    "spatial/index.md": "tells where the recordings come from",
    "lists/ala_docs_listCommonKeys.json": "the keys of a list are read with its items",
    "lists/ala_biocache_expansion_of_dr456.txt": "what a service asks its index, no answer",
    "lists/vbp_mock_login_claims.json": "claims of a token, read by the sign-in",
    "lists/vbp_userdetails_mock.json": "a service that is no more; its answer is a placeholder",
    "occurrences/assertions_codes_ala.json": "quality remarks are named by the interface",
    "occurrences/doc_autocomplete_search.json": "names are suggested by the index of taxa",
    "occurrences/doc_collectory_entity_collection.json": "a dataset is told by its citation",
    "occurrences/doc_collectory_lookup_summary.json": "a dataset is told by its citation",
    "occurrences/search_grouped_facets_ala_static.json": "legacy names; fields come from the index",
    "spatial/area-report-checklists.csv": "part of a report that is made for reading",
    "spatial/checklists.spatial-service-test.json": "the portal has no checklists of this kind",
    "spatial/distributions.ala-recorded.json": "the portal has no expert distributions",
    "spatial/distributions.spatial-service-test.json": "the portal has no expert distributions",
    "spatial/tabulation-area.csv": "an overlap of two layers is made in QGIS",
    "spatial/tabulation-data.spatial-service-test.json": "an overlap of two layers is made in QGIS",
    "spatial/tabulation-species.json": "an overlap of two layers is made in QGIS",
}


@pytest.mark.parametrize("name", sorted(READERS))
def test_a_recorded_answer_is_read(name):
    READERS[name](name)


def test_no_recorded_answer_is_forgotten():
    found = {str(path.relative_to(SAMPLES)) for path in SAMPLES.rglob("*") if path.is_file()}
    assert found - READERS.keys() == NOT_READ.keys()
    assert READERS.keys() <= found


def test_the_list_parser_reads_the_same_alone_and_in_an_index():
    alone = sample("lists/ala_speciesList_dr1266_v2017.json")
    index = {"listCount": 1, "lists": [alone]}
    client = SpeciesListClient(FakeTransport(index), PORTAL)
    assert client.all() == (parse_list_info(alone),)
