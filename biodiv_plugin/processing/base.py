"""What every algorithm of the plugin shares."""

from __future__ import annotations

from typing import Any, Callable, Mapping

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
)
from qgis.PyQt.QtCore import QLocale
from qgis.PyQt.QtGui import QIcon

from biodiv_plugin import paths
from biodiv_plugin.environments import UnknownEnvironment
from biodiv_plugin.messages import explain
from biodiv_plugin.portal.errors import Canceled, PortalError
from biodiv_plugin.services import Services
from biodiv_plugin.translation import translate
from biodiv_plugin.use_cases.restore_sign_in import restore_sign_in


class PortalAlgorithm(QgsProcessingAlgorithm):
    """Parameters in, one use case, outputs out: a subclass does that in ``work``.

    Errors of the portal become the user's sentences here. An algorithm that sees more for who
    is signed in sets ``uses_account``: then a sign-in of an earlier session is resumed first.
    """

    uses_account = False

    # Does it, and returns the outputs; may raise ``PortalError`` and ``Canceled``.
    work: Callable[[Mapping[str, Any], QgsProcessingContext, QgsProcessingFeedback], dict[str, Any]]

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.services = services

    def createInstance(self) -> PortalAlgorithm:  # noqa: N802
        return type(self)(self.services)

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
