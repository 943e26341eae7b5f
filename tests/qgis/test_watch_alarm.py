"""Watches are looked at also where the dock was never opened, and what is new is told."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from qgis.core import QgsProject
from qgis.PyQt.QtWidgets import QPushButton, QToolButton

from biodiv_plugin.auth.session import AuthState
from biodiv_plugin.layers.project_watches import keep_in_project
from biodiv_plugin.portal.query import OccurrenceQuery
from biodiv_plugin.portal.watch import WatchState, Zone, new_watch
from tests.qgis.doubles import spin_until
from tests.qgis.whole_plugin import plugin, window

__all__ = ["plugin", "window"]

FLANDERS = Zone("Vlaanderen", "POLYGON((2.5 50.6,6 50.6,6 51.6,2.5 51.6,2.5 50.6))")
EVERYTHING = OccurrenceQuery(quality_profile="", flanders_only=False, include_absent=True)


def due():
    """A watch that was looked at last when the portal held nothing yet."""
    then = datetime.now(timezone.utc) - timedelta(days=4000)
    return new_watch("Mijn zone", EVERYTHING, [FLANDERS], every=1), WatchState(then)


def in_profile(plugin):
    watch, state = due()
    store = plugin._services.watch_store
    store.save(watch)
    store.save_state(watch.id, "", state)
    return watch


def rest(plugin):
    """What the timer does when its time has come."""
    assert plugin._watch_timer.isActive()
    plugin._watch_timer.stop()
    plugin._watch_timer.timeout.emit()


def looked(plugin):
    spin_until(lambda: plugin._watches.book.outcomes, 20)
    return plugin._watches.book.outcomes


def message(plugin):
    return plugin._iface.messageBar().currentItem()


def test_without_a_watch_nothing_is_made_and_nobody_asked(plugin, control):
    assert plugin._watch_timer.interval() >= 60_000 and plugin._watch_timer.isSingleShot()
    rest(plugin)
    assert plugin._watches is None
    assert control.requests() == []


def test_news_are_told_where_the_dock_was_never_opened(plugin, window):
    watch = in_profile(plugin)
    rest(plugin)
    (outcome,) = looked(plugin)
    assert plugin._dock is None
    assert f"{len(outcome.new)} new observations in the zones of “Mijn zone”" in (
        message(plugin).text().replace(",", "")
    )
    message(plugin).findChild(QPushButton).click()
    dock = plugin._dock
    assert dock.isVisible() and dock.alerts.isVisible()
    assert message(plugin) is None
    assert dock.alerts.desk.book is plugin._watches.book
    spin_until(lambda: dock.alerts.watches.current() == watch.id)
    assert "new observations since the last look" in dock.alerts.watches.notice.text()
    badge = dock.findChild(QToolButton, "biodiv_section_alerts")
    spin_until(lambda: badge.text() == f"Notifications {len(outcome.new)}")


def test_who_sees_the_dock_is_told_there_alone(plugin):
    in_profile(plugin)
    dock = plugin.show_dock()
    spin_until(dock.isVisible)
    plugin._watches.begin()
    assert looked(plugin)[0].new
    assert message(plugin) is None


def test_who_closed_the_dock_is_told_all_the_same(plugin):
    in_profile(plugin)
    dock = plugin.show_dock()
    dock.setUserVisible(False)
    plugin._watches.begin()
    assert looked(plugin)[0].new
    spin_until(lambda: message(plugin))
    message(plugin).findChild(QPushButton).click()
    assert plugin._dock is dock and dock.isUserVisible() and dock.alerts.isVisible()


def test_a_watch_of_a_project_is_looked_at_after_it_was_opened(plugin, tmp_path):
    watch, state = due()
    project = QgsProject.instance()
    keep_in_project(project, watch)
    project.write(str(tmp_path / "zones.qgz"))
    project.clear()
    plugin._services.watch_store.save_state(watch.id, "", state)
    rest(plugin)
    assert plugin._watches is None and not plugin._watch_timer.isActive()
    project.read(str(tmp_path / "zones.qgz"))
    rest(plugin)
    assert looked(plugin)[0].watch.id == watch.id


def test_it_is_looked_at_once_a_day_and_as_who_signed_in_last(plugin, monkeypatch):
    store = plugin._services.watch_store
    watch, _ = due()
    store.save(watch)
    store.save_state(watch.id, "", WatchState(datetime.now(timezone.utc)))
    states = []
    plugin._services.session.changed.connect(states.append)
    resumed = []
    from biodiv_plugin.gui.alerts import watch_alarm

    resume = watch_alarm.resume
    monkeypatch.setattr(watch_alarm, "resume", lambda *a: resumed.append(1) or resume(*a))
    rest(plugin)
    spin_until(plugin._services.tasks.is_idle)
    assert resumed  # what the keyring holds decides whose news these are
    assert plugin._services.session.state is AuthState.SIGNED_OUT  # and here it holds nothing
    assert plugin._watches.book.outcomes == ()


def test_a_portal_that_fails_bothers_nobody_and_is_told_in_the_dock(plugin, control):
    in_profile(plugin)
    control.fault(kind="status", status=503, path="/biocache-service")
    rest(plugin)
    assert looked(plugin)[0].error is not None
    assert message(plugin) is None
    dock = plugin.show_dock()
    assert "Not looked at: “Mijn zone”" in dock.alerts.watches.notice.text()


def test_it_ends_with_the_plugin_and_with_the_portal(plugin):
    in_profile(plugin)
    rest(plugin)
    looked(plugin)
    former, timer = plugin._watches.book, plugin._watch_timer
    plugin.change_portal()
    assert not former._timer.isActive() and not timer.isActive()
    assert message(plugin) is None
    assert plugin._watches is None and plugin._watch_timer.isActive()
    timer = plugin._watch_timer
    plugin.unload()
    assert not timer.isActive()
    QgsProject.instance().clear()  # asks nobody who is gone
