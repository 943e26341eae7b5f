"""One item in QGIS's message bar for all downloads, while nobody sees their rows."""

from __future__ import annotations

from typing import Callable, Optional

from qgis.core import Qgis
from qgis.gui import QgsMessageBar, QgsMessageBarItem
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QLocale, QObject, pyqtSignal
from qgis.PyQt.QtWidgets import QProgressBar, QPushButton

from biodiv_plugin.gui.downloads.job_book import Job, JobBook, JobState
from biodiv_plugin.gui.downloads.job_words import words_of
from biodiv_plugin.gui.plain import in_message
from biodiv_plugin.messages import explain

_WIDTH = 140  # pixels of the progress bar: the sentence needs the rest


class DownloadMessage(QObject):
    """Tells how far the downloads are, and once all have ended how.

    ``is_seen`` tells whether the person sees the section *Downloads*, which tells the same. Who
    closes the item is left alone until the downloads have ended, or another one begins.
    """

    details_requested = pyqtSignal()
    retry_requested = pyqtSignal(object)  # a Job that failed

    def __init__(
        self, jobs: JobBook, bar: QgsMessageBar, is_seen: Callable[[], bool], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._jobs, self._bar, self._is_seen = jobs, bar, is_seen
        self._ended: list[Job] = []  # since the person last saw the section
        self._failed: list[Job] = []  # what the item offers to try again
        self._item: Optional[QgsMessageBarItem] = None
        self._progress: Optional[QProgressBar] = None
        self._cancel: Optional[QPushButton] = None
        self._closed = False
        jobs.added.connect(self._on_added)
        jobs.ended.connect(self._on_ended)

    def close(self) -> None:
        """Take the item away, for good."""
        self._jobs.added.disconnect(self._on_added)
        self._jobs.ended.disconnect(self._on_ended)
        self._ended.clear()
        self._take_away()

    def refresh(self, _change: object = None) -> None:
        """Show what is to be told now, or nothing."""
        if self._is_seen():
            self._ended.clear()
            self._closed = False
            self._take_away()
            return
        running = [job for job in self._jobs.jobs if job.state is JobState.RUNNING]
        if running:
            self._show_running(running)

    def _on_added(self, job: Job) -> None:
        if job.state is JobState.RUNNING:
            self._closed = False
            job.changed.connect(self.refresh)
            self.refresh()

    def _on_ended(self, job: Job) -> None:
        job.changed.disconnect(self.refresh)
        if self._is_seen():
            return
        if job.state is not JobState.CANCELED:
            self._ended.append(job)
        if any(other.state is JobState.RUNNING for other in self._jobs.jobs):
            self.refresh()
            return
        self._closed = False
        self._take_away()
        ended, self._ended = self._ended, []
        if ended:
            self._show_ended(ended)

    def _show_running(self, running: list[Job]) -> None:
        if self._item is not None and not self._is_shown():
            self._closed = True
        if self._closed:
            return
        if self._progress is None or not self._is_shown():
            self._begin()
        words = self.tr("{n} downloads are running").format(n=len(running))
        if len(running) == 1:
            (job,) = running
            stage = words_of(job.progress) if job.progress else self.tr("Asking the portal")
            words = f"{job.target.stem}: {stage}"
        self._item.setText(in_message(words))
        self._progress.setValue(round(sum(job.percent for job in running) / len(running)))
        self._cancel.setText(self.tr("Cancel") if len(running) == 1 else self.tr("Cancel All"))

    def _begin(self) -> None:
        self._take_away()
        self._item = item = self._bar.createMessage(self.tr("Downloads"), "")
        self._progress = QProgressBar(item)
        self._progress.setMaximumWidth(_WIDTH)
        self._progress.setAccessibleName(self.tr("Progress of the downloads"))
        item.layout().addWidget(self._progress)
        self._offer(self.tr("Details"), self._on_details)
        self._cancel = self._offer(self.tr("Cancel"), self._on_cancel)
        self._bar.pushWidget(item, Qgis.MessageLevel.Info)

    def _show_ended(self, ended: list[Job]) -> None:
        failed = [job for job in ended if job.state is JobState.FAILED]
        told = [self._tell_done([job for job in ended if job.state is JobState.DONE])]
        told.append(self._tell_failed(failed))
        level = Qgis.MessageLevel.Warning if failed else Qgis.MessageLevel.Success
        text = " ".join(filter(None, told))
        self._item = self._bar.createMessage(self.tr("Downloads"), in_message(text))
        self._failed = failed
        if failed:
            self._offer(self.tr("Try Again"), self._on_retry)
        self._offer(self.tr("Details"), self._on_details)
        self._bar.pushWidget(self._item, level, QgsMessageBar.defaultMessageTimeout(level))

    def _tell_done(self, done: list[Job]) -> str:
        records = sum(job.manifest.received for job in done if job.manifest is not None)
        number = QLocale().toString(records)
        if len(done) == 1:
            text = self.tr("{n} observations added to the map: {name}.")
            return text.format(n=number, name=done[0].target.stem)
        if not done:
            return ""
        text = self.tr("{jobs} downloads added to the map, {n} observations together.")
        return text.format(jobs=len(done), n=number)

    def _tell_failed(self, failed: list[Job]) -> str:
        if not failed:
            return ""
        reason = explain(failed[0].error) if failed[0].error is not None else ""
        if len(failed) == 1:
            return f"{failed[0].target.stem}: {reason}"
        text = self.tr("{jobs} downloads did not succeed. {reason}")
        return text.format(jobs=len(failed), reason=reason)

    def _offer(self, label: str, slot: Callable[[bool], None]) -> QPushButton:
        button = QPushButton(label, self._item)
        button.clicked.connect(slot)
        self._item.layout().addWidget(button)
        return button

    def _on_details(self, _checked: bool = False) -> None:
        self._take_away()
        self.details_requested.emit()

    def _on_cancel(self, _checked: bool = False) -> None:
        for job in self._jobs.jobs:
            if job.state is JobState.RUNNING:
                job.cancel()

    def _on_retry(self, _checked: bool = False) -> None:
        failed, self._failed = self._failed, []
        self._take_away()
        for job in failed:
            self.retry_requested.emit(job)

    def _is_shown(self) -> bool:
        item = self._item
        return item is not None and not sip.isdeleted(item) and item in self._bar.items()

    def _take_away(self) -> None:
        if self._is_shown():
            self._bar.popWidget(self._item)
        self._item = self._progress = self._cancel = None
