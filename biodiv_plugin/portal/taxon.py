"""One taxon as the portal's species page knows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Mapping

from biodiv_plugin.portal.answers import as_object, integer, objects, required, text


@dataclass(frozen=True)
class TaxonName:
    """A name of a taxon. ``language`` is a code ("nl") for a vernacular name, else ""."""

    name: str
    language: str = ""


@dataclass(frozen=True)
class TaxonProfile:
    """A taxon with its names and its place in the tree.

    ``classification`` holds (rank, name, key) from the kingdom down. ``conservation`` holds
    (list, status). The first of ``vernacular_names`` is the preferred one.
    """

    key: str
    parent_key: str
    scientific_name: str
    author: str
    rank: str
    rank_id: int
    status: str
    accepted_key: str
    classification: tuple[tuple[str, str, str], ...]
    synonyms: tuple[TaxonName, ...]
    vernacular_names: tuple[TaxonName, ...]
    conservation: tuple[tuple[str, str], ...]
    image_id: str

    def vernacular_name(self, language: str = "nl") -> str:
        """Return the preferred vernacular name in a language, or ""."""
        names = (n.name for n in self.vernacular_names if n.language.lower().startswith(language))
        return next(names, "")


_RANKS = ("kingdom", "phylum", "class", "order", "family", "genus", "species", "subspecies")


def parse_taxon_profile(answer: Any) -> TaxonProfile:
    """Read ``GET /species/{guid}`` (contract/occurrences 5.1); raises ``UnexpectedAnswer``."""
    page = as_object(answer, "a taxon")
    concept = as_object(page.get("taxonConcept"), "the concept of a taxon")
    return TaxonProfile(
        key=required(concept, "guid", "a taxon"),
        parent_key=text(concept, "parentGuid"),
        scientific_name=text(concept, "nameString"),
        author=text(concept, "author"),
        rank=text(concept, "rankString"),
        rank_id=integer(concept, "rankID") or 0,
        status=text(concept, "taxonomicStatus"),
        accepted_key=text(concept, "acceptedConceptID"),
        classification=_classification(page.get("classification") or {}),
        synonyms=tuple(TaxonName(text(name, "nameString")) for name in objects(page, "synonyms")),
        vernacular_names=tuple(
            TaxonName(text(name, "nameString"), text(name, "language"))
            for name in objects(page, "commonNames")
        ),
        conservation=tuple(
            (label, text(status, "status"))
            for label, status in (page.get("conservationStatuses") or {}).items()
            if isinstance(status, dict)
        ),
        image_id=text(page, "imageIdentifier"),
    )


def _classification(tree: Mapping[str, Any]) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (rank, text(tree, rank), text(tree, f"{rank}Guid")) for rank in _RANKS if text(tree, rank)
    )
