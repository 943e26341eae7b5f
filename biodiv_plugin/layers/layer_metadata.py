"""The metadata of a downloaded layer, as QGIS shows, searches and exports them."""

from __future__ import annotations

from datetime import datetime

from qgis.core import (
    Qgis,
    QgsAbstractMetadataBase,
    QgsBox3d,
    QgsLayerMetadata,
    QgsMapLayer,
)
from qgis.PyQt.QtCore import QDateTime, Qt

from biodiv_plugin.layers.inert import inert
from biodiv_plugin.layers.manifest import HIGH_RESOLUTION, Manifest
from biodiv_plugin.translation import translate

SENSITIVITY = "biodiv:sensitivity"  # a vocabulary of keywords: QGIS copies them with a layer


def describe_layer(layer: QgsMapLayer, manifest: Manifest) -> None:
    """Write into ``layer`` what ``manifest`` tells: abstract, extent, rights, contact, history.

    The attribution is what a print layout can place beside the map.
    """
    language = translate("Metadata", "en")  # in Dutch "nl": the code of the language itself
    words = manifest.words.get(language, "")
    metadata = QgsLayerMetadata()
    metadata.setType("dataset")
    metadata.setTitle(layer.name())
    metadata.setAbstract(inert(words))
    metadata.setLanguage(language)
    metadata.setIdentifier(f"{layer.name()} {manifest.job}".strip())
    metadata.setCrs(layer.crs())
    metadata.setExtent(_extent(layer))
    metadata.setLicenses(
        list(dict.fromkeys(inert(s.licence) for s in manifest.sources if s.licence))
    )
    metadata.setRights([inert(manifest.citation)] if manifest.citation else [])
    metadata.setConstraints(_constraints(manifest))
    metadata.setKeywords({"gmd:topicCategory": ["biota"], SENSITIVITY: [manifest.sensitivity]})
    metadata.setContacts([_contact()])
    metadata.setLinks(
        [QgsAbstractMetadataBase.Link(translate("Metadata", "Portal"), "WWW:LINK", manifest.portal)]
    )
    metadata.setHistory(_history(manifest))
    moment = QDateTime.fromString(manifest.created, Qt.DateFormat.ISODate)
    metadata.setDateTime(Qgis.MetadataDateType.Created, moment)
    layer.setMetadata(metadata)
    layer.serverProperties().setAttribution(_attribution(manifest))


def _extent(layer: QgsMapLayer) -> QgsLayerMetadata.Extent:
    space = QgsLayerMetadata.SpatialExtent()
    box = layer.extent()
    if not box.isEmpty():
        space.bounds = QgsBox3d(box)
    space.extentCrs = layer.crs()
    extent = QgsLayerMetadata.Extent()
    extent.setSpatialExtents([space])
    return extent


def _constraints(manifest: Manifest) -> list[QgsLayerMetadata.Constraint]:
    if manifest.sensitivity != HIGH_RESOLUTION:
        return []
    sentence = translate(
        "Metadata",
        "Holds exact places of sensitive species: keep it safe, do not pass it on, publish no "
        "exact place.",
    )
    return [QgsLayerMetadata.Constraint(sentence, "access")]


def _contact() -> QgsAbstractMetadataBase.Contact:
    contact = QgsAbstractMetadataBase.Contact("Vlaams Biodiversiteitsportaal")
    contact.organization = "Instituut voor Natuur- en Bosonderzoek (INBO)"
    contact.role = "distributor"
    return contact


def _history(manifest: Manifest) -> list[str]:
    asked = translate("Metadata", "Downloaded on {day} from {portal}, job {job}.")
    transformed = translate("Metadata", "Positions transformed from WGS 84 to {crs} by: {how}.")
    counted = translate(
        "Metadata", "The portal announced {announced} observations and sent {received}."
    )
    facts = {
        "day": datetime.fromisoformat(manifest.created).date().isoformat(),
        "portal": manifest.portal,
        "job": manifest.job,
        "crs": manifest.crs,
        "how": manifest.transformation,
        "announced": manifest.announced,
        "received": manifest.received,
    }
    return [inert(sentence.format(**facts)) for sentence in (asked, transformed, counted)]


def _attribution(manifest: Manifest) -> str:
    names = list(dict.fromkeys(source.name for source in manifest.sources if source.name))
    shown = "; ".join(names[:3]) + (" …" if len(names) > 3 else "")
    return f"Vlaams Biodiversiteitsportaal: {shown}" if shown else "Vlaams Biodiversiteitsportaal"
