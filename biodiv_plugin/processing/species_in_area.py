"""The algorithm *Species in area*."""

from __future__ import annotations

from typing import Any, Mapping

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterString,
)

from biodiv_plugin.layers.species_table import species_fields
from biodiv_plugin.processing.base import PortalAlgorithm, table_row
from biodiv_plugin.processing.filters import add_filters, read_filters
from biodiv_plugin.use_cases.count_occurrences import count_occurrences
from biodiv_plugin.use_cases.species_in_area import species_in_area


class SpeciesInArea(PortalAlgorithm):
    """The species list of an area: records, years, and the lists each species stands on."""

    group_id = "observations"
    uses_account = True

    def name(self) -> str:
        return "speciesinarea"

    def displayName(self) -> str:  # noqa: N802
        return self.tr("Species in area")

    def tags(self) -> list[str]:
        return self.tr("checklist,species,red list,richness").split(",")

    def initAlgorithm(self, config: Any = None) -> None:  # noqa: N802
        add_filters(self)
        self.addParameter(
            QgsProcessingParameterString(
                "GROUP_BY",
                self.tr("Per value of a field, for example municipality"),
                "",
                False,
                True,
            )
        )
        self.add_table(self.tr("Species"))
        self.addOutput(QgsProcessingOutputNumber("SPECIES", self.tr("Number of species")))

    def work(
        self,
        parameters: Mapping[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        query = read_filters(self, self.services, parameters, context, feedback)
        group_by = self.parameterAsString(parameters, "GROUP_BY", context).strip()
        found = species_in_area(
            query, self.services.occurrences, self.services.species_lists, group_by, feedback
        )
        if not found:
            for remark in count_occurrences(query, self.services.occurrences, ()).remarks():
                feedback.pushWarning(remark)
        fields = species_fields()
        output = self.save(
            parameters, context, fields, (table_row(fields, each.row()) for each in found)
        )
        return {**output, "SPECIES": len({each.species.key for each in found})}
