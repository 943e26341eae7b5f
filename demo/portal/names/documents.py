"""The documents of the names index: what a taxon or a common name looks like in an answer."""

from __future__ import annotations

from typing import Any, Dict, List, Optional

from markupsafe import escape

from demo.portal.data.images import image_of
from demo.portal.names.taxonomy import Taxon, taxonomy, vernacular

RED_LIST = {"2427609": "CR", "2426612": "EN", "2444121": "CR", "1899951": "VU", "2433753": "CR"}
_CODE = {"Animalia": "ICZN"}


def formatted(taxon: Taxon) -> str:
    """Return the name with the portal's HTML around it."""
    author = f' <span class="author">{escape(taxon.author)}</span>' if taxon.author else ""
    return (
        f'<span class="scientific-name rank-{taxon.rank}">'
        f'<span class="name">{escape(taxon.scientific_name)}</span>{author}</span>'
    )


def taxon_document(taxon: Taxon, base: str) -> Dict[str, Any]:
    """Return a TAXON item of a search; a synonym's ``guid`` is that of its accepted taxon."""
    accepted = taxonomy().accepted(taxon)
    names = [name for name in (accepted.vernacular_nl, accepted.vernacular_en) if name]
    document = {
        "id": taxon.key,
        "guid": accepted.key,
        "linkIdentifier": None,
        "idxtype": "TAXON",
        "name": taxon.scientific_name,
        "scientificName": taxon.scientific_name,
        "scientificNameAuthorship": taxon.author or None,
        "author": taxon.author or None,
        "nameComplete": taxon.name_with_author,
        "nameFormatted": formatted(taxon),
        "taxonomicStatus": "synonym" if taxon.accepted_key else "accepted",
        "nomenclaturalCode": _CODE.get(taxon.kingdom or "", "ICN"),
        "nomenclaturalStatus": None,
        "parentGuid": accepted.parent_key,
        "rank": taxon.rank,
        "rankID": taxon.rank_id,
        "commonName": ", ".join(names),
        "commonNameSingle": vernacular(accepted) or "",
        "kingdom": taxon.kingdom,
        "occurrenceCount": 0,
        "conservationStatus": RED_LIST.get(accepted.key),
        "favourite": None,
        "infoSourceName": "GBIF Backbone Taxonomy",
        "infoSourceURL": f"https://www.gbif.org/species/{accepted.key}",
    }
    if taxon.accepted_key:
        document["acceptedConceptID"] = accepted.key
        document["acceptedConceptName"] = accepted.scientific_name
    document.update(image_links(accepted, base))
    for higher in taxonomy().lineage(accepted)[:-1]:
        document[higher.rank] = higher.scientific_name
        document[f"{higher.rank}Guid"] = higher.key
    return document


def image_links(taxon: Taxon, base: str) -> Dict[str, Optional[str]]:
    """Return the members of a document that show a picture; null without one."""
    image = image_of(taxon.key)
    proxy = f"{base}/image-service/image/proxyImage"
    return {
        "image": image,
        "imageUrl": image and f"{proxy}?imageId={image}",
        "thumbnailUrl": image and f"{proxy}Thumbnail?imageId={image}",
        "smallImageUrl": image and f"{proxy}Thumbnail?imageId={image}",
        "largeImageUrl": image and f"{proxy}ThumbnailLarge?imageId={image}",
    }


def common_documents(taxon: Taxon) -> List[Dict[str, Any]]:
    """Return the COMMON items of a taxon: one per common name."""
    return [
        {
            "id": f"common-{taxon.key}-{language}",
            "guid": f"common-{taxon.key}-{language}",
            "linkIdentifier": None,
            "idxtype": "COMMON",
            "name": name,
            "taxonGuid": taxon.key,
            "language": language,
            "acceptedConceptName": taxon.scientific_name,
            "source": "GBIF Backbone Taxonomy",
            "taxonScientificName": taxon.scientific_name,
            "infoSourceName": "GBIF Backbone Taxonomy",
            "infoSourceURL": f"https://www.gbif.org/species/{taxon.key}",
        }
        for language, name in (("nl", taxon.vernacular_nl), ("en", taxon.vernacular_en))
        if name
    ]
