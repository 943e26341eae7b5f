"""One chosen taxon: its name, what the portal knows of it, and the way to drop it."""

from __future__ import annotations

from html import escape
from typing import Optional

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QPixmap
from qgis.PyQt.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from biodiv_plugin.gui.plain import HtmlLabel, PlainLabel, tip
from biodiv_plugin.portal.query import TaxonRef
from biodiv_plugin.use_cases.tell_query import name_of

PICTURE = 32  # pixels
_SMALL = 22


class TaxonChip(QFrame):
    removed = pyqtSignal(object)  # the TaxonRef
    card_requested = pyqtSignal(object)

    def __init__(
        self, taxon: TaxonRef, picture: bytes = b"", parent: Optional[QWidget] = None
    ) -> None:
        super().__init__(parent)
        self._taxon = taxon
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAccessibleName(name_of(taxon))
        line = QHBoxLayout(self)
        line.setContentsMargins(4, 1, 1, 1)
        line.setSpacing(2)
        pixmap = QPixmap()
        if picture and pixmap.loadFromData(picture):
            label = PlainLabel()
            aspect = Qt.AspectRatioMode.KeepAspectRatio
            smooth = Qt.TransformationMode.SmoothTransformation
            label.setPixmap(pixmap.scaled(QSize(_SMALL, _SMALL), aspect, smooth))
            line.addWidget(label)
        name = HtmlLabel(_formatted(taxon))
        name.setWordWrap(True)
        name.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        line.addWidget(name, 1)
        about = self._button("/mActionPropertiesWidget.svg", self.tr("About {name}"))
        about.clicked.connect(self._ask_card)
        remove = self._button("/mIconClose.svg", self.tr("Remove {name}"))
        remove.clicked.connect(self._remove)
        line.addWidget(about)
        line.addWidget(remove)

    def _button(self, icon: str, text: str) -> QToolButton:
        button = QToolButton()
        button.setAutoRaise(True)
        button.setIcon(QgsApplication.getThemeIcon(icon))
        text = text.format(name=name_of(self._taxon))
        button.setToolTip(tip(text))
        button.setAccessibleName(text)
        return button

    def _ask_card(self) -> None:
        self.card_requested.emit(self._taxon)

    def _remove(self) -> None:
        self.removed.emit(self._taxon)


def _formatted(taxon: TaxonRef) -> str:
    scientific = f"<i>{escape(taxon.scientific_name)}</i>" if taxon.scientific_name else ""
    names = (escape(taxon.vernacular_name), scientific)
    return " · ".join(name for name in names if name) or escape(taxon.key)
