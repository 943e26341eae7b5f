"""Hands a change of notifications to the signed-in browser, and looks until it is seen."""

from __future__ import annotations

import time
from functools import partial
from typing import Optional, Sequence

from qgis.core import QgsFeedback
from qgis.PyQt.QtCore import QObject, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import QApplication

from biodiv_plugin.gui.latest_task import LatestTask
from biodiv_plugin.gui.notices import Notice
from biodiv_plugin.portal.alerts import AlertSettings
from biodiv_plugin.portal.errors import SignInRequired
from biodiv_plugin.services import Services
from biodiv_plugin.use_cases.subscribe import AlertChange, Change

INTERVAL = 3000  # ms between two looks
LOOKS = 20  # a minute
SESSION = 900.0  # seconds for which the browser's session at the portal is counted on


class AlertHandOver(QObject):
    """One hand-over at a time. What was done is told only once the portal shows it.

    To make a notification takes a session that the browser gets at the page of one's own
    notifications: so that page comes first, unless a change was seen a moment ago.
    """

    changed = pyqtSignal(object)  # the AlertSettings as they are now

    def __init__(self, services: Services, notice: Notice, parent: QObject) -> None:
        super().__init__(parent)
        self._services, self._notice = services, notice
        self._changes: tuple[AlertChange, ...] = ()
        self._before: frozenset[int] = frozenset()
        self._looking = False
        self._left = 0
        self._session_until = 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(INTERVAL)
        self._timer.timeout.connect(self.look)
        self._first = LatestTask(services.tasks, self.tr("Read the notifications"), self)
        self._first.succeeded.connect(self._on_first)
        self._first.failed.connect(self._on_failed)
        self._looks = LatestTask(services.tasks, self.tr("Look at the notifications"), self)
        self._looks.succeeded.connect(self._on_look)
        self._looks.failed.connect(self._on_look_failed)
        QApplication.instance().applicationStateChanged.connect(self._on_application)

    def start(self, changes: Sequence[AlertChange]) -> None:
        """Have the browser make ``changes``; what the portal shows already is not asked again."""
        self.stop()
        self._changes = tuple(changes)
        self._notice.tell(self.tr("Reading your notifications…"))
        self._first.start(self._read())

    def stop(self) -> None:
        """Look no longer; what the browser does goes on."""
        self._looking = False
        self._timer.stop()
        self._first.cancel()
        self._looks.cancel()

    def forget(self) -> None:
        """Another person is there: nothing is known of a session of theirs."""
        self.stop()
        self._changes, self._session_until = (), 0.0

    def look(self) -> None:
        """Look now: somebody came back from the browser."""
        if self._looking and not self._looks.is_running():
            self._timer.stop()
            self._looks.start(self._read())

    def _read(self) -> object:
        account = self._services.session.account
        return partial(_settings, self._services, account.user_id if account else "")

    def _on_first(self, settings: Optional[AlertSettings]) -> None:
        known = settings.custom if settings is not None else ()
        self._before = frozenset(alert.id for alert in known)
        # Each is there before: then nothing new may count for it by its name.
        self._changes = tuple(c for c in self._changes if not c.is_done(settings, self._before))
        if not self._changes:
            self._notice.tell(self.tr("It is so already: there is nothing to change."))
            self.changed.emit(settings)
            return
        sure = time.monotonic() < self._session_until
        if sure or all(change.asks_to_sign_in for change in self._changes):
            self._open()
        else:
            self._prepare()

    def _prepare(self) -> None:
        if self._browse(self._services.alert_pages.mine()):
            self._notice.tell(
                self.tr(
                    "The browser shows your notifications on the portal. Sign in there if it "
                    "asks you to. When you see your notifications, come back and go on."
                )
            )
            self._notice.offer(self.tr("Go On"), self._open)
            self._notice.offer(self.tr("Cancel"), self.stop)

    def _open(self) -> None:
        if not all(self._browse(change.url) for change in self._changes):
            return
        self._notice.tell(self.tr("Waiting until the portal shows the change…"))
        self._notice.offer(self.tr("Cancel"), self.stop)
        self._look_on()

    def _look_on(self) -> None:
        self._looking, self._left = True, LOOKS
        self._timer.start()

    def _browse(self, url: str) -> bool:
        opened = self._notice.open_page(url, self._services.browser)
        if not opened:
            self._notice.offer(self.tr("Look Whether It Was Done"), self._look_on)
        return opened

    def _on_look(self, settings: Optional[AlertSettings]) -> None:
        done = [change for change in self._changes if change.is_done(settings, self._before)]
        if len(done) == len(self._changes):
            self._session_until = time.monotonic() + SESSION
            self.stop()
            self._notice.tell(" ".join(map(self._told, done)))
            self.changed.emit(settings)
            return
        self._go_on(settings)

    def _go_on(self, settings: Optional[AlertSettings] = None) -> None:
        self._left -= 1
        if self._left > 0:
            self._timer.start()
            return
        self.stop()
        self._session_until = 0.0
        account = self._services.session.account
        self._notice.tell(
            self.tr(
                "The portal does not show the change yet. Is the browser signed in as {name} too?"
            ).format(name=account.name if account else ""),
            warning=True,
        )
        self._notice.offer(self.tr("Look Again"), self._look_again)
        self._notice.offer(self.tr("Try Again"), self._try_again)
        if settings is not None:
            self.changed.emit(settings)

    def _look_again(self) -> None:
        self._notice.tell(self.tr("Waiting until the portal shows the change…"))
        self._look_on()
        self.look()

    def _try_again(self) -> None:
        self.start(self._changes)

    def _told(self, change: AlertChange) -> str:
        sentences = {
            Change.MAKE: self.tr("You will get mails about “{name}”."),
            Change.SUBSCRIBE: self.tr("You will get mails about “{name}”."),
            Change.END: self.tr("You get no more mails about “{name}”."),
            Change.FREQUENCY: self.tr("Your mails now come {name}."),
        }
        return sentences[change.change].format(name=change.name)

    def _on_failed(self, error: Exception) -> None:
        self.stop()
        self._notice.tell_error(error, retry=self._try_again)

    def _on_look_failed(self, error: Exception) -> None:
        if isinstance(error, SignInRequired):
            self._on_failed(error)
        else:  # a moment without network; the change may well have been made
            self._go_on()

    def _on_application(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationActive:
            self.look()


def _settings(services: Services, user_id: str, feedback: QgsFeedback) -> Optional[AlertSettings]:
    return services.alerts.subscriptions(user_id, feedback)
