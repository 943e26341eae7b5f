"""The portal's catalogue of layers in QGIS's Browser panel."""

from __future__ import annotations

from typing import Callable, Optional

from qgis.core import (
    Qgis,
    QgsDataCollectionItem,
    QgsDataItem,
    QgsErrorItem,
    QgsLayerItem,
)
from qgis.PyQt import sip
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QAction, QWidget

from biodiv_plugin import paths
from biodiv_plugin.layers.ogc_source import PROVIDER
from biodiv_plugin.messages import explain
from biodiv_plugin.portal.catalogue import ENVIRONMENTAL, LayerEntry
from biodiv_plugin.tasks.catalogue_feed import CatalogueFeed
from biodiv_plugin.translation import translate
from biodiv_plugin.use_cases.describe_layer import describe_layer
from biodiv_plugin.use_cases.read_catalogue import Catalogue
from biodiv_plugin.use_cases.search_catalogue import CatalogueIndex

PATH = "biodiv:"
_Source = Callable[[LayerEntry], str]


class RootItem(QgsDataCollectionItem):
    """The portal. Opening it reads the catalogue, which then fills it."""

    def __init__(self, parent: Optional[QgsDataItem], feed: CatalogueFeed, source: _Source) -> None:
        title = translate("BrowserItems", "Flemish Biodiversity Portal")
        super().__init__(parent, title, PATH, "biodiv")
        self._feed, self._source = feed, source
        self._error = ""
        self._shown: Optional[CatalogueIndex] = None
        self.setCapabilitiesV2(
            Qgis.BrowserItemCapability.Fast | Qgis.BrowserItemCapability.Collapse
        )  # fast: the children are made in the main thread, of what is in memory
        self.setIcon(QIcon(str(paths.resource("icons/portal.svg"))))
        feed.changed.connect(self._on_changed)
        feed.failed.connect(self._on_failed)

    def createChildren(self) -> list[QgsDataItem]:  # noqa: N802
        catalogue = self._feed.catalogue
        if catalogue is None:
            if not self._error:
                self._feed.open()
            reading = translate("BrowserItems", "Reading the catalogue…")
            return [
                _given(QgsErrorItem(self, self._error or reading, f"{self.path()}/state"), self)
            ]
        self._shown = catalogue.index
        groups: dict[str, list[LayerEntry]] = {}
        for entry in catalogue.index.entries:
            groups.setdefault(entry.classification1, []).append(entry)
        rest = translate("BrowserItems", "Other layers")
        return [
            _given(GroupItem(self, name or rest, entries, self._source), self)
            for name, entries in groups.items()
        ]

    def actions(self, parent: QWidget) -> list[QAction]:
        action = QAction(translate("BrowserItems", "Refresh"), parent)
        action.triggered.connect(self._read_again)
        return [action]

    def _read_again(self, _checked: bool = False) -> None:
        self._error = ""
        self._feed.refresh()

    def _on_changed(self, catalogue: Catalogue) -> None:
        self._error = ""
        if catalogue.index is not self._shown:  # else what is unfolded would fold
            self._fill()

    def _on_failed(self, error: Exception) -> None:
        if self._feed.catalogue is None:
            self._error = explain(error)
            self._fill()

    def _fill(self) -> None:
        """Show what is known now, where the item was opened before."""
        if not sip.isdeleted(self) and self.state() == Qgis.BrowserItemState.Populated:
            self.depopulate()
            self.populate(True)


class GroupItem(QgsDataCollectionItem):
    """A classification with its layers."""

    def __init__(
        self, parent: QgsDataItem, name: str, entries: list[LayerEntry], source: _Source
    ) -> None:
        super().__init__(parent, name, f"{PATH}/{name}", "biodiv")
        self._entries, self._source = entries, source
        self.setCapabilitiesV2(Qgis.BrowserItemCapability.Fast)

    def createChildren(self) -> list[QgsDataItem]:  # noqa: N802
        return [_given(_layer_item(self, entry, self._source), self) for entry in self._entries]


def _layer_item(parent: QgsDataItem, entry: LayerEntry, source: _Source) -> QgsLayerItem:
    """Return an item that QGIS adds, drags and previews as any other map layer."""
    path = f"{parent.path()}/{entry.field_id}"
    kind = Qgis.BrowserLayerType.Raster
    item = QgsLayerItem(parent, entry.title, path, source(entry), kind, PROVIDER)
    item.setState(Qgis.BrowserItemState.Populated)  # it has nothing below it
    item.setToolTip(describe_layer(entry))
    icon = "/mIconRasterLayer.svg" if entry.type == ENVIRONMENTAL else "/mIconPolygonLayer.svg"
    item.setIconName(icon)
    return item


def _given(item: QgsDataItem, parent: QgsDataItem) -> QgsDataItem:
    """Return ``item``, owned by QGIS from now on."""
    sip.transferto(item, parent)
    return item
