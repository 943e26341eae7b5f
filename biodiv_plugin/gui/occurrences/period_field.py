"""When: years by a slider over what the portal holds of each, days and months beneath."""

from __future__ import annotations

from datetime import date
from typing import Optional, Sequence

from qgis.gui import QgsDateEdit, QgsRangeSlider
from qgis.PyQt.QtCore import QDate, QLocale, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QFormLayout,
    QGridLayout,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from biodiv_plugin.gui.occurrences.value_group import ValueGroup
from biodiv_plugin.gui.occurrences.year_histogram import YearHistogram
from biodiv_plugin.gui.plain import PlainLabel
from biodiv_plugin.use_cases.tell_query import tell_months, tell_period

FIRST_YEAR = 1900  # where the slider begins while it is not known what there is
_OLDEST = 1750  # where it begins at most; at its ends it means "no limit"
_COLUMNS = 6  # of months


class PeriodField(QWidget):
    changed = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._from: Optional[date] = None
        self._to: Optional[date] = None
        self._first = FIRST_YEAR
        this_year = date.today().year
        self._histogram = YearHistogram(FIRST_YEAR, this_year)
        self.slider = QgsRangeSlider(Qt.Orientation.Horizontal)
        self.slider.setRangeLimits(FIRST_YEAR, this_year)
        self.slider.setAccessibleName(self.tr("Period"))
        self._words = PlainLabel()
        self.first_day, self.last_day = self._day_edit(), self._day_edit()
        self.first_day.setAccessibleName(self.tr("From day"))
        self.last_day.setAccessibleName(self.tr("Up to day"))
        self._months = [self._month_button(month) for month in range(1, 13)]
        self.group = ValueGroup(self.tr("Months and days"))
        self._lay_out()
        self.slider.rangeChanged.connect(self._on_slider)
        self.first_day.dateValueChanged.connect(self._on_days)
        self.last_day.dateValueChanged.connect(self._on_days)
        for button in self._months:
            button.toggled.connect(self._on_months)
        self._show()

    def _lay_out(self) -> None:
        months = QGridLayout()
        months.setSpacing(1)
        for number, button in enumerate(self._months):
            months.addWidget(button, number // _COLUMNS, number % _COLUMNS)
        inner = QFormLayout(self.group)
        inner.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        inner.addRow(months)
        inner.addRow(self.tr("From day"), self.first_day)
        inner.addRow(self.tr("Up to day"), self.last_day)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addWidget(self._histogram)
        column.addWidget(self.slider)
        column.addWidget(self._words)

    def period(self) -> tuple[Optional[date], Optional[date]]:
        """Return the first and the last day, ``None`` where there is no limit."""
        return self._from, self._to

    def months(self) -> tuple[int, ...]:
        return tuple(n for n, button in enumerate(self._months, 1) if button.isChecked())

    def set_period(
        self, first: Optional[date], last: Optional[date], months: Sequence[int] = ()
    ) -> None:
        self._from, self._to = first, last
        for number, button in enumerate(self._months, 1):
            button.blockSignals(True)
            button.setChecked(number in months)
            button.blockSignals(False)
        self._show()
        self.changed.emit()

    def set_years(self, counts: Sequence[tuple[int, int]]) -> None:
        """Show (year, records) above the slider, which then spans what there is."""
        years = [year for year, _ in counts]
        if years:
            self._first = max(_OLDEST, min(years) // 10 * 10)
            self._first = min(self._first, date.today().year - 10)
        self._show()
        self._histogram.set_counts(counts)

    def histogram(self) -> dict[int, int]:
        return self._histogram.counts()

    def words(self) -> str:
        return self._words.text()

    def _day_edit(self) -> QgsDateEdit:
        edit = QgsDateEdit()
        edit.setAllowNull(True)
        edit.setNullRepresentation(self.tr("no limit"))
        edit.clear()
        edit.setCalendarPopup(True)
        edit.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return edit

    def _month_button(self, month: int) -> QToolButton:
        button = QToolButton()
        short = QLocale.FormatType.ShortFormat
        button.setText(QLocale().standaloneMonthName(month, short).rstrip("."))
        button.setAccessibleName(QLocale().standaloneMonthName(month))
        button.setCheckable(True)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return button

    def _on_slider(self, lower: int, upper: int) -> None:
        this_year = date.today().year
        self._from = date(lower, 1, 1) if lower > self.slider.minimum() else None
        self._to = date(upper, 12, 31) if upper < this_year else None
        self._show()
        self.changed.emit()

    def _on_days(self, _day: QDate) -> None:
        self._from, self._to = _chosen(self.first_day), _chosen(self.last_day)
        self._show()
        self.changed.emit()

    def _on_months(self, _checked: bool) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        this_year = date.today().year
        begin = min(self._first, self._from.year if self._from else self._first)
        begin = max(begin, _OLDEST)
        first = max(self._from.year, begin) if self._from else begin
        last = min(max(self._to.year, begin), this_year) if self._to else this_year
        first, last = min(first, last), max(first, last)
        for widget in (self.slider, self.first_day, self.last_day):
            widget.blockSignals(True)
        self.slider.setRangeLimits(begin, this_year)
        self.slider.setRange(first, last)
        _show_day(self.first_day, self._from)
        _show_day(self.last_day, self._to)
        for widget in (self.slider, self.first_day, self.last_day):
            widget.blockSignals(False)
        self.slider.update()
        self._histogram.set_first(begin)
        self._histogram.set_chosen(first, last)
        self._words.setText(tell_period(self._from, self._to) or self.tr("all years"))
        months = self.months()
        self.group.set_value(tell_months(months) if months else self.tr("whole year"))


def _chosen(edit: QgsDateEdit) -> Optional[date]:
    day = edit.date()
    if edit.isNull() or not day.isValid():
        return None
    return date(day.year(), day.month(), day.day())


def _show_day(edit: QgsDateEdit, day: Optional[date]) -> None:
    if day is None:
        edit.clear()
    else:
        edit.setDate(QDate(day.year, day.month, day.day))
