"""The web GIS's addresses, cross tables and the rest (contract/spatial 7.9, 8, 9)."""

from __future__ import annotations

import csv
import io

import pytest
from werkzeug.test import TestResponse

from tests.portal.geographic import Geographic, opened

HUB = "/spatial-hub"


@pytest.fixture
def gis():
    yield from opened()


def ask(gis: Geographic, path: str, method: str = "GET", **keywords) -> TestResponse:
    return gis.client.open(f"{HUB}{path}", method=method, **keywords)


def test_ping_and_configuration(gis: Geographic):
    assert ask(gis, "/portal/ping", "POST").get_json() == {}
    menu = ask(gis, "/portal/config/menu").get_json()
    tools = {item["open"] for item in next(m for m in menu if m["name"] == "Tools")["items"]}
    assert {"AreaReport", "AooEoo", "phylogeneticDiversity"} <= tools
    gis.world.faults.add(name="spatial.bundled_menu")
    bundled = ask(gis, "/portal/config/menu").get_json()
    tools = {item["open"] for item in next(m for m in bundled if m["name"] == "Tools")["items"]}
    assert not {"AreaReport", "phylogeneticDiversity"} & tools
    assert "resolution" in str(ask(gis, "/portal/config/view").get_json()["AooEoo"])
    assert ask(gis, "/portal/i18n?lang=nl").get_json()["species"] == "Soorten"


def test_a_query_is_stored_by_the_occurrence_service(gis: Geographic):
    body = {"q": "*:*", "fq": ["year:2020"], "wkt": "217"}
    qid = ask(gis, "/portal/q", "POST", json=body).get_json()["qid"]
    stored = gis.client.get(f"/biocache-service/qid/{qid}").get_json()
    assert stored["fqs"] == ["year:2020"]
    assert stored["wkt"].startswith("MULTIPOLYGON(((")


def test_a_map_is_kept_under_a_number(gis: Geographic):
    told = ask(gis, "/portal/sessionCache/0", "POST", json={"layers": []}).get_json()
    assert told["status"] == "saved"
    assert f"{gis.world.base}/spatial-hub?ss=" in told["url"]


def test_a_deep_link_says_what_it_would_show(gis: Geographic):
    page = ask(gis, "?q=Hyla&fq=year%3A2020&fq=month%3A6&layers=cl102&pid=217&ly0.q=%3Cb%3E").text
    for text in ("Hyla", "year:2020", "month:6", "cl102", "217"):
        assert f"<td>{text}</td>" in page
    assert "<td>&lt;b&gt;</td>" in page
    assert ask(gis, "/?silent=true").text == "<html>isLoggedOut</html>"


def test_quirk_03_the_hub_ignores_bearers(gis: Geographic):
    bearer = gis.bearer("admin")
    for path, method in (("/portal/postAreaWkt", "POST"), ("/portal/postTask", "POST")):
        answer = ask(gis, path, method, headers=bearer)
        assert (answer.status_code, answer.get_json()) == (401, {"error": "not permitted"})
    answer = ask(gis, "/portal/session/1", headers=bearer)
    assert (answer.status_code, answer.get_json()) == (403, {"error": "Login required!"})
    assert ask(gis, "/portal/sessions", headers=bearer).get_json() == []


def test_quirk_04_the_portals_cookie_leads_to_the_sign_in(gis: Geographic):
    gis.client.set_cookie("VBP-AUTH", "1")
    try:
        answer = ask(gis, "/portal/config/menu")
        kept = ask(gis, "/portal/q", "POST", json={"q": "*:*"})
    finally:
        gis.client.delete_cookie("VBP-AUTH")
    assert answer.status_code == 302
    assert "/realms/vbp/" in answer.headers["Location"]
    assert kept.status_code == 200


def test_the_proxy_reaches_only_spatial_service(gis: Geographic):
    refused = ask(gis, "/portal/proxy?url=https://example.org/")
    assert (refused.status_code, refused.get_json()) == (401, {"error": "url not permitted"})
    url = f"{gis.world.base}/spatial-service/object/217"
    assert ask(gis, f"/portal/proxy?url={url}").get_json()["name"] == "Gent"


def test_cross_tables(gis: Geographic):
    pairs = gis.json("/tabulations.json")
    assert {"fid1": "cl100", "fid2": "cl101", "name1": "Gemeenten", "name2": "Provincies"} in pairs
    rows = gis.json("/tabulation/data/cl101/cl10093/tabulation.json")
    heath = next(row for row in rows if row["name2"] == "Kalmthoutse heide")
    assert heath["name1"] == "Antwerpen"
    assert heath["area"] == pytest.approx(32.98, rel=0.01)
    assert heath["species"] <= min(heath["speciest1"], heath["speciest2"], heath["occurrences"])
    matrix = gis.json("/tabulation/occurrences/cl101/cl10093/tabulation.json")
    assert matrix["Kalmthoutse heide"]["Antwerpen"] == heath["occurrences"]
    total = matrix["Total occurrences"]["Total occurrences"]
    assert total == sum(row["occurrences"] for row in rows)


def test_a_cross_table_as_csv_ends_with_remarks(gis: Geographic):
    answer = gis.get("/tabulation/area/cl101/cl10093/tabulation.csv")
    assert answer.content_type.startswith("text/comma-separated-values")
    table = list(csv.reader(io.StringIO(answer.text)))
    assert table[0][0] == "Area (square kilometres)"
    assert table[0][-1] == "Total area"
    assert table[-1] == ["0 = no records in intersection"]
    assert "" in next(row for row in table if row and row[0] == "De Maten")


def test_quirk_15_what_never_works(gis: Geographic):
    assert (
        gis.get("/tabulation/single/cl100", wkt="POLYGON((3 51,4 51,4 52,3 51))").status_code == 404
    )
    assert gis.get("/tabulation/cl100/217").status_code == 404
    path = "/tabulation/area/cl101/cl10093/tabulation.json"
    assert gis.get(path, wkt="POLYGON((3 51,4 51,4 52,3 51))").status_code == 500


def test_quirk_18_no_expert_ranges(gis: Geographic):
    for path in ("/distributions", "/checklists", "/tracks", "/distribution/lsids/https:/a/b"):
        assert gis.json(path) == []
    assert gis.get("/distribution/1").status_code == 404


def test_quirk_15_the_log_tells_one_record(gis: Geographic):
    assert gis.post("/log", user=None, json={"data": {}}).status_code == 401
    for category in ("Area", "Tool", "Tool"):
        assert gis.post("/log", json={"data": {"category2": category}}).get_json() == {}
    assert gis.post("/log", json={}).status_code == 400
    path, bearer = "/spatial-service/log/search", gis.bearer()
    assert gis.client.get(path, headers=bearer).status_code == 500
    told = gis.client.get(f"{path}?groupBy=category2&countBy=record", headers=bearer).get_json()
    assert told == {"records": [{"category2": "Area", "record": 1}], "totalCount": 2}
