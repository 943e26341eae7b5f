"""Names: suggestions, profiles and the matching of lists of names."""

from __future__ import annotations

import json

import pytest

from biodiv_plugin.portal import errors
from biodiv_plugin.portal.taxa import NameMatch, NameToMatch, TaxonClient
from biodiv_plugin.portal.taxon import TaxonName
from tests.unit.fakes import HTML, FakeFeedback, FakeTransport, params_of

BIE = "https://portal.test/bie-index"
NAMES = "https://names.test"

FROG = {
    "guid": "2427605",
    "name": "Hyla arborea",
    "commonName": "boomkikker",
    "commonNameMatches": ["<b>Boomkikker</b>"],
    "scientificNameMatches": [],
    "matchedNames": ["Boomkikker"],
    "rankID": 7000,
    "rankString": "species",
    "occurrenceCount": 0,
    "georeferencedCount": 0,
}
MATCH = {
    "success": True,
    "scientificName": "Hyla arborea",
    "taxonConceptID": "2427605",
    "rank": "species",
    "matchType": "exactMatch",
    "kingdom": "Animalia",
    "vernacularName": "boomkikker",
    "issues": ["noIssue"],
    "lft": 13093748,
    "rgt": 13093748,
}


@pytest.fixture()
def portal():
    return FakeTransport({"autoCompleteList": [FROG]})


@pytest.fixture()
def client(portal):
    return TaxonClient(portal, BIE, NAMES + "/")


def test_a_suggestion(client, portal):
    (frog,) = client.suggest("boomk", limit=5)
    assert (frog.key, frog.scientific_name) == ("2427605", "Hyla arborea")
    assert (frog.vernacular_name, frog.rank, frog.matched) == (
        "boomkikker",
        "species",
        ("Boomkikker",),
    )
    assert portal.last.url.startswith(f"{BIE}/search/auto?")
    assert params_of(portal.last) == {"q": ["boomk"], "idxType": ["TAXON"], "limit": ["5"]}
    assert not portal.last.as_user


def test_a_taxon_is_suggested_once_with_all_the_names_that_matched(client, portal):
    again = {**FROG, "commonName": None, "matchedNames": ["Rana arborea"]}
    markup = {"guid": "9", "name": "Hyla", "scientificNameMatches": ["<b>Hyla</b> &amp; co"]}
    portal.answers({"autoCompleteList": [FROG, again, markup]})
    frog, genus = client.suggest("hyla")
    assert frog.matched == ("Boomkikker", "Rana arborea")
    assert frog.vernacular_name == "boomkikker"
    assert genus.matched == ("Hyla & co",)


def test_quirk_05_the_index_of_taxa_fails_with_200(client, portal):
    portal.answers({"autoCompleteList": [], "error": "Solr is away"})
    with pytest.raises(errors.PortalFault, match="Solr is away"):
        client.suggest("a")
    portal.answers({"error": "Unable to execute search", "indexServer": None})
    with pytest.raises(errors.PortalFault):
        client.search("a")


def test_quirk_05_a_miss_comes_with_200(client, portal):
    portal.answers([{"success": False, "issues": ["homonym"]}])
    assert client.match([NameToMatch("Morus")]) == (
        NameMatch("Morus", success=False, issues=("homonym",)),
    )


def test_quirk_14_nulls_are_written_here(client, portal):
    portal.answers({"autoCompleteList": [{"guid": "1", "name": None, "matchedNames": None}]})
    assert client.suggest("a")[0].scientific_name == ""


def test_a_search_with_a_synonym(client, portal):
    result = {
        "guid": "2427605",
        "name": "Rana arborea",
        "scientificName": "Rana arborea",
        "commonName": "boomkikker, Europese boomkikker,boomkikker",
        "commonNameSingle": "boomkikker",
        "acceptedConceptName": "Hyla arborea",
        "taxonomicStatus": "synonym",
        "rank": "species",
        "kingdom": "Animalia",
        "image": "i1",
    }
    portal.answers({"searchResults": {"totalRecords": 40, "results": [result], "queryTitle": "x"}})
    found = client.search("rana", start=20, size=10)
    assert params_of(portal.last)["fq"] == ["idxtype:TAXON"]
    assert found.total == 40
    (frog,) = found.taxa
    assert frog.accepted_name == "Hyla arborea"
    assert frog.vernacular_names == ("boomkikker", "Europese boomkikker")
    assert frog.image_id == "i1"


def test_a_profile(client, portal):
    portal.answers(
        {
            "taxonConcept": {
                "guid": "2427605",
                "parentGuid": "2427601",
                "nameString": "Hyla arborea",
                "author": "(Linnaeus, 1758)",
                "rankString": "species",
                "rankID": 7000,
                "taxonomicStatus": "accepted",
            },
            "classification": {
                "kingdom": "Animalia",
                "kingdomGuid": "1",
                "genus": "Hyla",
                "genusGuid": "2427601",
                "scientificName": "Hyla arborea",
                "guid": "2427605",
            },
            "synonyms": [{"nameString": "Rana arborea", "nameGuid": "5"}],
            "commonNames": [
                {"nameString": "boomkikker", "language": "nl", "priority": 1},
                {"nameString": "European tree frog", "language": "en"},
            ],
            "imageIdentifier": None,
            "conservationStatuses": {"Rode Lijst": {"dr": "dr606", "status": "Bedreigd"}},
        }
    )
    frog = client.species("2427605")
    assert frog.parent_key == "2427601"
    assert frog.classification == (("kingdom", "Animalia", "1"), ("genus", "Hyla", "2427601"))
    assert frog.synonyms == (TaxonName("Rana arborea"),)
    assert frog.vernacular_name() == "boomkikker"
    assert frog.vernacular_name("fr") == ""
    assert frog.conservation == (("Rode Lijst", "Bedreigd"),)
    assert frog.image_id == ""


