"""The taxonomy in memory: by key, by name, by vernacular name, by parent."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Dict, Iterator, List, Optional

from demo.portal.data import taxa
from demo.portal.data.taxa import RANKS, Taxon

_NAME = re.compile(
    r"^\s*(?P<genus>[A-ZÀ-Þ][a-zà-ÿ-]+)"
    r"(?P<epithet>\s+[a-zà-ÿ][a-zà-ÿ-]+)?"
    r"(?:\s+(?:subsp\.|ssp\.|var\.|f\.))?(?P<infra>\s+(?!(?:ex|et|de|da|von|van|du|auct)\b)"
    r"[a-zà-ÿ][a-zà-ÿ-]+)?"
    r"(?P<author>\s.*)?$"
)


def split_name(text: str) -> tuple[str, str]:
    """Return the name without author, its spaces tidied, and the author ("" without one)."""
    match = _NAME.match(text)
    if match is None:
        return " ".join(text.split()), ""
    words = (match["genus"], match["epithet"], match["infra"])
    return " ".join(word.strip() for word in words if word), (match["author"] or "").strip()


class Taxonomy:
    """All taxa of the demo portal; built once, read only."""

    def __init__(self, rows: List[Taxon]) -> None:
        self.taxa = rows
        self.by_key = {taxon.key: taxon for taxon in rows}
        self.by_name: Dict[str, List[Taxon]] = {}
        self.by_vernacular: Dict[str, List[Taxon]] = {}
        self._children: Dict[str, List[Taxon]] = {}
        self._synonyms: Dict[str, List[Taxon]] = {}
        for taxon in rows:
            self.by_name.setdefault(taxon.scientific_name.lower(), []).append(taxon)
            for name in (taxon.vernacular_nl, taxon.vernacular_en):
                if name:
                    self.by_vernacular.setdefault(name.lower(), []).append(taxon)
            if taxon.accepted_key:
                self._synonyms.setdefault(taxon.accepted_key, []).append(taxon)
            elif taxon.parent_key:
                self._children.setdefault(taxon.parent_key, []).append(taxon)
        self._misspelt: Dict[str, set[str]] = {}
        for name in self.by_name:
            for variant in _without_one_letter(name):
                self._misspelt.setdefault(variant, set()).add(name)

    def accepted(self, taxon: Taxon) -> Taxon:
        return self.by_key[taxon.accepted_key] if taxon.accepted_key else taxon

    def children(self, key: str) -> List[Taxon]:
        return self._children.get(key, [])

    def synonyms(self, key: str) -> List[Taxon]:
        return self._synonyms.get(key, [])

    def lineage(self, taxon: Taxon) -> List[Taxon]:
        """Return the higher taxa and the accepted taxon itself, root first."""
        line = [self.accepted(taxon)]
        while line[0].parent_key:
            line.insert(0, self.by_key[line[0].parent_key])
        return line

    def resolve(self, text: str) -> Optional[Taxon]:
        """Return the accepted taxon for a key or a name, as the pages of the portal take both."""
        if text in self.by_key:
            return self.accepted(self.by_key[text])
        found = self.named(text)
        return self.accepted(found[0]) if found else None

    def named(self, text: str) -> List[Taxon]:
        """Return the taxa, synonyms too, with this scientific name, else this vernacular one."""
        found = self.by_name.get(split_name(text)[0].lower())
        return found or self.by_vernacular.get(text.lower(), [])

    def similar(self, name: str) -> Optional[str]:
        """Return the known name that differs least from ``name`` (a letter or two), if any."""
        name = name.lower()
        found: set[str] = set()
        for variant in _without_one_letter(name):
            found |= self._misspelt.get(variant, set())
        found = {other for other in found if abs(len(other) - len(name)) <= 1}
        return min(found, key=lambda other: (_common_prefix(other, name) * -1, other), default=None)


def _without_one_letter(name: str) -> Iterator[str]:
    yield name
    if len(name) >= 6:  # shorter names resemble too much
        for position in range(len(name)):
            yield name[:position] + name[position + 1 :]


def _common_prefix(one: str, other: str) -> int:
    return next((i for i, pair in enumerate(zip(one, other)) if pair[0] != pair[1]), len(one))


@lru_cache(maxsize=1)
def taxonomy() -> Taxonomy:
    """Return the taxonomy, read on first use."""
    return Taxonomy(taxa.numbered(taxa.load()))


def vernacular(taxon: Taxon, language: str = "nl") -> Optional[str]:
    """Return the common name in ``language``, else in the other one."""
    names = (taxon.vernacular_nl, taxon.vernacular_en)
    first, second = names if language == "nl" else reversed(names)
    return first or second


__all__ = ["RANKS", "Taxon", "Taxonomy", "split_name", "taxonomy", "vernacular"]
