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
    ("assertions", "COORDINATE_ROUNDED"): QT_TRANSLATE_NOOP("Values", "coordinates rounded"),
    ("assertions", "COORDINATE_OUT_OF_RANGE"): QT_TRANSLATE_NOOP(
        "Values", "impossible coordinates"
    ),
    ("assertions", "COORDINATE_INVALID"): QT_TRANSLATE_NOOP("Values", "impossible coordinates"),
    ("assertions", "ZERO_COORDINATE"): QT_TRANSLATE_NOOP("Values", "coordinates are zero"),
    ("assertions", "PRESUMED_SWAPPED_COORDINATE"): QT_TRANSLATE_NOOP(
        "Values", "coordinates swapped"
    ),
    ("assertions", "COUNTRY_COORDINATE_MISMATCH"): QT_TRANSLATE_NOOP(
        "Values", "lies in another country"
    ),
    ("assertions", "LOCATION_NOT_SUPPLIED"): QT_TRANSLATE_NOOP("Values", "no place given"),
    ("assertions", "UNCERTAINTY_NOT_SPECIFIED"): QT_TRANSLATE_NOOP("Values", "uncertainty unknown"),
    ("assertions", "COORDINATE_UNCERTAINTY_METERS_INVALID"): QT_TRANSLATE_NOOP(
        "Values", "uncertainty invalid"
    ),
    ("assertions", "GEODETIC_DATUM_ASSUMED_WGS84"): QT_TRANSLATE_NOOP("Values", "WGS 84 assumed"),
    ("assertions", "MISSING_GEODETICDATUM"): QT_TRANSLATE_NOOP(
        "Values", "no coordinate system given"
    ),
    ("assertions", "TAXON_MATCH_NONE"): QT_TRANSLATE_NOOP("Values", "name not recognised"),
    ("assertions", "TAXON_MATCH_FUZZY"): QT_TRANSLATE_NOOP(
        "Values", "name recognised by resemblance"
    ),
    ("assertions", "TAXON_MATCH_HIGHERRANK"): QT_TRANSLATE_NOOP(
        "Values", "known by a higher rank only"
    ),
    ("assertions", "MISSING_COLLECTION_DATE"): QT_TRANSLATE_NOOP("Values", "no date given"),
    ("assertions", "RECORDED_DATE_INVALID"): QT_TRANSLATE_NOOP("Values", "impossible date"),
    ("assertions", "RECORDED_DATE_UNLIKELY"): QT_TRANSLATE_NOOP("Values", "unlikely date"),
    ("assertions", "RECORDED_DATE_MISMATCH"): QT_TRANSLATE_NOOP("Values", "dates differ"),
    ("assertions", "FIRST_OF_MONTH"): QT_TRANSLATE_NOOP("Values", "first of the month"),
    ("assertions", "FIRST_OF_YEAR"): QT_TRANSLATE_NOOP("Values", "first of the year"),
    ("assertions", "BASIS_OF_RECORD_INVALID"): QT_TRANSLATE_NOOP(
        "Values", "kind of record unclear"
    ),
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
    if field == "assertions":
        return value.replace("_", " ").lower()
    return label or value


def _status(value: str) -> str:
    if value in VALIDATED_STATUSES:
        return translate("Values", "validated")
    if value.lower() in _UNVALIDATED:
        return translate("Values", "not validated")
    if value.lower() in _PROBABLE:
        return translate("Values", "probable")
    return value
