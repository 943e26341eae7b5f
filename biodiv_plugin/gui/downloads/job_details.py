"""What a download was, folded open in its row."""

from __future__ import annotations

import re
from html import escape
from typing import Optional

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QGuiApplication
from qgis.PyQt.QtWidgets import QPushButton, QVBoxLayout, QWidget

from biodiv_plugin.gui.downloads.job_book import Job, JobState
from biodiv_plugin.gui.downloads.job_words import words_of
from biodiv_plugin.gui.plain import HtmlLabel
from biodiv_plugin.messages import explain
from biodiv_plugin.use_cases.tell_download import DownloadFacts, tell_download, tell_helpdesk

_LONG = re.compile(r"\S{20,}")
_SIGN = re.compile(r"(?<=[-_./\\])")
_LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;)]")


class JobDetails(QWidget):
    """Follows its job while it is open."""

    copied = pyqtSignal(str)  # a sentence about it

    def __init__(self, job: Job, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._job = job
        self.text = HtmlLabel()
        self.text.setWordWrap(True)
        self.text.setOpenExternalLinks(True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.text.setAccessibleName(self.tr("Details of the download"))
        self.helpdesk = QPushButton(self.tr("Copy Details for the Helpdesk"))
        self.helpdesk.setToolTip(
            self.tr("Without your name, your address, your folders and names of private lists")
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.text)
        column.addWidget(self.helpdesk)
        self.helpdesk.clicked.connect(self._copy)
        job.changed.connect(self._show)
        self.hide()

    def showEvent(self, event: object) -> None:  # noqa: N802
        super().showEvent(event)
        self._show()

    def facts(self) -> DownloadFacts:
        job = self._job
        running = job.state is JobState.RUNNING
        return DownloadFacts(
            query=job.query,
            created=job.entry.created,
            target=job.target,
            portal=job.entry.portal,
            job_id=job.entry.job_id,
            announced=job.entry.announced,
            private_list=job.entry.expand or bool(job.query.list_taxa),
            former=job.entry.former,
            stage=words_of(job.progress) if running and job.progress else "",
            manifest=job.manifest,
            warnings=job.warnings,
            error=job.error,
            fault=explain(job.error) if job.error is not None else "",
        )

    def _show(self) -> None:
        if self.isHidden():
            return
        rows = (
            f"<p><b>{escape(label)}</b><br>{_linked(text)}</p>"
            for label, text in tell_download(self.facts())
        )
        self.text.setText("".join(rows))

    def _copy(self, _checked: bool = False) -> None:
        QGuiApplication.clipboard().setText(tell_helpdesk(self.facts()))
        self.copied.emit(self.tr("The details are on the clipboard."))


def _linked(text: str) -> str:
    """Return ``text`` as HTML in which addresses, such as a DOI's, can be followed."""
    parts, end = [], 0
    for found in _LINK.finditer(text):
        parts.append(_breakable(text[end : found.start()]))
        address = escape(found[0])
        parts.append(f'<a href="{address}">{address}</a>')
        end = found.end()
    return "".join([*parts, _breakable(text[end:])]).replace("\n", "<br>")


def _breakable(text: str) -> str:
    """Return ``text`` as HTML whose long words, such as names of files, need no wide dock."""
    return _LONG.sub(lambda word: _SIGN.sub("&#8203;", word[0]), escape(text))
