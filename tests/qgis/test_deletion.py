"""What Qt deletes does not wait for Python, whatever other threads do.

Without ``prepare`` both processes stand still: the main thread has a lock of Qt's and waits for
Python's, another thread has Python's and waits for Qt's.
"""

from __future__ import annotations

import faulthandler
import subprocess
import sys
import threading

import pytest
from qgis.core import QgsFeedback
from qgis.PyQt.QtCore import (
    QCoreApplication,
    QEvent,
    QObject,
    QSortFilterProxyModel,
    QStringListModel,
)
from qgis.PyQt.QtWidgets import QApplication, QFormLayout, QLineEdit, QWidget

from biodiv_plugin.deletion import delete_later, prepare


@pytest.mark.parametrize("kind", ["form", "listeners"])
def test_it_ends_while_others_connect(kind):
    ended = subprocess.run(
        [sys.executable, "-m", "tests.qgis.test_deletion", kind],
        capture_output=True,
        text=True,
        timeout=110,
    )
    assert ended.returncode == 0, ended.stderr


def form():
    """Each label of a form listens to the end of its field."""
    window = QWidget()
    rows = QFormLayout(window)
    for number in range(40):
        rows.addRow(str(number), QLineEdit())
    delete_later(window)


def listeners():
    """What is listened to outlives its listener, which Qt deletes: as a feedback and its task."""
    feedbacks = [QgsFeedback() for _ in range(100)]
    for feedback in feedbacks:
        prepare(feedback)
        listener = QObject(application)
        feedback.progressChanged.connect(listener.deleteLater)
        listener.deleteLater()
    return feedbacks


def connect_all_the_time(end):
    """Connect with Python's lock held, as ``QNetworkAccessManager.get`` does."""
    lists = [QStringListModel() for _ in range(60)]
    sorters = [QSortFilterProxyModel() for _ in range(20)]
    while not end.is_set():
        for sorter in sorters:
            for model in lists:
                sorter.setSourceModel(model)


if __name__ == "__main__":
    faulthandler.dump_traceback_later(60, exit=True)
    application = QApplication(["", "-platform", "offscreen"])
    end = threading.Event()
    others = [threading.Thread(target=connect_all_the_time, args=(end,)) for _ in range(2)]
    for other in others:
        other.start()
    for _ in range(40):
        kept = {"form": form, "listeners": listeners}[sys.argv[1]]()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        del kept
    end.set()
    for other in others:
        other.join()
