"""What the portal knows of areas: observations, species, lists and layers, by counts alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Iterable, Mapping, Optional, Protocol, Sequence

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsFeature,
    QgsFeatureRequest,
    QgsGeometry,
)

from biodiv_plugin.layers.geometry import area_wkt
from biodiv_plugin.portal.catalogue import CONTEXTUAL, LayerEntry
from biodiv_plugin.portal.collectory import CollectoryClient
from biodiv_plugin.portal.errors import Canceled, InvalidQuery, PortalError
from biodiv_plugin.portal.http import UNWATCHED, Feedback
from biodiv_plugin.portal.intersect import IntersectClient
from biodiv_plugin.portal.occurrences import SPECIES_FIELD, OccurrenceClient
from biodiv_plugin.portal.query import OccurrenceQuery
from biodiv_plugin.portal.report import (
    CONSERVATION,
    INVASIVE,
    KINDS,
    OTHER,
    AreaReport,
    LayerWithin,
    ListedSpecies,
    Plot,
    Reports,
)
from biodiv_plugin.portal.species_list import SpeciesListInfo
from biodiv_plugin.portal.species_lists import SpeciesListClient
from biodiv_plugin.portal.summaries import parse_species_count
from biodiv_plugin.translation import translate
from biodiv_plugin.use_cases.count_occurrences import count_occurrences
from biodiv_plugin.use_cases.resolve_area import measured

MOST_POLYGONS = 100  # of one report; each is asked for by itself
_EDGE = 0.0001  # degrees, some ten metres: areas that only touch are not within
_ALL_SPECIES = "ALL_SPECIES"


@dataclass(frozen=True)
class ReportClients:
    """What a report asks."""

    occurrences: OccurrenceClient
    lists: SpeciesListClient
    intersect: IntersectClient
    collectory: CollectoryClient


class Polygons(Protocol):
    """What a task may read of a layer: a ``QgsAbstractFeatureSource`` or one of Processing's."""

    def getFeatures(self, request: QgsFeatureRequest) -> Iterable[QgsFeature]: ...  # noqa: N802


def read_polygons(
    source: Polygons,
    request: QgsFeatureRequest,
    name_field: str = "",
    feedback: Feedback = UNWATCHED,
) -> list[tuple[str, QgsGeometry]]:
    """Return the name and the geometry of each feature, "" where it has no name.

    At most one more than a report takes is read, features without a shape are left out. Raises
    ``Canceled``.
    """
    polygons = []
    for feature in source.getFeatures(request):
        _go_on(feedback)
        name = feature[name_field] if name_field else None
        if not feature.geometry().isEmpty():
            polygons.append((str(name) if name else "", feature.geometry()))
        if len(polygons) > MOST_POLYGONS:
            break
    return polygons


def plots(
    polygons: Sequence[tuple[str, QgsGeometry]],
    crs: QgsCoordinateReferenceSystem,
    context: QgsCoordinateTransformContext,
    feedback: Feedback = UNWATCHED,
) -> tuple[Plot, ...]:
    """Return (name, geometry) pairs as plots; a polygon without a name gets its number.

    Raises ``InvalidQuery`` as ``area_wkt`` does, or with part ``plots`` for none or more than
    ``MOST_POLYGONS``; and ``Canceled``.
    """
    if not 0 < len(polygons) <= MOST_POLYGONS:
        raise InvalidQuery(f"a report has 1 to {MOST_POLYGONS} polygons", part="plots")
    made = []
    for number, (name, geometry) in enumerate(polygons, 1):
        _go_on(feedback)
        area = area_wkt([geometry], crs, context)
        title = name.strip() or translate("AreaReport", "Area {n}").format(n=number)
        # A bow tie as it is drawn has one wing counted against the other.
        surface = measured(geometry.makeValid(), crs, context)
        made.append(Plot(title, area.wkt, surface, area.area_error))
    return tuple(made)


def layers_of_report(entries: Sequence[LayerEntry]) -> tuple[LayerEntry, ...]:
    """Return the layers that a report looks into unless told otherwise: areas that have names."""
    return tuple(e for e in entries if e.type == CONTEXTUAL and e.in_gazetteer and e.enabled)


