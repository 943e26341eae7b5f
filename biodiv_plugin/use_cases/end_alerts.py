"""End all of somebody's notifications, and only those that they saw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterable

from biodiv_plugin.portal.alerts import AlertClient
from biodiv_plugin.portal.http import UNWATCHED, Feedback
from biodiv_plugin.use_cases.read_alerts import Notifications, read_alerts


@dataclass(frozen=True)
class EndedAlerts:
    """``ended`` is false where there were others than those agreed on: nothing was done then.
    ``now`` is what the portal has afterwards."""

    ended: bool
    now: Notifications


def end_alerts(
    user_id: str, agreed: Iterable[int], alerts: AlertClient, feedback: Feedback = UNWATCHED
) -> EndedAlerts:
    """End every notification of ``user_id``, where these are the ones with the ids ``agreed``.

    The portal ends all there are at once, so they are looked at right before. Raises a
    ``PortalError`` of the kind that fits, and ``Canceled``.
    """
    before = read_alerts(user_id, alerts, feedback)
    if {one.alert.id for one in before.subscribed} != set(agreed):
        return EndedAlerts(False, before)
    alerts.unsubscribe_all(user_id, feedback)
    after = read_alerts(user_id, alerts, feedback)
    return EndedAlerts(not after.subscribed, after)
