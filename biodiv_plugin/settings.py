"""Every setting of the plugin: its key, type and default, one line each.

Nothing secret is kept here; the refresh token lies in the system's keyring.
"""

from __future__ import annotations

from typing import Generic, TypeVar, cast

from qgis.core import QgsSettings

Value = TypeVar("Value", str, bool, int)


class Setting(Generic[Value]):
    """One value under ``biodiv/`` in the settings of the QGIS profile."""

    def __init__(self, key: str, default: Value) -> None:
        self._key = f"biodiv/{key}"
        self._default = default

    def get(self) -> Value:
        # The type is named because an ini file hands everything back as text.
        return cast(Value, QgsSettings().value(self._key, self._default, type=type(self._default)))

    def set(self, value: Value) -> None:
        QgsSettings().setValue(self._key, value)

    def reset(self) -> None:
        QgsSettings().remove(self._key)


ENVIRONMENT = Setting("environment", "prod")
CUSTOM_PORTAL = Setting("custom/portal", "")
CUSTOM_ISSUER = Setting("custom/issuer", "")
CUSTOM_NAME_MATCHING = Setting("custom/name_matching", "")
STAY_SIGNED_IN = Setting("stay_signed_in", False)
SIGN_IN_HINT = Setting("sign_in_hint", "acm-idm")  # how one signed in last; empty: by password
TERMS_ACCEPTED_OPEN = Setting("terms_accepted/open", "")  # the date, ISO 8601
TERMS_ACCEPTED_HIGH_RESOLUTION = Setting("terms_accepted/high_resolution", "")
DOWNLOAD_REASON = Setting("download/reason", -1)
DOWNLOAD_FOLDER = Setting("download/folder", "")
LAST_SECTION = Setting("last_section", "occurrences")
DOCK_OPEN = Setting("dock_open", False)


def client_id(environment: str) -> Setting[str]:
    """The OpenID Connect client that the portal registered for this plugin, per environment."""
    return Setting(f"client_id/{environment}", "")


def access_codes(environment: str) -> Setting[str]:
    """The codes of self-registration as JSON, in the form of ``resources/access.json``."""
    return Setting(f"access_codes/{environment}", "")


def keep_wms_connection(name: str, url: str) -> None:
    """Add a WMS to QGIS's own connections; one of that name gets this address."""
    QgsSettings().setValue(f"connections/ows/items/wms/connections/items/{name}/url", url)
