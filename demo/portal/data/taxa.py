"""The demo portal's taxonomy: Belgian species with the higher taxa they need.

Keys are those of the GBIF backbone as far as they are known; keys from 90000001 on are the demo
portal's own, so that they can be taken for no other taxon. As in the backbone, some taxa skip a
rank: fishes have no class here, reptiles no order.

``habitat`` of a species is one of forest, heath, dune, grassland, farmland, marsh, water, river,
coast, urban; ``weight`` is its relative frequency among the observations (0 = never observed).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Dict, Iterable, List, Optional

TABLE = Path(__file__).with_name("taxa.csv")
RANKS = {
    "kingdom": 1000,
    "phylum": 2000,
    "class": 3000,
    "order": 4000,
    "family": 5000,
    "genus": 6000,
    "species": 7000,
    "subspecies": 8000,
}


@dataclass(frozen=True)
class Taxon:
    """One row of ``taxa.csv``; names as in Darwin Core, ``class_`` standing for class.

    ``lft`` and ``rgt`` number the subtree (see ``numbered``): all descendants of a taxon have a
    ``lft`` between its own two. They are 0 as long as they are not numbered.
    """

    key: str
    accepted_key: Optional[str]
    rank: str
    rank_id: int
    scientific_name: str
    author: str
    vernacular_nl: Optional[str]
    vernacular_en: Optional[str]
    kingdom: Optional[str]
    phylum: Optional[str]
    class_: Optional[str]
    order: Optional[str]
    family: Optional[str]
    genus: Optional[str]
    species: Optional[str]
    parent_key: Optional[str]
    species_groups: tuple[str, ...]
    sensitive: bool
    weight: float
    habitat: Optional[str]
    lft: int = 0
    rgt: int = 0

    @property
    def name_with_author(self) -> str:
        return f"{self.scientific_name} {self.author}".strip()

    def name_at(self, rank: str) -> Optional[str]:
        """Return the name of this taxon's own or higher taxon of ``rank``."""
        return getattr(self, "class_" if rank == "class" else rank, None)


def load() -> List[Taxon]:
    """Return all taxa, each after its parent, synonyms last; not numbered."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [_taxon(row) for row in csv.DictReader(file)]


def columns() -> List[str]:
    """Return the column names of ``taxa.csv``: those of the table ``taxon`` before lft and rgt."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file))


def row(taxon: Taxon) -> tuple:
    """Return ``taxon`` as a row of the table ``taxon``: ``columns()``, then lft and rgt."""
    values = [getattr(taxon, item.name) for item in fields(taxon)]
    groups = [item.name for item in fields(taxon)].index("species_groups")
    values[groups] = "|".join(taxon.species_groups)
    return tuple(int(value) if isinstance(value, bool) else value for value in values)


def numbered(taxa: Iterable[Taxon]) -> List[Taxon]:
    """Return ``taxa`` with ``lft`` and ``rgt``; a synonym carries those of its accepted taxon."""
    taxa = list(taxa)
    children: Dict[Optional[str], List[Taxon]] = {}
    for taxon in taxa:
        if taxon.accepted_key is None:
            children.setdefault(taxon.parent_key, []).append(taxon)
    bounds: Dict[str, tuple[int, int]] = {}

    def walk(taxon: Taxon, number: int) -> int:
        last = number
        for child in children.get(taxon.key, ()):
            last = walk(child, last + 1)
        bounds[taxon.key] = (number, last)
        return last

    number = 0
    for root in children.get(None, ()):
        number = walk(root, number + 1)
    return [
        replace(taxon, lft=low, rgt=high)
        for taxon in taxa
        for low, high in (bounds[taxon.accepted_key or taxon.key],)
    ]


def _taxon(row: Dict[str, str]) -> Taxon:
    return Taxon(
        key=row["key"],
        accepted_key=row["acceptedKey"] or None,
        rank=row["rank"],
        rank_id=int(row["rankID"]),
        scientific_name=row["scientificName"],
        author=row["author"],
        vernacular_nl=row["vernacular_nl"] or None,
        vernacular_en=row["vernacular_en"] or None,
        kingdom=row["kingdom"] or None,
        phylum=row["phylum"] or None,
        class_=row["class"] or None,
        order=row["order"] or None,
        family=row["family"] or None,
        genus=row["genus"] or None,
        species=row["species"] or None,
        parent_key=row["parentKey"] or None,
        species_groups=tuple(row["speciesGroups"].split("|")),
        sensitive=row["sensitive"] == "1",
        weight=float(row["weight"]),
        habitat=row["habitat"] or None,
    )
