"""Observations gathered in the squares of a grid: the atlas that Flemish recorders know."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from enum import Enum
from typing import Iterable, Iterator, Optional

from qgis.core import (
    QgsClassificationJenks,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsFeature,
    QgsField,
    QgsFields,
    QgsFillSymbol,
    QgsGeometry,
    QgsGraduatedSymbolRenderer,
    QgsPointXY,
    QgsStyle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QDate, QDateTime, QMetaType

from biodiv_plugin.layers.squares import EPSG, IFBL, UTM, Square, square_at
from biodiv_plugin.portal.errors import Canceled, InvalidQuery
from biodiv_plugin.portal.http import Feedback

LAMBERT_72 = "EPSG:31370"
CLASSES = 5


class Grid(Enum):
    """The grids in the order of the public interface; a size of 0 is one's own."""

    UTM_1 = (UTM, 1000)
    UTM_5 = (UTM, 5000)
    IFBL_1 = (IFBL, 1000)
    IFBL_4 = (IFBL, 4000)
    CUSTOM = ("", 0)


@dataclass
class Tally:
    """What lies in one square, while it is counted."""

    square: Square
    records: int = 0
    species: set[str] = field(default_factory=set)
    observers: set[str] = field(default_factory=set)
    first_year: Optional[int] = None
    last_year: Optional[int] = None

    def add(self, feature: QgsFeature, names: frozenset[str]) -> None:
        self.records += 1
        self.species.update(_texts(feature, names, "species", "scientificName")[:1])
        self.observers.update(_texts(feature, names, "recordedBy"))
        year = _year(feature, names)
        if year is not None:
            self.first_year = min(year, self.first_year or year)
            self.last_year = max(year, self.last_year or year)


@dataclass(frozen=True)
class Atlas:
    """The squares with their tallies; ``coarse`` records are known less precisely than a square
    is large, ``unplaced`` ones have no position in the grid. Neither is counted."""

    crs: QgsCoordinateReferenceSystem
    tallies: tuple[Tally, ...]
    coarse: int
    unplaced: int


def atlas_fields() -> QgsFields:
    fields = QgsFields()
    fields.append(QgsField("square", QMetaType.Type.QString))
    for name in ("records", "species", "firstYear", "lastYear", "observers"):
        fields.append(QgsField(name, QMetaType.Type.Int))
    return fields


def gather(
    features: Iterable[QgsFeature],
    total: int,
    crs: QgsCoordinateReferenceSystem,
    context: QgsCoordinateTransformContext,
    grid: Grid,
    cell: int,
    feedback: Feedback,
) -> Atlas:
    """Count ``features``, points in ``crs``, per square of ``grid``.

    ``cell`` is the side of a square of one's own, in metres of Belgian Lambert 72. A record
    whose uncertainty reaches beyond half the diagonal of a square would be put in a square at
    random, so it is left out and counted as coarse. Raises ``InvalidQuery`` and ``Canceled``.
    """
    kind, size = grid.value
    if grid is Grid.CUSTOM:
        size = cell
    if size < 1:
        raise InvalidQuery(f"squares of {size} m", part="CELL")
    target = QgsCoordinateReferenceSystem(EPSG.get(kind, LAMBERT_72))
    transform = QgsCoordinateTransform(crs, target, context)
    tallies: dict[str, Tally] = {}
    coarse = unplaced = 0
    for number, feature in enumerate(features):
        if number % 1000 == 0:
            if feedback.isCanceled():
                raise Canceled
            feedback.setProgress(100 * number / max(1, total))
        names = frozenset(feature.fields().names())
        if _uncertainty(feature, names) > size / math.sqrt(2) + 1:
            coarse += 1
            continue
        square = _square(feature, transform, kind, size)
        if square is None:
            unplaced += 1
            continue
        tallies.setdefault(square.code, Tally(square)).add(feature, names)
    return Atlas(target, tuple(tallies[code] for code in sorted(tallies)), coarse, unplaced)


def atlas_features(
    atlas: Atlas, crs: QgsCoordinateReferenceSystem, context: QgsCoordinateTransformContext
) -> Iterator[QgsFeature]:
    """Yield one polygon a square, in ``crs``."""
    transform = QgsCoordinateTransform(atlas.crs, crs, context)
    for tally in atlas.tallies:
        ring = [QgsPointXY(x, y) for x, y in tally.square.corners()]
        geometry = QgsGeometry.fromPolygonXY([ring])
        geometry.transform(transform)
        feature = QgsFeature(atlas_fields())
        feature.setGeometry(geometry)
        feature.setAttributes(
            [
                tally.square.code,
                tally.records,
                len(tally.species),
                tally.first_year,
                tally.last_year,
                len(tally.observers),
            ]
        )
        yield feature


def style_atlas(layer: QgsVectorLayer) -> None:
    """Colour the squares by their number of species, in natural breaks."""
    renderer = QgsGraduatedSymbolRenderer("species")
    renderer.setSourceSymbol(QgsFillSymbol.createSimple({"outline_width": "0.1"}))
    renderer.setSourceColorRamp(QgsStyle.defaultStyle().colorRamp("Viridis"))
    renderer.setClassificationMethod(QgsClassificationJenks())
    renderer.updateClasses(layer, CLASSES)
    layer.setRenderer(renderer)
    layer.setOpacity(0.7)


def _square(
    feature: QgsFeature, transform: QgsCoordinateTransform, kind: str, size: int
) -> Optional[Square]:
    geometry = feature.geometry()
    if geometry.isEmpty():
        return None
    point = transform.transform(geometry.centroid().asPoint())
    if kind:
        return square_at(kind, size, point.x(), point.y())
    west, south = size * math.floor(point.x() / size), size * math.floor(point.y() / size)
    return Square("", f"{west}-{south}", west, south, size)


def _uncertainty(feature: QgsFeature, names: frozenset[str]) -> float:
    found = _texts(feature, names, "coordinateUncertaintyInMeters")
    try:
        return float(found[0]) if found else 0.0
    except ValueError:
        return 0.0


def _year(feature: QgsFeature, names: frozenset[str]) -> Optional[int]:
    for name in ("year", "eventDate"):
        value = feature[name] if name in names else None
        if isinstance(value, (QDate, QDateTime)):
            day = value.date() if isinstance(value, QDateTime) else value
            if day.isValid():
                return int(day.year())
        text = str(value or "")[:4]
        if text.isdecimal():
            return int(text)
    return None


def _texts(feature: QgsFeature, names: frozenset[str], *wanted: str) -> list[str]:
    """Return the values of the first of the ``wanted`` columns that holds any; lists apart."""
    for name in wanted:
        value = feature[name] if name in names else None
        if isinstance(value, list):
            found = [str(each) for each in value if str(each).strip()]
        else:
            found = [str(value)] if value not in (None, "") and str(value) != "NULL" else []
        if found:
            return found
    return []
