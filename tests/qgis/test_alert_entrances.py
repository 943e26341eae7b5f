"""*Notify Me* from where one is: the question, a species, a list; and the badge in the bar."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QToolButton

from biodiv_plugin.gui.alerts.form import QUERY, SPECIES
from biodiv_plugin.gui.portal_dock import PortalDock
from biodiv_plugin.portal.query import OccurrenceQuery, TaxonRef
from biodiv_plugin.portal.watch import NewRecord, WatchState, Zone, new_watch
from biodiv_plugin.use_cases.watch_store import WatchStore
from tests.qgis.doubles import spin_until

FROG = TaxonRef("2427605", "Hyla arborea", "boomkikker")
HORNET = TaxonRef("1311477", "Vespa velutina")


@pytest.fixture
def dock(qtbot, services, host, tmp_path):
    services.__dict__["watch_store"] = WatchStore(tmp_path / "watches")
    dock = PortalDock(services, host, host.window)
    host.window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
    host.window.resize(900, 900)
    host.window.show()
    yield dock
    dock.sign_in.cancel()
    services.tasks.cancel_all()
    spin_until(services.tasks.is_idle)


def is_shown(dock, page):
    return dock.alerts.isVisible() and dock.alerts.stack.currentWidget() is page


def test_from_the_question_being_asked(dock):
    dock.show_section("occurrences")
    dock.occurrences.set_query(OccurrenceQuery(taxa=(FROG,)))
    button = dock.occurrences.panel._notify
    spin_until(lambda: dock.occurrences.query() and dock.occurrences.query().taxa)
    spin_until(button.isEnabled)
    button.click()
    assert is_shown(dock, dock.alerts.form)
    assert dock.alerts.form.kind.currentIndex() == QUERY
    assert dock.alerts.form.name.text() == "boomkikker"


def test_from_the_card_of_a_species(dock):
    dock.show_section("occurrences")
    dock.occurrences.panel.taxa.set_taxa([HORNET])
    dock.occurrences.panel.taxa.card_requested.emit(HORNET)
    card = dock.occurrences.panel.card
    spin_until(card.isVisible)
    card._notify.click()
    assert is_shown(dock, dock.alerts.form)
    assert dock.alerts.form.kind.currentIndex() == SPECIES
    assert dock.alerts.form.taxa.taxa() == (HORNET,)


def test_from_a_public_list_and_a_private_one_is_watched_instead(dock, browse_as, qtbot):
    browse_as("hilde")
    with qtbot.waitSignal(dock.sign_in.ended, timeout=20000):
        dock.sign_in.start()
    dock.show_section("lists")
    shelf = dock.lists.shelf
    spin_until(lambda: shelf.model.count() > 0)
    shelf.choose("dr552")
    shelf.notify.trigger()
    spin_until(lambda: "come back and go on" in dock.alerts.panel.notice.text())
    shelf.choose("dr711")
    entry = shelf.current()
    assert entry.private
    shelf.notify.trigger()
    assert is_shown(dock, dock.alerts.watch_form)
    assert entry.info.name in dock.alerts.watch_form.sentence.text()
    assert dock.alerts.watch_form.name.text() == ""
    assert dock.alerts.watch_form._query.list_name == ""


def test_the_bar_tells_how_much_is_new(dock, services):
    watch = new_watch("w", OccurrenceQuery(), [Zone("z", "POLYGON((4 51,5 51,5 52,4 51))")])
    now = datetime.now(timezone.utc)
    record = NewRecord("z", "1", "Hyla arborea", "", None, "", 4.5, 51.2, None, "", now)
    services.watch_store.save(watch)
    services.watch_store.save_state(watch.id, "", WatchState(now, frozenset(), (record,)))
    button = dock.findChild(QToolButton, "biodiv_section_alerts")
    dock.alerts.desk.book._on_project()
    assert button.text() == "Notifications 1"
    dock.alerts.desk.book.mark_seen(watch.id)
    assert button.text() == "Notifications"


def test_nothing_is_looked_at_while_qgis_starts(dock, control):
    spin_until(dock.isVisible)
    assert dock.alerts.desk.book._timer.interval() >= 60_000
    assert not control.requests("/alerts/")
