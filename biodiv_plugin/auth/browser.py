"""Opens addresses in the person's own browser."""

from __future__ import annotations

import os
import webbrowser

from qgis.PyQt.QtCore import QCoreApplication, QObject, Qt, QThread, QUrl, pyqtSignal
from qgis.PyQt.QtGui import QDesktopServices


class Browser(QObject):
    """Opens a page in the system's browser, or in the one that ``BROWSER`` names.

    Callable from any thread: Qt's desktop services belong to the main one, so a worker waits
    there for the answer.
    """

    _asked = pyqtSignal(str, list)

    def __init__(self) -> None:
        super().__init__()
        self.moveToThread(QCoreApplication.instance().thread())
        self._asked.connect(self._open, Qt.ConnectionType.BlockingQueuedConnection)

    def __call__(self, url: str) -> bool:
        """Return whether a browser was started for ``url``."""
        if os.environ.get("BROWSER"):
            return webbrowser.open(url)
        answer: list[bool] = []
        if QThread.currentThread() is self.thread():
            self._open(url, answer)
        else:
            self._asked.emit(url, answer)
        return any(answer)

    def _open(self, url: str, answer: list[bool]) -> None:
        answer.append(QDesktopServices.openUrl(QUrl(url)))
