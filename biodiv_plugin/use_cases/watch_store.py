"""What QGIS keeps of watches on this computer.

A watch itself may lie in a project or in the QGIS profile. What was found lies in the profile
only, apart for each person: who may see exact positions of sensitive species leaves none of them
in a file that others get, nor to the next one who signs in.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict
from datetime import date, datetime, timezone
from hashlib import sha256
from pathlib import Path
from typing import Any, Mapping

from biodiv_plugin.layers.storage import told_by_storage, write_whole
from biodiv_plugin.portal.errors import InvalidQuery
from biodiv_plugin.portal.watch import NewRecord, Watch, WatchState

KEPT = 5000  # records of one watch that are remembered; the oldest go first
NOBODY = "public"  # who looks signed out


class WatchStore:
    """Keeps watches, and what they found, in ``folder``, which belongs to one portal.

    Readable by its user alone. What cannot be written raises ``StorageFailed``; what cannot be
    read counts as not there.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def watches(self) -> tuple[Watch, ...]:
        """Return the watches of the profile, by name."""
        found = []
        for path in self._folder.glob("*.watch.json"):
            with suppress(OSError, ValueError, InvalidQuery):
                found.append(Watch.from_json(json.loads(path.read_text(encoding="utf-8"))))
        return tuple(sorted(found, key=lambda watch: watch.name.lower()))

    def save(self, watch: Watch) -> None:
        _write(self._folder / f"{_safe(watch.id)}.watch.json", watch.to_json())

    def remove(self, watch_id: str) -> None:
        """Forget a watch and all that was found, by whomever."""
        for path in self._folder.glob(f"{_safe(watch_id)}.*.json"):
            with told_by_storage(path):
                path.unlink()

    def state(self, watch_id: str, viewer: str) -> WatchState:
        """Return what ``viewer`` (a user id, or "") has found so far."""
        with suppress(OSError, ValueError, KeyError, TypeError):
            saved = json.loads(self._state_path(watch_id, viewer).read_text(encoding="utf-8"))
            return _state(saved)
        return WatchState()

    def save_state(self, watch_id: str, viewer: str, state: WatchState) -> None:
        value = {
            "checked": state.checked.isoformat() if state.checked else None,
            "known": sorted(state.known),
            "records": [_record_json(record) for record in state.records[-KEPT:]],
        }
        _write(self._state_path(watch_id, viewer), value)

    def _state_path(self, watch_id: str, viewer: str) -> Path:
        name = sha256(viewer.encode("utf-8")).hexdigest()[:16] if viewer else NOBODY
        return self._folder / f"{_safe(watch_id)}.{name}.json"


def _safe(watch_id: str) -> str:
    """Return an id as part of a file's name; one from a project may be anything."""
    if watch_id.isalnum() and len(watch_id) <= 64:
        return watch_id
    return sha256(watch_id.encode("utf-8")).hexdigest()[:32]


def _write(path: Path, value: Mapping[str, Any]) -> None:
    write_whole(path, json.dumps(value, ensure_ascii=False))


def _record_json(record: NewRecord) -> dict[str, Any]:
    day = record.event_date.isoformat() if record.event_date else None
    return {**asdict(record), "event_date": day, "found": record.found.isoformat()}


def _state(saved: Mapping[str, Any]) -> WatchState:
    return WatchState(
        checked=_moment(saved["checked"]) if saved["checked"] else None,
        known=frozenset((str(zone), str(uuid)) for zone, uuid in saved["known"]),
        records=tuple(
            NewRecord(
                **{
                    **record,
                    "event_date": date.fromisoformat(record["event_date"])
                    if record["event_date"]
                    else None,
                    "found": _moment(record["found"]),
                }
            )
            for record in saved["records"]
        ),
    )


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)
