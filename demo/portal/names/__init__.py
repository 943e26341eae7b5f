"""Names: the index behind the search box (bie-index) and the name-matching service.

Contract/occurrences 5. Both answer from the one taxonomy of ``demo.portal.data.taxa``.
"""

from __future__ import annotations

from flask import Blueprint

from demo.portal.names import bie, bie_search, bie_species, matching_api
from demo.portal.world import World


def blueprint(world: World) -> Blueprint:
    """Return the routes below /bie-index and /namematching."""
    routes = Blueprint("names", __name__)
    bie_search.add_routes(routes, world)
    bie_species.add_routes(routes, world)
    bie.add_routes(routes, world)
    matching_api.add_routes(routes, world)
    return routes
