"""What the portal asks before a download, beneath the question: why, the terms, where to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Optional, Sequence

from qgis.core import QgsCoordinateReferenceSystem, QgsProject
from qgis.gui import QgsFileWidget, QgsProjectionSelectionWidget
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from biodiv_plugin import settings
from biodiv_plugin.gui.plain import HtmlLabel, PlainLabel
from biodiv_plugin.gui.saving import usual_folder
from biodiv_plugin.layers.storage import chosen_file
from biodiv_plugin.portal.downloads import DARWIN_CORE_FIELDS, MINIMAL_FIELDS
from biodiv_plugin.portal.logger import Reason
from biodiv_plugin.services import Services
from biodiv_plugin.tasks.task import PortalTask
from biodiv_plugin.use_cases.name_reason import name_reason

LAMBERT_72 = "EPSG:31370"


@dataclass(frozen=True)
class DownloadChoice:
    """Why, where to, in which coordinate system and with which columns."""

    reason_id: int
    target: Path
    crs: QgsCoordinateReferenceSystem
    fields: tuple[str, ...] = MINIMAL_FIELDS


class DownloadForm(QFrame):
    accepted = pyqtSignal(object)  # a DownloadChoice
    canceled = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._reason = QComboBox()
        self._reason.setAccessibleName(self.tr("Reason for the download"))
        self._file = QgsFileWidget()
        self._file.setStorageMode(QgsFileWidget.StorageMode.SaveFile)
        self._file.setFilter("GeoPackage (*.gpkg)")
        self._file.setConfirmOverwrite(True)
        self._crs = QgsProjectionSelectionWidget()
        self._columns = QComboBox()
        self._columns.addItem(self.tr("the most used"), MINIMAL_FIELDS)
        self._columns.addItem(self.tr("Darwin Core"), DARWIN_CORE_FIELDS)
        self._email = PlainLabel()
        self._terms = QCheckBox()
        self._terms_text = HtmlLabel()
        self._terms_text.setWordWrap(True)
        self._terms_text.setOpenExternalLinks(True)
        self._start = QPushButton(self.tr("Start Download"))
        self._start.setDefault(True)
        self._cancel = QPushButton(self.tr("Cancel"))
        self._high_resolution = False
        self._lay_out()
        self._reason.currentIndexChanged.connect(self._check)
        self._file.fileChanged.connect(self._check)
        self._terms.toggled.connect(self._check)
        self._start.clicked.connect(self._accept)
        self._cancel.clicked.connect(self.canceled)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.addRow(self.tr("Reason"), self._reason)
        form.addRow(self.tr("Save as"), self._file)
        form.addRow(self.tr("Coordinates"), self._crs)
        form.addRow(self.tr("Columns"), self._columns)
        form.addRow(self.tr("In the name of"), self._email)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._start)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(self._terms_text)
        column.addWidget(self._terms)
        column.addLayout(buttons)

    def open_for(self, services: Services, project: QgsProject) -> None:
        """Show the form for who is signed in now, with the portal's own list of reasons."""
        account = services.session.account
        self._high_resolution = bool(account and account.may_see_high_resolution)
        self._show_terms(services)
        self._email.setText(account.email if account else "")
        self._crs.setCrs(
            project.crs() if project.crs().isValid() else QgsCoordinateReferenceSystem(LAMBERT_72)
        )
        self._folder = usual_folder(project)
        name = f"waarnemingen-{datetime.now():%Y%m%d-%H%M}.gpkg"
        self._file.setFilePath(str(self._folder / name))
        client = services.usage_reasons
        task = PortalTask(
            self.tr("Read the reasons"), lambda _feedback: client.reasons(), quiet=True
        )
        task.succeeded.connect(self.set_reasons)
        services.tasks.start(task)
        self.show()
        self._check()

    def set_reasons(self, reasons: Sequence[Reason]) -> None:
        chosen = self._reason.currentData()
        if chosen is None:  # not chosen already, while the reasons came anew
            chosen = settings.DOWNLOAD_REASON.get()
        self._reason.clear()
        self._reason.addItem(self.tr("choose a reason"), None)
        for reason in reasons:
            self._reason.addItem(name_reason(reason), reason.id)
        self._reason.setCurrentIndex(max(0, self._reason.findData(chosen)))

    def _terms_setting(self) -> settings.Setting[str]:
        return terms_setting(self._high_resolution)

    def _show_terms(self, services: Services) -> None:
        accepted = bool(self._terms_setting().get())
        self._terms.setChecked(accepted)
        for widget in (self._terms, self._terms_text):
            widget.setVisible(not accepted)
        link = services.environment.service("pages/gebruiksvoorwaarden.html")
        if self._high_resolution:
            self._terms.setText(self.tr("I accept the terms for high-resolution data"))
            text = self.tr(
                "These data hold exact places of sensitive species. Do not publish them more "
                "precisely than the public data, and cite the public dataset. "
                '<a href="{link}">Terms of use</a>'
            )
        else:
            self._terms.setText(self.tr("I accept the terms of use"))
            text = self.tr(
                "Cite the datasets and respect the licence of each record. "
                '<a href="{link}">Terms of use</a>'
            )
        self._terms_text.setText(text.format(link=link))

    def _check(self, _value: object = None) -> None:
        self._start.setEnabled(
            self._reason.currentData() is not None
            and bool(self._file.filePath().strip())
            and self._terms.isChecked()
        )

    def _accept(self) -> None:
        self._terms_setting().set(date.today().isoformat())
        settings.DOWNLOAD_REASON.set(self._reason.currentData())
        target = chosen_file(self._file.filePath(), ".gpkg", self._folder)
        settings.DOWNLOAD_FOLDER.set(str(target.parent))
        self.accepted.emit(
            DownloadChoice(
                self._reason.currentData(), target, self._crs.crs(), self._columns.currentData()
            )
        )


def terms_setting(high_resolution: bool) -> settings.Setting[str]:
    """Return where the day is kept on which the terms for such data were accepted."""
    if high_resolution:
        return settings.TERMS_ACCEPTED_HIGH_RESOLUTION
    return settings.TERMS_ACCEPTED_OPEN
