"""What one can do with a whole question: ask again, keep, take from and give to the portal."""

from __future__ import annotations

from typing import Optional, Sequence

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import (
    QAction,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from biodiv_plugin.gui.plain import PlainLabel, tip


class QueryBar(QWidget):
    """A line of buttons; what wants a text opens a line beneath, and no window."""

    refresh_requested = pyqtSignal()
    clear_requested = pyqtSignal()
    menu_wanted = pyqtSignal()  # the names of the saved questions, right now
    save_requested = pyqtSignal(str)  # a name
    open_requested = pyqtSignal(str)
    forget_requested = pyqtSignal(str)
    address_given = pyqtSignal(str)
    address_wanted = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._ask_for = self.save_requested
        self._saved = QMenu(self)
        self._saved.aboutToShow.connect(self.menu_wanted)
        self._forget = QMenu(self.tr("Remove"), self)
        self._forget.triggered.connect(self._on_forget)
        self._saved.triggered.connect(self._on_saved)
        self._more = QMenu(self)
        self._add("paste", "/mActionEditPaste.svg", self.tr("Paste a Portal Address…"))
        self._add("copy", "/mActionEditCopy.svg", self.tr("Copy as Portal Address"))
        self._add("clear", "/mActionDeleteSelected.svg", self.tr("Clear All"))
        self._more.triggered.connect(self._on_more)
        self._line = QLineEdit()
        self._line.setClearButtonEnabled(True)
        self._line.returnPressed.connect(self._accept)
        self._ok = QPushButton()
        self._ok.clicked.connect(self._accept)
        self._asking = QWidget()
        self._asking.hide()
        self._note = PlainLabel()
        self._note.setWordWrap(True)
        self._note.hide()
        self._lay_out()

    def _lay_out(self) -> None:
        title = PlainLabel(self.tr("What are you looking for?"))
        buttons = QHBoxLayout()
        buttons.setSpacing(1)
        buttons.addWidget(title, 1)
        refresh = _button("/mActionRefresh.svg", self.tr("Ask again"))
        refresh.clicked.connect(self._on_refresh)
        saved = _button("/mActionFileSave.svg", self.tr("Saved questions of this project"))
        more = _button("/mActionOptions.svg", self.tr("Portal address, clear all"))
        for button, menu in ((saved, self._saved), (more, self._more)):
            button.setMenu(menu)
            button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        for button in (refresh, saved, more):
            buttons.addWidget(button)
        asking = QHBoxLayout(self._asking)
        asking.setContentsMargins(0, 0, 0, 0)
        asking.addWidget(self._line, 1)
        asking.addWidget(self._ok)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(buttons)
        column.addWidget(self._asking)
        column.addWidget(self._note)

    def set_saved(self, names: Sequence[str]) -> None:
        """Fill the menu of saved questions."""
        self._saved.clear()
        self._forget.clear()
        save = self._saved.addAction(self.tr("Save This Question…"))
        save.setObjectName("biodiv_query_save")
        if names:
            self._saved.addSeparator()
        for name in names:
            _named(self._saved, "biodiv_query_open", name)
            _named(self._forget, "biodiv_query_forget", name)
        if names:
            self._saved.addSeparator()
            self._saved.addMenu(self._forget)

    def tell(self, text: str) -> None:
        """Say what was done, until the next thing is."""
        self._note.setText(text)
        self._note.setVisible(bool(text))

    def told(self) -> str:
        return self._note.text()

    def ask_name(self) -> None:
        self._ask(self.save_requested, self.tr("Name of the question"), self.tr("Save"))

    def ask_address(self, text: str = "") -> None:
        hint = self.tr("Address of a search on the portal")
        self._ask(self.address_given, hint, self.tr("Use"), text)

    def _ask(self, signal: object, hint: str, label: str, text: str = "") -> None:
        self.tell("")
        self._ask_for = signal
        self._line.setText(text)
        self._line.setPlaceholderText(hint)
        self._line.setAccessibleName(hint)
        self._ok.setText(label)
        self._asking.show()
        self._line.setFocus()

    def _accept(self) -> None:
        text = self._line.text().strip()
        if text:
            self._asking.hide()
            self._ask_for.emit(text)

    def _add(self, name: str, icon: str, label: str) -> None:
        action = self._more.addAction(QgsApplication.getThemeIcon(icon), label)
        action.setObjectName(f"biodiv_query_{name}")

    def _on_refresh(self) -> None:
        self.tell("")
        self.refresh_requested.emit()

    def _on_saved(self, action: QAction) -> None:
        self.tell("")
        if action.objectName() == "biodiv_query_save":
            self.ask_name()
        elif action.objectName() == "biodiv_query_open":  # a menu also tells of its submenu
            self.open_requested.emit(action.data())

    def _on_forget(self, action: QAction) -> None:
        self.forget_requested.emit(action.data())

    def _on_more(self, action: QAction) -> None:
        self.tell("")
        name = action.objectName()
        if name == "biodiv_query_paste":
            found = QgsApplication.clipboard().text().strip()
            self.ask_address(found if found.startswith(("http://", "https://")) else "")
        elif name == "biodiv_query_copy":
            self.address_wanted.emit()
        else:
            self._asking.hide()
            self.clear_requested.emit()


def _button(icon: str, text: str) -> QToolButton:
    button = QToolButton()
    button.setAutoRaise(True)
    button.setIcon(QIcon(QgsApplication.getThemeIcon(icon)))
    button.setToolTip(tip(text))
    button.setAccessibleName(text)
    return button


def _named(menu: QMenu, kind: str, name: str) -> None:
    action = menu.addAction(name.replace("&", "&&"))
    action.setObjectName(kind)
    action.setData(name)
