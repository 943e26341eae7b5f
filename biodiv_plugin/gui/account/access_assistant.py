"""Help for who cannot get in: two questions, and then the ways that lead in from there."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import Qt, pyqtSignal, pyqtSlot
from qgis.PyQt.QtGui import QGuiApplication
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QFrame,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from biodiv_plugin.auth.account import Account
from biodiv_plugin.deletion import delete_later
from biodiv_plugin.gui.account import access_texts
from biodiv_plugin.gui.account.access_mail import AccessMail
from biodiv_plugin.gui.button_rows import ButtonRows
from biodiv_plugin.gui.plain import PlainLabel
from biodiv_plugin.portal.access import MY_PROFILE
from biodiv_plugin.use_cases.access_advice import (
    Seen,
    Step,
    Workplace,
    advise,
    self_registration,
)

_MAILS = (Step.MAIL, Step.MAIL_SENSITIVE, Step.MAIL_TROUBLE)


class AccessAssistant(QFrame):
    """Asks where somebody works and what they saw; knows no network. ``environment`` is the id
    of the portal, whose codes for self-registration may be known."""

    page_requested = pyqtSignal(str)  # an address for the browser or the mail program
    live_page_requested = pyqtSignal()
    sign_in_requested = pyqtSignal()
    citizen_requested = pyqtSignal()
    code_requested = pyqtSignal()
    close_requested = pyqtSignal()

    def __init__(self, environment: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._environment = environment
        self._account: Optional[Account] = None
        self.works = self._question(access_texts.workplaces(), self.tr("Where do you work?"))
        self.saw = self._question(access_texts.sights(), self.tr("What did you see?"))
        self.mail = AccessMail()
        self._steps = QVBoxLayout()
        self._steps.setSpacing(8)
        self._live = QPushButton(self.tr("The Portal's Own Page"))
        self._close = QPushButton(self.tr("Close"))
        self._lay_out()
        self.works.currentIndexChanged.connect(self._show_advice)
        self.saw.currentIndexChanged.connect(self._show_advice)
        self.mail.open_requested.connect(self.page_requested)
        self._live.clicked.connect(self.live_page_requested)
        self._close.clicked.connect(self.close_requested)
        self._show_advice()

    def ask(self, saw: Optional[Seen] = None, account: Optional[Account] = None) -> None:
        """Begin anew; what is known already is filled in."""
        self._account = account
        if saw is not None:
            self.saw.setCurrentIndex(self.saw.findData(saw.value))
        self._show_advice()
        self.show()
        self.works.setFocus()

    def steps(self) -> tuple[Step, ...]:
        """Return what is advised now."""
        works, saw = Workplace(self.works.currentData()), Seen(self.saw.currentData())
        link = self_registration(self._environment, works)
        return advise(works, saw, link is not None)

    def _question(self, answers: tuple[tuple[str, str], ...], title: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(title)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for value, text in answers:
            box.addItem(text, value)
            box.setItemData(box.count() - 1, text, Qt.ItemDataRole.ToolTipRole)
        return box

    def _lay_out(self) -> None:
        title = PlainLabel(self.tr("Getting access"))
        font = title.font()
        font.setBold(True)
        title.setFont(font)
        column = QVBoxLayout(self)
        column.addWidget(title)
        for box in (self.works, self.saw):
            label = PlainLabel(box.accessibleName())
            label.setBuddy(box)
            column.addWidget(label)
            column.addWidget(box)
        column.addLayout(self._steps)
        column.addWidget(self.mail)
        column.addLayout(ButtonRows(self._live, self._close))

    def _show_advice(self, _index: int = 0) -> None:
        while self._steps.count():
            old = self._steps.takeAt(0).widget()
            old.setParent(None)
            delete_later(old)
        steps = self.steps()
        for number, step in enumerate(steps, 1):
            self._steps.addWidget(self._way(number, step))
        mails = [step for step in steps if step in _MAILS]
        self.mail.setVisible(bool(mails))
        if mails:
            self.mail.ask(mails[0], self._account)

    def _way(self, number: int, step: Step) -> QWidget:
        """Return one step: its number, its sentence, and its buttons."""
        text = PlainLabel(f"{number}. {access_texts.sentence(step)}")
        text.setWordWrap(True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        way = QWidget()
        column = QVBoxLayout(way)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(text)
        label = access_texts.button(step)
        if label:
            button = QPushButton(label)
            button.setProperty("step", step.value)
            button.clicked.connect(self._take_step)
            column.addWidget(button)
        return way

    @pyqtSlot()
    def _take_step(self) -> None:
        step = Step(self.sender().property("step"))
        if step is Step.TRY:
            self.sign_in_requested.emit()
        elif step is Step.TRY_AS_CITIZEN:
            self.citizen_requested.emit()
        elif step is Step.USE_CODE:
            self.code_requested.emit()
        elif step is Step.CHECK_RIGHTS:
            self.page_requested.emit(MY_PROFILE)
        elif step is Step.SELF_REGISTER:
            link = self_registration(self._environment, Workplace(self.works.currentData()))
            if link is not None:
                self.page_requested.emit(link)
        elif step in (Step.ASK_ADMINISTRATOR, Step.ASK_SENSITIVE):
            QGuiApplication.clipboard().setText(access_texts.question(step))
        elif step is Step.HELP_LINE:
            self.page_requested.emit(access_texts.HELP_LINE_PAGE)
