"""One item in the message bar for all downloads, while nobody sees their rows."""

from __future__ import annotations

import pytest
from qgis.core import Qgis, QgsCoordinateReferenceSystem, QgsCoordinateTransformContext
from qgis.PyQt.QtCore import QCoreApplication, QEvent
from qgis.PyQt.QtWidgets import QProgressBar, QPushButton

from biodiv_plugin import settings
from biodiv_plugin.gui.downloads.form import DownloadChoice
from biodiv_plugin.gui.downloads.job_book import JobState
from biodiv_plugin.gui.downloads.job_row import JobRow
from biodiv_plugin.gui.portal_dock import PortalDock
from biodiv_plugin.portal.query import OccurrenceQuery
from biodiv_plugin.processing.sign_in import SignIn
from tests.qgis.algorithms import run

CONTEXT = QgsCoordinateTransformContext()
SLOW = {"queue": 30, "run": 30}


@pytest.fixture
def signed_in(services, browse_as):
    browse_as("hilde")
    run(SignIn(services), {"TIMEOUT": 30})
    return services


@pytest.fixture
def dock(services, host, qtbot):
    """The dock at its section of observations."""
    dock = PortalDock(services, host)
    dock.show()
    dock.show_section("occurrences")
    yield dock
    services.tasks.cancel_all()
    qtbot.waitUntil(services.tasks.is_idle)
    for job in list(dock.jobs.jobs):
        dock.jobs.remove(job)
    dock.message.close()
    dock.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    settings.LAST_SECTION.reset()


@pytest.fixture
def download(signed_in, dock, tmp_path):
    """A function that starts a download."""

    def start(name="alles", query=None):
        target = tmp_path / f"{name}.gpkg"
        choice = DownloadChoice(10, target, QgsCoordinateReferenceSystem("EPSG:31370"))
        return dock.jobs.start(query or OccurrenceQuery(), choice, CONTEXT)

    return start


def ended(qtbot, *jobs) -> None:
    for job in jobs:
        qtbot.waitUntil(lambda job=job: job.state is not JobState.RUNNING, timeout=60_000)


def items(dock):
    return dock._host.message_bar.items()


def press(dock, label: str) -> None:
    (item,) = items(dock)
    (button,) = [b for b in item.findChildren(QPushButton) if b.text() == label]
    button.click()


def test_one_item_for_all_while_they_run(dock, download, control, qtbot):
    control.fault("biocache.slow_job", **SLOW)
    first = download("eerste")
    (item,) = items(dock)
    qtbot.waitUntil(lambda: "eerste: " in item.text() and "portal" in item.text())
    second = download("tweede")
    assert items(dock) == [item]
    qtbot.waitUntil(lambda: item.text() == "2 downloads are running")
    bar = item.findChild(QProgressBar)
    first._set_percent(20.0)
    second._set_percent(40.0)
    assert bar.value() == 30
    press(dock, "Cancel All")
    ended(qtbot, first, second)
    assert first.state is second.state is JobState.CANCELED
    assert items(dock) == []  # who canceled knows


def test_details_show_the_rows_and_the_item_goes(dock, download, control, qtbot):
    control.fault("biocache.slow_job", **SLOW)
    job = download()
    press(dock, "Details")
    assert dock.downloads.isVisible() and items(dock) == []
    job._set_percent(12.0)
    assert items(dock) == []  # the row tells it
    dock.show_section("layers")
    assert len(items(dock)) == 1
    dock.show_section("downloads")
    assert items(dock) == []
    dock.hide()
    qtbot.waitUntil(lambda: len(items(dock)) == 1)
    press(dock, "Cancel")
    ended(qtbot, job)
    assert items(dock) == []


def test_the_end_is_told_once(dock, download, qtbot):
    job = download()
    ended(qtbot, job)
    (item,) = items(dock)
    number = f"{job.manifest.received:,}"
    assert item.text() == f"{number} observations added to the map: alles."
    assert item.level() == Qgis.MessageLevel.Success and item.duration() > 0
    press(dock, "Details")
    assert items(dock) == []


