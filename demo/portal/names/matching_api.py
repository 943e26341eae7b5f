"""/namematching/api: the name-matching service's calls (contract/occurrences 5.2)."""

from __future__ import annotations

import json
from typing import Any, Dict, List, Optional, Sequence

from flask import Blueprint, Response, request

from demo.portal.names.match import HINTS, NO_MATCH, NameQuery, by_vernacular, hit, match
from demo.portal.names.taxonomy import RANKS, Taxon, taxonomy, vernacular
from demo.portal.world import World

_API = "/namematching/api"


class _BadJson(Exception):
    """The body cannot be processed."""


def add_routes(routes: Blueprint, world: World) -> None:
    """Add the service's calls; every lookup answers 200, ``success`` tells."""
    del world  # it keeps no state and knows nobody
    rules = (
        ("GET", "/search", _search),
        ("GET", "/searchByClassification", _search_by_classification),
        ("POST", "/searchByClassification", _post_by_classification),
        ("POST", "/searchAllByClassification", _post_all_by_classification),
        ("GET", "/searchByVernacularName", _search_by_vernacular),
        ("GET", "/getByTaxonID", _get_by_id),
        ("POST", "/getAllByTaxonID", _get_all_by_id),
        ("GET", "/getNameByTaxonID", _get_name),
        ("POST", "/getAllNamesByTaxonID", _get_all_names),
        ("GET", "/check", _check),
        ("GET", "/autocomplete", _autocomplete),
        ("GET", "/searchForLSID", _lsid_of_name),
        ("GET", "/searchForLsidById", _lsid_of_id),
        ("POST", "/getGuidsForTaxa", _guids),
        ("GET", "/getCommonNamesForLSID", _common_names),
    )
    for method, path, view in rules:
        name = f"namematching_{method}_{path[1:]}"
        routes.add_url_rule(f"{_API}{path}", name, _guarded(view), methods=[method])
    routes.add_url_rule("/namematching/<path:rest>", "namematching_unknown", _unknown)


def _guarded(view: Any) -> Any:
    def answer() -> Response:
        try:
            return view()
        except _BadJson:
            return _json({"code": 400, "message": "Unable to process JSON"}, 400)

    return answer


def _unknown(rest: str) -> Response:
    del rest
    return _json({"code": 404, "message": "HTTP 404 Not Found"}, 404)


def _search() -> Response:
    query = NameQuery(scientific_name=request.args.get("q", ""), loose=True)
    return _json(match(taxonomy(), query))


def _search_by_classification() -> Response:
    args = request.args
    name = args.get("scientificName", "")
    if not name and args.get("genus") and args.get("specificEpithet"):
        words = (args["genus"], args["specificEpithet"], args.get("infraspecificEpithet", ""))
        name = " ".join(word for word in words if word)
    higher = {rank: args[rank] for rank in HINTS if args.get(rank)}
    return _json(match(taxonomy(), NameQuery(name, higher, rank=args.get("rank", ""))))


def _post_by_classification() -> Response:
    body = _body()
    if not isinstance(body, dict):
        raise _BadJson
    return _json(match(taxonomy(), _query(body)))


def _post_all_by_classification() -> Response:
    body = _body()
    if not isinstance(body, list):
        raise _BadJson
    return _json([None if item is None else match(taxonomy(), _query(item)) for item in body])


def _query(item: Any) -> NameQuery:
    if not isinstance(item, dict):
        raise _BadJson
    fields = {rank: item.get("clazz" if rank == "class" else rank) for rank in HINTS}
    name = item.get("scientificName") or ""
    if not name and item.get("specificEpithet"):
        name = f"{item.get('genus', '')} {item['specificEpithet']}".strip()
    return NameQuery(
        scientific_name=name,
        higher={rank: value for rank, value in fields.items() if value},
        hints=item.get("hints") or {},
        rank=item.get("rank") or "",
        taxon_id=item.get("taxonConceptID") or item.get("taxonID") or "",
        vernacular_name=item.get("vernacularName") or "",
        loose=bool(item.get("loose")),
    )


def _search_by_vernacular() -> Response:
    name = request.args.get("vernacularName", "")
    return _json(by_vernacular(taxonomy(), name) or NO_MATCH)


def _get_by_id() -> Response:
    return _json(_of_id(request.args.get("taxonID", "")))


def _get_all_by_id() -> Response:
    return _json([_of_id(key) for key in request.args.getlist("taxonIDs")])


