"""A species list as a table without geometry, and back."""

from __future__ import annotations

from typing import Iterable, Iterator, Mapping, Sequence

from qgis.core import NULL, QgsFeature, QgsField, QgsFields, QgsVectorLayer
from qgis.PyQt.QtCore import QMetaType

from biodiv_plugin.portal.species_lists import ListItem, NewItem

LIST_ID = "biodiv/list_id"  # custom property by which a loaded list is known again
PORTAL = "biodiv/list_portal"  # the address of the portal that it is on
SUPPLIED, SCIENTIFIC, VERNACULAR, TAXON = _FIXED = (
    "suppliedName",
    "scientificName",
    "vernacularName",
    "taxonID",
)
JOINED = "|"  # between the values of a key that repeats within a line


def columns(keys: Sequence[str]) -> dict[str, str]:
    """Return the column of each key, in order.

    A key that would hide another column, which SQLite compares without case, gets a number.
    """
    taken = {name.lower() for name in (*_FIXED, "fid")}
    named = {}
    for key in keys:
        unique, number = key, 2
        while unique.lower() in taken:
            unique, number = f"{key}_{number}", number + 1
        taken.add(unique.lower())
        named[key] = unique
    return named


def list_fields(keys: Sequence[str]) -> QgsFields:
    """Return the columns of a list: the names, the taxon key, and one for each key of a value."""
    fields = QgsFields()
    for name in (*_FIXED, *columns(keys).values()):
        fields.append(QgsField(name, QMetaType.Type.QString))
    return fields


def list_features(
    items: Sequence[ListItem], keys: Sequence[str], fields: QgsFields
) -> Iterator[QgsFeature]:
    """Yield one feature an item; a key that repeats within an item has its values joined by |."""
    for item in items:
        values = _by_key(item.values)
        feature = QgsFeature(fields)
        names = (item.supplied_name, item.scientific_name, item.vernacular_name, item.taxon_key)
        feature.setAttributes([name or None for name in names] + [values.get(k) for k in keys])
        yield feature


def list_layer(
    name: str, list_id: str, items: Sequence[ListItem], keys: Sequence[str]
) -> QgsVectorLayer:
    """Return the list as a memory table. For the main thread, or to be moved there.

    What the portal matched cannot be edited: it comes from the supplied name. QGIS keeps the
    rows of such a table out of the project file, but not the table's name.
    """
    layer = QgsVectorLayer("NoGeometry", name, "memory")
    provider = layer.dataProvider()
    provider.addAttributes(list(list_fields(keys)))
    layer.updateFields()
    fill(layer, items, keys)
    form = layer.editFormConfig()
    for column in (SCIENTIFIC, VERNACULAR, TAXON):
        form.setReadOnly(layer.fields().indexOf(column), True)
    layer.setEditFormConfig(form)
    layer.setCustomProperty(LIST_ID, list_id)
    return layer


def fill(layer: QgsVectorLayer, items: Sequence[ListItem], keys: Sequence[str]) -> None:
    """Put the items into an empty table of a list; columns it lacks are added."""
    provider = layer.dataProvider()
    missing = [f for f in list_fields(keys) if layer.fields().indexOf(f.name()) < 0]
    if missing:
        provider.addAttributes(missing)
        layer.updateFields()
    in_order = [layer.fields().indexOf(name) for name in (*_FIXED, *columns(keys).values())]
    rows = []
    for feature in list_features(items, keys, list_fields(keys)):
        row = QgsFeature(layer.fields())
        for index, value in zip(in_order, feature.attributes()):
            row.setAttribute(index, value)
        rows.append(row)
    provider.addFeatures(rows)
    layer.updateExtents()


def read_rows(
    layer: QgsVectorLayer, items: Sequence[ListItem], keys: Sequence[str]
) -> tuple[NewItem, ...]:
    """Return the lines of an edited table, what is not yet saved in it included.

    ``items`` and ``keys`` are those it was filled with: a cell that is as it was keeps its exact
    values. In a changed cell ``|`` parts values where the key repeated before. Columns that were
    added are new keys, those that were removed are keys that go. A row without supplied name has
    its scientific one; one with neither is left out.
    """
    original = {(item.supplied_name, *_cells(item, keys)): item for item in items}
    repeats = {key for item in items for key in _repeated(item)}
    by_column = {column: key for key, column in columns(keys).items()}
    names = [field.name() for field in layer.fields()]
    found = []
    added_last = sorted(layer.getFeatures(), key=lambda row: (row.id() < 0, abs(row.id())))
    for feature in added_last:
        cells = {name: _text(value) for name, value in zip(names, feature.attributes())}
        supplied = cells.get(SUPPLIED, "").strip() or cells.get(SCIENTIFIC, "").strip()
        if not supplied:
            continue
        values = {by_column.get(n, n): text for n, text in cells.items() if n not in _FIXED}
        as_it_was = original.get((supplied, *(values.get(key, "") for key in keys)))
        if as_it_was is not None and not values.keys() - set(keys):
            found.append(NewItem(supplied, as_it_was.values))
        else:
            found.append(NewItem(supplied, tuple(_pairs(values, repeats))))
    return tuple(found)


def _pairs(values: Mapping[str, str], repeats: Iterable[str]) -> Iterator[tuple[str, str]]:
    for key, cell in values.items():
        if key == "fid":
            continue
        for value in cell.split(JOINED) if key in repeats else (cell,):
            if value:
                yield key, value


def _by_key(values: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in values:
        found[key] = f"{found[key]}{JOINED}{value}" if key in found else value
    return found


def _cells(item: ListItem, keys: Sequence[str]) -> tuple[str, ...]:
    values = _by_key(item.values)
    return tuple(values.get(key, "") for key in keys)


def _repeated(item: ListItem) -> set[str]:
    named = [key for key, _ in item.values]
    return {key for key in named if named.count(key) > 1}


def _text(value: object) -> str:
    return "" if value is None or value == NULL else str(value)
