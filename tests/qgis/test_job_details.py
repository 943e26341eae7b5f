"""What a download was: folded open in its row, and as a text for the helpdesk."""

from __future__ import annotations

from pathlib import Path

import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransformContext
from qgis.PyQt.QtGui import QGuiApplication
from qgis.PyQt.QtWidgets import QPushButton

from biodiv_plugin.gui.downloads.form import DownloadChoice
from biodiv_plugin.gui.downloads.job_book import JobBook, JobState
from biodiv_plugin.gui.downloads.job_details import _linked
from biodiv_plugin.gui.downloads.job_row import JobRow
from biodiv_plugin.gui.downloads.section import DownloadSection
from biodiv_plugin.layers.manifest import HIGH_RESOLUTION, NONE, Manifest, Source
from biodiv_plugin.portal.errors import DownloadFailed, PortalFault
from biodiv_plugin.portal.query import OccurrenceQuery, TaxonRef
from biodiv_plugin.processing.sign_in import SignIn
from biodiv_plugin.use_cases.tell_download import (
    DownloadFacts,
    tell_download,
    tell_helpdesk,
)
from tests.qgis.algorithms import run

CONTEXT = QgsCoordinateTransformContext()
PRIVATE = OccurrenceQuery(
    taxa=(TaxonRef("2427091", "Hyla arborea"),),
    species_list="drt7",
    list_name="Geheime lijst",
    list_taxa=("1",),
)


def facts(**members) -> DownloadFacts:
    known = {
        "query": OccurrenceQuery(),
        "created": "2026-05-03T10:00:00+00:00",
        "target": Path("/home/hilde/kikkers.gpkg"),
        "portal": "https://portal.test",
        "job_id": "job-1",
        "announced": 12,
    }
    return DownloadFacts(**{**known, **members})


def manifest(**members) -> Manifest:
    known = {
        "created": "2026-05-03T10:00:00+00:00",
        "plugin": "0.1.0",
        "qgis": "3.40",
        "environment": "demo",
        "portal": "https://portal.test",
        "words": {},
        "query": {},
        "request": {"parameters": {"email": "nobody"}},
        "job": "job-1",
        "announced": 12,
        "received": 12,
        "sources": tuple(
            Source(f"dr{n}", f"Dataset {n}", "CC0" if n else "", "", n) for n in range(7)
        ),
        "quality_profile": "VBP_algemeen",
        "removed_by_profile": 1234,
        "crs": "EPSG:31370",
        "transformation": "NTv2",
        "sensitivity": NONE,
        "citation": "Kikkers. https://doi.org/10.1/abc. <b>",
        "archive_sha256": "0123456789abcdef",
        "records_sha256": "",
    }
    return Manifest(**{**known, **members})


def test_a_download_is_told_by_its_manifest():
    told = dict(tell_download(facts(manifest=manifest(), warnings=("Let op.",))))
    assert told["Asked"].startswith("12 observations")
    assert told["Records"] == "12 received, 12 announced"
    assert told["Left out by the quality profile"] == "1,234"
    assert told["Coordinate system"] == "EPSG:31370 · NTv2"
    assert "0123456789ab…" in told["Checks"] and "as many records" in told["Checks"]
    assert told["Datasets"].endswith("and 2 more") and "Dataset 1 (1, CC0)" in told["Datasets"]
    assert "Dataset 0 (0)" in told["Datasets"]
    assert told["Remarks"] == "Let op." and "doi.org" in told["Citation"]
    assert told["Number at the portal"] == "job-1" and "2026" not in told["Number at the portal"]
    assert "Holds" not in told and "Fault" not in told


@pytest.mark.parametrize(
    ("members", "told"),
    [
        ({"announced": 0}, "announced no number"),
        ({"announced": 20}, "8 records differ"),
    ],
)
def test_what_does_not_agree_is_told(members, told):
    assert told in dict(tell_download(facts(manifest=manifest(**members))))["Checks"]


