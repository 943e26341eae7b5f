"""MapServer's description of the demo portal's layers: names, styles, what WMS, WFS, WCS need.

The GeoServer double (``demo.portal.geoserver``) runs MapServer on ``geoserver.map``; the address
in it stands for the one a request came to and is put in its place by that module.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any, Dict, Iterable, List, Sequence

from demo.portal.data import features, rasters

MAPFILE = "geoserver.map"
ANALYSIS_MAPFILE = "analysis.map"  # apart: MapServer's WCS fails where one raster is missing
CONFIG = "mapserver.conf"
ONLINE_RESOURCE = "http://geoserver.demo.invalid/"
CRS = "EPSG:4326 EPSG:31370 EPSG:3857 EPSG:900913 EPSG:3812 EPSG:4258 CRS:84"
# Below the folder that the parameter ``state`` names:
USER_AREAS = "user-areas"  # {pid}.geojson, what users uploaded
TASKS = "tasks"  # a folder a task, what analyses made

# The classes of the styles that the portal ships for these fields (value, red green blue).
BY_VALUE = {
    "cl10265": (
        "EVAL",
        (
            ("m", "255 255 255"),
            ("mw", "232 240 190"),
            ("mwz", "205 225 130"),
            ("mz", "180 210 90"),
            ("w", "130 190 80"),
            ("wz", "70 150 60"),
            ("z", "20 100 40"),
        ),
    ),
    "cl10016": (
        "GEWASGROEP",
        (
            ("Aardappelen", "196 140 80"),
            ("Fruit en Noten", "220 60 60"),
            ("Granen, zaden en peulvruchten", "240 220 100"),
            ("Grasland", "120 200 90"),
            ("Overige", "200 200 200"),
            ("Overige gewassen", "220 160 220"),
            ("Suikerbieten", "180 90 140"),
            ("Vlas en hennep", "110 130 220"),
            ("Voedergewassen", "250 170 60"),
            ("Water", "80 160 230"),
        ),
    ),
}
LAND_USE_COLOURS = (
    "200 60 60",
    "240 220 100",
    "120 200 90",
    "20 110 40",
    "190 120 190",
    "60 130 220",
)

_STATE = {"state": "^state-[0-9]+$", "default_state": "state-0"}
_HEAD = """MAP
  NAME "ALA" STATUS ON SIZE 256 256 MAXSIZE 5000 EXTENT 2.2 50.6 6.0 52.0 UNITS DD
  IMAGETYPE png
  PROJECTION "init=epsg:4326" END
  OUTPUTFORMAT NAME "png" DRIVER AGG/PNG MIMETYPE "image/png" IMAGEMODE RGBA EXTENSION "png"
    TRANSPARENT ON END
  OUTPUTFORMAT NAME "jpeg" DRIVER AGG/JPEG MIMETYPE "image/jpeg" IMAGEMODE RGB EXTENSION "jpg" END
  OUTPUTFORMAT NAME "GeoTIFF" DRIVER "GDAL/GTiff" MIMETYPE "image/tiff" IMAGEMODE FLOAT32
    EXTENSION "tif" FORMATOPTION "NULLVALUE=-9999" END
  OUTPUTFORMAT NAME "application/json" DRIVER "OGR/GEOJSON" MIMETYPE "application/json"
    FORMATOPTION "STORAGE=stream" FORMATOPTION "FORM=simple" END
  OUTPUTFORMAT NAME "csv" DRIVER "OGR/CSV" MIMETYPE "text/csv"
    FORMATOPTION "STORAGE=stream" FORMATOPTION "FORM=simple" END
  SYMBOL NAME "dot" TYPE ELLIPSE POINTS 1 1 END FILLED TRUE END
  WEB METADATA
    "ows_enable_request" "*" "ows_title" "GeoServer van het demoportaal"
    "ows_abstract" "Kaartlagen met verzonnen gegevens" "ows_onlineresource" "{resource}"
    "ows_srs" "{crs}" "ows_encoding" "UTF-8" "ows_fees" "NONE" "ows_accessconstraints" "NONE"
    "ows_updatesequence" "1" "ows_keywordlist" "WMS,WFS,WCS"
    "ows_contactperson" "Demoportaal" "ows_contactorganization" "Demoportaal"
    "wms_feature_info_mime_type" "text/plain"
    "wms_getfeatureinfo_formatlist" "text/plain,application/vnd.ogc.gml,application/json"
    "wms_getmap_formatlist" "image/png,image/jpeg"
    "wms_getlegendgraphic_formatlist" "image/png"
    "wfs_namespace_prefix" "ALA" "wfs_namespace_uri" "http://www.ala.org.au"
    "wfs_getfeature_formatlist" "application/json,csv"
    "wcs_label" "GeoServer van het demoportaal" "wcs_description" "Rasters" "wcs_formats" "GeoTIFF"
  END END
