"""The algorithm *Save species list*."""

from __future__ import annotations

from typing import Any, Mapping, Sequence

from qgis.core import (
    QgsField,
    QgsFields,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputBoolean,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterString,
)
from qgis.PyQt.QtCore import QMetaType

from biodiv_plugin.layers.name_table import table_of_features
from biodiv_plugin.portal.errors import Forbidden, SignInRequired
from biodiv_plugin.portal.species_list import LIST_TYPES, valid_druid
from biodiv_plugin.portal.species_lists import NewItem, NewList
from biodiv_plugin.processing.base import PortalAlgorithm, table_row
from biodiv_plugin.use_cases.list_owner import list_owner
from biodiv_plugin.use_cases.load_species_list import load_species_list
from biodiv_plugin.use_cases.match_list_names import expected_keys, match_list_names, to_send
from biodiv_plugin.use_cases.name_list import name_list_type
from biodiv_plugin.use_cases.save_species_list import (
    ListDraft,
    SaveMode,
    save_species_list,
)
from biodiv_plugin.use_cases.tell_saved_list import tell_saved_list

_MODES = (SaveMode.CREATE, SaveMode.REPLACE, SaveMode.APPEND)


class SaveSpeciesList(PortalAlgorithm):
    """A column of names becomes a list on the portal, replaces one, or is added to one."""

    group_id = "specieslists"
    uses_account = True

    def name(self) -> str:
        return "savespecieslist"

    def displayName(self) -> str:  # noqa: N802
        return self.tr("Save species list")

    def tags(self) -> list[str]:
        return self.tr("species,list,upload,publish").split(",")

    def initAlgorithm(self, config: Any = None) -> None:  # noqa: N802
        for parameter in (*self._input(), *self._list()):
            self.addParameter(parameter)
        self.addOutput(QgsProcessingOutputString("LIST", self.tr("List")))
        self.addOutput(QgsProcessingOutputNumber("MATCHED", self.tr("Names the portal knows")))
        self.addOutput(QgsProcessingOutputBoolean("OWNED", self.tr("The list is mine")))

    def _input(self) -> list[QgsProcessingParameterDefinition]:
        any_field = QgsProcessingParameterField.DataType.Any
        return [
            QgsProcessingParameterFeatureSource(
                "INPUT", self.tr("Names"), [QgsProcessing.SourceType.TypeVector]
            ),
            QgsProcessingParameterField(
                "NAME_FIELD", self.tr("Field with the names"), "", "INPUT", any_field
            ),
            QgsProcessingParameterField(
                "VALUE_FIELDS",
                self.tr("Fields to keep as values"),
                None,
                "INPUT",
                any_field,
                True,
                True,
            ),
        ]

    def _list(self) -> list[QgsProcessingParameterDefinition]:
        text, optional = QgsProcessingParameterString, {"optional": True}
        return [
            QgsProcessingParameterEnum(
                "MODE",
                self.tr("What to make of it"),
                [
                    self.tr("Make a new list"),
                    self.tr("Replace a list"),
                    self.tr("Add to a list"),
                ],
                False,
                0,
            ),
            text("LIST_NAME", self.tr("Name of the new list"), "", **optional),
            text("LIST", self.tr("List to replace or add to (dr…)"), "", **optional),
            QgsProcessingParameterEnum(
                "LIST_TYPE",
                self.tr("Type"),
                [name_list_type(kind) for kind in LIST_TYPES],
                False,
                LIST_TYPES.index("OTHER"),
            ),
            QgsProcessingParameterBoolean("PRIVATE", self.tr("Private"), True),
            text("DESCRIPTION", self.tr("Description"), "", **optional),
            QgsProcessingParameterFeatureSink(
                "UNMATCHED",
                self.tr("Names unknown to the portal"),
                QgsProcessing.SourceType.TypeVector,
                optional=True,
                createByDefault=False,
            ),
        ]

    def work(
        self,
        parameters: Mapping[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        services = self.services
        services.session.ensure_fresh(feedback)
        owner = list_owner(services.session.account, services.session.tokens)
        reviewed = match_list_names(
            self._items(parameters, context), services.taxa, feedback=feedback
        )
        mode = _MODES[self.parameterAsEnum(parameters, "MODE", context)]
        draft = self._draft(parameters, context, mode, to_send(reviewed), feedback)
        draft = ListDraft(draft.content, mode, draft.druid, expected_keys(reviewed))
        try:
            saved = save_species_list(
                draft, services.species_lists, services.list_store, owner, feedback
            )
        except SignInRequired as refused:
            if services.session.account is None or refused.status != 401:
                raise
            raise Forbidden("a list of somebody else", url=refused.url) from refused
        told, warning = tell_saved_list(saved, draft.content.name, draft.content.private)
        for sentence in told:
            (feedback.pushWarning if warning else feedback.pushInfo)(sentence)
        outputs = {"LIST": saved.druid, "MATCHED": saved.matched, "OWNED": saved.owned is True}
        return {**outputs, **self._write_unmatched(parameters, context, saved.unmatched)}

    def _items(
        self, parameters: Mapping[str, Any], context: QgsProcessingContext
    ) -> tuple[NewItem, ...]:
        source = self.source_of(parameters, "INPUT", context)
        name = self.parameterAsString(parameters, "NAME_FIELD", context)
        values = self.parameterAsStrings(parameters, "VALUE_FIELDS", context)
        table = table_of_features(source.sourceName(), source.fields(), source.getFeatures())
        at = [table.headers.index(value) for value in values]
        return tuple(dict.fromkeys(table.items(table.headers.index(name), at)))

    def _draft(
        self,
        parameters: Mapping[str, Any],
        context: QgsProcessingContext,
        mode: SaveMode,
        items: Sequence[NewItem],
        feedback: QgsProcessingFeedback,
    ) -> ListDraft:
        name = self.parameterAsString(parameters, "LIST_NAME", context).strip()
        druid = self.parameterAsString(parameters, "LIST", context).strip()
        if mode is not SaveMode.CREATE:
            lists = self.services.species_lists
            name = name or load_species_list(valid_druid(druid), lists, True, feedback).info.name
        content = NewList(
            name,
            tuple(items),
            LIST_TYPES[self.parameterAsEnum(parameters, "LIST_TYPE", context)],
            self.parameterAsString(parameters, "DESCRIPTION", context).strip(),
            private=self.parameterAsBoolean(parameters, "PRIVATE", context),
        )
        return ListDraft(content, mode, "" if mode is SaveMode.CREATE else druid)

    def _write_unmatched(
        self,
        parameters: Mapping[str, Any],
        context: QgsProcessingContext,
        names: Sequence[str],
    ) -> dict[str, Any]:
        fields = QgsFields()
        fields.append(QgsField("name", QMetaType.Type.QString))
        rows = (table_row(fields, [name]) for name in names)
        return self.save(parameters, context, fields, rows, name="UNMATCHED")
