"""The section *Downloads*: what runs, what is done, and what outlives QGIS."""

from __future__ import annotations

from pathlib import Path

import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransformContext
from qgis.PyQt.QtGui import QGuiApplication
from qgis.PyQt.QtWidgets import QPushButton

from biodiv_plugin.gui.downloads.form import DownloadChoice
from biodiv_plugin.gui.downloads.job_book import JobBook, JobState
from biodiv_plugin.gui.downloads.job_row import JobRow
from biodiv_plugin.gui.downloads.section import DownloadSection
from biodiv_plugin.portal.errors import Unreachable
from biodiv_plugin.portal.query import OccurrenceQuery
from biodiv_plugin.processing.sign_in import SignIn
from biodiv_plugin.use_cases import follow_job
from biodiv_plugin.use_cases.download_occurrences import transfer_path
from biodiv_plugin.use_cases.job_journal import JobJournal
from tests.qgis.algorithms import run

FILE = "/biocache-download/"
CONTEXT = QgsCoordinateTransformContext()


@pytest.fixture
def signed_in(services, browse_as):
    browse_as("hilde")
    run(SignIn(services), {"TIMEOUT": 30})
    return services


@pytest.fixture
def open_section(services, host, qtbot, tmp_path):
    """A function that opens the section, as a new QGIS on the same profile does."""

    def opened():
        jobs = JobBook(services, tmp_path / "profile")
        section = DownloadSection(services, host, jobs)
        section.book = jobs
        jobs.setParent(section)
        qtbot.addWidget(section)
        section.resize(360, 600)
        section.show()
        return section

    return opened


def choice(target: Path) -> DownloadChoice:
    return DownloadChoice(10, target, QgsCoordinateReferenceSystem("EPSG:31370"))


def ended(qtbot, job) -> None:
    qtbot.waitUntil(lambda: job.state is not JobState.RUNNING, timeout=60_000)


def press(section, label: str) -> None:
    (button,) = [b for b in section.findChildren(QPushButton) if b.text() == label]
    assert not button.isHidden(), label
    button.click()


def visible(section) -> set[str]:
    return {b.text() for b in section.findChildren(QPushButton) if not b.isHidden()}


def test_a_download_ends_on_the_map(signed_in, open_section, host, qtbot, tmp_path):
    section = open_section()
    job = section.book.start(OccurrenceQuery(), choice(tmp_path / "alles.gpkg"), CONTEXT)
    assert "Cancel" in visible(section)
    ended(qtbot, job)
    assert job.error is None
    qtbot.waitUntil(lambda: len(host.project.mapLayers()) == 2)
    points, squares = (node.layer() for node in host.project.layerTreeRoot().findLayers())
    assert points.name() == "alles"
    assert "alles" in squares.name() != "alles"
    assert host.project.layerTreeRoot().findLayer(points.id()).itemVisibilityChecked()
    assert not host.project.layerTreeRoot().findLayer(squares.id()).itemVisibilityChecked()
    assert {"Add to Map", "Open Folder", "Copy Citation", "Repeat"} <= visible(section)
    press(section, "Copy Citation")
    assert "Vlaams Biodiversiteitsportaal" in QGuiApplication.clipboard().text()


def test_a_cancel_reaches_the_portal_and_leaves_nothing(
    signed_in, open_section, control, qtbot, tmp_path
):
    control.fault("biocache.slow_job", queue=30, run=30)
    section = open_section()
    job = section.book.start(OccurrenceQuery(), choice(tmp_path / "alles.gpkg"), CONTEXT)
    qtbot.waitUntil(lambda: bool(job.entry.job_id), timeout=20_000)
    press(section, "Cancel")
    ended(qtbot, job)
    assert job.state is JobState.CANCELED
    cancel = f"/biocache-service/occurrences/offline/cancel/{job.entry.job_id}"
    qtbot.waitUntil(lambda: bool(control.requests(cancel)), timeout=10_000)
    assert not list(tmp_path.glob("alles*"))
    assert JobJournal(tmp_path / "profile" / "jobs.json").entries() == ()


