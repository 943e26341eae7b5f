"""Species as chips, found while one types."""

from __future__ import annotations

from typing import Mapping, Optional, Sequence

from qgis.PyQt.QtCore import QEvent, QLocale, QModelIndex, QObject, QSize, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QIcon, QKeyEvent, QPixmap, QStandardItem, QStandardItemModel
from qgis.PyQt.QtWidgets import QCompleter, QLineEdit, QVBoxLayout, QWidget

from biodiv_plugin.deletion import delete_later
from biodiv_plugin.gui.notices import Notice
from biodiv_plugin.gui.occurrences.taxon_chip import PICTURE, TaxonChip
from biodiv_plugin.gui.plain import PlainLabel
from biodiv_plugin.portal.query import TaxonRef
from biodiv_plugin.portal.taxa import TaxonSuggestion
from biodiv_plugin.use_cases.describe_taxa import FiledUnderParent, TaxonFacts
from biodiv_plugin.use_cases.name_value import name_value
from biodiv_plugin.use_cases.tell_query import name_of

PAUSE = 300  # ms after the last key, so that the portal is not asked at each one
DWELL = 400  # ms that suggestions stand before their counts and pictures are worth asking
LEAST = 2  # letters
_TAXON = Qt.ItemDataRole.UserRole + 1
_SUGGESTION = Qt.ItemDataRole.UserRole + 2


