"""The demo portal's names: contract/occurrences 5, its quirks and the recorded shapes."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from demo.portal import names
from demo.portal.data import taxa
from demo.portal.world import World

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "contract" / "samples" / "occurrences"


@pytest.fixture
def world(tmp_path) -> World:
    return World("http://127.0.0.1:9", tmp_path)


@pytest.fixture
def client(world) -> FlaskClient:
    app = Flask("names")
    app.register_blueprint(names.blueprint(world))
    return app.test_client()


def sample(name: str):
    if not (SAMPLES / name).exists():
        pytest.skip(f"the recorded answers are not here: {SAMPLES / name}")
    return json.loads((SAMPLES / name).read_text(encoding="utf-8"))


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
    kept = client.get(f"/namematching/api/getByTaxonID?taxonID={_key_of('Inachis io')}").get_json()
    assert kept["scientificName"] == "Inachis io"
    followed = client.get(
        f"/namematching/api/getByTaxonID?taxonID={_key_of('Inachis io')}&follow=true"
    ).get_json()
    assert followed["scientificName"] == "Aglais io"


def _key_of(name: str) -> str:
    return next(taxon.key for taxon in taxa.load() if taxon.scientific_name == name)


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


# The index behind the search box


def test_suggestions_are_shaped_as_documented(client):
    documented = sample("doc_bie_search_auto.json")["autoCompleteList"][0]
    found = client.get("/bie-index/search/auto.json?q=konijn").get_json()["autoCompleteList"]
    assert {key: type(value) for key, value in found[0].items()} == {
        key: type(value) for key, value in documented.items()
    }
    assert found[0]["commonNameMatches"] == ["<b>konijn</b>"]
    assert found[0]["scientificNameMatches"] == []


def test_the_same_taxon_is_suggested_once_per_name(client):
    found = client.get("/bie-index/search/auto?q=hoornaar").get_json()["autoCompleteList"]
    assert {item["name"] for item in found} >= {"Vespa velutina", "Vespa velutina nigrithorax"}
    frogs = client.get("/bie-index/auto?q=hyl").get_json()["autoCompleteList"]
    assert {item["name"] for item in frogs} >= {"Hyla", "Hyla arborea", "Hylidae"}
    twice = client.get("/bie-index/search/auto?q=io&limit=200").get_json()["autoCompleteList"]
    assert [item["matchedNames"] for item in twice if item["guid"] == "4535827"] == [
        ["Aglais io"],
        ["Inachis io"],
    ]


def test_suggestions_obey_limit_and_kingdom(client):
    path = "/bie-index/search/auto"
    assert len(client.get(f"{path}?q=a&limit=3").get_json()["autoCompleteList"]) == 3
    plants = client.get(f"{path}?q=oenanthe&kingdom=Plantae").get_json()["autoCompleteList"]
    assert {item["name"] for item in plants} == {"Oenanthe", "Oenanthe aquatica"}
    assert client.get(f"{path}?q=a&limit=x").status_code == 500
    assert client.get(f"{path}?q=a&idxType=DATASET").get_json() == {"autoCompleteList": []}


def test_common_names_follow_the_language(client):
    path = "/bie-index/search/auto?q=Oryctolagus cuniculus"
    english = client.get(path, headers={"Accept-Language": "en"}).get_json()
    assert english["autoCompleteList"][0]["commonName"] == "European Rabbit"
    assert client.get(path).get_json()["autoCompleteList"][0]["commonName"] == "konijn"


def test_an_index_that_is_down_answers_200(client, world):
    world.faults.add(name="bie.down")
    auto = client.get("/bie-index/search/auto?q=a")
    found = client.get("/bie-index/search?q=a")
    assert auto.status_code == found.status_code == 200
    assert auto.get_json()["autoCompleteList"] == []
    assert auto.get_json()["error"]
    assert found.get_json()["indexServer"] is None
    assert "searchResults" not in found.get_json()


def test_a_search_with_a_syntax_error_answers_200(client):
    answer = client.get('/bie-index/search?q="Hyla')
    assert answer.status_code == 200
    assert answer.get_json()["error"].startswith("Error from server")


def test_a_search_keeps_nulls_and_escapes_closing_tags(client):
    answer = client.get("/bie-index/search?q=Hyla arborea&fq=idxtype:TAXON&facets=rank,kingdom")
    assert "<\\u002fspan>" in answer.text
    result = answer.get_json()["searchResults"]
    first = result["results"][0]
    assert first["guid"] == "2427609"
    assert first["nomenclaturalStatus"] is None
    assert first["commonName"] == "boomkikker, European Tree Frog"
    assert first["class"] == "Amphibia"
    assert first["classGuid"] == "131"
    assert {facet["fieldName"] for facet in result["facetResults"]} == {"rank", "kingdom"}
    assert all(item["idxtype"] == "TAXON" for item in result["results"])


def test_a_search_without_a_filter_also_finds_common_names(client):
    found = client.get("/bie-index/search?q=boomkikker").get_json()["searchResults"]["results"]
    common = [item for item in found if item["idxtype"] == "COMMON"]
    assert common[0]["taxonGuid"] == "2427609"
    assert common[0]["taxonScientificName"] == "Hyla arborea"


def test_a_search_pages_and_zero_means_ten(client):
    def page(**args) -> list:
        args = {"q": "*:*", "fq": "idxtype:TAXON", **args}
        answer = client.get("/bie-index/search", query_string=args).get_json()["searchResults"]
        assert answer["totalRecords"] == len(taxa.load())
        return [item["id"] for item in answer["results"]]

    assert len(page(pageSize=0)) == 10
    assert page(pageSize=4)[2:] == page(pageSize=2, start=2)
    fields = client.get("/bie-index/search?q=Hyla&fields=guid,name").get_json()["searchResults"]
    assert list(fields["results"][0]) == ["guid", "name"]


def test_a_synonym_in_a_search_carries_the_accepted_guid(client):
    found = client.get("/bie-index/search?q=Inachis io&fq=idxtype:TAXON").get_json()
    first = found["searchResults"]["results"][0]
    assert (first["name"], first["guid"], first["acceptedConceptName"]) == (
        "Inachis io",
        "4535827",
        "Aglais io",
    )


def test_a_taxon_page_has_the_recorded_members(client):
    recorded = sample("bie_species_ala.json")
    ours = client.get("/bie-index/species/2427609.json").get_json()
    assert list(ours) == [key for key in recorded if key != "linkIdentifier"]
    assert list(ours["taxonConcept"]) == list(recorded["taxonConcept"])
    assert ours["classification"]["classGuid"] == "131"
    assert [name["language"] for name in ours["commonNames"]] == ["nl", "en"]
    fungus = client.get("/bie-index/taxon/5").get_json()
    assert list(fungus["classification"]) == list(recorded["classification"])


def test_a_taxon_page_redirects_to_the_accepted_id(client):
    by_name = client.get("/bie-index/species/Hyla arborea")
    assert by_name.status_code == 301
    assert by_name.headers["Location"].endswith("/bie-index/species/2427609")
    synonym = client.get(f"/bie-index/species/{_key_of('Inachis io')}")
    assert synonym.headers["Location"].endswith("/bie-index/species/4535827")
    assert client.get("/bie-index/species/nihil").status_code == 404
    assert client.get("/bie-index/species").status_code == 400


def test_children_and_classification(client):
    recorded = sample("bie_childConcepts_ala.json")[0]
    children = client.get("/bie-index/childConcepts/1311477").get_json()
    assert [child["guid"] for child in children] == ["6247411"]
    assert list(children[0]) == list(recorded)
    line = client.get("/bie-index/classification/6247411").get_json()
    assert [taxon["rank"] for taxon in line][::7] == ["kingdom", "subspecies"]
    assert client.get("/bie-index/classification/nihil").status_code == 404


def test_bulk_look_up_by_name_is_aligned(client):
    names = ["Vulpes vulpes", "konijn", "nihil"]
    plain = client.post("/bie-index/species/lookup/bulk", json={"names": names}).get_json()
    assert [item.get("guid") for item in plain] == ["5219243", None, None]
    assert plain[2] == {}
    both = client.post(
        "/bie-index/species/lookup/bulk", json={"names": names, "vernacular": True}
    ).get_json()
    assert [item.get("guid") for item in both] == ["5219243", "2436940", None]


def test_bulk_look_up_by_id_loses_everything_for_one_block_without_a_hit(client):
    path = "/bie-index/species/guids/bulklookup"
    mixed = client.post(path, json=["2436940", "0"]).get_json()["searchDTOList"]
    assert mixed[0]["commonNameSingle"] == "konijn"
    assert mixed[1] is None
    lost = client.post(path, json=["2436940"] * 20 + ["0"] * 20).get_json()
    assert lost == {"searchDTOList": []}


def test_ids_by_name(client):
    assert client.get("/bie-index/guid/Inachis io").get_json()[0]["acceptedIdentifier"] == "4535827"
    assert client.get("/bie-index/guid/nihil").status_code == 404
    batch = client.get("/bie-index/guid/batch?q=Hyla arborea&q=nihil").get_json()
    assert batch["nihil"] == []
    assert batch["Hyla arborea"][0]["identifier"] == "2427609"


def test_profile_download_and_lists(client):
    profile = client.get("/bie-index/species/shortProfile/2427609").get_json()
    assert profile["commonName"] == "boomkikker"
    assert "proxyImageThumbnail" in profile["thumbnail"]
    assert "thumbnail" not in client.get("/bie-index/species/shortProfile/5").get_json()
    table = client.get("/bie-index/download?q=Hyla&fields=guid,scientificName")
    assert table.content_type.startswith("text/csv")
    assert table.text.splitlines()[0] == '"guid","scientificName"'
    assert client.get("/bie-index/download").status_code == 400
    assert {"rank": "species", "rankID": 7000} in client.get("/bie-index/ranks").get_json()
    assert client.get("/bie-index/indexFields").get_json()
    assert client.get("/bie-index/ws/subgroups").get_json()
