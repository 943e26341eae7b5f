"""What the map layers say at each record, worked out when a search asks for it.

The index holds the layers that are searched most. For the others a temporary table of the
connection is filled with the name of the object that a record lies in.
"""

from __future__ import annotations

import re
import sqlite3
from typing import Dict, Iterator, Tuple

from osgeo import ogr

_TABLE = re.compile(r"temp\.sampled_(\w+)")


def expression(name: str) -> str:
    """Return the SQL of a layer's value at a row of ``occurrence``."""
    return f"(SELECT s.value FROM temp.sampled_{name} s WHERE s.number = occurrence.number)"


def provide(connection: sqlite3.Connection, sql: str) -> None:
    """Fill the tables that ``sql`` mentions and that are not there yet."""
    for name in set(_TABLE.findall(sql)):
        there = connection.execute(
            "SELECT 1 FROM sqlite_temp_master WHERE name = ?", (f"sampled_{name}",)
        )
        if there.fetchone() is None:
            connection.execute(
                f"CREATE TEMP TABLE sampled_{name} (number INTEGER PRIMARY KEY, value TEXT)"
            )
            connection.executemany(
                f"INSERT OR IGNORE INTO temp.sampled_{name} VALUES (?, ?)",
                _values(connection, name),
            )


def at(connection: sqlite3.Connection, lon: float, lat: float) -> Dict[str, str]:
    """Return what all layers of the catalogue that are indexed say at one place, by field."""
    point = ogr.Geometry(ogr.wkbPoint)
    point.SetPoint_2D(0, lon, lat)
    rows = connection.execute(
        "SELECT o.fid, o.name, o.wkb FROM object o JOIN field f ON f.id = o.fid"
        " WHERE f.indb = 1 AND f.enabled = 1 AND o.minx <= ? AND o.maxx >= ?"
        " AND o.miny <= ? AND o.maxy >= ? AND o.wkb IS NOT NULL ORDER BY o.pid",
        (lon, lon, lat, lat),
    )
    found: Dict[str, str] = {}
    for row in rows:
        if row["fid"] not in found and ogr.CreateGeometryFromWkb(row["wkb"]).Intersects(point):
            found[row["fid"]] = row["name"]
    return found


def _values(connection: sqlite3.Connection, name: str) -> Iterator[Tuple[int, str]]:
    objects = connection.execute(
        "SELECT name, wkb, minx, maxx, miny, maxy FROM object WHERE fid = ? AND wkb IS NOT NULL"
        " ORDER BY pid",
        (name,),
    )
    point = ogr.Geometry(ogr.wkbPoint)
    for row in objects.fetchall():
        # The geometry must outlive what is prepared from it.
        area = ogr.CreateGeometryFromWkb(row["wkb"])
        covers = area.CreatePreparedGeometry().Intersects
        near = connection.execute(
            "SELECT id, lon, lat FROM place"
            " WHERE west <= ? AND east >= ? AND south <= ? AND north >= ?",
            (row["maxx"], row["minx"], row["maxy"], row["miny"]),
        )
        for number, lon, lat in near:
            point.SetPoint_2D(0, lon, lat)
            if covers(point):
                yield number, row["name"]
