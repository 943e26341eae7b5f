"""Find out, once a session, what the portal's map server offers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Callable, Mapping, TypeVar

from biodiv_plugin.layers.ogc_capabilities import (
    MapOffer,
    read_coverages,
    read_feature_types,
    read_map_offers,
    read_tile_sets,
)
from biodiv_plugin.layers.ogc_source import TILE_SERVICE, WHOLE_SERVICE, WORKSPACE_SERVICE
from biodiv_plugin.log import logger
from biodiv_plugin.portal.catalogue import LayerEntry
from biodiv_plugin.portal.errors import PortalError
from biodiv_plugin.portal.http import (
    UNWATCHED,
    Feedback,
    Request,
    Transport,
    raise_for_status,
    url_with,
)

Offer = TypeVar("Offer")


@dataclass(frozen=True)
class OgcOffer:
    """What the map server lists; names are without workspace.

    ``service`` is the WMS that was read, ``maps`` its layers, ``features`` those of its WFS,
    ``coverages`` those of its WCS, ``tiles`` those of its tile cache. A service that is switched
    off lists nothing: whether the real server opens WFS, WCS and WMTS is unknown (contract/spatial
    2.1).
    """

    maps: Mapping[str, MapOffer] = field(default_factory=dict)
    features: frozenset[str] = frozenset()
    coverages: frozenset[str] = frozenset()
    tiles: frozenset[str] = frozenset()
    service: str = WORKSPACE_SERVICE

    def map_of(self, entry: LayerEntry) -> MapOffer:
        """Return the map layer of ``entry``; without styles and CRS where the server lists none."""
        return self.maps.get(entry.layer_name) or MapOffer(entry.layer_name, entry.title)


def probe_ogc(geoserver: str, transport: Transport, feedback: Feedback = UNWATCHED) -> OgcOffer:
    """Return what the map server at ``geoserver`` offers; raises ``Canceled`` only."""
    service, maps = WORKSPACE_SERVICE, dict[str, MapOffer]()
    unlisted: Mapping[str, MapOffer] = {}
    for service in (WORKSPACE_SERVICE, WHOLE_SERVICE):
        url = _capabilities(f"{geoserver}/{service}", "WMS", "1.3.0")
        maps = {
            name.rpartition(":")[2]: offer
            for name, offer in _read(url, transport, read_map_offers, unlisted, feedback).items()
        }
        if maps:
            break
    nothing: frozenset[str] = frozenset()
    wfs = _capabilities(f"{geoserver}/ALA/wfs", "WFS", "2.0.0")
    wcs = _capabilities(f"{geoserver}/ALA/wcs", "WCS", "1.0.0")
    wmts = _capabilities(f"{geoserver}/{TILE_SERVICE}", "WMTS", "1.0.0")
    return OgcOffer(
        maps=maps,
        features=_read(wfs, transport, read_feature_types, nothing, feedback),
        coverages=_read(wcs, transport, read_coverages, nothing, feedback),
        tiles=_read(wmts, transport, read_tile_sets, nothing, feedback),
        service=service,
    )


def _capabilities(address: str, service: str, version: str) -> str:
    return url_with(address, {"service": service, "version": version, "request": "GetCapabilities"})


def _read(
    url: str,
    transport: Transport,
    parse: Callable[[bytes], Offer],
    nothing: Offer,
    feedback: Feedback,
) -> Offer:
    try:
        response = transport.send(Request("GET", url, headers={"Accept": "text/xml"}), feedback)
        raise_for_status(response)
        return parse(response.body)
    except PortalError as error:  # switched off, or an exception report with status 200
        logger.info("not offered: %s (%r)", url.partition("?")[0], error)
        return nothing
