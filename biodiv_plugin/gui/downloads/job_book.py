"""The downloads of this profile: what each is doing, in one place that several views show."""

from __future__ import annotations

import secrets
from dataclasses import replace
from enum import Enum
from functools import partial
from pathlib import Path
from typing import Callable, Optional

from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsFeedback,
)
from qgis.PyQt.QtCore import QLockFile, QObject, pyqtSignal

from biodiv_plugin import settings
from biodiv_plugin.deletion import prepare
from biodiv_plugin.gui.downloads.form import DownloadChoice
from biodiv_plugin.layers.manifest import Manifest, read_manifest
from biodiv_plugin.portal.downloads import DownloadOptions
from biodiv_plugin.portal.errors import (
    BadArchive,
    DownloadFailed,
    Rejected,
    UnexpectedAnswer,
)
from biodiv_plugin.portal.query import OccurrenceQuery
from biodiv_plugin.services import Services
from biodiv_plugin.tasks.task import PortalTask
from biodiv_plugin.use_cases import job_journal
from biodiv_plugin.use_cases.download_occurrences import (
    DownloadedOccurrences,
    DownloadRequest,
    continue_download,
    download_occurrences,
    forget_strays,
    forget_transfer,
)
from biodiv_plugin.use_cases.follow_job import DownloadProgress, Tell
from biodiv_plugin.use_cases.job_journal import JobJournal, JournalEntry
from biodiv_plugin.use_cases.repeat_download import beside, repeat_request, with_present_list

_A_DAY = 24 * 3600 * 1000  # ms
Work = Callable[[QgsFeedback], DownloadedOccurrences]


class JobState(Enum):
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELED = "canceled"


class Job(QObject):
    """One download. Changed in the main thread only."""

    changed = pyqtSignal()
    named = pyqtSignal(object)  # itself: the portal has given it another id
    ended = pyqtSignal(object)  # itself
    _progressed = pyqtSignal(object)  # from the worker to the main thread

    def __init__(self, entry: JournalEntry, parent: QObject) -> None:
        super().__init__(parent)
        self.entry = entry
        self.state = JobState.RUNNING
        self.progress: Optional[DownloadProgress] = None
        self.percent = 0.0
        self.error: Optional[Exception] = None
        self.manifest: Optional[Manifest] = None
        self.warnings: tuple[str, ...] = ()
        self.result: Optional[DownloadedOccurrences] = None
        self._task: Optional[PortalTask] = None
        self._progressed.connect(self._on_progressed)
        prepare(self)

    @property
    def query(self) -> OccurrenceQuery:
        return self.entry.query

    @property
    def target(self) -> Path:
        return self.entry.target

    def tell(self, progress: DownloadProgress) -> None:
        """Note how far the work is; called in the worker thread."""
        self._progressed.emit(progress)

    def watch(self, task: PortalTask) -> None:
        """Follow ``task`` by bound methods: Qt drops these when the job is gone, lambdas not."""
        self._task = task
        task.progressChanged.connect(self._set_percent)
        task.succeeded.connect(self._succeed)
        task.failed.connect(self._fail)
        task.canceled.connect(self._stop)

    def cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def recall(self) -> None:
        """Take up an ended job of an earlier QGIS: done where its file is still there."""
        self.state = JobState.FAILED
        if self.entry.state == job_journal.DONE:
            self.state = JobState.DONE if self.target.is_file() else JobState.CANCELED
        if self.state is JobState.DONE:
            try:
                self.manifest = read_manifest(self.target)
            except UnexpectedAnswer:  # another file took its place
                self.state = JobState.CANCELED

    def _succeed(self, result: DownloadedOccurrences) -> None:
        self.result, self.manifest, self.warnings = result, result.manifest, result.warnings
        self._end(JobState.DONE)

    def _fail(self, error: Exception) -> None:
        self.error = error
        self._end(JobState.FAILED)

    def _stop(self) -> None:
        self._end(JobState.CANCELED)

    def _end(self, state: JobState) -> None:
        self.state, self._task = state, None
        self.changed.emit()
        self.ended.emit(self)

    def _set_percent(self, percent: float) -> None:
        self.percent = percent
        self.changed.emit()

    def _on_progressed(self, progress: DownloadProgress) -> None:
        self.progress = progress
        if progress.job_id and progress.job_id != self.entry.job_id:
            announced = progress.total or self.entry.announced
            self.entry = replace(self.entry, job_id=progress.job_id, announced=announced)
            self.named.emit(self)
        self.changed.emit()


