"""Forget what QGIS keeps on disk: what another person has seen, what a gateway said."""

from __future__ import annotations

from typing import Iterable

from qgis.core import QgsNetworkAccessManager
from qgis.PyQt.QtCore import QUrl

from biodiv_plugin.portal.http import Feedback


def forget_answers(feedback: Feedback) -> None:
    """Empty QGIS's disk cache; call it in a worker.

    What is asked with a token is never written there (``auth/bearer.py``), so this is the second
    lock on that door. QGIS lets its cache be emptied as a whole only; base maps are fetched anew.
    """
    cache = QgsNetworkAccessManager.instance().cache()  # this thread's door to the one cache
    if cache is not None and not feedback.isCanceled():
        cache.clear()


def forget_descriptions(addresses: Iterable[str]) -> bool:
    """Drop QGIS's copies of how map services describe themselves; return whether there were any.

    QGIS prefers such a copy to the server, also where it is the page of a gateway that came in
    its place once: the layers would stay broken until it ages. Call it in a worker.
    """
    cache = QgsNetworkAccessManager.instance().cache()
    return cache is not None and sum(cache.remove(QUrl(address)) for address in addresses) > 0
