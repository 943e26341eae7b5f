"""A species list as a table without geometry."""

from __future__ import annotations

from typing import Iterator, Sequence

from qgis.core import QgsFeature, QgsField, QgsFields, QgsVectorLayer
from qgis.PyQt.QtCore import QMetaType

from biodiv_plugin.portal.species_lists import ListItem

LIST_ID = "biodiv/list_id"  # custom property by which a loaded list is known again
_FIXED = ("suppliedName", "scientificName", "vernacularName", "taxonID")


def list_fields(keys: Sequence[str]) -> QgsFields:
    """Return the columns of a list: the names, the taxon key, and one for each key of a value.

    A key that would hide another column, which SQLite compares without case, gets a number.
    """
    fields = QgsFields()
    taken: set[str] = set()
    for name in (*_FIXED, *keys):
        unique, number = name, 2
        while unique.lower() in taken or unique.lower() == "fid":
            unique, number = f"{name}_{number}", number + 1
        taken.add(unique.lower())
        fields.append(QgsField(unique, QMetaType.Type.QString))
    return fields


def list_features(
    items: Sequence[ListItem], keys: Sequence[str], fields: QgsFields
) -> Iterator[QgsFeature]:
    """Yield one feature an item; a key that repeats within an item has its values joined by |."""
    for item in items:
        values: dict[str, str] = {}
        for key, value in item.values:
            values[key] = f"{values[key]}|{value}" if key in values else value
        feature = QgsFeature(fields)
        names = (item.supplied_name, item.scientific_name, item.vernacular_name, item.taxon_key)
        feature.setAttributes([name or None for name in names] + [values.get(k) for k in keys])
        yield feature


def list_layer(
    name: str, list_id: str, items: Sequence[ListItem], keys: Sequence[str]
) -> QgsVectorLayer:
    """Return the list as a memory table. For the main thread, or to be moved there."""
    fields = list_fields(keys)
    layer = QgsVectorLayer("NoGeometry", name, "memory")
    provider = layer.dataProvider()
    provider.addAttributes(list(fields))
    layer.updateFields()
    provider.addFeatures(list(list_features(items, keys, fields)))
    layer.setCustomProperty(LIST_ID, list_id)
    return layer