def test_a_failure_is_told_in_its_row_and_can_be_tried_again(
    signed_in, open_section, control, qtbot, tmp_path
):
    control.fault("biocache.too_large", maximum=1)
    section = open_section()
    job = section.book.start(OccurrenceQuery(), choice(tmp_path / "alles.gpkg"), CONTEXT)
    ended(qtbot, job)
    (row,) = section.findChildren(JobRow)
    assert "Narrow the filters" in row.notice.text()
    control.clear_faults()
    press(section, "Repeat")
    (again,) = section.book.jobs
    ended(qtbot, again)
    assert again.state is JobState.DONE


def test_a_done_job_is_shown_by_the_next_qgis(signed_in, open_section, qtbot, tmp_path):
    first = open_section()
    target = tmp_path / "alles.gpkg"
    ended(qtbot, first.book.start(OccurrenceQuery(), choice(target), CONTEXT))
    second = open_section()
    (job,) = second.book.jobs
    assert job.state is JobState.DONE
    assert job.manifest.received > 0
    assert "Add to Map" in visible(second)


def test_a_done_job_whose_file_is_gone_is_forgotten(signed_in, open_section, qtbot, tmp_path):
    first = open_section()
    job = first.book.start(OccurrenceQuery(), choice(tmp_path / "alles.gpkg"), CONTEXT)
    ended(qtbot, job)
    job.target.unlink(missing_ok=True)
    assert open_section().book.jobs == []


@pytest.fixture
def broken(signed_in, open_section, control, qtbot, tmp_path, monkeypatch):
    """A section whose one job lost its connection in mid-transfer for good."""
    monkeypatch.setattr(follow_job, "FIRST_PAUSE", 0.1)
    control.fault(kind="cut", path=FILE, after=10_000, count=1)
    control.fault(kind="drop", path=FILE, skip=1)
    section = open_section()
    job = section.book.start(OccurrenceQuery(), choice(tmp_path / "alles.gpkg"), CONTEXT)
    ended(qtbot, job)
    assert isinstance(job.error, Unreachable)
    assert 0 < transfer_path(job.entry.job_id).stat().st_size <= 10_000
    control.clear_faults()
    control.forget_requests()
    return section, job


def test_repeat_goes_on_with_what_was_fetched(broken, control, qtbot):
    section, job = broken
    kept = transfer_path(job.entry.job_id).stat().st_size
    press(section, "Repeat")
    (again,) = section.book.jobs
    ended(qtbot, again)
    assert again.state is JobState.DONE, again.error
    (asked,) = control.requests(FILE)
    assert asked["headers"]["Range"] == f"bytes={kept}-"
    assert control.requests("/biocache-service/occurrences/offline/download") == []
    assert not transfer_path(job.entry.job_id).exists()


def test_another_person_fetches_all_anew(broken, control, qtbot, services, browse_as):
    section, _ = broken
    services.session.drop()
    browse_as("citizen")
    run(SignIn(services), {"TIMEOUT": 30})
    press(section, "Repeat")
    again = section.book.jobs[-1]
    ended(qtbot, again)
    assert again.state is JobState.DONE, again.error
    assert all("Range" not in asked["headers"] for asked in control.requests(FILE))
    assert control.requests("/biocache-service/occurrences/offline/download")


def test_a_removed_job_leaves_nothing_of_its_transfer(broken):
    section, job = broken
    press(section, "Remove from List")
    assert not list(transfer_path("x").parent.glob(f"{job.entry.job_id}*"))


def test_of_two_windows_only_one_goes_on(signed_in, open_section, control, qtbot, tmp_path):
    control.fault("biocache.slow_job", queue=30, run=30)
    first, second = open_section(), None
    job = first.book.start(OccurrenceQuery(), choice(tmp_path / "alles.gpkg"), CONTEXT)
    qtbot.waitUntil(lambda: bool(job.entry.job_id), timeout=20_000)
    second = open_section()
    second.book.resume(CONTEXT)
    assert second.book.jobs == []
    job.cancel()
    ended(qtbot, job)


def test_a_removed_row_is_forgotten_and_its_file_stays(signed_in, open_section, qtbot, tmp_path):
    section = open_section()
    target = tmp_path / "alles.gpkg"
    ended(qtbot, section.book.start(OccurrenceQuery(), choice(target), CONTEXT))
    press(section, "Remove from List")
    assert section.book.jobs == []
    assert open_section().book.jobs == []
    assert target.is_file()
