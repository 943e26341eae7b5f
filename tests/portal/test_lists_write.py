"""Writing species lists at the demo portal: contract/lists 2.9 to 2.12, 2.14 and its quirks."""

from __future__ import annotations

import io
import json

import pytest

from demo.portal.lists.expansion import CACHED_SECONDS, Expansions
from tests.portal.lists_double import FULL, WS, Double, double, is_empty, sample

__all__ = ["double"]
BODY = {
    "listName": "Mijn amfibieën",
    "listType": "LOCAL_LIST",
    "description": "Uit QGIS",
    "isPrivate": True,
    "listItems": [
        {"itemName": "Alytes obstetricans", "kvpValues": [{"key": "status", "value": "gezien"}]},
        {"itemName": "Eenhoorn", "kvpValues": [{"key": "status", "value": "niet gezien"}]},
    ],
}


def create(double: Double, name: str = "demo", **more) -> str:
    answer = double.save(name, {**BODY, **more})
    assert answer.status_code == 201, answer.text
    return answer.headers["druid"]


# Creating


def test_quirk_05_a_new_list_answers_201_with_200_in_it_and_one_map_for_all(double: Double):
    published = sample("ala_docs_speciesListPost_response.json")
    answer = double.save("demo", BODY)
    assert answer.status_code == 201
    body = answer.get_json()
    assert list(body) == list(published)
    assert (body["status"], body["message"]) == (200, published["message"])
    assert body["druid"] == answer.headers["druid"]
    assert [list(entry) for entry in body["data"]] == [["guid", "kvps"]] * 2
    assert [entry["guid"] for entry in body["data"]] == ["2426612", None]
    assert [entry["kvps"] for entry in body["data"]] == [{"status": "niet gezien"}] * 2


def test_a_new_list_is_its_makers_and_private_if_so_asked(double: Double):
    druid = create(double)
    assert druid in double.mine("demo")
    assert double.anonymous.get(f"{WS}/speciesList/{druid}").status_code == 401
    own = double.get(f"speciesList/{druid}", double.token("demo"))
    assert (own["listName"], own["itemCount"], own["listType"]) == (
        *(BODY["listName"], 2),
        "LOCAL_LIST",
    )
    public = create(double, isPrivate=False)
    assert double.get(f"speciesList/{public}")["description"] == "Uit QGIS"
    assert public != druid, "each call makes another one"


def test_names_may_be_one_text_cut_at_commas(double: Double):
    assert sample("upstream_test_saveList_v1_request.json")["listItems"] == "item1,item2,item3"
    answer = double.save("demo", {"listName": "x", "listItems": "Hyla arborea, Bufo bufo,x"})
    assert answer.get_json()["data"] == ["2427609", "5217160", None]
    stored = double.get(f"speciesListItems/{answer.headers['druid']}")
    assert [item["name"] for item in stored] == ["Hyla arborea", " Bufo bufo", "x"], "not trimmed"


def test_the_published_requests_are_taken(double: Double):
    for number in (1, 2):
        body = sample(f"upstream_test_saveList_v{number}_request.json")
        assert double.save("demo", body).status_code == 201


def test_hints_settle_a_homonym(double: Double):
    def guid(*pairs: tuple[str, str]) -> str:
        kvps = [{"key": key, "value": value} for key, value in pairs]
        answer = double.save(
            "demo", {"listName": "x", "listItems": [{"itemName": "Oenanthe", "kvpValues": kvps}]}
        )
        return answer.get_json()["data"][0]["guid"]

    plant = guid(("kingdom", "Plantae"))
    animal = guid(("kingdom", "Animalia"))
    assert guid() is None
    assert guid(("Kingdom", "Plantae")) is None, "only in lower case"
    assert len({plant, animal}) == 2


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ({"listName": "x"}, "Missing compulsory mandatory properties."),
        ({"listItems": "x"}, "Missing compulsory mandatory properties."),
        ({"listName": "", "listItems": "x"}, "Missing compulsory mandatory properties."),
        ({"listName": "x", "listItems": []}, "Missing compulsory mandatory properties."),
        ({**BODY, "listType": "FOO"}, "Unable to parse JSON body. "),
        ({**BODY, "listItems": [{"name": "x"}]}, "Unable to parse JSON body. "),
        ({**BODY, "replaceList": False}, "Unable to parse JSON body. "),
        (
            {**BODY, "listItems": [{"itemName": "x", "kvpValues": [{"key": "n", "value": 5}]}]},
            "Unable to parse JSON body. ",
        ),
        ([BODY], "Unable to parse JSON body. "),
    ],
)
def test_what_is_wrong_with_a_body(double: Double, body, text):
    before = double.mine("demo")
    answer = double.save("demo", body)
    assert answer.status_code == 400
    assert answer.text.startswith(text)
    assert answer.mimetype == "text/html"
    assert double.mine("demo") == before, "nothing was stored"


