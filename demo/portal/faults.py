"""Faults that a test, or a curious person, switches on.

Two sorts. A *named* fault (``biocache.stuck_job``) is read by the service it belongs to, by
``world.faults.on(name)``. A *wire* fault (``kind``) spoils the answers to requests whose path
begins with ``path``, whatever service they reach. Both may be limited to ``count`` times.
"""

from __future__ import annotations

import itertools
import threading
import time
from dataclasses import dataclass, field
from typing import Any, Callable, Optional

from flask import Flask, Response, g, request

from demo.portal import spoiled

UNTOUCHED = "/demo/"  # the control endpoint always works


@dataclass
class Fault:
    """One fault; ``left`` is how often it will still happen, None for always."""

    id: int
    name: Optional[str]
    kind: Optional[str]
    path: str
    method: Optional[str]
    contains: str
    skip: int
    left: Optional[int]
    params: dict[str, Any]
    used: int = 0

    def describe(self) -> dict[str, Any]:
        members = ("id", "name", "kind", "path", "method", "contains", "skip", "left", "used")
        return {**{name: getattr(self, name) for name in members}, **self.params}


_RESERVED = frozenset({"name", "kind", "path", "method", "contains", "skip", "count", "params"})


@dataclass
class Faults:
    """The faults that are on; safe between threads."""

    _lock: threading.Lock = field(default_factory=threading.Lock)
    _faults: list[Fault] = field(default_factory=list)
    _ids: Any = field(default_factory=lambda: itertools.count(1))
    _cleared: threading.Event = field(default_factory=threading.Event)

    def add(self, **description: Any) -> dict[str, Any]:
        """Switch a fault on and return its description; raises ValueError for an impossible one.

        ``name=…`` for a named fault or ``kind=…`` with ``path=…`` for a wire fault;
        ``method``, ``contains`` (in path and query) and ``skip`` (that many first) narrow the
        latter, ``count`` limits both. All else, or a dictionary ``params``, are its parameters.
        """
        name, kind = description.get("name"), description.get("kind")
        if bool(name) == bool(kind):
            raise ValueError("a fault has either a name or a kind")
        params = dict(description.get("params") or {})
        params.update({k: v for k, v in description.items() if k not in _RESERVED})
        if kind:
            spoiled.check(kind, params)
        count = description.get("count")
        method = description.get("method")
        with self._lock:
            fault = Fault(
                next(self._ids),
                name,
                kind,
                str(description.get("path", "/")),
                str(method).upper() if method else None,
                str(description.get("contains", "")),
                int(description.get("skip", 0)),
                None if count is None else int(count),
                params,
            )
            self._faults.append(fault)
            return fault.describe()

    def on(self, name: str) -> Optional[dict[str, Any]]:
        """Return the named fault's parameters, or None; a counted one has then happened once."""
        with self._lock:
            for fault in self._faults:
                if fault.name == name and fault.left != 0:
                    _use(fault)
                    return dict(fault.params)
        return None

    def remove(self, fault_id: int) -> bool:
        with self._lock:
            before = len(self._faults)
            self._faults = [fault for fault in self._faults if fault.id != fault_id]
            return len(self._faults) < before

    def clear(self) -> None:
        """Switch everything off, and let those go that a slow fault is holding."""
        with self._lock:
            self._faults.clear()
            released, self._cleared = self._cleared, threading.Event()
        released.set()

    def describe(self) -> list[dict[str, Any]]:
        with self._lock:
            return [fault.describe() for fault in self._faults]

    def pause(self, seconds: float) -> None:
        """Wait, or shorter when the faults are cleared meanwhile."""
        self._cleared.wait(seconds)

    def install(self, app: Flask) -> None:
        """Make the wire faults happen in ``app``."""
        app.before_request(self._before)
        app.after_request(self._after)

    def _before(self) -> Optional[Response]:
        g.began = time.monotonic()
        g.faults = self._matching() if not request.path.startswith(UNTOUCHED) else []
        for fault in g.faults:
            if fault.kind == "latency":
                self.pause(float(fault.params.get("seconds", 1)))
        for fault in g.faults:
            if fault.kind in spoiled.REPLACEMENTS:
                return spoiled.REPLACEMENTS[fault.kind](fault.params)
        return None

    def _after(self, response: Response) -> Response:
        for fault in g.get("faults", []):
            spoil: Optional[Callable[..., Response]] = spoiled.SPOILERS.get(fault.kind)
            if spoil is not None:
                response = spoil(response, fault.params, self.pause)
        return response

    def _matching(self) -> list[Fault]:
        """Return the wire faults that happen to this request, each counted as having happened."""
        where = request.full_path if request.query_string else request.path
        with self._lock:
            matching = []
            for fault in self._faults:
                if not _matches(fault, where) or fault.left == 0:
                    continue
                if fault.skip > 0:
                    fault.skip -= 1
                    continue
                _use(fault)
                matching.append(fault)
            return matching


def _matches(fault: Fault, where: str) -> bool:
    return (
        fault.kind is not None
        and where.startswith(fault.path)
        and fault.contains in where
        and fault.method in (None, request.method)
    )


def _use(fault: Fault) -> None:
    fault.used += 1
    if fault.left is not None:
        fault.left -= 1
