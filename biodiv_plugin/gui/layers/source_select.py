"""The portal's catalogue as a page of QGIS's Data Source Manager."""

from __future__ import annotations

from typing import Optional

from qgis.core import QgsProviderRegistry
from qgis.gui import QgsAbstractDataSourceWidget
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QDialogButtonBox, QVBoxLayout, QWidget

from biodiv_plugin.deletion import prepare
from biodiv_plugin.gui.host import Host
from biodiv_plugin.gui.layers.adder import LayerAdder
from biodiv_plugin.gui.layers.card_desk import CardDesk
from biodiv_plugin.gui.layers.catalogue_panel import CataloguePanel
from biodiv_plugin.gui.layers.marks import LayerMarks
from biodiv_plugin.gui.notices import Notice
from biodiv_plugin.gui.plain import PlainLabel
from biodiv_plugin.layers.ogc_source import LayerForm
from biodiv_plugin.portal.catalogue import LayerEntry
from biodiv_plugin.services import Services
from biodiv_plugin.translation import translate
from biodiv_plugin.use_cases.read_catalogue import Catalogue


class CatalogueSourceWidget(QgsAbstractDataSourceWidget):
    """The same catalogue as in the dock; *Add* is the manager's own button."""

    def __init__(
        self,
        services: Services,
        host: Host,
        parent: Optional[QWidget],
        flags: Qt.WindowType,
        mode: QgsProviderRegistry.WidgetMode,
    ) -> None:
        super().__init__(parent, flags, mode)
        self._feed, self._map_server = services.catalogue_feed, services.map_server
        self._marks = LayerMarks(self)
        self._adder = LayerAdder(services, host, self._marks, self)
        self.panel = CataloguePanel(self._adder.source, adds=False)
        self._card = CardDesk(services, self.panel, self)
        self.notice = Notice()
        self.buttons = QDialogButtonBox()
        self.setupButtons(self.buttons)
        self.buttons.button(QDialogButtonBox.StandardButton.Help).hide()  # there is no such page
        for button in self.buttons.buttons():  # else Enter in the search closes the window
            button.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.addWidget(self.panel, 1)
        column.addWidget(self.notice)
        column.addWidget(self.buttons)
        self.panel.add_requested.connect(self._on_add)
        self.panel.current_changed.connect(self._on_current)
        self.panel.favourite_toggled.connect(self._marks.toggle)
        self._marks.changed.connect(self._show_marks)
        self._adder.present.connect(self._tell_present)
        self._adder.failed.connect(self._fail)
        self._feed.changed.connect(self._show)
        self._feed.failed.connect(self._fail)
        self._map_server.changed.connect(self.panel.set_offer)
        self.refresh()
        prepare(self)

    def refresh(self) -> None:
        """Read the catalogue; QGIS calls this whenever the page comes to the front."""
        if self._feed.catalogue is not None:
            self._show(self._feed.catalogue)
        self._show_marks()
        self._feed.open()
        self.panel.set_offer(self._map_server.offer)
        self._map_server.open()

    def addButtonClicked(self) -> None:  # noqa: N802
        """QGIS's *Add* was clicked."""
        entry = self.panel.current()
        if entry is not None:
            self._on_add(entry)

    def _on_add(self, entry: LayerEntry, style: str = "", form: LayerForm = LayerForm.MAP) -> None:
        self.notice.clear()
        self._adder.add(entry, style, form)

    def _show(self, catalogue: Catalogue) -> None:
        self.panel.set_catalogue(catalogue)

    def _show_marks(self) -> None:
        self.panel.set_marked(self._marks.favourites(), self._marks.recent())

    def _on_current(self, entry: Optional[LayerEntry]) -> None:
        self.panel.set_star(entry is not None and self._marks.is_favourite(entry))
        self.enableButtons.emit(entry is not None)

    def _tell_present(self, entry: LayerEntry) -> None:
        text = translate("SourceSelect", "“{title}” is on the map already.")
        self.notice.tell(text.format(title=entry.title))

    def _fail(self, error: Exception) -> None:
        self.notice.tell_error(error, retry=self._feed.open)


class NoPortalWidget(QgsAbstractDataSourceWidget):
    """Stands in for the page where no portal can be used: says why."""

    def __init__(
        self,
        text: str,
        parent: Optional[QWidget],
        flags: Qt.WindowType,
        mode: QgsProviderRegistry.WidgetMode,
    ) -> None:
        super().__init__(parent, flags, mode)
        self.label = PlainLabel(text)
        self.label.setWordWrap(True)
        column = QVBoxLayout(self)
        column.addWidget(self.label)
        column.addStretch(1)
