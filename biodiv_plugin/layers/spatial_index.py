"""The spatial index of a large table of points.

GDAL 3.8 and newer packs an R-tree by itself. Older ones insert point by point, which takes a third
of a whole import (``make bench``); for them the tree is packed here, by Sort-Tile-
Recursive (Leutenegger, Edgington and Lopez, 1997), and written into the tables in which SQLite
keeps it (https://www.sqlite.org/rtree.html, "Shadow tables"). Packed trees are also faster to ask.
"""

from __future__ import annotations

import importlib.util
import sqlite3
import struct
from array import array
from contextlib import closing
from pathlib import Path
from threading import get_ident
from typing import TYPE_CHECKING, Iterator, Sequence

from osgeo import gdal, ogr, osr

from biodiv_plugin.layers.gdal_errors import told_by_gdal
from biodiv_plugin.layers.merge import FID, GEOMETRY, TABLE, open_for_bulk
from biodiv_plugin.layers.storage import told_by_storage
from biodiv_plugin.portal.errors import Canceled
from biodiv_plugin.portal.http import Feedback

if TYPE_CHECKING:
    import numpy

INDEX = f"rtree_{TABLE}_{GEOMETRY}"
PACKS_ITSELF = 3_080_000  # GDAL's version number
_CELL = 24  # bytes: an id and four coordinates
_POINT = struct.Struct("<dd")


def add_spatial_index(path: Path, feedback: Feedback) -> int:
    """Index the points of ``path``; return how many records have one.

    Raises ``StorageFailed`` and ``Canceled``.
    """
    with told_by_storage(path):
        if int(gdal.VersionInfo()) < PACKS_ITSELF and _can_pack():
            _add_packed(path, feedback)
        else:
            _add_by_gdal(path)
        with closing(sqlite3.connect(str(path))) as connection:
            query = f"SELECT count(*) FROM {INDEX}_rowid"  # nosec B608 (a fixed name)
            return int(connection.execute(query).fetchone()[0])


def _can_pack() -> bool:
    """Return whether numpy is there, and a SQLite that does not guard the tables of a tree."""
    if importlib.util.find_spec("numpy") is None:
        return False
    try:
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.execute("CREATE VIRTUAL TABLE tree USING rtree(id, minx, maxx)")
            connection.execute("DELETE FROM tree_node")
    except sqlite3.OperationalError:
        return False
    return True


def _add_by_gdal(path: Path) -> None:
    with told_by_gdal(path):
        dataset = gdal.OpenEx(str(path), gdal.OF_VECTOR | gdal.OF_UPDATE)
        try:
            made = dataset.ExecuteSQL(f"SELECT CreateSpatialIndex('{TABLE}', '{GEOMETRY}')")
            if made is not None:  # kept, it would keep the file, which Windows then moves nowhere
                dataset.ReleaseResultSet(made)
        finally:
            del dataset  # an error would keep it, and it the file


def _add_packed(path: Path, feedback: Feedback) -> None:
    triggers, extensions = _as_gdal_declares_it()
    with closing(open_for_bulk(path, feedback)) as connection:
        connection.execute("BEGIN")
        connection.execute(f"CREATE VIRTUAL TABLE {INDEX} USING rtree(id, minx, maxx, miny, maxy)")
        _Packer(connection, feedback).pack(*_points(connection))
        connection.execute(
            "CREATE TABLE IF NOT EXISTS gpkg_extensions (table_name TEXT, column_name TEXT,"
            " extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope TEXT NOT NULL,"
            " CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name))"
        )
        connection.executemany(
            "INSERT OR IGNORE INTO gpkg_extensions VALUES (?,?,?,?,?)", extensions
        )
        for statement in triggers:
            connection.execute(statement)
        connection.execute("COMMIT")


def _as_gdal_declares_it() -> tuple[list[str], list[tuple[str, ...]]]:
    """Return the triggers that keep an index up to date, and its entry among the extensions.

    Taken from an empty table that GDAL indexes itself, so that they are its own.
    """
    name = f"/vsimem/biodiv-index-{get_ident()}.gpkg"  # two imports may be at work
    dataset = gdal.GetDriverByName("GPKG").Create(name, 0, 0, 0, gdal.GDT_Unknown)
    srs = osr.SpatialReference()
    srs.ImportFromEPSG(4326)
    options = ["SPATIAL_INDEX=YES", f"GEOMETRY_NAME={GEOMETRY}", f"FID={FID}"]
    dataset.CreateLayer(TABLE, srs, ogr.wkbPoint, options)
    del dataset  # the index is made as it closes
    dataset = gdal.OpenEx(name, gdal.OF_VECTOR)
    try:
        triggers = _rows(
            dataset,
            f"SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '{INDEX}%'",  # nosec B608 (quoted names)
        )
        extensions = _rows(
            dataset, "SELECT * FROM gpkg_extensions WHERE extension_name = 'gpkg_rtree_index'"
        )
    finally:
        del dataset
        gdal.Unlink(name)
    return [row[0] for row in triggers], extensions


def _rows(dataset: gdal.Dataset, query: str) -> list[tuple[str, ...]]:
    result = dataset.ExecuteSQL(query)
    rows = [tuple(f.GetField(i) for i in range(f.GetFieldCount())) for f in result]
    dataset.ReleaseResultSet(result)
    return rows