def test_exact_places_are_told():
    told = dict(tell_download(facts(manifest=manifest(sensitivity=HIGH_RESOLUTION))))
    assert "do not publish" in told["Holds"]


def test_a_failure_tells_its_fault_and_what_was_announced():
    failed = facts(error=DownloadFailed("x", reason="stuck"), fault="Het duurt te lang.")
    told = dict(tell_download(failed))
    assert told["Fault"] == "Het duurt te lang." and told["Records"] == "12 announced"
    assert "Citation" not in told
    assert "Records" not in dict(tell_download(facts(announced=0)))


def test_the_helpdesk_gets_nothing_that_is_private():
    text = tell_helpdesk(
        facts(
            query=PRIVATE,
            private_list=True,
            manifest=manifest(),
            error=PortalFault("hilde@inbo.example token=SENTINEL", status=503),
            fault="hilde@inbo.example",
        )
    )
    assert "Hyla arborea" in text and "drt7" in text
    for secret in ("Geheime lijst", "hilde", "SENTINEL", "nobody", "/home"):
        assert secret not in text
    assert "PortalFault 503" in text and "kikkers.gpkg (not there)" in text
    assert "job-1" in text and "QGIS: 3." in text


def test_the_helpdesk_is_told_the_reason_of_a_failure():
    text = tell_helpdesk(facts(error=DownloadFailed("secret words", reason="stuck")))
    assert "DownloadFailed stuck" in text and "secret words" not in text


def test_a_doi_can_be_followed_and_other_signs_are_shown():
    html = _linked("Zie https://doi.org/10.1/a-b. <b>\nen verder")
    assert '<a href="https://doi.org/10.1/a-b">' in html
    assert "&lt;b&gt;<br>en verder" in html


@pytest.fixture
def section(services, host, qtbot, tmp_path, browse_as):
    browse_as("hilde")
    run(SignIn(services), {"TIMEOUT": 30})
    jobs = JobBook(services, tmp_path / "profile")
    section = DownloadSection(services, host, jobs)
    section.book = jobs
    jobs.setParent(section)
    qtbot.addWidget(section)
    section.resize(360, 600)
    section.show()
    return section


def press(section, label: str) -> None:
    (button,) = [b for b in section.findChildren(QPushButton) if b.text() == label]
    button.click()


def test_the_details_open_in_the_row_and_follow_the_job(section, control, qtbot, tmp_path):
    control.fault("biocache.slow_job", queue=1, run=1)
    choice = DownloadChoice(10, tmp_path / "alles.gpkg", QgsCoordinateReferenceSystem("EPSG:31370"))
    job = section.book.start(OccurrenceQuery(), choice, CONTEXT)
    (row,) = section.findChildren(JobRow)
    assert row.details.isHidden()
    press(section, "Details")
    qtbot.waitUntil(lambda: "<b>Now</b>" in row.details.text.text(), timeout=10_000)
    qtbot.waitUntil(lambda: job.state is not JobState.RUNNING, timeout=60_000)
    text = row.details.text.text()
    assert "<b>Now</b>" not in text and "alles.manifest.json" in text
    assert f"{job.manifest.received:,} received" in text
    press(section, "Copy Details for the Helpdesk")
    copied = QGuiApplication.clipboard().text()
    assert "alles.gpkg (" in copied and str(tmp_path) not in copied
    assert "hilde" not in copied.lower() and "@" not in copied
    assert "clipboard" in row.notice.text()
    press(section, "Details")
    assert row.details.isHidden()


def test_a_failed_row_has_details_too(section, control, qtbot, tmp_path):
    control.fault("biocache.too_large", maximum=1)
    choice = DownloadChoice(10, tmp_path / "alles.gpkg", QgsCoordinateReferenceSystem("EPSG:31370"))
    job = section.book.start(OccurrenceQuery(), choice, CONTEXT)
    qtbot.waitUntil(lambda: job.state is not JobState.RUNNING, timeout=60_000)
    press(section, "Details")
    (row,) = section.findChildren(JobRow)
    assert "Narrow the filters" in row.details.text.text()
