"""Downloads that outlive QGIS."""

from __future__ import annotations

import json
import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from biodiv_plugin.gui.downloads.job_book import JobBook
from biodiv_plugin.portal.query import OccurrenceQuery, TaxonRef
from biodiv_plugin.use_cases import download_occurrences
from biodiv_plugin.use_cases.download_occurrences import forget_strays, forget_transfer
from biodiv_plugin.use_cases.job_journal import DONE, KEPT, RUNNING, JobJournal, JournalEntry


def entry(key: str, **members) -> JournalEntry:
    query = OccurrenceQuery(taxa=(TaxonRef("2426612", "Alytes obstetricans"),))
    known = {
        "query": query,
        "target": Path("/data/waarnemingen.gpkg"),
        "crs": "EPSG:31370",
        "reason_id": 7,
        "fields": ("id", "eventDate"),
        "portal": "https://portal.example",
        "sub": "person",
    }
    return JournalEntry(key=key, **{**known, **members})


def test_what_was_written_is_read_by_the_next_qgis(tmp_path):
    path = tmp_path / "biodiv" / "jobs.json"
    journal = JobJournal(path)
    first = entry("a", job_id="b-1", announced=12)
    journal.put(first)
    journal.put(replace(entry("c"), state=DONE))
    assert JobJournal(path).entries() == journal.entries()
    assert JobJournal(path).entries()[0] == first


def test_of_a_private_list_the_id_alone_is_written(tmp_path):
    path = tmp_path / "jobs.json"
    query = OccurrenceQuery(
        species_list="dr711", list_name="sentinel-name", list_taxa=("sentinel-1", "sentinel-2")
    )
    JobJournal(path).put(entry("a", query=query))
    assert "sentinel" not in path.read_text(encoding="utf-8")
    (read,) = JobJournal(path).entries()
    assert read.expand
    assert read.query.species_list == "dr711"


def test_only_ended_entries_make_place(tmp_path):
    journal = JobJournal(tmp_path / "jobs.json")
    journal.put(entry("running"))
    for number in range(KEPT + 5):
        journal.put(entry(str(number), state=DONE))
    keys = [known.key for known in journal.entries()]
    assert len(keys) == KEPT
    assert keys[0] == "running"
    assert keys[-1] == str(KEPT + 4)


def test_a_removed_entry_is_gone(tmp_path):
    path = tmp_path / "jobs.json"
    journal = JobJournal(path)
    journal.put(entry("a"))
    journal.remove("a")
    journal.remove("never there")
    assert JobJournal(path).entries() == ()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"version": 99}', '{"version": 1, "jobs": [1]}'])
def test_a_spoiled_file_is_as_good_as_none(tmp_path, text):
    path = tmp_path / "jobs.json"
    path.write_text(text, encoding="utf-8")
    assert JobJournal(path).entries() == ()


def test_a_query_of_a_later_version_is_left_out(tmp_path):
    path = tmp_path / "jobs.json"
    journal = JobJournal(path)
    journal.put(entry("a"))
    journal.put(entry("b"))
    document = json.loads(path.read_text(encoding="utf-8"))
    document["jobs"][0]["query"]["version"] = 99
    path.write_text(json.dumps(document), encoding="utf-8")
    assert [known.key for known in JobJournal(path).entries()] == ["b"]


def test_a_folder_that_cannot_be_written_stops_no_download(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    journal = JobJournal(blocked / "jobs.json")
    journal.put(entry("a"))
    assert journal.entries()[0].state == RUNNING


@pytest.fixture
def transfers(tmp_path, monkeypatch):
    """The folder of what was fetched: of a job in the journal, of strays, of a young one."""
    monkeypatch.setattr(download_occurrences, "_transfers", lambda: tmp_path)
    long_ago = time.time() - 2 * 24 * 3600
    for name in ("known.zip", "known.zip.etag", "stray.zip", "stray.zip.etag", "young.zip"):
        (tmp_path / name).write_bytes(b"exact places")
        if name != "young.zip":
            os.utime(tmp_path / name, (long_ago, long_ago))
    return tmp_path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_what_a_virus_scanner_held_is_removed_another_day(transfers, monkeypatch):
    def refused(_path, missing_ok=False):
        raise PermissionError(13, "a scanner looks at it")

    with monkeypatch.context() as busy:
        busy.setattr(Path, "unlink", refused)
        forget_transfer("stray")  # the end of a download, which this must not spoil
        forget_strays({"known"})
    assert len(names(transfers)) == 5
    forget_strays({"known"})
    assert names(transfers) == ["known.zip", "known.zip.etag", "young.zip"]


def test_a_dock_that_opens_removes_strays(transfers, qgis_app):
    book = JobBook(None, transfers / "profile")
    book.recall()
    assert names(transfers) == ["young.zip"]


@pytest.mark.parametrize(("hours", "free"), [(1, False), (30, True)])
def test_a_lock_of_another_machine_counts_for_a_day(tmp_path, qgis_app, hours, free):
    """In a farm of Citrix servers a profile comes to another machine each morning."""
    lock = tmp_path / "key.lock"
    lock.write_text("1\nqgis\nanother-machine\n\n\n", encoding="utf-8")
    then = time.time() - hours * 3600
    os.utime(lock, (then, then))
    assert JobBook(None, tmp_path)._lock("key") is free
