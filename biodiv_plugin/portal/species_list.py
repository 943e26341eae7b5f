"""Species lists as values: what the service says of one, and what it is sent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Mapping, Optional

from biodiv_plugin.portal.answers import as_array, as_object, flag, integer, objects, required, text
from biodiv_plugin.portal.errors import InvalidQuery, NotFound, UnexpectedAnswer

LIST_TYPES = (
    "SPECIES_CHARACTERS",
    "CONSERVATION_LIST",
    "SENSITIVE_LIST",
    "LOCAL_LIST",
    "COMMON_TRAIT",
    "COMMON_HABITAT",
    "SPATIAL_PORTAL",
    "PROFILE",
    "TEST",
    "OTHER",
)
_DRUID = re.compile(r"drt?\d+")  # the development portal's own lists begin with "drt"


@dataclass(frozen=True)
class SpeciesListInfo:
    """A list without its items.

    ``druid`` is its id. Dates are ISO 8601 in UTC. What the service does not tell (of one list
    it tells less than in an index) is "" or ``None``. It never tells who owns a list, or whether
    it is private: the user names it gives are placeholders (contract/lists 1.3, 2.2).
    """

    druid: str
    name: str
    description: str = ""
    list_type: str = ""
    item_count: int = 0
    created: str = ""
    updated: str = ""
    uploaded: str = ""
    matched: str = ""
    region: str = ""
    category: str = ""
    authority: str = ""
    area: str = ""
    authoritative: bool = False
    invasive: bool = False
    threatened: bool = False


@dataclass(frozen=True)
class ListIndex:
    """A part of the index of lists; ``total`` counts all that match."""

    total: int
    lists: tuple[SpeciesListInfo, ...]


@dataclass(frozen=True)
class ListItem:
    """One line of a list.

    ``taxon_key`` and the names but the supplied one are "" where the name did not match.
    ``values`` are (key, value) in the list's order; a key may repeat, and hold spaces.
    """

    id: Optional[int]
    supplied_name: str
    scientific_name: str
    vernacular_name: str
    taxon_key: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class TaxonListing:
    """One mention of a taxon on a list; a list may mention it twice."""

    druid: str
    list_name: str
    taxon_key: str
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class NewItem:
    """A line to write. The keys ``kingdom``, ``phylum``, ``class``, ``order``, ``family``,
    ``genus`` and ``rank`` help to match the name; a kingdom tells homonyms apart.

    Give the scientific name: where a vernacular one comes with a kingdom, the service may find
    the kingdom itself and look no further.
    """

    name: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class NewList:
    """A list to write; ``area`` is WKT in EPSG:4326. Private unless told otherwise."""

    name: str
    items: tuple[NewItem, ...]
    list_type: str = "OTHER"
    description: str = ""
    url: str = ""
    area: str = ""
    private: bool = True


@dataclass(frozen=True)
class SavedList:
    """A list as written. ``taxon_keys`` are what the items matched, in order; "" for a miss."""

    druid: str
    taxon_keys: tuple[str, ...]


def valid_druid(druid: str) -> str:
    """Return the id of a list; raises ``NotFound`` for what can be none, unasked."""
    if not _DRUID.fullmatch(druid):
        raise NotFound("no id of a list")
    return druid


def parse_list_info(answer: Any) -> SpeciesListInfo:
    """Read one list, alone or in an index (contract/lists 2.2, 2.3).

    To an unknown id the service answers the whole index; that is ``NotFound`` here.
    """
    found = as_object(answer, "a species list")
    if "dataResourceUid" not in found and "listCount" in found:
        raise NotFound("no such species list")
    return SpeciesListInfo(
        druid=required(found, "dataResourceUid", "a species list"),
        name=text(found, "listName").strip(),
        description=text(found, "description"),
        list_type=text(found, "listType"),
        item_count=integer(found, "itemCount") or 0,
        created=text(found, "dateCreated"),
        updated=text(found, "lastUpdated"),
        uploaded=text(found, "lastUploaded"),
        matched=text(found, "lastMatched"),
        region=text(found, "region"),
        category=text(found, "category"),
        authority=text(found, "authority"),
        area=text(found, "wkt"),
        authoritative=flag(found, "isAuthoritative") or False,
        invasive=flag(found, "isInvasive") or False,
        threatened=flag(found, "isThreatened") or False,
    )


def parse_list_index(answer: Any) -> ListIndex:
    """Read the index of lists (contract/lists 2.2); raises ``UnexpectedAnswer``."""
    index = as_object(answer, "the index of lists")
    total = integer(index, "listCount")
    if total is None:
        raise UnexpectedAnswer("an index of lists without listCount")
    return ListIndex(total, tuple(map(parse_list_info, objects(index, "lists"))))


def parse_list_item(answer: Any) -> ListItem:
    """Read one element of ``/ws/speciesListItems`` (contract/lists 2.4), or of
    ``/ws/queryListItemOrKVP``, which names the same things otherwise (2.5)."""
    item = as_object(answer, "an item of a list")
    renamed = "rawScientificName" in item
    return ListItem(
        id=integer(item, "id"),
        supplied_name=text(item, "rawScientificName" if renamed else "name"),
        scientific_name=text(item, "matchedName" if renamed else "scientificName"),
        vernacular_name=text(item, "commonName"),
        taxon_key=text(item, "lsid") or text(item, "guid"),
        values=parse_values(item),
    )


def parse_values(item: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Read ``kvpValues``; what is shown for a value goes before the value itself."""
    return tuple(
        (text(pair, "key"), text(pair, "vocabValue") or text(pair, "value"))
        for pair in objects(item, "kvpValues")
    )


def parse_taxon_listing(answer: Any) -> TaxonListing:
    """Read one element of ``/ws/species/{guid}`` (contract/lists 2.6)."""
    listing = as_object(answer, "a listing")
    return TaxonListing(
        druid=required(listing, "dataResourceUid", "a listing"),
        list_name=text(listing.get("list") or {}, "listName").strip(),
        taxon_key=text(listing, "guid"),
        values=parse_values(listing),
    )


def parse_saved_list(answer: Any) -> SavedList:
    """Read the answer to a written list (contract/lists 2.9).

    Its ``kvps`` are wrong (all items show the last one's), so only the keys are read, by
    position.
    """
    saved = as_object(answer, "a saved list")
    data = as_array(saved.get("data"), "the items of a saved list")
    return SavedList(
        druid=required(saved, "druid", "a saved list"),
        taxon_keys=tuple(
            text(item, "guid") if isinstance(item, dict) else str(item or "") for item in data
        ),
    )


def list_body(new: NewList) -> dict[str, Any]:
    """Return a list as the service wants it; raises ``InvalidQuery``.

    The flags of curators (authoritative, threatened, invasive, sensitive) are never sent.
    """
    if new.list_type not in LIST_TYPES:
        raise InvalidQuery("no such type of list", part="list_type")
    return {
        **items_body(new),
        "listType": new.list_type,
        "description": new.description,
        "url": new.url,
        "wkt": new.area,
        "isPrivate": new.private,
    }


def items_body(new: NewList) -> dict[str, Any]:
    """Return the part of a list that a replacement can change: its name and its items.

    Raises ``InvalidQuery`` where it lacks one of them.
    """
    if not new.name.strip() or not any(item.name.strip() for item in new.items):
        raise InvalidQuery("a list has a name and an item", part="list_items")
    return {
        "listName": new.name.strip(),
        "listItems": [
            {
                "itemName": item.name,
                "kvpValues": [{"key": key, "value": value} for key, value in item.values],
            }
            for item in new.items
            if item.name.strip()
        ],
    }
