"""The algorithm *Species in area*."""

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
from biodiv_plugin.use_cases.species_in_area import SpeciesFound, species_in_area


class SpeciesInArea(PortalAlgorithm):
    """The species list of an area: records, years, and the lists each species stands on."""

    uses_account = True

    def name(self) -> str:
        return "speciesinarea"

    def displayName(self) -> str:  # noqa: N802
        return self.tr("Species in area")

    def group(self) -> str:
        return self.tr("Observations")

    def groupId(self) -> str:  # noqa: N802
        return "observations"

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
        self.addParameter(
            QgsProcessingParameterFeatureSink(
                "OUTPUT", self.tr("Species"), QgsProcessing.SourceType.TypeVector
            )
        )
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
        sink, identifier = self.parameterAsSink(
            parameters,
            "OUTPUT",
            context,
            _columns(),
            QgsWkbTypes.Type.NoGeometry,
            QgsCoordinateReferenceSystem(),
        )
        for each in found:
            sink.addFeature(_row(each), QgsFeatureSink.Flag.FastInsert)
        del sink  # closes the file
        return {"OUTPUT": identifier, "SPECIES": len({each.species.key for each in found})}


def _columns() -> QgsFields:
    fields = QgsFields()
    for name in ("group", "scientificName", "vernacularName", "taxonID", "kingdom", "family"):
        fields.append(QgsField(name, QMetaType.Type.QString))
    for name in ("records", "firstYear", "lastYear"):
        fields.append(QgsField(name, QMetaType.Type.Int))
    for name in ("lists", "redListCategories"):
        fields.append(QgsField(name, QMetaType.Type.QString))
    return fields


def _row(found: SpeciesFound) -> QgsFeature:
    species = found.species
    feature = QgsFeature(_columns())
    feature.setAttributes(
        [
            found.group or None,
            species.scientific_name,
            species.vernacular_name or None,
            species.key,
            species.kingdom or None,
            species.family or None,
            species.count,
            found.first_year,
            found.last_year,
            "; ".join(name for name, _ in found.lists) or None,
            "; ".join(f"{name}: {status}" for name, status in found.lists if status) or None,
        ]
    )
    return feature
