"""The species that an analysis is about."""

from __future__ import annotations

from qgis.PyQt.QtWidgets import QCheckBox

from biodiv_plugin.gui.layers.analyses.fields import InputField
from biodiv_plugin.gui.taxon_field import TaxonField
from biodiv_plugin.portal.analysis import Process, ProcessInput
from biodiv_plugin.portal.query import OccurrenceQuery
from biodiv_plugin.translation import translate
from biodiv_plugin.use_cases.analysis_inputs import ChosenSpecies
from biodiv_plugin.use_cases.tell_query import name_of


class SpeciesField(InputField):
    """Some taxa, whose observations count together, or all that there are."""

    def __init__(self, process: Process, wanted: ProcessInput) -> None:
        super().__init__(process, wanted)
        self.taxa = TaxonField()
        self.all = QCheckBox(translate("AnalysisForm", "all species"))
        self.all.toggled.connect(self.taxa.setDisabled)
        self.put(self.taxa)
        self.column.addWidget(self.all)
        self.all.setVisible(self.required)

    @property
    def required(self) -> bool:
        return not self.wanted.optional and self.wanted.minimum != 0

    def value(self) -> object:
        """Return ``ChosenSpecies``; the portal fetches the records itself."""
        if self.all.isChecked():
            return ChosenSpecies(OccurrenceQuery(), self.all.text())
        taxa = self.taxa.taxa()
        if not taxa:
            return None
        names = ", ".join(name_of(taxon) for taxon in taxa)
        return ChosenSpecies(OccurrenceQuery(taxa=taxa), names)
