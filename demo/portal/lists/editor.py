"""The web pages' own actions on a list: by session, not by token (contract/lists 2.10 to 2.12)."""

from __future__ import annotations

import sqlite3
from typing import Any, Callable, Optional, Tuple, cast

from flask import Blueprint, Response, redirect, request

from demo.portal.bearer import BadToken
from demo.portal.error_pages import html_error, unauthorized
from demo.portal.grails import grails_json, plain_text
from demo.portal.lists.access import Reader, may_change, parameter, reader, session_of
from demo.portal.lists.store import (
    Store,
    add_editor,
    add_pairs,
    list_named,
    update_list,
)
from demo.portal.lists.writes import Unreadable, bound_value, create_record
from demo.portal.names.list_matching import matched
from demo.portal.sessions import admin
from demo.portal.world import World

_EDITABLE = (
    *("listName", "listType", "description", "url", "wkt", "isPrivate", "isBIE", "isSDS"),
    *("region", "authority", "category", "generalisation", "sdsType", "looseSearch"),
)
_CURATED = ("isAuthoritative", "isThreatened", "isInvasive")
_MY_LISTS = "/species-list/speciesList/list"


def add_routes(routes: Blueprint, world: World) -> None:
    """Add the actions.

    Switch ``lists.real_userdetails``: e-mail addresses of editors are looked up among the demo's
    people; else each becomes the stub's one user, as sharing by address does not work there.
    """
    store = Store.of(world)
    editor = _Editor(world, store)
    rules: Tuple[Tuple[str, Callable[..., Response]], ...] = (
        ("editor/editSpeciesList", editor.edit_list),
        ("editor/updateEditors", editor.update_editors),
        ("editor/createRecord", editor.create_record),
        ("editor/editRecord", editor.edit_record),
        ("editor/deleteRecord", editor.delete_record),
        ("speciesList/delete/<int:list_id>", editor.delete_list),
        ("speciesList/deleteList/<druid>", editor.empty_list),
        ("speciesList/rematch", editor.rematch),
        ("speciesList/rematch/<druid>", editor.rematch),
    )
    for path, view in rules:
        name = f"lists_{path}"
        routes.add_url_rule(f"/species-list/{path}", name, view, methods=["GET", "POST"])


