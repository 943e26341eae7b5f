"""Species with their numbers of records, years and lists, as a table without geometry."""

from __future__ import annotations

from typing import Iterable, Sequence

from qgis.core import QgsFeature, QgsField, QgsFields, QgsVectorLayer
from qgis.PyQt.QtCore import QMetaType

from biodiv_plugin.translation import translate

_NUMBERS = ("records", "firstYear", "lastYear")


def species_fields() -> QgsFields:
    """Return the columns, under their Darwin Core names and with an alias for people."""
    fields = QgsFields()
    for name, alias in _aliases().items():
        kind = QMetaType.Type.Int if name in _NUMBERS else QMetaType.Type.QString
        field = QgsField(name, kind)
        field.setAlias(alias)
        fields.append(field)
    return fields


def species_layer(name: str, rows: Iterable[Sequence[object]]) -> QgsVectorLayer:
    """Return a table in memory of ``rows`` with a value for each of the columns; what is in it
    does not reach the project's file."""
    layer = QgsVectorLayer("NoGeometry", name, "memory")
    fields = species_fields()
    layer.dataProvider().addAttributes(fields.toList())
    layer.updateFields()
    features = []
    for row in rows:
        feature = QgsFeature(fields)
        feature.setAttributes(list(row))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    for index, field in enumerate(fields):
        layer.setFieldAlias(index, field.alias())
    table = layer.attributeTableConfig()
    table.update(fields)
    table.setColumnHidden(0, True)  # the whole question is one group
    layer.setAttributeTableConfig(table)
    return layer


def _aliases() -> dict[str, str]:
    return {
        "group": translate("Species", "Group"),
        "scientificName": translate("Species", "Scientific name"),
        "vernacularName": translate("Species", "Name"),
        "taxonID": translate("Species", "Taxon number"),
        "kingdom": translate("Species", "Kingdom"),
        "family": translate("Species", "Family"),
        "records": translate("Species", "Observations"),
        "firstYear": translate("Species", "First year"),
        "lastYear": translate("Species", "Last year"),
        "lists": translate("Species", "Official lists"),
        "redListCategories": translate("Species", "Red-list category"),
    }
