"""From an archive to a GeoPackage: every cell, every point, every column."""

from __future__ import annotations

import csv
import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from osgeo import gdal
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsGeometry,
    QgsPointXY,
    QgsVectorLayer,
)

from benchmarks.archives import HEADERS, headings, records, write_archive
from biodiv_plugin.layers import bulk_load, spatial_index
from biodiv_plugin.portal.darwin_core import header_terms
from tests.qgis.imports import DEGREES, LAMBERT, Watch, load, table

NUMBERS = {"individualCount", "year", "month", "day"}


def by_reader(archive):
    """Return the records as Python's csv module reads them."""
    with zipfile.ZipFile(archive) as zipped:
        parts = [n for n in zipped.namelist() if n.endswith(".csv") and "headings" not in n]
        rows = []
        for part in parts:
            text = io.TextIOWrapper(zipped.open(part), "utf-8", newline="")
            rows += list(csv.reader(text))[1:]
    return rows


def as_stored(kind, cell):
    if cell == "":
        return None
    if kind == "integer":
        return int(cell)
    if kind == "real":
        return float(cell)
    if kind == "boolean":
        return int(cell == "true")
    if kind == "datetime":
        return cell.replace("Z", ".000Z")
    return cell


def expected_rows(archive, headers):
    kinds = [
        "integer" if term.name in NUMBERS else "real" if "evationIn" in term.name else term.kind
        for term in header_terms(headers)
    ]
    return {
        row[0]: tuple(as_stored(kind, cell) for kind, cell in zip(kinds, row))
        for row in by_reader(archive)
    }


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    return write_archive(tmp_path_factory.mktemp("archive") / "a.zip", records(6000))


@pytest.fixture(scope="module")
def imported(archive, tmp_path_factory):
    target = tmp_path_factory.mktemp("imported") / "waarnemingen.gpkg"
    return load(archive, target, expected=6000)


def test_every_cell_is_what_the_csv_module_reads(archive, imported):
    wanted = expected_rows(archive, HEADERS)
    stored = {row[2]: row[2:] for row in table(imported.path)}
    assert len(stored) == imported.records == 6000
    assert stored == wanted


def test_columns_keep_their_names_and_have_types(imported):
    columns = {row[1]: row[2] for row in table(imported.path, "PRAGMA table_info(occurrences)")}
    assert list(columns)[2:] == list(HEADERS)
    assert columns["eventDate"] == "DATETIME"
    assert columns["decimalLatitude"] == "REAL"
    assert columns["coordinateUncertaintyInMeters"] == "REAL"
    assert columns["COORDINATE_ROUNDED"] == "BOOLEAN"
    assert columns["year"] == "INTEGER"
    assert columns["recordedBy"] == "TEXT"


def test_points_are_at_the_exact_degrees_and_others_have_none(imported):
    layer = QgsVectorLayer(f"{imported.path}|layername=occurrences", "x", "ogr")
    located = 0
    for feature in layer.getFeatures():
        if feature["decimalLatitude"] in (None, "") or feature.geometry().isNull():
            assert feature.geometry().isNull()
            continue
        located += 1
        point = feature.geometry().asPoint()
        assert (point.x(), point.y()) == (feature["decimalLongitude"], feature["decimalLatitude"])
    assert located == imported.located < 6000


def test_the_index_is_complete_and_sound(imported):
    name = "rtree_occurrences_geom"
    assert table(imported.path, f"SELECT rtreecheck('{name}')") == [("ok",)]
    assert table(imported.path, f"SELECT count(*) FROM {name}") == [(imported.located,)]
    layer = QgsVectorLayer(f"{imported.path}|layername=occurrences", "x", "ogr")
    assert layer.hasSpatialIndex() == layer.hasSpatialIndex().__class__.SpatialIndexPresent
    box = QgsGeometry.fromWkt("POLYGON((4 51,4.5 51,4.5 51.2,4 51.2,4 51))").boundingBox()
    inside = sum(1 for _ in layer.getFeatures(box))
    by_hand = sum(
        1
        for x, y in table(
            imported.path, "SELECT decimalLongitude, decimalLatitude FROM occurrences"
        )
        if x is not None and 4 <= x <= 4.5 and 51 <= y <= 51.2
    )
    assert inside == by_hand > 0


