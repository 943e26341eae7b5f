"""Keeps the previews of a project: adds them, draws them anew, and revives those it opens with."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import Optional, Sequence

from qgis.core import Qgis, QgsApplication, QgsFeedback, QgsRasterLayer
from qgis.gui import QgsGui
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject

from biodiv_plugin.gui.guard.banner import embed
from biodiv_plugin.gui.host import Host
from biodiv_plugin.gui.latest_task import LatestTask
from biodiv_plugin.gui.preview.identify import PreviewIdentify
from biodiv_plugin.gui.preview.switches import SWITCHES, PreviewSwitches, SwitchesProvider
from biodiv_plugin.layers.preview_layer import (
    Look,
    Preview,
    open_preview,
    preview_of,
    show_preview,
)
from biodiv_plugin.messages import explain
from biodiv_plugin.portal.errors import StorageFailed
from biodiv_plugin.portal.occurrences import OccurrenceClient
from biodiv_plugin.portal.query import OccurrenceQuery
from biodiv_plugin.services import Services
from biodiv_plugin.use_cases.preview_occurrences import Prepared, prepare_preview

Known = tuple[tuple[str, Preview], ...]  # id of a layer, what it is to draw


class PreviewDesk(QObject):
    """One for the window; ``close`` leaves the layers, which draw on without it."""

    def __init__(self, services: Services, host: Host, folder: Optional[Path] = None) -> None:
        super().__init__()
        self._services, self._host = services, host
        self._folder = folder or Path(QgsApplication.qgisSettingsDirPath()) / "biodiv" / "previews"
        self._legends: dict[str, tuple[object, ...]] = {}
        self._switches: dict[str, PreviewSwitches] = {}
        self._adding = self._latest(self.tr("Draw the observations"), self._add)
        self._reviving = self._latest(self.tr("Draw the observations anew"), self._revived)
        QgsGui.layerTreeEmbeddedWidgetRegistry().addProvider(SwitchesProvider(self._on_made))
        host.project.readProject.connect(self.revive)
        services.session.changed.connect(self._on_session)
        self.revive()

    def close(self) -> None:
        if "identify" in self.__dict__:
            self.identify.close()
        self._adding.cancel()
        self._reviving.cancel()
        self._host.project.readProject.disconnect(self.revive)
        self._services.session.changed.disconnect(self._on_session)
        QgsGui.layerTreeEmbeddedWidgetRegistry().removeProvider(SWITCHES)

    @cached_property
    def identify(self) -> PreviewIdentify:
        """The tool of the map, made on first use."""
        return PreviewIdentify(self._services, self._host)

    def show(self, query: OccurrenceQuery) -> None:
        """Add a layer that shows ``query``, drawn by the portal."""
        service = self._services.environment.service("biocache-service")
        preview = Preview(service, query.to_json(), "", Look(), self._name())
        self._adding.start(partial(_prepare, (("", preview),), self._services.occurrences))

    def revive(self, *_: object) -> None:
        """Let each preview of the project draw again: its document or its query may be gone."""
        known = tuple((layer.id(), preview) for layer, preview in self._previews())
        for layer, preview in self._previews():
            if not layer.isValid():  # opened on another computer: draw, and ask meanwhile
                self._draw(layer, preview)
        if known:
            self._reviving.start(partial(_prepare, known, self._services.occurrences))

    def look(self, layer_id: str, look: Look) -> None:
        """Draw a layer in another way."""
        layer = self._host.project.mapLayer(layer_id)
        preview = preview_of(layer) if layer is not None else None
        if preview is not None:
            self._draw(layer, replace(preview, look=look))
            self.revive()

    def _previews(self) -> list[tuple[QgsRasterLayer, Preview]]:
        """Return those of this portal; others are not ours to ask for."""
        service = self._services.environment.service("biocache-service")
        found = ((each, preview_of(each)) for each in self._host.project.mapLayers().values())
        return [(each, known) for each, known in found if known and known.service == service]

    def _latest(self, description: str, slot: object) -> LatestTask:
        latest = LatestTask(self._services.tasks, description, self)
        latest.succeeded.connect(slot)
        latest.failed.connect(self._tell)
        return latest

    def _add(self, prepared: Sequence[tuple[str, Prepared]]) -> None:
        ((_, each),) = prepared
        try:
            layer = open_preview(each.preview, self._host.project.crs(), self._folder)
        except StorageFailed as failure:
            self._tell(failure)
            return
        embed(layer, SWITCHES)
        self._host.project.addMapLayer(layer)
        self._host.select_layer(layer)

    def _revived(self, prepared: Sequence[tuple[str, Prepared]]) -> None:
        for layer_id, each in prepared:
            layer = self._host.project.mapLayer(layer_id)
            if layer is None or preview_of(layer) is None:
                continue
            if each.preview != preview_of(layer):
                self._draw(layer, each.preview)
            self._legends[layer_id] = each.legend
            self._show_legend(layer_id)

    def _draw(self, layer: QgsRasterLayer, preview: Preview) -> None:
        try:
            show_preview(layer, preview, self._folder)
        except StorageFailed as failure:
            self._tell(failure)

    def _on_session(self, _state: object = None) -> None:
        """Another person sees other observations (contract/occurrences 7.3)."""
        for layer, preview in self._previews():
            self._draw(layer, replace(preview, name=self._name()))
        self.revive()

    def _name(self) -> str:
        account = self._services.session.account
        if account is None:
            return self.tr("Map by the portal (not signed in)")
        return self.tr("Map by the portal ({name})").format(name=account.name)

    def _on_made(self, layer_id: str, switches: PreviewSwitches) -> None:
        self._switches[layer_id] = switches
        switches.look_changed.connect(self.look)
        switches.records_requested.connect(self._look_up)
        self._show_legend(layer_id)

    def _look_up(self, layer_id: str) -> None:
        self.identify.start(layer_id)

    def _show_legend(self, layer_id: str) -> None:
        switches = self._switches.get(layer_id)
        if switches is not None and not sip.isdeleted(switches):
            switches.show_legend(self._legends.get(layer_id, ()))

    def _tell(self, error: Exception) -> None:
        title = self.tr("Observations on the map")
        self._host.message_bar.pushMessage(title, explain(error), Qgis.MessageLevel.Warning)


def _prepare(
    known: Known, client: OccurrenceClient, feedback: QgsFeedback
) -> list[tuple[str, Prepared]]:
    return [(layer_id, prepare_preview(each, client, feedback)) for layer_id, each in known]
