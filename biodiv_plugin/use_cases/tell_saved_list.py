"""What became of a list that was saved, told in sentences."""

from __future__ import annotations

from typing import Sequence

from qgis.PyQt.QtCore import QLocale

from biodiv_plugin.translation import translate
from biodiv_plugin.use_cases.save_species_list import SavedSpeciesList, SaveMode

NAMED = 5  # names that are told; more are counted


def tell_saved_list(
    saved: SavedSpeciesList, name: str, wanted_private: bool
) -> tuple[tuple[str, ...], bool]:
    """Return the sentences, and whether one of them is a warning."""
    number = QLocale().toString
    told = [_what(saved).format(name=name, n=number(len(saved.taxa)))]
    warnings = []
    if saved.recovered:
        told.append(
            translate("SavedList", "The portal's answer got lost, but the list is complete there.")
        )
    if saved.unmatched:
        told.append(
            translate("SavedList", "Unknown to the portal ({n}): {names}.").format(
                n=number(len(saved.unmatched)), names=_some(saved.unmatched)
            )
        )
    if saved.differently:
        warnings.append(
            translate(
                "SavedList", "The portal took these for another species ({n}): {names}."
            ).format(n=number(len(saved.differently)), names=_some(saved.differently))
        )
    if saved.mode is SaveMode.CREATE and saved.owned is False:
        warnings.append(
            translate(
                "SavedList",
                "The portal did not note you as its owner. Tell the help desk of the portal "
                "the number {druid}: you cannot change this list, and others might.",
            ).format(druid=saved.druid)
        )
    if saved.mode is SaveMode.CREATE and wanted_private and saved.private is False:
        warnings.append(
            translate(
                "SavedList", "It is public, though it was to be private. Change that on the portal."
            )
        )
    if saved.owned is None or saved.private is None:
        told.append(
            translate("SavedList", "Whose it is, and who sees it, could not be checked just now.")
        )
    return (*told, *warnings), bool(warnings)


def _what(saved: SavedSpeciesList) -> str:
    if saved.mode is SaveMode.APPEND:
        return translate("SavedList", "{n} names were added to “{name}”.")
    if saved.mode is SaveMode.REPLACE:
        return translate("SavedList", "“{name}” now has {n} names on the portal.")
    if saved.private:
        return translate("SavedList", "“{name}” is on the portal with {n} names; only you see it.")
    return translate("SavedList", "“{name}” is on the portal with {n} names.")


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(names[:NAMED])
    return f"{shown}, …" if len(names) > NAMED else shown
