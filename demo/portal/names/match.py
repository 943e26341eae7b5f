"""Name matching: from a name as people write it to a taxon, or the reason why there is none.

Contract/occurrences 5.2. A match that is not exact is still a success there; only ``matchType``
tells. Keys of a result stand in the service's order; empty values are left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Dict, List, Mapping, Optional, Sequence

from demo.portal.names.taxonomy import RANKS, Taxon, Taxonomy, split_name, vernacular

HINTS = ("kingdom", "phylum", "class", "order", "family", "genus")
NO_MATCH = {"success": False, "issues": ["noMatch"]}
UNKNOWN_NAME = {"success": False, "nameType": "SCIENTIFIC", "issues": ["noIssue"]}
HOMONYM = {"success": False, "issues": ["homonym"]}
_QUALIFIER = re.compile(r"\s(sp\.?|spp\.?|cf\.?|aff\.?)(\s|$)|\?")
_ISSUES = {
    "sp": "indeterminateSpecies",
    "spp": "indeterminateSpecies",
    "cf": "conferSpecies",
    "aff": "affinitySpecies",
    "": "questionSpecies",
}


@dataclass(frozen=True)
class NameQuery:
    """What is known of a name. ``higher`` must agree with the taxon, ``hints`` only choose."""

    scientific_name: str = ""
    higher: Mapping[str, str] = field(default_factory=dict)
    hints: Mapping[str, Sequence[str]] = field(default_factory=dict)
    rank: str = ""
    taxon_id: str = ""
    vernacular_name: str = ""
    loose: bool = False


def match(tree: Taxonomy, query: NameQuery) -> Dict[str, Any]:
    """Return the service's answer to ``query``."""
    if query.taxon_id and (taxon := tree.by_key.get(query.taxon_id)):
        return hit(tree, taxon, "taxonIdMatch")
    name = query.scientific_name.strip() or _lowest(query.higher)
    result = _by_name(tree, name, query) if name else dict(NO_MATCH)
    if result["success"] or result == HOMONYM:
        return result
    if query.loose and name in tree.by_key:
        return hit(tree, tree.by_key[name], "taxonIdMatch")
    for common in (query.vernacular_name, name if query.loose else ""):
        if found := by_vernacular(tree, common):
            return found
    return result


def by_vernacular(tree: Taxonomy, name: str) -> Optional[Dict[str, Any]]:
    """Return the hit for a common name in Dutch or English, or None."""
    found = tree.by_vernacular.get(" ".join(name.lower().split()))
    return hit(tree, found[0], "vernacularMatch", "INFORMAL") if found else None


def hit(
    tree: Taxonomy,
    taxon: Taxon,
    match_type: str,
    name_type: Optional[str] = None,
    issues: Sequence[str] = ("noIssue",),
) -> Dict[str, Any]:
    """Return the answer for a taxon found; a synonym is replaced by its accepted taxon."""
    synonym = taxon.accepted_key is not None
    taxon = tree.accepted(taxon)
    result: Dict[str, Any] = {
        "success": True,
        "scientificName": taxon.scientific_name,
        "scientificNameAuthorship": taxon.author,
        "taxonConceptID": taxon.key,
        "rank": taxon.rank,
        "rankID": taxon.rank_id,
        "lft": taxon.lft,
        "rgt": taxon.rgt,
        "matchType": match_type,
        "nameType": name_type,
        "synonymType": "SYNONYM" if synonym else None,
    }
    for higher in tree.lineage(taxon):
        if higher.rank in RANKS and higher.rank_id <= RANKS["species"]:
            result["classs" if higher.rank == "class" else higher.rank] = higher.scientific_name
            result[f"{higher.rank}ID"] = higher.key
    result["vernacularName"] = vernacular(taxon)
    result["speciesGroup"] = list(taxon.species_groups)
    result["issues"] = list(issues)
    return {key: value for key, value in result.items() if value not in (None, "", [])}


def _by_name(tree: Taxonomy, name: str, query: NameQuery) -> Dict[str, Any]:
    issues = ["noIssue"]
    if qualifier := _QUALIFIER.search(name):
        issues = [_ISSUES[(qualifier[1] or "").rstrip(".")]]
        name = _QUALIFIER.sub(" ", name).strip()
    canonical, author = split_name(name)
    found = tree.by_name.get(canonical.lower(), [])
    candidates = [taxon for taxon in found if _agrees(taxon, query)]
    if candidates:
        chosen = _choose(tree, candidates, author, query)
        if chosen is None:
            return dict(HOMONYM)
        exact = not author or author == chosen.author
        kind = "exactMatch" if exact else "canonicalMatch"
        if issues == ["indeterminateSpecies"]:
            kind = "higherMatch"
        return hit(tree, chosen, kind, "SCIENTIFIC", issues)
    if found:
        return dict(UNKNOWN_NAME)  # the name exists, but not in the classification asked for
    similar = tree.similar(canonical)
    for taxon in tree.by_name.get(similar or "", []):
        if _agrees(taxon, query):
            return hit(tree, taxon, "fuzzyMatch", "SCIENTIFIC", issues)
    return _by_higher(tree, canonical, query)


def _by_higher(tree: Taxonomy, canonical: str, query: NameQuery) -> Dict[str, Any]:
    """Fall back to the genus in the name, then to the lowest known higher taxon."""
    genus = canonical.split()[0] if " " in canonical else ""
    given = [query.higher[rank] for rank in reversed(HINTS) if query.higher.get(rank)]
    for name in [genus, *given]:
        candidates = [t for t in tree.by_name.get(name.lower(), []) if _agrees(t, query)]
        if len(candidates) == 1:
            return hit(tree, candidates[0], "higherMatch", "SCIENTIFIC")
    return dict(UNKNOWN_NAME)


def _agrees(taxon: Taxon, query: NameQuery) -> bool:
    if query.rank and query.rank.lower() in RANKS and taxon.rank != query.rank.lower():
        return False
    for rank, name in query.higher.items():
        if rank == "genus" and taxon.accepted_key:
            continue  # a synonym's classification names the genus of its accepted taxon
        own = taxon.name_at(rank)
        if name and own and own.lower() != name.lower():
            return False
    return True


def _choose(
    tree: Taxonomy, candidates: List[Taxon], author: str, query: NameQuery
) -> Optional[Taxon]:
    """Return the taxon meant, or None when the name stands for taxa that have nothing in common."""
    if len(candidates) > 1 and author:
        candidates = [taxon for taxon in candidates if taxon.author == author] or candidates
    for rank, names in query.hints.items():
        wanted = {name.lower() for name in names}
        hinted = [taxon for taxon in candidates if (taxon.name_at(rank) or "").lower() in wanted]
        candidates = hinted or candidates
    accepted = {tree.accepted(taxon).key for taxon in candidates}
    return candidates[0] if len(accepted) == 1 else None


def _lowest(higher: Mapping[str, str]) -> str:
    return next((higher[rank] for rank in reversed(HINTS) if higher.get(rank)), "")
