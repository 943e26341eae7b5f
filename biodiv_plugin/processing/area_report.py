"""The algorithm *Area report*."""

from __future__ import annotations

from typing import Any, Mapping, Sequence

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFeatureSink,
    QgsFields,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterString,
    QgsWkbTypes,
)

from biodiv_plugin.layers.report_table import (
    area_features,
    area_fields,
    detail_features,
    detail_fields,
)
from biodiv_plugin.portal.catalogue import LayerEntry
from biodiv_plugin.portal.report import AreaReport, Plot
from biodiv_plugin.processing.base import PortalAlgorithm
from biodiv_plugin.processing.filters import add_filters, read_filters
from biodiv_plugin.use_cases.area_report import layers_of_report, plots, report_areas

WGS84 = QgsCoordinateReferenceSystem("EPSG:4326")
_OWN_AREA = ("AREA", "EXTENT")  # filters that the polygons take the place of


class AreaReportOfPolygons(PortalAlgorithm):
    """What the portal knows of each polygon: the polygons with numbers, and a table of details."""

    uses_account = True

    def name(self) -> str:
        return "areareport"

    def displayName(self) -> str:  # noqa: N802
        return self.tr("Area report")

    def group(self) -> str:
        return self.tr("Geographic portal")

    def groupId(self) -> str:  # noqa: N802
        return "geographicportal"

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
        self.addParameter(
            QgsProcessingParameterFeatureSink(
                "OUTPUT", self.tr("Areas"), QgsProcessing.SourceType.TypeVectorPolygon
            )
        )
        self.addParameter(
            QgsProcessingParameterFeatureSink(
                "DETAILS",
                self.tr("Groups, lists, layers and years"),
                QgsProcessing.SourceType.TypeVector,
                optional=True,
            )
        )
        self.addOutput(QgsProcessingOutputNumber("COUNT", self.tr("Number of observations")))

    def work(
        self,
        parameters: Mapping[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
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
            written = self._write(name, parameters, context, fields, kind, crs, list(features))
            if written:
                outputs[name] = written
        return outputs

    def _plots(
        self,
        parameters: Mapping[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> tuple[Plot, ...]:
        source = self.parameterAsSource(parameters, "INPUT", context)
        if source is None:
            raise QgsProcessingException(self.invalidSourceError(parameters, "INPUT"))
        field = self.parameterAsString(parameters, "NAME_FIELD", context)
        polygons = []
        for feature in source.getFeatures():
            name = feature[field] if field else ""
            polygons.append((str(name) if name else "", feature.geometry()))
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

    def _write(
        self,
        name: str,
        parameters: Mapping[str, Any],
        context: QgsProcessingContext,
        fields: QgsFields,
        kind: QgsWkbTypes.Type,
        crs: QgsCoordinateReferenceSystem,
        features: Sequence[QgsFeature],
    ) -> str:
        """Write one output; return "" for one that is not wanted."""
        sink, identifier = self.parameterAsSink(parameters, name, context, fields, kind, crs)
        if sink is None:
            return ""
        sink.addFeatures(features, QgsFeatureSink.Flag.FastInsert)
        del sink  # closes the file
        return str(identifier)
