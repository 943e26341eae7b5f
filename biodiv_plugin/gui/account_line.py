"""The line of the dock that says who is signed in, and what that changes."""

from __future__ import annotations

from typing import Optional

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt, QTimer, QUrl, pyqtSignal
from qgis.PyQt.QtGui import QDesktopServices, QGuiApplication
from qgis.PyQt.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from biodiv_plugin.auth.account import Account
from biodiv_plugin.auth.device_flow import DeviceCode
from biodiv_plugin.use_cases.sign_in import SignInOptions

ACM_IDM = "acm-idm"  # the portal's name for the sign-in of the Flemish government


class AccountLine(QWidget):
    """Signed out: a button and what it adds. Waiting: how long still, and a way out. Signed in:
    the name, the organisation and what this account may see."""

    sign_in_requested = pyqtSignal(object)  # SignInOptions
    code_requested = pyqtSignal(object)  # SignInOptions
    cancel_requested = pyqtSignal()
    sign_out_requested = pyqtSignal()
    profile_requested = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._icon = QLabel()
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._menu_button = QToolButton()
        self._menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self._menu_button.setAccessibleName(self.tr("Account"))
        self._cancel = QPushButton(self.tr("Cancel"))
        self._again = QPushButton(self.tr("Open the Page Again"))
        self._copy = QPushButton(self.tr("Copy Link"))
        self._code = QLabel()
        self._code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._url = ""
        self._seconds = 0
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
        self._clock.timeout.connect(self._tick)
        self._lay_out()
        self._cancel.clicked.connect(self.cancel_requested)
        self._again.clicked.connect(self._open_again)
        self._copy.clicked.connect(self._copy_link)
        self.show_signed_out()

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.addWidget(self._icon)
        line.addWidget(self._text, 1)
        line.addWidget(self._menu_button)
        self._waiting = QWidget()
        buttons = QHBoxLayout(self._waiting)
        buttons.setContentsMargins(0, 0, 0, 0)
        for button in (self._again, self._copy, self._cancel):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 4, 6, 4)
        column.addLayout(line)
        column.addWidget(self._code)
        column.addWidget(self._waiting)

    def text(self) -> str:
        return self._text.text()

    def show_signed_out(self) -> None:
        self._stop_waiting()
        self._set_icon("/locked.svg")
        self._text.setText(
            self.tr("Not signed in. Searching, counting and open layers work without an account.")
        )
        self._menu_button.setText(self.tr("Sign In"))
        menu = QMenu(self)
        for label, options in (
            (
                self.tr("Flemish government staff or citizen (itsme, eID)"),
                SignInOptions(hint=ACM_IDM),
            ),
            (self.tr("Portal account with a password"), SignInOptions(hint="")),
            (
                self.tr("Use another account"),
                SignInOptions(hint=ACM_IDM, prompt_login=True),
            ),
        ):
            menu.addAction(label).triggered.connect(
                lambda _checked=False, chosen=options: self.sign_in_requested.emit(chosen)
            )
        menu.addSeparator()
        menu.addAction(self.tr("With a code, on another device")).triggered.connect(
            lambda _checked=False: self.code_requested.emit(SignInOptions(hint=""))
        )
        self._menu_button.setMenu(menu)
        self._menu_button.show()

    def show_waiting(self, seconds: int) -> None:
        """Say that the browser has it now; ``seconds`` are left."""
        self._seconds = seconds
        self._menu_button.hide()
        self._code.hide()
        self._waiting.show()
        self._again.setEnabled(bool(self._url))
        self._copy.setEnabled(bool(self._url))
        self._clock.start()
        self._tick()

    def set_link(self, url: str) -> None:
        """Remember the page that the browser was sent to, to open or copy it again."""
        self._url = url
        self._again.setEnabled(True)
        self._copy.setEnabled(True)

    def show_code(self, code: DeviceCode) -> None:
        """Show the code of a device sign-in (RFC 8628), large, with its address."""
        self._url = code.verification_uri_complete or code.verification_uri
        font = self._code.font()
        font.setPointSizeF(self.font().pointSizeF() * 2)
        self._code.setFont(font)
        self._code.setText(code.user_code)
        self.show_waiting(int(code.expires_in))
        self._code.show()

    def show_account(self, account: Account, kept: str) -> None:
        """Show who is signed in; ``kept`` is ``keyring`` or ``session``."""
        self._stop_waiting()
        self._set_icon("/mIconSuccess.svg")
        sees = (
            self.tr("high resolution") if account.may_see_high_resolution else self.tr("open data")
        )
        parts = [account.name, account.organisation, sees]
        if kept == "session":
            parts.append(self.tr("this session only"))
        self._text.setText(" · ".join(part for part in parts if part))
        self._menu_button.setText(self.tr("Account"))
        menu = QMenu(self)
        menu.addAction(self.tr("My Profile")).triggered.connect(
            lambda _checked=False: self.profile_requested.emit()
        )
        if account.federated:
            menu.addAction(self.tr("Switch Organisation")).triggered.connect(
                lambda _checked=False: self.sign_in_requested.emit(
                    SignInOptions(hint=ACM_IDM, switch_organisation=True)
                )
            )
        menu.addSeparator()
        menu.addAction(self.tr("Sign Out")).triggered.connect(
            lambda _checked=False: self.sign_out_requested.emit()
        )
        self._menu_button.setMenu(menu)
        self._menu_button.show()

    def _stop_waiting(self) -> None:
        self._clock.stop()
        self._url = ""
        self._waiting.hide()
        self._code.hide()

    def _tick(self) -> None:
        self._seconds = max(0, self._seconds - 1)
        minutes, seconds = divmod(self._seconds, 60)
        self._text.setText(
            self.tr("Continue in the browser. Waiting for {minutes}:{seconds} more.").format(
                minutes=minutes, seconds=f"{seconds:02d}"
            )
        )

    def _open_again(self) -> None:
        QDesktopServices.openUrl(QUrl(self._url))

    def _copy_link(self) -> None:
        QGuiApplication.clipboard().setText(self._url)

    def _set_icon(self, name: str) -> None:
        self._icon.setPixmap(QgsApplication.getThemeIcon(name).pixmap(16, 16))
