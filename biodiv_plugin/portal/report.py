"""A report of an area as values: what was counted in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Optional

from biodiv_plugin.portal.collectory import Citation
from biodiv_plugin.portal.summaries import SpeciesGroup

# What a list is for, in the order in which they are told.
KINDS = CONSERVATION, INVASIVE, OTHER = "conservation", "invasive", "other"


@dataclass(frozen=True)
class Plot:
    """A polygon to report on. ``wkt`` is in EPSG:4326, as a query takes it; ``surface`` in m² is
    that of the polygon as it was drawn; ``area_error`` is what simplifying changed, 0 to 1."""

    name: str
    wkt: str
    surface: float
    area_error: float = 0.0


@dataclass(frozen=True)
class ListedSpecies:
    """The species of one list that were observed. ``kind`` is ``CONSERVATION`` (threatened or
    protected), ``INVASIVE`` or ``OTHER``; ``names`` are scientific, the commonest first."""

    list_id: str
    name: str
    kind: str
    records: int
    names: tuple[str, ...]


@dataclass(frozen=True)
class LayerWithin:
    """The areas of one portal layer that lie in the polygon, or partly so.

    ``areas`` is ``None`` where the portal could not tell.
    """

    field_id: str
    title: str
    areas: Optional[tuple[str, ...]]


@dataclass(frozen=True)
class AreaReport:
    """One polygon. ``groups`` are those of the portal's tree with anything in them, in its order;
    ``years`` are (year, records) in order, years without a record left out; ``remarks`` are
    sentences about the number of records: what is left out, and why there are none."""

    plot: Plot
    records: int
    species: int
    groups: tuple[SpeciesGroup, ...]
    years: tuple[tuple[int, int], ...]
    lists: tuple[ListedSpecies, ...]
    layers: tuple[LayerWithin, ...]
    datasets: tuple[str, ...]
    remarks: tuple[str, ...] = ()

    @property
    def first_year(self) -> Optional[int]:
        return self.years[0][0] if self.years else None

    @property
    def last_year(self) -> Optional[int]:
        return self.years[-1][0] if self.years else None

    def listed(self, kind: str) -> int:
        """Return how many species stand on any list of ``kind``."""
        return len({name for each in self.lists if each.kind == kind for name in each.names})


@dataclass(frozen=True)
class Reports:
    """The reports, and what to cite for them."""

    reports: tuple[AreaReport, ...]
    citations: tuple[Citation, ...]
    accessed: date
