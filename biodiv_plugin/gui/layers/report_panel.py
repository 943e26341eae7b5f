"""The form of area reports: which polygons, what came of them, and where to take it."""

from __future__ import annotations

from typing import Optional, Sequence

from qgis.core import QgsMapLayerProxyModel, QgsVectorLayer
from qgis.gui import QgsFieldComboBox, QgsMapLayerComboBox
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QProgressBar,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from biodiv_plugin.gui.button_rows import ButtonRows
from biodiv_plugin.gui.layers.report_text import as_html
from biodiv_plugin.gui.plain import HtmlLabel, tip
from biodiv_plugin.portal.report import AreaReport

_PLACE = Qt.ItemDataRole.UserRole + 1  # of the report in the order in which it came
_NAMES = ("naam", "name")  # fields that name a feature, whatever QGIS shows of it


class ReportPanel(QWidget):
    """It asks nobody itself. Several areas stand in a table; the chosen one is told below."""

    layer_changed = pyqtSignal()
    areas_requested = pyqtSignal()  # there is no layer with polygons
    make_requested = pyqtSignal()
    table_requested = pyqtSignal()
    layout_requested = pyqtSignal()
    pdf_requested = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._reports: tuple[AreaReport, ...] = ()
        self._can_make = self._busy = False
        self.layers = QgsMapLayerComboBox()
        self.layers.setFilters(QgsMapLayerProxyModel.Filter.PolygonLayer)
        self.layers.setAccessibleName(self.tr("Layer with the polygons"))
        self.names = QgsFieldComboBox()
        self.names.setAllowEmptyFieldName(True)
        self.names.setAccessibleName(self.tr("Field with the names"))
        self.scope = HtmlLabel()
        self.scope.setWordWrap(True)
        self.scope.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.make = QPushButton(self.tr("Make Report"))
        self.progress = QProgressBar()
        self.progress.setAccessibleName(self.tr("Progress of the report"))
        self.areas = self._areas_table()
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        self.text.setAccessibleName(self.tr("Report"))
        self.add = QPushButton(self.tr("Add as Table"))
        self.add.setToolTip(self.tr("The polygons with their numbers, and a table of all details"))
        self.layout_button = QPushButton(self.tr("Print Layout…"))
        self.pdf = QPushButton(self.tr("Save as PDF…"))
        self._results = QWidget()
        self._lay_out()
        self._connect()
        self.set_busy(False)
        self._results.hide()
        self._on_layer()

    def layer(self) -> Optional[QgsVectorLayer]:
        """Return the chosen layer with polygons."""
        return self.layers.currentLayer()

    def set_scope(self, text: str, can_make: bool) -> None:
        """Tell which polygons the report would be about, and whether it can be made of them."""
        self.scope.setText(text)
        self._can_make = can_make
        self.make.setEnabled(can_make and not self._busy)

    def set_busy(self, busy: bool) -> None:
        """Show whether a report is being made; what came before stays."""
        self._busy = busy
        self.make.setEnabled(self._can_make and not busy)
        self.progress.setVisible(busy)
        self.progress.setValue(0)

    def set_reports(self, reports: Sequence[AreaReport]) -> None:
        """Show the reports, the first one in full."""
        self._reports = tuple(reports)
        self._results.show()
        self.areas.setVisible(len(reports) > 1)
        self.areas.setSortingEnabled(False)
        self.areas.setRowCount(len(reports))
        for row, report in enumerate(reports):
            self.areas.setItem(row, 0, self._cell(row, report.plot.name))
            self.areas.setItem(row, 1, self._cell(row, report.records))
            self.areas.setItem(row, 2, self._cell(row, report.species))
        # In the order of the layer, until somebody clicks a column.
        self.areas.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.areas.setSortingEnabled(True)
        self.areas.setCurrentCell(0, 0)
        self._on_area()

    def _areas_table(self) -> QTableWidget:
        headers = [self.tr("Area"), self.tr("Obs."), self.tr("Species")]
        table = QTableWidget(0, len(headers))
        table.setHorizontalHeaderLabels(headers)
        table.horizontalHeaderItem(1).setToolTip(self.tr("Observations"))
        table.setAccessibleName(self.tr("Areas"))
        table.verticalHeader().hide()
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        return table

    def _cell(self, place: int, value: object) -> QTableWidgetItem:
        item = QTableWidgetItem()
        item.setData(Qt.ItemDataRole.DisplayRole, value)  # numbers are sorted as numbers
        item.setData(_PLACE, place)
        if isinstance(value, str):
            item.setToolTip(tip(value))
        else:
            item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return item

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow(self.tr("Polygons"), self.layers)
        form.addRow(self.tr("Names"), self.names)
        start = QHBoxLayout()
        start.addStretch(1)
        start.addWidget(self.make)
        results = QVBoxLayout(self._results)
        results.setContentsMargins(0, 0, 0, 0)
        results.addWidget(self.areas, 1)
        results.addWidget(self.text, 3)
        results.addLayout(ButtonRows(self.add, self.layout_button, self.pdf))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(form)
        column.addWidget(self.scope)
        column.addLayout(start)
        column.addWidget(self.progress)
        column.addWidget(self._results, 1)
        column.addStretch(0)

    def _connect(self) -> None:
        self.layers.layerChanged.connect(self._on_layer)
        self.scope.linkActivated.connect(self._on_link)
        self.make.clicked.connect(self.make_requested)
        self.areas.itemSelectionChanged.connect(self._on_area)
        self.add.clicked.connect(self.table_requested)
        self.layout_button.clicked.connect(self.layout_requested)
        self.pdf.clicked.connect(self.pdf_requested)

    def _on_layer(self, _layer: object = None) -> None:
        layer = self.layer()
        self.names.setLayer(layer)
        if layer is not None:
            self.names.setField(_name_field(layer))
        self.layer_changed.emit()

    def _on_link(self, _target: str) -> None:
        self.areas_requested.emit()

    def _on_area(self) -> None:
        item = self.areas.item(max(self.areas.currentRow(), 0), 0)
        if item is not None:
            self.text.setHtml(as_html(self._reports[item.data(_PLACE)]))


def _name_field(layer: QgsVectorLayer) -> str:
    """Return the field that most likely names a feature, "" for none."""
    fields = [field.name() for field in layer.fields()]
    named = next((name for name in fields if name.lower() in _NAMES), "")
    shown = layer.displayField()
    if named or shown not in fields:
        return named
    return "" if layer.fields().field(shown).isNumeric() else shown
