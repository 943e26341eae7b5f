"""What people change in a downloaded layer, noted by the file itself.

Triggers note the original value of each cell that is edited, in QGIS or elsewhere, so that a
later download can tell an edit from a change on the portal, and keep it.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from biodiv_plugin.layers.contents import IDENTIFIER
from biodiv_plugin.layers.merge import FID, GEOMETRY, TABLE, quoted
from biodiv_plugin.layers.storage import told_by_storage

EDITS = "biodiv_edits"


def track_edits(geopackage: Path) -> None:
    """Have the file note edits of the portal's columns from now on; a second call changes nothing.

    Does nothing for a table without record ids. Raises ``StorageFailed``.
    """
    with told_by_storage(geopackage), closing(sqlite3.connect(geopackage)) as connection:
        columns = portal_columns(connection)
        if IDENTIFIER not in columns:
            return
        connection.execute(  # a blob is any value as it is; GDAL warns of a column without type
            f"CREATE TABLE IF NOT EXISTS {EDITS}"
            " (record TEXT, term TEXT, original BLOB, PRIMARY KEY (record, term))"
        )
        for number, column in enumerate(columns):
            if column != IDENTIFIER:
                connection.execute(_trigger(number, column))
        connection.execute(
            "INSERT OR IGNORE INTO gpkg_contents (table_name, data_type, identifier)"
            " VALUES (?, 'attributes', ?)",
            (EDITS, EDITS),
        )
        connection.commit()


def portal_columns(connection: sqlite3.Connection, schema: str = "main") -> list[str]:
    """Return the columns of the records, without the id of the row and the geometry."""
    rows = connection.execute(f"PRAGMA {schema}.table_info({TABLE})")
    return [row[1] for row in rows if row[1] not in (FID, GEOMETRY)]


def _trigger(number: int, column: str) -> str:
    """Only the first original counts; undoing an edit by hand leaves a note that does no harm."""
    name, term = quoted(column), column.replace("'", "''")
    # Names are quoted; a trigger takes no placeholders.
    return (
        f"CREATE TRIGGER IF NOT EXISTS biodiv_edit_{number} AFTER UPDATE OF {name} ON {TABLE}"  # nosec B608 (quoted names)
        f" WHEN OLD.{name} IS NOT NEW.{name} AND OLD.{quoted(IDENTIFIER)} IS NOT NULL"
        f" BEGIN INSERT OR IGNORE INTO {EDITS} VALUES"
        f" (OLD.{quoted(IDENTIFIER)}, '{term}', OLD.{name}); END"
    )
