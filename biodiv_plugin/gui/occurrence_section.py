"""The section *Observations*: joins its form to the portal, the map and the downloads."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Optional

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsFeedback,
    QgsGeometry,
)
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QVBoxLayout, QWidget

from biodiv_plugin.auth.session import AuthState
from biodiv_plugin.gui.area_field import AreaChoice
from biodiv_plugin.gui.download_form import DownloadChoice, DownloadForm
from biodiv_plugin.gui.host import Host
from biodiv_plugin.gui.job_book import JobBook
from biodiv_plugin.gui.occurrence_panel import OccurrencePanel
from biodiv_plugin.gui.sign_in import SignInController
from biodiv_plugin.layers.geometry import area_wkt
from biodiv_plugin.portal.query import OccurrenceQuery
from biodiv_plugin.services import Services
from biodiv_plugin.tasks.task import PortalTask
from biodiv_plugin.use_cases.count_occurrences import Counted, count_occurrences
from biodiv_plugin.use_cases.tell_query import tell_query

PAUSE = 500  # ms after the last change before the portal is asked to count
DEFAULT_PROFILE = "VBP_algemeen"


class OccurrenceSection(QWidget):
    """Counts while the form changes, and starts a download. The newest answer wins."""

    def __init__(
        self, services: Services, host: Host, sign_in: SignInController, jobs: JobBook
    ) -> None:
        super().__init__()
        self._services, self._host, self._sign_in, self._jobs = services, host, sign_in, jobs
        self._active = False
        self._count_task: Optional[PortalTask] = None
        self._suggest_task: Optional[PortalTask] = None
        self._counted: Optional[tuple[OccurrenceQuery, Counted]] = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.count)
        self.panel = OccurrencePanel()
        self.form = DownloadForm()
        self.form.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.panel)
        column.addWidget(self.form)
        column.addStretch(1)
        self.panel.changed.connect(self._on_changed)
        self.panel.taxa.search_requested.connect(self._suggest)
        self.panel.download_requested.connect(self._ask_download)
        self.form.accepted.connect(self._download)
        self.form.canceled.connect(self.form.hide)
        self._host.canvas.extentsChanged.connect(self._on_map_moved)
        self._services.session.changed.connect(self._on_session)
        self._on_session()

    def activate(self) -> None:
        """Ask the portal for what the form offers; called when the section is first shown."""
        if self._active:
            return
        self._active = True
        client = self._services.quality
        task = PortalTask(
            self.tr("Read the quality profiles"), lambda _feedback: client.profiles(), quiet=True
        )
        task.succeeded.connect(self._show_profiles)
        task.failed.connect(self._show_failure)
        self._services.tasks.start(task)

    def count(self) -> None:
        """Ask the portal how many records the form's question has."""
        if self._count_task is not None:
            self._count_task.cancel()
        self.panel.show_counting()
        work = partial(_count, self._services, self.panel.query(), *self._area())
        task = PortalTask(self.tr("Count the observations"), work, quiet=True)
        task.succeeded.connect(self._show_count)
        task.failed.connect(self._show_failure)
        self._count_task = task
        self._services.tasks.start(task)

    def _area(self) -> tuple[object, ...]:
        """Return geometries, their CRS and the transform context, read in the main thread."""
        choice = self.panel.area.choice()
        context = self._host.project.transformContext()
        canvas = self._host.canvas.mapSettings()
        if choice is AreaChoice.MAP_VIEW:
            box = QgsGeometry.fromRect(canvas.visibleExtent())
            return [box], canvas.destinationCrs(), context, self.tr("the map view")
        layer = self.panel.area.layer()
        if choice is AreaChoice.SELECTION and layer is not None:
            features = layer.selectedFeatures() or layer.getFeatures()
            return [f.geometry() for f in features], layer.crs(), context, layer.name()
        return [], QgsCoordinateReferenceSystem("EPSG:4326"), context, ""

    def _on_changed(self) -> None:
        self._counted = None
        self._pause.start()

    def _on_map_moved(self) -> None:
        if self.panel.area.choice() is AreaChoice.MAP_VIEW:
            self._on_changed()

    def _suggest(self, text: str) -> None:
        if self._suggest_task is not None:
            self._suggest_task.cancel()
        client = self._services.taxa
        task = PortalTask(
            self.tr("Look up names"),
            lambda feedback: (text, client.suggest(text, limit=10, feedback=feedback)),
            quiet=True,
        )
        task.succeeded.connect(self._show_suggestions)
        task.failed.connect(self._show_failure)
        self._suggest_task = task
        self._services.tasks.start(task)

    def _show_suggestions(self, answer: tuple) -> None:
        self.panel.taxa.set_suggestions(*answer)

    def _show_profiles(self, profiles: object) -> None:
        self.panel.set_profiles(profiles, DEFAULT_PROFILE)
        self.count()

    def _show_count(self, answer: tuple[OccurrenceQuery, Counted]) -> None:
        if self.sender() is not self._count_task:
            return  # an answer to an older question
        self._counted = answer
        query, counted = answer
        sentence = " ".join([tell_query(query, counted.count), *counted.remarks()])
        self.panel.show_sentence(sentence, can_download=counted.count > 0)

    def _show_failure(self, error: Exception) -> None:
        self.panel.show_sentence("", can_download=False)
        self.panel.notice.tell_error(error, retry=self.count)

    def _ask_download(self) -> None:
        self._sign_in.ensure(self._show_form)

    def _show_form(self) -> None:
        self.form.open_for(self._services, self._host.project)

    def _download(self, choice: DownloadChoice) -> None:
        if self._counted is None:
            return
        self.form.hide()
        query, _ = self._counted
        self._jobs.start(query, choice, self._host.project.transformContext())

    def _on_session(self, _state: object = None) -> None:
        self.panel.set_download_label(self._services.session.state is AuthState.SIGNED_IN)
        if self._active:
            self._on_changed()  # another person may see other records (contract/occurrences 7.3)


def _count(
    services: Services,
    query: OccurrenceQuery,
    geometries: list[QgsGeometry],
    crs: QgsCoordinateReferenceSystem,
    context: QgsCoordinateTransformContext,
    area_name: str,
    feedback: QgsFeedback,
) -> tuple[OccurrenceQuery, Counted]:
    if geometries:
        area = area_wkt(geometries, crs, context)
        query = replace(query, area=area.wkt, area_name=area_name, flanders_only=False)
    return query, count_occurrences(query, services.occurrences, (), feedback)
