"""Which layers hold exact places of sensitive species, so that nobody passes them on unknowingly.

A layer is known by the manifest in its file, and a copy that QGIS made of it by the keyword in
its metadata, which QGIS hands on.
"""

from __future__ import annotations

from pathlib import Path
from typing import Optional

from qgis.core import QgsMapLayer, QgsProject, QgsProviderRegistry

from biodiv_plugin.layers.layer_metadata import SENSITIVITY
from biodiv_plugin.layers.manifest import HIGH_RESOLUTION, Manifest, read_manifest
from biodiv_plugin.portal.errors import UnexpectedAnswer


def is_high_resolution(layer: QgsMapLayer) -> bool:
    """Return whether ``layer``, or another table of its file, holds exact sensitive places.

    Reads the manifest of a GeoPackage, which takes milliseconds, and no record.
    """
    if HIGH_RESOLUTION in layer.metadata().keywords().get(SENSITIVITY, []):
        return True
    manifest = manifest_of(layer)
    return manifest is not None and manifest.sensitivity == HIGH_RESOLUTION


def high_resolution_layers(project: QgsProject) -> list[QgsMapLayer]:
    """Return the layers of ``project`` with exact places of sensitive species, by name."""
    found = [layer for layer in project.mapLayers().values() if is_high_resolution(layer)]
    return sorted(found, key=lambda layer: layer.name())


def manifest_of(layer: QgsMapLayer) -> Optional[Manifest]:
    """Return what the file of ``layer`` tells of its download; ``None`` for any other layer."""
    file = file_of(layer)
    if file is None or file.suffix.lower() != ".gpkg":
        return None
    try:
        return read_manifest(file)
    except UnexpectedAnswer:
        return None


def file_of(layer: QgsMapLayer) -> Optional[Path]:
    """Return the file that ``layer`` reads, ``None`` where it reads none."""
    if layer.providerType() != "ogr":
        return None
    parts = QgsProviderRegistry.instance().decodeUri("ogr", layer.source())
    path = parts.get("path")
    return Path(path) if path and Path(path).is_file() else None
