"""The web form's upload: a table is read, then loaded (contract/lists 2.12). Session only."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any, Dict, Iterator, List, Optional, Sequence, Tuple

from flask import Blueprint, Response, render_template, request

from demo.portal.bearer import Caller
from demo.portal.error_pages import html_error
from demo.portal.grails import grails_json, plain_text
from demo.portal.lists.access import Reader, may_change, session_of
from demo.portal.lists.store import (
    DATES,
    MOCKED,
    NewItem,
    Store,
    add_items,
    insert_list,
    list_named,
    update_list,
)
from demo.portal.lists.writes import Unreadable, bound_value, next_druid
from demo.portal.names.list_matching import matched
from demo.portal.sessions import admin
from demo.portal.world import World

_HINTS = {
    "kingdom": ("kingdom", "regnum"),
    "phylum": ("phylum", "divisio", "division"),
    "class": ("class", "classis", "clazz", "class_", "classs"),
    "order": ("order", "ordo"),
    "family": ("family", "familia"),
    "genus": ("genus", "genericepithet"),
    "rank": ("taxonrank", "rank", "taxonomicrank", "linnaeanrank"),
}
_HEADERS = {
    "scientific name": (
        *("scientificname", "scientific", "sciname", "sname", "latinname", "latin", "taxon"),
        *("taxonname", "taxonomicname"),
    ),
    "vernacular name": ("commonname", "common", "vernacular", "vernacularname"),
    "ambiguous name": ("name",),
}
_NAME_COLUMNS = ("scientific name", "vernacular name")
_TEXT_TYPES = ("text/plain", "text/csv")
_VOCABULARY_KEY = re.compile(r"[A-Za-z0-9]+")
_MEMBERS = {"listUrl": "url", "listWkt": "wkt"}
_BOUND = (
    *("listType", "description", "isPrivate", "isBIE", "isSDS", "region", "authority"),
    *("category", "generalisation", "sdsType", "looseSearch", "listUrl", "listWkt"),
)
_CURATED = ("isAuthoritative", "isThreatened", "isInvasive")


class _Failed(Exception):
    """The table cannot be loaded at all; the page answers 404."""


def add_routes(routes: Blueprint, world: World) -> None:
    """Add both steps of the form."""
    store = Store.of(world)

    def upload() -> Response:
        session = session_of(world)
        if session is None:
            return plain_text("Not logged in.", 401)
        try:
            return _upload(store, session)
        except (_Failed, Unreadable, ValueError):
            return html_error(404)

    base = "/species-list/speciesList"
    routes.add_url_rule(f"{base}/parseData", "lists_parse", _parse, methods=["POST"])
    routes.add_url_rule(f"{base}/uploadList", "lists_upload", upload, methods=["POST"])


def read_table(text: str) -> List[List[str]]:
    """Return the rows. Tabs separate when the first line has more of them than commas."""
    first = text.split("\n", 1)[0]
    separator = "\t" if first.count("\t") > first.count(",") else ","
    return list(csv.reader(io.StringIO(text), delimiter=separator))


def suggested_headers(first: Sequence[str]) -> Tuple[List[str], bool]:
    """Return the names of the columns and whether the first row holds them.

    Without one known header each cell of the first row is itself tried as a name.
    """
    found: List[str] = []
    known = False
    for cell in first:
        plain = cell.strip().lower().replace(" ", "")
        name = next((shown for shown, texts in _HEADERS.items() if plain in texts), None)
        known = known or name is not None
        found.append(name or cell.strip())
    if known:
        return found, True
    named = [not c.strip().isdigit() and matched(c.strip()).guid is not None for c in first]
    unknown = iter(range(1, len(first) + 1))
    return ["scientific name" if name else f"UNKNOWN{next(unknown)}" for name in named], False


def _parse() -> Response:
    file = request.files.get("csvFile")
    if file is not None and file.mimetype not in _TEXT_TYPES:
        return plain_text('<div class="message alert-danger">Geen tekstbestand.</div>')
    text = file.read().decode("utf-8-sig") if file else request.get_data(as_text=True)
    rows = read_table(text)
    if not rows or not any(rows[0]):
        return plain_text('<div class="message alert-danger">Er staan geen gegevens in.</div>')
    headers, has_headers = suggested_headers(rows[0])
    data = rows[1:] if has_headers else rows
    vocabularies = [
        (header, sorted({row[number] for row in data if len(row) > number and row[number]}))
        for number, header in enumerate(headers)
        if header not in (*_HEADERS, *_HINTS)
    ]
    page = render_template(
        "lists/parsed.html",
        headers=headers,
        rows=data[:5],
        vocabularies=vocabularies,
        named=any(header in _NAME_COLUMNS for header in headers),
    )
    return plain_text(page)


def _upload(store: Store, session: Caller) -> Response:
    file = request.files.get("csvFile")
    source = request.form.get("formParams") if request.form else request.get_data(as_text=True)
    body: Dict[str, Any] = json.loads(source or "null")
    if not isinstance(body, dict) or not body.get("speciesListName") or not body.get("headers"):
        raise _Failed("a required member is missing")
    text = file.read().decode("utf-8-sig") if file else str(body.get("rawData") or "")
    headers = [header.strip() for header in body["headers"].split(",")]
    items = list(_items(read_table(text), headers, _vocabularies(body)))
    who = Reader(session.user_id, admin(session))
    with store.writing() as connection:
        row = list_named(connection, body["id"]) if body.get("id") else None
        if row is not None and not may_change(connection, row, who):
            return plain_text("Not authorised.", 401)
        values = _values(store, session, body)
        if row is None:
            values.update(druid=next_druid(connection), dateCreated=store.now())
            list_id, druid = insert_list(connection, values), values["druid"]
        else:
            list_id, druid = row["id"], row["druid"]
            connection.execute("DELETE FROM item WHERE list_id = ?", (list_id,))
            update_list(connection, list_id, values)
        add_items(connection, list_id, items)
    url = f"/species-list/speciesListItem/list/{druid}?max=10"
    error = None if items else "Er is geen bruikbare rij gevonden."
    return grails_json({"url": url, "error": error})


def _values(store: Store, session: Caller, body: Dict[str, Any]) -> Dict[str, Any]:
    """Return the columns; the owner is who uploads, also of a list that was another's."""
    values: Dict[str, Any] = {**MOCKED, "userId": session.user_id}
    for name in _BOUND:
        if name in body:
            column = _MEMBERS.get(name, name)
            values[column] = bound_value(column, body[name])
    values.setdefault("isPrivate", 1)
    for name in _CURATED:
        values[name] = bound_value(name, body.get(name)) if admin(session) else 0
    values.update((date, store.now()) for date in DATES if date != "dateCreated")
    values["listName"] = body["speciesListName"]
    return values