class JobBook(QObject):
    """Starts downloads and remembers them, the newest last, also over the end of QGIS.

    Each running job holds a lock file, so that of two QGIS windows on one profile only one
    takes up what an earlier one left.
    """

    added = pyqtSignal(object)  # a Job
    ended = pyqtSignal(object)  # a Job: done, failed or canceled
    running_changed = pyqtSignal(int)

    def __init__(
        self, services: Services, folder: Optional[Path] = None, parent: Optional[QObject] = None
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._folder = folder or Path(QgsApplication.qgisSettingsDirPath()) / "biodiv"
        self._journal = JobJournal(self._folder / "jobs.json")
        self._locks: dict[str, QLockFile] = {}
        self.jobs: list[Job] = []
        prepare(self)

    def start(
        self,
        query: OccurrenceQuery,
        choice: DownloadChoice,
        context: QgsCoordinateTransformContext,
    ) -> Job:
        """Ask the portal for ``query`` and fetch it; the work goes on in a task."""
        account = self._services.session.account
        entry = JournalEntry(
            key=secrets.token_hex(8),
            query=query,
            target=choice.target,
            crs=choice.crs.authid() or choice.crs.toWkt(),
            reason_id=choice.reason_id,
            fields=choice.fields,
            portal=self._services.environment.portal,
            sub=account.sub if account else "",
        )
        job = Job(entry, self)
        self._run(job, partial(_download, self._services, entry, query, context, job.tell))
        return job

    def repeat(self, job: Job, context: QgsCoordinateTransformContext) -> Job:
        """Ask a job's question anew, into the same file. One that failed in passing goes on where
        it was: for its own person, with what was fetched already."""
        account = self._services.session.account
        over = isinstance(job.error, (DownloadFailed, BadArchive, Rejected))
        mine = account is not None and account.sub == job.entry.sub
        goes_on = job.state is JobState.FAILED and mine and not over
        entry = replace(
            job.entry,
            key=secrets.token_hex(8),
            state=job_journal.RUNNING,
            job_id=job.entry.job_id if goes_on else "",
        )
        if goes_on:
            self._forget(job)
        else:
            self.remove(job)
        again = Job(entry, self)
        self._run(again, partial(_continue, self._services, entry, context, again.tell))
        return again

    def refresh(self, former: Path, context: QgsCoordinateTransformContext) -> Job:
        """Ask anew what the downloaded file ``former`` asked, into a file beside it.

        The reason is the one given then, or the one this person chose last. Raises
        ``UnexpectedAnswer`` where the file does not tell its question.
        """
        account = self._services.session.account
        entries = self._journal.entries()
        given = [entry.reason_id for entry in entries if entry.target == former]
        reasons = [settings.DOWNLOAD_REASON.get(), *given]
        request = repeat_request(
            former, beside(former), account.email if account else "", reasons[-1]
        )
        entry = JournalEntry(
            key=secrets.token_hex(8),
            query=request.query,
            target=request.target,
            crs=request.crs.authid() or request.crs.toWkt(),
            reason_id=request.options.reason_id,
            fields=request.options.fields,
            portal=self._portal(),
            sub=account.sub if account else "",
            expand=bool(request.query.species_list),
            former=request.former,
        )
        job = Job(entry, self)
        self._run(job, partial(_continue, self._services, entry, context, job.tell))
        return job

    def remove(self, job: Job) -> None:
        """Forget an ended job and what was fetched for it; its file stays."""
        if job.entry.job_id:
            forget_transfer(job.entry.job_id)
        self._forget(job)

    def _forget(self, job: Job) -> None:
        self.jobs = [known for known in self.jobs if known is not job]
        self._journal.remove(job.entry.key)

    def recall(self) -> None:
        """Show what earlier QGIS sessions ended; called once."""
        forget_strays({entry.job_id for entry in self._journal.entries()})
        for entry in self._journal.entries():
            if entry.state != job_journal.RUNNING and entry.portal == self._portal():
                job = Job(entry, self)
                job.recall()
                if job.state is JobState.CANCELED:  # its file is gone: nothing to show
                    self._journal.remove(entry.key)
                else:
                    self.jobs.append(job)
                    self.added.emit(job)

    def resume(self, context: QgsCoordinateTransformContext) -> None:
        """Go on with what an earlier QGIS left running, of the person who is signed in now."""
        account = self._services.session.account
        known = {job.entry.key for job in self.jobs}
        for entry in self._journal.entries():
            mine = account is not None and entry.sub == account.sub
            running = entry.state == job_journal.RUNNING and entry.key not in known
            if mine and running and entry.portal == self._portal() and self._lock(entry.key):
                job = Job(entry, self)
                self._run(job, partial(_continue, self._services, entry, context, job.tell))

    def _portal(self) -> str:
        return self._services.environment.portal

    def _run(self, job: Job, work: Work) -> None:
        self._lock(job.entry.key)
        self._journal.put(job.entry)
        task = PortalTask(self.tr("Download observations"), work)
        job.watch(task)
        job.named.connect(self._on_named)
        job.ended.connect(self._on_ended)
        self.jobs.append(job)
        self.added.emit(job)
        self._services.tasks.start(task)
        self._tell_running()

    def _lock(self, key: str) -> bool:
        if key in self._locks:
            return True
        self._folder.mkdir(parents=True, exist_ok=True)
        lock = QLockFile(str(self._folder / f"{key}.lock"))
        # Of a QGIS that died on this machine the lock counts no more; nor, after a day, one of
        # another machine: in a farm of Citrix servers one comes to another each morning.
        lock.setStaleLockTime(_A_DAY)
        if not lock.tryLock(0):
            return False
        self._locks[key] = lock
        return True

    def _on_named(self, job: Job) -> None:
        if any(entry.key == job.entry.key for entry in self._journal.entries()):
            self._journal.put(job.entry)

    def _on_ended(self, job: Job) -> None:
        if job.state is JobState.CANCELED:
            self._journal.remove(job.entry.key)
        else:
            ended = job_journal.DONE if job.state is JobState.DONE else job_journal.FAILED
            job.entry = replace(job.entry, state=ended)
            self._journal.put(job.entry)
        lock = self._locks.pop(job.entry.key, None)
        if lock is not None:
            lock.unlock()
        self._tell_running()
        self.ended.emit(job)

    def _tell_running(self) -> None:
        self.running_changed.emit(sum(job.state is JobState.RUNNING for job in self.jobs))


def _download(
    services: Services,
    entry: JournalEntry,
    query: OccurrenceQuery,
    context: QgsCoordinateTransformContext,
    tell: Tell,
    feedback: QgsFeedback,
) -> DownloadedOccurrences:
    asked = services.for_download(context)
    return download_occurrences(_request(services, entry, query), asked, feedback, tell)


def _continue(
    services: Services,
    entry: JournalEntry,
    context: QgsCoordinateTransformContext,
    tell: Tell,
    feedback: QgsFeedback,
) -> DownloadedOccurrences:
    asked = services.for_download(context)
    query = entry.query
    if entry.expand:
        query = with_present_list(query, services.species_lists, feedback)
    request = _request(services, entry, query)
    if not entry.job_id:
        return download_occurrences(request, asked, feedback, tell)
    return continue_download(entry.job_id, entry.announced, request, asked, feedback, tell)


def _request(services: Services, entry: JournalEntry, query: OccurrenceQuery) -> DownloadRequest:
    return DownloadRequest(
        query=query,
        options=DownloadOptions(
            email=services.session.account.email, reason_id=entry.reason_id, fields=entry.fields
        ),
        target=entry.target,
        crs=QgsCoordinateReferenceSystem(entry.crs),
        former=entry.former,
    )
