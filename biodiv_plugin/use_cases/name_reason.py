"""The portal's reasons for a download, in the user's language."""

from __future__ import annotations

from qgis.PyQt.QtCore import QT_TRANSLATE_NOOP

from biodiv_plugin.portal.logger import Reason
from biodiv_plugin.translation import translate

# The names that the portal uses today (contract/occurrences 4); another one stays as it is.
_KNOWN = (
    QT_TRANSLATE_NOOP("DownloadReasons", "biosecurity management/planning"),
    QT_TRANSLATE_NOOP("DownloadReasons", "citizen science"),
    QT_TRANSLATE_NOOP("DownloadReasons", "collection management"),
    QT_TRANSLATE_NOOP("DownloadReasons", "conservation management/planning"),
    QT_TRANSLATE_NOOP("DownloadReasons", "ecological research"),
    QT_TRANSLATE_NOOP("DownloadReasons", "education"),
    QT_TRANSLATE_NOOP("DownloadReasons", "environmental assessment"),
    QT_TRANSLATE_NOOP("DownloadReasons", "restoration/remediation"),
    QT_TRANSLATE_NOOP("DownloadReasons", "scientific research"),
    QT_TRANSLATE_NOOP("DownloadReasons", "systematic research/taxonomy"),
    QT_TRANSLATE_NOOP("DownloadReasons", "species modelling"),
    QT_TRANSLATE_NOOP("DownloadReasons", "other"),
    QT_TRANSLATE_NOOP("DownloadReasons", "testing"),
)


def name_reason(reason: Reason) -> str:
    """Return the name of ``reason`` to show."""
    return translate("DownloadReasons", reason.name) if reason.name in _KNOWN else reason.name
