"""The algorithm *Load species list*."""

from __future__ import annotations

from typing import Any, Mapping

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterString,
)

from biodiv_plugin.layers.list_table import list_features, list_fields
from biodiv_plugin.processing.base import PortalAlgorithm
from biodiv_plugin.use_cases.load_species_list import load_species_list


class LoadSpeciesList(PortalAlgorithm):
    """A species list as a table: names, taxon key, and one column for each key of a value."""

    group_id = "specieslists"
    uses_account = True

    def name(self) -> str:
        return "loadspecieslist"

    def displayName(self) -> str:  # noqa: N802
        return self.tr("Load species list")

    def tags(self) -> list[str]:
        return self.tr("species,list,red list,taxa").split(",")

    def initAlgorithm(self, config: Any = None) -> None:  # noqa: N802
        self.addParameter(QgsProcessingParameterString("LIST", self.tr("List (dr…)")))
        self.add_table(self.tr("Species list"))
        self.addOutput(QgsProcessingOutputNumber("MATCHED", self.tr("Names the portal knows")))

    def work(
        self,
        parameters: Mapping[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        list_id = self.parameterAsString(parameters, "LIST", context).strip()
        signed_in = self.services.session.account is not None
        loaded = load_species_list(list_id, self.services.species_lists, signed_in, feedback)
        fields = list_fields(loaded.keys)
        rows = list_features(loaded.items, loaded.keys, fields)
        return {**self.save(parameters, context, fields, rows), "MATCHED": loaded.matched}
