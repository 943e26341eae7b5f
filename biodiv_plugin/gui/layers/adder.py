"""Adds layers of the portal to the map, for all who offer them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Optional

from qgis.core import QgsFeedback, QgsLayerTreeGroup, QgsMapLayer
from qgis.PyQt.QtCore import QObject, pyqtSignal, pyqtSlot

from biodiv_plugin.gui.host import Host
from biodiv_plugin.gui.layers.marks import LayerMarks
from biodiv_plugin.layers.ogc_source import LayerForm, shows
from biodiv_plugin.portal.catalogue import LayerEntry
from biodiv_plugin.services import Services
from biodiv_plugin.tasks.task import PortalTask
from biodiv_plugin.use_cases.open_portal_layer import OpenedLayer, map_source, open_portal_layer
from biodiv_plugin.use_cases.probe_ogc import OgcOffer

_FORM, _STYLE = "biodiv/form", "biodiv/style"  # custom properties of an added layer


@dataclass(frozen=True)
class _Wanted:
    entry: LayerEntry
    form: LayerForm = LayerForm.MAP
    style: str = ""


class LayerAdder(QObject):
    """Opens a layer in a task and puts it in the group of its classification.

    What the map server offers is known before the first layer is added.
    """

    added = pyqtSignal(object)  # the LayerEntry
    present = pyqtSignal(object)  # the LayerEntry that is on the map already; it is selected now
    failed = pyqtSignal(object)  # a PortalError

    def __init__(
        self, services: Services, host: Host, marks: LayerMarks, parent: Optional[QObject] = None
    ) -> None:
        super().__init__(parent)
        self._services, self._host, self._marks = services, host, marks
        self._map_server = services.map_server
        self._waiting: list[_Wanted] = []
        self._opening: dict[PortalTask, _Wanted] = {}
        self._map_server.changed.connect(self._on_offer)
        self._map_server.failed.connect(self._on_no_offer)

    def add(self, entry: LayerEntry, style: str = "", form: LayerForm = LayerForm.MAP) -> None:
        """Add ``entry``; one that is on the map is selected, and gets ``style`` if one is named."""
        present = self.on_map(entry, form)
        if present is not None:
            if style and form is LayerForm.MAP:
                self._restyle(present, entry, style)
            self._host.select_layer(present)
            self.present.emit(entry)
            return
        wanted = _Wanted(entry, form, style)
        if wanted in self._waiting or wanted in self._opening.values():
            return
        if self._map_server.offer is None:
            self._waiting.append(wanted)
            self._map_server.open()
        else:
            self._open(wanted)

    def on_map(self, entry: LayerEntry, form: LayerForm = LayerForm.MAP) -> Optional[QgsMapLayer]:
        """Return the layer of the project that shows ``entry`` in this form, if any."""
        for layer in self._host.project.mapLayers().values():
            known_form = layer.customProperty(_FORM, LayerForm.MAP.value)
            if known_form == form.value and shows(layer, entry, self._geoserver()):
                return layer
        return None

    def entries_on_map(self, entries: tuple[LayerEntry, ...]) -> tuple[LayerEntry, ...]:
        """Return those of ``entries`` that are on the map, each field once, the top one first."""
        by_id: dict[str, LayerEntry] = {}
        for node in self._host.project.layerTreeRoot().layerOrder():
            for entry in entries:
                if shows(node, entry, self._geoserver()):
                    by_id.setdefault(entry.field_id, entry)
                    break
        return tuple(by_id.values())

    def source(self, entry: LayerEntry, style: str = "") -> str:
        """Return the URI of ``entry`` as a map, for QGIS to open."""
        crs, offer = self._host.project.crs(), self._map_server.offer
        return map_source(entry, self._geoserver(), crs, offer, style)

    def _geoserver(self) -> str:
        return self._services.environment.service("geoserver")

    def _open(self, wanted: _Wanted) -> None:
        offer, crs = self._map_server.offer, self._host.project.crs()
        work = partial(_open_layer, wanted, self._geoserver(), crs, offer)
        task = PortalTask(self.tr("Open a portal layer"), work)
        self._opening[task] = wanted
        task.succeeded.connect(self._on_opened)
        task.failed.connect(self._on_failed)
        task.canceled.connect(self._on_ended)
        self._services.tasks.start(task)

    def _restyle(self, layer: QgsMapLayer, entry: LayerEntry, style: str) -> None:
        layer.setDataSource(self.source(entry, style), layer.name(), layer.providerType())
        layer.setCustomProperty(_STYLE, style)
        layer.triggerRepaint()

    def _on_offer(self, _offer: OgcOffer) -> None:
        waiting, self._waiting = self._waiting, []
        for wanted in waiting:
            self._open(wanted)

    def _on_no_offer(self, error: Optional[Exception]) -> None:
        waiting, self._waiting = self._waiting, []
        if waiting and error is not None:
            self.failed.emit(error)

    @pyqtSlot(object)
    def _on_opened(self, opened: OpenedLayer) -> None:
        wanted = self._opening.pop(self.sender(), None)
        if wanted is None or self.on_map(opened.entry, opened.form) is not None:
            return
        layer = opened.layer
        layer.setCustomProperty(_FORM, opened.form.value)
        if wanted.style:
            layer.setCustomProperty(_STYLE, wanted.style)
        name = opened.entry.classification1 or self.tr("Portal layers")
        add_to_group(self._host, name, layer)
        self._marks.used(opened.entry)
        self._host.select_layer(layer)
        self.added.emit(opened.entry)

    @pyqtSlot(object)
    def _on_failed(self, error: object) -> None:
        self._on_ended()
        self.failed.emit(error)

    @pyqtSlot()
    def _on_ended(self) -> None:
        self._opening.pop(self.sender(), None)


def add_to_group(host: Host, name: str, layer: QgsMapLayer) -> None:
    """Add ``layer`` to the project on top of the group ``name``, made where it is missing."""
    host.project.addMapLayer(layer, False)
    root: QgsLayerTreeGroup = host.project.layerTreeRoot()
    group = root.findGroup(name) or root.insertGroup(0, name)
    group.insertLayer(0, layer)


def _open_layer(
    wanted: _Wanted, geoserver: str, crs: object, offer: OgcOffer, feedback: QgsFeedback
) -> OpenedLayer:
    return open_portal_layer(
        wanted.entry, geoserver, crs, offer, wanted.style, wanted.form, feedback
    )
