"""From what QGIS shows to the address of the portal's own map, and back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Optional, Sequence

from biodiv_plugin.environments import Environment
from biodiv_plugin.portal.area import Extent, PortalArea
from biodiv_plugin.portal.areas import AreaClient
from biodiv_plugin.portal.catalogue import CatalogueClient, LayerEntry
from biodiv_plugin.portal.errors import InvalidQuery, NotFound, PortalFault
from biodiv_plugin.portal.http import UNWATCHED, Feedback
from biodiv_plugin.portal.map_link import MapLink, map_link_from_url, map_link_url
from biodiv_plugin.portal.occurrences import OccurrenceClient
from biodiv_plugin.portal.query import OccurrenceQuery, stored_query
from biodiv_plugin.use_cases.load_areas import LoadedAreas, load_areas


@dataclass(frozen=True)
class OpenedLink:
    """What an address of the portal's map stands for; ``missing`` are ids of layers and areas
    that the portal does not know. ``areas`` is ``None`` where it names none."""

    query: Optional[OccurrenceQuery]
    entries: tuple[LayerEntry, ...]
    areas: Optional[LoadedAreas]
    extent: Optional[Extent]
    missing: tuple[str, ...]


def write_map_link(
    link: MapLink,
    environment: Environment,
    occurrences: OccurrenceClient,
    feedback: Feedback = UNWATCHED,
) -> str:
    """Return the address of the portal's map for ``link``.

    The map knows no quality profile, so a question with one is stored at the portal first, as
    is one that is too long for an address. Raises ``InvalidQuery`` (``private_list``) for a list
    whose species only its owner should see, and ``PortalError``.
    """
    portal, flanders = environment.portal, environment.flanders_filter
    query = link.query
    if query is not None and query.list_taxa:
        raise InvalidQuery("a private list in an address", part="private_list")
    if query is None or not query.quality_profile:
        try:
            return map_link_url(link, portal, flanders)
        except InvalidQuery as fault:
            if fault.part != "length" or query is None:
                raise
    stored = stored_query(occurrences.qid(query, feedback))
    return map_link_url(replace(link, query=stored), portal, flanders)


def open_map_link(
    url: str,
    environment: Environment,
    catalogue: CatalogueClient,
    areas: AreaClient,
    areas_name: str,
    feedback: Feedback = UNWATCHED,
) -> OpenedLink:
    """Return what ``url`` shows, with its areas as a polygon layer called ``areas_name``.

    Raises ``InvalidQuery`` (``map_url``) for another address, ``PortalError`` and ``Canceled``.
    """
    try:
        link = map_link_from_url(url, environment.portal, environment.flanders_filter)
    except InvalidQuery as fault:
        if fault.part != "url":
            raise
        raise InvalidQuery("no address of the portal's map", part="map_url") from fault
    known = {}
    if link.field_ids:
        known = {entry.field_id: entry for entry in catalogue.fields(feedback=feedback)}
    found, lost = _objects(link.pids, areas, feedback)
    return OpenedLink(
        query=link.query,
        entries=tuple(known[name] for name in link.field_ids if name in known),
        areas=load_areas(found, areas, areas_name, feedback=feedback) if found else None,
        extent=link.extent,
        missing=(*(name for name in link.field_ids if name not in known), *lost),
    )


def _objects(
    pids: Sequence[str], areas: AreaClient, feedback: Feedback
) -> tuple[list[PortalArea], list[str]]:
    found, lost = [], []
    for pid in pids:
        try:
            found.append(areas.object(pid, feedback))
        except (NotFound, PortalFault):
            lost.append(pid)
    return found, lost
