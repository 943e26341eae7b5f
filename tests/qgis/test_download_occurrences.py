"""A download from the question to the map, on the demo portal and through its faults."""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from dataclasses import replace

import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransformContext, QgsVectorLayer

from biodiv_plugin.layers.manifest import HIGH_RESOLUTION, NONE, manifest_path, read_manifest
from biodiv_plugin.portal.downloads import DownloadOptions
from biodiv_plugin.portal.errors import (
    Canceled,
    DownloadFailed,
    PortalError,
    StorageFailed,
    Unreachable,
)
from biodiv_plugin.portal.query import OccurrenceQuery
from biodiv_plugin.processing.sign_in import SignIn
from biodiv_plugin.use_cases import follow_job
from biodiv_plugin.use_cases.download_occurrences import (
    DownloadRequest,
    continue_download,
    download_occurrences,
    transfer_path,
)
from biodiv_plugin.use_cases.follow_job import Part, Stage
from tests.qgis.algorithms import run

FROGS = OccurrenceQuery(text="Hyla arborea")
EVERYTHING = OccurrenceQuery()


class Watch:
    """A feedback that remembers, and can be canceled by another thread."""

    def __init__(self):
        self.progress, self.stop = [], threading.Event()

    def isCanceled(self):
        return self.stop.is_set()

    def setProgress(self, percent):
        self.progress.append(percent)


@pytest.fixture
def impatient(monkeypatch):
    """Look at jobs every tenth of a second."""
    monkeypatch.setattr(follow_job, "FIRST_PAUSE", 0.1)
    monkeypatch.setattr(follow_job, "LONGEST_PAUSE", 0.1)


@pytest.fixture
def signed_in(services, browse_as, impatient):
    """The services of somebody who may see exact places of sensitive species."""
    browse_as("hilde")
    run(SignIn(services), {"TIMEOUT": 30})
    return services


@pytest.fixture
def request_for(signed_in, tmp_path):
    def make(query=FROGS, **options):
        return DownloadRequest(
            query,
            DownloadOptions(email=signed_in.session.account.email, reason_id=4),
            tmp_path / "out" / "waarnemingen.gpkg",
            QgsCoordinateReferenceSystem("EPSG:31370"),
            **options,
        )

    return make


def parts(services):
    return services.for_download(QgsCoordinateTransformContext())


def download(services, request, feedback=None, tell=lambda progress: None):
    return download_occurrences(request, parts(services), feedback or Watch(), tell)


def left_behind(request):
    """Return what lies in the user's folder, and what of the transfer."""
    folder, transfers = request.target.parent, transfer_path("x").parent
    seen = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    return seen, sorted(path.name for path in transfers.iterdir())


def test_a_question_becomes_a_layer_with_all_that_belongs_to_it(signed_in, request_for):
    request, watch, told = request_for(EVERYTHING), Watch(), []
    expected = signed_in.occurrences.count(EVERYTHING)
    done = download(signed_in, request, watch, told.append)
    assert done.records == done.announced == done.imported.records == expected > 500

    layer = QgsVectorLayer(f"{done.path}|layername=occurrences", "x", "ogr")
    assert layer.featureCount() == expected
    assert layer.crs().authid() == "EPSG:31370"
    assert layer.renderer().type() == "categorizedSymbol"
    assert QgsVectorLayer(f"{done.path}|layername=squares", "x", "ogr").featureCount() > 10
    with sqlite3.connect(done.path) as connection:
        ids = connection.execute("SELECT count(DISTINCT recordID) FROM occurrences").fetchone()
    assert ids == (expected,)

    stages = list(dict.fromkeys(progress.stage for progress in told))
    order = [Stage.QUEUED, Stage.PREPARING, Stage.FETCHING, Stage.WRITING]
    assert stages == [stage for stage in order if stage in stages]
    assert stages[-2:] == order[-2:]
    assert watch.progress == sorted(watch.progress)
    assert watch.progress[-1] == 100
    assert left_behind(request) == (["waarnemingen.gpkg", "waarnemingen.manifest.json"], [])


