"""The section *Layers*: the catalogue of the geographic portal, and what one does with it."""

from __future__ import annotations

from functools import partial
from typing import Optional

from qgis.core import QgsApplication, QgsFeedback
from qgis.PyQt.QtCore import QLocale, Qt
from qgis.PyQt.QtWidgets import (
    QMenu,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from biodiv_plugin.gui.account.sign_in import SignInController
from biodiv_plugin.gui.button_rows import ButtonRows
from biodiv_plugin.gui.host import Host
from biodiv_plugin.gui.latest_task import LatestTask
from biodiv_plugin.gui.layers.adder import LayerAdder
from biodiv_plugin.gui.layers.area_pages import ClassPage, GazetteerPage
from biodiv_plugin.gui.layers.area_upload import AreaUpload
from biodiv_plugin.gui.layers.base_map_menu import BaseMapMenu
from biodiv_plugin.gui.layers.catalogue_panel import CataloguePanel
from biodiv_plugin.gui.layers.identify_page import IdentifyPage
from biodiv_plugin.gui.layers.map_link_menu import MapLinkMenu
from biodiv_plugin.gui.layers.marks import LayerMarks
from biodiv_plugin.gui.notices import Notice
from biodiv_plugin.portal.catalogue import LayerEntry
from biodiv_plugin.services import Services
from biodiv_plugin.use_cases.describe_layer import LayerPictures, fetch_pictures
from biodiv_plugin.use_cases.read_catalogue import Catalogue


class LayerSection(QWidget):
    """The catalogue first; areas, classes and *What is here?* are pages beside it."""

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
        self._pictures = LatestTask(services.tasks, self.tr("Look at a layer"), self)
        self._lay_out()
        self._connect()
        self._show_marks()

    def activate(self) -> None:
        """Read the catalogue; called whenever the section is shown, asks the portal once."""
        if self._feed.catalogue is not None:
            self._show(self._feed.catalogue)
        else:
            self.panel.tell(self.tr("Reading the catalogue…"))
        self._feed.open()
        self.adder.probe()

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
        self._pages = QStackedWidget()
        for page in (catalogue, self.areas, self.classes, self.identify):
            self._pages.addWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(4, 4, 4, 4)
        outer.addWidget(self._pages)

    def _connect(self) -> None:
        self._feed.changed.connect(self._show)
        self._feed.failed.connect(self._fail)
        self.marks.changed.connect(self._show_marks)
        self.panel.add_requested.connect(self._on_add)
        self.panel.polygons_requested.connect(self._show_classes)
        self.panel.pictures_requested.connect(self._ask_pictures)
        self.panel.favourite_toggled.connect(self.marks.toggle)
        self.panel.current_changed.connect(self._on_current)
        self.panel.link_requested.connect(self._open_link)
        self.panel.page_requested.connect(self._open_page)
        self.adder.present.connect(self._tell_present)
        self.adder.failed.connect(self._fail_layer)
        self.adder.offer_read.connect(self._on_offer)
        self.base_maps.layer_requested.connect(self.add)
        self.base_maps.told.connect(self.notice.tell)
        self.base_maps.failed.connect(self.notice.tell_error)
        self.links.layer_requested.connect(self.add)
        self.links.told.connect(self.notice.tell)
        self.links.failed.connect(self.notice.tell_error)
        self._pictures.succeeded.connect(self._show_pictures)
        for page in (self.areas, self.classes, self.identify):
            page.back_requested.connect(self.show_catalogue)

    def show_catalogue(self) -> None:
        """Go back from a page to the catalogue."""
        self._pages.setCurrentIndex(0)

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

    def _on_offer(self, offer: object) -> None:
        self.panel.menu.offer = offer

    def _tell_present(self, entry: LayerEntry) -> None:
        text = self.tr("“{title}” is on the map already; it is selected now.")
        self.notice.tell(text.format(title=entry.title))

    def _show_marks(self) -> None:
        self.panel.set_marked(self.marks.favourites(), self.marks.recent())
        self._on_current(self.panel.current())

    def _ask_pictures(self, entry: LayerEntry) -> None:
        self._pictures.start(partial(_look_at, self._services, entry))

    def _show_pictures(self, pictures: LayerPictures) -> None:
        self.panel.set_pictures(pictures)

    def _open_link(self, url: str) -> None:
        if url.startswith(("https://", "http://")):
            self._services.browser(url)

    def _open_page(self, entry: LayerEntry) -> None:
        self._services.browser(self._services.catalogue.page_url(entry))


def _look_at(services: Services, entry: LayerEntry, feedback: QgsFeedback) -> LayerPictures:
    return fetch_pictures(
        entry,
        services.catalogue,
        services.environment.service("geoserver"),
        services.transport,
        feedback=feedback,
    )
