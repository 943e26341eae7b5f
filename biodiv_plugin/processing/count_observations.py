"""The algorithm *Count observations*."""

from __future__ import annotations

from typing import Any, Mapping

from qgis.core import (
    QgsField,
    QgsFields,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterString,
)
from qgis.PyQt.QtCore import QMetaType

from biodiv_plugin.processing.base import PortalAlgorithm, table_row
from biodiv_plugin.processing.filters import add_filters, read_filters
from biodiv_plugin.use_cases.count_occurrences import count_occurrences
from biodiv_plugin.use_cases.tell_query import tell_query


class CountObservations(PortalAlgorithm):
    """How many records a query has, and how they are spread over the values of fields."""

    group_id = "observations"
    uses_account = True

    def name(self) -> str:
        return "countobservations"

    def displayName(self) -> str:  # noqa: N802
        return self.tr("Count observations")

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
        self.add_table(self.tr("Counts"), optional=True, ticked=False)
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
        columns = _columns()
        rows = (
            table_row(columns, [facet, value.value, value.label, value.count])
            for facet, values in counted.facets.items()
            for value in values
        )
        return {"COUNT": counted.count, **self.save(parameters, context, columns, rows)}


def _columns() -> QgsFields:
    fields = QgsFields()
    for name in ("facet", "value", "label"):
        fields.append(QgsField(name, QMetaType.Type.QString))
    fields.append(QgsField("count", QMetaType.Type.LongLong))
    return fields
