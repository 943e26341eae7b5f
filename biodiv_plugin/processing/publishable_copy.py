"""The algorithm *Publishable copy*."""

from __future__ import annotations

from collections import Counter
from typing import Any, Iterator, Mapping

from qgis.core import (
    QgsDataProvider,
    QgsFeature,
    QgsLayerMetadata,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeatureSource,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterNumber,
    QgsProcessingUtils,
    QgsProviderRegistry,
    QgsWkbTypes,
)

from biodiv_plugin.layers.guard import is_high_resolution, manifest_of
from biodiv_plugin.layers.manifest import Manifest
from biodiv_plugin.layers.publishable_copy import (
    SMALLEST_CELL,
    Coarsening,
    coarse_features,
    coarse_fields,
    describe_copy,
    tells_sensitivity,
)
from biodiv_plugin.portal.errors import Canceled
from biodiv_plugin.processing.base import PortalAlgorithm


class PublishableCopy(PortalAlgorithm):
    """A copy without exact places of sensitive species; needs no portal."""

    group_id = "observations"

    def name(self) -> str:
        return "publishablecopy"

    def displayName(self) -> str:  # noqa: N802
        return self.tr("Publishable copy")

    def tags(self) -> list[str]:
        return self.tr("sensitive,blur,generalise,share,publish,high resolution").split(",")

    def initAlgorithm(self, config: Any = None) -> None:  # noqa: N802
        self.addParameter(
            QgsProcessingParameterFeatureSource(
                "INPUT", self.tr("Observations"), [QgsProcessing.SourceType.TypeVectorPoint]
            )
        )
        self.addParameter(
            QgsProcessingParameterNumber(
                "CELL",
                self.tr("Side of the squares (m)"),
                defaultValue=1000,
                minValue=SMALLEST_CELL,
            )
        )
        self.addParameter(
            QgsProcessingParameterBoolean(
                "STRIP",
                self.tr("Empty all columns that might tell the place of a sensitive species"),
                defaultValue=True,
            )
        )
        self.add_layer(self.tr("Publishable copy"), QgsProcessing.SourceType.TypeVectorPoint)
        self.addOutput(
            QgsProcessingOutputNumber("CHANGED", self.tr("Number of observations made coarse"))
        )

    def work(
        self,
        parameters: Mapping[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        source = self.source_of(parameters, "INPUT", context)
        layer = self.parameterAsVectorLayer(parameters, "INPUT", context)
        flagged = layer is None or is_high_resolution(layer)
        how = Coarsening(
            self.parameterAsInt(parameters, "CELL", context),
            self.parameterAsBoolean(parameters, "STRIP", context),
            doubtful=flagged or not tells_sensitivity(source.fields()),
        )
        self._tell_doubt(source, feedback)
        tally: Counter[bool] = Counter()
        output = self.save(
            parameters,
            context,
            coarse_fields(source.fields()),
            _copies(source, context, how, tally, feedback),
            kind=QgsWkbTypes.flatType(source.wkbType()),
            crs=source.sourceCrs(),
        )
        changed, kept = tally[True], tally[False]
        manifest = manifest_of(layer) if layer is not None else None
        _write_metadata(output["OUTPUT"], manifest, how, changed, kept, context)
        feedback.pushInfo(
            self.tr("{changed} of {total} observations were made coarse.").format(
                changed=changed, total=changed + kept
            )
        )
        return {**output, "CHANGED": changed}

    def _tell_doubt(self, source: Any, feedback: QgsProcessingFeedback) -> None:
        if not tells_sensitivity(source.fields()):
            feedback.pushWarning(
                self.tr(
                    "The layer does not tell which observations are sensitive (it has no column "
                    "occurrenceID), so all of them were made coarse."
                )
            )


def _copies(
    source: QgsProcessingFeatureSource,
    context: QgsProcessingContext,
    how: Coarsening,
    tally: Counter[bool],
    feedback: QgsProcessingFeedback,
) -> Iterator[QgsFeature]:
    """Yield the copies; count in ``tally`` which are coarser than what they are copies of."""
    crs, total = source.sourceCrs(), source.featureCount()
    copies = coarse_features(
        source.getFeatures(), source.fields(), crs, context.transformContext(), how
    )
    for done, (feature, coarse) in enumerate(copies, 1):
        if feedback.isCanceled():
            raise Canceled
        tally[coarse] += 1
        yield feature
        feedback.setProgress(100 * done / max(1, total))


def _write_metadata(
    identifier: str,
    manifest: Manifest | None,
    how: Coarsening,
    changed: int,
    kept: int,
    context: QgsProcessingContext,
) -> None:
    """Put into the file, or the temporary layer, what was done to it."""
    copy = QgsProcessingUtils.mapLayerFromString(identifier, context)
    if copy is None:  # a table of a database that this QGIS cannot open
        return
    metadata = QgsLayerMetadata(copy.metadata())
    metadata.setType("dataset")
    metadata.setTitle(copy.name())
    metadata.setCrs(copy.crs())
    metadata = describe_copy(metadata, manifest, how, changed, kept)
    copy.setMetadata(metadata)
    if copy.providerType() == "ogr":
        registry = QgsProviderRegistry.instance()
        parts = registry.decodeUri("ogr", copy.source())
        if not parts.get("layerName"):  # QGIS wants the table by its name
            table = copy.dataProvider().subLayers()[0]
            parts["layerName"] = table.split(QgsDataProvider.sublayerSeparator())[1]
        registry.saveLayerMetadata("ogr", registry.encodeUri("ogr", parts), metadata)
