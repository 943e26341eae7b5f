"""Metadata: data resources, quality profiles, the logger's lists and the pictures.

Contract/occurrences 4 and 6: /collectory, /data-quality-filter-service, /logger, /image-service.
"""

from __future__ import annotations

from flask import Blueprint

from demo.portal.metadata import collectory, collectory_more, images, logger, quality
from demo.portal.world import World


def blueprint(world: World) -> Blueprint:
    """Return the routes of the four services."""
    routes = Blueprint("metadata", __name__, template_folder="../web")
    for part in (collectory, collectory_more, quality, logger, images):
        part.add_routes(routes, world)
    return routes
