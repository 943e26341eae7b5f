"""/bie-index: one taxon, its line upwards and its children (contract/occurrences 5.1)."""

from __future__ import annotations

from typing import Any, Dict, List, Optional
from urllib.parse import quote

from flask import Blueprint, Response, redirect, request

from demo.portal.data.images import image_of
from demo.portal.error_pages import html_error
from demo.portal.grails import grails_json
from demo.portal.names.documents import RED_LIST, formatted, image_links
from demo.portal.names.taxonomy import Taxon, taxonomy
from demo.portal.world import World

_MAXIMUM_CHILDREN = 1000


def add_routes(routes: Blueprint, world: World) -> None:
    """Add the pages of one taxon; each also answers with ``.json`` behind the id."""

    def species(guid: str = "") -> Response:
        guid = _plain(guid)
        if not guid:
            return html_error(400)
        taxon = taxonomy().resolve(guid)
        if taxon is None:
            return html_error(404)
        if taxon.key != guid:
            return redirect(f"{world.base}/bie-index/species/{quote(taxon.key)}", 301)
        return grails_json(_species(taxon))

    def short_profile(guid: str) -> Response:
        taxon = taxonomy().resolve(_plain(guid))
        return grails_json(_short_profile(taxon, world.base)) if taxon else html_error(404)

    for name in ("species", "taxon"):
        for path in (f"/bie-index/{name}", f"/bie-index/{name}/<path:guid>"):
            routes.add_url_rule(path, f"bie_{name}_{len(path)}", species)
    routes.add_url_rule(
        "/bie-index/species/shortProfile/<path:guid>", "bie_short_profile", short_profile
    )
    routes.add_url_rule(
        "/bie-index/classification/<path:guid>", "bie_classification", _classification
    )
    routes.add_url_rule("/bie-index/childConcepts/<path:guid>", "bie_children", _children)


def _plain(guid: str) -> str:
    return guid[: -len(".json")] if guid.endswith(".json") else guid


def _species(taxon: Taxon) -> Dict[str, Any]:
    classification: Dict[str, Optional[str]] = {}
    for higher in taxonomy().lineage(taxon):
        classification[higher.rank] = higher.scientific_name
        classification[f"{higher.rank}Guid"] = higher.key
    classification["scientificName"] = taxon.scientific_name
    classification["guid"] = taxon.key
    status = RED_LIST.get(taxon.key)
    return {
        "taxonConcept": _concept(taxon),
        "taxonName": [],
        "classification": classification,
        "synonyms": [_name_of(synonym) for synonym in taxonomy().synonyms(taxon.key)],
        "commonNames": _common_names(taxon),
        "imageIdentifier": image_of(taxon.key),
        "conservationStatuses": {"Vlaanderen": {"dr": "dr552", "status": status}} if status else {},
        "extantStatuses": [],
        "habitats": [],
        "categories": [],
        "simpleProperties": [],
        "images": [],
        "identifiers": [],
        "variants": [_variant(taxon)],
    }


def _concept(taxon: Taxon) -> Dict[str, Any]:
    source = f"https://www.gbif.org/species/{taxon.key}"
    return {
        "guid": taxon.key,
        "parentGuid": taxon.parent_key,
        "nameString": taxon.scientific_name,
        "nameComplete": taxon.name_with_author,
        "nameFormatted": formatted(taxon),
        "author": taxon.author or None,
        "nomenclaturalCode": "ICZN" if taxon.kingdom == "Animalia" else "ICN",
        "taxonomicStatus": "accepted",
        "nomenclaturalStatus": None,
        "rankString": taxon.rank,
        "nameAuthority": "GBIF Backbone Taxonomy",
        "rankID": taxon.rank_id,
        "nameAccordingTo": None,
        "nameAccordingToID": None,
        "namePublishedIn": None,
        "namePublishedInYear": None,
        "namePublishedInID": None,
        "taxonRemarks": None,
        "provenance": None,
        "favourite": None,
        "infoSourceURL": source,
        "datasetURL": None,
        "taxonConceptID": taxon.key,
        "scientificNameID": None,
    }


def _name_of(taxon: Taxon) -> Dict[str, Any]:
    return {
        "nameString": taxon.scientific_name,
        "nameComplete": taxon.name_with_author,
        "nameFormatted": formatted(taxon),
        "nameGuid": taxon.key,
        "taxonomicStatus": "synonym" if taxon.accepted_key else "accepted",
        "nameAuthority": "GBIF Backbone Taxonomy",
        "infoSourceName": "GBIF Backbone Taxonomy",
        "infoSourceURL": f"https://www.gbif.org/species/{taxon.key}",
        "datasetURL": None,
    }


def _variant(taxon: Taxon) -> Dict[str, Any]:
    name = _name_of(taxon)
    name["identifier"] = name.pop("nameGuid")
    return {**name, "priority": 2000}


def _common_names(taxon: Taxon) -> List[Dict[str, Any]]:
    names = (("nl", taxon.vernacular_nl), ("en", taxon.vernacular_en))
    return [
        {
            "nameString": name,
            "status": "common",
            "priority": 200,
            "language": language,
            "temporal": None,
            "locationID": None,
            "locality": None,
            "countryCode": None,
            "sex": None,
            "lifeStage": None,
            "isPlural": False,
            "organismPart": None,
            "infoSourceName": "GBIF Backbone Taxonomy",
            "infoSourceURL": f"https://www.gbif.org/species/{taxon.key}",
            "datasetURL": None,
        }
        for language, name in names
        if name
    ]


def _short_profile(taxon: Taxon, base: str) -> Dict[str, Any]:
    profile: Dict[str, Any] = {
        "taxonID": taxon.key,
        "scientificName": taxon.scientific_name,
        "scientificNameAuthorship": taxon.author or None,
        "author": taxon.author or None,
        "rank": taxon.rank,
        "rankID": taxon.rank_id,
        "kingdom": taxon.kingdom,
        "family": taxon.family,
    }
    if names := _common_names(taxon):
        profile["commonName"] = names[0]["nameString"]
    links = image_links(taxon, base)
    if links["image"]:
        profile["thumbnail"] = links["thumbnailUrl"]
        profile["imageURL"] = links["largeImageUrl"]
    return profile


def _classification(guid: str) -> Response:
    taxon = taxonomy().resolve(_plain(guid))
    if taxon is None:
        return html_error(404)
    return grails_json(
        [
            {
                "rank": higher.rank,
                "rankID": higher.rank_id,
                "scientificName": higher.scientific_name,
                "guid": higher.key,
            }
            for higher in taxonomy().lineage(taxon)
        ]
    )


def _children(guid: str) -> Response:
    taxon = taxonomy().resolve(_plain(guid))
    if taxon is None:
        return html_error(404)
    within = request.args.get("within", "2000")
    limit = taxon.rank_id + int(within) if within.isdigit() else taxon.rank_id + 2000
    found = [child for child in taxonomy().children(taxon.key) if child.rank_id <= limit]
    return grails_json([_child(child) for child in found[:_MAXIMUM_CHILDREN]])


def _child(taxon: Taxon) -> Dict[str, Any]:
    return {
        "guid": taxon.key,
        "parentGuid": taxon.parent_key,
        "name": taxon.scientific_name,
        "nameComplete": taxon.name_with_author,
        "nameFormatted": formatted(taxon),
        "author": taxon.author or None,
        "rank": taxon.rank,
        "rankID": taxon.rank_id,
    }
