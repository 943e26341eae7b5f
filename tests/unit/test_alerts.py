"""Notifications: what is read of them, and the addresses that the browser opens."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from biodiv_plugin.portal import errors
from biodiv_plugin.portal.alerts import Alert, AlertClient, AlertPages, parse_alert_settings
from biodiv_plugin.portal.query import OccurrenceQuery, TaxonRef
from tests.unit.fakes import HTML, FakeTransport, data, params_of

PORTAL = "https://natuurdata.test"
USER = "6b1f7ad2"
ALERT = Alert(40, "Nieuwe records", "", True, "/occurrences/search?q=a")


@pytest.fixture()
def portal():
    return FakeTransport(data("alerts.json"))


@pytest.fixture()
def client(portal):
    return AlertClient(portal, f"{PORTAL}/alerts")


@pytest.fixture()
def pages():
    return AlertPages(PORTAL)


def test_what_a_user_hears_of(client, portal):
    settings = client.subscriptions(USER)
    assert portal.last.url == f"{PORTAL}/alerts/api/alerts/user/{USER}"
    assert (portal.last.method, portal.last.as_user) == ("GET", True)
    assert [alert.name for alert in settings.subscribed] == ["Annotaties"]
    assert [alert.id for alert in settings.available] == [3]
    assert settings.custom[0].custom
    assert settings.custom[0].name == "Nieuwe records voor Hyla arborea"
    assert settings.frequency == "weekly"
    assert settings.frequencies == ("hourly", "daily", "weekly", "monthly")


def test_one_who_never_used_notifications(client, portal):
    portal.answers({"error": "can't find a user with userId X"}, 404)
    assert client.subscriptions(USER) is None


def test_quirk_14_subscribing_begins_at_a_page_that_asks_for_a_sign_in(pages):
    assert pages.mine() == f"{PORTAL}/alerts/notification/myAlerts"
    created = parse_qs(urlsplit(pages.taxon("2427605", "Hyla arborea")).query)
    assert created["redirect"] == [pages.mine()]


def test_quirk_14_an_ended_notification_may_answer_nothing(pages):
    assert "deleteMyAlertWR/40" in pages.unsubscribe(ALERT)  # this one shows the page again


def test_quirk_15_addresses_and_tokens_are_not_kept(client):
    kept = repr(client.subscriptions(USER))
    assert "5d1c-secret" not in kept
    assert "jan@example.org" not in kept


def test_quirk_16_a_frequency_is_one_of_four(pages):
    assert pages.frequency("daily").endswith("/notification/changeFrequency?frequency=daily")
    with pytest.raises(errors.InvalidQuery):
        pages.frequency("yearly")


def test_quirk_16_no_frequency_means_no_mails():
    found = data("alerts.json")
    found["user"]["frequency"] = None
    assert parse_alert_settings(found).frequency == ""


def test_quirk_16_unsubscribing_ends_everything(client, portal):
    portal.answers({"success": True})
    client.unsubscribe_all(USER)
    assert (portal.last.method, portal.last.url) == (
        "POST",
        f"{PORTAL}/alerts/api/alerts/user/{USER}/unsubscribe",
    )
    portal.answers({"success": False})
    with pytest.raises(errors.UnexpectedAnswer):
        client.unsubscribe_all(USER)
    portal.answers(HTML, 404)
    with pytest.raises(errors.NotFound):
        client.unsubscribe_all(USER)


def test_registering(client, portal):
    portal.answers([], 201)
    assert client.register(USER, "jan@example.org", "Jan", "") is True
    assert params_of(portal.last) == {
        "userId": [USER],
        "email": ["jan@example.org"],
        "firstName": ["Jan"],
    }
    portal.answers(["Annotaties"], 200)
    assert client.register(USER, "jan@example.org") is False
    portal.requests.clear()
    with pytest.raises(errors.InvalidQuery):
        client.register(USER, "")
    assert portal.requests == []


def test_quirk_15_ids_are_not_checked_so_one_must_be_given(client, portal):
    for call in (client.subscriptions, client.unsubscribe_all):
        with pytest.raises(errors.InvalidQuery):
            call("")
    assert portal.requests == []


@pytest.mark.parametrize(
    ("status", "kind"), [(401, errors.SignInRequired), (500, errors.PortalFault)]
)
def test_failures(client, portal, status, kind):
    portal.answers(HTML, status)
    for call in (
        lambda: client.subscriptions(USER),
        lambda: client.register(USER, "a@b.be"),
        lambda: client.unsubscribe_all(USER),
    ):
        with pytest.raises(kind):
            call()


@pytest.mark.parametrize("broken", [[], {}, {"user": {}, "enabledQueries": [{"name": "x"}]}])
def test_a_broken_answer(broken):
    with pytest.raises(errors.UnexpectedAnswer):
        parse_alert_settings(broken)


def test_addresses_that_subscribe(pages):
    def asked(url):
        parts = urlsplit(url)
        return parts.path.rpartition("/")[2], {k: v[0] for k, v in parse_qs(parts.query).items()}

    action, params = asked(pages.taxon("2427605", "Hyla arborea & co"))
    assert (action, params["taxonGuid"]) == ("createTaxonAlert", "2427605")
    assert params["taxonName"] == "Hyla arborea & co"
    action, params = asked(pages.region("cl102", "Vlaams Gewest"))
    assert (action, params["layerId"], params["regionName"]) == (
        "createRegionAlert",
        "cl102",
        "Vlaams Gewest",
    )
    assert asked(pages.taxon_in_region("1", "a", "cl1", "b"))[0] == "createTaxonRegionAlert"
    action, params = asked(pages.species_group_in_region("Birds", "cl1", "b"))
    assert (action, params["speciesGroup"]) == ("createSpeciesGroupRegionAlert", "Birds")
    action, params = asked(pages.dataset("dr45", "Vogels"))
    assert action == "createBiocacheNewRecordsAlert"
    assert params["webserviceQuery"] == "/occurrences/search?q=data_resource_uid%3Adr45"
    assert params["uiQuery"] == params["webserviceQuery"]
    assert params["baseUrlForWS"] == f"{PORTAL}/biocache-service"
    assert params["baseUrlForUI"] == f"{PORTAL}/biocache-hub"
    assert (params["queryDisplayName"], bool(params["resourceName"])) == ("Vogels", True)
    assert "species_list%3Adr5" in asked(pages.species_list("dr5", "x"))[1]["webserviceQuery"]
    assert "species_list_uid" in pages.species_list("dr5", "x", authoritative=True)


def test_a_query_to_be_notified_of(pages):
    query = OccurrenceQuery(taxa=(TaxonRef("7"),), filters=('a:"x+y"',))
    url = pages.query(query, "Vespa", "cl102:x")
    stored = parse_qs(urlsplit(url).query)["webserviceQuery"][0]
    assert stored.startswith("/occurrences/search?q=lsid%3A7&fq=")
    again = parse_qs(urlsplit(stored).query)
    assert again["q"] == ["lsid:7"]
    assert "cl102:x" in again["fq"]
    with pytest.raises(errors.InvalidQuery) as raised:
        pages.query(OccurrenceQuery(text="qid:123"), "Vespa", "")
    assert raised.value.part == "text"
    with pytest.raises(errors.InvalidQuery) as raised:
        pages.query(OccurrenceQuery(list_taxa=tuple(map(str, range(3000)))), "Vespa", "")
    assert raised.value.part == "length"


def test_a_notification_without_a_name_would_fail(pages):
    with pytest.raises(errors.InvalidQuery):
        pages.taxon("2427605", " ")
    assert pages.subscribe(ALERT).endswith("/notification/addMyAlert/40")
