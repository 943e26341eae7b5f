"""``/demo``: faults, the log of requests, tokens, the clock. No part of the real portal."""

from __future__ import annotations

import os
import time
from typing import Any

from flask import Blueprint, Flask, Response, g, jsonify, request

from demo.portal.access_token import mint
from demo.portal.faults import UNTOUCHED
from demo.portal.world import Clock, World


def log_requests(app: Flask, world: World) -> None:
    """Note every request of ``app`` with the status that was really sent."""

    @app.after_request
    def note(response: Response) -> Response:
        if not request.path.startswith(UNTOUCHED):
            fault = "+".join(str(fault.kind) for fault in g.get("faults", [])) or None
            began = g.get("began", time.monotonic())
            world.requests.add(request, response.status_code, fault, time.monotonic() - began)
        return response


def blueprint(world: World) -> Blueprint:
    control = Blueprint("control", __name__, url_prefix="/demo")
    _add_faults(control, world)

    @control.get("/health")
    def health() -> Any:
        return {"status": "UP", "pid": os.getpid(), "issuer": world.issuer, "time": world.clock()}

    @control.get("/requests")
    def requests_seen() -> Any:
        return jsonify(world.requests.entries(request.args.get("path", "")))

    @control.delete("/requests")
    def forget_requests() -> Any:
        world.requests.clear()
        return "", 204

    @control.post("/reset")
    def reset() -> Any:
        world.reset()
        return "", 204

    @control.get("/clock")
    def clock() -> Any:
        return {"time": world.clock(), "offset": getattr(world.clock, "offset", 0.0)}

    @control.post("/clock")
    def move_clock() -> Any:
        if not isinstance(world.clock, Clock):
            return {"error": "this portal has a clock of its own"}, 409
        posted = _posted()
        world.clock.offset += float(posted.get("forward", 0))
        if "offset" in posted:
            world.clock.offset = float(posted["offset"])
        return {"time": world.clock(), "offset": world.clock.offset}

    @control.post("/tokens")
    def new_token() -> Any:
        """An access token without a sign-in: ``username`` and the keywords of ``mint``."""
        posted = _posted()
        username = str(posted.pop("username", ""))
        if world.people.named(username) is None:
            return {"error": f"nobody is called {username!r}"}, 404
        claims = posted.pop("claims", {})
        return {"access_token": mint(world, username, **posted, **claims)}

    return control


def _add_faults(control: Blueprint, world: World) -> None:
    @control.get("/faults")
    def faults() -> Any:
        return jsonify(world.faults.describe())

    @control.post("/faults")
    def add_fault() -> Any:
        try:
            return world.faults.add(**_posted()), 201
        except (TypeError, ValueError) as error:
            return {"error": str(error)}, 400

    @control.delete("/faults")
    def clear_faults() -> Any:
        world.faults.clear()
        return "", 204

    @control.delete("/faults/<int:fault_id>")
    def remove_fault(fault_id: int) -> Any:
        return ("", 204) if world.faults.remove(fault_id) else ({"error": "no such fault"}, 404)


def _posted() -> dict[str, Any]:
    return request.get_json() if request.is_json else request.form.to_dict()
