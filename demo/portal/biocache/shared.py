"""What all parts of the occurrence service share."""

from __future__ import annotations

from dataclasses import dataclass

from demo.portal.biocache.qids import StoredQueries
from demo.portal.lists.expansion import Expansions
from demo.portal.world import World


@dataclass(frozen=True)
class Shared:
    """The portal, the stored queries, and what the service knows of species lists."""

    world: World
    qids: StoredQueries
    lists: Expansions

    @classmethod
    def of(cls, world: World) -> Shared:
        qids = StoredQueries(world.clock)
        world.on_reset.append(qids.clear)
        return cls(world, qids, Expansions(world))
