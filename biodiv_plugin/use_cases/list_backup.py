"""What the plugin keeps of species lists on this computer: former contents, and unfinished saves.

All of it lies in the QGIS profile, readable by its user alone: lists may be private.
"""

from __future__ import annotations

import json
import secrets
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Mapping, Optional

from biodiv_plugin.layers.storage import write_whole
from biodiv_plugin.portal.species_list import valid_druid
from biodiv_plugin.portal.species_lists import WRITING, NewItem, NewList

KEPT = 20  # backups of one list
_STAMP = "%Y%m%dT%H%M%S%fZ"


@dataclass(frozen=True)
class ListBackup:
    """The content of a list at a moment (UTC)."""

    path: Path
    druid: str
    moment: datetime
    content: NewList


@dataclass(frozen=True)
class UnfinishedSave:
    """A save that was sent, and whose end this computer has not seen.

    ``mode`` is ``create``, ``replace`` or ``append``; ``druid`` is "" for a new list.
    ``former`` is how many lines the list had before.
    """

    path: Path
    mode: str
    druid: str
    content: NewList
    moment: datetime
    former: int

    def is_over(self) -> bool:
        """Return whether the portal cannot still be at work on it."""
        return (_now() - self.moment).total_seconds() > WRITING


class ListStore:
    """Backups and unfinished saves in ``folder``, which belongs to one portal.

    What cannot be written raises ``StorageFailed``, before anything is sent.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def back_up(self, druid: str, content: NewList) -> Path:
        """Keep the present content of a list; of the older ones the newest stay."""
        folder = self._folder / valid_druid(druid)
        path = folder / f"{_now().strftime(_STAMP)}.json"
        self._write(path, {"druid": druid, "content": asdict(content)})
        for old in sorted(folder.glob("*.json"))[:-KEPT]:
            with suppress(OSError):
                old.unlink()
        return path

    def backups(self, druid: str) -> tuple[ListBackup, ...]:
        """Return what is kept of a list, the newest first; a damaged file is left out."""
        found = []
        for path in sorted((self._folder / valid_druid(druid)).glob("*.json"), reverse=True):
            with suppress(OSError, ValueError, KeyError, TypeError):
                saved = json.loads(path.read_text(encoding="utf-8"))
                moment = datetime.strptime(path.stem, _STAMP).replace(tzinfo=timezone.utc)
                found.append(ListBackup(path, druid, moment, _content(saved["content"])))
        return tuple(found)

    def begin(self, user_id: str, mode: str, druid: str, content: NewList, former: int) -> Path:
        """Note that a save is about to be sent; it stays noted until :meth:`end`."""
        path = (
            self._folder / "unfinished" / f"{_now().strftime(_STAMP)}-{secrets.token_hex(3)}.json"
        )
        self._write(
            path,
            {
                "user_id": user_id,
                "mode": mode,
                "druid": druid,
                "content": asdict(content),
                "moment": _now().isoformat(),
                "former": former,
            },
        )
        return path

    def end(self, path: Path) -> None:
        """The end of a save is known."""
        with suppress(OSError):
            path.unlink()

    def unfinished(self, user_id: str) -> tuple[UnfinishedSave, ...]:
        """Return the saves of one account whose end is not known, the oldest first."""
        found = []
        for path in sorted((self._folder / "unfinished").glob("*.json")):
            with suppress(OSError, ValueError, KeyError, TypeError):
                saved = json.loads(path.read_text(encoding="utf-8"))
                if saved["user_id"] == user_id:
                    found.append(
                        UnfinishedSave(
                            path,
                            saved["mode"],
                            saved["druid"],
                            _content(saved["content"]),
                            datetime.fromisoformat(saved["moment"]),
                            int(saved["former"]),
                        )
                    )
        return tuple(found)

    def _write(self, path: Path, value: Mapping[str, Any]) -> None:
        write_whole(path, json.dumps(value, ensure_ascii=False))


def _content(saved: Optional[Mapping[str, Any]]) -> NewList:
    if not isinstance(saved, dict):
        raise ValueError("a backup of another form")
    items = tuple(
        NewItem(str(item["name"]), tuple((str(k), str(v)) for k, v in item["values"]))
        for item in saved["items"]
    )
    return NewList(**{**saved, "items": items})


def _now() -> datetime:
    return datetime.now(timezone.utc)
