"""The algorithm *Upload area*."""

from __future__ import annotations

from typing import Any, Mapping

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputString,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterString,
)

from biodiv_plugin.portal.errors import SignInRequired
from biodiv_plugin.processing.base import PortalAlgorithm
from biodiv_plugin.use_cases.upload_area import upload_area


class UploadArea(PortalAlgorithm):
    """One's own polygons as an area of the portal, for everybody to see."""

    group_id = "geographicportal"
    uses_account = True

    def name(self) -> str:
        return "uploadarea"

    def displayName(self) -> str:  # noqa: N802
        return self.tr("Upload area")

    def tags(self) -> list[str]:
        return self.tr("polygon,share,public").split(",")

    def initAlgorithm(self, config: Any = None) -> None:  # noqa: N802
        self.addParameter(
            QgsProcessingParameterFeatureSource(
                "INPUT", self.tr("Polygons"), [QgsProcessing.SourceType.TypeVectorPolygon]
            )
        )
        self.addParameter(
            QgsProcessingParameterString(
                "NAME", self.tr("Name, which everybody can read"), "", optional=True
            )
        )
        self.addParameter(
            QgsProcessingParameterBoolean(
                "CONSENT",
                self.tr("I agree that everybody can see this area, and that others can delete it"),
                False,
            )
        )
        self.addOutput(QgsProcessingOutputString("PID", self.tr("Id of the area")))

    def work(
        self,
        parameters: Mapping[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        source = self.source_of(parameters, "INPUT", context)
        consent = self.parameterAsBoolean(parameters, "CONSENT", context)
        account = self.services.session.account
        if consent and account is None:
            raise SignInRequired("an upload needs an account")
        area = upload_area(
            [feature.geometry() for feature in source.getFeatures()],
            source.sourceCrs(),
            context.transformContext(),
            self.parameterAsString(parameters, "NAME", context),
            consent,
            account.user_id if account else "",
            self.services.areas,
            feedback,
        )
        feedback.pushInfo(self.tr("The area is on the portal as {pid}.").format(pid=area.pid))
        return {"PID": area.pid}
