"""Notes every address that QGIS, or Python in it, turns to, and every error that Python tells."""

from __future__ import annotations

import sys
import threading
from collections import Counter

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsNetworkAccessManager,
    QgsNetworkRequestParameters,
)

LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Guard:
    """Counts requests by origin, from now on and for good: an audit hook cannot be taken back."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.origins: Counter[str] = Counter()
        self.foreign: list[str] = []
        self.errors: list[str] = []
        # The manager of the main thread also tells of the requests of all others.
        manager = QgsNetworkAccessManager.instance()
        manager.requestAboutToBeCreated[QgsNetworkRequestParameters].connect(self._on_request)
        QgsApplication.messageLog().messageReceived.connect(self._on_message)
        sys.addaudithook(self._on_event)

    def _on_request(self, parameters: QgsNetworkRequestParameters) -> None:
        url = parameters.request().url()
        if url.scheme() in ("http", "https"):
            with self._lock:
                self.origins[f"{url.scheme()}://{url.authority()}"] += 1

    def _on_message(self, text: str, tag: str, level: Qgis.MessageLevel) -> None:
        if "Traceback" in text or level == Qgis.MessageLevel.Critical:
            self.errors.append(f"{tag}: {text}")

    def _on_event(self, event: str, arguments: tuple) -> None:
        host = None
        if event == "socket.connect" and isinstance(arguments[1], tuple):
            host = arguments[1][0]
        elif event == "socket.getaddrinfo":
            host = arguments[0]
        if host is not None and host not in LOOPBACK:
            self.foreign.append(str(host))
