"""What all services of the demo portal share: addresses, files, faults and the clock."""

from __future__ import annotations

import sqlite3
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable

from demo.portal.faults import Faults


@dataclass
class World:
    """One demo portal.

    ``base``    its address without a slash at the end, for example ``http://127.0.0.1:8765``
    ``folder``  generated data: ``portal.sqlite``, ``layers.gpkg``, rasters, finished downloads
    ``clock``   seconds since 1970; a test moves it
    """

    base: str
    folder: Path
    faults: Faults = field(default_factory=Faults)
    clock: Callable[[], float] = time.time

    @property
    def issuer(self) -> str:
        return f"{self.base}/realms/vbp"

    def connect(self) -> sqlite3.Connection:
        """Open the generated data, read-only, rows by name. Each request opens its own."""
        connection = sqlite3.connect(f"file:{self.folder / 'portal.sqlite'}?mode=ro", uri=True)
        connection.row_factory = sqlite3.Row
        return connection