def test_the_manifest_tells_what_the_records_tell(signed_in, request_for):
    done = download(signed_in, request_for(EVERYTHING))
    manifest = read_manifest(done.path)
    assert manifest == read_manifest(manifest_path(done.path))
    assert manifest.to_json() == done.manifest.to_json()
    assert manifest.received == sum(source.records for source in manifest.sources)
    assert all(source.licence and source.citation for source in manifest.sources)
    assert OccurrenceQuery.from_json(manifest.query) == EVERYTHING
    assert manifest.removed_by_profile > 0
    assert manifest.words["nl"] != manifest.words["en"]
    assert manifest.crs == "EPSG:31370"
    assert manifest.transformation in " ".join(
        QgsVectorLayer(f"{done.path}|layername=occurrences", "x", "ogr").metadata().history()
    )
    text = json.dumps(json.loads(manifest.to_json()))
    assert "Bearer" not in text
    assert "biocache-download" not in text  # whoever knows that address can fetch the file
    assert signed_in.session.account.email not in text


def test_exact_places_are_seen_by_those_who_may_and_told(signed_in, request_for):
    done = download(signed_in, request_for(EVERYTHING))
    assert done.imported.with_high_resolution > 0
    assert done.manifest.sensitivity == HIGH_RESOLUTION
    assert "do not publish" in done.citation or "publiceer geen" in done.citation


def test_others_get_the_blurred_places(services, browse_as, impatient, tmp_path):
    browse_as("citizen")
    run(SignIn(services), {"TIMEOUT": 30})
    request = DownloadRequest(
        EVERYTHING,
        DownloadOptions(email=services.session.account.email, reason_id=4),
        tmp_path / "x.gpkg",
        QgsCoordinateReferenceSystem("EPSG:31370"),
    )
    done = download(services, request)
    assert done.imported.with_high_resolution == 0
    assert done.manifest.sensitivity == NONE
    with sqlite3.connect(done.path) as connection:
        blurred = connection.execute(
            "SELECT count(*) FROM occurrences WHERE sensitive = 'generalised'"
        ).fetchone()
    assert blurred[0] > 0


def test_a_question_that_finds_nothing_is_an_empty_layer(signed_in, request_for):
    done = download(signed_in, request_for(OccurrenceQuery(filters=("year:1066",))))
    assert (done.records, done.announced) == (0, 0)
    assert QgsVectorLayer(f"{done.path}|layername=occurrences", "x", "ogr").isValid()


def test_quirk_19_a_job_that_never_ends_is_given_up(signed_in, request_for, control):
    control.fault("biocache.stuck_job")
    request = request_for(timeout=1.0)
    with pytest.raises(DownloadFailed) as failure:
        download(signed_in, request)
    assert failure.value.reason == "stuck"
    assert left_behind(request) == ([], [])


def test_quirk_19_a_file_that_is_finished_too_early_is_fetched_again(
    signed_in, request_for, control
):
    control.fault("biocache.another_instance")
    control.fault("biocache.slow_job", queue=0, run=0.5)
    done = download(signed_in, request_for())
    assert done.records == done.announced > 0


def test_quirk_19_a_file_that_stays_truncated_is_refused(signed_in, request_for, control):
    control.fault("biocache.truncated_zip")
    request = request_for()
    with pytest.raises(DownloadFailed) as failure:
        download(signed_in, request)
    assert failure.value.reason == "incomplete"
    assert left_behind(request) == ([], [])
    fetched = [r for r in control.requests("/biocache-download/") if r["method"] == "GET"]
    assert len(fetched) == follow_job.FETCHES


def test_quirk_20_all_parts_of_the_data_are_read(signed_in, request_for, control):
    control.fault("biocache.multipart", rows=100)
    done = download(signed_in, request_for(EVERYTHING))
    assert done.records == done.announced > 500


def test_too_many_records_are_refused_by_the_portal(signed_in, request_for, control):
    control.fault("biocache.too_large", maximum=5)
    with pytest.raises(DownloadFailed) as failure:
        download(signed_in, request_for())
    assert failure.value.reason == "too_large"


def test_addresses_that_lead_elsewhere_are_not_followed(signed_in, request_for, control):
    control.fault("biocache.foreign_status_url", origin="https://evil.example")
    done = download(signed_in, request_for())
    assert done.records > 0


