"""A map with tiles that need a sign-in, drawn as QGIS draws it."""

from __future__ import annotations

from functools import cache

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsRasterLayer,
    QgsRectangle,
)
from qgis.PyQt.QtCore import QBuffer, QByteArray, QIODevice, QSize
from qgis.PyQt.QtGui import QColor, QImage

from tests.qgis.doubles import Asked, Reply, spin_until

COLOURS = {"Bearer ann": "#1ea03c", "Bearer bob": "#1e3ca0", "": "#c81e1e"}


@cache
def png(colour: str) -> bytes:
    image = QImage(256, 256, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(data)


def paint(asked: Asked) -> Reply:
    """Answer with a tile in the colour of who asks, and let it be kept for a day."""
    colour = COLOURS.get(asked.headers.get("authorization", ""), "#000000")
    headers = {"Content-Type": "image/png", "Cache-Control": "public, max-age=86400"}
    return Reply(png(colour), 200, headers)


def tiles(portal: str) -> QgsRasterLayer:
    url = f"{portal}/records/ogc/%7Bz%7D/%7Bx%7D/%7By%7D.png"
    layer = QgsRasterLayer(f"type=xyz&url={url}&zmax=14&zmin=0", "tiles", "wms")
    assert layer.isValid()
    return layer


def start_drawing(layer: QgsRasterLayer) -> QgsMapRendererParallelJob:
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:3857"))
    settings.setOutputSize(QSize(300, 200))
    settings.setExtent(QgsRectangle(300000, 6500000, 500000, 6700000))
    job = QgsMapRendererParallelJob(settings)
    job.start()
    return job


def drawn(layer: QgsRasterLayer) -> str:
    """Return whose picture it is: ``ann``, ``bob``, empty for nobody's; else the colour."""
    job = start_drawing(layer)
    spin_until(lambda: not job.isActive(), 10)
    name = job.renderedImage().pixelColor(150, 100).name()
    whose = {colour: header.partition(" ")[2] for header, colour in COLOURS.items()}
    return whose.get(name, name)
