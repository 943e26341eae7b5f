"""What QGIS is to watch: the polygons of a layer, and a question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

from qgis.core import Qgis, QgsFieldProxyModel, QgsMapLayerProxyModel, QgsVectorLayer
from qgis.gui import QgsFieldComboBox, QgsMapLayerComboBox
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from biodiv_plugin.gui.alerts.watch_panel import name_rhythm
from biodiv_plugin.gui.notices import Notice
from biodiv_plugin.gui.plain import PlainLabel
from biodiv_plugin.portal.query import OccurrenceQuery

RHYTHMS = (1, 7, 0)  # days; 0 is only when asked


@dataclass(frozen=True)
class WatchChoice:
    """``selected_only`` takes the selected polygons; "" for ``name_field`` numbers the zones."""

    name: str
    query: OccurrenceQuery
    layer: QgsVectorLayer
    selected_only: bool
    name_field: str
    every: int
    in_project: bool


class WatchForm(QWidget):
    """A page of its own; Enter accepts, Escape leaves. It knows no client."""

    accepted = pyqtSignal(object)  # a WatchChoice
    canceled = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._query = OccurrenceQuery()
        self.sentence = PlainLabel()
        self.sentence.setWordWrap(True)
        self.layer = QgsMapLayerComboBox()
        self.layer.setFilters(_polygons())
        self.selected = QCheckBox(self.tr("Only the selected polygons"))
        self.field = QgsFieldComboBox()
        self.field.setAllowEmptyFieldName(True)
        self.field.setFilters(QgsFieldProxyModel.Filter.AllTypes)
        self.name = QLineEdit()
        self.every = QComboBox()
        for days in RHYTHMS:
            self.every.addItem(name_rhythm(days), days)
        self.in_project = QRadioButton(self.tr("In this project"))
        self.in_profile = QRadioButton(self.tr("In QGIS, for all projects"))
        self.in_profile.setChecked(True)
        self.note = PlainLabel(
            self.tr(
                "The zones are kept as they are now. What is found stays on this computer, also "
                "if the project goes to somebody else."
            )
        )
        self.note.setWordWrap(True)
        self.notice = Notice()
        self.accept = QPushButton(self.tr("Watch"))
        self.cancel = QPushButton(self.tr("Cancel"))
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.addWidget(PlainLabel(self.tr("Watch for new")))
        column.addWidget(self.sentence)
        for text, part in (
            (self.tr("In each polygon of"), self.layer),
            ("", self.selected),
            (self.tr("Name of a zone"), self.field),
            (self.tr("Name of the watch"), self.name),
            (self.tr("Look for it"), self.every),
            (self.tr("Keep it"), self.in_profile),
            ("", self.in_project),
            ("", self.note),
            ("", self.notice),
        ):
            if text:
                label = PlainLabel(text)
                label.setBuddy(part)
                column.addWidget(label)
            column.addWidget(part)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.accept)
        column.addLayout(buttons)
        column.addStretch(1)

    def _connect(self) -> None:
        self.layer.layerChanged.connect(self._on_layer)
        self.name.textChanged.connect(self._allow)
        self.name.returnPressed.connect(self._on_accept)
        self.accept.clicked.connect(self._on_accept)
        self.cancel.clicked.connect(self.canceled)

    def open(self, query: OccurrenceQuery, sentence: str, name: str) -> None:
        """Begin a watch of ``query``, told back; its area gives way to the zones."""
        self._query = query
        self.notice.clear()
        self.sentence.setText(sentence)
        self.name.setText(name)
        self._on_layer(self.layer.currentLayer())

    def set_busy(self, busy: bool) -> None:
        self.accept.setEnabled(not busy)

    def keyPressEvent(self, event: object) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_Escape:  # type: ignore[attr-defined]
            self.canceled.emit()
        else:
            super().keyPressEvent(event)

    def _on_layer(self, layer: Optional[QgsVectorLayer]) -> None:
        self.field.setLayer(layer)
        if layer is None:
            self.notice.tell(self.tr("Open a layer with polygons first: your sites, for example."))
            self._allow()
            return
        self.notice.clear()
        named = [f.name() for f in layer.fields() if f.name().lower() in ("naam", "name", "zone")]
        self.field.setField(named[0] if named else "")
        self.selected.setChecked(layer.selectedFeatureCount() > 0)
        self._allow()

    def _allow(self, *_: object) -> None:
        self.accept.setEnabled(
            self.layer.currentLayer() is not None and bool(self.name.text().strip())
        )

    def _on_accept(self, _checked: bool = False) -> None:
        if not self.accept.isEnabled():
            return
        layer = self.layer.currentLayer()
        self.accepted.emit(
            WatchChoice(
                name=self.name.text().strip(),
                query=self._query,
                layer=layer,
                selected_only=self.selected.isChecked() and layer.selectedFeatureCount() > 0,
                name_field=self.field.currentField(),
                every=self.every.currentData(),
                in_project=self.in_project.isChecked(),
            )
        )


def _polygons() -> object:
    """Return the filter for polygon layers, under the name it has in this QGIS."""
    if hasattr(Qgis, "LayerFilter"):
        return Qgis.LayerFilter.PolygonLayer
    return QgsMapLayerProxyModel.Filter.PolygonLayer
