"""Files as Windows sees them: what is open elsewhere, names it forbids, shares of a network."""

from __future__ import annotations

import errno
import sqlite3
from contextlib import closing
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from biodiv_plugin.layers import storage
from biodiv_plugin.layers.storage import (
    chosen_file,
    database_uri,
    file_stem,
    is_file_name,
    read_only,
    replace_file,
    told_by_storage,
    write_whole,
    written_at_once,
)
from biodiv_plugin.portal.errors import StorageFailed
from biodiv_plugin.use_cases.journal_file import read_entries, write_entries

ACCESS_DENIED, SHARING_VIOLATION = 5, 32  # as Windows numbers them


def refusal(winerror=None):
    fault = PermissionError(errno.EACCES, "refused")
    if winerror is not None:
        fault.winerror = winerror
    return fault


@pytest.fixture
def held(monkeypatch):
    """Let files be open in another program: what is in this set cannot be moved or replaced."""
    paths = set()
    rename, replace = Path.rename, Path.replace

    def moved(path, target):
        if path in paths:
            raise refusal(SHARING_VIOLATION)
        return rename(path, target)

    def replaced(path, target):
        if path in paths:
            raise refusal(SHARING_VIOLATION)
        if Path(target) in paths:
            raise refusal(ACCESS_DENIED)  # so Windows calls it for the file that is to go
        return replace(path, target)

    monkeypatch.setattr(Path, "rename", moved)
    monkeypatch.setattr(Path, "replace", replaced)
    return paths


@pytest.fixture
def pauses(monkeypatch):
    """Note how long was waited, and wait no time."""
    waited = []

    class Event:
        def wait(self, seconds):
            waited.append(seconds)

    monkeypatch.setattr(storage.threading, "Event", Event)
    return waited


def test_a_table_that_excel_shows_is_open_and_not_forbidden(tmp_path, held, pauses):
    target, part = tmp_path / "lijst.csv", tmp_path / "lijst.csv.part"
    target.write_text("old")
    part.write_text("new")
    held.add(target)
    with pytest.raises(StorageFailed) as raised:
        replace_file(part, target)
    assert raised.value.reason == "in_use"
    assert (target.read_text(), part.read_text()) == ("old", "new")
    assert 0 < sum(pauses) < 1


def test_a_file_that_python_could_not_open_for_writing(tmp_path, held):
    """``open`` tells no number of Windows's own, only that it was refused."""
    target = tmp_path / "verslag.pdf"
    target.write_bytes(b"%PDF")
    held.add(target)
    assert StorageFailed.of(refusal(), target).reason == "in_use"
    held.clear()
    assert StorageFailed.of(refusal(), target).reason == "denied"
    assert StorageFailed.of(refusal(), tmp_path / "none.pdf").reason == "denied"


@pytest.mark.parametrize(
    ("number", "winerror", "reason"),
    [
        (errno.EINVAL, 1295, "full"),
        (errno.EINVAL, 39, "full"),
        (errno.ENOSPC, 112, "full"),
        (errno.ENOSPC, None, "full"),
        (errno.EACCES, 33, "in_use"),
        (errno.EBUSY, None, "in_use"),
        (errno.EROFS, None, "denied"),
        (errno.ENOENT, 206, "other"),  # a path that is too long
    ],
)
def test_the_numbers_of_windows(tmp_path, number, winerror, reason):
    fault = OSError(number, "refused")
    if winerror is not None:
        fault.winerror = winerror
    with pytest.raises(StorageFailed) as raised, told_by_storage(tmp_path / "x"):
        raise fault
    assert raised.value.reason == reason


def test_a_virus_scanner_is_waited_for(tmp_path, held, pauses, monkeypatch):
    path = tmp_path / "jobs.json"
    replace, refused = Path.replace, [refusal(ACCESS_DENIED), refusal(SHARING_VIOLATION)]

    def scanned(part, target):
        if refused:
            raise refused.pop()
        return replace(part, target)

    monkeypatch.setattr(Path, "replace", scanned)
    write_whole(path, "{}")
    assert path.read_text() == "{}"
    assert len(pauses) == 2
    assert [each.name for each in tmp_path.iterdir()] == ["jobs.json"]


