"""A QGIS in a process of its own, to be killed: the downloads of its profile, and one person.

    python -m tests.qgis.another_qgis <portal> <issuer> start|resume <target> [<stage> <share>]

``QGIS_CUSTOM_CONFIG_PATH`` names the profile. At the end it writes a line
of JSON a job. With a stage it is killed by the system in that stage, after ``share`` of its work.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from types import SimpleNamespace

from qgis.core import QgsApplication, QgsCoordinateReferenceSystem, QgsProject
from qgis.gui import QgsMapCanvas, QgsMessageBar
from qgis.PyQt.QtWidgets import QMainWindow

from biodiv_plugin import environments
from biodiv_plugin.gui.downloads.form import DownloadChoice
from biodiv_plugin.gui.downloads.job_book import Job, JobBook, JobState
from biodiv_plugin.gui.downloads.section import DownloadSection
from biodiv_plugin.gui.host import Host
from biodiv_plugin.layers import bulk_load
from biodiv_plugin.portal.query import OccurrenceQuery
from biodiv_plugin.processing.sign_in import SignIn
from biodiv_plugin.services import Services
from biodiv_plugin.use_cases import follow_job
from tests.qgis.algorithms import run
from tests.qgis.conftest import BrowserOf
from tests.qgis.doubles import spin_until


class Mortal:
    """Ends the process in the worker thread, in the middle of what it does there."""

    def __init__(self, stage: str, share: float) -> None:
        self._stage, self._share, self._tell = stage, share, Job.tell

    def install(self) -> None:
        Job.tell = lambda job, progress: self.tell(job, progress)

    def tell(self, job: Job, progress: follow_job.DownloadProgress) -> None:
        self._tell(job, progress)
        far = progress.done >= self._share * progress.total
        if progress.stage.value == self._stage and far:
            os.kill(os.getpid(), signal.SIGKILL)


def main(portal: str, issuer: str, verb: str, target: str, *end: str) -> None:
    application = QgsApplication([], True)
    application.initQgis()
    follow_job.FIRST_PAUSE = follow_job.LONGEST_PAUSE = 0.1
    bulk_load._BLOCK = 20_000  # else a small import is one step
    if end:
        Mortal(end[0], float(end[1])).install()
    services = Services(
        environments.named("demo", {"BIODIV_PORTAL_URL": portal, "BIODIV_OIDC_ISSUER": issuer})
    )
    services.bearer.install()
    services.__dict__["browser"] = BrowserOf(SimpleNamespace(url=portal), "hilde")
    window, project = QMainWindow(), QgsProject.instance()
    host = Host(window, QgsMapCanvas(window), project, QgsMessageBar(window), lambda: None)
    book = JobBook(services)
    section = DownloadSection(services, host, book)
    run(SignIn(services), {"TIMEOUT": 30})  # resumes what was left
    if verb == "start":
        choice = DownloadChoice(10, Path(target), QgsCoordinateReferenceSystem("EPSG:31370"))
        book.start(OccurrenceQuery(), choice, project.transformContext())
    spin_until(lambda: all(job.state is not JobState.RUNNING for job in book.jobs), 120)
    spin_until(services.tasks.is_idle, 20)
    spin_until(lambda: not section._to_add, 20)
    for job in book.jobs:
        told = {"state": job.state.value, "error": repr(job.error), "job": job.entry.job_id}
        if job.result is not None:
            told.update(records=job.result.records, announced=job.result.announced)
        told["layers"] = len(project.mapLayers())
        sys.stdout.write(json.dumps(told) + "\n")
    section.deleteLater()
    sys.stdout.flush()
    os._exit(0)  # what Qt does at the end is not what is tried here


if __name__ == "__main__":
    main(*sys.argv[1:])
