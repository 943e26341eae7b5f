"""The demo portal's observations: plausible, uneven, awkward, and always the same."""

from __future__ import annotations

import sqlite3

import pytest

from demo.portal import data
from demo.portal.data import areas, grids, index_fields, texts
from tests.portal.occurrence_index import FOLDER, RECORDS


@pytest.fixture(scope="module")
def index():
    data.ensure(FOLDER, RECORDS)
    connection = sqlite3.connect(FOLDER / data.DATABASE)
    connection.row_factory = sqlite3.Row
    yield connection
    connection.close()


def numbers(index, sql):
    return {row[0]: row[1] for row in index.execute(sql)}


def one(index, sql):
    return index.execute(sql).fetchone()[0]


def made(records):
    connection = sqlite3.connect(":memory:")
    data.fill(connection, records)
    rows = connection.execute("SELECT * FROM occurrence ORDER BY number").fetchall()
    connection.close()
    return rows


def test_the_same_data_are_made_each_time():
    assert made(300) == made(300)


def test_data_that_are_there_are_kept_and_others_replaced(tmp_path):
    data.ensure(tmp_path, 100)
    file = tmp_path / data.DATABASE
    before = file.stat().st_mtime_ns
    data.ensure(tmp_path, 100)
    assert file.stat().st_mtime_ns == before
    data.ensure(tmp_path, 150)
    assert file.stat().st_mtime_ns > before


def test_there_are_about_as_many_records_as_asked_for(index):
    assert RECORDS <= one(index, "SELECT count(*) FROM occurrence") <= RECORDS * 1.06


def test_the_species_are_many_and_uneven(index):
    counts = numbers(
        index, "SELECT species, count(*) n FROM occurrence WHERE species > '' GROUP BY 1"
    )
    assert len(counts) >= 150
    ordered = sorted(counts.values())
    assert ordered[-1] > 50 * ordered[0]
    assert counts["Hyla arborea"] > 100
    assert counts["Hipparchia semele"] > 50


def test_the_hornet_is_filed_under_its_species_and_its_subspecies(index):
    names = numbers(index, "SELECT scientificName, count(*) FROM occurrence GROUP BY 1")
    assert names["Vespa velutina"] > names["Vespa velutina nigrithorax"] > 10


def test_the_seasons_differ_between_data_resources(index):
    def months(uid):
        return numbers(
            index,
            f"SELECT month, count(*) FROM occurrence WHERE dataResourceUid = '{uid}' GROUP BY 1",
        )

    assert 6 not in months("dr105")  # water birds are counted in winter
    assert 1 not in months("dr108")  # butterflies in summer


def test_the_years_run_from_1980_to_2026_and_grow(index):
    years = numbers(index, "SELECT year, count(*) FROM occurrence WHERE year > 0 GROUP BY 1")
    assert min(years) == 1980
    assert max(years) == 2026
    assert years[2024] > 3 * years[1984]


def test_each_data_resource_has_a_licence_and_a_provider(index):
    rows = index.execute(
        "SELECT DISTINCT dataResourceUid, license, dataProviderUid, dataResourceName"
        " FROM occurrence"
    ).fetchall()
    assert len(rows) >= 8
    assert all(all(row) for row in rows)
    assert {row["license"].split()[0] for row in rows} == {"CC0", "CC-BY", "CC-BY-NC"}


def test_grid_records_lie_in_the_middle_of_their_square(index):
    rows = index.execute(
        "SELECT DISTINCT gridReference, verbatimCoordinateSystem, decimalLongitude,"
        " decimalLatitude, coordinateUncertaintyInMeters FROM occurrence"
        " WHERE gridReference IS NOT NULL"
    ).fetchall()
    systems = {row["verbatimCoordinateSystem"] for row in rows}
    assert systems == {"UTM 1km", "UTM 5km", "IFBL 1km", "IFBL 4km"}
    for row in rows:
        utm = row["verbatimCoordinateSystem"].startswith("UTM")
        read = grids.utm_by_code if utm else grids.ifbl_by_code
        square = read(row["gridReference"])
        centre = (row["decimalLongitude"], row["decimalLatitude"])
        assert centre == pytest.approx(square.centre(), abs=1e-6)
        assert row["coordinateUncertaintyInMeters"] == square.uncertainty


def test_points_are_as_precise_as_people_are(index):
    found = numbers(
        index,
        "SELECT coordinateUncertaintyInMeters, count(*) FROM occurrence"
        " WHERE gridReference IS NULL AND spatiallyValid GROUP BY 1",
    )
    fine = sum(n for metres, n in found.items() if metres and 5 <= metres <= 100)
    assert fine > 0.9 * sum(found.values())
    assert found[None] > 0