def report_areas(
    chosen: Sequence[Plot],
    query: OccurrenceQuery,
    layers: Sequence[LayerEntry],
    clients: ReportClients,
    feedback: Feedback = UNWATCHED,
) -> Reports:
    """Return a report of each of ``chosen`` on what ``query`` finds there.

    The area of ``query`` itself is replaced. No record is read: four questions a polygon, one
    a layer, and each list once; of an empty one the cause is looked for. Raises a
    ``PortalError`` of the kind that fits, and ``Canceled``.
    """
    standing = _standing(clients.lists, feedback)
    steps = _Steps(feedback, len(chosen) * (2 + len(layers)))
    reports = []
    for plot in chosen:
        within = replace(query, area=plot.wkt, area_name=plot.name, circle=None)
        reports.append(_report(plot, within, layers, standing, clients, steps))
    uids = sorted({uid for report in reports for uid in report.datasets})
    return Reports(tuple(reports), clients.collectory.citations(uids, feedback), date.today())


def _report(
    plot: Plot,
    query: OccurrenceQuery,
    layers: Sequence[LayerEntry],
    standing: Mapping[SpeciesListInfo, frozenset[str]],
    clients: ReportClients,
    steps: _Steps,
) -> AreaReport:
    feedback = steps.feedback
    steps.next()
    groups = clients.occurrences.species_groups(query, feedback)
    total = next((group for group in groups if group.name == _ALL_SPECIES), None)
    counted = count_occurrences(query, clients.occurrences, feedback=feedback)
    steps.next()
    fields = ["year", "dataResourceUid", SPECIES_FIELD]
    found = clients.occurrences.facets(query, fields, -1, feedback) if counted.count else {}
    years = sorted(
        (int(each.value), each.count) for each in found.get("year", ()) if each.value.isdecimal()
    )
    species = [parse_species_count(each) for each in found.get(SPECIES_FIELD, ()) if each.value]
    listed = []
    for info, keys in standing.items():
        on_list = [each for each in species if each.key in keys]
        if on_list:
            names = tuple(dict.fromkeys(each.scientific_name for each in on_list))
            count = sum(each.count for each in on_list)
            listed.append(ListedSpecies(info.druid, info.name, _kind(info), count, names))
    listed.sort(key=lambda each: (KINDS.index(each.kind), -len(each.names), each.name))
    return AreaReport(
        plot=plot,
        records=counted.count,
        remarks=counted.remarks(),
        species=total.species if total else 0,
        groups=tuple(each for each in groups if each is not total),
        years=tuple(years),
        lists=tuple(listed),
        layers=_layers_within(plot, layers, clients.intersect, steps),
        datasets=tuple(each.value for each in found.get("dataResourceUid", ()) if each.value),
    )


def _layers_within(
    plot: Plot, layers: Sequence[LayerEntry], intersect: IntersectClient, steps: _Steps
) -> tuple[LayerWithin, ...]:
    shape = QgsGeometry.fromWkt(plot.wkt)
    inner = shape.buffer(-_EDGE, 2)
    wkt = plot.wkt if inner.isEmpty() else inner.asWkt(7).upper().replace(", ", ",")
    within = []
    for layer in layers:
        steps.next()
        names: Optional[tuple[str, ...]]
        try:
            met = intersect.meeting(layer.field_id, wkt, steps.feedback)
            names = tuple(sorted({area.name for area in met if area.name}))
        except PortalError:  # one layer that is out of order is no reason to tell nothing
            names = None
        within.append(LayerWithin(layer.field_id, layer.title, names))
    return tuple(within)


class _Steps:
    """Tells how far the questions are, and stops between two of them."""

    def __init__(self, feedback: Feedback, total: int) -> None:
        self.feedback, self._total, self._begun = feedback, total, 0

    def next(self) -> None:
        """Begin another. Raises ``Canceled``."""
        _go_on(self.feedback)
        self.feedback.setProgress(100 * self._begun / self._total)
        self._begun += 1


def _standing(
    lists: SpeciesListClient, feedback: Feedback
) -> Mapping[SpeciesListInfo, frozenset[str]]:
    """Return the taxon keys of each authoritative list."""
    standing = {}
    for info in lists.all(filters={"isAuthoritative": "true"}, feedback=feedback):
        _go_on(feedback)
        items = lists.items(info.druid, feedback=feedback)
        standing[info] = frozenset(item.taxon_key for item in items if item.taxon_key)
    return standing


def _kind(info: SpeciesListInfo) -> str:
    if info.invasive:
        return INVASIVE
    if info.threatened or info.list_type in ("CONSERVATION_LIST", "SENSITIVE_LIST"):
        return CONSERVATION
    return OTHER


def _go_on(feedback: Feedback) -> None:
    if feedback.isCanceled():
        raise Canceled
