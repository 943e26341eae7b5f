"""The review of a list's names before anything is sent, and what the list is to be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional, Sequence

from qgis.PyQt.QtCore import QLocale, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from biodiv_plugin.gui.lists.columns import fit_columns
from biodiv_plugin.gui.lists.names import NameModel
from biodiv_plugin.gui.notices import Notice
from biodiv_plugin.gui.plain import PlainLabel
from biodiv_plugin.gui.taxon_field import TaxonField
from biodiv_plugin.portal.query import TaxonRef
from biodiv_plugin.portal.species_list import LIST_TYPES
from biodiv_plugin.use_cases.browse_lists import ListEntry
from biodiv_plugin.use_cases.list_backup import UnfinishedSave
from biodiv_plugin.use_cases.match_list_names import NameState, ReviewedName
from biodiv_plugin.use_cases.name_list import name_list_type
from biodiv_plugin.use_cases.save_species_list import SaveMode


@dataclass(frozen=True)
class ListChoice:
    """What to make of the reviewed names. ``druid`` is the list to replace or add to."""

    mode: SaveMode
    name: str
    list_type: str = "OTHER"
    description: str = ""
    private: bool = True
    druid: str = ""


class ListReview(QWidget):
    """Shows names with what they stand for; asks nobody itself."""

    save_requested = pyqtSignal(object)  # a ListChoice
    back_requested = pyqtSignal()
    stop_requested = pyqtSignal()
    changed = pyqtSignal()  # what would be sent

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._fixed: Optional[ListEntry] = None
        self.names = NameModel(self)
        self.summary, self.difference = PlainLabel(), PlainLabel()
        for label in (self.summary, self.difference):
            label.setWordWrap(True)
        self.doubtful = QCheckBox(self.tr("Only names to look at"))
        self.view = self._table()
        self.accept = QPushButton(self.tr("Accept"))
        self.accept.setToolTip(self.tr("Take the taxon that was found for the selected names"))
        self.leave = QPushButton(self.tr("Leave Out"))
        self.other = TaxonField()
        self.other.setToolTip(self.tr("Choose another species for the selected name"))
        self.mode, self.target = QComboBox(), QComboBox()
        for label, mode in (
            (self.tr("Make a new list"), SaveMode.CREATE),
            (self.tr("Add to a list of mine"), SaveMode.APPEND),
            (self.tr("Replace a list of mine"), SaveMode.REPLACE),
        ):
            self.mode.addItem(label, mode)
        for box in (self.mode, self.target):  # narrower than the longest name
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setMinimumContentsLength(8)
        self.mode.setAccessibleName(self.tr("What to make of it"))
        self.target.setAccessibleName(self.tr("List"))
        self.name, self.description = QLineEdit(), QLineEdit()
        self.type = QComboBox()
        for list_type in LIST_TYPES:
            self.type.addItem(name_list_type(list_type), list_type)
        self.type.setSizeAdjustPolicy(self.mode.sizeAdjustPolicy())
        self.type.setMinimumContentsLength(8)
        self.private = QCheckBox(self.tr("Private: only I see it"))
        self.notice = Notice()
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)  # the portal does not tell how far it is
        self.progress.setTextVisible(False)
        self.doing = PlainLabel()
        self.doing.setWordWrap(True)
        self.stop = QPushButton(self.tr("Cancel"))
        self.back = QPushButton(self.tr("Back"))
        self.save = QPushButton(self.tr("Save on the Portal"))
        self._lay_out()
        self._connect()
        self.show_idle()

    def _table(self) -> QTableView:
        view = QTableView()
        view.setModel(self.names)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setWordWrap(False)
        view.setTabKeyNavigation(False)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(view.fontMetrics().height() + 6)
        view.horizontalHeader().setResizeContentsPrecision(50)  # rows that are measured
        view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        view.setAccessibleName(self.tr("Names to review"))
        return view

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(self.accept)
        line.addWidget(self.leave)
        self._form = QFormLayout()
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self._form.addRow(self.tr("Other species"), self.other)
        self._form.addRow(self.mode)
        self._form.addRow(self.tr("List"), self.target)
        self._form.addRow(self.tr("Name"), self.name)
        self._form.addRow(self.tr("Type"), self.type)
        self._form.addRow(self.tr("Description"), self.description)
        self._form.addRow(self.private)
        buttons = QHBoxLayout()
        buttons.addWidget(self.back)
        buttons.addStretch(1)
        buttons.addWidget(self.save)
        waiting = QHBoxLayout()
        waiting.addWidget(self.progress, 1)
        waiting.addWidget(self.stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.summary)
        column.addWidget(self.doubtful)
        column.addWidget(self.view, 1)
        column.addLayout(line)
        column.addLayout(self._form)
        column.addWidget(self.difference)
        column.addWidget(self.doing)
        column.addLayout(waiting)
        column.addWidget(self.notice)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self.doubtful.toggled.connect(self.names.show_doubtful_only)
        self.names.edited.connect(self._on_edited)
        self.accept.clicked.connect(self._accept)
        self.leave.clicked.connect(self._leave)
        self.other.added.connect(self._choose)
        self.mode.currentIndexChanged.connect(self._on_mode)
        self.name.returnPressed.connect(self._save)
        self.save.clicked.connect(self._save)
        self.back.clicked.connect(self.back_requested)
        self.stop.clicked.connect(self.stop_requested)
        self.view.selectionModel().selectionChanged.connect(self._on_selection)

    def open(
        self,
        lines: Sequence[ReviewedName],
        title: str,
        mine: Sequence[ListEntry],
        fixed: Optional[ListEntry] = None,
    ) -> None:
        """Review ``lines``; ``fixed`` is the list that they replace, else one chooses."""
        self._fixed = fixed
        self.notice.clear()
        self.names.set_lines(lines)
        doubtful = any(line.state is not NameState.SURE for line in lines)
        self.doubtful.setChecked(False)
        self.doubtful.setEnabled(doubtful)
        self.target.clear()
        for entry in mine:
            self.target.addItem(entry.info.name, entry.druid)
        self.name.setText(fixed.info.name if fixed else title)
        self.description.clear()
        self.type.setCurrentIndex(self.type.findData("OTHER"))
        self.private.setChecked(True)
        self.mode.setCurrentIndex(0)
        for row in (SaveMode.APPEND, SaveMode.REPLACE):
            self.mode.model().item(self.mode.findData(row)).setEnabled(bool(mine))
        self.show_difference(())
        fit_columns(self.view)
        self._on_mode()
        self._on_edited()
        self._on_selection()
        self.show_idle()

    def choice(self) -> ListChoice:
        if self._fixed is not None:
            return ListChoice(SaveMode.REPLACE, self.name.text().strip(), druid=self._fixed.druid)
        mode = self.mode.currentData()
        if mode is SaveMode.CREATE:
            return ListChoice(
                mode,
                self.name.text().strip(),
                self.type.currentData(),
                self.description.text().strip(),
                self.private.isChecked(),
            )
        name = self.target.currentText()
        return ListChoice(mode, name, druid=self.target.currentData() or "")

    def choose(self, save: UnfinishedSave) -> None:
        """Fill in what an earlier save was to be."""
        mode = SaveMode(save.mode)
        if mode is not SaveMode.CREATE:
            self.choose_target(mode, save.druid)
        self.name.setText(save.content.name)
        self.type.setCurrentIndex(max(0, self.type.findData(save.content.list_type)))
        self.description.setText(save.content.description)
        self.private.setChecked(save.content.private)

    def choose_target(self, mode: SaveMode, druid: str) -> None:
        """Add to, or replace, one of one's own lists."""
        if self.target.findData(druid) >= 0:
            self.mode.setCurrentIndex(self.mode.findData(mode))
            self.target.setCurrentIndex(self.target.findData(druid))

    def show_difference(self, sentences: Sequence[str]) -> None:
        self.difference.setText("\n".join(sentences))
        self.difference.setVisible(bool(sentences))

    def show_idle(self) -> None:
        for widget in (self.progress, self.doing, self.stop):
            widget.hide()
        self._enable(True)

    def show_doing(self, sentence: str) -> None:
        self.notice.clear()
        self.doing.setText(sentence)
        for widget in (self.progress, self.doing, self.stop):
            widget.show()
        self._enable(False)

    def _enable(self, idle: bool) -> None:
        for widget in (self.view, self.mode, self.target, self.name, self.type, self.description):
            widget.setEnabled(idle)
        for widget in (self.private, self.save, self.back, self.other, self.doubtful):
            widget.setEnabled(idle)
        if idle:
            self._on_selection()
        else:
            self.accept.setEnabled(False)
            self.leave.setEnabled(False)

    def _on_mode(self, _index: int = 0) -> None:
        mode = SaveMode.REPLACE if self._fixed is not None else self.mode.currentData()
        new = mode is SaveMode.CREATE
        for widget, shown in (
            (self.mode, self._fixed is None),
            (self.target, self._fixed is None and not new),
            (self.name, new or self._fixed is not None),
            (self.type, new),
            (self.description, new),
            (self.private, new),
        ):
            widget.setVisible(shown)
            label = self._form.labelForField(widget)
            if label is not None:
                label.setVisible(shown)
        self.changed.emit()

    def _on_edited(self) -> None:
        lines = self.names.lines()
        number = QLocale().toString
        states = [line.state for line in lines if line.included]
        parts = [
            self.tr("{n} names: {sure} certain, {check} to check, {unknown} unknown.").format(
                n=number(len(states)),
                sure=number(states.count(NameState.SURE)),
                check=number(states.count(NameState.CHECK)),
                unknown=number(states.count(NameState.UNKNOWN)),
            )
        ]
        if len(states) < len(lines):
            parts.append(self.tr("{n} are left out.").format(n=number(len(lines) - len(states))))
        self.summary.setText(" ".join(parts))
        self.changed.emit()

    def _rows(self) -> list[int]:
        return [index.row() for index in self.view.selectionModel().selectedRows()]

    def _on_selection(self, *_: object) -> None:
        lines = [self.names.line(index) for index in self.view.selectionModel().selectedRows()]
        self.accept.setEnabled(any(line.state is NameState.CHECK for line in lines if line))
        self.leave.setEnabled(bool(lines))
        self.other.setEnabled(len(lines) == 1)
        included = any(line.included for line in lines if line)
        self.leave.setText(self.tr("Leave Out") if included or not lines else self.tr("Put Back"))

    def _accept(self) -> None:
        self.names.accept(self._rows())
        self._on_selection()

    def _leave(self) -> None:
        rows = self._rows()
        lines = [self.names.line(self.names.index(row, 0)) for row in rows]
        self.names.include(rows, not any(line.included for line in lines if line))
        self._on_selection()

    def _choose(self, taxon: TaxonRef) -> None:
        rows = self._rows()
        if len(rows) == 1:
            self.names.choose(rows[0], taxon)
        self.other.set_taxa(())

    def _save(self) -> None:
        choice = self.choice()
        if choice.mode is SaveMode.CREATE and not choice.name:
            self.notice.tell(self.tr("Give the list a name."), warning=True)
            self.name.setFocus()
        elif not any(line.included for line in self.names.lines()):
            self.notice.tell(
                self.tr("A list on the portal cannot be empty. Delete it there instead."),
                warning=True,
            )
        else:
            self.save_requested.emit(choice)
