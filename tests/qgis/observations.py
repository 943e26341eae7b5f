"""The section of observations as a person uses it: by clicks and keys, on the demo portal."""

from __future__ import annotations

import pytest
from qgis.core import QgsPointXY, QgsRectangle
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QLineEdit, QMenu, QPushButton, QScrollArea

from biodiv_plugin.gui.account.sign_in import SignInController
from biodiv_plugin.gui.downloads.job_book import JobBook
from biodiv_plugin.gui.occurrences.section import OccurrenceSection
from tests.qgis.doubles import spin_until

FLANDERS = QgsRectangle(20_000, 150_000, 260_000, 250_000)  # Belgian Lambert 72


class Person:
    """Somebody at the section; ``panel`` is its form."""

    def __init__(self, section: OccurrenceSection, host, scroll: QScrollArea) -> None:
        self.section, self.panel, self.host = section, section.panel, host
        self.scroll = scroll  # Qt deletes it with all that is in it once nobody holds it

    def counted(self, seconds: float = 15):
        """Wait for the count of what is asked now; return its query."""
        self.section._pause.stop()
        self.section.count()  # the pause after typing has its own test
        spin_until(lambda: self.section.query() is not None, seconds)
        return self.section.query()

    def said(self) -> str:
        return self.panel.sentence()

    def settled(self) -> None:
        spin_until(self.section._services.tasks.is_idle, 20)

    def suggestions(self) -> list[str]:
        model = self.panel.taxa._model
        return [model.item(row).text() for row in range(model.rowCount())]

    def types(self, text: str) -> QLineEdit:
        edit = self.panel.taxa._edit
        edit.setFocus()
        QTest.keyClicks(edit, text)
        return edit

    def takes(self, name: str) -> None:
        """Type a name and choose the suggestion that begins with it, by the keyboard."""
        self.types(name)
        spin_until(lambda: any(name.lower() in row.lower() for row in self.suggestions()))
        self.choose(name)

    def choose(self, name: str) -> None:
        popup = self.panel.taxa._completer.popup()
        rows = [row.lower() for row in self.suggestions()]
        place = next(n for n, row in enumerate(rows) if name.lower() in row)
        for _ in range(place + 1):
            QTest.keyClick(popup, Qt.Key.Key_Down)
        QTest.keyClick(popup, Qt.Key.Key_Return)

    def menu(self, name: str) -> None:
        """Choose the entry of any menu of the form by its object name."""
        for menu in self.panel.findChildren(QMenu):
            for action in menu.actions():
                if action.objectName() == name:
                    action.trigger()
                    return
        raise AssertionError(f"no menu entry {name}")

    def button(self, text: str) -> QPushButton:
        return next(b for b in self.panel.findChildren(QPushButton) if b.text() == text)

    def press(self, text: str) -> None:
        QTest.mouseClick(self.button(text), Qt.MouseButton.LeftButton)

    def link(self, part: str) -> None:
        """Click the link of the sentence that leads to ``part``."""
        assert f'href="{part}"' in self.panel._sentence.text()
        self.panel._sentence.linkActivated.emit(part)

    def clicks_map(self, x: float, y: float, button=Qt.MouseButton.LeftButton) -> None:
        QTest.mouseClick(self.host.canvas.viewport(), button, pos=self.pixel(x, y))

    def pixel(self, x: float, y: float) -> QPoint:
        return (
            self.host.canvas.getCoordinateTransform()
            .transform(QgsPointXY(x, y))
            .toQPointF()
            .toPoint()
        )


def person_at(services, host, qtbot) -> Person:
    host.window.resize(600, 400)
    host.window.show()
    host.canvas.setExtent(FLANDERS)
    section = OccurrenceSection(services, host, SignInController(services), JobBook(services))
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setWidget(section)
    qtbot.addWidget(scroll)
    scroll.resize(360, 900)
    scroll.show()
    return Person(section, host, scroll)


@pytest.fixture
def person(services, host, qtbot):
    """Somebody at the section, its first count done."""
    person = person_at(services, host, qtbot)
    person.section.activate()
    spin_until(lambda: person.section.query() is not None, 15)
    person.settled()
    yield person
    person.section.area.hide()
    services.tasks.cancel_all()
    person.settled()
