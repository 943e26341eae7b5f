"""The values of the portal's index in the user's words."""

from __future__ import annotations

from qgis.PyQt.QtCore import QT_TRANSLATE_NOOP, QLocale

from biodiv_plugin.layers.report_table import group_title
from biodiv_plugin.portal.query import VALIDATED_STATUSES
from biodiv_plugin.portal.summaries import SpeciesGroup
from biodiv_plugin.translation import translate

_NAMES = {
    ("basisOfRecord", "HUMAN_OBSERVATION"): QT_TRANSLATE_NOOP("Values", "human observation"),
    ("basisOfRecord", "MACHINE_OBSERVATION"): QT_TRANSLATE_NOOP("Values", "machine observation"),
    ("basisOfRecord", "PRESERVED_SPECIMEN"): QT_TRANSLATE_NOOP("Values", "preserved specimen"),
    ("basisOfRecord", "FOSSIL_SPECIMEN"): QT_TRANSLATE_NOOP("Values", "fossil"),
    ("basisOfRecord", "LIVING_SPECIMEN"): QT_TRANSLATE_NOOP("Values", "living specimen"),
    ("basisOfRecord", "MATERIAL_SAMPLE"): QT_TRANSLATE_NOOP("Values", "sample (DNA and the like)"),
    ("basisOfRecord", "MATERIAL_CITATION"): QT_TRANSLATE_NOOP("Values", "from literature"),
    ("basisOfRecord", "OBSERVATION"): QT_TRANSLATE_NOOP("Values", "observation"),
    ("basisOfRecord", "OCCURRENCE"): QT_TRANSLATE_NOOP("Values", "record"),
    ("sensitive", "generalised"): QT_TRANSLATE_NOOP("Values", "blurred: sensitive species"),
    ("sensitive", "alreadyGeneralised"): QT_TRANSLATE_NOOP("Values", "exact: sensitive species"),
    ("rank", "kingdom"): QT_TRANSLATE_NOOP("Values", "kingdom"),
    ("rank", "phylum"): QT_TRANSLATE_NOOP("Values", "phylum"),
    ("rank", "class"): QT_TRANSLATE_NOOP("Values", "class"),
    ("rank", "order"): QT_TRANSLATE_NOOP("Values", "order"),
    ("rank", "family"): QT_TRANSLATE_NOOP("Values", "family"),
    ("rank", "genus"): QT_TRANSLATE_NOOP("Values", "genus"),
    ("rank", "species"): QT_TRANSLATE_NOOP("Values", "species"),
    ("rank", "subspecies"): QT_TRANSLATE_NOOP("Values", "subspecies"),
    ("rank", "variety"): QT_TRANSLATE_NOOP("Values", "variety"),
    ("rank", "form"): QT_TRANSLATE_NOOP("Values", "form"),
}

# The field is free text of the data providers; these are the words that they use.
_UNVALIDATED = ("unvalidated", "unverified", "not validated", "under validation", "onbehandeld")
_PROBABLE = ("probable", "plausible", "waarschijnlijk")


def name_value(field: str, value: str, label: str = "") -> str:
    """Return ``value`` of an index field to show; ``label`` is what the portal calls it.

    "" stands for the records that have no value.
    """
    if not value:
        return translate("Values", "unknown")
    if (field, value) in _NAMES:
        return translate("Values", _NAMES[field, value])
    if field == "month" and value.isdecimal() and 1 <= int(value) <= 12:
        return str(QLocale().standaloneMonthName(int(value), QLocale.FormatType.ShortFormat))
    if field == "speciesGroup":
        return group_title(SpeciesGroup(value, 0, 0, 0))
    if field == "identificationVerificationStatus":
        return _status(value)
    return label or value


def _status(value: str) -> str:
    if value in VALIDATED_STATUSES:
        return translate("Values", "validated")
    if value.lower() in _UNVALIDATED:
        return translate("Values", "not validated")
    if value.lower() in _PROBABLE:
        return translate("Values", "probable")
    return value
