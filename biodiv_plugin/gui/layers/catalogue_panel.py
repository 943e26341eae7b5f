"""Search, tree and card of the catalogue of layers; it asks nobody itself."""

from __future__ import annotations

from typing import Callable, Optional

from qgis.core import QgsApplication, QgsMimeDataUtils
from qgis.gui import QgsFilterLineEdit
from qgis.PyQt.QtCore import QModelIndex, QPoint, Qt, QTimer, QUrl, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QTextBrowser,
    QToolButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from biodiv_plugin.gui.layers.menu import LayerMenu
from biodiv_plugin.gui.layers.model import LayerModel
from biodiv_plugin.gui.plain import PlainLabel
from biodiv_plugin.layers.ogc_source import LayerForm, drag_source
from biodiv_plugin.portal.catalogue import CONTEXTUAL, ENVIRONMENTAL, LayerEntry
from biodiv_plugin.use_cases.describe_layer import LayerPictures, describe_layer
from biodiv_plugin.use_cases.probe_ogc import OgcOffer
from biodiv_plugin.use_cases.read_catalogue import Catalogue
from biodiv_plugin.use_cases.search_catalogue import CatalogueIndex, LayerFilter

DWELL = 300  # ms that a layer stands before its pictures are worth asking
CARD_HEIGHT = 190  # pixels
_EXPANDED = 100  # rows; more of them are shown folded, each category with its count


