"""What the tests of the section of notifications share: the section, and a person at a browser."""

from __future__ import annotations

from queue import Queue
from threading import Thread
from typing import Optional

import pytest

from biodiv_plugin.gui.account.sign_in import SignInController
from biodiv_plugin.gui.alerts.section import AlertSection
from biodiv_plugin.portal.query import OccurrenceQuery
from demo.portal.visitor import Visitor
from tests.qgis.doubles import in_task, spin_until
from tests.qgis.notice_reader import NoticeReader


class Person:
    """Somebody at one browser, which keeps its sessions; pages open in the order asked for."""

    def __init__(self, portal, username: str) -> None:
        self._visitor, self._username = Visitor(portal.url), username
        self.opened: list[str] = []
        self.works = True  # False: there is no browser
        self.visits = lambda url: True  # whether the person waits for a page at all
        self._pages: Queue[Optional[str]] = Queue()
        self._thread = Thread(target=self._work, daemon=True)
        self._thread.start()

    def __call__(self, url: str) -> bool:
        if self.works:
            self.opened.append(url)
            self._pages.put(url)
        return self.works

    def idle(self) -> bool:
        return self._pages.unfinished_tasks == 0

    def leave(self) -> None:
        self._pages.put(None)
        self._thread.join(10)

    def _work(self) -> None:
        while (url := self._pages.get()) is not None:
            if self.visits(url):
                page = self._visitor.sign_in(url, self._username)
                if page.left_the_portal:
                    self._visitor.deliver(page)
            self._pages.task_done()


class Alerts(NoticeReader):
    """The section, and what a user does with it."""

    def __init__(self, qtbot, services, host, portal) -> None:
        self.qtbot, self.services, self.portal = qtbot, services, portal
        self.query = OccurrenceQuery()
        self.sign_in = SignInController(services)
        self.section = AlertSection(services, host, self.sign_in, lambda: self.query)
        self.panel, self.form = self.section.panel, self.section.form
        self.mail, self.notice = self.section.mail, self.section.panel.notice
        self.browser: Optional[Person] = None
        qtbot.addWidget(self.section)
        self.section.resize(360, 800)
        self.section.show()

    def sign_in_as(self, username: str) -> None:
        self.browser = Person(self.portal, username)
        self.services.__dict__["browser"] = self.browser  # what cached_property would have kept
        with self.qtbot.waitSignal(self.sign_in.ended, timeout=20000):
            self.sign_in.start()
        assert self.services.session.account is not None
        self.browser.opened.clear()

    def open(self, username: str = "") -> None:
        if username:
            self.sign_in_as(username)
        self.section.activate()
        if username:
            spin_until(lambda: not self.mail._reading.is_running())

    def names(self, group: int) -> list[str]:
        item = self.panel.tree.topLevelItem(group)
        return [item.child(n).text(0) for n in range(item.childCount())] if item else []

    def choose(self, name: str) -> None:
        found = [item for item in self.panel._items() if item.text(0) == name]
        self.panel.tree.setCurrentItem(found[0])

    def settings(self):
        """What the portal has, asked as the person."""
        client, user = self.services.alerts, self.services.session.account.user_id
        return in_task(lambda feedback: client.subscriptions(user, feedback))


@pytest.fixture
def alerts(qtbot, services, host, portal, monkeypatch):
    from biodiv_plugin.gui.alerts import hand_over

    monkeypatch.setattr(hand_over, "INTERVAL", 200)
    monkeypatch.setattr(hand_over, "LOOKS", 25)
    alerts = Alerts(qtbot, services, host, portal)
    yield alerts
    alerts.mail.hand_over.stop()
    if alerts.browser is not None:
        alerts.browser.leave()
    spin_until(services.tasks.is_idle)
