"""/species-list/ws: key-value pairs, distinct values, searches in items (contract/lists 2.5)."""

from __future__ import annotations

import csv
import io
import sqlite3
from typing import Any, Dict, List, Optional, Sequence

from flask import Blueprint, Response, request

from demo.portal.error_pages import html_error
from demo.portal.grails import grails_json, plain_text
from demo.portal.lists import documents
from demo.portal.lists.access import (
    Reader,
    Swallowed,
    action,
    may_see,
    parameter,
    reader,
    refusal,
    session_of,
)
from demo.portal.lists.filters import filters_of, matching
from demo.portal.lists.reads import ITEM_FIELDS, WS, number, row_of, select_items, visible
from demo.portal.lists.store import Store, pairs_of
from demo.portal.sessions import admin
from demo.portal.world import World


def add_routes(routes: Blueprint, world: World) -> None:
    """Add the calls; those on keys look at the session only and so never show a private list."""
    store = Store.of(world)

    @action
    def keys() -> Response:
        if not parameter("druid"):
            return html_error(400)
        with store.reading() as connection:
            found = _keys(connection, _shown(world, connection, parameter("druid")))
            return grails_json(sorted(set().union(*found)))

    @action
    def common_keys() -> Response:
        if not parameter("druid"):
            return html_error(400)
        with store.reading() as connection:
            common: set[str] = set()
            for own in _keys(connection, _shown(world, connection, parameter("druid"))):
                common = common & own if common else own  # begins anew whenever nothing is left
            return grails_json(sorted(common))

    @action
    def by_keys() -> Response:
        if not parameter("druid") or not parameter("keys"):
            return html_error(400)
        with store.reading() as connection:
            lists = _shown(world, connection, parameter("druid"))
            return _by_keys(connection, lists, parameter("keys").split(","))

    def key_values(druid: str) -> Response:
        with store.reading() as connection:
            refused = _refused(world, connection, druid)
            return refused or grails_json(_key_values(connection, druid))

    rules = (
        ("speciesListItems/keys", keys),
        ("listCommonKeys", common_keys),
        ("speciesListItems/byKeys", by_keys),
        ("speciesListItemKvp/<druid>", key_values),
    )
    for path, view in rules:
        routes.add_url_rule(f"{WS}/{path}", f"lists_{path}", view)
    _add_others(routes, world, store)


def _add_others(routes: Blueprint, world: World, store: Store) -> None:
    def query() -> Response:
        if not parameter("druid") or not parameter("fields"):
            return plain_text("druid and fields parameters are required", 400)
        with store.reading() as connection:
            refused = _refused(world, connection, parameter("druid"))
            return refused or action(lambda: _query(connection))()

    @action
    def distinct(field: str) -> Response:
        who = reader(world)
        if field not in ITEM_FIELDS:
            raise Swallowed(f"no property {field}")
        with store.reading() as connection:
            lists = matching(visible(connection, who), filters_of(request.args), who)
            marks = ", ".join("?" * len(lists))
            found = connection.execute(
                f"SELECT DISTINCT {field} AS value FROM item WHERE {field} IS NOT NULL"
                f" AND list_id IN ({marks}) ORDER BY 1",
                [row["id"] for row in lists],
            )
            return grails_json([row["value"] for row in found])

    @action
    def find_species() -> Response:
        if not parameter("name") or not parameter("id"):
            return grails_json({})
        with store.reading() as connection:
            return grails_json(_found_species(connection))

    def unpublished() -> Response:
        with store.reading() as connection:
            rows = connection.execute(
                "SELECT druid, guid, rawScientificName FROM item JOIN list ON list.id = list_id"
                " WHERE isPublished = 0 AND isPrivate = 0 ORDER BY item.id"
            )
            return _csv(["druid", "guid", "name"], [list(row) for row in rows])

    routes.add_url_rule(f"{WS}/queryListItemOrKVP", "lists_query", query)
    routes.add_url_rule(f"{WS}/speciesListItems/distinct/<field>", "lists_distinct", distinct)
    routes.add_url_rule(f"{WS}/findSpeciesByName", "lists_find_species", find_species)
    routes.add_url_rule(f"{WS}/speciesList/unpublished", "lists_unpublished", unpublished)
    routes.add_url_rule(f"{WS}/rematchLogs", "lists_rematch_logs", lambda: grails_json([]))


def _refused(world: World, connection: sqlite3.Connection, druids: str) -> Optional[Response]:
    for druid in druids.split(","):
        row = row_of(connection, druid)
        if row is not None and (refused := refusal(world, connection, row)):
            return refused
    return None


