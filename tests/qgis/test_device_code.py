"""The code for another device: what it shows is what a phone and a person read."""

from __future__ import annotations

import sys

import numpy
import pytest
import zxingcpp
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QGuiApplication, QImage

from biodiv_plugin.auth import packages
from biodiv_plugin.auth.device_flow import DeviceCode
from biodiv_plugin.gui.account.device_code import DeviceCodePanel, qr_image
from biodiv_plugin.gui.account.waiting import AccountWaiting
from biodiv_plugin.portal.errors import SignInFailed

ADDRESS = "https://auth.inbo.be/realms/vbp/device"
CODE = DeviceCode("WDJB-MJHT", ADDRESS, f"{ADDRESS}?user_code=WDJB-MJHT", 600, 5)


def read(image: QImage) -> list[str]:
    """Return what a reader that is not ours makes of a picture."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    bits = grey.constBits()
    bits.setsize(grey.sizeInBytes())
    rows = numpy.frombuffer(bits, numpy.uint8).reshape(grey.height(), grey.bytesPerLine())
    return [found.text for found in zxingcpp.read_barcodes(rows[:, : grey.width()].copy())]


@pytest.fixture
def panel(qtbot):
    panel = DeviceCodePanel()
    qtbot.addWidget(panel)
    panel.resize(348, 500)
    panel.show()
    return panel


def test_it_shows_the_code_large_and_the_address(panel):
    panel.show_code(CODE)
    assert panel.code() == "WDJB-MJHT"
    assert panel._code.font().pointSizeF() > 1.5 * panel.font().pointSizeF()
    assert panel._address.text() == ADDRESS


def test_a_phone_reads_the_code_from_the_screen(qtbot, panel):
    panel.show_code(CODE)
    assert read(panel.qr()) == [CODE.verification_uri_complete]
    seen = [CODE.verification_uri_complete]
    qtbot.waitUntil(lambda: read(panel.grab().toImage()) == seen, timeout=20_000)


@pytest.mark.parametrize("length", [1, 40, 150, 500])
def test_any_address_can_be_read(qgis_app, length):
    text = f"https://a.example/{'x' * length}?user_code=ÀB-1"
    assert read(qr_image(text)) == [text]


def test_a_text_too_long_for_a_code_has_none(qgis_app):
    assert qr_image("x" * 5000) is None


def test_without_the_package_the_code_and_the_address_stand(panel, monkeypatch):
    def absent():
        raise SignInFailed("missing", code="no_packages")

    monkeypatch.setattr(packages, "segno", absent)
    panel.show_code(CODE)
    assert panel.code() == "WDJB-MJHT" and panel._copy_code.isVisible()
    assert not panel._qr.isVisible() and not panel._hint.isVisible()
    assert panel.qr().isNull()


def test_a_machine_without_the_package_says_so(monkeypatch):
    for name in ("segno", "biodiv_plugin._vendor.segno"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(SignInFailed) as raised:
        packages.segno()
    assert raised.value.code == "no_packages"


def test_copying(qtbot, panel):
    panel.show_code(CODE)
    qtbot.mouseClick(panel._copy_code, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "WDJB-MJHT"
    qtbot.mouseClick(panel._copy_address, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == CODE.verification_uri_complete
    with qtbot.waitSignal(panel.open_requested) as opened:
        qtbot.mouseClick(panel._open, Qt.MouseButton.LeftButton)
    assert opened.args == [CODE.verification_uri_complete]
    QGuiApplication.clipboard().clear()


def test_an_end_without_an_address_of_its_own(panel):
    panel.show_code(DeviceCode("AB-12", ADDRESS, "", 600, 5))
    assert read(panel.qr()) == [ADDRESS]


def test_a_long_code_shrinks_and_stays_whole(panel):
    panel.show_code(DeviceCode("ABCD-EFGH-IJKL-MNOP-QRST", ADDRESS, "", 600, 5))
    wide = panel._code.fontMetrics().horizontalAdvance(panel._code.text())
    assert wide <= panel.width()


def test_it_forgets(panel):
    panel.show_code(CODE)
    panel.clear()
    assert panel.code() == "" and panel.qr().isNull() and not panel.isVisible()


def test_the_wait_counts_the_codes_own_time(qtbot):
    waiting = AccountWaiting()
    qtbot.addWidget(waiting)
    with qtbot.waitSignal(waiting.ticked) as told:
        waiting.show_code(CODE)
    assert told.args == [600]
    with qtbot.waitSignal(waiting.ticked, timeout=3000) as told:
        pass
    assert told.args == [599]
    waiting.end()
    with qtbot.assertNotEmitted(waiting.ticked, wait=1200):
        pass
