"""The catalogue of map layers: the ``spatial-service`` of the portal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timezone
from typing import Any, Mapping, Optional
from urllib.parse import quote

from biodiv_plugin.portal.answers import (
    as_array,
    as_object,
    flag,
    integer,
    number,
    objects,
    required,
    text,
)
from biodiv_plugin.portal.area import Extent, PortalArea, parse_area
from biodiv_plugin.portal.http import UNWATCHED, Feedback, Params, Transport, get_json, url_with

CONTEXTUAL, ENVIRONMENTAL = "Contextual", "Environmental"


@dataclass(frozen=True)
class LayerEntry:
    """One entry of the catalogue: a field, that is one view of a layer, with its layer.

    ``field_id``      what every other service takes, such as ``cl102``; differs per environment
    ``title``         the field's name, as the portal shows it
    ``layer_name``    short name; the map service publishes it as ``ALA:<layer_name>``
    ``type``          ``Contextual`` (areas) or ``Environmental`` (a grid of values)
    ``field_type``    ``c`` areas, ``e`` grid of values, ``a`` and ``b`` grid of classes
    ``minimum``, ``maximum``  of the values, in ``units``
    ``extent``        west, south, east, north in degrees
    ``indexed``       observations can be filtered by it
    ``in_gazetteer``  its areas are found by name
    """

    field_id: str
    title: str
    layer_name: str
    layer_id: int
    type: str
    field_type: str
    classification1: str = ""
    classification2: str = ""
    description: str = ""
    keywords: str = ""
    notes: str = ""
    source: str = ""
    source_url: str = ""
    licence: str = ""
    licence_url: str = ""
    citation_date: str = ""
    metadata_url: str = ""
    units: str = ""
    minimum: Optional[float] = None
    maximum: Optional[float] = None
    extent: Optional[Extent] = None
    enabled: bool = True
    indexed: bool = False
    in_gazetteer: bool = False
    usable_in_analysis: bool = False
    offered: bool = True
    added: Optional[date] = None
    name_column: str = ""

    @property
    def published_name(self) -> str:
        """The layer's name at the map service."""
        return f"ALA:{self.layer_name}"


@dataclass(frozen=True)
class Field:
    """A field by itself, with some of its areas; ``area_count`` counts all of them."""

    field_id: str
    title: str
    description: str
    layer_id: int
    field_type: str
    enabled: bool
    indexed: bool
    area_count: int
    areas: tuple[PortalArea, ...]


def parse_layer_entry(answer: Any) -> LayerEntry:
    """Read one element of ``/fields/search`` (contract/spatial 1.1): a field with its layer."""
    field = as_object(answer, "a field")
    return _entry(field, as_object(field.get("layer"), "the layer of a field"))


def parse_layer(answer: Any) -> LayerEntry:
    """Read a layer by itself, of ``/layer/{id}`` or ``/layers``: an entry without a field."""
    return _entry({}, as_object(answer, "a layer"))


def _entry(field: Mapping[str, Any], layer: Mapping[str, Any]) -> LayerEntry:
    alone = not field
    description = text(layer, "description") or text(layer, "notes")
    return LayerEntry(
        field_id="" if alone else required(field, "id", "a field"),
        title=text(field, "name") or text(layer, "displayname"),
        layer_name=required(layer, "name", "a layer"),
        layer_id=integer(layer, "id") or 0,
        type=text(layer, "type"),
        field_type=text(field, "type"),
        classification1=text(layer, "classification1"),
        classification2=text(layer, "classification2"),
        description=description or text(field, "desc"),
        keywords=text(layer, "keywords"),
        notes=text(layer, "notes"),
        source=text(layer, "source"),
        source_url=text(layer, "source_link"),
        licence=text(layer, "licence_notes"),
        licence_url=text(layer, "licence_link"),
        citation_date=text(layer, "citation_date"),
        metadata_url=text(layer, "metadatapath"),
        units=text(layer, "environmentalvalueunits"),
        minimum=number(layer, "environmentalvaluemin"),
        maximum=number(layer, "environmentalvaluemax"),
        extent=_extent(layer),
        enabled=_on(layer, "enabled") and (alone or _on(field, "enabled")),
        indexed=flag(field, "indb") or False,
        in_gazetteer=flag(field, "namesearch") or False,
        usable_in_analysis=flag(field, "analysis") or False,
        offered=alone or _on(field, "addtomap"),
        added=_date(number(layer, "dt_added")),
        name_column=text(field, "sname"),
    )


def _on(record: Mapping[str, Any], key: str) -> bool:
    return flag(record, key) is not False


def _extent(layer: Mapping[str, Any]) -> Optional[Extent]:
    west, south = number(layer, "minlongitude"), number(layer, "minlatitude")
    east, north = number(layer, "maxlongitude"), number(layer, "maxlatitude")
    if west is None or south is None or east is None or north is None:
        return None
    return west, south, east, north


def _date(millis: Optional[float]) -> Optional[date]:
    if not millis or millis < 0:
        return None
    return datetime.fromtimestamp(millis / 1000, tz=timezone.utc).date()


def parse_field(answer: Any) -> Field:
    """Read ``/field/{id}`` (contract/spatial 1.2, 1.4)."""
    field = as_object(answer, "a field")
    return Field(
        field_id=required(field, "id", "a field"),
        title=text(field, "name"),
        description=text(field, "desc"),
        layer_id=integer(field, "spid") or 0,
        field_type=text(field, "type"),
        enabled=_on(field, "enabled"),
        indexed=flag(field, "indb") or False,
        area_count=integer(field, "number_of_objects") or 0,
        areas=tuple(map(parse_area, objects(field, "objects"))),
    )


class CatalogueClient:
    """Reads the catalogue. ``base`` is ``<portal>/spatial-service``. All of it is public."""

    def __init__(self, transport: Transport, base: str) -> None:
        self._transport = transport
        self._base = base.rstrip("/")

    def fields(self, search: str = "", feedback: Feedback = UNWATCHED) -> tuple[LayerEntry, ...]:
        """Return the whole catalogue, or what holds ``search``; disabled layers are left out.

        There are no pages: the answer may hold thousands of entries.
        """
        url = url_with(f"{self._base}/fields/search", {"q": search})
        answer = as_array(
            self._transport.send(get_json(url), feedback).json(), "the catalogue", url
        )
        return tuple(map(parse_layer_entry, answer))

    def field(
        self,
        field_id: str,
        page_size: int = 0,
        search: str = "",
        start: int = 0,
        feedback: Feedback = UNWATCHED,
    ) -> Field:
        """Return a field with up to ``page_size`` of its areas whose name holds ``search``."""
        params: Params = {"start": start, "pageSize": max(0, page_size), "q": search or None}
        url = url_with(f"{self._base}/field/{quote(field_id, safe='')}", params)
        return parse_field(self._transport.send(get_json(url), feedback).json())

    def layer(self, layer: str, feedback: Feedback = UNWATCHED) -> LayerEntry:
        """Return a layer by its number, its short name or the id of one of its fields."""
        url = f"{self._base}/layer/{quote(layer, safe='')}"
        return parse_layer(self._transport.send(get_json(url), feedback).json())

    def thumbnail_url(self, entry: LayerEntry) -> str:
        """Return a small picture's address; not every layer has one."""
        return f"{self._base}/layer/img/{quote(entry.layer_name, safe='')}"

    def page_url(self, entry: LayerEntry) -> str:
        """Return the page that tells more of a layer."""
        return f"{self._base}/layers/view/more/{quote(entry.layer_name, safe='')}"
