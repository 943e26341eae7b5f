"""Leave nothing on disk of what the person before has seen."""

from __future__ import annotations

from qgis.core import QgsNetworkAccessManager

from biodiv_plugin.portal.http import Feedback


def forget_answers(feedback: Feedback) -> None:
    """Empty QGIS's disk cache; call it in a worker.

    What is asked with a token is never written there (``auth/bearer.py``), so this is the second
    lock on that door. QGIS lets its cache be emptied as a whole only; base maps are fetched anew.
    """
    cache = QgsNetworkAccessManager.instance().cache()  # this thread's door to the one cache
    if cache is not None and not feedback.isCanceled():
        cache.clear()
