"""GetFeatureInfo in GeoServer's forms: text of dashes, GeoJSON, GML 2."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import Any, Callable, Dict, List, Tuple
from xml.sax.saxutils import escape

from osgeo import ogr, osr

from demo.portal.data.layers import RASTERS
from demo.portal.geoserver import mapserver
from demo.portal.geoserver.parameters import WORKSPACE, Question
from demo.portal.world import World

DASHES = "-" * 44
NAMESPACE = "http://www.ala.org.au"
_OF_MAPSERVER = ("x", "y", "value_list", "class", "red", "green", "blue", "gid")


@dataclass(frozen=True)
class Hit:
    """One feature, or raster cell, at the place asked about."""

    layer: str
    number: int
    attributes: Dict[str, Any]
    geometry: Dict[str, Any]

    @property
    def is_cell(self) -> bool:
        return "GRAY_INDEX" in self.attributes


def answer(world: World, question: Question) -> Tuple[str, str]:
    """Return content type and body; MapServer's own error goes out as it is."""
    wanted = question.parameters.get("INFO_FORMAT", "text/plain").lower()
    hits: List[Hit] = []
    crs: Any = None
    for name in question.names:
        told = {**question.parameters, "LAYERS": name, "QUERY_LAYERS": name, "STYLES": ""}
        told["INFO_FORMAT"] = "application/json"
        if name == "AnalysisRaster" or (world.folder / RASTERS / f"{name}.tif").exists():
            told = _in_degrees(told)
        found = mapserver.run(world.folder, told, map_name=question.map_name)
        if "json" not in found.content_type:
            return found.content_type, found.text
        document = json.loads(found.body or b"{}")
        crs = document.get("crs", crs)
        shown = question.parameters.get("raster", name).rpartition("/")[2]
        shown = "Objects" if shown == "UserObjects" else shown
        for number, feature in enumerate(document.get("features", ()), 1):
            hits.append(Hit(shown, number, _attributes(feature), feature["geometry"]))
    for form, write in _FORMS.items():
        if form in wanted:
            return wanted, write(hits, crs)
    return "text/plain", _as_text(hits, crs)


def _in_degrees(told: Dict[str, str]) -> Dict[str, str]:
    """Ask for the same place in the raster's own CRS.

    GeoServer tells the cell under the click at any scale; MapServer finds none where it projects
    and the cells are larger than the pixels. A question that cannot be read stays as it is.
    """
    crs = told.get("CRS") or told.get("SRS", "")
    try:
        box = [float(part) for part in told["BBOX"].split(",")]
        across = (float(told.get("I") or told["X"]) + 0.5) / float(told["WIDTH"])
        down = (float(told.get("J") or told["Y"]) + 0.5) / float(told["HEIGHT"])
        west, south, east, north = box
    except (KeyError, ValueError, ZeroDivisionError):
        return told
    if told["VERSION"].startswith("1.3") and crs in ("EPSG:4326", "EPSG:4258"):
        south, west, north, east = box
    source, degrees = osr.SpatialReference(), osr.SpatialReference()
    if source.SetFromUserInput(crs) != ogr.OGRERR_NONE:
        return told
    degrees.ImportFromEPSG(4326)
    for one in (source, degrees):
        one.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    point = (west + across * (east - west), north - down * (north - south))
    lon, lat, _ = osr.CoordinateTransformation(source, degrees).TransformPoint(*point)
    half = 1e-4
    asked = {name: value for name, value in told.items() if name not in ("CRS", "I", "J")}
    asked.update(VERSION="1.1.1", SRS="EPSG:4326", WIDTH="3", HEIGHT="3", X="1", Y="1")
    asked["BBOX"] = f"{lon - half},{lat - half},{lon + half},{lat + half}"
    return asked


def _attributes(feature: Dict[str, Any]) -> Dict[str, Any]:
    """Return what GeoServer would: a raster's value is GRAY_INDEX, the rest is MapServer's."""
    found = feature["properties"]
    if "value_0" in found:
        return {"GRAY_INDEX": float(found["value_0"])}
    return {name: value for name, value in found.items() if name not in _OF_MAPSERVER}


def _as_text(hits: List[Hit], crs: Any) -> str:
    if not hits:
        return "no features were found\n"
    parts = []
    for name in dict.fromkeys(hit.layer for hit in hits):
        own = [hit for hit in hits if hit.layer == name]
        prefix = WORKSPACE if own[0].is_cell else f"{NAMESPACE}:"
        parts.append(f"Results for FeatureType '{prefix}{name}':\n{DASHES}\n")
        for hit in own:
            if not hit.is_cell:
                parts.append(f"the_geom = {_described(hit.geometry)}\n")
            parts += [f"{key} = {value}\n" for key, value in hit.attributes.items()]
            parts.append(f"{DASHES}\n")
    return "".join(parts)


def _described(geometry: Dict[str, Any]) -> str:
    shape = ogr.ForceToMultiPolygon(ogr.CreateGeometryFromJson(json.dumps(geometry)))
    points = sum(ring.GetPointCount() for part in shape for ring in part)
    return f"[GEOMETRY (MultiPolygon) with {points} points]"


def _as_json(hits: List[Hit], crs: Any) -> str:
    return json.dumps(
        {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "id": "" if hit.is_cell else f"{hit.layer}.{hit.number}",
                    "geometry": None if hit.is_cell else hit.geometry,
                    "geometry_name": "the_geom",
                    "properties": hit.attributes,
                }
                for hit in hits
            ],
            "totalFeatures": "unknown",
            "numberReturned": len(hits),
            "timeStamp": time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime()),
            "crs": crs if hits and not hits[0].is_cell else None,
        },
        ensure_ascii=False,
    )


def _as_gml(hits: List[Hit], crs: Any) -> str:
    code = str(crs["properties"]["name"] if crs else "EPSG:4326").rpartition(":")[2]
    members = "".join(_member(hit, code) for hit in hits)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<wfs:FeatureCollection'
        ' xmlns:wfs="http://www.opengis.net/wfs" xmlns:gml="http://www.opengis.net/gml"'
        f' xmlns:ALA="{NAMESPACE}"><gml:boundedBy><gml:null>unknown</gml:null></gml:boundedBy>'
        f"{members}</wfs:FeatureCollection>"
    )


def _member(hit: Hit, code: str) -> str:
    attributes = "".join(
        f"<ALA:{name}>{escape(str(value))}</ALA:{name}>" for name, value in hit.attributes.items()
    )
    geometry = ""
    if not hit.is_cell:
        shape = ogr.CreateGeometryFromJson(json.dumps(hit.geometry))
        gml = shape.ExportToGML(["FORMAT=GML2"])
        # In this old form the coordinates are x y, whatever the CRS.
        name = f'srsName="http://www.opengis.net/gml/srs/epsg.xml#{code}"'
        gml = gml.replace('srsName="EPSG:4326"', name)
        geometry = f"<ALA:the_geom>{gml}</ALA:the_geom>"
    return (
        f'<gml:featureMember><ALA:{hit.layer} fid="{hit.layer}.{hit.number}">'
        f"{geometry}{attributes}</ALA:{hit.layer}></gml:featureMember>"
    )


_FORMS: Dict[str, Callable[[List[Hit], Any], str]] = {
    "json": _as_json,
    "gml": _as_gml,
    "text/plain": _as_text,
}
