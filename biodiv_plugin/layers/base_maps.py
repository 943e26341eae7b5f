"""The Flemish base maps and map services that the portal's own map offers, as data."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from typing import Any, Sequence
from urllib.parse import quote

from qgis.core import (
    QgsDataSourceUri,
    QgsLayerMetadata,
    QgsPointXY,
    QgsRasterLayer,
    QgsRectangle,
)

from biodiv_plugin import paths
from biodiv_plugin.layers.ogc_capabilities import MapOffer

BASE_MAP = "biodiv/base_map"  # custom property by which an added base map is known again


@dataclass(frozen=True)
class TileLayer:
    """Tiles in web Mercator; ``url`` has ``{x}``, ``{y}`` and ``{z}``."""

    name: str
    url: str
    opacity: float
    max_zoom: int


@dataclass(frozen=True)
class BaseMap:
    """A background of tile layers, the lowest first."""

    id: str
    name: str
    attribution: str
    page: str
    layers: tuple[TileLayer, ...]


@dataclass(frozen=True)
class MapService:
    """A WMS of the Flemish government."""

    name: str
    url: str


@dataclass(frozen=True)
class QuickLink:
    """A layer of the catalogue that is at hand, by its short name: ids differ per environment."""

    name: str
    layer: str


@dataclass(frozen=True)
class StartView:
    """Where the portal's map begins: degrees, and a level of web Mercator's tiles of 256 pixels."""

    longitude: float
    latitude: float
    zoom: int


@dataclass(frozen=True)
class FlemishBase:
    """``flanders``, in degrees, is the portal's preset area."""

    base_maps: tuple[BaseMap, ...]
    services: tuple[MapService, ...]
    quick_links: tuple[QuickLink, ...]
    flanders: QgsRectangle
    flanders_name: str
    start_view: StartView


@cache
def flemish_base() -> FlemishBase:
    """Read what ships with the plugin (contract/spatial 10.1 to 10.3). No request is made."""
    found = _read("base_maps.json")
    area = found["flanders"]
    return FlemishBase(
        base_maps=tuple(_base_map(members) for members in found["base_maps"]),
        services=tuple(MapService(**members) for members in _read("wms_services.json")),
        quick_links=tuple(QuickLink(**members) for members in found["quick_links"]),
        flanders=QgsRectangle(area["west"], area["south"], area["east"], area["north"]),
        flanders_name=area["name"],
        start_view=StartView(**found["start_view"]),
    )


def extent_of(view: StartView, width: int, height: int) -> QgsRectangle:
    """Return what ``width`` by ``height`` pixels show of ``view``, in web Mercator (EPSG:3857)."""
    radius = 6_378_137.0  # metres, of the sphere that EPSG:3857 projects
    pixel = 2 * math.pi * radius / (256 * 2**view.zoom)
    x = math.radians(view.longitude) * radius
    y = math.asinh(math.tan(math.radians(view.latitude))) * radius
    return QgsRectangle.fromCenterAndSize(QgsPointXY(x, y), width * pixel, height * pixel)


def tile_uri(layer: TileLayer) -> str:
    """Return the URI of tiles for QGIS's provider ``wms``, which draws them as well."""
    return f"type=xyz&url={quote(layer.url, safe='{}:/')}&zmax={layer.max_zoom}&zmin=0"


def base_map_layers(base_map: BaseMap) -> list[QgsRasterLayer]:
    """Return the layers of a base map, the lowest first. Nothing is asked before they are drawn."""
    layers = []
    for tiles in base_map.layers:
        layer = QgsRasterLayer(tile_uri(tiles), tiles.name, "wms")
        layer.setOpacity(tiles.opacity)
        layer.setCustomProperty(BASE_MAP, base_map.id)
        metadata = QgsLayerMetadata()
        metadata.setTitle(tiles.name)
        metadata.setRights([base_map.attribution])
        metadata.setCrs(layer.crs())
        layer.setMetadata(metadata)
        layers.append(layer)
    return layers


def service_uri(service: MapService, offer: MapOffer, crs: str) -> str:
    """Return the URI of one layer of a WMS: in ``crs`` where it is drawn in it, first style."""
    uri = QgsDataSourceUri()
    drawn_in = crs if crs in offer.crs or not offer.crs else _fitting(offer.crs)
    for key, value in {
        "url": service.url,
        "layers": offer.name,
        "styles": offer.styles[0][0] if offer.styles else "",
        "format": "image/png",
        "crs": drawn_in,
        "dpiMode": "7",
        "contextualWMSLegend": "0",
    }.items():
        uri.setParam(key, value)
    return bytes(uri.encodedUri()).decode("ascii")


def _fitting(offered: Sequence[str]) -> str:
    return next((crs for crs in ("EPSG:31370", "EPSG:3857") if crs in offered), offered[0])


def _base_map(members: dict[str, Any]) -> BaseMap:
    layers = tuple(TileLayer(**layer) for layer in members["layers"])
    return BaseMap(**{**members, "layers": layers})


def _read(name: str) -> Any:
    return json.loads(paths.resource(name).read_text(encoding="utf-8"))
