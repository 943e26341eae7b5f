"""/species-list/ws: the index of lists, one list, its items (contract/lists 2.2 to 2.5)."""

from __future__ import annotations

import sqlite3
from typing import Any, Dict, List, Optional, Sequence

from flask import Blueprint, Response, request

from demo.portal.grails import grails_json, plain_text
from demo.portal.guard import class_a
from demo.portal.lists import documents
from demo.portal.lists.access import (
    Reader,
    Swallowed,
    action,
    may_see,
    parameter,
    reader,
    refusal,
)
from demo.portal.lists.filters import BOOLEANS, OTHERS, TEXTS, filters_of, matching
from demo.portal.lists.store import Store
from demo.portal.world import World

WS = "/species-list/ws"
ITEM_FIELDS = (
    *("id", "itemOrder", "rawScientificName", "matchedName", "commonName", "guid"),
    *("author", "family", "kingdom"),
)
_SORTABLE = {
    **{name: name for name in (*BOOLEANS, *TEXTS, *OTHERS, "listType")},
    "count": "itemsCount",
    "dataResourceUid": "druid",
}
_ALL = "SELECT list.*, (SELECT count(*) FROM item WHERE list_id = list.id) AS itemsCount FROM list"
_ITEMS = "SELECT item.*, druid FROM item JOIN list ON list.id = list_id WHERE druid IN ({})"
_FOUND = "coalesce({0}, '') LIKE ? ESCAPE '\\'"
_SEARCHED = " OR ".join(
    _FOUND.format(column) for column in ("commonName", "matchedName", "rawScientificName")
)


def add_routes(routes: Blueprint, world: World) -> None:
    """Add the reads."""
    store = Store.of(world)

    @action
    def index() -> Response:
        who = reader(world)
        with store.reading() as connection:
            return grails_json(_index(connection, who))

    def one(druids: str) -> Response:
        with store.reading() as connection:
            rows, refused = _readable(world, connection, druids)
            if refused is not None:
                return refused
            if not rows or rows[-1] is None:
                return action(lambda: grails_json(_index(connection, reader(world))))()
            return grails_json(documents.single(rows[-1]))

    def items(druids: str = "") -> Response:
        druids = druids or parameter("druid")
        if not druids:
            return plain_text("druid parameter is required", 400)
        with store.reading() as connection:
            _, refused = _readable(world, connection, druids)
            return refused or action(lambda: _items(connection, druids))()

    def taxa(druid: str) -> Response:
        with store.reading() as connection:
            _, refused = _readable(world, connection, druid)
            rows = select_items(connection, [druid])
            return refused or grails_json([row["guid"] for row in rows])

    routes.add_url_rule(f"{WS}/speciesList", "lists_index", index)
    routes.add_url_rule(f"{WS}/speciesList/", "lists_index_", index)
    routes.add_url_rule(f"{WS}/speciesList/<druids>", "lists_one", one)
    routes.add_url_rule(f"{WS}/speciesList/<druid>/taxa", "lists_taxa", taxa)
    routes.add_url_rule(f"{WS}/speciesListItems", "lists_items_", items)
    routes.add_url_rule(f"{WS}/speciesListItems/<druids>", "lists_items", items)
    _add_internal(routes, world, store)


def _add_internal(routes: Blueprint, world: World, store: Store) -> None:
    @class_a("ala/internal")
    def one(world: World, caller: Any, druid: str) -> Response:
        with store.reading() as connection:
            row = row_of(connection, druid)
            return grails_json(documents.single(row) if row else _index(connection, None))

    @class_a("ala/internal")
    def items(world: World, caller: Any, druid: str) -> Response:
        with store.reading() as connection:
            return action(lambda: _items(connection, druid))()

    for name, view in (("speciesListInternal", one), ("speciesListItemsInternal", items)):
        rule = f"{WS}/{name}/<druid>"
        routes.add_url_rule(rule, f"lists_{name}", lambda druid, v=view: v(world, druid=druid))


def row_of(connection: sqlite3.Connection, druid: str) -> Optional[sqlite3.Row]:
    """Return a list with its number of items, or None."""
    found: Optional[sqlite3.Row] = connection.execute(
        f"{_ALL} WHERE druid = ?", (druid,)
    ).fetchone()
    return found


