"""Storing queries and asking small things of them (contract/occurrences 1.3, 1.5, 1.6)."""

from __future__ import annotations

import csv
import io
from typing import Any, Dict, Iterator, List, Optional, Tuple

from flask import Blueprint, Response, redirect, request

from demo.portal.biocache import echo, facets, taxonomy
from demo.portal.biocache.context import Context, json_answer, opened
from demo.portal.biocache.faulty import UNKNOWN_QID, BadParameter, ServiceFault
from demo.portal.biocache.parameters import Parameters
from demo.portal.biocache.qids import MAX_BYTES
from demo.portal.biocache.selection import EVERYTHING, Selection, area_wkt, filters
from demo.portal.biocache.shared import Shared
from demo.portal.biocache.solr import escape
from demo.portal.biocache.translate import MAX_CLAUSES
from demo.portal.data.index_fields import IndexField
from demo.portal.error_pages import html_error

Box = Tuple[float, float, float, float]
_TAXON_COLUMNS = (
    ("Species Name", "scientificName"),
    ("Scientific Name Author", "author"),
    ("Taxon Rank", "rank"),
    ("Kingdom", "kingdom"),
    ("Phylum", "phylum"),
    ("Class", "class"),
    ("Order", "order"),
    ("Family", "family"),
    ("Genus", "genus"),
    ("Vernacular Name", "vernacular_nl"),
)


def add_routes(service: Blueprint, shared: Shared) -> None:
    _add_stored_queries(service, shared)
    _add_extents(service, shared)
    _add_counts(service, shared)


def _add_stored_queries(service: Blueprint, shared: Shared) -> None:
    @service.post("/qid")
    @service.post("/webportal/params")
    @service.post("/mapping/params")
    def store() -> Response:
        parameters = Parameters.of(request)
        if (request.content_length or 0) > MAX_BYTES:
            return html_error(400)
        with opened(shared) as context:
            return _store(context, parameters)

    @service.get("/qid/<number>")
    @service.get("/webportal/params/<number>")
    def stored(number: str) -> Response:
        query = shared.qids.get(number)
        if query is None:
            raise ServiceFault(400, UNKNOWN_QID, f"Unrecognised QID: {number}")
        return json_answer(query.as_json())

    @service.post("/occurrences/batchSearch")
    def batch_search() -> Response:
        return _batch_search(shared, Parameters.of(request))


def _add_extents(service: Blueprint, shared: Shared) -> None:
    @service.get("/mapping/bounds")
    def bounds() -> Response:
        parameters = Parameters.of(request)
        bare = parameters.text("q").removeprefix("qid:")
        query = shared.qids.get(bare) if parameters.text("q") == f"qid:{bare}" else None
        with opened(shared) as context:
            box = query.bbox if query and query.bbox else extent(context.select(parameters))
            return json_answer(list(box or (0.0, 0.0, 0.0, 0.0)))

    @service.get("/mapping/bbox")
    def bbox() -> Response:
        with opened(shared) as context:
            box = extent(context.select(Parameters.of(request))) or (0.0, 0.0, 0.0, 0.0)
            return Response(",".join(map(str, box)), content_type="text/plain;charset=UTF-8")


def _add_counts(service: Blueprint, shared: Shared) -> None:
    @service.get("/occurrences/info")
    def info() -> Response:
        parameters = Parameters.of(request)
        if any(parameters.number(name) is None for name in ("lat", "lon", "radius")):
            return Response("", 400)
        with opened(shared) as context:
            selection = context.select(parameters)
            rows = selection.rows('"id"', "ORDER BY number LIMIT 10")  # whatever is asked
            found = [{"ouid": row["id"]} for row in rows]
            return json_answer({"count": selection.count(), "occurrences": found})

    @service.route("/occurrences/taxaCount", methods=["GET", "POST"])
    def taxa_count() -> Response:
        parameters = Parameters.of(request)
        guids = parameters.text("guids")
        if not guids.strip():
            return html_error(400)
        with opened(shared) as context:
            separator = parameters.text("separator") or "\n"
            keys = [key.strip() for key in guids.split(separator) if key.strip()]
            return json_answer(_taxa_counts(context, parameters, keys))

    @service.route("/occurrences/facets/download", methods=["GET", "POST"])
    def facets_download() -> Response:
        return _facets_download(shared, Parameters.of(request))


