"""Two halves of a table become one, in a file that is not the user's yet."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from biodiv_plugin.layers.storage import told_by_storage
from biodiv_plugin.portal.http import Feedback

TABLE, GEOMETRY, FID = "occurrences", "geom", "fid"


def append_table(target: Path, source: Path, feedback: Feedback) -> None:
    """Copy all records of ``source`` behind those of ``target``; neither has an index.

    The tables are made alike and their ids differ, so that SQLite copies the records as they
    are, without taking them apart (its "transfer optimization"). Raises ``StorageFailed`` and
    ``Canceled``.
    """
    with told_by_storage(target), closing(open_for_bulk(target, feedback)) as connection:
        triggers = take_triggers(connection)
        connection.execute("ATTACH ? AS part", (str(source),))
        connection.execute("BEGIN")
        copied = connection.execute(f"INSERT INTO main.{TABLE} SELECT * FROM part.{TABLE}")  # nosec B608 (quoted names)
        _merge_statistics(connection, copied.rowcount)
        for statement in triggers:
            connection.execute(statement)
        connection.execute("COMMIT")
        connection.execute("DETACH part")


def open_for_bulk(path: Path, feedback: Feedback) -> sqlite3.Connection:
    """Open a file that may be lost; a cancel interrupts whatever a statement is doing."""
    connection = sqlite3.connect(str(path), isolation_level=None)
    for pragma in (
        "journal_mode=OFF",
        "synchronous=OFF",
        "locking_mode=EXCLUSIVE",
        "cache_size=-16384",
    ):
        connection.execute(f"PRAGMA {pragma}")
    heed(connection, feedback)
    return connection


def heed(connection: sqlite3.Connection, feedback: Feedback) -> None:
    """Let a cancel interrupt whatever a statement is doing, within some milliseconds."""
    connection.set_progress_handler(lambda: int(feedback.isCanceled()), 100_000)


def take_triggers(connection: sqlite3.Connection) -> list[str]:
    """Drop the triggers of the table, which would run for each record; return their SQL."""
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?"
    triggers = connection.execute(query, (TABLE,)).fetchall()
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {quoted(name)}")
    return [sql for _, sql in triggers]


def quoted(name: str) -> str:
    """Return a name as SQL takes it, whatever it holds."""
    return '"' + name.replace('"', '""') + '"'


def _merge_statistics(connection: sqlite3.Connection, copied: int) -> None:
    """Bring the extent and the number of records up to date, which GDAL keeps in tables."""
    query = "SELECT min_x, min_y, max_x, max_y FROM {}.gpkg_contents"
    extents = [connection.execute(query.format(name)).fetchone() for name in ("main", "part")]
    known = [extent for extent in extents if extent[0] is not None]
    if known:
        west, south, east, north = zip(*known)
        connection.execute(
            "UPDATE main.gpkg_contents SET min_x = ?, min_y = ?, max_x = ?, max_y = ?",
            (min(west), min(south), max(east), max(north)),
        )
    connection.execute(
        "UPDATE main.gpkg_ogr_contents SET feature_count = coalesce(feature_count, 0) + ?",
        (copied,),
    )
