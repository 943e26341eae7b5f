"""The pages of the species lists and of the notifications, as a browser uses them."""

from __future__ import annotations

import shutil

import pytest

from demo.portal import data
from demo.portal.running import Control, RunningPortal, running_portal
from demo.portal.visitor import Visitor
from tests.portal.fixtures import FOLDER, RECORDS
from tests.portal.lists_double import Double, double

__all__ = ["double"]
LISTS = "/species-list"


# Over Flask


def test_the_public_index_and_its_search(double: Double):
    page = double.anonymous.get(f"{LISTS}/public/speciesLists")
    assert "Vlaamse prioritaire soorten" in page.text
    assert "Burchten" not in page.text
    assert "delete_" not in page.text
    found = double.anonymous.get(f"{LISTS}/public/speciesLists?q=prioritaire").text
    assert "Vijver" not in found
    short = double.anonymous.get(f"{LISTS}/public/speciesLists?q=pr").text
    assert "minstens drie letters" in short
    typed = double.anonymous.get(f"{LISTS}/public/speciesLists?listType=eq:LOCAL_LIST").text
    assert "Vijver" in typed
    assert "Soortenbesluit" not in typed


def test_pages_escape_what_people_wrote(double: Double):
    page = double.anonymous.get(f"{LISTS}/speciesListItem/list/dr702").text
    assert "&lt;b&gt;Heide&lt;/b&gt; &amp; stuifzand" in page


def test_my_lists_want_a_session_and_show_what_deletes_them(double: Double):
    page = double.anonymous.get(f"{LISTS}/speciesList/list", headers=double.token("demo"))
    assert page.status_code == 302
    assert "client_id=lists" in page.headers["Location"]
    mine = double.browser("hilde").get(f"{LISTS}/speciesList/list").text
    assert "Burchten en holten" in mine
    assert "Gedeelde werklijst" in mine
    assert "Mijn tuin" not in mine
    assert mine.count('id="delete_') == 3


def test_a_lists_page_offers_what_its_visitor_may_do(double: Double):
    path = f"{LISTS}/speciesListItem/list/dr712"
    assert double.anonymous.get(path).status_code == 302
    assert double.browser("demo").get(path).status_code == 401
    editor = double.browser("hilde").get(path).text
    assert "editor/createRecord" in editor
    assert "editor/editSpeciesList" not in editor, "only its owner renames it"
    owner = double.browser("pieter").get(path).text
    assert "editor/editSpeciesList" in owner
    assert "speciesList/delete/" in owner
    assert "editor/" not in double.browser("demo").get(path.replace("712", "701")).text
    assert double.anonymous.get(f"{LISTS}/speciesListItem/list/dr9").status_code == 404
    paged = double.anonymous.get(f"{LISTS}/speciesListItem/list/dr705?max=10").text
    assert "offset=10" in paged


def _id(double: Double, name: str, druid: str) -> str:
    page = double.browser(name).get(f"{LISTS}/speciesListItem/list/{druid}").text
    return page.split("/speciesList/delete/")[1].split('"')[0]


def test_the_owner_renames_hides_and_deletes(double: Double):
    owner, number = double.browser("demo"), _id(double, "demo", "dr702")
    sent = {"id": number, "listName": "Andere naam", "isPrivate": "true", "isAuthoritative": "true"}
    answer = owner.post(f"{LISTS}/editor/editSpeciesList", data=sent)
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    now = double.get("speciesList/dr702", double.token("demo"))
    assert (now["listName"], now["isAuthoritative"]) == ("Andere naam", False)
    assert double.anonymous.get("/species-list/ws/speciesList/dr702").status_code == 401
    assert owner.post(f"{LISTS}/editor/editSpeciesList", data={"id": "9"}).status_code == 404
    wrong = {"id": number, "listType": "FOO"}
    assert owner.post(f"{LISTS}/editor/editSpeciesList", data=wrong).status_code == 500
    editor = double.browser("hilde").post(f"{LISTS}/editor/editSpeciesList", data=sent)
    assert editor.status_code == 403
    deleted = owner.post(f"{LISTS}/speciesList/delete/{number}")
    assert (deleted.status_code, deleted.headers["Location"]) == (302, f"{LISTS}/speciesList/list")
    assert "listCount" in double.get("speciesList/dr702")
    assert double.get("speciesListItems/dr702") == []


