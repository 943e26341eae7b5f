"""The species of a question, by counts alone."""

from __future__ import annotations

import pytest
from qgis.core import QgsProcessingException, QgsVectorLayer

from biodiv_plugin.portal.errors import Canceled
from biodiv_plugin.portal.query import OccurrenceQuery, TaxonRef
from biodiv_plugin.processing.species_in_area import SpeciesInArea
from biodiv_plugin.use_cases.species_in_area import species_in_area
from tests.qgis.algorithms import Said, run

FROGS = {"TAXA": "Amphibia"}


def rows(path):
    layer = QgsVectorLayer(path, "species", "ogr")
    assert layer.isValid()
    return [feature.attributeMap() for feature in layer.getFeatures()]


@pytest.fixture
def found(services, tmp_path):
    outputs = run(SpeciesInArea(services), {**FROGS, "OUTPUT": str(tmp_path / "s.gpkg")})
    return outputs, rows(outputs["OUTPUT"])


def test_each_species_comes_once_with_its_names_and_records(found, services):
    outputs, species = found
    assert outputs["SPECIES"] == len(species) > 1
    frog = next(row for row in species if row["scientificName"] == "Hyla arborea")
    assert frog["vernacularName"] == "boomkikker"
    query = OccurrenceQuery(taxa=(TaxonRef(frog["taxonID"]),))
    assert frog["records"] == services.occurrences.count(query)


def test_the_years_are_those_of_the_records(found, services):
    _, species = found
    frog = next(row for row in species if row["scientificName"] == "Hyla arborea")
    query = OccurrenceQuery(taxa=(TaxonRef(frog["taxonID"]),))
    values = services.occurrences.facets(query, ["year"], -1)["year"]
    years = [int(value.value) for value in values if value.value]
    assert (frog["firstYear"], frog["lastYear"]) == (min(years), max(years))


def test_the_authoritative_lists_of_a_species_are_named(found):
    _, species = found
    frog = next(row for row in species if row["scientificName"] == "Hyla arborea")
    assert "red list" in frog["lists"].lower()
    assert ":" in frog["redListCategories"]


def test_a_group_divides_the_records(services, tmp_path, found):
    outputs = run(
        SpeciesInArea(services),
        {**FROGS, "GROUP_BY": "dataResourceUid", "OUTPUT": str(tmp_path / "g.gpkg")},
    )
    grouped = rows(outputs["OUTPUT"])
    assert len({row["group"] for row in grouped}) > 1
    assert sum(row["records"] for row in grouped) == sum(row["records"] for row in found[1])


def test_an_empty_answer_names_its_cause(services, tmp_path):
    said = Said()
    outputs = run(
        SpeciesInArea(services),
        {**FROGS, "DATE_TO": "1850-01-01", "OUTPUT": str(tmp_path / "e.gpkg")},
        said,
    )
    assert outputs["SPECIES"] == 0
    assert said.warnings


def test_a_cancel_stops_between_two_questions(services):
    said = Said()
    said.cancel()
    with pytest.raises(Canceled):
        species_in_area(
            OccurrenceQuery(), services.occurrences, services.species_lists, feedback=said
        )


def test_a_portal_that_fails_is_told(services, control, tmp_path):
    control.fault(kind="status", status=503, path="/species-list/ws/speciesList")
    with pytest.raises(QgsProcessingException, match="problem"):
        run(SpeciesInArea(services), {**FROGS, "OUTPUT": str(tmp_path / "f.gpkg")})
