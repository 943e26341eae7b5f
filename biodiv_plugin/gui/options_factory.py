"""The entry of the plugin in QGIS's own options; its page is made when they are opened."""

from __future__ import annotations

from typing import Callable, Optional

from qgis.gui import QgsOptionsPageWidget, QgsOptionsWidgetFactory
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QWidget

from biodiv_plugin import paths
from biodiv_plugin.translation import translate

KEY = "biodiv_portal"  # by which QGIS opens this page of its options


class OptionsFactory(QgsOptionsWidgetFactory):
    """Makes the page each time the options are opened. ``on_change`` runs after another portal,
    address or client was chosen; whoever registers this keeps it alive."""

    def __init__(self, on_change: Callable[[], object]) -> None:
        icon = QIcon(str(paths.resource("icons/portal.svg")))
        super().__init__(translate("OptionsPage", "Biodiversity Portal"), icon, KEY)
        self._on_change = on_change

    def createWidget(self, parent: Optional[QWidget] = None) -> QgsOptionsPageWidget:  # noqa: N802
        from biodiv_plugin.gui.options_page import OptionsPage

        return OptionsPage(self._on_change, parent)
