"""The tables of ``portal.sqlite`` that the occurrence index stands on.

``taxon``, ``dataset`` and ``quality_filter`` are the metadata as it is. ``record`` holds what
belongs to one record, ``concept`` what all records of a taxon share. The view ``occurrence`` joins
them: one column a stored field of ``index_fields``, and ``wave``.

``wave``: 0 for a record that stays; 1 for one that is gone, 2 for one that is there, once the index
was built again (a changed record is both, under one id).
"""

from __future__ import annotations

import sqlite3
from typing import Dict, Tuple

from demo.portal.data import datasets, taxa
from demo.portal.data.index_fields import index_fields

_INTEGERS = frozenset(
    [
        "taxon",
        "dataset",
        "eventDate",
        "eventDateEnd",
        "year",
        "month",
        "day",
        "individualCount",
        "spatiallyValid",
        "modified",
        "firstLoadedDate",
        "lastLoadDate",
        "dynamicProperties_rbac",
        "wave",
    ]
)
_REALS = frozenset({"decimalLatitude", "decimalLongitude", "coordinateUncertaintyInMeters"})

RECORD: Tuple[str, ...] = (
    *("id", "occurrenceID", "catalogNumber", "taxon", "dataset", "wave"),
    *("basisOfRecord", "occurrenceStatus", "eventID", "eventDate", "eventDateEnd"),
    *("year", "month", "day", "samplingProtocol", "habitat", "individualCount"),
    *("recordedBy", "identifiedBy", "identificationVerificationStatus"),
    *("sex", "lifeStage", "behavior", "establishmentMeans", "occurrenceRemarks"),
    *("country", "stateProvince", "municipality", "locality"),
    *("decimalLatitude", "decimalLongitude", "coordinateUncertaintyInMeters"),
    *("gridReference", "verbatimCoordinateSystem", "verbatimSRS"),
    *("dataGeneralizations", "informationWithheld", "generalisationInMetres", "sensitive"),
    *("spatiallyValid", "assertions", "imageIDs", "modified", "firstLoadedDate", "lastLoadDate"),
    *("cl102", "cl200", "cl201", "cl10007", "cl10093", "cl10096"),
    *("raw_scientificName", "matchType", "raw_basisOfRecord", "raw_occurrenceStatus"),
    *("dynamicProperties_rbac", "dynamicProperties_rbac_allowed", "_nest_parent_"),
)

CONCEPT: Tuple[str, ...] = (
    *("taxonConceptID", "scientificName", "scientificNameAuthorship", "vernacularName"),
    *("taxonRank", "taxonRankID", "kingdom", "phylum", "class", "order", "family"),
    *("genus", "genusID", "species", "speciesID", "subspecies", "subspeciesID"),
    *("lft", "rgt", "speciesGroup", "speciesListUid"),
)

