"""Areas of the portal as polygons in QGIS."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Iterable, Mapping, Optional, Sequence

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsFeature,
    QgsField,
    QgsFields,
    QgsFillSymbol,
    QgsGeometry,
    QgsJsonUtils,
    QgsSingleSymbolRenderer,
    QgsVectorFileWriter,
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QMetaType

from biodiv_plugin.layers.storage import check_target, storage_failure, written_at_once
from biodiv_plugin.portal.area import PortalArea
from biodiv_plugin.portal.errors import UnexpectedAnswer

TABLE = "areas"
CRS = "EPSG:4326"
_TEXT, _REAL = QMetaType.Type.QString, QMetaType.Type.Double
_COLUMNS = (
    ("pid", _TEXT),
    ("name", _TEXT),
    ("description", _TEXT),
    ("field", _TEXT),
    ("field_name", _TEXT),
    ("area_km2", _REAL),
)
_ROOM = 50 * 1024 * 1024  # bytes that should be free


@dataclass(frozen=True)
class AreaShape:
    """An area with its polygons: valid, multi-part, EPSG:4326, longitude first."""

    area: PortalArea
    geometry: QgsGeometry


def polygons_of(shape: Mapping[str, Any]) -> QgsGeometry:
    """Return the polygons of a GeoJSON geometry, made valid; what is no surface is left out.

    The portal collects the polygons of a class undissolved, and some cross themselves
    (contract/spatial 3). Raises ``UnexpectedAnswer`` where no surface is left.
    """
    geometry = QgsJsonUtils.geometryFromGeoJson(json.dumps(dict(shape)))
    if geometry.isNull():
        raise UnexpectedAnswer("a shape that is no geometry")
    valid = geometry if geometry.isGeosValid() else geometry.makeValid()
    parts = [
        part
        for part in valid.asGeometryCollection()
        if part.type() == QgsWkbTypes.GeometryType.PolygonGeometry and not part.isEmpty()
    ]
    if not parts:
        raise UnexpectedAnswer("a shape without surface")
    collected = QgsGeometry.collectGeometry(parts)
    collected.convertToMultiType()
    return collected


def dissolved(shapes: Sequence[AreaShape]) -> AreaShape:
    """Return one area that covers all of ``shapes``, named after them."""
    geometry = QgsGeometry.unaryUnion([shape.geometry for shape in shapes])
    geometry.convertToMultiType()
    areas = [shape.area for shape in shapes]
    known = [area.area_km2 for area in areas if area.area_km2 is not None]
    fields = {(area.field_id, area.field_name) for area in areas}
    field_id, field_name = fields.pop() if len(fields) == 1 else ("", "")
    merged = PortalArea(
        pid="~".join(area.pid for area in areas),
        name=" + ".join(area.name for area in areas),
        field_id=field_id,
        field_name=field_name,
        area_km2=sum(known) if len(known) == len(areas) else None,
    )
    return AreaShape(merged, geometry)


def area_fields() -> QgsFields:
    fields = QgsFields()
    for name, kind in _COLUMNS:
        fields.append(QgsField(name, kind))
    return fields


def area_features(shapes: Iterable[AreaShape]) -> list[QgsFeature]:
    """Return one feature an area, with the columns of :func:`area_fields`."""
    fields, features = area_fields(), []
    for shape in shapes:
        feature = QgsFeature(fields)
        area = shape.area
        values = (area.pid, area.name, area.description, area.field_id, area.field_name)
        feature.setAttributes([*(value or None for value in values), area.area_km2])
        feature.setGeometry(shape.geometry)
        features.append(feature)
    return features


def area_layer(name: str, shapes: Iterable[AreaShape]) -> QgsVectorLayer:
    """Return the areas as a memory layer. For the main thread, or to be moved there."""
    layer = QgsVectorLayer(f"MultiPolygon?crs={CRS}", name, "memory")
    provider = layer.dataProvider()
    provider.addAttributes(list(area_fields()))
    layer.updateFields()
    provider.addFeatures(area_features(shapes))
    layer.updateExtents()
    return outlined(layer)


def write_areas(layer: QgsVectorLayer, target: Path, name: Optional[str] = None) -> QgsVectorLayer:
    """Write ``layer`` to the GeoPackage ``target`` and return the layer that reads it.

    The file appears at once or not at all. Raises ``StorageFailed``.
    """
    check_target(target, _ROOM)
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName, options.layerName = "GPKG", TABLE
    options.layerOptions = ["SPATIAL_INDEX=YES"]
    with written_at_once(target) as part:
        code, message, _, _ = QgsVectorFileWriter.writeAsVectorFormatV3(
            layer, str(part), QgsCoordinateTransformContext(), options
        )
        if code != QgsVectorFileWriter.WriterError.NoError:
            raise storage_failure(message, target)
    return outlined(QgsVectorLayer(f"{target}|layername={TABLE}", name or layer.name(), "ogr"))


def outlined(layer: QgsVectorLayer) -> QgsVectorLayer:
    """Draw the edges alone, for one wants to see what lies within; return ``layer``."""
    symbol = QgsFillSymbol.createSimple(
        {"style": "no", "outline_color": "#2f6f9f", "outline_width": "0.7"}
    )
    layer.setRenderer(QgsSingleSymbolRenderer(symbol))
    return layer


def wgs84() -> QgsCoordinateReferenceSystem:
    return QgsCoordinateReferenceSystem(CRS)
