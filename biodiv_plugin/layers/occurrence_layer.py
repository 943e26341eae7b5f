"""A downloaded GeoPackage as layers of QGIS, ready to be looked at."""

from __future__ import annotations

import sqlite3
from contextlib import closing, nullcontext
from pathlib import Path
from typing import Iterator, Mapping, Optional

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
from biodiv_plugin.layers.storage import read_only, storage_failure, told_by_storage
from biodiv_plugin.layers.styles import BLURRED, EXACT, available_styles, renderer, style_title
from biodiv_plugin.portal.errors import UnexpectedAnswer
from biodiv_plugin.translation import speaking, translate

PORTAL = "biodiv/portal"  # custom property: the address of the portal the records came from
_NAMES = ("vernacularName", "scientificName", "raw_scientificName", "recordID")
_TELLING = ("sensitive", "dataGeneralizations")
_LOOKS = "biodiv_looks"  # table: the language of the kept styles, and which marks they need


def open_occurrence_layers(geopackage: Path) -> Iterator[QgsVectorLayer]:
    """Yield the layers of a download, each opened when it is asked for: the points, and the
    squares where it has some."""
    yield open_occurrence_layer(geopackage)
    squares = _opened(geopackage, SQUARES, "")
    if squares.isValid():  # a table only where there are some
        yield squares


def open_occurrence_layer(geopackage: Path, language: str = "") -> QgsVectorLayer:
    """Return the records of a download, drawn by species group.

    Further styles stand in the layer's own menu. Texts are in ``language``, or in that of QGIS.
    No record is read, so it takes milliseconds.
    """
    return _opened(geopackage, TABLE, language)


def embed_styles(geopackage: Path, title: str) -> None:
    """Keep styles, form and metadata in the file, for whoever opens it without this plugin.

    ``title`` is what the layers will be called. Safe in any thread. Raises ``StorageFailed``.
    """
    with told_by_storage(geopackage):
        manifest, sensitive = _manifest(geopackage), _sensitive_records(geopackage)
        for table in (TABLE, SQUARES):
            layer = _bare_layer(geopackage, table, title)
            try:
                if layer.isValid():
                    _mark(layer, sensitive)
                    _dress(layer, manifest)
                    _save_looks(layer)
            finally:
                del layer  # an error would keep it, and it the file
        with closing(sqlite3.connect(geopackage)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")  # QGIS leaves the file in WAL mode
            connection.execute(f"CREATE TABLE {_LOOKS} (language TEXT, exact INT, blurred INT)")
            connection.execute(
                f"INSERT INTO {_LOOKS} VALUES (?,?,?)",  # nosec B608 (a constant)
                (_language(), sensitive[EXACT], sensitive[BLURRED]),
            )
            connection.commit()


def _save_looks(layer: QgsVectorLayer) -> None:
    default, *others = available_styles(layer)
    for name in (default, *others):
        layer.setRenderer(renderer(layer, name))
        problem = layer.saveStyleToDatabase(style_title(name), "", name == default, "")
        if problem:
            raise storage_failure(problem, Path(layer.source().partition("|")[0]))
    registry = QgsProviderRegistry.instance()
    registry.saveLayerMetadata(layer.providerType(), layer.source(), layer.metadata())


def _bare_layer(geopackage: Path, table: str, title: str) -> QgsVectorLayer:
    """Return a layer without the style kept in the file: reading that takes longer than making
    it anew, and it may be in another language."""
    if table == SQUARES:
        squares = translate("Layers", "squares")
        title = f"{title} - {squares}"
    options = QgsVectorLayer.LayerOptions(False)
    return QgsVectorLayer(f"{geopackage}|layername={table}", title, "ogr", options)


def _language() -> str:
    return str(QgsApplication.locale()[:2])


def _manifest(geopackage: Path) -> Optional[Manifest]:
    try:
        return read_manifest(geopackage)
    except UnexpectedAnswer:  # an archive that was imported without one, or another file
        return None


def _opened(geopackage: Path, table: str, language: str) -> QgsVectorLayer:
    with speaking(language) if language else nullcontext():
        layer = _bare_layer(geopackage, table, geopackage.stem)
        if layer.isValid():
            kept, sensitive, styles = _kept_looks(geopackage, table)
            _mark(layer, sensitive)
            _dress(layer, _manifest(geopackage))
            _set_styles(layer, styles if kept == (language or _language()) else {})
    return layer


def _mark(layer: QgsVectorLayer, sensitive: Mapping[str, bool]) -> None:
    for known, present in sensitive.items():
        layer.setCustomProperty(known, int(present))


def _kept_looks(geopackage: Path, table: str) -> tuple[str, dict[str, bool], dict[str, str]]:
    """Return what the file keeps: the language, the marks needed, and its styles by title."""
    try:
        with closing(read_only(geopackage)) as file:
            looks = f"SELECT language, exact, blurred FROM {_LOOKS}"  # nosec B608 (a constant)
            language, exact, blurred = file.execute(looks).fetchone()
            styles = "SELECT styleName, styleQML FROM layer_styles WHERE f_table_name = ?"
            return language, {EXACT: exact, BLURRED: blurred}, dict(file.execute(styles, (table,)))
    except (sqlite3.Error, TypeError):  # a file of another origin
        return "", {}, {}


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
    _set_time(layer)
    layer.setDisplayExpression(f"coalesce({', '.join([*shown, 'NULL', 'NULL'])})")
    layer.setMapTipTemplate(map_tip(columns, layer.customProperty(PORTAL, "")))


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


def _set_styles(layer: QgsVectorLayer, kept: Mapping[str, str]) -> None:
    """Give the layer all its styles; the menu of the layer tree lists them.

    A style is a text of QGIS's own; ``kept`` holds some that need not be written anew.
    """
    manager = layer.styleManager()
    default, *others = available_styles(layer)
    for name in others:
        style = QgsMapLayerStyle(kept.get(style_title(name), ""))
        if not style.isValid():
            layer.setRenderer(renderer(layer, name))
            style.readFromLayer(layer)
        manager.addStyle(style_title(name), style)
    layer.setRenderer(renderer(layer, default))
    manager.renameStyle(manager.currentStyle(), style_title(default))


def _sensitive_records(geopackage: Path) -> dict[str, bool]:
    """Return whether there are exact and blurred positions of sensitive observations."""
    with closing(sqlite3.connect(geopackage)) as connection:
        names = {row[1] for row in connection.execute(f"PRAGMA table_info({TABLE})")}
        told = [f'"{name}" IS NOT NULL' for name in _TELLING if name in names]
        marks = ["instr(\"occurrenceID\", 'SEN')"] if "occurrenceID" in names else []
        found = {}
        for known, conditions in ((BLURRED, told), (EXACT, marks)):
            query = f"SELECT 1 FROM {TABLE} WHERE {' OR '.join(conditions) or '0'}"  # nosec B608 (quoted names)
            found[known] = connection.execute(f"{query} LIMIT 1").fetchone() is not None
        return found
