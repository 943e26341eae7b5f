"""The algorithm *Account*."""

from __future__ import annotations

from typing import Any, Mapping

from qgis.core import QgsProcessingContext, QgsProcessingFeedback, QgsProcessingOutputString

from biodiv_plugin.processing.base import PortalAlgorithm
from biodiv_plugin.use_cases.tell_account import tell_account


class ShowAccount(PortalAlgorithm):
    """Tells who is signed in, what they may see and until when; of an earlier session too."""

    group_id = "account"
    uses_account = True

    def name(self) -> str:
        return "account"

    def displayName(self) -> str:  # noqa: N802
        return self.tr("Show account")

    def tags(self) -> list[str]:
        return self.tr("account,roles,who").split(",")

    def initAlgorithm(self, config: Any = None) -> None:  # noqa: N802
        self.addOutput(QgsProcessingOutputString("ACCOUNT", self.tr("Account")))
        self.addOutput(QgsProcessingOutputString("ROLES", self.tr("Roles")))
        self.addOutput(QgsProcessingOutputString("EXPIRES", self.tr("Signed in until")))

    def work(
        self,
        parameters: Mapping[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        services = self.services
        services.session.ensure_fresh(feedback)
        facts = tell_account(services.session)
        if facts is None:
            feedback.pushInfo(
                self.tr("Nobody is signed in to {portal}.").format(
                    portal=services.environment.title
                )
            )
            return {"ACCOUNT": "", "ROLES": "", "EXPIRES": ""}
        account = facts.account
        who = " · ".join(part for part in (account.name, account.organisation) if part)
        for line in (who, facts.sees, facts.until, facts.kept):
            feedback.pushInfo(line)
        return {
            "ACCOUNT": account.name,
            "ROLES": ";".join(account.roles),
            "EXPIRES": facts.expires.isoformat() if facts.expires else "",
        }
