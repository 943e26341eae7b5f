"""Which layers one marked as favourite, and which one added last."""

from __future__ import annotations

import json

from qgis.PyQt.QtCore import QObject, pyqtSignal

from biodiv_plugin.portal.catalogue import LayerEntry
from biodiv_plugin.settings import Setting
from biodiv_plugin.use_cases.search_catalogue import key_of

MOST_RECENT = 8
_FAVOURITES = Setting("layers/favourites", "[]")
_RECENT = Setting("layers/recent", "[]")


class LayerMarks(QObject):
    """Kept in the profile under names that hold in every environment, unlike ids."""

    changed = pyqtSignal()

    def favourites(self) -> tuple[str, ...]:
        return _read(_FAVOURITES)

    def recent(self) -> tuple[str, ...]:
        """Return the keys of layers, the last added first."""
        return _read(_RECENT)

    def is_favourite(self, entry: LayerEntry) -> bool:
        return key_of(entry) in self.favourites()

    def toggle(self, entry: LayerEntry) -> None:
        """Mark ``entry`` as favourite, or no longer."""
        key, before = key_of(entry), self.favourites()
        after = tuple(k for k in before if k != key) if key in before else (*before, key)
        _write(_FAVOURITES, after)
        self.changed.emit()

    def used(self, entry: LayerEntry) -> None:
        key = key_of(entry)
        others = tuple(known for known in self.recent() if known != key)
        _write(_RECENT, (key, *others)[:MOST_RECENT])
        self.changed.emit()


def _read(setting: Setting) -> tuple[str, ...]:
    try:
        found = json.loads(setting.get())
    except ValueError:  # somebody edited the settings
        return ()
    return tuple(map(str, found)) if isinstance(found, list) else ()


def _write(setting: Setting, keys: tuple[str, ...]) -> None:
    setting.set(json.dumps(keys))
