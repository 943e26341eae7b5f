"""The species lists' own database, which lives as long as the portal does."""

from __future__ import annotations

import datetime
import shutil
import sqlite3
import threading
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Dict, Iterable, Iterator, List, Optional, Sequence, Tuple

from demo.portal.data.lists import SEEDS, SeedList
from demo.portal.names.list_matching import matched
from demo.portal.world import World

Pair = Tuple[str, Optional[str]]

_SCHEMA = """
CREATE TABLE list (
    id INTEGER PRIMARY KEY AUTOINCREMENT, druid TEXT UNIQUE, listName TEXT, description TEXT,
    url TEXT, wkt TEXT, listType TEXT, dateCreated TEXT, lastUpdated TEXT, lastUploaded TEXT,
    lastMatched TEXT, isPrivate INTEGER DEFAULT 0, isSDS INTEGER DEFAULT 0, isBIE INTEGER DEFAULT 0,
    isAuthoritative INTEGER DEFAULT 0, isInvasive INTEGER DEFAULT 0, isThreatened INTEGER DEFAULT 0,
    region TEXT, authority TEXT, category TEXT, generalisation TEXT, sdsType TEXT,
    looseSearch INTEGER, username TEXT, userId TEXT, firstName TEXT, surname TEXT);
CREATE TABLE editor (list_id INTEGER REFERENCES list ON DELETE CASCADE, user_id TEXT,
    UNIQUE (list_id, user_id));
CREATE TABLE item (
    id INTEGER PRIMARY KEY AUTOINCREMENT, list_id INTEGER REFERENCES list ON DELETE CASCADE,
    itemOrder INTEGER, rawScientificName TEXT, guid TEXT, matchedName TEXT, commonName TEXT,
    author TEXT, family TEXT, kingdom TEXT, isPublished INTEGER DEFAULT 0);
CREATE TABLE kvp (item_id INTEGER REFERENCES item ON DELETE CASCADE, itemOrder INTEGER,
    key TEXT, value TEXT, vocabValue TEXT);
CREATE INDEX item_list ON item(list_id);
CREATE INDEX item_guid ON item(guid);
CREATE INDEX item_name ON item(rawScientificName);
CREATE INDEX kvp_item ON kvp(item_id);
INSERT INTO sqlite_sequence VALUES ('list', 1000), ('item', 4251000);
"""
MOCKED = {"username": "mocked-user", "firstName": "Mockedy", "surname": "Mock"}


@dataclass(frozen=True)
class NewItem:
    """An item to store: the supplied name and its pairs in their order."""

    name: str
    pairs: Tuple[Pair, ...] = ()


class Store:
    """The lists. Every call opens the file anew, so that any thread may use it."""

    def __init__(self, world: World) -> None:
        self.world = world
        # Not in the portal's folder: two portals may stand on one folder, each with its own lists.
        self._folder = TemporaryDirectory(prefix="demo-portal-lists-")
        self._path = Path(self._folder.name, "lists.sqlite")
        self._first = Path(self._folder.name, "lists.first.sqlite")
        self._lock = threading.Lock()
        self._seeded = self._fresh = self._changed = False
        world.on_reset.append(self.reset)

    @classmethod
    def of(cls, world: World) -> Store:
        """Return the one store of ``world``."""
        store: Store = vars(world).setdefault("species_lists", None) or cls(world)
        vars(world)["species_lists"] = store
        return store

    def reset(self) -> None:
        """Bring the lists back to those the portal starts with."""
        with self._lock:
            self._fresh = self._fresh and not self._changed

    def now(self) -> str:
        """Return the time of the portal's clock as the service writes it."""
        moment = datetime.datetime.fromtimestamp(self.world.clock(), datetime.timezone.utc)
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ")

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Open the database; rows by name."""
        with closing(self._open()) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Open the database for one change, all of it or nothing."""
        with closing(self._open()) as connection, connection:
            self._changed = True
            yield connection

    def _open(self) -> sqlite3.Connection:
        with self._lock:
            if not self._seeded:
                self._seed()
            if not self._fresh:
                shutil.copyfile(self._first, self._path)
            self._seeded, self._fresh, self._changed = True, True, self._fresh and self._changed
        connection = sqlite3.connect(self._path, timeout=30)
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = OFF")
        return connection

    def _seed(self) -> None:
        """Write the first lists to a file of their own: a reset is then a mere copy."""
        with closing(sqlite3.connect(self._first)) as connection, connection:
            connection.executescript(_SCHEMA)
            for seed in SEEDS:
                self._add_seed(connection, seed)

    def _add_seed(self, connection: sqlite3.Connection, seed: SeedList) -> None:
        def user_id(name: Optional[str]) -> Optional[str]:
            person = self.world.people.named(name) if name else None
            return person.sub if person else None

        values: Dict[str, Any] = {
            **MOCKED,
            **dict.fromkeys(seed.flags, 1),
            "druid": seed.druid,
            "listName": seed.name,
            "listType": seed.kind,
            "description": seed.description,
            "region": seed.region,
            "authority": seed.authority,
            "wkt": seed.wkt,
            "isPrivate": int(seed.private),
            "userId": user_id(seed.owner),
        }
        values.update(dict.fromkeys(DATES, seed.created))
        list_id = insert_list(connection, values)
        for editor in seed.editors:
            add_editor(connection, list_id, user_id(editor))
        add_items(connection, list_id, (NewItem(item.name, item.pairs) for item in seed.items()))


