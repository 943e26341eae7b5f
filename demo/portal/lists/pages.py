"""The web pages of the species lists, to be opened in a browser (contract/lists 2.13)."""

from __future__ import annotations

import sqlite3
from typing import Any, Callable, List, Optional, cast

from flask import Blueprint, Response, make_response, redirect, render_template, request

from demo.portal.bearer import Caller
from demo.portal.error_pages import html_error, unauthorized
from demo.portal.lists.access import SERVICE, Reader, may_change, may_see, parameter, session_of
from demo.portal.lists.reads import row_of, visible
from demo.portal.lists.store import Store, editors, pairs_of
from demo.portal.sessions import Sessions, admin
from demo.portal.websession import has_visitor_cookie
from demo.portal.world import World

LABELS = {
    "SPECIES_CHARACTERS": "Soorten kenmerken(traits) lijst",
    "CONSERVATION_LIST": "Beschermingslijst",
    "SENSITIVE_LIST": "Lijst van gevoelige soorten",
    "LOCAL_LIST": "Gebied checklist",
    "COMMON_TRAIT": "Gemeenschappelijk kenmerk van soorten",
    "COMMON_HABITAT": "Gemeenschappelijk habitat van soorten",
    "SPATIAL_PORTAL": "Geografisch portaal gedefinieerd",
    "PROFILE": "Profiel lijst",
    "TEST": "Test lijst",
    "OTHER": "Andere lijst",
}
_SHORTEST = 3


def add_routes(routes: Blueprint, world: World) -> None:
    """Add the pages. A visitor's cookie without a session sends any of them to the sign-in."""
    pages = _Pages(world)
    rules: tuple[tuple[str, Callable[..., Response]], ...] = (
        ("", pages.home),
        ("public/speciesLists", pages.public),
        ("speciesList/list", pages.mine),
        ("speciesList/upload", pages.upload),
        ("speciesList/upload/<druid>", pages.upload),
        ("speciesListItem/list/<druid>", pages.items),
    )
    for path, view in rules:
        routes.add_url_rule(f"/species-list/{path}", f"lists_page_{path}", view)

    @routes.before_request
    def signed_in_silently() -> Optional[Response]:
        path = request.path
        if not path.startswith(f"/{SERVICE}/") or path.startswith(f"/{SERVICE}/ws/"):
            return None
        if not has_visitor_cookie() or session_of(world) or path.endswith("/demo-login"):
            return None
        if request.headers.get("X-Requested-With") == "XMLHttpRequest":
            return unauthorized()
        return pages.login()


class _Pages:
    def __init__(self, world: World) -> None:
        self._world = world
        self._store = Store.of(world)

    def login(self) -> Response:
        return Sessions.of(self._world).login(SERVICE)

    def home(self) -> Response:
        return cast(Response, redirect("/species-list/public/speciesLists"))

    def public(self) -> Response:
        words = parameter("q").strip()
        short = bool(words) and len(words) < _SHORTEST
        with self._store.reading() as connection:
            rows = visible(connection, None)
        if words and not short:
            rows = [row for row in rows if words.casefold() in (row["listName"] or "").casefold()]
        if wanted := parameter("listType").partition(":")[2]:
            rows = [row for row in rows if row["listType"] == wanted]
        problem = "Geef minstens drie letters op." if short else ""
        return self._index("Soortenlijsten", rows, words, problem)

    def mine(self) -> Response:
        session = session_of(self._world)
        if session is None:
            return self.login()
        who = _reader(session)
        with self._store.reading() as connection:
            rows = visible(connection, who)
            if not who.admin:
                rows = [row for row in rows if may_change(connection, row, who)]
        return self._index("Mijn lijsten", rows, deletable=[row["id"] for row in rows])

    def _index(
        self,
        title: str,
        rows: List[sqlite3.Row],
        words: str = "",
        problem: str = "",
        deletable: Any = (),
    ) -> Response:
        session = session_of(self._world)
        shown = sorted(rows, key=lambda row: (row["listName"] or "").casefold())
        return make_response(
            render_template(
                "lists/index.html",
                title=title,
                rows=shown,
                words=words,
                problem=problem,
                deletable=deletable,
                labels=LABELS,
                person=session.username if session else None,
            )
        )

    def upload(self, druid: str = "") -> Response:
        session = session_of(self._world)
        if session is None:
            return self.login()
        with self._store.reading() as connection:
            row = row_of(connection, druid) if druid else None
            if druid and row is None:
                return html_error(404)
            if row is not None and not may_change(connection, row, _reader(session)):
                return unauthorized()
        return make_response(render_template("lists/upload.html", row=row, labels=LABELS))

    def items(self, druid: str) -> Response:
        session = session_of(self._world)
        who = _reader(session) if session else None
        maximum, offset = _number("max", 50), _number("offset", 0)
        with self._store.reading() as connection:
            row = row_of(connection, druid)
            if row is None:
                return html_error(404)
            if not may_see(connection, row, who):
                return unauthorized() if session else self.login()
            found = connection.execute(
                "SELECT * FROM item WHERE list_id = ? ORDER BY itemOrder, id LIMIT ? OFFSET ?",
                (row["id"], maximum, offset),
            ).fetchall()
            pairs = pairs_of(connection, [item["id"] for item in found])
            may_edit = may_change(connection, row, who)
            owned = who is not None and (who.admin or who.user_id == row["userId"])
            more = offset + maximum < row["itemsCount"]
            page = render_template(
                "lists/items.html",
                row=row,
                items=[(item, pairs[item["id"]]) for item in found],
                keys=sorted({pair["key"] for own in pairs.values() for pair in own}),
                editors=editors(connection, row["id"]),
                may_change=may_edit,
                may_own=owned,
                labels=LABELS,
                maximum=maximum,
                next_offset=offset + maximum if more else None,
            )
        return make_response(page)


def _reader(session: Caller) -> Reader:
    return Reader(session.user_id, admin(session))


def _number(name: str, default: int) -> int:
    text = parameter(name)
    return int(text) if text.isdigit() else default