def test_malformed_json_and_a_collectory_that_gives_no_id(double: Double):
    headers = {**double.token("demo"), "X-ALA-userId": "x"}
    broken = double.anonymous.post(f"{WS}/speciesList", data="{", headers=headers)
    assert (broken.status_code, broken.text[:26]) == (400, "Unable to parse JSON body.")
    double.world.faults.add(name="lists.no_druid")
    answer = double.save("demo", BODY)
    assert (answer.status_code, answer.text) == (400, "Unable to generate collectory entry.")


def test_quirk_20_the_header_is_wanted_and_trusted_blindly(double: Double):
    sent = double.token("demo")
    without = double.anonymous.post(f"{WS}/speciesList", json=BODY, headers=sent)
    assert (without.status_code, without.text) == (400, "Supplied username is invalid")
    other = double.save("demo", BODY, headers={"X-ALA-userId": double.sub("hilde")})
    assert other.status_code == 201
    assert other.headers["druid"] in double.mine("demo"), "the token decides"


@pytest.mark.parametrize("path", ["speciesList", "speciesListPost", "createItem"])
def test_writing_needs_a_valid_token(double: Double, path):
    for headers in ({}, {"Authorization": "Bearer x"}, double.token("demo", seconds=-3600)):
        answer = double.anonymous.post(f"{WS}/{path}", json=BODY, headers=headers)
        assert (answer.status_code, answer.mimetype) == (401, "text/html")
    session = double.browser("demo")
    assert session.post(f"{WS}/{path}", json=BODY).status_code == 401


# Who owns it


@pytest.mark.parametrize(
    ("claims", "fault"),
    [
        ({"scope": FULL.replace("profile ", "")}, None),
        ({"scope": FULL}, "oidc.userinfo_without_userid"),
        ({"scope": FULL}, "lists.orphan"),
    ],
)
def test_quirk_06_without_profile_or_userid_in_userinfo_a_list_is_an_orphan(
    double: Double, claims, fault
):
    if fault:
        double.world.faults.add(name=fault)
    sent = {**double.token("demo", **claims), "X-ALA-userId": double.sub("demo")}
    answer = double.anonymous.post(f"{WS}/speciesList", json=BODY, headers=sent)
    druid = answer.headers["druid"]
    double.world.faults.clear()
    assert answer.status_code == 201, "and nothing says so"
    assert druid not in double.mine("demo")
    own = double.anonymous.get(f"{WS}/speciesList/{druid}", headers=double.token("demo"))
    assert own.status_code == 401, "its maker cannot see it"
    keys = double.anonymous.get(f"{WS}/speciesListItems/keys?druid={druid}")
    assert keys.get_json() == ["status"], "but anybody sees its keys,"
    page = double.anonymous.get(f"/species-list/speciesListItem/list/{druid}")
    assert page.status_code == 302
    number = _number(double, druid)
    edited = double.anonymous.post(
        "/species-list/editor/editSpeciesList", data={"id": number, "isPrivate": "false"}
    )
    assert edited.status_code == 200, "and anybody may change it"
    assert double.get(f"speciesList/{druid}")["itemCount"] == 2


def _number(double: Double, druid: str) -> int:
    """Return the internal number of a list: only an administrator's page shows it."""
    page = double.browser("admin", "ROLE_ADMIN").get("/species-list/speciesList/list").text
    after = page[page.index(f"/list/{druid}") :]
    return int(after[after.index("delete_") + 7 :].split('"')[0])


def test_the_body_may_name_the_owner_when_nothing_else_does(double: Double):
    sent = {**double.token("demo", scope="openid"), "X-ALA-userId": "x"}
    body = {**BODY, "userId": double.sub("demo")}
    answer = double.anonymous.post(f"{WS}/speciesList", json=body, headers=sent)
    assert answer.headers["druid"] in double.mine("demo")


# Replacing and adding


def test_replacing_changes_the_name_and_the_items_only(double: Double):
    druid = create(double)
    body = {
        "listName": "Nieuwe naam",
        "description": "anders",
        "isPrivate": False,
        "listType": "TEST",
        "editors": double.sub("hilde"),
        "listItems": "Bufo bufo",
    }
    answer = double.save("demo", body, druid)
    assert (answer.status_code, answer.headers["druid"]) == (201, druid)
    now = double.get(f"speciesList/{druid}", double.token("demo"))
    assert (now["listName"], now["itemCount"]) == ("Nieuwe naam", 1)
    assert (now["description"], now["listType"]) == ("Uit QGIS", "LOCAL_LIST")
    assert double.anonymous.get(f"{WS}/speciesList/{druid}").status_code == 401, "still private"
    assert druid in double.mine("hilde"), "editors are added"
    assert double.save("hilde", {"listName": "y", "listItems": "x"}, druid).status_code == 201


