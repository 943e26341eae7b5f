"""The demo portal's occurrence service: ``/biocache-service`` and ``/biocache-download``.

Written from contract/occurrences 0 to 3 and 7 to 9.
"""

from __future__ import annotations

from typing import Optional

from flask import Blueprint, Response, g, request

from demo.portal.bearer import BadToken, identify
from demo.portal.biocache import downloads, explore, index, queries, records, search, wms
from demo.portal.biocache.faulty import BadParameter, ServiceFault
from demo.portal.biocache.jobs import Jobs
from demo.portal.biocache.shared import Shared
from demo.portal.error_pages import CHALLENGE, unauthorized
from demo.portal.websession import has_visitor_cookie, vbp_auth_redirect, web_caller
from demo.portal.world import World

PREFIX = "/biocache-service/"


def blueprint(world: World) -> Blueprint:
    both = Blueprint("biocache", __name__)
    service = Blueprint("biocache-service", __name__, url_prefix=PREFIX.rstrip("/"))
    shared = Shared.of(world)
    jobs = Jobs(world)
    world.on_reset.append(jobs.clear)
    _guard(service, world)
    search.add_routes(service, shared)
    queries.add_routes(service, shared)
    index.add_routes(service)
    records.add_routes(service, shared)
    explore.add_routes(service, shared)
    wms.add_routes(service, shared)
    downloads.add_routes(service, shared, jobs)
    downloads.add_files(both, world, jobs)
    both.register_blueprint(service)
    return both


def _guard(service: Blueprint, world: World) -> None:
    """Look for credentials before anything else, as the service's filter does."""

    @service.before_app_request  # of the application: on paths that no one serves, too
    def check() -> Optional[Response]:
        if not request.path.startswith(PREFIX):
            return None
        try:
            g.caller = identify(world)
        except BadToken:
            return unauthorized()
        if g.caller is None and has_visitor_cookie():
            g.caller = web_caller(world)
            return vbp_auth_redirect(world) if g.caller is None else None
        return None

    @service.after_app_request
    def add_headers(response: Response) -> Response:
        if request.path.startswith(PREFIX):
            response.headers.setdefault("WWW-Authenticate", CHALLENGE)
            response.headers["Access-Control-Allow-Origin"] = request.headers.get("Origin", "*")
        return response

    @service.errorhandler(BadParameter)
    def bad_parameter(_: BadParameter) -> Response:
        return Response("", 400)

    @service.errorhandler(ServiceFault)
    def service_fault(fault: ServiceFault) -> Response:
        return fault.response()