class _Editor:
    def __init__(self, world: World, store: Store) -> None:
        self._world = world
        self._store = store

    def _who(self) -> Optional[Reader]:
        session = session_of(self._world)
        return Reader(session.user_id, admin(session)) if session else None

    def _refused(
        self,
        connection: sqlite3.Connection,
        row: Optional[sqlite3.Row],
        *,
        owner_only: bool = False,
    ) -> Optional[Response]:
        """Return why the session may not change the list. Nobody owns an orphan: so nobody may."""
        who = self._who()
        if row is None:
            return html_error(404)
        allowed = may_change(connection, row, who, nobody=True)
        if owner_only and who is not None and not who.admin:
            allowed = row["userId"] == who.user_id
        return None if allowed else html_error(403)

    def edit_list(self) -> Response:
        with self._store.writing() as connection:
            row = _by_id(connection, "list", parameter("id"))
            refused = self._refused(connection, row, owner_only=True)
            if refused is not None or row is None:
                return refused or html_error(404)
            who = self._who()
            fields = _EDITABLE + (_CURATED if who and who.admin else ())
            try:
                sent = {k: bound_value(k, request.values[k]) for k in fields if k in request.values}
            except Unreadable:
                return html_error(500)
            update_list(connection, row["id"], {**sent, "lastUpdated": self._store.now()})
            return plain_text("Species list successfully updated")

    def update_editors(self) -> Response:
        with self._store.writing() as connection:
            row = list_named(connection, parameter("id"))
            refused = self._refused(connection, row, owner_only=True)
            if refused is not None or row is None:
                return refused or html_error(404)
            connection.execute("DELETE FROM editor WHERE list_id = ?", (row["id"],))
            for address in request.values.getlist("editors[]"):
                add_editor(connection, row["id"], self._user_id(address))
            return plain_text("Editors successfully updated")

    def _user_id(self, address: str) -> Optional[str]:
        if self._world.faults.on("lists.real_userdetails") is None:
            return "mocked-user"
        person = self._world.people.named(address)
        return person.sub if person else None

    def create_record(self) -> Response:
        with self._store.writing() as connection:
            row = _by_id(connection, "list", parameter("id"))
            refused = self._refused(connection, row)
            if refused is not None or row is None:
                return refused or html_error(404)
            if not parameter("rawScientificName"):
                return html_error(500)
            create_record(connection, row["id"], request.values.to_dict())
            return plain_text("Record successfully created")

    def edit_record(self) -> Response:
        """Change an item; a key that is not sent is removed."""
        with self._store.writing() as connection:
            item = _by_id(connection, "item", parameter("id"))
            row = _by_id(connection, "list", item["list_id"]) if item else None
            refused = self._refused(connection, row)
            if refused is not None or item is None:
                return refused or html_error(404)
            reserved = ("id", "rawScientificName")
            pairs = tuple((k, v) for k, v in request.values.items() if k not in reserved)
            name = parameter("rawScientificName") or item["rawScientificName"]
            connection.execute("DELETE FROM kvp WHERE item_id = ?", (item["id"],))
            add_pairs(connection, item["id"], pairs)
            _match_again(connection, item["id"], name, pairs)
            return plain_text("Record successfully edited")

    def delete_record(self) -> Response:
        with self._store.writing() as connection:
            item = _by_id(connection, "item", parameter("id"))
            row = _by_id(connection, "list", item["list_id"]) if item else None
            refused = self._refused(connection, row)
            if refused is not None or item is None:
                return refused or html_error(404)
            connection.execute("DELETE FROM item WHERE id = ?", (item["id"],))
            return plain_text("Record successfully deleted")

    def delete_list(self, list_id: int) -> Response:
        """Delete a list by its internal number; a bearer of its owner may, too."""
        try:
            who = reader(self._world)
        except BadToken:
            return html_error(500)
        with self._store.writing() as connection:
            row = _by_id(connection, "list", list_id)
            if row is not None:
                if not may_change(connection, row, who):
                    return unauthorized()
                connection.execute("DELETE FROM list WHERE id = ?", (list_id,))
            return cast(Response, redirect(_MY_LISTS))

    def empty_list(self, druid: str) -> Response:
        """Do what the old deletion does: for an administrator, and the list itself stays."""
        if not admin(session_of(self._world)):
            return unauthorized()
        with self._store.writing() as connection:
            row = list_named(connection, druid)
            connection.execute("DELETE FROM item WHERE list_id = ?", (row["id"] if row else -1,))
            return cast(Response, redirect(_MY_LISTS))

    def rematch(self, druid: str = "") -> Response:
        """Match a list's names again; without an id those of all lists, and nobody is asked."""
        with self._store.writing() as connection:
            row = list_named(connection, druid) if druid else None
            if druid:
                refused = self._refused(connection, row)
                if refused is not None:
                    return refused
            chosen = (row["id"], row["id"]) if row else (0, 1 << 62)
            items = connection.execute(
                "SELECT id, rawScientificName FROM item WHERE list_id BETWEEN ? AND ?", chosen
            ).fetchall()
            for item in items:
                pairs = connection.execute(
                    "SELECT key, value FROM kvp WHERE item_id = ?", (item["id"],)
                )
                own = [(pair["key"], pair["value"]) for pair in pairs]
                _match_again(connection, item["id"], item["rawScientificName"], own)
            return grails_json({"status": 0, "message": f"Rematched {len(items)} items"})


def _by_id(connection: sqlite3.Connection, table: str, key: Any) -> Optional[sqlite3.Row]:
    found = connection.execute(f"SELECT * FROM {table} WHERE id = ?", (key,))
    return cast(Optional[sqlite3.Row], found.fetchone())


def _match_again(connection: sqlite3.Connection, item_id: int, name: str, pairs: Any) -> None:
    found = matched(name, pairs)
    connection.execute(
        "UPDATE item SET rawScientificName = ?, guid = ?, matchedName = ?, commonName = ?,"
        " author = ?, family = ?, kingdom = ? WHERE id = ?",
        (
            *(name, found.guid, found.matched_name, found.common_name),
            *(found.author, found.family, found.kingdom, item_id),
        ),
    )
