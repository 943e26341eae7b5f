"""Where the geographic services keep what people made: areas and results of analyses.

Beside the data, by the portal's port, so that several portals can share the data and one at the
same port finds its own again.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from urllib.parse import urlsplit

from demo.portal.data import mapfile
from demo.portal.world import World


def name(world: World) -> str:
    """Return the folder's name below the data's folder."""
    return f"state-{urlsplit(world.base).port or 80}"


def folder(world: World) -> Path:
    return world.folder / name(world)


def user_areas(world: World) -> Path:
    """Return where each user's area lies as ``{pid}.geojson``, for MapServer."""
    return folder(world) / mapfile.USER_AREAS


def task(world: World, number: str) -> Path:
    """Return the folder of an analysis; one that cannot be where ``number`` is no number."""
    return folder(world) / mapfile.TASKS / (number if number.isdigit() else "none")


def tasks(world: World) -> Path:
    return folder(world) / mapfile.TASKS


def clear(world: World) -> None:
    """Forget all."""
    shutil.rmtree(folder(world), ignore_errors=True)
