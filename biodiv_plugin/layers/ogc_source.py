"""Layers of the geographic portal as QGIS data sources."""

from __future__ import annotations

from enum import Enum
from urllib.parse import unquote, urlsplit

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsDataSourceUri,
    QgsMapLayer,
    QgsMimeDataUtils,
    QgsProviderRegistry,
    QgsRasterLayer,
    QgsVectorLayer,
)

from biodiv_plugin.layers.ogc_capabilities import MapOffer
from biodiv_plugin.portal.catalogue import LayerEntry

PROVIDER = "wms"
# A workspace's own service lists its layers without the workspace before the name; the service
# of the whole server with it. QGIS opens a layer only under the name that the server lists.
WORKSPACE_SERVICE, WHOLE_SERVICE = "ALA/wms", "wms"
TILE_SERVICE = "gwc/service/wmts"
_TILE_MATRIX_SET, _TILE_CRS = "EPSG:900913", "EPSG:3857"
_FALLBACK_CRS = ("EPSG:3857", "EPSG:4326")

FIELD_ID = "biodiv/field_id"  # custom property by which an added layer is known again


class LayerForm(Enum):
    """As what a layer of the portal is opened; the value is QGIS's name of the provider."""

    MAP = "wms"
    FEATURES = "WFS"
    COVERAGE = "wcs"
    TILES = "wmts"


def wms_uri(
    entry: LayerEntry,
    geoserver: str,
    crs: QgsCoordinateReferenceSystem,
    style: str = "",
    service: str = WORKSPACE_SERVICE,
) -> str:
    """Return the URI of ``entry`` for QGIS's WMS provider, drawn in ``crs``.

    The catalogue's own ``displaypath`` names the tile cache, which refuses every box that is not
    one of its tiles (contract/spatial 2.1); so the layer is asked of the WMS beside it. A server
    behind a gateway may name an address in its capabilities that only it can reach: QGIS is told
    to keep to the one it was given.
    """
    name = entry.layer_name if service == WORKSPACE_SERVICE else entry.published_name
    return _encoded(
        url=f"{geoserver}/{service}",
        layers=name,
        styles=style,
        format="image/png",
        crs=crs.authid() or _FALLBACK_CRS[0],
        dpiMode="7",
        contextualWMSLegend="0",
        IgnoreGetMapUrl="1",
        IgnoreGetFeatureInfoUrl="1",
    )


def map_crs(wanted: QgsCoordinateReferenceSystem, offer: MapOffer) -> QgsCoordinateReferenceSystem:
    """Return ``wanted`` where the server draws in it, else a CRS that it does draw in."""
    if not offer.crs or wanted.authid() in offer.crs:
        return wanted
    fitting = next((crs for crs in _FALLBACK_CRS if crs in offer.crs), offer.crs[0])
    return QgsCoordinateReferenceSystem(fitting)


def features_uri(entry: LayerEntry, geoserver: str, crs: QgsCoordinateReferenceSystem) -> str:
    """Return the URI of ``entry`` for QGIS's WFS provider; it reads what the map shows."""
    uri = QgsDataSourceUri()
    for key, value in {
        "url": f"{geoserver}/ALA/wfs",
        "typename": entry.layer_name,
        "version": "auto",
        "srsname": crs.authid() or "EPSG:4326",
        "restrictToRequestBBOX": "1",
        "pagingEnabled": "default",
    }.items():
        uri.setParam(key, value)
    return uri.uri(False)


def coverage_uri(entry: LayerEntry, geoserver: str, crs: QgsCoordinateReferenceSystem) -> str:
    """Return the URI of ``entry`` for QGIS's WCS provider: numbers, not a picture."""
    return _encoded(
        url=f"{geoserver}/ALA/wcs",
        identifier=entry.layer_name,
        crs=crs.authid() or "EPSG:4326",
        format="GeoTIFF",
        IgnoreGetCoverageUrl="1",
    )


def tiles_uri(entry: LayerEntry, geoserver: str) -> str:
    """Return the URI of ``entry`` as WMTS: prepared pictures, in web Mercator only."""
    return _encoded(
        url=f"{geoserver}/{TILE_SERVICE}?service=WMTS&request=GetCapabilities",
        layers=entry.published_name,
        styles="",
        format="image/png",
        crs=_TILE_CRS,
        tileMatrixSet=_TILE_MATRIX_SET,
    )


def described_at(entry: LayerEntry, geoserver: str) -> tuple[str, ...]:
    """Return where QGIS reads what the services say of themselves, and of ``entry``."""
    name, features = entry.published_name, f"{geoserver}/ALA/wfs?SERVICE=WFS&REQUEST"
    return (
        wms_described_at(f"{geoserver}/{WORKSPACE_SERVICE}"),
        wms_described_at(f"{geoserver}/{WHOLE_SERVICE}"),
        f"{geoserver}/{TILE_SERVICE}?service=WMTS&request=GetCapabilities",
        f"{features}=GetCapabilities&ACCEPTVERSIONS=2.0.0,1.1.0,1.0.0",
        *(
            f"{features}=DescribeFeatureType&VERSION={version}&{names}"
            for version, names in (
                ("2.0.0", f"TYPENAMES={name}&TYPENAME={name}"),
                ("1.1.0", f"TYPENAME={name}"),
                ("1.0.0", f"TYPENAME={name}"),
            )
        ),
    )


def wms_described_at(service: str) -> str:
    """Return the address by which QGIS's WMS provider reads capabilities."""
    return f"{service}{'&' if '?' in service else '?'}SERVICE=WMS&REQUEST=GetCapabilities"


def make_layer(form: LayerForm, uri: str, title: str) -> QgsMapLayer:
    """Return the layer; it asks the server, so it blocks."""
    if form is LayerForm.FEATURES:
        return QgsVectorLayer(uri, title, form.value)
    return QgsRasterLayer(uri, title, PROVIDER if form is LayerForm.TILES else form.value)


def drag_source(entry: LayerEntry, uri: str) -> QgsMimeDataUtils.Uri:
    """Return what QGIS passes on when a map layer is dragged onto the canvas."""
    source = QgsMimeDataUtils.Uri()
    source.layerType = "raster"
    source.providerKey = PROVIDER
    source.name = entry.title
    source.uri = uri
    return source


def shows(layer: QgsMapLayer, entry: LayerEntry, geoserver: str) -> bool:
    """Return whether ``layer`` is ``entry``'s, also where QGIS itself added it, as after a drag.

    A layer of another environment is not, whatever its id: there it means another layer.
    """
    known = layer.customProperty(FIELD_ID)
    if known:
        return bool(known == entry.field_id) and geoserver in unquote(layer.source())
    metadata = QgsProviderRegistry.instance().providerMetadata(layer.providerType())
    if layer.providerType() != PROVIDER or metadata is None:
        return False
    parts = metadata.decodeUri(layer.source())
    same_server = urlsplit(str(parts.get("url", ""))).netloc == urlsplit(geoserver).netloc
    return same_server and parts.get("layers") in (entry.layer_name, entry.published_name)


def _encoded(**parameters: str) -> str:
    uri = QgsDataSourceUri()
    for key, value in parameters.items():
        uri.setParam(key, value)
    return bytes(uri.encodedUri()).decode("ascii")
