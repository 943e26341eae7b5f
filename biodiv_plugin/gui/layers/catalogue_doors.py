"""Where QGIS itself asks for the catalogue of layers: the Browser, and the Data Source Manager.

Registered when QGIS starts, so nothing of the interface is loaded before somebody looks.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Callable, Optional

from qgis.core import (
    Qgis,
    QgsDataItem,
    QgsDataItemProvider,
    QgsProject,
    QgsProviderRegistry,
)
from qgis.gui import QgsAbstractDataSourceWidget, QgsSourceSelectProvider
from qgis.PyQt import sip
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QWidget

from biodiv_plugin import paths
from biodiv_plugin.environments import UnknownEnvironment
from biodiv_plugin.services import Services
from biodiv_plugin.translation import translate

if TYPE_CHECKING:
    from biodiv_plugin.gui.host import Host
    from biodiv_plugin.portal.catalogue import LayerEntry


class CatalogueProvider(QgsDataItemProvider):
    """Gives the Browser its one root item; each of the Browser's models asks for one."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services

    def name(self) -> str:
        return "biodiv"

    def dataProviderKey(self) -> str:  # noqa: N802
        return "biodiv"

    def capabilities(self) -> Qgis.DataItemProviderCapabilities:
        return Qgis.DataItemProviderCapabilities(Qgis.DataItemProviderCapability.NetworkSources)

    def createDataItem(  # noqa: N802
        self, path: str, parent: Optional[QgsDataItem]
    ) -> Optional[QgsDataItem]:
        from biodiv_plugin.gui.layers.browser_items import RootItem

        if path:  # the children are made by the root, not by their path
            return None
        try:
            self._services.environment.service("geoserver")
        except UnknownEnvironment:  # told in words wherever one tries to use it
            return None
        root = RootItem(parent, self._services.catalogue_feed, partial(_source, self._services))
        if parent is not None:
            sip.transferto(root, parent)
        return root


class CatalogueSourceProvider(QgsSourceSelectProvider):
    """Makes the page when the Data Source Manager asks for it."""

    def __init__(self, services: Services, host: Callable[[], Host]) -> None:
        super().__init__()
        self._services, self._host = services, host

    def name(self) -> str:
        return "biodiv"

    def providerKey(self) -> str:  # noqa: N802
        return "biodiv"

    def text(self) -> str:
        return translate("SourceSelect", "Biodiversity Portal")

    def toolTip(self) -> str:  # noqa: N802
        return translate("SourceSelect", "Layers of the Flemish Biodiversity Portal")

    def icon(self) -> QIcon:
        return QIcon(str(paths.resource("icons/portal.svg")))

    def ordering(self) -> int:
        return QgsSourceSelectProvider.Ordering.OrderOtherProvider

    def createDataSourceWidget(  # noqa: N802
        self,
        parent: Optional[QWidget] = None,
        fl: Qt.WindowType = Qt.WindowType.Widget,
        widgetMode: QgsProviderRegistry.WidgetMode = QgsProviderRegistry.WidgetMode.Embedded,  # noqa: N803
    ) -> QgsAbstractDataSourceWidget:
        from biodiv_plugin.gui.layers.source_select import CatalogueSourceWidget, NoPortalWidget
        from biodiv_plugin.messages import explain

        try:
            self._services.environment.service("geoserver")
        except UnknownEnvironment as wrong:
            return NoPortalWidget(explain(wrong), parent, fl, widgetMode)
        return CatalogueSourceWidget(self._services, self._host(), parent, fl, widgetMode)


def _source(services: Services, entry: LayerEntry) -> str:
    from biodiv_plugin.use_cases.open_portal_layer import map_source

    geoserver, offer = services.environment.service("geoserver"), services.map_server.offer
    return map_source(entry, geoserver, QgsProject.instance().crs(), offer)