def test_two_ends_are_one_item(dock, download, qtbot):
    jobs = download("eerste"), download("tweede")
    ended(qtbot, *jobs)
    (item,) = items(dock)
    number = f"{sum(job.manifest.received for job in jobs):,}"
    assert item.text() == f"2 downloads added to the map, {number} observations together."


def test_who_sees_the_rows_is_told_there_alone(dock, download, qtbot):
    dock.show_section("downloads")
    job = download()
    assert items(dock) == []
    ended(qtbot, job)
    assert items(dock) == []


def test_a_failure_can_be_tried_again_from_the_item(dock, download, control, qtbot):
    control.fault("biocache.too_large", maximum=1)
    job = download()
    ended(qtbot, job)
    (item,) = items(dock)
    assert item.text().startswith("alles: ") and "Narrow the filters" in item.text()
    assert item.level() == Qgis.MessageLevel.Warning
    control.clear_faults()
    press(dock, "Try Again")
    (again,) = dock.jobs.jobs
    assert again is not job
    ended(qtbot, again)
    assert again.state is JobState.DONE
    (item,) = items(dock)
    assert "added to the map" in item.text()


def test_of_several_failures_the_first_is_explained(dock, download, control, qtbot):
    control.fault("biocache.too_large", maximum=1)
    jobs = [download("eerste"), download("tweede")]
    ended(qtbot, *jobs)
    (item,) = items(dock)
    assert item.text().startswith("2 downloads did not succeed. ")
    control.clear_faults()
    press(dock, "Try Again")
    assert len(dock.jobs.jobs) == 2 and not set(jobs) & set(dock.jobs.jobs)


def test_who_closes_the_item_is_left_alone_until_the_end(dock, download, control, qtbot):
    control.fault("biocache.slow_job", queue=0, run=2)
    job = download()
    dock._host.message_bar.clearWidgets()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    job._set_percent(1.0)
    job._set_percent(2.0)
    assert items(dock) == []
    ended(qtbot, job)
    assert len(items(dock)) == 1


def test_nothing_stays_of_a_dock_that_goes(dock, download, control, qtbot):
    control.fault("biocache.slow_job", **SLOW)
    job = download()
    assert len(items(dock)) == 1
    dock.message.close()
    assert items(dock) == []
    dock.message._jobs.added.connect(dock.message._on_added)  # the fixture closes it again
    dock.message._jobs.ended.connect(dock.message._on_ended)
    job.cancel()
    ended(qtbot, job)


def test_who_is_signed_out_signs_in_first(dock, download, control, services, browse_as, qtbot):
    control.fault("biocache.too_large", maximum=1)
    job = download()
    ended(qtbot, job)
    control.clear_faults()
    services.session.drop()
    browser = browse_as("hilde")
    press(dock, "Try Again")
    qtbot.waitUntil(lambda: bool(browser.opened))
    qtbot.waitUntil(lambda: dock.jobs.jobs and dock.jobs.jobs[-1] is not job, timeout=30_000)
    ended(qtbot, dock.jobs.jobs[-1])
    assert dock.jobs.jobs[-1].state is JobState.DONE


def test_the_sign_in_button_of_a_row_signs_in_and_goes_on(
    dock, services, browse_as, tmp_path, qtbot
):
    """A download that was begun by somebody who is signed out meanwhile."""
    dock.show_section("downloads")
    choice = DownloadChoice(10, tmp_path / "alles.gpkg", QgsCoordinateReferenceSystem("EPSG:31370"))
    job = dock.jobs.start(OccurrenceQuery(), choice, CONTEXT)
    ended(qtbot, job)
    (row,) = dock.downloads.findChildren(JobRow)
    browser = browse_as("hilde")
    (button,) = [b for b in row.notice.findChildren(QPushButton) if b.text() == "Sign In"]
    button.click()
    qtbot.waitUntil(lambda: bool(browser.opened))
    qtbot.waitUntil(lambda: dock.jobs.jobs and dock.jobs.jobs[-1] is not job, timeout=30_000)
    ended(qtbot, dock.jobs.jobs[-1])
    assert dock.jobs.jobs[-1].state is JobState.DONE
