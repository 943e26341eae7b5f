"""The downloads of this session: what each is doing, in one place that several views show."""

from __future__ import annotations

from enum import Enum
from functools import partial
from typing import Optional

from qgis.core import QgsCoordinateTransformContext, QgsFeedback
from qgis.PyQt.QtCore import QObject, pyqtSignal

from biodiv_plugin.gui.download_form import DownloadChoice
from biodiv_plugin.portal.downloads import DownloadOptions
from biodiv_plugin.portal.query import OccurrenceQuery
from biodiv_plugin.services import Services
from biodiv_plugin.tasks.task import PortalTask
from biodiv_plugin.use_cases.download_occurrences import (
    DownloadedOccurrences,
    DownloadRequest,
    download_occurrences,
)
from biodiv_plugin.use_cases.follow_job import DownloadProgress, Tell


class JobState(Enum):
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELED = "canceled"


class Job(QObject):
    """One download. Changed in the main thread only."""

    changed = pyqtSignal()
    ended = pyqtSignal(object)  # itself
    _progressed = pyqtSignal(object)  # from the worker to the main thread

    def __init__(self, query: OccurrenceQuery, choice: DownloadChoice, parent: QObject) -> None:
        super().__init__(parent)
        self.query, self.choice = query, choice
        self.state = JobState.RUNNING
        self.progress: Optional[DownloadProgress] = None
        self.percent = 0.0
        self.error: Optional[Exception] = None
        self.result: Optional[DownloadedOccurrences] = None
        self.task: Optional[PortalTask] = None
        self._progressed.connect(self._on_progressed)

    def tell(self, progress: DownloadProgress) -> None:
        """Note how far the work is; called in the worker thread."""
        self._progressed.emit(progress)

    def watch(self, task: PortalTask) -> None:
        """Follow ``task`` by bound methods: Qt drops these when the job is gone, lambdas not."""
        self.task = task
        task.progressChanged.connect(self._set_percent)
        task.succeeded.connect(self._succeed)
        task.failed.connect(self._fail)
        task.canceled.connect(self._stop)

    def cancel(self) -> None:
        if self.task is not None:
            self.task.cancel()

    def _succeed(self, result: DownloadedOccurrences) -> None:
        self.result = result
        self._end(JobState.DONE)

    def _fail(self, error: Exception) -> None:
        self.error = error
        self._end(JobState.FAILED)

    def _stop(self) -> None:
        self._end(JobState.CANCELED)

    def _end(self, state: JobState) -> None:
        self.state, self.task = state, None
        self.changed.emit()
        self.ended.emit(self)

    def _set_percent(self, percent: float) -> None:
        self.percent = percent
        self.changed.emit()

    def _on_progressed(self, progress: DownloadProgress) -> None:
        self.progress = progress
        self.changed.emit()


class JobBook(QObject):
    """Starts downloads and remembers them, the newest last."""

    added = pyqtSignal(object)  # a Job
    ended = pyqtSignal(object)  # a Job: done, failed or canceled
    running_changed = pyqtSignal(int)

    def __init__(self, services: Services, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._services = services
        self.jobs: list[Job] = []

    def start(
        self,
        query: OccurrenceQuery,
        choice: DownloadChoice,
        context: QgsCoordinateTransformContext,
    ) -> Job:
        """Ask the portal for ``query`` and fetch it; the work goes on in a task."""
        job = Job(query, choice, self)
        work = partial(_download, self._services, query, choice, context, job.tell)
        task = PortalTask(self.tr("Download observations"), work)
        job.watch(task)
        job.ended.connect(self._on_ended)
        self.jobs.append(job)
        self.added.emit(job)
        self._services.tasks.start(task)
        self._tell_running()
        return job

    def retry(self, job: Job, context: QgsCoordinateTransformContext) -> Job:
        return self.start(job.query, job.choice, context)

    def _on_ended(self, job: Job) -> None:
        self._tell_running()
        self.ended.emit(job)

    def _tell_running(self) -> None:
        self.running_changed.emit(sum(job.state is JobState.RUNNING for job in self.jobs))


def _download(
    services: Services,
    query: OccurrenceQuery,
    choice: DownloadChoice,
    context: QgsCoordinateTransformContext,
    tell: Tell,
    feedback: QgsFeedback,
) -> DownloadedOccurrences:
    asked = services.for_download(context)
    request = DownloadRequest(
        query=query,
        options=DownloadOptions(email=services.session.account.email, reason_id=choice.reason_id),
        target=choice.target,
        crs=choice.crs,
    )
    return download_occurrences(request, asked, feedback, tell)
