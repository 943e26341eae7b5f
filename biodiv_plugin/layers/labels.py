"""The columns of a downloaded layer in the user's words; their names stay Darwin Core terms."""

from __future__ import annotations

from typing import Mapping

from qgis.PyQt.QtCore import QT_TRANSLATE_NOOP

from biodiv_plugin.translation import translate

# Column, its alias, in the groups of the attribute form and in the order of the form.
_GROUPS = (
    (
        QT_TRANSLATE_NOOP("Fields", "What"),
        {
            "vernacularName": QT_TRANSLATE_NOOP("Fields", "Common name"),
            "scientificName": QT_TRANSLATE_NOOP("Fields", "Scientific name"),
            "taxonRank": QT_TRANSLATE_NOOP("Fields", "Rank"),
            "kingdom": QT_TRANSLATE_NOOP("Fields", "Kingdom"),
            "phylum": QT_TRANSLATE_NOOP("Fields", "Phylum"),
            "class": QT_TRANSLATE_NOOP("Fields", "Class"),
            "order": QT_TRANSLATE_NOOP("Fields", "Order"),
            "family": QT_TRANSLATE_NOOP("Fields", "Family"),
            "genus": QT_TRANSLATE_NOOP("Fields", "Genus"),
            "species": QT_TRANSLATE_NOOP("Fields", "Species"),
            "subspecies": QT_TRANSLATE_NOOP("Fields", "Subspecies"),
            "speciesGroup": QT_TRANSLATE_NOOP("Fields", "Species group"),
            "raw_scientificName": QT_TRANSLATE_NOOP("Fields", "Name as recorded"),
            "individualCount": QT_TRANSLATE_NOOP("Fields", "Number"),
            "occurrenceStatus": QT_TRANSLATE_NOOP("Fields", "Present or absent"),
            "sex": QT_TRANSLATE_NOOP("Fields", "Sex"),
            "lifeStage": QT_TRANSLATE_NOOP("Fields", "Life stage"),
            "behavior": QT_TRANSLATE_NOOP("Fields", "Behaviour"),
            "establishmentMeans": QT_TRANSLATE_NOOP("Fields", "How it came here"),
        },
    ),
    (
        QT_TRANSLATE_NOOP("Fields", "When"),
        {
            "eventDate": QT_TRANSLATE_NOOP("Fields", "Date"),
            "eventDateEnd": QT_TRANSLATE_NOOP("Fields", "Last day"),
            "year": QT_TRANSLATE_NOOP("Fields", "Year"),
            "month": QT_TRANSLATE_NOOP("Fields", "Month"),
            "day": QT_TRANSLATE_NOOP("Fields", "Day"),
        },
    ),
    (
        QT_TRANSLATE_NOOP("Fields", "Where"),
        {
            "locality": QT_TRANSLATE_NOOP("Fields", "Place"),
            "municipality": QT_TRANSLATE_NOOP("Fields", "Municipality"),
            "stateProvince": QT_TRANSLATE_NOOP("Fields", "Region"),
            "country": QT_TRANSLATE_NOOP("Fields", "Country"),
            "habitat": QT_TRANSLATE_NOOP("Fields", "Habitat"),
            "coordinateUncertaintyInMeters": QT_TRANSLATE_NOOP("Fields", "Uncertainty (m)"),
            "decimalLatitude": QT_TRANSLATE_NOOP("Fields", "Latitude (WGS 84)"),
            "decimalLongitude": QT_TRANSLATE_NOOP("Fields", "Longitude (WGS 84)"),
            "gridReference": QT_TRANSLATE_NOOP("Fields", "Grid square"),
            "verbatimCoordinates": QT_TRANSLATE_NOOP("Fields", "Position as recorded"),
            "verbatimCoordinateSystem": QT_TRANSLATE_NOOP("Fields", "Grid of the position"),
        },
    ),
    (
        QT_TRANSLATE_NOOP("Fields", "Who and how"),
        {
            "recordedBy": QT_TRANSLATE_NOOP("Fields", "Observer"),
            "identifiedBy": QT_TRANSLATE_NOOP("Fields", "Identified by"),
            "basisOfRecord": QT_TRANSLATE_NOOP("Fields", "Kind of record"),
            "samplingProtocol": QT_TRANSLATE_NOOP("Fields", "Method"),
            "occurrenceRemarks": QT_TRANSLATE_NOOP("Fields", "Remarks"),
            "identificationVerificationStatus": QT_TRANSLATE_NOOP("Fields", "Validation"),
            "spatiallyValid": QT_TRANSLATE_NOOP("Fields", "Position is plausible"),
            "sensitive": QT_TRANSLATE_NOOP("Fields", "Sensitive"),
            "dataGeneralizations": QT_TRANSLATE_NOOP("Fields", "How it was blurred"),
            "informationWithheld": QT_TRANSLATE_NOOP("Fields", "What is withheld"),
        },
    ),
    (
        QT_TRANSLATE_NOOP("Fields", "Source"),
        {
            "dataResourceName": QT_TRANSLATE_NOOP("Fields", "Dataset"),
            "dcterms:license": QT_TRANSLATE_NOOP("Fields", "Licence"),
            "license": QT_TRANSLATE_NOOP("Fields", "Licence"),
            "rightsHolder": QT_TRANSLATE_NOOP("Fields", "Rights holder"),
            "institutionCode": QT_TRANSLATE_NOOP("Fields", "Institution"),
            "collectionCode": QT_TRANSLATE_NOOP("Fields", "Collection"),
            "catalogNumber": QT_TRANSLATE_NOOP("Fields", "Catalogue number"),
            "recordID": QT_TRANSLATE_NOOP("Fields", "Id of the record"),
            "occurrenceID": QT_TRANSLATE_NOOP("Fields", "Id of the observation"),
            "taxonConceptID": QT_TRANSLATE_NOOP("Fields", "Id of the taxon"),
            "dataResourceUid": QT_TRANSLATE_NOOP("Fields", "Id of the dataset"),
        },
    ),
)
_OTHER = QT_TRANSLATE_NOOP("Fields", "Other")

