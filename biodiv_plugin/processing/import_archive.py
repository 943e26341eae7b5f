"""The algorithm *Import archive*."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Mapping

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputFile,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterCrs,
    QgsProcessingParameterFile,
    QgsProcessingParameterVectorDestination,
)

from biodiv_plugin.processing.base import PortalAlgorithm
from biodiv_plugin.use_cases.import_saved_archive import import_saved_archive


class ImportArchive(PortalAlgorithm):
    """A zip downloaded by hand from the portal becomes the same layer as a download here."""

    group_id = "observations"

    def name(self) -> str:
        return "importarchive"

    def displayName(self) -> str:  # noqa: N802
        return self.tr("Import archive")

    def tags(self) -> list[str]:
        return self.tr("zip,download,geopackage,darwin core").split(",")

    def initAlgorithm(self, config: Any = None) -> None:  # noqa: N802
        self.addParameter(
            QgsProcessingParameterFile(
                "INPUT",
                self.tr("Archive"),
                QgsProcessingParameterFile.Behavior.File,
                "zip",
            )
        )
        self.addParameter(
            QgsProcessingParameterCrs("TARGET_CRS", self.tr("Coordinate system"), "EPSG:31370")
        )
        self.addParameter(
            QgsProcessingParameterVectorDestination(
                "OUTPUT", self.tr("Observations"), QgsProcessing.SourceType.TypeVectorPoint
            )
        )
        self.addOutput(QgsProcessingOutputNumber("RECORDS", self.tr("Number of observations")))
        self.addOutput(QgsProcessingOutputFile("MANIFEST", self.tr("Manifest")))
        self.addOutput(QgsProcessingOutputString("CITATION", self.tr("Citation")))

    def work(
        self,
        parameters: Mapping[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        done = import_saved_archive(
            Path(self.parameterAsFile(parameters, "INPUT", context)),
            Path(self.parameterAsOutputLayer(parameters, "OUTPUT", context)),
            self.parameterAsCrs(parameters, "TARGET_CRS", context),
            context.transformContext(),
            self.services.environment,
            self.services.collectory,
            feedback,
        )
        for warning in done.warnings:
            feedback.pushWarning(warning)
        return {
            "OUTPUT": str(done.imported.path),
            "RECORDS": done.imported.records,
            "MANIFEST": str(done.manifest_path),
            "CITATION": done.manifest.citation,
        }
