"""Gets what the card of a layer shows and leads to: its pictures and its pages."""

from __future__ import annotations

from functools import partial
from typing import Optional

from qgis.core import QgsFeedback
from qgis.PyQt.QtCore import QObject

from biodiv_plugin.gui.latest_task import LatestTask
from biodiv_plugin.gui.layers.catalogue_panel import CataloguePanel
from biodiv_plugin.portal.catalogue import LayerEntry
from biodiv_plugin.services import Services
from biodiv_plugin.use_cases.describe_layer import LayerPictures, fetch_pictures


class CardDesk(QObject):
    """Serves a catalogue panel, wherever it is shown."""

    def __init__(
        self, services: Services, panel: CataloguePanel, parent: Optional[QObject] = None
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._pictures = LatestTask(services.tasks, self.tr("Look at a layer"), self)
        self._pictures.succeeded.connect(panel.set_pictures)
        panel.pictures_requested.connect(self._ask_pictures)
        panel.link_requested.connect(self.open_link)
        panel.page_requested.connect(self._open_page)

    def open_link(self, url: str) -> None:
        """Open a page of the web in the browser; no other address."""
        if url.startswith(("https://", "http://")):
            self._services.browser(url)

    def _ask_pictures(self, entry: LayerEntry) -> None:
        self._pictures.start(partial(_look_at, self._services, entry))

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
