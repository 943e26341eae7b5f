"""Where the names of a new list come from: typed, a file, or a column of a layer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional, Sequence

from qgis.core import QgsFeatureRequest, QgsMapLayerProxyModel, QgsVectorLayerFeatureSource
from qgis.gui import QgsCheckableComboBox, QgsFileWidget, QgsMapLayerComboBox
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from biodiv_plugin.gui.notices import Notice
from biodiv_plugin.gui.plain import PlainLabel
from biodiv_plugin.layers.name_table import NameTable, table_of_features, table_of_text
from biodiv_plugin.portal.errors import BadTable
from biodiv_plugin.portal.species_lists import NewItem
from biodiv_plugin.use_cases.match_list_names import KINGDOMS

TEXT, FILE, LAYER = range(3)


@dataclass(frozen=True)
class NameSource:
    """Names and how to match them; ``read`` may be called in any thread."""

    title: str
    name: str
    values: tuple[str, ...]
    kingdom: str
    roll_up: bool
    table: Optional[NameTable] = None
    features: Optional[QgsVectorLayerFeatureSource] = None
    request: Optional[QgsFeatureRequest] = None

    def read(self) -> tuple[NewItem, ...]:
        """Return each different line once. Raises ``BadTable``."""
        table = self.table
        if table is None:
            found = self.features.getFeatures(self.request)
            table = table_of_features(self.title, self.features.fields(), found)
        at = [table.headers.index(name) for name in self.values if name in table.headers]
        items = table.items(table.headers.index(self.name), at)
        if not items:
            raise BadTable("no row with a name", reason="empty")
        return tuple(dict.fromkeys(items))


class ListSourceForm(QWidget):
    """Asks for names; the file is read by whoever listens, and given with ``set_table``."""

    file_chosen = pyqtSignal(str)
    accepted = pyqtSignal(object)  # a NameSource
    canceled = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._table: Optional[NameTable] = None
        self.kind = QComboBox()
        for label in (
            self.tr("Typed or pasted names"),
            self.tr("A file: CSV, Excel, OpenDocument"),
            self.tr("A column of a layer"),
        ):
            self.kind.addItem(label)
        self.name, self.values = QComboBox(), QgsCheckableComboBox()
        for box in (self.kind, self.name):  # narrower than the longest entry
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setMinimumContentsLength(8)
        self.text = QPlainTextEdit()
        self.text.setPlaceholderText(
            self.tr("One name on each line, Dutch or scientific; or paste a table with its headers")
        )
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(self.tr("Names"))
        self.file = QgsFileWidget()
        self.file.setFilter(self.tr("Tables (*.csv *.txt *.tsv *.xlsx *.ods *.xls)"))
        self.file.lineEdit().setAccessibleName(self.tr("File"))
        self.layer = QgsMapLayerComboBox()
        self.layer.setFilters(QgsMapLayerProxyModel.Filter.VectorLayer)
        self.layer.setAccessibleName(self.tr("Layer"))
        self.selected = QCheckBox(self.tr("Selected features only"))
        self.name.setAccessibleName(self.tr("Column with the names"))
        self.values.setAccessibleName(self.tr("Columns to keep as values"))
        self.values.setDefaultText(self.tr("none"))
        self.kingdom = QComboBox()
        self.kingdom.addItem(self.tr("not given"), "")
        for kingdom in KINGDOMS:
            self.kingdom.addItem(kingdom, kingdom)
        self.kingdom.setToolTip(
            self.tr("Tells names apart that are used twice, such as Prunella: a bird and a plant")
        )
        self.roll_up = QCheckBox(self.tr("Species instead of subspecies"))
        self.notice = Notice()
        self.check = QPushButton(self.tr("Check the Names"))
        self.check.setDefault(True)
        self.cancel = QPushButton(self.tr("Cancel"))
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._pages = QStackedWidget()
        layer = QWidget()
        inside = QVBoxLayout(layer)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.layer)
        inside.addWidget(self.selected)
        inside.addStretch(1)
        file = QWidget()
        inside = QVBoxLayout(file)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.file)
        inside.addStretch(1)
        for page in (self.text, file, layer):
            self._pages.addWidget(page)
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.addRow(self.tr("Column with the names"), self.name)
        form.addRow(self.tr("Keep as values"), self.values)
        form.addRow(self.tr("Kingdom"), self.kingdom)
        form.addRow(self.roll_up)
        buttons = QHBoxLayout()
        buttons.addWidget(self.cancel)
        buttons.addStretch(1)
        buttons.addWidget(self.check)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(PlainLabel(self.tr("Names from")))
        column.addWidget(self.kind)
        column.addWidget(self._pages, 1)
        column.addLayout(form)
        column.addWidget(self.notice)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self.kind.currentIndexChanged.connect(self._on_kind)
        self.text.textChanged.connect(self._on_text)
        self.file.fileChanged.connect(self._on_file)
        self.layer.layerChanged.connect(self._on_layer)
        self.check.clicked.connect(self._accept)
        self.cancel.clicked.connect(self.canceled)

    def open(self, table: Optional[NameTable] = None) -> None:
        """Begin anew; with ``table`` its names are already there."""
        self.notice.clear()
        self.text.clear()
        self.set_headers(())
        if table is not None:
            self.kind.setCurrentIndex(TEXT)
            self.set_table(table)
        self._on_kind(self.kind.currentIndex())
        self.text.setFocus()

    def set_table(self, table: NameTable) -> None:
        """Offer the columns of what was read."""
        self._table = table
        self.set_headers(table.headers, table.name_column())
        self.notice.tell(self.tr("{n} rows were read.").format(n=len(table.rows)))

    def set_headers(self, headers: Sequence[str], name: int = 0) -> None:
        self.name.clear()
        self.values.clear()
        for header in headers:
            self.name.addItem(header or self.tr("the only column"), header)
            self.values.addItem(header)
        self.name.setCurrentIndex(name)
        several = len(headers) > 1
        self.name.setEnabled(several)
        self.values.setEnabled(several)

    def _on_kind(self, kind: int) -> None:
        self._pages.setCurrentIndex(kind)
        self.notice.clear()
        if kind == LAYER:
            self._on_layer(self.layer.currentLayer())
        elif kind == FILE:
            self._table = None
            self.set_headers(())
            self._on_file(self.file.filePath())
        elif self.text.toPlainText().strip():
            self._on_text()

    def _on_text(self) -> None:
        self._table = None
        try:
            table = table_of_text(self.text.toPlainText())
        except BadTable:
            self.set_headers(())
            return
        self._table = table
        if [self.name.itemData(at) for at in range(self.name.count())] != [*table.headers]:
            self.set_headers(table.headers, table.name_column())

    def _on_file(self, path: str) -> None:
        if path:
            self._table = None
            self.file_chosen.emit(path)

    def _on_layer(self, layer: object) -> None:
        self._table = None
        fields = [field.name() for field in layer.fields()] if layer is not None else []
        column = NameTable("", tuple(fields), ()).name_column() if fields else 0
        self.set_headers(fields, column)
        self.selected.setChecked(layer is not None and layer.selectedFeatureCount() > 0)

    def _accept(self) -> None:
        source = self._source()
        if source is None:
            self.notice.tell(self.tr("Give a name first."), warning=True)
        else:
            self.accepted.emit(source)

    def _source(self) -> Optional[NameSource]:
        name = self.name.currentData()
        if name is None:
            return None
        values = tuple(value for value in self.values.checkedItems() if value != name)
        matching = {"kingdom": self.kingdom.currentData(), "roll_up": self.roll_up.isChecked()}
        if self.kind.currentIndex() != LAYER:
            if self._table is None:
                return None
            return NameSource(self._table.title, name, values, table=self._table, **matching)
        layer = self.layer.currentLayer()
        if layer is None:
            return None
        request = QgsFeatureRequest().setFlags(QgsFeatureRequest.Flag.NoGeometry)
        request.setSubsetOfAttributes([name, *values], layer.fields())
        if self.selected.isChecked():
            request.setFilterFids(layer.selectedFeatureIds())
        features = QgsVectorLayerFeatureSource(layer)
        return NameSource(
            layer.name(), name, values, features=features, request=request, **matching
        )
