"""One analysis in the list of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Callable, Optional

from qgis.PyQt.QtCore import QDateTime, QLocale, Qt, QUrl, pyqtSignal
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QFrame, QProgressBar, QPushButton, QVBoxLayout, QWidget

from biodiv_plugin.gui.button_rows import ButtonRows
from biodiv_plugin.gui.layers.analyses.book import AnalysisJob, RunState
from biodiv_plugin.gui.notices import Notice
from biodiv_plugin.gui.plain import PlainLabel
from biodiv_plugin.use_cases.analysis_journal import AnalysisRun
from biodiv_plugin.use_cases.name_analysis import name_group


class AnalysisRow(QFrame):
    """Its name and number, when it was, how far it is, and what one can do with it."""

    fetch_requested = pyqtSignal(object)  # the AnalysisJob
    report_requested = pyqtSignal(str)  # an address for the browser
    clear_requested = pyqtSignal(object)
    forget_requested = pyqtSignal(object)

    def __init__(self, job: AnalysisJob, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.job = job
        self.title, self.words, self.public = PlainLabel(), PlainLabel(), PlainLabel()
        for label in (self.title, self.words, self.public):
            label.setWordWrap(True)
        font = self.title.font()
        font.setBold(True)
        self.title.setFont(font)
        self.bar = QProgressBar()
        self.bar.setAccessibleName(self.tr("Progress of the analysis"))
        self.notice = Notice()
        self.stop = self._button(self.tr("Stop Waiting"), job.stop_waiting)
        self.stop.setToolTip(self.tr("The portal cannot stop an analysis: it goes on there."))
        self.fetch = self._button("", self._ask_fetch)
        self.report = self._button(self.tr("Open Report"), self._open_report)
        self.search = self._button(self.tr("Show Observations"), self._open_search)
        self.search.setToolTip(self.tr("On the portal's own page, in the browser"))
        self.folder = self._button(self.tr("Open Folder"), self._open_folder)
        self.clear = self._button(self.tr("Delete Polygons"), self._ask_clear)
        self.clear.setToolTip(self.tr("Takes your polygons off the portal"))
        self.forget = self._button(self.tr("Forget"), self._ask_forget)
        self.forget.setToolTip(
            self.tr("Off this list; the files and the results on the portal stay.")
        )
        column = QVBoxLayout(self)
        for widget in (self.title, self.words, self.bar, self.public, self.notice):
            column.addWidget(widget)
        self._buttons = (self.report, self.search, self.folder, self.fetch, self.clear)
        column.addLayout(ButtonRows(*self._buttons, self.forget, self.stop))
        job.changed.connect(self.show_job)
        self.show_job()

    def show_job(self) -> None:
        job = self.job
        running = job.state is RunState.RUNNING
        results = job.results
        self.title.setText(self._name())
        self.words.setText(self._words())
        self.words.setVisible(bool(self.words.text()))
        self.bar.setVisible(running)
        self.bar.setRange(0, 100 if job.percent else 0)  # the portal does not tell how far it is
        self.bar.setValue(int(job.percent))
        self.stop.setVisible(running)
        again = job.state is RunState.DONE
        self.fetch.setText(self.tr("Fetch Results Again") if again else self.tr("Fetch Results"))
        self.fetch.setVisible(not running and job.entry.number > 0)
        self.report.setVisible(not running and bool(results and results.reports))
        self.search.setVisible(not running and bool(results and results.searches))
        self.folder.setVisible(not running and self._place() is not None)
        self.clear.setVisible(not running and bool(job.entry.areas))
        self.forget.setVisible(not running)
        self.forget.setEnabled(not job.entry.areas)
        self.public.setVisible(bool(job.entry.areas))
        text = self.tr("Your polygons are public on the portal now, as area {pids}.")
        self.public.setText(text.format(pids=", ".join(job.entry.areas)))
        if job.error is not None:
            self.notice.tell_error(job.error)
        else:
            self.notice.clear()

    def _button(self, label: str, action: Callable[[], object]) -> QPushButton:
        button = QPushButton(label)
        button.clicked.connect(lambda _checked=False: action())
        return button

    def _name(self) -> str:
        entry = self.job.entry
        if entry.process:
            name = name_group(entry.process, entry.number) if entry.number else entry.process
        else:
            name = self.tr("Analysis {number}").format(number=entry.number)
        return f"{name} · {told_moment(entry)}"

    def _words(self) -> str:
        job = self.job
        if job.state is RunState.RUNNING:
            return job.told or self.tr("Being sent to the portal…")
        if job.state is RunState.FAILED:
            failed = "" if job.error else self.tr("The portal could not carry it out.")
            return " ".join(filter(None, (failed, job.trouble)))
        if job.state is RunState.OPEN:
            waiting = self.tr(
                "QGIS does not wait for it now; the portal goes on by itself. Fetch the results "
                "later."
            )
            return " ".join(filter(None, (waiting if job.entry.number else "", job.trouble)))
        if job.results is None:
            return job.trouble or self.tr("Its results were fetched before.")
        return " ".join(self._told_results())

    def _told_results(self) -> list[str]:
        results = self.job.results
        count = self.tr("On the map: {n}.").format(n=QLocale().toString(len(results.layers)))
        told = [count if results.layers else self.tr("It left nothing for the map.")]
        if results.missing:
            lost = self.tr("The portal has lost {names}; the rest was fetched.")
            told.append(lost.format(names=", ".join(f"“{name}”" for name in results.missing)))
        return [*told, self.job.trouble] if self.job.trouble else told

    def _place(self) -> Optional[Path]:
        """Return the folder of the results, if it is there."""
        entry = self.job.entry
        if self.job.results is not None:
            place = self.job.results.folder
        else:
            place = Path(entry.folder, f"{entry.process}-{entry.number}")
        return place if entry.folder and place.is_dir() else None

    def _ask_fetch(self) -> None:
        self.fetch_requested.emit(self.job)

    def _ask_clear(self) -> None:
        self.clear_requested.emit(self.job)

    def _ask_forget(self) -> None:
        self.forget_requested.emit(self.job)

    def _open_report(self) -> None:
        self.report_requested.emit(self.job.results.reports[0].as_uri())

    def _open_search(self) -> None:
        self.report_requested.emit(self.job.results.searches[0])

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._place())))


def told_moment(entry: AnalysisRun) -> str:
    """Return when a run began, in local time; what cannot be read stays as it is."""
    moment = QDateTime.fromString(entry.created, Qt.DateFormat.ISODate).toLocalTime()
    if not moment.isValid():
        return entry.created
    return QLocale().toString(moment, QLocale.FormatType.ShortFormat)
