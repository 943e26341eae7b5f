"""Which notifications by mail somebody has, and which they could have, in words they know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

from qgis.PyQt.QtCore import QT_TRANSLATE_NOOP

from biodiv_plugin.portal.alerts import Alert, AlertClient, AlertSettings
from biodiv_plugin.portal.http import UNWATCHED, Feedback
from biodiv_plugin.translation import translate

# What a standard kind is about shows in its query, never in its name: that was written into the
# portal's database once, in one language (contract/lists 3.3). The first that fits counts.
_STANDARD = (
    ("user_assertions:", QT_TRANSLATE_NOOP("Alerts", "New annotations of observations")),
    ("multimedia:Image", QT_TRANSLATE_NOOP("Alerts", "New observations with a picture")),
    ("first_loaded_date:", QT_TRANSLATE_NOOP("Alerts", "All new observations")),
    ("resourceType=species-list", QT_TRANSLATE_NOOP("Alerts", "New or changed species lists")),
    ("resourceType=records", QT_TRANSLATE_NOOP("Alerts", "New datasets of observations")),
    ("/dataResource", QT_TRANSLATE_NOOP("Alerts", "New or changed datasets")),
)
_FREQUENCIES = {
    "hourly": QT_TRANSLATE_NOOP("Alerts", "each hour"),
    "daily": QT_TRANSLATE_NOOP("Alerts", "each day"),
    "weekly": QT_TRANSLATE_NOOP("Alerts", "each week"),
    "monthly": QT_TRANSLATE_NOOP("Alerts", "each month"),
}
_ELSEWHERE = "data_resource_uid:dr364"  # a dataset of another country's portal (contract/lists 3.3)


@dataclass(frozen=True)
class Subscription:
    """One kind of notification; ``name`` is in the user's language."""

    alert: Alert
    name: str
    subscribed: bool


@dataclass(frozen=True)
class Notifications:
    """What the portal keeps of somebody. ``known`` is false for who never used notifications:
    then there is nothing else. ``frequency`` is that of all mails, "" means none at all."""

    known: bool
    subscribed: tuple[Subscription, ...] = ()
    available: tuple[Subscription, ...] = ()
    frequency: str = ""
    frequencies: tuple[str, ...] = ()


def read_alerts(user_id: str, alerts: AlertClient, feedback: Feedback = UNWATCHED) -> Notifications:
    """Return the notifications of the person signed in, whose id ``user_id`` is.

    Raises a ``PortalError`` of the kind that fits, and ``Canceled``.
    """
    return tell_alerts(alerts.subscriptions(user_id, feedback))


def tell_alerts(settings: Optional[AlertSettings]) -> Notifications:
    """Return ``settings`` in words; kinds that can never tell anything here are not offered."""
    if settings is None:
        return Notifications(known=False)
    mine = (*settings.custom, *settings.subscribed)
    return Notifications(
        known=True,
        subscribed=tuple(Subscription(alert, name_alert(alert), True) for alert in mine),
        available=tuple(
            Subscription(alert, name_alert(alert), False)
            for alert in settings.available
            if _ELSEWHERE not in alert.query_path
        ),
        frequency=settings.frequency,
        frequencies=settings.frequencies,
    )


def name_alert(alert: Alert) -> str:
    """Return what a kind is about; one that somebody made keeps the name it was given."""
    if not alert.custom and _ELSEWHERE not in alert.query_path:
        for sign, name in _STANDARD:
            if sign in alert.query_path:
                return translate("Alerts", name)
    return alert.name


def name_frequency(name: str) -> str:
    """Return a frequency in words; "" is no mails at all, an unknown one stays as it is."""
    if not name:
        return translate("Alerts", "never: no mails")
    return translate("Alerts", _FREQUENCIES[name]) if name in _FREQUENCIES else name
