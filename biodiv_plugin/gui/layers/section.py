"""The section *Layers*: the catalogue of the geographic portal, and what one does with it."""

from __future__ import annotations

from typing import Optional

from qgis.core import QgsApplication, QgsMapLayer
from qgis.PyQt.QtCore import QLocale, Qt
from qgis.PyQt.QtWidgets import (
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from biodiv_plugin.gui.account.sign_in import SignInController
from biodiv_plugin.gui.button_rows import ButtonRows
from biodiv_plugin.gui.host import Host
from biodiv_plugin.gui.layers.adder import LayerAdder
from biodiv_plugin.gui.layers.analyses_page import AnalysesPage
from biodiv_plugin.gui.layers.area_pages import ClassPage, GazetteerPage
from biodiv_plugin.gui.layers.area_upload import AreaUpload
from biodiv_plugin.gui.layers.base_map_menu import BaseMapMenu
from biodiv_plugin.gui.layers.card_desk import CardDesk
from biodiv_plugin.gui.layers.catalogue_panel import CataloguePanel
from biodiv_plugin.gui.layers.identify_page import IdentifyPage
from biodiv_plugin.gui.layers.map_link_menu import MapLinkMenu
from biodiv_plugin.gui.layers.marks import LayerMarks
from biodiv_plugin.gui.layers.page import Pages
from biodiv_plugin.gui.layers.report_page import AreaReportPage
from biodiv_plugin.gui.notices import Notice
from biodiv_plugin.portal.catalogue import LayerEntry
from biodiv_plugin.services import Services
from biodiv_plugin.use_cases.read_catalogue import Catalogue


class LayerSection(QWidget):
    """The catalogue first; areas, classes, reports, analyses and *What is here?* beside it."""

    def __init__(self, services: Services, host: Host, sign_in: SignInController) -> None:
        super().__init__()
        self._services, self._host, self._sign_in = services, host, sign_in
        self._feed = services.catalogue_feed
        self.marks = LayerMarks(self)
        self.adder = LayerAdder(services, host, self.marks, self)
        self.panel = CataloguePanel(self.adder.source)
        self.search, self.tree, self.model = self.panel.search, self.panel.tree, self.panel.model
        self.notice = Notice()
        self.base_maps = BaseMapMenu(services, host, self)
        self.links = MapLinkMenu(services, host, self.entries_on_map, self)
        self.areas = GazetteerPage(services, host)
        self.upload = AreaUpload(services, host, sign_in)
        self.classes = ClassPage(services, host)
        self.identify = IdentifyPage(services, host, self.entries_on_map)
        self.report = AreaReportPage(services, host)
        self.analyses = AnalysesPage(services, host, sign_in)
        self._beside = self.areas, self.classes, self.identify, self.report, self.analyses
        self.card = CardDesk(services, self.panel, self)
        self._lay_out()
        self._connect()
        self._show_marks()

    def activate(self) -> None:
        """Read the catalogue; called whenever the section is shown, asks the portal once."""
        if self._feed.catalogue is not None:
            self._show(self._feed.catalogue)
        else:
            self.panel.tell(self.tr("Reading the catalogue…"))
        self._show_marks()  # another door to the catalogue may have marked some
        self._feed.open()
        self.panel.set_offer(self._services.map_server.offer)
        self._services.map_server.open()

    def add(self, entry: LayerEntry) -> None:
        """Add ``entry`` to the map, in a group of its classification; select it if it is there."""
        self.notice.clear()
        self.adder.add(entry)

    def entries_on_map(self) -> tuple[LayerEntry, ...]:
        """Return the layers of the catalogue that are on the map, the top one first."""
        catalogue = self._feed.catalogue
        return self.adder.entries_on_map(catalogue.index.entries) if catalogue else ()

    def _lay_out(self) -> None:
        tools = ButtonRows()
        for text, icon, slot in (
            (self.tr("Base Maps"), "/mIconRaster.svg", self.base_maps),
            (self.tr("Areas"), "/mIconPolygonLayer.svg", self._show_areas),
            (self.tr("What Is Here?"), "/mActionIdentify.svg", self._show_identify),
            (self.tr("Area Report"), "/mActionNewReport.svg", self.show_report),
            (self.tr("Analyses"), "/processingAlgorithm.svg", self.show_analyses),
            (self.tr("Portal Map"), "/mActionShowAllLayers.svg", self.links),
        ):
            button = QToolButton()
            button.setText(text)
            button.setIcon(QgsApplication.getThemeIcon(icon))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            button.setAutoRaise(True)
            if isinstance(slot, QMenu):
                button.setMenu(slot)
                button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
            else:
                button.clicked.connect(slot)
            tools.addWidget(button)
        catalogue = QWidget()
        column = QVBoxLayout(catalogue)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(tools)
        column.addWidget(self.panel, 1)
        column.addWidget(self.notice)
        self.areas.column.addWidget(self.upload)
        self._pages = Pages(catalogue, *self._beside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(4, 4, 4, 4)
        outer.addWidget(self._pages)

    def _connect(self) -> None:
        self._feed.changed.connect(self._show)
        self._feed.failed.connect(self._fail)
        self.marks.changed.connect(self._show_marks)
        self.panel.add_requested.connect(self._on_add)
        self.panel.polygons_requested.connect(self._show_classes)
        self.panel.favourite_toggled.connect(self.marks.toggle)
        self.panel.current_changed.connect(self._on_current)
        self.adder.present.connect(self._tell_present)
        self.adder.failed.connect(self._fail_layer)
        self._services.map_server.changed.connect(self.panel.set_offer)
        self.base_maps.layer_requested.connect(self.add)
        self.base_maps.told.connect(self.notice.tell)
        self.base_maps.failed.connect(self.notice.tell_error)
        self.links.layer_requested.connect(self.add)
        self.links.told.connect(self.notice.tell)
        self.links.failed.connect(self.notice.tell_error)
        self.report.panel.areas_requested.connect(self._show_areas)
        for page in self._beside:
            page.back_requested.connect(self.show_catalogue)

    def show_catalogue(self) -> None:
        """Go back from a page to the catalogue."""
        self._pages.setCurrentIndex(0)

    def show_analyses(self) -> None:
        """Show the page of the portal's own analyses."""
        self._pages.setCurrentWidget(self.analyses)
        self.analyses.open()

    def show_report(self, _checked: bool = False, layer: Optional[QgsMapLayer] = None) -> None:
        """Show the page of area reports, for ``layer`` where one is given."""
        self._pages.setCurrentWidget(self.report)
        self.report.open(layer)

    def _show_areas(self) -> None:
        self._pages.setCurrentWidget(self.areas)
        self.areas.picker.search.setFocus()

    def _show_identify(self) -> None:
        self._pages.setCurrentWidget(self.identify)
        self.identify.panel.tool.setChecked(True)

    def _show_classes(self, entry: LayerEntry) -> None:
        self._pages.setCurrentWidget(self.classes)
        self.classes.open(entry)

    def _show(self, catalogue: Catalogue) -> None:
        self.panel.set_catalogue(catalogue)
        self.base_maps.set_index(catalogue.index)
        if catalogue.copied is None:
            self.notice.clear()

    def _fail(self, error: Exception) -> None:
        catalogue = self._feed.catalogue
        self.notice.tell_error(error, retry=self._feed.open)
        if catalogue is None or catalogue.copied is None:
            self.panel.tell("")
            return
        copied = QLocale().toString(catalogue.copied, QLocale.FormatType.ShortFormat)
        text = self.tr("This is the catalogue of {when}.").format(when=copied)
        self.panel.tell(text)

    def _fail_layer(self, error: Exception) -> None:
        self.notice.tell_error(error)

    def _on_add(self, entry: LayerEntry, style: str, form: object) -> None:
        self.notice.clear()
        self.adder.add(entry, style, form)

    def _on_current(self, entry: Optional[LayerEntry]) -> None:
        self.panel.set_star(entry is not None and self.marks.is_favourite(entry))

    def _tell_present(self, entry: LayerEntry) -> None:
        text = self.tr("“{title}” is on the map already; it is selected now.")
        self.notice.tell(text.format(title=entry.title))

    def _show_marks(self) -> None:
        self.panel.set_marked(self.marks.favourites(), self.marks.recent())
        self._on_current(self.panel.current())
