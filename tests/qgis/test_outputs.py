"""What an algorithm writes: in full, or told."""

from __future__ import annotations

import resource
import subprocess
import sys

import pytest
from qgis.core import (
    QgsApplication,
    QgsField,
    QgsFields,
    QgsProcessingException,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QMetaType

from biodiv_plugin.processing.base import PortalAlgorithm, table_row
from tests.qgis.algorithms import run

SMALL = 300_000  # bytes
ROWS = 20_000  # of some 50 bytes


class Rows(PortalAlgorithm):
    """Writes a table without asking the portal."""

    def name(self):
        return "rows"

    def displayName(self):
        return "Rows"

    def initAlgorithm(self, config=None):
        self.add_table("Rows")
        self.add_table("More", "MORE", optional=True, ticked=False)

    def work(self, parameters, context, feedback):
        fields = QgsFields()
        fields.append(QgsField("text", QMetaType.Type.QString))
        rows = (table_row(fields, [f"{n} {'x' * 40}"]) for n in range(ROWS))
        more = self.save(parameters, context, fields, [], name="MORE")
        return {**self.save(parameters, context, fields, rows), **more}


@pytest.mark.parametrize("suffix", ["gpkg", "csv", "geojson"])
def test_every_row_is_there(tmp_path, suffix):
    outputs = run(Rows(None), {"OUTPUT": str(tmp_path / f"rows.{suffix}")})
    assert list(outputs) == ["OUTPUT"]  # the other one was not asked for
    assert QgsVectorLayer(outputs["OUTPUT"]).featureCount() == ROWS


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(QgsProcessingException, match="rows"):
        run(Rows(None), {"OUTPUT": str(tmp_path / "none" / "rows.gpkg")})


@pytest.mark.parametrize("suffix", ["gpkg", "csv", "geojson"])
def test_a_full_disk_is_told(tmp_path, suffix):
    """In a process of its own, whose files may not grow large."""
    target = tmp_path / f"rows.{suffix}"
    said = subprocess.run(
        [sys.executable, "-m", "tests.qgis.test_outputs", str(target)],
        capture_output=True,
        text=True,
        timeout=100,
    )
    assert said.stdout.startswith("told: "), said.stdout + said.stderr
    assert target.name in said.stdout


if __name__ == "__main__":
    application = QgsApplication([], False)
    application.initQgis()
    resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL, SMALL))
    try:
        said = f"written: {run(Rows(None), {'OUTPUT': sys.argv[1]})}"
    except QgsProcessingException as told:
        said = f"told: {told}"
    sys.stdout.write(said)
