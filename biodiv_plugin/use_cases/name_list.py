"""What the portal calls the types of lists, in the user's language (contract/lists 2.1)."""

from __future__ import annotations

from qgis.PyQt.QtCore import QT_TRANSLATE_NOOP

from biodiv_plugin.translation import translate

_TYPES = {
    "SPECIES_CHARACTERS": QT_TRANSLATE_NOOP("ListTypes", "Species traits list"),
    "CONSERVATION_LIST": QT_TRANSLATE_NOOP("ListTypes", "Conservation list"),
    "SENSITIVE_LIST": QT_TRANSLATE_NOOP("ListTypes", "List of sensitive species"),
    "LOCAL_LIST": QT_TRANSLATE_NOOP("ListTypes", "Area checklist"),
    "COMMON_TRAIT": QT_TRANSLATE_NOOP("ListTypes", "Common trait of species"),
    "COMMON_HABITAT": QT_TRANSLATE_NOOP("ListTypes", "Common habitat of species"),
    "SPATIAL_PORTAL": QT_TRANSLATE_NOOP("ListTypes", "Defined in the geographic portal"),
    "PROFILE": QT_TRANSLATE_NOOP("ListTypes", "Profile list"),
    "TEST": QT_TRANSLATE_NOOP("ListTypes", "Test list"),
    "OTHER": QT_TRANSLATE_NOOP("ListTypes", "Other list"),
}


def name_list_type(list_type: str) -> str:
    """Return the name of a type to show; an unknown one stays as it is."""
    known = _TYPES.get(list_type or "OTHER")
    return translate("ListTypes", known) if known else list_type