def test_what_lies_at_a_record_is_what_the_areas_say(index):
    rows = index.execute(
        "SELECT * FROM occurrence WHERE spatiallyValid AND number % 7 = 0"
    ).fetchall()
    assert len(rows) > 1000
    for row in rows:
        place = areas.locate(row["decimalLongitude"], row["decimalLatitude"])
        assert row["cl100"] == row["municipality"] == place.municipality
        assert row["cl101"] == place.province
        assert row["cl102"] == place.region
        assert row["cl10093"] == place.habitats_directive
        assert row["cl10007"] == place.birds_directive


def test_some_records_are_elsewhere_nowhere_or_impossible(index):
    def share(where):
        return one(index, f"SELECT avg(CASE WHEN {where} THEN 1.0 ELSE 0 END) FROM occurrence")

    assert 0.01 < share("decimalLatitude IS NULL AND _nest_parent_ IS NULL") < 0.025
    assert 0.003 < share("NOT spatiallyValid") < 0.012
    assert 0.02 < share("spatiallyValid AND cl102 IS NULL") < 0.06
    assert 0.005 < share("occurrenceStatus = 'ABSENT'") < 0.05
    assert share("eventDate IS NULL AND _nest_parent_ IS NULL") > 0
    assert share("municipality IS NULL AND country = 'Netherlands'") > 0


def test_names_were_supplied_as_synonyms_genera_and_nonsense(index):
    kinds = numbers(index, "SELECT matchType, count(*) FROM occurrence GROUP BY 1")
    assert set(kinds) == {None, "exactMatch", "higherMatch", "noMatch"}
    synonyms = one(
        index,
        "SELECT count(*) FROM occurrence o JOIN taxon t ON t.scientificName = o.raw_scientificName"
        " WHERE t.acceptedKey > '' AND o.taxonConceptID = t.acceptedKey",
    )
    assert synonyms > 50


def test_every_nasty_text_is_there(index):
    remarks = {row[0] for row in index.execute("SELECT occurrenceRemarks FROM occurrence")}
    assert remarks.issuperset(texts.NASTY)


def test_a_sensitive_observation_has_a_blurred_and_a_precise_record(index):
    pairs = index.execute(
        "SELECT b.id AS blurred, p.id AS precise, b.gridReference, p.occurrenceID,"
        " p.decimalLongitude, p.decimalLatitude, b.dataGeneralizations"
        " FROM occurrence b JOIN occurrence p ON p.catalogNumber = b.catalogNumber"
        " WHERE b.dynamicProperties_rbac = 0 AND p.dynamicProperties_rbac = 1"
    ).fetchall()
    assert len(pairs) > 0.015 * RECORDS
    for pair in pairs:
        assert pair["blurred"] != pair["precise"]
        assert "SEN" in pair["occurrenceID"]
        square = grids.utm_square(pair["decimalLongitude"], pair["decimalLatitude"], 5_000)
        assert pair["gridReference"] == square.code
        assert pair["dataGeneralizations"]


def test_the_next_build_of_the_index_adds_changes_and_removes(index):
    waves = {
        row[0]: set(row[1].split())
        for row in index.execute("SELECT wave, group_concat(id, ' ') FROM occurrence GROUP BY 1")
    }
    assert waves[2] - waves[1]
    assert waves[1] - waves[2]
    assert waves[1] & waves[2]


def test_records_came_in_over_the_years_and_lately(index):
    days = one(index, "SELECT (max(firstLoadedDate) - min(firstLoadedDate)) / 86400000 FROM record")
    assert days > 1000
    assert one(
        index,
        "SELECT count(*) FROM record WHERE firstLoadedDate > strftime('%s', '2026-11-06') * 1000",
    )


def test_several_values_stand_in_one_field(index):
    for field in ("recordedBy", "assertions", "speciesGroup", "speciesListUid"):
        assert index_fields.index_fields()[field].multivalue
        assert one(index, f'SELECT count(*) FROM occurrence WHERE "{field}" LIKE "%|%"')


def test_the_area_of_a_taxon_holds_all_taxa_below_it(index):
    below = {
        row[0]
        for row in index.execute(
            "SELECT t.scientificName FROM taxon t, taxon a WHERE a.scientificName = 'Amphibia'"
            " AND t.lft BETWEEN a.lft AND a.rgt AND t.rank = 'species'"
        )
    }
    assert {"Hyla arborea", "Rana temporaria", "Triturus cristatus"} <= below
    assert "Vulpes vulpes" not in below
