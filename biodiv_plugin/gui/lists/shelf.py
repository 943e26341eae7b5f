"""The panel of lists: what there is, one of them below, and what can be done with it."""

from __future__ import annotations

from typing import Callable, Optional, Sequence

from qgis.gui import QgsCollapsibleGroupBox, QgsFilterLineEdit
from qgis.PyQt.QtCore import QModelIndex, Qt, pyqtSignal
from qgis.PyQt.QtGui import QResizeEvent
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QTableView,
    QToolButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from biodiv_plugin.gui.lists.columns import fit_columns
from biodiv_plugin.gui.lists.items import ItemModel
from biodiv_plugin.gui.lists.join_form import STATUS
from biodiv_plugin.gui.lists.model import ListModel, tell_entry
from biodiv_plugin.gui.notices import Notice
from biodiv_plugin.gui.plain import PlainLabel, tip
from biodiv_plugin.gui.taxon_field import TaxonField
from biodiv_plugin.portal.query import TaxonRef
from biodiv_plugin.use_cases.browse_lists import ListEntry, Shelf
from biodiv_plugin.use_cases.find_listings import Listing, Listings
from biodiv_plugin.use_cases.load_species_list import LoadedList
from biodiv_plugin.use_cases.name_list import name_list_type
from biodiv_plugin.use_cases.tell_query import name_of

_CHANGED = 2  # the column of the day of the last change
_WIDE = 24  # lines of text: how wide the shelf must be for it
_VALUES, _LONGEST = 3, 40  # how many values of a list are told, and of how many letters


