"""The mail that asks for access, or tells of trouble: filled in, sent by one's own program."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QDateTime, QLocale, pyqtSignal
from qgis.PyQt.QtGui import QGuiApplication
from qgis.PyQt.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from biodiv_plugin.auth.account import Account
from biodiv_plugin.gui.button_rows import ButtonRows
from biodiv_plugin.gui.plain import PlainLabel
from biodiv_plugin.portal.access import SUPPORT, AccessRequest, Mail, access_mail, trouble_mail
from biodiv_plugin.portal.errors import InvalidQuery
from biodiv_plugin.use_cases.access_advice import Step


class AccessMail(QWidget):
    """A short form and two buttons: open the mail program, or copy the text."""

    open_requested = pyqtSignal(str)  # a mailto: address

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._step = Step.MAIL
        self._labels: dict[QLineEdit, PlainLabel] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self.fields = {
            "name": self._field(self.tr("Name")),
            "organisation": self._field(self.tr("Organisation and role")),
            "email": self._field(self.tr("E-mail address")),
            "wants": self._field(self.tr("I want to use")),
            "reason": self._field(self.tr("Because")),
            "sensitive_reason": self._field(self.tr("High-resolution data, because")),
            "seen": self._field(self.tr("What I saw, with the code")),
        }
        self.fields["wants"].setText(self.tr("downloading observations, own lists, notifications"))
        self.fields["wants"].setCursorPosition(0)
        self._fault = PlainLabel()
        self._fault.setWordWrap(True)
        self._done = PlainLabel(
            self.tr("Copied. Paste it into a mail to {address}.").format(address=SUPPORT)
        )
        self._done.setWordWrap(True)
        self._open = QPushButton(self.tr("Open Mail Program"))
        self._copy = QPushButton(self.tr("Copy Text"))
        for field, label in self._labels.items():
            column.addWidget(label)
            column.addWidget(field)
        for widget in (self._fault, self._done):
            column.addWidget(widget)
            widget.hide()
        column.addLayout(ButtonRows(self._open, self._copy))
        self._open.clicked.connect(self._on_open)
        self._copy.clicked.connect(self._on_copy)

    def ask(self, step: Step, account: Optional[Account]) -> None:
        """Show the fields that ``step`` needs; who is signed in need not type that again."""
        self._step = step
        about_trouble = step is Step.MAIL_TROUBLE
        shown = {"name", "email"} | (
            {"seen"} if about_trouble else {"organisation", "wants", "reason"}
        )
        if step is Step.MAIL_SENSITIVE:
            shown |= {"sensitive_reason"}
        for part, field in self.fields.items():
            field.setVisible(part in shown)
            self._labels[field].setVisible(part in shown)
        if account is not None:
            for part in ("name", "organisation", "email"):
                if not self.fields[part].text():
                    self.fields[part].setText(getattr(account, part))
        self._fault.hide()
        self._done.hide()

    def mail(self) -> Mail:
        """Return what was filled in as a mail; raises ``InvalidQuery`` naming the field."""
        texts = {part: field.text() for part, field in self.fields.items()}
        if self._step is Step.MAIL_TROUBLE:
            when = QLocale().toString(QDateTime.currentDateTime(), "d MMMM yyyy, HH:mm")
            return trouble_mail(texts["seen"], when, texts["name"], texts["email"])
        if self._step is Step.MAIL_SENSITIVE and not texts["sensitive_reason"].strip():
            raise InvalidQuery("the reason is missing", part="sensitive_reason")
        if self._step is not Step.MAIL_SENSITIVE:
            texts["sensitive_reason"] = ""
        texts.pop("seen")
        return access_mail(AccessRequest(**texts))

    def _field(self, title: str) -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName(title)
        field.textEdited.connect(self._on_edit)
        self._labels[field] = PlainLabel(title)
        self._labels[field].setBuddy(field)
        return field

    def _complete(self) -> Optional[Mail]:
        try:
            return self.mail()
        except InvalidQuery as missing:
            field = self.fields[missing.part]
            self._fault.setText(
                self.tr("Fill in “{field}” first.").format(field=self._labels[field].text())
            )
            self._fault.show()
            field.setFocus()
            return None

    def _on_open(self) -> None:
        mail = self._complete()
        if mail is not None:
            self.open_requested.emit(mail.mailto())

    def _on_copy(self) -> None:
        mail = self._complete()
        if mail is not None:
            QGuiApplication.clipboard().setText(f"{mail.subject}\n\n{mail.body}")
            self._done.show()

    def _on_edit(self) -> None:
        self._fault.hide()
        self._done.hide()
