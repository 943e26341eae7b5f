"""The watches of the open project and of the profile: kept, looked at in time, and told."""

from __future__ import annotations

from datetime import datetime, timezone
from functools import partial
from typing import Optional, Sequence

from qgis.core import QgsFeedback
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from biodiv_plugin.auth.session import AuthState
from biodiv_plugin.deletion import prepare
from biodiv_plugin.gui.host import Host
from biodiv_plugin.layers.project_watches import (
    keep_in_project,
    project_watches,
    remove_from_project,
)
from biodiv_plugin.portal.errors import PortalError
from biodiv_plugin.portal.watch import Watch, WatchState
from biodiv_plugin.services import Services
from biodiv_plugin.tasks.task import PortalTask
from biodiv_plugin.use_cases.check_watches import (
    WatchOutcome,
    WatchServices,
    check_watches,
    is_due,
)

FIRST_LOOK = 120_000  # ms: never while QGIS starts or the dock is made
NEXT_LOOK = 3_600_000  # ms; a watch itself is looked at once a day, or less often


class WatchBook(QObject):
    """One look at a time, in a task. What was found is each person's own."""

    changed = pyqtSignal()  # the watches, or what they found
    unseen_changed = pyqtSignal(int)
    started = pyqtSignal()
    checked = pyqtSignal(object)  # the WatchOutcomes of a look
    failed = pyqtSignal(object)  # a PortalError

    def __init__(self, services: Services, host: Host, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._services, self._project = services, host.project
        self._task: Optional[PortalTask] = None
        self._states: dict[str, WatchState] = {}
        self.outcomes: tuple[WatchOutcome, ...] = ()  # of the last look
        self._timer = QTimer(self)
        self._timer.setInterval(FIRST_LOOK)
        self._timer.timeout.connect(self.check_due)
        self._timer.start()
        self._project.readProject.connect(self._on_project)
        self._project.cleared.connect(self._on_project)
        services.session.changed.connect(self._on_session)
        prepare(self)

    def watches(self) -> tuple[Watch, ...]:
        """Return all watches; one that both keep counts once."""
        found = {watch.id: watch for watch in self._services.watch_store.watches()}
        found.update((watch.id, watch) for watch in project_watches(self._project))
        return tuple(sorted(found.values(), key=lambda watch: watch.name.lower()))

    def watch(self, watch_id: str) -> Optional[Watch]:
        return next((watch for watch in self.watches() if watch.id == watch_id), None)

    def state(self, watch_id: str) -> WatchState:
        if watch_id not in self._states:
            self._states[watch_id] = self._services.watch_store.state(watch_id, self._viewer())
        return self._states[watch_id]

    def add(self, watch: Watch, in_project: bool) -> None:
        """Keep a watch, and look at it at once: what is there now is not new later."""
        try:
            if in_project:
                keep_in_project(self._project, watch)
            else:
                self._services.watch_store.save(watch)
        except PortalError as error:
            self.failed.emit(error)
            return
        self.tell()
        self.check([watch])

    def remove(self, watch_id: str) -> None:
        """Forget a watch and what it found."""
        remove_from_project(self._project, watch_id)
        try:
            self._services.watch_store.remove(watch_id)
        except PortalError as error:
            self.failed.emit(error)
        self._states.pop(watch_id, None)
        self.tell()

    def mark_seen(self, watch_id: str) -> None:
        state = self.state(watch_id).all_seen()
        try:
            self._services.watch_store.save_state(watch_id, self._viewer(), state)
        except PortalError as error:
            self.failed.emit(error)
            return
        self._states[watch_id] = state
        self.tell()

    def check(self, watches: Optional[Sequence[Watch]] = None) -> None:
        """Look at ``watches`` now, or at all; while a look goes on this does nothing."""
        wanted = self.watches() if watches is None else tuple(watches)
        if self._task is not None or not wanted:
            return
        viewer = self._viewer()
        work = partial(_check, self._services, viewer, wanted)
        self._task = task = PortalTask(self.tr("Look for new observations"), work, quiet=True)
        task.succeeded.connect(self._on_checked)
        task.failed.connect(self._on_failed)
        task.canceled.connect(self._on_end)
        self._services.tasks.start(task)
        self.started.emit()

    def check_due(self) -> None:
        """Look at the watches whose time has come."""
        self._timer.setInterval(NEXT_LOOK)
        now = datetime.now(timezone.utc)
        due = [watch for watch in self.watches() if is_due(watch, self.state(watch.id), now)]
        if due:
            self.check(due)

    def stop(self) -> None:
        """Look no longer; a look that goes on keeps what it finds."""
        self._timer.stop()
        self._project.readProject.disconnect(self._on_project)
        self._project.cleared.disconnect(self._on_project)
        self._services.session.changed.disconnect(self._on_session)

    def is_checking(self) -> bool:
        return self._task is not None

    def _viewer(self) -> str:
        account = self._services.session.account
        return account.user_id if account is not None else ""

    def _on_checked(self, outcomes: Sequence[WatchOutcome]) -> None:
        self._task = None
        self.outcomes = tuple(outcomes)
        self._states.clear()
        self.tell()
        self.checked.emit(outcomes)

    def _on_failed(self, error: Exception) -> None:
        self._task = None
        self.tell()
        self.failed.emit(error)

    def _on_end(self) -> None:
        self._task = None
        self.tell()

    def _on_project(self, *_: object) -> None:
        self._timer.start(FIRST_LOOK)
        self.tell()

    def _on_session(self, state: object) -> None:
        if state is not AuthState.SIGNING_IN:
            self._states.clear()  # another person's is another one
            self.tell()

    def tell(self) -> None:
        """Tell anew what there is, for one who listens from now on."""
        self.changed.emit()
        unseen = (len(self.state(watch.id).unseen()) for watch in self.watches())
        self.unseen_changed.emit(sum(unseen))


def _check(
    services: Services, viewer: str, watches: Sequence[Watch], feedback: QgsFeedback
) -> tuple[WatchOutcome, ...]:
    asked = WatchServices(
        services.occurrences, services.species_lists, services.watch_store, viewer
    )
    return check_watches(watches, asked, feedback=feedback)
