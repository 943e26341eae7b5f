"""Challenge 8: one's details, downloads, lists and notifications, each in its place in the dock."""

from __future__ import annotations

import pytest
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QToolButton

from biodiv_plugin import settings
from biodiv_plugin.gui.portal_dock import PortalDock
from biodiv_plugin.use_cases.browse_lists import Shelf
from biodiv_plugin.use_cases.list_backup import ListStore
from biodiv_plugin.use_cases.watch_store import WatchStore
from tests.qgis.doubles import in_task, spin_until

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def dock(qtbot, services, host, browse_as, tmp_path):
    services.__dict__["list_store"] = ListStore(tmp_path / "lists")
    services.__dict__["watch_store"] = WatchStore(tmp_path / "watches")
    browse_as("hilde")
    dock = PortalDock(services, host)
    qtbot.addWidget(dock)
    dock.resize(360, 900)
    dock.show()
    QTest.mouseClick(dock.account.line._button, LEFT)
    spin_until(lambda: services.session.account is not None, 20)
    yield dock
    services.tasks.cancel_all()
    spin_until(services.tasks.is_idle)
    settings.LAST_SECTION.reset()


def go_to(dock, name):
    QTest.mouseClick(dock.findChild(QToolButton, f"biodiv_section_{name}"), LEFT)


def test_who_one_is_and_the_page_of_ones_profile(dock, services, environment):
    dock.account.show_panel()
    panel = dock.account.panel
    assert panel.name.text() == services.session.account.name
    opened = []
    services.__dict__["browser"] = lambda url: opened.append(url) or True
    QTest.mouseClick(panel.profile, LEFT)
    assert opened == [f"{environment.portal}/my-profile.html"]


def test_ones_lists_own_and_shared(dock, services):
    go_to(dock, "lists")
    shelf, user = dock.lists.shelf, services.session.account.user_id
    spin_until(lambda: shelf.model.count() > 0, 20)
    mine = in_task(lambda f: services.species_lists.mine(user, feedback=f))
    assert mine
    for info in mine:
        entry = shelf.model.entry_of(info.druid)
        assert entry is not None and entry.shelf is Shelf.MINE, info.name
    shelf.choose(mine[0].druid)
    spin_until(lambda: shelf.items.rowCount() == mine[0].item_count, 20)


def test_ones_notifications_and_how_often_they_come(dock, services):
    go_to(dock, "alerts")
    panel, user = dock.alerts.panel, services.session.account.user_id
    spin_until(lambda: panel.found().known, 20)
    kept = in_task(lambda f: services.alerts.subscriptions(user, f))
    assert {one.alert.id for one in panel.found().subscribed} == {
        alert.id for alert in (*kept.subscribed, *kept.custom)
    }
    assert panel.frequency.currentData() == kept.frequency


def test_ones_downloads(dock):
    go_to(dock, "downloads")
    assert dock.downloads.isVisible()
