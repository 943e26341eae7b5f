"""What one wants to hear of: a species, a dataset, a list, an area, or what is being asked."""

from __future__ import annotations

from typing import Optional, Sequence

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from biodiv_plugin.deletion import delete_later
from biodiv_plugin.gui.alerts.region_page import RegionPage
from biodiv_plugin.gui.notices import Notice
from biodiv_plugin.gui.plain import PlainLabel
from biodiv_plugin.gui.taxon_field import TaxonField
from biodiv_plugin.portal.query import OccurrenceQuery, TaxonRef
from biodiv_plugin.use_cases.subscribe import Kin
from biodiv_plugin.use_cases.tell_query import name_of

SPECIES, DATASET, LIST, REGION, QUERY = range(5)
_NARROW = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon


class AlertForm(QWidget):
    """A page of its own; Enter asks, Escape leaves. It knows no client."""

    taxa_accepted = pyqtSignal(object)  # the TaxonRefs
    dataset_accepted = pyqtSignal(str, str)  # uid and name
    list_accepted = pyqtSignal(str)  # the id
    region_accepted = pyqtSignal(object)  # a Region
    query_accepted = pyqtSignal(object, str)  # the OccurrenceQuery and a name for it
    kin_wanted = pyqtSignal(object)  # the TaxonRef that was chosen
    choices_wanted = pyqtSignal(int)  # ``DATASET`` or ``LIST``
    canceled = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._query: Optional[OccurrenceQuery] = None
        self._kin: list[tuple[TaxonRef, QCheckBox]] = []
        self.kind = QComboBox()
        self.kind.addItems(
            [
                self.tr("a species"),
                self.tr("a dataset"),
                self.tr("the species of a public list"),
                self.tr("an area of the portal"),
                self.tr("the question in Observations"),
            ]
        )
        self.kind.setSizeAdjustPolicy(_NARROW)
        self.taxa = TaxonField()
        self.datasets, self.lists = self._chooser(), self._chooser()
        self.region = RegionPage()
        self.name = QLineEdit()
        self.sentence = PlainLabel()
        self.sentence.setWordWrap(True)
        self.kin_note = PlainLabel()
        self.kin_note.setWordWrap(True)
        self.kin_note.hide()
        self.notice = Notice()
        self.accept = QPushButton(self.tr("Notify Me"))
        self.cancel = QPushButton(self.tr("Cancel"))
        self.pages = QStackedWidget()
        self._lay_out()
        self._connect()

    def _chooser(self) -> QComboBox:
        box = QComboBox()
        box.setEditable(True)
        box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        box.completer().setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        box.completer().setFilterMode(Qt.MatchFlag.MatchContains)
        box.setSizeAdjustPolicy(_NARROW)
        return box

    def _lay_out(self) -> None:
        species = QWidget()
        inside = QVBoxLayout(species)
        self._boxes = QVBoxLayout()
        for part in (self.taxa, self.kin_note):
            inside.addWidget(part)
        inside.addLayout(self._boxes)
        asked = QWidget()
        question = QVBoxLayout(asked)
        question.addWidget(self.sentence)
        label = PlainLabel(self.tr("Name in the mails"))
        label.setBuddy(self.name)
        question.addWidget(label)
        question.addWidget(self.name)
        for page in (species, self.datasets, self.lists, self.region, asked):
            self.pages.addWidget(self._top(page))
        title = PlainLabel(self.tr("Mail me about new observations of"))
        title.setBuddy(self.kind)
        title.setWordWrap(True)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.accept)
        column = QVBoxLayout(self)
        for part in (title, self.kind, self.pages, self.notice):
            column.addWidget(part)
        column.addLayout(buttons)
        column.addStretch(1)

    def _top(self, part: QWidget) -> QWidget:
        if part.layout() is not None:
            part.layout().setContentsMargins(0, 0, 0, 0)
            part.layout().addStretch(1)
            return part
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(part)
        column.addStretch(1)
        return page

    def _connect(self) -> None:
        self.kind.currentIndexChanged.connect(self._on_kind)
        self.taxa.changed.connect(self._on_taxa)
        self.accept.clicked.connect(self._on_accept)
        self.cancel.clicked.connect(self.canceled)
        self.name.returnPressed.connect(self._on_accept)
        self.name.textChanged.connect(self._allow)
        self.region.changed.connect(self._allow)
        for box in (self.datasets, self.lists):
            box.currentIndexChanged.connect(self._allow)

    def open(self, kind: int = SPECIES) -> None:
        """Begin anew."""
        self.notice.clear()
        self.taxa.set_taxa(())
        self.region.open()
        self.kind.setCurrentIndex(kind)
        self._on_kind(kind)

    def open_taxon(self, taxon: TaxonRef) -> None:
        self.open(SPECIES)
        self.taxa.set_taxa((taxon,))

    def open_query(self) -> None:
        self.open(QUERY)
        self.name.setFocus()
        self.name.selectAll()

    def set_query(self, query: Optional[OccurrenceQuery], sentence: str, name: str) -> None:
        """Offer the question being asked, told back; ``None`` where there is none yet."""
        self._query = query
        self.sentence.setText(
            sentence if query is not None else self.tr("Ask something in Observations first.")
        )
        self.name.setText(name)
        self._allow()

    def set_choices(self, kind: int, choices: Sequence[tuple[str, str]]) -> None:
        """Offer datasets or lists: (id, name)."""
        box = self.datasets if kind == DATASET else self.lists
        box.clear()
        for identifier, name in choices:
            box.addItem(name, identifier)
        box.setCurrentIndex(-1)
        box.lineEdit().setPlaceholderText(self.tr("Search by name"))

    def show_kin(self, kin: Kin) -> None:
        """Offer the taxa under which records may be filed as well; they are ticked."""
        if [kin.taxon] != list(self.taxa.taxa()):
            return
        self._clear_kin()
        for taxon in kin.others:
            box = QCheckBox(name_of(taxon))
            box.setChecked(True)
            self._boxes.addWidget(box)
            self._kin.append((taxon, box))
        self.kin_note.setText(
            self.tr("Observations of it may be filed under another name. Mail me about these too:")
        )
        self.kin_note.setVisible(bool(kin.others))

    def chosen_taxa(self) -> tuple[TaxonRef, ...]:
        ticked = (taxon for taxon, box in self._kin if box.isChecked())
        return (*self.taxa.taxa(), *ticked)

    def keyPressEvent(self, event: object) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_Escape:  # type: ignore[attr-defined]
            self.canceled.emit()
        else:
            super().keyPressEvent(event)

    def _on_kind(self, kind: int) -> None:
        self.pages.setCurrentIndex(kind)
        self.notice.clear()
        box = {DATASET: self.datasets, LIST: self.lists}.get(kind)
        if box is not None and not box.count():
            box.lineEdit().setPlaceholderText(self.tr("Reading…"))
            self.choices_wanted.emit(kind)
        self._allow()

    def _on_taxa(self) -> None:
        taxa = self.taxa.taxa()
        if len(taxa) > 1:  # the last one that was chosen
            self.taxa.set_taxa(taxa[-1:])
            return
        self._clear_kin()
        if taxa:
            self.kin_wanted.emit(taxa[0])
        self._allow()

    def _clear_kin(self) -> None:
        for _, box in self._kin:
            box.hide()
            delete_later(box)
        self._kin = []
        self.kin_note.hide()

    def _allow(self, *_: object) -> None:
        ready = (
            bool(self.taxa.taxa()),
            self.datasets.currentIndex() >= 0,
            self.lists.currentIndex() >= 0,
            self.region.region() is not None,
            self._query is not None and bool(self.name.text().strip()),
        )
        self.accept.setEnabled(ready[self.kind.currentIndex()])

    def _on_accept(self, _checked: bool = False) -> None:
        if not self.accept.isEnabled():
            return
        kind = self.kind.currentIndex()
        if kind == SPECIES:
            self.taxa_accepted.emit(self.chosen_taxa())
        elif kind == DATASET:
            self.dataset_accepted.emit(self.datasets.currentData(), self.datasets.currentText())
        elif kind == LIST:
            self.list_accepted.emit(self.lists.currentData())
        elif kind == REGION:
            self.region_accepted.emit(self.region.region())
        else:
            self.query_accepted.emit(self._query, self.name.text().strip())
