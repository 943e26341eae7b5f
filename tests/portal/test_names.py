"""The demo portal's taxonomy and name matching: contract/occurrences 5.2, recorded shapes."""

from __future__ import annotations

import time

import pytest
from flask.testing import FlaskClient

from demo.portal.data import taxa
from tests.portal.names_double import client, key_of, sample, world

__all__ = ["client", "world"]


def search(client: FlaskClient, name: str) -> dict:
    answer = client.get("/namematching/api/search", query_string={"q": name})
    assert answer.status_code == 200
    return answer.get_json()


# The taxonomy


def test_the_taxonomy_is_one_consistent_tree():
    rows = taxa.numbered(taxa.load())
    by_key = {taxon.key: taxon for taxon in rows}
    assert len(by_key) == len(rows)
    seen: set[str] = set()
    for taxon in rows:
        assert taxon.key.isdigit()
        assert taxon.parent_key is None or taxon.parent_key in seen, "a parent stands before it"
        seen.add(taxon.key)
        if taxon.accepted_key:
            assert (taxon.lft, taxon.rgt) == (
                by_key[taxon.accepted_key].lft,
                by_key[taxon.accepted_key].rgt,
            )
        elif taxon.parent_key:
            parent = by_key[taxon.parent_key]
            assert parent.lft < taxon.lft <= taxon.rgt <= parent.rgt
            assert parent.rank_id < taxon.rank_id
            assert getattr(taxon, "class_" if parent.rank == "class" else parent.rank) == (
                parent.scientific_name
            )


def test_the_taxonomy_has_the_species_that_the_portal_is_used_for():
    rows = [taxon for taxon in taxa.load() if taxon.rank == "species" and not taxon.accepted_key]
    assert len(rows) >= 170
    assert sum(taxon.class_ == "Aves" for taxon in rows) >= 40
    assert sum("Plants" in taxon.species_groups for taxon in rows) >= 40
    assert all(taxon.vernacular_nl and taxon.vernacular_en for taxon in rows)
    keys = {taxon.scientific_name: taxon.key for taxon in rows}
    assert keys["Alytes obstetricans"] == "2426612"
    assert keys["Oryctolagus cuniculus"] == "2436940"
    assert keys["Vulpes vulpes"] == "5219243"


# Name matching


def test_an_exact_match_has_the_recorded_members_in_their_order(client):
    recorded = sample("namematching_search_ala.json")
    ours = search(client, "Drosera intermedia")
    assert list(ours) == [key for key in recorded if key != "speciesSubgroup"]
    for key, value in ours.items():
        assert type(value) is type(recorded[key]), key


def test_a_taxon_id_match_has_no_name_type(client):
    recorded = sample("namematching_getByTaxonID_ala.json")
    ours = client.get("/namematching/api/getByTaxonID?taxonID=2427609").get_json()
    assert list(ours) == [key for key in recorded if key != "speciesSubgroup"]
    assert ours["matchType"] == recorded["matchType"] == "taxonIdMatch"


@pytest.mark.parametrize(
    ("name", "accepted", "kind"),
    [
        ("Hyla arborea", "Hyla arborea", "exactMatch"),
        ("hyla  arborea", "Hyla arborea", "exactMatch"),
        ("Hyla arborea (Linnaeus, 1758)", "Hyla arborea", "exactMatch"),
        ("Hyla arborea L.", "Hyla arborea", "canonicalMatch"),
        ("Hila arborea", "Hyla arborea", "fuzzyMatch"),
        ("Hyla arboreaa", "Hyla arborea", "fuzzyMatch"),
        ("boomkikker", "Hyla arborea", "vernacularMatch"),
        ("European Tree Frog", "Hyla arborea", "vernacularMatch"),
        ("2427609", "Hyla arborea", "taxonIdMatch"),
        ("Rana nonsensica", "Rana", "higherMatch"),
        ("Rana catesbeiana Shaw, 1802", "Lithobates catesbeianus", "exactMatch"),
        ("Vespa velutina nigrithorax", "Vespa velutina nigrithorax", "exactMatch"),
        ("Vespa velutina subsp. nigrithorax", "Vespa velutina nigrithorax", "exactMatch"),
    ],
)
def test_how_a_name_is_matched(client, name, accepted, kind):
    found = search(client, name)
    assert (found["success"], found["scientificName"], found["matchType"]) == (True, accepted, kind)


def test_a_synonym_is_silently_replaced(client):
    found = search(client, "Inachis io")
    assert found["scientificName"] == "Aglais io"
    assert found["synonymType"] == "SYNONYM"
    kept = client.get(f"/namematching/api/getByTaxonID?taxonID={key_of('Inachis io')}").get_json()
    assert kept["scientificName"] == "Inachis io"
    followed = client.get(
        f"/namematching/api/getByTaxonID?taxonID={key_of('Inachis io')}&follow=true"
    ).get_json()
    assert followed["scientificName"] == "Aglais io"


def test_a_miss_says_no_issue_and_an_unknown_id_says_no_match(client):
    assert search(client, "bad_term") == sample("namematching_search_invalid_ala.json")
    unknown = client.get("/namematching/api/getByTaxonID?taxonID=1234").get_json()
    assert unknown == sample("namematching_getByTaxonID_invalid_ala.json")


