"""/species-list/ws: what a bearer can write, mostly whole lists (contract/lists 2.9)."""

from __future__ import annotations

import json
import re
import sqlite3
from typing import Any, Callable, Dict, List, Optional, Tuple

from flask import Blueprint, Response, request

from demo.portal.bearer import Caller
from demo.portal.error_pages import html_error, unauthorized
from demo.portal.grails import grails_json, plain_text
from demo.portal.guard import class_a
from demo.portal.lists.access import Reader, action, may_change, parameter, reader
from demo.portal.lists.filters import BOOLEANS, LIST_TYPES
from demo.portal.lists.reads import WS
from demo.portal.lists.store import (
    DATES,
    MOCKED,
    NewItem,
    Store,
    add_editor,
    add_items,
    insert_list,
    list_named,
    update_list,
)
from demo.portal.world import World

_BOUND = (
    *("listType", "description", "url", "wkt", "isPrivate", "isBIE", "isSDS", "isAuthoritative"),
    *("isThreatened", "isInvasive", "region", "authority", "category", "generalisation"),
    *("sdsType", "looseSearch", "userId", "firstName", "surname"),
)
_FIRST_NUMBER = 1200
_NO_PROPERTIES = "Missing compulsory mandatory properties."
_UNREADABLE = "Unable to parse JSON body. {}"


class Unreadable(Exception):
    """The body cannot be made into a list; the text goes to the client."""


def add_routes(routes: Blueprint, world: World) -> None:
    """Add the writes.

    Faults: ``lists.no_druid`` (no collectory entry), ``lists.answer_lost`` (stored, then a 502),
    ``lists.orphan`` (stored without owner, whatever the token says).
    """
    store = Store.of(world)

    @class_a()
    def save(world: World, caller: Caller, druid: Optional[str] = None) -> Response:
        refused = _not_writable(store, caller, druid)
        if refused is not None:
            return refused
        if not (request.headers.get("X-ALA-userId") or request.cookies.get("ALA-Auth")):
            return plain_text("Supplied username is invalid", 400)
        if druid is None and world.faults.on("lists.no_druid") is not None:
            return plain_text("Unable to generate collectory entry.", 400)
        try:
            answer = _save(world, store, caller, druid)
        except (Unreadable, ValueError) as error:
            return plain_text(_UNREADABLE.format(error), 400)
        lost = world.faults.on("lists.answer_lost") is not None
        return html_error(502) if lost else answer

    @action
    def publish(druid: str) -> Response:
        who = reader(world)
        with store.writing() as connection:
            row = list_named(connection, druid)
            if row is None or not may_change(connection, row, who):
                return unauthorized()
            connection.execute("UPDATE item SET isPublished = 1 WHERE list_id = ?", (row["id"],))
            return plain_text(f"Species list {druid} has been published")

    for name in ("speciesList", "speciesListPost"):
        for tail in ("", "/<druid>"):
            routes.add_url_rule(
                f"{WS}/{name}{tail}",
                f"lists_save_{name}{len(tail)}",
                lambda druid=None: save(world, druid=druid),
                methods=["POST"],
            )
    routes.add_url_rule(f"{WS}/speciesList/publish/<druid>", "lists_publish", publish)
    _add_single_items(routes, world, store)


def _not_writable(store: Store, caller: Caller, druid: Optional[str]) -> Optional[Response]:
    """Return the interceptor's refusal for a list that is another's or, for most, unknown."""
    if druid is None:
        return None
    with store.reading() as connection:
        row = list_named(connection, druid)
        if caller.has_role("ROLE_ADMIN"):
            return None  # with an unknown id an administrator creates the list
        if row is None:
            return html_error(500)
        return None if may_change(connection, row, Reader(caller.user_id)) else unauthorized()


def _save(world: World, store: Store, caller: Caller, druid: Optional[str]) -> Response:
    body = _body()
    name, supplied = body.get("listName"), body.get("listItems")
    if not name or not supplied:
        return plain_text(_NO_PROPERTIES, 400)
    items = new_items(supplied)
    replace = body.get("replaceList", True)
    with store.writing() as connection:
        row = list_named(connection, druid) if druid else None
        if row is None and not replace:
            raise Unreadable("Cannot add items to a list that does not exist")
        if row is None:
            druid = druid or next_druid(connection)
            list_id = insert_list(connection, _new_list(world, store, caller, druid, body))
        else:
            list_id = row["id"]
            _renew(connection, store, list_id, body, replace)
        guids = add_items(connection, list_id, items)
    answer = {"status": 200, "message": "added species list", "druid": druid}
    answer["data"] = _data(supplied, items, guids)  # type: ignore[assignment]
    response = grails_json(answer, 201)
    response.headers["druid"] = str(druid)
    return response


def _body() -> Dict[str, Any]:
    body = json.loads(request.get_data(as_text=True) or "null")
    if not isinstance(body, dict):
        raise Unreadable("A JSONObject text must begin with '{'")
    return body


