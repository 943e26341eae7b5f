"""/bie-index/search and its suggestions (contract/occurrences 5.1)."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from typing import Any, Dict, Iterator, List, Tuple

from flask import Blueprint, Response, request
from markupsafe import escape

from demo.portal.error_pages import html_error
from demo.portal.grails import grails_json
from demo.portal.names.documents import common_documents, taxon_document
from demo.portal.names.taxonomy import Taxon, taxonomy, vernacular
from demo.portal.world import World

_DOWNLOAD_FIELDS = "guid,rank,scientificName,scientificNameAuthorship,commonNameSingle,kingdom"
_UNREADABLE = "Error from server at solr: org.apache.solr.search.SyntaxError: Cannot parse '{}'"


def add_routes(routes: Blueprint, world: World) -> None:
    """Add the search and the suggestions; fault ``bie.down`` makes the index behind them fail."""

    def down() -> bool:
        return world.faults.on("bie.down") is not None

    def auto() -> Response:
        limit = request.args.get("limit", "10")
        if not limit.lstrip("-").isdigit():
            return html_error(500)
        if down():
            return grails_json({"autoCompleteList": [], "error": "Solr is not there"})
        found = list(suggestions(request.args.get("q", "*")))
        return grails_json({"autoCompleteList": found[: int(limit)]})

    def search() -> Response:
        text = request.args.get("q", "")
        if down():
            return grails_json({"error": "Solr is not there", "indexServer": None})
        if text.count('"') % 2 or text.count("(") != text.count(")"):
            return grails_json({"error": _UNREADABLE.format(text), "indexServer": None})
        return grails_json({"searchResults": _results(text, world.base)})

    def download() -> Response:
        if "q" not in request.args:
            return html_error(400)
        return _download(world.base)

    for path in ("/search/auto", "/search/auto.json", "/auto", "/auto.json", "/search/auto.jsonp"):
        routes.add_url_rule(f"/bie-index{path}", f"bie_auto_{path}".replace(".", "_"), auto)
    for path in ("/search", "/search.json"):
        routes.add_url_rule(f"/bie-index{path}", f"bie_search_{path}".replace(".", "_"), search)
    routes.add_url_rule("/bie-index/download", "bie_download", download)


def suggestions(text: str) -> Iterator[Dict[str, Any]]:
    """Yield one suggestion per name that holds ``text``; the best names first."""
    if request.args.get("idxType", "TAXON").upper() != "TAXON":
        return
    wanted = text.strip().strip("*").lower()
    kingdom = request.args.get("kingdom", "").lower()
    ranked: List[Tuple[Tuple[int, int, str], Taxon, str, bool]] = []
    for taxon in taxonomy().taxa:
        if kingdom and (taxon.kingdom or "").lower() != kingdom:
            continue
        names = ((taxon.vernacular_nl, True), (taxon.vernacular_en, True))
        for name, common in ((taxon.scientific_name, False), *names):
            if name and wanted in name.lower():
                ranked.append((_order(name, wanted, taxon), taxon, name, common))
    for _, taxon, name, common in sorted(ranked, key=lambda item: item[0]):
        yield _suggestion(taxon, name, common, wanted)


def _order(name: str, wanted: str, taxon: Taxon) -> Tuple[int, int, str]:
    lower = name.lower()
    if lower == wanted:
        place = 0
    elif lower.startswith(wanted):
        place = 1
    else:
        place = 2 if f" {wanted}" in lower else 3
    return place, -int(taxon.weight), name


def _suggestion(taxon: Taxon, name: str, common: bool, wanted: str) -> Dict[str, Any]:
    accepted = taxonomy().accepted(taxon)
    marked = re.sub(f"({re.escape(wanted)})", r"<b>\1</b>", name, flags=re.I) if wanted else name
    return {
        "guid": accepted.key,
        "name": accepted.scientific_name,
        "commonName": vernacular(accepted, _language()),
        "commonNameMatches": [marked] if common else [],
        "scientificNameMatches": [] if common else [marked],
        "matchedNames": [name],
        "rankID": accepted.rank_id,
        "rankString": accepted.rank,
        "occurrenceCount": 0,
        "georeferencedCount": 0,
    }


def _language() -> str:
    chosen = request.cookies.get("vbp-lang") or request.accept_languages.best_match(("nl", "en"))
    return "en" if chosen == "en" else "nl"


def _results(text: str, base: str) -> Dict[str, Any]:
    args = request.args
    found = _filtered(_found(text, base), args.getlist("fq"))
    sort = args.get("sort", "score")
    if sort != "score":
        backwards = args.get("dir", "asc") == "desc"
        found.sort(key=lambda item: str(item.get(sort) or "").lower(), reverse=backwards)
    size = _number("pageSize", _number("rows", 10)) or 10
    start = _number("start", 0)
    facets = [name for value in args.getlist("facets") for name in value.split(",") if name]
    page = found[start : start + size]
    if fields := args.get("fields"):
        kept = fields.split(",")
        page = [{key: item[key] for key in kept if key in item} for item in page]
    return {
        "totalRecords": len(found),
        "facetResults": [facet for name in facets if (facet := _facet(name, found))],
        "results": page,
        "queryTitle": str(escape(text)) if text else "all records",
    }


def _number(name: str, default: int) -> int:
    value = request.args.get(name, "")
    return int(value) if value.isdigit() else default


def _found(text: str, base: str) -> List[Dict[str, Any]]:
    """Return the documents that hold any word of ``text``, those that hold all of it first."""
    phrase = text.strip().strip('"').strip("*").lower()
    if phrase in ("", ":"):
        return [document for taxon in taxonomy().taxa for document in _documents(taxon, base)]
    scored = []
    words = phrase.split()
    for place, taxon in enumerate(taxonomy().taxa):
        for document in _documents(taxon, base):
            score = _score(document, taxon, phrase, words)
            if score:
                scored.append((-score, -taxon.weight, place, document))
    scored.sort(key=lambda item: item[:3])
    return [document for *_, document in scored]


def _documents(taxon: Taxon, base: str) -> List[Dict[str, Any]]:
    common = [] if taxon.accepted_key else common_documents(taxon)
    return [taxon_document(taxon, base), *common]


def _score(document: Dict[str, Any], taxon: Taxon, phrase: str, words: List[str]) -> int:
    if phrase == taxon.key and document["idxtype"] == "TAXON":
        return 120
    names = [document["name"]]
    if document["idxtype"] == "TAXON":
        common = (taxon.vernacular_nl, taxon.vernacular_en)
        names += [taxon.name_with_author, *(name for name in common if name)]
    names = [name.lower() for name in names]
    if phrase in names:
        return 100
    if any(phrase in name for name in names):
        return 60
    known = {word for name in names for word in name.split()}
    return 10 * sum(word in known for word in words)


def _filtered(found: List[Dict[str, Any]], filters: List[str]) -> List[Dict[str, Any]]:
    for condition in filters:
        negated = condition.startswith("-")
        name, _, value = condition.lstrip("-").partition(":")
        wanted = value.strip('"').lower()
        found = [item for item in found if (str(item.get(name)).lower() == wanted) != negated]
    return found


def _facet(name: str, found: List[Dict[str, Any]]) -> Dict[str, Any]:
    counts = Counter(str(item[name]) for item in found if item.get(name) not in (None, ""))
    if not counts:
        return {}
    values = [
        {"label": value, "count": count, "fieldValue": value, "fq": f"{name}:{value}"}
        for value, count in counts.most_common()
    ]
    return {"fieldName": name, "fieldResult": values}


def _download(base: str) -> Response:
    fields = request.args.get("fields", _DOWNLOAD_FIELDS).split(",")
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(fields)
    filters = ["idxtype:TAXON", *request.args.getlist("fq")]
    for item in _filtered(_found(request.args["q"], base), filters):
        writer.writerow(["" if item.get(field) is None else item[field] for field in fields])
    name = request.args.get("file", "species.csv")
    headers = {"Content-Disposition": f"attachment;filename={name}"}
    return Response(out.getvalue(), 200, headers, content_type="text/csv")
