"""Small charts of counts: upright bars for what has an order, lying ones for names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional, Sequence

from qgis.PyQt.QtCore import QEvent, QLocale, QPointF, QRectF, QSize, Qt
from qgis.PyQt.QtGui import QHelpEvent, QPainter, QPaintEvent, QPalette
from qgis.PyQt.QtWidgets import QSizePolicy, QToolTip, QWidget

from biodiv_plugin.gui.plain import tip

_UPRIGHT = 64  # pixels high, the labels included
_ROOM = 60.0  # pixels that a label beneath a bar wants at least


@dataclass(frozen=True)
class Bar:
    """``kept`` is false for what a slider leaves out: it is drawn pale."""

    label: str
    count: int
    kept: bool = True

    def told(self) -> str:
        return f"{self.label}: {QLocale().toString(self.count)}"


class BarChart(QWidget):
    """Drawn in the roles of the palette; told as text to a screen reader and as tool tips."""

    def __init__(self, name: str, upright: bool, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._upright = upright
        self._bars: tuple[Bar, ...] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_bars(self, bars: Sequence[Bar]) -> None:
        self._bars = tuple(bars)
        self.setAccessibleDescription("; ".join(bar.told() for bar in bars))
        self.updateGeometry()
        self.update()

    def bars(self) -> tuple[Bar, ...]:
        return self._bars

    def sizeHint(self) -> QSize:  # noqa: N802
        lying = self._row() * max(len(self._bars), 1)
        return QSize(160, _UPRIGHT if self._upright else lying)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(80, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        if self._bars and self._upright:
            self._paint_upright(painter)
        elif self._bars:
            self._paint_lying(painter)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self._bars:
            x, y = event.pos().x(), event.pos().y()
            place = x / self._step() if self._upright else y / self._row()
            bar = self._bars[min(max(int(place), 0), len(self._bars) - 1)]
            QToolTip.showText(event.globalPos(), tip(bar.told()), self)
            return True
        return super().event(event)

    def _step(self) -> float:
        return self.width() / max(len(self._bars), 1)

    def _row(self) -> int:
        return self.fontMetrics().height() + 4

    def _paint_upright(self, painter: QPainter) -> None:
        metrics = self.fontMetrics()
        floor = self.height() - metrics.height() - 1
        most = max(bar.count for bar in self._bars) or 1
        step = self._step()
        wanted = max([_ROOM / 2, *(metrics.horizontalAdvance(b.label) + 6 for b in self._bars)])
        every = max(1, int(-(-wanted // step)))
        for number, bar in enumerate(self._bars):
            height = (floor - 2) * bar.count / most
            if bar.count:
                height = max(height, 1.5)
            box = QRectF(number * step, floor - height, max(step - 1, 1), height)
            painter.fillRect(box, self._colour(bar))
            if number % every == 0:
                painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
                width = min(max(step * every, step), self.width() - number * step)
                place = QRectF(number * step, floor + 1, width, metrics.height())
                centred = (
                    Qt.AlignmentFlag.AlignHCenter if every == 1 else Qt.AlignmentFlag.AlignLeft
                )
                if metrics.horizontalAdvance(bar.label) <= place.width():
                    painter.drawText(place, centred, bar.label)
        painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
        painter.drawLine(QPointF(0, floor), QPointF(self.width(), floor))

    def _paint_lying(self, painter: QPainter) -> None:
        metrics = self.fontMetrics()
        most = max(bar.count for bar in self._bars) or 1
        numbers = [QLocale().toString(bar.count) for bar in self._bars]
        right = max(map(metrics.horizontalAdvance, numbers)) + 4
        left = self.width() * 0.45
        room = max(self.width() - left - right - 8, 10)
        for number, bar in enumerate(self._bars):
            top, height = number * self._row(), metrics.height()
            painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
            label = metrics.elidedText(bar.label, Qt.TextElideMode.ElideRight, int(left) - 4)
            painter.drawText(QRectF(0, top, left, height), Qt.AlignmentFlag.AlignVCenter, label)
            width = max(room * bar.count / most, 1.5 if bar.count else 0)
            painter.fillRect(QRectF(left, top + 3, width, height - 5), self._colour(bar))
            place = QRectF(left + width + 4, top, right, height)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, numbers[number])

    def _colour(self, bar: Bar) -> object:
        role = QPalette.ColorRole.Highlight if bar.kept else QPalette.ColorRole.Mid
        return self.palette().color(role)
