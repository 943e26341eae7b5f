"""From a place of any kind to the area of a search."""

from __future__ import annotations

import json

from qgis.core import (
    QgsAbstractFeatureSource,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsDistanceArea,
    QgsFeatureRequest,
    QgsGeometry,
    QgsJsonUtils,
)

from biodiv_plugin.layers.geometry import Area, area_wkt
from biodiv_plugin.portal.areas import AreaClient
from biodiv_plugin.portal.errors import Canceled, UnexpectedAnswer
from biodiv_plugin.portal.http import UNWATCHED, Feedback

_WGS84 = "EPSG:4326"


def features_area(
    source: QgsAbstractFeatureSource,
    request: QgsFeatureRequest,
    crs: QgsCoordinateReferenceSystem,
    context: QgsCoordinateTransformContext,
    feedback: Feedback = UNWATCHED,
) -> Area:
    """Return the area that polygons of a layer cover.

    ``source`` is what a task may read of a layer (``QgsVectorLayerFeatureSource``), ``crs`` that
    of its geometries. Raises ``InvalidQuery`` as ``area_wkt`` does, and ``Canceled``.
    """
    request.setSubsetOfAttributes([])
    geometries = []
    for feature in source.getFeatures(request):
        if feedback.isCanceled():
            raise Canceled
        geometries.append(feature.geometry())
    return area_wkt(geometries, crs, context)


def portal_area(
    pid: str,
    areas: AreaClient,
    context: QgsCoordinateTransformContext,
    feedback: Feedback = UNWATCHED,
) -> Area:
    """Return the area of an object of the portal's layers.

    Raises ``InvalidQuery`` as ``area_wkt`` does, ``UnexpectedAnswer`` for a shape that is none,
    another ``PortalError`` and ``Canceled``.
    """
    shape = areas.shape(pid, feedback=feedback)
    geometry = QgsJsonUtils.geometryFromGeoJson(json.dumps(dict(shape)))
    if geometry.isNull():
        raise UnexpectedAnswer("a shape that is no geometry")
    return area_wkt([geometry], QgsCoordinateReferenceSystem(_WGS84), context)


def surface(wkt: str) -> float:
    """Return the surface of an area in EPSG:4326 on the ellipsoid, in square metres."""
    return measured(
        QgsGeometry.fromWkt(wkt),
        QgsCoordinateReferenceSystem(_WGS84),
        QgsCoordinateTransformContext(),
    )


def measured(
    geometry: QgsGeometry,
    crs: QgsCoordinateReferenceSystem,
    context: QgsCoordinateTransformContext,
) -> float:
    """Return the surface of ``geometry`` on the ellipsoid of its CRS, in square metres."""
    measure = QgsDistanceArea()
    measure.setSourceCrs(crs, context)
    measure.setEllipsoid(crs.ellipsoidAcronym() or "EPSG:7030")
    return float(measure.measureArea(geometry))
