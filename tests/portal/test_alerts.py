"""The demo portal's notifications: contract/lists 3, and its quirks 14 to 17."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from demo.portal import alerts
from demo.portal.access_token import mint
from demo.portal.bearer import Caller
from demo.portal.sessions import COOKIE, Sessions
from demo.portal.world import World

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "contract" / "samples" / "lists"
BASE = "http://127.0.0.1:9"


@pytest.fixture
def world(tmp_path) -> World:
    return World(BASE, tmp_path)


@pytest.fixture
def app(world) -> Flask:
    app = Flask("alerts")
    app.register_blueprint(alerts.blueprint(world))
    return app


@pytest.fixture
def client(app) -> FlaskClient:
    """Somebody without a session."""
    return app.test_client()


def sub(world: World, name: str) -> str:
    return world.people.named(name).sub


def bearer(world: World, name: str, **claims) -> dict[str, str]:
    return {"Authorization": f"Bearer {mint(world, name, **claims)}"}


def browser(app: Flask, world: World, name: str, *roles: str) -> FlaskClient:
    """A browser with a session of the alerts service."""
    person = world.people.named(name)
    caller = Caller(person.sub, name, frozenset({"ROLE_USER", *roles}), frozenset(), person.email)
    client = app.test_client()
    client.set_cookie(COOKIE, Sessions.of(world).open("alerts", caller), path="/alerts")
    return client


def configuration(client: FlaskClient, world: World, name: str) -> dict:
    answer = client.get(f"/alerts/api/alerts/user/{sub(world, name)}", headers=bearer(world, name))
    assert answer.status_code == 200
    return answer.get_json()


def sample(name: str):
    if not (SAMPLES / name).exists():
        pytest.skip(f"the published answers are not here: {SAMPLES / name}")
    return json.loads((SAMPLES / name).read_text(encoding="utf-8"))


def names(queries: list[dict]) -> list[str]:
    return [query["name"] for query in queries]


# With a bearer


def test_the_configuration_has_the_published_members(client, world):
    answer = configuration(client, world, "hilde")
    published = sample("ala_docs_alerts_user.json")
    assert set(answer) == set(published)
    assert set(answer["user"]) == set(published["user"])
    assert set(published["frequencies"][0]) - {"version"} == set(answer["frequencies"][0])


def test_the_configuration_in_full(client, world):
    answer = configuration(client, world, "hilde")
    assert list(answer) == [
        *("disabledQueries", "enabledQueries", "customQueries", "frequencies", "user")
    ]
    assert names(answer["enabledQueries"]) == ["Nieuwe waarnemingen", "Soortenlijsten"]
    assert len(answer["disabledQueries"]) == 6
    assert list(answer["disabledQueries"][0]) == [
        *("id", "baseUrl", "baseUrlForUI", "custom", "dateFormat", "description"),
        *("emailTemplate", "idJsonPath", "name", "notifications", "propertyPaths", "queryPath"),
        *("queryPathForUI", "queryResults", "recordJsonPath", "resourceName", "updateMessage"),
    ]
    assert [item["name"] for item in answer["frequencies"]] == [
        *("hourly", "daily", "weekly", "monthly")
    ]
    assert answer["user"]["frequency"] == {"id": 3}
    assert answer["user"]["locked"] is None
    assert answer["user"]["unsubscribeToken"]
    everybody = answer["enabledQueries"][0]["notifications"]
    assert len(everybody) == 2, "a stranger's subscription is among them"
    assert len(answer["user"]["notifications"]) == 2


@pytest.mark.parametrize("header", ["", "Bearer x", "Basic x"])
def test_the_api_wants_a_token(client, world, header):
    headers = {"Authorization": header} if header else {}
    user = sub(world, "hilde")
    for method, path in (
        ("get", f"/alerts/api/alerts/user/{user}"),
        ("post", f"/alerts/api/alerts/user/{user}/unsubscribe"),
        ("post", f"/alerts/api/alerts/user/createAlerts?userId={user}"),
    ):
        answer = getattr(client, method)(path, headers=headers)
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"].startswith("Bearer realm=")
        assert answer.mimetype == "text/html"


def test_somebody_unknown_is_a_404_with_a_reason(client, world):
    user = sub(world, "demo")
    answer = client.get(f"/alerts/api/alerts/user/{user}", headers=bearer(world, "demo"))
    assert answer.status_code == 404
    assert answer.get_json() == {"error": f"can't find a user with userId {user}"}
    gone = client.post(f"/alerts/api/alerts/user/{user}/unsubscribe", headers=bearer(world, "demo"))
    assert (gone.status_code, gone.mimetype) == (404, "text/html")


def test_registering_says_201_once_and_200_after(client, world):
    path = "/alerts/api/alerts/user/createAlerts"
    query = {"userId": sub(world, "demo"), "email": "demo@natuur.example", "firstName": "Dirk"}
    headers = bearer(world, "demo")
    first = client.post(path, query_string=query, headers=headers)
    again = client.post(path, query_string=query, headers=headers)
    assert (first.status_code, first.get_json()) == (201, [])
    assert (again.status_code, again.get_json()) == (200, [])
    assert configuration(client, world, "demo")["user"]["frequency"] == {"id": 3}
    known = client.post(
        path, query_string={"userId": sub(world, "hilde")}, headers=bearer(world, "hilde")
    )
    assert known.get_json() == ["Nieuwe waarnemingen", "Soortenlijsten"]
    assert type(known.get_json()) is type(sample("ala_docs_alerts_createAlerts.json"))


def test_registering_needs_an_id_and_for_a_new_person_an_address(client, world):
    path = "/alerts/api/alerts/user/createAlerts"
    headers = bearer(world, "noemail")
    assert client.post(path, headers=headers).status_code == 400
    new = client.post(path, query_string={"userId": sub(world, "noemail")}, headers=headers)
    assert (new.status_code, new.mimetype) == (500, "text/html")


def test_quirk_16_unsubscribe_means_everything(client, world):
    answer = client.post(
        f"/alerts/api/alerts/user/{sub(world, 'hilde')}/unsubscribe",
        headers=bearer(world, "hilde"),
    )
    assert answer.get_json() == sample("ala_docs_alerts_unsubscribe.json")
    after = configuration(client, world, "hilde")
    assert after["enabledQueries"] == []
    assert after["user"]["notifications"] == []


def test_quirk_15_ids_are_not_checked_unless_the_later_rule_is_on(client, world):
    path = f"/alerts/api/alerts/user/{sub(world, 'hilde')}"
    stranger = client.get(path, headers=bearer(world, "demo"))
    assert stranger.get_json()["user"]["email"] == "hilde@inbo.example"
    assert client.get(f"/alerts/ws{path[len('/alerts/api') :]}").status_code == 200
    assert client.get("/alerts/ws/alerts/user/nobody").status_code == 500
    world.faults.add(name="alerts.own_id")
    assert client.get(path, headers=bearer(world, "demo")).status_code == 404
    assert client.get(path, headers=bearer(world, "admin")).status_code == 200


def test_annotations_are_switched_off(client, world, app):
    path = f"/alerts/webservice/subscribeMyAnnotationWS?userId={sub(world, 'hilde')}"
    headers = bearer(world, "hilde")
    assert client.post(path, headers=headers).status_code == 404
    assert "myannotation" not in configuration(client, world, "hilde")
    world.faults.add(name="alerts.myannotation")
    assert client.post(path, headers=headers).get_json() == {"success": True}
    assert configuration(client, world, "hilde")["myannotation"]
    client.post(path.replace("subscribe", "unsubscribe", 1), headers=headers)
    assert configuration(client, world, "hilde")["myannotation"] == []


# With a session


@pytest.mark.parametrize(
    "path",
    ["myAlerts", "addMyAlert/1", "deleteMyAlert/1", "changeFrequency?frequency=daily"],
)
def test_quirk_21_without_a_session_one_is_sent_to_sign_in(client, world, path):
    for headers in ({}, bearer(world, "hilde")):
        answer = client.get(f"/alerts/notification/{path}", headers=headers)
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(world.issuer)
        assert "client_id=alerts" in answer.headers["Location"]


def test_the_first_visit_makes_the_record(app, client, world):
    visitor = browser(app, world, "demo")
    page = visitor.get("/alerts/notification/myAlerts")
    assert page.status_code == 200
    assert configuration(client, world, "demo")["enabledQueries"] == []
    assert 'id="userFrequency"' in page.text
    assert len(re.findall('class="query-cb"', page.text)) == 8
    assert " checked" not in page.text.split("</table>")[0]
    home = client.get("/alerts/")
    assert home.headers["Location"].endswith("/alerts/notification/myAlerts")


def test_quirk_14_subscribing_and_its_two_ways_to_say_nothing(app, client, world):
    visitor = browser(app, world, "hilde")
    added = visitor.get("/alerts/notification/addMyAlert/1")
    again = visitor.get("/alerts/notification/addMyAlert/1")
    assert json.loads(added.text) == json.loads(again.text) == {"success": True}
    assert "Annotaties" in names(configuration(client, world, "hilde")["enabledQueries"])
    deleted = visitor.get("/alerts/notification/deleteMyAlert/1")
    assert (deleted.status_code, deleted.text) == (200, "")
    nothing = visitor.get("/alerts/notification/deleteMyAlert/1")
    assert json.loads(nothing.text) == {"success": True}
    back = visitor.get("/alerts/notification/deleteMyAlertWR/2")
    assert back.headers["Location"].endswith("/alerts/notification/myAlerts")
    assert names(configuration(client, world, "hilde")["enabledQueries"]) == ["Soortenlijsten"]


def test_an_action_without_a_record_knows_nobody(app, world):
    visitor = browser(app, world, "demo")
    for path in ("addMyAlert/1", "deleteMyAlert/1", "changeFrequency?frequency=daily"):
        assert visitor.get(f"/alerts/notification/{path}").status_code == 404
    assert visitor.get("/alerts/notification/subscribeMyAnnotation").status_code == 500


def test_quirk_16_there_is_one_frequency_and_an_unknown_one_stores_none(app, client, world):
    visitor = browser(app, world, "hilde")
    visitor.get("/alerts/notification/changeFrequency?frequency=daily")
    assert configuration(client, world, "hilde")["user"]["frequency"] == {"id": 2}
    answer = visitor.get("/alerts/notification/changeFrequency?frequency=jaarlijks")
    assert json.loads(answer.text) == {"success": True}
    assert configuration(client, world, "hilde")["user"]["frequency"] is None


def test_quirk_17_administrators_must_name_somebody(app, client, world):
    visitor = browser(app, world, "admin", "ROLE_ADMIN")
    assert visitor.get("/alerts/notification/addMyAlert/1").status_code == 404
    user = sub(world, "hilde")
    assert visitor.get(f"/alerts/notification/addMyAlert/1?userId={user}").status_code == 200
    assert "Annotaties" in names(configuration(client, world, "hilde")["enabledQueries"])


# Custom notifications

SEARCH = {
    "webserviceQuery": "/occurrences/search?q=lsid:1311477",
    "uiQuery": "/occurrences/search?q=lsid:1311477",
    "queryDisplayName": "Aziatische hoornaar",
    "baseUrlForWS": f"{BASE}/biocache-service",
    "baseUrlForUI": f"{BASE}/biocache-hub",
    "resourceName": "Vlaams Biodiversiteitsportaal",
}
PLACE = {"layerId": "cl102", "regionName": "Vlaams Gewest"}
TAXON = {"taxonGuid": "1311477", "taxonName": "Vespa velutina"}


@pytest.mark.parametrize(
    ("action", "args", "stored"),
    [
        ("createTaxonAlert", TAXON, "/occurrences/taxon/1311477?"),
        ("createRegionAlert", PLACE, '/occurrences/search?q=cl102:"Vlaams Gewest"&'),
        (
            "createTaxonRegionAlert",
            {**TAXON, **PLACE},
            '/occurrences/taxon/1311477?fq=cl102:"Vlaams Gewest"&',
        ),
        (
            "createSpeciesGroupRegionAlert",
            {"speciesGroup": "Birds", **PLACE},
            '/occurrences/search?q=cl102:"Vlaams Gewest"&fq=species_group:Birds&',
        ),
        ("createBiocacheNewRecordsAlert", SEARCH, "/occurrences/search?q=lsid:1311477&"),
    ],
)
@pytest.mark.parametrize("base", ["ws", "webservice"])
def test_a_custom_notification_is_made_and_verified_by_the_api(
    app, client, world, base, action, args, stored
):
    visitor = browser(app, world, "hilde")
    answer = visitor.get(f"/alerts/{base}/{action}", query_string=args)
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith("/alerts/")
    (custom,) = configuration(client, world, "hilde")["customQueries"]
    assert custom["custom"] is True
    assert custom["queryPath"] == f"{stored}fq=first_loaded_date:[___DATEPARAM___ TO *]"
    visitor.get(f"/alerts/{base}/{action}", query_string=args)
    assert len(configuration(client, world, "hilde")["customQueries"]) == 1


def test_the_other_custom_notifications(app, client, world):
    visitor = browser(app, world, "hilde")
    short = {name: SEARCH[name] for name in ("webserviceQuery", "uiQuery", "queryDisplayName")}
    visitor.get("/alerts/ws/createBiocacheAlert", query_string=short)
    visitor.get("/alerts/ws/createBiocacheNewAnnotationsAlert", query_string=short)
    plain, annotated = configuration(client, world, "hilde")["customQueries"]
    assert plain["queryPath"] == short["webserviceQuery"]
    assert "last_assertion_date:[___DATEPARAM___ TO *]" in annotated["queryPath"]
    assert annotated["name"] == "Nieuwe annotaties voor Aziatische hoornaar"


def test_quirk_14_without_a_session_creating_only_seems_to_work(client, world):
    answer = client.get("/alerts/ws/createTaxonAlert", query_string=TAXON)
    assert answer.status_code == 302
    with_token = client.get(
        "/alerts/ws/createTaxonAlert", query_string=TAXON, headers=bearer(world, "hilde")
    )
    assert with_token.status_code == 302
    assert configuration(client, world, "hilde")["customQueries"] == []


def test_creating_wants_all_its_parameters(app, world):
    visitor = browser(app, world, "hilde")
    for name in SEARCH:
        args = {key: value for key, value in SEARCH.items() if key != name}
        answer = visitor.get("/alerts/ws/createBiocacheNewRecordsAlert", query_string=args)
        assert answer.status_code == 400, name
    by_guid = {"guid": "1311477", "taxonName": "x"}
    assert visitor.get("/alerts/ws/createTaxonAlert", query_string=by_guid).status_code == 302


def test_a_long_name_is_cut(app, client, world):
    visitor = browser(app, world, "hilde")
    visitor.get(
        "/alerts/ws/createBiocacheNewRecordsAlert",
        query_string={**SEARCH, "queryDisplayName": "n" * 250, "redirect": "/elders"},
    )
    (custom,) = configuration(client, world, "hilde")["customQueries"]
    assert custom["name"] == f"Nieuwe records voor {'n' * 149}..."


def test_a_look_up_is_script_and_its_links_begin_with_null(app, client, world):
    path = "/alerts/ws/taxonAlerts"
    anonymous = client.get(path, query_string=TAXON)
    assert anonymous.mimetype == "text/javascript"
    assert '"alertExists":false' in anonymous.text
    assert '"link" : "null/webservice/createTaxonAlert?' in anonymous.text
    visitor = browser(app, world, "hilde")
    visitor.get("/alerts/ws/createTaxonAlert", query_string=TAXON)
    known = visitor.get(path, query_string=TAXON).text
    assert '"alertExists":true' in known
    number = re.search(r"deleteAlert/(\d+)", known)[1]
    client.get(f"/alerts/ws/deleteAlert/{number}")  # nobody asks whose it is
    assert configuration(client, world, "hilde")["customQueries"] == []
    assert client.get(path).status_code == 400


# Links in mails


def test_unsubscribing_by_the_link_of_a_mail(client, world):
    token = configuration(client, world, "hilde")["user"]["unsubscribeToken"]
    page = client.get(f"/alerts/unsubscribe?token={token}")
    assert page.status_code == 200
    assert token in page.text
    done = client.post("/alerts/unsubscribe/unsubscribe", data={"token": token})
    assert done.status_code == 200
    assert configuration(client, world, "hilde")["enabledQueries"] == []
    used = client.get(f"/alerts/unsubscribe?token={token}")
    assert (used.status_code, used.mimetype) == (400, "text/html")
    assert client.get("/alerts/unsubscribe").status_code == 400
    fresh = configuration(client, world, "hilde")["user"]["unsubscribeToken"]
    nothing = client.post("/alerts/unsubscribe/unsubscribe", data={"token": fresh})
    assert nothing.status_code == 404


def test_the_token_changes_with_the_record(app, client, world):
    before = configuration(client, world, "hilde")["user"]["unsubscribeToken"]
    browser(app, world, "hilde").get("/alerts/notification/changeFrequency?frequency=daily")
    assert configuration(client, world, "hilde")["user"]["unsubscribeToken"] != before


def test_a_reset_begins_again(app, client, world):
    browser(app, world, "demo").get("/alerts/notification/myAlerts")
    world.reset()
    answer = client.get(
        f"/alerts/api/alerts/user/{sub(world, 'demo')}", headers=bearer(world, "demo")
    )
    assert answer.status_code == 404