def test_deleting_is_refused_to_others_and_works_with_an_owners_token(double: Double):
    number = _id(double, "pieter", "dr713")
    path = f"{LISTS}/speciesList/delete/{number}"
    for headers in ({}, double.token("demo"), double.token("admin", role=["ROLE_ADMIN"])):
        assert double.anonymous.post(path, headers=headers).status_code == 401
    assert double.anonymous.post(path, headers={"Authorization": "Bearer x"}).status_code == 500
    assert double.anonymous.post(path, headers=double.token("pieter")).status_code == 302
    assert "dr713" not in double.mine("pieter")


def test_items_are_made_changed_and_wiped(double: Double):
    editor = double.browser("hilde")
    number = _id(double, "demo", "dr702")
    added = {"id": number, "rawScientificName": "dagpauwoog"}
    assert editor.post(f"{LISTS}/editor/createRecord", data=added).status_code == 200
    item = double.get("speciesListItems/dr702", sort="id")[-1]
    assert item["scientificName"] == "Aglais io"
    changed = {"id": item["id"], "rawScientificName": "Pieris rapae", "status": "gezien"}
    assert editor.post(f"{LISTS}/editor/editRecord", data=changed).status_code == 200
    now = double.get("speciesListItems/dr702", sort="id", includeKVP="true")[-1]
    assert now["kvpValues"] == [{"key": "status", "value": "gezien"}]
    assert now["scientificName"] == "Pieris rapae"
    without = {"id": item["id"], "rawScientificName": "Pieris rapae"}
    editor.post(f"{LISTS}/editor/editRecord", data=without)
    now = double.get("speciesListItems/dr702", sort="id", includeKVP="true")[-1]
    assert now["kvpValues"] == [], "a key that is not sent is removed"
    assert editor.get(f"{LISTS}/editor/deleteRecord?id={item['id']}").status_code == 200
    assert editor.get(f"{LISTS}/editor/deleteRecord?id={item['id']}").status_code == 404
    first = double.get("speciesListItems/dr702")[0]
    for path in ("createRecord", "editRecord", "deleteRecord", "editSpeciesList"):
        target = number if path in ("createRecord", "editSpeciesList") else first["id"]
        data = {"id": target, "rawScientificName": "x"}
        token = double.token("demo")
        refused = double.anonymous.post(f"{LISTS}/editor/{path}", data=data, headers=token)
        assert refused.status_code == 403, f"{path}: a token does not count"


def test_sharing_by_address_cannot_work_with_the_stub(double: Double):
    owner = double.browser("demo")
    sent = {"id": "dr714", "editors[]": ["pieter@demodorp.example", "wie@elders.example"]}
    assert owner.post(f"{LISTS}/editor/updateEditors", data=sent).status_code == 200
    assert "dr714" not in double.mine("pieter")
    double.world.faults.add(name="lists.real_userdetails")
    owner.post(f"{LISTS}/editor/updateEditors", data=sent)
    assert "dr714" in double.mine("pieter"), "an unknown address is dropped"
    owner.post(f"{LISTS}/editor/updateEditors", data={"id": "dr714"})
    assert "dr714" not in double.mine("pieter"), "the set is replaced"


def test_matching_again(double: Double):
    assert double.anonymous.post(f"{LISTS}/speciesList/rematch/dr702").status_code == 403
    answer = double.browser("demo").get(f"{LISTS}/speciesList/rematch/dr702").get_json()
    assert answer["status"] == 0
    everything = double.anonymous.get(f"{LISTS}/speciesList/rematch").get_json()
    assert "10" in everything["message"], "without an id all lists, and nobody is asked"


