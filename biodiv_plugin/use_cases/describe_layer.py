"""What the catalogue tells of a layer, in the user's language."""

from __future__ import annotations

import base64
import html
from dataclasses import dataclass
from typing import Optional
from urllib.parse import urlsplit

from qgis.PyQt.QtCore import QLocale

from biodiv_plugin.portal.catalogue import ENVIRONMENTAL, CatalogueClient, LayerEntry
from biodiv_plugin.portal.errors import PortalError
from biodiv_plugin.portal.http import (
    UNWATCHED,
    Feedback,
    Request,
    Transport,
    raise_for_status,
    url_with,
)
from biodiv_plugin.translation import translate

_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8")  # how pictures begin


@dataclass(frozen=True)
class LayerPictures:
    """Bytes of a thumbnail and of a legend; ``b""`` where the portal has none."""

    entry: LayerEntry
    thumbnail: bytes = b""
    legend: bytes = b""


def about(entry: LayerEntry) -> list[tuple[str, str]]:
    """Return (label, value) of what is known of a layer: source, licence, period, values."""
    added = QLocale().toString(entry.added, QLocale.FormatType.ShortFormat) if entry.added else ""
    classes = (entry.classification1, entry.classification2)
    facts = (
        (translate("LayerFacts", "Category"), " > ".join(filter(None, classes))),
        (translate("LayerFacts", "Source"), entry.source),
        (translate("LayerFacts", "Licence"), entry.licence),
        (translate("LayerFacts", "Date"), entry.citation_date),
        (translate("LayerFacts", "On the portal since"), added),
        (translate("LayerFacts", "Values"), value_range(entry)),
    )
    return [(label, value) for label, value in facts if value]


def links_of(entry: LayerEntry) -> dict[str, str]:
    """Return the web pages behind facts of :func:`about`, by their label."""
    pages = {
        translate("LayerFacts", "Source"): entry.source_url,
        translate("LayerFacts", "Licence"): entry.licence_url,
        translate("LayerFacts", "Metadata"): entry.metadata_url,
    }
    return {label: url for label, url in pages.items() if url.startswith(("https://", "http://"))}


def value_range(entry: LayerEntry) -> str:
    """Return the lowest and highest value of a grid with their unit, else ""."""
    if entry.type != ENVIRONMENTAL or entry.minimum is None or entry.maximum is None:
        return ""
    return (
        translate("LayerFacts", "{low} to {high} {unit}")
        .format(low=tell_number(entry.minimum), high=tell_number(entry.maximum), unit=entry.units)
        .strip()
    )


def tell_number(value: Optional[float]) -> str:
    """Return a number as people write it, with at most two decimals."""
    if value is None:
        return ""
    return str(QLocale().toString(float(value), "f", 0 if float(value).is_integer() else 2))


def describe_layer(entry: LayerEntry, pictures: Optional[LayerPictures] = None) -> str:
    """Return rich text: title, pictures, description and facts. Nothing of it is taken as HTML."""
    lines = [f"<p><b>{html.escape(entry.title)}</b></p>"]
    shown = (pictures.thumbnail, pictures.legend) if pictures is not None else ()
    if any(shown):
        # Above each other: beside each other they are wider than the dock. On white, whatever
        # the theme: the letters of a legend are black on nothing.
        rows = "".join(f"<tr><td>{_image(data)}</td></tr>" for data in shown if data)
        lines.append(f'<table bgcolor="#ffffff">{rows}</table>')
    if entry.description:
        lines.append(f"<p>{html.escape(entry.description)}</p>")
    facts, pages = dict(about(entry)), links_of(entry)
    for label in dict.fromkeys((*facts, *pages)):
        told = html.escape(facts.get(label) or urlsplit(pages[label]).netloc)
        if label in pages:
            told = f'<a href="{html.escape(pages[label])}">{told}</a>'
        lines.append(f"<div>{html.escape(label)}: {told}</div>")
    return "".join(lines)


def fetch_pictures(
    entry: LayerEntry,
    catalogue: CatalogueClient,
    geoserver: str,
    transport: Transport,
    feedback: Feedback = UNWATCHED,
) -> LayerPictures:
    """Return the thumbnail and the legend of a layer; raises ``Canceled`` only.

    Not every layer has a thumbnail, and a failing map server answers 200 with a text.
    """
    parameters = {
        "service": "WMS",
        "version": "1.1.0",
        "request": "GetLegendGraphic",
        "format": "image/png",
        "layer": entry.published_name,
        "style": "",
    }
    legend = url_with(f"{geoserver}/wms", parameters)
    return LayerPictures(
        entry,
        _picture(catalogue.thumbnail_url(entry), transport, feedback),
        _picture(legend, transport, feedback),
    )


def _picture(url: str, transport: Transport, feedback: Feedback) -> bytes:
    try:
        response = transport.send(Request("GET", url, headers={"Accept": "image/*"}), feedback)
        raise_for_status(response)
    except PortalError:
        return b""
    return response.body if response.body.startswith(_IMAGES) else b""


def _image(data: bytes) -> str:
    kind = "png" if data.startswith(_IMAGES[0]) else "jpeg"
    text = base64.b64encode(data).decode("ascii")
    return f'<img src="data:image/{kind};base64,{text}">'
