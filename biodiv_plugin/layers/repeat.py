"""A download and a later one of the same question: what differs, and what people added."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Iterator

from qgis.core import (
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsFeature,
    QgsFeatureRequest,
    QgsVectorLayer,
)

from biodiv_plugin.layers.contents import IDENTIFIER
from biodiv_plugin.layers.edits import EDITS, portal_columns
from biodiv_plugin.layers.merge import FID, TABLE, heed, quoted, take_triggers
from biodiv_plugin.layers.storage import told_by_storage
from biodiv_plugin.portal.errors import UnexpectedAnswer
from biodiv_plugin.portal.http import Feedback

CHANGE = "changeSinceLast"  # a column of ours: new, changed, same
NEW, CHANGED, REMOVED, SAME, CONFLICT = "new", "changed", "removed", "same", "conflict"
_ID = quoted(IDENTIFIER)


@dataclass(frozen=True)
class Difference:
    """One record that differs; ``terms`` are the columns in which it does. A ``CONFLICT`` is a
    cell that was edited here and changed on the portal: the edit is kept."""

    record: str
    change: str
    scientific_name: str
    terms: tuple[str, ...] = ()


def merge_former(part: Path, former: Path, feedback: Feedback) -> tuple[Difference, ...]:
    """Mark in ``part``, a new download, what differs from ``former``, and carry over what people
    added there: columns of their own, edited cells, and records without an id of the portal.

    ``part`` is not the user's file yet. Raises ``StorageFailed``, ``Canceled``, and
    ``UnexpectedAnswer`` where one of the two has no record ids.
    """
    with told_by_storage(part), closing(sqlite3.connect(part, isolation_level=None)) as connection:
        heed(connection, feedback)
        connection.execute("ATTACH ? AS former", (str(former),))
        new, old = portal_columns(connection), portal_columns(connection, "former")
        if IDENTIFIER not in new or IDENTIFIER not in old:
            raise UnexpectedAnswer("a download without record ids cannot be compared")
        triggers = take_triggers(connection)  # those of the index need functions of GDAL's
        connection.execute("BEGIN")
        _prepare(connection)
        differences = tuple(_compare(connection, [c for c in new if c in old and c != IDENTIFIER]))
        _mark(connection, differences)
        _carry_columns(connection, [c for c in old if c not in new and c != CHANGE])
        conflicts = tuple(_carry_edits(connection, set(new)))
        for statement in triggers:
            connection.execute(statement)
        connection.execute("COMMIT")
    _carry_own_records(part, former)
    return (*differences, *conflicts)


def _prepare(connection: sqlite3.Connection) -> None:
    """Make both tables quick to join, and the former edits there even where none were noted."""
    for name, source in (("old_ids", f"former.{TABLE}"), ("new_ids", f"main.{TABLE}")):
        connection.execute(
            f"CREATE TEMP TABLE {name} AS SELECT {_ID} AS id, rowid AS place FROM {source}"  # nosec B608 (quoted names)
            f" WHERE {_ID} IS NOT NULL"
        )
        connection.execute(f"CREATE INDEX temp.{name}_by_id ON {name} (id)")
    connection.execute("CREATE TEMP TABLE edits (record TEXT, term TEXT, original)")
    known = connection.execute(
        "SELECT 1 FROM former.sqlite_master WHERE type = 'table' AND name = ?", (EDITS,)
    ).fetchone()
    if known:
        connection.execute(f"INSERT INTO edits SELECT record, term, original FROM former.{EDITS}")  # nosec B608 (quoted names)
    connection.execute("CREATE INDEX temp.edits_by_record ON edits (record, term)")


def _compare(connection: sqlite3.Connection, columns: list[str]) -> Iterator[Difference]:
    """Yield what differs on the portal: an edited cell counts with its original value."""
    name = f"r.{quoted('scientificName')}" if "scientificName" in columns else "NULL"
    for change, here, there, table in (
        (NEW, "new_ids", "old_ids", f"main.{TABLE}"),
        (REMOVED, "old_ids", "new_ids", f"former.{TABLE}"),
    ):
        rows = connection.execute(
            f"SELECT i.id, {name} FROM {here} i JOIN {table} r ON r.rowid = i.place"  # nosec B608 (quoted names)
            f" WHERE i.id NOT IN (SELECT id FROM {there})"
        )
        for record, species in rows:
            yield Difference(str(record), change, str(species or ""))
    changed: dict[str, list[str]] = {}
    species_of: dict[str, str] = {}
    for column in columns:
        for record, species in _changed_in(connection, column, name):
            changed.setdefault(str(record), []).append(column)
            species_of[str(record)] = str(species or "")
    for record, terms in changed.items():
        yield Difference(record, CHANGED, species_of[record], tuple(terms))


def _changed_in(connection: sqlite3.Connection, column: str, name: str) -> sqlite3.Cursor:
    term = quoted(column)
    return connection.execute(
        f"SELECT n.id, {name} FROM new_ids n JOIN old_ids o USING (id)"  # nosec B608 (quoted)
        f" JOIN main.{TABLE} r ON r.rowid = n.place JOIN former.{TABLE} f ON f.rowid = o.place"
        f" LEFT JOIN edits e ON e.record = n.id AND e.term = ?"
        f" WHERE r.{term} IS NOT CASE WHEN e.record IS NULL THEN f.{term} ELSE e.original END",
        (column,),
    )


def _mark(connection: sqlite3.Connection, differences: tuple[Difference, ...]) -> None:
    connection.execute(f"ALTER TABLE {TABLE} ADD COLUMN {CHANGE} TEXT")
    connection.execute(f"UPDATE {TABLE} SET {CHANGE} = ?", (SAME,))  # nosec B608 (constants)
    connection.executemany(
        f"UPDATE {TABLE} SET {CHANGE} = ?"  # nosec B608 (constants)
        " WHERE rowid = (SELECT place FROM new_ids WHERE id = ?)",
        [(d.change, d.record) for d in differences if d.change in (NEW, CHANGED)],
    )


def _carry_columns(connection: sqlite3.Connection, own: list[str]) -> None:
    types = {row[1]: row[2] for row in connection.execute(f"PRAGMA former.table_info({TABLE})")}
    for column in own:
        name = quoted(column)
        connection.execute(f"ALTER TABLE {TABLE} ADD COLUMN {name} {types[column]}")
        connection.execute(
            f"UPDATE {TABLE} SET {name} = (SELECT f.{name} FROM former.{TABLE} f"  # nosec B608 (quoted names)
            f" JOIN old_ids o ON o.place = f.rowid WHERE o.id = {TABLE}.{_ID})"
        )


def _carry_edits(connection: sqlite3.Connection, columns: set[str]) -> Iterator[Difference]:
    """Put edited values in the place of the portal's, and note what these were."""
    rows = connection.execute(
        "SELECT record, term, original FROM edits WHERE record IN (SELECT id FROM new_ids)"
        " AND record IN (SELECT id FROM old_ids)"
    ).fetchall()
    for record, term, original in rows:
        if term not in columns:
            continue
        name = quoted(term)
        (edited,) = connection.execute(
            f"SELECT f.{name} FROM former.{TABLE} f JOIN old_ids o ON o.place = f.rowid"  # nosec B608 (quoted names)
            " WHERE o.id = ?",
            (record,),
        ).fetchone()
        place, current = connection.execute(
            f"SELECT n.place, {name} FROM new_ids n JOIN main.{TABLE} r ON r.rowid = n.place"  # nosec B608 (quoted names)
            " WHERE n.id = ?",
            (record,),
        ).fetchone()
        if current != original and current != edited:
            yield Difference(str(record), CONFLICT, "", (term,))
        connection.execute(f"UPDATE {TABLE} SET {name} = ? WHERE rowid = ?", (edited, place))  # nosec B608 (quoted names)
        connection.execute(
            f"INSERT OR REPLACE INTO main.{EDITS} VALUES (?, ?, ?)",  # nosec B608 (a constant)
            (record, term, current),
        )


def _carry_own_records(part: Path, former: Path) -> None:
    """Copy records that somebody drew in the layer: the portal gave them no id."""
    old, new = (QgsVectorLayer(f"{path}|layername={TABLE}", "", "ogr") for path in (former, part))
    transform = QgsCoordinateTransform(old.crs(), new.crs(), QgsCoordinateTransformContext())
    request = QgsFeatureRequest().setFilterExpression(f"{_ID} IS NULL")
    copies = []
    for feature in old.getFeatures(request):
        copy = QgsFeature(new.fields())
        for name in set(old.fields().names()) & set(new.fields().names()) - {FID}:
            copy[name] = feature[name]
        geometry = feature.geometry()
        if not geometry.isNull():
            geometry.transform(transform)
            copy.setGeometry(geometry)
        copies.append(copy)
    if copies:
        new.dataProvider().addFeatures(copies)
