"""What the tests of the section of lists share: the section in a window, signed in or not."""

from __future__ import annotations

import time

import pytest

from biodiv_plugin.gui.account.sign_in import SignInController
from biodiv_plugin.gui.lists.section import ListSection
from biodiv_plugin.portal.species_lists import NewItem, NewList
from tests.qgis.doubles import in_task, spin_until
from tests.qgis.notice_reader import NoticeReader

WS = "/species-list/ws"


class Lists(NoticeReader):
    """The section, and what a user does with it."""

    def __init__(self, qtbot, services, host, browse_as) -> None:
        self.qtbot, self.services, self.host, self._browse_as = qtbot, services, host, browse_as
        self.sign_in = SignInController(services)
        self.section = ListSection(services, host, self.sign_in)
        self.shelf, self.review = self.section.shelf, self.section.editing.review
        self.source, self.notice = self.section.editing.source, self.section.notice
        qtbot.addWidget(self.section)
        self.section.resize(360, 800)
        self.section.show()

    def sign_in_as(self, username: str) -> None:
        self._browse_as(username)
        with self.qtbot.waitSignal(self.sign_in.ended, timeout=20000):
            self.sign_in.start()
        assert self.services.session.account is not None

    def open(self, username: str = "") -> None:
        if username:
            self.sign_in_as(username)
        self.section.activate()
        spin_until(lambda: self.shelf.model.count() > 0)

    def choose(self, druid: str) -> None:
        self.shelf.choose(druid)
        self.wait_for(lambda: self.shelf.items.rowCount() > 0)

    def wait_for(self, ready, seconds: float = 15) -> None:
        spin_until(ready, seconds)

    def type_names(self, text: str) -> None:
        """From the shelf to the review of ``text``."""
        self.shelf.new.click()
        self.wait_for(lambda: self.section.stack.currentWidget() is self.source)
        self.source.text.setPlainText(text)
        self.source.check.click()
        self.wait_for(lambda: self.review.save.isEnabled() and self.review.names.rowCount() > 0)

    def is_at(self, page) -> bool:
        return self.section.stack.currentWidget() is page

    # What the portal has, asked as the person

    def owner(self) -> str:
        return self.services.session.account.user_id

    def make(self, name: str, *items: NewItem, private: bool = True) -> str:
        """Make a list behind the section's back."""
        new = NewList(name, items, private=private)
        client = self.services.species_lists
        return in_task(lambda feedback: client.create(new, self.owner(), feedback)).druid

    def items(self, druid: str):
        client = self.services.species_lists
        return in_task(lambda feedback: client.items(druid, True, feedback))

    def named(self, name: str):
        client = self.services.species_lists
        return in_task(lambda feedback: client.find_by_name(name, self.owner(), feedback))


@pytest.fixture
def lists(qtbot, services, host, browse_as, tmp_path):
    from biodiv_plugin.use_cases.list_backup import ListStore

    services.__dict__["list_store"] = ListStore(tmp_path / "lists")
    return Lists(qtbot, services, host, browse_as)


def seconds_of(work) -> float:
    began = time.monotonic()
    work()
    return time.monotonic() - began
