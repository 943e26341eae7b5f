"""Species lists in a query: the macro ``species_list:drN`` (contract/lists 2.14)."""

from __future__ import annotations

import re
import sqlite3
from typing import List, Optional

from demo.portal.biocache import taxonomy
from demo.portal.biocache.translate import NOTHING, Sql
from demo.portal.lists.expansion import Expansions

_UID = re.compile(r"dr\d*")


def list_condition(connection: sqlite3.Connection, lists: Expansions, uid: str) -> Optional[Sql]:
    """Return the condition that a record's taxon is on a list, or below one that is.

    A private list selects nothing. A list that is unknown, or of which no item has a taxon, makes
    the clause disappear: the search widens. An id such as drt12 is cut after dr.
    """
    match = _UID.match(uid)
    keys = lists.taxa(match.group() if match else uid)
    if keys is None:
        return None
    numbers: List[int] = []
    for key in keys:
        taxon = taxonomy.by_key(connection, key)
        if taxon is not None:
            rows = connection.execute(
                "SELECT lft FROM concept WHERE lft BETWEEN ? AND ?", (taxon["lft"], taxon["rgt"])
            )
            numbers += [row[0] for row in rows]
    if not numbers:
        return NOTHING
    return Sql(f'"lft" IN ({", ".join(map(str, sorted(set(numbers))))})')
