"""The algorithm *Run analysis on the portal*."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Mapping, Optional

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputMultipleLayers,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from biodiv_plugin.portal.analysis import AnalysisTask
from biodiv_plugin.portal.errors import InvalidQuery
from biodiv_plugin.processing.base import PortalAlgorithm
from biodiv_plugin.use_cases.analysis_inputs import (
    AnalysisServices,
    complete_inputs,
    find_process,
)
from biodiv_plugin.use_cases.fetch_results import AnalysisResults, fetch_results
from biodiv_plugin.use_cases.name_analysis import name_group, name_result
from biodiv_plugin.use_cases.run_analysis import OwnPolygons, restore_task, run_analysis


class RunAnalysis(PortalAlgorithm):
    """One of the portal's own analyses, or the results of an earlier one."""

    group_id = "geographicportal"
    uses_account = True

    def name(self) -> str:
        return "runanalysis"

    def displayName(self) -> str:  # noqa: N802
        return self.tr("Run analysis on the portal")

    def tags(self) -> list[str]:
        return self.tr("maxent,prediction,classification,aoo,eoo,scatterplot,server").split(",")

    def initAlgorithm(self, config: Any = None) -> None:  # noqa: N802
        numeric = QgsProcessingParameterNumber.Type
        earlier = QgsProcessingParameterNumber(
            "EARLIER",
            self.tr("Or number of an earlier analysis, to fetch its results"),
            numeric.Integer,
            optional=True,
            minValue=1,
        )
        earlier.setFlags(earlier.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced)
        for parameter in (
            QgsProcessingParameterString(
                "PROCESS", self.tr("Analysis, for example AooEoo"), "", optional=True
            ),
            QgsProcessingParameterString(
                "INPUTS", self.tr("Inputs, as JSON"), "{}", multiLine=True, optional=True
            ),
            QgsProcessingParameterFeatureSource(
                "AREA",
                self.tr("Polygons, instead of a portal area in the inputs"),
                [QgsProcessing.SourceType.TypeVectorPolygon],
                optional=True,
            ),
            QgsProcessingParameterBoolean(
                "CONSENT",
                self.tr("I agree that everybody can see my polygons while the analysis runs"),
                False,
            ),
            QgsProcessingParameterNumber(
                "TIMEOUT",
                self.tr("Wait for the portal at most (s)"),
                numeric.Double,
                3600,
                minValue=1,
            ),
            earlier,
            QgsProcessingParameterFolderDestination("OUTPUT", self.tr("Folder for the results")),
        ):
            self.addParameter(parameter)
        self.addOutput(QgsProcessingOutputMultipleLayers("LAYERS", self.tr("Layers")))
        self.addOutput(QgsProcessingOutputNumber("TASK", self.tr("Number of the analysis")))

    def work(
        self,
        parameters: Mapping[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        parent = Path(self.parameterAsString(parameters, "OUTPUT", context))
        services = self.services
        earlier = self.parameterAsInt(parameters, "EARLIER", context)
        if earlier:
            timeout = self.parameterAsDouble(parameters, "TIMEOUT", context)
            task = restore_task(
                earlier, services.analyses, feedback.pushInfo, timeout, feedback=feedback
            )
        else:
            task = self._run(parameters, context, feedback)
        results = fetch_results(
            task,
            parent,
            services.analyses,
            services.areas,
            services.environment.portal,
            feedback,
        )
        self._tell(results, feedback)
        for path in results.layers:
            self._load(path, task, context)
        return {
            "OUTPUT": str(results.folder),
            "LAYERS": [str(path) for path in results.layers],
            "TASK": task.id,
        }

    def _run(
        self,
        parameters: Mapping[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> AnalysisTask:
        services = self.services
        account = services.session.account
        parts = AnalysisServices(
            services.analyses,
            services.areas,
            services.taxa,
            services.environment,
            account.user_id if account else "",
        )
        name = self.parameterAsString(parameters, "PROCESS", context)
        given = _inputs(self.parameterAsString(parameters, "INPUTS", context))
        process = find_process(name, services.analyses.capabilities(feedback))
        return run_analysis(
            process,
            complete_inputs(process, given, parts, feedback),
            self._polygons(parameters, context),
            parts,
            feedback.pushInfo,
            self.parameterAsDouble(parameters, "TIMEOUT", context),
            feedback=feedback,
        )

    def _polygons(
        self, parameters: Mapping[str, Any], context: QgsProcessingContext
    ) -> Optional[OwnPolygons]:
        source = self.parameterAsSource(parameters, "AREA", context)
        if source is None:
            return None
        return OwnPolygons(
            tuple(feature.geometry() for feature in source.getFeatures()),
            source.sourceCrs(),
            context.transformContext(),
            self.parameterAsBoolean(parameters, "CONSENT", context),
        )

    def _tell(self, results: AnalysisResults, feedback: QgsProcessingFeedback) -> None:
        for path in results.reports:
            feedback.pushInfo(self.tr("Report: {address}").format(address=path.as_uri()))
        for address in results.searches:
            feedback.pushInfo(self.tr("Observations: {address}").format(address=address))
        for name in results.missing:
            text = self.tr("The portal has lost “{name}”; the rest was fetched.")
            feedback.pushWarning(text.format(name=name))

    def _load(self, path: Path, task: AnalysisTask, context: QgsProcessingContext) -> None:
        """Have the layer opened in a group of its analysis, where there is a map."""
        if context.project() is None:
            return
        details = QgsProcessingContext.LayerDetails(
            name_result(path.stem), context.project(), "LAYERS"
        )
        details.groupName = name_group(task.name, task.id)
        context.addLayerToLoadOnCompletion(str(path), details)


def _inputs(text: str) -> dict[str, Any]:
    try:
        given = json.loads(text.strip() or "{}")
    except ValueError as fault:
        raise InvalidQuery("the inputs are no JSON", part="INPUTS") from fault
    if not isinstance(given, dict):
        raise InvalidQuery("the inputs are no JSON object", part="INPUTS")
    return given
