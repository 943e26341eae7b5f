"""The algorithm *Repeat download*."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, Mapping, Optional

from qgis.core import (
    QgsField,
    QgsFields,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFile,
    QgsProcessingParameterVectorDestination,
)
from qgis.PyQt.QtCore import QMetaType

from biodiv_plugin.layers.repeat import Difference
from biodiv_plugin.processing.base import PortalAlgorithm, table_row
from biodiv_plugin.processing.download_observations import RESEARCH, reasons
from biodiv_plugin.use_cases.repeat_download import (
    repeat_download,
    repeat_request,
    with_present_list,
)


class RepeatDownload(PortalAlgorithm):
    """Asks a downloaded file's question again; marks what is new, changed and removed."""

    group_id = "observations"
    uses_account = True

    def name(self) -> str:
        return "repeatdownload"

    def displayName(self) -> str:  # noqa: N802
        return self.tr("Repeat download")

    def tags(self) -> list[str]:
        return self.tr("update,refresh,diff,new records").split(",")

    def initAlgorithm(self, config: Any = None) -> None:  # noqa: N802
        self.addParameter(
            QgsProcessingParameterFile(
                "INPUT",
                self.tr("Downloaded file, or its manifest"),
                fileFilter="GeoPackage (*.gpkg);;JSON (*.json)",
            )
        )
        choices = reasons()
        self.addParameter(
            QgsProcessingParameterEnum(
                "REASON",
                self.tr("Reason for the download"),
                [name for _, name in choices],
                defaultValue=[number for number, _ in choices].index(RESEARCH),
            )
        )
        self.addParameter(
            QgsProcessingParameterVectorDestination(
                "OUTPUT", self.tr("Observations"), QgsProcessing.SourceType.TypeVectorPoint
            )
        )
        self.add_table(self.tr("Differences"), "DIFF", optional=True)
        self.addOutput(QgsProcessingOutputNumber("ADDED", self.tr("New")))
        self.addOutput(QgsProcessingOutputNumber("CHANGED", self.tr("Changed")))
        self.addOutput(QgsProcessingOutputNumber("REMOVED", self.tr("Removed")))

    def work(
        self,
        parameters: Mapping[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        asked = self.services.for_download(context.transformContext())
        reason = self.parameterAsEnum(parameters, "REASON", context)
        request = repeat_request(
            self._input(parameters, context),
            Path(self.parameterAsOutputLayer(parameters, "OUTPUT", context)),
            self.services.session.account.email,
            reasons()[reason][0],
        )
        query = with_present_list(request.query, self.services.species_lists, feedback)
        done = repeat_download(replace(request, query=query), asked, feedback)
        feedback.pushInfo(
            self.tr("{added} new, {changed} changed, {removed} removed.").format(
                added=done.added, changed=done.changed, removed=done.removed
            )
        )
        if done.conflicts:
            feedback.pushWarning(
                self.tr(
                    "{n} cells were edited here and changed on the portal; yours are kept."
                ).format(n=done.conflicts)
            )
        outputs = {
            "OUTPUT": str(done.downloaded.path),
            "ADDED": done.added,
            "CHANGED": done.changed,
            "REMOVED": done.removed,
        }
        fields = QgsFields()
        for name in ("recordID", "change", "scientificName", "columns"):
            fields.append(QgsField(name, QMetaType.Type.QString))
        rows = (table_row(fields, _cells(each)) for each in done.differences)
        return {**outputs, **self.save(parameters, context, fields, rows, name="DIFF")}

    def _input(self, parameters: Mapping[str, Any], context: QgsProcessingContext) -> Path:
        """Take a file, or a layer of the project, as Python and models hand it over."""
        layer = self.parameterAsVectorLayer(parameters, "INPUT", context)
        if layer is not None:
            return Path(layer.source().partition("|")[0])
        return Path(self.parameterAsFile(parameters, "INPUT", context).partition("|")[0])


def _cells(difference: Difference) -> list[Optional[str]]:
    name, terms = difference.scientific_name or None, ", ".join(difference.terms) or None
    return [difference.record, difference.change, name, terms]
