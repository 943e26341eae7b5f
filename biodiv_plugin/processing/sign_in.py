"""The algorithm *Sign in*."""

from __future__ import annotations

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

from biodiv_plugin.auth.device_flow import DeviceCode
from biodiv_plugin.portal.errors import Rejected
from biodiv_plugin.processing.base import PortalAlgorithm
from biodiv_plugin.use_cases.sign_in import SignInOptions, sign_in, sign_in_by_device

BROWSER, DEVICE_CODE = 0, 1


class SignIn(PortalAlgorithm):
    """Signs in through the browser, or with a code that is entered on another device."""

    def name(self) -> str:
        return "signin"

    def displayName(self) -> str:  # noqa: N802
        return self.tr("Sign in")

    def group(self) -> str:
        return self.tr("Account")

    def groupId(self) -> str:  # noqa: N802
        return "account"

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
        services = self.services
        wanted = self.parameterAsString(parameters, "ENVIRONMENT", context).strip()
        if wanted and wanted != services.environment.id:
            raise Rejected(f"the active portal is {services.environment.id}, not {wanted}")
        options = SignInOptions(
            hint="",
            remember=self.parameterAsBoolean(parameters, "REMEMBER", context),
            timeout=self.parameterAsDouble(parameters, "TIMEOUT", context),
        )

        def tell_browser(_url: str) -> None:  # the address holds this sign-in's state: not logged
            feedback.pushInfo(self.tr("Continue in the browser."))

        def show_code(code: DeviceCode) -> None:
            feedback.pushInfo(
                self.tr("Open {address} and enter the code {code}").format(
                    address=code.verification_uri, code=code.user_code
                )
            )

        way = self.parameterAsEnum(parameters, "METHOD", context)
        parts = (
            services.environment,
            services.session,
            services.open_transport,
            services.token_store,
        )
        if way == DEVICE_CODE:
            account = sign_in_by_device(*parts, show_code, options, feedback)
        else:
            account = sign_in(*parts, services.browser, options, feedback, tell_browser)
        return {
            "ACCOUNT": account.name,
            "ROLES": ";".join(account.roles),
            "STORED": services.session.kept,
        }
