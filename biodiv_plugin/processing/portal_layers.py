"""The algorithm *Portal layers*."""

from __future__ import annotations

from typing import Any, Mapping, Optional

from qgis.core import (
    QgsField,
    QgsFields,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterEnum,
    QgsProcessingParameterString,
)
from qgis.PyQt.QtCore import QMetaType

from biodiv_plugin.portal.catalogue import LayerEntry
from biodiv_plugin.processing.base import PortalAlgorithm, table_row
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

    group_id = "geographicportal"

    def name(self) -> str:
        return "portallayers"

    def displayName(self) -> str:  # noqa: N802
        return self.tr("Portal layers")

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
        self.add_table(self.tr("Layers"))
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
        index = CatalogueIndex(self.services.catalogue.fields(feedback=feedback))
        found = index.search(LayerFilter(words, kind))
        rows = (table_row(fields, _cells(entry)) for entry in found)
        return {**self.save(parameters, context, fields, rows), "COUNT": len(found)}


def _cells(entry: LayerEntry) -> list[Optional[str]]:
    cells = (
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
    )
    return [cell or None for cell in cells]