class TaxonField(QWidget):
    """A line to type in, and a chip for each chosen taxon. It asks nobody itself."""

    changed = pyqtSignal()
    search_requested = pyqtSignal(str)
    facts_requested = pyqtSignal(object)  # keys of suggestions that are looked at
    added = pyqtSignal(object)  # the TaxonRef that the user chose
    card_requested = pyqtSignal(object)  # a TaxonRef

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._taxa: list[TaxonRef] = []
        self._facts: dict[str, TaxonFacts] = {}
        self._edit = QLineEdit()
        self._edit.setPlaceholderText(self.tr("Dutch or scientific name"))
        self._edit.setClearButtonEnabled(True)
        self._edit.setAccessibleName(self.tr("Species"))
        self._edit.installEventFilter(self)
        self._model = QStandardItemModel(self)
        self._completer = QCompleter(self._model, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.activated[QModelIndex].connect(self._on_activated)
        self._completer.setWidget(self._edit)  # not setCompleter: that would filter by prefix
        self._completer.popup().setIconSize(QSize(PICTURE, PICTURE))
        self._nothing = PlainLabel()
        self._nothing.setWordWrap(True)
        self._nothing.hide()
        self.hint = Notice()
        self._chips = QVBoxLayout()
        self._chips.setSpacing(2)
        self._pause = self._timer(PAUSE, self._search)
        self._dwell = self._timer(DWELL, self._ask_facts)
        self._edit.textEdited.connect(self._on_edited)
        self._edit.returnPressed.connect(self._on_return)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._chips)
        column.addWidget(self._edit)
        column.addWidget(self._nothing)
        column.addWidget(self.hint)
        self.setFocusProxy(self._edit)

    def taxa(self) -> tuple[TaxonRef, ...]:
        return tuple(self._taxa)

    def set_taxa(self, taxa: Sequence[TaxonRef]) -> None:
        self._taxa = list(taxa)
        self.hint.clear()
        self._show_chips()
        self.changed.emit()

    def set_suggestions(self, text: str, suggestions: Sequence[TaxonSuggestion]) -> None:
        """Show what the portal suggests for ``text``; an older answer is dropped."""
        if text != self._edit.text().strip():
            return
        self._model.clear()
        for suggestion in suggestions:
            self._model.appendRow(self._item(suggestion))
        self._nothing.setVisible(not suggestions)
        if suggestions:
            self._completer.complete()
            self._dwell.start()
        else:
            self._nothing.setText(self.tr("No species is called “{name}”.").format(name=text))
            self._completer.popup().hide()

    def set_facts(self, facts: Mapping[str, TaxonFacts]) -> None:
        """Add counts and pictures to the suggestions and chips that are still shown."""
        self._facts.update(facts)
        for row in range(self._model.rowCount()):
            self._decorate(self._model.item(row))
        self._show_chips()

    def forget_facts(self) -> None:
        """Drop the counts: another person may see other records."""
        self._facts.clear()

    def warn_of_parent(self, filed: Optional[FiledUnderParent]) -> None:
        """Tell that records of a chosen subspecies are filed under its species; offer that."""
        if filed is None or filed.taxon not in self._taxa:
            return
        number = QLocale().toString
        self.hint.tell(
            self.tr(
                "{more} observations are filed under {parent} itself, without naming the "
                "subspecies; under {name} there are {own}."
            ).format(
                more=number(filed.only_parent),
                parent=filed.parent.scientific_name,
                name=filed.taxon.scientific_name,
                own=number(filed.own),
            ),
            warning=True,
        )
        self._filed = filed
        take = self.tr("Take {name} Too")
        self.hint.offer(take.format(name=filed.parent.scientific_name), self._take_parent)

    def _take_parent(self) -> None:
        kept = [taxon for taxon in self._taxa if taxon.key != self._filed.taxon.key]
        self.set_taxa([*kept, self._filed.parent])  # the subspecies is below it

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            erases = event.key() == Qt.Key.Key_Backspace and not self._edit.text()
            if erases and self._taxa:
                self.set_taxa(self._taxa[:-1])
                return True
        return super().eventFilter(watched, event)

    def _timer(self, pause: int, slot: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(pause)
        timer.timeout.connect(slot)
        return timer

    def _on_edited(self, _text: str) -> None:
        self._dwell.stop()
        self._nothing.hide()
        self._pause.start()

    def _search(self) -> None:
        text = self._edit.text().strip()
        if len(text) >= LEAST:
            self.search_requested.emit(text)

    def _ask_facts(self) -> None:
        rows = range(self._model.rowCount())
        keys = [self._model.item(row).data(_TAXON).key for row in rows]
        unknown = [key for key in keys if key not in self._facts]
        if unknown and self._completer.popup().isVisible():
            self.facts_requested.emit(unknown)

    def _on_return(self) -> None:
        popup = self._completer.popup()
        if popup.isVisible() and self._model.rowCount():
            chosen = popup.currentIndex()
            row = chosen.row() if chosen.isValid() else 0
            self._add(self._model.item(row).data(_TAXON))
        else:
            self._pause.stop()
            self._search()

    def _on_activated(self, index: QModelIndex) -> None:
        self._add(index.data(_TAXON))

    def _add(self, taxon: TaxonRef) -> None:
        self._dwell.stop()
        self._completer.popup().hide()
        self._edit.clear()
        if taxon is not None and taxon.key not in {known.key for known in self._taxa}:
            self.set_taxa([*self._taxa, taxon])
            self.added.emit(taxon)

    def _item(self, suggestion: TaxonSuggestion) -> QStandardItem:
        taxon = TaxonRef(suggestion.key, suggestion.scientific_name, suggestion.vernacular_name)
        item = QStandardItem()
        item.setData(taxon, _TAXON)
        item.setData(suggestion, _SUGGESTION)
        self._decorate(item)
        return item

    def _decorate(self, item: QStandardItem) -> None:
        taxon, suggestion = item.data(_TAXON), item.data(_SUGGESTION)
        facts = self._facts.get(taxon.key)
        lines = [name_value("rank", suggestion.rank)]
        names = {suggestion.scientific_name.lower(), suggestion.vernacular_name.lower()}
        others = [name for name in suggestion.matched if name.lower() not in names]
        if others:  # the accepted name stands above
            lines.append(self.tr("found as {name}").format(name=others[0]))
        if facts is not None and facts.records is not None:
            number = QLocale().toString(facts.records)
            lines.append(self.tr("{n} observations").format(n=number))
        item.setText(f"{name_of(taxon)}\n{' · '.join(lines)}")
        item.setIcon(_icon(facts.picture if facts else b""))

    def _remove(self, taxon: TaxonRef) -> None:
        self.set_taxa([known for known in self._taxa if known != taxon])

    def _show_chips(self) -> None:
        while self._chips.count():
            old = self._chips.takeAt(0).widget()
            old.hide()
            delete_later(old)
        for taxon in self._taxa:
            facts = self._facts.get(taxon.key)
            chip = TaxonChip(taxon, facts.picture if facts else b"")
            chip.removed.connect(self._remove)
            chip.card_requested.connect(self.card_requested)
            self._chips.addWidget(chip)


def _icon(picture: bytes) -> QIcon:
    """Return the picture, or room for one, so that names stand beneath each other."""
    pixmap = QPixmap()
    if not (picture and pixmap.loadFromData(picture)):
        pixmap = QPixmap(PICTURE, PICTURE)
        pixmap.fill(Qt.GlobalColor.transparent)
    return QIcon(pixmap)
