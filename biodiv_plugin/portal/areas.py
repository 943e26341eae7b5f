"""Areas of the portal: found by name, listed, fetched as shapes, uploaded."""

from __future__ import annotations

import json
from typing import Any, Mapping, Sequence
from urllib.parse import quote

from biodiv_plugin.portal.answers import as_array, as_object, flag, integer, text
from biodiv_plugin.portal.area import PortalArea, parse_area, parse_shape
from biodiv_plugin.portal.errors import (
    InvalidQuery,
    NotFound,
    Rejected,
    UnexpectedAnswer,
)
from biodiv_plugin.portal.http import (
    UNWATCHED,
    Feedback,
    Params,
    Request,
    Transport,
    get_json,
    post_form,
    post_json,
    raise_for_status,
    url_with,
)

MAX_SHAPE = 50 * 1024 * 1024  # bytes; one class of a detailed map can be hundreds of megabytes


class AreaClient:
    """Reads and writes areas. ``base`` is ``<portal>/spatial-service``.

    Reading is public. An uploaded area is public as well, and anybody who is signed in can
    delete it (contract/spatial 5): never upload without the user's word.
    """

    def __init__(self, transport: Transport, base: str) -> None:
        self._transport = transport
        self._base = base.rstrip("/")

    def search(
        self,
        text: str,
        limit: int = 20,
        start: int = 0,
        field_ids: Sequence[str] = (),
        feedback: Feedback = UNWATCHED,
    ) -> tuple[PortalArea, ...]:
        """Return areas whose name holds ``text``; there may be a few more than ``limit``.

        Where none of ``field_ids`` exists the service searches everywhere, so what lies outside
        them is left out here.
        """
        if not text.strip():
            return ()
        include = ",".join(field_ids) or None
        params: Params = {"q": text.strip(), "limit": limit, "start": start, "include": include}
        found = self._areas(get_json(url_with(f"{self._base}/search", params)), feedback)
        return tuple(area for area in found if not field_ids or area.field_id in field_ids)

    def objects(
        self,
        field_id: str,
        page_size: int = 100,
        start: int = 0,
        feedback: Feedback = UNWATCHED,
    ) -> tuple[PortalArea, ...]:
        """Return some areas of a field, in the textual order of their ids; -1 means all.

        An unknown field has none. How many there are in all tells ``CatalogueClient.field``.
        """
        url = url_with(
            f"{self._base}/objects/{quote(field_id, safe='')}",
            {"start": start, "pageSize": page_size},
        )
        return self._areas(get_json(url), feedback)

    def object(self, pid: str, feedback: Feedback = UNWATCHED) -> PortalArea:
        """Return one area; raises ``NotFound``."""
        url = f"{self._base}/object/{quote(pid, safe=':')}"
        return parse_area(self._transport.send(get_json(url), feedback).json())

    def within(
        self, field_id: str, wkt: str, limit: int = 40, feedback: Feedback = UNWATCHED
    ) -> tuple[PortalArea, ...]:
        """Return the areas of a field that lie wholly within a polygon (WKT, EPSG:4326)."""
        url = f"{self._base}/objects/inarea/{quote(field_id, safe='')}"
        return self._areas(post_form(url, {"wkt": wkt, "limit": limit}), feedback)

    def shape(
        self, pid: str, max_bytes: int = MAX_SHAPE, feedback: Feedback = UNWATCHED
    ) -> Mapping[str, Any]:
        """Return an area as a GeoJSON geometry, longitude first, EPSG:4326.

        It is full of detail and may be invalid; several pids may be joined by ``~``. Raises
        ``TooLarge`` beyond ``max_bytes`` (read no further), ``NotFound`` for an unknown pid, and
        ``Rejected`` for a class of a grid, which has no shape.
        """
        url = f"{self._base}/shape/geojson/{quote(pid, safe=':~')}"
        response = self._transport.send(get_json(url, limit=max_bytes), feedback)
        raise_for_status(response)
        if not response.body.strip():  # what the service answers to an unknown pid
            raise NotFound("no such shape", url=url)
        try:
            return parse_shape(json.loads(response.body))
        except ValueError as fault:
            raise UnexpectedAnswer("a shape that is no JSON", url=url) from fault

    def upload_wkt(self, name: str, wkt: str, user: str, feedback: Feedback = UNWATCHED) -> str:
        """Upload a polygon (WKT, EPSG:4326, longitude first) for everybody to see; return its pid.

        Of the ways to upload, this one alone keeps the name out of the public search. The
        service may mend the shape, so that it differs from what was sent. Raises
        ``InvalidQuery`` for what is no polygon.
        """
        if not wkt.startswith(("POLYGON", "MULTIPOLYGON")):  # others are stored unchecked
            raise InvalidQuery("an area is a polygon as WKT", part="area")
        body = {"wkt": wkt, "name": name, "description": "", "user_id": user}
        url = f"{self._base}/shape/upload/wkt"
        answer = self._written(post_json(url, body, as_user=True), feedback)
        pid = integer(answer, "id")
        if pid is None:
            raise UnexpectedAnswer("an uploaded area without id", url=url)
        return str(pid)

    def delete(self, pid: str, feedback: Feedback = UNWATCHED) -> None:
        """Delete an uploaded area; raises ``Rejected`` for what is none."""
        url = f"{self._base}/shape/upload/{quote(pid, safe='')}"
        headers = {"Accept": "application/json"}
        request = Request("DELETE", url, headers=headers, as_user=True)
        if flag(self._written(request, feedback), "success") is not True:
            raise UnexpectedAnswer("an area that was not deleted", url=url)

    def _areas(self, request: Request, feedback: Feedback) -> tuple[PortalArea, ...]:
        answer = self._transport.send(request, feedback).json()
        return tuple(map(parse_area, as_array(answer, "the areas", request.url)))

    def _written(self, request: Request, feedback: Feedback) -> Mapping[str, Any]:
        """Return the answer to a change; its failures come with status 200 and ``error``."""
        answer = as_object(self._transport.send(request, feedback).json(), "a change", request.url)
        if answer.get("error"):
            raise Rejected(text(answer, "error")[:200], url=request.url)
        return answer
