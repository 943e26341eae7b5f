"""Reports of areas as tables: the polygons with their numbers, and the details of each."""

from __future__ import annotations

from typing import Iterator, Mapping, Sequence

from qgis.core import (
    QgsEditorWidgetSetup,
    QgsFeature,
    QgsField,
    QgsFields,
    QgsFillSymbol,
    QgsGeometry,
    QgsSingleSymbolRenderer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QT_TRANSLATE_NOOP, QMetaType

from biodiv_plugin.portal.report import CONSERVATION, INVASIVE, OTHER, AreaReport
from biodiv_plugin.portal.summaries import SpeciesGroup
from biodiv_plugin.translation import translate

GROUP, LAYER, YEAR = "group", "layer", "year"
_TEXT, _WHOLE, _REAL = QMetaType.Type.QString, QMetaType.Type.Int, QMetaType.Type.Double


def area_fields() -> QgsFields:
    """Return the columns of the polygons; ``hectares`` is the surface as drawn."""
    return _fields(
        ("area", _TEXT),
        ("hectares", _REAL),
        ("records", _WHOLE),
        ("species", _WHOLE),
        ("firstYear", _WHOLE),
        ("lastYear", _WHOLE),
        ("conservation", _WHOLE),
        ("invasive", _WHOLE),
        ("datasets", _WHOLE),
        ("layers", _TEXT),
    )


def detail_fields() -> QgsFields:
    """Return the columns of the details: a row a group, list, layer or year of a polygon."""
    return _fields(
        ("area", _TEXT),
        ("kind", _TEXT),
        ("name", _TEXT),
        ("records", _WHOLE),
        ("species", _WHOLE),
        ("names", _TEXT),
    )


def area_features(reports: Sequence[AreaReport]) -> Iterator[QgsFeature]:
    """Yield one feature a report, in EPSG:4326: the polygon that was asked for."""
    for report in reports:
        feature = QgsFeature(area_fields())
        feature.setGeometry(multi_polygon(report))
        feature.setAttributes(
            [
                report.plot.name,
                round(report.plot.surface / 10_000, 4),
                report.records,
                report.species,
                report.first_year,
                report.last_year,
                report.listed(CONSERVATION),
                report.listed(INVASIVE),
                len(report.datasets),
                "; ".join(f"{e.title}: {', '.join(e.areas)}" for e in report.layers if e.areas)
                or None,
            ]
        )
        yield feature


def detail_features(reports: Sequence[AreaReport]) -> Iterator[QgsFeature]:
    """Yield the details. ``kind`` of a list is what it is for; ``names`` are its species, or the
    areas of a layer."""
    for report in reports:
        for row in _details(report):
            feature = QgsFeature(detail_fields())
            feature.setAttributes([report.plot.name, *row])
            yield feature


def area_layer(name: str, reports: Sequence[AreaReport]) -> QgsVectorLayer:
    """Return the polygons with their numbers as a memory layer, to be used in the main thread."""
    layer = QgsVectorLayer("MultiPolygon?crs=EPSG:4326", name, "memory")
    outline = QgsFillSymbol.createSimple(
        {"style": "no", "outline_color": "#c2185b", "outline_width": "0.7"}
    )
    layer.setRenderer(QgsSingleSymbolRenderer(outline))
    return _filled(layer, area_fields(), area_features(reports))


def detail_layer(name: str, reports: Sequence[AreaReport]) -> QgsVectorLayer:
    """Return the details as a memory table, to be used in the main thread."""
    layer = _filled(
        QgsVectorLayer("NoGeometry", name, "memory"), detail_fields(), detail_features(reports)
    )
    words = {
        GROUP: translate("AreaReport", "Species group"),
        LAYER: translate("AreaReport", "Portal layer"),
        YEAR: translate("AreaReport", "Year"),
        **{kind: kind_title(kind) for kind in _KINDS},
    }
    shown = QgsEditorWidgetSetup("ValueMap", {"map": [{words[kind]: kind} for kind in words]})
    layer.setEditorWidgetSetup(layer.fields().indexOf("kind"), shown)
    return layer


def multi_polygon(report: AreaReport) -> QgsGeometry:
    """Return the polygon of a report, in EPSG:4326."""
    geometry = QgsGeometry.fromWkt(report.plot.wkt)
    geometry.convertToMultiType()
    return geometry


def group_title(group: SpeciesGroup) -> str:
    """Return the name of a group in the language of the interface; an unknown one as it is."""
    known = _GROUPS.get(group.name)
    return translate("AreaReport", known) if known else group.name


def kind_title(kind: str) -> str:
    """Return what a list is for."""
    return translate("AreaReport", _KINDS[kind])


def _details(report: AreaReport) -> Iterator[list[object]]:
    for group in report.groups:
        yield [GROUP, group_title(group), group.records, group.species, None]
    for each in report.lists:
        yield [each.kind, each.name, each.records, len(each.names), "; ".join(each.names)]
    for layer in report.layers:
        if layer.areas:
            yield [LAYER, layer.title, None, None, "; ".join(layer.areas)]
    for year, count in report.years:
        yield [YEAR, str(year), count, None, None]


def _fields(*columns: tuple[str, QMetaType.Type]) -> QgsFields:
    fields = QgsFields()
    for name, kind in columns:
        fields.append(QgsField(name, kind))
    return fields


def _filled(
    layer: QgsVectorLayer, fields: QgsFields, features: Iterator[QgsFeature]
) -> QgsVectorLayer:
    layer.dataProvider().addAttributes(list(fields))
    layer.updateFields()
    for place, field in enumerate(fields):
        layer.setFieldAlias(place, translate("AreaReport", _COLUMNS[field.name()]))
    layer.dataProvider().addFeatures(list(features))
    layer.updateExtents()
    return layer


_COLUMNS: Mapping[str, str] = {
    "area": QT_TRANSLATE_NOOP("AreaReport", "Area"),
    "hectares": QT_TRANSLATE_NOOP("AreaReport", "Surface (ha)"),
    "records": QT_TRANSLATE_NOOP("AreaReport", "Observations"),
    "species": QT_TRANSLATE_NOOP("AreaReport", "Species"),
    "firstYear": QT_TRANSLATE_NOOP("AreaReport", "First year"),
    "lastYear": QT_TRANSLATE_NOOP("AreaReport", "Last year"),
    "conservation": QT_TRANSLATE_NOOP("AreaReport", "Species on conservation lists"),
    "invasive": QT_TRANSLATE_NOOP("AreaReport", "Species on invasive lists"),
    "datasets": QT_TRANSLATE_NOOP("AreaReport", "Datasets"),
    "layers": QT_TRANSLATE_NOOP("AreaReport", "Portal layers within"),
    "kind": QT_TRANSLATE_NOOP("AreaReport", "Kind"),
    "name": QT_TRANSLATE_NOOP("AreaReport", "Name"),
    "names": QT_TRANSLATE_NOOP("AreaReport", "Names"),
}

_KINDS: Mapping[str, str] = {
    CONSERVATION: QT_TRANSLATE_NOOP("AreaReport", "Conservation"),
    INVASIVE: QT_TRANSLATE_NOOP("AreaReport", "Invasive"),
    OTHER: QT_TRANSLATE_NOOP("AreaReport", "Other lists"),
}

_GROUPS: Mapping[str, str] = {
    "Animals": QT_TRANSLATE_NOOP("AreaReport", "Animals"),
    "Mammals": QT_TRANSLATE_NOOP("AreaReport", "Mammals"),
    "Birds": QT_TRANSLATE_NOOP("AreaReport", "Birds"),
    "Reptiles": QT_TRANSLATE_NOOP("AreaReport", "Reptiles"),
    "Amphibians": QT_TRANSLATE_NOOP("AreaReport", "Amphibians"),
    "Fish": QT_TRANSLATE_NOOP("AreaReport", "Fish"),
    "Fishes": QT_TRANSLATE_NOOP("AreaReport", "Fish"),
    "Molluscs": QT_TRANSLATE_NOOP("AreaReport", "Molluscs"),
    "Arthropods": QT_TRANSLATE_NOOP("AreaReport", "Arthropods"),
    "Crustaceans": QT_TRANSLATE_NOOP("AreaReport", "Crustaceans"),
    "Insects": QT_TRANSLATE_NOOP("AreaReport", "Insects"),
    "Fungi": QT_TRANSLATE_NOOP("AreaReport", "Fungi"),
    "Plants": QT_TRANSLATE_NOOP("AreaReport", "Plants"),
    "Bryophytes": QT_TRANSLATE_NOOP("AreaReport", "Mosses"),
    "Gymnosperms": QT_TRANSLATE_NOOP("AreaReport", "Conifers"),
    "FernsAndAllies": QT_TRANSLATE_NOOP("AreaReport", "Ferns and allies"),
    "Angiosperms": QT_TRANSLATE_NOOP("AreaReport", "Flowering plants"),
    "Monocots": QT_TRANSLATE_NOOP("AreaReport", "Monocots"),
    "Dicots": QT_TRANSLATE_NOOP("AreaReport", "Dicots"),
    "Algae": QT_TRANSLATE_NOOP("AreaReport", "Algae"),
}
