"""Open a WMS of the Flemish government: all its layers, for one group."""

from __future__ import annotations

from dataclasses import dataclass

from qgis.core import QgsRasterLayer
from qgis.PyQt.QtCore import QCoreApplication

from biodiv_plugin.layers.base_maps import MapService, service_uri
from biodiv_plugin.layers.ogc_capabilities import read_map_offers
from biodiv_plugin.layers.ogc_source import wms_described_at
from biodiv_plugin.portal.errors import Canceled, UnexpectedAnswer
from biodiv_plugin.portal.http import (
    UNWATCHED,
    Feedback,
    Request,
    Transport,
    raise_for_status,
    url_with,
)
from biodiv_plugin.use_cases.forget_answers import forget_descriptions

MOST_LAYERS = 60  # in one group; the whole GRB has some more


@dataclass(frozen=True)
class OpenedService:
    """``layers`` live in the main thread; ``left_out`` counts those of the service that were too
    many for one group."""

    service: MapService
    layers: tuple[QgsRasterLayer, ...]
    left_out: int = 0


def open_map_service(
    service: MapService, crs: str, transport: Transport, feedback: Feedback = UNWATCHED
) -> OpenedService:
    """Return the layers of ``service``, drawn in ``crs`` (as EPSG:31370) where it can; it blocks.

    A layer that only draws the layers within it is left out, or each would be drawn twice. Raises
    ``UnexpectedAnswer`` where it lists none that QGIS can open, ``PortalError`` and ``Canceled``.
    """
    asked = {"service": "WMS", "version": "1.3.0", "request": "GetCapabilities"}
    url = url_with(service.url, asked)
    response = transport.send(Request("GET", url, headers={"Accept": "text/xml"}), feedback)
    raise_for_status(response)
    offers = [offer for offer in read_map_offers(response.body).values() if not offer.group]
    first = service_uri(service, offers[0], crs) if offers else ""
    if first and not QgsRasterLayer(first, "", "wms").isValid():
        forget_descriptions([wms_described_at(service.url)])
    layers = []
    for done, offer in enumerate(offers[:MOST_LAYERS]):
        if feedback.isCanceled():
            raise Canceled
        uri = service_uri(service, offer, crs)
        layer = QgsRasterLayer(uri, offer.title or offer.name, "wms")
        if layer.isValid():
            layer.moveToThread(QCoreApplication.instance().thread())
            layers.append(layer)
        feedback.setProgress(100 * (done + 1) / min(len(offers), MOST_LAYERS))
    if not layers:
        raise UnexpectedAnswer("a map service without layers", url=service.url)
    return OpenedService(service, tuple(layers), max(0, len(offers) - MOST_LAYERS))
