"""Offline downloads over HTTP, and the finished files (contract/occurrences 3.1, 3.2)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Dict, Optional
from urllib.parse import urlencode

from flask import Blueprint, Response, g, request, send_file

from demo.portal.bearer import Caller
from demo.portal.biocache import archive
from demo.portal.biocache.context import Context, json_answer, opened
from demo.portal.biocache.faulty import BadParameter, server_fault
from demo.portal.biocache.jobs import Job, Jobs, TooManyJobs
from demo.portal.biocache.parameters import Parameters
from demo.portal.biocache.selection import EVERYTHING, Selector
from demo.portal.biocache.shared import Shared
from demo.portal.error_pages import html_error
from demo.portal.world import World

MAX_RECORDS = 100_000_000  # download.offline.max.size
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_SEARCHED = ("q", "fq", "wkt", "lat", "lon", "radius", "qc", "qualityprofile")
_ANYBODY = "mocked-user"


def add_routes(service: Blueprint, shared: Shared, jobs: Jobs) -> None:
    @service.route("/occurrences/offline/download", methods=["GET", "POST"])
    def submit() -> Response:
        parameters = Parameters.of(request)
        _validate(parameters)
        caller: Optional[Caller] = g.caller
        refused = _refused(shared.world, caller, parameters)
        if refused is not None:
            return refused
        with opened(shared) as context:
            return _submitted(context, jobs, parameters)

    @service.get("/occurrences/offline/status/<job_id>")
    def status(job_id: str) -> Response:
        return json_answer(jobs.status(job_id))

    @service.get("/occurrences/offline/status")
    def statuses() -> Response:
        if not _may(g.caller):
            return not_allowed()
        return json_answer({g.caller.email or "": jobs.of_user(user_of(g.caller))})

    @service.get("/occurrences/offline/cancel/<job_id>")
    def cancel(job_id: str) -> Response:
        if not _may(g.caller):
            return not_allowed()
        told = jobs.cancel(job_id, user_of(g.caller), g.caller.has_role("ROLE_ADMIN"))
        return Response("", 200) if told is None else json_answer(told)


def add_files(files: Blueprint, world: World, jobs: Jobs) -> None:
    @files.get("/biocache-download/<folder>/<millis>/<path:name>")
    def download(folder: str, millis: str, name: str) -> Response:
        place = jobs.folder_of(f"{folder}-{millis}")
        if place is None or Path(name).name != name or not (place / name).is_file():
            return html_error(404)
        if not name.endswith(".zip"):
            return html_error(404)
        whole = world.faults.on("biocache.no_ranges") is not None
        response = send_file(place / name, "application/zip", conditional=not whole, etag=not whole)
        if whole:
            response.headers["Accept-Ranges"] = "none"
        return response


def not_allowed() -> Response:
    """Return the answer to a caller without the role: 401, not 403."""
    return Response("Unauthorized Access", 401, content_type="text/plain;charset=UTF-8")


def user_of(caller: Caller) -> str:
    return caller.user_id or caller.username or str(caller.claims.get("sub"))


def _may(caller: Optional[Caller]) -> bool:
    return caller is not None and caller.has_role("ROLE_USER")


def _validate(parameters: Parameters) -> None:
    if parameters.text("fileType", "csv") not in ("csv", "tsv"):
        raise BadParameter("fileType")
    for name in ("sep", "esc"):
        if name in parameters and len(parameters.text(name)) != 1:
            raise BadParameter(name)
    for name in ("emailNotify", "dwcHeaders", "includeMisc", "mintDoi"):
        parameters.flag(name)
    for name in ("reasonTypeId", "sourceTypeId"):
        parameters.integer(name, 0)


def _refused(world: World, caller: Optional[Caller], parameters: Parameters) -> Optional[Response]:
    if caller is not None:
        return None if caller.email else html_error(412)
    body: Any = request.get_json(silent=True) if request.is_json else None
    if isinstance(body, dict) and "email" in body and body["email"] is None:
        raise server_fault("Cannot invoke String.length() because email is null")
    known = world.faults.on("biocache.anonymous_download") is not None
    if known and _EMAIL.fullmatch(parameters.text("email")):
        return None
    return html_error(400)


def _submitted(context: Context, jobs: Jobs, parameters: Parameters) -> Response:
    world = context.world
    total = context.select(parameters).count()
    too_large = world.faults.on("biocache.too_large") or {}
    maximum = int(too_large.get("maximum", 0 if too_large else MAX_RECORDS))
    if total > maximum:
        words = f"Requested to many records ({total}). The maximum is ({maximum})"
        page = f"{world.base}/pages/downloads.html"
        return json_answer(
            {"status": "tooLarge", "message": words, "error": words, "downloadUrl": page}
        )
    email = parameters.text("email")
    name = re.sub(r"[^A-Za-z0-9\-_.]", "_", parameters.text("file") or "data")
    job = Job(
        id=jobs.new_id(email),
        user=user_of(context.caller) if context.caller else _ANYBODY,
        email=email,
        question=parameters.signature(),
        total=total,
        file=name,
        search_url=_search_url(world, parameters),
        build=_builder(context, parameters),
    )
    try:
        return json_answer(jobs.submit(job))
    except TooManyJobs:
        raise server_fault("Too many download requests for this user") from None


def _builder(context: Context, parameters: Parameters) -> Any:
    """Return what writes the file later, with the rights of who asks now."""
    shared = context.shared
    roles = context.caller.data_roles if context.caller else frozenset()

    def build(target: Path, progress: archive.Progress) -> None:
        connection = shared.world.connect()
        try:
            selection = Selector(shared, connection, roles).select(parameters)
            parts = shared.world.faults.on("biocache.multipart") or {}
            archive.write(target, selection, parameters, progress, int(parts.get("rows", 0)))
        finally:
            connection.close()

    return build


def _search_url(world: World, parameters: Parameters) -> str:
    pairs: Dict[str, Any] = {"q": parameters.text("q") or EVERYTHING}
    for name in _SEARCHED[1:]:
        if parameters.many(name):
            pairs[name] = parameters.many(name)
    pairs["disableAllQualityFilters"] = "true"
    return f"{world.base}/biocache-hub/occurrences/search?&{urlencode(pairs, doseq=True)}"
