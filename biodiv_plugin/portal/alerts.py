"""Notifications by mail: the ``alerts`` service of the portal.

A program can read what a user is subscribed to, and end all of it. The rest needs the signed-in
browser: :class:`AlertPages` has the addresses (contract/lists 3.7).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Mapping, Optional
from urllib.parse import quote, urlencode

from biodiv_plugin.portal.answers import as_object, flag, integer, objects, text
from biodiv_plugin.portal.errors import InvalidQuery, NotFound, UnexpectedAnswer
from biodiv_plugin.portal.http import (
    UNWATCHED,
    Feedback,
    Params,
    Request,
    Response,
    Transport,
    get_json,
    raise_for_status,
    url_with,
)
from biodiv_plugin.portal.query import MAX_URL, OccurrenceQuery, search_params

FREQUENCIES = ("hourly", "daily", "weekly", "monthly")  # another name would end all mails


@dataclass(frozen=True)
class Alert:
    """A kind of notification. ``query_path`` says what it is about in any language; the names
    are in the language that the portal was set up with."""

    id: int
    name: str
    description: str
    custom: bool
    query_path: str


@dataclass(frozen=True)
class AlertSettings:
    """What a user hears of. There is one frequency for all; "" means no mails at all.

    The user's address and the tokens that unsubscribe without a sign-in are in the answer, and
    are not kept.
    """

    subscribed: tuple[Alert, ...]
    available: tuple[Alert, ...]
    custom: tuple[Alert, ...]
    frequency: str
    frequencies: tuple[str, ...]


def parse_alert(answer: Mapping[str, Any]) -> Alert:
    """Read one query of the configuration (contract/lists 3.3); unknown members are ignored.

    Raises ``UnexpectedAnswer`` for one without id.
    """
    number = integer(answer, "id")
    if number is None:
        raise UnexpectedAnswer("an alert without id")
    return Alert(
        id=number,
        name=text(answer, "name"),
        description=text(answer, "description"),
        custom=flag(answer, "custom") or False,
        query_path=text(answer, "queryPath"),
    )


def parse_alert_settings(answer: Any) -> AlertSettings:
    """Read the configuration of a user."""
    found = as_object(answer, "the alerts of a user")
    user = as_object(found.get("user"), "the user of the alerts")
    known = sorted(objects(found, "frequencies"), key=lambda f: integer(f, "periodInSeconds") or 0)
    names = {integer(frequency, "id"): text(frequency, "name") for frequency in known}
    chosen = user.get("frequency")
    number = integer(chosen, "id") if isinstance(chosen, dict) else None
    return AlertSettings(
        subscribed=tuple(map(parse_alert, objects(found, "enabledQueries"))),
        available=tuple(map(parse_alert, objects(found, "disabledQueries"))),
        custom=tuple(map(parse_alert, objects(found, "customQueries"))),
        frequency=names.get(number, "") if number is not None else "",
        frequencies=tuple(names.values()),
    )


class AlertClient:
    """Reads and ends notifications. ``base`` is ``<portal>/alerts``.

    The service does not compare the user with the token, so ``user_id`` must always be that of
    the person signed in, never one that was typed.
    """

    def __init__(self, transport: Transport, base: str) -> None:
        self._transport = transport
        self._base = base.rstrip("/")

    def subscriptions(
        self, user_id: str, feedback: Feedback = UNWATCHED
    ) -> Optional[AlertSettings]:
        """Return what the user hears of, or ``None`` for one who never used notifications."""
        try:
            response = self._send(get_json(self._user_url(user_id), as_user=True), feedback)
        except NotFound:
            return None
        return parse_alert_settings(response.json())

    def register(
        self,
        user_id: str,
        email: str,
        first_name: str = "",
        last_name: str = "",
        feedback: Feedback = UNWATCHED,
    ) -> bool:
        """Make the user known, with weekly mails; return whether that was needed.

        Raises ``InvalidQuery`` without an address.
        """
        if not email:
            raise InvalidQuery("notifications need an address", part="email")
        params: Params = {
            "userId": user_id,
            "email": email,
            "firstName": first_name or None,
            "lastName": last_name or None,
        }
        url = url_with(f"{self._base}/api/alerts/user/createAlerts", params)
        return self._send(_post(url), feedback).status == 201

    def unsubscribe_all(self, user_id: str, feedback: Feedback = UNWATCHED) -> None:
        """End every notification of the user. Ask first, and name them all.

        Raises ``UnexpectedAnswer`` where the portal does not say that it did.
        """
        answer = self._send(_post(f"{self._user_url(user_id)}/unsubscribe"), feedback).json()
        if flag(as_object(answer, "the end of alerts"), "success") is not True:
            raise UnexpectedAnswer("the alerts were not ended", url=self._base)

    def _user_url(self, user_id: str) -> str:
        if not user_id:
            raise InvalidQuery("notifications belong to a user", part="user")
        return f"{self._base}/api/alerts/user/{quote(user_id, safe='')}"

    def _send(self, request: Request, feedback: Feedback) -> Response:
        response = self._transport.send(request, feedback)
        raise_for_status(response)
        return response


def _post(url: str) -> Request:
    return Request("POST", url, headers={"Accept": "application/json"}, as_user=True)


@dataclass(frozen=True)
class AlertPages:
    """Addresses for the browser, below ``portal``.

    Those that subscribe do nothing, without a word, for one who is not signed in: always open
    :meth:`mine` first, which asks for the sign-in, and check with
    :meth:`AlertClient.subscriptions` afterwards (contract/lists 3.5).
    """

    portal: str

    def mine(self) -> str:
        """Return the page of the user's notifications; the first visit makes the user known."""
        return f"{self.portal}/alerts/notification/myAlerts"

    def subscribe(self, alert: Alert) -> str:
        return f"{self.portal}/alerts/notification/addMyAlert/{alert.id}"

    def unsubscribe(self, alert: Alert) -> str:
        """Return the address that ends one notification and then shows the rest."""
        return f"{self.portal}/alerts/notification/deleteMyAlertWR/{alert.id}"

    def frequency(self, name: str) -> str:
        """Return the address that sets the frequency of all mails; raises ``InvalidQuery``."""
        if name not in FREQUENCIES:
            raise InvalidQuery("no such frequency", part="frequency")
        return url_with(f"{self.portal}/alerts/notification/changeFrequency", {"frequency": name})

    def taxon(self, key: str, name: str) -> str:
        return self._create("createTaxonAlert", {"taxonGuid": key, "taxonName": name})

    def region(self, field_id: str, area_name: str) -> str:
        return self._create("createRegionAlert", {"layerId": field_id, "regionName": area_name})

    def taxon_in_region(self, key: str, name: str, field_id: str, area_name: str) -> str:
        return self._create(
            "createTaxonRegionAlert",
            {"taxonGuid": key, "taxonName": name, "layerId": field_id, "regionName": area_name},
        )

    def species_group_in_region(self, group: str, field_id: str, area_name: str) -> str:
        return self._create(
            "createSpeciesGroupRegionAlert",
            {"speciesGroup": group, "layerId": field_id, "regionName": area_name},
        )

    def dataset(self, uid: str, name: str) -> str:
        return self._new_records({"q": f"data_resource_uid:{uid}"}, name)

    def species_list(self, druid: str, name: str, authoritative: bool = False) -> str:
        """Return the address for new records of a public list's species."""
        field = "species_list_uid" if authoritative else "species_list"
        return self._new_records({"q": f"{field}:{druid}"}, name)

    def query(self, query: OccurrenceQuery, name: str, flanders_filter: str) -> str:
        """Return the address for new records of a query.

        Raises ``InvalidQuery`` as a search does, and for a stored query (``text``): it may be
        gone when the mail is due.
        """
        if "qid:" in query.text or any("qid:" in clause for clause in query.filters):
            raise InvalidQuery("a stored query does not last", part="text")
        return self._new_records(search_params(query, flanders_filter), name)

    def _new_records(self, params: Params, name: str) -> str:
        path = url_with("/occurrences/search", params)
        return self._create(
            "createBiocacheNewRecordsAlert",
            {
                "webserviceQuery": path,
                "uiQuery": path,
                "queryDisplayName": name,
                "baseUrlForWS": f"{self.portal}/biocache-service",
                "baseUrlForUI": f"{self.portal}/biocache-hub",
                "resourceName": "Vlaams Biodiversiteitsportaal",
            },
        )

    def _create(self, action: str, params: Mapping[str, str]) -> str:
        if not all(value.strip() for value in params.values()):
            raise InvalidQuery("a notification needs all of its parts", part="name")
        back = {"redirect": self.mine()}
        url = f"{self.portal}/alerts/ws/{action}?{urlencode({**params, **back})}"
        if len(url) > MAX_URL:
            raise InvalidQuery("the query is too long for a notification", part="length")
        return url