def extent(selection: Selection) -> Optional[Box]:
    """Return west, south, east, north of the records that have coordinates."""
    lon, lat = '"decimalLongitude"', '"decimalLatitude"'
    row = selection.rows(f"min({lon}), min({lat}), max({lon}), max({lat})").fetchone()
    return None if row[0] is None else (row[0], row[1], row[2], row[3])


def _store(context: Context, parameters: Parameters) -> Response:
    wkt = area_wkt(parameters, strict=False)
    try:
        selection = context.select(parameters)
        fqs = filters(parameters) + context.selector.quality_filters(parameters)
    except ServiceFault:
        return html_error(400)
    q = parameters.text("q") or EVERYTHING
    query = context.shared.qids.add(
        q=q,
        display=parameters.text("title") or echo.title(context.connection, q),
        fqs=tuple(dict.fromkeys(fqs)),
        wkt=wkt,
        bbox=extent(selection) if parameters.text("bbox") == "true" else None,
        max_age=parameters.integer("maxage", -1),
        source=parameters.text("source"),
    )
    return Response(str(query.id), content_type="text/plain;charset=UTF-8")


def _taxa_counts(context: Context, parameters: Parameters, keys: List[str]) -> Dict[str, int]:
    selection = context.select(parameters.replaced(q=[EVERYTHING]))
    counts = {}
    for key in keys:
        taxon = taxonomy.by_key(context.connection, key)
        within = taxonomy.subtree(taxon) if taxon is not None else None
        counts[key] = selection.narrowed(within).count() if within else 0
    return counts


def _facets_download(shared: Shared, parameters: Parameters) -> Response:
    # The service swallows what goes wrong: the answer is then 200 and short, or empty.
    try:
        with opened(shared) as context:
            field = facets.requested(parameters)[0]
            lines = list(_facet_lines(context, field, parameters))
    except (ServiceFault, BadParameter, IndexError):
        lines = []
    text = "".join(lines)
    if shared.world.faults.on("biocache.truncated_facets") is not None:
        text = text[: len(text) // 2]
    name = parameters.text("file") or "data"
    response = Response(text, content_type="text/csv;charset=UTF-8")
    response.headers["Content-Disposition"] = f'attachment;filename="{name}.csv"'
    return response


def _facet_lines(context: Context, field: IndexField, parameters: Parameters) -> Iterator[str]:
    counted, looked_up = parameters.flag("count"), parameters.flag("lookup")
    header = [field.label]
    if looked_up:
        header += [title for title, _ in _TAXON_COLUMNS]
    if counted:
        header.append("Number of Records")
    yield _line(header)
    # Streaming facets know no rights: whoever asks meets the precise twins too.
    selection = context.selector.select(parameters, everybody=True)
    values, _ = facets.value_counts(selection, field)
    for value, count in values:
        row: List[Any] = [value]
        if looked_up:
            taxon = taxonomy.by_key(context.connection, value)
            row += [taxon[name] if taxon is not None else "" for _, name in _TAXON_COLUMNS]
        yield _line([*row, count] if counted else row)


def _batch_search(shared: Shared, parameters: Parameters) -> Response:
    base = parameters.text("redirectBase")
    action = parameters.text("action")
    lines = [line.strip() for line in parameters.text("queries").splitlines() if line.strip()]
    fields = [name.strip() for name in parameters.text("field").split(",") if name.strip()]
    if action != "Search" or not base or not lines or not fields:
        return html_error(400)
    blocks = []
    terms = [f'{field}:"{escape(line)}"' for line in lines for field in fields]
    for at in range(0, len(terms), MAX_CLAUSES):
        blocks.append(f"({' OR '.join(terms[at : at + MAX_CLAUSES])})")
    title = parameters.text("title") or f"{len(lines)} search terms"
    query = shared.qids.add(
        **{"q": " OR ".join(blocks), "display": title, "fqs": (), "wkt": ""},
        **{"bbox": None, "max_age": -1, "source": ""},
    )
    return redirect(f"{base}?q=qid:{query.id}", 302)


def _line(cells: List[Any]) -> str:
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n").writerow(
        ["" if cell is None else cell for cell in cells]
    )
    return text.getvalue()