"""
_VECTOR = """  LAYER NAME "{name}" TYPE POLYGON STATUS ON
    CONNECTIONTYPE OGR CONNECTION "{connection}" DATA "{data}" {filter}TEMPLATE "none"
    PROJECTION "init=epsg:4326" END
    {validation}METADATA
      "ows_title" "{title}" "ows_abstract" "{abstract}" "ows_srs" "{crs}" "ows_extent" "{extent}"
      "gml_include_items" "all" "gml_exclude_items" "gid" "gml_featureid" "{id}"
      "gml_geometries" "the_geom" "gml_the_geom_type" "multipolygon" "wms_include_items" "all"
      "wfs_use_default_extent_for_getfeature" "false" "wms_enable_request" "{requests}"
      "wfs_enable_request" "{wfs}"
    END
    CLASSGROUP "{style}"
{classes}  END
"""
_RASTER = """  LAYER NAME "{name}" TYPE RASTER STATUS ON DATA "{data}" TEMPLATE "none"
    PROJECTION "init=epsg:4326" END
    {validation}PROCESSING "NODATA={nodata}"
    METADATA
      "ows_title" "{title}" "ows_abstract" "{abstract}" "ows_srs" "{crs}" "ows_extent" "{extent}"
      "wms_include_items" "all" "gml_include_items" "all" "ows_enable_request" "{requests}"
      "wcs_label" "{title}" "wcs_description" "{abstract}" "wcs_rangeset_name" "GRAY_INDEX"
      "wcs_rangeset_label" "{title}" "wcs_nativeformat" "GeoTIFF" "wcs_formats" "GeoTIFF"
      "wcs_srs" "{crs}"
    END
    CLASSGROUP "{style}"
{classes}  END
"""


def write(
    folder: Path,
    layers: Sequence[Dict[str, str]],
    fields: Sequence[Dict[str, Any]],
    made: Dict[str, List[features.Feature]],
) -> None:
    """Write ``geoserver.map`` for the rows of ``layers.csv``, and MapServer's configuration."""
    parts = [_HEAD.format(resource=ONLINE_RESOURCE, crs=CRS)]
    for row in layers:
        own = [field for field in fields if field["spid"] == row["id"]]
        if own[0]["type"] in ("e", "a"):
            parts.append(_raster(row, own[0]))
        elif row["data"]:
            parts.append(_vector(row, own, made[row["data"]]))
    parts += [*_objects(), "END\n"]
    (folder / MAPFILE).write_text("".join(parts), encoding="utf-8")
    analysis = parts[0] + _analysis_raster() + "END\n"
    (folder / ANALYSIS_MAPFILE).write_text(analysis, encoding="utf-8")
    # MapServer 8 serves nothing without a configuration that allows its map.
    (folder / CONFIG).write_text(
        'CONFIG\n  ENV\n    MS_MAP_PATTERN "."\n  END\nEND\n', encoding="utf-8"
    )


def _vector(
    row: Dict[str, str], fields: Sequence[Dict[str, Any]], found: Sequence[features.Feature]
) -> str:
    boxes = [feature.geometry.GetEnvelope() for feature in found]
    west, east, south, north = zip(*boxes)
    default = fields[0]["id"]
    classes = "".join(_field_style(field) for field in fields)
    classes += _class("outline", row["displayname"], outline="60 60 60")
    classes += _class("polygon", row["displayname"], "255 120 0", "120 60 0")
    return _VECTOR.format(
        name=row["name"],
        connection="layers.gpkg",
        data=row["data"],
        filter="",
        validation="",
        title=_text(row["displayname"]),
        abstract=_text(row["description"]),
        crs=CRS,
        extent=f"{min(west)} {min(south)} {max(east)} {max(north)}",
        id="gid",
        requests="*",
        wfs="*",
        style=default,
        classes=classes,
    )


def _field_style(field: Dict[str, Any]) -> str:
    item, values = BY_VALUE.get(field["id"], ("", ()))
    if values:
        return "".join(
            _class(field["id"], value, colour, expression=f"EXPRESSION ('[{item}]' = '{value}') ")
            for value, colour in values
        )
    return _class(field["id"], field["name"], _colour(field["id"]), "90 90 90")


