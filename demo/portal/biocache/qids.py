"""Stored queries: a number that stands for q, filters and area (contract/occurrences 1.5)."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any, Callable, Dict, Optional, Tuple

MAX_BYTES = 5_242_880


@dataclass(frozen=True)
class StoredQuery:
    """What a qid remembers; ``bbox`` is west, south, east, north."""

    id: int
    q: str
    display: str
    fqs: Tuple[str, ...]
    wkt: str
    bbox: Optional[Tuple[float, float, float, float]]
    max_age: int
    source: str
    last_use: int

    def as_json(self) -> Dict[str, Any]:
        shown: Dict[str, Any] = {
            "rowKey": str(self.id),
            "q": self.q,
            "displayString": self.display,
            "wkt": self.wkt or None,
            "bbox": list(self.bbox) if self.bbox else None,
            "lastUse": self.last_use,
            "fqs": list(self.fqs),
            "maxAge": self.max_age,
            "source": self.source or None,
        }
        return {name: value for name, value in shown.items() if value is not None}


class StoredQueries:
    """All qids of one portal; safe between threads. The id is the time of storing, in ms."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._queries: Dict[int, StoredQuery] = {}

    def add(self, **members: Any) -> StoredQuery:
        with self._lock:
            now = int(self._clock() * 1000)
            number = now
            while number in self._queries:
                number += 1
            query = StoredQuery(id=number, last_use=now, **members)
            self._queries[number] = query
            return query

    def get(self, number: str) -> Optional[StoredQuery]:
        with self._lock:
            return self._queries.get(int(number)) if number.isdecimal() else None

    def clear(self) -> None:
        with self._lock:
            self._queries.clear()