def _points(connection: sqlite3.Connection) -> tuple[array[int], array[float], array[float]]:
    """Return the ids and coordinates of all points, in 16 bytes each."""
    ids, xs, ys = array("q"), array("f"), array("f")
    query = f"SELECT {FID}, {GEOMETRY} FROM {TABLE} WHERE {GEOMETRY} IS NOT NULL"  # nosec B608 (quoted names)
    for fid, blob in connection.execute(query):
        x, y = _POINT.unpack_from(blob, len(blob) - _POINT.size)  # OGR writes little-endian
        if x == x:  # an empty point has NaN
            ids.append(fid)
            xs.append(x)
            ys.append(y)
    return ids, xs, ys


class _Packer:
    """Writes a full tree, leaves first: slices by x, in each slice nodes by y."""

    def __init__(self, connection: sqlite3.Connection, feedback: Feedback) -> None:
        self._connection = connection
        self._feedback = feedback
        query = f"SELECT length(data) FROM {INDEX}_node WHERE nodeno = 1"  # nosec B608 (quoted names)
        self._node_size = connection.execute(query).fetchone()[0]
        self._capacity = (self._node_size - 4) // _CELL

    def pack(self, ids: Sequence[int], xs: Sequence[float], ys: Sequence[float]) -> None:
        if not len(ids):
            return
        import numpy

        self._numpy = numpy
        counts = [-(-len(ids) // self._capacity)]  # nodes on each level, leaves first
        while counts[-1] > 1:
            counts.append(-(-counts[-1] // self._capacity))
        self._depth = len(counts) - 1
        self._connection.execute(f"DELETE FROM {INDEX}_node")  # nosec B608 (quoted names)
        # The root is node 1; the leaves follow, then each level above them.
        first = 2 if self._depth else 1
        boxes = self._write_leaves(first, counts[0], ids, xs, ys)
        for level in range(1, self._depth + 1):
            children = numpy.arange(first, first + len(boxes))
            first = 1 if level == self._depth else first + len(boxes)
            parents = first + numpy.arange(len(children)) // self._capacity
            self._insert("parent", children, parents)
            boxes = self._write_nodes(level, first, children, boxes)

    def _write_leaves(
        self,
        first: int,
        leaves: int,
        ids: Sequence[int],
        xs: Sequence[float],
        ys: Sequence[float],
    ) -> numpy.ndarray:
        numpy = self._numpy
        all_ids = numpy.frombuffer(ids, "i8")
        all_xs, all_ys = numpy.frombuffer(xs, "f4"), numpy.frombuffer(ys, "f4")
        slice_size = (int(leaves**0.5) + 1) * self._capacity
        by_x = numpy.argsort(all_xs, kind="stable").astype("u4")
        node_of = numpy.empty(len(by_x), "u4")
        boxes = []
        for begin in range(0, len(by_x), slice_size):
            if self._feedback.isCanceled():
                raise Canceled
            some = by_x[begin : begin + slice_size]
            some = some[numpy.argsort(all_ys[some], kind="stable")]
            x, y = all_xs[some], all_ys[some]
            # Coordinates were rounded to four bytes: a box may be larger than the point,
            # never smaller.
            low, high = numpy.float32("-inf"), numpy.float32("inf")
            box = numpy.stack(
                [
                    numpy.nextafter(x, low),
                    numpy.nextafter(x, high),
                    numpy.nextafter(y, low),
                    numpy.nextafter(y, high),
                ],
                axis=1,
            )
            node = first + begin // self._capacity
            boxes.append(self._write_nodes(0, node, all_ids[some], box))
            node_of[some] = node + numpy.arange(len(some)) // self._capacity
        self._insert("rowid", all_ids, node_of)
        return numpy.vstack(boxes)

    def _write_nodes(
        self, level: int, first: int, children: numpy.ndarray, boxes: numpy.ndarray
    ) -> numpy.ndarray:
        """Write nodes that hold ``children``, a full one after the other; return their boxes."""
        numpy, capacity = self._numpy, self._capacity
        count = -(-len(children) // capacity)
        cells = numpy.zeros(count * capacity, [("id", ">i8"), ("box", ">f4", (4,))])
        cells["id"][: len(children)] = children
        cells["box"][: len(children)] = boxes
        raw, step = cells.tobytes(), capacity * _CELL
        height = level if level == self._depth else 0  # only the root tells the tree's height
        padding = b"\0" * (self._node_size - 4 - step)

        def nodes() -> Iterator[tuple[int, bytes]]:
            for n in range(count):
                filled = min(capacity, len(children) - n * capacity)
                head = struct.pack(">HH", height, filled)
                yield first + n, head + raw[n * step : (n + 1) * step] + padding

        self._connection.executemany(f"INSERT INTO {INDEX}_node VALUES (?,?)", nodes())  # nosec B608 (quoted names)
        missing = count * capacity - len(children)
        padded = numpy.vstack([boxes, numpy.repeat(boxes[-1:], missing, 0)]) if missing else boxes
        grouped = padded.reshape(count, capacity, 4)
        return numpy.stack(
            [
                grouped[:, :, 0].min(1),
                grouped[:, :, 1].max(1),
                grouped[:, :, 2].min(1),
                grouped[:, :, 3].max(1),
            ],
            axis=1,
        )

    def _insert(self, table: str, keys: numpy.ndarray, nodes: numpy.ndarray) -> None:
        column = "rowid" if table == "rowid" else "nodeno"
        owner = "nodeno" if table == "rowid" else "parentnode"
        statement = f"INSERT INTO {INDEX}_{table} ({column}, {owner}) VALUES (?,?)"  # nosec B608 (quoted names)
        for begin in range(0, len(keys), 1 << 14):
            some = slice(begin, begin + (1 << 14))
            pairs = zip(keys[some].tolist(), nodes[some].tolist())
            self._connection.executemany(statement, pairs)
