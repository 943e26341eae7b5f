"""GeoServer's double: WMS, WFS, WCS drawn by MapServer; the tile cache (contract/spatial 2).

Anonymous. Faults, by name: ``geoserver.no_wfs``, ``geoserver.no_wcs``, ``geoserver.no_wmts``
switch a service off (``status`` chooses another answer than GeoServer's own); ``geoserver.noisy``
gives the capabilities an internal address and hundreds of analyses; ``geoserver.exception`` lets
every map fail with a service exception and status 200.
"""

from __future__ import annotations

from typing import Dict
from xml.sax.saxutils import escape

from flask import Blueprint, Response, request

from demo.portal.error_pages import html_error
from demo.portal.geoserver import capabilities, feature_info, mapserver, parameters, tile_cache
from demo.portal.world import World

SERVICES = ("wms", "wfs", "wcs", "ows")
METHODS = ["GET", "POST"]


def blueprint(world: World) -> Blueprint:
    """Return /geoserver."""
    routes = Blueprint("geoserver", __name__, url_prefix="/geoserver")
    for name in SERVICES:
        for path, workspace in ((f"/{name}", False), (f"/ALA/{name}", True)):
            routes.add_url_rule(
                path,
                f"{name}-{workspace}",
                _endpoint(world, name, path, workspace),
                methods=METHODS,
            )

    @routes.route("/gwc/service/wms", methods=METHODS)
    def cached() -> Response:
        asked = parameters.read(request.values)
        if asked.get("REQUEST", "").lower() == "getmap":
            reason = tile_cache.refusal(asked)
            if reason is not None:
                return Response(f"400: {reason}", 400, content_type="text/plain")
        return _answer(world, "WMS", "/geoserver/gwc/service/wms", False, asked)

    @routes.route("/gwc/service/wmts")
    def tiles() -> Response:
        return _tiles(world, parameters.read(request.values))

    @routes.route("/rest", defaults={"path": ""})
    @routes.route("/rest/<path:path>")
    @routes.route("/gwc/rest/<path:path>")
    def administration(path: str) -> Response:
        response = html_error(401)
        response.headers["WWW-Authenticate"] = 'Basic realm="GeoServer Realm"'
        return response

    return routes


def _endpoint(world: World, name: str, path: str, workspace: bool):  # noqa: ANN202
    def answer() -> Response:
        asked = parameters.read(request.values)
        service = asked.get("SERVICE", "" if name == "ows" else name).upper()
        return _answer(world, service, f"/geoserver{path}", workspace, asked)

    return answer


def _answer(
    world: World, service: str, path: str, workspace: bool, asked: Dict[str, str]
) -> Response:
    off = world.faults.on(f"geoserver.no_{service.lower()}")
    if off is not None:
        return _disabled(service, off)
    asked["SERVICE"] = service
    if service == "WMS" and asked.get("SRS", "").upper() == "EPSG:900913":
        asked["SRS"] = "EPSG:3857"
    wants = asked.get("REQUEST", "").lower()
    try:
        if wants == "getmap" and world.faults.on("geoserver.exception") is not None:
            raise parameters.Refused("NoApplicableCode", "Rendering process failed")
        question = parameters.translate(world, asked)
    except parameters.Refused as refused:
        return _exception(asked.get("VERSION", "1.1.1"), refused)
    if wants == "getfeatureinfo":
        kind, text = feature_info.answer(world, question)
        return Response(text, content_type=f"{kind};charset=UTF-8")
    is_form = request.mimetype == "application/x-www-form-urlencoded"
    body = b"" if is_form else request.get_data()
    found = mapserver.run(
        world.folder, question.parameters, body, request.content_type or "", question.map_name
    )
    content = found.body
    if found.is_xml:
        content = capabilities.rewrite(world, service, path, workspace, found)
    return Response(content, found.status, content_type=found.content_type)


def _tiles(world: World, asked: Dict[str, str]) -> Response:
    off = world.faults.on("geoserver.no_wmts")
    if off is not None:
        return _disabled("WMTS", off)
    if asked.get("REQUEST", "").lower() == "getcapabilities":
        with world.connect() as connection:
            rows = connection.execute(
                "SELECT name, displayname FROM layer WHERE enabled"
            ).fetchall()
        text = tile_cache.capabilities(
            f"{world.base}/geoserver/gwc/service/wmts",
            {row["name"]: row["displayname"] for row in rows},
        )
        return Response(text, content_type="text/xml;charset=UTF-8")
    try:
        crs, box = tile_cache.tile(asked)
    except ValueError as error:
        return Response(f"400: {error}", 400, content_type="text/plain")
    told = {"REQUEST": "GetMap", "VERSION": "1.1.1", "SRS": crs, "BBOX": box}
    told.update(LAYERS=asked.get("LAYER", ""), STYLES=asked.get("STYLE", ""))
    told.update(WIDTH="256", HEIGHT="256", FORMAT="image/png", TRANSPARENT="TRUE")
    return _answer(world, "WMS", "/geoserver/wms", False, told)


def _disabled(service: str, fault: Dict[str, object]) -> Response:
    status = int(str(fault.get("status", 0)))
    if status:
        return html_error(status)
    text = (
        '<?xml version="1.0" encoding="UTF-8"?><ows:ExceptionReport version="1.0.0"'
        ' xmlns:ows="http://www.opengis.net/ows"><ows:Exception exceptionCode="NoApplicableCode">'
        f"<ows:ExceptionText>Service {service} is disabled</ows:ExceptionText>"
        "</ows:Exception></ows:ExceptionReport>"
    )
    return Response(text, content_type="application/xml")


def _exception(version: str, refused: parameters.Refused) -> Response:
    """Return a service exception as GeoServer does: status 200."""
    kind = "text/xml" if version.startswith("1.3") else "application/vnd.ogc.se_xml"
    text = (
        f'<?xml version="1.0" encoding="UTF-8"?><ServiceExceptionReport version="{version}">'
        f'<ServiceException code="{refused.code}">{escape(str(refused))}</ServiceException>'
        "</ServiceExceptionReport>"
    )
    return Response(text, content_type=kind)
