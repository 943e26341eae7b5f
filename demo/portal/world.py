"""What the services of the demo portal share: addresses, data, people, keys, faults, time."""

from __future__ import annotations

import sqlite3
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Callable, Optional

from demo.portal.faults import Faults
from demo.portal.people import Capacity, People, Person
from demo.portal.signing import SigningKeys
from demo.portal.traffic import RequestLog


class Clock:
    """Seconds since 1970; ``offset`` moves it, so that nobody waits for a session to end."""

    def __init__(self) -> None:
        self.offset = 0.0

    def __call__(self) -> float:
        return time.time() + self.offset


@dataclass
class World:
    """One demo portal.

    ``base``      its address without a slash at the end, for example ``http://127.0.0.1:8765``
    ``folder``    generated data: ``portal.sqlite``, ``layers.gpkg``, rasters, finished downloads
    ``clock``     seconds since 1970; a test moves it
    ``on_reset``  called by :meth:`reset`; a service that keeps jobs or edits adds its own
    ``web_user``  who is signed in to the websites in the browser that asks; by the provider
    ``keycloak``  address of a real Keycloak that is the identity provider; empty: the portal's own
    ``userinfo``  what that Keycloak says of the bearer of a token
    """

    base: str
    folder: Path
    faults: Faults = field(default_factory=Faults)
    clock: Callable[[], float] = field(default_factory=Clock)
    keys: SigningKeys = field(default_factory=SigningKeys)
    people: People = field(default_factory=People)
    requests: RequestLog = field(default_factory=RequestLog)
    on_reset: list[Callable[[], None]] = field(default_factory=list)
    web_user: Callable[[], Optional[tuple[Person, Capacity]]] = lambda: None
    keycloak: str = ""
    userinfo: Optional[Callable[[str], dict[str, Any]]] = None

    @property
    def issuer(self) -> str:
        return f"{self.base}/realms/vbp"

    def connect(self) -> sqlite3.Connection:
        """Open the generated data, read-only, rows by name. Each request opens its own."""
        connection = sqlite3.connect(f"file:{self.folder / 'portal.sqlite'}?mode=ro", uri=True)
        connection.row_factory = sqlite3.Row
        return connection

    def reset(self) -> None:
        """Bring the portal back to its first state: no fault, no session, no job, true time."""
        self.faults.clear()
        self.requests.clear()
        self.people.clear()
        self.keys.forget_old()
        if isinstance(self.clock, Clock):
            self.clock.offset = 0.0
        for callback in self.on_reset:
            callback()
