"""Joins the watches of QGIS to their book, the project's layers and the map."""

from __future__ import annotations

from functools import partial
from typing import Optional, Sequence

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsFeatureRequest,
    QgsFeedback,
    QgsVectorLayerFeatureSource,
)
from qgis.PyQt.QtCore import QLocale, QObject, pyqtSignal

from biodiv_plugin.gui.alerts.watch_book import WatchBook
from biodiv_plugin.gui.alerts.watch_form import WatchChoice, WatchForm
from biodiv_plugin.gui.alerts.watch_panel import WatchPanel
from biodiv_plugin.gui.host import Host
from biodiv_plugin.gui.latest_task import LatestTask
from biodiv_plugin.layers.watch_layer import fill, layers_of, watch_layers
from biodiv_plugin.messages import explain
from biodiv_plugin.portal.errors import InvalidQuery, SignInRequired
from biodiv_plugin.portal.watch import Watch, new_watch
from biodiv_plugin.services import Services
from biodiv_plugin.use_cases.check_watches import MAX_ZONES, WatchOutcome, read_zones


class WatchDesk(QObject):
    form_left = pyqtSignal()  # show the watches again

    def __init__(
        self,
        services: Services,
        host: Host,
        panel: WatchPanel,
        form: WatchForm,
        book: WatchBook,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._host, self.panel, self.form, self.book = host, panel, form, book
        self._choice: Optional[WatchChoice] = None
        self._zones = LatestTask(services.tasks, self.tr("Read the zones"), self)
        for signal, slot in (
            (self._zones.succeeded, self._on_zones),
            (self._zones.failed, self._on_no_zones),
            (self.book.changed, self._show),
            (self.book.started, self._show),
            (self.book.checked, self._on_checked),
            (self.book.failed, panel.notice.tell_error),
            (panel.check_requested, self._check),
            (panel.show_requested, self.show_on_map),
            (panel.seen_requested, self._mark_seen),
            (panel.remove_requested, self._ask_remove),
            (form.accepted, self._accept),
            (form.canceled, self._leave),
        ):
            signal.connect(slot)
        if book.outcomes:  # of a look while there was no dock
            self._on_checked(book.outcomes)

    def show_on_map(self, watch_id: str) -> None:
        """Show zones and new records of a watch; layers that are there are filled anew."""
        watch = self.book.watch(watch_id)
        if watch is None:
            return
        state, project = self.book.state(watch_id), self._host.project
        layers = layers_of(watch_id, project.mapLayers().values())
        if not layers:
            layers = watch_layers(watch, state)
            group = project.layerTreeRoot().insertGroup(0, watch.name)
            for layer in layers:  # the records last, so on top
                project.addMapLayer(layer, False)
                group.insertLayer(0, layer)
        else:
            self._refill(watch)
        self._host.select_layer(layers[-1])
        if not state.records:
            self.panel.notice.tell(
                self.tr(
                    "Nothing new was found in “{name}” so far; the map shows its zones."
                ).format(name=watch.name)
            )

    def _refill(self, watch: Watch) -> None:
        for layer in layers_of(watch.id, self._host.project.mapLayers().values()):
            fill(layer, watch, self.book.state(watch.id))

    def _show(self) -> None:
        self.panel.set_watches(self.book.watches(), self.book.state)
        self.panel.set_checking(self.book.is_checking())

    def _check(self) -> None:
        self.panel.notice.clear()
        self.book.check()

    def _mark_seen(self, watch_id: str) -> None:
        self.book.mark_seen(watch_id)
        watch = self.book.watch(watch_id)
        if watch is not None:
            self._refill(watch)

    def _ask_remove(self, watch_id: str) -> None:
        watch = self.book.watch(watch_id)
        if watch is None:
            return
        notice = self.panel.notice
        notice.tell(
            self.tr("Remove “{name}”, with all that it found?").format(name=watch.name),
            warning=True,
        )
        notice.offer(self.tr("Remove"), partial(self.book.remove, watch_id))
        notice.offer(self.tr("Keep It"), notice.clear)

    # A new one

    def _accept(self, choice: WatchChoice) -> None:
        self._choice = choice
        self.form.notice.clear()
        self.form.set_busy(True)
        request = QgsFeatureRequest()
        if choice.selected_only:
            request.setFilterFids(choice.layer.selectedFeatureIds())
        work = partial(
            _read_zones,
            QgsVectorLayerFeatureSource(choice.layer),
            request,
            choice.layer.crs(),
            self._host.project.transformContext(),
            choice.name_field,
        )
        self._zones.start(work)

    def _on_zones(self, zones: tuple) -> None:
        self.form.set_busy(False)
        choice = self._choice
        if choice is not None:
            watch = new_watch(choice.name, choice.query, zones, choice.every)
            self.form_left.emit()
            self.book.add(watch, choice.in_project)

    def _on_no_zones(self, error: Exception) -> None:
        self.form.set_busy(False)
        if isinstance(error, InvalidQuery) and error.part == "zones":
            self.form.notice.tell(
                self.tr("These are more than {n} polygons. Select some of them.").format(
                    n=QLocale().toString(MAX_ZONES)
                ),
                warning=True,
            )
        else:
            self.form.notice.tell_error(error)

    def _leave(self) -> None:
        self._zones.cancel()
        self.form.set_busy(False)
        self.form_left.emit()

    # What a look found

    def _on_checked(self, outcomes: Sequence[WatchOutcome]) -> None:
        for outcome in outcomes:
            self._refill(outcome.watch)
        failed = [outcome for outcome in outcomes if outcome.error is not None]
        if failed:
            self._tell_failed(failed)
        else:
            self._tell_found(outcomes)

    def _tell_failed(self, failed: Sequence[WatchOutcome]) -> None:
        notice, error = self.panel.notice, failed[0].error
        if error is None:
            return
        names = ", ".join(f"“{outcome.watch.name}”" for outcome in failed)
        told = self.tr("{reason} Not looked at: {names}.")
        notice.tell(told.format(reason=explain(error), names=names), warning=True)
        if isinstance(error, SignInRequired):
            notice.offer(self.tr("Sign In"), notice.sign_in_requested.emit)
        else:
            notice.offer(self.tr("Try Again"), self._check)
        notice.offer(self.tr("Show Log"), notice.log_requested.emit)

    def _tell_found(self, outcomes: Sequence[WatchOutcome]) -> None:
        number = QLocale().toString
        new = sum(len(outcome.new) for outcome in outcomes)
        if all(outcome.first for outcome in outcomes):
            told = self.tr("From now on new observations show here.")
        elif new == 1:
            told = self.tr("1 new observation since the last look.")
        elif new:
            told = self.tr("{n} new observations since the last look.").format(n=number(new))
        else:
            told = self.tr("Nothing new since the last look.")
        left_out = sum(outcome.left_out for outcome in outcomes)
        if left_out:
            told += " " + self.tr(
                "The portal holds {n} more than it shows at once: make the zones smaller or the "
                "question narrower."
            ).format(n=number(left_out))
        self.panel.notice.tell(told, warning=bool(left_out))


def _read_zones(
    source: QgsVectorLayerFeatureSource,
    request: QgsFeatureRequest,
    crs: QgsCoordinateReferenceSystem,
    context: QgsCoordinateTransformContext,
    name_field: str,
    feedback: QgsFeedback,
) -> tuple:
    return read_zones(source, request, crs, context, name_field, feedback)
