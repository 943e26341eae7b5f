"""Drives a sign-in from the interface: starts it, shows that it waits, and resumes what waited."""

from __future__ import annotations

import time
from functools import partial
from typing import Callable, Optional

from qgis.core import QgsFeedback
from qgis.PyQt.QtCore import QObject, pyqtSignal

from biodiv_plugin import settings
from biodiv_plugin.auth.session import AuthState
from biodiv_plugin.auth.token_store import KEYRING
from biodiv_plugin.portal.access import ProfileAction, action_parameters
from biodiv_plugin.services import Services
from biodiv_plugin.tasks.task import PortalTask
from biodiv_plugin.use_cases.restore_sign_in import restore_sign_in
from biodiv_plugin.use_cases.sign_in import (
    ACM_IDM,
    SignInOptions,
    sign_in,
    sign_in_by_device,
)
from biodiv_plugin.use_cases.sign_out import sign_out

_REMEMBERED = 900.0  # seconds for which an action still waits for a sign-in that failed at first


class SignInController(QObject):
    """One sign-in at a time. Whatever asked for it runs on once it has succeeded."""

    started = pyqtSignal()
    page_opened = pyqtSignal(str)  # the address that the browser shows, to open or copy again
    page_not_opened = pyqtSignal(str)  # the address that no browser could be found for
    code_given = pyqtSignal(object)  # a DeviceCode to show
    failed = pyqtSignal(object)  # a PortalError
    restore_failed = pyqtSignal(object)  # a PortalError: what is kept may be tried again
    ended = pyqtSignal()  # succeeded, failed or canceled
    signed_out = pyqtSignal(object)  # a SignedOut

    def __init__(self, services: Services, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._services = services
        self._task: Optional[PortalTask] = None
        self._queue: list[tuple[float, Callable[[], object]]] = []
        self._instead: Optional[Callable[[], object]] = None
        services.session.renewal_due.connect(self._renew)

    def is_waiting(self) -> bool:
        return self._task is not None

    def ensure(self, then: Callable[[], object]) -> None:
        """Do ``then`` now where one is signed in, else after a sign-in."""
        if self._services.session.state is AuthState.SIGNED_IN:
            then()
            return
        self._queue = [waiting for waiting in self._queue if waiting[1] != then]  # pressed twice
        self._queue.append((time.monotonic(), then))
        if not self.is_waiting():
            self.start()

    def usual(self) -> SignInOptions:
        """Return the options of a plain sign-in: as one signed in last, and as one wished."""
        return SignInOptions(
            hint=settings.SIGN_IN_HINT.get(), remember=settings.STAY_SIGNED_IN.get()
        )

    def start(self, options: Optional[SignInOptions] = None) -> None:
        """Open the portal's sign-in page in the browser; while one is open this does nothing."""
        work = partial(
            _sign_in_by_browser,
            self._services,
            options or self.usual(),
            self.page_opened.emit,
            self.page_not_opened.emit,
        )
        self._run(self.tr("Sign in to the biodiversity portal"), work)

    def start_with_code(self, options: Optional[SignInOptions] = None) -> None:
        """Ask for a code that is entered on any device (RFC 8628)."""
        self._run(
            self.tr("Sign in with a code"),
            partial(
                _sign_in_by_code, self._services, options or self.usual(), self.code_given.emit
            ),
        )

    def change(self, action: ProfileAction) -> None:
        """Let the signed-in person change something of the account, on a page of the portal.

        They come back signed in as before, by the way by which they came: a federated person
        has no password here, the other one no government account.
        """
        session = self._services.session
        if session.account is None:
            return
        self.start(
            SignInOptions(
                hint=ACM_IDM if session.account.federated else "",
                remember=session.kept == KEYRING,
                switch_organisation=action is ProfileAction.SWITCH_ORGANISATION,
                action=action_parameters(action).get("kc_action", ""),
            )
        )

    def restore(self) -> None:
        """Sign in again with what the keyring holds of last time; without any, nothing happens."""
        if self._services.session.state is AuthState.SIGNED_OUT and self._task is None:
            task = PortalTask(
                self.tr("Resume the session"), partial(resume, self._services), quiet=True
            )
            task.failed.connect(self.restore_failed)
            self._services.tasks.start(task)

    def cancel(self) -> None:
        self._queue.clear()
        if self._task is not None:
            self._task.cancel()

    def give_way(self, then: Callable[[], object]) -> None:
        """End the sign-in that waits, and do ``then`` when it has ended: another way to sign in.

        What waited for the sign-in goes on waiting.
        """
        if self._task is None:
            then()
        else:
            self._instead = then
            self._task.cancel()

    def sign_out(self) -> None:
        self._queue.clear()
        task = PortalTask(self.tr("Sign out"), partial(_sign_out, self._services))
        task.succeeded.connect(self.signed_out)
        task.failed.connect(self.failed)
        self._services.tasks.start(task)

    def _run(self, description: str, work: Callable[[QgsFeedback], object]) -> None:
        if self._task is not None:
            return
        self._task = task = PortalTask(description, work)
        task.succeeded.connect(self._resume)
        task.failed.connect(self._fail)
        task.canceled.connect(self._cancel_waiting)
        self._services.tasks.start(task)
        self.started.emit()

    def _resume(self, _account: object) -> None:
        waiting, self._queue = self._queue, []
        self._end()
        for since, then in waiting:
            if time.monotonic() - since < _REMEMBERED:
                then()

    def _fail(self, error: Exception) -> None:
        self._end()  # what waited goes on waiting: one may try again, or another way
        self.failed.emit(error)

    def _cancel_waiting(self) -> None:
        instead, self._instead = self._instead, None
        if instead is None:
            self._queue.clear()
        self._end()
        if instead is not None:
            instead()

    def _end(self) -> None:
        self._task = None
        self.ended.emit()

    def _renew(self) -> None:
        task = PortalTask(
            self.tr("Renew the session"), self._services.session.ensure_fresh, quiet=True
        )
        self._services.tasks.start(task)


def _sign_in_by_browser(
    services: Services,
    options: SignInOptions,
    on_url: Callable[[str], object],
    on_no_browser: Callable[[str], object],
    feedback: QgsFeedback,
) -> object:
    def open_browser(url: str) -> bool:
        opened = bool(services.browser(url))
        if not opened:
            on_no_browser(url)
        return opened

    return sign_in(
        services.environment,
        services.session,
        services.open_transport,
        services.token_store,
        open_browser,
        options,
        feedback,
        on_url,
    )


def _sign_in_by_code(
    services: Services,
    options: SignInOptions,
    show_code: Callable[[object], object],
    feedback: QgsFeedback,
) -> object:
    return sign_in_by_device(
        services.environment,
        services.session,
        services.open_transport,
        services.token_store,
        show_code,
        options,
        feedback,
    )


def resume(services: Services, feedback: QgsFeedback) -> object:
    """Sign in again with what the keyring holds, in a task."""
    return restore_sign_in(
        services.environment,
        services.session,
        services.open_transport,
        services.token_store,
        feedback,
    )


def _sign_out(services: Services, feedback: QgsFeedback) -> object:
    return sign_out(
        services.session,
        services.token_store,
        services.open_transport,
        services.environment,
        feedback,
    )
