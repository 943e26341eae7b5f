"""How to cite a layer: as text, for a list of references, in a print layout."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
)

from biodiv_plugin.deletion import prepare
from biodiv_plugin.gui.button_rows import ButtonRows
from biodiv_plugin.gui.host import Host
from biodiv_plugin.gui.latest_task import LatestTask
from biodiv_plugin.gui.notices import Notice
from biodiv_plugin.gui.saving import ask_file
from biodiv_plugin.layers.manifest import Manifest
from biodiv_plugin.layers.storage import told_by_storage
from biodiv_plugin.portal.errors import StorageFailed
from biodiv_plugin.services import Services
from biodiv_plugin.use_cases.cite_download import DownloadCitation, citation_of, cite_download

DUTCH, ENGLISH, BIBTEX, RIS = "nl", "en", "bib", "ris"


class CitationDialog(QDialog):
    """Shows at once what the file tells, and what the portal adds when it has answered."""

    layout_requested = pyqtSignal(str)  # the text that is to stand in a print layout

    def __init__(self, manifest: Manifest, name: str, services: Services, host: Host) -> None:
        super().__init__(host.window)
        self.setWindowTitle(self.tr("Cite {layer}").format(layer=name))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._manifest, self._name, self._services = manifest, name, services
        self._project = host.project
        self._citation = citation_of(manifest)
        self.form = QComboBox()
        for label, key in (
            (self.tr("Text in Dutch"), DUTCH),
            (self.tr("Text in English"), ENGLISH),
            (self.tr("BibTeX"), BIBTEX),
            (self.tr("RIS (EndNote, Zotero, Mendeley)"), RIS),
        ):
            self.form.addItem(label, key)
        own = DUTCH if QgsApplication.locale().startswith("nl") else ENGLISH
        self.form.setCurrentIndex(self.form.findData(own))
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(self.tr("Citation"))
        self.notice = Notice()
        self.copy = QPushButton(self.tr("Copy"))
        self.save = QPushButton(self.tr("Save As…"))
        self.place = QPushButton(self.tr("Put in Print Layout"))
        self._lay_out()
        self._asking = LatestTask(services.tasks, self.tr("Read how to cite"), self)
        self._asking.succeeded.connect(self._on_told)
        self._asking.failed.connect(self._on_failed)
        self.finished.connect(self._on_finished)
        self.form.currentIndexChanged.connect(self._show)
        self.copy.clicked.connect(self._on_copy)
        self.save.clicked.connect(self._on_save)
        self.place.clicked.connect(self._on_place)
        self._show()
        self._ask()
        prepare(self)

    def write(self, path: Path) -> None:
        """Write what is shown to a file, and tell where that fails."""
        try:
            with told_by_storage(path):
                path.write_bytes(self._words().encode("utf-8"))  # RIS ends its lines by CR LF
        except StorageFailed as failure:
            self.notice.tell_error(failure)
        else:
            self.notice.tell(self.tr("Saved as {file}.").format(file=path.name))

    def _lay_out(self) -> None:
        self.copy.setDefault(True)
        form = QFormLayout()
        form.addRow(self.tr("Form"), self.form)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(self.text, 1)
        column.addWidget(self.notice)
        column.addLayout(ButtonRows(self.copy, self.save, self.place))
        self.resize(480, 320)

    def _ask(self) -> None:
        work = partial(cite_download, self._manifest, self._services.collectory)
        self._asking.start(work)

    def _on_told(self, citation: DownloadCitation) -> None:
        self._citation = citation
        self._show()

    def _on_failed(self, error: Exception) -> None:
        """What the file tells stands; it lacks the DOIs."""
        self.notice.tell_error(error, retry=self._ask)

    def _words(self) -> str:
        key = self.form.currentData()
        if key == BIBTEX:
            return self._citation.bibtex()
        return self._citation.ris() if key == RIS else self._citation.text(key)

    def _show(self, _index: int = 0) -> None:
        self.text.setPlainText(self._words())

    def _on_copy(self, _checked: bool = False) -> None:
        QgsApplication.clipboard().setText(self._words())
        self.notice.tell(self.tr("Copied."))

    def _on_save(self, _checked: bool = False) -> None:
        key = self.form.currentData()
        ending = f".{key}" if key in (BIBTEX, RIS) else ".txt"
        title = self.tr("Save Citation")
        path = ask_file(self, title, self._name, ending, self._project)
        if path is not None:
            self.write(path)

    def _on_finished(self, _result: int) -> None:
        self._asking.cancel()

    def _on_place(self, _checked: bool = False) -> None:
        key = self.form.currentData()
        language = key if key in (DUTCH, ENGLISH) else DUTCH
        self.layout_requested.emit(self._citation.text(language))
