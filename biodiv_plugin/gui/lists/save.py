"""Saves a species list in the background, and settles what an earlier session left open."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Callable, Optional

from qgis.core import QgsFeedback
from qgis.PyQt.QtCore import QObject, pyqtSignal

from biodiv_plugin.services import Services
from biodiv_plugin.tasks.task import PortalTask
from biodiv_plugin.use_cases.list_backup import UnfinishedSave
from biodiv_plugin.use_cases.list_owner import list_owner
from biodiv_plugin.use_cases.save_species_list import (
    ListDraft,
    SavedSpeciesList,
    SaveStage,
    save_species_list,
    settle,
)


@dataclass(frozen=True)
class Settled:
    """Earlier saves: those that the portal shows now, and those that it does not."""

    arrived: tuple[SavedSpeciesList, ...]
    missing: tuple[UnfinishedSave, ...]


class ListSaver(QObject):
    """One save at a time. The dock may close meanwhile; what was sent stays noted."""

    stage_changed = pyqtSignal(object)  # a SaveStage
    saved = pyqtSignal(object)  # a SavedSpeciesList
    failed = pyqtSignal(object)  # a PortalError
    canceled = pyqtSignal(bool)  # whether it had been sent already
    settled = pyqtSignal(object)  # a Settled
    _staged = pyqtSignal(object)  # from the worker to the main thread

    def __init__(self, services: Services, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._services = services
        self._task: Optional[PortalTask] = None
        self.stage: Optional[SaveStage] = None
        self._staged.connect(self._on_stage)

    def is_running(self) -> bool:
        return self._task is not None

    def start(self, draft: ListDraft) -> None:
        if self._task is not None:
            return
        self.stage = SaveStage.PREPARING
        work = partial(_save, self._services, draft, self._staged.emit)
        # The name of a list is not in the task's: that one is shown, and logged where it fails.
        self._task = task = PortalTask(self.tr("Save a species list"), work)
        task.succeeded.connect(self._on_saved)
        task.failed.connect(self._on_failed)
        task.canceled.connect(self._on_canceled)
        self._services.tasks.start(task)

    def cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def settle(self) -> None:
        """Look what became of saves whose end nobody has seen."""
        account = self._services.session.account
        if self._task is not None or account is None:
            return
        if not self._services.list_store.unfinished(account.user_id):
            return
        task = PortalTask(
            self.tr("Look for saved lists"), partial(_settle, self._services), quiet=True
        )
        task.succeeded.connect(self.settled)
        self._services.tasks.start(task)

    def forget(self, save: UnfinishedSave) -> None:
        self._services.list_store.end(save.path)

    def _on_stage(self, stage: SaveStage) -> None:
        self.stage = stage
        self.stage_changed.emit(stage)

    def _on_saved(self, saved: SavedSpeciesList) -> None:
        self._task = None
        self.saved.emit(saved)

    def _on_failed(self, error: Exception) -> None:
        self._task = None
        self.failed.emit(error)

    def _on_canceled(self) -> None:
        self._task = None
        self.canceled.emit(self.stage is not SaveStage.PREPARING)


def _save(
    services: Services,
    draft: ListDraft,
    on_stage: Callable[[SaveStage], object],
    feedback: QgsFeedback,
) -> SavedSpeciesList:
    services.session.ensure_fresh(feedback)  # what comes next may take as long as a token lives
    owner = list_owner(services.session.account, services.session.tokens)
    return save_species_list(
        draft, services.species_lists, services.list_store, owner, feedback, on_stage
    )


def _settle(services: Services, feedback: QgsFeedback) -> Settled:
    account = services.session.account
    if account is None:
        return Settled((), ())
    lists, store, owner = services.species_lists, services.list_store, account.user_id
    arrived, missing = [], []
    for save in store.unfinished(owner):
        found = settle(save, lists, store, owner, feedback)
        if found is not None:
            arrived.append(found)
        else:
            missing.append(save)
    return Settled(tuple(arrived), tuple(missing))
