"""Texts in windows: those of the portal and its users are shown, never obeyed as HTML.

Left to itself Qt takes a text for HTML where it looks like it. A name of a list or of a layer
could then hide what it is, lead elsewhere, or name a picture on a share of a foreign machine: to
look at it, Windows would send that machine the user's credentials.
"""

from __future__ import annotations

from html import escape
from typing import Optional

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QLabel, QWidget


class PlainLabel(QLabel):
    """A label that shows each sign of its text."""

    def __init__(self, text: str = "", parent: Optional[QWidget] = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)


class HtmlLabel(QLabel):
    """A label for HTML of our own; what comes from elsewhere is escaped by who writes it."""

    def __init__(self, text: str = "", parent: Optional[QWidget] = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.RichText)


def tip(text: str) -> str:
    """Return ``text`` for a tool tip, which knows no plain text."""
    return in_message(text).replace("\n", "<br>") if Qt.mightBeRichText(text) else text


def in_message(text: str) -> str:
    """Return ``text`` for QGIS's message bar, which takes all for HTML."""
    return escape(text, quote=False)
