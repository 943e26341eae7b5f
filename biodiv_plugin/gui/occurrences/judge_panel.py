"""Is this good enough? How the records are spread, and how many survive a stricter question."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QLocale, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from biodiv_plugin.gui.occurrences.bar_chart import Bar, BarChart
from biodiv_plugin.gui.plain import PlainLabel
from biodiv_plugin.use_cases.judge_occurrences import Judged
from biodiv_plugin.use_cases.name_value import name_value
from biodiv_plugin.use_cases.tell_judgement import tell_judgement

STEPS = (5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 50_000)  # metres
_CLASSES = (10, 50, 100, 250, 1000, 5000, 10_000)  # metres, upper bounds of the bars
_ROWS = 8  # lying bars; more are put together
_STATUS = "identificationVerificationStatus"


class Survivors(QWidget):
    """A slider that tells how many records a limit leaves, and the button that sets it."""

    moved = pyqtSignal()
    applied = pyqtSignal()

    def __init__(self, name: str, apply: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName(name)
        self.slider.valueChanged.connect(self._on_moved)
        self._words = PlainLabel()
        self._words.setWordWrap(True)
        self.button = QPushButton(apply)
        self.button.clicked.connect(self._on_applied)
        line = QHBoxLayout()
        line.addWidget(self._words, 1)
        line.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addWidget(self.slider)
        column.addLayout(line)

    def set_range(self, low: int, high: int, value: int) -> None:
        self.slider.blockSignals(True)
        self.slider.setRange(low, high)
        self.slider.setValue(value)
        self.slider.blockSignals(False)

    def tell(self, words: str, restricts: bool) -> None:
        self._words.setText(words)
        self.slider.setAccessibleDescription(words)
        self.button.setEnabled(restricts)

    def words(self) -> str:
        return self._words.text()

    def _on_moved(self, _value: int) -> None:
        self.moved.emit()

    def _on_applied(self) -> None:
        self.applied.emit()


class JudgePanel(QFrame):
    """It asks nobody itself: shows a ``Judged``, and tells which limit the user wants to set."""

    year_applied = pyqtSignal(int)  # records from this year on
    uncertainty_applied = pyqtSignal(int)  # metres

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._judged: Optional[Judged] = None
        self._summary = PlainLabel()
        self._summary.setWordWrap(True)
        self._summary.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        use = self.tr("Set")
        self.years = BarChart(self.tr("Observations per year"), upright=True)
        self.since = Survivors(self.tr("From year"), use)
        self.months = BarChart(self.tr("Observations per month"), upright=True)
        self.uncertainties = BarChart(self.tr("Observations per uncertainty"), upright=True)
        self.within = Survivors(self.tr("Uncertainty at most"), use)
        self.shares = {
            _STATUS: BarChart(self.tr("Validation"), upright=False),
            "dataResourceUid": BarChart(self.tr("Datasets"), upright=False),
            "license": BarChart(self.tr("Licences"), upright=False),
            "basisOfRecord": BarChart(self.tr("Kind of source"), upright=False),
        }
        self.within.set_range(0, len(STEPS), len(STEPS))
        self._charts = QWidget()
        self._lay_out()
        self.since.moved.connect(self._show_since)
        self.since.applied.connect(self._apply_year)
        self.within.moved.connect(self._show_within)
        self.within.applied.connect(self._apply_uncertainty)

    def _lay_out(self) -> None:
        inner = QVBoxLayout(self._charts)
        inner.setContentsMargins(0, 0, 0, 0)
        for chart, survivors in (
            (self.years, self.since),
            (self.months, None),
            (self.uncertainties, self.within),
            *((chart, None) for chart in self.shares.values()),
        ):
            title = PlainLabel(chart.accessibleName())
            font = title.font()
            font.setBold(True)
            title.setFont(font)
            inner.addWidget(title)
            inner.addWidget(chart)
            if survivors is not None:
                inner.addWidget(survivors)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 4, 6, 4)
        column.addWidget(self._summary)
        column.addWidget(self._charts)

    def show_asking(self) -> None:
        self._summary.setText(self.tr("Looking at the observations…"))

    def show_judged(self, judged: Judged) -> None:
        self._judged = judged
        self._summary.setText("\n".join(tell_judgement(judged)))
        self._charts.setVisible(judged.count > 0)
        years = [year for year, _ in judged.years]
        if years:
            self.since.set_range(years[0], years[-1], years[0])
        self._show_since()
        self._show_within()
        self.months.set_bars(
            [
                Bar(name_value("month", str(month)), dict(judged.months).get(month, 0))
                for month in range(1, 13)
            ]
        )
        for field, chart in self.shares.items():
            shares = judged.shares.get(field, ())
            bars = [Bar(share.label, share.count) for share in shares[:_ROWS]]
            rest = sum(share.count for share in shares[_ROWS:])
            if rest:
                bars.append(Bar(self.tr("others"), rest))
            chart.set_bars(bars)

    def summary(self) -> str:
        return self._summary.text()

    def _show_since(self) -> None:
        judged, year = self._judged, self.since.slider.value()
        if judged is None:
            return
        counts = dict(judged.years)
        span = range(min(counts), max(counts) + 1) if counts else range(0)
        self.years.set_bars([Bar(str(y), counts.get(y, 0), y >= year) for y in span])
        words = self.tr("From {year} on: {n} of {total} remain.").format(
            year=year, n=_told(judged.since(year)), total=_told(judged.count)
        )
        self.since.tell(words, restricts=bool(span) and year > span[0])

    def _show_within(self) -> None:
        judged = self._judged
        if judged is None:
            return
        limit = self._limit()
        self.uncertainties.set_bars(self._classes(judged, limit))
        if limit is None:
            words = self.tr("Any uncertainty: all {total} remain.").format(
                total=_told(judged.count)
            )
        else:
            words = self.tr("At most {metres} m: {n} of {total} remain.").format(
                metres=_told(limit), n=_told(judged.within(limit)), total=_told(judged.count)
            )
        self.within.tell(words, restricts=limit is not None)

    def _limit(self) -> Optional[int]:
        """Return the metres that the slider stands at, ``None`` at its end."""
        step = self.within.slider.value()
        return STEPS[step] if step < len(STEPS) else None

    def _classes(self, judged: Judged, limit: Optional[int]) -> list[Bar]:
        bars, before = [], 0
        for bound in _CLASSES:
            within = judged.within(bound)
            kept = limit is None or bound <= limit
            bars.append(Bar(f"≤{_short(bound)}", within - before, kept))
            before = within
        known = judged.count - judged.unknown_uncertainty
        over = limit is None or limit > _CLASSES[-1]
        bars.append(Bar(f">{_short(_CLASSES[-1])}", known - before, over))
        bars.append(Bar("?", judged.unknown_uncertainty, limit is None))
        return bars

    def _apply_year(self) -> None:
        self.year_applied.emit(self.since.slider.value())

    def _apply_uncertainty(self) -> None:
        limit = self._limit()
        if limit is not None:
            self.uncertainty_applied.emit(limit)


def _told(number: int) -> str:
    return QLocale().toString(number)


def _short(metres: int) -> str:
    return f"{metres // 1000} km" if metres >= 1000 else f"{metres} m"
