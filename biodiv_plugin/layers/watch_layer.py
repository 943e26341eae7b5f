"""What a watch found, as layers: the new records, and the zones with how many each has."""

from __future__ import annotations

import json
from typing import Iterable, Iterator, Sequence

from qgis.core import (
    Qgis,
    QgsCategorizedSymbolRenderer,
    QgsFeature,
    QgsField,
    QgsFields,
    QgsFillSymbol,
    QgsGeometry,
    QgsMarkerSymbol,
    QgsPalLayerSettings,
    QgsPointXY,
    QgsRendererCategory,
    QgsSingleSymbolRenderer,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtCore import QDate, QDateTime, QMetaType, Qt, QTime

from biodiv_plugin.portal.errors import InvalidQuery
from biodiv_plugin.portal.query import OccurrenceQuery
from biodiv_plugin.portal.watch import NewRecord, Watch, WatchState
from biodiv_plugin.translation import translate

WATCH_ID = "biodiv/watch"  # custom property by which the layers of a watch are known again
ZONE, WATCH, QUERY = "zone", "watch", "query"
_POINTS, _ZONES = "points", "zones"
_TEXT, _WHOLE = QMetaType.Type.QString, QMetaType.Type.LongLong
_COLUMNS = (
    (WATCH, _TEXT),
    (ZONE, _TEXT),
    ("vernacularName", _TEXT),
    ("scientificName", _TEXT),
    ("eventDate", QMetaType.Type.QDate),
    ("datasetName", _TEXT),
    ("coordinateUncertaintyInMeters", QMetaType.Type.Double),
    ("sensitive", _TEXT),
    ("recordID", _TEXT),
    ("found", QMetaType.Type.QDateTime),
    ("seen", QMetaType.Type.Bool),
)
_ZONE_COLUMNS = (
    (WATCH, _TEXT),
    (ZONE, _TEXT),
    ("new", _WHOLE),
    ("records", _WHOLE),
    (QUERY, _TEXT),
)


def record_fields() -> QgsFields:
    return _fields(_COLUMNS)


def record_features(watch_name: str, records: Iterable[NewRecord]) -> Iterator[QgsFeature]:
    """Yield the records as points in EPSG:4326."""
    fields = record_fields()
    for record in records:
        feature = QgsFeature(fields)
        day, found = record.event_date, record.found
        feature.setAttributes(
            [
                watch_name,
                record.zone,
                record.vernacular_name or None,
                record.scientific_name or None,
                QDate(day.year, day.month, day.day) if day else None,
                record.dataset or None,
                record.uncertainty,
                record.sensitive or None,
                record.uuid,
                QDateTime(
                    QDate(found.year, found.month, found.day),
                    QTime(found.hour, found.minute, found.second),
                    Qt.TimeSpec.UTC,
                ),
                record.seen,
            ]
        )
        place = QgsPointXY(record.longitude, record.latitude)
        feature.setGeometry(QgsGeometry.fromPointXY(place))
        yield feature


def watch_layers(watch: Watch, state: WatchState) -> list[QgsVectorLayer]:
    """Return the zones and the records of a watch as memory layers, the records last.

    A project file gets no row of theirs: records may be sensitive. Saved as a file, the zones
    are a definition of the watch that ``read_definitions`` reads.
    """
    zones = _memory("Polygon", watch, _ZONES, watch.name)
    points = _memory("Point", watch, _POINTS, _title(watch))
    _draw_zones(zones)
    _draw_points(points)
    for layer in (zones, points):
        fill(layer, watch, state)
    return [zones, points]


def layers_of(watch_id: str, layers: Iterable[object]) -> list[QgsVectorLayer]:
    """Return those among ``layers`` that show a watch."""
    return [
        layer
        for layer in layers
        if isinstance(layer, QgsVectorLayer)
        and str(layer.customProperty(WATCH_ID, "")).partition(" ")[0] == watch_id
    ]


def fill(layer: QgsVectorLayer, watch: Watch, state: WatchState) -> None:
    """Put what a watch found by now into one of its layers."""
    provider = layer.dataProvider()
    provider.truncate()
    kind = str(layer.customProperty(WATCH_ID, "")).partition(" ")[2]
    if kind == _POINTS:
        provider.addFeatures(list(record_features(watch.name, state.records)))
    else:
        provider.addFeatures(list(_zone_features(watch, state)))
    layer.updateExtents()
    layer.triggerRepaint()


def read_definitions(features: Sequence[QgsFeature]) -> dict[str, tuple[str, OccurrenceQuery]]:
    """Return the watches that zones saved as a file define: by name, the query as it was kept,
    and read. Empty where the features are a layer of another kind.

    Raises ``InvalidQuery`` for a query of another version.
    """
    found: dict[str, tuple[str, OccurrenceQuery]] = {}
    for feature in features:
        names = feature.fields().names()
        if WATCH not in names or QUERY not in names:
            return {}
        text = str(feature[QUERY])
        try:
            found[str(feature[WATCH])] = text, OccurrenceQuery.from_json(json.loads(text))
        except (TypeError, ValueError, AttributeError) as fault:
            raise InvalidQuery("a watch of another form", part="version") from fault
    return found


def _zone_features(watch: Watch, state: WatchState) -> Iterator[QgsFeature]:
    query = json.dumps(watch.to_json()["query"], ensure_ascii=False)
    for zone in watch.zones:
        mine = [record for record in state.records if record.zone == zone.name]
        feature = QgsFeature(_fields(_ZONE_COLUMNS))
        unseen = sum(not record.seen for record in mine)
        feature.setAttributes([watch.name, zone.name, unseen, len(mine), query])
        feature.setGeometry(QgsGeometry.fromWkt(zone.wkt))
        yield feature


def _memory(kind: str, watch: Watch, part: str, name: str) -> QgsVectorLayer:
    layer = QgsVectorLayer(f"{kind}?crs=EPSG:4326", name, "memory")
    columns = _COLUMNS if part == _POINTS else _ZONE_COLUMNS
    layer.dataProvider().addAttributes(list(_fields(columns)))
    layer.updateFields()
    layer.setCustomProperty(WATCH_ID, f"{watch.id} {part}")
    layer.setCustomProperty("skipMemoryLayersCheck", 1)  # nothing is lost with it
    if part == _ZONES:
        layer.setReadOnly(True)
    else:
        layer.setDisplayExpression('coalesce("vernacularName", "scientificName", "recordID")')
    return layer


def _title(watch: Watch) -> str:
    return translate("WatchLayer", "{name}: new observations").format(name=watch.name)


def _draw_points(layer: QgsVectorLayer) -> None:
    """Not by colour alone: what is new has a shape of its own, and is larger."""
    looks = (
        (False, {"name": "star", "color": "#c8501e", "size": "4.5"}, "new"),
        (True, {"name": "circle", "color": "#8c8c8c", "size": "2"}, "seen"),
    )
    words = {"new": translate("WatchLayer", "New"), "seen": translate("WatchLayer", "Seen")}
    categories = [
        QgsRendererCategory(
            value,
            QgsMarkerSymbol.createSimple({**look, "outline_color": "#232323"}),
            words[word],
        )
        for value, look, word in looks
    ]
    layer.setRenderer(QgsCategorizedSymbolRenderer("seen", categories))


def _draw_zones(layer: QgsVectorLayer) -> None:
    outline = {"style": "no", "outline_color": "#c8501e", "outline_width": "0.5"}
    layer.setRenderer(QgsSingleSymbolRenderer(QgsFillSymbol.createSimple(outline)))
    settings = QgsPalLayerSettings()
    settings.fieldName = '"zone" || if("new" > 0, \': \' || "new", \'\')'
    settings.isExpression = True
    settings.placement = Qgis.LabelPlacement.OverPoint
    layer.setLabeling(QgsVectorLayerSimpleLabeling(settings))
    layer.setLabelsEnabled(True)


def _fields(columns: Iterable[tuple[str, QMetaType.Type]]) -> QgsFields:
    fields = QgsFields()
    for name, kind in columns:
        fields.append(QgsField(name, kind))
    return fields
