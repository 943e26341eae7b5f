"""What the section of lists says: errors, earlier saves, and changes made in the browser."""

from __future__ import annotations

from functools import partial
from typing import Callable, Optional

from qgis.PyQt.QtCore import QObject, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QApplication

from biodiv_plugin.auth.session import AuthState
from biodiv_plugin.gui.lists.save import Settled
from biodiv_plugin.gui.lists.watch import ListWatch
from biodiv_plugin.gui.notices import Notice
from biodiv_plugin.portal.errors import SignInRequired
from biodiv_plugin.services import Services
from biodiv_plugin.translation import translate
from biodiv_plugin.use_cases.browse_lists import ListEntry, ListLook
from biodiv_plugin.use_cases.list_backup import UnfinishedSave


class ListNotices(QObject):
    """Speaks in one notice; what its buttons do is told to the section."""

    look_again_wanted = pyqtSignal()
    forget_wanted = pyqtSignal(object)  # an UnfinishedSave, as the next one
    resend_wanted = pyqtSignal(object)
    lists_changed = pyqtSignal()

    def __init__(self, services: Services, notice: Notice, parent: QObject) -> None:
        super().__init__(parent)
        self._services, self._notice = services, notice

    def tell_error(self, error: Exception, retry: Optional[Callable[[], object]] = None) -> None:
        """Signed in, a refusal means "not your list": another sign-in would be the same."""
        signed_in = self._services.session.state is AuthState.SIGNED_IN
        if isinstance(error, SignInRequired) and signed_in:
            self._notice.tell(
                self.tr("The portal does not show this to your account."), warning=True
            )
        else:
            self._notice.tell_error(error, retry=retry)

    def tell_settled(self, settled: Settled) -> None:
        """Say what became of saves that another session, or a lost answer, left open."""
        if settled.missing:
            self._tell_missing(settled.missing[0])
        elif settled.arrived:
            self._notice.tell(
                self.tr("A list that was being saved has arrived: it is complete on the portal.")
            )
        if settled.arrived:
            self.lists_changed.emit()

    def _tell_missing(self, save: UnfinishedSave) -> None:
        moment = f"{save.moment.astimezone():%d/%m/%Y %H:%M}"
        if not save.is_over():
            self._notice.tell(
                self.tr("“{name}” was sent at {moment}; the portal does not show it yet.").format(
                    name=save.content.name, moment=moment
                )
            )
            self._notice.offer(self.tr("Look Again"), self.look_again_wanted.emit)
            return
        self._notice.tell(
            self.tr("“{name}” was sent at {moment} and did not arrive.").format(
                name=save.content.name, moment=moment
            ),
            warning=True,
        )
        self._notice.offer(self.tr("Send Again…"), partial(self.resend_wanted.emit, save))
        self._notice.offer(self.tr("Forget It"), partial(self.forget_wanted.emit, save))


class ListHandOver(QObject):
    """Opens a list's page in the browser, and says what changed there once it is seen."""

    refresh_wanted = pyqtSignal()

    def __init__(
        self, services: Services, notice: Notice, notices: ListNotices, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._services, self._notice = services, notice
        self._entry: Optional[ListEntry] = None
        self._overview = False  # the page of all one's lists is open
        self.watch = ListWatch(services, self)
        self.watch.began.connect(self._open_page)
        self.watch.changed.connect(self._tell_change)
        self.watch.ended.connect(self._tell_end)
        self.watch.failed.connect(notices.tell_error)
        QApplication.instance().applicationStateChanged.connect(self._on_application)

    def open(self, entry: ListEntry) -> None:
        """Hand a list over; its page opens once its state of now is known."""
        self._entry = entry
        self.watch.watch(entry.druid)

    def open_overview(self) -> None:
        self._overview = True
        self._open(self._services.species_lists.my_lists_url())

    def stop(self) -> None:
        self.watch.stop()
        self._entry, self._overview = None, False

    def _open_page(self, druid: str) -> None:
        if self._open(self._services.species_lists.page_url(druid)):
            self._notice.tell(
                self.tr(
                    "The page of the list is open in the browser. "
                    "What you change there shows here by itself."
                )
            )

    def _open(self, url: str) -> bool:
        return self._notice.open_page(url, self._services.browser)

    def _tell_change(self, _druid: str, before: ListLook, after: ListLook) -> None:
        name = self._entry.info.name if self._entry else ""
        self._notice.tell(_what_changed(before, after).format(name=name))
        self.refresh_wanted.emit()

    def _tell_end(self, _druid: str) -> None:
        self._notice.tell(self.tr("Nothing has changed on the portal so far."))
        self._notice.offer(self.tr("Look Again"), self._go_on)

    def _go_on(self) -> None:
        if self._entry is not None:
            self.watch.watch(self._entry.druid)

    def _on_application(self, state: Qt.ApplicationState) -> None:
        """Somebody comes back to QGIS: look at once."""
        if state != Qt.ApplicationState.ApplicationActive:
            return
        self.watch.look()
        if self._overview:
            self._overview = False
            self.refresh_wanted.emit()


def _what_changed(before: ListLook, after: ListLook) -> str:
    if after.info is None:
        return translate(
            "ListHandOver", "“{name}” is gone from the portal, or no longer shared with you."
        )
    if before.private != after.private:
        if after.private:
            return translate("ListHandOver", "“{name}” is private now.")
        return translate("ListHandOver", "“{name}” is public now.")
    if before.info is not None and before.info.name != after.info.name:
        return translate("ListHandOver", "“{name}” has another name now.")
    return translate("ListHandOver", "“{name}” was changed on the portal.")
