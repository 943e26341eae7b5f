"""How long QGIS stands still while one searches, downloads and imports through the dock.

    python -m benchmarks.responsiveness [--records 120000] [--rounds 3]

A demo portal of so many records runs beside it. Each way is a process of its own, in turns:

* ``dock``    a person types a name, counts, puts a thousand records on the map, and downloads all:
              the dock's own tasks, to the layer on the map
* ``native``  what QGIS offers for the same file: unpacked, opened as delimited text and exported
              to a GeoPackage, in the main thread, as its dialogs and most plugins do

A timer of 5 ms ticks in the main thread; the longest time without a tick is the gap.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
import zipfile
from collections import defaultdict
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Callable

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "build" / "benchmarks"
TICK, LONG = 5, 50  # milliseconds


def main() -> None:
    options = _options()
    if options.one:
        print(json.dumps(WAYS[options.one[0]](*options.one[1:])), flush=True)
        os._exit(0)  # what QGIS does at its end is not measured
    from demo.portal.running import running_portal

    data = FOLDER / f"portal-{options.records}"
    with running_portal(data, options.records, patience=600) as portal:
        rounds = []
        for _ in range(options.rounds):
            portal.control.reset()
            rounds.append({way: _run(way, portal.url, portal.issuer) for way in WAYS})
    _report(rounds, options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--records", type=int, default=120_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    return parser.parse_args()


def _run(way: str, portal: str, issuer: str) -> dict[str, dict[str, float]]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.responsiveness", "--one", way, portal, issuer],
        cwd=ROOT,
        env={
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "QGIS_CUSTOM_CONFIG_PATH": str(FOLDER / "profile"),
        },
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    figures = json.loads(done.stdout.splitlines()[-1])
    print(f"  {way}: {figures}", file=sys.stderr, flush=True)
    return figures


def _report(rounds: list[dict], options: argparse.Namespace) -> None:
    print(f"{options.records} records at the portal, {options.rounds} rounds, medians")
    print(f"| way | phase | records | s | longest gap ms | gaps over {LONG} ms |")
    print("|---|---|---|---|---|---|")
    for way in WAYS:
        for phase in rounds[0][way]:
            runs = [each[way][phase] for each in rounds]
            middle = {key: statistics.median(run[key] for run in runs) for key in runs[0]}
            print(
                f"| {way} | {phase} | {middle['records']:.0f} | {middle['s']:.2f} | "
                f"{middle['gap_ms']:.0f} | {middle['long']:.0f} |"
            )
    for key, name in (("gap_ms", "longest gap"), ("s", "time")):
        ratio = statistics.median(
            each["dock"]["import"][key] / each["native"]["import"][key] for each in rounds
        )
        print(f"import, {name}: dock / native = {ratio:.3f}")


class Gaps:
    """Notes, by what is being done, how long the main thread stood still."""

    def __init__(self) -> None:
        from qgis.PyQt.QtCore import Qt, QTimer

        self.doing = "start"
        self.records: dict[str, int] = defaultdict(int)
        self._gaps: dict[str, list[float]] = defaultdict(list)
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now = time.perf_counter()
        self._gaps[self.doing].append(now - self._last)
        self._last = now

    def during(self, what: str, begin: Callable[[], object], ended: Callable[[], object]) -> None:
        self.doing = what
        begin()
        _spin_until(ended)
        _spin(0.1)  # what the end itself caused belongs to it
        self.doing = "idle"

    def figures(self) -> dict[str, dict[str, float]]:
        return {
            what: {
                "records": self.records[what],
                "s": sum(gaps),
                "gap_ms": 1000 * max(gaps),
                "long": sum(1000 * gap > LONG for gap in gaps),
            }
            for what, gaps in self._gaps.items()
            if what not in ("start", "idle")
        }


def _spin_until(ready: Callable[[], object], seconds: float = 240) -> None:
    from tests.qgis.doubles import spin_until

    spin_until(ready, seconds)


def _spin(seconds: float) -> None:
    from tests.qgis.doubles import spin

    spin(seconds)


def _by_dock(portal: str, issuer: str) -> dict[str, dict[str, float]]:
    """Work as a person does; the phases of the download are told by the job itself."""
    from qgis.core import QgsCoordinateReferenceSystem, QgsProject

    from biodiv_plugin.gui.downloads.form import DownloadChoice
    from biodiv_plugin.gui.downloads.job_book import JobState
    from biodiv_plugin.portal.query import OccurrenceQuery

    services, dock = _dock(portal, issuer)
    gaps = Gaps()
    _spin(1)
    taxa, section = dock.occurrences.panel.taxa, dock.occurrences
    gaps.during("autocomplete", lambda: _type(taxa._edit, "hyla"), taxa._model.rowCount)
    taxa._completer.popup().hide()
    taxa._edit.clear()
    gaps.during("count", section.count, lambda: section.query() is not None)
    _spin_until(services.tasks.is_idle)
    everything = OccurrenceQuery(flanders_only=False, include_absent=True, quality_profile="")
    _thousand_on_the_map(gaps, services)
    target = FOLDER / "dock.gpkg"
    target.unlink(missing_ok=True)
    choice = DownloadChoice(10, target, QgsCoordinateReferenceSystem("EPSG:4326"))
    job = dock.jobs.start(everything, choice, QgsProject.instance().transformContext())
    names = {"fetching": "transfer", "writing": "import"}

    def follow() -> None:
        if job.state is not JobState.RUNNING:
            gaps.doing = "layers on the map"
        elif job.progress is not None:
            gaps.doing = names.get(job.progress.stage.value, "waiting")

    job.changed.connect(follow)
    gaps.during("waiting", lambda: None, lambda: job.state is not JobState.RUNNING)
    if job.error is not None:
        sys.exit(repr(job.error))
    gaps.records["transfer"] = gaps.records["import"] = job.result.records
    _keep_archive(services, job.entry.job_id)
    return gaps.figures()


def _type(line: Any, text: str) -> None:
    line.setText(text)
    line.textEdited.emit(text)


def _dock(portal: str, issuer: str) -> tuple[Any, Any]:
    from qgis.core import QgsCoordinateReferenceSystem, QgsProject
    from qgis.gui import QgsMapCanvas, QgsMessageBar
    from qgis.PyQt.QtWidgets import QMainWindow

    from biodiv_plugin import environments
    from biodiv_plugin.gui.host import Host
    from biodiv_plugin.gui.portal_dock import PortalDock
    from biodiv_plugin.processing.sign_in import SignIn
    from biodiv_plugin.services import Services
    from tests.qgis.algorithms import run
    from tests.qgis.conftest import BrowserOf

    _qgis()
    addresses = {"BIODIV_PORTAL_URL": portal, "BIODIV_OIDC_ISSUER": issuer}
    services = Services(environments.named("demo", addresses))
    services.bearer.install()
    services.__dict__["browser"] = BrowserOf(SimpleNamespace(url=portal), "hilde")
    run(SignIn(services), {"TIMEOUT": 30})
    window = QMainWindow()
    canvas = QgsMapCanvas(window)
    window.setCentralWidget(canvas)
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:31370"))
    host = Host(window, canvas, QgsProject.instance(), QgsMessageBar(window), lambda: None)
    dock = PortalDock(services, host)
    window.resize(1000, 800)
    window.show()
    dock.show()
    dock.show_section("occurrences")
    _spin_until(services.tasks.is_idle)
    return services, dock


def _thousand_on_the_map(gaps: Gaps, services: Any) -> None:
    """Run the algorithm in the background, as the toolbox does, and add its layer."""
    from qgis.core import (
        QgsApplication,
        QgsProcessingAlgRunnerTask,
        QgsProcessingContext,
        QgsProcessingFeedback,
        QgsProject,
    )

    from biodiv_plugin.processing.search_observations import SearchObservations

    context, feedback = QgsProcessingContext(), QgsProcessingFeedback(False)
    context.setProject(QgsProject.instance())
    algorithm = SearchObservations(services).create()
    task = QgsProcessingAlgRunnerTask(
        algorithm, {"LIMIT": 1000, "OUTPUT": "TEMPORARY_OUTPUT"}, context, feedback
    )
    ended: list[object] = []

    def show(succeeded: bool, results: dict) -> None:
        if not succeeded:
            sys.exit(feedback.textLog())
        layer = context.takeResultLayer(results["OUTPUT"])
        gaps.records["1,000 on the map"] = layer.featureCount()
        QgsProject.instance().addMapLayer(layer)
        ended.append(layer)

    task.executed.connect(show)
    gaps.during(
        "1,000 on the map", lambda: QgsApplication.taskManager().addTask(task), lambda: ended
    )


def _keep_archive(services: Any, job_id: str) -> None:
    """Fetch the same file once more, for the other way."""
    from tests.qgis.doubles import in_task

    target = FOLDER / "portal.zip"
    target.unlink(missing_ok=True)
    client = services.downloads
    in_task(lambda feedback: client.fetch(client.status(job_id, feedback), target, feedback), 300)


def _by_native(_portal: str, _issuer: str) -> dict[str, dict[str, float]]:
    from qgis.core import QgsCoordinateTransformContext, QgsVectorFileWriter, QgsVectorLayer

    _qgis()
    target = FOLDER / "native.gpkg"
    target.unlink(missing_ok=True)
    gaps = Gaps()
    _spin(0.5)

    def convert() -> None:
        with zipfile.ZipFile(FOLDER / "portal.zip") as zipped:
            table = zipped.extract("observations.csv", FOLDER)
        source = (
            f"{Path(table).as_uri()}?delimiter=,&detectTypes=yes&crs=EPSG:4326&spatialIndex=no"
            "&xField=decimalLongitude&yField=decimalLatitude"
        )
        layer = QgsVectorLayer(source, "occurrences", "delimitedtext")
        gaps.records["import"] = layer.featureCount()
        options = QgsVectorFileWriter.SaveVectorOptions()
        options.layerName = "occurrences"
        context = QgsCoordinateTransformContext()
        QgsVectorFileWriter.writeAsVectorFormatV3(layer, str(target), context, options)

    gaps.during("import", convert, target.exists)
    return gaps.figures()


def _qgis() -> None:
    from qgis.core import QgsApplication

    global application
    application = QgsApplication([], True)
    application.initQgis()


WAYS: dict[str, Callable[[str, str], dict[str, dict[str, float]]]] = {
    "dock": _by_dock,
    "native": _by_native,
}

if __name__ == "__main__":
    main()
