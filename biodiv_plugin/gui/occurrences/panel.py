"""The form of the section *Observations*: what is asked for, and what the portal holds of it."""

from __future__ import annotations

from datetime import date
from html import escape
from typing import Optional, Sequence

from qgis.PyQt.QtCore import QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QResizeEvent
from qgis.PyQt.QtWidgets import (
    QBoxLayout,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from biodiv_plugin.gui.notices import Notice
from biodiv_plugin.gui.occurrences.area_field import AreaField
from biodiv_plugin.gui.occurrences.judge_panel import JudgePanel
from biodiv_plugin.gui.occurrences.list_field import ListField
from biodiv_plugin.gui.occurrences.period_field import PeriodField
from biodiv_plugin.gui.occurrences.quality_group import QualityGroup
from biodiv_plugin.gui.occurrences.query_bar import QueryBar
from biodiv_plugin.gui.occurrences.source_group import ExpertGroup, SourceGroup
from biodiv_plugin.gui.occurrences.taxon_card import TaxonCardPanel
from biodiv_plugin.gui.plain import HtmlLabel, PlainLabel
from biodiv_plugin.gui.taxon_field import TaxonField
from biodiv_plugin.portal.query import OccurrenceQuery
from biodiv_plugin.use_cases.complete_query import CompleteQuery, with_list

WIDE = 700  # pixels; from here on the answer stands beside the question
ZOOM = "zoom"  # the link that shows on the map what lies outside it


class OccurrencePanel(QWidget):
    """Turns what the user chooses into a query without its area, and shows how it fares.

    It knows no client, no task and no project: it tells what is wanted by its signals and is
    told what came of it by its slots.
    """

    changed = pyqtSignal()
    download_requested = pyqtSignal()
    preview_requested = pyqtSignal()
    notify_requested = pyqtSignal()
    species_requested = pyqtSignal()
    judge_toggled = pyqtSignal(bool)
    relax_requested = pyqtSignal(str)  # a part of the question to drop, or ``ZOOM``

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._loading = False
        self.bar = QueryBar()
        self.taxa = TaxonField()
        self.card = TaxonCardPanel()
        self.lists = ListField()
        self.area = AreaField()
        self.period = PeriodField()
        self.quality = QualityGroup()
        self.sources = SourceGroup()
        self.expert = ExpertGroup()
        self._sentence = HtmlLabel()
        self._sentence.setWordWrap(True)
        self._sentence.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self._said = ""
        self.notice = Notice()
        self.judge = JudgePanel()
        self.judge.hide()
        self._judge = QPushButton(self.tr("Is This Good Enough?"))
        self._judge.setCheckable(True)
        self._preview = QPushButton(self.tr("Show on Map"))
        self._preview.setToolTip(
            self.tr("Add a layer that the portal draws; nothing is downloaded")
        )
        self._download = QPushButton(self.tr("Download…"))
        self._notify = QPushButton(self.tr("Notify Me…"))
        self._notify.setToolTip(self.tr("Hear of new observations that answer this question"))
        self._species = QPushButton(self.tr("Species in This Area"))
        self._species.setToolTip(
            self.tr("Add a table of the species found, with their official lists")
        )
        for button in self._buttons():
            button.setEnabled(False)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        asked = QWidget()
        ask = QVBoxLayout(asked)  # a form layout gives texts that wrap a wrong height
        ask.setContentsMargins(0, 0, 0, 0)
        ask.setSpacing(3)
        ask.addWidget(self.bar)
        for name, part in (
            (self.tr("Species"), self.taxa),
            ("", self.card),
            (self.tr("Species list"), self.lists),
            (self.tr("Area"), self.area),
            (self.tr("Period"), self.period),
        ):
            if name:
                label = PlainLabel(name)
                label.setBuddy(part)
                ask.addWidget(label)
            ask.addWidget(part)
        for group in (self.period.group, self.quality, self.sources, self.expert):
            ask.addWidget(group)
        ask.addStretch(1)
        looks = QGridLayout()  # what one looks at before a download
        looks.addWidget(self._judge, 0, 0)
        looks.addWidget(self._preview, 0, 1)
        looks.addWidget(self._species, 1, 0)
        looks.addWidget(self._notify, 1, 1)
        for half in (0, 1):
            looks.setColumnStretch(half, 1)
        main = QHBoxLayout()
        main.addStretch(1)
        main.addWidget(self._download)
        answered = QWidget()
        self._answer = QVBoxLayout(answered)
        self._answer.setContentsMargins(0, 0, 0, 0)
        self._answer.addWidget(self._sentence)
        self._answer.addWidget(self.notice)
        self._answer.addLayout(looks)
        self._answer.addLayout(main)
        self._answer.addWidget(self.judge)
        self._answer.addStretch(1)
        self._halves = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._halves.setContentsMargins(4, 2, 4, 2)
        self._halves.addWidget(asked)
        self._halves.addWidget(answered)
        self._halves.addStretch(1)

    def _connect(self) -> None:
        for part in (
            self.taxa,
            self.lists,
            self.area,
            self.period,
            self.quality,
            self.sources,
            self.expert,
        ):
            part.changed.connect(self._on_changed)
        self._sentence.linkActivated.connect(self.relax_requested)
        self._judge.toggled.connect(self._on_judge)
        self._preview.clicked.connect(self.preview_requested)
        self._download.clicked.connect(self.download_requested)
        self._notify.clicked.connect(self.notify_requested)
        self._species.clicked.connect(self.species_requested)
        self.judge.year_applied.connect(self._set_first_year)
        self.judge.uncertainty_applied.connect(self.quality.uncertainty.setValue)

    def add_answer(self, widget: QWidget) -> None:
        """Put ``widget`` beneath the buttons of the answer."""
        self._answer.insertWidget(self._answer.indexOf(self.judge), widget)

    def query(self) -> OccurrenceQuery:
        """Return what is asked for; the area is left to whoever knows the map."""
        first, last = self.period.period()
        query = OccurrenceQuery(
            taxa=self.taxa.taxa(),
            date_from=first,
            date_to=last,
            months=self.period.months(),
            flanders_only=self.area.flanders_only(),
        )
        for part in (self.quality, self.sources, self.expert):
            query = part.applied_to(query)
        return with_list(query, self.lists.species_list())

    def set_query(self, asked: CompleteQuery) -> None:
        """Show a question that came from elsewhere; its area is left to whoever knows the map."""
        query = asked.query
        self._loading = True
        self.taxa.set_taxa(query.taxa)
        self.lists.set_list(asked.species_list)
        self.period.set_period(query.date_from, query.date_to, query.months)
        for part in (self.quality, self.sources, self.expert):
            part.show_query(query)
        self._loading = False
        self.changed.emit()

    def show_counting(self) -> None:
        self.notice.clear()
        self._allow(False)
        self._say(escape(self.tr("Counting…")), self.tr("Counting…"))

    def show_incomplete(self, sentence: str) -> None:
        """Say what is still to be chosen before one can count."""
        self.notice.clear()
        self._allow(False)
        self._say(escape(sentence), sentence)

    def show_count(
        self, sentence: str, remarks: Sequence[tuple[str, str, str]], can_download: bool
    ) -> None:
        """Show the question told back, and remarks: (sentence, link, its label); "" is none."""
        html, plain = [escape(sentence)], [sentence]
        for remark, link, label in remarks:
            plain.append(remark)
            offer = f' <a href="{escape(link)}">{escape(label)}</a>' if link else ""
            html.append(escape(remark) + offer)
        self._say(" ".join(html), " ".join(plain))
        self._allow(can_download)
        self._notify.setEnabled(True)  # also where there is nothing yet

    def show_failure(self) -> None:
        self._say("", "")
        self._allow(False)

    def sentence(self) -> str:
        """Return what is told, without the links."""
        return self._said

    def is_judging(self) -> bool:
        return self._judge.isChecked()

    def set_download_label(self, signed_in: bool) -> None:
        """The button stays enabled for who is signed out, and says what it will do first."""
        self._download.setText(
            self.tr("Download…") if signed_in else self.tr("Sign In and Download…")
        )

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        wide = self.width() >= WIDE
        side_by_side = QBoxLayout.Direction.LeftToRight
        self._halves.setDirection(side_by_side if wide else QBoxLayout.Direction.TopToBottom)
        for place, stretch in enumerate((1, 1, 0) if wide else (0, 0, 1)):
            self._halves.setStretch(place, stretch)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return what the halves need above each other, else it could not become narrow again."""
        hint = super().minimumSizeHint()
        halves = [self._halves.itemAt(place).widget() for place in (0, 1)]
        margins = self._halves.contentsMargins()
        widest = max(half.minimumSizeHint().width() for half in halves)
        hint.setWidth(widest + margins.left() + margins.right())
        return hint

    def _say(self, html: str, plain: str) -> None:
        self._sentence.setText(html)
        self._sentence.setAccessibleName(plain)
        self._said = plain

    def _buttons(self) -> tuple[QPushButton, ...]:
        return self._judge, self._preview, self._species, self._notify, self._download

    def _allow(self, some: bool) -> None:
        for button in self._buttons()[1:]:
            button.setEnabled(some)
        self._judge.setEnabled(some or self._judge.isChecked())

    def _on_changed(self) -> None:
        if not self._loading:
            self.changed.emit()

    def _on_judge(self, checked: bool) -> None:
        self.judge.setVisible(checked)
        self.judge_toggled.emit(checked)

    def _set_first_year(self, year: int) -> None:
        _, last = self.period.period()
        self.period.set_period(date(year, 1, 1), last, self.period.months())
