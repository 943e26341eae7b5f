"""Species lists, /species-list: the web services and the pages (contract/lists 2)."""

from __future__ import annotations

from flask import Blueprint

from demo.portal.lists import (
    access,
    by_taxon,
    download,
    editor,
    keys,
    pages,
    reads,
    upload,
    writes,
)
from demo.portal.sessions import Sessions
from demo.portal.world import World


def blueprint(world: World) -> Blueprint:
    """Return /species-list; what it changes is in ``lists.sqlite`` until the portal is reset."""
    routes = Blueprint("lists", __name__, template_folder="../web")
    Sessions.of(world).install(routes, access.SERVICE)
    for part in (reads, by_taxon, keys, writes, download, editor, upload, pages):
        part.add_routes(routes, world)
    return routes