def test_a_homonym_needs_its_kingdom(client):
    path = "/namematching/api/searchByClassification"
    assert search(client, "Oenanthe") == {"success": False, "issues": ["homonym"]}
    plant = client.get(f"{path}?scientificName=Oenanthe&kingdom=Plantae").get_json()
    assert (plant["family"], plant["matchType"]) == ("Apiaceae", "exactMatch")
    hinted = client.post(
        path, json={"scientificName": "Oenanthe", "hints": {"kingdom": ["Animalia"]}}
    ).get_json()
    assert hinted["family"] == "Muscicapidae"
    by_author = search(client, "Oenanthe L.")
    assert by_author["kingdom"] == "Plantae"


def test_the_query_says_class_and_the_body_says_clazz(client):
    path = "/namematching/api/searchByClassification"
    wrong_class = {"scientificName": "Prunella", "class": "Aves"}
    assert client.get(path, query_string=wrong_class).get_json()["classs"] == "Aves"
    assert client.post(path, json=wrong_class).get_json()["issues"] == ["homonym"]
    right = {"scientificName": "Prunella", "clazz": "Aves"}
    assert client.post(path, json=right).get_json()["classs"] == "Aves"
    assert client.get(path, query_string=right).get_json()["issues"] == ["homonym"]


def test_a_name_in_another_classification_is_a_miss(client):
    answer = client.get(
        "/namematching/api/searchByClassification?scientificName=Hyla arborea&kingdom=Plantae"
    )
    assert answer.get_json()["success"] is False


def test_a_genus_alone_is_matched_as_recorded(client):
    recorded = sample("namematching_searchByClassification_ala.json")
    ours = client.get("/namematching/api/searchByClassification?genus=Vespa&kingdom=Animalia")
    assert ours.get_json()["matchType"] == recorded["matchType"]
    assert ours.get_json()["rank"] == recorded["rank"] == "genus"


def test_loose_matching_is_off_unless_asked(client):
    path = "/namematching/api/searchByClassification"
    assert client.post(path, json={"scientificName": "boomkikker"}).get_json()["success"] is False
    loose = client.post(path, json={"scientificName": "boomkikker", "loose": True}).get_json()
    assert loose["matchType"] == "vernacularMatch"


def test_ten_thousand_names_are_matched_in_a_moment(client):
    body = [{"scientificName": f"Fictus nummer{number}"} for number in range(9_998)]
    body += [None, {"scientificName": "Bufo bufo", "clazz": "Amphibia"}]
    start = time.perf_counter()
    answer = client.post("/namematching/api/searchAllByClassification", json=body).get_json()
    assert time.perf_counter() - start < 5
    assert len(answer) == 10_000
    assert answer[-2] is None
    assert answer[-1]["taxonConceptID"] == "5217160"
    assert not any(found["success"] for found in answer[:9_998])


def test_the_bodies_it_cannot_read_and_the_paths_it_does_not_know(client):
    for path in ("searchByClassification", "searchAllByClassification", "getGuidsForTaxa"):
        answer = client.post(f"/namematching/api/{path}", data="{", content_type="application/json")
        assert answer.status_code == 400
        assert answer.get_json() == {"code": 400, "message": "Unable to process JSON"}
    unknown = client.get("/namematching/api/nothing")
    assert unknown.status_code == 404
    assert unknown.get_json() == {"code": 404, "message": "HTTP 404 Not Found"}


def test_the_small_calls(client):
    api = "/namematching/api"
    assert client.get(f"{api}/check?name=Oenanthe&rank=genus").text == "false"
    assert client.get(f"{api}/check?name=Hyla arborea&rank=species").text == "true"
    assert client.get(f"{api}/check?name=Nihil").status_code == 204
    assert client.get(f"{api}/check?name=Hyla&rank=nonsense").status_code == 500
    assert client.get(f"{api}/searchForLSID?name=Hyla arborea").text == "2427609"
    assert client.get(f"{api}/searchForLsidById?id=2427609").text == "2427609"
    assert client.get(f"{api}/searchForLSID?name=Nihil").status_code == 204
    assert client.get(f"{api}/getNameByTaxonID?taxonID=2427609").text == "Hyla arborea"
    assert client.get(f"{api}/getCommonNamesForLSID?lsid=2427609&max=1").get_json() == [
        "boomkikker"
    ]
    ids = client.post(f"{api}/getGuidsForTaxa", json=["Hyla arborea", "Nihil"]).get_json()
    assert ids == ["2427609", None]
    both = client.post(f"{api}/getAllByTaxonID?taxonIDs=2427609&taxonIDs=1234").get_json()
    assert [item["success"] for item in both] == [True, False]
    vernacular = client.get(f"{api}/searchByVernacularName?vernacularName=konijn").get_json()
    assert vernacular["taxonConceptID"] == "2436940"
    suggestions = client.get(f"{api}/autocomplete?q=vespa&max=3").get_json()
    assert suggestions[0]["match"] == "scientificName"
    assert suggestions[0]["rank"].isupper()
