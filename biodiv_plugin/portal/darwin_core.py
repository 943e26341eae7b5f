"""The terms of a downloaded table that are more than text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Iterable, Mapping

TEXT, INTEGER, REAL, DATE, DATETIME, BOOLEAN, LIST = (
    "text",
    "integer",
    "real",
    "date",
    "datetime",
    "boolean",
    "list",
)
LIST_SEPARATOR = " | "  # joins the values of a field that holds several (contract 3.4)


@dataclass(frozen=True)
class Term:
    """A column. ``name`` is the Darwin Core term or the portal's field, made unique in its table.

    ``kind`` is one of ``text``, ``integer``, ``real``, ``date``, ``datetime`` (ISO 8601 in UTC),
    ``boolean`` (``true``/``false``) and ``list`` (texts joined by ``LIST_SEPARATOR``).
    """

    name: str
    kind: str = TEXT


_KINDS = {
    INTEGER: ("year", "month", "day", "decade", "taxonRankID", "lft", "rgt", "outlierLayerCount"),
    REAL: (
        "decimalLatitude",
        "decimalLongitude",
        "coordinateUncertaintyInMeters",
        "coordinatePrecision",
        "distanceFromExpertDistribution",
        "relativeOrganismQuantity",
        "depthAccuracy",
        "elevationAccuracy",
    ),
    DATETIME: (
        "eventDate",
        "eventDateEnd",
        "firstLoadedDate",
        "lastLoadDate",
        "lastProcessedDate",
        "lastAssertionDate",
        "occurrenceYear",
    ),
    BOOLEAN: (
        "spatiallyValid",
        "defaultValuesUsed",
        "hasUserAssertions",
        "isInCluster",
        "userVerified",
    ),
    LIST: (
        "assertions",
        "recordedBy",
        "recordedByID",
        "identifiedBy",
        "identifiedByID",
        "speciesGroup",
        "speciesSubgroup",
        "speciesListUid",
        "multimedia",
        "multimediaLicense",
        "images",
        "imageIDs",
        "sounds",
        "soundIDs",
        "videos",
        "videoIDs",
        "typeStatus",
        "preparations",
        "samplingProtocol",
        "otherCatalogNumbers",
        "datasetID",
        "datasetName",
        "dataHubUid",
        "dataHubName",
        "contentTypes",
        "geospatialIssues",
        "taxonomicIssues",
        "outlierLayer",
        "duplicateType",
        "isDuplicateOf",
        "isRepresentativeOf",
        "machineTags",
    ),
}

TERMS: Mapping[str, Term] = {
    name: Term(name, kind) for kind, names in _KINDS.items() for name in names
}

_ENVIRONMENTAL = re.compile(r"el\d+")  # a value sampled from a grid of the portal
_QUALITY_TEST = re.compile(r"[A-Z]+(_[A-Z0-9]+)+")  # one of the columns that ``qa`` adds


def header_terms(headers: Iterable[str]) -> tuple[Term, ...]:
    """Return the column of each header, by position.

    Two fields may share a header (contract/occurrences 3.5), and the columns of a GeoPackage
    differ by more than case: a later one gets ``_2``, ``_3`` and so on.
    """
    taken: set[str] = set()
    columns = []
    for header in headers:
        name = header.strip() or "column"
        unique, number = name, 2
        while unique.lower() in taken:
            unique, number = f"{name}_{number}", number + 1
        taken.add(unique.lower())
        columns.append(Term(unique, _kind(name)))
    return tuple(columns)


def _kind(name: str) -> str:
    if name in TERMS:
        return TERMS[name].kind
    if _ENVIRONMENTAL.fullmatch(name):
        return REAL
    return BOOLEAN if _QUALITY_TEST.fullmatch(name) else TEXT
