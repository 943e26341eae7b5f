"""One's own analyses on the portal, in a file of the profile, so that their numbers outlive QGIS.

Whoever knows a number can read the results, so a run is shown to its own person only. Of what was
asked nothing is kept: no species, no list, no place, no token.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Mapping

from biodiv_plugin.use_cases.journal_file import read_entries, write_entries

VERSION = 1
KEPT = 100  # runs; the oldest that ended go first
OPEN, DONE, FAILED = "open", "done", "failed"
_MEMBER = "runs"


@dataclass(frozen=True)
class AnalysisRun:
    """One analysis. ``number`` is 0 until the portal has given one.

    ``state`` is OPEN while its results were not fetched. ``areas`` are the ids of polygons of
    one's own that may still lie on the portal for everybody. ``folder`` is where the results go,
    or went. ``sub`` is whose it is; "" is nobody's.
    """

    key: str
    process: str
    portal: str
    sub: str
    folder: str
    number: int = 0
    state: str = OPEN
    areas: tuple[str, ...] = ()
    created: str = field(
        default_factory=lambda: datetime.now(timezone.utc).isoformat(timespec="seconds")
    )


class AnalysisJournal:
    """The runs of one profile. The file is read each time: two windows of QGIS share it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def runs(self, portal: str, sub: str) -> tuple[AnalysisRun, ...]:
        """Return a person's runs on a portal and nobody's, the oldest first."""
        return tuple(run for run in self._read() if run.portal == portal and run.sub in ("", sub))

    def put(self, run: AnalysisRun) -> None:
        """Write ``run`` down, in the place of an older one with its key."""
        runs = {known.key: known for known in self._read()}
        runs[run.key] = run
        ended = [key for key, known in runs.items() if known.state != OPEN and not known.areas]
        for key in ended[: max(0, len(runs) - KEPT)]:
            del runs[key]
        self._write(runs)

    def remove(self, key: str) -> None:
        runs = {known.key: known for known in self._read()}
        if runs.pop(key, None) is not None:
            self._write(runs)

    def _read(self) -> list[AnalysisRun]:
        return read_entries(self._path, VERSION, _MEMBER, _run)

    def _write(self, runs: Mapping[str, AnalysisRun]) -> None:
        write_entries(self._path, VERSION, _MEMBER, map(asdict, runs.values()))


def _run(entry: Mapping[str, Any]) -> AnalysisRun:
    areas = tuple(str(pid) for pid in entry["areas"])
    return AnalysisRun(**{**entry, "areas": areas, "number": int(entry["number"])})
