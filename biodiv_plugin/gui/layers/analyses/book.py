"""One's analyses on the portal: what runs, and what an earlier QGIS began."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from enum import Enum
from functools import partial
from pathlib import Path
from typing import Callable, Optional

from qgis.core import QgsApplication, QgsFeedback
from qgis.PyQt.QtCore import QObject, pyqtSignal

from biodiv_plugin.deletion import delete_later, prepare
from biodiv_plugin.gui.layers.analyses.form import AskedAnalysis
from biodiv_plugin.portal.analysis import AnalysisTask
from biodiv_plugin.portal.errors import AnalysisFailed
from biodiv_plugin.services import Services
from biodiv_plugin.tasks.task import PortalTask
from biodiv_plugin.use_cases import analysis_journal
from biodiv_plugin.use_cases.analysis_inputs import AnalysisServices, complete_inputs
from biodiv_plugin.use_cases.analysis_journal import AnalysisJournal, AnalysisRun
from biodiv_plugin.use_cases.fetch_results import AnalysisResults, fetch_results
from biodiv_plugin.use_cases.run_analysis import (
    Note,
    Tell,
    delete_areas,
    restore_task,
    run_analysis,
)

Work = Callable[[QgsFeedback], object]


class RunState(Enum):
    RUNNING = "running"
    OPEN = "open"  # nobody waits for it here; the portal may go on
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True)
class FetchedAnalysis:
    task: AnalysisTask
    results: AnalysisResults


class AnalysisJob(QObject):
    """One analysis. Changed in the main thread only."""

    changed = pyqtSignal()
    noted = pyqtSignal(object)  # itself: its number or its areas changed
    fetched = pyqtSignal(object)  # itself: its results are here
    ended = pyqtSignal(object)  # itself: done, failed, or no longer waited for
    _told = pyqtSignal(str)  # from the worker to the main thread
    _noted = pyqtSignal(int, object)

    def __init__(self, entry: AnalysisRun, parent: QObject) -> None:
        super().__init__(parent)
        self.entry = entry
        self.state = {
            analysis_journal.DONE: RunState.DONE,
            analysis_journal.FAILED: RunState.FAILED,
        }.get(entry.state, RunState.OPEN)
        self.told = ""  # by the work that runs
        self.trouble = ""  # with one's own polygons
        self.percent = 0.0
        self.error: Optional[Exception] = None
        self.results: Optional[AnalysisResults] = None
        self._task: Optional[PortalTask] = None
        self._before = self.state  # what a run is again that could not be fetched once more
        self._told.connect(self._on_told)
        self._noted.connect(self._on_noted)
        prepare(self)

    def tell(self, text: str) -> None:
        """Note how far the work is; called in the worker thread."""
        self._told.emit(text)

    def note(self, number: int, areas: tuple[str, ...]) -> None:
        """Note what must outlive QGIS; called in the worker thread."""
        self._noted.emit(number, areas)

    def follow(self, task: PortalTask) -> None:
        self._before = self.state
        self._task, self.state, self.error = task, RunState.RUNNING, None
        self.told, self.trouble, self.percent = "", "", 0.0
        task.progressChanged.connect(self._on_progress)
        task.succeeded.connect(self._on_succeeded)
        task.failed.connect(self._on_failed)
        task.canceled.connect(self._on_canceled)
        self.changed.emit()

    def stop_waiting(self) -> None:
        """Wait no longer; the portal goes on, since it cannot stop (contract/spatial 7.4)."""
        if self._task is not None:
            self._task.cancel()

    def tell_cleared(self, cleared: bool) -> None:
        """Tell whether one's own polygons are off the portal."""
        kept = self.tr("The portal did not delete your polygons; try again later.")
        self.trouble = "" if cleared else kept
        self.changed.emit()

    def _on_told(self, text: str) -> None:
        self.told = text
        self.changed.emit()

    def _on_noted(self, number: int, areas: tuple[str, ...]) -> None:
        self.entry = replace(self.entry, number=number or self.entry.number, areas=areas)
        self.noted.emit(self)
        self.changed.emit()

    def _on_progress(self, percent: float) -> None:
        self.percent = percent
        self.changed.emit()

    def _on_succeeded(self, fetched: FetchedAnalysis) -> None:
        self.results = fetched.results
        self.entry = replace(self.entry, process=fetched.task.name or self.entry.process)
        self._end(RunState.DONE, analysis_journal.DONE)
        self.fetched.emit(self)

    def _on_failed(self, error: Exception) -> None:
        self.error = error
        ended = isinstance(error, AnalysisFailed) and error.reason != "running"
        if ended:
            self._end(RunState.FAILED, analysis_journal.FAILED)
        else:
            self._end(self._before, self.entry.state)

    def _on_canceled(self) -> None:
        self._end(self._before, self.entry.state)

    def _end(self, state: RunState, kept: str) -> None:
        self._task, self.state = None, state
        self.entry = replace(self.entry, state=kept)
        self.changed.emit()
        self.ended.emit(self)


