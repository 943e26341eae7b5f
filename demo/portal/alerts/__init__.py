"""Notifications by e-mail, /alerts (contract/lists 3). The demo portal sends no mail."""

from __future__ import annotations

from flask import Blueprint

from demo.portal.alerts import pages, services
from demo.portal.alerts.book import Book
from demo.portal.sessions import Sessions
from demo.portal.world import World


def blueprint(world: World) -> Blueprint:
    """Return /alerts."""
    routes = Blueprint("alerts", __name__, template_folder="../web")
    book = Book(world)
    Sessions.of(world).install(routes, services.SERVICE)
    services.add_routes(routes, world, book)
    pages.add_routes(routes, world, book)
    return routes
