"""The form of the section *Observations*: what is asked for, and what the portal holds of it."""

from __future__ import annotations

from datetime import date
from typing import Optional, Sequence

from qgis.gui import QgsCollapsibleGroupBox, QgsRangeSlider, QgsSpinBox
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from biodiv_plugin.gui.area_field import AreaField
from biodiv_plugin.gui.notices import Notice
from biodiv_plugin.gui.taxon_field import TaxonField
from biodiv_plugin.portal.quality import QualityProfile
from biodiv_plugin.portal.query import OccurrenceQuery

FIRST_YEAR = 1900  # older records are found with the slider at its end, which means "no limit"
ANY_UNCERTAINTY = 0  # metres; the spin box tells it as a word


class OccurrencePanel(QWidget):
    """Turns what the user chooses into a query without its area, and shows how it fares.

    It knows no client, no task and no project: it tells what is wanted by its signals and is
    told what came of it by its slots.
    """

    changed = pyqtSignal()
    download_requested = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.taxa = TaxonField()
        self.area = AreaField()
        self._years = QgsRangeSlider()
        self._years.setRange(FIRST_YEAR, date.today().year)
        self._years.setUpperValue(date.today().year)
        self._years.setAccessibleName(self.tr("Period"))
        self._period = QLabel()
        self._profile = QComboBox()
        self._profile.addItem(self.tr("none"), "")
        self._validated = QCheckBox(self.tr("Validated records only"))
        self._uncertainty = QgsSpinBox()
        self._uncertainty.setRange(ANY_UNCERTAINTY, 100_000)
        self._uncertainty.setSingleStep(50)
        self._uncertainty.setSuffix(" m")
        self._uncertainty.setSpecialValueText(self.tr("any"))
        self._absent = QCheckBox(self.tr("Include absences"))
        self._quality = QgsCollapsibleGroupBox(self.tr("Quality"))
        self._sentence = QLabel()
        self._sentence.setWordWrap(True)
        self.notice = Notice()
        self._download = QPushButton(self.tr("Download…"))
        self._download.setEnabled(False)
        self._lay_out()
        self._connect()
        self._show_period()
        self._show_quality()

    def _lay_out(self) -> None:
        quality = QFormLayout(self._quality)
        quality.addRow(self.tr("Profile"), self._profile)
        quality.addRow(self.tr("Uncertainty at most"), self._uncertainty)
        quality.addRow(self._validated)
        quality.addRow(self._absent)
        self._quality.setCollapsed(True)
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.addRow(self.tr("Species"), self.taxa)
        form.addRow(self.tr("Area"), self.area)
        period = QVBoxLayout()
        period.addWidget(self._years)
        period.addWidget(self._period)
        form.addRow(self.tr("Period"), period)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._download)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(self._quality)
        column.addWidget(self._sentence)
        column.addWidget(self.notice)
        column.addLayout(buttons)
        column.addStretch(1)

    def _connect(self) -> None:
        self.taxa.changed.connect(self.changed)
        self.area.changed.connect(self.changed)
        self._years.rangeChanged.connect(self._on_years)
        self._profile.currentIndexChanged.connect(self._on_quality)
        self._validated.toggled.connect(self._on_quality)
        self._uncertainty.valueChanged.connect(self._on_quality)
        self._absent.toggled.connect(self._on_quality)
        self._download.clicked.connect(self.download_requested)

    def query(self) -> OccurrenceQuery:
        """Return what is asked for; the area is left to whoever knows the map."""
        first, last = self._years.lowerValue(), self._years.upperValue()
        return OccurrenceQuery(
            taxa=self.taxa.taxa(),
            date_from=date(first, 1, 1) if first > FIRST_YEAR else None,
            date_to=date(last, 12, 31) if last < date.today().year else None,
            max_uncertainty=float(self._uncertainty.value()) or None,
            validated_only=self._validated.isChecked(),
            include_absent=self._absent.isChecked(),
            quality_profile=self._profile.currentData() or "",
        )

    def set_profiles(self, profiles: Sequence[QualityProfile], chosen: str) -> None:
        """Offer the portal's quality profiles; ``chosen`` is a short name."""
        self._profile.blockSignals(True)
        self._profile.clear()
        for profile in profiles:
            self._profile.addItem(profile.name, profile.short_name)
        self._profile.addItem(self.tr("none"), "")
        self._profile.setCurrentIndex(max(0, self._profile.findData(chosen)))
        self._profile.blockSignals(False)
        self._show_quality()

    def show_counting(self) -> None:
        self.notice.clear()
        self._download.setEnabled(False)
        self._sentence.setText(self.tr("Counting…"))

    def show_sentence(self, sentence: str, can_download: bool) -> None:
        self._sentence.setText(sentence)
        self._download.setEnabled(can_download)

    def sentence(self) -> str:
        return self._sentence.text()

    def set_download_label(self, signed_in: bool) -> None:
        """The button stays enabled for who is signed out, and says what it will do first."""
        self._download.setText(
            self.tr("Download…") if signed_in else self.tr("Sign In and Download…")
        )

    def _on_years(self, _lower: int, _upper: int) -> None:
        self._show_period()
        self.changed.emit()

    def _on_quality(self, _value: object = None) -> None:
        self._show_quality()
        self.changed.emit()

    def _show_period(self) -> None:
        first, last = self._years.lowerValue(), self._years.upperValue()
        whole = first == FIRST_YEAR and last == date.today().year
        self._period.setText(self.tr("all years") if whole else f"{first}-{last}")

    def _show_quality(self) -> None:
        """A collapsed group tells its value in its header."""
        parts = [self._profile.currentText()]
        if self._uncertainty.value():
            parts.append(f"≤ {self._uncertainty.value()} m")
        if self._validated.isChecked():
            parts.append(self.tr("validated"))
        self._quality.setTitle(self.tr("Quality: {values}").format(values=" · ".join(parts)))
