"""Names in a query: which taxon they mean, and all taxa below it."""

from __future__ import annotations

import sqlite3
from typing import Dict, List, Optional

from demo.portal.biocache.translate import Sql


def by_key(connection: sqlite3.Connection, key: str) -> Optional[sqlite3.Row]:
    """Return the taxon of a key; a synonym carries the numbers of its accepted taxon."""
    return connection.execute("SELECT * FROM taxon WHERE key = ?", (key,)).fetchone()


def by_name(connection: sqlite3.Connection, name: str) -> List[sqlite3.Row]:
    """Return the taxa that bear exactly this scientific or vernacular name, in any case."""
    wanted = name.strip().lower()
    rows = connection.execute(
        "SELECT * FROM taxon WHERE lower(scientificName) = ? OR lower(vernacular_nl) = ?"
        " OR lower(vernacular_en) = ? OR lower(scientificName || ' ' || author) = ?",
        (wanted,) * 4,
    )
    taxa: Dict[int, sqlite3.Row] = {}
    for row in rows:  # a synonym and its accepted taxon are one
        taxa.setdefault(row["lft"], row)
    return list(taxa.values())


def subtree(taxon: sqlite3.Row) -> Sql:
    """Return the condition that a record is of a taxon or of one below it."""
    return Sql('"lft" BETWEEN ? AND ?', (taxon["lft"], taxon["rgt"]))


def accepted(connection: sqlite3.Connection, taxon: sqlite3.Row) -> sqlite3.Row:
    """Return the accepted taxon of a synonym, or the taxon itself."""
    if not taxon["acceptedKey"]:
        return taxon
    return by_key(connection, taxon["acceptedKey"]) or taxon
