"""Put an area of one's own on the portal, where everybody can see it."""

from __future__ import annotations

from datetime import date
from typing import Iterable, Optional

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsGeometry,
)

from biodiv_plugin.layers.geometry import area_wkt
from biodiv_plugin.portal.area import PortalArea
from biodiv_plugin.portal.areas import AreaClient
from biodiv_plugin.portal.errors import InvalidQuery, NotFound, Rejected
from biodiv_plugin.portal.http import UNWATCHED, Feedback

_POINTS = 50_000  # the portal keeps an area as it is; this bounds what one sends


def neutral_name(today: Optional[date] = None) -> str:
    """Return a name that tells nothing of a place: everybody can read the name."""
    return f"QGIS {(today or date.today()).isoformat()}"


def upload_area(
    geometries: Iterable[QgsGeometry],
    crs: QgsCoordinateReferenceSystem,
    context: QgsCoordinateTransformContext,
    name: str,
    consent: bool,
    user_id: str,
    areas: AreaClient,
    feedback: Feedback = UNWATCHED,
) -> PortalArea:
    """Upload the union of ``geometries`` and return the area that the portal made of it.

    An uploaded area and its name are public, and anybody who is signed in can delete it
    (contract/spatial 5). So without ``consent`` nothing is sent: ``InvalidQuery``, whose part is
    ``consent``. Raises it also as ``area_wkt`` does, ``SignInRequired`` and other ``PortalError``.
    """
    if not consent:
        raise InvalidQuery("an upload is public and was not agreed to", part="consent")
    area = area_wkt(geometries, crs, context, _POINTS)
    called = name.strip() or neutral_name()
    pid = areas.upload_wkt(called, area.wkt, user_id, feedback)
    return PortalArea(pid=pid, name=called)


def delete_area(pid: str, areas: AreaClient, feedback: Feedback = UNWATCHED) -> str:
    """Delete an uploaded area and return its pid; one that is gone already counts as deleted.

    Raises ``SignInRequired``, ``Rejected`` for what is no upload, and other ``PortalError``.
    """
    try:
        areas.delete(pid, feedback)
    except Rejected:
        try:
            areas.object(pid, feedback)
        except NotFound:
            return pid
        raise
    return pid
