"""Open one layer of the geographic portal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional, Sequence

from qgis.core import (
    QgsAbstractMetadataBase,
    QgsCoordinateReferenceSystem,
    QgsLayerMetadata,
    QgsMapLayer,
)
from qgis.PyQt.QtCore import QCoreApplication

from biodiv_plugin.layers.inert import inert
from biodiv_plugin.layers.ogc_source import (
    FIELD_ID,
    WHOLE_SERVICE,
    WORKSPACE_SERVICE,
    LayerForm,
    coverage_uri,
    described_at,
    features_uri,
    make_layer,
    map_crs,
    tiles_uri,
    wms_uri,
)
from biodiv_plugin.portal.catalogue import LayerEntry
from biodiv_plugin.portal.errors import Canceled, UnexpectedAnswer
from biodiv_plugin.portal.http import UNWATCHED, Feedback
from biodiv_plugin.use_cases.describe_layer import about, links_of
from biodiv_plugin.use_cases.forget_answers import forget_descriptions
from biodiv_plugin.use_cases.probe_ogc import OgcOffer

__all__ = ["FIELD_ID", "LayerForm", "OpenedLayer", "forms_of", "map_source", "open_portal_layer"]


@dataclass(frozen=True)
class OpenedLayer:
    entry: LayerEntry
    layer: QgsMapLayer  # lives in the main thread
    form: LayerForm = LayerForm.MAP


def forms_of(entry: LayerEntry, offer: OgcOffer) -> tuple[LayerForm, ...]:
    """Return as what ``entry`` can be opened; as a map always."""
    listed = {
        LayerForm.FEATURES: offer.features,
        LayerForm.COVERAGE: offer.coverages,
        LayerForm.TILES: offer.tiles,
    }
    more = (form for form, names in listed.items() if entry.layer_name in names)
    return (LayerForm.MAP, *more)


def map_source(
    entry: LayerEntry,
    geoserver: str,
    crs: QgsCoordinateReferenceSystem,
    offer: Optional[OgcOffer],
    style: str = "",
) -> str:
    """Return the URI of ``entry`` as a map, as far as it is known what the server offers."""
    known = offer or OgcOffer()
    drawn_in = map_crs(crs, known.map_of(entry))
    return wms_uri(entry, geoserver, drawn_in, style, known.service)


def open_portal_layer(
    entry: LayerEntry,
    geoserver: str,
    crs: QgsCoordinateReferenceSystem,
    offer: OgcOffer = OgcOffer(),  # noqa: B008 (frozen)
    style: str = "",
    form: LayerForm = LayerForm.MAP,
    feedback: Feedback = UNWATCHED,
) -> OpenedLayer:
    """Open ``entry``, as a map to be drawn in ``crs`` where the server can; it blocks.

    Meant for a worker: the layer is handed to the main thread, for a project to take. Raises
    ``UnexpectedAnswer`` where the server does not show this layer, and ``Canceled``.
    """
    sources = _sources(entry, geoserver, crs, offer, style, form)
    layer = _first_valid(sources, form, entry, feedback)
    if layer is None and forget_descriptions(described_at(entry, geoserver)):
        layer = _first_valid(sources, form, entry, feedback)
    if layer is None:
        raise UnexpectedAnswer(f"no {form.value} layer {entry.layer_name}", url=geoserver)
    layer.setCustomProperty(FIELD_ID, entry.field_id)
    _describe(layer, entry)
    layer.moveToThread(QCoreApplication.instance().thread())
    return OpenedLayer(entry, layer, form)


def _first_valid(
    sources: Sequence[str], form: LayerForm, entry: LayerEntry, feedback: Feedback
) -> Optional[QgsMapLayer]:
    for uri in sources:
        layer = make_layer(form, uri, entry.title)
        if feedback.isCanceled():
            raise Canceled
        if layer.isValid():
            return layer
    return None


def _sources(
    entry: LayerEntry,
    geoserver: str,
    crs: QgsCoordinateReferenceSystem,
    offer: OgcOffer,
    style: str,
    form: LayerForm,
) -> list[str]:
    if form is LayerForm.FEATURES:
        return [features_uri(entry, geoserver, crs)]
    if form is LayerForm.COVERAGE:
        return [coverage_uri(entry, geoserver, crs)]
    if form is LayerForm.TILES:
        return [tiles_uri(entry, geoserver)]
    drawn_in = map_crs(crs, offer.map_of(entry))
    services = (offer.service, *({WORKSPACE_SERVICE, WHOLE_SERVICE} - {offer.service}))
    return [wms_uri(entry, geoserver, drawn_in, style, service) for service in services]


def _describe(layer: QgsMapLayer, entry: LayerEntry) -> None:
    """Write what the catalogue tells into the layer's metadata, and let Identify show values."""
    metadata = QgsLayerMetadata()
    metadata.setTitle(inert(entry.title))
    facts = "\n".join(f"{label}: {value}" for label, value in about(entry))
    metadata.setAbstract(inert("\n\n".join(part for part in (entry.description, facts) if part)))
    keywords = [word.strip() for word in inert(entry.keywords).split(",") if word.strip()]
    metadata.setKeywords({"gmd:topicCategory": keywords} if keywords else {})
    metadata.setLicenses([inert(entry.licence)] if entry.licence else [])
    if entry.source:
        metadata.setRights([inert(entry.source)])
    if entry.metadata_url in links_of(entry).values():
        link = QgsAbstractMetadataBase.Link("metadata", "WWW:LINK", entry.metadata_url)
        metadata.setLinks([link])
    metadata.setCrs(layer.crs())
    layer.setMetadata(metadata)
    if layer.providerType() == "wms":
        layer.setCustomProperty("identify/format", "Feature")
