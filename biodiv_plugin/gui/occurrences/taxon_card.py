"""What the portal knows of a chosen taxon: its status, the lists it stands on, its page."""

from __future__ import annotations

from html import escape
from typing import Optional

from qgis.PyQt.QtCore import QLocale, Qt, pyqtSignal
from qgis.PyQt.QtGui import QPixmap
from qgis.PyQt.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from biodiv_plugin.gui.plain import HtmlLabel, PlainLabel
from biodiv_plugin.portal.query import TaxonRef
from biodiv_plugin.use_cases.describe_taxa import TaxonCard
from biodiv_plugin.use_cases.name_value import name_value

_PICTURE = 96  # pixels


class TaxonCardPanel(QFrame):
    page_requested = pyqtSignal(str)  # the key of the taxon
    notify_requested = pyqtSignal(object)  # the TaxonRef

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._card: Optional[TaxonCard] = None
        self._picture = PlainLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._text = HtmlLabel()
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._page = QPushButton(self.tr("Open in Portal"))
        self._page.clicked.connect(self._ask_page)
        self._notify = QPushButton(self.tr("Notify Me…"))
        self._notify.clicked.connect(self._ask_notify)
        self._close = QPushButton(self.tr("Close"))
        self._close.clicked.connect(self.hide)
        line = QHBoxLayout()
        line.addWidget(self._text, 1)
        line.addWidget(self._picture)
        buttons = QHBoxLayout()
        buttons.addWidget(self._notify)
        buttons.addStretch(1)
        buttons.addWidget(self._page)
        buttons.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 4, 6, 4)
        column.addLayout(line)
        column.addLayout(buttons)
        self.hide()

    def show_card(self, card: TaxonCard) -> None:
        self._card = card
        self._text.setText("<br>".join(self._lines(card)))
        pixmap = QPixmap()
        if card.picture and pixmap.loadFromData(card.picture):
            aspect = Qt.AspectRatioMode.KeepAspectRatio
            smooth = Qt.TransformationMode.SmoothTransformation
            pixmap = pixmap.scaled(_PICTURE, _PICTURE, aspect, smooth)
        self._picture.setPixmap(pixmap)
        self._picture.setVisible(not pixmap.isNull())
        self.show()

    def taxon(self) -> Optional[TaxonRef]:
        """Return the taxon whose card is shown, or was shown last."""
        return self._card.taxon if self._card is not None else None

    def text(self) -> str:
        return self._text.text()

    def _lines(self, card: TaxonCard) -> list[str]:
        profile = card.profile
        language = QLocale().name()[:2]
        common = profile.vernacular_name(language) or profile.vernacular_name()
        lines = [f"<b>{escape(common)}</b>"] if common else []
        author = f" {escape(profile.author)}" if profile.author else ""
        lines.append(f"<i>{escape(profile.scientific_name)}</i>{author}")
        family = next((name for rank, name, _ in profile.classification if rank == "family"), "")
        rank = name_value("rank", profile.rank)
        lines.append(" · ".join(escape(part) for part in (rank, family) if part))
        records = QLocale().toString(card.records)
        lines.append(self.tr("{n} observations on the portal").format(n=records))
        lines += [f"{escape(where)}: {escape(status)}" for where, status in profile.conservation]
        if card.listings:
            names = "".join(f"<li>{escape(listing.list_name)}</li>" for listing in card.listings)
            lines.append(self.tr("On these species lists:") + f"<ul>{names}</ul>")
        else:
            lines.append(self.tr("On no public species list."))
        return lines

    def _ask_notify(self) -> None:
        if self._card is not None:
            self.notify_requested.emit(self._card.taxon)

    def _ask_page(self) -> None:
        if self._card is not None:
            self.page_requested.emit(self._card.profile.key)
