"""An archive that was downloaded by hand."""

from __future__ import annotations

import threading

import pytest
from qgis.core import QgsProcessingException, QgsVectorLayer

from biodiv_plugin.layers.manifest import read_manifest
from biodiv_plugin.portal.downloads import DownloadOptions, JobState
from biodiv_plugin.portal.query import OccurrenceQuery
from biodiv_plugin.processing.import_archive import ImportArchive
from biodiv_plugin.processing.sign_in import SignIn
from tests.qgis.algorithms import Said, run


@pytest.fixture
def archive(services, browse_as, tmp_path):
    """A zip as the portal's download page gives it."""
    browse_as("hilde")
    run(SignIn(services), {"TIMEOUT": 30})
    options = DownloadOptions(email=services.session.account.email, reason_id=10)
    job = services.downloads.start(OccurrenceQuery(), options)
    for _ in range(200):
        if job.state is JobState.FINISHED:
            break
        threading.Event().wait(0.1)
        job = services.downloads.status(job.id)
    path = tmp_path / "by hand.zip"
    services.downloads.fetch(job, path)
    return path


def test_it_becomes_a_layer_that_can_be_cited(services, archive, tmp_path):
    target = tmp_path / "imported.gpkg"
    outputs = run(ImportArchive(services), {"INPUT": str(archive), "OUTPUT": str(target)})
    layer = QgsVectorLayer(f"{target}|layername=occurrences", "points", "ogr")
    assert layer.featureCount() == outputs["RECORDS"] > 0
    assert layer.crs().authid() == "EPSG:31370"
    assert "Vlaams Biodiversiteitsportaal" in outputs["CITATION"]
    manifest = read_manifest(target)
    assert manifest.query == {}
    assert "by hand.zip" in manifest.words["en"]
    assert sum(source.records for source in manifest.sources) == outputs["RECORDS"]


def test_without_a_network_only_the_citations_are_missing(services, archive, control, tmp_path):
    control.fault(kind="status", status=503, path="/collectory/")
    said = Said()
    target = tmp_path / "imported.gpkg"
    outputs = run(ImportArchive(services), {"INPUT": str(archive), "OUTPUT": str(target)}, said)
    assert outputs["RECORDS"] > 0
    assert any("cite" in warning for warning in said.warnings)


@pytest.mark.parametrize("spoil", ["truncated", "page", "missing"])
def test_a_spoiled_file_is_refused_in_words(services, archive, tmp_path, spoil):
    if spoil == "truncated":
        archive.write_bytes(archive.read_bytes()[:-200])
    elif spoil == "page":
        archive.write_text("<html>Not found</html>")
    else:
        archive.unlink()
    target = tmp_path / "imported.gpkg"
    with pytest.raises(QgsProcessingException, match=r"damaged|written|read"):
        run(ImportArchive(services), {"INPUT": str(archive), "OUTPUT": str(target)})
    assert not target.exists()
