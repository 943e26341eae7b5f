"""Answers that tell of many records at once: facets, legends, species, extents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Mapping, Optional

from biodiv_plugin.portal import solr
from biodiv_plugin.portal.answers import (
    as_array,
    as_object,
    flag,
    integer,
    number,
    objects,
    required,
    text,
)
from biodiv_plugin.portal.errors import UnexpectedAnswer


@dataclass(frozen=True)
class FacetValue:
    """One value of a field, with how many records hold it.

    ``value_filter`` is the filter query that asks for them: never make one from ``label``, which
    is a translation. ``value`` is "" where the records have none.
    """

    value_filter: str
    label: str
    count: int
    value: str


@dataclass(frozen=True)
class LegendItem:
    """One class of a map drawn by a field; ``colour`` is ``#rrggbb``. ``remainder`` gathers the
    values without a colour of their own, and has no filter."""

    label: str
    value: str
    count: int
    colour: str
    value_filter: str
    remainder: bool


@dataclass(frozen=True)
class Bounds:
    """Degrees in EPSG:4326."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True)
class SpeciesCount:
    """A species with how many of the records are of it."""

    key: str
    scientific_name: str
    vernacular_name: str
    kingdom: str
    family: str
    count: int


@dataclass(frozen=True)
class SpeciesGroup:
    """A group of the portal's own tree (birds, plants, …); ``level`` 0 is all species."""

    name: str
    level: int
    records: int
    species: int


def parse_facet(answer: Mapping[str, Any]) -> tuple[str, tuple[FacetValue, ...]]:
    """Read one facet: the field's name and its values (contract/occurrences 1.1, 1.3)."""
    field = required(answer, "fieldName", "a facet")
    return field, tuple(map(parse_facet_value, objects(answer, "fieldResult")))


def parse_facet_value(answer: Mapping[str, Any]) -> FacetValue:
    """Read one value. Values of a range facet come without a filter; the label is theirs.

    Raises ``UnexpectedAnswer`` for one without count.
    """
    count = integer(answer, "count")
    if count is None:
        raise UnexpectedAnswer("a facet value without count")
    value_filter, label = text(answer, "fq"), text(answer, "label")
    return FacetValue(value_filter, label, count, _value(value_filter, label))


def _value(value_filter: str, label: str) -> str:
    if value_filter.startswith("-"):  # asks for the records that have none
        return ""
    _, values = solr.read_any_of(value_filter) or ("", (label,))
    return values[0]


def parse_legend_item(answer: Any) -> LegendItem:
    """Read one class of ``/mapping/legend`` as JSON (contract/occurrences 2.5).

    Raises ``UnexpectedAnswer`` for one without a colour.
    """
    item = as_object(answer, "a legend item")
    shades = [integer(item, part) for part in ("red", "green", "blue")]
    colour = bytes(shade for shade in shades if shade is not None and 0 <= shade <= 255)
    if len(colour) != 3:
        raise UnexpectedAnswer("a legend item without colour")
    value_filter, label = text(item, "fq"), text(item, "name")
    return LegendItem(
        label=label,
        value=text(item, "facetValue"),
        count=integer(item, "count") or 0,
        colour=f"#{colour.hex()}",
        value_filter=value_filter,
        remainder=flag(item, "remainder") or False,
    )


def parse_bounds(answer: Any) -> Optional[Bounds]:
    """Read ``/mapping/bounds``; west, south, east, north in degrees.

    Four zeros mean that nothing was found. Raises ``UnexpectedAnswer`` for another answer.
    """
    box = as_array(answer, "bounds")
    values = [number({"": part}, "") for part in box]
    west, south, east, north = values if len(values) == 4 else (None,) * 4
    if west is None or south is None or east is None or north is None:
        raise UnexpectedAnswer("bounds that are not four numbers")
    if not any((west, south, east, north)):
        return None
    return Bounds(west, south, east, north)


def parse_species_count(value: FacetValue) -> SpeciesCount:
    """Read a value of the field ``names_and_lsid``: name|key|vernacular|kingdom|family."""
    name, key, vernacular, kingdom, family = (*value.value.split("|"), "", "", "", "", "")[:5]
    return SpeciesCount(key, name, vernacular, kingdom, family, value.count)


def parse_species_group(answer: Any) -> SpeciesGroup:
    """Read one element of ``/explore/groups`` (contract/occurrences 1.6)."""
    group = as_object(answer, "a species group")
    return SpeciesGroup(
        name=required(group, "name", "a species group"),
        level=integer(group, "level") or 0,
        records=integer(group, "count") or 0,
        species=integer(group, "speciesCount") or 0,
    )
