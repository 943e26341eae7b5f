"""Map pictures and their legends over HTTP (contract/occurrences 2)."""

from __future__ import annotations

import csv
import io
import sqlite3
from html import escape
from typing import List, Optional

import numpy as np
from flask import Blueprint, Response, request

from demo.portal.biocache import map_request, taxonomy
from demo.portal.biocache.classes import Class, classes
from demo.portal.biocache.context import JSON, Context, json_answer, not_acceptable, opened
from demo.portal.biocache.drawing import Cartographer
from demo.portal.biocache.faulty import BadParameter
from demo.portal.biocache.painting import Picture
from demo.portal.biocache.parameters import Parameters
from demo.portal.biocache.selection import Selection, area_wkt
from demo.portal.biocache.shared import Shared
from demo.portal.error_pages import html_error

PNG, CSV = "image/png", "application/csv"
_LEGENDS = (JSON, f"{JSON}; charset=UTF-8", CSV)
_DAY = "public, max-age=86400"


def add_routes(service: Blueprint, shared: Shared) -> None:
    @service.get("/ogc/wms/reflect")
    @service.get("/mapping/wms/reflect")
    @service.get("/webportal/wms/reflect")
    def reflect() -> Response:
        refused = not_acceptable(request, PNG)
        if refused is not None:
            return refused
        parameters = Parameters.of(request)
        if parameters.text("REQUEST").lower() == "getlegendgraphic":
            return _legend_graphic(parameters)
        with opened(shared) as context:
            return _map(context, parameters, outline=True)

    @service.get("/ogc/ows")
    @service.get("/ogc/ows.xml")
    def ows() -> Response:
        parameters = Parameters.of(request)
        asked = parameters.text("REQUEST").lower()
        if asked == "getmap":
            with opened(shared) as context:
                return _map(context, parameters, outline=False)
        if asked == "getlegendgraphic":
            return _legend_graphic(parameters)
        if asked == "getfeatureinfo":
            return Response("", 200)  # the service makes an answer and forgets to send it
        return _capabilities(shared, parameters)

    @service.get("/ogc/legendGraphic")
    def legend_graphic() -> Response:
        return _legend_graphic(Parameters.of(request))

    @service.get("/mapping/legend")
    @service.get("/webportal/legend")
    def legend() -> Response:
        parameters = Parameters.of(request)
        accept = request.headers.get("Accept", "")
        kind = accept if accept and "," not in accept else parameters.text("type") or CSV
        if kind not in _LEGENDS:
            return html_error(406)
        with opened(shared) as context:
            found = _classes(context, parameters)
        return _legend_csv(found) if kind == CSV else json_answer([c.as_json() for c in found])


def _classes(context: Context, parameters: Parameters) -> List[Class]:
    mode = parameters.text("cm") or "-1"
    if mode == "-1":
        return []
    return classes(context.select(parameters), mode, context.labels)[1]


def _map(context: Context, parameters: Parameters, outline: bool) -> Response:
    asked = map_request.read(parameters, outline)
    area_wkt(parameters, strict=False)
    search = map_request.searched(parameters)
    selection = context.select(search)
    selected: Optional[Selection] = None
    if asked.style.selected:
        selected = context.select(search.replaced(fq=[*search.many("fq"), asked.style.selected]))
    picture = Cartographer(asked, selection, context.labels).draw(selected)
    return Response(picture, content_type=PNG)


def _legend_graphic(parameters: Parameters) -> Response:
    text = parameters.text("ENV") or parameters.text("STYLE") or "8b0000;opacity=1;size=5"
    values = {}
    for part in text.replace("=", ":").split(";"):
        name, colon, value_ = part.partition(":")
        values[name if colon else "color"] = value_ if colon else name
    width, height = parameters.integer("WIDTH", 30), parameters.integer("HEIGHT", 20)
    try:
        size, value = int(float(values.get("size", "5"))), int(values.get("color", "8b0000"), 16)
    except ValueError:
        raise BadParameter("STYLE") from None
    picture = Picture(width, height)
    at = (np.array([width // 2]), np.array([height // 2]))
    picture.dots(*at, size, (value >> 16 & 255, value >> 8 & 255, value & 255, 255))
    return Response(picture.png(), content_type=PNG, headers={"Cache-Control": _DAY})


def _legend_csv(found: List[Class]) -> Response:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["name", "red", "green", "blue", "count"])
    for item in found:
        writer.writerow([item.name, *item.colour, item.count])
    return Response(text.getvalue(), content_type="text/plain;charset=UTF-8")


def _capabilities(shared: Shared, parameters: Parameters) -> Response:
    """Tell a tree of taxa; for most queries it breaks off in the middle, with status 200."""
    q = parameters.text("q") or "*:*"
    url = f"{shared.world.base}/biocache-service/ogc/ows?q={escape(q)}&amp;"
    resource = f'<OnlineResource xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="{url}"/>'
    get = f"<DCPType><HTTP><Get>{resource}</Get></HTTP></DCPType>"
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<WMT_MS_Capabilities version="1.1.1"><Service><Name>OGC:WMS</Name>'
        f"<Title>Atlas of Living Australia</Title>{resource}</Service><Capability><Request>"
        f"<GetMap><Format>image/png</Format>{get}</GetMap></Request><Layer>"
        "<Title>Atlas occurrences</Title><SRS>EPSG:3857</SRS><SRS>EPSG:4326</SRS>"
    )
    if "qid:" in q or (":" in q and not q.startswith(("*:", "genus:", "species:", "family:"))):
        body = head
    else:
        with opened(shared) as context:
            layers = [_taxon_layer(row) for row in _genera(context, parameters)]
        body = f"{head}{''.join(layers)}</Layer></Capability></WMT_MS_Capabilities>"
    disposition = {"Content-Disposition": "attachment; filename=getCapabilities.xml"}
    return Response(body, content_type="text/xml", headers=disposition)


def _genera(context: Context, parameters: Parameters) -> List[sqlite3.Row]:
    rows = context.select(parameters).rows('DISTINCT "genusID"').fetchall()
    found = [taxonomy.by_key(context.connection, row[0]) for row in rows if row[0]]
    return sorted((row for row in found if row is not None), key=lambda row: row["scientificName"])


def _taxon_layer(row: sqlite3.Row) -> str:
    name = row["scientificName"]
    return (
        f'<Layer queryable="1"><Name>genus:{name}</Name><Title>{name}</Title>'
        '<LatLonBoundingBox minx="2.5" miny="50.6" maxx="5.95" maxy="51.55"/></Layer>'
    )
