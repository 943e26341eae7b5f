"""The demo portal's index behind the search box: contract/occurrences 5.1 and its quirks."""

from __future__ import annotations

from demo.portal.data import taxa
from tests.portal.names_double import client, key_of, sample, world

__all__ = ["client", "world"]


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
    synonym = client.get(f"/bie-index/species/{key_of('Inachis io')}")
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
