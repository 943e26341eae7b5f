"""``/occurrences/search`` and ``/occurrences/facets`` (contract/occurrences 1.1, 1.3)."""

from __future__ import annotations

from typing import Any, Dict, List, Tuple

from flask import Blueprint, Response, request

from demo.portal.biocache import echo, facets
from demo.portal.biocache.context import JSON, Context, json_answer, not_acceptable, opened
from demo.portal.biocache.faulty import BadParameter, server_fault
from demo.portal.biocache.occurrences import Shape
from demo.portal.biocache.parameters import Parameters
from demo.portal.biocache.selection import Selection
from demo.portal.biocache.shared import Shared
from demo.portal.biocache.translate import column, field_named
from demo.portal.data.index_fields import IndexField, legacy_names

DEEPEST = 5000  # page.depth.max
_SCORE = frozenset({"", "score", "random"})


def add_routes(service: Blueprint, shared: Shared) -> None:
    @service.get("/occurrence/search")
    @service.get("/occurrences/search.json")
    @service.route("/occurrences/search", methods=["GET", "POST"])
    def search() -> Response:
        refused = not_acceptable(request, JSON)
        if refused is not None:
            return refused
        parameters = Parameters.of(request)
        with opened(shared) as context:
            return json_answer(_answer(context, parameters))

    @service.get("/occurrence/facets")
    @service.get("/occurrence/facets.json")
    @service.route("/occurrences/facets", methods=["GET", "POST"])
    def bare_facets() -> Response:
        refused = not_acceptable(request, JSON)
        if refused is not None:
            return refused
        parameters = Parameters.of(request)
        with opened(shared) as context:
            selection = context.select(parameters)
            return json_answer(facets.bare_facets(selection, parameters, context.labels))


def _answer(context: Context, parameters: Parameters) -> Dict[str, Any]:
    q = parameters.text("q")
    if q == "boom":
        raise server_fault("Something went boom")
    direction = parameters.text("dir", "asc")
    if direction not in ("asc", "desc"):
        raise BadParameter("dir")
    parameters.flag("includeMultivalues")
    start, size = window(parameters)
    selection = context.select(parameters)
    wanted_facets = parameters.flag("facet", True)
    total = selection.count()
    order = parameters.text("sort") or "score"
    question = echo.query_string(parameters)
    return {
        "pageSize": size,
        "startIndex": start,
        "totalRecords": total,
        "sort": order,
        "dir": direction,
        "status": "OK",
        "occurrences": _page(context, selection, parameters, (start, size)) if size else [],
        "facetResults": _facets(context, selection, parameters) if wanted_facets else [],
        "query": question,
        "urlParameters": question,
        "queryTitle": echo.title(context.connection, q),
        **echo.active_facets(context.connection, parameters, context.labels),
    }


def _facets(context: Context, selection: Selection, parameters: Parameters) -> List[Dict[str, Any]]:
    unfiltered = parameters.flag("includeUnfilteredFacetValues")

    def counted(field: IndexField) -> Selection:
        if not unfiltered:
            return selection
        others = [text for text in parameters.many("fq") if _filtered(text) != field.name]
        return context.select(parameters.replaced(fq=others))

    return facets.search_facets(selection, parameters, context.labels, counted)


def _filtered(text: str) -> str:
    """Return the name of the field that a filter is on."""
    name = text.lstrip("-").partition(":")[0]
    return legacy_names().get(name, name)


def window(parameters: Parameters) -> Tuple[int, int]:
    """Return start and size of the page: nothing from 5000 on, and no page beyond, silently."""
    size = parameters.integer("pageSize", 10)
    start = parameters.integer("startIndex", parameters.integer("start", 0))
    if start < 0 or size < 0:
        raise BadParameter("start, pageSize")
    if start >= DEEPEST:
        return 0, 0
    return start, min(size, DEEPEST - start)


def _page(
    context: Context, selection: Selection, parameters: Parameters, at: Tuple[int, int]
) -> list:
    start, size = at
    names = [name.strip() for name in parameters.text("fl").split(",") if name.strip()]
    shape = Shape(names)
    name = parameters.text("sort")
    descending = parameters.text("dir") == "desc"
    if name in _SCORE:
        order = "number"
        if context.world.faults.on("biocache.unstable_order") is not None:
            order = f"(number * 2654435761 + {start} * 40503) % 4294967296"
    else:
        order = column(field_named(name))
    order += " DESC" if descending else ""
    rows = selection.rows(shape.columns, f"ORDER BY {order} LIMIT ? OFFSET ?", (size, start))
    return [shape.document(row, context.world.base) for row in rows]
