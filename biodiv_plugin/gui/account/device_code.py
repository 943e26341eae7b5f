"""The code of a sign-in on another device: large, with its address, and as a QR code."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QFontDatabase, QGuiApplication, QImage, QPixmap, QResizeEvent
from qgis.PyQt.QtWidgets import (
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from biodiv_plugin.auth import packages
from biodiv_plugin.auth.device_flow import DeviceCode
from biodiv_plugin.gui.button_rows import ButtonRows
from biodiv_plugin.gui.plain import PlainLabel
from biodiv_plugin.portal.errors import SignInFailed

_QUIET = 4  # modules of white around a QR code (ISO/IEC 18004)
_MODULE = 4  # pixels
_LARGE = 2.2  # times the interface's letters


class DeviceCodePanel(QWidget):
    """Shows one code; hidden while there is none."""

    open_requested = pyqtSignal(str)

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._how = PlainLabel(
            self.tr("On any device with a browser, open this address and type the code:")
        )
        self._how.setWordWrap(True)
        self._address = QLineEdit()
        self._address.setReadOnly(True)
        self._address.setFrame(False)
        self._address.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._address.setAccessibleName(self.tr("Address to open"))
        self._code = self._selectable()
        self._code.setAccessibleName(self.tr("Code to type"))
        self._qr = PlainLabel()
        self._qr.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._qr.setAccessibleName(self.tr("QR code of the address, for a phone"))
        self._hint = PlainLabel(self.tr("Or scan this with your phone."))
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint.setWordWrap(True)
        self._copy_code = QPushButton(self.tr("Copy Code"))
        self._copy_address = QPushButton(self.tr("Copy Address"))
        self._open = QPushButton(self.tr("Open on This Computer"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self._how, self._address, self._code):
            column.addWidget(widget)
        column.addLayout(ButtonRows(self._copy_code, self._copy_address, self._open))
        column.addWidget(self._qr)
        column.addWidget(self._hint)
        self._copy_code.clicked.connect(self._on_copy_code)
        self._copy_address.clicked.connect(self._on_copy_address)
        self._open.clicked.connect(self._on_open)
        self._complete = self._plain = ""
        self.clear()

    def show_code(self, code: DeviceCode) -> None:
        self._plain = code.verification_uri
        self._complete = code.verification_uri_complete or code.verification_uri
        self._address.setText(code.verification_uri)
        self._address.setCursorPosition(0)
        self._code.setText(code.user_code)
        self._fit()
        image = qr_image(self._complete)
        self._qr.setPixmap(QPixmap() if image is None else QPixmap.fromImage(image))
        for widget in (self._qr, self._hint):
            widget.setVisible(image is not None)
        self.show()

    def clear(self) -> None:
        self._complete = self._plain = ""
        self._code.clear()
        self._address.clear()
        self._qr.clear()
        self.hide()

    def code(self) -> str:
        """Return the code that is shown, or nothing."""
        return self._code.text()

    def qr(self) -> QImage:
        """Return the picture that is shown; null where the machine cannot make one."""
        pixmap = self._qr.pixmap()
        return QImage() if pixmap is None else pixmap.toImage()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Write the code as large as its line has room for: a broken one is mistyped."""
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setBold(True)
        size = self.font().pointSizeF() * _LARGE
        font.setPointSizeF(size)
        self._code.setFont(font)
        wide = self._code.fontMetrics().horizontalAdvance(self._code.text())
        if wide > self.width() > 0:
            font.setPointSizeF(max(self.font().pointSizeF(), size * self.width() / wide))
            self._code.setFont(font)

    def _selectable(self) -> PlainLabel:
        label = PlainLabel()
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        label.setWordWrap(True)
        label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        return label

    def _on_copy_code(self) -> None:
        QGuiApplication.clipboard().setText(self._code.text())

    def _on_copy_address(self) -> None:
        QGuiApplication.clipboard().setText(self._complete)

    def _on_open(self) -> None:
        self.open_requested.emit(self._complete)


def qr_image(text: str) -> Optional[QImage]:
    """Return ``text`` as a QR code, black on white whatever the theme, as readers want it.

    ``None`` where the plugin came without its packages, or the text is too long for one.
    """
    try:
        segno = packages.segno()
        code = segno.make_qr(text, error="m")
    except (SignInFailed, ValueError):
        return None
    rows = [bytes(row) for row in code.matrix_iter(scale=_MODULE, border=_QUIET)]
    size = len(rows)
    image = QImage(size, size, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                image.setPixel(x, y, 0xFF000000)
    return image
