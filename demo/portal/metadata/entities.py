"""The entities of the collectory, in short and in full (contract/occurrences 6.2)."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Dict, List, Optional, Tuple

from demo.portal.lists.store import Store
from demo.portal.world import World

KINDS = ("dataResource", "dataProvider", "institution", "collection", "dataHub")
_CODES = {
    "dataResource": "dr",
    "dataProvider": "dp",
    "institution": "in",
    "collection": "co",
    "dataHub": "dh",
}
LICENCES: Tuple[Dict[str, str], ...] = tuple(
    {
        "name": name,
        "url": f"https://creativecommons.org/{path}",
        "imageUrl": f"https://licensebuttons.net/{image}/88x31.png",
        "acronym": acronym,
        "version": version,
    }
    for acronym, version, name, path, image in (
        ("CC0", "1.0", "Creative Commons Zero", "publicdomain/zero/1.0/", "p/zero/1.0"),
        ("CC-BY", "4.0", "Creative Commons Attribution", "licenses/by/4.0/", "l/by/4.0"),
        (
            "CC-BY-NC",
            "4.0",
            "Creative Commons Attribution-Noncommercial",
            "licenses/by-nc/4.0/",
            "l/by-nc/4.0",
        ),
    )
)


@dataclass(frozen=True)
class Entity:
    """One entity; ``row`` is the dataset's, for a data resource with records."""

    uid: str
    name: str
    row: Optional[sqlite3.Row] = None


def entities(world: World, kind: str) -> List[Entity]:
    """Return all entities of ``kind``, by name. A public species list is a data resource, too."""
    with closing(world.connect()) as connection:
        rows = connection.execute("SELECT * FROM dataset").fetchall()
    found: Dict[str, Entity] = {}
    if kind == "dataResource":
        found = {row["uid"]: Entity(row["uid"], row["name"], row) for row in rows}
        with Store.of(world).reading() as connection:
            for row in connection.execute("SELECT * FROM list WHERE isPrivate = 0"):
                found[row["druid"]] = Entity(row["druid"], row["listName"])
    elif kind in ("dataProvider", "institution"):
        prefix = "provider" if kind == "dataProvider" else "institution"
        for row in rows:
            uid = row[f"{prefix}_uid"]
            if uid:
                found[uid] = Entity(uid, row[f"{prefix}_name"])
    elif kind == "dataHub":
        found["dh1"] = Entity("dh1", "Vlaams Biodiversiteitsportaal (demo)")
    return sorted(found.values(), key=lambda entity: entity.name.casefold())


def entity(world: World, kind: str, uid: str) -> Optional[Entity]:
    """Return the entity of ``kind`` with this id, or with this guid."""
    for found in entities(world, kind):
        if uid == found.uid or (found.row is not None and uid == found.row["gbif_key"]):
            return found
    return None


def any_entity(world: World, uid: str) -> Optional[Entity]:
    """Return the entity with this id, whatever it is."""
    kind = next((kind for kind, code in _CODES.items() if uid.startswith(code)), "dataResource")
    return entity(world, kind, uid)


def reference(world: World, kind: str, uid: Optional[str], name: Optional[str]) -> Any:
    """Return how one entity refers to another, or None."""
    if uid is None:
        return None
    return {"name": name, "uri": f"{world.base}/collectory/ws/{kind}/{uid}", "uid": uid}


def document(world: World, kind: str, found: Entity) -> Dict[str, Any]:
    """Return an entity in full."""
    row = found.row
    base: Dict[str, Any] = {
        "name": found.name,
        "acronym": None,
        "uid": found.uid,
        "guid": row["gbif_key"] if row else None,
        "address": None,
        "phone": None,
        "email": row["contact_email"] if row else None,
        "pubShortDescription": None,
        "pubDescription": row["pub_description"] or None if row else None,
    }
    if kind == "dataResource":
        base.update(_rights(row))
    base["websiteUrl"] = row["website"] if row else None
    base["alaPublicUrl"] = f"{world.base}/collectory/public/show/{found.uid}"
    if kind == "dataResource":
        base.update(_resource(world, row))
    return base


def _rights(row: Optional[sqlite3.Row]) -> Dict[str, Any]:
    return {
        "rights": row["rights"] if row else None,
        "licenseType": row["licence_type"] if row else "other",
        "licenseVersion": row["licence_version"] if row else "",
        "citation": row["citation"] if row else None,
    }


def _resource(world: World, row: Optional[sqlite3.Row]) -> Dict[str, Any]:
    kinds = ["point occurrence data"] if row else ["species list"]
    archive = bool(row and row["gbif_key"])
    provider = row and reference(world, "dataProvider", row["provider_uid"], row["provider_name"])
    institution = row and reference(
        world, "institution", row["institution_uid"], row["institution_name"]
    )
    return {
        "resourceType": "records" if row else "species-list",
        "provider": provider,
        "institution": institution,
        "contentTypes": kinds,
        "status": row["status"] if row else "dataAvailable",
        "dataCurrency": f"{row['data_currency']}T00:00:00Z" if row else None,
        "lastUpdated": f"{row['last_updated']}T00:00:00Z" if row else None,
        "gbifDataset": archive,
        "gbifRegistryKey": row["gbif_key"] if row else None,
        "doi": row["doi"] if row else None,
        "publicArchiveAvailable": False,
        "publicArchiveUrl": None,
        "downloadLimit": 0,
        "dataGeneralizations": None,
        "informationWithheld": None,
        "connectionParameters": {"protocol": "DwCA"} if row else None,
    }
