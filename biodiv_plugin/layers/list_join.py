"""The values of a species list at the records of a layer: a join by taxon, with colours."""

from __future__ import annotations

from typing import Iterable, Optional, Sequence

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsEditorWidgetSetup,
    QgsRendererCategory,
    QgsSymbol,
    QgsVectorLayer,
    QgsVectorLayerJoinInfo,
)
from qgis.PyQt.QtGui import QColor

from biodiv_plugin.layers.list_table import (
    LIST_ID,
    SCIENTIFIC,
    TAXON,
    VERNACULAR,
    columns,
    list_layer,
)
from biodiv_plugin.portal.species_lists import ListItem

# Columns of a layer that tell the taxon, the species before the subspecies, with the column of
# the list they go with.
_BY = (
    ("speciesID", TAXON),
    ("taxonConceptID", TAXON),
    ("taxonID", TAXON),
    ("taxonKey", TAXON),
    ("species", SCIENTIFIC),
    ("scientificName", SCIENTIFIC),
    ("vernacularName", VERNACULAR),
)
# The colours that red lists have in print (IUCN), and the Flemish codes beside them.
_RED_LIST = {
    "EX": "#000000",
    "RE": "#000000",
    "EW": "#542344",
    "CR": "#d81e05",
    "EN": "#fc7f3f",
    "VU": "#f9e814",
    "NT": "#cce226",
    "LC": "#60c659",
    "DD": "#d1d1c6",
    "NE": "#ffffff",
    "NA": "#c1b5a5",
}
_OTHERS = ("#1f78b4", "#e31a1c", "#33a02c", "#ff7f00", "#6a3d9a", "#b15928", "#a6cee3", "#fb9a99")
ELSEWHERE = "#b4b4b4"  # for records whose species is not on the list
MOST_COLOURS = 40


def join_columns(layer: QgsVectorLayer) -> tuple[str, ...]:
    """Return the columns of ``layer`` that can tell its taxon, the best first."""
    names = {field.name() for field in layer.fields()}
    return tuple(name for name, _ in _BY if name in names)


def one_per_taxon(items: Iterable[ListItem], by: str = TAXON) -> tuple[ListItem, ...]:
    """Return one item for each taxon, or name: a join would take any one of several. Values
    that differ are put together."""
    found: dict[str, ListItem] = {}
    for item in items:
        key = {
            TAXON: item.taxon_key,
            SCIENTIFIC: item.scientific_name,
            VERNACULAR: item.vernacular_name,
        }[by]
        if not key:
            continue
        known = found.get(key)
        values = tuple(dict.fromkeys((*known.values, *item.values))) if known else item.values
        found[key] = ListItem(
            item.id,
            item.supplied_name,
            item.scientific_name,
            item.vernacular_name,
            item.taxon_key,
            values,
        )
    return tuple(found.values())


def lookup_table(
    name: str, list_id: str, items: Iterable[ListItem], keys: Sequence[str], column: str
) -> QgsVectorLayer:
    """Return the memory table to join to ``column`` of a layer."""
    return list_layer(name, list_id, one_per_taxon(items, dict(_BY)[column]), keys)


def column_of(keys: Sequence[str], key: str) -> str:
    """Return the column of a list's table that holds a key."""
    return columns(keys)[key]


def join_list(layer: QgsVectorLayer, table: QgsVectorLayer, column: str, prefix: str) -> None:
    """Join ``table`` to ``layer`` by ``column``; the same list joined before is replaced.

    Both must belong to one project, and the main thread does this.
    """
    list_id = table.customProperty(LIST_ID)
    for join in layer.vectorJoins():
        former = join.joinLayer()
        if former is not None and former.customProperty(LIST_ID) == list_id:
            layer.removeJoin(join.joinLayerId())
    join = QgsVectorLayerJoinInfo()
    join.setJoinLayer(table)
    join.setJoinFieldName(dict(_BY)[column])
    join.setTargetFieldName(column)
    join.setPrefix(prefix)
    join.setUsingMemoryCache(True)
    layer.addJoin(join)


def colour_by(layer: QgsVectorLayer, field: str, values: Iterable[str], elsewhere: str) -> bool:
    """Give each value of ``field`` a colour and a line in the legend; return whether it was done.

    Codes of red lists get the colours they have in print. More than 40 values are no classes.
    ``elsewhere`` names the records without a value.
    """
    classes = sorted({value for value in values if value}, key=_rank)
    symbol = QgsSymbol.defaultSymbol(layer.geometryType())
    if symbol is None or not classes or len(classes) > MOST_COLOURS:
        return False
    spare = iter(_OTHERS * (1 + len(classes) // len(_OTHERS)))
    categories = []
    for value in classes:
        own = symbol.clone()
        own.setColor(QColor(_RED_LIST.get(value.upper()) or next(spare)))
        categories.append(QgsRendererCategory(value, own, value))
    rest = symbol.clone()
    rest.setColor(QColor(ELSEWHERE))
    categories.append(QgsRendererCategory(None, rest, elsewhere))
    layer.setRenderer(QgsCategorizedSymbolRenderer(f'"{field}"', categories))
    layer.triggerRepaint()
    return True


def offer_values(layer: QgsVectorLayer, field: str, table: QgsVectorLayer) -> None:
    """Let the form of ``layer`` choose ``field`` from the names of a list.

    It refers to the table and copies nothing: the project file gets no name of the list.
    """
    setup = QgsEditorWidgetSetup(
        "ValueRelation",
        {
            "Layer": table.id(),
            "Key": SCIENTIFIC,
            "Value": SCIENTIFIC,
            "Description": VERNACULAR,
            "OrderByValue": True,
            "AllowNull": True,
            "UseCompleter": True,
            "FilterExpression": f'"{SCIENTIFIC}" IS NOT NULL',
        },
    )
    layer.setEditorWidgetSetup(layer.fields().indexOf(field), setup)


def _rank(value: str) -> tuple[int, str]:
    codes = list(_RED_LIST)
    code: Optional[str] = value.upper() if value.upper() in _RED_LIST else None
    return (codes.index(code) if code else len(codes), value.lower())
