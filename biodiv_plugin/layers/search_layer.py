"""Records of a search as features, under their Darwin Core names."""

from __future__ import annotations

from typing import Any, Callable, Mapping

from qgis.core import QgsFeature, QgsField, QgsFields, QgsGeometry, QgsPointXY
from qgis.PyQt.QtCore import QDate, QMetaType

from biodiv_plugin.portal.occurrence import Occurrence

_TEXT, _WHOLE = QMetaType.Type.QString, QMetaType.Type.Int
_REAL, _DAY = QMetaType.Type.Double, QMetaType.Type.QDate


def _joined(values: tuple[str, ...]) -> str:
    return " | ".join(values)


def _day(day: Any) -> Any:
    return QDate(day.year, day.month, day.day) if day is not None else None


_COLUMNS: Mapping[str, tuple[int, Callable[[Occurrence], Any]]] = {
    "recordID": (_TEXT, lambda o: o.uuid),
    "occurrenceID": (_TEXT, lambda o: o.occurrence_id),
    "scientificName": (_TEXT, lambda o: o.scientific_name),
    "vernacularName": (_TEXT, lambda o: o.vernacular_name),
    "taxonConceptID": (_TEXT, lambda o: o.taxon_key),
    "taxonRank": (_TEXT, lambda o: o.taxon_rank),
    "kingdom": (_TEXT, lambda o: o.kingdom),
    "family": (_TEXT, lambda o: o.family),
    "speciesGroup": (_TEXT, lambda o: _joined(o.species_groups)),
    "eventDate": (_DAY, lambda o: _day(o.event_date)),
    "year": (_WHOLE, lambda o: o.year),
    "month": (_WHOLE, lambda o: o.month),
    "basisOfRecord": (_TEXT, lambda o: o.basis_of_record),
    "decimalLatitude": (_REAL, lambda o: o.decimal_latitude),
    "decimalLongitude": (_REAL, lambda o: o.decimal_longitude),
    "coordinateUncertaintyInMeters": (_REAL, lambda o: o.coordinate_uncertainty),
    "recordedBy": (_TEXT, lambda o: _joined(o.recorded_by)),
    "municipality": (_TEXT, lambda o: o.municipality),
    "stateProvince": (_TEXT, lambda o: o.state_province),
    "identificationVerificationStatus": (_TEXT, lambda o: o.verification_status),
    "sensitive": (_TEXT, lambda o: o.sensitive),
    "assertions": (_TEXT, lambda o: _joined(o.assertions)),
    "dataResourceUid": (_TEXT, lambda o: o.data_resource_uid),
    "dataResourceName": (_TEXT, lambda o: o.data_resource_name),
    "dcterms:license": (_TEXT, lambda o: o.licence),
}


def search_fields() -> QgsFields:
    """Return the columns of a search: Darwin Core terms, typed."""
    fields = QgsFields()
    for name, (kind, _) in _COLUMNS.items():
        fields.append(QgsField(name, kind))
    return fields


def occurrence_feature(occurrence: Occurrence, fields: QgsFields) -> QgsFeature:
    """Return a point in EPSG:4326, without geometry where the record has no coordinates."""
    feature = QgsFeature(fields)
    values = (read(occurrence) for _, read in _COLUMNS.values())
    feature.setAttributes([None if value == "" else value for value in values])
    longitude, latitude = occurrence.decimal_longitude, occurrence.decimal_latitude
    if longitude is not None and latitude is not None:
        feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(longitude, latitude)))
    return feature
