"""Challenge 2: mails about new records of the Asian hornet: ask for them, and end them again."""

from __future__ import annotations

import pytest
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QLineEdit, QPushButton

from biodiv_plugin import settings
from biodiv_plugin.gui.alerts import hand_over
from biodiv_plugin.gui.portal_dock import PortalDock
from biodiv_plugin.use_cases.watch_store import WatchStore
from tests.qgis.alerts_section import Person
from tests.qgis.doubles import in_task, spin_until


@pytest.fixture
def browser(portal):
    """Somebody who never used notifications before."""
    person = Person(portal, "citizen")
    yield person
    person.leave()


@pytest.fixture
def dock(qtbot, services, host, browser, tmp_path, monkeypatch):
    monkeypatch.setattr(hand_over, "INTERVAL", 200)
    services.__dict__["watch_store"] = WatchStore(tmp_path / "watches")
    services.__dict__["browser"] = browser
    dock = PortalDock(services, host)
    qtbot.addWidget(dock)
    dock.resize(360, 900)
    dock.show()
    dock.show_section("alerts")
    yield dock
    dock.alerts.mail.hand_over.stop()
    services.tasks.cancel_all()
    spin_until(services.tasks.is_idle)
    settings.LAST_SECTION.reset()


def press(notice, label):
    def found():
        buttons = notice.findChildren(QPushButton)
        return [b for b in buttons if b.text() == label and not b.isHidden()]

    spin_until(found)
    found()[-1].click()


def mine(services):
    user = services.session.account.user_id
    return in_task(lambda feedback: services.alerts.subscriptions(user, feedback))


def test_the_asian_hornet_under_both_its_names(dock, services, browser, qtbot):
    panel, form = dock.alerts.panel, dock.alerts.form
    panel.begin.click()  # sign in
    spin_until(lambda: panel.begin.text() == "Use Notifications", 20)
    assert mine(services) is None
    panel.begin.click()
    spin_until(lambda: "no mails yet" in panel.state())
    panel.new.click()
    field = form.taxa.findChild(QLineEdit)
    qtbot.keyClicks(field, "Vespa velutina nigrithorax")
    spin_until(lambda: form.taxa._model.rowCount() > 0)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    spin_until(lambda: len(form.chosen_taxa()) == 2)  # the species is offered, and ticked
    form.accept.click()
    spin_until(lambda: "come back and go on" in panel.notice.text())
    spin_until(browser.idle)
    press(panel.notice, "Go On")
    spin_until(lambda: "You will get mails" in panel.notice.text(), 20)
    names = {alert.name.removeprefix("Nieuwe records voor ") for alert in mine(services).custom}
    assert names == {"Vespa velutina", "Vespa velutina nigrithorax"}

    for left in (1, 0):
        one = panel.found().subscribed[0]
        panel.choose(one.alert.id)
        panel.change.click()
        spin_until(lambda: len(panel.found().subscribed) == left, 20)  # noqa: B023
        assert f"no more mails about “{one.name}”" in panel.notice.text()
    assert mine(services).custom == ()
