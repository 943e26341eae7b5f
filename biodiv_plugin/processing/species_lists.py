"""The algorithm *List the species lists*."""

from __future__ import annotations

from typing import Any, Mapping

from qgis.core import (
    QgsField,
    QgsFields,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterString,
)
from qgis.PyQt.QtCore import QMetaType

from biodiv_plugin.portal.errors import SignInRequired
from biodiv_plugin.processing.base import PortalAlgorithm, table_row
from biodiv_plugin.use_cases.browse_lists import ListEntry, Shelf, browse_lists


class SpeciesLists(PortalAlgorithm):
    """The lists one can read, one's own and shared ones first, as a table."""

    group_id = "specieslists"
    uses_account = True

    def name(self) -> str:
        return "specieslists"

    def displayName(self) -> str:  # noqa: N802
        return self.tr("List the species lists")

    def tags(self) -> list[str]:
        return self.tr("species,list,index,mine").split(",")

    def initAlgorithm(self, config: Any = None) -> None:  # noqa: N802
        self.addParameter(
            QgsProcessingParameterString(
                "SEARCH", self.tr("Words in name or description"), "", optional=True
            )
        )
        self.addParameter(
            QgsProcessingParameterBoolean("MINE", self.tr("Only mine and shared with me"), False)
        )
        self.add_table(self.tr("Species lists"))
        self.addOutput(QgsProcessingOutputNumber("COUNT", self.tr("Number of lists")))

    def work(
        self,
        parameters: Mapping[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        account = self.services.session.account
        only_mine = self.parameterAsBoolean(parameters, "MINE", context)
        if only_mine and account is None:
            raise SignInRequired("one's own lists")
        user_id = account.user_id if account is not None else ""
        words = self.parameterAsString(parameters, "SEARCH", context).lower().strip()
        entries = [
            entry
            for entry in browse_lists(self.services.species_lists, user_id, feedback)
            if words in f"{entry.info.name}\n{entry.info.description}".lower()
            and (not only_mine or entry.shelf is Shelf.MINE)
        ]
        columns = _columns()
        rows = (table_row(columns, _cells(entry)) for entry in entries)
        return {**self.save(parameters, context, columns, rows), "COUNT": len(entries)}


def _columns() -> QgsFields:
    fields = QgsFields()
    for name in ("list", "name", "type", "shelf", "description", "updated"):
        fields.append(QgsField(name, QMetaType.Type.QString))
    fields.append(QgsField("names", QMetaType.Type.LongLong))
    for name in ("private", "authoritative", "threatened", "invasive"):
        fields.append(QgsField(name, QMetaType.Type.Bool))
    return fields


def _cells(entry: ListEntry) -> list[Any]:
    info = entry.info
    texts = (info.druid, info.name, info.list_type, entry.shelf.value, info.description)
    flags = (entry.private, info.authoritative, info.threatened, info.invasive)
    return [*(text or None for text in texts), info.updated, info.item_count, *flags]