def test_an_edit_keeps_the_index_up_to_date(archive, tmp_path):
    path = load(archive, tmp_path / "x.gpkg").path
    layer = QgsVectorLayer(f"{path}|layername=occurrences", "x", "ogr")
    feature = next(layer.getFeatures())
    assert layer.startEditing()
    layer.changeGeometry(feature.id(), QgsGeometry.fromPointXY(QgsPointXY(3.0, 50.0)))
    assert layer.commitChanges()
    del layer, feature
    assert table(path, "SELECT count(*) FROM rtree_occurrences_geom WHERE miny < 50.5") == [(1,)]
    assert table(path, "SELECT rtreecheck('rtree_occurrences_geom')") == [("ok",)]


def test_the_layer_knows_its_extent_and_number_without_counting(imported):
    layer = QgsVectorLayer(f"{imported.path}|layername=occurrences", "x", "ogr")
    assert layer.featureCount() == 6000
    assert layer.extent().buffered(1e-9).contains(imported.extent)
    points = table(
        imported.path,
        "SELECT min(decimalLongitude), max(decimalLatitude) FROM occurrences",
    )
    edges = (imported.extent.xMinimum(), imported.extent.yMaximum())
    assert edges == pytest.approx(points[0], abs=1e-9)  # GDAL writes fifteen digits


def test_gdal_finds_nothing_to_complain_of(imported):
    told = []
    gdal.PushErrorHandler(lambda *complaint: told.append(complaint))
    try:
        dataset = gdal.OpenEx(str(imported.path), gdal.OF_VECTOR)
        layer = dataset.GetLayerByName("occurrences")
        assert layer.GetFeatureCount() == sum(1 for _ in layer) == 6000
    finally:
        gdal.PopErrorHandler()
    assert told == []
    assert table(imported.path, "PRAGMA integrity_check") == [("ok",)]
    assert table(imported.path, "PRAGMA journal_mode") == [("delete",)]


@pytest.mark.parametrize("crs", [LAMBERT, "EPSG:3812", "EPSG:3035", "EPSG:3857"])
def test_points_in_another_crs_are_where_qgis_puts_them(archive, tmp_path, crs):
    done = load(archive, tmp_path / "x.gpkg", crs)
    layer = QgsVectorLayer(f"{done.path}|layername=occurrences", "x", "ogr")
    assert layer.crs().authid() == crs
    by_qgis = QgsCoordinateTransform(
        QgsCoordinateReferenceSystem(DEGREES), layer.crs(), QgsCoordinateTransformContext()
    )
    checked = 0
    for feature in layer.getFeatures():
        if feature.hasGeometry():
            checked += 1
            wanted = by_qgis.transform(
                QgsPointXY(feature["decimalLongitude"], feature["decimalLatitude"])
            )
            assert feature.geometry().asPoint().distance(wanted) < 1e-4
    assert checked == done.located
    assert done.extent.buffered(1e-6).contains(layer.extent())
    assert table(done.path, "SELECT rtreecheck('rtree_occurrences_geom')") == [("ok",)]


def test_the_same_archive_gives_the_same_table(archive, imported, tmp_path):
    again = load(archive, tmp_path / "x.gpkg")
    assert table(again.path) == table(imported.path)


def test_parts_become_one_table(tmp_path):
    archive = write_archive(tmp_path / "a.zip", records(900), rows_a_part=400)
    done = load(archive, tmp_path / "x.gpkg", expected=900)
    assert done.records == 900
    assert {row[2]: row[2:] for row in table(done.path)} == expected_rows(archive, HEADERS)


