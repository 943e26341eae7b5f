"""Fetch a species list as the CSV file that the portal makes of it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from biodiv_plugin.layers.storage import told_by_storage
from biodiv_plugin.portal.http import UNWATCHED, Feedback
from biodiv_plugin.portal.species_lists import SpeciesListClient


def download_list(
    druid: str,
    target: Path,
    lists: SpeciesListClient,
    private: bool,
    feedback: Feedback = UNWATCHED,
) -> Path:
    """Write ``target``, whole or not at all, and return it.

    Raises ``PortalError``, ``StorageFailed`` among them, and ``Canceled``.
    """
    part = target.with_name(f"{target.name}.part")
    try:
        with told_by_storage(target):
            part.unlink(missing_ok=True)  # a list is small: an old rest is not worth keeping
            lists.download_csv(druid, part, as_user=private, feedback=feedback)
            part.replace(target)
    finally:
        with suppress(OSError):
            part.unlink()
    return target