def test_an_unknown_taxon(client, portal):
    portal.answers(HTML, 404)
    with pytest.raises(errors.NotFound):
        client.species("https://id.test/a b")
    assert portal.last.url == f"{BIE}/species/https%3A%2F%2Fid.test%2Fa%20b"


def test_the_taxa_below(client, portal):
    portal.answers(
        [
            {
                "guid": "8",
                "parentGuid": "7",
                "name": "Vespa velutina nigrithorax",
                "author": None,
                "rank": "subspecies",
                "rankID": 8000,
            }
        ]
    )
    (child,) = client.children("7")
    assert (child.key, child.parent_key, child.rank_id) == ("8", "7", 8000)
    assert params_of(portal.last) == {"within": ["2000"], "unranked": ["true"]}


def test_names_are_matched_in_order(client, portal):
    portal.answers(
        [
            MATCH,
            {**MATCH, "matchType": "higherMatch", "synonymType": "SYNONYM", "issues": ["x"]},
            None,
        ]
    )
    frog, synonym, nothing = client.match(
        [NameToMatch("boomkikker", "Animalia"), NameToMatch("Rana arborea"), NameToMatch("?")]
    )
    assert (frog.success, frog.match_type, frog.key) == (True, "exactMatch", "2427605")
    assert (frog.vernacular_name, frog.kingdom, frog.rank) == ("boomkikker", "Animalia", "species")
    assert not frog.is_synonym
    assert (synonym.is_synonym, synonym.match_type, synonym.issues) == (True, "higherMatch", ("x",))
    assert nothing == NameMatch("?", success=False)
    assert portal.last.url == f"{NAMES}/api/searchAllByClassification"
    assert json.loads(portal.last.body)[0] == {
        "scientificName": "boomkikker",
        "kingdom": "Animalia",
        "loose": True,
    }


def test_keys_among_the_names_go_by_key(client, portal):
    portal.answers_in_turn([[{**MATCH, "matchType": "taxonIdMatch"}], [MATCH]])
    by_name, by_key = client.match([NameToMatch("Hyla arborea"), NameToMatch("2427605")])
    assert (by_name.supplied, by_key.supplied) == ("Hyla arborea", "2427605")
    assert (by_key.match_type, by_name.match_type) == ("taxonIdMatch", "exactMatch")
    asked = portal.requests[0]
    assert (asked.method, asked.body) == ("POST", None)
    assert params_of(asked) == {"taxonIDs": ["2427605"], "follow": ["true"]}


def test_many_names_go_in_blocks_and_can_be_stopped(client, portal):
    portal.answers(lambda request: [MATCH] * len(json.loads(request.body)))
    names = [NameToMatch(f"soort {number}") for number in range(450)]
    feedback = FakeFeedback()
    assert len(client.match(names, feedback)) == 450
    assert [len(json.loads(request.body)) for request in portal.requests] == [200, 200, 50]
    assert feedback.progress[-1] == 100
    portal.requests.clear()
    with pytest.raises(errors.Canceled):
        client.match(names, FakeFeedback(patience=2))
    assert len(portal.requests) == 1


def test_an_answer_of_another_length_is_refused(client, portal):
    portal.answers([MATCH])
    with pytest.raises(errors.UnexpectedAnswer):
        client.match([NameToMatch("a"), NameToMatch("b")])


def test_no_names_ask_nothing(client, portal):
    assert client.match([]) == ()
    assert client.summaries([]) == {}
    assert portal.requests == []


def test_quirk_25_keys_are_digits_as_text(client, portal):
    portal.answers([{**MATCH, "taxonConceptID": 2427605}])
    assert client.match([NameToMatch("a")])[0].key == "2427605"


def test_quirk_26_look_ups_go_by_twenty_and_a_lost_block_loses_no_other(client, portal):
    found = {
        "guid": "0",
        "name": "Hyla",
        "commonNameSingle": "boomkikkers",
        "rank": "genus",
        "thumbnailUrl": "https://x.test/image-service/image/proxyImageThumbnail?imageId=i7",
    }
    portal.answers_in_turn([{"searchDTOList": [found, *[None] * 19]}, {"searchDTOList": []}])
    summaries = client.summaries([str(number) for number in range(25)])
    assert set(summaries) == {"0"}
    assert (summaries["0"].vernacular_name, summaries["0"].image_id) == ("boomkikkers", "i7")
    assert [len(json.loads(request.body)) for request in portal.requests] == [20, 5]


def test_quirk_27_no_issue_is_no_news(client, portal):
    portal.answers([{"success": False, "nameType": "SCIENTIFIC", "issues": ["noIssue"]}])
    (miss,) = client.match([NameToMatch("xyz")])
    assert (miss.success, miss.issues) == (False, ())


def test_names_that_may_be_meant(client, portal):
    portal.answers_in_turn([[], [{"name": "Hyla arborea"}, {"name": "Hyla"}, {"name": "Hyla"}]])
    assert client.suggestions("Hyla arborae") == ("Hyla arborea", "Hyla")
    assert [params_of(request)["q"] for request in portal.requests] == [["Hyla arborae"], ["Hyla"]]
    portal.requests.clear()
    portal.answers([])
    assert client.suggestions("xyz") == ()
    assert len(portal.requests) == 1


def test_a_service_that_is_down(client, portal):
    portal.answers(HTML, 502)
    for call in (
        lambda: client.suggest("a"),
        lambda: client.match([NameToMatch("a")]),
        lambda: client.children("1"),
        lambda: client.suggestions("a"),
    ):
        with pytest.raises(errors.PortalFault):
            call()