def new_items(supplied: Any) -> List[NewItem]:
    """Return the items of a body: one text of names with commas, or objects with pairs.

    Raises :class:`Unreadable` where a member is no text.
    """
    if isinstance(supplied, str):
        return [NewItem(name) for name in supplied.split(",")]
    items = []
    for entry in supplied if isinstance(supplied, list) else [None]:
        if not isinstance(entry, dict) or not isinstance(entry.get("itemName"), str):
            raise Unreadable('JSONObject["itemName"] not a string.')
        pairs = [(pair.get("key"), pair.get("value")) for pair in entry.get("kvpValues") or []]
        if any(
            not isinstance(key, str) or not isinstance(v, (str, type(None))) for key, v in pairs
        ):
            raise Unreadable('JSONObject["value"] not a string.')
        items.append(NewItem(entry["itemName"], tuple(pairs)))
    return items


def next_druid(connection: sqlite3.Connection) -> str:
    """Return a new id, as the collectory gives it."""
    used = [row["druid"] for row in connection.execute("SELECT druid FROM list")]
    numbers = [int(druid[2:]) for druid in used if re.fullmatch(r"dr\d+", druid)]
    return f"dr{max([_FIRST_NUMBER, *numbers]) + 1}"


def bound_value(name: str, value: Any) -> Any:
    """Return ``value`` as the column ``name`` holds it. Raises :class:`Unreadable`."""
    if name == "listType" and value not in (*LIST_TYPES, None, ""):
        raise Unreadable(f"No enum constant au.org.ala.specieslist.ListType.{value}")
    if name in BOOLEANS:
        if name == "looseSearch" and value in (None, ""):
            return None
        return int(str(value).lower() in ("true", "on", "1"))
    return None if value in (None, "") else str(value)


def _new_list(
    world: World, store: Store, caller: Caller, druid: str, body: Dict[str, Any]
) -> Dict[str, Any]:
    """Return the columns of a new list.

    Its owner is the request profile's ``userid`` from userinfo; the token's own claim of that name
    is not looked at. Without it whatever the body says stays, mostly nothing: an orphan.
    """
    values: Dict[str, Any] = dict(MOCKED)
    values.update((key, bound_value(key, body[key])) for key in _BOUND if key in body)
    values.update(dict.fromkeys(DATES, store.now()), druid=druid, listName=body["listName"])
    if caller.userinfo.get("userid"):
        values["userId"] = caller.userinfo["userid"]
    if world.faults.on("lists.orphan") is not None:
        values["userId"] = None
    return values


def _renew(
    connection: sqlite3.Connection,
    store: Store,
    list_id: int,
    body: Dict[str, Any],
    replace: bool,
) -> None:
    """Replace the name and the items of a list, or only leave room for more."""
    dates = {key: store.now() for key in DATES if key != "dateCreated"}
    if replace:
        connection.execute("DELETE FROM item WHERE list_id = ?", (list_id,))
        dates["listName"] = body["listName"]
    update_list(connection, list_id, dates)
    for editor in str(body.get("editors") or "").split(","):
        add_editor(connection, list_id, editor.strip() or None)


def _data(supplied: Any, items: List[NewItem], guids: List[Optional[str]]) -> List[Any]:
    if isinstance(supplied, str):
        return list(guids)
    shared: Dict[str, Optional[str]] = {}  # one map for all entries: each shows the last values
    for item in items:
        shared.update(item.pairs)
    return [{"guid": guid, "kvps": shared} for guid in guids]


def _add_single_items(routes: Blueprint, world: World, store: Store) -> None:
    @class_a("ala/internal")
    def create(world: World, caller: Caller) -> Response:
        body = request.get_json(force=True, silent=True)
        if not isinstance(body, dict) or not body.get("rawScientificName"):
            return plain_text("Missing rawScientificName", 400)
        with store.writing() as connection:
            row = list_named(connection, parameter("druid"))
            if row is None:
                return plain_text("Species list not found", 404)
            create_record(connection, row["id"], body)
            return plain_text("Record successfully created")

    @class_a("ala/internal")
    def delete(world: World, caller: Caller) -> Response:
        with store.writing() as connection:
            row = list_named(connection, parameter("druid"))
            removed = connection.execute(
                "DELETE FROM item WHERE list_id = ? AND guid = ?",
                (row["id"] if row else -1, parameter("guid")),
            )
            gone = removed.rowcount > 0
            text = "Record successfully deleted" if gone else "Item not found"
            return plain_text(text, 200 if gone else 404)

    rules: Tuple[Tuple[str, Callable[..., Response], str], ...] = (
        ("createItem", create, "POST"),
        ("deleteItem", delete, "GET"),
    )
    for path, view, method in rules:
        routes.add_url_rule(
            f"{WS}/{path}", f"lists_{path}", lambda v=view: v(world), methods=[method]
        )


def create_record(connection: sqlite3.Connection, list_id: int, values: Dict[str, Any]) -> None:
    """Add one item; of the other members only keys that the list already has are stored."""
    known = connection.execute(
        "SELECT DISTINCT key FROM kvp JOIN item ON item.id = item_id WHERE list_id = ?", (list_id,)
    )
    keys = {row["key"] for row in known}
    pairs = tuple((key, str(value)) for key, value in values.items() if key in keys)
    add_items(connection, list_id, [NewItem(str(values["rawScientificName"]), pairs)])
