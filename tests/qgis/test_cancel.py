"""A cancel takes effect at once, whatever is being done, and leaves nothing half-made."""

from __future__ import annotations

import sys
import time

import pytest
from osgeo import gdal
from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransformContext

from benchmarks.archives import records, write_archive
from biodiv_plugin.gui.downloads.form import DownloadChoice
from biodiv_plugin.gui.downloads.job_book import JobBook, JobState
from biodiv_plugin.layers import bulk_load
from biodiv_plugin.layers.contents import count_sources, hash_records
from biodiv_plugin.layers.repeat import merge_former
from biodiv_plugin.layers.spatial_index import PACKS_ITSELF
from biodiv_plugin.portal.errors import Canceled
from biodiv_plugin.portal.query import OccurrenceQuery
from biodiv_plugin.processing.sign_in import SignIn
from biodiv_plugin.use_cases.download_occurrences import transfer_path
from biodiv_plugin.use_cases.follow_job import Stage
from tests.qgis.algorithms import run
from tests.qgis.doubles import spin_until
from tests.qgis.imports import load

ROWS = 60_000  # so that SQLite has something to do in each statement
SOON = 3.0  # seconds, on a busy machine; about one is what people notice
CANCEL = "/biocache-service/occurrences/offline/cancel/"


class CanceledWithin:
    """A feedback that is canceled while ``function`` is at work, and never before.

    ``looks`` is how often it was looked at from there; once is enough to stop.
    """

    def __init__(self, function: str) -> None:
        self._function, self.looks = function, 0

    def isCanceled(self) -> bool:
        frame = sys._getframe(1)
        while frame is not None and frame.f_code.co_name != self._function:
            frame = frame.f_back
        self.looks += frame is not None
        return frame is not None

    def setProgress(self, percent: float) -> None:
        pass


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    return write_archive(tmp_path_factory.mktemp("archive") / "a.zip", records(ROWS))


@pytest.fixture(scope="module")
def former(archive, tmp_path_factory):
    target = tmp_path_factory.mktemp("former") / "former.gpkg"
    load(archive, target)
    return target


@pytest.mark.parametrize(
    "phase",
    [
        "_fill",
        "append_table",
        "add_spatial_index",
        "_gather",
        "_recognise",
        "_statistics",
        "_count_high_resolution",
        "count_sources",
        "hash_records",
        "merge_former",
    ],
)
def test_each_phase_of_writing_hears_a_cancel(archive, former, tmp_path, monkeypatch, phase):
    """Loading, joining, indexing, squares, describing, and comparing with a former download."""
    if phase == "add_spatial_index" and int(gdal.VersionInfo()) >= PACKS_ITSELF:
        pytest.skip("this GDAL makes the index itself, in seconds, and hears nothing meanwhile")
    monkeypatch.setattr(bulk_load, "_BLOCK", 200_000)
    feedback = CanceledWithin(phase)

    def complete(imported):
        count_sources(imported.path, feedback)
        hash_records(imported.path, feedback)
        merge_former(imported.path, former, feedback)

    before = former.read_bytes()
    with pytest.raises(Canceled):
        load(archive, tmp_path / "x.gpkg", feedback=feedback, complete=complete)
    assert feedback.looks == 1, "not one more step"
    assert list(tmp_path.iterdir()) == []
    assert former.read_bytes() == before


def test_a_cancel_while_the_portal_counts(person, control):
    control.fault(kind="latency", path="/biocache-service/occurrences", seconds=60)
    person.section.count()
    spin_until(lambda: control.faults()[0]["used"], 20)
    began = time.monotonic()
    person.section._counting.cancel()
    person.settled()
    assert time.monotonic() - began < SOON
    assert person.section.query() is None


@pytest.mark.parametrize("stage", [Stage.QUEUED, Stage.PREPARING, Stage.FETCHING, Stage.WRITING])
def test_a_cancel_of_a_download_by_its_button(
    services, browse_as, control, qtbot, tmp_path, monkeypatch, stage
):
    monkeypatch.setattr(bulk_load, "_BLOCK", 20_000)
    browse_as("hilde")
    run(SignIn(services), {"TIMEOUT": 30})
    slow = {
        Stage.QUEUED: {"name": "biocache.slow_job", "queue": 60, "run": 60},
        Stage.PREPARING: {"name": "biocache.slow_job", "queue": 0, "run": 60},
        Stage.FETCHING: {
            "kind": "drip",
            "path": "/biocache-download/",
            "size": 500,
            "seconds": 0.5,
        },
        # What the portal tells of itself for the manifest comes late.
        Stage.WRITING: {"kind": "latency", "path": "/collectory/", "seconds": 60},
    }
    control.fault(**slow[stage])
    book = JobBook(services, tmp_path / "profile")
    target = tmp_path / "map" / "x.gpkg"
    choice = DownloadChoice(10, target, QgsCoordinateReferenceSystem("EPSG:31370"))
    job = book.start(OccurrenceQuery(), choice, QgsCoordinateTransformContext())
    spin_until(lambda: job.progress is not None and job.progress.stage is stage, 60)
    if stage is Stage.WRITING:
        spin_until(lambda: control.faults()[0]["used"], 60)
    job_id = job.entry.job_id
    began = time.monotonic()
    job.cancel()
    spin_until(lambda: job.state is not JobState.RUNNING, 20)
    assert time.monotonic() - began < SOON
    assert job.state is JobState.CANCELED
    assert control.requests(CANCEL + job_id), "the portal was told"
    assert not list(transfer_path("x").parent.glob(f"{job_id}*"))
    assert list(target.parent.iterdir()) == []
    control.clear_faults()
    spin_until(services.tasks.is_idle, 20)
