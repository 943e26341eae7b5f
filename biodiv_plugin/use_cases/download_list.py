"""Fetch a species list as the CSV file that the portal makes of it."""

from __future__ import annotations

import csv
from contextlib import suppress
from pathlib import Path

from biodiv_plugin.layers.storage import replace_file, told_by_storage
from biodiv_plugin.portal.http import UNWATCHED, Feedback
from biodiv_plugin.portal.species_lists import SpeciesListClient
from biodiv_plugin.use_cases.load_species_list import LoadedList, load_species_list


def download_list(
    druid: str,
    target: Path,
    lists: SpeciesListClient,
    private: bool,
    feedback: Feedback = UNWATCHED,
) -> Path:
    """Write ``target``, whole or not at all, and return it.

    The portal's own file is made by a page, where no token goes; so that of a ``private`` list
    is written here, from its items, with the same names of columns as far as they are known.
    Raises ``PortalError``, ``StorageFailed`` among them, and ``Canceled``.
    """
    part = target.with_name(f"{target.name}.part")
    try:
        with told_by_storage(target):
            part.unlink(missing_ok=True)  # a list is small: an old rest is not worth keeping
            if private:
                _write(load_species_list(druid, lists, True, feedback), part)
            else:
                lists.download_csv(druid, part, feedback=feedback)
            replace_file(part, target)
    finally:
        with suppress(OSError):
            part.unlink()
    return target


def _write(loaded: LoadedList, target: Path) -> None:
    with target.open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream)
        table.writerow(("Supplied Name", "guid", "scientificName", "vernacularName", *loaded.keys))
        for item in loaded.items:
            values: dict[str, str] = {}
            for key, value in item.values:
                values[key] = f"{values[key]}|{value}" if key in values else value
            own = (item.supplied_name, item.taxon_key, item.scientific_name, item.vernacular_name)
            table.writerow((*own, *(values.get(key, "") for key in loaded.keys)))
