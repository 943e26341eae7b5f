"""Drives a sign-in from the interface: starts it, shows that it waits, and resumes what waited."""

from __future__ import annotations

from functools import partial
from typing import Callable, Optional

from qgis.core import QgsFeedback
from qgis.PyQt.QtCore import QObject, pyqtSignal

from biodiv_plugin.auth.session import AuthState
from biodiv_plugin.services import Services
from biodiv_plugin.tasks.task import PortalTask
from biodiv_plugin.use_cases.restore_sign_in import restore_sign_in
from biodiv_plugin.use_cases.sign_in import SignInOptions, sign_in, sign_in_by_device
from biodiv_plugin.use_cases.sign_out import sign_out


class SignInController(QObject):
    """One sign-in at a time. Whatever asked for it runs on once it has succeeded."""

    started = pyqtSignal()
    page_opened = pyqtSignal(str)  # the address that the browser shows, to open or copy again
    code_given = pyqtSignal(object)  # a DeviceCode to show
    failed = pyqtSignal(object)  # a PortalError
    ended = pyqtSignal()  # succeeded, failed or canceled
    signed_out = pyqtSignal(object)  # a SignedOut

    def __init__(self, services: Services, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._services = services
        self._task: Optional[PortalTask] = None
        self._queue: list[Callable[[], object]] = []
        services.session.renewal_due.connect(self._renew)

    def is_waiting(self) -> bool:
        return self._task is not None

    def ensure(self, then: Callable[[], object]) -> None:
        """Do ``then`` now where one is signed in, else after a sign-in."""
        if self._services.session.state is AuthState.SIGNED_IN:
            then()
            return
        self._queue.append(then)
        if not self.is_waiting():
            self.start()

    def start(self, options: Optional[SignInOptions] = None) -> None:
        """Open the portal's sign-in page in the browser; while one is open this does nothing."""
        services = self._services
        self._run(
            self.tr("Sign in to the biodiversity portal"),
            partial(
                _sign_in_by_browser, services, options or SignInOptions(), self.page_opened.emit
            ),
        )

    def start_with_code(self, options: Optional[SignInOptions] = None) -> None:
        """Ask for a code that is entered on any device (RFC 8628)."""
        self._run(
            self.tr("Sign in with a code"),
            partial(
                _sign_in_by_code, self._services, options or SignInOptions(), self.code_given.emit
            ),
        )

    def restore(self) -> None:
        """Sign in again with what the keyring holds of last time; says nothing where it cannot."""
        if self._services.session.state is AuthState.SIGNED_OUT and self._task is None:
            task = PortalTask(
                self.tr("Resume the session"), partial(_restore, self._services), quiet=True
            )
            self._services.tasks.start(task)

    def cancel(self) -> None:
        self._queue.clear()
        if self._task is not None:
            self._task.cancel()

    def sign_out(self) -> None:
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
        task.canceled.connect(self._end)
        self._services.tasks.start(task)
        self.started.emit()

    def _resume(self, _account: object) -> None:
        waiting, self._queue = self._queue, []
        self._end()
        for then in waiting:
            then()

    def _fail(self, error: Exception) -> None:
        self._end()
        self.failed.emit(error)

    def _end(self) -> None:
        self._task = None
        self._queue.clear()
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
    feedback: QgsFeedback,
) -> object:
    return sign_in(
        services.environment,
        services.session,
        services.open_transport,
        services.token_store,
        services.browser,
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


def _restore(services: Services, feedback: QgsFeedback) -> object:
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
