"""/logger/service/logger: the reasons for a download, and more (contract/occurrences 4)."""

from __future__ import annotations

from flask import Blueprint, Response

from demo.portal.error_pages import html_error
from demo.portal.grails import grails_json
from demo.portal.world import World

_REASONS = (
    (1, "biosecurity", "biosecurity management/planning"),
    (11, "citizen.science", "citizen science"),
    (5, "collection.mgmt", "collection management"),
    (0, "conservation", "conservation management/planning"),
    (7, "ecological.research", "ecological research"),
    (3, "education", "education"),
    (2, "environmental", "environmental assessment"),
    (12, "restoration.remediation", "restoration/remediation"),
    (4, "research", "scientific research"),
    (8, "systematic.research", "systematic research/taxonomy"),
    (13, "species.modelling", "species modelling"),
    (6, "other", "other"),
    (10, "testing", "testing"),
    (9, "other.scientific.research", "other scientific research"),
)
_DEPRECATED = frozenset({9})
_SOURCES = (
    (0, "ALA"),
    (1, "OZCAM"),
    (2, "AVH"),
    (3, "OBIS"),
    (4, "ASBP"),
    (5, "AMRIN"),
    (6, "BVP"),
    (7, "TEPAPA"),
    (2001, "ALA4R"),
    (2002, "BCCVL"),
    (10000, "Spatial Portal"),
    (10001, "List Tool"),
    (10002, "CSDM"),
)
_EVENTS = (
    (1000, "OCCURRENCE_RECORDS_VIEWED"),
    (1001, "OCCURRENCE_RECORDS_VIEWED_ON_MAP"),
    (1002, "OCCURRENCE_RECORDS_DOWNLOADED"),
    (2000, "IMAGE_VIEWED"),
)


def add_routes(routes: Blueprint, world: World) -> None:
    """Add the lists; with ``logger.down`` on they are a 500, as when the database is away."""

    def answer(name: str) -> Response:
        if world.faults.on("logger.down") is not None:
            return html_error(500)
        if name == "reasons":
            return grails_json([_reason(*row) for row in _REASONS])
        rows = {"sources": _SOURCES, "events": _EVENTS}.get(name)
        if rows is None:
            return Response(f"No log event found with id: {name}", 404, content_type="text/plain")
        return grails_json([{"name": text, "id": number} for number, text in rows])

    routes.add_url_rule("/logger/service/logger/<name>", "logger", answer)


def _reason(number: int, key: str, name: str) -> dict[str, object]:
    return {
        "rkey": f"logger.download.reason.{key}",
        "name": name,
        "id": number,
        "deprecated": number in _DEPRECATED,
    }