class ListShelf(QWidget):
    """Tells what its user wants; asks nobody itself."""

    chosen = pyqtSignal(object)  # the ListEntry to show below
    filter_requested = pyqtSignal(object)  # a ListEntry, as the seven below
    join_requested = pyqtSignal(object)
    table_requested = pyqtSignal(object)
    publish_requested = pyqtSignal(object)
    csv_requested = pyqtSignal(object)
    restore_requested = pyqtSignal(object)
    page_requested = pyqtSignal(object)
    notify_requested = pyqtSignal(object)
    new_requested = pyqtSignal()
    my_lists_requested = pyqtSignal()
    taxon_requested = pyqtSignal(object)  # a TaxonRef, or None
    refresh_requested = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.search = QgsFilterLineEdit()
        self.search.setShowSearchIcon(True)
        self.search.setPlaceholderText(self.tr("Search lists"))
        self.search.setAccessibleName(self.tr("Search lists"))
        self.types = QComboBox()
        self.types.setAccessibleName(self.tr("Type of list"))
        self.types.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.types.setMinimumContentsLength(9)
        self.taxon = TaxonField()
        self.listings = PlainLabel()
        self.listings.setWordWrap(True)
        self.model, self.items = ListModel(self), ItemModel(self)
        self.view, self.table = self._tree(), self._table()
        self.detail = PlainLabel()
        self.detail.setWordWrap(True)
        self.detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.hint = PlainLabel()
        self._said = ""
        self._druid = ""  # the list that was chosen last; it may not be shown just now
        self.hint.setWordWrap(True)
        self.notice = Notice()
        self._make_buttons()
        self._lay_out()
        self._connect()
        self.set_types()
        self._show_entry(None)

    def _tree(self) -> QTreeView:
        view = QTreeView()
        view.setUniformRowHeights(True)
        view.setRootIsDecorated(False)
        view.setItemsExpandable(False)
        view.setIndentation(12)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setModel(self.model)
        view.setAccessibleName(self.tr("Species lists"))
        view.header().setStretchLastSection(False)
        view.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            view.header().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        return view

    def _table(self) -> QTableView:
        table = QTableView()
        table.setModel(self.items)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + 6)
        table.horizontalHeader().setResizeContentsPrecision(50)  # rows that are measured
        table.setAccessibleName(self.tr("Names of the list"))
        table.setTabKeyNavigation(False)
        return table

    def _make_buttons(self) -> None:
        self.use = QPushButton(self.tr("Use as Filter"))
        self.join = QPushButton(self.tr("Join to Layer…"))
        self.edit = QPushButton(self.tr("Open as Table"))
        self.publish = QPushButton(self.tr("Publish Changes…"))
        self.publish.hide()
        self.new = QPushButton(self.tr("New List…"))
        self.more = QToolButton()
        self.more.setText(self.tr("More"))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        menu = QMenu(self)
        self.csv = menu.addAction(self.tr("Download as CSV…"))
        self.restore = menu.addAction(self.tr("Restore an Earlier Content…"))
        self.notify = menu.addAction(self.tr("Notify Me of New Observations…"))
        menu.addSeparator()
        self.page = menu.addAction(self.tr("Rename, Describe, Share or Delete on the Portal"))
        self.my_page = menu.addAction(self.tr("My Lists on the Portal"))
        menu.addSeparator()
        self.refresh = menu.addAction(self.tr("Read the Lists Again"))
        self.more.setMenu(menu)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.search, 2)
        top.addWidget(self.types, 1)
        self.group = QgsCollapsibleGroupBox(self.tr("Which lists is a species on?"))
        self.group.setCollapsed(True)
        inside = QVBoxLayout(self.group)
        inside.addWidget(self.taxon)
        inside.addWidget(self.listings)
        lower = QWidget()
        below = QVBoxLayout(lower)
        below.setContentsMargins(0, 0, 0, 0)
        below.addWidget(self.detail)
        below.addWidget(self.table, 1)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(self.view)
        splitter.addWidget(lower)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        buttons = QGridLayout()
        for place, button in enumerate((self.use, self.join, self.edit, self.more)):
            buttons.addWidget(button, place // 2, place % 2)
        buttons.setColumnStretch(0, 1)
        buttons.setColumnStretch(1, 1)
        buttons.addWidget(self.publish, 2, 0, 1, 2)
        buttons.addWidget(self.new, 3, 0, 1, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(top)
        column.addWidget(self.group)
        column.addWidget(self.hint)
        column.addWidget(splitter, 1)
        column.addWidget(self.notice)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._on_search)
        self.types.activated.connect(self._on_type)
        self.taxon.changed.connect(self._on_taxon)
        self.view.selectionModel().currentChanged.connect(self._on_current)
        self.view.activated.connect(self._on_activated)
        self.new.clicked.connect(self.new_requested)
        self.my_page.triggered.connect(self.my_lists_requested)
        self.refresh.triggered.connect(self.refresh_requested)
        for action, signal in (
            (self.use.clicked, self.filter_requested),
            (self.join.clicked, self.join_requested),
            (self.edit.clicked, self.table_requested),
            (self.publish.clicked, self.publish_requested),
            (self.csv.triggered, self.csv_requested),
            (self.restore.triggered, self.restore_requested),
            (self.page.triggered, self.page_requested),
            (self.notify.triggered, self.notify_requested),
        ):
            action.connect(self._teller(signal))

    def _teller(self, signal: object) -> Callable[..., None]:
        """Return a slot of our own buttons that sends ``signal`` with the chosen list."""

        def tell(*_: object) -> None:
            entry = self.current()
            if entry is not None:
                signal.emit(entry)  # type: ignore[attr-defined]

        return tell

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Leave the day to the detail below where it would take the place of the names."""
        super().resizeEvent(event)
        self.view.setColumnHidden(_CHANGED, self.width() < _WIDE * self.fontMetrics().height())

    def current(self) -> Optional[ListEntry]:
        return self.model.entry(self.view.currentIndex())

    def choose(self, druid: str) -> None:
        index = self.model.find(druid)
        self.view.setCurrentIndex(index)
        self.view.scrollTo(index)

    def set_entries(self, entries: Sequence[ListEntry], hint: str) -> None:
        """Show these lists; the one that was chosen stays so, where it is still there."""
        self.model.set_entries(entries)
        self._said = hint
        self.set_types()
        self._unfold()
        self._show_entry(self.current())

    def set_types(self) -> None:
        chosen = self.types.currentData()
        self.types.clear()
        self.types.addItem(self.tr("All types"), "")
        for list_type in self.model.types():
            self.types.addItem(name_list_type(list_type), list_type)
        self.types.setCurrentIndex(max(0, self.types.findData(chosen)))
        self.model.set_type(self.types.currentData())

    def show_publish(self, possible: bool) -> None:
        """Offer to publish what was edited in a table of the chosen list."""
        entry = self.current()
        self.publish.setVisible(possible and entry is not None and entry.shelf is Shelf.MINE)

    def show_items(self, loaded: Optional[LoadedList]) -> None:
        """Show the names of the chosen list."""
        entry = self.current()
        self.items.set_list(loaded)
        fit_columns(self.table)
        if loaded is not None and entry is not None:
            share = loaded.matched / len(loaded.items) if loaded.items else 1.0
            self.model.set_share(entry, share)
            self._show_entry(entry)

    def show_listings(self, found: Optional[Listings]) -> None:
        """Keep only the lists that name a taxon, and say so."""
        self.model.set_only(frozenset(one.druid for one in found.listings) if found else None)
        self._unfold()
        if found is None:
            self.listings.clear()
            self.listings.setToolTip("")
            return
        parts = [
            self.tr("{species} is on {n} lists.").format(
                species=name_of(found.taxon), n=len(found.listings)
            )
        ]
        for one in found.listings:
            values = _in_short(one)
            parts.append(f"• {one.name}: {values}" if values else f"• {one.name}")
        if not found.complete:
            parts.append(self.tr("Private lists are not among them: sign in for these."))
        self.listings.setText("\n".join(parts))
        self.listings.setToolTip(tip("\n".join(map(_in_full, found.listings))))

    def _unfold(self) -> None:
        nothing = not self.model.count() and bool(self.search.text().strip())
        self.hint.setText(
            self.tr("No list has these words in its name or description.")
            if nothing
            else self._said
        )
        self.hint.setVisible(bool(self.hint.text()))
        self.view.expandAll()
        for row in range(self.model.rowCount()):
            self.view.setFirstColumnSpanned(row, QModelIndex(), True)
        if self.current() is None:  # other lists are shown now
            if self.model.find(self._druid).isValid():
                self.choose(self._druid)
            else:
                self.items.set_list(None)
                self._show_entry(None)

    def _on_search(self, text: str) -> None:
        self.model.set_filter(text)
        self._unfold()

    def _on_type(self, _index: int) -> None:
        self.model.set_type(self.types.currentData())
        self._unfold()

    def _on_taxon(self) -> None:
        taxa: Sequence[TaxonRef] = self.taxon.taxa()
        if len(taxa) > 1:  # the last one that was chosen
            self.taxon.set_taxa(taxa[-1:])
            return
        self.taxon_requested.emit(taxa[0] if taxa else None)

    def _on_current(self, index: QModelIndex, _previous: QModelIndex) -> None:
        entry = self.model.entry(index)
        self._show_entry(entry)
        self.items.set_list(None)
        if entry is not None:
            self._druid = entry.druid
            self.chosen.emit(entry)

    def _on_activated(self, index: QModelIndex) -> None:
        entry = self.model.entry(index)
        if entry is not None:
            self.table_requested.emit(entry)

    def _show_entry(self, entry: Optional[ListEntry]) -> None:
        for control in (self.use, self.join, self.edit, self.csv, self.page, self.notify):
            control.setEnabled(entry is not None)
        mine = entry is not None and entry.shelf is Shelf.MINE
        self.restore.setEnabled(mine)
        self.edit.setText(self.tr("Edit as Table") if mine else self.tr("Open as Table"))
        self.table.horizontalHeader().setVisible(entry is not None)
        if entry is None:
            self.detail.setText(self.tr("Choose a list to see its names."))
            return
        self.detail.setText(tell_entry(entry, self.model.share(entry)))


def _in_short(one: Listing) -> str:
    """Return a few values of a list: first those that say how a species fares."""
    short = [pair for pair in one.values if 0 < len(pair[1]) <= _LONGEST and "://" not in pair[1]]
    short.sort(key=lambda pair: pair[0].lower() not in STATUS)
    return ", ".join(f"{key}: {value}" for key, value in short[:_VALUES])


def _in_full(one: Listing) -> str:
    values = ", ".join(f"{key}: {value}" for key, value in one.values if value)
    return f"{one.name}: {values}" if values else one.name
