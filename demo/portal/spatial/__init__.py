"""spatial-service and spatial-hub (contract/spatial 1, 3 to 9)."""

from __future__ import annotations

from flask import Blueprint

from demo.portal.spatial import (
    batch,
    catalogue,
    hub,
    intersect,
    objects,
    rest,
    shapes,
    tabulation,
    tasks,
    uploads,
)
from demo.portal.spatial.sampling import Sampler
from demo.portal.spatial.store import Store
from demo.portal.world import World


def blueprint(world: World) -> Blueprint:
    """Return /spatial-service and /spatial-hub."""
    store = Store(world)
    sampler = Sampler(world, store)
    service = Blueprint("service", __name__, url_prefix="/spatial-service")
    for module in (catalogue, objects, shapes, uploads, rest):
        module.register(service, world, store)
    for module in (intersect, batch, tasks, tabulation):
        module.register(service, world, store, sampler)
    world.on_reset.append(store.reset)
    whole = Blueprint("spatial", __name__)
    whole.register_blueprint(service)
    whole.register_blueprint(hub.blueprint(world, store))
    return whole
