"""The algorithm *Portal layers*."""

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
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterString,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QMetaType

from biodiv_plugin.processing.base import PortalAlgorithm
from biodiv_plugin.use_cases.search_catalogue import CatalogueIndex, LayerFilter

TYPES = ("", "Contextual", "Environmental")
COLUMNS = (
    "field",
    "title",
    "layer",
    "type",
    "classification1",
    "classification2",
    "description",
    "source",
    "licence",
    "units",
)


class PortalLayers(PortalAlgorithm):
    """The catalogue of the geographic portal as a table."""

    def name(self) -> str:
        return "portallayers"

    def displayName(self) -> str:  # noqa: N802
        return self.tr("Portal layers")

    def group(self) -> str:
        return self.tr("Geographic portal")

    def groupId(self) -> str:  # noqa: N802
        return "geographicportal"

    def tags(self) -> list[str]:
        return self.tr("catalogue,wms,layers").split(",")

    def initAlgorithm(self, config: Any = None) -> None:  # noqa: N802
        self.addParameter(
            QgsProcessingParameterString("SEARCH", self.tr("Words"), "", optional=True)
        )
        self.addParameter(
            QgsProcessingParameterEnum(
                "TYPE",
                self.tr("Kind"),
                [self.tr("all"), self.tr("contextual"), self.tr("environmental")],
                defaultValue=0,
            )
        )
        self.addParameter(
            QgsProcessingParameterFeatureSink(
                "OUTPUT", self.tr("Layers"), QgsProcessing.SourceType.TypeVector
            )
        )
        self.addOutput(QgsProcessingOutputNumber("COUNT", self.tr("Number of layers")))

    def work(
        self,
        parameters: Mapping[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        kind = TYPES[self.parameterAsEnum(parameters, "TYPE", context)]
        words = self.parameterAsString(parameters, "SEARCH", context).strip()
        fields = QgsFields()
        for name in COLUMNS:
            fields.append(QgsField(name, QMetaType.Type.QString))
        sink, identifier = self.parameterAsSink(
            parameters,
            "OUTPUT",
            context,
            fields,
            QgsWkbTypes.Type.NoGeometry,
            QgsCoordinateReferenceSystem(),
        )
        index = CatalogueIndex(self.services.catalogue.fields(feedback=feedback))
        found = index.search(LayerFilter(words, kind))
        for entry in found:
            row = [
                entry.field_id,
                entry.title,
                entry.layer_name,
                entry.type,
                entry.classification1,
                entry.classification2,
                entry.description,
                entry.source,
                entry.licence,
                entry.units,
            ]
            feature = QgsFeature(fields)
            feature.setAttributes([value or None for value in row])
            sink.addFeature(feature, QgsFeatureSink.Flag.FastInsert)
        del sink  # closes the file
        return {"OUTPUT": identifier, "COUNT": len(found)}
