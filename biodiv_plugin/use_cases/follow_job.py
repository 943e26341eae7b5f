"""Follow an offline download on the portal until its file lies here, whole."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Callable, Optional

from biodiv_plugin.layers.archive import inspect_archive
from biodiv_plugin.portal.downloads import DownloadClient, DownloadJob, JobState
from biodiv_plugin.portal.errors import (
    BadArchive,
    Canceled,
    DownloadFailed,
    PortalError,
    PortalFault,
    SignInRequired,
    Throttled,
    UnexpectedAnswer,
    Unreachable,
)
from biodiv_plugin.portal.http import Feedback

FIRST_PAUSE, GROWTH, LONGEST_PAUSE = 1.0, 1.5, 15.0  # seconds between two looks at the job
UNKNOWN_LOOKS = 5  # answers without a job before it is given up
FETCHES = 4  # of a file that breaks off, or that still grows though the portal calls it finished
TRANSIENT = (Unreachable, PortalFault, Throttled)
PASSING = (*TRANSIENT, UnexpectedAnswer)  # a later look may succeed


class Stage(Enum):
    QUEUED = "queued"
    PREPARING = "preparing"
    TROUBLED = "troubled"  # the portal did not answer; it is asked again after a pause
    SLOWED = "slowed"  # it asked to slow down; likewise
    FETCHING = "fetching"
    WRITING = "writing"


@dataclass(frozen=True)
class DownloadProgress:
    """How far a download is: records, or bytes while fetching; ``total`` 0 is unknown."""

    stage: Stage
    done: int = 0
    total: int = 0
    queue_size: int = 0
    job_id: str = ""


Tell = Callable[[DownloadProgress], object]


class Part:
    """The share of the whole work's progress that one part of it is, in percent.

    The whole never goes back, also where the part begins anew.
    """

    def __init__(
        self,
        whole: Feedback,
        first: float,
        last: float,
        tell: Callable[[float], object] = lambda percent: None,
    ) -> None:
        self._whole, self._first, self._last, self._tell = whole, first, last, tell
        self._reached = 0.0

    def isCanceled(self) -> bool:  # noqa: N802
        return self._whole.isCanceled()

    def setProgress(self, percent: float) -> None:  # noqa: N802
        self._reached = max(self._reached, percent)
        self._whole.setProgress(self._first + self._reached * (self._last - self._first) / 100)
        self._tell(percent)


def pause(seconds: float, feedback: Feedback) -> None:
    """Wait; raises ``Canceled`` within a tenth of a second of a cancel."""
    end = time.monotonic() + seconds
    waiting = threading.Event()
    while time.monotonic() < end:
        if feedback.isCanceled():
            raise Canceled
        waiting.wait(min(0.1, max(0.0, end - time.monotonic())))


def wait_for_job(
    job: DownloadJob, downloads: DownloadClient, timeout: float, feedback: Feedback, tell: Tell
) -> DownloadJob:
    """Return the job once it is finished.

    The service has no state for a job that failed: it stays in the queue for ever
    (contract/occurrences 3.2), so after ``timeout`` seconds ``DownloadFailed`` (``stuck``) is
    raised; its job can be followed again later. Looks that fail in passing are repeated.
    """
    end = time.monotonic() + timeout
    wait, unknown, refused = FIRST_PAUSE, 0, False
    current: Optional[DownloadJob] = job
    while True:
        if current is None:
            unknown += 1
        else:
            unknown = 0
            _refuse_ended(current)
            _tell_waiting(current, feedback, tell)  # also of a job that is finished at once
            if current.state is JobState.FINISHED:
                return current
        while True:
            if unknown > UNKNOWN_LOOKS or time.monotonic() > end:
                raise DownloadFailed(f"job {job.id} does not end", reason="stuck")
            pause(min(wait, max(0.1, end - time.monotonic())), feedback)
            wait = min(wait * GROWTH, LONGEST_PAUSE)
            try:
                current = downloads.status(job.id, feedback)
                break
            except PASSING as failure:
                if time.monotonic() > end:
                    raise
                _tell_trouble(failure, job.id, tell)
            except SignInRequired:  # a sign-in that ended: the next look is anybody's
                if refused:
                    raise
                refused = True


def _refuse_ended(job: DownloadJob) -> None:
    if job.state is JobState.TOO_LARGE:
        raise DownloadFailed(job.message or "too many records", reason="too_large")
    if job.state is JobState.CANCELLED:
        raise DownloadFailed("cancelled on the portal", reason="cancelled")


def _tell_waiting(job: DownloadJob, feedback: Feedback, tell: Tell) -> None:
    queued = job.state is JobState.IN_QUEUE
    tell(
        DownloadProgress(
            Stage.QUEUED if queued else Stage.PREPARING,
            job.records,
            job.total_records,
            job.queue_size,
            job.id,
        )
    )
    if job.total_records:
        feedback.setProgress(100 * min(1.0, job.records / job.total_records))


def _tell_trouble(failure: PortalError, job_id: str, tell: Tell) -> None:
    slowed = isinstance(failure, Throttled)
    tell(DownloadProgress(Stage.SLOWED if slowed else Stage.TROUBLED, job_id=job_id))


def fetch_archive(
    job: DownloadJob,
    downloads: DownloadClient,
    archive: Path,
    expected: Optional[int],
    feedback: Feedback,
    tell: Tell,
) -> None:
    """Fetch the job's file to ``archive`` and check that it is whole.

    Bytes of an earlier try are kept and continued, a whole file is taken as it is. A transfer
    that breaks is continued a few times before its error is raised. A file may be called finished
    while it still grows (contract/occurrences 3.2): then it is fetched anew, likewise, before
    ``DownloadFailed`` (``incomplete``) is raised.
    """
    if archive.is_file():
        with suppress(BadArchive):
            inspect_archive(archive, expected)
            return

    def told(percent: float) -> None:
        done = archive.stat().st_size if archive.is_file() else 0
        total = round(done * 100 / percent) if percent else 0
        tell(DownloadProgress(Stage.FETCHING, done, total, 0, job.id))

    watched = Part(feedback, 0, 100, told)
    for attempt in range(1, FETCHES + 1):
        try:
            downloads.fetch(job, archive, watched)
            inspect_archive(archive, expected)
            return
        except (*TRANSIENT, SignInRequired) as failure:
            if attempt == FETCHES:
                raise
            _tell_trouble(failure, job.id, tell)
        except BadArchive as damage:
            archive.unlink(missing_ok=True)
            if attempt == FETCHES:
                raise DownloadFailed(
                    f"the file of job {job.id} stays incomplete: {damage}", reason="incomplete"
                ) from damage
        pause(FIRST_PAUSE * attempt, feedback)