def _of_id(key: str) -> Dict[str, Any]:
    taxon = taxonomy().by_key.get(key)
    if taxon is None:
        return NO_MATCH
    result = hit(taxonomy(), taxon, "taxonIdMatch")
    if taxon.accepted_key and request.args.get("follow") != "true":
        own = {
            "scientificName": taxon.scientific_name,
            "scientificNameAuthorship": taxon.author,
            "taxonConceptID": taxon.key,
        }
        return {**result, **own}
    return result


def _get_name() -> Response:
    return _text(_name(request.args.get("taxonID", "")))


def _get_all_names() -> Response:
    return _json([_name(key) for key in request.args.getlist("taxonIDs")])


def _name(key: str) -> Optional[str]:
    taxon = taxonomy().by_key.get(key)
    return taxon.scientific_name if taxon else None


def _check() -> Response:
    """Tell whether a name can be settled at ``rank`` without the rest of its classification."""
    rank = request.args.get("rank", "")
    if rank and rank.lower() not in RANKS:
        return _json({"code": 500, "message": "There was an error processing your request."}, 500)
    found = match(taxonomy(), NameQuery(request.args.get("name", ""), rank=rank))
    if found["issues"] == ["homonym"]:
        return _text("false")
    return _text("true") if found["success"] else _text(None)


def _autocomplete() -> Response:
    text = request.args.get("q", "").strip().lower()
    limit = int(request.args.get("max", "10"))
    synonyms = request.args.get("includeSynonyms", "true") == "true"
    results: List[Dict[str, Any]] = []
    for taxon in taxonomy().taxa if text else ():
        if taxon.accepted_key and not synonyms:
            continue
        common = [name for name in (taxon.vernacular_nl, taxon.vernacular_en) if name]
        if taxon.scientific_name.lower().startswith(text):
            results.append(_suggestion(taxon, common, "scientificName", text))
        elif any(text in name.lower() for name in common):
            results.append(_suggestion(taxon, common, "commonName", text))
    results.sort(key=lambda item: -item["score"])
    return _json(results[: 2 * limit])


def _suggestion(taxon: Taxon, common: Sequence[str], kind: str, text: str) -> Dict[str, Any]:
    matched = taxon.scientific_name if kind == "scientificName" else common[0]
    accepted = taxonomy().accepted(taxon)
    result: Dict[str, Any] = {
        "score": round(len(text) / max(len(matched), 1) + (taxon.accepted_key is None), 4),
        "lsid": taxon.key,
        "left": taxon.lft,
        "right": taxon.rgt,
        "rank": taxon.rank.upper(),
        "rankId": taxon.rank_id,
        "cl": {rank: name for rank in HINTS if (name := taxon.name_at(rank))},
        "name": taxon.scientific_name,
        "acceptedLsid": taxon.accepted_key,
        "commonname": vernacular(accepted),
        "commonnames": list(common),
        "match": kind,
    }
    if taxon.accepted_key:
        result["synonymMatch"] = [{"name": taxon.scientific_name, "lsid": taxon.accepted_key}]
    return {key: value for key, value in result.items() if value not in (None, [])}


def _lsid_of_name() -> Response:
    found = match(taxonomy(), NameQuery(request.args.get("name", "")))
    return _text(found.get("taxonConceptID"))


def _lsid_of_id() -> Response:
    taxon = taxonomy().by_key.get(request.args.get("id", ""))
    return _text(taxonomy().accepted(taxon).key if taxon else None)


def _guids() -> Response:
    body = _body()
    if not isinstance(body, list):
        raise _BadJson
    found = (match(taxonomy(), NameQuery(str(name), loose=True)) for name in body)
    return _json([item.get("taxonConceptID") for item in found])


def _common_names() -> Response:
    taxon = taxonomy().by_key.get(request.args.get("lsid", ""))
    limit = int(request.args.get("max", "100"))
    names = (taxon.vernacular_nl, taxon.vernacular_en) if taxon else ()
    return _json([name for name in names if name][:limit])


def _body() -> Any:
    try:
        return json.loads(request.get_data() or b"null")
    except ValueError as error:
        raise _BadJson from error


def _json(content: Any, status: int = 200) -> Response:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return Response(text, status, content_type="application/json")


def _text(text: Optional[str]) -> Response:
    return Response(text, 200, content_type="text/plain") if text else Response(status=204)
