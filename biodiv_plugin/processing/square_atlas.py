"""The algorithm *Square atlas*."""

from __future__ import annotations

from typing import Any, Mapping

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingLayerPostProcessorInterface,
    QgsProcessingOutputNumber,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterNumber,
    QgsVectorLayer,
    QgsWkbTypes,
)

from biodiv_plugin.layers.square_atlas import (
    LAMBERT_72,
    Grid,
    atlas_features,
    atlas_fields,
    gather,
    style_atlas,
)
from biodiv_plugin.processing.base import PortalAlgorithm


class SquareAtlas(PortalAlgorithm):
    """Records, species, years and observers per UTM or IFBL square; needs no portal."""

    group_id = "observations"

    def name(self) -> str:
        return "squareatlas"

    def displayName(self) -> str:  # noqa: N802
        return self.tr("Square atlas")

    def tags(self) -> list[str]:
        return self.tr("grid,utm,ifbl,atlas,squares,richness").split(",")

    def initAlgorithm(self, config: Any = None) -> None:  # noqa: N802
        self.addParameter(
            QgsProcessingParameterFeatureSource(
                "INPUT",
                self.tr("Observations"),
                [QgsProcessing.SourceType.TypeVectorPoint],
            )
        )
        grids = ["UTM 1 km", "UTM 5 km", "IFBL 1 km", "IFBL 4 km", self.tr("squares of your own")]
        self.addParameter(
            QgsProcessingParameterEnum("GRID", self.tr("Grid"), grids, defaultValue=1)
        )
        self.addParameter(
            QgsProcessingParameterNumber(
                "CELL",
                self.tr("Side of a square of your own (m)"),
                defaultValue=2000,
                minValue=1,
            )
        )
        self.add_layer(self.tr("Squares"), QgsProcessing.SourceType.TypeVectorPolygon)
        self.addOutput(QgsProcessingOutputNumber("SQUARES", self.tr("Number of squares")))

    def work(
        self,
        parameters: Mapping[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        source = self.source_of(parameters, "INPUT", context)
        atlas = gather(
            source.getFeatures(),
            source.featureCount(),
            source.sourceCrs(),
            context.transformContext(),
            list(Grid)[self.parameterAsEnum(parameters, "GRID", context)],
            self.parameterAsInt(parameters, "CELL", context),
            feedback,
        )
        self._tell(atlas.coarse, atlas.unplaced, feedback)
        crs = QgsCoordinateReferenceSystem(LAMBERT_72)
        squares = atlas_features(atlas, crs, context.transformContext())
        kind = QgsWkbTypes.Type.Polygon
        output = self.save(parameters, context, atlas_fields(), squares, kind=kind, crs=crs)
        identifier = output["OUTPUT"]
        if context.willLoadLayerOnCompletion(identifier):
            self._styler = _Styler()  # Processing keeps no reference of its own
            context.layerToLoadOnCompletionDetails(identifier).setPostProcessor(self._styler)
        return {**output, "SQUARES": len(atlas.tallies)}

    def _tell(self, coarse: int, unplaced: int, feedback: QgsProcessingFeedback) -> None:
        if coarse:
            feedback.pushWarning(
                self.tr(
                    "{n} observations are less precise than these squares and were left out."
                ).format(n=coarse)
            )
        if unplaced:
            feedback.pushWarning(
                self.tr("{n} observations have no place in this grid.").format(n=unplaced)
            )


class _Styler(QgsProcessingLayerPostProcessorInterface):
    def postProcessLayer(  # noqa: N802
        self,
        layer: QgsVectorLayer,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> None:
        style_atlas(layer)
