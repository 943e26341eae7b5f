"""Marks layers with exact places of sensitive species in the layer tree."""

from __future__ import annotations

from contextlib import suppress

from qgis.core import QgsLayerTreeLayer, QgsProject
from qgis.gui import QgsGui, QgsLayerTreeView, QgsLayerTreeViewIndicator
from qgis.PyQt.QtCore import QModelIndex, QObject, QTimer, pyqtSignal, pyqtSlot
from qgis.PyQt.QtGui import QIcon

from biodiv_plugin import paths
from biodiv_plugin.deletion import delete_later
from biodiv_plugin.gui.guard.banner import (
    BANNER,
    BannerProvider,
    embed,
    has_embedded,
    remove_embedded,
    rules,
)
from biodiv_plugin.gui.plain import tip
from biodiv_plugin.layers.guard import is_high_resolution


class GuardMarks(QObject):
    """An indicator beside, and a banner below each such layer, wherever it is moved to."""

    asked = pyqtSignal(object)  # the layer whose indicator was clicked

    def __init__(self, tree: QgsLayerTreeView, project: QgsProject) -> None:
        super().__init__()
        self._tree, self._project = tree, project
        self._known: dict[str, tuple[str, bool]] = {}  # layer id: its source, what it holds
        self._marks: dict[str, QgsLayerTreeViewIndicator] = {}
        self._later = QTimer(self)  # the tree is not ready while it tells of its change
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.refresh)
        QgsGui.layerTreeEmbeddedWidgetRegistry().addProvider(BannerProvider())
        project.layerTreeRoot().addedChildren.connect(self._plan)
        project.layersRemoved.connect(self._forget)
        project.readProject.connect(self._plan)  # its tree is there long before its layers
        self._plan()

    def close(self) -> None:
        """Take back what was added to the tree."""
        self._later.stop()
        self._project.layerTreeRoot().addedChildren.disconnect(self._plan)
        self._project.layersRemoved.disconnect(self._forget)
        self._project.readProject.disconnect(self._plan)
        for node in self._project.layerTreeRoot().findLayers():
            self._unmark(node)
        self._marks.clear()
        QgsGui.layerTreeEmbeddedWidgetRegistry().removeProvider(BANNER)

    def refresh(self) -> None:
        """Mark each layer that holds exact places, and no other."""
        for node in self._project.layerTreeRoot().findLayers():
            layer = node.layer()
            if layer is not None:
                self._mark(node) if self._holds(layer) else self._unmark(node)

    def _plan(self, *_: object) -> None:
        self._later.start(0)

    def _holds(self, layer: object) -> bool:
        known = self._known.get(layer.id())
        if known is None or known[0] != layer.source():
            known = (layer.source(), is_high_resolution(layer))
            if layer.id() not in self._known:
                layer.dataSourceChanged.connect(self._plan)
            self._known[layer.id()] = known
        return known[1]

    def _mark(self, node: QgsLayerTreeLayer) -> None:
        mark = self._marks.get(node.layerId())
        if mark is None or mark not in self._tree.indicators(node):  # a moved layer has a new node
            mark = QgsLayerTreeViewIndicator(self._tree)
            mark.setIcon(QIcon(str(paths.resource("icons/sensitive.svg"))))
            mark.setToolTip(tip(rules()))
            mark.setProperty("layer", node.layerId())
            mark.clicked.connect(self._on_clicked)
            self._tree.addIndicator(node, mark)
            self._marks[node.layerId()] = mark
        if not has_embedded(node.layer(), BANNER):
            embed(node.layer(), BANNER)
            self._tree.layerTreeModel().refreshLayerLegend(node)

    def _unmark(self, node: QgsLayerTreeLayer) -> None:
        mark = self._marks.pop(node.layerId(), None)
        if mark is not None:
            self._tree.removeIndicator(node, mark)
            delete_later(mark)
        layer = node.layer()
        if layer is not None and has_embedded(layer, BANNER):
            remove_embedded(layer, BANNER)
            self._tree.layerTreeModel().refreshLayerLegend(node)

    def _forget(self, layers: list[str]) -> None:
        for identifier in layers:
            self._known.pop(identifier, None)
            mark = self._marks.pop(identifier, None)
            if mark is not None:
                with suppress(RuntimeError):  # QGIS may have deleted it with the tree
                    delete_later(mark)

    @pyqtSlot(QModelIndex)
    def _on_clicked(self, _index: object) -> None:
        layer = self._project.mapLayer(self.sender().property("layer"))
        if layer is not None:
            self.asked.emit(layer)
