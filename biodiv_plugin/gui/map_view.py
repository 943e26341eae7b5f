"""Where the map looks."""

from __future__ import annotations

from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsRectangle

from biodiv_plugin.gui.host import Host
from biodiv_plugin.layers.base_maps import flemish_base
from biodiv_plugin.layers.portal_areas import wgs84


def zoom_to(host: Host, box: QgsRectangle, crs: QgsCoordinateReferenceSystem) -> None:
    """Show ``box``, x and y in the units of ``crs``."""
    target = host.canvas.mapSettings().destinationCrs()
    to_map = QgsCoordinateTransform(crs, target, host.project.transformContext())
    host.canvas.setExtent(to_map.transformBoundingBox(box))
    host.canvas.refresh()


def zoom_to_flanders(host: Host) -> None:
    box = QgsRectangle(flemish_base().flanders)
    box.scale(1.05)
    zoom_to(host, box, wgs84())
