"""What an imported GeoPackage holds: its sources, and a checksum of its records."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from biodiv_plugin.layers.merge import TABLE, heed
from biodiv_plugin.layers.storage import told_by_storage
from biodiv_plugin.portal.http import UNWATCHED, Feedback

IDENTIFIER = "recordID"


@dataclass(frozen=True)
class SourceCount:
    """The records of one data resource; ``licence`` is the commonest of them."""

    uid: str
    name: str
    licence: str
    records: int


def count_sources(geopackage: Path, feedback: Feedback = UNWATCHED) -> tuple[SourceCount, ...]:
    """Return the data resources of the records, the largest first; none without that column.

    Raises ``StorageFailed`` and ``Canceled``.
    """
    with told_by_storage(geopackage), closing(sqlite3.connect(geopackage)) as connection:
        heed(connection, feedback)
        names = _columns(connection)
        if "dataResourceUid" not in names:
            return ()
        name = '"dataResourceName"' if "dataResourceName" in names else "''"
        licence = '"license"' if "license" in names else "''"
        if "dcterms:license" in names:
            licence = '"dcterms:license"'
        # The names are ours, chosen above; nothing of the file's own becomes part of the query.
        rows = connection.execute(
            f'SELECT "dataResourceUid", MAX({name}), MAX({licence}), COUNT(*) FROM {TABLE}'  # nosec B608 (quoted names)
            ' WHERE "dataResourceUid" IS NOT NULL GROUP BY 1 ORDER BY 4 DESC, 1'
        )
        return tuple(SourceCount(str(u), str(n or ""), str(c or ""), k) for u, n, c, k in rows)


def hash_records(geopackage: Path, feedback: Feedback = UNWATCHED) -> str:
    """Return the SHA-256 over the record ids, sorted, each with a line feed; "" without ids.

    Raises ``StorageFailed`` and ``Canceled``.
    """
    digest = hashlib.sha256()
    with told_by_storage(geopackage), closing(sqlite3.connect(geopackage)) as connection:
        heed(connection, feedback)
        if IDENTIFIER not in _columns(connection):
            return ""
        rows = connection.execute(
            f'SELECT "{IDENTIFIER}" FROM {TABLE} ORDER BY 1'  # nosec B608 (constants)
        )
        for (identifier,) in rows:
            digest.update(f"{identifier}\n".encode())
    return digest.hexdigest()


def _columns(connection: sqlite3.Connection) -> set[str]:
    return {row[1] for row in connection.execute(f"PRAGMA table_info({TABLE})")}
