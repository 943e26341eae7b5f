"""The algorithm *Area report*."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Mapping, Optional, Sequence

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeatureRequest,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterString,
    QgsProject,
    QgsWkbTypes,
)

from biodiv_plugin.layers.report_layout import check_pdf, export_pdf, report_layout
from biodiv_plugin.layers.report_table import (
    area_features,
    area_fields,
    area_layer,
    detail_features,
    detail_fields,
)
from biodiv_plugin.messages import explain
from biodiv_plugin.portal.catalogue import LayerEntry
from biodiv_plugin.portal.citation import Portal
from biodiv_plugin.portal.errors import StorageFailed
from biodiv_plugin.portal.report import AreaReport, Plot, Reports
from biodiv_plugin.processing.base import PortalAlgorithm
from biodiv_plugin.processing.filters import add_filters, read_filters
from biodiv_plugin.services import Services
from biodiv_plugin.use_cases.area_report import (
    layers_of_report,
    plots,
    read_polygons,
    report_areas,
)

WGS84 = QgsCoordinateReferenceSystem("EPSG:4326")
_OWN_AREA = ("AREA", "EXTENT")  # filters that the polygons take the place of


class AreaReportOfPolygons(PortalAlgorithm):
    """What the portal knows of each polygon: with its numbers, as a table, and on paper."""

    group_id = "geographicportal"
    uses_account = True

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._on_paper: Optional[tuple[Path, Reports]] = None

    def name(self) -> str:
        return "areareport"

    def displayName(self) -> str:  # noqa: N802
        return self.tr("Area report")

    def tags(self) -> list[str]:
        return self.tr("report,area,red list,invasive,richness").split(",")

    def initAlgorithm(self, config: Any = None) -> None:  # noqa: N802
        self.addParameter(
            QgsProcessingParameterFeatureSource(
                "INPUT", self.tr("Polygons"), [QgsProcessing.SourceType.TypeVectorPolygon]
            )
        )
        self.addParameter(
            QgsProcessingParameterField(
                "NAME_FIELD",
                self.tr("Field with the name of each polygon"),
                parentLayerParameterName="INPUT",
                optional=True,
            )
        )
        self.addParameter(
            QgsProcessingParameterString(
                "LAYERS",
                self.tr("Portal layers to look into, for example cl100;cl101 (empty: all named)"),
                "",
                optional=True,
            )
        )
        add_filters(self)
        for name in _OWN_AREA:
            self.removeParameter(name)
        self.add_layer(self.tr("Areas"), QgsProcessing.SourceType.TypeVectorPolygon)
        self.add_table(self.tr("Groups, lists, layers and years"), "DETAILS", optional=True)
        self.addParameter(
            QgsProcessingParameterFileDestination(
                "PDF",
                self.tr("Report with map, chart and sources"),
                self.tr("PDF files (*.pdf)"),
                optional=True,
                createByDefault=False,
            )
        )
        self.addOutput(QgsProcessingOutputNumber("COUNT", self.tr("Number of observations")))

    def work(
        self,
        parameters: Mapping[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        pdf = self.parameterAsFileOutput(parameters, "PDF", context)
        if pdf:
            check_pdf(Path(pdf))  # rather than after minutes of questions
        chosen = self._plots(parameters, context, feedback)
        query = read_filters(self, self.services, parameters, context, feedback)
        layers = self._layers(parameters, context, feedback)
        told = report_areas(chosen, query, layers, self.services.for_report, feedback)
        self._tell(told.reports, feedback)
        reports, outputs = told.reports, {"COUNT": sum(each.records for each in told.reports)}
        multi, none = QgsWkbTypes.Type.MultiPolygon, QgsWkbTypes.Type.NoGeometry
        nowhere = QgsCoordinateReferenceSystem()
        for name, fields, kind, crs, features in (
            ("OUTPUT", area_fields(), multi, WGS84, area_features(reports)),
            ("DETAILS", detail_fields(), none, nowhere, detail_features(reports)),
        ):
            outputs |= self.save(
                parameters, context, fields, features, name=name, kind=kind, crs=crs
            )
        if pdf:
            self._on_paper, outputs["PDF"] = (Path(pdf), told), pdf
        return outputs

    def postProcessAlgorithm(  # noqa: N802
        self, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Draw the PDF: layouts belong to the main thread, in which this is called."""
        if self._on_paper is not None:
            path, told = self._on_paper
            layer = area_layer(self.displayName(), told.reports)
            project = context.project()
            if project is None:  # in qgis_process without a project: the polygons alone
                project = QgsProject()
            cited = Portal(url=self.services.environment.portal)
            try:
                export_pdf(report_layout(project, told, layer, cited), path)
            except StorageFailed as failure:
                raise QgsProcessingException(explain(failure)) from failure
        return {}

    def _plots(
        self,
        parameters: Mapping[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> tuple[Plot, ...]:
        source = self.source_of(parameters, "INPUT", context)
        field = self.parameterAsString(parameters, "NAME_FIELD", context)
        polygons = read_polygons(source, QgsFeatureRequest(), field, feedback)
        return plots(polygons, source.sourceCrs(), context.transformContext(), feedback)

    def _layers(
        self,
        parameters: Mapping[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> tuple[LayerEntry, ...]:
        words = self.parameterAsString(parameters, "LAYERS", context).replace(",", ";").split(";")
        ids = [word.strip() for word in words if word.strip()]
        entries = self.services.catalogue.fields(feedback=feedback)
        if not ids:
            return layers_of_report(entries)
        known = {entry.field_id: entry for entry in entries}
        for unknown in [each for each in ids if each not in known]:
            feedback.pushWarning(
                self.tr("The portal has no layer {id}; it was left out.").format(id=unknown)
            )
        return tuple(known[each] for each in ids if each in known)

    def _tell(self, reports: Sequence[AreaReport], feedback: QgsProcessingFeedback) -> None:
        for report in reports:
            if report.plot.area_error:
                text = self.tr("“{area}” was simplified; its surface changed by {percent} %.")
                percent = f"{100 * report.plot.area_error:.3f}"
                feedback.pushWarning(text.format(area=report.plot.name, percent=percent))
            silent = ", ".join(each.title for each in report.layers if each.areas is None)
            if silent:
                text = self.tr("“{area}”: the portal did not answer for {layers}.")
                feedback.pushWarning(text.format(area=report.plot.name, layers=silent))
