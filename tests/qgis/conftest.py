"""Fixtures of the tests inside QGIS: services on the demo portal, and a QGIS to show a dock in."""

from __future__ import annotations

from threading import Thread

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsProject,
    QgsVectorLayer,
)
from qgis.gui import QgsMapCanvas, QgsMessageBar
from qgis.PyQt.QtWidgets import QMainWindow

from biodiv_plugin import environments, settings
from biodiv_plugin.gui.account.section import AccountArea
from biodiv_plugin.gui.account.sign_in import SignInController
from biodiv_plugin.gui.host import Host
from biodiv_plugin.layers import storage
from biodiv_plugin.services import Services
from demo.portal.visitor import Visitor
from tests.qgis.alerts_section import alerts  # noqa: F401 (a fixture)
from tests.qgis.analyses import analyses, parcels  # noqa: F401 (fixtures)
from tests.qgis.lists_section import lists  # noqa: F401 (a fixture)
from tests.qgis.observations import person  # noqa: F401 (a fixture)
from tests.qgis.previews import maps, shown  # noqa: F401 (fixtures)

SQUARE = "POLYGON((100000 180000, 220000 180000, 220000 220000, 100000 220000, 100000 180000))"


@pytest.fixture(autouse=True)
def files_are_moved_as_on_windows(monkeypatch):
    """Refuse to move a file that this process still has open, as Windows does."""
    move = storage.replace_file

    def moved(part, target):
        assert not storage._is_open_here(part), f"{part} is moved while it is open"
        move(part, target)

    monkeypatch.setattr(storage, "replace_file", moved)


@pytest.fixture
def environment(portal):
    """The demo environment at the address of the running demo portal."""
    return environments.named(
        "demo", {"BIODIV_PORTAL_URL": portal.url, "BIODIV_OIDC_ISSUER": portal.issuer}
    )


@pytest.fixture
def services(environment, control, qgis_app):
    """Services on the demo portal, in its first state; the token hook is armed."""
    services = Services(environment)
    services.bearer.install()
    yield services
    services.close()


class BrowserOf:
    """A person at the browser: signs in as ``username`` on each page that is opened."""

    def __init__(self, portal, username: str) -> None:
        self._portal, self._username = portal, username
        self.opened: list[str] = []

    def __call__(self, url: str) -> bool:
        self.opened.append(url)
        Thread(target=self._sign_in, args=(url,), daemon=True).start()
        return True

    def _sign_in(self, url: str) -> None:
        visitor = Visitor(self._portal.url)
        visitor.deliver(visitor.sign_in(url, self._username))


@pytest.fixture
def browse_as(portal, services):
    """A function that puts a person at the browser of the services."""

    def put(username: str) -> BrowserOf:
        browser = BrowserOf(portal, username)
        services.__dict__["browser"] = browser  # what cached_property would have kept
        return browser

    return put


@pytest.fixture
def host(qtbot, qgis_new_project):
    """A window with a canvas in Belgian Lambert 72, over Flanders."""
    window = QMainWindow()
    qtbot.addWidget(window)
    canvas = QgsMapCanvas(window)
    window.setCentralWidget(canvas)
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:31370"))
    project = QgsProject.instance()
    project.setCrs(QgsCoordinateReferenceSystem("EPSG:31370"))
    return Host(window, canvas, project, QgsMessageBar(window), lambda: None)


@pytest.fixture
def account_area(services, host, qtbot):
    """The account's part of the dock, at the width that the dock is drawn for."""
    sign_in = SignInController(services)
    area = AccountArea(services, host, sign_in)
    area.sign_in = sign_in
    qtbot.addWidget(area)
    area.resize(360, 700)
    area.show()
    yield area
    sign_in.cancel()
    qtbot.waitUntil(services.tasks.is_idle)
    for setting in (settings.STAY_SIGNED_IN, settings.SIGN_IN_HINT):
        setting.reset()


@pytest.fixture
def square(qgis_new_project):
    """A polygon layer in Belgian Lambert 72: the middle of Flanders."""
    layer = QgsVectorLayer("Polygon?crs=EPSG:31370", "vierkant", "memory")
    feature = QgsFeature()
    feature.setGeometry(QgsGeometry.fromWkt(SQUARE))
    layer.dataProvider().addFeature(feature)
    return layer
