"""The file of a journal: entries that outlive QGIS, replaced as a whole so that none is half."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Callable, Iterable, Mapping, Optional, TypeVar

from biodiv_plugin.layers.storage import write_whole
from biodiv_plugin.log import logger
from biodiv_plugin.portal.errors import StorageFailed

Entry = TypeVar("Entry")


def read_entries(
    path: Path, version: int, member: str, parse: Callable[[Mapping[str, Any]], Optional[Entry]]
) -> list[Entry]:
    """Return the entries of the file that ``parse`` understands (it returns ``None`` for others).

    A file that is not there, is spoiled, or is of another version holds none.
    """
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        if document["version"] != version:
            return []
        entries = [parse(entry) for entry in document[member]]
    except FileNotFoundError:
        return []
    except (OSError, KeyError, TypeError, ValueError) as fault:
        logger.warning("the journal %s was not read: %r", path.name, fault)
        return []
    return [entry for entry in entries if entry is not None]


def write_entries(
    path: Path, version: int, member: str, entries: Iterable[Mapping[str, Any]]
) -> None:
    """Replace the file as a whole: a killed QGIS leaves the former one. It is for its user alone:
    who knows a number can read the results.

    What cannot be written is told in the log only: the work is worth more than the note of it.
    """
    document = {"version": version, member: list(entries)}
    try:
        write_whole(path, json.dumps(document, ensure_ascii=False))
    except StorageFailed as fault:
        logger.warning("the journal %s was not written: %r", path.name, fault)
