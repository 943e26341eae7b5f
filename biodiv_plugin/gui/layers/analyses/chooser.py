"""Choose an analysis of the portal, fill it in, and have it run."""

from __future__ import annotations

from typing import Optional, Sequence

from qgis.gui import QgsFileWidget
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from biodiv_plugin.deletion import delete_later
from biodiv_plugin.gui.layers.analyses.fields import NARROW
from biodiv_plugin.gui.layers.analyses.form import AnalysisForm
from biodiv_plugin.gui.notices import Notice
from biodiv_plugin.gui.plain import PlainLabel
from biodiv_plugin.portal.analysis import Process
from biodiv_plugin.translation import translate
from biodiv_plugin.use_cases.name_analysis import describe_process, name_process


class AnalysisChooser(QWidget):
    """Hides all of the form where the portal offers no analysis, and says why."""

    form_made = pyqtSignal(object)  # an AnalysisForm
    run_requested = pyqtSignal()
    retry_requested = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.form: Optional[AnalysisForm] = None
        self._processes: dict[str, Process] = {}
        self.box = QComboBox()
        self.box.setAccessibleName(self.tr("Analysis"))
        self.box.setSizeAdjustPolicy(NARROW)
        self.about = PlainLabel()
        self.about.setWordWrap(True)
        self.folder = QgsFileWidget()
        self.folder.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
        self.folder.lineEdit().setAccessibleName(self.tr("Folder for the results"))
        self.run = QPushButton(self.tr("Run on the Portal"))
        self.notice = Notice()
        self._offer = QScrollArea()  # what one presses and what is wrong stay in sight below it
        self._rest = QWidget()
        self._lay_out()
        self.box.currentIndexChanged.connect(self._on_chosen)
        self.run.clicked.connect(self.run_requested)
        self._offer.hide()
        self.run.hide()

    def _lay_out(self) -> None:
        public = PlainLabel(
            self.tr(
                "Whoever knows the number of an analysis can read its results, without an account "
                "too. Ask nothing that must stay secret."
            )
        )
        public.setWordWrap(True)
        self._holder = QVBoxLayout()
        rest = QVBoxLayout(self._rest)
        rest.setContentsMargins(0, 0, 0, 0)
        rest.addLayout(self._holder)
        rest.addWidget(PlainLabel(self.tr("Folder for the results")))
        rest.addWidget(self.folder)
        rest.addWidget(public)
        content = QWidget()
        offer = QVBoxLayout(content)
        offer.setContentsMargins(0, 0, 0, 0)
        for widget in (self.box, self.about, self._rest):
            offer.addWidget(widget)
        offer.addStretch(1)
        self._offer.setWidgetResizable(True)
        self._offer.setFrameShape(QFrame.Shape.NoFrame)
        self._offer.setWidget(content)
        last = QHBoxLayout()
        last.addStretch(1)
        last.addWidget(self.run)
        column = QVBoxLayout(self)
        column.addWidget(self._offer, 1)
        column.addWidget(self.notice)
        column.addLayout(last)
        column.addStretch(0)

    def tell_asking(self) -> None:
        self.notice.tell(self.tr("Asking which analyses the portal offers…"))

    def set_processes(self, processes: Sequence[Process]) -> None:
        """Offer ``processes`` by title; none hides all, with the reason and a way to ask again."""
        self.notice.clear()
        self._processes = {process.name: process for process in processes}
        self._offer.setVisible(bool(processes))
        self.box.clear()
        if not processes:
            self.notice.tell(
                self.tr(
                    "The portal offers no analyses at the moment. Many can be done in QGIS "
                    "itself; see the user guide. Results of earlier ones can be fetched still."
                )
            )
            self.notice.offer(self.tr("Ask Again"), self.retry_requested.emit)
            return
        self.box.addItem(self.tr("choose an analysis"), "")
        for name in sorted(self._processes, key=lambda name: name_process(name).lower()):
            self.box.addItem(name_process(name), name)

    def choose(self, name: str) -> None:
        """Choose the analysis of this name, if it is offered."""
        self.box.setCurrentIndex(max(0, self.box.findData(name)))

    def _on_chosen(self, _row: int) -> None:
        self.notice.clear()
        process = self._processes.get(self.box.currentData() or "")
        if self.form is not None:
            self._holder.removeWidget(self.form)
            self.form.hide()
            delete_later(self.form)
            self.form = None
        self.about.setText(_told(process) if process is not None else "")
        self.about.setVisible(process is not None)
        self._rest.setVisible(process is not None)
        self.run.setVisible(process is not None)
        if process is not None:
            self.form = AnalysisForm(process)
            self.form.submitted.connect(self.run_requested)
            self._holder.addWidget(self.form)
            self.form_made.emit(self.form)


def _told(process: Process) -> str:
    sentence = describe_process(process)
    if "AREAS" not in process.outputs:
        return sentence
    public = translate(
        "AnalysisChooser", "The areas that it makes stay public on the portal, with their names."
    )
    return f"{sentence} {public}"
