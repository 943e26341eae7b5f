"""How fast an archive becomes a GeoPackage, and what it costs meanwhile.

    python -m benchmarks.import_archive [--rows 100000] [--rounds 3] [--crs EPSG:4326] [--peer]

Three ways, each in a process of its own, in turns, so that a busy machine hits all alike:

* ``ours``     the plugin's import, as it runs in QGIS: in a task, with the manifest left out
* ``ogr2ogr``  GDAL's own conversion, tuned, and as fast as GDAL alone goes
* ``peer``     what other plugins do: feature by feature into a memory layer, in the main thread

Ratios are medians of the ratios within one round. ``peer`` needs 4 GB for a million records, so it
runs only when asked for.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import resource
import statistics
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Callable

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "build" / "benchmarks"
ENTRY = "observations.csv"
PEER_BATCH = 300  # records
SETTLE = 300  # milliseconds


def main() -> None:
    options = _options()
    if options.one:
        way, archive, target = options.one
        print(json.dumps(WAYS[way](Path(archive), Path(target), options.crs)), flush=True)
        os._exit(0)  # what QGIS does at its end is not measured
    archive = FOLDER / f"{options.rows}.zip"
    if not archive.exists():
        from benchmarks.archives import records, write_archive

        write_archive(archive, records(options.rows))
    ways = ["ours", "ogr2ogr"] + ["peer"] * options.peer
    rounds = [{way: _run(way, archive, options.crs) for way in ways} for _ in range(options.rounds)]
    _report(rounds, ways, options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--crs", default="EPSG:4326")
    parser.add_argument("--peer", action="store_true")
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    return parser.parse_args()


def _run(way: str, archive: Path, crs: str) -> dict[str, float]:
    target = FOLDER / f"{way}.gpkg"
    target.unlink(missing_ok=True)
    command = [sys.executable, "-m", "benchmarks.import_archive", "--crs", crs]
    done = subprocess.run(
        [*command, "--one", way, archive, target],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    figures = json.loads(done.stdout.splitlines()[-1])
    figures["file_mb"] = target.stat().st_size / 1e6
    target.unlink()
    print(f"  {way}: {figures}", file=sys.stderr, flush=True)
    return figures


def _report(rounds: list[dict], ways: list[str], options: argparse.Namespace) -> None:
    print(f"{options.rows} records, {options.crs}, {options.rounds} rounds, medians")
    print("| way | s | of ogr2ogr | CPU s | peak over idle MB | longest gap ms | file MB |")
    print("|---|---|---|---|---|---|---|")
    for way in ways:
        runs = [each[way] for each in rounds]
        ratio = statistics.median(each[way]["s"] / each["ogr2ogr"]["s"] for each in rounds)
        middle = {key: statistics.median(run[key] for run in runs) for key in runs[0]}
        gap = f"{middle['gap_ms']:.0f}" if middle["gap_ms"] else "-"
        print(
            f"| {way} | {middle['s']:.2f} | {ratio:.2f} | {middle['cpu_s']:.2f} | "
            f"{middle['peak_mb']:.0f} | {gap} | {middle['file_mb']:.0f} |"
        )


class _Stopwatch:
    """Wall, CPU and memory of what happens after it was made."""

    def __init__(self) -> None:
        self._idle = _peak()
        self._wall, self._cpu = time.perf_counter(), time.process_time()

    def figures(self, rows: int, gap: float = 0.0) -> dict[str, float]:
        return {
            "s": time.perf_counter() - self._wall,
            "cpu_s": time.process_time() - self._cpu,
            "peak_mb": _peak() - self._idle,
            "gap_ms": 1000 * gap,
            "rows": rows,
        }


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _by_us(archive: Path, target: Path, crs: str) -> dict[str, float]:
    from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransformContext

    from biodiv_plugin.layers.geopackage import import_archive
    from biodiv_plugin.tasks.task import PortalTask

    application = _qgis()

    def work(feedback: object) -> object:
        system = QgsCoordinateReferenceSystem(crs)
        context = QgsCoordinateTransformContext()
        return import_archive(archive, target, system, context, None, feedback)

    return _in_a_task(application, PortalTask("import", work))


def _in_a_task(application: object, task: object) -> dict[str, float]:
    """Run a task while a timer ticks every 5 ms; the longest time without a tick is the gap."""
    from qgis.PyQt.QtCore import QEventLoop, QTimer

    loop, ticks, ended = QEventLoop(), [], []
    timer = QTimer()
    timer.setInterval(5)
    timer.timeout.connect(lambda: ticks.append(time.perf_counter()))
    timer.start()
    QTimer.singleShot(SETTLE, loop.quit)
    loop.exec()
    task.succeeded.connect(ended.append)
    task.failed.connect(lambda error: sys.exit(repr(error)))
    task.succeeded.connect(lambda _: loop.quit())
    ticks.clear()
    watch = _Stopwatch()
    application.taskManager().addTask(task)
    loop.exec()
    gap = max(later - earlier for earlier, later in zip(ticks, ticks[1:]))
    return watch.figures(ended[0].records, gap)


def _by_ogr2ogr(archive: Path, target: Path, crs: str) -> dict[str, float]:
    from osgeo import gdal

    for option, value in {
        "OGR_SQLITE_SYNCHRONOUS": "OFF",
        "OGR_SQLITE_JOURNAL": "OFF",
        "OGR_SQLITE_CACHE": "128",
    }.items():
        gdal.SetConfigOption(option, value)
    watch = _Stopwatch()
    source = gdal.OpenEx(
        f"/vsizip/{archive}/{ENTRY}",
        gdal.OF_VECTOR,
        open_options=[
            "AUTODETECT_TYPE=YES",
            "EMPTY_STRING_AS_NULL=YES",
            "X_POSSIBLE_NAMES=decimalLongitude",
            "Y_POSSIBLE_NAMES=decimalLatitude",
        ],
    )
    same = crs == "EPSG:4326"
    where = ["-a_srs", crs] if same else ["-s_srs", "EPSG:4326", "-t_srs", crs]
    options = ["-nln", "occurrences", "-gt", "unlimited", *where]
    result = gdal.VectorTranslate(str(target), source, format="GPKG", options=options)
    rows = result.GetLayer(0).GetFeatureCount()
    del result
    return watch.figures(rows)


def _by_peer(archive: Path, target: Path, _crs: str) -> dict[str, float]:
    from qgis.core import QgsCoordinateTransformContext, QgsVectorFileWriter, QgsVectorLayer

    _qgis()
    watch = _Stopwatch()
    with zipfile.ZipFile(archive) as zipped, zipped.open(ENTRY) as table:
        reader = csv.DictReader(io.TextIOWrapper(table, "utf-8", newline=""))
        columns = "".join(f"&field={name}:string" for name in reader.fieldnames)
        layer = QgsVectorLayer(f"Point?crs=EPSG:4326{columns}", "occurrences", "memory")
        _fill(layer, reader)
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.layerName = "occurrences"
    context = QgsCoordinateTransformContext()
    QgsVectorFileWriter.writeAsVectorFormatV3(layer, str(target), context, options)
    figures = watch.figures(layer.featureCount())
    return {**figures, "gap_ms": 1000 * figures["s"]}  # the main thread does nothing else


def _fill(layer: object, reader: csv.DictReader) -> None:
    from qgis.core import QgsFeature, QgsGeometry, QgsPointXY

    batch = []
    for record in reader:
        feature = QgsFeature(layer.fields())
        for name, value in record.items():
            feature.setAttribute(name, value)
        if record["decimalLatitude"]:
            x, y = float(record["decimalLongitude"]), float(record["decimalLatitude"])
            feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(x, y)))
        batch.append(feature)
        if len(batch) == PEER_BATCH:
            layer.dataProvider().addFeatures(batch)
            batch = []
    layer.dataProvider().addFeatures(batch)


def _qgis() -> object:
    from qgis.core import QgsApplication

    application = QgsApplication([], False)
    application.initQgis()
    return application


WAYS: dict[str, Callable[[Path, Path, str], dict[str, float]]] = {
    "ours": _by_us,
    "ogr2ogr": _by_ogr2ogr,
    "peer": _by_peer,
}

if __name__ == "__main__":
    main()
