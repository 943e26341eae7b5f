"""A notification of what is new in an area of the portal: all, of one species or of a group."""

from __future__ import annotations

from typing import Optional, Sequence

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QStackedWidget, QVBoxLayout, QWidget

from biodiv_plugin.gui.occurrences.search_line import SearchLine
from biodiv_plugin.gui.plain import PlainLabel
from biodiv_plugin.gui.taxon_field import TaxonField
from biodiv_plugin.portal.area import PortalArea
from biodiv_plugin.use_cases.subscribe import Region

ALL, TAXON, GROUP = range(3)
_NARROW = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon


class RegionPage(QWidget):
    """It knows no client: who listens searches the areas and reads the groups."""

    changed = pyqtSignal()
    groups_wanted = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._area: Optional[PortalArea] = None
        self.line = SearchLine(
            self.tr("Area of the portal"), self.tr("municipality, province, nature area…")
        )
        self.note = PlainLabel()
        self.note.setWordWrap(True)
        self.note.hide()
        self.of = QComboBox()
        self.of.addItems([self.tr("all species"), self.tr("one species"), self.tr("a group")])
        self.taxon, self.groups = TaxonField(), QComboBox()
        self.groups.setAccessibleName(self.tr("Group of species"))
        for box in (self.of, self.groups):
            box.setSizeAdjustPolicy(_NARROW)
        self._pages = QStackedWidget()
        for page in (QWidget(), self.taxon, self.groups):
            self._pages.addWidget(page)
        label = PlainLabel(self.tr("Observations of"))
        label.setBuddy(self.of)
        column = QVBoxLayout(self)
        for part in (self.line, self.note, label, self.of, self._pages):
            column.addWidget(part)
        self._pages.hide()
        self.line.found.connect(self._on_area)
        self.line.textEdited.connect(self._on_edited)
        self.of.currentIndexChanged.connect(self._on_of)
        self.taxon.changed.connect(self._on_taxon)
        self.groups.currentIndexChanged.connect(self._on_group)

    def open(self) -> None:
        """Begin anew."""
        self._area = None
        self.line.clear()
        self.note.hide()
        self.taxon.set_taxa(())
        self.groups.setCurrentIndex(-1)
        self.of.setCurrentIndex(ALL)

    def set_areas(self, text: str, found: Sequence[PortalArea]) -> None:
        """Offer the areas that were found for ``text``."""
        self.line.set_found(text, [(f"{a.name}  ({a.field_name})", a) for a in found])
        self.note.setText(self.tr("The portal knows no area called “{name}”.").format(name=text))
        self.note.setVisible(not found)

    def set_groups(self, groups: Sequence[tuple[str, str]]) -> None:
        """Offer the groups: (value, name)."""
        self.groups.clear()
        for value, name in groups:
            self.groups.addItem(name, value)
        self.groups.setCurrentIndex(-1)

    def region(self) -> Optional[Region]:
        """Return what was chosen, ``None`` while it is not complete."""
        of, taxa = self.of.currentIndex(), self.taxon.taxa()
        if self._area is None:
            return None
        if of == TAXON:
            return Region(self._area, taxon=taxa[0]) if taxa else None
        if of == GROUP:
            value, name = self.groups.currentData(), self.groups.currentText()
            return Region(self._area, group=value, group_name=name) if value else None
        return Region(self._area)

    def _on_area(self, area: PortalArea) -> None:
        self._area = area
        self.changed.emit()

    def _on_edited(self, _text: str) -> None:
        self._area = None  # what is typed is no longer what was chosen
        self.note.hide()
        self.changed.emit()

    def _on_of(self, of: int) -> None:
        self._pages.setCurrentIndex(of)
        self._pages.setVisible(of != ALL)
        if of == GROUP and not self.groups.count():
            self.groups_wanted.emit()
        self.changed.emit()

    def _on_taxon(self) -> None:
        taxa = self.taxon.taxa()
        if len(taxa) > 1:  # the last one that was chosen
            self.taxon.set_taxa(taxa[-1:])
        else:
            self.changed.emit()

    def _on_group(self, _index: int) -> None:
        self.changed.emit()
