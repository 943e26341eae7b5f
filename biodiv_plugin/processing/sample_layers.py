"""The algorithm *Sample portal layers*."""

from __future__ import annotations

from typing import Any, Iterator, Mapping, Optional

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeature,
    QgsField,
    QgsFields,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeatureSource,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterString,
)
from qgis.PyQt.QtCore import QMetaType

from biodiv_plugin.portal.catalogue import ENVIRONMENTAL
from biodiv_plugin.portal.errors import Canceled
from biodiv_plugin.processing.base import PortalAlgorithm, table_row
from biodiv_plugin.use_cases.sample_layers import Column, Filled, Sampled, sample_layers


class SampleLayers(PortalAlgorithm):
    """The values of portal layers at one's own points: one more attribute a layer."""

    group_id = "geographicportal"

    def name(self) -> str:
        return "samplelayers"

    def displayName(self) -> str:  # noqa: N802
        return self.tr("Sample portal layers")

    def tags(self) -> list[str]:
        return self.tr("sampling,intersect,environment,values at points").split(",")

    def initAlgorithm(self, config: Any = None) -> None:  # noqa: N802
        self.addParameter(
            QgsProcessingParameterFeatureSource(
                "INPUT", self.tr("Points"), [QgsProcessing.SourceType.TypeVectorPoint]
            )
        )
        self.addParameter(
            QgsProcessingParameterString(
                "FIELDS", self.tr("Ids of layers, for example cl100;el10110")
            )
        )
        self.add_layer(self.tr("Points with values"), QgsProcessing.SourceType.TypeVectorPoint)
        self.addOutput(QgsProcessingOutputNumber("COUNT", self.tr("Number of points")))
        self.addOutput(QgsProcessingOutputString("UNKNOWN", self.tr("Ids that do not exist")))

    def work(
        self,
        parameters: Mapping[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        source = self.source_of(parameters, "INPUT", context)
        text = self.parameterAsString(parameters, "FIELDS", context)
        ids = [part.strip() for part in text.replace(",", ";").split(";") if part.strip()]
        features, points = self._read(source, context, feedback)
        located = [point for point in points if point is not None]
        sampled = sample_layers(
            located,
            ids,
            self.services.catalogue.fields(feedback=feedback),
            self.services.intersect,
            self.services.areas,
            feedback=feedback,
        )
        self._tell(sampled, len(points) - len(located), feedback)
        known = [column for column in sampled.columns if column.filled is not Filled.UNKNOWN]
        fields = _fields(source.fields(), known)
        output = self.save(
            parameters,
            context,
            fields,
            _with_values(features, points, known, fields),
            kind=source.wkbType(),
            crs=source.sourceCrs(),
        )
        return {
            **output,
            "COUNT": len(features),
            "UNKNOWN": ";".join(sampled.unknown()),
        }

    def _read(
        self,
        source: QgsProcessingFeatureSource,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> tuple[list[QgsFeature], list[Optional[tuple[float, float]]]]:
        """Return the features, and (latitude, longitude) of each; ``None`` without geometry.

        Of several points in one feature the middle counts.
        """
        to_degrees = QgsCoordinateTransform(
            source.sourceCrs(),
            QgsCoordinateReferenceSystem("EPSG:4326"),
            context.transformContext(),
        )
        features, points = [], []
        for feature in source.getFeatures():
            if feedback.isCanceled():
                raise Canceled
            features.append(QgsFeature(feature))
            if feature.geometry().isEmpty():
                points.append(None)
                continue
            place = to_degrees.transform(feature.geometry().centroid().asPoint())
            points.append((place.y(), place.x()))
        return features, points

    def _tell(self, sampled: Sampled, missing: int, feedback: QgsProcessingFeedback) -> None:
        """Say what is missing, and which columns did not come the usual way."""
        sentences = {
            Filled.UNKNOWN: self.tr("The portal knows no layer {id}."),
            Filled.EMPTY: self.tr("There is nothing of {title} ({id}) at these points."),
            Filled.UNVERIFIED: self.tr(
                "The portal left {title} ({id}) empty though it has values here, and its areas are "
                "too large to be fetched. Do not rely on this column."
            ),
        }
        for column in sampled.columns:
            title = column.entry.title if column.entry else ""
            if column.filled in sentences:
                feedback.pushWarning(
                    sentences[column.filled].format(title=title, id=column.field_id)
                )
            elif column.filled is not Filled.BATCH:
                text = self.tr("{title} ({id}) was looked up in another way.")
                feedback.pushInfo(text.format(title=title, id=column.field_id))
        if missing:
            text = self.tr("{n} features have no point and get no value.")
            feedback.pushWarning(text.format(n=missing))


def _with_values(
    features: list[QgsFeature],
    points: list[Optional[tuple[float, float]]],
    columns: list[Column],
    fields: QgsFields,
) -> Iterator[QgsFeature]:
    """Yield the features with a value of each column; without a point they have none."""
    row = 0
    for feature, point in zip(features, points):
        values = [column.values[row] if point else None for column in columns]
        row += point is not None
        written = table_row(fields, [*feature.attributes(), *values])
        written.setGeometry(feature.geometry())
        yield written


def _fields(before: QgsFields, columns: list[Column]) -> QgsFields:
    """Return the fields of the input and one a column, named by its id; a number if taken."""
    fields = QgsFields(before)
    for column in columns:
        number = column.entry is not None and column.entry.type == ENVIRONMENTAL
        kind = QMetaType.Type.Double if number else QMetaType.Type.QString
        name, suffix = column.field_id, 2
        while fields.lookupField(name) >= 0:
            name, suffix = f"{column.field_id}_{suffix}", suffix + 1
        field = QgsField(name, kind)
        field.setAlias(column.entry.title if column.entry else "")
        fields.append(field)
    return fields
