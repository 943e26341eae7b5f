"""A downloaded GeoPackage as layers of QGIS, ready to be looked at."""

from __future__ import annotations

import sqlite3
from contextlib import closing, nullcontext
from pathlib import Path
from typing import Optional

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsAttributeEditorContainer,
    QgsAttributeEditorField,
    QgsEditorWidgetSetup,
    QgsMapLayerStyle,
    QgsProviderRegistry,
    QgsVectorLayer,
    QgsVectorLayerTemporalProperties,
)

from biodiv_plugin.layers.labels import aliases, form_groups, square_aliases, value_maps
from biodiv_plugin.layers.layer_metadata import describe_layer
from biodiv_plugin.layers.manifest import Manifest, read_manifest
from biodiv_plugin.layers.merge import TABLE
from biodiv_plugin.layers.record_card import map_tip
from biodiv_plugin.layers.squares_table import SQUARES
from biodiv_plugin.layers.storage import told_by_storage
from biodiv_plugin.layers.styles import BLURRED, EXACT, available_styles, renderer, style_title
from biodiv_plugin.portal.errors import UnexpectedAnswer
from biodiv_plugin.translation import speaking, translate

PORTAL = "biodiv/portal"  # custom property: the address of the portal the records came from
_NAMES = ("vernacularName", "scientificName", "raw_scientificName", "recordID")
_TELLING = ("sensitive", "dataGeneralizations")
_LANGUAGE = "biodiv/language"  # custom property: in which the texts of the looks are


def open_occurrence_layers(geopackage: Path, language: str = "") -> list[QgsVectorLayer]:
    """Return the layers of a download: the squares, where it has some, and the points last."""
    layers = [open_occurrence_layer(geopackage, language)]
    squares = _open(geopackage, SQUARES, geopackage.stem)
    if squares.isValid():  # a file without squares has no such table
        layers.insert(0, _dressed(squares, _manifest(geopackage), language))
    return layers


def open_occurrence_layer(geopackage: Path, language: str = "") -> QgsVectorLayer:
    """Return the records of a download, drawn by species group.

    Further styles stand in the layer's own menu; ``apply_style`` switches as well. Texts are in
    ``language``, or in that of QGIS. No record is read, so it takes milliseconds.
    """
    return _dressed(_open(geopackage, TABLE, geopackage.stem), _manifest(geopackage), language)


def apply_style(layer: QgsVectorLayer, name: str) -> None:
    """Draw ``layer`` in one of the styles of :mod:`biodiv_plugin.layers.styles`."""
    title = style_title(name)
    manager = layer.styleManager()
    if title in manager.styles():
        manager.setCurrentStyle(title)
    else:
        layer.setRenderer(renderer(layer, name))
    layer.triggerRepaint()


