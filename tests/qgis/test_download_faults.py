"""Whatever fails during a download: a sentence, nothing half-made, and nothing lost.

What the import alone meets (full disks, files that are open) is in test_geopackage_storage, what
the network alone meets in test_network_files, a killed QGIS in test_killed.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransformContext, QgsVectorLayer

from biodiv_plugin.gui.downloads.form import DownloadChoice
from biodiv_plugin.gui.downloads.job_book import JobBook, JobState
from biodiv_plugin.gui.downloads.section import DownloadSection
from biodiv_plugin.layers import geopackage
from biodiv_plugin.layers.manifest import HIGH_RESOLUTION
from biodiv_plugin.portal import errors
from biodiv_plugin.portal.downloads import DownloadOptions
from biodiv_plugin.portal.query import OccurrenceQuery
from biodiv_plugin.processing.sign_in import SignIn
from biodiv_plugin.use_cases import follow_job
from biodiv_plugin.use_cases.download_occurrences import transfer_path
from biodiv_plugin.use_cases.follow_job import fetch_archive, wait_for_job
from tests.qgis.algorithms import run
from tests.qgis.doubles import in_task, spin_until
from tests.qgis.imports import Watch
from tests.qgis.sign_in.desk import Clock
from tests.qgis.test_download_section import press, visible

CONTEXT = QgsCoordinateTransformContext()
EVERYTHING = OccurrenceQuery()
FILE = "/biocache-download/"
JOBS = "/biocache-service/occurrences/offline/"
START, STATUS = f"{JOBS}download", f"{JOBS}status"


class Downloads:
    """Somebody at the section of downloads."""

    def __init__(self, services, host, qtbot, folder) -> None:
        self.services, self.target = services, folder / "map" / "x.gpkg"
        self.book = JobBook(services, folder / "profile")
        self.section = DownloadSection(services, host, self.book)
        qtbot.addWidget(self.section)
        self.section.resize(360, 600)
        self.section.show()
        self.said: list[str] = []

    @property
    def job(self):
        return self.book.jobs[-1]

    @property
    def row(self):
        return self.section._rows.itemAt(0).widget()

    def start(self, query=EVERYTHING):
        choice = DownloadChoice(10, self.target, QgsCoordinateReferenceSystem("EPSG:31370"))
        self.book.start(query, choice, CONTEXT)
        self.job.changed.connect(lambda: self.said.append(self.row._stage.text()))
        return self.job

    def ended(self):
        spin_until(lambda: self.job.state is not JobState.RUNNING, 60)
        return self.job

    def left(self) -> list[str]:
        folder = self.target.parent
        return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []

    def transfers(self) -> list[str]:
        return sorted(path.name for path in transfer_path("x").parent.iterdir())


@pytest.fixture
def downloads(services, host, browse_as, qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr(follow_job, "FIRST_PAUSE", 0.1)
    monkeypatch.setattr(follow_job, "LONGEST_PAUSE", 0.1)
    browse_as("hilde")
    run(SignIn(services), {"TIMEOUT": 30})
    for leftover in transfer_path("x").parent.iterdir():
        leftover.unlink()
    yield Downloads(services, host, qtbot, tmp_path)
    services.tasks.cancel_all()
    spin_until(services.tasks.is_idle, 20)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ({"kind": "status", "status": 502, "path": START}, "problem"),
        ({"kind": "status", "status": 405, "path": START}, "slow down"),
        ({"kind": "status", "status": 412, "path": START}, "address"),
        ({"kind": "html", "path": START}, "cannot be read"),
        ({"kind": "malformed", "path": START}, "cannot be read"),
        ({"kind": "drop", "path": START}, "cannot be reached"),
        ({"name": "biocache.too_large", "maximum": 5}, "Narrow the filters"),
        ({"name": "biocache.truncated_zip"}, "did not deliver"),
        ({"kind": "html", "path": FILE}, "cannot be read"),
        ({"kind": "status", "status": 404, "path": FILE}, "does not know"),
    ],
)
def test_a_fault_is_told_and_leaves_nothing(downloads, control, fault, words):
    control.fault(**fault)
    job = downloads.start()
    downloads.ended()
    assert job.state is JobState.FAILED
    assert words in downloads.row.notice.text(), downloads.row.notice.text()
    assert {"Repeat", "Remove from List"} <= visible(downloads.section)
    assert downloads.left() == []
    assert downloads.transfers() == []
    control.clear_faults()
    press(downloads.section, "Repeat")
    assert downloads.ended().state is JobState.DONE, downloads.job.error


@pytest.mark.parametrize(
    ("status", "words"), [(405, "asks to slow down"), (502, "does not answer"), (504, "not answer")]
)
@pytest.mark.parametrize("path", [STATUS, FILE])
def test_what_passes_is_said_and_waited_for(downloads, control, status, words, path):
    control.fault("biocache.slow_job", queue=0.3, run=0.3)
    control.fault(kind="status", status=status, path=path, count=2)
    downloads.start()
    assert downloads.ended().state is JobState.DONE, downloads.job.error
    assert any(words in said for said in downloads.said), set(downloads.said)


@pytest.mark.parametrize("status", [405, 502])
def test_what_does_not_pass_keeps_what_was_fetched(downloads, control, status):
    control.fault(kind="cut", path=FILE, after=5000, count=1)
    control.fault(kind="status", status=status, path=FILE, skip=1)
    downloads.start()
    assert downloads.ended().state is JobState.FAILED
    assert downloads.left() == []
    assert downloads.transfers() != []
    control.clear_faults()
    control.forget_requests()
    press(downloads.section, "Repeat")
    assert downloads.ended().state is JobState.DONE
    (asked,) = control.requests(FILE)
    assert asked["headers"]["Range"] == "bytes=5000-"
    assert downloads.transfers() == []


def test_a_filter_that_makes_no_sense(downloads):
    job = downloads.start(OccurrenceQuery(filters=("year:[2015",)))
    downloads.ended()
    assert job.state is JobState.FAILED
    assert "did not understand" in downloads.row.notice.text()
    assert downloads.left() == []


def test_a_token_that_expires_in_mid_job_is_renewed(downloads, control, monkeypatch):
    clock = Clock(monkeypatch)
    control.fault("biocache.slow_job", queue=1, run=1)
    job = downloads.start()
    spin_until(lambda: job.entry.job_id, 20)
    clock.forward(301, SimpleNamespace(control=control))
    assert downloads.ended().state is JobState.DONE, downloads.job.error
    assert downloads.services.session.account is not None


def test_a_token_that_is_refused_in_mid_job_is_told_and_the_job_goes_on(downloads, control):
    control.fault("biocache.slow_job", queue=1, run=1)
    control.fault(kind="status", status=401, path=STATUS)
    job = downloads.start()
    downloads.ended()
    assert job.state is JobState.FAILED
    assert "sign in" in downloads.row.notice.text().lower()
    assert downloads.left() == []
    control.clear_faults()
    control.forget_requests()
    press(downloads.section, "Repeat")
    assert downloads.ended().state is JobState.DONE, downloads.job.error
    assert control.requests(START) == [], "the portal works on the same job"
    assert downloads.job.entry.job_id == job.entry.job_id


def test_a_sign_in_that_ends_in_mid_job_does_not_stop_it(downloads, control, monkeypatch):
    """What the job gathers was settled when it was asked for; its state and file are public."""
    clock, session = Clock(monkeypatch), downloads.services.session
    control.fault("biocache.slow_job", queue=2, run=2)
    job = downloads.start()
    spin_until(lambda: job.entry.job_id, 20)
    control.end_sessions()
    clock.forward(301, SimpleNamespace(control=control))
    session._look()  # as its timer does
    spin_until(lambda: session.account is None, 20)
    assert downloads.ended().state is JobState.DONE, job.error
    assert job.manifest.sensitivity == HIGH_RESOLUTION


def test_a_disk_that_is_full_keeps_the_download_for_another_try(downloads, control, monkeypatch):
    monkeypatch.setattr(geopackage, "_GROWTH", 1e15)
    downloads.start()
    assert downloads.ended().state is JobState.FAILED
    assert "no room left" in downloads.row.notice.text()
    assert downloads.left() == []
    monkeypatch.undo()
    control.forget_requests()
    press(downloads.section, "Repeat")
    assert downloads.ended().state is JobState.DONE, downloads.job.error
    assert control.requests(START) == control.requests(FILE) == []
    assert downloads.transfers() == []


def test_a_target_that_is_opened_meanwhile_keeps_both(downloads, control, monkeypatch):
    downloads.start()
    assert downloads.ended().state is JobState.DONE
    project = downloads.section._host.project
    spin_until(lambda: len(project.mapLayers()) == 2, 20)  # the squares come last
    project.clear()
    before = downloads.target.read_bytes()
    press(downloads.section, "Remove from List")
    control.fault("biocache.slow_job", queue=0.5, run=0.5)
    job = downloads.start()
    spin_until(lambda: job.entry.job_id, 20)
    layer = QgsVectorLayer(f"{downloads.target}|layername=occurrences", "x", "ogr")
    assert layer.isValid()
    downloads.ended()
    assert job.state is JobState.FAILED
    assert "is open" in downloads.row.notice.text()
    assert downloads.target.read_bytes() == before
    assert downloads.left() == ["x.gpkg", "x.manifest.json"]
    job.error = job.error.with_traceback(None)
    del layer
    control.forget_requests()
    press(downloads.section, "Repeat")
    assert downloads.ended().state is JobState.DONE, downloads.job.error
    assert control.requests(FILE) == []


@pytest.fixture
def finished(downloads):
    """A job that the portal has finished, and the checksum of its whole file."""
    services = downloads.services
    options = DownloadOptions(email=services.session.account.email, reason_id=4)
    client = services.downloads

    def prepare(feedback):
        job = client.start(EVERYTHING, options, feedback)
        job = wait_for_job(job, client, 60, Watch(), lambda progress: None)
        target = transfer_path("whole")
        client.fetch(job, target)
        content = target.read_bytes()
        target.unlink()
        return job, content

    return in_task(prepare, 60)


def test_a_connection_that_breaks_at_any_byte(downloads, finished, control):
    job, content = finished
    whole, target = hashlib.sha256(content).hexdigest(), transfer_path("broken")
    client = downloads.services.downloads

    @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(["reset", "cut"]), st.integers(0, len(content)), st.integers(0, 5000))
    @example("cut", len(content), 0)  # all has come, and nobody said so
    def holds(kind, first, second):
        control.fault(kind=kind, path=FILE, after=first, count=1)
        control.fault(kind=kind, path=FILE, after=second, count=1, skip=1)
        target.unlink(missing_ok=True)
        in_task(lambda fb: fetch_archive(job, client, target, None, fb, lambda progress: None), 60)
        assert hashlib.sha256(target.read_bytes()).hexdigest() == whole
        control.clear_faults()

    holds()
    target.unlink()


def test_an_answer_that_breaks_at_any_byte_is_never_a_wrong_one(services, control):
    client = services.occurrences
    true = in_task(lambda feedback: client.count(EVERYTHING, feedback))
    path = "/biocache-service/occurrences/search"

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(["reset", "cut", "truncate"]), st.integers(0, 1500))
    def holds(kind, after):
        control.fault(kind=kind, path=path, after=after, count=1)
        with suppress(errors.Unreachable, errors.UnexpectedAnswer):
            assert in_task(lambda feedback: client.count(EVERYTHING, feedback)) == true
        control.clear_faults()

    holds()