class AnalysisBook(QObject):
    """Starts analyses and remembers them, the newest last, for the person who is signed in."""

    reset = pyqtSignal()  # other jobs are there now
    added = pyqtSignal(object)  # an AnalysisJob
    removed = pyqtSignal(object)
    fetched = pyqtSignal(object)
    ended = pyqtSignal(object)

    def __init__(
        self, services: Services, path: Optional[Path] = None, parent: Optional[QObject] = None
    ) -> None:
        super().__init__(parent)
        folder = Path(QgsApplication.qgisSettingsDirPath()) / "biodiv"
        self._services = services
        self._journal = AnalysisJournal(path or folder / "analyses.json")
        self._sub: Optional[str] = None  # whose jobs are shown; None before any
        self.jobs: list[AnalysisJob] = []
        services.session.changed.connect(self._on_session)
        prepare(self)

    def open(self) -> None:
        """Show the runs of who is signed in, and nobody's. What runs goes on."""
        account = self._services.session.account
        sub = account.sub if account else ""
        if sub == self._sub:
            return
        self._sub = sub
        running = [job for job in self.jobs if job.state is RunState.RUNNING]
        known = {job.entry.key for job in running}
        runs = self._journal.runs(self._services.environment.portal, sub)
        recalled = [self._job(run) for run in runs if run.key not in known]
        gone = [job for job in self.jobs if job not in running]
        self.jobs = [*recalled, *running]
        self.reset.emit()
        for job in gone:
            delete_later(job)

    def start(self, asked: AskedAnalysis, folder: Path) -> AnalysisJob:
        """Have the portal run an analysis, and fetch what it leaves into ``folder``."""
        job = self._job(self._entry(asked.process.name, folder))
        self._add(job)
        self._run(job, partial(_run, self._services, asked, folder, job.tell, job.note))
        return job

    def fetch(self, job: AnalysisJob) -> None:
        """Wait for a run if it still goes on, and fetch its results (again)."""
        if job.state is not RunState.RUNNING and job.entry.number:
            self._run(job, partial(_fetch, self._services, job.entry, job.tell, job.note))

    def restore(self, number: int, folder: Path) -> AnalysisJob:
        """Fetch the results of a run by its number, whoever began it."""
        known = next((job for job in self.jobs if job.entry.number == number), None)
        if known is None:
            known = self._job(replace(self._entry("", folder), number=number))
            self._add(known)
        self.fetch(known)
        return known

    def clear_areas(self, job: AnalysisJob) -> None:
        """Delete one's own polygons that a run left on the portal; ``note`` tells what is left."""
        work = partial(_clear, self._services, job.entry, job.note)
        task = PortalTask(self.tr("Delete areas of an analysis"), work)
        task.succeeded.connect(job.tell_cleared)
        self._services.tasks.start(task)

    def forget(self, job: AnalysisJob) -> None:
        """Drop a run from the list; its files stay, and the portal's results too."""
        self.jobs = [known for known in self.jobs if known is not job]
        self._journal.remove(job.entry.key)
        self.removed.emit(job)

    def _entry(self, process: str, folder: Path) -> AnalysisRun:
        account = self._services.session.account
        return AnalysisRun(
            key=secrets.token_hex(8),
            process=process,
            portal=self._services.environment.portal,
            sub=account.sub if account else "",
            folder=str(folder),
        )

    def _job(self, entry: AnalysisRun) -> AnalysisJob:
        job = AnalysisJob(entry, self)
        job.noted.connect(self._on_noted)
        job.ended.connect(self._on_ended)
        job.fetched.connect(self.fetched)
        return job

    def _add(self, job: AnalysisJob) -> None:
        self.jobs.append(job)
        self.added.emit(job)

    def _run(self, job: AnalysisJob, work: Work) -> None:
        task = PortalTask(self.tr("Analysis on the portal"), work)
        job.follow(task)
        self._services.tasks.start(task)

    def _on_noted(self, job: AnalysisJob) -> None:
        self._journal.put(job.entry)

    def _on_ended(self, job: AnalysisJob) -> None:
        never_began = not job.entry.number and not job.entry.areas
        unknown = job.state is RunState.OPEN and not job.entry.process
        if never_began or unknown:
            self.forget(job)
        else:
            self._journal.put(job.entry)
        self.ended.emit(job)

    def _on_session(self, _state: object) -> None:
        if self._sub is not None:  # else nobody looks yet
            self.open()


def _run(
    services: Services,
    asked: AskedAnalysis,
    folder: Path,
    tell: Tell,
    note: Note,
    feedback: QgsFeedback,
) -> FetchedAnalysis:
    account = services.session.account
    parts = AnalysisServices(
        services.analyses,
        services.areas,
        services.taxa,
        services.environment,
        account.user_id if account else "",
    )
    given = complete_inputs(asked.process, asked.given, parts, feedback)
    task = run_analysis(
        asked.process, given, asked.polygons, parts, tell, note=note, feedback=feedback
    )
    return _fetched(services, task, folder, feedback)


def _fetch(
    services: Services, entry: AnalysisRun, tell: Tell, note: Note, feedback: QgsFeedback
) -> FetchedAnalysis:
    try:
        task = restore_task(entry.number, services.analyses, tell, feedback=feedback)
    except AnalysisFailed as failure:
        if failure.reason != "running":
            _clear(services, entry, note, feedback)
        raise
    _clear(services, entry, note, feedback)
    return _fetched(services, task, Path(entry.folder), feedback)


def _clear(services: Services, entry: AnalysisRun, note: Note, feedback: QgsFeedback) -> bool:
    """Delete the areas of a run that has ended; only who is signed in can."""
    kept = entry.areas
    if kept and services.session.account is not None:
        kept = delete_areas(kept, services.areas, feedback)
        note(entry.number, kept)
    return not kept


def _fetched(
    services: Services, task: AnalysisTask, folder: Path, feedback: QgsFeedback
) -> FetchedAnalysis:
    portal = services.environment.portal
    results = fetch_results(task, folder, services.analyses, services.areas, portal, feedback)
    return FetchedAnalysis(task, results)