def test_adding_keeps_the_name_and_numbers_anew(double: Double):
    druid = create(double)
    body = {"listName": "anders", "listItems": "Bufo bufo", "replaceList": False}
    assert double.save("demo", body, druid).status_code == 201
    now = double.get(f"speciesList/{druid}", double.token("demo"))
    assert (now["listName"], now["itemCount"]) == (BODY["listName"], 3)
    items = double.get(f"speciesListItems/{druid}", double.token("demo"))
    assert [item["name"] for item in items][1] == "Bufo bufo", "its order is that of the first"
    by_id = double.get(f"speciesListItems/{druid}", double.token("demo"), sort="id")
    assert [item["name"] for item in by_id][2] == "Bufo bufo"


def test_quirk_08_another_persons_list_and_an_unknown_one(double: Double):
    assert double.save("demo", BODY, "dr713").status_code == 401
    unknown = double.save("demo", BODY, "dr99999")
    assert (unknown.status_code, unknown.mimetype) == (500, "text/html")
    admin = {"headers": double.token("admin", role=["ROLE_ADMIN"])}
    assert double.save("admin", BODY, "dr713", **admin).status_code == 201
    created = double.save("admin", BODY, "dr88888", **admin)
    assert created.headers["druid"] == "dr88888", "an administrator makes it"
    assert double.save("hilde", BODY, "dr712").status_code == 201, "an editor may"


def test_quirk_23_an_answer_that_is_lost_leaves_the_list(double: Double):
    before = set(double.mine("demo"))
    double.world.faults.add(name="lists.answer_lost", count=1)
    assert double.save("demo", BODY).status_code == 502
    (made,) = set(double.mine("demo")) - before
    found = double.get("speciesList", double.token("demo"), q=BODY["listName"])
    assert [row["dataResourceUid"] for row in found["lists"]] == [made]


def test_ten_thousand_names_are_stored_in_a_moment(double: Double):
    names = [{"itemName": f"Fictus nummer{number}"} for number in range(10_000)]
    answer = double.save("demo", {"listName": "groot", "listItems": names})
    assert len(answer.get_json()["data"]) == 10_000
    stored = double.get(f"speciesListItems/{answer.headers['druid']}", max=20_000)
    assert len(stored) == 10_000


def test_publishing_changes_nothing_one_can_see(double: Double):
    path = f"{WS}/speciesList/publish/dr713"
    answer = double.anonymous.get(path, headers=double.token("pieter"))
    assert answer.text == "Species list dr713 has been published"
    assert double.anonymous.get(path, headers=double.token("demo")).status_code == 401
    assert double.anonymous.get(f"{WS}/speciesList/dr713").status_code == 401
    assert is_empty(double.anonymous.get(path, headers={"Authorization": "Bearer x"}))


def test_single_items_are_for_machines(double: Double):
    path, body = f"{WS}/createItem?druid=dr704", {"rawScientificName": "merel", "x": "1"}
    assert double.anonymous.post(path, json=body, headers=double.token("demo")).status_code == 403
    machine = double.token("demo", scope="ala/internal")
    known = {**body, "opmerking": "zingt"}
    assert double.anonymous.post(path, json=known, headers=machine).status_code == 200
    last = double.get("speciesListItems/dr704", includeKVP="true", sort="id")[-1]
    assert last["kvpValues"] == [{"key": "opmerking", "value": "zingt"}], "x is no key there"
    assert double.anonymous.post(path, json={}, headers=machine).status_code == 400
    elsewhere = path.replace("dr704", "dr9")
    assert double.anonymous.post(elsewhere, json=body, headers=machine).status_code == 404
    delete = f"{WS}/deleteItem?druid=dr704&guid=5217160"
    assert double.anonymous.get(delete).status_code == 401
    assert double.anonymous.get(delete, headers=machine).status_code == 200
    assert double.anonymous.get(delete, headers=machine).status_code == 404


# How the occurrence search reads a list


def test_quirk_09_a_list_in_a_search(double: Double):
    expansions = Expansions(double.world)
    assert set(expansions.taxa("dr702")) == {"1899951", "1926220", "7786604", "1953310"}
    assert expansions.taxa("dr711") == [], "private: nothing is found"
    assert expansions.taxa("dr99999") is None, "unknown: the clause disappears"
    assert expansions.taxa("dr703") is None, "no matched name: likewise"


