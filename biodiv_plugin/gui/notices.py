"""Sentences about what happened, in the place where it happened, with the fitting button."""

from __future__ import annotations

from typing import Callable, Optional

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from biodiv_plugin.deletion import delete_later
from biodiv_plugin.gui.plain import PlainLabel
from biodiv_plugin.messages import explain
from biodiv_plugin.portal import errors

ICON = 16  # pixels

_RETRY = (
    errors.Unreachable,
    errors.PortalFault,
    errors.Throttled,
    errors.UnexpectedAnswer,
    errors.DownloadFailed,
    errors.BadArchive,
)


class Notice(QFrame):
    """One sentence with at most a few buttons; hidden while there is nothing to say."""

    sign_in_requested = pyqtSignal()
    log_requested = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._icon = PlainLabel()
        self._text = PlainLabel()
        self._text.setWordWrap(True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        line = QHBoxLayout()
        line.addWidget(self._icon)
        line.addWidget(self._text, 1)
        self._buttons = QHBoxLayout()
        self._buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 4, 6, 4)
        column.addLayout(line)
        column.addLayout(self._buttons)
        self.clear()

    def text(self) -> str:
        return self._text.text()

    def clear(self) -> None:
        self._text.clear()
        self._remove_buttons()
        self.hide()

    def tell(self, text: str, warning: bool = False) -> None:
        """Show ``text``; buttons are added with ``offer``."""
        self._remove_buttons()
        icon = "/mIconWarning.svg" if warning else "/mIconInfo.svg"
        self._icon.setPixmap(QgsApplication.getThemeIcon(icon).pixmap(ICON, ICON))
        self._text.setText(text)
        self.setAccessibleName(text)
        self.show()

    def offer(self, label: str, action: Callable[[], object]) -> QPushButton:
        """Add a button that does ``action`` and clears the notice."""
        button = QPushButton(label, self)
        button.clicked.connect(self.clear)
        button.clicked.connect(lambda _checked=False: action())
        self._buttons.addWidget(button)
        return button

    def tell_error(self, error: Exception, retry: Optional[Callable[[], object]] = None) -> None:
        """Show the sentence of ``error`` and the buttons of its kind."""
        self.tell(explain(error), warning=True)
        if isinstance(error, errors.SignInRequired):
            self.offer(self.tr("Sign In"), self.sign_in_requested.emit)
        elif retry is not None and isinstance(error, _RETRY):
            self.offer(self.tr("Try Again"), retry)
        self.offer(self.tr("Show Log"), self.log_requested.emit)

    def open_page(self, url: str, browser: Callable[[str], bool]) -> bool:
        """Have ``browser`` open a page; where that fails, say which page to open oneself."""
        opened = browser(url)
        if not opened:
            text = self.tr("The browser could not be opened. Open this page yourself: {url}")
            self.tell(text.format(url=url), warning=True)
        return opened

    def _remove_buttons(self) -> None:
        for button in self.findChildren(QPushButton):
            button.hide()
            delete_later(button)
