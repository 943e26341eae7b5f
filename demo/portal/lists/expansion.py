"""How the occurrence search reads a list: as anybody, and not every time (contract/lists 2.14)."""

from __future__ import annotations

from typing import Dict, List, Optional, Tuple

from demo.portal.lists.store import Store, list_named
from demo.portal.world import World

CACHED_SECONDS = 600


class Expansions:
    """What the search knows of the lists; an edited list shows late there."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._store = Store.of(world)
        self._cache: Dict[str, Tuple[float, Optional[List[str]]]] = {}
        world.on_reset.append(self._cache.clear)

    def taxa(self, druid: str) -> Optional[List[str]]:
        """Return the taxon keys on a list, for ``species_list:drN``.

        None when the list is unknown or has no matched item: the clause disappears then, and the
        query gets wider. An empty list when it is private: the clause matches nothing.
        """
        known = self._cache.get(druid)
        now = self._world.clock()
        if known is None or now - known[0] > CACHED_SECONDS:
            with self._store.reading() as connection:
                row = list_named(connection, druid)
                if row is not None and row["isPrivate"]:
                    return []  # the service answered 401: an error, and that is not kept
                found = connection.execute(
                    "SELECT DISTINCT guid FROM item WHERE guid IS NOT NULL AND list_id = ?",
                    (row["id"] if row else -1,),
                )
                known = (now, [item["guid"] for item in found] or None)
                self._cache[druid] = known
        return known[1]
