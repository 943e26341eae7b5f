"""What a person does with a notice of a section: reads it, and presses its buttons."""

from __future__ import annotations

from qgis.PyQt.QtWidgets import QPushButton

from biodiv_plugin.gui.notices import Notice
from tests.qgis.doubles import spin_until


class NoticeReader:
    """``notice`` is the one that is meant where no other is given."""

    notice: Notice

    def said(self, words: str, notice=None, seconds: float = 15) -> str:
        notice = notice or self.notice
        try:
            spin_until(lambda: words in notice.text(), seconds)
        except AssertionError:
            raise AssertionError(f"{words!r} is not in {notice.text()!r}") from None
        return notice.text()

    def click(self, label: str, notice=None) -> None:
        """Press a button of a notice."""

        def found():
            buttons = (notice or self.notice).findChildren(QPushButton)
            return [b for b in buttons if b.text() == label and not b.isHidden()]

        spin_until(found)
        found()[-1].click()