@pytest.mark.parametrize("fault", [{"slow": 30.0, "fault": None}, {"slow": 0.0, "fault": 0.3}])
def test_a_cancel_takes_effect_within_a_second(signed_in, request_for, control, fault):
    """While the job waits in the queue, and while its file arrives drop by drop."""
    if fault["fault"] is None:
        control.fault("biocache.slow_job", queue=fault["slow"], run=1)
    else:
        control.fault(kind="drip", path="/biocache-download/", size=50, seconds=fault["fault"])
    request, watch, canceled = request_for(), Watch(), []
    failures = []

    def work():
        try:
            download(signed_in, request, watch, seen.append)
        except Canceled:
            canceled.append(time.monotonic())
        except Exception as failure:  # noqa: BLE001 (told below)
            failures.append(failure)

    seen = []
    wanted = Stage.QUEUED if fault["fault"] is None else Stage.FETCHING
    thread = threading.Thread(target=work)
    thread.start()
    end = time.monotonic() + 20
    while not any(p.stage is wanted for p in seen) and time.monotonic() < end:
        time.sleep(0.02)
    asked = time.monotonic()
    watch.stop.set()
    thread.join(20)
    assert failures == []
    assert canceled and canceled[0] - asked < 1.5  # one second, and the cancel on the portal
    assert left_behind(request) == ([], [])
    assert control.requests("/biocache-service/occurrences/offline/cancel/")


def test_a_lost_connection_is_resumed_where_it_broke(signed_in, request_for, control):
    request = request_for(EVERYTHING)
    control.fault(kind="cut", path="/biocache-download/", after=10_000, count=1)
    control.fault(kind="drop", path="/biocache-download/", skip=1)
    told = []
    with pytest.raises(Unreachable):
        download(signed_in, request, tell=told.append)
    job = next(progress.job_id for progress in told if progress.job_id)
    kept = transfer_path(job).stat().st_size
    assert 0 < kept <= 10_000
    assert left_behind(request)[0] == []

    control.clear_faults()
    control.forget_requests()
    done = continue_download(job, told[0].total, request, parts(signed_in), Watch())
    assert done.records == done.announced > 500
    (again,) = control.requests("/biocache-download/")
    assert again["status"] == 206
    assert left_behind(request)[1] == []


def test_a_job_that_the_portal_forgot_is_asked_anew(signed_in, request_for):
    unknown = "00000000-0000-3000-8000-000000000000-1700000000000"
    done = continue_download(unknown, 5, request_for(), parts(signed_in), Watch())
    assert done.records == done.announced > 0


def test_citations_that_cannot_be_had_are_said_and_no_more(signed_in, request_for, control):
    control.fault(kind="status", status=503, path="/collectory/")
    done = download(signed_in, request_for())
    assert done.records > 0
    assert done.manifest.sources[0].citation == ""
    assert any("cite" in warning for warning in done.warnings)


@pytest.mark.parametrize("status", [405, 502])
def test_a_portal_that_stumbles_while_one_waits_is_asked_again(
    signed_in, request_for, control, status
):
    control.fault("biocache.slow_job", queue=0.3, run=0.3)
    control.fault(
        kind="status", status=status, path="/biocache-service/occurrences/offline/status", count=2
    )
    assert download(signed_in, request_for()).records > 0


def test_a_portal_that_is_down_is_told(signed_in, request_for, control):
    control.fault(kind="status", status=503, path="/biocache-service/")
    request = request_for()
    with pytest.raises(PortalError):
        download(signed_in, request)
    assert left_behind(request) == ([], [])


def test_a_target_in_use_is_told_before_the_portal_is_asked(signed_in, request_for, control):
    request = request_for()
    done = download(signed_in, request)
    layer = QgsVectorLayer(f"{done.path}|layername=occurrences", "x", "ogr")
    control.forget_requests()
    with pytest.raises(StorageFailed) as failure:
        download(signed_in, request)
    assert failure.value.reason == "in_use"
    assert layer.isValid()
    del layer  # the error's traceback would keep it
    assert control.requests("/biocache-service/occurrences/offline/download") == []


def test_another_place_for_the_same_question(signed_in, request_for, tmp_path):
    first = download(signed_in, request_for())
    second = download(signed_in, replace(request_for(), target=tmp_path / "twee.gpkg"))
    assert first.manifest.records_sha256 == second.manifest.records_sha256


def test_progress_never_goes_back():
    """A job that gathered all may be in the queue again, and a transfer may begin anew."""
    watch = Watch()
    part = Part(watch, 30, 50)
    for percent in (0, 100, 0, 50):
        part.setProgress(percent)
    assert watch.progress == [30, 50, 50, 50]
