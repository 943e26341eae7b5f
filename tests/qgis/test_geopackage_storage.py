"""What happens to the user's files where an import fails, is canceled or is killed."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from osgeo import gdal
from qgis.core import QgsVectorLayer

from benchmarks.archives import records, write_archive
from biodiv_plugin.layers import bulk_load, geopackage, storage
from biodiv_plugin.portal.errors import BadArchive, Canceled, StorageFailed
from tests.qgis.imports import Watch, load


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    return write_archive(tmp_path_factory.mktemp("archive") / "a.zip", records(6000))


@pytest.fixture(scope="module")
def imported(archive, tmp_path_factory):
    target = tmp_path_factory.mktemp("imported") / "waarnemingen.gpkg"
    return load(archive, target, expected=6000)


@pytest.mark.parametrize("stop", [5, 50, 80, 86, 97])
def test_a_cancel_leaves_nothing_behind(archive, tmp_path, monkeypatch, stop):
    monkeypatch.setattr(bulk_load, "_BLOCK", 20_000)
    with pytest.raises(Canceled):
        load(archive, tmp_path / "x.gpkg", feedback=Watch(stop))
    assert list(tmp_path.iterdir()) == []


def test_damage_in_the_middle_leaves_nothing_behind(archive, tmp_path):
    content = bytearray(archive.read_bytes())
    content[len(content) // 2] ^= 0xFF
    damaged = tmp_path / "a.zip"
    damaged.write_bytes(content)
    with pytest.raises(BadArchive):
        load(damaged, tmp_path / "x.gpkg")
    assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]


def test_what_a_crashed_import_left_is_removed(archive, tmp_path):
    for name in ("x.part.gpkg", "x.part.2.gpkg", "x.part.gpkg-wal", "x.part.gpkg-journal"):
        (tmp_path / name).write_bytes(b"half")
    (tmp_path / "x.partly.gpkg").write_bytes(b"mine")
    load(archive, tmp_path / "x.gpkg")
    assert {path.name for path in tmp_path.iterdir()} == {"x.gpkg", "x.partly.gpkg"}


def test_a_killed_import_leaves_the_old_file(archive, tmp_path):
    """A process that is killed while importing, by the system's own kill."""
    target = tmp_path / "x.gpkg"
    load(archive, target)
    before = target.read_bytes()
    program = (
        "import os, signal, sys; from pathlib import Path; from qgis.core import *\n"
        "app = QgsApplication([], False); app.initQgis()\n"
        "from biodiv_plugin.layers.geopackage import import_archive\n"
        "def die(imported): os.kill(os.getpid(), signal.SIGKILL)\n"
        "import_archive(Path(sys.argv[1]), Path(sys.argv[2]),"
        " QgsCoordinateReferenceSystem('EPSG:4326'), QgsCoordinateTransformContext(),"
        " complete=die)\n"
    )
    root = Path(__file__).parents[2]
    result = subprocess.run(
        [sys.executable, "-c", program, archive, target], cwd=root, capture_output=True
    )
    assert result.returncode == -9
    assert target.read_bytes() == before
    load(archive, target)
    assert [path.name for path in tmp_path.iterdir()] == ["x.gpkg"]


def test_imports_at_the_same_time_do_not_meet(archive, imported, tmp_path):
    targets = [tmp_path / f"{number}.gpkg" for number in range(6)]
    with ThreadPoolExecutor(3) as workers:
        done = list(workers.map(lambda target: load(archive, target), targets))
    assert {each.records for each in done} == {6000}
    assert {each.located for each in done} == {imported.located}
    assert sorted(tmp_path.iterdir()) == targets


def test_an_older_file_is_replaced(archive, tmp_path):
    target = tmp_path / "x.gpkg"
    target.write_text("no database")
    assert load(archive, target).records == 6000
    assert load(archive, target).records == 6000


def test_a_file_that_qgis_shows_is_left_alone(archive, tmp_path):
    target = tmp_path / "x.gpkg"
    load(archive, target)
    before = target.read_bytes()
    layer = QgsVectorLayer(f"{target}|layername=occurrences", "x", "ogr")
    assert layer.isValid()
    with pytest.raises(StorageFailed) as failure:
        load(archive, target)
    assert failure.value.reason == "in_use"
    assert target.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["x.gpkg"]
    del layer
    load(archive, target)


def test_a_file_that_is_opened_meanwhile_is_left_alone(archive, tmp_path):
    target = tmp_path / "x.gpkg"
    load(archive, target)
    layers = []
    with pytest.raises(StorageFailed) as failure:
        load(
            archive,
            target,
            complete=lambda _: layers.append(QgsVectorLayer(str(target), "x", "ogr")),
        )
    assert failure.value.reason == "in_use"
    assert layers.pop().featureCount() == 6000  # the error's traceback holds the list