def test_a_list_that_is_edited_shows_late_in_a_search(double: Double):
    expansions = Expansions(double.world)
    druid = create(double, isPrivate=False)
    assert expansions.taxa(druid) == ["2426612"]
    double.save("demo", {"listName": "x", "listItems": "Bufo bufo"}, druid)
    assert expansions.taxa(druid) == ["2426612"]
    double.world.clock.offset += CACHED_SECONDS + 1
    assert expansions.taxa(druid) == ["5217160"]


# The web form


def upload(double: Double, name: str, body, **more):
    return double.browser(name).post(
        "/species-list/speciesList/uploadList", data=json.dumps(body), **more
    )


FORM = {
    "speciesListName": "Van het formulier",
    "headers": "scientific name,aantal",
    "rawData": "wetenschappelijke naam,aantal\nHyla arborea,3\nBufo bufo,4",
}


def test_quirk_13_the_form_reads_a_table(double: Double):
    path = "/species-list/speciesList/parseData"
    answer = double.anonymous.post(path, data="Scientific Name,aantal\nHyla arborea,3\n")
    assert 'value="scientific name"' in answer.text
    assert '<h3 class="vocabHeader">aantal</h3>' in answer.text
    assert "alert-danger" not in answer.text
    unnamed = double.anonymous.post(path, data="Hyla arborea\t5\nBufo bufo\t6\n")
    assert 'value="scientific name"' in unnamed.text
    assert 'value="UNKNOWN1"' in unnamed.text
    nothing = double.anonymous.post(path, data="aap,noot\nmies,wim\n")
    assert "alert-danger" in nothing.text
    semicolons = double.anonymous.post(path, data="Latin;aantal\nHyla arborea;3\n")
    assert "alert-danger" in semicolons.text, "the Belgian default fails"
    assert double.anonymous.post(path, data="").text.startswith('<div class="message')
    picture = {"csvFile": (io.BytesIO(b"x"), "x.png", "image/png")}
    assert "alert-danger" in double.anonymous.post(path, data=picture).text


def test_the_form_loads_a_table(double: Double):
    answer = upload(double, "demo", FORM)
    body = answer.get_json()
    assert body["error"] is None
    druid = body["url"].split("/")[-1].split("?")[0]
    assert druid in double.mine("demo")
    assert double.anonymous.get(f"{WS}/speciesList/{druid}").status_code == 401, "private"
    items = double.get(f"speciesListItems/{druid}", double.token("demo"), includeKVP="true")
    assert [item["lsid"] for item in items[-2:]] == ["2427609", "5217160"]
    assert items[-1]["kvpValues"] == [{"key": "aantal", "value": "4"}]


def test_the_form_takes_a_file_and_vocabularies_and_replaces(double: Double):
    table = "Latin name,status\nHyla arborea,b\nBufo bufo,n\n"
    data = {
        "csvFile": (io.BytesIO(table.encode("utf-8-sig")), "lijst.csv", "text/csv"),
        "formParams": json.dumps(
            {
                "speciesListName": "Vervangen",
                "headers": "scientific name,status",
                "vocab_status": "b:Bedreigd,n:Niet",
                "id": "dr712",
                "isPrivate": True,
            }
        ),
    }
    answer = double.browser("hilde").post("/species-list/speciesList/uploadList", data=data)
    assert answer.get_json()["url"].startswith("/species-list/speciesListItem/list/dr712")
    items = double.get("speciesListItems/dr712", double.token("hilde"), includeKVP="true")
    assert items[0]["kvpValues"] == [{"key": "status", "value": "Bedreigd"}]
    pieter = double.anonymous.get(f"{WS}/speciesList/dr712", headers=double.token("pieter"))
    assert pieter.status_code == 401, "who uploads, owns"


def test_quirk_13_the_forms_traps(double: Double):
    path = "/species-list/speciesList/uploadList"
    anonymous = double.anonymous.post(path, json=FORM, headers=double.token("demo"))
    assert (anonymous.status_code, anonymous.text) == (401, "Not logged in.")
    theirs = upload(double, "demo", {**FORM, "id": "dr713"})
    assert (theirs.status_code, theirs.text) == (401, "Not authorised.")
    blank = {**FORM, "headers": "aantal,scientific name", "rawData": "3,Hyla arborea\n\n"}
    assert upload(double, "demo", blank).status_code == 404, "a row too short ends it all"
    assert upload(double, "demo", {"headers": "x"}).status_code == 404
    assert upload(double, "demo", {**FORM, "listType": "FOO"}).status_code == 404
    unnamed = upload(double, "demo", {**FORM, "headers": "ambiguous name,aantal"}).get_json()
    assert unnamed["error"]
    flags = upload(double, "demo", {**FORM, "isAuthoritative": True}).get_json()["url"]
    druid = flags.split("/")[-1].split("?")[0]
    own = double.get(f"speciesList/{druid}", double.token("demo"))
    assert own["isAuthoritative"] is False