def _shown(world: World, connection: sqlite3.Connection, druids: str) -> List[sqlite3.Row]:
    """Return the lists whose keys may be seen. Raises :class:`Swallowed` when none is left."""
    session = session_of(world)
    who = Reader(session.user_id, admin(session)) if session else None
    rows = [row_of(connection, druid) for druid in druids.split(",")]
    shown = [row for row in rows if row and may_see(connection, row, who, nobody=True)]
    if not shown:
        raise Swallowed("in ()")
    return shown


def _keys(connection: sqlite3.Connection, lists: Sequence[sqlite3.Row]) -> List[set[str]]:
    found = []
    for row in lists:
        keys = connection.execute(
            "SELECT DISTINCT key FROM kvp JOIN item ON item.id = item_id WHERE list_id = ?",
            (row["id"],),
        )
        found.append({key["key"] for key in keys})
    return found


def _by_keys(
    connection: sqlite3.Connection, lists: Sequence[sqlite3.Row], keys: Sequence[str]
) -> Response:
    found: Dict[str, List[Dict[str, Optional[str]]]] = {}
    for row in lists:
        rows = connection.execute(
            "SELECT id, rawScientificName FROM item WHERE list_id = ? ORDER BY itemOrder, id",
            (row["id"],),
        ).fetchall()
        pairs = pairs_of(connection, [item["id"] for item in rows])
        for item in rows:
            own = [documents.key_and_value(p) for p in pairs[item["id"]] if p["key"] in keys]
            if own:
                found.setdefault(item["rawScientificName"], []).extend(own)
    if parameter("format") != "csv":
        return grails_json(found)
    table = []
    for name, values in found.items():
        ordered = sorted(values, key=lambda pair: pair["key"] or "")
        table.append([name, *(pair["value"] or "" for pair in ordered)])  # not aligned
    return _csv(["ScientificName", *sorted(keys)], table, quoting=csv.QUOTE_ALL)


def _key_values(connection: sqlite3.Connection, druid: str) -> List[Dict[str, Any]]:
    rows = select_items(connection, [druid])
    pairs = pairs_of(connection, [row["id"] for row in rows])
    found = []
    for row in rows:
        values: Dict[str, List[str]] = {}
        for pair in pairs[row["id"]]:
            values.setdefault(pair["key"], []).append(str(pair["value"]))
        if values:
            kvps = {key: "|".join(several) for key, several in values.items()}
            found.append({"name": row["rawScientificName"], "kvps": kvps})
    return found


def _query(connection: sqlite3.Connection) -> Response:
    """Answer queryListItemOrKVP: ``q`` in the fields asked for, columns and keys alike."""
    fields = parameter("fields").split(",")
    columns = [field for field in fields if field in ITEM_FIELDS]
    words = parameter("q").casefold()
    rows = _unsearched(connection)
    pairs = pairs_of(connection, [row["id"] for row in rows])

    def holds(row: sqlite3.Row) -> bool:
        own = [row[column] for column in columns]
        own += [pair["value"] for pair in pairs[row["id"]] if pair["key"] in fields]
        return any(words in (text or "").casefold() for text in own)

    if words:
        rows = [row for row in rows if holds(row)]
    with_pairs = parameter("includeKVP") == "true"
    return grails_json(documents.items(connection, rows, with_pairs, own=False))


def _unsearched(connection: sqlite3.Connection) -> List[sqlite3.Row]:
    druids = parameter("druid").split(",")
    if not parameter("q"):
        return select_items(connection, druids)
    marks = ", ".join("?" * len(druids))
    statement = "SELECT item.*, druid FROM item JOIN list ON list.id = list_id"
    return connection.execute(f"{statement} WHERE druid IN ({marks})", druids).fetchall()


def _found_species(connection: sqlite3.Connection) -> Dict[str, Any]:
    row = connection.execute(
        "SELECT item.*, druid FROM item JOIN list ON list.id = list_id"
        " WHERE item.id = ? AND ? IN (rawScientificName, matchedName)",
        (number("id", 0), parameter("name")),
    ).fetchone()
    if row is None:
        raise Swallowed("not found")
    item = documents.items(connection, [row], False, own=False)[0]
    matched = ("matchedName", "guid", "commonName", "author", "family", "kingdom")
    return {**item, "matchedSpecies": {column: row[column] for column in matched}}


def _csv(header: List[str], rows: List[List[Any]], quoting: int = csv.QUOTE_MINIMAL) -> Response:
    out = io.StringIO()
    writer = csv.writer(out, quoting=quoting, lineterminator="\n")  # type: ignore[arg-type]
    writer.writerow(header)
    writer.writerows(rows)
    return Response(out.getvalue(), content_type="text/csv;charset=utf-8")
