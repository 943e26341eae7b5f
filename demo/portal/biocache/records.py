"""One record in full: as supplied and as processed (contract/occurrences 1.4)."""

from __future__ import annotations

from typing import Any, Dict, List, Optional

from flask import Blueprint, Response, request

from demo.portal.biocache import dates, sampled
from demo.portal.biocache.context import Context, json_answer, opened
from demo.portal.biocache.labels import assertions
from demo.portal.biocache.parameters import Parameters
from demo.portal.biocache.selection import Selection
from demo.portal.biocache.shared import Shared
from demo.portal.biocache.translate import Sql

# group -> key -> field of the index; the same for both halves of the answer.
_PROCESSED: Dict[str, Dict[str, str]] = {
    "occurrence": {
        "occurrenceStatus": "occurrenceStatus",
        "basisOfRecord": "basisOfRecord",
        "individualCount": "individualCount",
        "recordedBy": "recordedBy",
        "sex": "sex",
        "lifeStage": "lifeStage",
        "behavior": "behavior",
        "establishmentMeans": "establishmentMeans",
        "occurrenceRemarks": "occurrenceRemarks",
        "dataGeneralizations": "dataGeneralizations",
        "informationWithheld": "informationWithheld",
        "modified": "modified",
    },
    "classification": {
        "scientificName": "scientificName",
        "scientificNameAuthorship": "scientificNameAuthorship",
        "vernacularName": "vernacularName",
        "taxonConceptID": "taxonConceptID",
        "taxonRank": "taxonRank",
        "taxonRankID": "taxonRankID",
        "matchType": "matchType",
        "nameType": "nameType",
        "kingdom": "kingdom",
        "phylum": "phylum",
        "classs": "class",
        "order": "order",
        "family": "family",
        "genus": "genus",
        "genusID": "genusID",
        "species": "species",
        "speciesID": "speciesID",
        "left": "lft",
        "right": "rgt",
    },
    "location": {
        "country": "country",
        "countryCode": "countryCode",
        "stateProvince": "stateProvince",
        "municipality": "municipality",
        "locality": "locality",
        "decimalLatitude": "decimalLatitude",
        "decimalLongitude": "decimalLongitude",
        "coordinateUncertaintyInMeters": "coordinateUncertaintyInMeters",
        "geodeticDatum": "geodeticDatum",
        "gridReference": "gridReference",
        "habitat": "habitat",
    },
    "event": {
        "eventID": "eventID",
        "eventDate": "eventDate",
        "eventDateEnd": "eventDateEnd",
        "year": "year",
        "month": "month",
        "day": "day",
        "samplingProtocol": "samplingProtocol",
    },
    "attribution": {
        "dataResourceUid": "dataResourceUid",
        "dataResourceName": "dataResourceName",
        "dataProviderUid": "dataProviderUid",
        "dataProviderName": "dataProviderName",
        "institutionUid": "institutionUid",
        "institutionName": "institutionName",
        "license": "license",
    },
    "identification": {
        "identifiedBy": "identifiedBy",
        "identificationVerificationStatus": "identificationVerificationStatus",
    },
    "measurement": {},
}
_RAW: Dict[str, Dict[str, str]] = {
    "occurrence": {
        "occurrenceID": "occurrenceID",
        "catalogNumber": "catalogNumber",
        "institutionCode": "institutionCode",
        "collectionCode": "collectionCode",
        "basisOfRecord": "raw_basisOfRecord",
        "occurrenceStatus": "raw_occurrenceStatus",
        "individualCount": "individualCount",
        "recordedBy": "recordedBy",
        "occurrenceRemarks": "occurrenceRemarks",
        "modified": "modified",
    },
    "classification": {
        "scientificName": "raw_scientificName",
        "vernacularName": "raw_vernacularName",
    },
    "location": {
        "country": "country",
        "locality": "raw_locality",
        "decimalLatitude": "decimalLatitude",
        "decimalLongitude": "decimalLongitude",
        "coordinateUncertaintyInMeters": "coordinateUncertaintyInMeters",
        "verbatimCoordinates": "raw_verbatimCoordinates",
        "verbatimCoordinateSystem": "verbatimCoordinateSystem",
        "verbatimSRS": "verbatimSRS",
    },
    "event": {"eventID": "eventID", "eventDate": "eventDate"},
    "attribution": {"dataResourceUid": "dataResourceUid"},
    "identification": {"identifiedBy": "raw_identifiedBy"},
    "measurement": {},
}
_DATES = frozenset({"eventDate", "eventDateEnd", "modified"})


