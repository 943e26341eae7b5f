"""Challenge 5: a whole dataset; the file complete and equal to what was shown; its DOI page."""

from __future__ import annotations

import sqlite3

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QPushButton

from biodiv_plugin.gui.downloads.job_book import JobState
from biodiv_plugin.gui.downloads.job_row import JobRow
from tests.qgis.doubles import in_task, spin_until

DATASET, UID = "Florabank", "dr103"


def choose_dataset(newcomer) -> None:
    """Of the whole portal, without a profile, absences too: all that the dataset holds."""
    newcomer.menu("biodiv_area_everywhere")
    quality = newcomer.panel.quality
    quality.setCollapsed(False)
    quality.profile.setCurrentIndex(quality.profile.findData(""))
    quality.absent.setChecked(True)
    newcomer.counted()
    newcomer.panel.sources.setCollapsed(False)
    datasets = newcomer.panel.sources.fields["dataResourceUid"]._list
    spin_until(lambda: datasets.count(), 15)
    rows = [datasets.item(row) for row in range(datasets.count())]
    next(row for row in rows if DATASET in row.text()).setCheckState(Qt.CheckState.Checked)


def download(newcomer, target):
    newcomer.press("Sign In and Download…")
    form = newcomer.section.form
    spin_until(form.isVisible, 20)
    newcomer.counted()
    spin_until(lambda: form._reason.count() > 1)
    form._reason.setCurrentIndex(1)
    form._file.setFilePath(str(target))
    if form._terms.isVisible() and not form._terms.isChecked():
        form._terms.click()
    newcomer.press("Start Download")
    spin_until(lambda: newcomer.dock.jobs.jobs)
    job = newcomer.dock.jobs.jobs[-1]
    spin_until(lambda: job.state is not JobState.RUNNING, 60)
    assert job.state is JobState.DONE, job.error
    return job


def test_a_whole_dataset_is_complete_and_can_be_looked_up(
    newcomer, services, browse_as, host, tmp_path
):
    browse_as("hilde")
    choose_dataset(newcomer)
    target = tmp_path / "florabank.gpkg"
    job = download(newcomer, target)
    query, shown = newcomer.section.query(), newcomer.section._answer.counted.count
    assert query.datasets == (UID,)
    assert (query.flanders_only, query.quality_profile) == (False, "")

    with sqlite3.connect(target) as connection:
        rows = connection.execute("SELECT recordID, dataResourceUid FROM occurrences").fetchall()
    assert len(rows) == len({record for record, _ in rows}) == shown > 0, "complete"
    assert {uid for _, uid in rows} == {UID}
    found = in_task(lambda fb: [o.uuid for o in services.occurrences.search(query, 5000, fb)], 60)
    assert {record for record, _ in rows} == set(found), "equal to what was shown"
    (held,) = in_task(lambda fb: services.collectory.citations([UID], fb))
    assert held.doi
    assert job.manifest.received == job.manifest.announced == shown

    spin_until(lambda: host.project.mapLayers(), 10)
    newcomer.dock.show_section("downloads")
    row = next(r for r in newcomer.dock.downloads.findChildren(JobRow) if r.job is job)
    details = next(b for b in row.findChildren(QPushButton) if b.text().startswith("Details"))
    QTest.mouseClick(details, Qt.MouseButton.LeftButton)
    spin_until(lambda: row.details.isVisible(), 5)
    assert f'href="https://doi.org/{held.doi}"' in row.details.text.text(), "the page of the DOI"