def visible(connection: sqlite3.Connection, who: Optional[Reader]) -> List[sqlite3.Row]:
    """Return all lists that ``who`` may see."""
    return [row for row in connection.execute(_ALL) if may_see(connection, row, who)]


def _readable(
    world: World, connection: sqlite3.Connection, druids: str
) -> tuple[List[Optional[sqlite3.Row]], Optional[Response]]:
    """Check each list asked for; return them and, if one may not be read, the refusal."""
    rows = []
    for druid in druids.split(","):
        row = row_of(connection, druid)
        refused = refusal(world, connection, row) if row is not None else None
        if refused is not None:
            return [], refused
        rows.append(row)
    return rows, None


def number(name: str, default: Optional[int]) -> Optional[int]:
    """Return a numeric parameter. Raises :class:`Swallowed` for another text."""
    text = parameter(name)
    if not text:
        return default
    try:
        return int(text)
    except ValueError as error:
        raise Swallowed(f"{name} is no number") from error


def _index(connection: sqlite3.Connection, who: Optional[Reader]) -> Dict[str, Any]:
    args = request.args
    maximum = min(number("max", 25) or 0, 1000)
    offset = number("offset", 0) or 0
    sort, order = args.get("sort"), args.get("order", "asc")
    if sort is not None and sort not in _SORTABLE:
        raise Swallowed(f"no property {sort}")
    edited = _edited(connection, who)
    rows = matching(visible(connection, who), filters_of(args), who, edited)
    if args.get("wkt"):
        rows = [row for row in rows if row["wkt"]]
    if words := args.get("q", "").casefold():
        rows = [row for row in rows if _mentions(row, words)]
    own_first = bool(args.get("user")) and sort is None
    rows.sort(key=lambda row: _key(row[_SORTABLE[sort or "listName"]]), reverse=order == "desc")
    if own_first:
        mine = who.user_id if who else None
        rows.sort(key=lambda row: mine is None or row["userId"] != mine)
    return {
        "listCount": len(rows),
        "sort": None if own_first else sort or "listName",
        "order": order,
        "max": maximum,
        "offset": args.get("offset"),
        "lists": [documents.summary(row) for row in rows[offset : offset + max(maximum, 0)]],
    }


def _edited(connection: sqlite3.Connection, who: Optional[Reader]) -> List[int]:
    user_id = who.user_id if who else None
    rows = connection.execute("SELECT list_id FROM editor WHERE user_id = ?", (user_id,))
    return [row["list_id"] for row in rows]


def _mentions(row: sqlite3.Row, words: str) -> bool:
    columns = ("listName", "firstName", "surname", "description")
    return any(words in (row[column] or "").casefold() for column in columns)


def _key(value: Any) -> tuple[bool, Any]:
    return (value is not None, value.casefold() if isinstance(value, str) else value or 0)


def select_items(
    connection: sqlite3.Connection, druids: Sequence[str], default: Optional[int] = None
) -> List[sqlite3.Row]:
    """Return the items of lists as the request's q, nonulls, sort, order, max and offset say.

    With ``q`` the whole result comes back. Raises :class:`Swallowed` for an unknown field.
    """
    sort, order = parameter("sort") or "itemOrder", parameter("order").lower()
    if sort not in ITEM_FIELDS:
        raise Swallowed(f"no property {sort}")
    maximum, offset = number("max", default), number("offset", 0)
    statement, values = _ITEMS.format(", ".join("?" * len(druids))), list(druids)
    if parameter("nonulls"):  # any text, "false" too
        statement += " AND guid IS NOT NULL"
    if words := parameter("q"):
        escaped = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        statement += f" AND ({_SEARCHED})"
        return connection.execute(statement, [*values, *[f"%{escaped}%"] * 3]).fetchall()
    statement += f" ORDER BY item.{sort} {'DESC' if order == 'desc' else 'ASC'}, item.id"
    limit = -1 if maximum is None or maximum < 0 else maximum
    return connection.execute(f"{statement} LIMIT ? OFFSET ?", [*values, limit, offset]).fetchall()


def _items(connection: sqlite3.Connection, druids: str) -> Response:
    rows = select_items(connection, druids.split(","), default=400)
    with_pairs = parameter("includeKVP") == "true"
    return grails_json(documents.items(connection, rows, with_pairs, own=True))
