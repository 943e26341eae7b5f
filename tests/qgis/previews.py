"""Previews on a map, and how much they draw."""

from __future__ import annotations

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsRectangle,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

from biodiv_plugin.gui.preview.desk import PreviewDesk
from biodiv_plugin.portal.query import OccurrenceQuery

FLANDERS = QgsRectangle(20_000, 150_000, 260_000, 250_000)
ALL = OccurrenceQuery(quality_profile="")


def inked(layer, crs="EPSG:31370", extent=FLANDERS) -> int:
    """Return how many of some pixels the layer draws."""
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(QgsCoordinateReferenceSystem(crs))
    settings.setExtent(extent)
    settings.setOutputSize(QSize(400, 400))
    settings.setBackgroundColor(QColor("white"))
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    assert [error.message for error in job.errors()] == []
    image = job.renderedImage()
    spots = ((x, y) for x in range(0, 400, 4) for y in range(0, 400, 4))
    return sum(image.pixelColor(x, y) != QColor("white") for x, y in spots)


@pytest.fixture
def maps(qtbot, services, host, tmp_path):
    desk = PreviewDesk(services, host, tmp_path / "previews")
    desk.host = host
    yield desk
    desk.close()
    qtbot.waitUntil(services.tasks.is_idle)


@pytest.fixture
def shown(qtbot, maps):
    """A function that shows a query on the map and returns its layer."""

    def show(query=ALL):
        before = set(maps.host.project.mapLayers())
        maps.show(query)
        qtbot.waitUntil(lambda: len(maps.host.project.mapLayers()) > len(before))
        (new,) = set(maps.host.project.mapLayers()) - before
        return maps.host.project.mapLayer(new)

    return show
