"""/collectory/ws: citations, licences, EML (contract/occurrences 6.2)."""

from __future__ import annotations

import csv
import io
from typing import Any, Dict, List
from xml.etree import ElementTree

from flask import Blueprint, Response, request

from demo.portal.error_pages import html_error
from demo.portal.grails import grails_json
from demo.portal.metadata.entities import LICENCES, Entity, any_entity, document
from demo.portal.world import World

_CITATION = {
    "name": "Resource name",
    "citation": "Citation",
    "rights": "Rights",
    "link": "More information",
    "dataGeneralizations": "Data generalizations",
    "informationWithheld": "Information withheld",
    "downloadLimit": "Download limit",
    "uid": "UID",
    "DOI": "DOI",
}
_EML = "eml://ecoinformatics.org/eml-2.1.1"


def add_routes(routes: Blueprint, world: World) -> None:
    """Add the calls."""

    def citations() -> Response:
        uids = request.get_json(force=True, silent=True)
        if not isinstance(uids, list) or not uids:
            return grails_json({"error": "no uids posted"})
        found = [entity for uid in uids if (entity := any_entity(world, str(uid)))]
        rows = [_citation(world, entity) for entity in found]
        if request.accept_mimetypes.best in ("application/json", "text/json"):
            return grails_json(rows)
        return _table(rows)

    def eml(uid: str) -> Response:
        found = any_entity(world, uid)
        return _eml(world, found) if found else html_error(404)

    routes.add_url_rule(
        "/collectory/ws/citations", "collectory_citations", citations, methods=["POST"]
    )
    routes.add_url_rule("/collectory/ws/eml/<uid>", "collectory_eml", eml)
    routes.add_url_rule(
        "/collectory/ws/licence", "collectory_licence", lambda: grails_json(LICENCES)
    )


def _citation(world: World, found: Entity) -> Dict[str, str]:
    row = found.row
    licence = [one for one in LICENCES if row and one["acronym"] == row["licence_type"]]
    rights = f"{licence[0]['name']} ({licence[0]['acronym']})" if licence else "other"
    if row and row["rights"]:
        rights = f"{rights} {row['rights']}"
    plain = f"Records provided by {found.name}, accessed through the portal's website."
    return {
        "name": found.name,
        "citation": row["citation"] if row else plain,
        "rights": rights,
        "link": f"For more information: {world.base}/collectory/public/show/{found.uid}",
        "dataGeneralizations": "",
        "informationWithheld": "",
        "downloadLimit": "",
        "uid": found.uid,
        "DOI": (row["doi"] if row else None) or "",
    }


def _table(rows: List[Dict[str, Any]]) -> Response:
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    out.write(",".join(_CITATION.values()) + "\n")
    writer.writerows([row[name] for name in _CITATION] for row in rows)
    return Response(out.getvalue(), content_type="text/csv;charset=utf-8")


def _eml(world: World, found: Entity) -> Response:
    whole = document(world, "dataResource", found)
    root = ElementTree.Element(f"{{{_EML}}}eml", {"packageId": found.uid, "system": world.base})
    dataset = ElementTree.SubElement(root, "dataset")
    members = (
        ("title", found.name),
        ("pubDate", (whole.get("lastUpdated") or "")[:10]),
        ("intellectualRights", whole.get("rights") or ""),
    )
    for name, text in members:
        ElementTree.SubElement(dataset, name).text = text
    abstract = ElementTree.SubElement(dataset, "abstract")
    ElementTree.SubElement(abstract, "para").text = whole["pubDescription"]
    contact = ElementTree.SubElement(dataset, "contact")
    ElementTree.SubElement(contact, "electronicMailAddress").text = whole["email"]
    ElementTree.register_namespace("eml", _EML)
    text = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return Response(text, content_type="text/xml;charset=utf-8")
