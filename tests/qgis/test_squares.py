"""The squares of the UTM and IFBL grids, against middles that others have published."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsPointXY,
)

from biodiv_plugin.layers.squares import (
    EPSG,
    IFBL,
    SIZES,
    UTM,
    read_system,
    square_at,
    square_of_code,
)

# Code, latitude and longitude of the middle. UTM: the INBO's UTM5_VL_WGS84 (inbo/data-publication,
# issue 108). IFBL: ifbl4.csv and ifblCodes_lat_long.csv of BelgianBiodiversityPlatform/ifbl.
PUBLISHED = [
    ("31UFS37D", 51.187358423409357, 4.96755503170692),
    ("a0-11", 51.5964199417825, 2.26194729290138),
    ("a4-58", 51.4711397434015, 4.51283952109311),
    ("a9-11", 51.5973951272084, 6.41822892014484),
    ("d6-48", 50.9631533145554, 5.42232055165694),
    ("h9-58", 50.1881958675352, 6.74986111445479),
    ("j0-11", 50.1587092481139, 2.32545065320349),
    ("m7-58", 49.4840747308006, 5.83172682377023),
    ("a4-11-11", 51.62817616, 4.087378121),
    ("a4-11-12", 51.62820919, 4.10181746),
    ("a4-11-13", 51.61918947, 4.087432579),
    ("a4-11-21", 51.62824047, 4.116256819),
    ("a4-11-34", 51.60124898, 4.10197235),
    ("m7-32-42", 49.55505406, 5.522873693),
    ("m7-58-44", 49.47031732, 5.85199396),
]


def transform(source, target):
    crs = QgsCoordinateReferenceSystem
    return QgsCoordinateTransform(crs(source), crs(target), QgsCoordinateTransformContext())


@pytest.mark.parametrize(("code", "latitude", "longitude"), PUBLISHED)
def test_the_middle_of_a_square_is_where_others_publish_it(code, latitude, longitude):
    square = square_of_code(code)
    point = transform("EPSG:4326", EPSG[square.grid]).transform(QgsPointXY(longitude, latitude))
    assert math.hypot(square.middle[0] - point.x(), square.middle[1] - point.y()) < 2  # metres


@pytest.mark.parametrize(("code", "latitude", "longitude"), PUBLISHED)
def test_the_code_of_a_middle_is_the_published_one(code, latitude, longitude):
    known = square_of_code(code)
    point = transform("EPSG:4326", EPSG[known.grid]).transform(QgsPointXY(longitude, latitude))
    found = square_at(known.grid, known.size, point.x(), point.y())
    assert found == known
    assert found.code == code.upper().removeprefix("31U")


def test_letters_and_digits_of_the_military_grid():
    # The Belfry of Ghent: 31U ES 508 560 by any converter of military grid references
    point = transform("EPSG:4326", "EPSG:32631").transform(QgsPointXY(3.7249, 51.0536))
    codes = [square_at(UTM, size, point.x(), point.y()).code for size in SIZES[UTM]]
    assert codes == ["ES5056", "ES55A", "ES55"]


@pytest.mark.parametrize("code", ["FS37", "FS3772", "fs3772", "31U FS 37 72", "31UFS37d"])
def test_spellings_of_utm(code):
    assert square_of_code(code).grid == UTM


@pytest.mark.parametrize("code", ["C3-45-12", "c3.45.12", "C34512", "C3 45 12", "C3-45"])
def test_spellings_of_ifbl(code):
    assert square_of_code(code).grid == IFBL


@pytest.mark.parametrize(
    "code",
    ["", "FS3", "FS377", "IO3772", "C3-95", "I3-45", "C3-45-15", "C3-45-1", "51.05 3.72", "A8.B"],
)
def test_what_is_no_code(code):
    assert square_of_code(code) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("UTM 1km", (UTM, 1000)),
        ("UTM 5km", (UTM, 5000)),
        ("UTM 10 km", (UTM, 10_000)),
        ("IFBL 4km", (IFBL, 4000)),
        ("ifbl 1x1 km", (IFBL, 1000)),
        ("MGRS", (UTM, 0)),
        ("UTM 31N", (UTM, 0)),
        ("decimal degrees", ("", 0)),
        ("Belgian Lambert 72", ("", 0)),
        ("", ("", 0)),
    ],
)
def test_the_grid_and_size_of_a_remark(text, found):
    assert read_system(text) == found


@given(
    st.sampled_from([(grid, size) for grid in (UTM, IFBL) for size in SIZES[grid]]),
    st.floats(25_000, 290_000),
    st.floats(21_000, 245_000),
)
def test_every_point_lies_in_the_square_that_its_code_names(kind, x, y):
    grid, size = kind
    if grid == UTM:
        x, y = x + 435_000, y + 5_480_000
    square = square_at(grid, size, x, y)
    assert square.west <= x < square.west + size
    # IFBL counts from the north
    assert square.south <= y <= square.south + size
    assert square_of_code(square.code) == square


@pytest.mark.parametrize("grid", [UTM, IFBL])
@pytest.mark.parametrize(("x", "y"), [(-1e6, 0), (float("inf"), 0), (float("nan"), 0), (0, 1e9)])
def test_nothing_outside_the_grid(grid, x, y):
    assert square_at(grid, 1000, x, y) is None
