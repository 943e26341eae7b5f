"""Challenge 9: report a problem, with all a helpdesk needs and nothing that is private."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransformContext
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QGuiApplication
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QPushButton

from biodiv_plugin.gui.downloads.form import DownloadChoice
from biodiv_plugin.gui.downloads.job_book import JobState
from biodiv_plugin.gui.downloads.job_row import JobRow
from biodiv_plugin.processing.sign_in import SignIn
from biodiv_plugin.use_cases import follow_job
from tests.qgis.algorithms import run
from tests.qgis.doubles import spin_until


def button(row: JobRow, label: str) -> QPushButton:
    return next(b for b in row.findChildren(QPushButton) if b.text() == label)


def test_a_download_that_fails_is_reported_in_a_few_clicks(
    newcomer, services, browse_as, control, tmp_path, monkeypatch
):
    monkeypatch.setattr(follow_job, "FIRST_PAUSE", 0.1)
    browse_as("hilde")
    run(SignIn(services), {"TIMEOUT": 30})
    newcomer.takes("Hyla arborea")
    query = newcomer.counted()
    control.fault("biocache.truncated_zip")
    choice = DownloadChoice(
        10, tmp_path / "geheim" / "kikkers.gpkg", QgsCoordinateReferenceSystem("EPSG:31370")
    )
    job = newcomer.dock.jobs.start(query, choice, QgsCoordinateTransformContext())
    spin_until(lambda: job.state is JobState.FAILED, 60)
    newcomer.dock.show_section("downloads")
    row = next(r for r in newcomer.dock.downloads.findChildren(JobRow) if r.job is job)
    assert "Fetch it again" in row.notice.text()

    QTest.mouseClick(button(row, "Details"), Qt.MouseButton.LeftButton)
    spin_until(row.details.isVisible, 5)
    QTest.mouseClick(row.details.helpdesk, Qt.MouseButton.LeftButton)
    told = QGuiApplication.clipboard().text()
    assert "clipboard" in row.notice.text()
    for needed in (job.entry.job_id, services.environment.portal, "QGIS", "incomplete"):
        assert needed in told
    account = services.session.account
    for private in (account.email, account.name, "geheim", str(Path.home()), "Bearer"):
        assert private not in told
