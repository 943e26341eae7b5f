"""What every algorithm of the plugin shares."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Callable, Iterable, Mapping, Optional, Sequence

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFeatureSink,
    QgsFields,
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSource,
    QgsProcessingFeedback,
    QgsProcessingParameterFeatureSink,
    QgsProcessingUtils,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QT_TRANSLATE_NOOP, QLocale
from qgis.PyQt.QtGui import QIcon

from biodiv_plugin import paths
from biodiv_plugin.environments import UnknownEnvironment
from biodiv_plugin.messages import explain
from biodiv_plugin.portal.errors import Canceled, PortalError
from biodiv_plugin.services import Services
from biodiv_plugin.translation import translate
from biodiv_plugin.use_cases.restore_sign_in import restore_sign_in

GROUPS = {
    "observations": QT_TRANSLATE_NOOP("PortalAlgorithm", "Observations"),
    "geographicportal": QT_TRANSLATE_NOOP("PortalAlgorithm", "Geographic portal"),
    "specieslists": QT_TRANSLATE_NOOP("PortalAlgorithm", "Species lists"),
    "notifications": QT_TRANSLATE_NOOP("PortalAlgorithm", "Notifications"),
    "account": QT_TRANSLATE_NOOP("PortalAlgorithm", "Account"),
}


class PortalAlgorithm(QgsProcessingAlgorithm):
    """Parameters in, one use case, outputs out: a subclass does that in ``work``.

    Errors of the portal become the user's sentences here. An algorithm that sees more for who
    is signed in sets ``uses_account``: then a sign-in of an earlier session is resumed first.
    """

    uses_account = False
    group_id: str  # one of ``GROUPS``

    # Does it, and returns the outputs; may raise ``PortalError`` and ``Canceled``.
    work: Callable[[Mapping[str, Any], QgsProcessingContext, QgsProcessingFeedback], dict[str, Any]]

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.services = services

    def createInstance(self) -> PortalAlgorithm:  # noqa: N802
        return type(self)(self.services)

    def group(self) -> str:
        return translate("PortalAlgorithm", GROUPS[self.group_id])

    def groupId(self) -> str:  # noqa: N802
        return self.group_id

    def processAlgorithm(  # noqa: N802
        self,
        parameters: Mapping[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        try:
            if self.uses_account:
                self._resume_session(feedback)
            return self.work(parameters, context, feedback)
        except Canceled:
            return {}
        except (PortalError, UnknownEnvironment) as error:
            feedback.pushDebugInfo(f"{type(error).__name__}: {error} {getattr(error, 'url', '')}")
            raise QgsProcessingException(explain(error)) from error

    def add_table(
        self, label: str, name: str = "OUTPUT", *, optional: bool = False, ticked: bool = True
    ) -> None:
        """Add an output without geometries; an optional one is made by default where ``ticked``."""
        kind = QgsProcessing.SourceType.TypeVector
        self.addParameter(
            QgsProcessingParameterFeatureSink(
                name, label, kind, optional=optional, createByDefault=ticked
            )
        )

    def add_layer(self, label: str, kind: QgsProcessing.SourceType) -> None:
        """Add the output ``OUTPUT``, with geometries of ``kind``."""
        self.addParameter(QgsProcessingParameterFeatureSink("OUTPUT", label, kind))

    def source_of(
        self, parameters: Mapping[str, Any], name: str, context: QgsProcessingContext
    ) -> QgsProcessingFeatureSource:
        """Return the layer of the parameter ``name``; raises ``QgsProcessingException``."""
        source = self.parameterAsSource(parameters, name, context)
        if source is None:
            raise QgsProcessingException(self.invalidSourceError(parameters, name))
        return source

    def save(
        self,
        parameters: Mapping[str, Any],
        context: QgsProcessingContext,
        fields: QgsFields,
        features: Iterable[QgsFeature],
        *,
        name: str = "OUTPUT",
        kind: QgsWkbTypes.Type = QgsWkbTypes.Type.NoGeometry,
        crs: Optional[QgsCoordinateReferenceSystem] = None,
    ) -> dict[str, str]:
        """Write ``features`` to the output ``name``; return that output, or nothing.

        Nothing where it is optional and not wanted. Raises ``QgsProcessingException`` where it
        cannot be written in full.
        """
        sink, identifier = self.parameterAsSink(
            parameters, name, context, fields, kind, crs or QgsCoordinateReferenceSystem()
        )
        if sink is None:
            return {}
        written = 0
        for feature in features:
            written += 1
            if not sink.addFeature(feature, QgsFeatureSink.Flag.FastInsert):
                raise QgsProcessingException(self.writeFeatureError(sink, parameters, name))
        del sink  # closes the file
        if not _holds(identifier, written, context):
            text = translate(
                "PortalAlgorithm",
                "Not everything could be written to {file}: the disk may be full. Do not use what "
                "is in it; make room, or choose another place.",
            )
            raise QgsProcessingException(text.format(file=identifier.partition("|")[0]))
        return {name: identifier}

    def _resume_session(self, feedback: QgsProcessingFeedback) -> None:
        services = self.services
        if services.session.account is None and services.environment.client_id:
            restore_sign_in(
                services.environment,
                services.session,
                services.open_transport,
                services.token_store,
                feedback,
            )

    def icon(self) -> QIcon:
        return QIcon(str(paths.resource("icons/portal.svg")))

    def shortHelpString(self) -> str:  # noqa: N802
        """Return the help page in the user's language, else in English."""
        for language in (QLocale().name()[:2], "en"):
            page = paths.resource(f"help/{language}/{self.name()}.html")
            if page.is_file():
                return page.read_text(encoding="utf-8")
        return ""

    def tr(self, text: str) -> str:
        return translate(type(self).__name__, text)  # lupdate files it under that name


def _holds(identifier: str, rows: int, context: QgsProcessingContext) -> bool:
    """Look whether all was written: of a disk that is full at the end, no sink tells."""
    hint = QgsProcessingUtils.LayerHint.Vector
    layer = QgsProcessingUtils.mapLayerFromString(identifier, context, True, hint)
    if layer is None:  # a table of a database that this QGIS cannot open, or a broken file
        return not Path(identifier.partition("|")[0]).exists()
    return layer.featureCount() in (rows, -1)


def table_row(fields: QgsFields, values: Sequence[Any]) -> QgsFeature:
    """Return a feature without geometry that holds ``values``, in the order of ``fields``."""
    row = QgsFeature(fields)
    row.setAttributes(list(values))
    return row