def _vocabularies(body: Dict[str, Any]) -> Dict[str, Dict[str, str]]:
    """Return for each column what is shown in place of a raw value; only plain keys count."""
    found: Dict[str, Dict[str, str]] = {}
    for member, value in body.items():
        if member.startswith("vocab_") and _VOCABULARY_KEY.fullmatch(member[6:]):
            pairs = (pair.split(":", 1) for pair in str(value).split(",") if ":" in pair)
            found[member[6:]] = {raw: shown for raw, shown in pairs if shown.isascii()}
    return found


def _items(
    rows: Sequence[Sequence[str]], headers: Sequence[str], vocabularies: Dict[str, Dict[str, str]]
) -> Iterator[NewItem]:
    """Yield the items. Raises :class:`_Failed` for a row that ends before the name's column."""
    name_column = next((headers.index(name) for name in _NAME_COLUMNS if name in headers), None)
    if name_column is None:
        return
    for number, row in enumerate(rows):
        if number == 0 and suggested_headers(row)[1]:
            continue
        if len(row) <= name_column:
            raise _Failed(f"row {number + 1} is too short")
        if not row[name_column].strip():
            continue
        pairs: List[Tuple[str, Optional[str]]] = []
        for column, header in enumerate(headers):
            if column != name_column and column < len(row) and header:
                shown = vocabularies.get(header, {}).get(row[column], row[column])
                pairs.append((header, shown or None))
        yield NewItem(row[name_column].strip(), tuple(pairs))
