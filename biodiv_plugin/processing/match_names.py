"""The algorithm *Match names*."""

from __future__ import annotations

from typing import Any, Mapping, Optional

from qgis.core import (
    QgsField,
    QgsFields,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeatureSource,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterString,
)
from qgis.PyQt.QtCore import QMetaType

from biodiv_plugin.portal.errors import Canceled
from biodiv_plugin.portal.taxa import NameMatch, NameToMatch
from biodiv_plugin.processing.base import PortalAlgorithm, table_row

_DOUBTFUL = ("fuzzyMatch", "higherMatch")  # a taxon, but perhaps not the one that was meant
_COLUMNS = (
    "matchType",
    "scientificName",
    "vernacularName",
    "taxonRank",
    "kingdom",
    "taxonConceptID",
    "issues",
)


class MatchNames(PortalAlgorithm):
    """What the portal makes of the names in a table; each row comes back, in order."""

    group_id = "specieslists"

    def name(self) -> str:
        return "matchnames"

    def displayName(self) -> str:  # noqa: N802
        return self.tr("Match names")

    def tags(self) -> list[str]:
        return self.tr("taxa,species,names,synonyms,accepted").split(",")

    def initAlgorithm(self, config: Any = None) -> None:  # noqa: N802
        self.addParameter(
            QgsProcessingParameterFeatureSource(
                "INPUT", self.tr("Table with names"), [QgsProcessing.SourceType.TypeVector]
            )
        )
        self.addParameter(
            QgsProcessingParameterField(
                "NAME_FIELD", self.tr("Column with the names"), parentLayerParameterName="INPUT"
            )
        )
        self.addParameter(
            QgsProcessingParameterString(
                "KINGDOM",
                self.tr("Kingdom, to tell apart names that two have (Animalia, Plantae, Fungi)"),
                "",
                optional=True,
            )
        )
        self.add_table(self.tr("Matched names"))
        self.addOutput(QgsProcessingOutputNumber("MATCHED", self.tr("Names that matched")))
        self.addOutput(QgsProcessingOutputNumber("UNMATCHED", self.tr("Names without a match")))

    def work(
        self,
        parameters: Mapping[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        source = self.source_of(parameters, "INPUT", context)
        field = self.parameterAsString(parameters, "NAME_FIELD", context)
        kingdom = self.parameterAsString(parameters, "KINGDOM", context).strip()
        rows = _rows(source, field, feedback)
        found = self._matches([name for name, _ in rows], kingdom, feedback)
        fields = _fields(source.fields())
        written = (
            table_row(fields, [*attributes, *_cells(found.get(name))]) for name, attributes in rows
        )
        output = self.save(parameters, context, fields, written)
        matched = sum(_success(found.get(name)) for name, _ in rows)
        self._tell(found, feedback)
        return {**output, "MATCHED": matched, "UNMATCHED": len(rows) - matched}

    def _matches(
        self, names: list[str], kingdom: str, feedback: QgsProcessingFeedback
    ) -> dict[str, NameMatch]:
        """Ask for each name once, however often the table holds it."""
        once = list(dict.fromkeys(name for name in names if name))
        matches = self.services.taxa.match([NameToMatch(name, kingdom) for name in once], feedback)
        return dict(zip(once, matches))

    def _tell(self, found: Mapping[str, NameMatch], feedback: QgsProcessingFeedback) -> None:
        misses = [name for name, match in found.items() if not match.success]
        doubtful = [name for name, match in found.items() if match.match_type in _DOUBTFUL]
        if misses:
            text = self.tr("The portal does not know: {names}")
            feedback.pushWarning(text.format(names=", ".join(misses)))
        if doubtful:
            text = self.tr("Check these, the match is a guess: {names}")
            feedback.pushWarning(text.format(names=", ".join(doubtful)))


def _rows(
    source: QgsProcessingFeatureSource, field: str, feedback: QgsProcessingFeedback
) -> list[tuple[str, list[Any]]]:
    rows = []
    for feature in source.getFeatures():
        if feedback.isCanceled():
            raise Canceled
        value = feature[field]
        name = " ".join(value.split()) if isinstance(value, str) else ""
        rows.append((name, feature.attributes()))
    return rows


def _fields(given: QgsFields) -> QgsFields:
    """Return the columns of the table, and those of the match under names that are free."""
    fields = QgsFields(given)
    for name in _COLUMNS:
        while fields.lookupField(name) >= 0:
            name = f"matched_{name}"
        fields.append(QgsField(name, QMetaType.Type.QString))
    return fields


def _success(match: Optional[NameMatch]) -> bool:
    return match is not None and match.success


def _cells(match: Optional[NameMatch]) -> list[Any]:
    if match is None:  # an empty cell
        return ["noName", *[None] * (len(_COLUMNS) - 1)]
    issues = (*match.issues, *(("synonym",) if match.is_synonym else ()))
    return [
        match.match_type if match.success else "noMatch",
        match.scientific_name or None,
        match.vernacular_name or None,
        match.rank or None,
        match.kingdom or None,
        match.key or None,
        " | ".join(issues) or None,
    ]
