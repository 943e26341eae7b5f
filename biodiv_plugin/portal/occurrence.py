"""Occurrence records as the portal gives them, one by one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Any, Mapping, Optional

from biodiv_plugin.portal.answers import (
    as_object,
    flag,
    integer,
    number,
    objects,
    required,
    text,
    texts,
)

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


@dataclass(frozen=True)
class Occurrence:
    """One record of a search answer, under its Darwin Core terms.

    Coordinates are degrees in EPSG:4326; ``coordinate_uncertainty`` is metres. A sensitive
    record comes generalised, or without coordinates at all: then both are ``None``. ``uuid`` is
    the portal's id, ``occurrence_id`` the provider's. ``month`` is 1 to 12. ``image_ids`` are
    ids of the image service; addresses in the answer are not kept (see ``portal/images.py``).
    """

    uuid: str
    occurrence_id: str
    scientific_name: str
    vernacular_name: str
    taxon_key: str
    taxon_rank: str
    kingdom: str
    family: str
    species_groups: tuple[str, ...]
    decimal_longitude: Optional[float]
    decimal_latitude: Optional[float]
    coordinate_uncertainty: Optional[float]
    event_date: Optional[date]
    year: Optional[int]
    month: Optional[int]
    basis_of_record: str
    data_resource_uid: str
    data_resource_name: str
    licence: str
    recorded_by: tuple[str, ...]
    municipality: str
    state_province: str
    verification_status: str
    sensitive: str
    assertions: tuple[str, ...]
    spatially_valid: Optional[bool]
    image_ids: tuple[str, ...]


def parse_occurrence(record: Mapping[str, Any]) -> Occurrence:
    """Read one element of ``occurrences`` in a search answer (contract/occurrences 1.1).

    ``eventDate`` comes as milliseconds since 1970 in UTC and ``month`` as two digits of text.
    Only ``uuid`` is required; raises ``UnexpectedAnswer`` for a record without it.
    """
    images = texts(record, "images") or texts(record, "image")
    return Occurrence(
        uuid=required(record, "uuid", "an occurrence"),
        occurrence_id=text(record, "occurrenceID"),
        scientific_name=text(record, "scientificName"),
        vernacular_name=text(record, "vernacularName"),
        taxon_key=text(record, "taxonConceptID"),
        taxon_rank=text(record, "taxonRank"),
        kingdom=text(record, "kingdom"),
        family=text(record, "family"),
        species_groups=texts(record, "speciesGroups"),
        decimal_longitude=number(record, "decimalLongitude"),
        decimal_latitude=number(record, "decimalLatitude"),
        coordinate_uncertainty=number(record, "coordinateUncertaintyInMeters"),
        event_date=_utc_date(number(record, "eventDate")),
        year=integer(record, "year"),
        month=integer(record, "month"),
        basis_of_record=text(record, "basisOfRecord"),
        data_resource_uid=text(record, "dataResourceUid"),
        data_resource_name=text(record, "dataResourceName"),
        licence=text(record, "license"),
        recorded_by=texts(record, "recordedBy") or texts(record, "collectors"),
        municipality=text(record, "municipality"),
        state_province=text(record, "stateProvince"),
        verification_status=text(record, "identificationVerificationStatus"),
        sensitive=text(record, "sensitive"),
        assertions=texts(record, "assertions"),
        spatially_valid=flag(record, "spatiallyValid"),
        image_ids=images,
    )


def _utc_date(millis: Optional[float]) -> Optional[date]:
    """Return the day; by addition, since ``fromtimestamp`` fails before 1970 on Windows."""
    if millis is None:
        return None
    try:
        return (_EPOCH + timedelta(milliseconds=millis)).date()
    except OverflowError:
        return None


@dataclass(frozen=True)
class QualityTest:
    """One check the portal did on a record; ``outcome`` is one of ``missing``, ``warning``,
    ``passed``, ``unchecked``."""

    name: str
    description: str
    category: str
    outcome: str


@dataclass(frozen=True)
class OccurrenceRecord:
    """One record in full: what the provider supplied (``raw``) and what the portal made of it.

    Both are (group, term, value) in the order of the answer; a group is one of ``occurrence``,
    ``classification``, ``location``, ``event``, ``attribution``, ``identification``,
    ``measurement``, ``miscProperties``, ``el`` and ``cl`` (values of portal layers).
    """

    uuid: str
    raw: tuple[tuple[str, str, str], ...]
    processed: tuple[tuple[str, str, str], ...]
    tests: tuple[QualityTest, ...]
    image_ids: tuple[str, ...]
    sensitive: bool

    def value(self, term: str) -> str:
        """Return the portal's value of a term, else the provider's, else ""."""
        for _, name, value in (*self.processed, *self.raw):
            if name == term and value:
                return value
        return ""


_GROUPS = (
    "occurrence",
    "classification",
    "location",
    "event",
    "attribution",
    "identification",
    "measurement",
    "miscProperties",
    "el",
    "cl",
)


def parse_occurrence_record(answer: Any) -> OccurrenceRecord:
    """Read ``GET /occurrences/{uuid}`` (contract/occurrences 1.4).

    Here dates are ISO texts, unlike in a search. Raises ``UnexpectedAnswer``.
    """
    record = as_object(answer, "an occurrence record")
    processed = as_object(record.get("processed"), "the processed part of an occurrence record")
    tests = record.get("systemAssertions") or {}
    return OccurrenceRecord(
        uuid=required(processed, "uuid", "an occurrence record"),
        raw=_terms(record.get("raw") or {}),
        processed=_terms(processed),
        tests=tuple(
            QualityTest(text(test, "name"), text(test, "description"), text(test, "category"), kind)
            for kind in ("missing", "warning", "passed", "unchecked")
            for test in objects(tests, kind)
        ),
        image_ids=_image_ids(record, processed),
        sensitive=flag(record, "sensitive") or False,
    )


def _image_ids(record: Mapping[str, Any], processed: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the ids of the pictures; the service describes them, or only names them."""
    described = (
        text(image, "imageId") or text(image.get("metadata") or {}, "imageId")
        for image in objects(record, "images")
    )
    named = texts(processed.get("occurrence") or {}, "images")
    return tuple(dict.fromkeys(filter(None, (*described, *named))))


def _terms(half: Mapping[str, Any]) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (group, term, value if isinstance(value, str) else _spelled(value))
        for group in _GROUPS
        for term, value in (half.get(group) or {}).items()
        if value is not None
    )


def _spelled(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return " | ".join(map(str, value)) if isinstance(value, list) else str(value)
