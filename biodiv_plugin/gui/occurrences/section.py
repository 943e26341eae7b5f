"""The section *Observations*: joins its form to the portal, the map and the downloads."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Optional

from qgis.core import QgsFeedback
from qgis.PyQt.QtCore import QTimer, pyqtSignal
from qgis.PyQt.QtGui import QHideEvent, QShowEvent
from qgis.PyQt.QtWidgets import QVBoxLayout, QWidget

from biodiv_plugin.auth.session import AuthState
from biodiv_plugin.gui.account.sign_in import SignInController
from biodiv_plugin.gui.downloads.form import DownloadChoice, DownloadForm
from biodiv_plugin.gui.downloads.job_book import JobBook
from biodiv_plugin.gui.host import Host
from biodiv_plugin.gui.in_sight import InSight
from biodiv_plugin.gui.latest_task import LatestTask
from biodiv_plugin.gui.occurrences.area_field import AreaChoice
from biodiv_plugin.gui.occurrences.area_lookup import AreaLookup, AskedArea
from biodiv_plugin.gui.occurrences.filter_values import FilterValues
from biodiv_plugin.gui.occurrences.panel import ZOOM, OccurrencePanel
from biodiv_plugin.gui.occurrences.query_desk import QueryDesk
from biodiv_plugin.gui.occurrences.species_desk import SpeciesDesk
from biodiv_plugin.gui.occurrences.taxon_lookup import TaxonLookup
from biodiv_plugin.layers.geometry import Area
from biodiv_plugin.portal.query import OccurrenceQuery
from biodiv_plugin.portal.summaries import Bounds
from biodiv_plugin.services import Services
from biodiv_plugin.use_cases.complete_query import CompleteQuery
from biodiv_plugin.use_cases.count_occurrences import (
    ALL,
    AREA,
    FLANDERS,
    PROFILE,
    Counted,
    count_occurrences,
    told,
    without_part,
)
from biodiv_plugin.use_cases.judge_occurrences import judge_occurrences, numbers
from biodiv_plugin.use_cases.tell_query import tell_query

PAUSE = 500  # ms after the last change before the portal is asked to count

Years = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class _Answer:
    """``years`` is ``None`` where they are those that are shown already."""

    counted: Counted
    area: Optional[Area]
    years: Optional[Years]


class OccurrenceSection(QWidget):
    """Counts while the form changes, judges, and starts a download. The newest answer wins."""

    preview_requested = pyqtSignal(object)  # likewise, to be shown on the map

    def __init__(
        self, services: Services, host: Host, sign_in: SignInController, jobs: JobBook
    ) -> None:
        super().__init__()
        self._services, self._host, self._sign_in, self._jobs = services, host, sign_in, jobs
        self._active = False
        self._answer: Optional[_Answer] = None
        self._years_of: Optional[OccurrenceQuery] = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.count)
        self.panel = OccurrencePanel()
        self.form = DownloadForm()
        self.form.hide()
        self.panel.add_answer(self.form)
        self._in_sight, self._judgement_is_new = InSight(self), False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.panel)
        self._counting = self._latest(self.tr("Count the observations"), self._show_answer)
        self._judging = self._latest(self.tr("Judge the observations"), self._show_judged)
        self._bounding = self._latest(self.tr("Find the observations on the map"), self._zoom)
        self.area = AreaLookup(self.panel.area, services, host, self)
        self.taxa = TaxonLookup(self.panel.taxa, self.panel.card, services, self)
        self.values = FilterValues(self.panel, services, self.query, self)
        self.desk = QueryDesk(self.panel, services, host, self.query, self)
        self.species = SpeciesDesk(self.panel, services, host, self.query, self)
        self._connect()
        self._on_session()

    def _latest(self, description: str, slot: object) -> LatestTask:
        latest = LatestTask(self._services.tasks, description, self)
        latest.succeeded.connect(slot)
        latest.failed.connect(self._show_failure)
        return latest

    def _connect(self) -> None:
        panel = self.panel
        panel.changed.connect(self._on_changed)
        panel.bar.refresh_requested.connect(self._refresh)
        panel.bar.clear_requested.connect(self._clear)
        panel.judge_toggled.connect(self._on_judge)
        panel.relax_requested.connect(self._relax)
        panel.download_requested.connect(self._ask_download)
        panel.preview_requested.connect(self._on_preview)
        for part in (self.area, self.taxa, self.values, self.desk):
            part.failed.connect(self._tell_failure)
        self.area.changed.connect(self._on_changed)
        self.desk.opened.connect(self._show_query)
        self.form.accepted.connect(self._download)
        self.form.canceled.connect(self.form.hide)
        self._services.session.changed.connect(self._on_session)

    def activate(self) -> None:
        """Ask the portal for what the form offers; called when the section is first shown."""
        if not self._active:
            self._active = True
            self.values.read_profiles()
            self.count()

    def query(self) -> Optional[OccurrenceQuery]:
        """Return the question as it was counted, its area included; ``None`` while it is not."""
        return self._answer.counted.query if self._answer is not None else None

    def set_query(self, query: OccurrenceQuery) -> None:
        """Ask ``query``: fill in the form, with names and list from the portal, and count."""
        self.desk.open(query)

    def count(self) -> None:
        """Ask the portal how many records the form's question has."""
        self._pause.stop()
        self._answer = None
        asked = self.area.asked()
        if asked is None:
            self._counting.cancel()
            self.panel.show_incomplete(self.area.missing())
            return
        self.panel.show_counting()
        query = self.panel.query()
        self._counting.start(partial(_count, self._services, query, asked, self._years_of))

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        super().hideEvent(event)
        self.area.hide()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        if self._answer is not None:
            self.area.show(self._answer.counted.query, self._answer.area)

    def _refresh(self) -> None:
        self._years_of = None
        self.area.forget()
        self.values.read_profiles()
        self.count()

    def _clear(self) -> None:
        self._show_query(CompleteQuery(OccurrenceQuery()))

    def _show_query(self, asked: CompleteQuery) -> None:
        self.area.give(asked.query)
        self.panel.set_query(asked)

    def _on_changed(self) -> None:
        self._answer = None
        if self._active:
            self._pause.start()

    def _show_answer(self, answer: _Answer) -> None:
        self._answer = answer
        counted = answer.counted
        if answer.years is not None:
            self._years_of = _timeless(counted.query)
            self.panel.period.set_years(answer.years)
        self.area.show(counted.query, answer.area)
        sentence = tell_query(counted.query, counted.count, self.panel.sources.dataset_names())
        self.panel.show_count(sentence, self._remarks(counted), can_download=counted.count > 0)
        self.values.refresh()
        if self.panel.is_judging():
            self._judge()

    def _remarks(self, counted: Counted) -> list[tuple[str, str, str]]:
        """Return sentences with a link that mends what they tell."""
        if counted.count or not counted.without:
            return [(remark, "", "") for remark in counted.remarks()]
        in_map = self.panel.area.choice() is AreaChoice.MAP_VIEW
        labels = {
            AREA: self.tr("Zoom to Them") if in_map else self.tr("Search All of Flanders"),
            FLANDERS: self.tr("Search the Whole Portal"),
            PROFILE: self.tr("Leave the Profile Out"),
            ALL: self.tr("Clear the Filters"),
        }
        drop = self.tr("Drop This Filter")
        return [
            (
                told(cause),
                ZOOM if cause.part == AREA and in_map else cause.part,
                labels.get(cause.part, drop),
            )
            for cause in counted.without
        ]

    def _relax(self, part: str) -> None:
        query = self.query()
        if query is None:
            return
        if part == ZOOM:
            client, wider = self._services.occurrences, without_part(query, AREA)
            self._bounding.start(lambda feedback: client.bounds(wider, feedback))
            return
        wider = without_part(query, part)
        if part == AREA:
            wider = replace(wider, flanders_only=True)
        if part in (AREA, FLANDERS, ALL):
            self.area.give(wider)
        self.panel.set_query(CompleteQuery(wider, self.panel.lists.species_list()))

    def _zoom(self, bounds: Optional[Bounds]) -> None:
        if bounds is not None:
            self.area.zoom_to(bounds.west, bounds.south, bounds.east, bounds.north)

    def _on_judge(self, wanted: bool) -> None:
        self._judgement_is_new = wanted
        if wanted:
            self._judge()
        else:
            self._judging.cancel()

    def _judge(self) -> None:
        query, client = self.query(), self._services.occurrences
        if query is not None:
            self.panel.judge.show_asking()
            self._judging.start(lambda feedback: judge_occurrences(query, client, feedback))

    def _show_judged(self, judged: object) -> None:
        self.panel.judge.show_judged(judged)
        if self._judgement_is_new:  # a later one follows what is changed elsewhere
            self._judgement_is_new = False
            self._in_sight.bring(self.panel.judge)

    def _show_failure(self, error: Exception) -> None:
        self.panel.show_failure()
        self.panel.notice.tell_error(error, retry=self.count)

    def _tell_failure(self, error: Exception) -> None:
        """Tell what failed beside the count, which stands."""
        self.panel.notice.tell_error(error)

    def _on_preview(self) -> None:
        query = self.query()
        if query is not None:
            self.preview_requested.emit(query)

    def _ask_download(self) -> None:
        self._sign_in.ensure(self._show_form)

    def _show_form(self) -> None:
        self.form.open_for(self._services, self._host.project)
        self._in_sight.bring(self.form)

    def _download(self, choice: DownloadChoice) -> None:
        query = self.query()
        if query is not None:
            self.form.hide()
            self._jobs.start(query, choice, self._host.project.transformContext())

    def _on_session(self, _state: object = None) -> None:
        self.panel.set_download_label(self._services.session.state is AuthState.SIGNED_IN)
        if self._active:  # another person may see other records (contract/occurrences 7.3)
            self._years_of = None
            self.panel.taxa.forget_facts()
            self.values.forget_lists()
            self._on_changed()


def _timeless(query: OccurrenceQuery) -> OccurrenceQuery:
    return replace(query, date_from=None, date_to=None)


def _count(
    services: Services,
    query: OccurrenceQuery,
    asked: AskedArea,
    years_of: Optional[OccurrenceQuery],
    feedback: QgsFeedback,
) -> _Answer:
    """Count, and count per year where that is not known: for any period, to be seen beside it."""
    area = asked.make(feedback) if asked.make is not None else None
    query = replace(
        query,
        area=area.wkt if area is not None else "",
        area_name=asked.name,
        circle=asked.circle,
        flanders_only=asked.flanders_only,
    )
    counted = count_occurrences(query, services.occurrences, feedback=feedback)
    if _timeless(query) == years_of:
        return _Answer(counted, area, None)
    facets = services.occurrences.facets(_timeless(query), ["year"], -1, feedback)
    years = tuple((int(year), count) for year, count in numbers(facets["year"]))
    return _Answer(counted, area, years)
