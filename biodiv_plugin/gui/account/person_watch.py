"""Sees to it that nobody is shown what the person before has seen."""

from __future__ import annotations

from functools import partial
from typing import Optional

from qgis.PyQt.QtCore import QObject, pyqtSignal

from biodiv_plugin.auth.account import Account
from biodiv_plugin.gui.host import Host
from biodiv_plugin.layers.portal_layers import dead_layers, reload_protected, revive, that_answer
from biodiv_plugin.services import Services
from biodiv_plugin.tasks.task import PortalTask
from biodiv_plugin.use_cases.forget_answers import forget_answers


class PersonWatch(QObject):
    """Notices that another person, or another capacity of the same one, is signed in, or nobody.

    Then layers from protected parts of the portal are drawn anew, those that did not open before
    are tried again, and QGIS's disk cache is emptied after a person has left.
    """

    changed = pyqtSignal(object)  # the Account, or None

    def __init__(self, services: Services, host: Host, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._services, self._host = services, host
        self._account: Optional[Account] = services.session.account
        services.session.changed.connect(self._look)

    def _look(self, _state: object) -> None:
        before, account = self._account, self._services.session.account
        if account == before:  # also while a sign-in waits: who was signed in stays so
            return
        self._account = account
        environment, project = self._services.environment, self._host.project
        if before is not None:
            self._start(PortalTask(self.tr("Forget what was seen"), forget_answers, quiet=True))
        reload_protected(project, environment)
        dead = dead_layers(project, environment)
        if dead:
            task = PortalTask(self.tr("Open layers again"), partial(that_answer, dead), quiet=True)
            task.succeeded.connect(self._revive)
            self._start(task)
        self.changed.emit(account)

    def _revive(self, answered: object) -> None:
        revive(self._host.project, answered)

    def _start(self, task: PortalTask) -> None:
        self._services.tasks.start(task)
