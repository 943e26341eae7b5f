"""The notifications by mail, as the portal has them."""

from __future__ import annotations

from typing import Iterable, Optional

from qgis.core import QgsApplication
from qgis.gui import QgsFilterLineEdit
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QComboBox,
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
from biodiv_plugin.gui.plain import PlainLabel, tip
from biodiv_plugin.use_cases.read_alerts import Notifications, Subscription, name_frequency

_ONE = Qt.ItemDataRole.UserRole
_LINES = 9  # of the list; the rest scrolls
_INDENT = 12  # pixels


class AlertPanel(QGroupBox):
    """Shows what one hears of by mail, and tells what is wanted. It asks nobody itself."""

    sign_in_requested = pyqtSignal()
    register_requested = pyqtSignal()
    refresh_requested = pyqtSignal()
    page_requested = pyqtSignal()
    new_requested = pyqtSignal()
    subscribe_requested = pyqtSignal(object)  # a Subscription
    end_requested = pyqtSignal(object)
    end_all_requested = pyqtSignal()
    frequency_requested = pyqtSignal(str)

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("By e-mail (portal)"))
        self._found = Notifications(known=False)
        self.notice = Notice()
        self._state = PlainLabel()
        self._state.setWordWrap(True)
        self.begin = QPushButton()
        self.frequency = QComboBox()
        self.frequency.setAccessibleName(self.tr("How often mails come"))
        self.search = QgsFilterLineEdit()
        self.search.setShowSearchIcon(True)
        self.search.setPlaceholderText(self.tr("Search the notifications"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.tree = QTreeWidget()
        self.tree.setHeaderHidden(True)
        self.tree.setIndentation(_INDENT)
        self.tree.setAccessibleName(self.tr("Notifications"))
        self.tree.setMinimumHeight(self.tree.fontMetrics().height() * _LINES)
        self.change = QPushButton(self.tr("Subscribe"))
        self.new = QPushButton(self.tr("Notify Me of…"))
        self.more = self._menu()
        self._lay_out()
        self._connect()
        self.show_signed_out()

    def _menu(self) -> QToolButton:
        more = QToolButton()
        more.setIcon(QgsApplication.getThemeIcon("/mActionOptions.svg"))
        more.setToolTip(self.tr("End all, open the portal, read again"))
        more.setAccessibleName(more.toolTip())
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        self.end_all = menu.addAction(self.tr("End All Notifications…"))
        self.page = menu.addAction(self.tr("My Notifications on the Portal"))
        self.refresh = menu.addAction(self.tr("Read Again"))
        more.setMenu(menu)
        return more

    def _lay_out(self) -> None:
        self._body = QWidget()
        often = QHBoxLayout()
        label = PlainLabel(self.tr("Mails come"))
        label.setBuddy(self.frequency)
        often.addWidget(label)
        often.addWidget(self.frequency, 1)
        buttons = QHBoxLayout()
        for button in (self.change, self.new):
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            buttons.addWidget(button, 1)
        buttons.addWidget(self.more)
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.addLayout(often)
        body.addWidget(self.search)
        body.addWidget(self.tree, 1)
        body.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.addWidget(self._state)
        column.addWidget(self.begin)
        column.addWidget(self._body, 1)
        column.addWidget(self.notice)

    def _connect(self) -> None:
        self.begin.clicked.connect(self._on_begin)
        self.search.textChanged.connect(self._filter)
        self.frequency.activated.connect(self._on_frequency)
        self.tree.currentItemChanged.connect(self._on_current)
        self.tree.itemActivated.connect(self._on_change)
        self.change.clicked.connect(self._on_change)
        self.new.clicked.connect(self.new_requested)
        self.end_all.triggered.connect(self.end_all_requested)
        self.page.triggered.connect(self.page_requested)
        self.refresh.triggered.connect(self.refresh_requested)

    def show_signed_out(self) -> None:
        self._known(False)
        self._begin = self.sign_in_requested
        self._say(
            self.tr("Sign in to see and choose what the portal mails you about."),
            self.tr("Sign In"),
        )

    def show_reading(self) -> None:
        self._known(False)
        self._say(self.tr("Reading your notifications…"))

    def show_failure(self) -> None:
        self._known(False)
        self._say("")

    def show_found(self, found: Notifications, email: str) -> None:
        """Show ``found``; ``email`` is where the portal would send to, "" where it knows none."""
        self._found = found
        self._known(found.known)
        if not found.known and email:
            self._begin = self.register_requested
            self._say(
                self.tr(
                    "You have not used notifications yet. If you agree, the portal keeps your "
                    "name and {email} for them, and mails each week what is new in what you choose."
                ).format(email=email),
                self.tr("Use Notifications"),
            )
        elif not found.known:
            self._say(
                self.tr(
                    "Your account has no e-mail address, which notifications need. "
                    "Complete your profile first."
                )
            )
        elif not found.frequency:
            self._say(self.tr("No mails come at all: choose how often they should."))
        elif not found.subscribed:
            self._say(self.tr("You get no mails yet. Choose something from the list."))
        else:
            self._say("")
        self._show_frequency(found)
        self._fill(found)

    def found(self) -> Notifications:
        return self._found

    def current(self) -> Optional[Subscription]:
        item = self.tree.currentItem()
        return item.data(0, _ONE) if item is not None else None

    def choose(self, alert_id: int) -> None:
        for item in self._items():
            if item.data(0, _ONE).alert.id == alert_id:
                self.tree.setCurrentItem(item)

    def state(self) -> str:
        return self._state.text()

    def _known(self, known: bool) -> None:
        self._body.setVisible(known)
        vertical = QSizePolicy.Policy.Expanding if known else QSizePolicy.Policy.Maximum
        self.setSizePolicy(QSizePolicy.Policy.Preferred, vertical)

    def _say(self, text: str, begin: str = "") -> None:
        self._state.setText(text)
        self._state.setVisible(bool(text))
        self.begin.setText(begin)
        self.begin.setVisible(bool(begin))

    def _show_frequency(self, found: Notifications) -> None:
        self.frequency.clear()
        for name in found.frequencies if found.frequency else ("", *found.frequencies):
            self.frequency.addItem(name_frequency(name), name)
        self.frequency.setCurrentIndex(max(0, self.frequency.findData(found.frequency)))

    def _fill(self, found: Notifications) -> None:
        before = self.current()
        self.tree.clear()
        for title, part in (
            (self.tr("What you get mails about"), found.subscribed),
            (self.tr("Also possible"), found.available),
        ):
            if not part:
                continue
            group = QTreeWidgetItem(self.tree, [title])
            group.setFlags(Qt.ItemFlag.ItemIsEnabled)
            font = group.font(0)
            font.setBold(True)
            group.setFont(0, font)
            for one in part:
                item = QTreeWidgetItem(group, [one.name])
                item.setData(0, _ONE, one)
                item.setToolTip(0, tip("\n".join((one.name, one.alert.description))))
        self.tree.expandAll()
        self.end_all.setEnabled(bool(found.subscribed))
        if before is not None:
            self.choose(before.alert.id)
        self._filter(self.search.text())
        self._on_current()

    def _items(self) -> Iterable[QTreeWidgetItem]:
        for number in range(self.tree.topLevelItemCount()):
            group = self.tree.topLevelItem(number)
            for place in range(group.childCount()):
                yield group.child(place)

    def _filter(self, text: str) -> None:
        words = text.lower().split()
        for item in self._items():
            told = f"{item.text(0)} {item.toolTip(0)}".lower()
            item.setHidden(not all(word in told for word in words))

    def _on_current(self, *_: object) -> None:
        one = self.current()
        self.change.setEnabled(one is not None)
        mine = one is not None and one.subscribed
        self.change.setText(self.tr("Unsubscribe") if mine else self.tr("Subscribe"))

    def _on_change(self, *_: object) -> None:
        one = self.current()
        if one is not None:
            (self.end_requested if one.subscribed else self.subscribe_requested).emit(one)

    def _on_begin(self, _checked: bool = False) -> None:
        self._begin.emit()

    def _on_frequency(self, index: int) -> None:
        chosen = self.frequency.itemData(index)
        if chosen and chosen != self._found.frequency:
            # What is shown is what the portal has; it changes when that does.
            self.frequency.setCurrentIndex(self.frequency.findData(self._found.frequency))
            self.frequency_requested.emit(chosen)
