"""What is new since a download: asked on demand, marked in the layer tree, refreshed by a click."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from qgis.core import QgsLayerTreeModel, QgsVectorLayer
from qgis.gui import QgsLayerTreeView
from qgis.PyQt.QtCore import QDateTime, QModelIndex, Qt
from qgis.PyQt.QtWidgets import QMenu, QPushButton

from biodiv_plugin import settings
from biodiv_plugin.gui.downloads.job_book import JobState
from biodiv_plugin.gui.downloads.job_row import JobRow
from biodiv_plugin.gui.downloads.menu import DownloadMenu
from biodiv_plugin.gui.downloads.news_marks import told
from biodiv_plugin.gui.portal_dock import PortalDock
from biodiv_plugin.layers.manifest import read_manifest, write_manifest
from biodiv_plugin.layers.repeat import CHANGE
from biodiv_plugin.portal.errors import UnexpectedAnswer
from biodiv_plugin.portal.query import OccurrenceQuery
from biodiv_plugin.processing.download_observations import CUSTOM, DownloadObservations
from biodiv_plugin.processing.sign_in import SignIn
from biodiv_plugin.use_cases.count_news import News, count_news
from biodiv_plugin.use_cases.job_journal import JobJournal, JournalEntry
from biodiv_plugin.use_cases.repeat_download import beside
from tests.qgis.algorithms import run

ACCEPTED = (settings.TERMS_ACCEPTED_OPEN, settings.TERMS_ACCEPTED_HIGH_RESOLUTION)
LOADED = "firstLoadedDate"
MAY = "2026-05-03T10:00:00+00:00"


@pytest.fixture
def former(services, browse_as, tmp_path):
    """A download of the third of May, of somebody who has accepted the terms."""
    browse_as("hilde")
    run(SignIn(services), {"TIMEOUT": 30})
    path = tmp_path / "alles.gpkg"
    columns = {"FIELDS": CUSTOM, "CUSTOM_FIELDS": LOADED}
    run(DownloadObservations(services), {"OUTPUT": str(path), "QUALITY_PROFILE": "", **columns})
    write_manifest(replace(read_manifest(path), created=MAY), path)
    for setting in ACCEPTED:
        setting.set("2026-05-03")
    settings.DOWNLOAD_REASON.set(7)
    yield path
    for setting in (*ACCEPTED, settings.DOWNLOAD_REASON):
        setting.reset()


@pytest.fixture
def tree(host):
    view = QgsLayerTreeView(host.window)
    view.setModel(QgsLayerTreeModel(host.project.layerTreeRoot(), view))
    return view


class Desk:
    """A layer tree with the menu of downloaded layers, and which files were to be refreshed."""

    def __init__(self, tree, services, host, former: Path) -> None:
        self.tree, self.host, self.refreshed = tree, host, []
        self.menu = DownloadMenu(tree, services, host)
        self.menu.refresh_requested.connect(self.refreshed.append)
        self.layer = QgsVectorLayer(f"{former}|layername=occurrences", "alles", "ogr")
        host.project.addMapLayer(self.layer)

    def actions(self):
        self.tree.setCurrentLayer(self.layer)
        self._shown = QMenu()  # the actions go with it
        self.tree.contextMenuAboutToShow.emit(self._shown)
        (own,) = [action.menu() for action in self._shown.actions() if action.menu()]
        return {action.text(): action for action in own.actions()}

    def check(self) -> None:
        self.actions()["Check for New Observations"].trigger()

    def marks(self):
        node = self.host.project.layerTreeRoot().findLayer(self.layer.id())
        return self.tree.indicators(node)

    def said(self) -> str:
        item = self.host.message_bar.currentItem()
        return item.text() if item is not None else ""


@pytest.fixture
def desk(tree, services, host, former, qtbot):
    desk = Desk(tree, services, host, former)
    yield desk
    desk.menu.close()
    qtbot.waitUntil(services.tasks.is_idle)


def test_what_was_loaded_since_is_counted(services, former, control):
    manifest = read_manifest(former)
    found = count_news(manifest, services.occurrences, services.species_lists)
    assert found.since == date(2026, 5, 3)
    table = QgsVectorLayer(f"{former}|layername=occurrences", "alles", "ogr")
    days = [feature[LOADED] for feature in table.getFeatures()]
    may = QDateTime.fromString(MAY, Qt.DateFormat.ISODate)
    assert found.count == sum(bool(day) and day >= may for day in days)
    assert 0 < found.count < manifest.received
    control.fault("biocache.reindexed")
    later = count_news(manifest, services.occurrences, services.species_lists)
    assert later.count > found.count  # the new records of the next index


def test_a_file_without_its_question_is_refused(services, former):
    imported = replace(read_manifest(former), query={})
    with pytest.raises(UnexpectedAnswer):
        count_news(imported, services.occurrences, services.species_lists)


@pytest.mark.parametrize(
    ("news", "sentence"),
    [
        (News(date(2026, 5, 3), 12), "12 new since 3 May."),
        (News(date(2025, 5, 3), 1), "1 new since 3 May 2025."),
        (News(date(2026, 5, 3), 0), "Nothing new since 3 May."),
    ],
)
def test_the_sentence(news, sentence, qgis_app):
    assert told(news, date(2026, 11, 1)) == sentence


def test_new_records_get_a_mark_that_refreshes(desk, former, qtbot):
    desk.check()
    qtbot.waitUntil(lambda: bool(desk.marks()))
    (mark,) = desk.marks()
    assert "new since 3 May" in mark.toolTip() and "new since 3 May" in desk.said()
    mark.clicked.emit(QModelIndex())
    assert desk.refreshed == [former]
    (button,) = desk.host.message_bar.currentItem().findChildren(QPushButton)
    button.click()
    assert desk.refreshed == [former, former]


def test_a_second_check_keeps_one_mark_and_nothing_new_takes_it_away(desk, former, qtbot):
    desk.check()
    qtbot.waitUntil(lambda: bool(desk.marks()))
    desk.host.message_bar.clearWidgets()
    desk.check()
    qtbot.waitUntil(lambda: bool(desk.said()))
    assert len(desk.marks()) == 1
    write_manifest(replace(read_manifest(former), created="2026-11-21T10:00:00+00:00"), former)
    desk.check()
    qtbot.waitUntil(lambda: desk.marks() == [])
    assert "Nothing new since 21 November" in desk.said()


def test_the_mark_goes_along_when_the_layer_is_moved(desk, qtbot):
    desk.check()
    qtbot.waitUntil(lambda: bool(desk.marks()))
    root = desk.host.project.layerTreeRoot()
    node, group = root.findLayer(desk.layer.id()), root.addGroup("Groep")
    group.addChildNode(node.clone())
    root.removeChildNode(node)
    qtbot.waitUntil(lambda: len(desk.marks()) == 1)


def test_the_mark_goes_with_the_plugin(desk, qtbot, services):
    desk.check()
    qtbot.waitUntil(lambda: bool(desk.marks()))
    desk.menu._news.close()
    assert desk.marks() == []
    desk.menu._news = None


def test_a_portal_that_does_not_answer_is_told(desk, control, qtbot):
    control.fault(kind="status", status=503, path="/biocache-service")
    desk.check()
    qtbot.waitUntil(lambda: bool(desk.said()))
    assert desk.marks() == []


@pytest.mark.parametrize("change", [{"query": {}}, {"portal": "https://other.test"}])
def test_a_layer_of_elsewhere_is_not_asked_about(desk, former, change):
    write_manifest(replace(read_manifest(former), **change), former)
    assert not {"Check for New Observations", "Refresh"} & desk.actions().keys()


@pytest.fixture
def dock(services, host, desk, qtbot):
    dock = PortalDock(services, host)
    qtbot.addWidget(dock)
    desk.menu.refresh_requested.connect(dock.refresh)
    yield dock
    for job in dock.jobs.jobs:
        dock.jobs.remove(job)
    dock.close()
    qtbot.waitUntil(services.tasks.is_idle)


def test_refresh_downloads_anew_beside_the_file_and_tells_what_differs(
    desk, dock, former, control, qtbot
):
    control.fault("biocache.reindexed")
    desk.actions()["Refresh"].trigger()
    job = dock.jobs.jobs[-1]
    qtbot.waitUntil(lambda: job.state is not JobState.RUNNING, timeout=60_000)
    assert job.error is None and job.target == beside_of(job, former)
    qtbot.waitUntil(lambda: bool(desk.host.project.mapLayersByName(job.target.stem)))
    (fresh,) = desk.host.project.mapLayersByName(job.target.stem)
    marks = {feature[CHANGE] for feature in fresh.getFeatures()}
    assert {"new", "same"} <= marks
    assert former.is_file()  # what the project shows is never written over
    row = next(row for row in dock.downloads.findChildren(JobRow) if row.job is job)
    assert " removed." in row._stage.text()


def beside_of(job, former: Path) -> Path:
    assert job.entry.former == former and job.entry.reason_id == 7
    return former.with_name(f"alles_{date.today():%Y-%m-%d}.gpkg")


def test_without_accepted_terms_nothing_is_downloaded(desk, dock):
    for setting in ACCEPTED:
        setting.reset()
    desk.actions()["Refresh"].trigger()
    assert not [job for job in dock.jobs.jobs if job.entry.former]
    assert "shows the terms" in dock.downloads.notice.text()


def test_a_file_that_lost_its_question_is_told(desk, dock, former):
    actions = desk.actions()
    write_manifest(replace(read_manifest(former), query={}), former)
    actions["Refresh"].trigger()
    assert not [job for job in dock.jobs.jobs if job.entry.former]
    assert dock.downloads.notice.text()


def test_the_journal_keeps_the_former_file(tmp_path):
    entry = JournalEntry(
        key="a",
        query=OccurrenceQuery(),
        target=tmp_path / "new.gpkg",
        crs="EPSG:31370",
        reason_id=7,
        fields=("id",),
        portal="https://portal.example",
        sub="person",
        former=tmp_path / "old.gpkg",
    )
    JobJournal(tmp_path / "jobs.json").put(entry)
    assert JobJournal(tmp_path / "jobs.json").entries() == (entry,)


def test_the_name_beside_has_the_day_once(tmp_path):
    today = date(2026, 11, 22)
    assert beside(tmp_path / "a_2026-05-03.gpkg", today).name == "a_2026-11-22.gpkg"
    (tmp_path / "a_2026-11-22.gpkg").touch()
    assert beside(tmp_path / "a.gpkg", today).name == "a_2026-11-22_2.gpkg"
    assert beside(tmp_path / "a_2026-11-22_2.gpkg", today).name == "a_2026-11-22_2.gpkg"
