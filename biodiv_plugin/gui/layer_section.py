"""The section *Layers*: the catalogue of the geographic portal, and adding from it."""

from __future__ import annotations

from functools import partial
from typing import Optional

from qgis.core import QgsLayerTreeGroup, QgsMapLayer, QgsProject
from qgis.gui import QgsFilterLineEdit
from qgis.PyQt.QtCore import QModelIndex
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from biodiv_plugin.gui.host import Host
from biodiv_plugin.gui.layer_model import LayerModel
from biodiv_plugin.gui.notices import Notice
from biodiv_plugin.gui.sign_in import SignInController
from biodiv_plugin.portal.catalogue import LayerEntry
from biodiv_plugin.services import Services
from biodiv_plugin.tasks.task import PortalTask
from biodiv_plugin.use_cases.open_portal_layer import FIELD_ID, OpenedLayer, open_portal_layer


class LayerSection(QWidget):
    """Search first, then the tree; double click or Enter adds. Added again, it is selected."""

    def __init__(self, services: Services, host: Host, sign_in: SignInController) -> None:
        super().__init__()
        self._services, self._host, self._sign_in = services, host, sign_in
        self._loaded = False
        self.search = QgsFilterLineEdit()
        self.search.setShowSearchIcon(True)
        self.search.setShowClearButton(True)
        self.search.setPlaceholderText(self.tr("Search layers"))
        self.model = LayerModel(self)
        self.tree = QTreeView()
        self.tree.setHeaderHidden(True)
        self.tree.setUniformRowHeights(True)
        self.tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.tree.setModel(self.model)
        self.tree.setAccessibleName(self.tr("Layers of the portal"))
        self._count = QLabel()
        self.notice = Notice()
        self._add = QPushButton(self.tr("Add to Map"))
        self._add.setEnabled(False)
        buttons = QHBoxLayout()
        buttons.addWidget(self._count, 1)
        buttons.addWidget(self._add)
        column = QVBoxLayout(self)
        column.addWidget(self.search)
        column.addWidget(self.tree, 1)
        column.addWidget(self.notice)
        column.addLayout(buttons)
        self.search.textChanged.connect(self._filter)
        self.tree.activated.connect(self._add_index)
        self.tree.selectionModel().currentChanged.connect(self._on_current)
        self._add.clicked.connect(self._add_current)

    def activate(self) -> None:
        """Read the catalogue; called whenever the section is shown, asks the portal once."""
        if self._loaded:
            return
        self._loaded = True
        self._count.setText(self.tr("Reading the catalogue…"))
        client = self._services.catalogue
        task = PortalTask(
            self.tr("Read the layers"),
            lambda feedback: client.fields(feedback=feedback),
            quiet=True,
        )
        task.succeeded.connect(self._show)
        task.failed.connect(self._fail)
        self._services.tasks.start(task)

    def add(self, entry: LayerEntry) -> None:
        """Add ``entry`` to the map, in a group of its classification; say so if it is there."""
        if self._on_map(entry) is not None:
            self.notice.tell(self.tr("“{title}” is on the map already.").format(title=entry.title))
            return
        geoserver = self._services.environment.service("geoserver")
        work = partial(open_portal_layer, entry, geoserver, self._host.project.crs())
        task = PortalTask(self.tr("Open a portal layer"), work)
        task.succeeded.connect(self._show_layer)
        task.failed.connect(self.notice.tell_error)
        self._services.tasks.start(task)

    def _on_map(self, entry: LayerEntry) -> Optional[QgsMapLayer]:
        for layer in self._host.project.mapLayers().values():
            if layer.customProperty(FIELD_ID) == entry.field_id:
                return layer
        return None

    def _show_layer(self, opened: OpenedLayer) -> None:
        if self._on_map(opened.entry) is None:
            project = self._host.project
            project.addMapLayer(opened.layer, False)
            name = opened.entry.classification1 or self.tr("Portal layers")
            _group(project, name).insertLayer(0, opened.layer)

    def _filter(self, text: str) -> None:
        self.model.set_filter(text)
        if text.strip():
            self.tree.expandAll()
        self._show_count()

    def _show(self, entries: object) -> None:
        self.model.set_entries(entries)
        self._show_count()

    def _fail(self, error: Exception) -> None:
        self._loaded = False
        self._count.clear()
        self.notice.tell_error(error, retry=self.activate)

    def _show_count(self) -> None:
        count = self.model.count()
        if count == 0 and self.search.text().strip():
            self._count.setText(self.tr("No layer has these words."))
        else:
            self._count.setText(self.tr("Layers: {n}").format(n=count))

    def _on_current(self, index: QModelIndex, _previous: QModelIndex) -> None:
        self._add.setEnabled(self.model.entry(index) is not None)

    def _add_current(self) -> None:
        self._add_index(self.tree.currentIndex())

    def _add_index(self, index: QModelIndex) -> None:
        entry = self.model.entry(index)
        if entry is not None:
            self.notice.clear()
            self.add(entry)


def _group(project: QgsProject, name: str) -> QgsLayerTreeGroup:
    root = project.layerTreeRoot()
    return root.findGroup(name) or root.addGroup(name)
