"""Read the catalogue of layers, and keep a copy for when the portal cannot be reached."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any, Mapping, Optional

from biodiv_plugin.layers.storage import write_whole
from biodiv_plugin.log import logger
from biodiv_plugin.portal.catalogue import CatalogueClient, LayerEntry
from biodiv_plugin.portal.errors import StorageFailed
from biodiv_plugin.portal.http import UNWATCHED, Feedback
from biodiv_plugin.use_cases.search_catalogue import CatalogueIndex

_FORMAT = 1
_KNOWN = frozenset(field.name for field in fields(LayerEntry))


@dataclass(frozen=True)
class Catalogue:
    """``copied`` is when an offline copy was made; ``None`` where the portal itself answered."""

    index: CatalogueIndex
    copied: Optional[datetime] = None


class CatalogueCopy:
    """The catalogue of one portal as it was last time, in one file of the profile."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> Optional[Catalogue]:
        """Return the copy, or ``None`` where there is none that can be read."""
        try:
            saved = json.loads(self._path.read_text(encoding="utf-8"))
            if saved["format"] != _FORMAT:
                return None
            entries = [_restored(members) for members in saved["layers"]]
            copied = datetime.fromtimestamp(self._path.stat().st_mtime)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, TypeError, KeyError) as fault:
            logger.warning("the copy of the catalogue cannot be read: %r", fault)
            return None
        return Catalogue(CatalogueIndex(entries), copied)

    def save(self, index: CatalogueIndex) -> None:
        """Replace the copy. Where that fails the log tells: one can work without."""
        layers = [asdict(entry) for entry in index.entries]
        try:
            write_whole(self._path, json.dumps({"format": _FORMAT, "layers": layers}, default=str))
        except StorageFailed as fault:
            logger.warning("the copy of the catalogue cannot be written: %r", fault)


def fetch_catalogue(
    client: CatalogueClient, copy: CatalogueCopy, feedback: Feedback = UNWATCHED
) -> Catalogue:
    """Return the catalogue as it is now, and keep a copy. Raises ``PortalError``, ``Canceled``."""
    index = CatalogueIndex(client.fields(feedback=feedback))
    if index.entries:  # an empty answer is no reason to forget what one had
        copy.save(index)
    return Catalogue(index)


def _restored(members: Mapping[str, Any]) -> LayerEntry:
    values = {name: value for name, value in members.items() if name in _KNOWN}
    if values.get("added"):
        values["added"] = date.fromisoformat(values["added"])
    if values.get("extent"):
        values["extent"] = tuple(values["extent"])
    return LayerEntry(**values)
