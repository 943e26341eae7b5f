"""The algorithm *Search observations*."""

from __future__ import annotations

from typing import Any, Mapping

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterNumber,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QLocale

from biodiv_plugin.layers.search_layer import occurrence_feature, search_fields
from biodiv_plugin.portal.occurrences import MAX_RECORDS
from biodiv_plugin.processing.base import PortalAlgorithm
from biodiv_plugin.processing.filters import WGS84, add_filters, read_filters
from biodiv_plugin.use_cases.count_occurrences import count_occurrences
from biodiv_plugin.use_cases.search_occurrences import Found, search_occurrences
from biodiv_plugin.use_cases.tell_query import tell_query

_DEFAULT = 1000  # records; one request


class SearchObservations(PortalAlgorithm):
    """The first records of a query as points, at once and without an account."""

    group_id = "observations"
    uses_account = True

    def name(self) -> str:
        return "searchobservations"

    def displayName(self) -> str:  # noqa: N802
        return self.tr("Search observations")

    def tags(self) -> list[str]:
        return self.tr("occurrences,species,records,search,points").split(",")

    def initAlgorithm(self, config: Any = None) -> None:  # noqa: N802
        add_filters(self)
        self.addParameter(
            QgsProcessingParameterNumber(
                "MAX_RECORDS",
                self.tr("Records at most"),
                QgsProcessingParameterNumber.Type.Integer,
                defaultValue=_DEFAULT,
                minValue=1,
                maxValue=MAX_RECORDS,
            )
        )
        self.add_layer(self.tr("Observations"), QgsProcessing.SourceType.TypeVectorPoint)
        self.addOutput(QgsProcessingOutputNumber("COUNT", self.tr("Number of points and rows")))
        self.addOutput(QgsProcessingOutputNumber("TOTAL", self.tr("Number on the portal")))

    def work(
        self,
        parameters: Mapping[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        query = read_filters(self, self.services, parameters, context, feedback)
        limit = self.parameterAsInt(parameters, "MAX_RECORDS", context)
        found = search_occurrences(query, limit, self.services.occurrences, feedback)
        self._tell(found, feedback)
        fields = search_fields()
        points = (occurrence_feature(occurrence, fields) for occurrence in found.occurrences)
        output = self.save(
            parameters, context, fields, points, kind=QgsWkbTypes.Type.Point, crs=WGS84
        )
        return {**output, "COUNT": len(found.occurrences), "TOTAL": found.total}

    def _tell(self, found: Found, feedback: QgsProcessingFeedback) -> None:
        feedback.pushInfo(tell_query(found.query, found.total))
        shown = len(found.occurrences)
        if not found.total:
            counted = count_occurrences(found.query, self.services.occurrences, feedback=feedback)
            for remark in counted.remarks():
                feedback.pushWarning(remark)
        elif shown < found.total:
            feedback.pushWarning(
                self.tr(
                    "Only the first {n} are read; the portal shows at most {most} by a search. "
                    "Use “Download observations” for all of them."
                ).format(n=QLocale().toString(shown), most=QLocale().toString(MAX_RECORDS))
            )
