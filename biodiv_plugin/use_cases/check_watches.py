"""Look whether watched zones have records that the portal did not hold before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from typing import Iterable, Iterator, Optional, Sequence

from qgis.core import (
    QgsAbstractFeatureSource,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsFeatureRequest,
    QgsGeometry,
    QgsPointXY,
)

from biodiv_plugin.layers.geometry import MAX_POINTS, area_wkt
from biodiv_plugin.portal import solr
from biodiv_plugin.portal.errors import Canceled, InvalidQuery, PortalError
from biodiv_plugin.portal.http import UNWATCHED, Feedback
from biodiv_plugin.portal.occurrence import Occurrence
from biodiv_plugin.portal.occurrences import MAX_RECORDS, OccurrenceClient
from biodiv_plugin.portal.query import OccurrenceQuery
from biodiv_plugin.portal.species_lists import SpeciesListClient
from biodiv_plugin.portal.watch import NewRecord, Watch, WatchState, Zone
from biodiv_plugin.use_cases.complete_query import with_list
from biodiv_plugin.use_cases.resolve_list import resolve_list
from biodiv_plugin.use_cases.watch_store import WatchStore

# A record is dated when it is loaded, and can be searched only once the index was built again.
OVERLAP = timedelta(days=14)
MAX_ZONES = 2000
_WGS84 = "EPSG:4326"


@dataclass(frozen=True)
class WatchServices:
    """What a look asks. ``viewer`` is the user id of who is signed in, "" for nobody."""

    occurrences: OccurrenceClient
    lists: SpeciesListClient
    store: WatchStore
    viewer: str = ""


@dataclass(frozen=True)
class WatchOutcome:
    """What became of one look. ``new`` were not there at the look before; at the ``first`` one
    nothing is new. ``left_out`` is how many records the portal holds beyond what it shows. With
    an ``error`` nothing has changed."""

    watch: Watch
    state: WatchState
    new: tuple[NewRecord, ...] = ()
    left_out: int = 0
    first: bool = False
    error: Optional[PortalError] = None


def read_zones(
    source: QgsAbstractFeatureSource,
    request: QgsFeatureRequest,
    crs: QgsCoordinateReferenceSystem,
    context: QgsCoordinateTransformContext,
    name_field: str = "",
    feedback: Feedback = UNWATCHED,
) -> tuple[Zone, ...]:
    """Return each polygon of a layer as a zone, named by ``name_field`` or else by number.

    Features without a surface are left out; of one name, the second gets a number. Raises
    ``InvalidQuery`` whose part is ``area_empty`` where none is left, and ``zones`` for more than
    ``MAX_ZONES``; ``Canceled``.
    """
    zones: dict[str, Zone] = {}
    for feature in source.getFeatures(request):
        if feedback.isCanceled():
            raise Canceled
        try:
            area = area_wkt([feature], crs, context)
        except InvalidQuery:
            continue
        value = feature.attribute(name_field) if name_field else None
        name = unique = str(value) if value else str(len(zones) + 1)
        number = 2
        while unique in zones:
            unique, number = f"{name} ({number})", number + 1
        zones[unique] = Zone(unique, area.wkt)
        if len(zones) > MAX_ZONES:
            raise InvalidQuery("too many zones for a watch", part="zones")
    if not zones:
        raise InvalidQuery("a watch needs a polygon", part="area_empty")
    return tuple(zones.values())


def check_watches(
    watches: Sequence[Watch],
    services: WatchServices,
    now: Optional[datetime] = None,
    feedback: Feedback = UNWATCHED,
) -> tuple[WatchOutcome, ...]:
    """Look at each watch and keep what was found; one that fails does not stop the others.

    The first look finds nothing new: it notes what is there. Raises ``Canceled``.
    """
    outcomes = []
    for number, watch in enumerate(watches):
        if feedback.isCanceled():
            raise Canceled
        before = services.store.state(watch.id, services.viewer)
        try:
            outcome = check_watch(watch, before, services, now, feedback)
            services.store.save_state(watch.id, services.viewer, outcome.state)
        except PortalError as error:
            outcome = WatchOutcome(watch, before, error=error)
        outcomes.append(outcome)
        feedback.setProgress(100 * (number + 1) / len(watches))
    return tuple(outcomes)


def is_due(watch: Watch, state: WatchState, now: datetime) -> bool:
    """Return whether it is time to look at a watch again."""
    if not watch.every:
        return False
    return state.checked is None or now - state.checked >= timedelta(days=watch.every)


def check_watch(
    watch: Watch,
    before: WatchState,
    services: WatchServices,
    now: Optional[datetime] = None,
    feedback: Feedback = UNWATCHED,
) -> WatchOutcome:
    """Return what is new in the zones of ``watch`` since ``before``. Keeps nothing.

    Raises what ``resolve_list`` raises, ``PortalError`` and ``Canceled``.
    """
    now = now or datetime.now(timezone.utc)
    since = (before.checked or now) - OVERLAP
    found, left_out = records_since(watch, since, services, now, feedback)
    known = frozenset((record.zone, record.uuid) for record in found)
    if before.checked is None:
        return WatchOutcome(watch, WatchState(now, known), (), left_out, first=True)
    told = {(record.zone, record.uuid) for record in before.records}
    new = tuple(r for r in found if (r.zone, r.uuid) not in before.known | told)
    return WatchOutcome(watch, WatchState(now, known, (*before.records, *new)), new, left_out)


def records_since(
    watch: Watch,
    since: datetime,
    services: WatchServices,
    now: Optional[datetime] = None,
    feedback: Feedback = UNWATCHED,
) -> tuple[tuple[NewRecord, ...], int]:
    """Return the records first loaded from ``since`` on in each zone, and how many more there
    are than the portal shows. A record in two zones comes twice, one without a place not at all.

    One question a bundle of zones, as many as fit into one. Raises as :func:`check_watch`.
    """
    now = now or datetime.now(timezone.utc)
    loaded = solr.between(
        "firstLoadedDate", f"{since.astimezone(timezone.utc):%Y-%m-%dT%H:%M:%SZ}", ""
    )
    query = _resolved(watch.query, services, feedback)
    query = replace(query, filters=(*query.filters, loaded))
    found: list[NewRecord] = []
    left_out = 0
    for bundle in _bundles(watch.zones):
        if feedback.isCanceled():
            raise Canceled
        asked = replace(query, area=_union(bundle))
        records = list(services.occurrences.search(asked, feedback=feedback))
        if len(records) >= MAX_RECORDS:
            left_out += services.occurrences.count(asked, feedback) - len(records)
        for record in records:
            found.extend(_in_zones(record, bundle, now))
    return tuple(found), left_out


def _resolved(
    query: OccurrenceQuery, services: WatchServices, feedback: Feedback
) -> OccurrenceQuery:
    if not query.species_list:
        return query
    found = resolve_list(query.species_list, services.lists, bool(services.viewer), feedback)
    return with_list(query, found)


_Bundle = Sequence[tuple[Zone, QgsGeometry]]


def _bundles(zones: Iterable[Zone]) -> Iterator[_Bundle]:
    """Yield the zones in groups whose outlines go into one question without simplifying."""
    bundle: list[tuple[Zone, QgsGeometry]] = []
    points = 0
    for zone in zones:
        geometry = QgsGeometry.fromWkt(zone.wkt)
        size = geometry.constGet().nCoordinates() if not geometry.isNull() else 0
        if bundle and points + size > MAX_POINTS:
            yield bundle
            bundle, points = [], 0
        bundle.append((zone, geometry))
        points += size
    if bundle:
        yield bundle


def _union(bundle: _Bundle) -> str:
    if len(bundle) == 1:
        return bundle[0][0].wkt
    shapes = [geometry for _, geometry in bundle]
    crs = QgsCoordinateReferenceSystem(_WGS84)
    return area_wkt(shapes, crs, QgsCoordinateTransformContext()).wkt


def _in_zones(record: Occurrence, bundle: _Bundle, now: datetime) -> Iterator[NewRecord]:
    longitude, latitude = record.decimal_longitude, record.decimal_latitude
    if longitude is None or latitude is None:
        return
    point = QgsGeometry.fromPointXY(QgsPointXY(longitude, latitude))
    within = [zone for zone, geometry in bundle if geometry.intersects(point)]
    if not within:  # on an edge, where the portal rounds otherwise
        within = [min(bundle, key=lambda pair: pair[1].distance(point))[0]]
    for zone in within:
        yield NewRecord(
            zone=zone.name,
            uuid=record.uuid,
            scientific_name=record.scientific_name,
            vernacular_name=record.vernacular_name,
            event_date=record.event_date,
            dataset=record.data_resource_name,
            longitude=longitude,
            latitude=latitude,
            uncertainty=record.coordinate_uncertainty,
            sensitive=record.sensitive,
            found=now,
        )
