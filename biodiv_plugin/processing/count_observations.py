"""The algorithm *Count observations*."""

from __future__ import annotations

from typing import Any, Mapping

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFeatureSink,
    QgsField,
    QgsFields,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterString,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QMetaType

from biodiv_plugin.processing.base import PortalAlgorithm
from biodiv_plugin.processing.filters import add_filters, read_filters
from biodiv_plugin.use_cases.count_occurrences import count_occurrences
from biodiv_plugin.use_cases.tell_query import tell_query


class CountObservations(PortalAlgorithm):
    """How many records a query has, and how they are spread over the values of fields."""

    uses_account = True

    def name(self) -> str:
        return "countobservations"

    def displayName(self) -> str:  # noqa: N802
        return self.tr("Count observations")

    def group(self) -> str:
        return self.tr("Observations")

    def groupId(self) -> str:  # noqa: N802
        return "observations"

    def tags(self) -> list[str]:
        return self.tr("occurrences,species,records,count").split(",")

    def initAlgorithm(self, config: Any = None) -> None:  # noqa: N802
        add_filters(self)
        self.addParameter(
            QgsProcessingParameterString(
                "FACETS",
                self.tr("Count per field, for example year;basisOfRecord"),
                "",
                optional=True,
            )
        )
        self.addParameter(
            QgsProcessingParameterFeatureSink(
                "OUTPUT",
                self.tr("Counts"),
                QgsProcessing.SourceType.TypeVector,
                optional=True,
                createByDefault=False,
            )
        )
        self.addOutput(QgsProcessingOutputNumber("COUNT", self.tr("Number of observations")))

    def work(
        self,
        parameters: Mapping[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        query = read_filters(self, self.services, parameters, context, feedback)
        wanted = self.parameterAsString(parameters, "FACETS", context)
        fields = tuple(name.strip() for name in wanted.split(";") if name.strip())
        counted = count_occurrences(query, self.services.occurrences, fields, feedback)
        feedback.pushInfo(" ".join([tell_query(query, counted.count), *counted.remarks()]))
        outputs: dict[str, Any] = {"COUNT": counted.count}
        sink, identifier = self.parameterAsSink(
            parameters,
            "OUTPUT",
            context,
            _columns(),
            QgsWkbTypes.Type.NoGeometry,
            QgsCoordinateReferenceSystem(),
        )
        if sink is not None:
            for facet, values in counted.facets.items():
                for value in values:
                    feature = QgsFeature(_columns())
                    feature.setAttributes([facet, value.value, value.label, value.count])
                    sink.addFeature(feature, QgsFeatureSink.Flag.FastInsert)
            del sink  # closes the file
            outputs["OUTPUT"] = identifier
        return outputs


def _columns() -> QgsFields:
    fields = QgsFields()
    for name in ("facet", "value", "label"):
        fields.append(QgsField(name, QMetaType.Type.QString))
    fields.append(QgsField("count", QMetaType.Type.LongLong))
    return fields
