"""Where the records may come from: datasets, licences, kinds of source; and one's own filters."""

from __future__ import annotations

from dataclasses import replace
from typing import Mapping, Optional, Sequence

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QFormLayout, QLineEdit, QPlainTextEdit, QWidget

from biodiv_plugin.gui.occurrences.check_field import CheckField
from biodiv_plugin.gui.occurrences.value_group import ValueGroup
from biodiv_plugin.portal.query import OccurrenceQuery
from biodiv_plugin.use_cases.judge_occurrences import Share
from biodiv_plugin.use_cases.name_value import name_value

DATASETS, BASIS, LICENCES = "dataResourceUid", "basisOfRecord", "license"
_UNNAMED = "…"  # an id says nothing to a person


class SourceGroup(ValueGroup):
    changed = pyqtSignal()
    opened = pyqtSignal()  # the values of the records are worth asking

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent=parent)
        self.set_name(self.tr("Datasets, licence, source"))
        self.fields = {
            DATASETS: CheckField(self.tr("Datasets"), _unnamed),
            LICENCES: CheckField(self.tr("Licences")),
            BASIS: CheckField(self.tr("Kind of source"), _source),
        }
        form = QFormLayout(self)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.addRow(self.tr("Datasets"), self.fields[DATASETS])
        form.addRow(self.tr("Licences"), self.fields[LICENCES])
        form.addRow(self.tr("Kind of source"), self.fields[BASIS])
        for field in self.fields.values():
            field.changed.connect(self._on_changed)
        self.collapsedStateChanged.connect(self._on_collapsed)
        self._show()

    def applied_to(self, query: OccurrenceQuery) -> OccurrenceQuery:
        return replace(
            query,
            datasets=self.fields[DATASETS].chosen(),
            basis_of_record=self.fields[BASIS].chosen(),
            licences=self.fields[LICENCES].chosen(),
        )

    def show_query(self, query: OccurrenceQuery) -> None:
        """Set the form to ``query``, without telling."""
        self.fields[DATASETS].choose(query.datasets)
        self.fields[BASIS].choose(query.basis_of_record)
        self.fields[LICENCES].choose(query.licences)
        self._show()

    def set_values(self, shares: Mapping[str, Sequence[Share]]) -> None:
        """Offer the values that the records have, by index field."""
        for name, field in self.fields.items():
            field.set_values(shares.get(name, ()))
        self._show()

    def dataset_names(self) -> dict[str, str]:
        labels = self.fields[DATASETS].labels()
        return {uid: name for uid, name in labels.items() if name != _UNNAMED}

    def lacks_names(self) -> bool:
        """Return whether a chosen dataset is still to be named by the portal."""
        return _UNNAMED in self.fields[DATASETS].chosen_labels()

    def _on_changed(self) -> None:
        self._show()
        self.changed.emit()

    def _on_collapsed(self, collapsed: bool) -> None:
        if not collapsed:
            self.opened.emit()

    def _show(self) -> None:
        chosen = [label for field in self.fields.values() for label in field.chosen_labels()]
        self.set_value(", ".join(chosen) if chosen else self.tr("all"))


class ExpertGroup(ValueGroup):
    """What the form has no word for, as the portal writes it."""

    changed = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent=parent)
        self.set_name(self.tr("Filters of your own"))
        self.text = QLineEdit()
        self.text.setPlaceholderText("genus:Vulpes")
        self.text.setAccessibleName(self.tr("Search expression"))
        self.filters = QPlainTextEdit()
        self.filters.setPlaceholderText("habitat:heide\n-sex:unknown")
        self.filters.setAccessibleName(self.tr("Filters, one a line"))
        self.filters.setTabChangesFocus(True)
        self.filters.setFixedHeight(4 * self.fontMetrics().lineSpacing())
        form = QFormLayout(self)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.addRow(self.tr("Search expression"), self.text)
        form.addRow(self.tr("Filters, one a line"), self.filters)
        self.text.textChanged.connect(self._on_changed)
        self.filters.textChanged.connect(self._on_changed)
        self._show()

    def applied_to(self, query: OccurrenceQuery) -> OccurrenceQuery:
        lines = (line.strip() for line in self.filters.toPlainText().splitlines())
        return replace(
            query, text=self.text.text().strip(), filters=tuple(line for line in lines if line)
        )

    def show_query(self, query: OccurrenceQuery) -> None:
        """Set the form to ``query``, without telling."""
        self.text.blockSignals(True)
        self.filters.blockSignals(True)
        self.text.setText(query.text)
        self.filters.setPlainText("\n".join(query.filters))
        self.text.blockSignals(False)
        self.filters.blockSignals(False)
        self._show()

    def _on_changed(self, _text: str = "") -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        query = self.applied_to(OccurrenceQuery())
        parts = [part for part in (query.text, *query.filters) if part]
        self.set_value(" · ".join(parts) if parts else self.tr("none"))


def _unnamed(_uid: str) -> str:
    return _UNNAMED


def _source(value: str) -> str:
    return name_value(BASIS, value)
