"""How a species list finds the taxon of a supplied name (contract/lists 2.10)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Dict, Iterable, Optional, Tuple

from demo.portal.names.match import HINTS, NameQuery, by_vernacular, hit, match
from demo.portal.names.taxonomy import taxonomy


@dataclass(frozen=True)
class Match:
    """What a list stores of the taxon it found; all None when there is none."""

    guid: Optional[str] = None
    matched_name: Optional[str] = None
    common_name: Optional[str] = None
    author: Optional[str] = None
    family: Optional[str] = None
    kingdom: Optional[str] = None


def matched(name: str, pairs: Iterable[Tuple[str, Optional[str]]] = ()) -> Match:
    """Return the match of ``name``: with its hints, else as a common name, else as an id.

    Hints are the pairs whose key is a rank in lower case, or ``taxonrank``.
    """
    tree = taxonomy()
    hints: Dict[str, str] = {key: value for key, value in pairs if value}
    higher = {rank: hints[rank] for rank in HINTS if rank in hints}
    rank = hints.get("taxonrank") or hints.get("rank") or ""
    found = match(tree, NameQuery(name, higher, rank=rank))
    if not found["success"]:
        found = by_vernacular(tree, name) or found
    if not found["success"] and name in tree.by_key:
        found = hit(tree, tree.by_key[name], "taxonIdMatch")
    if not found["success"]:
        return Match()
    return Match(
        found["taxonConceptID"],
        found["scientificName"],
        found.get("vernacularName"),
        found.get("scientificNameAuthorship"),
        found.get("family"),
        found.get("kingdom"),
    )