def test_elsewhere_a_refusal_is_told_at_once(tmp_path, pauses, monkeypatch):
    def refused(_part, _target):
        raise refusal()

    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(StorageFailed):
        write_whole(tmp_path / "jobs.json", "{}")
    assert pauses == []
    assert list(tmp_path.iterdir()) == []


def test_a_journal_that_another_window_reads_stays_whole(tmp_path, held, pauses):
    path = tmp_path / "jobs.json"
    write_entries(path, 1, "jobs", [{"key": "a"}])
    held.add(path)
    write_entries(path, 1, "jobs", [{"key": "b"}])
    assert read_entries(path, 1, "jobs", dict) == [{"key": "a"}]
    assert [each.name for each in tmp_path.iterdir()] == ["jobs.json"]


def test_what_cannot_be_removed_hides_no_result_and_no_error(tmp_path, monkeypatch):
    target = tmp_path / "x.gpkg"
    removed = Path.unlink

    def refused(path, missing_ok=False):
        if path.exists():
            raise refusal(SHARING_VIOLATION)
        removed(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", refused)
    with written_at_once(target) as part:
        part.write_text("new")
        part.with_name("x.part.2.gpkg").write_text("a scanner looks at it")
    assert target.read_text() == "new"
    with pytest.raises(StorageFailed, match="refused"), written_at_once(target):
        pass
    assert target.read_text() == "new"


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (PureWindowsPath(r"C:\Users\Jef #1\a?.gpkg"), "file:///C:/Users/Jef%20%231/a%3F.gpkg"),
        (PureWindowsPath(r"\\server\deel\vogels é.gpkg"), "file:////server/deel/vogels%20%C3%A9.gpkg"),
        (PurePosixPath("/home/jef/100%.gpkg"), "file:///home/jef/100%25.gpkg"),
    ],
)  # fmt: skip
def test_a_database_on_a_share_has_no_host(path, uri):
    assert database_uri(path) == uri


def test_sqlite_takes_such_a_path(tmp_path):
    path = tmp_path / "vogels é #1 100%.gpkg"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE t (a)")
        connection.commit()
    with closing(read_only(path)) as connection:
        assert connection.execute("SELECT count(*) FROM t").fetchone() == (0,)
    share = database_uri(PurePosixPath(f"/{path}"))  # two slashes, as a share has them
    assert share.startswith("file:////")
    with closing(sqlite3.connect(f"{share}?mode=ro", uri=True)) as connection:
        assert connection.execute("SELECT count(*) FROM t").fetchone() == (0,)


@pytest.mark.parametrize(
    ("title", "stem"),
    [
        ("Fenologie, per week: Lutra lutra", "Fenologie, per week_ Lutra lutra"),
        ('a/b\\c?*"<>|\n d', "a_b_c______ d"),
        ("St. Baafs.", "St. Baafs"),
        ("aux", "_aux"),
        ("Con.1", "_Con.1"),
        ("  ..  ", "_"),
        ("x" * 300, "x" * 100),
        ("Krüper's nuthatch é", "Krüper's nuthatch é"),
    ],
)
def test_titles_as_names_of_files(title, stem):
    assert file_stem(title) == stem
    assert is_file_name(stem)


@pytest.mark.parametrize(
    "name", ["", ".", "..", "nul", "NUL.asc", "a.", "a ", "a:b", "a\\b", "a\x07"]
)
def test_names_that_windows_forbids_or_takes_for_another(name):
    assert not is_file_name(name)


@pytest.mark.parametrize(
    ("typed", "file"),
    [
        ("vogels", "vogels.gpkg"),
        ("Raster 1.5 km", "Raster 1.5 km.gpkg"),
        ("vogels.GPKG", "vogels.GPKG"),
        (' "/data/vogels.gpkg" ', "/data/vogels.gpkg"),
        ("/data/2024.v2", "/data/2024.v2.gpkg"),
    ],
)
def test_what_somebody_types_is_a_file(typed, file):
    assert chosen_file(typed, ".gpkg", Path("/home/jef")) == Path("/home/jef", file)
