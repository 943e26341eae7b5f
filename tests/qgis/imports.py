"""What the tests of the import share."""

from __future__ import annotations

import sqlite3

from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransformContext

from biodiv_plugin.layers.geopackage import import_archive

DEGREES, LAMBERT = "EPSG:4326", "EPSG:31370"


class Watch:
    """A feedback that remembers its progress, and cancels from ``stop`` percent on."""

    def __init__(self, stop=1000.0):
        self.progress, self._stop = [], stop

    def isCanceled(self):
        return bool(self.progress) and self.progress[-1] >= self._stop

    def setProgress(self, percent):
        self.progress.append(percent)


def load(archive, target, crs=DEGREES, expected=None, feedback=None, **options):
    system = QgsCoordinateReferenceSystem(crs)
    context = QgsCoordinateTransformContext()
    return import_archive(
        archive, target, system, context, expected, feedback or Watch(), **options
    )


def table(path, query="SELECT * FROM occurrences"):
    with sqlite3.connect(path) as connection:
        return connection.execute(query).fetchall()
