"""From polygons in any CRS to the area of a search."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsFeature,
    QgsGeometry,
)

from biodiv_plugin.layers.geometry import MAX_POINTS, area_wkt
from biodiv_plugin.portal.errors import InvalidQuery

DEGREES = "EPSG:4326"
LAMBERT = "EPSG:31370"
SQUARE = "POLYGON((4 51,5 51,5 52,4 52,4 51))"


def area(*shapes, crs=DEGREES, max_points=MAX_POINTS):
    geometries = [QgsGeometry.fromWkt(s) if isinstance(s, str) else s for s in shapes]
    system = QgsCoordinateReferenceSystem(crs)
    return area_wkt(geometries, system, QgsCoordinateTransformContext(), max_points)


def surface(found):
    return QgsGeometry.fromWkt(found.wkt)


def star(points, radius=0.3, x=4.5, y=51.0, teeth=40):
    ring = []
    for step in range(points):
        angle = 2 * math.pi * step / points
        reach = radius * (1 + 0.1 * math.sin(teeth * angle))
        ring.append(f"{x + reach * math.cos(angle):.9f} {y + reach * math.sin(angle):.9f}")
    return f"POLYGON(({','.join([*ring, ring[0]])}))"


def test_a_polygon_in_degrees_stays_what_it_is():
    found = area(SQUARE)
    assert found.wkt == "POLYGON ((4 51,5 51,5 52,4 52,4 51))"
    assert (found.points, found.area_error, found.was_simplified) == (5, 0.0, False)


def test_features_do_as_well():
    feature = QgsFeature()
    feature.setGeometry(QgsGeometry.fromWkt(SQUARE))
    assert area(feature).wkt == area(SQUARE).wkt


def test_lambert_72_becomes_longitude_and_latitude():
    box = area("POLYGON((150000 170000,151000 170000,151000 171000,150000 170000))", crs=LAMBERT)
    extent = surface(box).boundingBox()
    # Brussels, by the conversion tool of the National Geographic Institute to four decimals
    assert extent.xMinimum() == pytest.approx(4.3688, abs=2e-4)
    assert extent.yMinimum() == pytest.approx(50.8404, abs=2e-4)


def test_overlapping_polygons_are_dissolved():
    found = area(SQUARE, "POLYGON((4.5 51,5.5 51,5.5 52,4.5 52,4.5 51))")
    assert found.wkt.startswith("POLYGON")
    assert surface(found).area() == pytest.approx(1.5)


def test_parts_that_do_not_touch_become_a_multipolygon():
    found = area(SQUARE, "POLYGON((6 51,7 51,7 52,6 52,6 51))")
    assert found.wkt.startswith("MULTIPOLYGON")
    assert surface(found).area() == pytest.approx(2)


def test_holes_are_kept():
    found = area("POLYGON((4 51,4 52,5 52,5 51,4 51),(4.2 51.2,4.4 51.2,4.4 51.4,4.2 51.2))")
    assert surface(found).area() == pytest.approx(1 - 0.02)


def test_outer_rings_run_counter_clockwise_and_holes_clockwise():
    found = area("POLYGON((4 51,4 52,5 52,5 51,4 51),(4.2 51.2,4.4 51.2,4.4 51.4,4.2 51.2))")
    polygon = surface(found).constGet()
    assert polygon.exteriorRing().orientation().name == "CounterClockwise"
    assert polygon.interiorRing(0).orientation().name == "Clockwise"


def test_a_bow_tie_becomes_two_triangles():
    found = area("POLYGON((4 51,5 52,5 51,4 52,4 51))")
    assert surface(found).isGeosValid()
    assert surface(found).area() == pytest.approx(0.5)


def test_heights_measures_and_arcs_are_left_out():
    found = area("CURVEPOLYGON Z(CIRCULARSTRING Z(4 51 1,5 52 1,6 51 1,5 50 1,4 51 1))")
    assert re.fullmatch(r"POLYGON \(\([-0-9., ]+\)\)", found.wkt)
    assert surface(found).area() == pytest.approx(math.pi, rel=1e-3)


def test_points_beside_polygons_are_ignored():
    found = area("GEOMETRYCOLLECTION(POINT(1 1),POLYGON((4 51,5 51,5 52,4 52,4 51)))")
    assert found.wkt == area(SQUARE).wkt


def test_what_sticks_out_of_the_world_is_cut_off():
    extent = surface(area("POLYGON((-200 50,200 50,200 100,-200 100,-200 50))")).boundingBox()
    assert extent.toString(0) == "-180,50 : 180,90"


@pytest.mark.parametrize(
    ("shapes", "part"),
    [
        ((), "area_empty"),
        (("POLYGON EMPTY",), "area_empty"),
        ((QgsGeometry(),), "area_empty"),
        (("POINT(4 51)",), "area_shape"),
        (("LINESTRING(4 51,5 51)", "POINT(4 51)"), "area_shape"),
        (("POLYGON((4 51,5 51,4 51,4 51))",), "area_shape"),
        (("POLYGON((200 50,201 50,201 51,200 50))",), "area_outside"),
    ],
)
def test_what_is_no_area_is_refused(shapes, part):
    with pytest.raises(InvalidQuery) as refusal:
        area(*shapes)
    assert refusal.value.part == part


def test_coordinates_that_no_projection_has_are_refused():
    with pytest.raises(InvalidQuery) as refusal:
        area("POLYGON((0 0,1e8 0,1e8 1e8,0 0))", crs="EPSG:32631")
    assert refusal.value.part == "area_outside"


@pytest.mark.parametrize("count", [5001, 20_000])
def test_too_many_points_are_simplified_and_the_error_is_told(count):
    given = QgsGeometry.fromWkt(star(count))
    found = area(given)
    assert found.was_simplified
    assert 0.8 * MAX_POINTS < found.points <= MAX_POINTS
    assert surface(found).constGet().nCoordinates() == found.points
    assert surface(found).isGeosValid()
    change = given.symDifference(surface(found)).area() / given.area()
    assert found.area_error == pytest.approx(change, abs=1e-6)  # rounding to a centimetre apart
    assert found.area_error < 1e-4


def test_just_enough_points_are_left_alone():
    found = area(star(MAX_POINTS - 1))
    assert (found.points, found.was_simplified) == (MAX_POINTS, False)


def test_fewer_points_cost_more_of_the_surface():
    errors = [area(star(6000), max_points=most).area_error for most in (3000, 500, 150)]
    assert errors == sorted(errors)
    assert errors[-1] < 0.05


def test_small_parts_go_before_the_large_one_suffers():
    specks = [
        f"POLYGON(({x} 52,{x + 1e-5} 52,{x} 52.00001,{x} 52))" for x in (i / 100 for i in range(99))
    ]
    found = area(star(300), *specks, max_points=200)
    assert found.points <= 200
    assert found.area_error < 0.01


def test_neighbouring_plots_grow_together_where_dropping_them_would_cost_more():
    plots = [
        f"POLYGON(({x} {y},{x + 9e-4} {y},{x + 9e-4} {y + 9e-4},{x} {y + 9e-4},{x} {y}))"
        for x in (4 + i / 1000 for i in range(20))
        for y in (51 + j / 1000 for j in range(20))
    ]
    found = area(*plots, max_points=500)
    assert found.points <= 500
    assert found.area_error < 0.4
    union = QgsGeometry.unaryUnion([QgsGeometry.fromWkt(plot) for plot in plots])
    assert union.difference(surface(found)).area() < 0.01 * union.area()  # nothing is lost


def test_far_too_many_scattered_parts_are_refused():
    specks = [
        f"POLYGON(({x} {y},{x + 1e-4} {y},{x} {y + 1e-4},{x} {y}))"
        for x in (3 + i / 20 for i in range(20))
        for y in (50 + j / 20 for j in range(20))
    ]
    with pytest.raises(InvalidQuery) as refusal:
        area(*specks, max_points=100)
    assert refusal.value.part == "area_parts"


corner = st.tuples(
    st.floats(2.5, 6.5, allow_nan=False), st.floats(50.5, 51.6, allow_nan=False)
).map(lambda point: f"{point[0]:.6f} {point[1]:.6f}")


@settings(max_examples=60, deadline=None)
@given(st.lists(corner, min_size=3, max_size=30))
def test_any_ring_gives_a_valid_area_or_a_reason(corners):
    try:
        found = area(f"POLYGON(({','.join([*corners, corners[0]])}))", max_points=12)
    except InvalidQuery as refusal:
        assert refusal.part in {"area_shape", "area_empty", "area_parts"}
        return
    assert surface(found).isGeosValid()
    assert found.points <= 12
    assert surface(found).area() > 0
