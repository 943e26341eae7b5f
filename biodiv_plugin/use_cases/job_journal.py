"""Downloads that outlive QGIS: what was asked and where it goes, in a file of the profile.

No link to a finished file (whoever knows it can fetch it), no token, and of a private list its id
alone.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Mapping, Optional

from biodiv_plugin.portal.errors import InvalidQuery
from biodiv_plugin.portal.query import OccurrenceQuery
from biodiv_plugin.use_cases.journal_file import read_entries, write_entries

VERSION = 1
KEPT = 50  # entries; the oldest that ended go first
RUNNING, DONE, FAILED = "running", "done", "failed"


@dataclass(frozen=True)
class JournalEntry:
    """One download. ``job_id`` is empty until the portal has given one; ``expand`` says that the
    taxa of the query's list must be read again before it can be asked anew; ``former`` is the
    earlier download of the same question that this one follows, if any."""

    key: str
    query: OccurrenceQuery
    target: Path
    crs: str
    reason_id: int
    fields: tuple[str, ...]
    portal: str
    sub: str
    state: str = RUNNING
    job_id: str = ""
    announced: int = 0
    expand: bool = False
    former: Optional[Path] = None
    created: str = field(
        default_factory=lambda: datetime.now(timezone.utc).isoformat(timespec="seconds")
    )


class JobJournal:
    """The entries of one profile, the oldest first. For one thread."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._entries = {entry.key: entry for entry in read_entries(path, VERSION, "jobs", _entry)}

    def entries(self) -> tuple[JournalEntry, ...]:
        return tuple(self._entries.values())

    def put(self, entry: JournalEntry) -> None:
        """Write ``entry`` down, in the place of an older one with its key."""
        if entry.query.list_taxa:
            bare = replace(entry.query, list_taxa=(), list_name="")
            entry = replace(entry, query=bare, expand=True)
        self._entries[entry.key] = entry
        ended = [key for key, known in self._entries.items() if known.state != RUNNING]
        for key in ended[: max(0, len(self._entries) - KEPT)]:
            del self._entries[key]
        self._write()

    def remove(self, key: str) -> None:
        if self._entries.pop(key, None) is not None:
            self._write()

    def _write(self) -> None:
        write_entries(self._path, VERSION, "jobs", map(_to_json, self._entries.values()))


def _to_json(entry: JournalEntry) -> dict[str, Any]:
    former = None if entry.former is None else str(entry.former)
    members = {"query": entry.query.to_json(), "target": str(entry.target), "former": former}
    return {**asdict(entry), **members}


def _entry(job: Mapping[str, Any]) -> Optional[JournalEntry]:
    try:
        query = OccurrenceQuery.from_json(job["query"])
    except InvalidQuery:  # written by a later version: nothing can be done with it here
        return None
    former = job.get("former")  # entries of an earlier version have none
    members = {
        **job,
        "query": query,
        "target": Path(job["target"]),
        "fields": tuple(job["fields"]),
        "former": Path(former) if former else None,
    }
    return JournalEntry(**members)
