"""The form of an analysis, made of the inputs that the portal declares."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Mapping, Optional

from qgis.core import QgsCoordinateTransformContext
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QVBoxLayout, QWidget

from biodiv_plugin.gui.layers.analyses.area_field import AreaInput
from biodiv_plugin.gui.layers.analyses.fields import (
    ChoiceField,
    ColourField,
    FlagField,
    InputField,
    ManyField,
    NumberField,
    TextField,
)
from biodiv_plugin.gui.layers.analyses.layer_field import EnvelopeField, LayerField
from biodiv_plugin.gui.layers.analyses.species_field import SpeciesField
from biodiv_plugin.portal.analysis import Process, ProcessInput
from biodiv_plugin.translation import translate
from biodiv_plugin.use_cases.name_analysis import choices_of
from biodiv_plugin.use_cases.run_analysis import OwnPolygons

_FIELDS = {
    "double": NumberField,
    "int": NumberField,
    "boolean": FlagField,
    "species": SpeciesField,
    "layer": LayerField,
    "envelope": EnvelopeField,
    "colour": ColourField,
}
_UPLOAD = "upload"  # a file of one's own: the portal's own pages alone can send one


@dataclass(frozen=True)
class AskedAnalysis:
    """What was filled in: ``given`` as ``complete_inputs`` takes it."""

    process: Process
    given: Mapping[str, Any] = field(default_factory=dict)
    polygons: Optional[OwnPolygons] = None


class AnalysisForm(QWidget):
    """A field for each input, in the portal's order, but what an analysis is about comes first."""

    submitted = pyqtSignal()  # by Enter

    def __init__(self, process: Process, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.process = process
        self.fields: dict[str, InputField] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for wanted in sorted(process.inputs, key=_rank):
            made = self._field(wanted)
            if made is not None:
                self.fields[wanted.name] = made
                column.addWidget(made)
            if isinstance(made, (NumberField, TextField)):
                made.edit.returnPressed.connect(self.submitted)

    def areas(self) -> tuple[AreaInput, ...]:
        return tuple(f for f in self.fields.values() if isinstance(f, AreaInput))

    def layers(self) -> tuple[LayerField, ...]:
        return tuple(f for f in self.fields.values() if isinstance(f, LayerField))

    def species(self) -> tuple[SpeciesField, ...]:
        return tuple(f for f in self.fields.values() if isinstance(f, SpeciesField))

    def problem(self) -> str:
        """Return the first thing that is wrong, in a sentence, and go there; "" for nothing."""
        for wanted in self.process.inputs:
            if wanted.type == _UPLOAD and not wanted.optional:
                return translate(
                    "AnalysisForm", "This analysis wants a file, which QGIS cannot send."
                )
        for made in self.fields.values():
            problem = made.problem()
            if problem:
                made.setFocus()
                return problem
        return ""

    def asked(self, context: QgsCoordinateTransformContext) -> AskedAnalysis:
        """Return what was filled in; nothing of it may be wrong."""
        given = {name: made.value() for name, made in self.fields.items()}
        own = (made.polygons(context) for made in self.areas())
        return AskedAnalysis(
            self.process,
            {name: value for name, value in given.items() if value is not None},
            next((polygons for polygons in own if polygons is not None), None),
        )

    def _field(self, wanted: ProcessInput) -> Optional[InputField]:
        if wanted.type == _UPLOAD:
            return None
        if wanted.type == "area":
            return AreaInput(self.process, wanted, own=not self.areas())
        if wanted.type == "list" and choices_of(self.process, wanted):
            return (ManyField if wanted.multiple else ChoiceField)(self.process, wanted)
        if wanted.type == "list" and wanted.optional:
            return None  # nothing to choose
        return _FIELDS.get(wanted.type, TextField)(self.process, wanted)


def _rank(wanted: ProcessInput) -> int:
    """Return 0 for what an analysis is about, 1 for how it is done, 2 for yes or no."""
    if wanted.type in ("area", "species", "layer", "envelope"):
        return 0
    return 2 if wanted.type == "boolean" else 1
