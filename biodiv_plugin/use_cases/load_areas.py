"""Areas of the portal, or classes of one of its layers, as polygons."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Optional, Sequence

from qgis.core import QgsVectorLayer
from qgis.PyQt.QtCore import QCoreApplication

from biodiv_plugin.layers.portal_areas import (
    AreaShape,
    area_layer,
    dissolved,
    polygons_of,
    write_areas,
)
from biodiv_plugin.portal.area import PortalArea
from biodiv_plugin.portal.areas import MAX_SHAPE, AreaClient
from biodiv_plugin.portal.errors import Canceled, InvalidQuery, NoMatch, NotFound, TooLarge
from biodiv_plugin.portal.http import UNWATCHED, Feedback

_PAGE = 500  # objects asked at once
_MOST_SUGGESTIONS = 5


@dataclass(frozen=True)
class LoadedAreas:
    """``layer`` lives in the main thread."""

    layer: QgsVectorLayer
    shapes: tuple[AreaShape, ...]


def find_areas(
    areas: AreaClient, field_id: str, name: str, feedback: Feedback = UNWATCHED
) -> tuple[PortalArea, ...]:
    """Return the areas of a field that are called ``name``, whatever the case; "" means all.

    Raises ``NoMatch`` with names that hold it, and ``Canceled``.
    """
    found: list[PortalArea] = []
    while True:
        page = areas.objects(field_id, _PAGE, len(found), feedback)
        found += page
        if feedback.isCanceled():
            raise Canceled
        if len(page) < _PAGE:
            break
    wanted = name.strip().casefold()
    exact = tuple(area for area in found if wanted in ("", area.name.casefold()))
    if not exact:
        near = [area.name for area in found if wanted in area.name.casefold()]
        raise NoMatch(name or field_id, tuple(near[:_MOST_SUGGESTIONS]))
    return exact


def load_shapes(
    wanted: Sequence[PortalArea],
    areas: AreaClient,
    merge: bool = False,
    max_bytes: int = MAX_SHAPE,
    feedback: Feedback = UNWATCHED,
) -> tuple[AreaShape, ...]:
    """Return the polygons of ``wanted``, made valid; merged into one on wish.

    What the search left out of an area, as its surface, is asked for. Raises ``TooLarge`` where
    all together exceed ``max_bytes``, ``NotFound``, ``InvalidQuery`` for no area at all,
    ``PortalError`` and ``Canceled``.
    """
    if not wanted:
        raise InvalidQuery("no area was chosen", part="area_empty")
    shapes: list[AreaShape] = []
    left = max_bytes
    for done, area in enumerate(wanted):
        if feedback.isCanceled():
            raise Canceled
        if left <= 0:
            raise TooLarge("these shapes together", limit=max_bytes)
        shape = areas.shape(area.pid, left, feedback)
        geometry = polygons_of(shape)
        left -= geometry.wkbSize()
        shapes.append(AreaShape(_completed(area, areas, feedback), geometry))
        feedback.setProgress(100 * (done + 1) / len(wanted))
    if merge and len(shapes) > 1:
        return (dissolved(shapes),)
    return tuple(shapes)


def load_areas(
    wanted: Sequence[PortalArea],
    areas: AreaClient,
    name: str,
    merge: bool = False,
    target: Optional[Path] = None,
    feedback: Feedback = UNWATCHED,
) -> LoadedAreas:
    """Return a polygon layer of ``wanted``: in memory, or in the GeoPackage ``target``.

    Meant for a worker: the layer is handed to the main thread. Raises as :func:`load_shapes`,
    and ``StorageFailed``.
    """
    shapes = load_shapes(wanted, areas, merge, feedback=feedback)
    layer = area_layer(name, shapes)
    if target is not None:
        layer = write_areas(layer, target, name)
    layer.moveToThread(QCoreApplication.instance().thread())
    return LoadedAreas(layer, shapes)


def _completed(area: PortalArea, areas: AreaClient, feedback: Feedback) -> PortalArea:
    """Return ``area`` with what the gazetteer does not tell; one that is gone stays as it is."""
    if area.area_km2 is not None or area.field_id == "":
        return area
    try:
        told = areas.object(area.pid, feedback)
    except NotFound:
        return area
    return replace(told, field_name=told.field_name or area.field_name)