def test_an_archive_of_no_records_gives_an_empty_layer(tmp_path):
    done = load(write_archive(tmp_path / "a.zip", []), tmp_path / "x.gpkg", LAMBERT, expected=0)
    assert (done.records, done.located, done.extent, done.squares) == (0, 0, None, 0)
    layer = QgsVectorLayer(f"{done.path}|layername=occurrences", "x", "ogr")
    assert layer.isValid()
    assert layer.featureCount() == 0


def test_a_table_without_coordinates_says_so(tmp_path):
    archive = write_archive(tmp_path / "a.zip", [["a", "1999"]], ["recordID", "year"])
    done = load(archive, tmp_path / "x.gpkg")
    assert (done.records, done.located) == (1, 0)
    assert any("no coordinates" in warning for warning in done.warnings)


def test_missing_records_and_missing_coordinates_are_told(archive, tmp_path):
    done = load(archive, tmp_path / "x.gpkg", expected=6001)
    text = " ".join(done.warnings)
    assert "6001" in text and "6000" in text
    assert f"{6000 - done.located} observations have no coordinates" in text


def test_names_that_a_geopackage_needs_itself_are_changed(tmp_path):
    headers = ["recordID", "fid", "GEOM", "WKT", "order", 'a"b', "select"]
    archive = write_archive(tmp_path / "a.zip", [list("abcdefg")], headers)
    done = load(archive, tmp_path / "x.gpkg")
    names = [row[1] for row in table(done.path, "PRAGMA table_info(occurrences)")]
    assert names[2:] == ["recordID", "fid_", "GEOM_", "WKT", "order", 'a"b', "select"]
    assert table(done.path)[0][2:] == tuple("abcdefg")


@pytest.mark.parametrize(
    ("column", "cells", "stored"),
    [
        ("year", ["1999", "onbekend", ""], ["1999", "onbekend", None]),
        ("year", ["1999", "5.5", "7"], [1999.0, 5.5, 7.0]),
        ("year", ["99999999999999999999", "1", "2"], [1e20, 1.0, 2.0]),
        ("individualCount", ["3", "10-20", "1"], ["3", "10-20", "1"]),
        ("coordinateUncertaintyInMeters", ["5.0", "ca. 50", "7"], ["5.0", "ca. 50", "7"]),
        ("eventDate", ["2020-05-03T00:00:00Z", "mei 2020", ""], None),
        ("eventDate", ["2020-05-03T00:00:00Z", "2020-05", "2020-05-01/2020-05-03"], None),
        ("spatiallyValid", ["true", "misschien", "false"], ["true", "misschien", "false"]),
    ],
)
def test_a_value_of_another_kind_is_never_lost(tmp_path, column, cells, stored):
    rows = [[str(n), cell, "51", "4"] for n, cell in enumerate(cells)]
    headers = ["recordID", column, "decimalLatitude", "decimalLongitude"]
    done = load(write_archive(tmp_path / "a.zip", rows, headers), tmp_path / "x.gpkg")
    wanted = stored or [cell or None for cell in cells]
    assert [row[3] for row in table(done.path)] == wanted
    assert any(column in warning for warning in done.warnings)


def test_positions_that_cannot_be_transformed_keep_their_record(tmp_path):
    headers = ["recordID", "decimalLatitude", "decimalLongitude"]
    rows = [["a", "51", "4"], ["b", "95", "500"], ["c", "50.9", "4.1"]]
    done = load(write_archive(tmp_path / "a.zip", rows, headers), tmp_path / "x.gpkg", LAMBERT)
    assert (done.records, done.located) == (3, 2)
    assert [row[2:] for row in table(done.path)] == [
        ("a", 51.0, 4.0),
        ("b", 95.0, 500.0),
        ("c", 50.9, 4.1),
    ]
    assert any("outside the coordinate system" in warning for warning in done.warnings)


