"""The algorithm *Download observations*."""

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
    QgsProcessingParameterBoolean,
    QgsProcessingParameterCrs,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
    QgsProcessingParameterVectorDestination,
)

from biodiv_plugin.portal.downloads import (
    DARWIN_CORE_FIELDS,
    MINIMAL_FIELDS,
    DownloadOptions,
    all_fields,
)
from biodiv_plugin.portal.logger import FALLBACK_REASONS
from biodiv_plugin.processing.base import PortalAlgorithm
from biodiv_plugin.processing.filters import add_filters, read_filters
from biodiv_plugin.use_cases.download_occurrences import DownloadRequest, download_occurrences
from biodiv_plugin.use_cases.name_reason import name_reason
from biodiv_plugin.use_cases.tell_query import tell_query

MINIMAL, DARWIN_CORE, ALL, CUSTOM = range(4)
RESEARCH = 7  # the portal's id of "ecological research", what most of these users do


class DownloadObservations(PortalAlgorithm):
    """Downloads records into a GeoPackage: typed, styled, with its manifest and citation."""

    group_id = "observations"
    uses_account = True

    def name(self) -> str:
        return "downloadobservations"

    def displayName(self) -> str:  # noqa: N802
        return self.tr("Download observations")

    def tags(self) -> list[str]:
        return self.tr("occurrences,species,records,geopackage,darwin core").split(",")

    def initAlgorithm(self, config: Any = None) -> None:  # noqa: N802
        add_filters(self)
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
            QgsProcessingParameterEnum(
                "FIELDS",
                self.tr("Columns"),
                [
                    self.tr("the most used"),
                    self.tr("Darwin Core"),
                    self.tr("all"),
                    self.tr("of your own"),
                ],
                defaultValue=MINIMAL,
            )
        )
        self.addParameter(
            QgsProcessingParameterCrs("TARGET_CRS", self.tr("Coordinate system"), "EPSG:31370")
        )
        for parameter in self._advanced():
            parameter.setFlags(
                parameter.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced
            )
            self.addParameter(parameter)
        self.addParameter(
            QgsProcessingParameterVectorDestination(
                "OUTPUT", self.tr("Observations"), QgsProcessing.SourceType.TypeVectorPoint
            )
        )
        self.addOutput(QgsProcessingOutputNumber("RECORDS", self.tr("Number of observations")))
        self.addOutput(QgsProcessingOutputFile("MANIFEST", self.tr("Manifest")))
        self.addOutput(QgsProcessingOutputString("CITATION", self.tr("Citation")))

    def _advanced(self) -> list[QgsProcessingParameterDefinition]:
        return [
            QgsProcessingParameterString(
                "CUSTOM_FIELDS",
                self.tr("Columns of your own, separated by ;"),
                "",
                optional=True,
            ),
            QgsProcessingParameterBoolean("NOTIFY", self.tr("E-mail me when it is ready"), False),
            QgsProcessingParameterNumber(
                "TIMEOUT", self.tr("Wait for the portal at most (s)"), defaultValue=3600, minValue=1
            ),
        ]

    def work(
        self,
        parameters: Mapping[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        services = self.services
        asked = services.for_download(context.transformContext())
        query = read_filters(self, services, parameters, context, feedback)
        reason = self.parameterAsEnum(parameters, "REASON", context)
        request = DownloadRequest(
            query=query,
            options=DownloadOptions(
                email=services.session.account.email,
                reason_id=reasons()[reason][0],
                fields=self._fields(parameters, context, feedback),
                notify=self.parameterAsBoolean(parameters, "NOTIFY", context),
            ),
            target=Path(self.parameterAsOutputLayer(parameters, "OUTPUT", context)),
            crs=self.parameterAsCrs(parameters, "TARGET_CRS", context),
            timeout=self.parameterAsDouble(parameters, "TIMEOUT", context),
        )
        done = download_occurrences(request, asked, feedback)
        feedback.pushInfo(tell_query(query, done.records))
        for warning in done.warnings:
            feedback.pushWarning(warning)
        return {
            "OUTPUT": str(done.path),
            "RECORDS": done.records,
            "MANIFEST": str(done.manifest_path),
            "CITATION": done.citation,
        }

    def _fields(
        self,
        parameters: Mapping[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> tuple[str, ...]:
        preset = self.parameterAsEnum(parameters, "FIELDS", context)
        if preset == CUSTOM:
            wanted = self.parameterAsString(parameters, "CUSTOM_FIELDS", context)
            own = tuple(name.strip() for name in wanted.split(";") if name.strip())
            return tuple(dict.fromkeys((*MINIMAL_FIELDS, *own)))
        if preset == ALL:
            return all_fields(self.services.occurrences.index_fields(feedback))
        return DARWIN_CORE_FIELDS if preset == DARWIN_CORE else MINIMAL_FIELDS


def reasons() -> list[tuple[int, str]]:
    """Return the ids and names to choose from.

    The built-in table: a dialog must open without a network. The portal does not check the id
    (contract/occurrences 3.1).
    """
    return [(reason.id, name_reason(reason)) for reason in FALLBACK_REASONS]
