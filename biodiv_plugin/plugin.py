"""The plugin as QGIS sees it: what it adds to QGIS, and how each addition is taken back."""

from __future__ import annotations

from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING, Any, Mapping, Optional

from qgis.core import Qgis, QgsApplication, QgsMapLayer, QgsPrintLayout, QgsProject
from qgis.PyQt.QtCore import QCoreApplication, Qt, QTimer
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QAction

from biodiv_plugin import deletion, log, paths, settings, translation
from biodiv_plugin.environments import UnknownEnvironment
from biodiv_plugin.services import Services

if TYPE_CHECKING:
    from pathlib import Path

    from qgis.gui import QgisInterface

    from biodiv_plugin.gui.alerts.watch_alarm import WatchAlarm
    from biodiv_plugin.gui.host import Host
    from biodiv_plugin.gui.lists.refill import ListRefill
    from biodiv_plugin.gui.portal_dock import PortalDock


DOCK_WIDTH = 400  # pixels, where QGIS does not remember another
REST = 60_000  # ms after the start, or after a project was opened, until watches are looked for


class BiodivPlugin:
    """Registers the plugin's parts with QGIS; each is undone in the line after it is done."""

    def __init__(self, iface: Optional[QgisInterface]) -> None:
        self._iface = iface
        self._undo = ExitStack()
        self._undo.callback(log.install())
        self._undo.callback(translation.install())  # before any text is shown
        self._portal = self._undo.enter_context(ExitStack())  # what belongs to one environment
        self._dock: Optional[PortalDock] = None

    def initProcessing(self) -> None:  # noqa: N802
        """Add the algorithms and their token; ``qgis_process`` calls this and nothing else."""
        from biodiv_plugin.processing.provider import PortalProvider

        self._services = Services()
        self._portal.callback(self._services.close)
        try:
            self._services.bearer.install()
        except UnknownEnvironment as wrong:  # told again, in words, wherever one tries to use it
            log.logger.warning("no usable portal address: %s", wrong)
        registry, provider = QgsApplication.processingRegistry(), PortalProvider(self._services)
        registry.addProvider(provider)
        self._portal.callback(registry.removeProvider, provider)

    def initGui(self) -> None:  # noqa: N802
        """Add all that needs a window. Nothing here opens a connection or builds a dock."""
        self.initProcessing()
        self._add_dock_action()
        self._add_options()
        self._add_catalogue()
        self._await_layers()
        self._await_watches()
        if settings.DOCK_OPEN.get():
            self._iface.initializationCompleted.connect(self._reopen)
            self._undo.callback(self._iface.initializationCompleted.disconnect, self._reopen)

    def unload(self) -> None:
        """Take back every addition, the last one first. A second call does nothing."""
        self._undo.close()

    def show_dock(self) -> PortalDock:
        """Show the one dock, made on first use, and return it. Raises ``UnknownEnvironment``."""
        if self._dock is None:
            self._dock = self._open_dock()
        self._dock.setUserVisible(True)
        return self._dock

    def change_portal(self) -> None:
        """Work with the portal that the settings now name; all of the former one goes."""
        was_open = self._sees_dock()
        self._portal.close()
        self.initProcessing()
        self._add_catalogue()
        self._await_layers()
        self._await_watches()
        if was_open:
            self._on_triggered()

    def _add_catalogue(self) -> None:
        """Show the catalogue of layers in the Browser panel and the Data Source Manager."""
        from qgis.gui import QgsGui

        from biodiv_plugin.gui.layers.catalogue_doors import (
            CatalogueProvider,
            CatalogueSourceProvider,
        )

        items = QgsApplication.dataItemProviderRegistry()
        provider = CatalogueProvider(self._services)
        items.addProvider(provider)
        self._portal.callback(items.removeProvider, provider)
        pages = QgsGui.sourceSelectProviderRegistry()
        page = CatalogueSourceProvider(self._services, self._host)
        pages.addProvider(page)
        self._portal.callback(pages.removeProvider, page)

    def _await_layers(self) -> None:
        """Add what serves layers with the first layer, or the dock: a start needs none of it."""
        project = QgsProject.instance()
        self._serves_layers = False
        self._lists: Optional[ListRefill] = None
        project.layersAdded.connect(self._serve_layers)
        self._portal.callback(project.layersAdded.disconnect, self._serve_layers)
        if project.mapLayers():
            self._serve_layers()
            self._restore_lists()

    def _serve_layers(self, _layers: object = None) -> None:
        if not self._serves_layers:
            self._serves_layers = True
            self._add_download_menu()
            self._add_preview()
            self._add_guard()

    def _add_download_menu(self) -> None:
        """Offer citing and the like in the context menu of downloaded layers."""
        from biodiv_plugin.gui.downloads.menu import DownloadMenu

        menu = DownloadMenu(self._iface.layerTreeView(), self._services, self._host())
        menu.refresh_requested.connect(self._refresh)
        menu.report_requested.connect(self._report)
        self._portal.callback(menu.close)

    def _refresh(self, former: Path) -> None:
        self.show_dock().refresh(former)

    def _report(self, layer: QgsMapLayer) -> None:
        self.show_dock().report_on(layer)

    def _add_preview(self) -> None:
        """Keep the layers that the portal draws alive, also in projects that are opened."""
        from biodiv_plugin.gui.preview.desk import PreviewDesk

        try:
            self._preview = PreviewDesk(self._services, self._host())
        except UnknownEnvironment:  # told already; without a portal nobody draws
            return
        self._portal.callback(self._preview.close)

    def _add_guard(self) -> None:
        """Mark layers with exact places of sensitive species, and warn before they leave."""
        from biodiv_plugin.gui.guard.warnings import SensitiveGuard

        iface = self._iface
        guard = SensitiveGuard(iface.layerTreeView(), self._host())
        self._portal.callback(guard.close)
        for signal, slot in (
            (iface.actionLayerSaveAs().triggered, guard.warn_of_export),
            (iface.layerSavedAs, guard.warn_of_file),
            (iface.actionCopyFeatures().triggered, guard.warn_of_copy),
            (iface.actionCutFeatures().triggered, guard.warn_of_copy),
            (iface.projectImportExportMenu().aboutToShow, guard.warn_of_map),
            (iface.layoutDesignerOpened, guard.warn_in_layout),
        ):
            signal.connect(slot)
            self._portal.callback(signal.disconnect, slot)
        for designer in iface.openLayoutDesigners():
            guard.warn_in_layout(designer)

    def _restore_lists(self) -> None:
        """Fill the tables of lists again in a project that was opened."""
        from biodiv_plugin.layers.list_table import LIST_ID

        layers = QgsProject.instance().mapLayers().values()
        if any(layer.customProperty(LIST_ID) for layer in layers):
            with suppress(UnknownEnvironment):
                self._add_lists()

    def _add_lists(self) -> ListRefill:
        from biodiv_plugin.gui.lists.refill import ListRefill

        if self._lists is None:
            self._lists = ListRefill(self._services, QgsProject.instance())
            self._portal.callback(self._lists.close)
        return self._lists

    def _await_watches(self) -> None:
        """Look for watches once QGIS is at rest, and again in each project that is opened."""
        self._watches: Optional[WatchAlarm] = None
        timer = QTimer()
        timer.setSingleShot(True)
        timer.setInterval(REST)
        timer.timeout.connect(self._begin_watches)
        timer.start()
        self._portal.callback(timer.stop)
        project = QgsProject.instance()
        project.readProject.connect(self._on_project_read)
        self._portal.callback(project.readProject.disconnect, self._on_project_read)
        self._watch_timer = timer

    def _on_project_read(self, _document: object) -> None:
        self._restore_lists()
        if self._watches is None:
            self._watch_timer.start()

    def _begin_watches(self) -> None:
        from biodiv_plugin.layers.project_watches import project_watches

        with suppress(UnknownEnvironment):  # told already; without a portal nothing is looked at
            kept = self._services.watch_store.watches() or project_watches(QgsProject.instance())
            if kept and self._watches is None:
                self._add_watches().begin()

    def _add_watches(self) -> WatchAlarm:
        """Keep the one book of the watches, whether the dock is open or not."""
        from biodiv_plugin.gui.alerts.watch_alarm import WatchAlarm

        if self._watches is None:
            self._watches = WatchAlarm(self._services, self._host(), self._sees_dock)
            self._watches.show_requested.connect(self._show_watches)
            self._portal.callback(self._watches.close)
        return self._watches

    def _sees_dock(self) -> bool:
        return self._dock is not None and self._dock.isUserVisible()

    def _show_watches(self) -> None:
        self.show_dock().show_section("alerts")

    def _add_dock_action(self) -> None:
        menu = self.tr("Flemish Biodiversity Portal")
        icon = QIcon(str(paths.resource("icons/portal.svg")))
        action = QAction(icon, menu, self._iface.mainWindow())
        action.setObjectName("biodiv_open_dock")
        self._undo.callback(action.deleteLater)
        action.triggered.connect(self._on_triggered)
        self._iface.addPluginToWebMenu(menu, action)
        self._undo.callback(self._iface.removePluginWebMenu, menu, action)
        self._iface.addWebToolBarIcon(action)
        self._undo.callback(self._iface.removeWebToolBarIcon, action)

    def _add_options(self) -> None:
        from biodiv_plugin.gui.options_factory import OptionsFactory

        factory = OptionsFactory(self.change_portal)  # kept by the two callbacks below
        self._iface.registerOptionsWidgetFactory(factory)
        self._undo.callback(self._iface.unregisterOptionsWidgetFactory, factory)

    def _on_triggered(self, _checked: bool = False) -> None:
        try:
            self.show_dock()
        except UnknownEnvironment as wrong:
            self._tell(wrong)

    def _reopen(self) -> None:
        self._on_triggered()

    def _tell(self, wrong: UnknownEnvironment) -> None:
        """Say that there is no portal to show, with the way to choose one."""
        from qgis.PyQt.QtWidgets import QPushButton

        from biodiv_plugin.gui.plain import in_message
        from biodiv_plugin.messages import explain

        bar = self._iface.messageBar()
        text = in_message(explain(wrong))
        item = bar.createMessage(self.tr("Flemish Biodiversity Portal"), text)
        button = QPushButton(self.tr("Choose a Portal…"), item)
        button.clicked.connect(self._open_options)
        item.layout().addWidget(button)
        bar.pushWidget(item, Qgis.MessageLevel.Warning)

    def _open_options(self, _checked: bool = False) -> None:
        from biodiv_plugin.gui.options_factory import KEY

        self._iface.showOptionsDialog(self._iface.mainWindow(), KEY)

    def _open_dock(self) -> PortalDock:
        from biodiv_plugin.gui.portal_dock import PortalDock

        dock = PortalDock(
            self._services,
            self._host(),
            watches=self._add_watches().book,
            tables=self._add_lists().tables,
        )
        self._serve_layers()
        dock.occurrences.preview_requested.connect(self._preview.show)
        self._portal.callback(self._forget_dock, dock)
        if not self._iface.mainWindow().restoreDockWidget(dock):  # where it stood last time
            self._iface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
            window = self._iface.mainWindow()
            window.resizeDocks([dock], [DOCK_WIDTH], Qt.Orientation.Horizontal)
        return dock

    def _forget_dock(self, dock: PortalDock) -> None:
        self._dock = None
        dock.message.close()
        self._iface.removeDockWidget(dock)
        deletion.delete_later(dock)

    def _host(self) -> Host:
        from biodiv_plugin.gui.host import Host

        return Host(
            window=self._iface.mainWindow(),
            canvas=self._iface.mapCanvas(),
            project=QgsProject.instance(),
            message_bar=self._iface.messageBar(),
            open_log=self._iface.openMessageLog,
            select_layer=self._iface.setActiveLayer,
            open_algorithm=_open_algorithm,
            layout=self._layout,
            open_layout=self._iface.openLayoutDesigner,
        )

    def _layout(self) -> Optional[QgsPrintLayout]:
        """Return the print layout that the person works at."""
        opened = [designer.masterLayout() for designer in self._iface.openLayoutDesigners()]
        return next((each for each in opened if isinstance(each, QgsPrintLayout)), None)

    @staticmethod
    def tr(text: str) -> str:
        return QCoreApplication.translate("BiodivPlugin", text)


def _open_algorithm(identifier: str, parameters: Mapping[str, Any]) -> None:
    from processing import execAlgorithmDialog  # a plugin of QGIS's own

    execAlgorithmDialog(identifier, dict(parameters))
