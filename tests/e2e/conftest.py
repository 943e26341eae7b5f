"""The tests from end to end use the same QGIS and services as those of its parts."""

from __future__ import annotations

import pytest

from biodiv_plugin import settings
from biodiv_plugin.gui.portal_dock import PortalDock
from tests.qgis.conftest import browse_as, environment, host, person, services
from tests.qgis.doubles import spin_until
from tests.qgis.observations import FLANDERS, Person

__all__ = ["browse_as", "environment", "host", "person", "services"]


@pytest.fixture
def newcomer(qtbot, services, host):
    """Somebody at the dock's observations for the first time."""
    host.window.resize(600, 400)
    host.window.show()
    host.canvas.setExtent(FLANDERS)
    dock = PortalDock(services, host)
    qtbot.addWidget(dock)
    dock.resize(360, 900)
    dock.show()
    dock.show_section("occurrences")
    newcomer = Person(dock.occurrences, host, dock)
    newcomer.dock = dock
    spin_until(lambda: dock.occurrences.query() is not None, 15)
    newcomer.settled()
    yield newcomer
    dock.occurrences.area.hide()
    services.tasks.cancel_all()
    newcomer.settled()
    settings.LAST_SECTION.reset()
