"""Species groups, species lists and names with their counts (contract/occurrences 1.6)."""

from __future__ import annotations

import sqlite3
from typing import Any, Dict, Iterator, List, Optional, Tuple

from flask import Blueprint, Response, request

from demo.portal.biocache import taxonomy
from demo.portal.biocache.context import Context, json_answer, opened
from demo.portal.biocache.parameters import Parameters
from demo.portal.biocache.selection import Selection
from demo.portal.biocache.shared import Shared
from demo.portal.biocache.species_lists import list_condition
from demo.portal.biocache.translate import NOTHING, Sql

ALL = "ALL_SPECIES"
SPECIES_RANK = 7000
# Each group with those under it.
_TREE: Dict[str, Any] = {
    "Animals": {
        "Mammals": {},
        "Birds": {},
        "Reptiles": {},
        "Amphibians": {},
        "Fishes": {},
        "Molluscs": {},
        "Arthropods": {"Crustaceans": {}, "Insects": {}},
    },
    "Fungi": {},
    "Plants": {
        "Bryophytes": {},
        "Gymnosperms": {},
        "FernsAndAllies": {},
        "Angiosperms": {"Monocots": {}, "Dicots": {}},
    },
}


def add_routes(service: Blueprint, shared: Shared) -> None:
    _add_groups(service, shared)
    _add_lists(service, shared)


def _add_groups(service: Blueprint, shared: Shared) -> None:
    @service.get("/explore/groups")
    def groups() -> Response:
        with opened(shared) as context:
            selection = context.select(Parameters.of(request))
            found = [{**_counted(selection, ALL), "level": 0}]
            found += [{**_counted(selection, n), "level": level} for n, level in _levels(_TREE, 1)]
            return json_answer([entry for entry in found if entry["count"]])

    @service.get("/explore/hierarchy")
    def hierarchy() -> Response:
        return json_answer(_hierarchy(_TREE))

    @service.get("/explore/hierarchy/groups")
    def counted_hierarchy() -> Response:
        with opened(shared) as context:
            return json_answer(_counted_tree(context.select(Parameters.of(request)), _TREE))

    @service.get("/explore/counts/group/<group>")
    def counts(group: str) -> Response:
        with opened(shared) as context:
            entry = _counted(context.select(Parameters.of(request)), group)
            return json_answer([entry["count"], entry["speciesCount"]])

    @service.get("/explore/group/<group>")
    def species(group: str) -> Response:
        parameters = Parameters.of(request)
        with opened(shared) as context:
            return json_answer(list(_species(context, parameters, group)))

    @service.get("/explore/group/<group>/download")
    def species_file(group: str) -> Response:
        parameters = Parameters.of(request)
        with opened(shared) as context:
            rows = list(_species(context, parameters.replaced(pageSize=["-1"]), group))
        keys = ("name", "commonName", "guid", "kingdom", "family", "count")
        lines = ["\t".join(keys), *("\t".join(str(r.get(k, "")) for k in keys) for r in rows)]
        return Response("\n".join(lines) + "\n", content_type="text/tab-separated-values")


def _add_lists(service: Blueprint, shared: Shared) -> None:
    @service.get("/explore/specieslists")
    def lists() -> Response:
        with opened(shared) as context:
            selection = context.select(Parameters.of(request))
            return json_answer([_counted_list(context, selection, uid) for uid in _uids(context)])

    @service.get("/explore/counts/specieslist/<uid>")
    def list_counts(uid: str) -> Response:
        with opened(shared) as context:
            entry = _counted_list(context, context.select(Parameters.of(request)), uid)
            return json_answer([entry["count"], entry["speciesCount"]])

    @service.get("/autocomplete/search")
    def autocomplete() -> Response:
        with opened(shared) as context:
            return json_answer({"searchResults": _completed(context, Parameters.of(request))})


def _levels(tree: Dict[str, Any], level: int) -> Iterator[Tuple[str, int]]:
    for name, below in tree.items():
        yield name, level
        yield from _levels(below, level + 1)


def _in_group(group: str) -> Sql:
    if group == ALL:
        return Sql("1")
    return Sql("instr('|' || \"speciesGroup\" || '|', ?) > 0", (f"|{group}|",))


def _counted(selection: Selection, group: str) -> Dict[str, Any]:
    return _numbers(selection.narrowed(_in_group(group)), group)


def _numbers(selection: Selection, name: str) -> Dict[str, Any]:
    """Return the numbers of records, and of species: only names of that rank or below count."""
    species = f'count(DISTINCT CASE WHEN "taxonRankID" >= {SPECIES_RANK} THEN "species" END)'
    row = selection.rows(f"count(*), {species}").fetchone()
    return {"name": name, "count": row[0], "speciesCount": row[1]}


def _hierarchy(tree: Dict[str, Any]) -> List[Dict[str, Any]]:
    return [{"speciesGroup": name, "taxa": _hierarchy(below)} for name, below in tree.items()]