DATES = ("dateCreated", "lastUpdated", "lastUploaded", "lastMatched")


def insert_list(connection: sqlite3.Connection, values: Dict[str, Any]) -> int:
    """Store a list; the keys of ``values`` are columns that the program names."""
    columns, marks = ", ".join(values), ", ".join("?" * len(values))
    statement = f"INSERT INTO list ({columns}) VALUES ({marks})"
    return int(connection.execute(statement, tuple(values.values())).lastrowid or 0)


def update_list(connection: sqlite3.Connection, list_id: int, values: Dict[str, Any]) -> None:
    """Change a list; the keys of ``values`` are columns that the program names."""
    changes = ", ".join(f"{column} = ?" for column in values)
    connection.execute(f"UPDATE list SET {changes} WHERE id = ?", (*values.values(), list_id))


def add_editor(connection: sqlite3.Connection, list_id: int, user_id: Optional[str]) -> None:
    if user_id:
        connection.execute("INSERT OR IGNORE INTO editor VALUES (?, ?)", (list_id, user_id))


def add_items(
    connection: sqlite3.Connection, list_id: int, items: Iterable[NewItem]
) -> List[Optional[str]]:
    """Match and append ``items``; return the taxon id of each, None where there is none.

    As in the service the numbering begins anew with each call, so that a list which was added to
    has the same ``itemOrder`` twice.
    """
    guids = []
    for order, item in enumerate(items, 1):
        found = matched(item.name, item.pairs)
        guids.append(found.guid)
        row = connection.execute(
            "INSERT INTO item (list_id, itemOrder, rawScientificName, guid, matchedName,"
            " commonName, author, family, kingdom) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(list_id, order, item.name, found.guid, found.matched_name),
                *(found.common_name, found.author, found.family, found.kingdom),
            ),
        )
        add_pairs(connection, int(row.lastrowid or 0), item.pairs)
    return guids


def add_pairs(connection: sqlite3.Connection, item_id: int, pairs: Sequence[Pair]) -> None:
    connection.executemany(
        "INSERT INTO kvp VALUES (?, ?, ?, ?, NULL)",
        [(item_id, order, key, value) for order, (key, value) in enumerate(pairs)],
    )


def list_named(connection: sqlite3.Connection, druid: str) -> Optional[sqlite3.Row]:
    """Return the list with this id, or None."""
    row: Optional[sqlite3.Row] = connection.execute(
        "SELECT * FROM list WHERE druid = ?", (druid,)
    ).fetchone()
    return row


def editors(connection: sqlite3.Connection, list_id: int) -> List[str]:
    rows = connection.execute("SELECT user_id FROM editor WHERE list_id = ?", (list_id,))
    return [row["user_id"] for row in rows]


def pairs_of(
    connection: sqlite3.Connection, item_ids: Sequence[int]
) -> Dict[int, List[sqlite3.Row]]:
    """Return the pairs of many items, each item's in their order."""
    found: Dict[int, List[sqlite3.Row]] = {item_id: [] for item_id in item_ids}
    for start in range(0, len(item_ids), 500):
        part = item_ids[start : start + 500]
        marks = ", ".join("?" * len(part))
        rows = connection.execute(
            f"SELECT * FROM kvp WHERE item_id IN ({marks}) ORDER BY item_id, itemOrder, key", part
        )
        for row in rows:
            found[row["item_id"]].append(row)
    return found
