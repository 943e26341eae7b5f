"""Links to the portal's own map (``spatial-hub``), and back to what they show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Optional
from urllib.parse import parse_qs, urlsplit

from biodiv_plugin.portal.area import Extent
from biodiv_plugin.portal.errors import InvalidQuery
from biodiv_plugin.portal.http import Params, url_with
from biodiv_plugin.portal.query import (
    MAX_URL,
    OccurrenceQuery,
    query_from_params,
    search_params,
)


@dataclass(frozen=True)
class MapLink:
    """What a map shows: observations, layers by their field ids, areas by their pids, and the
    view: west, south, east, north in degrees."""

    query: Optional[OccurrenceQuery] = None
    query_name: str = ""
    field_ids: tuple[str, ...] = ()
    pids: tuple[str, ...] = ()
    extent: Optional[Extent] = None


_UNKNOWN_TO_THE_MAP = ("qualityProfile", "disableAllQualityFilters", "disableQualityFilter")


def map_link_url(link: MapLink, portal: str, flanders_filter: str = "") -> str:
    """Return the address of the portal's map with all of ``link`` (contract/spatial 9).

    The map applies no quality profile: to keep one, store the query first. Raises
    ``InvalidQuery`` as a search does, and where the address would be too long.
    """
    params: dict[str, Any] = {}
    if link.query is not None:
        params = {
            key: value
            for key, value in search_params(link.query, flanders_filter).items()
            if key not in _UNKNOWN_TO_THE_MAP
        }
        params["qname"] = link.query_name or None
    shown: Params = {
        **params,
        "layers": ",".join(link.field_ids) or None,
        "pid": ",".join(link.pids) or None,
        "bbox": ",".join(map(repr, map(float, link.extent))) if link.extent else None,
    }
    url = url_with(f"{portal}/spatial-hub/", shown)
    if len(url) > MAX_URL:
        raise InvalidQuery("the map is too long for an address", part="length")
    return url


def map_link_from_url(url: str, portal: str, flanders_filter: str = "") -> MapLink:
    """Return what an address of the portal's map shows.

    Raises ``InvalidQuery`` for an address that is not the map of ``portal``.
    """
    asked, own = urlsplit(url.strip()), urlsplit(portal)
    if asked.netloc.lower() != own.netloc.lower() or asked.path.rstrip("/") != (
        f"{own.path}/spatial-hub"
    ):
        raise InvalidQuery("no map of this portal", part="url")
    params = parse_qs(asked.query)
    if "species_lsid" in params and "q" not in params:
        params["q"] = [f"lsid:{params['species_lsid'][0]}"]
    observations = {"q", "fq", "wkt"} & params.keys()
    return MapLink(
        query=query_from_params(params, "", flanders_filter) if observations else None,
        query_name=params.get("qname", [""])[0],
        field_ids=_words(params.get("layers", [""])[0]),
        pids=_words(params.get("pid", [""])[0]),
        extent=_extent(params.get("bbox", [""])[0]),
    )


def _words(joined: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in joined.split(",") if word.strip())


def _extent(joined: str) -> Optional[Extent]:
    if not joined:
        return None
    try:
        west, south, east, north = map(float, joined.split(","))
    except ValueError as fault:
        raise InvalidQuery("a view is four numbers", part="extent") from fault
    return west, south, east, north
