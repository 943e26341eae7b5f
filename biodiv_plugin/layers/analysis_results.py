"""The files that an analysis of the portal leaves, as layers of QGIS."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Callable, Iterable

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsMapLayer,
    QgsPalettedRasterRenderer,
    QgsRasterLayer,
    QgsSingleBandPseudoColorRenderer,
    QgsStyle,
    QgsVectorLayer,
)

from biodiv_plugin.layers.storage import is_file_name
from biodiv_plugin.portal.errors import BadArchive

_CRS = "EPSG:4326"  # of all that the service makes; its grids do not say so
_MOST_UNPACKED = 2 * 1024**3  # bytes
_MOST_FILES = 5000
_GRIDS = (".asc", ".tif")
_CLASSES = ("aloc",)  # grids whose numbers name groups
_BAND = 1


def unpack(archive: Path, folder: Path) -> tuple[Path, ...]:
    """Unpack the archive of a task into ``folder`` and return the files.

    Raises ``BadArchive`` for one that is none, is damaged, is too large unpacked, or has names
    that lead out of ``folder``; then nothing of it is kept.
    """
    try:
        with zipfile.ZipFile(archive) as packed:
            entries = [entry for entry in packed.infolist() if not entry.is_dir()]
            if len(entries) > _MOST_FILES or sum(e.file_size for e in entries) > _MOST_UNPACKED:
                raise BadArchive("the archive of a task is too large")
            targets = [place(folder, entry.filename) for entry in entries]
            if packed.testzip() is not None:
                raise BadArchive("the archive of a task is damaged")
            for entry in entries:
                packed.extract(entry, folder)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as fault:
        raise BadArchive("the archive of a task cannot be read") from fault
    return tuple(targets)


def place(folder: Path, name: str) -> Path:
    """Return where the file ``name`` of a task goes. Raises ``BadArchive`` for a name that could
    lead out of ``folder`` on any system, to a device, or that Windows takes for another."""
    parts = name.split("/")
    if not all(map(is_file_name, parts)):
        raise BadArchive("a file of a task has a name that leads elsewhere")
    return folder.joinpath(*parts)


def open_results(paths: Iterable[Path], name: Callable[[str], str]) -> list[QgsMapLayer]:
    """Return what QGIS can show of ``paths``, named by ``name`` of the file's stem."""
    layers: list[QgsMapLayer] = []
    for path in paths:
        kind = QgsRasterLayer if path.suffix in _GRIDS else QgsVectorLayer
        provider = "gdal" if kind is QgsRasterLayer else "ogr"
        layer = kind(str(path), name(path.stem), provider)
        if layer.isValid():
            layers.append(layer)
    return layers


def write_projection(path: Path) -> None:
    """Say in a ``.prj`` beside ``path`` where it lies, unless it has one."""
    beside = path.with_suffix(".prj")
    if not beside.exists():
        crs = QgsCoordinateReferenceSystem(_CRS)
        # with its EPSG code: without, QGIS takes it for another CRS
        text = crs.toWkt(QgsCoordinateReferenceSystem.WktVariant.WKT1_GDAL)
        beside.write_text(text, encoding="ascii")


def write_style(path: Path) -> None:
    """Put a style beside the grid ``path``, which QGIS applies whenever it opens the grid."""
    layer = QgsRasterLayer(str(path), path.stem, "gdal")
    if not layer.isValid():
        return
    provider = layer.dataProvider()
    ramp = QgsStyle.defaultStyle().colorRamp("Turbo" if path.stem in _CLASSES else "Viridis")
    if path.stem in _CLASSES:
        classes = QgsPalettedRasterRenderer.classDataFromRaster(provider, _BAND, ramp)
        layer.setRenderer(QgsPalettedRasterRenderer(provider, _BAND, classes))
    else:
        stats = provider.bandStatistics(_BAND)
        renderer = QgsSingleBandPseudoColorRenderer(provider, _BAND)
        renderer.setClassificationMin(stats.minimumValue)
        renderer.setClassificationMax(stats.maximumValue)
        renderer.createShader(ramp)
        layer.setRenderer(renderer)
    layer.saveNamedStyle(str(path.with_suffix(".qml")))