_SQUARES = {
    "square": QT_TRANSLATE_NOOP("Fields", "Square"),
    "grid": QT_TRANSLATE_NOOP("Fields", "Grid"),
    "size": QT_TRANSLATE_NOOP("Fields", "Side (m)"),
    "records": QT_TRANSLATE_NOOP("Fields", "Observations"),
    "species": QT_TRANSLATE_NOOP("Fields", "Number of species"),
    "firstYear": QT_TRANSLATE_NOOP("Fields", "First year"),
    "lastYear": QT_TRANSLATE_NOOP("Fields", "Last year"),
}

_VALUES = {
    "basisOfRecord": {
        "HUMAN_OBSERVATION": QT_TRANSLATE_NOOP("Values", "human observation"),
        "MACHINE_OBSERVATION": QT_TRANSLATE_NOOP("Values", "machine observation"),
        "PRESERVED_SPECIMEN": QT_TRANSLATE_NOOP("Values", "preserved specimen"),
        "FOSSIL_SPECIMEN": QT_TRANSLATE_NOOP("Values", "fossil"),
        "LIVING_SPECIMEN": QT_TRANSLATE_NOOP("Values", "living specimen"),
        "MATERIAL_SAMPLE": QT_TRANSLATE_NOOP("Values", "sample (DNA and the like)"),
        "MATERIAL_CITATION": QT_TRANSLATE_NOOP("Values", "from literature"),
        "OBSERVATION": QT_TRANSLATE_NOOP("Values", "observation"),
        "OCCURRENCE": QT_TRANSLATE_NOOP("Values", "record"),
    },
    "occurrenceStatus": {
        "PRESENT": QT_TRANSLATE_NOOP("Values", "present"),
        "ABSENT": QT_TRANSLATE_NOOP("Values", "absent"),
    },
    "sensitive": {
        "generalised": QT_TRANSLATE_NOOP("Values", "blurred: sensitive species"),
        "alreadyGeneralised": QT_TRANSLATE_NOOP("Values", "exact: sensitive species"),
    },
    "taxonRank": {
        "kingdom": QT_TRANSLATE_NOOP("Values", "kingdom"),
        "phylum": QT_TRANSLATE_NOOP("Values", "phylum"),
        "class": QT_TRANSLATE_NOOP("Values", "class"),
        "order": QT_TRANSLATE_NOOP("Values", "order"),
        "family": QT_TRANSLATE_NOOP("Values", "family"),
        "genus": QT_TRANSLATE_NOOP("Values", "genus"),
        "species": QT_TRANSLATE_NOOP("Values", "species"),
        "subspecies": QT_TRANSLATE_NOOP("Values", "subspecies"),
        "variety": QT_TRANSLATE_NOOP("Values", "variety"),
        "form": QT_TRANSLATE_NOOP("Values", "form"),
    },
}


def form_groups(columns: list[str]) -> list[tuple[str, list[str]]]:
    """Return the groups of the attribute form with their columns; none is empty."""
    groups, placed = [], {"fid"}
    for title, members in _GROUPS:
        present = [name for name in members if name in columns]
        placed.update(present)
        if present:
            groups.append((translate("Fields", title), present))
    rest = [name for name in columns if name not in placed]
    return [*groups, (translate("Fields", _OTHER), rest)] if rest else groups


def aliases() -> dict[str, str]:
    """Return the alias of each column of the records that has one."""
    return {
        name: translate("Fields", alias)
        for _, members in _GROUPS
        for name, alias in members.items()
    }


def square_aliases() -> dict[str, str]:
    return {name: translate("Fields", alias) for name, alias in _SQUARES.items()}


def value_maps() -> Mapping[str, Mapping[str, str]]:
    """Return for some columns what each of their values means."""
    return {
        column: {value: translate("Values", word) for value, word in values.items()}
        for column, values in _VALUES.items()
    }
