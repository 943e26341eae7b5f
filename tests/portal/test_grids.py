"""The demo portal's grids, against values published by others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demo.portal.data import grids

FLANDERS = {"lon": st.floats(2.6, 5.9), "lat": st.floats(50.69, 51.5)}

# Centres of squares of 4 and of 1 km, as the Belgian Biodiversity Platform publishes them
# (ifbl4.csv and ifblCodes_lat_long.csv; those of 1 km were rounded there).
IFBL_CENTRES = {
    "A0-11": (2.26194729290138, 51.5964199417825),
    "A0-58": (2.67114566723909, 51.4591153592825),
    "A4-14": (4.28232523155811, 51.6149907572702),
    "A4-58": (4.51283952109311, 51.4711397434015),
    "A9-11": (6.41822892014484, 51.5973951272084),
    "H9-58": (6.74986111445479, 50.1881958675352),
    "J0-11": (2.32545065320349, 50.1587092481139),
    "M7-58": (5.83172682377023, 49.4840747308006),
    "A4-11-11": (4.087378121, 51.62817616),
    "A4-11-12": (4.10181746, 51.62820919),
    "A4-11-13": (4.087432579, 51.61918947),
    "A4-11-21": (4.116256819, 51.62824047),
    "A4-11-34": (4.10197235, 51.60124898),
    "M7-58-44": (5.85199396, 49.47031732),
}


@pytest.mark.parametrize("code", IFBL_CENTRES)
def test_ifbl_squares_lie_where_they_are_published(code):
    lon, lat = grids.ifbl_by_code(code).centre()
    assert (lon, lat) == pytest.approx(IFBL_CENTRES[code], abs=2e-5)  # two metres
    size = 4_000 if len(code) == 5 else 1_000
    assert grids.ifbl_square(*IFBL_CENTRES[code], size).code == code


def test_the_belfry_of_ghent_lies_in_the_square_of_the_florists():
    assert grids.ifbl_square(3.7250, 51.0536, 4_000).code == "D3-22"


@pytest.mark.parametrize(
    ("lon", "lat", "code"),
    [
        (4.3517, 50.8466, "ES9533"),  # the Grand Place in Brussels
        (4.4025, 51.2194, "ES9775"),  # Antwerp's cathedral
        (3.2247, 51.2093, "ES1573"),  # the market of Bruges
        (5.5010, 50.9655, "FS7548"),  # Genk
        (2.9200, 51.2300, "DS9475"),  # Ostend: west of the zone's middle
    ],
)
def test_utm_squares_have_their_mgrs_codes(lon, lat, code):
    assert grids.utm_square(lon, lat, 1_000).code == code
    assert grids.utm_square(lon, lat, 10_000).code == code[:2] + code[2] + code[4]


@given(**FLANDERS, size=st.sampled_from([1_000, 5_000, 10_000]))
def test_utm_codes_and_squares_are_each_others_inverse(lon, lat, size):
    square = grids.utm_square(lon, lat, size)
    assert grids.utm_by_code(square.code) == square
    assert grids.utm_square(*square.centre(), size) == square


@given(**FLANDERS, size=st.sampled_from([1_000, 4_000]))
def test_ifbl_codes_and_squares_are_each_others_inverse(lon, lat, size):
    square = grids.ifbl_square(lon, lat, size)
    assert grids.ifbl_by_code(square.code) == square
    assert grids.ifbl_square(*square.centre(), size) == square


def test_a_quarter_of_a_square_carries_the_letter_of_its_corner():
    whole = grids.utm_by_code("ES56")
    corners = {c: grids.utm_by_code("ES56" + c) for c in "ABCD"}
    assert (corners["A"].west, corners["A"].south) == (whole.west, whole.south + 5_000)
    assert (corners["B"].west, corners["B"].south) == (whole.west, whole.south)
    assert (corners["C"].west, corners["C"].south) == (whole.west + 5_000, whole.south + 5_000)
    assert (corners["D"].west, corners["D"].south) == (whole.west + 5_000, whole.south)


def test_the_uncertainty_is_half_the_diagonal():
    assert grids.utm_by_code("ES5565").uncertainty == 707
    assert grids.utm_by_code("ES56C").uncertainty == 3536
    assert grids.ifbl_by_code("C3-45-12").uncertainty == 707
    assert grids.ifbl_by_code("C3-45").uncertainty == 2828


def test_a_ring_is_closed_and_goes_round_its_centre():
    square = grids.ifbl_by_code("C3-45-12")
    ring = square.ring()
    lon, lat = square.centre()
    assert ring[0] == ring[-1]
    assert min(x for x, _ in ring) < lon < max(x for x, _ in ring)
    assert min(y for _, y in ring) < lat < max(y for _, y in ring)


@pytest.mark.parametrize("code", ["", "ES", "ES5", "ES567", "ES56E", "IS56", "EW56", "ES5656C"])
def test_what_is_no_utm_code_is_refused(code):
    with pytest.raises(ValueError, match="no UTM square"):
        grids.utm_by_code(code)


@pytest.mark.parametrize("code", ["", "C3", "C3-65", "C3-49", "C3-45-15", "I3-45", "CX-45", "C3-4"])
def test_what_is_no_ifbl_code_is_refused(code):
    with pytest.raises(ValueError, match="no IFBL square"):
        grids.ifbl_by_code(code)


def test_the_ifbl_grid_ends():
    with pytest.raises(ValueError, match="outside"):
        grids.ifbl_square(0.0, 51.0, 4_000)
