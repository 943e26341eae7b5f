"""/species-list/speciesListItem/downloadList: a list as CSV (contract/lists 2.8)."""

from __future__ import annotations

import sqlite3
from typing import Dict, Iterator, List, Optional, Sequence

from flask import Blueprint, Response, request

from demo.portal.error_pages import html_error
from demo.portal.lists.access import parameter, refusal
from demo.portal.lists.reads import row_of
from demo.portal.lists.store import Store, pairs_of
from demo.portal.world import World

_COLUMNS = ("Supplied Name", "guid", "scientificName", "family", "kingdom")
_OWN = ("rawScientificName", "guid", "matchedName", "family", "kingdom")


def add_routes(routes: Blueprint, world: World) -> None:
    """Add the download; a public list needs no sign-in."""
    store = Store.of(world)

    def download(druid: str) -> Response:
        with store.reading() as connection:
            row = row_of(connection, druid)
            if row is None:
                return html_error(404)
            refused = refusal(world, connection, row)
            return refused or _download(connection, row)

    routes.add_url_rule(
        "/species-list/speciesListItem/downloadList/<druid>", "lists_download", download
    )


def _download(connection: sqlite3.Connection, row: sqlite3.Row) -> Response:
    items = connection.execute(
        "SELECT * FROM item WHERE list_id = ? ORDER BY itemOrder, id", (row["id"],)
    ).fetchall()
    pairs = pairs_of(connection, [item["id"] for item in items])
    keys: Dict[str, None] = {}
    for item in items:
        keys.update(dict.fromkeys(pair["key"] for pair in pairs[item["id"]]))
    table = _table([item for item in items if _chosen(item, pairs[item["id"]])], pairs, list(keys))
    name = request.args.get("file", "list.csv")
    name = name if name.endswith(".csv") else f"{name}.csv"
    headers = {"Content-Disposition": f"attachment;filename={name}"}
    return Response(table, 200, headers, content_type="text/csv")


def _chosen(item: sqlite3.Row, pairs: Sequence[sqlite3.Row]) -> bool:
    """Tell whether an item fits ``q`` and each ``fq``: ``kvp KEY:value`` or ``field:value``."""
    words = parameter("q").casefold()
    named = (item["commonName"], item["matchedName"], item["rawScientificName"])
    if words and not any(words in (text or "").casefold() for text in named):
        return False
    for condition in request.args.getlist("fq"):
        name, _, value = condition.partition(":")
        if name.startswith("kvp "):
            if not any(p["key"] == name[4:] and p["value"] == value for p in pairs):
                return False
        elif name not in item.keys() or item[name] != value:  # noqa: SIM118 - a Row holds values
            return False
    return True


def _table(
    items: Sequence[sqlite3.Row], pairs: Dict[int, List[sqlite3.Row]], keys: Sequence[str]
) -> str:
    header = [*_COLUMNS, *(f"raw.{key}" if key in _COLUMNS else key for key in keys)]
    rows = [header, *(list(_cells(item, pairs[item["id"]], keys)) for item in items)]
    return "".join(",".join(map(_quoted, row)) + "\n" for row in rows)


def _quoted(cell: Optional[str]) -> str:
    """Return a cell: a null is empty, all else stands between quotes, line breaks and all."""
    return "" if cell is None else '"' + cell.replace('"', '""') + '"'


def _cells(
    item: sqlite3.Row, pairs: Sequence[sqlite3.Row], keys: Sequence[str]
) -> Iterator[Optional[str]]:
    for column in _OWN:
        yield item[column]
    values: Dict[str, List[str]] = {}
    for pair in pairs:
        shown = pair["vocabValue"] or pair["value"]
        if shown is not None:
            values.setdefault(pair["key"], []).append(shown)
    for key in keys:
        yield "|".join(values[key]) if key in values else None
