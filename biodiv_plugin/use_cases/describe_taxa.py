"""What helps to choose the right taxon: its records, its picture, its status, where it is filed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterable, Mapping, Optional, Sequence

from biodiv_plugin.log import logger
from biodiv_plugin.portal.errors import NotFound, PortalError
from biodiv_plugin.portal.http import UNWATCHED, Feedback
from biodiv_plugin.portal.images import ImageClient
from biodiv_plugin.portal.occurrences import OccurrenceClient
from biodiv_plugin.portal.query import TaxonRef
from biodiv_plugin.portal.species_list import TaxonListing
from biodiv_plugin.portal.species_lists import SpeciesListClient
from biodiv_plugin.portal.taxa import TaxonClient
from biodiv_plugin.portal.taxon import TaxonProfile

SPECIES = 7000  # rank ids above this are below the species
_CLOSE = 0.05  # of the taxon's own records; fewer at the parent are no reason to warn


@dataclass(frozen=True)
class TaxonFacts:
    """``records`` is ``None`` and ``picture`` (a file's bytes) empty where they are not known."""

    records: Optional[int]
    picture: bytes = b""


@dataclass(frozen=True)
class FiledUnderParent:
    """Records of ``taxon`` may be filed under ``parent`` alone: ``only_parent`` of them, beside
    ``own`` records of the taxon itself."""

    taxon: TaxonRef
    parent: TaxonRef
    own: int
    only_parent: int


@dataclass(frozen=True)
class TaxonCard:
    """A taxon as one reads about it. ``listings`` are the species lists that it stands on."""

    taxon: TaxonRef
    profile: TaxonProfile
    records: int
    picture: bytes
    listings: tuple[TaxonListing, ...]


def describe_taxa(
    keys: Sequence[str],
    taxa: TaxonClient,
    occurrences: OccurrenceClient,
    images: ImageClient,
    feedback: Feedback = UNWATCHED,
) -> dict[str, TaxonFacts]:
    """Return records and picture of each taxon, to be shown beside its name.

    A picture that cannot be had is left out: it is an adornment. Raises ``PortalError`` where
    the counts or the names cannot be had, and ``Canceled``.
    """
    records = occurrences.taxa_count(keys, feedback=feedback)
    pictures = taxa.summaries(keys, feedback)
    return {
        key: TaxonFacts(
            records.get(key),
            _picture(pictures[key].image_id, images, feedback) if key in pictures else b"",
        )
        for key in keys
    }


def find_parent(
    taxon: TaxonRef,
    taxa: TaxonClient,
    occurrences: OccurrenceClient,
    feedback: Feedback = UNWATCHED,
) -> Optional[FiledUnderParent]:
    """Return the species under which records of a subspecies are commonly filed, if they are.

    The Asian hornet is the known case: it is on lists as *Vespa velutina nigrithorax* and in
    most records as *Vespa velutina*. ``None`` for a species or a higher taxon, whose subtree a
    search holds anyway. Raises ``PortalError`` and ``Canceled``.
    """
    profile = taxa.species(taxon.key, feedback)
    parent = next((part for part in profile.classification if part[0] == "species"), None)
    if profile.rank_id <= SPECIES or parent is None:
        return None
    key = parent[2] or profile.parent_key
    records = occurrences.taxa_count([taxon.key, key], feedback=feedback)
    own = records.get(taxon.key, 0)
    only_parent = records.get(key, 0) - own
    if not key or key == taxon.key or only_parent <= _CLOSE * own:
        return None
    found = taxa.species(key, feedback)
    species = TaxonRef(key, found.scientific_name or parent[1], found.vernacular_name())
    return FiledUnderParent(taxon, species, own, only_parent)


def read_card(
    taxon: TaxonRef,
    taxa: TaxonClient,
    occurrences: OccurrenceClient,
    images: ImageClient,
    lists: SpeciesListClient,
    feedback: Feedback = UNWATCHED,
) -> TaxonCard:
    """Return what the portal knows of a taxon. Raises ``PortalError`` and ``Canceled``."""
    profile = taxa.species(taxon.key, feedback)
    return TaxonCard(
        taxon=taxon,
        profile=profile,
        records=occurrences.taxa_count([taxon.key], feedback=feedback).get(taxon.key, 0),
        picture=_picture(profile.image_id, images, feedback),
        listings=tuple(_once(lists.of_taxon(taxon.key, feedback=feedback))),
    )


def _once(listings: Iterable[TaxonListing]) -> Iterable[TaxonListing]:
    found: Mapping[str, TaxonListing] = {listing.druid: listing for listing in listings}
    return sorted(found.values(), key=lambda listing: listing.list_name.lower())


def _picture(image: str, images: ImageClient, feedback: Feedback) -> bytes:
    if not image:
        return b""
    try:
        return images.thumbnail(image, feedback)
    except NotFound:
        return b""
    except PortalError as error:
        logger.info("no picture %s: %r", image, error)
        return b""
