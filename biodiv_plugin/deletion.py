"""Lets Qt delete objects without waiting for Python."""

from __future__ import annotations

from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject


def prepare(root: QObject) -> None:
    """Make ``root``, and all it holds now, ready to be deleted at any time. In the main thread.

    Where an object ends that listens to another, Qt tells the other (``disconnectNotify``) while
    it holds a lock of its own. The first time, PyQt asks Python whether it wants to hear of it. A
    thread that has Python's lock meanwhile and wants Qt's, as in ``QNetworkAccessManager.get``,
    never gets it: QGIS stands still. Disconnecting something now is that first time.

    To be called by what outlives its listeners, and at its end by what Qt or QGIS deletes.
    """
    for each in (root, *root.findChildren(QObject)):
        if sip.ispycreated(each):
            each.objectNameChanged.connect(_hear_nothing)
            each.objectNameChanged.disconnect(_hear_nothing)


def delete_later(root: QObject) -> None:
    """Delete ``root`` in the next turn of the event loop, as ``QObject.deleteLater`` does."""
    prepare(root)
    root.deleteLater()


def _hear_nothing() -> None:
    """Listens for a moment, see ``prepare``."""
