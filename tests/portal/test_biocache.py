"""The demo portal's occurrence service, quirk by quirk (contract/occurrences 1, 7 and 8)."""

from __future__ import annotations

from tests.portal.occurrence_index import facet, sample

HYLA = "2427609"


# --- the answer of a search


def test_an_answer_has_the_keys_of_the_service_in_their_order(service):
    answer = service.search(q="Hyla arborea", pageSize=3)
    expected = list(sample("doc_occurrences_search.json"))
    assert list(answer) == expected
    known = set(sample("doc_occurrences_search.json")["occurrences"][0])
    record = set(answer["occurrences"][0])
    assert {"uuid", "taxonConceptID", "classs", "namesLsid", "point00001", "left"} <= record & known


def test_types_are_as_treacherous_as_the_services_own(service):
    record = service.search(q="lsid:2427609", fq=["month:6", "spatiallyValid:true"], pageSize=1)
    found = record["occurrences"][0]
    assert found["month"] == "06"
    assert isinstance(found["eventDate"], int)
    assert found["eventDate"] > 10**11  # milliseconds
    assert found["geospatialKosher"] == "true"
    assert found["spatiallyValid"] is True
    assert found["classs"] == "Amphibia"
    assert found["taxonConceptID"] == HYLA
    assert found["otherProperties"] == {}


def test_what_is_null_is_left_out(service):
    (found,) = service.search(q="-decimalLatitude:* -_nest_parent_:*", pageSize=1)["occurrences"]
    assert "decimalLatitude" not in found
    assert "latLong" not in found
    assert None not in found.values()


def test_fields_beyond_the_mapped_ones_stand_apart(service):
    fields = "id,scientificName,occurrenceStatus,gridReference,individualCount"
    q = "gridReference:* individualCount:*"
    found = service.search(q=q, fl=fields, pageSize=1)["occurrences"][0]
    assert set(found) == {"uuid", "scientificName", "gridReference", "otherProperties"}
    assert set(found["otherProperties"]) == {"occurrenceStatus", "individualCount"}


def test_a_post_form_does_what_a_query_does_in_any_letter_case(service):
    by_form = service.post("/occurrences/search", Q="lsid:131", FQ="year:2020", pagesize="0")
    assert by_form.json["totalRecords"] == service.count("lsid:131", fq="year:2020") > 0


def test_the_question_is_repeated_form_encoded(service):
    answer = service.search(q="*:*", fq=["year:2018", 'state:"Limburg"'], pageSize=0)
    assert answer["query"] == "?q=*%3A*&fq=year%3A2018&fq=state%3A%22Limburg%22"
    assert answer["urlParameters"] == answer["query"]
    assert answer["queryTitle"] == "[all records]"
    assert answer["activeFacetMap"]["year"]["value"] == "2018"
    assert answer["activeFacetObj"]["year"][0]["value"] == "year:2018"


def test_filters_on_one_field_overwrite_each_other_in_the_map_only(service):
    answer = service.search(fq=["year:[2000 TO *]", "year:[* TO 2010]", "(lsid:131)"], pageSize=0)
    assert answer["activeFacetMap"]["year"]["value"] == "[* TO 2010]"
    assert len(answer["activeFacetObj"]["year"]) == 2
    assert "(lsid" in answer["activeFacetMap"]


def test_a_taxon_in_the_title_is_html(service):
    title = service.search(q="lsid:2427609", pageSize=0)["queryTitle"]
    assert title == "<span class='lsid' id='2427609'>species: Hyla arborea</span>"


def test_no_match_is_an_empty_answer(service):
    answer = service.search(q="year:1700", facets="year,month")
    assert answer["totalRecords"] == 0
    assert answer["occurrences"] == answer["facetResults"] == []
    assert answer["activeFacetMap"] == {}


# --- paging


def test_beyond_five_thousand_records_there_is_nothing_and_no_error(service):
    beyond = service.search(start=5000, pageSize=10, facet="false")
    assert (beyond["pageSize"], beyond["startIndex"], beyond["occurrences"]) == (0, 0, [])
    assert beyond["totalRecords"] == service.count()
    last = service.search(start=4990, pageSize=100, fl="id", facet="false")
    assert (last["pageSize"], len(last["occurrences"])) == (10, 10)


def test_pages_in_the_order_of_an_id_hold_each_record_once(service):
    ids = []
    for start in range(0, 300, 100):
        page = service.search(q="lsid:131", start=start, pageSize=100, sort="id", fl="id")
        ids += [record["uuid"] for record in page["occurrences"]]
    assert len(set(ids)) == 300
    assert ids == sorted(ids)
    turned = service.search(q="lsid:131", pageSize=1, sort="id", dir="desc", fl="id")
    assert turned["occurrences"][0]["uuid"] > ids[-1]


def test_without_an_order_pages_may_overlap(service):
    service.world.faults.add(name="biocache.unstable_order")
    ids = []
    for start in range(0, 300, 50):
        page = service.search(start=start, pageSize=50, fl="id", facet="false")
        ids += [record["uuid"] for record in page["occurrences"]]
    assert len(set(ids)) < len(ids)


