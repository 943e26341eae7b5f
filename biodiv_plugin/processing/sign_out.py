"""The algorithm *Sign out*."""

from __future__ import annotations

from typing import Any, Mapping

from qgis.core import QgsProcessingContext, QgsProcessingFeedback, QgsProcessingOutputBoolean

from biodiv_plugin.processing.base import PortalAlgorithm
from biodiv_plugin.use_cases.sign_out import sign_out


class SignOut(PortalAlgorithm):
    """Revokes the sign-in and forgets it, also where the portal cannot be told."""

    group_id = "account"

    def name(self) -> str:
        return "signout"

    def displayName(self) -> str:  # noqa: N802
        return self.tr("Sign out")

    def tags(self) -> list[str]:
        return self.tr("logout,account,oidc").split(",")

    def initAlgorithm(self, config: Any = None) -> None:  # noqa: N802
        self.addOutput(QgsProcessingOutputBoolean("REVOKED", self.tr("Revoked on the portal")))

    def work(
        self,
        parameters: Mapping[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        services = self.services
        outcome = sign_out(
            services.session,
            services.token_store,
            services.open_transport,
            services.environment,
            feedback,
        )
        return {"REVOKED": outcome.revoked}
