"""A map of observations that the portal draws: a WMS layer without the portal's capabilities.

The service's own capabilities break off for nearly every query (contract/occurrences 2.2), and
QGIS wants some. So a small document beside the profile tells QGIS what the service can do; its
address for pictures is that of the service, and so each picture goes over QGIS's network.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from html import escape
from pathlib import Path
from typing import Any, Mapping, Optional
from urllib.parse import quote

from qgis.core import QgsCoordinateReferenceSystem, QgsDataSourceUri, QgsMapLayer, QgsRasterLayer

from biodiv_plugin.layers.storage import told_by_storage
from biodiv_plugin.portal.errors import InvalidQuery
from biodiv_plugin.portal.http import Params, url_with
from biodiv_plugin.portal.query import OccurrenceQuery, search_params, stored_query

PROPERTY = "biodiv/preview"  # custom property of the layer: a Preview as JSON
DOTS, GRID, HEXAGONS = "-1", "grid", "hexbin"  # as the service calls them
_COLOUR, _SIZE = "a83d7a", 4
_NAME = "ALA:Occurrences"
_WEB_MERCATOR = "EPSG:3857"
_SYSTEMS = ("EPSG:31370", "EPSG:3812", _WEB_MERCATOR, "EPSG:4326", "EPSG:4258", "EPSG:32631")
_DOCUMENT = """<?xml version="1.0" encoding="UTF-8"?>
<WMT_MS_Capabilities version="1.1.1">
<Service><Name>OGC:WMS</Name><Title>{name}</Title></Service>
<Capability><Request><GetMap><Format>image/png</Format><DCPType><HTTP><Get>
<OnlineResource xmlns:xlink="http://www.w3.org/1999/xlink" xlink:type="simple" xlink:href="{url}"/>
</Get></HTTP></DCPType></GetMap></Request>
<Layer><Title>{name}</Title><Layer><Name>{name}</Name><Title>{name}</Title>{systems}
<LatLonBoundingBox minx="-180" miny="-85" maxx="180" maxy="85"/>
</Layer></Layer></Capability></WMT_MS_Capabilities>
"""


@dataclass(frozen=True)
class Look:
    """How the observations are drawn. ``colour_by`` is a field of the index, for dots only;
    ``first`` and ``last`` are years, both included."""

    mode: str = DOTS
    colour_by: str = ""
    first: Optional[int] = None
    last: Optional[int] = None


@dataclass(frozen=True)
class Preview:
    """A drawn query. ``service`` is the address of the portal's search service; ``qid`` its
    name for the query, which may expire; ``name`` what the layer was called by us. ``expand``
    says that the query goes by the taxa of its list, which a project does not keep."""

    service: str
    query: Mapping[str, Any]
    qid: str
    look: Look
    name: str
    expand: bool = False

    @property
    def quality_profile(self) -> str:
        """The short name of the profile that the pictures obey; "" is none."""
        return OccurrenceQuery.from_json(self.query).quality_profile

    def with_profile(self, short_name: str) -> Preview:
        """Return a preview of the question as another profile judges it; it has no id yet.

        The portal freezes the filters of the profile into the id (contract/occurrences 1.5).
        """
        query = OccurrenceQuery.from_json(self.query)
        query = replace(query, quality_profile=short_name, disabled_quality_filters=())
        return replace(self, query=query.to_json(), qid="")

    def asked(self) -> OccurrenceQuery:
        """Return what the pictures show: the stored query within the years."""
        return replace(stored_query(self.qid), filters=self._years())

    def url(self) -> str:
        """Return the address of the pictures, without what QGIS adds."""
        mode = self.look.colour_by if self.look.mode == DOTS else ""
        drawing = f"color:{_COLOUR};size:{_SIZE};colormode:{mode or self.look.mode}"
        if self.look.mode == HEXAGONS:
            drawing = "colormode:hexbin"  # a colour would replace its ramp
        params: Params = {
            **search_params(stored_query(self.qid), ""),
            # QGIS writes brackets as they are, which the portal's server refuses; the portal
            # decodes this parameter twice (contract/occurrences 0.1.2), so they may hide once.
            "fq": [quote(years, safe="") for years in self._years()],
            "ENV": drawing,
            "OUTLINE": "false",
        }
        return url_with(f"{self.service}/ogc/wms/reflect", params)

    def _years(self) -> tuple[str, ...]:
        if self.look.first is None and self.look.last is None:
            return ()
        first, last = self.look.first or "*", self.look.last or "*"
        return (f"year:[{first} TO {last}]",)


def open_preview(
    preview: Preview, crs: QgsCoordinateReferenceSystem, folder: Path
) -> QgsRasterLayer:
    """Return the layer; nothing is asked of the portal. Raises ``StorageFailed``."""
    layer = QgsRasterLayer(_source(preview, crs, folder), preview.name, "wms")
    layer.setCustomProperty(PROPERTY, json.dumps(asdict(preview)))
    return layer


def show_preview(layer: QgsRasterLayer, preview: Preview, folder: Path) -> None:
    """Let ``layer`` draw ``preview`` instead. Raises ``StorageFailed``."""
    crs = layer.crs()
    name = preview.name if layer.name() == preview_of(layer).name else layer.name()
    source = _source(preview, crs, folder)
    # First, since QGIS makes new switches while the source changes: they show what it will draw.
    layer.setCustomProperty(PROPERTY, json.dumps(asdict(preview)))
    layer.setDataSource(source, name, "wms")
    layer.triggerRepaint()


def preview_of(layer: QgsMapLayer) -> Optional[Preview]:
    """Return what a layer draws, ``None`` where it is no preview."""
    document = layer.customProperty(PROPERTY)
    if not document:
        return None
    try:
        found = json.loads(document)
        OccurrenceQuery.from_json(found["query"])
        return Preview(**{**found, "look": Look(**found["look"])})
    except (KeyError, TypeError, ValueError, InvalidQuery):  # somebody edited the project
        return None


def _source(preview: Preview, crs: QgsCoordinateReferenceSystem, folder: Path) -> str:
    known = crs.authid() if crs.authid().startswith("EPSG:") else _WEB_MERCATOR
    systems = "".join(f"<SRS>{name}</SRS>" for name in dict.fromkeys((known, *_SYSTEMS)))
    url = escape(preview.url() + "&")
    document = _DOCUMENT.format(name=_NAME, url=url, systems=systems).encode()
    path = folder / f"{hashlib.sha256(document).hexdigest()[:16]}.xml"
    with told_by_storage(path):
        folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(document)
    uri = QgsDataSourceUri()
    for name, value in (
        ("url", path.as_uri()),
        ("layers", _NAME),
        ("styles", ""),
        ("format", "image/png"),
        ("crs", known),
    ):
        uri.setParam(name, value)
    return bytes(uri.encodedUri()).decode("ascii")
