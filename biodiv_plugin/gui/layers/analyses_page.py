"""The page *Analyses*: have the portal run one, and fetch what it leaves."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Optional

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsFeedback,
)
from qgis.PyQt.QtWidgets import QFrame, QScrollArea, QTabWidget, QWidget

from biodiv_plugin import settings
from biodiv_plugin.gui.account.sign_in import SignInController
from biodiv_plugin.gui.host import Host
from biodiv_plugin.gui.latest_task import LatestTask
from biodiv_plugin.gui.layers.adder import add_to_group
from biodiv_plugin.gui.layers.analyses.book import AnalysisBook, AnalysisJob
from biodiv_plugin.gui.layers.analyses.chooser import AnalysisChooser
from biodiv_plugin.gui.layers.analyses.form import AnalysisForm
from biodiv_plugin.gui.layers.analyses.lookup import FormLookup
from biodiv_plugin.gui.layers.analyses.row import AnalysisRow
from biodiv_plugin.gui.layers.analyses.run_list import AnalysisList
from biodiv_plugin.gui.layers.page import LayerPage
from biodiv_plugin.gui.saving import usual_folder
from biodiv_plugin.layers.analysis_results import open_results
from biodiv_plugin.portal.analysis import Process
from biodiv_plugin.services import Services
from biodiv_plugin.translation import translate
from biodiv_plugin.use_cases.name_analysis import name_group, name_result

_NEW, _MINE = 0, 1
_EXTENT, _SCATTERPLOT, _DRAWN = "bbox", "scatterplotId", "ScatterplotCreate"


class AnalysesPage(LayerPage):
    """A new analysis, and one's own so far. Starting one needs an account, fetching none."""

    def __init__(
        self,
        services: Services,
        host: Host,
        sign_in: SignInController,
        journal: Optional[Path] = None,
        parent: Optional[QWidget] = None,
    ) -> None:
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)  # no frame: a dock is narrow
        super().__init__(translate("AnalysesPage", "Analyses of the portal"), self.tabs, parent)
        self._services, self._host, self._sign_in = services, host, sign_in
        self.book = AnalysisBook(services, journal, self)
        self.chooser, self.mine = AnalysisChooser(), AnalysisList(self.book)
        self._lookup = FormLookup(services, self)
        self._asked = False
        self._asking = LatestTask(
            services.tasks, translate("AnalysesPage", "Ask which analyses there are"), self
        )
        self.tabs.addTab(self.chooser, translate("AnalysesPage", "New Analysis"))
        self.tabs.addTab(_scrolling(self.mine), translate("AnalysesPage", "My Analyses"))
        self._connect()

    def open(self) -> None:
        """Show the page; what the portal offers is asked once."""
        self.book.open()
        self._show_count()
        self._tell_empty()
        if not self.chooser.folder.filePath():
            self.chooser.folder.setFilePath(str(usual_folder(self._host.project)))
        if not self._asked:
            self.ask()

    def ask(self) -> None:
        """Ask the portal which analyses it offers."""
        self._asked = True
        self.chooser.tell_asking()
        self._asking.start(partial(_capabilities, self._services))

    def _connect(self) -> None:
        self._asking.succeeded.connect(self._show_processes)
        self._asking.failed.connect(self._fail_asking)
        self._lookup.failed.connect(self.chooser.notice.tell_error)
        self._lookup.catalogue_failed.connect(self._fail_catalogue)
        self.chooser.retry_requested.connect(self.ask)
        self.chooser.form_made.connect(self._on_form)
        self.chooser.run_requested.connect(self._on_run)
        self.mine.row_made.connect(self._join_row)
        self.mine.restore_requested.connect(self._restore)
        self.book.ended.connect(self._on_ended)
        self.book.fetched.connect(self._add_layers)
        for signal in (self.book.reset, self.book.added, self.book.removed):
            signal.connect(self._show_count)
        self.book.reset.connect(self._tell_empty)

    def _show_processes(self, processes: tuple[Process, ...]) -> None:
        self._asked = bool(processes)  # none: ask again when the page is opened again
        self.chooser.set_processes(processes)

    def _fail_asking(self, error: Exception) -> None:
        self._asked = False
        self.chooser.set_processes(())
        self.chooser.notice.tell_error(error, retry=self.ask)

    def _on_form(self, form: AnalysisForm) -> None:
        self._lookup.join(form)
        if _EXTENT in form.fields:
            form.fields[_EXTENT].edit.setText(self._extent())
        if _SCATTERPLOT in form.fields:
            drawn = [job.entry for job in self.book.jobs if job.entry.process == _DRAWN]
            form.fields[_SCATTERPLOT].edit.setText(str(drawn[-1].number) if drawn else "")

    def _extent(self) -> str:
        """Return what the map shows as the service wants it: degrees, as JSON."""
        map_settings = self._host.canvas.mapSettings()
        degrees = QgsCoordinateReferenceSystem("EPSG:4326")
        crs, project = map_settings.destinationCrs(), self._host.project
        try:
            box = QgsCoordinateTransform(crs, degrees, project).transformBoundingBox(
                map_settings.visibleExtent()
            )
        except QgsCsException:
            return ""
        corners = (box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum())
        return json.dumps([round(corner, 5) for corner in corners])

    def _fail_catalogue(self, error: Exception) -> None:
        self.chooser.notice.tell_error(error, retry=self._services.catalogue_feed.open)

    def _on_run(self) -> None:
        if self._problem() == "":
            self._sign_in.ensure(self._start)

    def _problem(self) -> Optional[str]:
        """Tell what is wrong with the form; "" means nothing, ``None`` that there is no form."""
        form, notice = self.chooser.form, self.chooser.notice
        if form is None:
            return None
        notice.clear()
        problem = form.problem()
        if not problem and not self.chooser.folder.filePath().strip():
            problem = translate("AnalysesPage", "Choose a folder for the results.")
        if problem:
            notice.tell(problem, warning=True)
        return problem

    def _start(self) -> None:
        """Begin; the form may have changed while one signed in."""
        if self._problem() != "":
            return
        form: AnalysisForm = self.chooser.form
        folder = self._folder()
        settings.DOWNLOAD_FOLDER.set(str(folder))
        self.book.start(form.asked(self._host.project.transformContext()), folder)
        for area in form.areas():
            area.forget_consent()
        self.tabs.setCurrentIndex(_MINE)

    def _folder(self) -> Path:
        """Return what was chosen or typed; a bare name lies in the usual folder."""
        typed = self.chooser.folder.filePath().strip().strip('"')
        return usual_folder(self._host.project) / typed

    def _restore(self, number: int) -> None:
        self.book.restore(number, self._folder())

    def _join_row(self, row: AnalysisRow) -> None:
        row.fetch_requested.connect(self.book.fetch)
        row.report_requested.connect(self._open)
        row.clear_requested.connect(self._ask_clear)
        row.forget_requested.connect(self.book.forget)
        row.notice.sign_in_requested.connect(self._sign_in.start)
        row.notice.log_requested.connect(self._host.open_log)

    def _open(self, address: str) -> None:
        self._services.browser(address)

    def _ask_clear(self, job: AnalysisJob) -> None:
        self._sign_in.ensure(partial(self.book.clear_areas, job))

    def _on_ended(self, job: AnalysisJob) -> None:
        """Tell of one that never began, or whose number nobody knows: it has no row."""
        if job in self.book.jobs or job.error is None:
            return
        if job.entry.number:
            self.mine.notice.tell_error(job.error)
        else:
            self.tabs.setCurrentIndex(_NEW)
            self.chooser.notice.tell_error(job.error)

    def _add_layers(self, job: AnalysisJob) -> None:
        """Put the results in a group of their own; what is on the map already is read anew."""
        shown = {layer.source(): layer for layer in self._host.project.mapLayers().values()}
        new = [path for path in job.results.layers if str(path) not in shown]
        for path in job.results.layers:
            if str(path) in shown:
                shown[str(path)].reload()
        group = name_group(job.entry.process, job.entry.number)
        layers = open_results(new, name_result)
        for layer in reversed(layers):
            add_to_group(self._host, group, layer)
        if layers:
            self._host.select_layer(layers[0])

    def _show_count(self) -> None:
        count = len(self.book.jobs)
        title = translate("AnalysesPage", "My Analyses")
        self.tabs.setTabText(_MINE, f"{title} ({count})" if count else title)

    def _tell_empty(self) -> None:
        if self._services.session.account is None:
            text = translate("AnalysesPage", "Sign in to see your own analyses.")
        else:
            text = translate("AnalysesPage", "You have no analyses yet.")
        self.mine.tell_empty(text)


def _capabilities(services: Services, feedback: QgsFeedback) -> tuple[Process, ...]:
    return services.analyses.capabilities(feedback)


def _scrolling(content: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidget(content)
    return area
