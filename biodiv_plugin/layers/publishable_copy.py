"""Observations whose sensitive positions may be published: in squares instead of on a spot.

The terms of use of high-resolution data ask that no exact place is published and that a position
that is shown has an uncertainty of 30 m at least.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Iterable, Iterator, Optional

from qgis.core import (
    NULL,
    QgsAbstractMetadataBase,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsExpression,
    QgsExpressionContext,
    QgsFeature,
    QgsField,
    QgsFields,
    QgsGeometry,
    QgsLayerMetadata,
    QgsPointXY,
)
from qgis.PyQt.QtCore import QMetaType

from biodiv_plugin.layers.fields import LATITUDE, LONGITUDE
from biodiv_plugin.layers.inert import inert
from biodiv_plugin.layers.manifest import Manifest
from biodiv_plugin.layers.square_atlas import LAMBERT_72
from biodiv_plugin.layers.styles import UNCERTAINTY, is_exact
from biodiv_plugin.layers.transformation import WGS84
from biodiv_plugin.translation import translate

SMALLEST_CELL = 50  # metres; half its diagonal, 35 m, keeps to the 30 m of the terms
GENERALIZATIONS = "dataGeneralizations"

# What may stay of a sensitive observation. All else could tell the place: a remark, a value that
# was sampled at the spot, an id that leads to the exact record, a column somebody added.
_KEPT = {
    *("fid", "license", "dcterms:license", "rightsHolder", "institutionCode"),
    *("collectionCode", "dataResourceUid", "dataResourceName", "basisOfRecord"),
    *("scientificName", "raw_scientificName", "vernacularName", "taxonConceptID", "taxonRank"),
    *("kingdom", "phylum", "class", "order", "family", "genus", "species", "subspecies"),
    *("speciesGroup", "occurrenceStatus", "individualCount", "sex", "lifeStage", "behavior"),
    *("establishmentMeans", "samplingProtocol", "identificationVerificationStatus"),
    *("eventDate", "eventDateEnd", "year", "month", "day", "stateProvince", "country"),
    *("spatiallyValid",),
}
# What tells the place by itself, and goes though the rest may stay.
_PLACES = (
    *("lat", "lon", "coord", "footprint", "gridref", "verbatim", "point", "geohash"),
    *("quad", "easting", "northing", "utm", "ifbl", "locality", "locationid", "elevation"),
)
_IDENTIFIERS = {"occurrenceID", "recordID", "id", "uuid"}


@dataclass(frozen=True)
class Coarsening:
    """How positions are made coarse.

    ``cell`` is the side of a square in metres, in Belgian Lambert 72. ``strip`` empties every
    column of a sensitive observation that might tell its place, else only those that surely do.
    ``doubtful`` takes an observation that tells nothing for a sensitive one.
    """

    cell: int
    strip: bool = True
    doubtful: bool = False

    @property
    def added_uncertainty(self) -> int:
        """Return how far (m) the middle of a square lies from its corners."""
        return math.ceil(self.cell / math.sqrt(2))


def tells_sensitivity(fields: QgsFields) -> bool:
    """Return whether the columns tell which observations are sensitive."""
    return "occurrenceID" in fields.names()


def coarse_fields(fields: QgsFields) -> QgsFields:
    """Return ``fields`` with the Darwin Core column that tells what was made coarse."""
    wider = QgsFields(fields)
    if GENERALIZATIONS not in fields.names():
        wider.append(QgsField(GENERALIZATIONS, QMetaType.Type.QString))
    return wider


def coarse_features(
    features: Iterable[QgsFeature],
    fields: QgsFields,
    crs: QgsCoordinateReferenceSystem,
    context: QgsCoordinateTransformContext,
    how: Coarsening,
) -> Iterator[tuple[QgsFeature, bool]]:
    """Yield each feature with ``coarse_fields(fields)``, and whether it was made coarse.

    A sensitive position becomes the middle of its square; always the same one, so that several
    copies with squares of one size do not tell more than one copy. Where it cannot be computed
    the feature has none.
    """
    grid = _Grid(crs, context, how.cell)
    wider = coarse_fields(fields)
    sensitive = _Sensitive(fields, how.doubtful)
    for feature in features:
        coarse = QgsFeature(wider, feature.id())
        values = {name: feature[name] for name in fields.names()}
        found = sensitive.holds(feature)
        if found:
            place = grid.middle(feature.geometry())
            if place is not None:
                coarse.setGeometry(_geometry(place, feature.geometry()))
            values = _coarse_values(values, place, grid, how)
        elif feature.hasGeometry():
            coarse.setGeometry(feature.geometry())
        coarse.setAttributes([values.get(name, NULL) for name in wider.names()])
        yield coarse, found


def describe_copy(
    metadata: QgsLayerMetadata, source: Optional[Manifest], how: Coarsening, changed: int, kept: int
) -> QgsLayerMetadata:
    """Return ``metadata`` that tells what was done; ``source`` is that of the original."""
    told = QgsLayerMetadata(metadata)
    told.setAbstract(
        translate(
            "PublishableCopy",
            "Copy for publication: {changed} sensitive observations stand in the middle of a "
            "square of {cell} m in Belgian Lambert 72; {kept} others are as they were.",
        ).format(changed=changed, cell=how.cell, kept=kept)
    )
    told.addHistoryItem(_done(how))
    if source is not None:
        told.setRights([inert(source.citation)] if source.citation else [])
        told.setLicenses(list(dict.fromkeys(inert(s.licence) for s in source.sources if s.licence)))
        title = translate("PublishableCopy", "Portal")
        told.setLinks([QgsAbstractMetadataBase.Link(title, "WWW:LINK", source.portal)])
        downloaded = translate("PublishableCopy", "Made from the download of {day}, job {job}.")
        told.addHistoryItem(downloaded.format(day=source.created[:10], job=source.job))
    return told


def _done(how: Coarsening) -> str:
    stripped = (
        translate(
            "PublishableCopy",
            "Sensitive positions set to the middle of a square of {cell} m; the uncertainty "
            "raised by {metres} m; every column emptied that might tell the place.",
        )
        if how.strip
        else translate(
            "PublishableCopy",
            "Sensitive positions set to the middle of a square of {cell} m; the uncertainty "
            "raised by {metres} m; coordinates, place names and ids emptied.",
        )
    )
    return stripped.format(cell=how.cell, metres=how.added_uncertainty)


def _coarse_values(
    values: dict[str, object], place: Optional[QgsPointXY], grid: _Grid, how: Coarsening
) -> dict[str, object]:
    kept = {
        name: value
        for name, value in values.items()
        if (name in _KEPT if how.strip else not _tells_place(name))
    }
    if UNCERTAINTY in values:
        before = values[UNCERTAINTY]
        known = float(before) if before not in (None, NULL) else 0.0
        kept[UNCERTAINTY] = math.ceil(known) + how.added_uncertainty
    if place is not None and {LONGITUDE, LATITUDE} <= values.keys():
        degrees = grid.degrees(place)
        kept[LONGITUDE], kept[LATITUDE] = round(degrees.x(), 5), round(degrees.y(), 5)
    if "sensitive" in values:
        kept["sensitive"] = "generalised"
    kept[GENERALIZATIONS] = translate(
        "PublishableCopy", "Middle of a square of {cell} m in Belgian Lambert 72"
    ).format(cell=how.cell)
    return kept


def _tells_place(name: str) -> bool:
    return name in _IDENTIFIERS or any(part in name.lower() for part in _PLACES)


def _geometry(place: QgsPointXY, like: QgsGeometry) -> QgsGeometry:
    geometry = QgsGeometry.fromPointXY(place)
    if like.isMultipart():
        geometry.convertToMultiType()
    return geometry


class _Sensitive:
    """Tells sensitive observations apart, by the marks of the portal."""

    def __init__(self, fields: QgsFields, doubtful: bool) -> None:
        names = set(fields.names())
        marks = [is_exact(names)]
        if "sensitive" in names:
            marks.append("coalesce(\"sensitive\" = 'alreadyGeneralised', false)")
        if doubtful:  # without an id there is no mark that could be missing
            marks.append('"occurrenceID" IS NULL' if tells_sensitivity(fields) else "true")
        self._expression = QgsExpression(" OR ".join(marks))
        self._context = QgsExpressionContext()
        self._context.setFields(fields)
        self._expression.prepare(self._context)

    def holds(self, feature: QgsFeature) -> bool:
        self._context.setFeature(feature)
        # What cannot be judged is not shown.
        return self._expression.evaluate(self._context) not in (0, False)


class _Grid:
    """Squares on the whole multiples of their side in Belgian Lambert 72."""

    def __init__(
        self,
        crs: QgsCoordinateReferenceSystem,
        context: QgsCoordinateTransformContext,
        cell: int,
    ) -> None:
        lambert = QgsCoordinateReferenceSystem(LAMBERT_72)
        self._cell = cell
        self._transform = QgsCoordinateTransform(crs, lambert, context)
        self._to_degrees = QgsCoordinateTransform(crs, QgsCoordinateReferenceSystem(WGS84), context)

    def middle(self, geometry: QgsGeometry) -> Optional[QgsPointXY]:
        """Return the middle of the square of a position, in the CRS of the layer."""
        if geometry.isEmpty():
            return None
        try:
            place = self._transform.transform(geometry.boundingBox().center())
            x, y = (
                (math.floor(value / self._cell) + 0.5) * self._cell
                for value in (place.x(), place.y())
            )
            backward = QgsCoordinateTransform.TransformDirection.ReverseTransform
            return self._transform.transform(QgsPointXY(x, y), backward)
        except (QgsCsException, ValueError, OverflowError):  # outside the grid's world
            return None

    def degrees(self, place: QgsPointXY) -> QgsPointXY:
        return self._to_degrees.transform(place)
