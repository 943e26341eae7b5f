"""The algorithm *Sign in*."""

from __future__ import annotations

from functools import partial
from typing import Any, Mapping

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputString,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterEnum,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from biodiv_plugin import environments
from biodiv_plugin.auth.device_flow import DeviceCode
from biodiv_plugin.auth.token_store import KEYRING
from biodiv_plugin.processing.base import PortalAlgorithm
from biodiv_plugin.services import Services
from biodiv_plugin.use_cases.sign_in import SignInOptions, sign_in, sign_in_by_device

BROWSER, DEVICE_CODE = 0, 1


class SignIn(PortalAlgorithm):
    """Signs in through the browser, or with a code that is entered on another device."""

    group_id = "account"

    def name(self) -> str:
        return "signin"

    def displayName(self) -> str:  # noqa: N802
        return self.tr("Sign in")

    def tags(self) -> list[str]:
        return self.tr("login,account,oidc").split(",")

    def initAlgorithm(self, config: Any = None) -> None:  # noqa: N802
        self.addParameter(
            QgsProcessingParameterString(
                "ENVIRONMENT",
                self.tr("Portal (empty means the one in the options)"),
                "",
                optional=True,
            )
        )
        self.addParameter(
            QgsProcessingParameterEnum(
                "METHOD",
                self.tr("Way"),
                [self.tr("Browser"), self.tr("Code on another device")],
                defaultValue=BROWSER,
            )
        )
        self.addParameter(
            QgsProcessingParameterNumber(
                "TIMEOUT", self.tr("Wait at most (s)"), defaultValue=300, minValue=1
            )
        )
        self.addParameter(
            QgsProcessingParameterBoolean("REMEMBER", self.tr("Stay signed in"), False)
        )
        self.addOutput(QgsProcessingOutputString("ACCOUNT", self.tr("Account")))
        self.addOutput(QgsProcessingOutputString("ROLES", self.tr("Roles")))
        self.addOutput(QgsProcessingOutputString("STORED", self.tr("Kept in")))

    def work(
        self,
        parameters: Mapping[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        wanted = self.parameterAsString(parameters, "ENVIRONMENT", context).strip()
        if not wanted or wanted == self.services.environment.id:
            return self._sign_in(self.services, parameters, context, feedback)
        # What the process environment overrides is the active portal, not this one.
        other = Services(environments.named(wanted, {}))
        try:
            outputs = self._sign_in(other, parameters, context, feedback)
        finally:
            other.close()
        if outputs["STORED"] != KEYRING:
            feedback.pushWarning(
                self.tr(
                    "Of this sign-in nothing is left: {portal} is not the portal that you work "
                    "with, and the keyring does not hold it."
                ).format(portal=other.environment.title)
            )
        return outputs

    def _sign_in(
        self,
        services: Services,
        parameters: Mapping[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        options = SignInOptions(
            hint="",  # the portal's own page, which leads on to that of the government
            remember=self.parameterAsBoolean(parameters, "REMEMBER", context),
            timeout=self.parameterAsDouble(parameters, "TIMEOUT", context),
        )
        parts = (
            services.environment,
            services.session,
            services.open_transport,
            services.token_store,
        )
        if self.parameterAsEnum(parameters, "METHOD", context) == DEVICE_CODE:
            show = partial(self._tell_code, feedback)
            account = sign_in_by_device(*parts, show, options, feedback)
        else:
            tell = partial(self._tell_browser, feedback)
            account = sign_in(*parts, services.browser, options, feedback, tell)
        return {
            "ACCOUNT": account.name,
            "ROLES": ";".join(account.roles),
            "STORED": services.session.kept,
        }

    def _tell_browser(self, feedback: QgsProcessingFeedback, _url: str) -> None:
        # The address holds this sign-in's state: it is not logged.
        feedback.pushInfo(self.tr("Continue in the browser."))

    def _tell_code(self, feedback: QgsProcessingFeedback, code: DeviceCode) -> None:
        feedback.pushInfo(
            self.tr("Open {address} and enter the code {code}").format(
                address=code.verification_uri, code=code.user_code
            )
        )
