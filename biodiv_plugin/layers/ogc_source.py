"""Layers of the geographic portal as QGIS data sources."""

from __future__ import annotations

from qgis.core import QgsCoordinateReferenceSystem, QgsDataSourceUri

from biodiv_plugin.portal.catalogue import LayerEntry

PROVIDER = "wms"
# A workspace's own service lists its layers without the workspace before the name; the service
# of the whole server with it. QGIS opens a layer only under the name that the server lists.
WORKSPACE_SERVICE, WHOLE_SERVICE = "ALA/wms", "wms"


def wms_uri(
    entry: LayerEntry,
    geoserver: str,
    crs: QgsCoordinateReferenceSystem,
    style: str = "",
    service: str = WORKSPACE_SERVICE,
) -> str:
    """Return the URI of ``entry`` for QGIS's WMS provider, drawn in ``crs``.

    The catalogue's own ``displaypath`` names the tile cache, which refuses every box that is not
    one of its tiles (contract/spatial 2.1); so the layer is asked of the WMS beside it.
    """
    name = entry.layer_name if service == WORKSPACE_SERVICE else entry.published_name
    uri = QgsDataSourceUri()
    for key, value in (
        ("url", f"{geoserver}/{service}"),
        ("layers", name),
        ("styles", style),
        ("format", "image/png"),
        ("crs", crs.authid() or "EPSG:3857"),
        ("dpiMode", "7"),
        ("contextualWMSLegend", "0"),
    ):
        uri.setParam(key, value)
    return bytes(uri.encodedUri()).decode("ascii")
