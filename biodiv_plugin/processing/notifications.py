"""The algorithm *My notifications*."""

from __future__ import annotations

from typing import Any, Iterator, Mapping

from qgis.core import (
    QgsFeature,
    QgsField,
    QgsFields,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
)
from qgis.PyQt.QtCore import QMetaType

from biodiv_plugin.portal.errors import SignInRequired
from biodiv_plugin.processing.base import PortalAlgorithm, table_row
from biodiv_plugin.use_cases.read_alerts import Notifications, read_alerts


class MyNotifications(PortalAlgorithm):
    """What the portal mails the user about, and how often."""

    group_id = "notifications"
    uses_account = True

    def name(self) -> str:
        return "notifications"

    def displayName(self) -> str:  # noqa: N802
        return self.tr("My notifications")

    def tags(self) -> list[str]:
        return self.tr("alerts,e-mail,subscriptions,new observations").split(",")

    def initAlgorithm(self, config: Any = None) -> None:  # noqa: N802
        self.add_table(self.tr("Notifications"))
        self.addOutput(QgsProcessingOutputNumber("COUNT", self.tr("Number of notifications")))

    def work(
        self,
        parameters: Mapping[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        account = self.services.session.account
        if account is None:
            raise SignInRequired("notifications belong to an account")
        found = read_alerts(account.user_id, self.services.alerts, feedback)
        if not found.known:
            feedback.pushWarning(
                self.tr("You have not used notifications yet: begin in the portal's panel.")
            )
        output = self.save(parameters, context, _columns(), _rows(found))
        return {**output, "COUNT": len(found.subscribed)}


def _rows(found: Notifications) -> Iterator[QgsFeature]:
    columns = _columns()
    for one in found.subscribed:
        alert, frequency = one.alert, found.frequency or None
        cells = [alert.id, one.name, alert.custom, frequency, alert.query_path]
        yield table_row(columns, cells)


def _columns() -> QgsFields:
    fields = QgsFields()
    for name, kind in (
        ("id", QMetaType.Type.LongLong),
        ("name", QMetaType.Type.QString),
        ("custom", QMetaType.Type.Bool),
        ("frequency", QMetaType.Type.QString),
        ("query", QMetaType.Type.QString),
    ):
        fields.append(QgsField(name, kind))
    return fields
