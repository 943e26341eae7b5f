"""Inputs of an analysis that are numbers, switches, choices and texts."""

from __future__ import annotations

from typing import Callable, Optional

from qgis.gui import QgsColorButton
from qgis.PyQt.QtCore import QLocale, Qt
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from biodiv_plugin.gui.plain import PlainLabel
from biodiv_plugin.portal.analysis import Process, ProcessInput
from biodiv_plugin.translation import translate
from biodiv_plugin.use_cases.name_analysis import choices_of, default_of, name_choice, name_input

NARROW = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon  # long words do not widen
_VALUE = Qt.ItemDataRole.UserRole + 1


class InputField(QWidget):
    """One input: its label, what one fills in, and what is wrong with it.

    A subclass tells in ``value`` what is sent.
    """

    value: Callable[[], object]  # None leaves it to the portal

    def __init__(self, process: Process, wanted: ProcessInput, labelled: bool = True) -> None:
        super().__init__()
        self.wanted = wanted
        self.label = name_input(process, wanted)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(2)
        self._told = PlainLabel(self.label)
        self._told.setWordWrap(True)
        if labelled:
            self.column.addWidget(self._told)

    @property
    def required(self) -> bool:
        return not self.wanted.optional and not self.wanted.default

    def put(self, widget: QWidget) -> None:
        """Add the widget that one fills in."""
        widget.setAccessibleName(self.label)
        self._told.setBuddy(widget)
        self.setFocusProxy(widget)
        self.column.addWidget(widget)

    def problem(self) -> str:
        """Return what is wrong, in a sentence; "" for nothing."""
        if self.required and self.value() is None:
            text = translate("AnalysisForm", "“{label}” is still empty.")
            return text.format(label=self.label)
        return ""


class NumberField(InputField):
    """A number as the user's language writes it, within bounds that the label tells."""

    def __init__(self, process: Process, wanted: ProcessInput) -> None:
        super().__init__(process, wanted)
        self.edit = QLineEdit(told_number(default_of(process, wanted)))
        self.put(self.edit)
        bounds = self._bounds()
        if bounds:
            self._told.setText(f"{self.label}: {bounds}")

    def value(self) -> object:
        number = self._number()
        if number is None:
            return None
        return int(number) if self.wanted.type == "int" else number

    def problem(self) -> str:
        number = self._number()
        if number is None and self.edit.text().strip():
            text = translate("AnalysisForm", "“{label}” is no number.")
            return text.format(label=self.label)
        if number is None:
            return super().problem()
        low, high = self.wanted.minimum, self.wanted.maximum
        if (low is not None and number < low) or (high is not None and number > high):
            text = translate("AnalysisForm", "“{label}” must be {bounds}.")
            return text.format(label=self.label, bounds=self._bounds())
        if self.wanted.type == "int" and number != int(number):
            text = translate("AnalysisForm", "“{label}” must be a whole number.")
            return text.format(label=self.label)
        return ""

    def _number(self) -> Optional[float]:
        return read_number(self.edit.text())

    def _bounds(self) -> str:
        low, high = self.wanted.minimum, self.wanted.maximum
        if low is not None and high is not None:
            text = translate("AnalysisForm", "{low} to {high}")
        elif low is not None:
            text = translate("AnalysisForm", "at least {low}")
        elif high is not None:
            text = translate("AnalysisForm", "at most {high}")
        else:
            return ""
        return text.format(low=told_number(low), high=told_number(high))


class FlagField(InputField):
    def __init__(self, process: Process, wanted: ProcessInput) -> None:
        super().__init__(process, wanted, labelled=False)
        self.box = QCheckBox(self.label)
        self.box.setChecked(wanted.default == "true")
        self.put(self.box)

    def value(self) -> object:
        return self.box.isChecked()


class ChoiceField(InputField):
    """One value of several."""

    def __init__(self, process: Process, wanted: ProcessInput) -> None:
        super().__init__(process, wanted)
        self.box = QComboBox()
        self.box.setSizeAdjustPolicy(NARROW)
        for value in choices_of(process, wanted):
            self.box.addItem(told_number(value) if _is_number(value) else name_choice(value), value)
        self.box.setCurrentIndex(max(0, self.box.findData(default_of(process, wanted))))
        self.put(self.box)

    def value(self) -> object:
        return self.box.currentData()


class ManyField(InputField):
    """Some values of several."""

    def __init__(self, process: Process, wanted: ProcessInput) -> None:
        super().__init__(process, wanted)
        self.list = QListWidget()
        self.list.setMaximumHeight(110)
        for value in choices_of(process, wanted):
            item = QListWidgetItem(name_choice(value))
            item.setData(_VALUE, value)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.put(self.list)

    def value(self) -> object:
        items = [self.list.item(row) for row in range(self.list.count())]
        ticked = (item for item in items if item.checkState() == Qt.CheckState.Checked)
        return [item.data(_VALUE) for item in ticked] or None


class TextField(InputField):
    """Free text, and what the portal takes as text."""

    def __init__(self, process: Process, wanted: ProcessInput) -> None:
        super().__init__(process, wanted)
        self.edit = QLineEdit(default_of(process, wanted))
        self.put(self.edit)

    def value(self) -> object:
        return self.edit.text().strip() or None


class ColourField(InputField):
    def __init__(self, process: Process, wanted: ProcessInput) -> None:
        super().__init__(process, wanted)
        self.button = QgsColorButton()
        self.button.setColor(QColor(f"#{default_of(process, wanted) or 'FF0000'}"))
        self.put(self.button)

    def value(self) -> object:
        return self.button.color().name().lstrip("#").upper()


def _is_number(text: str) -> bool:
    return QLocale(QLocale.Language.C).toDouble(text)[1]


def read_number(text: str) -> Optional[float]:
    """Return a number as one types it, with the comma of the user's language or a point."""
    for locale in (QLocale(), QLocale(QLocale.Language.C)):
        number, understood = locale.toDouble(text.strip())
        if understood:
            return number
    return None


def told_number(number: object) -> str:
    """Return a number, or the portal's text of one, as the user's language writes it."""
    value, understood = QLocale(QLocale.Language.C).toDouble(str(number))
    if not understood:
        return str(number)
    locale = QLocale()
    locale.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
    return str(locale.toString(value, "g", 10))
