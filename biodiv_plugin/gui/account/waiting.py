"""What one can do while a sign-in waits for its page: open it again, take the link, give up."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QGuiApplication, QKeyEvent
from qgis.PyQt.QtWidgets import QPushButton, QVBoxLayout, QWidget

from biodiv_plugin.auth.device_flow import DeviceCode
from biodiv_plugin.gui.account.device_code import DeviceCodePanel
from biodiv_plugin.gui.button_rows import ButtonRows


class AccountWaiting(QWidget):
    """Counts down and offers the ways on; with a code it shows that, large."""

    ticked = pyqtSignal(int)  # seconds that are left
    open_requested = pyqtSignal(str)
    code_requested = pyqtSignal()
    cancel_requested = pyqtSignal()
    help_requested = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._url = ""
        self._seconds = 0
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
        self._clock.timeout.connect(self._tick)
        self.code = DeviceCodePanel()
        self._again = QPushButton(self.tr("Open the Page Again"))
        self._copy = QPushButton(self.tr("Copy Link"))
        self._by_code = QPushButton(self.tr("With a Code Instead"))
        self._help = QPushButton(self.tr("I See an Error…"))
        self._cancel = QPushButton(self.tr("Cancel"))
        buttons = ButtonRows(self._again, self._copy, self._by_code, self._help, self._cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 0, 6, 4)
        column.addWidget(self.code)
        column.addLayout(buttons)
        self._again.clicked.connect(self._open_again)
        self._copy.clicked.connect(self._copy_link)
        self._by_code.clicked.connect(self.code_requested)
        self._help.clicked.connect(self.help_requested)
        self._cancel.clicked.connect(self.cancel_requested)
        self.code.open_requested.connect(self.open_requested)
        self.end()

    def begin(self, seconds: int) -> None:
        """A sign-in has begun; its page may take so many seconds."""
        self._take("", seconds)
        self.code.clear()
        for button in (self._again, self._copy, self._by_code):
            button.show()
        self.show()

    def set_link(self, url: str) -> None:
        """Remember the page that the browser was sent to, to open or copy it again."""
        self._take(url, self._seconds)

    def refresh(self) -> None:
        """Tell the time that is left once more."""
        self.ticked.emit(self._seconds)

    def show_code(self, code: DeviceCode) -> None:
        """Show the code of a device sign-in (RFC 8628), with its address."""
        self._take("", int(code.expires_in))
        for button in (self._again, self._copy, self._by_code):
            button.hide()  # the code has its own
        self.code.show_code(code)

    def end(self) -> None:
        """Nothing waits any more; the address, which holds the sign-in's state, is forgotten."""
        self._clock.stop()
        self._url = ""
        self.code.clear()
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_Escape:
            self.cancel_requested.emit()
        else:
            super().keyPressEvent(event)

    def _take(self, url: str, seconds: int) -> None:
        self._url, self._seconds = url, seconds
        for button in (self._again, self._copy):
            button.setEnabled(bool(url))
        self._clock.start()
        self.ticked.emit(self._seconds)

    def _tick(self) -> None:
        self._seconds = max(0, self._seconds - 1)
        self.ticked.emit(self._seconds)

    def _open_again(self) -> None:
        self.open_requested.emit(self._url)

    def _copy_link(self) -> None:
        QGuiApplication.clipboard().setText(self._url)
