"""How good the records have to be: the quality profile, uncertainty, validation, absences."""

from __future__ import annotations

from dataclasses import replace
from typing import Optional, Sequence

from qgis.gui import QgsSpinBox
from qgis.PyQt.QtCore import QLocale, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from biodiv_plugin.deletion import delete_later
from biodiv_plugin.gui.occurrences.value_group import ValueGroup
from biodiv_plugin.gui.plain import PlainLabel, tip
from biodiv_plugin.portal.quality import QualityProfile
from biodiv_plugin.portal.query import QUALITY_PROFILE, OccurrenceQuery
from biodiv_plugin.use_cases.weigh_profiles import Weighed

ANY_UNCERTAINTY = 0  # metres; the spin box tells it as a word
_MOST = 100_000


class QualityGroup(ValueGroup):
    """Until the profiles are known, the one of the query stands."""

    changed = pyqtSignal()
    opened = pyqtSignal()  # what each profile leaves out is worth asking

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent=parent)
        self.set_name(self.tr("Quality"))
        self._profiles: tuple[QualityProfile, ...] = ()
        self._weighed: Optional[Weighed] = None
        self.profile = QComboBox()
        self.profile.setAccessibleName(self.tr("Quality profile"))
        self.profile.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.profile.addItem(QUALITY_PROFILE, QUALITY_PROFILE)
        self.profile.addItem(self.tr("none"), "")
        self._about = PlainLabel()
        self._about.setWordWrap(True)
        self._parts = QVBoxLayout()
        self._parts.setContentsMargins(12, 0, 0, 0)
        self.categories: dict[str, QCheckBox] = {}
        self.uncertainty = QgsSpinBox()
        self.uncertainty.setRange(ANY_UNCERTAINTY, _MOST)
        self.uncertainty.setSingleStep(50)
        self.uncertainty.setSuffix(" m")
        self.uncertainty.setSpecialValueText(self.tr("any"))
        self.uncertainty.setClearValue(ANY_UNCERTAINTY)
        self.uncertainty.setAccessibleName(self.tr("Uncertainty at most"))
        self.validated = QCheckBox(self.tr("Validated records only"))
        self.absent = QCheckBox(self.tr("Include absences"))
        self._lay_out()
        self.profile.currentIndexChanged.connect(self._on_profile)
        self.uncertainty.valueChanged.connect(self._on_changed)
        self.validated.toggled.connect(self._on_changed)
        self.absent.toggled.connect(self._on_changed)
        self.collapsedStateChanged.connect(self._on_collapsed)
        self._show()

    def _lay_out(self) -> None:
        form = QFormLayout(self)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.addRow(self.tr("Profile"), self.profile)
        form.addRow(self._about)
        form.addRow(self._parts)
        form.addRow(self.tr("Uncertainty at most"), self.uncertainty)
        form.addRow(self.validated)
        form.addRow(self.absent)

    def applied_to(self, query: OccurrenceQuery) -> OccurrenceQuery:
        return replace(
            query,
            quality_profile=self.profile.currentData() or "",
            disabled_quality_filters=tuple(
                label for label, box in self.categories.items() if not box.isChecked()
            ),
            max_uncertainty=float(self.uncertainty.value()) or None,
            validated_only=self.validated.isChecked(),
            include_absent=self.absent.isChecked(),
        )

    def show_query(self, query: OccurrenceQuery) -> None:
        """Set the form to ``query``, without telling."""
        for widget in (self.profile, self.uncertainty, self.validated, self.absent):
            widget.blockSignals(True)
        if self.profile.findData(query.quality_profile) < 0:
            self.profile.insertItem(0, query.quality_profile, query.quality_profile)
        self.profile.setCurrentIndex(self.profile.findData(query.quality_profile))
        self.uncertainty.setValue(min(round(query.max_uncertainty or ANY_UNCERTAINTY), _MOST))
        self.validated.setChecked(query.validated_only)
        self.absent.setChecked(query.include_absent)
        for widget in (self.profile, self.uncertainty, self.validated, self.absent):
            widget.blockSignals(False)
        self._show_categories(query.disabled_quality_filters)
        self._show()

    def set_profiles(self, profiles: Sequence[QualityProfile]) -> None:
        """Offer the portal's quality profiles; what is chosen stays chosen."""
        self._profiles = tuple(profiles)
        chosen = self.profile.currentData()
        off = [label for label, box in self.categories.items() if not box.isChecked()]
        self.profile.blockSignals(True)
        self.profile.clear()
        for profile in profiles:
            self.profile.addItem(profile.name, profile.short_name)
        if chosen and self.profile.findData(chosen) < 0:
            self.profile.addItem(chosen, chosen)
        self.profile.addItem(self.tr("none"), "")
        self.profile.setCurrentIndex(self.profile.findData(chosen))
        self.profile.blockSignals(False)
        self._show_categories(off)
        self._show()

    def set_weighed(self, weighed: Optional[Weighed]) -> None:
        """Tell beside each profile, and each of its parts, how many records it leaves out."""
        self._weighed = weighed
        self._show_numbers()

    def profiles(self) -> tuple[QualityProfile, ...]:
        return self._profiles

    def _on_profile(self, _index: int) -> None:
        self._show_categories(())
        self._on_changed()

    def _on_changed(self, _value: object = None) -> None:
        self._show()
        self.changed.emit()

    def _on_collapsed(self, collapsed: bool) -> None:
        if not collapsed:
            self.opened.emit()

    def _show_categories(self, off: Sequence[str]) -> None:
        while self._parts.count():
            old = self._parts.takeAt(0).widget()
            old.hide()
            delete_later(old)
        self.categories = {}
        profile = self._current()
        for category in profile.categories if profile else ():
            box = QCheckBox()
            box.setChecked(category.label not in off)
            rules = "\n".join(rule.description for rule in category.filters)
            box.setToolTip(tip("\n".join(filter(None, (category.description, rules)))))
            box.toggled.connect(self._on_changed)
            self.categories[category.label] = box
            self._parts.addWidget(box)
        self._about.setText(profile.description if profile else "")
        self._about.setVisible(bool(self._about.text()))
        self._show_numbers()

    def _show_numbers(self) -> None:
        profile, weighed = self._current(), self._weighed
        for category in profile.categories if profile else ():
            name = category.name or category.label
            removed = weighed.categories.get(category.label) if weighed else None
            self.categories[category.label].setText(_with(name, removed))
        for each in self._profiles:
            index = self.profile.findData(each.short_name)
            removed = weighed.profiles.get(each.short_name) if weighed else None
            self.profile.setItemText(index, _with(each.name, removed))

    def _current(self) -> Optional[QualityProfile]:
        name = self.profile.currentData()
        return next((p for p in self._profiles if p.short_name == name), None)

    def _show(self) -> None:
        """Tell in the header what is asked for."""
        profile = self._current()
        parts = [profile.name if profile else self.profile.currentText()]
        if any(not box.isChecked() for box in self.categories.values()):
            parts.append(self.tr("adjusted"))
        if self.uncertainty.value():
            parts.append(f"≤ {QLocale().toString(self.uncertainty.value())} m")
        if self.validated.isChecked():
            parts.append(self.tr("validated"))
        if self.absent.isChecked():
            parts.append(self.tr("with absences"))
        self.set_value(" · ".join(parts))


def _with(name: str, removed: Optional[int]) -> str:
    """Return a name with what it leaves out, as a number that is taken away."""
    return f"{name}  (−{QLocale().toString(removed)})" if removed else name  # noqa: RUF001
