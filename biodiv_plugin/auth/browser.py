"""Opens addresses in the person's own browser."""

from __future__ import annotations

import os
import webbrowser

from qgis.PyQt.QtCore import QCoreApplication, QObject, Qt, QThread, QUrl, pyqtSignal
from qgis.PyQt.QtGui import QDesktopServices

_DOCUMENTS = (".html", ".htm", ".pdf", ".png", ".jpg", ".jpeg", ".svg")  # in lower case


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
        """Return whether a browser was started for ``url``.

        It may be of a server's answer: only pages of the web and documents of this machine are
        opened. Anything else could be a program to the desktop, or a share of a foreign machine
        that Windows would send the user's credentials to.
        """
        if not is_page(url):
            return False
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


def is_page(url: str) -> bool:
    """Return whether ``url`` is a page of the web, or a document on a disk of this machine."""
    address = QUrl(url)
    if address.scheme() in ("http", "https"):
        return bool(address.host())
    path = address.path().lower()
    local = address.scheme() == "file" and not address.host() and not path.startswith("//")
    return local and path.endswith(_DOCUMENTS)