# Where a field is not simply a column of ``record`` or ``concept``.
_EXPRESSIONS: Dict[str, str] = {
    "dataResourceUid": "d.uid",
    "dataResourceName": "d.name",
    "dataProviderUid": "d.provider_uid",
    "dataProviderName": "d.provider_name",
    "institutionUid": "d.institution_uid",
    "institutionName": "d.institution_name",
    "institutionCode": "CASE WHEN d.institution_uid IS NULL THEN NULL ELSE 'INBO' END",
    "collectionCode": "d.name",
    "datasetName": "d.name",
    "rightsHolder": "d.provider_name",
    "references": "d.website || '/' || r.id",
    "license": "d.licence",
    "language": "'nl'",
    "nameType": "CASE WHEN r.taxon IS NULL THEN NULL ELSE 'SCIENTIFIC' END",
    "names_and_lsid": (
        "c.scientificName || '|' || c.taxonConceptID || '|' || coalesce(c.vernacularName, '')"
        " || '|' || c.kingdom || '|' || coalesce(c.family, '')"
    ),
    "occurrenceYear": "CAST(strftime('%s', r.year || '-01-01') AS INTEGER) * 1000",
    "decade": "r.year / 10 * 10",
    "countryCode": "CASE r.country WHEN 'Belgium' THEN 'BE' WHEN 'Netherlands' THEN 'NL' END",
    "lat_long": "r.decimalLatitude || ',' || r.decimalLongitude",
    "geodeticDatum": "CASE WHEN r.decimalLatitude IS NULL THEN NULL ELSE 'EPSG:4326' END",
    "verbatimCoordinates": "r.gridReference",
    "raw_verbatimCoordinates": "r.gridReference",
    "multimedia": "CASE WHEN r.imageIDs IS NULL THEN NULL ELSE 'Image' END",
    "imageID": (
        "CASE WHEN r.imageIDs IS NULL THEN NULL"
        " ELSE substr(r.imageIDs || '|', 1, instr(r.imageIDs || '|', '|') - 1) END"
    ),
    "videoIDs": "NULL",
    "soundIDs": "NULL",
    "lastProcessedDate": "r.lastLoadDate",
    "userAssertions": "NULL",
    "cl100": "r.municipality",
    "cl101": "CASE WHEN r.cl102 IS NULL THEN NULL ELSE r.stateProvince END",
    "raw_vernacularName": "c.vernacularName",
    "raw_locality": "r.locality",
    "raw_identifiedBy": "r.identifiedBy",
    "raw_footprintWKT": "NULL",
    "raw_dynamicProperties": "NULL",
    "text": (
        "coalesce(c.scientificName, '') || ' ' || coalesce(c.vernacularName, '') || ' ' ||"
        " coalesce(r.raw_scientificName, '') || ' ' || coalesce(r.recordedBy, '') || ' ' ||"
        " coalesce(r.locality, '') || ' ' || coalesce(r.municipality, '') || ' ' ||"
        " coalesce(d.name, '')"
    ),
}


def create(connection: sqlite3.Connection) -> None:
    """Create the tables, empty, and the view; indexes come after the rows, see ``index``."""
    own = ", ".join(f'"{name}"' for name in taxa.columns())
    connection.execute(f"CREATE TABLE taxon ({own}, lft INTEGER, rgt INTEGER)")
    connection.execute("CREATE INDEX taxon_key ON taxon(key)")
    connection.execute(f"CREATE TABLE dataset ({', '.join(datasets.columns())})")
    connection.execute("CREATE TABLE quality_filter (profile, label, filter)")
    concept = ", ".join(f'"{name}"' for name in CONCEPT)
    connection.execute(f"CREATE TABLE concept ({concept})")
    record = ", ".join(f'"{name}" {_declared(name)}' for name in RECORD)
    connection.execute(f"CREATE TABLE record ({record})")
    connection.execute(
        "CREATE VIRTUAL TABLE place USING rtree(id, west, east, south, north, +lon REAL, +lat REAL)"
    )
    stored = [name for name, field in index_fields().items() if not field.sampled]
    columns = ", ".join(f'{_expression(name)} AS "{name}"' for name in stored)
    connection.execute(
        f"CREATE VIEW occurrence AS SELECT r.rowid AS number, r.wave AS wave, {columns} "
        "FROM record r LEFT JOIN concept c ON c.rowid = r.taxon "
        "LEFT JOIN dataset d ON d.rowid = r.dataset"
    )


def index(connection: sqlite3.Connection) -> None:
    """Index the rows for the searches that are made most, and the places of the records."""
    for columns in ('"id"', "taxon", "dataset", "year", "firstLoadedDate"):
        name = columns.strip('"')
        connection.execute(f"CREATE INDEX record_{name} ON record({columns})")
    connection.execute("CREATE INDEX concept_lft ON concept(lft)")
    connection.execute(
        "INSERT INTO place SELECT rowid, decimalLongitude, decimalLongitude, decimalLatitude,"
        " decimalLatitude, decimalLongitude, decimalLatitude FROM record"
        " WHERE decimalLatitude IS NOT NULL"
        " ORDER BY CAST(decimalLongitude * 20 AS INTEGER), decimalLatitude"
    )
    connection.execute("ANALYZE")


def _declared(name: str) -> str:
    return "INTEGER" if name in _INTEGERS else "REAL" if name in _REALS else "TEXT"


def _expression(name: str) -> str:
    if name in _EXPRESSIONS:
        return _EXPRESSIONS[name]
    return f'{"r" if name in RECORD else "c"}."{name}"'
