"""Records per year, above the slider that chooses the years."""

from __future__ import annotations

from typing import Optional, Sequence

from qgis.PyQt.QtCore import QEvent, QLocale, QRectF, QSize
from qgis.PyQt.QtGui import QHelpEvent, QPainter, QPaintEvent, QPalette
from qgis.PyQt.QtWidgets import QSizePolicy, QToolTip, QWidget

from biodiv_plugin.gui.plain import tip

_HEIGHT = 36  # pixels
_MARGIN = 7  # of the slider's handle, so that a year stands above its place


class YearHistogram(QWidget):
    """``counts`` are (year, records); the chosen years are drawn in the highlight colour."""

    def __init__(self, first: int, last: int, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._first, self._last = first, last
        self._chosen = (first, last)
        self._counts: dict[int, int] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self._tell()

    def set_counts(self, counts: Sequence[tuple[int, int]]) -> None:
        """Show these; years before the first one are added to it."""
        self._counts = {}
        for year, count in counts:
            if year <= self._last:
                place = max(year, self._first)
                self._counts[place] = self._counts.get(place, 0) + count
        self._tell()
        self.update()

    def set_first(self, first: int) -> None:
        """Begin at this year, as the slider does."""
        self._first = first
        self.update()

    def set_chosen(self, first: int, last: int) -> None:
        self._chosen = (first, last)
        self.update()

    def counts(self) -> dict[int, int]:
        return dict(self._counts)

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(120, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        palette = self.palette()
        most = max(self._counts.values(), default=0)
        width = self._step()
        for year, count in self._counts.items():
            chosen = self._chosen[0] <= year <= self._chosen[1]
            role = QPalette.ColorRole.Highlight if chosen else QPalette.ColorRole.Mid
            height = max(1.5, (_HEIGHT - 3) * count / most)
            left = _MARGIN + (year - self._first) * width
            bar = QRectF(left, _HEIGHT - 1 - height, max(width - 0.4, 1), height)
            painter.fillRect(bar, palette.color(role))
        painter.setPen(palette.color(QPalette.ColorRole.Mid))
        painter.drawLine(_MARGIN, _HEIGHT - 1, self.width() - _MARGIN, _HEIGHT - 1)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            year = self._first + int((event.pos().x() - _MARGIN) / self._step())
            if self._first <= year <= self._last:
                QToolTip.showText(event.globalPos(), tip(self._told(year)), self)
            return True
        return super().event(event)

    def _step(self) -> float:
        return max(self.width() - 2 * _MARGIN, 1) / (self._last - self._first + 1)

    def _told(self, year: int) -> str:
        before = "≤ " if year == self._first else ""
        return f"{before}{year}: {QLocale().toString(self._counts.get(year, 0))}"

    def _tell(self) -> None:
        self.setAccessibleName(self.tr("Observations per year"))
        self.setAccessibleDescription("; ".join(map(self._told, sorted(self._counts))))
