"""The algorithms on species lists, run as Processing runs them."""

from __future__ import annotations

import pytest
from qgis.core import QgsFeature, QgsProcessingException, QgsVectorLayer

from biodiv_plugin.processing.load_species_list import LoadSpeciesList
from biodiv_plugin.processing.save_species_list import SaveSpeciesList
from biodiv_plugin.processing.sign_in import SignIn
from biodiv_plugin.processing.species_lists import SpeciesLists
from biodiv_plugin.use_cases.list_backup import ListStore
from tests.qgis.algorithms import Said, run


@pytest.fixture
def signed_in(services, browse_as, tmp_path):
    services.__dict__["list_store"] = ListStore(tmp_path / "lists")
    browse_as("hilde")
    run(SignIn(services), {"TIMEOUT": 30})
    return services


@pytest.fixture
def names(qgis_new_project):
    layer = QgsVectorLayer("NoGeometry?field=soort:string&field=status:string", "x", "memory")
    for row in (("vos", "gezien"), ("Xyzzyus", None), (None, "x")):
        feature = QgsFeature(layer.fields())
        feature.setAttributes(list(row))
        layer.dataProvider().addFeature(feature)
    return layer


def rows(path, *columns):
    layer = QgsVectorLayer(path, "x", "ogr")
    assert layer.isValid()
    return [tuple(feature[column] for column in columns) for feature in layer.getFeatures()]


def test_the_lists_are_a_table(services, tmp_path):
    outputs = run(
        SpeciesLists(services), {"SEARCH": "red list", "OUTPUT": str(tmp_path / "x.gpkg")}
    )
    found = rows(outputs["OUTPUT"], "list", "shelf", "private")
    assert ("dr552", "authoritative", False) in found
    assert len(found) == outputs["COUNT"]
    with pytest.raises(QgsProcessingException, match="Sign in"):
        run(SpeciesLists(services), {"MINE": True, "OUTPUT": str(tmp_path / "y.gpkg")})


def test_ones_own_lists_are_told_apart(signed_in, tmp_path):
    outputs = run(SpeciesLists(signed_in), {"MINE": True, "OUTPUT": str(tmp_path / "x.gpkg")})
    found = rows(outputs["OUTPUT"], "list", "private")
    assert {("dr711", True), ("dr702", False)} <= set(found)
    assert "dr552" not in {druid for druid, _ in found}


def test_a_column_of_names_becomes_a_list_and_is_replaced_and_added_to(signed_in, names, tmp_path):
    said = Said()
    asked = {
        "INPUT": names,
        "NAME_FIELD": "soort",
        "VALUE_FIELDS": ["status"],
        "LIST_NAME": "Uit een model",
        "UNMATCHED": str(tmp_path / "unmatched.gpkg"),
    }
    made = run(SaveSpeciesList(signed_in), asked, said)
    assert (made["MATCHED"], made["OWNED"]) == (1, True)
    assert rows(made["UNMATCHED"], "name") == [("Xyzzyus",)]
    assert "only you see it" in " ".join(said.info)
    table = {"LIST": made["LIST"], "OUTPUT": str(tmp_path / "list.gpkg")}
    loaded = run(LoadSpeciesList(signed_in), table)["OUTPUT"]
    assert ("Vulpes vulpes", "gezien") in rows(loaded, "suppliedName", "status")
    again = {**asked, "LIST": made["LIST"], "UNMATCHED": None}
    assert run(SaveSpeciesList(signed_in), {**again, "MODE": 2})["LIST"] == made["LIST"]
    assert signed_in.species_lists.info(made["LIST"], as_user=True).item_count == 4
    run(SaveSpeciesList(signed_in), {**again, "MODE": 1, "LIST_NAME": "Andere naam"})
    info = signed_in.species_lists.info(made["LIST"], as_user=True)
    assert (info.item_count, info.name) == (2, "Andere naam")
    with pytest.raises(QgsProcessingException, match="of this name already"):
        run(SaveSpeciesList(signed_in), {**asked, "LIST_NAME": "Andere naam"})


def test_somebody_elses_list_is_refused_in_words(signed_in, names):
    asked = {"INPUT": names, "NAME_FIELD": "soort", "MODE": 1, "LIST": "dr552"}
    with pytest.raises(QgsProcessingException, match="does not have the right"):
        run(SaveSpeciesList(signed_in), asked)
    with pytest.raises(QgsProcessingException, match="does not have the right"):
        run(LoadSpeciesList(signed_in), {"LIST": "dr713", "OUTPUT": "TEMPORARY_OUTPUT"})


def test_without_an_account_nothing_is_saved(services, names, control):
    with pytest.raises(QgsProcessingException, match="Sign in"):
        run(SaveSpeciesList(services), {"INPUT": names, "NAME_FIELD": "soort", "LIST_NAME": "x"})
    assert [r for r in control.requests("/species-list") if r["method"] == "POST"] == []


def test_a_failing_portal_is_told(services, control):
    control.fault(kind="status", status=503, path="/species-list")
    with pytest.raises(QgsProcessingException, match="problem at the moment"):
        run(SpeciesLists(services), {"OUTPUT": "TEMPORARY_OUTPUT"})
