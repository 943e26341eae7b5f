"""The line of the dock that says who is signed in, and what that changes."""

from __future__ import annotations

from typing import Optional

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt, pyqtSignal, pyqtSlot
from qgis.PyQt.QtWidgets import QAction, QHBoxLayout, QMenu, QToolButton, QWidget

from biodiv_plugin import settings
from biodiv_plugin.auth.account import Account
from biodiv_plugin.gui.plain import PlainLabel
from biodiv_plugin.use_cases.sign_in import ACM_IDM, SignInOptions

_ICON = 16  # pixels


class AccountLine(QWidget):
    """Signed out: a button and what it adds. Signed in: the name, the organisation and what this
    account may see; the button opens the account's panel, its arrow the menu."""

    sign_in_requested = pyqtSignal(object)  # SignInOptions
    code_requested = pyqtSignal(object)  # SignInOptions
    help_requested = pyqtSignal()
    details_requested = pyqtSignal()
    sign_out_requested = pyqtSignal()
    profile_requested = pyqtSignal()
    organisation_requested = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._signed_in = False
        self._icon = PlainLabel()
        self._text = PlainLabel()
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._button = QToolButton()
        self._button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        self._button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self._menu = QMenu(self)
        self._button.setMenu(self._menu)
        line = QHBoxLayout(self)
        line.setContentsMargins(6, 4, 6, 4)
        line.addWidget(self._icon)
        line.addWidget(self._text, 1)
        line.addWidget(self._button)
        self._button.clicked.connect(self._on_clicked)
        self.setFocusProxy(self._button)
        self.show_signed_out()

    def text(self) -> str:
        return self._text.text()

    def show_signed_out(self) -> None:
        self._signed_in = False
        self._say(
            "/locked.svg",
            self.tr("Not signed in. An account adds downloads, own lists and notifications."),
        )
        self._name_button(self.tr("Sign In"))
        self._button.setToolTip(self.tr("Sign in on a page of the portal, in your browser"))
        self._menu.clear()
        self._add_way(self.tr("Flemish Government Staff or Citizen (itsme, eID)"), ACM_IDM, False)
        self._add_way(self.tr("Portal Account with a Password"), "", False)
        self._add_way(self.tr("Use Another Account"), settings.SIGN_IN_HINT.get(), True)
        self._menu.addSeparator()
        self._menu.addAction(self.tr("With a Code, on Another Device")).triggered.connect(
            self._on_code
        )
        self._menu.addSeparator()
        stay = self._menu.addAction(self.tr("Stay Signed In on This Computer"))
        stay.setCheckable(True)
        stay.setChecked(settings.STAY_SIGNED_IN.get())
        stay.toggled.connect(settings.STAY_SIGNED_IN.set)
        self._menu.addSeparator()
        self._menu.addAction(self.tr("I Cannot Get In…")).triggered.connect(self.help_requested)
        self._button.show()

    def show_waiting(self, text: str) -> None:
        """Say what is being waited for; how to go on is in the row below."""
        self._say("/mIconInfo.svg", text)
        self._button.hide()

    def show_account(self, account: Account, kept: str) -> None:
        """Show who is signed in; ``kept`` is ``keyring`` or ``session``."""
        self._signed_in = True
        sees = (
            self.tr("high resolution") if account.may_see_high_resolution else self.tr("open data")
        )
        parts = [account.name, account.organisation, sees]
        if kept == "session":
            parts.append(self.tr("this session only"))
        self._say("/mIconSuccess.svg", " · ".join(part for part in parts if part))
        self._name_button(self.tr("Account"))
        self._button.setToolTip(self.tr("What this account may see, and what you can change"))
        self._menu.clear()
        self._menu.addAction(self.tr("Account Details")).triggered.connect(self.details_requested)
        self._menu.addAction(self.tr("My Profile")).triggered.connect(self.profile_requested)
        if account.federated:
            self._menu.addAction(self.tr("Switch Organisation")).triggered.connect(
                self.organisation_requested
            )
        self._add_way(self.tr("Use Another Account"), ACM_IDM if account.federated else "", True)
        self._menu.addSeparator()
        self._menu.addAction(self.tr("Sign Out")).triggered.connect(self.sign_out_requested)
        self._button.show()

    def _add_way(self, label: str, hint: str, another: bool) -> None:
        action = self._menu.addAction(label)
        action.setData((hint, another))
        action.triggered.connect(self._on_way)

    @pyqtSlot()
    def _on_way(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            hint, another = action.data()
            if not another:
                settings.SIGN_IN_HINT.set(hint)
            self.sign_in_requested.emit(_options(hint, another))

    def _on_clicked(self) -> None:
        if self._signed_in:
            self.details_requested.emit()
        else:
            self.sign_in_requested.emit(_options(settings.SIGN_IN_HINT.get()))

    def _on_code(self) -> None:
        self.code_requested.emit(_options(""))  # the person chooses the way on the other device

    def _say(self, icon: str, text: str) -> None:
        self._icon.setPixmap(QgsApplication.getThemeIcon(icon).pixmap(_ICON, _ICON))
        self._text.setText(text)
        self.setAccessibleName(text)

    def _name_button(self, text: str) -> None:
        self._button.setText(text)
        self._button.setAccessibleName(text)


def _options(hint: str, another: bool = False) -> SignInOptions:
    return SignInOptions(hint=hint, prompt_login=another, remember=settings.STAY_SIGNED_IN.get())
