"""The watches that QGIS keeps itself, and what is new in their zones."""

from __future__ import annotations

from typing import Callable, Optional, Sequence

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QLocale, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QGroupBox,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from biodiv_plugin.gui.notices import Notice
from biodiv_plugin.gui.plain import PlainLabel
from biodiv_plugin.portal.watch import Watch, WatchState
from biodiv_plugin.translation import translate

_ID = Qt.ItemDataRole.UserRole
_LINES = 7  # of the list; the rest scrolls
_INDENT = 12  # pixels


class WatchPanel(QGroupBox):
    """Shows watches with their zones, and tells what is wanted. It asks nobody itself."""

    new_requested = pyqtSignal()
    check_requested = pyqtSignal()
    show_requested = pyqtSignal(str)  # the id of a watch
    seen_requested = pyqtSignal(str)
    remove_requested = pyqtSignal(str)

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("In QGIS"))
        self.notice = Notice()
        self.hint = PlainLabel(
            self.tr(
                "QGIS can watch areas of your own for new observations, without an account: "
                "each polygon of a layer becomes a zone."
            )
        )
        self.hint.setWordWrap(True)
        self.tree = QTreeWidget()
        self.tree.setHeaderHidden(True)
        self.tree.setIndentation(_INDENT)
        self.tree.setAccessibleName(self.tr("Watches"))
        self.tree.setMinimumHeight(self.tree.fontMetrics().height() * _LINES)
        self.new = QPushButton(self.tr("New Watch…"))
        self.check = QPushButton(self.tr("Look Now"))
        self.show_on_map = QPushButton(self.tr("Show on Map"))
        self.more = QToolButton()
        self.more.setIcon(QgsApplication.getThemeIcon("/mActionOptions.svg"))
        self.more.setToolTip(self.tr("Mark as seen, remove"))
        self.more.setAccessibleName(self.more.toolTip())
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        self.seen = menu.addAction(self.tr("Mark All as Seen"))
        self.remove = menu.addAction(self.tr("Remove…"))
        self.more.setMenu(menu)
        self._lay_out()
        self._connect()
        self.set_watches((), WatchState)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        for button in (self.show_on_map, self.check):
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            buttons.addWidget(button, 1)
        buttons.addWidget(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.addWidget(self.hint)
        column.addWidget(self.tree, 1)
        column.addWidget(self.notice)
        column.addLayout(buttons)
        column.addWidget(self.new)

    def _connect(self) -> None:
        self.new.clicked.connect(self.new_requested)
        self.check.clicked.connect(self.check_requested)
        self.tree.currentItemChanged.connect(self._on_current)
        self.tree.itemActivated.connect(self._ask_show)
        self.show_on_map.clicked.connect(self._ask_show)
        self.seen.triggered.connect(self._ask_seen)
        self.remove.triggered.connect(self._ask_remove)

    def set_watches(self, watches: Sequence[Watch], state_of: Callable[..., WatchState]) -> None:
        """Show ``watches``; ``state_of`` tells by an id what was found of one."""
        before = self.current()
        opened = {item.data(0, _ID) for item in self._items() if item.isExpanded()}
        self.tree.clear()
        for watch in watches:
            state = state_of(watch.id)
            item = QTreeWidgetItem(
                self.tree, [f"{_headline(watch, state)}\n{_about(watch, state)}"]
            )
            item.setData(0, _ID, watch.id)
            self._add_zones(item, state)
            item.setExpanded(watch.id in opened)
            if watch.id == before:
                self.tree.setCurrentItem(item)
        if self.tree.currentItem() is None and watches:
            self.tree.setCurrentItem(self.tree.topLevelItem(0))
        some = bool(watches)
        self.hint.setVisible(not some)
        for part in (self.tree, self.check, self.show_on_map, self.more):
            part.setVisible(some)
        vertical = QSizePolicy.Policy.Expanding if some else QSizePolicy.Policy.Maximum
        self.setSizePolicy(QSizePolicy.Policy.Preferred, vertical)
        self._on_current()

    def set_checking(self, checking: bool) -> None:
        self.check.setEnabled(not checking)
        self.more.setEnabled(not checking)  # a look that ends would undo what is marked meanwhile
        self.check.setText(self.tr("Looking…") if checking else self.tr("Look Now"))

    def current(self) -> str:
        """Return the id of the chosen watch, or ""."""
        item = self.tree.currentItem()
        if item is None:
            return ""
        return str((item.parent() or item).data(0, _ID))

    def _add_zones(self, item: QTreeWidgetItem, state: WatchState) -> None:
        """Add the zones in which something was found; the ones with the newest first."""
        unseen: dict[str, int] = {}
        every: dict[str, int] = {}
        for record in state.records:
            every[record.zone] = every.get(record.zone, 0) + 1
            unseen[record.zone] = unseen.get(record.zone, 0) + (not record.seen)
        for zone in sorted(every, key=lambda name: (-unseen[name], name.lower())):
            text = self.tr("{zone}: {new} new of {all}").format(
                zone=zone, new=unseen[zone], all=every[zone]
            )
            QTreeWidgetItem(item, [text])

    def _items(self) -> list[QTreeWidgetItem]:
        return [self.tree.topLevelItem(n) for n in range(self.tree.topLevelItemCount())]

    def _on_current(self, *_: object) -> None:
        for part in (self.show_on_map, self.seen, self.remove):
            part.setEnabled(bool(self.current()))

    def _ask_show(self, *_: object) -> None:
        if self.current():
            self.show_requested.emit(self.current())

    def _ask_seen(self, _checked: bool = False) -> None:
        self.seen_requested.emit(self.current())

    def _ask_remove(self, _checked: bool = False) -> None:
        self.remove_requested.emit(self.current())


def _headline(watch: Watch, state: WatchState) -> str:
    unseen = len(state.unseen())
    if not unseen:
        return translate("WatchPanel", "{name}: nothing new").format(name=watch.name)
    return translate("WatchPanel", "{name}: {n} new").format(
        name=watch.name, n=QLocale().toString(unseen)
    )


def _about(watch: Watch, state: WatchState) -> str:
    if len(watch.zones) == 1:
        zones = translate("WatchPanel", "1 zone")
    else:
        zones = translate("WatchPanel", "{n} zones").format(n=len(watch.zones))
    return f"{zones} · {name_rhythm(watch.every)}\n{_when(state)}"


def name_rhythm(every: int) -> str:
    """Return how often a watch is looked at, in words; ``every`` is in days."""
    if not every:
        return translate("WatchPanel", "only when asked")
    if every == 1:
        return translate("WatchPanel", "each day")
    if every == 7:
        return translate("WatchPanel", "each week")
    return translate("WatchPanel", "each {n} days").format(n=every)


def _when(state: WatchState) -> str:
    if state.checked is None:
        return translate("WatchPanel", "not looked at yet")
    local = state.checked.astimezone().replace(tzinfo=None)
    moment = QLocale().toString(local, QLocale.FormatType.ShortFormat)
    return translate("WatchPanel", "last look {moment}").format(moment=moment)
