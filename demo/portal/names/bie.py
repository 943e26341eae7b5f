"""/bie-index: look-ups of many names or ids at once, and the index's own lists."""

from __future__ import annotations

from typing import Any, Dict, List, Optional

from flask import Blueprint, Response, request

from demo.portal.error_pages import html_error
from demo.portal.grails import grails_json
from demo.portal.names.documents import taxon_document
from demo.portal.names.taxonomy import RANKS, Taxon, split_name, taxonomy, vernacular
from demo.portal.world import World

_BLOCK = 20
_SUBGROUPS = {
    "Animals": ["Mammals", "Birds", "Reptiles", "Amphibians", "Fishes", "Molluscs", "Arthropods"],
    "Plants": ["Bryophytes", "Gymnosperms", "FernsAndAllies", "Angiosperms"],
    "Fungi": [],
}


def add_routes(routes: Blueprint, world: World) -> None:
    """Add the look-ups."""

    def lookup() -> Response:
        body = request.get_json(force=True, silent=True)
        if not isinstance(body, dict) or not isinstance(body.get("names"), list):
            return html_error(400)
        common = bool(body.get("vernacular"))
        return grails_json([_looked_up(str(name), common, world.base) for name in body["names"]])

    def guids() -> Response:
        body = request.get_json(force=True, silent=True)
        if not isinstance(body, list):
            return html_error(400)
        return grails_json({"searchDTOList": _looked_up_guids(body, world.base)})

    routes.add_url_rule("/bie-index/guid/batch", "bie_guid_batch", _guid_batch)
    routes.add_url_rule("/bie-index/guid/<path:name>", "bie_guid", _guid)
    routes.add_url_rule(
        "/bie-index/species/lookup/bulk", "bie_bulk_names", lookup, methods=["POST"]
    )
    routes.add_url_rule(
        "/bie-index/species/guids/bulklookup", "bie_bulk_guids", guids, methods=["POST"]
    )
    for path in ("guids/bulklookup", "lookup/bulk"):  # the pages of a taxon must not answer these
        routes.add_url_rule(
            f"/bie-index/species/{path}",
            f"bie_no_get_{path[:4]}",
            lambda: html_error(405),
            methods=["GET"],
        )
    for path, view in (("ranks", _ranks), ("indexFields", _fields), ("subgroups", _subgroups)):
        routes.add_url_rule(f"/bie-index/{path}", f"bie_{path}", view)
    routes.add_url_rule("/bie-index/ws/subgroups", "bie_ws_subgroups", _subgroups)


def _guid(name: str) -> Response:
    found = _identifiers(name)
    return grails_json(found) if found else html_error(404)


def _guid_batch() -> Response:
    return grails_json({name: _identifiers(name) for name in request.args.getlist("q")})


def _identifiers(name: str) -> List[Dict[str, Any]]:
    tree = taxonomy()
    return [
        {
            "identifier": taxon.key,
            "name": taxon.scientific_name,
            "acceptedIdentifier": tree.accepted(taxon).key,
            "acceptedName": tree.accepted(taxon).scientific_name,
        }
        for taxon in tree.named(name)
    ]


def _looked_up(name: str, common: bool, base: str) -> Dict[str, Any]:
    tree = taxonomy()
    found = tree.by_name.get(split_name(name)[0].lower())
    if not found and common:
        found = tree.by_vernacular.get(name.lower())
    return taxon_document(found[0], base) if found else {}


def _looked_up_guids(guids: List[Any], base: str) -> List[Optional[Dict[str, Any]]]:
    """Return a document per id. A block of 20 without a single hit loses the whole answer."""
    results: List[Optional[Dict[str, Any]]] = []
    for start in range(0, len(guids), _BLOCK):
        block = [taxonomy().by_key.get(str(guid)) for guid in guids[start : start + _BLOCK]]
        if not any(block):
            return []
        results += [taxon and _short_document(taxonomy().accepted(taxon), base) for taxon in block]
    return results


def _short_document(taxon: Taxon, base: str) -> Dict[str, Any]:
    document = taxon_document(taxon, base)
    kept = ("guid", "name", "scientificName", "author", "rank", "kingdom")
    short = {key: document[key] for key in kept}
    for rank in ("phylum", "class", "order", "family", "genus"):
        short["classs" if rank == "class" else rank] = taxon.name_at(rank)
    if name := vernacular(taxon):
        short["commonNameSingle"] = name
    if document["thumbnailUrl"]:
        short["thumbnailUrl"] = document["thumbnailUrl"]
    return short


def _ranks() -> Response:
    return grails_json([{"rank": rank, "rankID": number} for rank, number in RANKS.items()])


def _fields() -> Response:
    document = taxon_document(taxonomy().taxa[0], "")
    return grails_json(
        [
            {"name": name, "dataType": "int" if name == "rankID" else "string", "indexed": True}
            for name in sorted(document)
        ]
    )


def _subgroups() -> Response:
    return grails_json(
        [
            {"speciesGroup": group, "taxa": [{"name": name, "common": name} for name in names]}
            for group, names in _SUBGROUPS.items()
        ]
    )