def _raster(row: Dict[str, str], field: Dict[str, Any]) -> str:
    name = row["name"]
    if field["type"] == "a":
        default, nodata = field["id"], "0"
        classes = "".join(
            _class(default, label, colour, expression=f"EXPRESSION ([pixel] = {number}) ")
            for (number, label), colour in zip(rasters.LAND_USES.items(), LAND_USE_COLOURS)
        )
    else:
        default, nodata = name, str(int(rasters.NODATA))
        low, high = float(row["min"]), float(row["max"])
        middle = 60.0 if name == "hoogte" else (low + high) / 2  # most of Flanders is low
        classes = _ramp(name, low, middle, "40 90 160", "245 240 180")
        classes += _ramp(name, middle, high + 1e-3, "245 240 180", "180 40 30")
        classes += _ramp(f"{name}_linear", low, high + 1e-3, "255 255 255", "0 0 0")
    return _RASTER.format(
        name=name,
        data=f"rasters/{name}.tif",
        validation="",
        nodata=nodata,
        title=_text(row["displayname"]),
        abstract=_text(row["description"]),
        crs=CRS,
        extent=f"{rasters.WEST} {rasters.SOUTH} {rasters.EAST} {rasters.NORTH}",
        requests="*",
        style=default,
        classes=classes,
    )


def _objects() -> Iterable[str]:
    """Yield the layers for one object: ``s`` is its pid, as GeoServer's view parameter."""
    sources = (
        ("Objects", "layers.gpkg", "objects", "*"),
        ("Points", "layers.gpkg", "objects", "*"),
        # Not part of GeoServer: the same for what users uploaded.
        ("UserObjects", f"%state%/{USER_AREAS}/%s%.geojson", "objects", "GetMap GetFeatureInfo"),
    )
    for name, connection, data, requests in sources:
        style = "points_style" if name == "Points" else "distributions_style"
        classes = _class(style, "gebied", "220 60 40", "120 20 10")
        classes += _class("outline", "gebied", outline="60 60 60")
        classes += _class("polygon", "gebied", "255 120 0", "120 60 0")
        chosen = "" if name == "UserObjects" else " AND area_km = 0" * (name == "Points")
        where = "" if name == "UserObjects" else f" WHERE pid = '%s%'{chosen}"
        yield _VECTOR.format(
            name=name,
            connection=connection,
            data=f"SELECT * FROM {data}{where}" if where else data,
            filter="",
            validation=_allowed(s="^[A-Za-z0-9_]+$", default_s="3744863", **_STATE),
            title=name,
            abstract="Een object naar zijn pid",
            crs=CRS,
            extent="-180 -90 180 90",
            id="pid",
            requests=requests,
            wfs="!*" if name == "UserObjects" else "*",
            style=style,
            classes=classes,
        )


def _analysis_raster() -> str:
    """Return the layer for what an analysis made; ``raster`` is the file in the tasks' folder."""
    return _RASTER.format(
        name="AnalysisRaster",
        data=f"%state%/{TASKS}/%raster%.tif",
        validation=_allowed(raster="^[0-9]+/[A-Za-z0-9_]+$", default_raster="0/none", **_STATE),
        nodata=str(int(rasters.NODATA)),
        title="Analyse",
        abstract="Raster van een analyse",
        crs=CRS,
        extent=f"{rasters.WEST} {rasters.SOUTH} {rasters.EAST} {rasters.NORTH}",
        requests="*",
        style="raster",
        classes=_ramp("raster", 0.000001, 1, "255 235 200", "255 140 60")
        + _ramp("raster", 1, 1e6, "255 140 60", "120 0 0"),
    )


def _allowed(**patterns: str) -> str:
    """Return what MapServer may put in place of parameters."""
    pairs = " ".join(f'"{name}" "{pattern}"' for name, pattern in patterns.items())
    return f"VALIDATION {pairs} END "


def _class(group: str, name: str, fill: str = "", outline: str = "", expression: str = "") -> str:
    styles = (f"COLOR {fill} " if fill else "") + (f"OUTLINECOLOR {outline} " if outline else "")
    return f'    CLASS GROUP "{group}" NAME "{_text(name)}" {expression}STYLE {styles}END END\n'


def _ramp(group: str, low: float, high: float, first: str, last: str) -> str:
    return (
        f'    CLASS GROUP "{group}" NAME "{low:g} - {high:g}"'
        f" EXPRESSION ([pixel] >= {low} AND [pixel] < {high})"
        f" STYLE COLORRANGE {first} {last} DATARANGE {low} {high} END END\n"
    )


def _colour(seed: str) -> str:
    red, green, blue = hashlib.sha256(seed.encode()).digest()[:3]
    return " ".join(str(100 + part * 130 // 255) for part in (red, green, blue))


def _text(text: str) -> str:
    return text.replace('"', "'")