def test_a_file_that_another_program_has_locked(archive, tmp_path):
    target = tmp_path / "x.gpkg"
    load(archive, target)
    program = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "c.execute('BEGIN EXCLUSIVE'); print('locked', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, target], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout.readline() == b"locked\n"
        with pytest.raises(StorageFailed) as failure:
            load(archive, target)
        other.stdin.close()
    assert failure.value.reason == "in_use"
    assert failure.value.path == str(target)


def test_a_full_disk_is_told_before_the_work(archive, tmp_path, monkeypatch):
    monkeypatch.setattr(geopackage, "_GROWTH", 1e12)
    with pytest.raises(StorageFailed) as failure:
        load(archive, tmp_path / "x.gpkg")
    assert failure.value.reason == "full"


def test_a_disk_that_fills_up_is_told_by_sqlite(archive, tmp_path, monkeypatch):
    """SQLite refuses more pages than this, with the very words of a full disk."""
    monkeypatch.setitem(bulk_load._SQLITE, "OGR_SQLITE_PRAGMA", "max_page_count=100")
    with pytest.raises(StorageFailed) as failure:
        load(archive, tmp_path / "x.gpkg")
    assert failure.value.reason == "full"
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_fills_up_at_the_squares(archive, tmp_path):
    gdal.SetConfigOption("OGR_SQLITE_PRAGMA", "max_page_count=100")
    try:
        with pytest.raises(StorageFailed) as failure:
            load(archive, tmp_path / "x.gpkg")
    finally:
        gdal.SetConfigOption("OGR_SQLITE_PRAGMA", None)
    assert failure.value.reason == "full"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("share", [0.6, 1.0])
def test_a_disk_that_really_fills_up(archive, imported, tmp_path, share):
    """While the halves are written, and while they are joined.

    On a small file system, in a process of its own that may mount one.
    """
    program = (
        "import sys; from pathlib import Path; from qgis.core import *\n"
        "app = QgsApplication([], False); app.initQgis()\n"
        "from biodiv_plugin.layers import geopackage\n"
        "from biodiv_plugin.portal.errors import StorageFailed\n"
        "geopackage._GROWTH = 0\n"
        "try: geopackage.import_archive(Path(sys.argv[1]), Path(sys.argv[2]),"
        " QgsCoordinateReferenceSystem('EPSG:4326'), QgsCoordinateTransformContext())\n"
        "except StorageFailed as failure:\n"
        "    print(failure.reason, list(Path(sys.argv[2]).parent.iterdir()))\n"
    )
    size = int(share * imported.path.stat().st_size)
    script = f'mount -t tmpfs -o size={size} disk "$1" && exec "$2" -c "$3" "$4" "$1/x.gpkg"'
    command = ["unshare", "--map-root-user", "--mount", "sh", "-c", script, "sh"]
    try:
        result = subprocess.run(
            [*command, tmp_path, sys.executable, program, archive],
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
        )
    except FileNotFoundError:
        pytest.skip("no unshare on this system")
    if "permission denied" in result.stderr.lower() or "not permitted" in result.stderr.lower():
        pytest.skip("this machine mounts nothing for us")
    assert result.stdout == "full []\n", result.stderr


def test_a_folder_that_cannot_be_made(archive, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageFailed):
        load(archive, tmp_path / "file" / "x.gpkg")


def test_a_target_that_is_a_folder(archive, tmp_path):
    with pytest.raises(StorageFailed) as failure:
        load(archive, tmp_path)
    assert failure.value.reason == "denied"


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        ("sqlite3_exec() failed: database or disk is full", "full"),
        ("OSError: No space left on device", "full"),
        ("database is locked", "in_use"),
        ("attempt to write a readonly database", "denied"),
        ("unable to open database file", "denied"),
        ("disk image is malformed", "other"),
    ],
)
def test_the_words_of_sqlite(tmp_path, message, reason):
    assert storage.storage_failure(message, tmp_path / "x.gpkg").reason == reason


@pytest.mark.parametrize("chosen", ["", "osr.UseExceptions()", "osr.DontUseExceptions()"])
def test_gdal_has_nothing_to_warn_of_and_stays_as_it_was(chosen):
    program = (
        f"from osgeo import gdal, ogr, osr\n{chosen}\n"
        "before = osr.GetUseExceptions()\n"
        "from biodiv_plugin.layers.gdal_errors import listening\n"
        "with listening() as said: osr.SpatialReference().SetFromUserInput('EPSG:none')\n"
        "assert said.failures and osr.GetUseExceptions() == before\n"
    )
    command = [sys.executable, "-W", "error::FutureWarning", "-c", program]
    result = subprocess.run(
        command, cwd=Path(__file__).parents[2], capture_output=True, text=True, encoding="utf-8"
    )
    assert result.returncode == 0, result.stderr
