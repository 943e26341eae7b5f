"""Open one layer of the geographic portal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from qgis.core import QgsCoordinateReferenceSystem, QgsRasterLayer
from qgis.PyQt.QtCore import QCoreApplication

from biodiv_plugin.layers.ogc_source import PROVIDER, WHOLE_SERVICE, WORKSPACE_SERVICE, wms_uri
from biodiv_plugin.portal.catalogue import LayerEntry
from biodiv_plugin.portal.errors import Canceled, UnexpectedAnswer
from biodiv_plugin.portal.http import UNWATCHED, Feedback

FIELD_ID = "biodiv/field_id"  # custom property by which an added layer is known again


@dataclass(frozen=True)
class OpenedLayer:
    entry: LayerEntry
    layer: Any  # a QgsRasterLayer that lives in the main thread


def open_portal_layer(
    entry: LayerEntry,
    geoserver: str,
    crs: QgsCoordinateReferenceSystem,
    feedback: Feedback = UNWATCHED,
) -> OpenedLayer:
    """Open ``entry`` as WMS, to be drawn in ``crs``; asks the server what it can, so it blocks.

    Meant for a worker: the layer is handed to the main thread, for a project to take. Raises
    ``UnexpectedAnswer`` where the server does not show this layer.
    """
    for service in (WORKSPACE_SERVICE, WHOLE_SERVICE):
        uri = wms_uri(entry, geoserver, crs, service=service)
        layer = QgsRasterLayer(uri, entry.title, PROVIDER)
        if feedback.isCanceled():
            raise Canceled
        if layer.isValid():
            break
    else:
        raise UnexpectedAnswer(f"no WMS layer {entry.layer_name}", url=geoserver)
    layer.setCustomProperty(FIELD_ID, entry.field_id)
    layer.moveToThread(QCoreApplication.instance().thread())
    return OpenedLayer(entry, layer)