# --- facets


def test_labels_are_not_values_and_the_missing_come_last(service):
    items = facet(service.search(facets="basisOfRecord", pageSize=0), "basisOfRecord")
    assert items[0]["label"] == "Human observation"
    assert items[0]["fq"] == 'basisOfRecord:"HUMAN_OBSERVATION"'
    assert items[0]["i18nCode"] == "basisOfRecord.HUMAN_OBSERVATION"
    assert items[-1]["label"] == "Not supplied"
    for item in items:
        assert service.count(fq=item["fq"]) == item["count"]


def test_the_missing_do_not_count_for_the_limit(service):
    items = facet(service.search(facets="municipality", flimit=3, pageSize=0), "municipality")
    assert len(items) == 4
    counts = [item["count"] for item in items[:3]]
    assert counts == sorted(counts, reverse=True)


def test_several_values_of_a_record_count_each(service):
    answer = service.search(q=f"lsid:{HYLA}", facets=["speciesGroup", "dataResourceUid"])
    groups = {item["label"]: item["count"] for item in facet(answer, "speciesGroup")}
    assert groups["Animals"] == groups["Amphibians"] == answer["totalRecords"]
    names = {item["fq"]: item["label"] for item in facet(answer, "dataResourceUid")}
    assert names['dataResourceUid:"dr104"'] == "Meetnetten.be - Amfibieën"


def test_one_text_of_facets_is_cut_at_commas_and_at_thirty(service):
    answer = service.search(facets="year,month", pageSize=0)
    assert [f["fieldName"] for f in answer["facetResults"]] == ["year", "month"]
    many = [f"cl{n}" for n in (100, 101, 102)] * 12
    assert len(service.search(facets=many, pageSize=0)["facetResults"]) == 30


def test_facets_can_be_sought_sorted_and_paged(service):
    def values(**query):
        answer = service.search(facets="family", pageSize=0, **query)
        return [item["label"] for item in facet(answer, "family") if item["label"][0] != "N"]

    assert values(fprefix="Hy") and all(v.startswith("Hy") for v in values(fprefix="Hy"))
    assert all("lid" in v for v in values(fcontains="lid"))
    ordered = values(fsort="index", flimit=-1)
    assert ordered == sorted(ordered)
    assert values(fsort="index", flimit=2, foffset=1) == ordered[1:3]


def test_the_filter_on_a_facet_can_be_left_out_of_its_counts(service):
    query = {"q": "lsid:131", "fq": ["year:2020", "month:[4 TO 6]"], "flimit": -1, "pageSize": 0}
    answer = service.search(facets="year,month", includeUnfilteredFacetValues="true", **query)
    years = {item["label"]: item["count"] for item in facet(answer, "year")}
    assert years["2019"] == service.count("lsid:131", fq=["year:2019", "month:[4 TO 6]"]) > 0
    assert len(facet(answer, "month")) > 3
    usual = service.search(facets="year,month", **query)
    assert [item["label"] for item in facet(usual, "year")] == ["2020"]


def test_ranges_count_from_up_to(service):
    query = {"facetRanges": "year", "facetRangeStart": 2000, "facetRangeEnd": 2020}
    items = facet(service.search(facetRangeGap=10, pageSize=0, **query), "year")
    assert [item["label"] for item in items] == ["[2000 TO 2009]", "[2010 TO 2019]"]
    assert "fq" not in items[0]
    assert items[0]["count"] == service.count("year:[2000 TO 2009]")
    dates = {"facetRangeStart": "2019-01-01T00:00:00Z", "facetRangeEnd": "2021-01-01T00:00:00Z"}
    answer = service.search(facetRanges="eventDate", facetRangeGap="+1YEAR", pageSize=0, **dates)
    assert [item["count"] for item in facet(answer, "eventDate")] == [
        service.count("eventDate:[2019-01-01T00:00:00Z TO 2019-12-31T23:59:59Z]"),
        service.count("eventDate:[2020-01-01T00:00:00Z TO 2020-12-31T23:59:59Z]"),
    ]


def test_the_bare_facets_are_an_array_with_an_estimate(service):
    answer = service.get("/occurrences/facets", facets="basisOfRecord", flimit=2).json
    assert list(answer[0]) == list(sample("facets_values_flimit3_ala.json")[0])
    assert list(answer[0]["fieldResult"][0]) == ["label", "i18nCode", "count", "fq"]
    assert len(answer[0]["fieldResult"]) == 2  # nothing for those without a value
    assert answer[0]["count"] == 4
    none = service.get("/occurrence/facets", facets=["species"], flimit=0).json
    exact = service.get("/occurrences/facets", facets="species", flimit=-1).json[0]
    assert none[0]["fieldResult"] == []
    assert exact["count"] == len(exact["fieldResult"])
    assert none[0]["count"] != exact["count"]
    assert service.get("/occurrences/facets", q="year:1700", facets="year").json == []
