"""The account in full, beneath its line: who, what it may see, until when, where that is kept."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from biodiv_plugin.gui.button_rows import ButtonRows
from biodiv_plugin.gui.plain import PlainLabel, tip
from biodiv_plugin.portal.access import ProfileAction
from biodiv_plugin.use_cases.tell_account import AccountFacts


class AccountPanel(QFrame):
    """Shows ``AccountFacts``; each button says what is wanted, and does nothing itself."""

    change_requested = pyqtSignal(object)  # a ProfileAction
    profile_requested = pyqtSignal()
    organisation_requested = pyqtSignal()
    other_account_requested = pyqtSignal()
    more_requested = pyqtSignal()
    sign_out_requested = pyqtSignal()
    close_requested = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.name = self._line(self.tr("Name"))
        self.organisation = self._line(self.tr("Organisation"))
        self.email = self._line(self.tr("E-mail"))
        self.sees = self._line(self.tr("What this account may see"))
        self.until = self._line(self.tr("How long you stay signed in"))
        self.kept = self._line(self.tr("Where your sign-in is kept"))
        font = self.name.font()
        font.setBold(True)
        self.name.setFont(font)
        self.more = QPushButton(self.tr("Ask for High-Resolution Data…"))
        self.profile = QPushButton(self.tr("My Profile"))
        self.details = QPushButton(self.tr("Change My Details"))
        self.password = QPushButton(self.tr("Change Password"))
        self.organisation_switch = QPushButton(self.tr("Switch Organisation"))
        self.other = QPushButton(self.tr("Use Another Account"))
        self.sign_out = QPushButton(self.tr("Sign Out"))
        self.close_button = QPushButton(self.tr("Close"))
        self._lay_out()
        self._connect()

    def show_facts(self, facts: AccountFacts) -> None:
        account = facts.account
        for label, text in (
            (self.name, account.name),
            (self.organisation, account.organisation),
            (self.email, account.email),
            (self.sees, facts.sees),
            (self.until, facts.until),
            (self.kept, facts.kept),
        ):
            label.setText(text)
            label.setVisible(bool(text))
        self.more.setVisible(not account.may_see_high_resolution)
        self.password.setVisible(not account.federated)
        self.organisation_switch.setVisible(account.federated)

    def _line(self, title: str) -> PlainLabel:
        line = PlainLabel()
        line.setWordWrap(True)
        line.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        line.setAccessibleName(title)
        line.setToolTip(tip(title))
        return line

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        for line in (self.name, self.organisation, self.email, self.sees, self.until, self.kept):
            column.addWidget(line)
        column.addLayout(
            ButtonRows(
                self.more,
                self.profile,
                self.details,
                self.password,
                self.organisation_switch,
                self.other,
                self.sign_out,
                self.close_button,
            )
        )

    def _connect(self) -> None:
        self.more.clicked.connect(self.more_requested)
        self.profile.clicked.connect(self.profile_requested)
        self.details.clicked.connect(self._ask_details)
        self.password.clicked.connect(self._ask_password)
        self.organisation_switch.clicked.connect(self.organisation_requested)
        self.other.clicked.connect(self.other_account_requested)
        self.sign_out.clicked.connect(self.sign_out_requested)
        self.close_button.clicked.connect(self.close_requested)

    def _ask_details(self) -> None:
        self.change_requested.emit(ProfileAction.EDIT_DETAILS)

    def _ask_password(self) -> None:
        self.change_requested.emit(ProfileAction.CHANGE_PASSWORD)
