"""The tables of species lists in the project, and what they are joined to.

A project file holds no rows of these tables: QGIS keeps them in memory. It does hold a table's
name, its columns, and what a layer is coloured by, so a private list's name stays out of it.
"""

from __future__ import annotations

from typing import Optional

from qgis.core import QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QLocale, QObject

from biodiv_plugin.gui.lists.join_form import JoinChoice
from biodiv_plugin.layers import list_join
from biodiv_plugin.layers.list_table import LIST_ID, PORTAL, fill, list_layer, read_rows
from biodiv_plugin.portal.species_lists import NewItem
from biodiv_plugin.use_cases.load_species_list import LoadedList


class ListTables(QObject):
    """Adds tables to one project and knows what each held when it was filled."""

    def __init__(self, project: QgsProject, portal: str, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._project, self._portal = project, portal
        self._filled: dict[str, LoadedList] = {}  # by the id of the layer
        self._bare: set[str] = set()  # layers for a join that no line goes into

    def add(self, loaded: LoadedList) -> QgsVectorLayer:
        layer = list_layer(self.name(loaded), loaded.info.druid, loaded.items, loaded.keys)
        layer.setCustomProperty(PORTAL, self._portal)
        self._project.addMapLayer(layer)
        self._filled[layer.id()] = loaded
        return layer

    def name(self, loaded: LoadedList) -> str:
        """Return under which name the project knows a list."""
        if loaded.private:
            return self.tr("Private list {number}").format(number=loaded.info.druid)
        return loaded.info.name

    def rename(self, layer_id: str, name: str) -> None:
        layer = self._project.mapLayer(layer_id)
        if layer is not None:
            layer.setName(name)

    def of(self, druid: str) -> Optional[LoadedList]:
        """Return what the newest table of a list was filled with; ``None`` without a table."""
        layer = self._layer(druid)
        return self._filled[layer.id()] if layer is not None else None

    def holds(self, druid: str) -> bool:
        """Return whether the project has a table of a list, be it for a join alone."""
        layers = self._project.mapLayers().values()
        return any(layer.customProperty(LIST_ID) == druid for layer in layers)

    def rows(self, druid: str) -> tuple[NewItem, ...]:
        """Return the lines of the newest table of a list, as they stand now."""
        layer = self._layer(druid)
        if layer is None:
            return ()
        filled = self._filled[layer.id()]
        return read_rows(layer, filled.items, filled.keys)

    def empty(self) -> tuple[str, ...]:
        """Return the lists whose tables lost their rows when the project was closed."""
        return tuple(dict.fromkeys(str(layer.customProperty(LIST_ID)) for layer in self._empty()))

    def lost(self) -> tuple[str, ...]:
        """Return those of :meth:`empty` that are of this portal: ids are each portal's own."""
        mine = (each for each in self._empty() if each.customProperty(PORTAL) == self._portal)
        return tuple(dict.fromkeys(str(layer.customProperty(LIST_ID)) for layer in mine))

    def _empty(self) -> list[QgsVectorLayer]:
        return [
            layer
            for layer in self._project.mapLayers().values()
            if layer.customProperty(LIST_ID)
            and layer.providerType() == "memory"
            and not layer.isEditable()
            and layer.featureCount() == 0
            and self._was_full(layer.id())
        ]

    def refill(self, loaded: LoadedList) -> None:
        """Give every table of a list the content that the portal has now."""
        for layer in self._project.mapLayers().values():
            if layer.customProperty(LIST_ID) != loaded.info.druid:
                continue
            if layer.providerType() != "memory":
                continue
            if layer.isEditable():
                layer.commitChanges()
            layer.dataProvider().truncate()
            by = self._joined_by(layer)
            if by:
                lines = list_join.one_per_taxon(loaded.items, by)
                fill(layer, lines, loaded.keys)
                layer.layerModified.emit()  # a join keeps its values until it hears of others
                if not lines:
                    self._bare.add(layer.id())
            else:
                fill(layer, loaded.items, loaded.keys)
                self._filled[layer.id()] = loaded
            layer.triggerRepaint()

    def join(self, loaded: LoadedList, choice: JoinChoice) -> str:
        """Join a list to a layer and colour it; return what was done."""
        name = self.name(loaded)
        table = list_join.lookup_table(
            name, loaded.info.druid, loaded.items, loaded.keys, choice.column
        )
        table.setCustomProperty(PORTAL, self._portal)
        self._project.addMapLayer(table)
        prefix = f"{loaded.info.druid}_"
        list_join.join_list(choice.layer, table, choice.column, prefix)
        fields = choice.layer.fields()
        if not choice.key:
            return self.tr("“{name}” is joined to “{layer}”.").format(
                name=loaded.info.name, layer=choice.layer.name()
            )
        field = prefix + list_join.column_of(loaded.keys, choice.key)
        index = fields.indexOf(field)
        values = {str(value) for value in choice.layer.uniqueValues(index) if value}
        if list_join.colour_by(choice.layer, field, values, self.tr("not on the list")):
            said = self.tr("“{layer}” has the colours of {key}: {n} classes.")
        elif values:
            said = self.tr("“{layer}” has its values of {key}; {n} are too many for colours.")
        else:
            said = self.tr("None of the species of “{layer}” has a value of {key}.")
        return said.format(
            layer=choice.layer.name(), key=choice.key, n=QLocale().toString(len(values))
        )

    def offer_values(self, loaded: LoadedList, layer: QgsVectorLayer, field: str) -> str:
        """Let a form choose from the names of a list; return what was done."""
        table = self._layer(loaded.info.druid) or self.add(loaded)
        list_join.offer_values(layer, field, table)
        return self.tr(
            "In the form of “{layer}”, {field} now offers the names of the list."
        ).format(layer=layer.name(), field=field)

    def _layer(self, druid: str) -> Optional[QgsVectorLayer]:
        for layer_id, filled in reversed(tuple(self._filled.items())):
            layer = self._project.mapLayer(layer_id)
            if layer is None:
                del self._filled[layer_id]
            elif filled.info.druid == druid:
                return layer
        return None

    def _was_full(self, layer_id: str) -> bool:
        if layer_id in self._filled:
            return bool(self._filled[layer_id].items)
        return layer_id not in self._bare

    def _joined_by(self, table: QgsVectorLayer) -> str:
        """Return the column by which a table is joined, "" for one that is not: a table that
        serves a join holds each taxon once, and is no copy of the list."""
        columns = (
            join.joinFieldName()
            for layer in self._project.mapLayers().values()
            if isinstance(layer, QgsVectorLayer)
            for join in layer.vectorJoins()
            if join.joinLayerId() == table.id()
        )
        return next(columns, "")
