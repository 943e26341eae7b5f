"""Keeps the previews of a project: adds them, draws them anew, and revives those it opens with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Optional, Sequence

from qgis.core import Qgis, QgsApplication, QgsFeedback, QgsRasterLayer
from qgis.gui import QgsGui
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, Qt, QTimer

from biodiv_plugin.gui.guard.banner import embed
from biodiv_plugin.gui.host import Host
from biodiv_plugin.gui.latest_task import LatestTask
from biodiv_plugin.gui.map_view import zoom_to_flanders
from biodiv_plugin.gui.plain import in_message
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
from biodiv_plugin.portal.errors import PortalError, StorageFailed
from biodiv_plugin.portal.quality import QualityProfile
from biodiv_plugin.portal.query import OccurrenceQuery
from biodiv_plugin.services import Services
from biodiv_plugin.use_cases.preview_occurrences import (
    Prepared,
    prepare_preview,
    preview_query,
)
from biodiv_plugin.use_cases.tell_query import name_question

_MOMENT = 1000  # ms within which QGIS makes new switches, perhaps more than once
_SOON = 50  # ms until it has put them in the tree


@dataclass(frozen=True)
class Outcome:
    """What became of one layer: ``prepared``, or the ``error`` that kept it from that."""

    layer_id: str
    prepared: Optional[Prepared] = None
    error: Optional[PortalError] = None


class PreviewDesk(QObject):
    """One for the window; ``close`` leaves the layers, which draw on without it.

    Each change asks anew for all previews, so that the newest wins and none is forgotten.
    """

    def __init__(self, services: Services, host: Host, folder: Optional[Path] = None) -> None:
        super().__init__()
        self._services, self._host = services, host
        self._folder = folder or Path(QgsApplication.qgisSettingsDirPath()) / "biodiv" / "previews"
        self._legends: dict[str, tuple[object, ...]] = {}
        self._wanted: dict[str, str] = {}  # layer id: the quality profile that is being asked for
        self._asked: set[str] = set()  # layers whose switches need not ask again
        self._profiles: Sequence[QualityProfile] = ()
        self._switches: list[PreviewSwitches] = []  # QGIS deletes them as it likes
        self._focused = ("", "")  # layer id, the field that the keyboard was at
        self._adding = self._latest(self.tr("Draw the observations"), self._add)
        self._adding.failed.connect(self._tell)
        self._reviving = self._latest(self.tr("Draw the observations anew"), self._revived)
        # Without an answer the profile of the layer stays the only one; the log tells it.
        self._reading = self._latest(self.tr("Read the quality profiles"), self._set_profiles)
        self._refocusing = QTimer(self)  # once QGIS has put the new ones in the tree
        self._refocusing.setSingleShot(True)
        self._refocusing.timeout.connect(self._refocus)
        self._forgetting = QTimer(self)  # the person may be elsewhere by then
        self._forgetting.setSingleShot(True)
        self._forgetting.timeout.connect(self._forget_focus)
        self._looking = QTimer(self)  # after QGIS showed the extent of the first layer, the world
        self._looking.setSingleShot(True)
        self._looking.timeout.connect(self._show_flanders)
        QgsGui.layerTreeEmbeddedWidgetRegistry().addProvider(SwitchesProvider(self._on_made))
        host.project.readProject.connect(self._on_read)
        services.session.changed.connect(self._on_session)
        self.revive()

    def close(self) -> None:
        self._looking.stop()  # the map may be gone by then
        if "identify" in self.__dict__:
            self.identify.close()
        for task in (self._adding, self._reviving, self._reading):
            task.cancel()
        self._host.project.readProject.disconnect(self._on_read)
        self._services.session.changed.disconnect(self._on_session)
        QgsGui.layerTreeEmbeddedWidgetRegistry().removeProvider(SWITCHES)

    @cached_property
    def identify(self) -> PreviewIdentify:
        """The tool of the map, made on first use."""
        return PreviewIdentify(self._services, self._host)

    def show(self, query: OccurrenceQuery) -> None:
        """Add a layer that shows ``query``, drawn by the portal."""
        service = self._services.environment.service("biocache-service")
        client = self._services.occurrences
        name = self._name(query)
        self._adding.start(partial(preview_query, query, service, name, client))

    def revive(self) -> None:
        """Let each preview of the project draw again: its document or its query may be gone."""
        known, previews = [], self._previews()
        self._asked.update(layer.id() for layer, _ in previews)
        for layer, preview in previews:
            if not layer.isValid():  # opened on another computer: draw, and ask meanwhile
                self._draw(layer, preview)
            profile = self._wanted.get(layer.id(), preview.quality_profile)
            changed = profile != preview.quality_profile
            known.append((layer.id(), preview.with_profile(profile) if changed else preview))
        if known:
            self._reviving.start(partial(_prepare, tuple(known), self._services))

    def look(self, layer_id: str, look: Look) -> None:
        """Draw a layer in another way."""
        for layer, preview in self._previews():
            if layer.id() == layer_id:
                self._legends.pop(layer_id, None)  # of other colours or years
                self._draw(layer, replace(preview, look=look))
                self.revive()

    def filter_by(self, layer_id: str, profile: str) -> None:
        """Draw what a quality profile leaves, "" for all; until the portal answers the layer
        stays as it is, and where it does not, so it remains."""
        if any(layer.id() == layer_id for layer, _ in self._previews()):
            self._wanted[layer_id] = profile
            self.revive()

    def _previews(self) -> list[tuple[QgsRasterLayer, Preview]]:
        """Return those of this portal; others are not ours to ask for."""
        service = self._services.environment.service("biocache-service")
        found = ((each, preview_of(each)) for each in self._host.project.mapLayers().values())
        return [(each, known) for each, known in found if known and known.service == service]

    def _latest(self, description: str, slot: object) -> LatestTask:
        latest = LatestTask(self._services.tasks, description, self)
        latest.succeeded.connect(slot)
        return latest

    def _add(self, prepared: Prepared) -> None:
        try:
            layer = open_preview(prepared.preview, self._host.project.crs(), self._folder)
        except StorageFailed as failure:
            self._tell(failure)
            return
        self._legends[layer.id()] = prepared.legend
        self._asked.add(layer.id())
        embed(layer, SWITCHES)
        if not self._host.project.count():
            self._looking.start(200)
        self._host.project.addMapLayer(layer)
        self._host.select_layer(layer)

    def _show_flanders(self) -> None:
        zoom_to_flanders(self._host)

    def _revived(self, outcomes: Sequence[Outcome]) -> None:
        for outcome in outcomes:
            self._wanted.pop(outcome.layer_id, None)
            layer = self._host.project.mapLayer(outcome.layer_id)
            present = preview_of(layer) if layer is not None else None
            if present is None:
                continue
            if outcome.prepared is not None:
                self._legends[outcome.layer_id] = outcome.prepared.legend
                if outcome.prepared.preview != present:
                    self._draw(layer, outcome.prepared.preview)
            self._follow(layer)
        failed = [outcome.error for outcome in outcomes if outcome.error is not None]
        if failed:
            self._tell(failed[0])

    def _draw(self, layer: QgsRasterLayer, preview: Preview) -> None:
        self._note_focus(layer.id())
        try:
            show_preview(layer, preview, self._folder)
        except StorageFailed as failure:
            self._tell(failure)
        self._follow(layer)

    def _on_read(self, _document: object = None) -> None:
        for known in (self._wanted, self._legends, self._asked):
            known.clear()
        self.revive()

    def _on_session(self, _state: object = None) -> None:
        """Another person sees other observations (contract/occurrences 7.3)."""
        for layer, preview in self._previews():
            name = self._name(OccurrenceQuery.from_json(preview.query))
            self._draw(layer, replace(preview, name=name))
        self.revive()

    def _name(self, query: OccurrenceQuery) -> str:
        """Say what the layer shows, and as who sees it."""
        account, asked = self._services.session.account, name_question(query)
        if account is None:
            return self.tr("{asked}: map by the portal (not signed in)").format(asked=asked)
        text = self.tr("{asked}: map by the portal ({name})")
        return text.format(asked=asked, name=account.name)

    def _on_made(self, switches: PreviewSwitches) -> None:
        if not any(layer.id() == switches.layer_id for layer, _ in self._previews()):
            switches.setEnabled(False)
            switches.setToolTip(self.tr("This layer is of another portal than the one in use."))
            return
        self._switches.append(switches)
        if self._focused[0] == switches.layer_id:
            self._refocusing.start(_SOON)
        # Queued: QGIS deletes the switches as soon as their layer draws something else.
        queued = Qt.ConnectionType.QueuedConnection
        switches.look_changed.connect(self.look, queued)
        switches.profile_changed.connect(self.filter_by, queued)
        switches.records_requested.connect(self._look_up)
        if self._profiles:
            switches.set_profiles(self._profiles)
        elif not self._reading.is_running():
            self._reading.start(self._services.quality.profiles)
        if switches.layer_id in self._legends:
            switches.show_legend(self._legends[switches.layer_id])
        elif switches.layer_id not in self._asked:  # a copy of another layer
            self.revive()

    def _note_focus(self, layer_id: str) -> None:
        """Remember where the keyboard is: QGIS makes other switches for what is drawn anew."""
        for switches in self._living():
            if switches.layer_id == layer_id and switches.focused():
                self._focused = (layer_id, switches.focused())
                self._forgetting.start(_MOMENT)

    def _refocus(self) -> None:
        layer_id, field = self._focused
        mine = [each for each in self._living() if each.layer_id == layer_id]
        if mine:
            mine[-1].focus(field)

    def _forget_focus(self) -> None:
        self._focused = ("", "")

    def _set_profiles(self, profiles: Sequence[QualityProfile]) -> None:
        self._profiles = profiles
        for switches in self._living():
            switches.set_profiles(profiles)

    def _look_up(self, layer_id: str) -> None:
        self.identify.start(layer_id)

    def _follow(self, layer: QgsRasterLayer) -> None:
        """Let the switches of ``layer`` show what it draws, or is about to draw."""
        preview = preview_of(layer)
        if preview is None:
            return
        if layer.id() in self._wanted:
            preview = preview.with_profile(self._wanted[layer.id()])
        for switches in self._living():
            if switches.layer_id == layer.id():
                switches.show_preview(preview)
                switches.show_legend(self._legends.get(layer.id(), ()))

    def _living(self) -> list[PreviewSwitches]:
        self._switches = [each for each in self._switches if not sip.isdeleted(each)]
        return self._switches

    def _tell(self, error: Exception) -> None:
        title = self.tr("Observations on the map")
        self._host.message_bar.pushMessage(
            title, in_message(explain(error)), Qgis.MessageLevel.Warning
        )


def _prepare(
    known: Sequence[tuple[str, Preview]], services: Services, feedback: QgsFeedback
) -> list[Outcome]:
    """Prepare each; one that fails keeps no other from being drawn."""
    outcomes = []
    for layer_id, preview in known:
        try:
            prepared = prepare_preview(
                preview, services.occurrences, services.species_lists, feedback
            )
            outcomes.append(Outcome(layer_id, prepared))
        except PortalError as error:
            outcomes.append(Outcome(layer_id, error=error))
    return outcomes
