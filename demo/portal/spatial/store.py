"""What spatial-service has in its database: layers, fields, objects, the areas of users."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any, Dict, List, Mapping, Optional, Sequence

from osgeo import ogr

from demo.portal.data import layers as layer_data
from demo.portal.geoserver import state
from demo.portal.spatial.routing import without_nulls
from demo.portal.world import World

USER_FIELD = layer_data.USER_FIELD
FIRST_USER_PID = 50_001
MANY_LAYERS = 5_000
_DATABASE = "user-areas.sqlite"
# Municipalities and region go by each other's id at the development portal (contract/spatial 1.5).
_DEVELOPMENT_IDS = {"cl100": "cl102", "cl102": "cl100"}
_FLAGS = ("indb", "enabled", "namesearch", "defaultlayer", "intersect", "layerbranch")
_FLAGS += ("analysis", "addtomap")
_SUMMARY = "CAST(pid AS TEXT) AS pid, fid, name, description, namesearch, area_km, bbox, centroid"
_SUMMARY += ", featuretype"
_SCHEMA = """CREATE TABLE IF NOT EXISTS object (pid INTEGER PRIMARY KEY AUTOINCREMENT, fid TEXT,
  name TEXT, description TEXT, namesearch INTEGER, area_km REAL, bbox TEXT, centroid TEXT,
  featuretype TEXT, minx REAL, miny REAL, maxx REAL, maxy REAL, wkb BLOB, user_id TEXT)"""

Row = Dict[str, Any]


class Store:
    """The database of one portal; every call opens it anew, so threads do not meet."""

    def __init__(self, world: World) -> None:
        self._world = world

    def layers(self) -> List[Row]:
        """Return all layers as the catalogue tells them, also disabled ones, by id."""
        rows = [self._layer(row) for row in self._rows("SELECT * FROM layer ORDER BY id")]
        many = self._world.faults.on("spatial.many_layers")
        if many is not None:
            source = [row for row in rows if row["enabled"]]
            for number in range(int(many.get("count", MANY_LAYERS))):
                rows.append(_copy_of_layer(source[number % len(source)], number))
        return rows

    def layer(self, text: str) -> Optional[Row]:
        """Return a layer by its number, short name or field id; None where there is none."""
        field = self.field(text)
        number = field["spid"] if field else text
        for row in self.layers():
            if number == str(row["id"]) or text == row["name"]:
                return row
        return None

    def fields(self) -> List[Row]:
        """Return all fields, also disabled ones, by name."""
        rows = [_field(row) for row in self._rows("SELECT * FROM field ORDER BY name, id")]
        for row in rows:
            row["id"] = self.numbered(row["id"])
        many = self._world.faults.on("spatial.many_layers")
        if many is not None:
            by_layer = {row["spid"]: row for row in reversed(rows)}
            source = [row["id"] for row in self.layers() if row["enabled"] and row["id"] < 10**6]
            for number in range(int(many.get("count", MANY_LAYERS))):
                field = by_layer[str(source[number % len(source)])]
                rows.append(_copy_of_field(field, number))
        return rows

    def field(self, fid: str) -> Optional[Row]:
        found = self._rows("SELECT * FROM field WHERE id = ?", self.numbered(fid))
        if found:
            return {**_field(found[0]), "id": fid}
        return next((row for row in self.fields() if row["id"] == fid), None)

    def objects(self, fid: str, start: int = 0, size: int = -1, text: str = "") -> List[Row]:
        """Return a page of a field's objects, ordered by pid as text; ``size`` -1 is all."""
        rows = self._objects(_SUMMARY, "fid = ?", fid)
        if text:
            low = text.lower()
            rows = [r for r in rows if low in f"{r['name']}\n{r['description']}".lower()]
        rows.sort(key=lambda row: str(row["pid"]))
        return rows[start:] if size < 0 else rows[start : start + size]

    def count(self, fid: str) -> int:
        return len(self._objects("fid", "fid = ?", fid))

    def object(self, pid: str) -> Optional[Row]:
        """Return one object without its geometry."""
        found = self._objects(_SUMMARY, "pid = ?", pid)
        return found[0] if found else None

    def geometry(self, pid: str) -> Optional[ogr.Geometry]:
        """Return an object's geometry, lon lat."""
        found = self._objects("wkb", "pid = ?", pid)
        return ogr.CreateGeometryFromWkb(found[0]["wkb"]) if found else None

    def near(self, fid: str, shape: ogr.Geometry) -> List[Row]:
        """Return a field's objects whose bounding box meets that of ``shape``, with ``wkb``."""
        west, east, south, north = shape.GetEnvelope()
        where = "fid = ? AND minx <= ? AND maxx >= ? AND miny <= ? AND maxy >= ?"
        return self._objects(f"{_SUMMARY}, wkb", where, fid, east, west, north, south)

    def with_geometry(self, fid: str) -> List[Row]:
        return self._objects(f"{_SUMMARY}, wkb", "fid = ?", fid)

    def searched(self, text: str) -> List[Row]:
        """Return the objects of the gazetteer whose name holds ``text``, best first."""
        rows = [
            row
            for row in self._objects(_SUMMARY, "namesearch = 1")
            if text.lower() in row["name"].lower()
        ]
        rows.sort(
            key=lambda row: (row["name"].lower().index(text.lower()), row["name"], str(row["pid"]))
        )
        return rows

    def add(self, shape: ogr.Geometry, about: Mapping[str, str], namesearch: bool) -> int:
        """Store a user's area; everybody can read it. Return its pid."""
        row = self._described(shape, about, namesearch)
        names = ", ".join(row)
        with closing(self._users()) as users, users:
            places = ", ".join("?" * len(row))
            pid = users.execute(
                f"INSERT INTO object ({names}) VALUES ({places})", tuple(row.values())
            ).lastrowid
        self._draw(int(pid or 0), shape)
        return int(pid or 0)

    def replace(self, pid: int, shape: ogr.Geometry, about: Mapping[str, str]) -> bool:
        """Store another shape under ``pid``; False where that is no user's area."""
        row = self._described(shape, about, False)
        names = ", ".join(f"{name} = ?" for name in row)
        with closing(self._users()) as users, users:
            done = users.execute(
                f"UPDATE object SET {names} WHERE pid = ?", (*row.values(), pid)
            ).rowcount
        if done:
            self._draw(pid, shape)
        return bool(done)

    def delete(self, pid: int) -> bool:
        with closing(self._users()) as users, users:
            done = users.execute("DELETE FROM object WHERE pid = ?", (pid,)).rowcount
        self._drawing(pid).unlink(missing_ok=True)
        return bool(done)

    def reset(self) -> None:
        """Forget all areas of users."""
        state.clear(self._world)

    def _described(
        self, shape: ogr.Geometry, about: Mapping[str, str], namesearch: bool
    ) -> Dict[str, Any]:
        field = {"id": USER_FIELD, "namesearch": int(namesearch)}
        row = layer_data.described("", field, about["name"], about["description"], shape)
        del row["pid"]
        return {**row, "user_id": about.get("user_id", "")}

    def _drawing(self, pid: int):  # noqa: ANN202
        return state.user_areas(self._world) / f"{pid}.geojson"

    def _draw(self, pid: int, shape: ogr.Geometry) -> None:
        """Write what MapServer draws for this area."""
        path = self._drawing(pid)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            '{"type":"FeatureCollection","name":"objects","features":[{"type":"Feature",'
            f'"properties":{{"pid":"{pid}"}},"geometry":{shape.ExportToJson()}}}]}}',
            encoding="utf-8",
        )

    def _users(self) -> sqlite3.Connection:
        folder = state.folder(self._world)
        folder.mkdir(exist_ok=True)
        connection = sqlite3.connect(folder / _DATABASE)
        connection.row_factory = sqlite3.Row
        new = not connection.execute(
            "SELECT name FROM sqlite_master WHERE name='object'"
        ).fetchone()
        connection.execute(_SCHEMA)
        if new:
            last = FIRST_USER_PID - 1
            connection.execute("INSERT INTO sqlite_sequence VALUES ('object', ?)", (last,))
            connection.commit()
        return connection

    def _objects(self, columns: str, where: str, *values: Any) -> List[Row]:
        sql = f"SELECT {columns} FROM object WHERE {where}"
        if where.startswith("fid = ?"):
            values = (self.numbered(values[0]), *values[1:])
        found = [dict(row) for row in self._rows(sql, *values)]
        if (state.folder(self._world) / _DATABASE).exists():
            with closing(self._users()) as users:
                found += [dict(row) for row in users.execute(sql, values).fetchall()]
        for row in found:
            if "fid" in row:
                row["fid"] = self.numbered(row["fid"])
        return found

    def numbered(self, fid: str) -> str:
        """Return the id by which this portal knows a field, and back."""
        swapped = self._world.faults.on("spatial.development_ids") is not None
        return _DEVELOPMENT_IDS.get(fid, fid) if swapped else fid

    def _rows(self, sql: str, *values: Any) -> Sequence[sqlite3.Row]:
        with closing(self._world.connect()) as connection:
            return connection.execute(sql, values).fetchall()

    def _layer(self, row: sqlite3.Row) -> Row:
        told = without_nulls(dict(row))
        del told["source_table"]
        told["enabled"] = bool(told["enabled"])
        told["displaypath"] = told["displaypath"].replace(
            "<COMMON_GEOSERVER_URL>", f"{self._world.base}/geoserver"
        )
        return told


def _field(row: sqlite3.Row) -> Row:
    told = without_nulls(dict(row))
    for name in _FLAGS:
        told[name] = bool(told[name])
    return told


def _copy_of_layer(row: Row, number: int) -> Row:
    name = f"{row['name']}__{number:04d}"
    return {
        **row,
        "id": 10**6 + number,
        "name": name,
        "displayname": f"{row['displayname']} ({number})",
        "displaypath": row["displaypath"].replace(f"ALA:{row['name']}&", f"ALA:{name}&"),
    }


def _copy_of_field(row: Row, number: int) -> Row:
    spid = str(10**6 + number)
    name = f"{row['name']} ({number})"
    return {**row, "id": f"{row['id'][:2]}{spid}", "spid": spid, "name": name, "desc": name}
