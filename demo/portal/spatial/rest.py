"""The rest of spatial-service: distributions, the usage log, its own description (contract/spatial
7.9, 8).

Not there: workflows and the sandbox.
"""

from __future__ import annotations

from collections import Counter
from typing import Any, Dict, List

from flask import Blueprint, Response, current_app, request

from demo.portal.error_pages import html_error
from demo.portal.spatial.routing import add, as_json, caller, needs_token
from demo.portal.spatial.store import Store
from demo.portal.world import World

PREFIX = "/spatial-service"
KINDS = ("distribution", "checklist", "track")


def register(routes: Blueprint, world: World, store: Store) -> None:
    """Add the routes of nothing and of the log."""
    rest = _Rest(world)
    for kind in KINDS:
        add(routes, f"/{kind}s", rest.nothing, ("GET", "POST"))
        add(routes, f"/{kind}/<number>", rest.unknown)
    add(routes, "/distributions/lsids", rest.nothing)
    add(routes, "/distribution/lsids/<path:lsid>", rest.none_of)
    add(routes, "/distribution/map/png/<number>", rest.unknown)
    add(routes, "/log", needs_token(world, rest.log), ("POST",))
    add(routes, "/log/search", needs_token(world, rest.search_log))
    add(routes, "/openapi/openapi", rest.openapi)
    world.on_reset.append(rest.reset)


class _Rest:
    def __init__(self, world: World) -> None:
        self._world = world
        self._log: List[Dict[str, Any]] = []

    def reset(self) -> None:
        self._log.clear()

    def nothing(self) -> Response:
        """The portal has no expert ranges."""
        return as_json([])

    def none_of(self, lsid: str) -> Response:
        return as_json([])

    def unknown(self, number: str) -> Response:
        return Response("", 404)

    def log(self) -> Response:
        told = request.get_json(silent=True)
        data = told.get("data") if isinstance(told, dict) else None
        if not isinstance(data, dict):
            return as_json({}, 400)
        who = caller(self._world)
        self._log.append({**data, "userId": who.user_id if who else None})
        return as_json({})

    def search_log(self) -> Response:
        """At most one record a call; without ``groupBy`` the query is wrong."""
        group = request.args.get("groupBy")
        if not group:
            return html_error(500)
        who = caller(self._world)
        mine = [entry for entry in self._log if who and entry["userId"] == who.user_id]
        counts = Counter(str(entry.get(group)) for entry in mine)
        rows = [{group: value, "record": count} for value, count in sorted(counts.items())]
        start = request.args.get("offset", 0, int)
        return as_json({"records": rows[start : start + 1], "totalCount": len(rows)})

    def openapi(self) -> Response:
        """What the service says of itself: right about paths, wrong about ``inputs``."""
        paths: Dict[str, Any] = {}
        for rule in current_app.url_map.iter_rules():
            if not rule.rule.startswith(PREFIX) or rule.rule.endswith(".json"):
                continue
            path = rule.rule[len(PREFIX) :].replace("<path:", "{").replace("<", "{")
            told = paths.setdefault(path.replace(">", "}"), {})
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                told[method.lower()] = {"responses": {"200": {"description": "OK"}}}
        names = ("name", "inputs", "identifier", "sessionId", "userId", "email")
        paths["/tasks/create"]["post"]["parameters"] = [
            {"name": name, "in": "query", "schema": {"type": "string"}} for name in names
        ]
        return as_json(
            {
                "openapi": "3.0.1",
                "info": {"title": "Spatial service REST API", "version": "3.1.0"},
                "servers": [{"url": f"{self._world.base}{PREFIX}"}],
                "paths": dict(sorted(paths.items())),
            }
        )