def embed_styles(geopackage: Path, title: str) -> None:
    """Keep styles, form and metadata in the file, for whoever opens it without this plugin.

    ``title`` is what the layers will be called. Safe in any thread. Raises ``StorageFailed``.
    """
    manifest = _manifest(geopackage)
    sensitive = _sensitive_records(geopackage)
    with told_by_storage(geopackage):
        for table in (TABLE, SQUARES):
            layer = _open(geopackage, table, title)
            if not layer.isValid():
                continue
            for known, present in sensitive.items():
                layer.setCustomProperty(known, int(present))
            _dress(layer, manifest)
            layer.setCustomProperty(_LANGUAGE, QgsApplication.locale()[:2])
            default, *others = available_styles(layer)
            for name in (default, *others):
                layer.setRenderer(renderer(layer, name))
                problem = layer.saveStyleToDatabase(style_title(name), "", name == default, "")
                if problem:
                    raise OSError(problem)
            registry = QgsProviderRegistry.instance()
            registry.saveLayerMetadata(layer.providerType(), layer.source(), layer.metadata())
            del layer  # the file must be closed before it is moved
        with closing(sqlite3.connect(geopackage)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")  # QGIS leaves the file in WAL mode


def _open(geopackage: Path, table: str, title: str) -> QgsVectorLayer:
    if table == SQUARES:
        title = f"{title} - {translate('Layers', 'squares')}"
    return QgsVectorLayer(f"{geopackage}|layername={table}", title, "ogr")


def _manifest(geopackage: Path) -> Optional[Manifest]:
    try:
        return read_manifest(geopackage)
    except UnexpectedAnswer:  # an archive that was imported without one, or another file
        return None


def _dressed(layer: QgsVectorLayer, manifest: Optional[Manifest], language: str) -> QgsVectorLayer:
    """Give ``layer`` its looks: those kept in the file, or new ones for another language."""
    if not layer.isValid():
        return layer
    wanted = language or QgsApplication.locale()[:2]
    with speaking(language) if language else nullcontext():
        if layer.customProperty(_LANGUAGE) == wanted:
            _describe(layer, manifest)
            _restore_styles(layer)
        else:
            layer.setCustomProperty(_LANGUAGE, wanted)
            _dress(layer, manifest)
            _set_styles(layer)
    _set_time(layer)  # QGIS does not switch it on from a kept style
    return layer


def _describe(layer: QgsVectorLayer, manifest: Optional[Manifest]) -> None:
    if manifest is not None:
        layer.setCustomProperty(PORTAL, manifest.portal)
        describe_layer(layer, manifest)


def _dress(layer: QgsVectorLayer, manifest: Optional[Manifest]) -> None:
    """Set all but the style."""
    _describe(layer, manifest)
    if layer.geometryType() == Qgis.GeometryType.Polygon:
        _set_aliases(layer, square_aliases())
        layer.setDisplayExpression('"square"')
        return
    columns = layer.fields().names()
    shown = [f'"{name}"' for name in _NAMES if name in columns]
    _set_aliases(layer, aliases())
    _set_widgets(layer)
    _set_form(layer)
    layer.setDisplayExpression(f"coalesce({', '.join([*shown, 'NULL', 'NULL'])})")
    layer.setMapTipTemplate(map_tip(columns, layer.customProperty(PORTAL, "")))


def _restore_styles(layer: QgsVectorLayer) -> None:
    """Put the styles kept in the file into the layer's menu; the default one is drawn already."""
    manager = layer.styleManager()
    default, *others = map(style_title, available_styles(layer))
    manager.renameStyle(manager.currentStyle(), default)
    own, ids, names, _, _ = layer.listStylesInDatabase()  # those of other tables come after
    for number, name in list(zip(ids, names))[:own]:
        if name in others:
            kept, _ = layer.getStyleFromDatabase(number)
            manager.addStyle(name, QgsMapLayerStyle(kept))


def _set_aliases(layer: QgsVectorLayer, names: dict[str, str]) -> None:
    for index, field in enumerate(layer.fields()):
        if field.name() in names:
            layer.setFieldAlias(index, names[field.name()])


def _set_widgets(layer: QgsVectorLayer) -> None:
    for column, values in value_maps().items():
        index = layer.fields().lookupField(column)
        if index >= 0:
            choices = [{word: value} for value, word in values.items()]
            layer.setEditorWidgetSetup(index, QgsEditorWidgetSetup("ValueMap", {"map": choices}))


def _set_form(layer: QgsVectorLayer) -> None:
    form = layer.editFormConfig()
    form.setLayout(Qgis.AttributeFormLayout.DragAndDrop)
    form.clearTabs()
    root = form.invisibleRootContainer()
    for title, columns in form_groups(layer.fields().names()):
        group = QgsAttributeEditorContainer(title, root)
        for column in columns:
            index = layer.fields().lookupField(column)
            group.addChildElement(QgsAttributeEditorField(column, index, group))
        form.addTab(group)
    layer.setEditFormConfig(form)


def _set_time(layer: QgsVectorLayer) -> None:
    """Let the temporal controller work at once."""
    index = layer.fields().lookupField("eventDate")
    if index < 0 or not layer.fields()[index].isDateOrTime():
        return
    time: QgsVectorLayerTemporalProperties = layer.temporalProperties()
    time.setMode(Qgis.VectorTemporalMode.FeatureDateTimeInstantFromField)
    time.setStartField("eventDate")
    time.setIsActive(True)


def _set_styles(layer: QgsVectorLayer) -> None:
    """Give the layer all its styles; the menu of the layer tree lists them."""
    manager = layer.styleManager()
    for other in manager.styles():
        if other != manager.currentStyle():
            manager.removeStyle(other)
    default, *others = available_styles(layer)
    layer.setRenderer(renderer(layer, default))
    manager.renameStyle(manager.currentStyle(), style_title(default))
    for name in others:
        manager.addStyleFromLayer(style_title(name))
        manager.setCurrentStyle(style_title(name))
        layer.setRenderer(renderer(layer, name))
    manager.setCurrentStyle(style_title(default))


def _sensitive_records(geopackage: Path) -> dict[str, bool]:
    """Return whether there are exact and blurred positions of sensitive observations."""
    with closing(sqlite3.connect(geopackage)) as connection:
        names = {row[1] for row in connection.execute(f"PRAGMA table_info({TABLE})")}
        told = [f'"{name}" IS NOT NULL' for name in _TELLING if name in names]
        marks = ["instr(\"occurrenceID\", 'SEN')"] if "occurrenceID" in names else []
        found = {}
        for known, conditions in ((BLURRED, told), (EXACT, marks)):
            query = f"SELECT 1 FROM {TABLE} WHERE {' OR '.join(conditions) or '0'}"  # nosec B608
            found[known] = connection.execute(f"{query} LIMIT 1").fetchone() is not None
        return found
