"""Which records stand for a grid square, and what a square tells of them."""

from __future__ import annotations

import math

import pytest
from qgis.core import QgsVectorLayer

from benchmarks.archives import write_archive
from tests.qgis.imports import DEGREES, LAMBERT, load, table

SQUARE_HEADERS = (
    "recordID",
    "scientificName",
    "year",
    "decimalLatitude",
    "decimalLongitude",
    "coordinateUncertaintyInMeters",
    "verbatimCoordinates",
    "verbatimCoordinateSystem",
)


def squares(tmp_path, rows, crs=DEGREES, headers=SQUARE_HEADERS):
    archive = write_archive(tmp_path / "a.zip", rows, headers)
    done = load(archive, tmp_path / "x.gpkg", crs)
    if not done.squares:
        assert not table(done.path, "SELECT 1 FROM gpkg_contents WHERE table_name = 'squares'")
        return []
    columns = "square, grid, size, records, species, firstYear, lastYear"
    return table(done.path, f"SELECT {columns} FROM squares ORDER BY square")


def test_squares_by_the_verbatim_coordinates(tmp_path):
    lat, lon = "51.18735", "4.96755"  # the middle of UTM FS37D, cut off to five decimals
    rows = [
        ["1", "Lutra lutra", "1999", lat, lon, "3536.0", "31UFS37D", "UTM 5km"],
        ["2", "Lutra lutra", "2003", lat, lon, "", "31UFS37D", "UTM 5km"],
        ["3", "Castor fiber", "2001", lat, lon, "3769.0", "", "UTM 5km"],
        ["4", "Castor fiber", "1980", "51.5964199", "2.2619473", "2828.0", "A0-11", "IFBL 4km"],
        ["5", "Castor fiber", "", "", "", "", "C3-45-12", "IFBL 1km"],
    ]
    assert squares(tmp_path, rows) == [
        ("A0-11", "IFBL 4 km", 4000, 1, 1, 1980, 1980),
        ("C3-45-12", "IFBL 1 km", 1000, 1, 1, None, None),
        ("FS37D", "UTM 5 km", 5000, 3, 2, 1999, 2003),
    ]


def test_squares_by_their_usual_uncertainty(tmp_path):
    headers = SQUARE_HEADERS[:6]
    rows = [
        ["1", "Lutra lutra", "1999", "51.18735", "4.96755", "3536.0"],
        ["2", "Lutra lutra", "1999", "51.62817", "4.08737", "707.0"],  # IFBL A4-11-11
        ["3", "Lutra lutra", "1999", "51.18000", "4.96000", "3536.0"],  # not in the middle
        ["4", "Lutra lutra", "1999", "51.18735", "4.96755", "25.0"],  # a precise point
        ["5", "Lutra lutra", "1999", "51.18735", "4.96755", ""],
        ["6", "Lutra lutra", "1999", "-33.0", "151.0", "707.0"],  # not in Belgium
    ]
    found = squares(tmp_path, rows, headers=headers)
    assert [row[:4] for row in found] == [
        ("A4-11-11", "IFBL 1 km", 1000, 1),
        ("FS37D", "UTM 5 km", 5000, 1),
    ]


def test_a_precise_record_that_notes_its_square_is_no_square(tmp_path):
    row = ["1", "Lutra lutra", "1999", "51.18", "4.96", "10.0", "FS3772", "UTM 1km"]
    assert squares(tmp_path, [row]) == []


def test_other_verbatim_coordinates_are_no_squares(tmp_path):
    row = ["1", "Lutra lutra", "1999", "51.18", "4.96", "10.0", "N51 11 E4 58", "degrees minutes"]
    assert squares(tmp_path, [row]) == []


@pytest.mark.parametrize("crs", [DEGREES, LAMBERT])
def test_squares_lie_around_their_records(tmp_path, crs):
    rows = [
        ["1", "Lutra lutra", "1999", "51.18735", "4.96755", "3536.0", "", ""],
        ["2", "Lutra lutra", "1999", "51.62817", "4.08737", "707.0", "", ""],
    ]
    squares(tmp_path, rows, crs)
    points = QgsVectorLayer(f"{tmp_path}/x.gpkg|layername=occurrences", "x", "ogr")
    polygons = QgsVectorLayer(f"{tmp_path}/x.gpkg|layername=squares", "x", "ogr")
    assert polygons.crs() == points.crs()
    positions = [feature.geometry() for feature in points.getFeatures()]
    for square in polygons.getFeatures():
        inside = [p for p in positions if square.geometry().contains(p)]
        assert len(inside) == 1
        if crs == LAMBERT:
            assert math.sqrt(square.geometry().area()) == pytest.approx(square["size"], rel=1e-3)
            middle = square.geometry().centroid()
            assert middle.distance(inside[0]) < 25
