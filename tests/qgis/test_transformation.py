"""The operation from WGS 84 to the CRS of a layer: chosen, named, alike for GDAL and QGIS."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from osgeo import osr
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsDatumTransform,
    QgsPointXY,
    QgsProjUtils,
)

from biodiv_plugin.layers import transformation
from biodiv_plugin.layers.transformation import choose_transformation
from biodiv_plugin.messages import explain
from biodiv_plugin.portal.errors import InvalidQuery

GRID = "be_ign_bd72lb72_etrs89lb08.tif"
GHENT = QgsPointXY(3.7249, 51.0536)
SYSTEMS = ["EPSG:4326", "EPSG:4258", "EPSG:31370", "EPSG:3812", "EPSG:3035", "EPSG:3857"]


def choose(crs, context=None):
    system = QgsCoordinateReferenceSystem(crs)
    return choose_transformation(system, context or QgsCoordinateTransformContext())


@pytest.mark.parametrize("crs", SYSTEMS)
def test_gdal_and_qgis_come_to_the_same_place(crs):
    chosen = choose(crs)
    by_qgis = chosen.qgis_transform().transform(GHENT)
    source, target = osr.SpatialReference(), osr.SpatialReference()
    source.SetFromUserInput("OGC:CRS84")
    target.SetFromUserInput(chosen.gdal_target())
    target.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    options = osr.CoordinateTransformationOptions()
    if chosen.pipeline:
        options.SetOperation(chosen.gdal_operation())
    transform = osr.CreateCoordinateTransformation(source, target, options)
    x, y, _ = transform.TransformPoint(GHENT.x(), GHENT.y())
    assert (x, y) == pytest.approx((by_qgis.x(), by_qgis.y()), abs=1e-6)


@pytest.mark.parametrize("crs", SYSTEMS)
def test_every_operation_has_a_name(crs):
    chosen = choose(crs)
    assert chosen.name
    assert "axis" not in chosen.name


def test_nothing_is_done_where_nothing_changes():
    chosen = choose("EPSG:4326")
    assert chosen.pipeline == chosen.gdal_operation() == ""
    assert chosen.qgis_transform().transform(GHENT) == GHENT


def test_lambert_72_without_its_grid_is_told():
    if any((Path(folder) / GRID).exists() for folder in QgsProjUtils.searchPaths()):
        pytest.skip("the grid is installed on this machine")
    chosen = choose("EPSG:31370")
    assert chosen.missing_grid == GRID
    assert chosen.accuracy == 1.0
    # The middle of IFBL square A4-58, as the Belgian Biodiversity Platform publishes it
    point = chosen.qgis_transform().transform(QgsPointXY(4.51283952109311, 51.4711397434015))
    assert (point.x(), point.y()) == pytest.approx((160_012, 240_180), abs=0.5)


def test_other_systems_miss_no_grid():
    assert choose("EPSG:3812").missing_grid == ""
    assert choose("EPSG:3857").missing_grid == ""


def test_the_choice_of_the_project_goes_first():
    source, target = (QgsCoordinateReferenceSystem(c) for c in ("EPSG:4326", "EPSG:31370"))
    other = (
        "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad +step +proj=lcc "
        "+lat_0=90 +lon_0=4.36748666666667 +lat_1=51.1666672333333 +lat_2=49.8333339 "
        "+x_0=150000.013 +y_0=5400088.438 +ellps=intl"
    )
    context = QgsCoordinateTransformContext()
    context.addCoordinateOperation(source, target, other)
    chosen = choose("EPSG:31370", context)
    assert chosen.pipeline == other
    assert chosen.missing_grid == ""
    by_project = QgsCoordinateTransform(source, target, context).transform(GHENT)
    assert chosen.qgis_transform().transform(GHENT).distance(by_project) == 0


def ntv2(path, east, north):
    """Write a grid of constant shifts (arc seconds, east and north), in the format NTv2."""

    def record(name, value):
        packed = value if isinstance(value, bytes) else struct.pack("<d", value)
        return name.ljust(8).encode() + packed.ljust(8, b" " if packed.isalpha() else b"\0")

    def count(value):
        return struct.pack("<ii", value, 0)

    south, top, right, left = 49 * 3600.0, 52 * 3600.0, -7 * 3600.0, -2 * 3600.0  # west is positive
    rows, columns, step = 4, 6, 3600.0
    header = [
        ("NUM_OREC", count(11)),
        ("NUM_SREC", count(11)),
        ("NUM_FILE", count(1)),
        ("GS_TYPE", b"SECONDS "),
        ("VERSION", b"TEST    "),
        ("SYSTEM_F", b"BD72    "),
        ("SYSTEM_T", b"ETRS89  "),
        ("MAJOR_F", 6378388.0),
        ("MINOR_F", 6356911.946),
        ("MAJOR_T", 6378137.0),
        ("MINOR_T", 6356752.314),
        ("SUB_NAME", b"BELGIUM "),
        ("PARENT", b"NONE    "),
        ("CREATED", b"        "),
        ("UPDATED", b"        "),
        ("S_LAT", south),
        ("N_LAT", top),
        ("E_LONG", right),
        ("W_LONG", left),
        ("LAT_INC", step),
        ("LONG_INC", step),
        ("GS_COUNT", count(rows * columns)),
    ]
    shifts = struct.pack("<4f", north, -east, 0, 0) * (rows * columns)
    path.write_bytes(b"".join(record(*each) for each in header) + shifts + b"END     " + b"\0" * 8)


PROGRAM = """
from qgis.core import *
app = QgsApplication([], False); app.initQgis()
from biodiv_plugin.layers.transformation import choose_transformation
target = QgsCoordinateReferenceSystem("EPSG:31370")
chosen = choose_transformation(target, QgsCoordinateTransformContext())
point = chosen.qgis_transform().transform(QgsPointXY(3.7249, 51.0536))
print(chosen.name, chosen.accuracy, chosen.missing_grid or "-", point.x(), point.y(), sep="|")
"""


def test_lambert_72_with_its_grid_goes_by_the_grid(tmp_path):
    """A grid of our own under the name of the NGI's, in a process that finds it there."""
    found = []
    for number, east in enumerate((0.0, 36.0)):
        folder = tmp_path / str(number)
        folder.mkdir()
        ntv2(folder / GRID, east, 0.0)
        folders = os.pathsep.join([str(folder), *QgsProjUtils.searchPaths()])
        result = subprocess.run(
            [sys.executable, "-c", PROGRAM],
            env={**os.environ, "PROJ_DATA": folders, "PROJ_LIB": folders},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            check=True,
        )
        name, accuracy, missing, x, y = result.stdout.strip().split("|")
        assert "BD72 to ETRS89 (3)" in name
        assert (accuracy, missing) == ("0.01", "-")
        found.append((float(x), float(y)))
    # 36 arc seconds to the east are 0.01 degrees: 700 m at this latitude
    assert found[0][0] - found[1][0] == pytest.approx(701, abs=3)


def test_degrees_are_never_written_for_metres(monkeypatch):
    """PROJ finds no operation where its database cannot be opened."""

    class Lost(QgsCoordinateTransform):
        def instantiatedCoordinateOperationDetails(self):
            return QgsDatumTransform.TransformDetails()

    monkeypatch.setattr(transformation, "QgsCoordinateTransform", Lost)
    monkeypatch.setattr(transformation, "_operations", lambda _target: [])
    with pytest.raises(InvalidQuery) as raised:
        choose("EPSG:31370")
    assert "coordinate system" in explain(raised.value)
    with pytest.raises(InvalidQuery):
        choose("")
