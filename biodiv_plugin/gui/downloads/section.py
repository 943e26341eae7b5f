"""The section *Downloads*: what runs, what is done, what failed."""

from __future__ import annotations

from pathlib import Path
from typing import Iterator

from qgis.core import QgsVectorLayer
from qgis.PyQt.QtCore import QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import QVBoxLayout, QWidget

from biodiv_plugin import settings
from biodiv_plugin.deletion import delete_later
from biodiv_plugin.gui.downloads.form import terms_setting
from biodiv_plugin.gui.downloads.job_book import Job, JobBook, JobState
from biodiv_plugin.gui.downloads.job_row import JobRow
from biodiv_plugin.gui.host import Host
from biodiv_plugin.gui.notices import Notice
from biodiv_plugin.gui.plain import PlainLabel
from biodiv_plugin.layers.occurrence_layer import open_occurrence_layers
from biodiv_plugin.portal.errors import PortalError
from biodiv_plugin.services import Services


class DownloadSection(QWidget):
    """Shows the job book, the newest on top, and puts what is done on the map."""

    account_needed = pyqtSignal(object)  # by a Job that is to be tried again

    def __init__(self, services: Services, host: Host, jobs: JobBook) -> None:
        super().__init__()
        self._services, self._host, self._jobs = services, host, jobs
        self._to_add: list[Iterator[tuple[int, QgsVectorLayer]]] = []
        self.notice = Notice()
        self._empty = PlainLabel(
            self.tr("No downloads yet. Ask for observations and choose Download there.")
        )
        self._empty.setWordWrap(True)
        self._rows = QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.addWidget(self.notice)
        column.addWidget(self._empty)
        column.addLayout(self._rows)
        column.addStretch(1)
        jobs.added.connect(self._add_row)
        jobs.ended.connect(self._on_ended)
        services.session.changed.connect(self._on_session)
        jobs.recall()

    def activate(self) -> None:
        """Nothing to fetch: the job book is always up to date."""

    def refresh(self, former: Path) -> None:
        """Ask anew what a downloaded file asked; the new file is put on the map.

        Who has never accepted the terms for what they may see now does so in the form first.
        """
        account = self._services.session.account
        sees_exact = bool(account and account.may_see_high_resolution)
        if not terms_setting(sees_exact).get() or settings.DOWNLOAD_REASON.get() < 0:
            self.notice.tell(
                self.tr(
                    "Download in the section Observations once: the form there asks for your "
                    "reason and shows the terms. After that a layer can be refreshed here."
                ),
                warning=True,
            )
            return
        self.notice.clear()
        try:
            self._jobs.refresh(former, self._host.project.transformContext())
        except PortalError as error:  # the file no longer tells its question
            self.notice.tell_error(error)

    def _add_row(self, job: Job) -> None:
        self._empty.hide()
        row = JobRow(job)
        row.add_requested.connect(self._add_layers)
        row.retry_requested.connect(self.retry)
        row.account_needed.connect(self.account_needed)
        row.remove_requested.connect(self._remove)
        row.notice.log_requested.connect(self._host.open_log)
        self._rows.insertWidget(0, row)

    def _on_session(self, _state: object) -> None:
        """What an earlier QGIS left running goes on once its person is signed in again."""
        if self._services.session.account is not None:
            self._jobs.resume(self._host.project.transformContext())

    def _on_ended(self, job: Job) -> None:
        if job.state is JobState.DONE:
            self._add_layers(job)

    def _add_layers(self, job: Job) -> None:
        self._to_add.append(enumerate(open_occurrence_layers(job.target)))
        if len(self._to_add) == 1:
            QTimer.singleShot(0, self._add_next)

    def _add_next(self) -> None:
        """Add a layer, each in a turn of its own: QGIS would stand still for all of them. Squares
        come beneath the points and wait, hidden, for one click."""
        place, layer = next(self._to_add[0], (0, None))
        if layer is None:
            self._to_add.pop(0)
        else:
            self._host.project.addMapLayer(layer, False)
            node = self._host.project.layerTreeRoot().insertLayer(place, layer)
            node.setExpanded(False)
            node.setItemVisibilityChecked(place == 0)
        if self._to_add:
            QTimer.singleShot(0, self._add_next)

    def retry(self, job: Job) -> None:
        """Ask again what a job asked; who is signed out signs in first."""
        if self._services.session.account is None:
            self.account_needed.emit(job)
            return
        self._remove_row(job)
        self._jobs.repeat(job, self._host.project.transformContext())

    def _remove(self, job: Job) -> None:
        self._remove_row(job)
        self._jobs.remove(job)
        self._empty.setVisible(not self._jobs.jobs)

    def _remove_row(self, job: Job) -> None:
        for index in range(self._rows.count()):
            row = self._rows.itemAt(index).widget()
            if row.job is job:
                self._rows.takeAt(index)
                row.hide()
                delete_later(row)
                return
