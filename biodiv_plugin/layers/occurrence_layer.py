"""A downloaded GeoPackage as layers of QGIS."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsVectorLayer

TABLES = ("squares", "occurrences")


def open_occurrence_layers(geopackage: Path) -> list[QgsVectorLayer]:
    """Return the layers of a download, the points last."""
    layers = []
    for table in TABLES:
        layer = QgsVectorLayer(f"{geopackage}|layername={table}", geopackage.stem, "ogr")
        if layer.isValid() and layer.featureCount():
            layers.append(layer)
    return layers
