"""/species-list/ws: on which lists a taxon is, or a name (contract/lists 2.6 and 2.7)."""

from __future__ import annotations

import sqlite3
from typing import Any, Dict, List, Optional

from flask import Blueprint, Response, request

from demo.portal.error_pages import html_error
from demo.portal.grails import grails_json
from demo.portal.lists import documents
from demo.portal.lists.access import Reader, Swallowed, action, parameter, reader
from demo.portal.lists.filters import filters_of, matching
from demo.portal.lists.reads import WS, number, visible
from demo.portal.lists.store import Store, pairs_of
from demo.portal.world import World


def add_routes(routes: Blueprint, world: World) -> None:
    """Add both look-ups."""
    store = Store.of(world)

    @action
    def species(guid: str = "") -> Response:
        if not guid:
            raise Swallowed("no guid")
        who = reader(world)
        with store.reading() as connection:
            return grails_json(_species(connection, guid, who))

    @action
    def holding() -> Response:
        body = request.get_json(force=True, silent=True)
        names = body.get("scientificNames") if isinstance(body, dict) else None
        if not names:
            return html_error(400)
        who = reader(world)
        with store.reading() as connection:
            return grails_json(_holding(connection, names, body.get("drIds"), who))

    for number_, path in enumerate(("species/<path:guid>", "species/", "species")):
        routes.add_url_rule(f"{WS}/{path}", f"lists_species_{number_}", species)
    routes.add_url_rule(f"{WS}/speciesList/filter", "lists_filter", holding, methods=["POST"])


def _holding(
    connection: sqlite3.Connection, names: List[Any], druids: Any, who: Optional[Reader]
) -> List[str]:
    """Return the visible lists that hold one of ``names``, as supplied or as matched."""
    texts = [str(name) for name in names]
    marks = ", ".join("?" * len(texts))
    found = connection.execute(
        f"SELECT DISTINCT list_id FROM item WHERE rawScientificName IN ({marks})"
        f" OR matchedName IN ({marks})",
        (*texts, *texts),
    )
    ids = {row["list_id"] for row in found}
    rows = [row for row in visible(connection, who) if row["id"] in ids]
    return [row["druid"] for row in rows if not druids or row["druid"] in druids]


def _species(
    connection: sqlite3.Connection, guid: str, who: Optional[Reader]
) -> List[Dict[str, Any]]:
    rows = visible(connection, who)
    if wanted := parameter("dr"):
        rows = [row for row in rows if row["druid"] in wanted.split(",")]
    if parameter("isBIE") in ("true", "false"):
        rows = [row for row in rows if bool(row["isBIE"]) == (parameter("isBIE") == "true")]
    lists = {row["id"]: row for row in matching(rows, filters_of(request.args), who)}
    found = connection.execute("SELECT * FROM item WHERE guid = ? ORDER BY id", (guid,)).fetchall()
    kept = [item for item in found if item["list_id"] in lists]
    start, size = number("offset", 0) or 0, number("max", None)
    kept = kept[start : None if size is None else start + size]
    pairs = pairs_of(connection, [item["id"] for item in kept])
    return [
        {
            "dataResourceUid": lists[item["list_id"]]["druid"],
            "guid": guid,
            "list": {
                "username": lists[item["list_id"]]["username"],
                "listName": lists[item["list_id"]]["listName"],
                "sds": bool(lists[item["list_id"]]["isSDS"]),
                "isBIE": bool(lists[item["list_id"]]["isBIE"]),
            },
            "kvpValues": [
                {**documents.key_and_value(pair), "vocabValue": pair["vocabValue"]}
                for pair in pairs[item["id"]]
            ],
        }
        for item in kept
    ]
