"""The catalogue as a page of the Data Source Manager."""

from __future__ import annotations

import pytest
from qgis.core import QgsProviderRegistry
from qgis.gui import QgsGui
from qgis.PyQt.QtCore import Qt

from biodiv_plugin.gui.layers import marks
from biodiv_plugin.gui.layers.catalogue_doors import CatalogueSourceProvider


@pytest.fixture
def page(services, host, qtbot):
    registry, provider = (
        QgsGui.sourceSelectProviderRegistry(),
        CatalogueSourceProvider(services, lambda: host),
    )
    registry.addProvider(provider)
    made = registry.createSelectionWidget(
        "biodiv", None, Qt.WindowType.Widget, QgsProviderRegistry.WidgetMode.Embedded
    )
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.panel.model.count() > 50, timeout=10_000)
    yield made
    registry.removeProvider(provider)
    qtbot.waitUntil(services.tasks.is_idle, timeout=20_000)
    marks._RECENT.reset()


def test_the_managers_button_adds(page, qtbot, host):
    qtbot.keyClicks(page.panel.search, "gemeenten")
    with qtbot.waitSignal(page.enableButtons, check_params_cb=bool):
        qtbot.keyClick(page.panel.search, Qt.Key.Key_Return)
    page.addButtonClicked()
    qtbot.waitUntil(lambda: host.project.count() == 1, timeout=20_000)
    page.addButtonClicked()
    qtbot.waitUntil(lambda: "already" in page.notice.text())
    assert host.project.count() == 1


def test_without_a_choice_nothing_is_added(page, host):
    page.panel.tree.clearSelection()
    page.panel._filter()
    page.addButtonClicked()
    assert host.project.count() == 0


def test_a_failure_is_told(page, qtbot, control):
    qtbot.waitUntil(lambda: page._feed.catalogue.copied is None, timeout=10_000)
    control.fault(kind="status", status=503, path="/spatial-service")
    page._feed.refresh()
    qtbot.waitUntil(lambda: "problem" in page.notice.text(), timeout=10_000)
    assert page.panel.model.count() > 50, "what was read stays"


def test_it_goes_by_the_name_of_the_portal(services, host):
    provider = CatalogueSourceProvider(services, lambda: host)
    assert provider.providerKey() == provider.name() == "biodiv"
    assert provider.text() == "Biodiversity Portal"
    assert not provider.icon().isNull()
