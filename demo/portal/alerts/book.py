"""What the alerts service stores: types of notification, people, who wants what how often.

Contract/lists 3.3. All in memory: a reset of the portal empties it.
"""

from __future__ import annotations

import itertools
import threading
import uuid
from dataclasses import dataclass, field
from typing import Any, Dict, List, Optional

from demo.portal.alerts.queries import Query, standard_queries
from demo.portal.world import World

FREQUENCIES = ((1, "hourly", 3600), (2, "daily", 86400), (3, "weekly", 604800))
FREQUENCIES += ((4, "monthly", 2419200),)
_WEEKLY = 3
_LAST_CHECKED = "2025-11-01T10:00:00Z"


@dataclass
class User:
    """Somebody the service knows. ``frequency`` None: no mail at all."""

    id: int
    user_id: str
    email: str
    frequency: Optional[int] = _WEEKLY
    token: str = field(default_factory=lambda: str(uuid.uuid4()))

    def changed(self) -> None:
        """Give a new token: it does not survive a change of the record."""
        self.token = str(uuid.uuid4())


@dataclass(frozen=True)
class Notification:
    """One subscription."""

    id: int
    query_id: int
    user_id: str
    token: str


class Book:
    """The store; each method that changes is atomic."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.lock = threading.RLock()
        world.on_reset.append(self.clear)
        self.clear()

    def clear(self) -> None:
        """Begin again: the standard types, one person with subscriptions, and a stranger's."""
        with self.lock:
            self._ids = itertools.count(12)
            standard = standard_queries(self._world.base)
            self.queries: Dict[int, Query] = dict(enumerate(standard, 1))
            self.users: Dict[str, User] = {}
            self.notifications: List[Notification] = []
            self.with_annotations: set[str] = set()
            hilde = self._world.people.named("hilde")
            if hilde is not None and hilde.email:
                self.register(hilde.sub, hilde.email)
                self.subscribe(hilde.sub, 2)
                self.subscribe(hilde.sub, 8)
            self.register("3f1c0000-0000-4000-8000-000000000001", "iemand@natuur.example")
            self.subscribe("3f1c0000-0000-4000-8000-000000000001", 2)

    def register(self, user_id: str, email: str) -> User:
        """Return the record of this person, made now if need be: weekly, no subscription."""
        with self.lock:
            if user_id not in self.users:
                self.users[user_id] = User(len(self.users) + 7, user_id, email)
            return self.users[user_id]

    def subscribed(self, user_id: str) -> List[int]:
        """Return the numbers of the types that this person is subscribed to."""
        return [item.query_id for item in self.notifications if item.user_id == user_id]

    def subscribe(self, user_id: str, query_id: int) -> None:
        """Subscribe; a second time changes nothing."""
        with self.lock:
            if query_id not in self.subscribed(user_id):
                token = str(uuid.uuid4())
                self.notifications.append(Notification(next(self._ids), query_id, user_id, token))
                self.users[user_id].changed()

    def unsubscribe(self, user_id: str, query_id: Optional[int] = None) -> int:
        """End a subscription, or all of them; return how many there were."""
        with self.lock:
            gone = [
                item
                for item in self.notifications
                if item.user_id == user_id and query_id in (None, item.query_id)
            ]
            self.notifications = [item for item in self.notifications if item not in gone]
            if gone and user_id in self.users:
                self.users[user_id].changed()
            return len(gone)

    def delete_notification(self, number: int) -> None:
        """Delete a subscription, whoever it belongs to."""
        with self.lock:
            self.notifications = [item for item in self.notifications if item.id != number]

    def set_frequency(self, user_id: str, name: str) -> None:
        """Set the one frequency of a person; an unknown name stores none."""
        with self.lock:
            user = self.users[user_id]
            user.frequency = next((number for number, n, _ in FREQUENCIES if n == name), None)
            user.changed()

    def add_query(self, query: Query) -> int:
        """Store a custom query and return its number; an equal one is used again."""
        with self.lock:
            for number, known in self.queries.items():
                if known == query:
                    return number
            number = max(self.queries) + 1
            self.queries[number] = query
            return number

    def query_document(self, number: int) -> Dict[str, Any]:
        """Return a type as GORM writes it; ``notifications`` are everybody's."""
        everybody = [{"id": item.id} for item in self.notifications if item.query_id == number]
        return self.queries[number].document(number, everybody)

    def configuration(self, user_id: str, annotations: bool = False) -> Dict[str, Any]:
        """Return what the api answers of a person."""
        with self.lock:
            user, mine = self.users[user_id], self.subscribed(user_id)
            standard = [number for number, query in self.queries.items() if not query.custom]
            own = [number for number in mine if self.queries[number].custom]
            answer: Dict[str, Any] = {
                "disabledQueries": [self.query_document(n) for n in standard if n not in mine],
                "enabledQueries": [self.query_document(n) for n in standard if n in mine],
                "customQueries": [self.query_document(n) for n in own],
                "frequencies": [_frequency(*row) for row in FREQUENCIES],
                "user": {
                    "id": user.id,
                    "email": user.email,
                    "frequency": None if user.frequency is None else {"id": user.frequency},
                    "locked": None,
                    "notifications": [
                        {"id": item.id} for item in self.notifications if item.user_id == user_id
                    ],
                    "unsubscribeToken": user.token,
                    "userId": user.user_id,
                },
            }
            if annotations:
                answer["myannotation"] = [{"id": 99}] if user_id in self.with_annotations else []
            return answer


def _frequency(number: int, name: str, seconds: int) -> Dict[str, Any]:
    checked = _LAST_CHECKED if name == "hourly" else None
    return {"id": number, "lastChecked": checked, "name": name, "periodInSeconds": seconds}