NASTY = st.text(
    st.sampled_from("ab\",\n\r\t\\;|'é漢\U0001f98b\ue000\ue00d \u2028"), max_size=12
).filter(lambda text: text.strip("\0") == text)
COORDINATE = st.one_of(st.just(""), st.floats(-80, 80, allow_nan=False).map(repr))


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    rows=st.lists(
        st.tuples(NASTY, NASTY, COORDINATE, COORDINATE, st.integers(-(2**63), 2**63 - 1), NASTY),
        max_size=25,
    ),
    block=st.sampled_from([16, 90, 10**6]),
)
def test_nasty_text_arrives_as_it_is(tmp_path_factory, monkeypatch, rows, block):
    monkeypatch.setattr(bulk_load, "_BLOCK", block)
    folder = tmp_path_factory.mktemp("nasty")
    headers = [
        "recordID",
        "locality",
        "decimalLatitude",
        "decimalLongitude",
        "year",
        "occurrenceRemarks",
    ]
    cells = [
        [f"{n}{row[0]}", row[1], row[2], row[3], str(row[4]), row[5]] for n, row in enumerate(rows)
    ]
    archive = write_archive(folder / "a.zip", cells, headers)
    done = load(archive, folder / "x.gpkg")
    assert {row[2]: row[2:] for row in table(done.path)} == expected_rows(archive, headers)
    assert done.records == len(rows)


@pytest.mark.parametrize("size", [1, 50, 51, 52, 2500, 2601, 2602, 6000])
def test_trees_of_every_height(tmp_path, size):
    rows = [[str(n), str(50 + n % 97 / 97), str(3 + n % 89 / 89)] for n in range(size)]
    headers = ["recordID", "decimalLatitude", "decimalLongitude"]
    done = load(write_archive(tmp_path / "a.zip", rows, headers), tmp_path / "x.gpkg")
    assert table(done.path, "SELECT rtreecheck('rtree_occurrences_geom')") == [("ok",)]
    query = "SELECT count(*) FROM rtree_occurrences_geom WHERE minx <= 3.5 AND maxx >= 3.5"
    exact = sum(abs(3 + n % 89 / 89 - 3.5) < 1e-9 for n in range(size))
    assert exact <= table(done.path, query)[0][0] <= exact + size // 89 + 1


def test_the_index_is_the_same_without_numpy(archive, imported, tmp_path, monkeypatch):
    monkeypatch.setattr(spatial_index, "_can_pack", lambda: False)
    other = load(archive, tmp_path / "x.gpkg")
    ids = "SELECT id FROM rtree_occurrences_geom WHERE minx < 4 AND maxx > 3.9 ORDER BY id"
    assert table(other.path, ids) == table(imported.path, ids)
    triggers = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
    assert table(other.path, triggers) == table(imported.path, triggers)
    extensions = "SELECT * FROM gpkg_extensions ORDER BY 1, 2, 3"
    assert table(other.path, extensions) == table(imported.path, extensions)


def test_progress_grows_in_small_steps(archive, tmp_path, monkeypatch):
    monkeypatch.setattr(bulk_load, "_BLOCK", 20_000)
    watch = Watch()
    load(archive, tmp_path / "x.gpkg", feedback=watch)
    assert watch.progress == sorted(watch.progress)
    assert watch.progress[-1] == 100
    steps = [b - a for a, b in zip(watch.progress, watch.progress[1:])]
    assert max(steps) < 15


def test_exact_twins_of_sensitive_records_are_counted(tmp_path):
    identifiers = ["INBO:1", "INBO:SEN:2", "SEN-3", "ABSENT:4", "PRESENT:5", "ABSENT:SEN:6", ""]
    rows = [[str(n), identifier] for n, identifier in enumerate(identifiers)]
    archive = write_archive(tmp_path / "a.zip", rows, ["recordID", "occurrenceID"])
    assert load(archive, tmp_path / "x.gpkg").with_high_resolution == 3


def test_headings_are_written_as_the_portal_does():
    rows = list(csv.reader(io.StringIO(headings(["year"]))))
    assert rows[1][:3] == ["year", "year", "year"]