def test_the_form_is_a_page_for_who_has_a_session(double: Double):
    assert double.anonymous.get(f"{LISTS}/speciesList/upload").status_code == 302
    page = double.browser("demo").get(f"{LISTS}/speciesList/upload").text
    assert 'id="isPrivate" name="isPrivate" checked' in page
    assert double.browser("demo").get(f"{LISTS}/speciesList/upload/dr713").status_code == 401
    assert double.browser("demo").get(f"{LISTS}/speciesList/upload/dr9").status_code == 404
    assert "Mijn tuin" in double.browser("demo").get(f"{LISTS}/speciesList/upload/dr714").text


def test_the_visitors_cookie_signs_in_silently_but_not_below_ws(double: Double):
    double.anonymous.set_cookie("VBP-AUTH", "{}")
    assert double.anonymous.get(f"{LISTS}/public/speciesLists").status_code == 302
    ajax = {"X-Requested-With": "XMLHttpRequest"}
    assert double.anonymous.get(f"{LISTS}/public/speciesLists", headers=ajax).status_code == 401
    assert double.anonymous.get("/species-list/ws/speciesList").status_code == 200


# With a real sign-in


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    data.ensure(FOLDER, RECORDS)
    folder = tmp_path_factory.mktemp("pages") / "portal"
    shutil.copytree(FOLDER, folder)
    services = ("control", "oidc", "names", "lists", "alerts", "pages")
    with running_portal(folder, RECORDS, services=services) as portal:
        yield portal


@pytest.fixture
def control(running: RunningPortal) -> Control:
    running.control.reset()
    return running.control


def test_a_session_begins_at_the_realm_and_comes_back(running, control):
    visitor = Visitor(running.url)
    page = visitor.sign_in(f"{running.url}{LISTS}/speciesList/list", "demo", "demo")
    assert page.url.startswith(f"{running.url}{LISTS}/speciesList/list")
    assert "Mijn tuin" in page.text
    cookies = {(c.name, c.path) for c in visitor.session.cookies}
    assert ("JSESSIONID", "/species-list") in cookies
    again = visitor.open(f"{running.url}{LISTS}/logout")
    assert again.status == 200
    back = visitor.open(f"{running.url}{LISTS}/speciesList/list")
    assert "Mijn tuin" in back.text, "the realm still knows the browser"


def test_a_session_is_that_of_one_service(running, control):
    visitor = Visitor(running.url)
    visitor.sign_in(f"{running.url}{LISTS}/speciesList/list", "demo", "demo")
    create = "/alerts/ws/createTaxonAlert?taxonGuid=1311477&taxonName=Vespa"
    visitor.session.get(f"{running.url}{create}", allow_redirects=False)
    alerts = visitor.open(f"{running.url}/alerts/notification/myAlerts")
    assert "Geen eigen meldingen" in alerts.text, "signed in at the realm is not enough"
    visitor.session.get(f"{running.url}{create}", allow_redirects=False)
    alerts = visitor.open(f"{running.url}/alerts/notification/myAlerts")
    assert "Nieuwe records voor Vespa" in alerts.text


def test_a_person_of_an_organisation_deletes_a_list_by_its_form(running, control):
    visitor = Visitor(running.url)
    page = visitor.sign_in(
        f"{running.url}{LISTS}/speciesListItem/list/dr711", "hilde", capacity="OVO900001"
    )
    form = next(form for form in page.forms if "/speciesList/delete/" in form.action)
    after = visitor.submit(form)
    assert after.url.endswith("/speciesList/list")
    assert "Burchten" not in after.text


def test_nobody_is_sent_elsewhere_after_the_sign_in(running, control):
    visitor = Visitor(running.url)
    for target in ("https://elders.example/", "//elders.example/", "/\\elders.example"):
        page = visitor.sign_in(f"{running.url}{LISTS}/demo-login?next={target}", "demo", "demo")
        assert page.url.startswith(f"{running.url}/")