def _counted_tree(selection: Selection, tree: Dict[str, Any]) -> List[Dict[str, Any]]:
    found = []
    for name, below in tree.items():
        entry = _counted(selection, name)
        if entry["count"]:
            found.append({**entry, "childGroups": _counted_tree(selection, below)})
    return found


def _species(context: Context, parameters: Parameters, group: str) -> Iterator[Dict[str, Any]]:
    ranked = Sql(f'"taxonRankID" >= {SPECIES_RANK}')
    # The lists of species come from streaming facets, to which nobody's rights are applied.
    everybody = context.selector.select(parameters, everybody=True)
    selection = everybody.narrowed(_in_group(group)).narrowed(ranked)
    common = parameters.flag("common")
    limit, start = parameters.integer("pageSize", 10), parameters.integer("start", 0)
    order = '"vernacularName", 1' if common else "1"
    rows = selection.rows(
        '"scientificName", "vernacularName", "taxonConceptID", "kingdom", "family", count(*),'
        ' "taxonRank"',
        f"GROUP BY 3 ORDER BY {order} LIMIT ? OFFSET ?",
        (limit, max(start, 0)),
    )
    for name, vernacular, key, kingdom, family, count, rank in rows:
        entry = {
            "name": name,
            "commonName": vernacular,
            "guid": key,
            "kingdom": kingdom,
            "family": family,
            "count": count,
        }
        if parameters.flag("includeRank"):
            entry["rank"] = rank
        yield {key_: value for key_, value in entry.items() if value is not None}


def _uids(context: Context) -> List[str]:
    rows = context.connection.execute("SELECT DISTINCT speciesListUid FROM concept")
    return sorted({uid for row in rows if row[0] for uid in row[0].split("|")})


def _counted_list(context: Context, selection: Selection, uid: str) -> Dict[str, Any]:
    condition = list_condition(context.connection, context.shared.lists, uid) or NOTHING
    return _numbers(selection.narrowed(condition), uid)


def _completed(context: Context, parameters: Parameters) -> Dict[str, Any]:
    q, size = parameters.text("q"), parameters.integer("pageSize", 10)
    found = _matching(context.connection, q, parameters.flag("synonyms", True))
    results = []
    selection = context.select(parameters.replaced(q=["*:*"]))
    for taxon in found:
        count = selection.narrowed(taxonomy.subtree(taxon)).count()
        if count or parameters.flag("all"):
            results.append(_result(context.connection, taxon, q, count, parameters))
        if len(results) >= size:
            break
    return {
        "pageSize": size,
        "startIndex": 0,
        "totalRecords": len(found),
        "sort": "score",
        "dir": "desc",
        "query": q,
        "results": results,
        "status": "OK",
    }


def _matching(connection: sqlite3.Connection, q: str, synonyms: bool) -> List[sqlite3.Row]:
    pattern = f"%{q.strip()}%"
    rows = connection.execute(
        "SELECT * FROM taxon WHERE (scientificName LIKE ? OR vernacular_nl LIKE ?"
        " OR vernacular_en LIKE ?) AND (? OR acceptedKey IS NULL)"
        " ORDER BY acceptedKey IS NOT NULL, rankID DESC, length(scientificName)",
        (pattern, pattern, pattern, synonyms),
    )
    return rows.fetchall()


def _result(
    connection: sqlite3.Connection,
    taxon: sqlite3.Row,
    q: str,
    count: int,
    parameters: Parameters,
) -> Dict[str, Any]:
    accepted = taxonomy.accepted(connection, taxon)
    common = [name for name in (taxon["vernacular_nl"], taxon["vernacular_en"]) if name]
    entry: Dict[str, Optional[Any]] = {
        "name": taxon["scientificName"],
        "guid": taxon["key"],
        "acceptedConceptID": accepted["key"] if taxon["acceptedKey"] else None,
        "acceptedConceptName": accepted["scientificName"] if taxon["acceptedKey"] else None,
        "idxType": "TAXON",
        "rank": taxon["rank"],
        "rankId": taxon["rankID"],
        "author": taxon["author"] or None,
        "commonName": common or None,
        "commonNameSingle": common[0] if common else None,
        "left": str(taxon["lft"]),
        "right": str(taxon["rgt"]),
        "highlight": _highlighted(taxon["scientificName"], q),
        "kingdom": taxon["kingdom"],
        "phylum": taxon["phylum"],
        "classs": taxon["class"],
        "order": taxon["order"],
        "family": taxon["family"],
        "genus": taxon["genus"],
        "occCount": count if parameters.flag("counts", True) else None,
    }
    return {key: value for key, value in entry.items() if value is not None}


def _highlighted(name: str, q: str) -> str:
    at = name.lower().find(q.strip().lower())
    if at < 0 or not q.strip():
        return name
    end = at + len(q.strip())
    return f"{name[:at]}<strong>{name[at:end]}</strong>{name[end:]}"
