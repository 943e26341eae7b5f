"""The public interface, run on the demo portal."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from qgis.core import (
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsVectorLayer,
)

from biodiv_plugin.layers.manifest import read_manifest
from biodiv_plugin.processing.count_observations import CountObservations
from biodiv_plugin.processing.download_observations import DownloadObservations
from biodiv_plugin.processing.load_species_list import LoadSpeciesList
from biodiv_plugin.processing.portal_layers import PortalLayers
from biodiv_plugin.processing.provider import PortalProvider
from biodiv_plugin.processing.sign_in import SignIn
from biodiv_plugin.processing.sign_out import SignOut
from tests.qgis.algorithms import Said, run

ROOT = Path(__file__).parents[2]


def rows(path: str) -> list[dict]:
    layer = QgsVectorLayer(path, "table", "ogr")
    assert layer.isValid()
    return [feature.attributeMap() for feature in layer.getFeatures()]


def test_the_algorithms_are_those_of_the_guide(services):
    provider = PortalProvider(services)
    provider.loadAlgorithms()
    ids = {algorithm.id() for algorithm in provider.algorithms()}
    guide = (ROOT / "docs" / "nl" / "processing.md").read_text(encoding="utf-8")
    table = "".join(line for line in guide.splitlines() if line.startswith("|"))
    assert ids == set(re.findall(r"biodiv:[a-z]+", table))
    assert all(algorithm.shortHelpString() for algorithm in provider.algorithms())


def test_a_count_by_dutch_and_by_scientific_name_is_the_same(services):
    by_dutch = run(CountObservations(services), {"TAXA": "boomkikker"})["COUNT"]
    by_latin = run(CountObservations(services), {"TAXA": "Hyla arborea"})["COUNT"]
    assert by_dutch == by_latin > 0


def test_an_area_narrows_the_count(services, square):
    everywhere = run(CountObservations(services), {"FLANDERS_ONLY": False})["COUNT"]
    inside = run(CountObservations(services), {"AREA": square, "FLANDERS_ONLY": False})["COUNT"]
    assert 0 < inside < everywhere


def test_counts_per_value_add_up(services, tmp_path):
    outputs = run(
        CountObservations(services),
        {"TAXA": "Hyla arborea", "FACETS": "year", "OUTPUT": str(tmp_path / "c.gpkg")},
    )
    assert sum(row["count"] for row in rows(outputs["OUTPUT"])) == outputs["COUNT"]


def test_what_the_profile_leaves_out_is_told(services):
    said = Said()
    with_profile = run(CountObservations(services), {}, said)["COUNT"]
    without = run(CountObservations(services), {"QUALITY_PROFILE": ""})["COUNT"]
    assert f"{without - with_profile}" in " ".join(said.info)


def test_an_unknown_name_is_an_error_that_names_it(services):
    with pytest.raises(QgsProcessingException, match="boomkikkkker"):
        run(CountObservations(services), {"TAXA": "boomkikkkker"})


@pytest.mark.parametrize(
    ("status", "words"), [(503, "problem at the moment"), (405, "slow down"), (500, "problem")]
)
def test_a_failing_portal_is_told_in_words(services, control, status, words):
    control.fault(kind="status", status=status, path="/biocache-service/occurrences/search")
    with pytest.raises(QgsProcessingException, match=words):
        run(CountObservations(services), {})


def test_a_canceled_count_gives_no_output(services):
    said = Said()
    QgsProcessingFeedback.cancel(said)
    assert run(CountObservations(services), {}, said) == {}


def test_the_catalogue_is_a_table(services, tmp_path):
    path = str(tmp_path / "layers.gpkg")
    outputs = run(PortalLayers(services), {"SEARCH": "habitat", "OUTPUT": path})
    found = rows(outputs["OUTPUT"])
    assert len(found) == outputs["COUNT"] > 0
    assert "cl10093" in {row["field"] for row in found}


def test_a_list_has_a_column_for_each_key(services, tmp_path):
    outputs = run(
        LoadSpeciesList(services), {"LIST": "dr606", "OUTPUT": str(tmp_path / "list.gpkg")}
    )
    first = rows(outputs["OUTPUT"])[0]
    assert {"suppliedName", "scientificName", "vernacularName", "taxonID", "RLC"} <= set(first)


def test_an_unknown_list_is_told(services, tmp_path):
    with pytest.raises(QgsProcessingException, match="does not know"):
        run(LoadSpeciesList(services), {"LIST": "dr99999", "OUTPUT": str(tmp_path / "x.gpkg")})


def test_signing_in_shows_ones_own_lists_and_signing_out_ends_that(services, browse_as, tmp_path):
    browse_as("hilde")
    outputs = run(SignIn(services), {"TIMEOUT": 30})
    assert outputs["STORED"] in ("keyring", "session")
    assert "DATA_HIGHRES" in outputs["ROLES"]
    client, account = services.species_lists, services.session.account
    public = {info.druid for info in client.all()}
    private = next(info for info in client.mine(account.user_id) if info.druid not in public)
    target = str(tmp_path / "private.gpkg")
    assert run(LoadSpeciesList(services), {"LIST": private.druid, "OUTPUT": target})["MATCHED"]
    assert run(SignOut(services), {})["REVOKED"] is True
    with pytest.raises(QgsProcessingException, match="Sign in"):
        run(LoadSpeciesList(services), {"LIST": private.druid, "OUTPUT": str(tmp_path / "b.gpkg")})


def test_a_browser_that_never_returns_is_told(services, monkeypatch):
    services.__dict__["browser"] = lambda url: True
    with pytest.raises(QgsProcessingException, match="Nothing came back"):
        run(SignIn(services), {"TIMEOUT": 1})


def test_a_download_is_a_layer_with_its_manifest(services, browse_as, tmp_path):
    browse_as("hilde")
    run(SignIn(services), {"TIMEOUT": 30})
    target = tmp_path / "boomkikker.gpkg"
    outputs = run(DownloadObservations(services), {"TAXA": "boomkikker", "OUTPUT": str(target)})
    layer = QgsVectorLayer(f"{outputs['OUTPUT']}|layername=occurrences", "points", "ogr")
    assert layer.featureCount() == outputs["RECORDS"] > 0
    assert layer.crs().authid() == "EPSG:31370"
    manifest = read_manifest(target)
    assert manifest.received == outputs["RECORDS"] == manifest.announced
    assert "boomkikker" in manifest.words["nl"]
    assert sum(source.records for source in manifest.sources) == manifest.received
    assert outputs["CITATION"]
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "boomkikker.gpkg",
        "boomkikker.manifest.json",
    ]


def test_a_download_without_a_sign_in_asks_for_one(services, tmp_path):
    with pytest.raises(QgsProcessingException, match="Sign in"):
        run(DownloadObservations(services), {"OUTPUT": str(tmp_path / "x.gpkg")})
    assert not list(tmp_path.iterdir())
