"""The demo portal's geography holds together."""

from __future__ import annotations

import random

from osgeo import ogr

from demo.portal.data import areas


def shape(area: areas.Area) -> ogr.Geometry:
    return ogr.CreateGeometryFromWkt(area.wkt)


def test_municipalities_tile_the_region():
    whole = shape(areas.flanders())
    cells = [shape(area) for area in areas.municipalities()]
    assert abs(sum(cell.GetArea() for cell in cells) - whole.GetArea()) < 1e-5
    assert all(cell.IsValid() and cell.GetArea() > 0 for cell in cells)


def test_provinces_are_the_unions_of_their_municipalities():
    found = areas.provinces()
    assert [area.name for area in found] == list(areas.PROVINCES)
    total = sum(shape(area).GetArea() for area in found)
    assert abs(total - shape(areas.flanders()).GetArea()) < 1e-5
    # No slivers: but for Limburg with its exclave each is one piece.
    parts = {area.name: shape(area).GetGeometryCount() for area in found}
    assert parts == dict.fromkeys(areas.PROVINCES, 1) | {"Limburg": 2}


def test_the_region_fits_the_portals_preset_box():
    assert shape(areas.flanders()).GetEnvelope() == (2.54133, 5.912, 50.68767, 51.50511)


def test_known_places():
    ghent = areas.locate(3.72, 51.05)
    assert (ghent.municipality, ghent.province, ghent.region) == (
        "Gent",
        "Oost-Vlaanderen",
        "Vlaams Gewest",
    )
    heath = areas.locate(4.43, 51.395)
    assert heath.municipality == "Kalmthout"
    assert heath.habitats_directive == "Kalmthoutse heide"
    assert areas.locate(5.82, 50.74).municipality == "Voeren"


def test_brussels_wallonia_and_the_sea_are_outside():
    for lon, lat in ((4.36, 50.85), (4.86, 50.47), (2.6, 51.4)):
        assert areas.locate(lon, lat) == areas.Place(None, None, None, None, None, None)


def test_locate_agrees_with_the_polygons():
    chance = random.Random(7)
    shapes = [(area, shape(area)) for area in areas.municipalities()]
    for _ in range(300):
        lon, lat = chance.uniform(2.5, 5.95), chance.uniform(50.65, 51.55)
        point = ogr.CreateGeometryFromWkt(f"POINT ({lon} {lat})")
        expected = {area.name for area, polygon in shapes if polygon.Contains(point)}
        found = areas.locate(lon, lat).municipality
        assert ({found} if found else set()) == expected


def test_nature_areas_lie_in_flanders():
    whole = shape(areas.flanders()).Buffer(1e-5)
    for found in (areas.habitats_directive(), areas.birds_directive(), areas.nature_reserves()):
        assert len(found) >= 20
        assert len({area.name for area in found}) == len(found)
        assert all(shape(area).Within(whole) for area in found)
    names = {area.name for area in areas.habitats_directive()}
    assert {"Kalmthoutse heide", "Klein en groot schietveld"} <= names


def test_an_index_skips_holes():
    ring = "(0 0,1 0,1 1,0 1,0 0)"
    hole = "(0.4 0.4,0.6 0.4,0.6 0.6,0.4 0.6,0.4 0.4)"
    doughnut = ogr.CreateGeometryFromWkt(f"MULTIPOLYGON(({ring},{hole}))")
    index = areas.PolygonIndex([("ring", doughnut)])
    assert index.find(0.2, 0.2) == "ring"
    assert index.find(0.5, 0.5) is None
    assert index.find(1.5, 0.5) is None
