"""One download in the section *Downloads*."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QLocale, QUrl, pyqtSignal
from qgis.PyQt.QtGui import QDesktopServices, QGuiApplication
from qgis.PyQt.QtWidgets import (
    QFrame,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from biodiv_plugin.gui.button_rows import ButtonRows
from biodiv_plugin.gui.downloads.job_book import Job, JobState
from biodiv_plugin.gui.downloads.job_details import JobDetails
from biodiv_plugin.gui.downloads.job_words import words_of
from biodiv_plugin.gui.notices import Notice
from biodiv_plugin.gui.plain import PlainLabel
from biodiv_plugin.use_cases.repeat_download import Repeated
from biodiv_plugin.use_cases.tell_query import tell_query


class JobRow(QFrame):
    """What was asked, how far it is in words and percent, and what one can do with it."""

    add_requested = pyqtSignal(object)  # the Job
    retry_requested = pyqtSignal(object)
    remove_requested = pyqtSignal(object)
    account_needed = pyqtSignal(object)

    def __init__(self, job: Job, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.job = job
        self._title = PlainLabel(job.target.name)
        font = self._title.font()
        font.setBold(True)
        self._title.setFont(font)
        self._stage = PlainLabel()
        self._stage.setWordWrap(True)
        self._bar = QProgressBar()
        self._bar.setAccessibleName(self.tr("Progress of the download"))
        self.notice = Notice()
        self._cancel = self._button(self.tr("Cancel"), job.cancel)
        self._add = self._button(self.tr("Add to Map"), self._ask_add)
        self._folder = self._button(self.tr("Open Folder"), self._open_folder)
        self._cite = self._button(self.tr("Copy Citation"), self._copy_citation)
        self._again = self._button(self.tr("Repeat"), self._ask_retry)
        self._remove = self._button(self.tr("Remove from List"), self._ask_remove)
        self.details = JobDetails(job)
        self._more = QPushButton(self.tr("Details"))
        self._more.setCheckable(True)
        self._more.toggled.connect(self.details.setVisible)
        self.details.copied.connect(self.notice.tell)
        self.notice.sign_in_requested.connect(self._ask_account)
        self._lay_out()
        job.changed.connect(self._show)
        self._show()

    def _button(self, label: str, action: object) -> QPushButton:
        button = QPushButton(label)
        button.clicked.connect(lambda _checked=False: action())
        return button

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        for widget in (self._title, self._stage, self._bar, self.notice):
            column.addWidget(widget)
        column.addLayout(
            ButtonRows(
                self._add,
                self._folder,
                self._cite,
                self._again,
                self._more,
                self._remove,
                self._cancel,
            )
        )
        column.addWidget(self.details)

    def _show(self) -> None:
        job = self.job
        running, done = job.state is JobState.RUNNING, job.state is JobState.DONE
        self._bar.setVisible(running)
        self._bar.setValue(int(job.percent))
        self._cancel.setVisible(running)
        for button in (self._add, self._folder, self._cite):
            button.setVisible(done)
        for button in (self._again, self._remove):
            button.setVisible(not running)
        self._stage.setText(self._words())
        if job.state is JobState.FAILED and job.error is not None:
            self.notice.tell_error(job.error)

    def _words(self) -> str:
        job = self.job
        if job.state is JobState.CANCELED:
            return self.tr("Canceled; nothing was kept.")
        if job.manifest is not None:
            told = (tell_query(job.query, job.manifest.received), self._differences())
            return " ".join(filter(None, (*told, *job.warnings)))
        if job.state is JobState.FAILED and job.error is None:
            return self.tr("This download did not succeed last time.")
        return "" if job.progress is None else words_of(job.progress)

    def _differences(self) -> str:
        """Say what became different from the former file; known while QGIS is open."""
        job = self.job
        if job.result is None or job.entry.former is None:
            return ""
        number, changes = QLocale().toString, Repeated(job.result, job.result.differences)
        return self.tr("{added} new, {changed} changed, {removed} removed.").format(
            added=number(changes.added),
            changed=number(changes.changed),
            removed=number(changes.removed),
        )

    def _ask_add(self) -> None:
        self.add_requested.emit(self.job)

    def _ask_account(self) -> None:
        self.account_needed.emit(self.job)

    def _ask_retry(self) -> None:
        self.retry_requested.emit(self.job)

    def _ask_remove(self) -> None:
        self.remove_requested.emit(self.job)

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.job.target.parent)))

    def _copy_citation(self) -> None:
        QGuiApplication.clipboard().setText(self.job.manifest.citation)
        self.notice.tell(self.tr("The citation is on the clipboard."))
