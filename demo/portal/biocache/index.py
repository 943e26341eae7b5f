"""What the service tells of itself: fields, facets by theme, quality codes (contract 1.3, 1.7)."""

from __future__ import annotations

import csv
import io
import json
from functools import cache
from pathlib import Path
from typing import Any, Dict, List

from flask import Blueprint, Response, request

from demo.portal.biocache.context import JSON, json_answer, not_acceptable
from demo.portal.biocache.labels import Assertion, assertions
from demo.portal.biocache.occurrences import JSON_NAMES
from demo.portal.biocache.parameters import Parameters
from demo.portal.data.index_fields import HIDDEN, IndexField, index_fields

_THEMES = Path(__file__).with_name("themes.json")
_USER_CODES = frozenset({0, 19, 20, 10000, 10007, 30000, 20019, 20020, 20021})
_CACHED = {"Cache-Control": "public, max-age=86400"}


def add_routes(service: Blueprint) -> None:
    @service.get("/index/fields")
    def fields() -> Response:
        return json_answer(_wanted(Parameters.of(request)))

    @service.get("/index/fields.csv")
    def fields_csv() -> Response:
        rows = _wanted(Parameters.of(request))
        header = list(dict.fromkeys(key for row in rows for key in row))
        return _csv([header, *([row.get(key, "") for key in header] for row in rows)])

    @service.get("/search/grouped/facets")
    def grouped() -> Response:
        return json_answer(_grouped())

    @service.get("/search/facets")
    def names() -> Response:
        return json_answer([facet["field"] for theme in _grouped() for facet in theme["facets"]])

    @service.get("/assertions/codes")
    def codes() -> Response:
        refused = not_acceptable(request, JSON, "text/plain")
        if refused is not None:
            return refused
        if request.accept_mimetypes.best_match([JSON, "text/plain"]) == "text/plain":
            rows = [[a.name, a.code, a.description, a.category] for a in assertions().values()]
            return _csv([["name", "code", "description", "category"], *rows])
        return json_answer([_code(assertion) for assertion in assertions().values()])

    @service.get("/assertions/user/codes")
    def user_codes() -> Response:
        chosen = [a for a in assertions().values() if a.code in _USER_CODES]
        return json_answer([_code(assertion) for assertion in chosen])

    @service.get("/facets/i18n")
    @service.get("/facets/i18n<qualifier>")
    @service.get("/facets/i18n/<qualifier>")
    def texts(qualifier: str = ".properties") -> Response:
        response = Response(_messages(qualifier), 200, _CACHED)
        response.content_type = "text/plain; charset=UTF-8"
        response.add_etag()
        return response.make_conditional(request)


def _wanted(parameters: Parameters) -> List[Dict[str, Any]]:
    kept = []
    names = {name for text in parameters.many("fl") for name in text.split(",")}
    for field in index_fields().values():
        if field.name in HIDDEN or (names and field.name not in names):
            continue
        entry = _described(field)
        flags = ("indexed", "stored", "multivalue", "isDwc", "isMisc")
        tested = {**entry, "isDwc": "dwcTerm" in entry, "isMisc": _misc(field)}
        if any(f in parameters and parameters.flag(f) != bool(tested.get(f)) for f in flags):
            continue
        if any(parameters.text(k) not in ("", entry.get(k)) for k in ("dataType", "classs")):
            continue
        kept.append(entry)
    if parameters.flag("deprecated", True) and not names:
        kept += [
            {"name": old, "deprecated": True, "newFieldName": field.name}
            for field in index_fields().values()
            for old in field.legacy
        ]
    return sorted(kept, key=lambda entry: str(entry["name"]))


def _misc(field: IndexField) -> bool:
    return field.name.startswith("dynamicProperties_")


def _described(field: IndexField) -> Dict[str, Any]:
    entry: Dict[str, Any] = {"name": field.name}
    if field.name in JSON_NAMES:
        entry["jsonName"] = JSON_NAMES[field.name]
    if field.classs:
        entry["dwcTerm"] = field.dwc_term
    entry |= {"downloadName": field.name, "dataType": field.type}
    if field.classs:
        entry["classs"] = field.classs
    entry |= {
        "indexed": True,
        "docvalue": field.docvalue,
        "stored": True,
        "multivalue": field.multivalue,
    }
    if field.translated:
        entry["i18nValues"] = True
    entry |= {"description": field.label, "downloadDescription": field.label}
    if field.classs:
        entry["info"] = f"http://rs.tdwg.org/dwc/terms/{field.dwc_term}"
    return entry


def _code(assertion: Assertion) -> Dict[str, Any]:
    return {
        "name": assertion.name,
        "code": assertion.code,
        "description": assertion.description,
        "category": assertion.category,
        "fatal": assertion.fatal,
        "termsRequiredToTest": list(assertion.terms),
    }


@cache
def _grouped() -> List[Dict[str, Any]]:
    themes = json.loads(_THEMES.read_text(encoding="utf-8"))
    return [
        {
            "title": theme["title"],
            "facets": [{"field": field, "sort": sort} for field, sort in theme["facets"]],
        }
        for theme in themes
    ]


def _messages(qualifier: str) -> str:
    """Return the texts of a language: of Dutch, as the portal is set up, only the layers' names."""
    layers = [
        f"{kind}.{field.name}={field.label}"
        for field in index_fields().values()
        if field.layer
        for kind in ("field", "facet")
    ]
    own = [f"facet.{f.name}={f.label}" for f in index_fields().values() if not f.layer]
    english = qualifier in (".properties", "_en.properties")
    return "\n".join((own if english else []) + layers) + "\n"


def _csv(rows: List[List[Any]]) -> Response:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return Response(text.getvalue(), content_type="text/csv;charset=UTF-8")
