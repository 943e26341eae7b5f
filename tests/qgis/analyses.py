"""What the tests of the page *Analyses* share: the page as a person uses it."""

from __future__ import annotations

import json

import pytest
from qgis.core import QgsFeature, QgsGeometry, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QPushButton

from biodiv_plugin import settings
from biodiv_plugin.gui.account.sign_in import SignInController
from biodiv_plugin.gui.layers.analyses.book import RunState
from biodiv_plugin.gui.layers.analyses_page import AnalysesPage
from biodiv_plugin.portal.area import PortalArea
from biodiv_plugin.portal.query import TaxonRef
from biodiv_plugin.processing.sign_in import SignIn
from biodiv_plugin.use_cases import run_analysis
from tests.qgis.algorithms import run

GHENT, WHOLE = PortalArea("217", "Gent"), PortalArea("1", "Vlaams Gewest")
SQUARES = (
    "POLYGON((103000 192000, 107000 192000, 107000 196000, 103000 196000, 103000 192000))",
    "POLYGON((150000 210000, 154000 210000, 154000 214000, 150000 214000, 150000 210000))",
)


def press(qtbot, notice, label: str) -> None:
    def shown() -> list[QPushButton]:
        found = notice.findChildren(QPushButton)
        return [b for b in found if b.text() == label and not b.isHidden()]

    qtbot.waitUntil(lambda: bool(shown()))  # Qt shows a new button a moment later
    shown()[0].click()


class Analyses:
    """The page, and what a person does with it. ``opened`` are the addresses in the browser."""

    def __init__(self, services, host, qtbot, folder, browse_as, control) -> None:
        self.services, self.host, self.qtbot, self.control = services, host, qtbot, control
        self._folder, self._browse_as = folder, browse_as
        self.journal = folder / "profile" / "analyses.json"
        self.opened: list[str] = []
        self._pages: list[AnalysesPage] = []
        self.start_qgis()

    def start_qgis(self) -> None:
        """Open the page as a QGIS just started does, on the same profile."""
        self.sign_in = SignInController(self.services)
        self.page = page = AnalysesPage(self.services, self.host, self.sign_in, self.journal)
        self._pages.append(page)
        self.chooser, self.list, self.book = page.chooser, page.mine, page.book
        self.qtbot.addWidget(page)
        page.resize(360, 900)
        page.show()
        page.open()
        self.chooser.folder.setFilePath(str(self._folder / "results"))
        self.answered()

    def answered(self) -> None:
        self.qtbot.waitUntil(lambda: not self.page._asking.is_running(), timeout=10_000)

    def sign_in_as(self, username: str) -> None:
        self._browse_as(username)
        run(SignIn(self.services), {"TIMEOUT": 30})
        self.services.__dict__["browser"] = self.opened.append

    def fox(self) -> TaxonRef:
        (found,) = self.services.taxa.suggest("Vulpes vulpes", 1)
        return TaxonRef(found.key, found.scientific_name, found.vernacular_name)

    def fill(self, process: str, area: PortalArea = GHENT, **values: str):
        """Choose an analysis, fill in the area, the fox, and ``values``; return the form."""
        self.chooser.choose(process)
        form = self.chooser.form
        for field in form.areas():
            if field.required:
                field.add(area)
        for species in form.species():
            if species.required:
                species.taxa.set_taxa([self.fox()])
        for name, value in values.items():
            form.fields[name].edit.setText(value)
        return form

    def tick(self, field, *words: str) -> None:
        """Tick the first layer that each of ``words`` finds."""
        self.qtbot.waitUntil(lambda: field.list.count() > 0, timeout=10_000)
        for word in words:
            field.search.setText(word)
            shown = [field.list.item(row) for row in range(field.list.count())]
            unticked = (i for i in shown if i.checkState() == Qt.CheckState.Unchecked)
            next(unticked).setCheckState(Qt.CheckState.Checked)

    def fill_table(self) -> None:
        """Fill in an analysis that is soon done: foxes by municipality."""
        self.tick(self.fill("SpeciesByLayer").fields["layer"], "gemeenten")

    def click(self, button) -> None:
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def go(self):
        """Press Run, and return the row that is made."""
        count = len(self.list.rows())
        self.click(self.chooser.run)
        self.qtbot.waitUntil(lambda: len(self.list.rows()) > count, timeout=20_000)
        return self.list.rows()[0]

    def ended(self, row, state: RunState = RunState.DONE):
        """Return the job of ``row`` once it has ended as it should."""
        self.qtbot.waitUntil(lambda: row.job.state is not RunState.RUNNING, timeout=60_000)
        assert row.job.state is state, row.job.error or row.job.told
        return row.job

    def numbered(self, row) -> int:
        """Return the number that the portal gives, once it has."""
        self.qtbot.waitUntil(lambda: row.job.entry.number > 0, timeout=20_000)
        return row.job.entry.number

    def created(self) -> list[dict]:
        return self.control.requests("/spatial-service/tasks/create")

    def uploads(self, method: str) -> list[dict]:
        asked = self.control.requests("/spatial-service/shape/upload")
        return [request for request in asked if request["method"] == method]

    def kept(self) -> list[dict]:
        """Return what the journal holds."""
        return json.loads(self.journal.read_text(encoding="utf-8"))["runs"]

    def close(self) -> None:
        for page in self._pages:
            for job in page.book.jobs:
                job.stop_waiting()
        self.qtbot.waitUntil(self.services.tasks.is_idle, timeout=20_000)
        settings.DOWNLOAD_FOLDER.reset()


@pytest.fixture
def analyses(services, host, qtbot, tmp_path, browse_as, control, monkeypatch):
    """The page, with nobody signed in; the portal is looked at often."""
    monkeypatch.setattr(run_analysis, "POLL", 0.05)
    opened = Analyses(services, host, qtbot, tmp_path, browse_as, control)
    yield opened
    opened.close()


@pytest.fixture
def parcels(qgis_new_project):
    """Two polygons of one's own, in the project."""
    layer = QgsVectorLayer("Polygon?crs=EPSG:31370", "mijn percelen", "memory")
    for wkt in SQUARES:
        feature = QgsFeature()
        feature.setGeometry(QgsGeometry.fromWkt(wkt))
        layer.dataProvider().addFeature(feature)
    QgsProject.instance().addMapLayer(layer)
    return layer