class CataloguePanel(QWidget):
    """Search first, then the tree; double click or Enter adds, and so does dragging to the map.

    Where the window around it has its own button to add, ``adds`` is off: the button here then
    only opens the menu of styles and forms, and what needs a page of the dock is not offered.
    """

    add_requested = pyqtSignal(object, str, object)  # LayerEntry, style, LayerForm
    polygons_requested = pyqtSignal(object)  # a LayerEntry
    pictures_requested = pyqtSignal(object)  # a LayerEntry that is looked at
    favourite_toggled = pyqtSignal(object)  # a LayerEntry
    link_requested = pyqtSignal(str)
    page_requested = pyqtSignal(object)  # a LayerEntry whose page on the portal is wanted
    current_changed = pyqtSignal(object)  # a LayerEntry, or None

    def __init__(
        self,
        source: Callable[[LayerEntry], str],
        parent: Optional[QWidget] = None,
        adds: bool = True,
    ) -> None:
        super().__init__(parent)
        self._source = source
        self._index: Optional[CatalogueIndex] = None
        self._pictures: dict[str, LayerPictures] = {}
        self._favourites: frozenset[str] = frozenset()
        self.menu = LayerMenu(self, polygons=adds)
        self.search = QgsFilterLineEdit()
        self.model = LayerModel(self._drag_source, self._describe, self)
        self.tree = QTreeView()
        self._kind, self._sources = QComboBox(), QComboBox()
        self._count = PlainLabel()
        self._card = QTextBrowser()
        self._star = QToolButton()
        self._add = QToolButton()
        self._dwell = QTimer(self)
        self._set_up()
        self._lay_out()
        self._connect()
        if not adds:
            self._add.setText(self.tr("Add As…"))
            self._add.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def set_catalogue(self, catalogue: Catalogue) -> None:
        """Show another catalogue; what is typed and chosen stays where it can."""
        if catalogue.index is self._index:
            self._show_count()
            return
        entry = self.current()
        self._index = self.menu.index = catalogue.index
        self.model.set_index(catalogue.index)
        chosen = self._sources.currentData()
        self._sources.blockSignals(True)
        self._sources.clear()
        self._sources.addItem(self.tr("All sources"), "")
        for source in catalogue.index.sources():
            self._sources.addItem(source, source)
        self._sources.setCurrentIndex(max(0, self._sources.findData(chosen)))
        self._sources.blockSignals(False)
        self._filter()
        if entry is not None:
            self.choose(entry)

    def set_marked(self, favourites: tuple[str, ...], recent: tuple[str, ...]) -> None:
        entry = self.current()
        self.model.set_marked(favourites, recent)
        self._expand()
        if entry is not None:
            self.choose(entry)

    def set_offer(self, offer: Optional[OgcOffer]) -> None:
        """Offer the styles and forms that the map server has; ``None`` while it is not known."""
        self.menu.offer = offer

    def set_star(self, marked: bool) -> None:
        self._star.setChecked(marked)

    def set_pictures(self, pictures: LayerPictures) -> None:
        """Show the thumbnail and the legend of a layer, where it is still looked at."""
        self._pictures[pictures.entry.field_id] = pictures
        entry = self.current()
        if entry is not None and entry.field_id == pictures.entry.field_id:
            self._card.setHtml(self._describe(entry))

    def tell(self, text: str) -> None:
        """Say how the reading goes, in the place of the number of layers."""
        self._count.setText(text)

    def current(self) -> Optional[LayerEntry]:
        index = self.tree.currentIndex()
        return self.model.entry(index) if index.isValid() else None

    def choose(self, entry: LayerEntry) -> None:
        """Select ``entry`` where it is shown."""
        index = self.model.find(entry.field_id)
        if index.isValid():
            self.tree.setCurrentIndex(index)

    def _set_up(self) -> None:
        self.search.setShowSearchIcon(True)
        self.search.setShowClearButton(True)
        self.search.setPlaceholderText(self.tr("Search layers"))
        self.search.setAccessibleName(self.tr("Search layers"))
        self._kind.addItem(self.tr("All kinds"), "")
        self._kind.addItem(self.tr("Areas"), CONTEXTUAL)
        self._kind.addItem(self.tr("Grids of values"), ENVIRONMENTAL)
        self._kind.setAccessibleName(self.tr("Kind of layer"))
        self._sources.addItem(self.tr("All sources"), "")
        self._sources.setAccessibleName(self.tr("Source of the layer"))
        for box in (self._kind, self._sources):
            box.setMinimumContentsLength(8)
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
        self.tree.setHeaderHidden(True)
        self.tree.setUniformRowHeights(True)
        self.tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.tree.setDragEnabled(True)
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.tree.setModel(self.model)
        self.tree.setAccessibleName(self.tr("Layers of the portal"))
        self._card.setMaximumHeight(CARD_HEIGHT)
        self._card.setOpenLinks(False)
        self._card.setAccessibleName(self.tr("About the layer"))
        self._card.hide()
        self._star.setIcon(QgsApplication.getThemeIcon("/mIconFavorites.svg"))
        self._star.setCheckable(True)
        self._star.setEnabled(False)
        self._star.setToolTip(self.tr("Favourite"))
        self._star.setAccessibleName(self.tr("Favourite"))
        self._add.setText(self.tr("Add to Map"))
        self._add.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self._add.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        self._add.setMenu(self.menu)
        self._add.setEnabled(False)
        self._dwell.setSingleShot(True)
        self._dwell.setInterval(DWELL)

    def _lay_out(self) -> None:
        filters = QHBoxLayout()
        filters.addWidget(self._kind, 1)
        filters.addWidget(self._sources, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self._count, 1)
        buttons.addWidget(self._star)
        buttons.addWidget(self._add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.search)
        column.addLayout(filters)
        column.addWidget(self.tree, 1)
        column.addWidget(self._card)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._filter)
        self.search.returnPressed.connect(self._take_first)
        self._kind.currentIndexChanged.connect(self._filter)
        self._sources.currentIndexChanged.connect(self._filter)
        self.tree.activated.connect(self._add_index)
        self.tree.customContextMenuRequested.connect(self._show_menu)
        self.tree.selectionModel().currentChanged.connect(self._on_current)
        self._add.clicked.connect(self._add_current)
        self._star.clicked.connect(self._toggle_favourite)
        self._card.anchorClicked.connect(self._on_link)
        self._dwell.timeout.connect(self._ask_pictures)
        self.menu.add_requested.connect(self.add_requested)
        self.menu.polygons_requested.connect(self.polygons_requested)
        self.menu.page_requested.connect(self.page_requested)

    def _filter(self, _changed: object = None) -> None:
        self.model.set_filter(
            LayerFilter(
                self.search.text().strip(), self._kind.currentData(), self._sources.currentData()
            )
        )
        self._expand()
        self._on_current(QModelIndex())
        self._show_count()

    def _show_count(self) -> None:
        count = self.model.count()
        if count:
            self._count.setText(self.tr("Layers: {n}").format(n=count))
        elif self.search.text().strip():
            self._count.setText(self.tr("No layer has these words."))
        else:
            self._count.setText(self.tr("No layer is of this kind and source."))

    def _expand(self) -> None:
        """Unfold what was found, and what is marked, as far as it can be taken in."""
        searching = bool(self.search.text().strip())
        unfolded = 0
        for row in range(self.model.rowCount()):
            index = self.model.index(row, 0)
            rows = self.model.rowCount(index)
            if unfolded + rows > _EXPANDED:
                break
            if searching or self.model.is_marked_group(row):
                self.tree.expand(index)
                unfolded += rows

    def _on_current(self, index: QModelIndex, _previous: Optional[QModelIndex] = None) -> None:
        entry = self.model.entry(index) if index.isValid() else None
        self._add.setEnabled(entry is not None)
        self._star.setEnabled(entry is not None)
        self._card.setVisible(entry is not None)
        self.menu.entry = entry
        if entry is not None:
            self._card.setHtml(self._describe(entry))
            self._dwell.start()
        self.current_changed.emit(entry)

    def _ask_pictures(self) -> None:
        entry = self.current()
        if entry is not None and entry.field_id not in self._pictures:
            self.pictures_requested.emit(entry)

    def _take_first(self) -> None:
        """Enter in the search goes to the first layer found; Enter again adds it."""
        for row in range(self.model.rowCount()):
            index = self.model.index(0, 0, self.model.index(row, 0))
            if index.isValid():
                self.tree.setCurrentIndex(index)
                self.tree.setFocus()
                return

    def _add_current(self) -> None:
        self._add_index(self.tree.currentIndex())

    def _add_index(self, index: QModelIndex) -> None:
        entry = self.model.entry(index)
        if entry is not None:
            self.add_requested.emit(entry, "", LayerForm.MAP)

    def _toggle_favourite(self, _checked: bool = False) -> None:
        entry = self.current()
        if entry is not None:
            self.favourite_toggled.emit(entry)

    def _show_menu(self, place: QPoint) -> None:
        if self.current() is not None:
            self.menu.popup(self.tree.viewport().mapToGlobal(place))

    def _on_link(self, url: QUrl) -> None:
        self.link_requested.emit(url.toString())

    def _describe(self, entry: LayerEntry) -> str:
        return describe_layer(entry, self._pictures.get(entry.field_id))

    def _drag_source(self, entry: LayerEntry) -> QgsMimeDataUtils.Uri:
        return drag_source(entry, self._source(entry))
