"""Looks at the watches also where the dock stays closed, and says so in QGIS when there is news."""

from __future__ import annotations

from functools import partial
from typing import Callable, Optional, Sequence

from qgis.core import Qgis
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QLocale, QObject, pyqtSignal
from qgis.PyQt.QtWidgets import QPushButton, QWidget

from biodiv_plugin.auth.session import AuthState
from biodiv_plugin.deletion import delete_later
from biodiv_plugin.gui.account.sign_in import resume
from biodiv_plugin.gui.alerts.watch_book import WatchBook
from biodiv_plugin.gui.host import Host
from biodiv_plugin.gui.plain import in_message
from biodiv_plugin.services import Services
from biodiv_plugin.tasks.task import PortalTask
from biodiv_plugin.use_cases.check_watches import WatchOutcome


class WatchAlarm(QObject):
    """Has the one book of the watches, which the dock shares once it is there.

    ``is_seen`` tells whether the person sees the dock, whose bar then counts what is new.
    """

    show_requested = pyqtSignal()

    def __init__(self, services: Services, host: Host, is_seen: Callable[[], bool]) -> None:
        super().__init__()
        self._services, self._bar, self._is_seen = services, host.message_bar, is_seen
        self._item: Optional[QWidget] = None
        self.book = WatchBook(services, host, self)
        self.book.checked.connect(self._on_checked)

    def begin(self) -> None:
        """Look at what is due, as who signed in last: what was found is each person's own."""
        if self._services.session.state is not AuthState.SIGNED_OUT:
            self._look()
            return
        task = PortalTask(
            self.tr("Resume the session"), partial(resume, self._services), quiet=True
        )
        for end in (task.succeeded, task.failed):
            end.connect(self._look)
        self._services.tasks.start(task)

    def close(self) -> None:
        """Look no longer, and take back what is said."""
        self.book.stop()
        self._take_back()
        delete_later(self)

    def _look(self, _result: object = None) -> None:
        self.book.check_due()

    def _on_checked(self, outcomes: Sequence[WatchOutcome]) -> None:
        new = sum(len(outcome.new) for outcome in outcomes)
        if not new or self._is_seen():
            return
        names = ", ".join(f"“{outcome.watch.name}”" for outcome in outcomes if outcome.new)
        text = (
            self.tr("1 new observation in the zones of {names}.")
            if new == 1
            else self.tr("{n} new observations in the zones of {names}.")
        )
        self._take_back()
        self._tell(text.format(n=QLocale().toString(new), names=names))

    def _tell(self, text: str) -> None:
        item = self._bar.createMessage(self.tr("Flemish Biodiversity Portal"), in_message(text))
        button = QPushButton(self.tr("Show Them"), item)
        button.clicked.connect(self._show)
        item.layout().addWidget(button)
        self._item = self._bar.pushWidget(item, Qgis.MessageLevel.Info)

    def _show(self, _checked: bool = False) -> None:
        self._take_back()
        self.show_requested.emit()

    def _take_back(self) -> None:
        item, self._item = self._item, None
        if item is not None and not sip.isdeleted(item):  # it may have been closed by hand
            self._bar.popWidget(item)
