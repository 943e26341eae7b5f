"""The demo portal as one WSGI application: every service under the path it has in the portal."""

from __future__ import annotations

from importlib import import_module
from typing import Iterable

from flask import Flask

from demo.portal import gateway
from demo.portal.control import log_requests
from demo.portal.world import World

# Each module holds ``blueprint(world)``; one module, or package, a service of the portal.
SERVICES = (
    "control",  # /demo: faults on and off, the log of requests; no part of the real portal
    "oidc",  # /realms/vbp: the identity provider; "keycloak" in its place is a real one
    "biocache",  # /biocache-service and /biocache-download
    "names",  # /bie-index and /namematching
    "metadata",  # /collectory, /data-quality-filter-service, /logger, /image-service
    "lists",  # /species-list
    "alerts",  # /alerts
    "pages",  # /userdetails, /my-profile.html, /pages/…: the web pages that matter to a client
    "spatial",  # /spatial-service and /spatial-hub
    "geoserver",  # /geoserver, by MapServer
)


def create_app(world: World, services: Iterable[str] = SERVICES) -> Flask:
    """Return the portal; ``world`` is the only state it keeps."""
    app = Flask("demo.portal")
    app.json.sort_keys = False  # the services' own key order is part of their contract
    log_requests(app, world)  # first, so that it notes what the faults made of the answer
    world.faults.install(app)
    gateway.install(app)
    for service in services:
        app.register_blueprint(import_module(f"demo.portal.{service}").blueprint(world))
    return app
