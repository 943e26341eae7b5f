"""The demo portal's spatial data: catalogue, objects, and the files that MapServer draws.

``layers.csv`` is the catalogue: a row a layer with its first field; a row with nothing but an id
and a field adds a second field to that layer.
"""

from __future__ import annotations

import csv
import sqlite3
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Dict, Iterable, Iterator, List, Tuple

from osgeo import ogr, osr

from demo.portal.data import features, mapfile, rasters

HERE = Path(__file__).parent
RASTERS = "rasters"  # a folder beside layers.gpkg
USER_FIELD = "cl1083"  # what users upload; the layer is disabled
# Known from elsewhere, so that examples hold: the region is 1, Gent is 217.
FIRST_PIDS = {"cl102": 1, "cl101": 2, "cl100": 217}
GHENT = "Gent"
NEXT_PID = 9_500  # so that some fields span 9999 and 10000, which counts for order as text

LICENCES = {
    "modellicentie": (
        "Modellicentie gratis hergebruik Vlaanderen, v1.0",
        "https://www.vlaanderen.be/modellicentie-gratis-hergebruik",
    ),
    "cc0": ("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    "ccby": ("CC-BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "none": ("", ""),
}
FLAGS = {
    "i": "indb",
    "n": "namesearch",
    "d": "defaultlayer",
    "x": "intersect",
    "a": "analysis",
    "m": "addtomap",
}

_SCHEMA = """
CREATE TABLE layer (id INTEGER PRIMARY KEY, name TEXT UNIQUE, displayname TEXT, type TEXT,
  domain TEXT, classification1 TEXT, classification2 TEXT, description TEXT, keywords TEXT,
  source TEXT, source_link TEXT, metadatapath TEXT, notes TEXT, licence_level TEXT,
  licence_link TEXT, licence_notes TEXT, environmentalvaluemin TEXT, environmentalvaluemax TEXT,
  environmentalvalueunits TEXT, citation_date TEXT, mddatest TEXT, datalang TEXT, scale TEXT,
  respparty_role TEXT, path_orig TEXT, displaypath TEXT, dt_added INTEGER, enabled INTEGER,
  minlongitude REAL, minlatitude REAL, maxlongitude REAL, maxlatitude REAL, source_table TEXT);
CREATE TABLE field (id TEXT PRIMARY KEY, spid TEXT, name TEXT, "desc" TEXT, type TEXT, sname TEXT,
  sdesc TEXT, indb INTEGER, enabled INTEGER, namesearch INTEGER, defaultlayer INTEGER,
  "intersect" INTEGER, layerbranch INTEGER, analysis INTEGER, addtomap INTEGER, last_update TEXT);
CREATE TABLE object (pid TEXT PRIMARY KEY, fid TEXT, name TEXT, description TEXT,
  namesearch INTEGER, area_km REAL, bbox TEXT, centroid TEXT, featuretype TEXT,
  minx REAL, miny REAL, maxx REAL, maxy REAL, wkb BLOB);
CREATE INDEX object_by_field ON object (fid);
"""


def fill(folder: Path, connection: sqlite3.Connection) -> None:
    """Write ``layers.gpkg``, the rasters and MapServer's files; fill layer, field and object.

    The caller commits.
    """
    (folder / RASTERS).mkdir(parents=True, exist_ok=True)
    made = {name: make() for name, make in features.tables().items()}
    for statement in _SCHEMA.split(";"):
        connection.execute(statement)  # not as a script: that would end the caller's transaction
    rows = _rows()
    layers = {row["id"]: row for row in rows if row["displayname"]}
    fields = []
    for row in rows:
        fields.append(_field(row, second=not row["displayname"]))
        _insert(connection, "field", fields[-1])
    objects: List[Dict[str, Any]] = []
    pids = iter(range(NEXT_PID, 10**6))
    for field in fields:
        layer = layers[field["spid"]]
        objects.extend(_objects(folder, field, layer, made, pids))
    for layer in layers.values():
        _insert(connection, "layer", _layer(layer, made))
    for found in objects:
        _insert(connection, "object", found)
    _write_geopackage(folder / "layers.gpkg", made, objects)
    mapfile.write(folder, list(layers.values()), fields, made)


def _rows() -> List[Dict[str, str]]:
    with (HERE / "layers.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _layer(row: Dict[str, str], made: Dict[str, List[features.Feature]]) -> Dict[str, Any]:
    """Return the catalogue's row of a layer (contract/spatial 1.3)."""
    added = datetime.fromisoformat(row["added"]).replace(tzinfo=timezone.utc)
    notes, link = LICENCES[row["licence"]]
    described = row["metadata"] == "yes"
    raster = row["type"] == "Environmental" or row["field_type"] == "a"
    west, east, south, north = _extent(made.get(row["data"], []))
    return {
        "id": int(row["id"]),
        **{name: row[name] for name in ("name", "displayname", "type", "domain")},
        "classification1": row["classification1"],
        "classification2": row["classification2"],
        "description": row["description"],
        "keywords": row["keywords"],
        "source": row["source"],
        "source_link": "https://www.vlaanderen.be/datavindplaats" if described else "",
        "metadatapath": f"https://metadata.vlaanderen.be/{row['name']}" if described else "",
        "notes": "Verzonnen gegevens van het demoportaal." if described else None,
        "licence_level": "3",
        "licence_link": link,
        "licence_notes": notes,
        "environmentalvaluemin": row["min"],
        "environmentalvaluemax": row["max"],
        "environmentalvalueunits": row["units"],
        "citation_date": row["added"][:4] if described else "",
        "mddatest": row["added"] if described else None,
        "datalang": "dut",
        "scale": "",
        "respparty_role": "custodian",
        "path_orig": f"layer/{row['name']}" if raster else f"shape/{row['name']}",
        "displaypath": "<COMMON_GEOSERVER_URL>/gwc/service/wms?service=WMS&version=1.1.0"
        f"&request=GetMap&layers=ALA:{row['name']}&format=image/png&styles=",
        "dt_added": int(added.timestamp() * 1000),
        "enabled": int(row["enabled"]),
        "minlongitude": west,
        "minlatitude": south,
        "maxlongitude": east,
        "maxlatitude": north,
        "source_table": row["data"],
    }


def _field(row: Dict[str, str], second: bool) -> Dict[str, Any]:
    """Return a field (contract/spatial 1.4); a layer's second has a 1 before the layer's id."""
    prefix = "el" if row["field_type"] == "e" else "cl"
    flags = {name: int(letter in row["flags"]) for letter, name in FLAGS.items()}
    enabled = int((row["enabled"] or "1") == "1")
    return {
        "id": f"{prefix}{'1' if second else ''}{row['id']}",
        "spid": row["id"],
        "name": row["field_name"],
        "desc": row["field_name"],
        "type": row["field_type"],
        "sname": row["sname"] or None,
        "sdesc": row["sdesc"] or (None if row["field_type"] == "e" else ""),
        "enabled": enabled,
        "layerbranch": 0,
        "last_update": f"{row['added'] or '2025-03-11'}T15:31:51Z",
        **flags,
    }


def _objects(
    folder: Path,
    field: Dict[str, Any],
    layer: Dict[str, str],
    made: Dict[str, List[features.Feature]],
    pids: Iterator[int],
) -> Iterator[Dict[str, Any]]:
    """Yield a field's objects: one a distinct value, its polygons collected, not dissolved."""
    raster = folder / RASTERS / f"{layer['name']}.tif"
    if field["type"] == "e":
        rasters.write(raster, layer["name"], float(layer["min"]), float(layer["max"]))
    elif field["type"] == "a":
        for number, shape in rasters.write_classes(raster, layer["name"]).items():
            yield described(f"{layer['id']}:{number}", field, rasters.LAND_USES[number], "", shape)
    elif layer["data"]:
        collected: Dict[str, Tuple[str, ogr.Geometry]] = {}
        for feature in made[layer["data"]]:
            value = feature.attributes[field["sname"]]
            text = feature.attributes.get(field["sdesc"] or field["sname"]) or "null"
            _, shape = collected.setdefault(value, (text, ogr.Geometry(ogr.wkbMultiPolygon)))
            for part in feature.geometry:
                shape.AddGeometry(part)
        for value, (text, shape) in collected.items():
            yield described(
                _pid(field["id"], value, list(collected), pids), field, value, text, shape
            )


def _pid(fid: str, value: str, values: List[str], pids: Iterator[int]) -> str:
    if fid not in FIRST_PIDS:
        return str(next(pids))
    zero = values.index(GHENT) if fid == "cl100" else 0
    return str(FIRST_PIDS[fid] + values.index(value) - zero)


def described(
    pid: str, field: Dict[str, Any], name: str, text: str, shape: ogr.Geometry
) -> Dict[str, Any]:
    """Return an object's row: ``shape`` and what the service derives from it."""
    west, east, south, north = shape.GetEnvelope()
    middle = shape.Centroid()
    corners = ((west, south), (west, north), (east, north), (east, south), (west, south))
    return {
        "pid": pid,
        "fid": field["id"],
        "name": name,
        "description": text,
        "namesearch": field["namesearch"],
        "area_km": area_km(shape),
        "bbox": "POLYGON((" + ",".join(f"{x:.6f} {y:.6f}" for x, y in corners) + "))",
        "centroid": f"POINT({middle.GetX():.8f} {middle.GetY():.8f})",
        "featuretype": shape.GetGeometryName(),
        "minx": west,
        "miny": south,
        "maxx": east,
        "maxy": north,
        "wkb": bytes(shape.ExportToWkb()),
    }


def area_km(shape: ogr.Geometry) -> float:
    """Return the area in km² of a lon lat geometry, on an equal-area projection (EPSG:3035)."""
    copy = shape.Clone()
    copy.Transform(osr.CoordinateTransformation(_crs(4326), _crs(3035)))
    return round(copy.GetArea() / 1e6, 6)


def _extent(found: Iterable[features.Feature]) -> Tuple[float, float, float, float]:
    boxes = [feature.geometry.GetEnvelope() for feature in found]
    if not boxes:
        return rasters.WEST, rasters.EAST, rasters.SOUTH, rasters.NORTH
    west, east, south, north = zip(*boxes)
    return min(west), max(east), min(south), max(north)


def _insert(connection: sqlite3.Connection, table: str, row: Dict[str, Any]) -> None:
    names = ", ".join(f'"{name}"' for name in row)
    places = ", ".join("?" * len(row))
    connection.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", tuple(row.values()))


def _write_geopackage(
    path: Path, made: Dict[str, List[features.Feature]], objects: List[Dict[str, Any]]
) -> None:
    """Write a table a data set, and ``objects`` with the columns of GeoServer's ALA:Objects."""
    path.unlink(missing_ok=True)
    source = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    for name, found in made.items():
        _write_table(source, name, ((f.attributes, f.geometry) for f in found))
    columns = {"pid": "pid", "desc": "description", "name": "name", "fid": "fid", "bbox": "bbox"}
    _write_table(
        source,
        "objects",
        (
            (
                {
                    **{name: str(row[column]) for name, column in columns.items()},
                    "name_id": "0",
                    "namesearch": "true" if row["namesearch"] else "false",
                    "area_km": str(row["area_km"]),
                },
                ogr.CreateGeometryFromWkb(row["wkb"]),
            )
            for row in objects
        ),
    )
    source.ExecuteSQL("CREATE INDEX objects_by_pid ON objects (pid)")
    source.FlushCache()


def _write_table(
    source: ogr.DataSource, name: str, found: Iterable[Tuple[Dict[str, str], ogr.Geometry]]
) -> None:
    layer = None
    for number, (attributes, geometry) in enumerate(found, 1):
        if layer is None:
            options = ["GEOMETRY_NAME=the_geom", "FID=ogc_fid"]
            layer = source.CreateLayer(name, _crs(4326), ogr.wkbMultiPolygon, options)
            layer.CreateField(ogr.FieldDefn("gid", ogr.OFTInteger))
            for attribute in attributes:
                layer.CreateField(ogr.FieldDefn(attribute, ogr.OFTString))
            layer.StartTransaction()
        feature = ogr.Feature(layer.GetLayerDefn())
        feature["gid"] = number
        for attribute, value in attributes.items():
            feature[attribute] = value
        feature.SetGeometry(geometry)
        layer.CreateFeature(feature)
    if layer is not None:
        layer.CommitTransaction()


def _crs(epsg: int) -> osr.SpatialReference:
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(epsg)
    crs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return crs
