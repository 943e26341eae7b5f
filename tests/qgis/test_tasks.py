"""Work in the background: one end, told in the main thread, whatever happens."""

from __future__ import annotations

import threading

import pytest
from qgis.core import QgsApplication
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QCoreApplication, QEvent, QThread

from biodiv_plugin.portal.errors import Canceled, PortalError, Unreachable
from biodiv_plugin.tasks.registry import TaskRegistry
from biodiv_plugin.tasks.task import PortalTask


class Ends:
    """Writes down the ends of a task."""

    def __init__(self, task: PortalTask) -> None:
        self.told: list[tuple] = []
        task.succeeded.connect(lambda result: self.told.append(("succeeded", result)))
        task.failed.connect(lambda error: self.told.append(("failed", error)))
        task.canceled.connect(lambda: self.told.append(("canceled",)))


@pytest.fixture
def run(qtbot, qgis_app):
    """A function that runs work to its end and returns what was told."""
    registry = TaskRegistry()

    def start(work):
        task = PortalTask("test", work)
        ends = Ends(task)
        registry.start(task)
        qtbot.waitUntil(lambda: bool(ends.told) and registry.is_idle())
        return ends.told

    return start


def test_the_work_runs_beside_the_main_thread_and_its_result_comes_back(run):
    main = QThread.currentThread()
    ((kind, result),) = run(lambda feedback: QThread.currentThread() is main)
    assert (kind, result) == ("succeeded", False)


def test_an_error_of_the_portal_comes_back_as_it_is(run):
    def work(feedback):
        raise Unreachable("gone")

    ((kind, error),) = run(work)
    assert kind == "failed"
    assert isinstance(error, Unreachable)


def test_any_other_error_is_told_without_its_text(run):
    def work(feedback):
        raise ValueError("a secret")

    ((kind, error),) = run(work)
    assert kind == "failed"
    assert type(error) is PortalError
    assert "secret" not in str(error)


def test_a_cancel_reaches_the_work(qtbot, qgis_app):
    registry, started = TaskRegistry(), threading.Event()

    def work(feedback):
        started.set()
        while not feedback.isCanceled():
            threading.Event().wait(0.01)
        raise Canceled

    task = PortalTask("test", work)
    ends = Ends(task)
    registry.start(task)
    assert started.wait(5)
    registry.cancel_all()
    qtbot.waitUntil(lambda: ends.told == [("canceled",)] and registry.is_idle())


def test_a_task_that_has_ended_can_be_canceled(qtbot, qgis_app):
    """QGIS deletes its half of an ended task; ours may still be remembered."""
    registry = TaskRegistry()
    task = PortalTask("test", lambda feedback: None)
    registry.start(task)
    qtbot.waitUntil(registry.is_idle)
    qtbot.waitUntil(lambda: not QgsApplication.taskManager().activeTasks())
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qtbot.waitUntil(lambda: sip.isdeleted(task))
    task.cancel()
