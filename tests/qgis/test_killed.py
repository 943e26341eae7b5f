"""A QGIS that is killed while it downloads, and the next one on the same profile."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from biodiv_plugin.use_cases.job_journal import DONE, RUNNING, JobJournal

ROOT = Path(__file__).resolve().parents[2]
FILE = "/biocache-download/"
STATUS = "/biocache-service/occurrences/offline/status"
START = "/biocache-service/occurrences/offline/download"


class Profile:
    """A profile of QGIS on disk, and the processes that use it one after the other."""

    def __init__(self, folder: Path, portal) -> None:
        self.settings, self.portal = folder / "qgis", portal
        self.folder = self.settings / "profiles" / "default" / "biodiv"
        self.target = folder / "map" / "waarnemingen.gpkg"
        self.started: list[subprocess.Popen] = []

    @property
    def transfers(self) -> list[Path]:
        return sorted((self.folder / "downloads").glob("*.zip"))

    def journal(self):
        (entry,) = JobJournal(self.folder / "jobs.json").entries()
        return entry

    def knows_the_job(self) -> bool:
        return (self.folder / "jobs.json").exists() and bool(self.journal().job_id)

    def open(self, verb: str, *end: object) -> subprocess.Popen:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "tests.qgis.another_qgis"),
                *(self.portal.url, self.portal.issuer, verb, self.target),
                *map(str, end),
            ],
            cwd=ROOT,
            env={**os.environ, "QGIS_CUSTOM_CONFIG_PATH": str(self.settings)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.started.append(process)
        return process

    def next_qgis(self, *end: object) -> list[dict]:
        """Open QGIS again, sign in, and return what became of its jobs."""
        said, errors = self.open("resume", *end).communicate(timeout=180)
        lines = [line for line in said.splitlines() if line.startswith("{")]
        assert lines, errors[-3000:]
        return [json.loads(line) for line in lines]


@pytest.fixture
def profile(tmp_path, portal, control):
    profile = Profile(tmp_path, portal)
    yield profile
    for process in profile.started:
        if process.poll() is None:
            process.kill()
        process.communicate()


def until(process: subprocess.Popen, ready) -> None:
    end = time.monotonic() + 120
    while not ready():
        assert process.poll() is None, process.communicate()[1][-3000:]
        assert time.monotonic() < end
        time.sleep(0.02)


def kill(process: subprocess.Popen) -> None:
    process.send_signal(signal.SIGKILL)
    assert process.wait(30) == -signal.SIGKILL


def rows(path: Path) -> tuple[int, int]:
    with sqlite3.connect(path) as connection:
        query = "SELECT count(*), count(DISTINCT recordID) FROM occurrences"
        return connection.execute(query).fetchone()


def map_folder(profile) -> list[str]:
    folder = profile.target.parent
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


WHOLE = ["waarnemingen.gpkg", "waarnemingen.manifest.json"]


def test_killed_while_the_file_comes_the_next_qgis_asks_for_the_rest_only(profile, control):
    control.fault(kind="drip", path=FILE, size=4000, seconds=0.1)
    first = profile.open("start")
    until(first, lambda: profile.transfers and profile.transfers[0].stat().st_size >= 12_000)
    kill(first)
    (part,) = profile.transfers
    kept = part.stat().st_size
    assert profile.journal().state == RUNNING
    assert map_folder(profile) == []
    control.clear_faults()
    control.forget_requests()

    (job,) = profile.next_qgis()
    assert job["state"] == "done", job
    assert job["layers"] >= 1
    assert rows(profile.target) == (job["announced"], job["announced"])
    (asked,) = control.requests(FILE)
    assert asked["status"] == 206
    assert asked["headers"]["Range"] == f"bytes={kept}-", "not one byte twice"
    assert control.requests(START) == [], "the records are not gathered again"
    assert profile.transfers == []
    assert map_folder(profile) == WHOLE
    assert profile.journal().state == DONE


def test_killed_while_importing_no_half_file_is_left(profile, control):
    first = profile.open("start", "writing", 0.3)
    first.communicate(timeout=180)
    assert first.returncode == -signal.SIGKILL
    assert not profile.target.exists()
    assert [path for path in map_folder(profile) if path in WHOLE] == []
    assert map_folder(profile) != [], "it was killed in the middle of writing"
    control.forget_requests()

    (job,) = profile.next_qgis()
    assert job["state"] == "done", job
    assert rows(profile.target) == (job["announced"], job["announced"])
    assert map_folder(profile) == WHOLE
    assert control.requests(FILE) == [], "the file lay there, whole"
    assert profile.transfers == []


def test_killed_while_importing_over_an_older_file_the_older_one_stays(profile, control):
    said, _ = profile.open("start").communicate(timeout=180)
    assert '"done"' in said
    before = profile.target.read_bytes()
    second = profile.open("start", "writing", 0.6)
    second.communicate(timeout=180)
    assert second.returncode == -signal.SIGKILL
    assert profile.target.read_bytes() == before
    with sqlite3.connect(profile.target) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_killed_again_and_again_it_still_ends_well(profile, control):
    """In the queue, in the transfer, in the import: each next QGIS goes on from there."""
    control.fault("biocache.slow_job", queue=1, run=1)
    first = profile.open("start")
    until(first, profile.knows_the_job)
    kill(first)
    assert profile.open("resume", "fetching", 0.2).wait(180) == -signal.SIGKILL
    assert profile.open("resume", "writing", 0.8).wait(180) == -signal.SIGKILL
    (job,) = profile.next_qgis()
    assert job["state"] == "done", job
    assert rows(profile.target) == (job["announced"], job["announced"])
    assert len(control.requests(START)) == 1
    assert map_folder(profile) == WHOLE


def test_the_portal_works_on_while_qgis_is_closed(profile, control):
    control.fault("biocache.slow_job", queue=2, run=2)
    first = profile.open("start")
    until(first, profile.knows_the_job)
    kill(first)
    known = profile.journal()
    control.forward(60)  # it is ready long before QGIS is opened again
    control.forget_requests()
    (job,) = profile.next_qgis()
    assert (job["state"], job["job"]) == ("done", known.job_id)
    assert rows(profile.target) == (job["announced"], job["announced"])
    assert control.requests(START) == []
    assert control.requests(f"{STATUS}/{known.job_id}")
