"""A page of a report: where its texts, tables and pictures lie. Millimetres from the top left."""

from __future__ import annotations

from typing import Sequence

from qgis.core import (
    QgsLayoutFrame,
    QgsLayoutItem,
    QgsLayoutItemLabel,
    QgsLayoutItemManualTable,
    QgsLayoutItemPage,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsLayoutTable,
    QgsPrintLayout,
    QgsTableCell,
    QgsTextFormat,
    QgsUnitTypes,
)
from qgis.PyQt.QtCore import QLocale, Qt
from qgis.PyQt.QtGui import QFont

from biodiv_plugin.layers.inert import inert

MARGIN, WIDTH, FOOT = 12.0, 186.0, 283.0  # of an upright A4
LINE = 4.6  # of the text in its usual size
_CELL = 0.8  # margin of a cell
_MM = QgsUnitTypes.LayoutUnit.LayoutMillimeters


class Sheet:
    """One upright A4 of a layout."""

    def __init__(self, layout: QgsPrintLayout, number: int) -> None:
        self.layout, self.number = layout, number

    @classmethod
    def added(cls, layout: QgsPrintLayout) -> Sheet:
        """Return a new last page of ``layout``."""
        page = QgsLayoutItemPage(layout)
        page.setPageSize("A4", QgsLayoutItemPage.Orientation.Portrait)
        layout.pageCollection().addPage(page)
        return cls(layout, layout.pageCollection().pageCount() - 1)

    def put(
        self, item: QgsLayoutItem, left: float, top: float, width: float, height: float
    ) -> None:
        """Add ``item`` in its place."""
        self.layout.addLayoutItem(item)
        self.place(item, left, top, width, height)

    def place(
        self, item: QgsLayoutItem, left: float, top: float, width: float, height: float
    ) -> None:
        item.attemptResize(QgsLayoutSize(width, height, _MM))
        item.attemptMove(QgsLayoutPoint(left, top, _MM), True, False, self.number)

    def write(
        self,
        text: str,
        left: float,
        top: float,
        width: float,
        height: float,
        size: float = 9,
        bold: bool = False,
    ) -> QgsLayoutItemLabel:
        """Add a text; it wraps in its box."""
        label = QgsLayoutItemLabel(self.layout)
        label.setTextFormat(_letters(size, bold))
        label.setMarginX(0)
        label.setMarginY(0)
        label.setText(inert(text))
        self.put(label, left, top, width, height)
        return label

    def tabulate(
        self,
        headers: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[float],
        left: float,
        top: float,
        height: float,
    ) -> QgsLayoutItemManualTable:
        """Add a table with a bold first row, numbers to the right; ``widths`` with the margins."""
        table = QgsLayoutItemManualTable.create(self.layout)
        self.layout.addMultiFrame(table)
        right = [any(map(_is_number, column)) for column in zip(*rows)]
        lines = [[_cell(*each, bold=True) for each in zip(headers, right)]]
        lines += [[_cell(*each) for each in zip(row, right)] for row in rows]
        table.setTableContents(lines)
        table.setColumnWidths([width - 2 * _CELL for width in widths])
        table.setWrapBehavior(QgsLayoutTable.WrapBehavior.WrapText)
        table.setCellMargin(_CELL)
        table.setGridStrokeWidth(0.1)
        table.setVerticalGrid(False)
        frame = QgsLayoutFrame(self.layout, table)
        table.addFrame(frame)
        self.place(frame, left, top, sum(widths) + 0.5, height)
        return table


def _is_number(text: str) -> bool:
    return QLocale().toInt(text)[1]


def _cell(text: str, to_the_right: bool, bold: bool = False) -> QgsTableCell:
    cell = QgsTableCell(text)
    cell.setTextFormat(_letters(8, bold))
    side = Qt.AlignmentFlag.AlignRight if to_the_right else Qt.AlignmentFlag.AlignLeft
    cell.setHorizontalAlignment(side)
    return cell


def _letters(size: float, bold: bool) -> QgsTextFormat:
    font = QFont()
    font.setBold(bold)
    letters = QgsTextFormat()
    letters.setFont(font)
    letters.setSize(size)
    letters.setSizeUnit(QgsUnitTypes.RenderUnit.RenderPoints)
    return letters