def add_routes(service: Blueprint, shared: Shared) -> None:
    @service.get("/occurrence/<uuid>")
    @service.get("/occurrences/<uuid>")
    def record(uuid: str) -> Response:
        with opened(shared) as context:
            row = _find(context, uuid.removesuffix(".json"))
            if row is None:
                return json_answer({"message": "Unrecognised recordUUID"}, 404)
            pictured = Parameters.of(request).flag("im")
            return json_answer(_document(row, _layers(context, row), pictured))


def _find(context: Context, uuid: str) -> Optional[Any]:
    visible = context.selector.visible()
    found = Selection(context.connection, Sql('"id" = ?', (uuid,))).narrowed(visible)
    return found.rows("*").fetchone()


def _document(row: Any, layers: Dict[str, str], pictured: bool) -> Dict[str, Any]:
    codes = row["assertions"].split("|") if row["assertions"] else []
    return {
        "raw": _half(row, _RAW, as_text=True, assertions=codes),
        "processed": {**_half(row, _PROCESSED, as_text=False), "el": {}, "cl": layers},
        "systemAssertions": {
            "missing": [_assertion(code, 1) for code in codes if "MISSING" in code],
            "unchecked": [],
            "warning": [_assertion(code, 0) for code in codes if "MISSING" not in code],
            "passed": [
                _assertion(code, 1)
                for code in ("BASIS_OF_RECORD_INVALID", "COUNTRY_INVALID", "RECORDED_DATE_INVALID")
                if code not in codes
            ],
        },
        "userAssertions": [],
        "sensitive": row["sensitive"] is not None,
        **({"images": _images(row, pictured)} if row["imageIDs"] else {}),
    }


def _half(row: Any, groups: Dict[str, Dict[str, str]], as_text: bool, **more: Any) -> Dict:
    found: Dict[str, Any] = {"rowKey": row["id"], "uuid": row["id"]}
    for group, keys in groups.items():
        values = {key: _value(field, row[field], as_text) for key, field in keys.items()}
        found[group] = {key: value for key, value in values.items() if value is not None}
    valid = row["spatiallyValid"]
    return {
        **found,
        **more,
        "miscProperties": {},
        "queryAssertions": {},
        **({} if valid is None else {"spatiallyValid": bool(valid)}),
        "deleted": False,
        **({"firstLoaded": dates.iso(row["firstLoadedDate"])} if row["firstLoadedDate"] else {}),
        **({"lastModifiedTime": dates.iso(row["modified"])} if row["modified"] else {}),
    }


def _value(field: str, value: Any, as_text: bool) -> Any:
    if value is None:
        return None
    if field in _DATES:
        return dates.day(value)
    if field in ("recordedBy", "identifiedBy") and not as_text:
        return value.split("|")
    return str(value) if as_text else value


def _layers(context: Context, row: Any) -> Dict[str, str]:
    lon, lat = row["decimalLongitude"], row["decimalLatitude"]
    return {} if lon is None else sampled.at(context.connection, lon, lat)


def _assertion(code: str, status: int) -> Dict[str, Any]:
    known = assertions()[code]
    return {
        "name": code,
        "code": known.code,
        "qaStatus": status,
        "description": known.description,
        "category": known.category,
        "termsRequiredToTest": list(known.terms),
        "fatal": known.fatal,
    }


def _images(row: Any, pictured: bool) -> List[Dict[str, Any]]:
    found = []
    for image in row["imageIDs"].split("|"):
        entry: Dict[str, Any] = {"filePath": image}
        if pictured:
            entry |= {"metadata": {"imageId": image, "title": row["scientificName"]}}
        found.append(entry)
    return found
