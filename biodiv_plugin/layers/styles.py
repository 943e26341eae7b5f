"""How records are drawn: by species group, by year, by validation; and squares by year or number.

A style is an expression that gives each record the key of a class, and the classes. So a record
without a value has a class as well, and stays visible.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Mapping, Optional

from qgis.core import (
    Qgis,
    QgsCategorizedSymbolRenderer,
    QgsExpression,
    QgsFillSymbol,
    QgsMarkerSymbol,
    QgsProperty,
    QgsRendererCategory,
    QgsSimpleMarkerSymbolLayer,
    QgsSymbolLayer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QT_TRANSLATE_NOOP
from qgis.PyQt.QtGui import QColor

from biodiv_plugin.portal.query import VALIDATED_STATUSES
from biodiv_plugin.translation import translate

SPECIES_GROUP, LAST_SEEN, VALIDATION = "species_group", "last_seen", "validation"
STYLES = (SPECIES_GROUP, LAST_SEEN, VALIDATION)  # of the records; the first is the default
RECORDS = "records"
SQUARE_STYLES = (LAST_SEEN, RECORDS)  # of the squares

# Custom properties of a layer: 0 where no record is of that kind, so that no ring is looked for.
EXACT, BLURRED = "biodiv/exact", "biodiv/blurred"
UNCERTAINTY = "coordinateUncertaintyInMeters"
_SIZE = 2.2  # millimetres
_FAINT = 20  # of 255: circles lie on top of each other
_OTHER = "other"
_DISTINCTIONS = {  # what a ring around a point means
    "exact": ("diamond", "#c0182a"),
    "blurred": ("circle", "#5f6368"),
}

_TITLES = {
    SPECIES_GROUP: QT_TRANSLATE_NOOP("Styles", "By species group"),
    LAST_SEEN: QT_TRANSLATE_NOOP("Styles", "By year"),
    VALIDATION: QT_TRANSLATE_NOOP("Styles", "By validation"),
    RECORDS: QT_TRANSLATE_NOOP("Styles", "By number of observations"),
}


@dataclass(frozen=True)
class Category:
    """A class of records. ``shape`` is a marker of QGIS; ``colour`` is ``#rrggbb``."""

    key: str
    label: str
    colour: str
    shape: str = "circle"


# Key, label, colour, shape; then what tells the group: a class or phylum (Darwin Core) and the
# group of the portal. The first that fits counts.
_GROUPS = (
    ("birds", QT_TRANSLATE_NOOP("Styles", "birds"), "#1f78b4", "circle", ("Aves",), "Birds"),
    (
        "mammals",
        QT_TRANSLATE_NOOP("Styles", "mammals"),
        "#8c510a",
        "circle",
        ("Mammalia",),
        "Mammals",
    ),
    (
        "amphibians",
        QT_TRANSLATE_NOOP("Styles", "amphibians"),
        "#35978f",
        "circle",
        ("Amphibia",),
        "Amphibians",
    ),
    (
        "reptiles",
        QT_TRANSLATE_NOOP("Styles", "reptiles"),
        "#80cdc1",
        "circle",
        ("Squamata", "Reptilia", "Testudines"),
        "Reptiles",
    ),
    (
        "fishes",
        QT_TRANSLATE_NOOP("Styles", "fishes"),
        "#6a51a3",
        "circle",
        ("Actinopterygii", "Actinopteri", "Petromyzonti", "Elasmobranchii"),
        "Fishes",
    ),
    (
        "insects",
        QT_TRANSLATE_NOOP("Styles", "insects"),
        "#ff7f00",
        "circle",
        ("Insecta",),
        "Insects",
    ),
    (
        "animals",
        QT_TRANSLATE_NOOP("Styles", "other animals"),
        "#e7b416",
        "circle",
        ("Animalia",),
        "Animals",
    ),
    (
        "mosses",
        QT_TRANSLATE_NOOP("Styles", "mosses"),
        "#00441b",
        "triangle",
        ("Bryophyta", "Marchantiophyta"),
        "Bryophytes",
    ),
    (
        "plants",
        QT_TRANSLATE_NOOP("Styles", "plants"),
        "#33a02c",
        "triangle",
        ("Plantae",),
        "Plants",
    ),
    (
        "fungi",
        QT_TRANSLATE_NOOP("Styles", "fungi and lichens"),
        "#c51b7d",
        "square",
        ("Fungi",),
        "Fungi",
    ),
)
_RANKS = ("class", "phylum", "kingdom")
_STATUS = '"identificationVerificationStatus"'
_KINDS = {  # free text of the data providers; these are the words that they use
    **{word.lower(): "validated" for word in VALIDATED_STATUSES},
    **dict.fromkeys(("unvalidated", "unverified", "not validated"), "unvalidated"),
    **dict.fromkeys(("probable", "plausible", "waarschijnlijk"), "probable"),
    **dict.fromkeys(("rejected", "not accepted", "afgekeurd"), "rejected"),
}

# The first year of each class, and the least number; what is old or rare is pale.
_PERIODS = (
    (0, "#b9d3e9"),
    (1980, "#85b9dd"),
    (2000, "#4a98c9"),
    (2010, "#1764ab"),
    (2020, "#08306b"),
)
_COUNTS = ((1, "#fee8c8"), (2, "#fdbb84"), (10, "#fc8d59"), (50, "#e34a33"), (250, "#b30000"))


def style_title(name: str) -> str:
    """Return the name of a style as users see it."""
    return translate("Styles", _TITLES[name])


def available_styles(layer: QgsVectorLayer) -> tuple[str, ...]:
    """Return the styles that the columns of ``layer`` allow."""
    columns = set(layer.fields().names())
    if layer.geometryType() == Qgis.GeometryType.Polygon:
        return SQUARE_STYLES
    needed = {LAST_SEEN: {"year"}, VALIDATION: {"identificationVerificationStatus"}}
    return tuple(name for name in STYLES if needed.get(name, set()) <= columns)


def renderer(layer: QgsVectorLayer, name: str) -> QgsCategorizedSymbolRenderer:
    """Return the renderer of a style for ``layer``, whose columns may differ."""
    columns = set(layer.fields().names())
    if layer.geometryType() == Qgis.GeometryType.Polygon:
        expression, categories = _square_classes(name)
        symbols = [_square_symbol(category) for category in categories]
    else:
        expression, categories = _classes(name, columns)
        rings = _rings(layer, columns)
        symbols = [_point_symbol(category, columns, rings) for category in categories]
    return QgsCategorizedSymbolRenderer(
        expression,
        [
            QgsRendererCategory(category.key, symbol, category.label)
            for category, symbol in zip(categories, symbols)
        ],
    )


def show_uncertainty(layer: QgsVectorLayer, shown: bool) -> None:
    """Draw, or no longer draw, the circle in which each record lies, at its size on the ground."""
    drawn = layer.renderer().clone()
    for number, category in enumerate(drawn.categories()):
        symbol = category.symbol().clone()
        for part in symbol.symbolLayers():
            if _is_uncertainty(part):
                part.setEnabled(shown)
        drawn.updateCategorySymbol(number, symbol)
    layer.setRenderer(drawn)
    layer.triggerRepaint()


def shows_uncertainty(layer: QgsVectorLayer) -> Optional[bool]:
    """Return whether the circles are drawn; ``None`` for a layer that has none to draw."""
    drawn = layer.renderer()
    if not isinstance(drawn, QgsCategorizedSymbolRenderer) or not drawn.categories():
        return None
    first = drawn.categories()[0]  # kept: its symbol dies with it
    circles = [part.enabled() for part in first.symbol().symbolLayers() if _is_uncertainty(part)]
    return any(circles) if circles else None


def is_exact(columns: set[str]) -> str:
    """Return the expression that is true for the exact position of a sensitive observation."""
    if "occurrenceID" not in columns:
        return "false"
    words = "replace(\"occurrenceID\", map('PRESENT', '', 'ABSENT', ''))"
    return f"coalesce(strpos({words}, 'SEN') > 0, false)"


def is_blurred(columns: set[str]) -> str:
    """Return the expression that is true for a position that the portal made less exact."""
    if "sensitive" in columns:
        return "coalesce(\"sensitive\" = 'generalised', false)"
    if "dataGeneralizations" in columns:
        return '"dataGeneralizations" IS NOT NULL'
    return "false"


def _classes(name: str, columns: set[str]) -> tuple[str, list[Category]]:
    if name == LAST_SEEN:
        return _periods("year")
    if name == VALIDATION:
        return _validation()
    return _species_groups(columns)


def _species_groups(columns: set[str]) -> tuple[str, list[Category]]:
    # Looking a word up in a constant map is far quicker than a chain of comparisons: a million
    # records are drawn in seconds.
    keys = {taxon: key for key, _, _, _, taxa, _ in _GROUPS for taxon in taxa}
    tried = [f'map_get({_map(keys)}, "{rank}")' for rank in _RANKS if rank in columns]
    if "class" not in columns and "speciesGroup" in columns:
        cases = " ".join(
            f"WHEN \"speciesGroup\" LIKE '%{group}%' THEN '{key}'"
            for key, _, _, _, _, group in _GROUPS
        )
        tried.insert(0, f"CASE {cases} END")
    categories = [
        Category(key, translate("Styles", label), colour, shape)
        for key, label, colour, shape, _, _ in _GROUPS
    ]
    other = Category(_OTHER, translate("Styles", "other"), "#808080", "pentagon")
    return f"coalesce({', '.join([*tried, 'NULL'])}, '{_OTHER}')", [*categories, other]


def _periods(column: str) -> tuple[str, list[Category]]:
    cases, categories = [], []
    for (first, colour), (end, _) in zip(_PERIODS, (*_PERIODS[1:], (0, ""))):
        key = str(first)
        if end:
            cases.append(f"WHEN \"{column}\" < {end} THEN '{key}'")
        label = (
            translate("Styles", "before {year}").format(year=end)
            if not first
            else translate("Styles", "from {year} on").format(year=first)
            if not end
            else f"{first} - {end - 1}"
        )
        categories.append(Category(key, label, colour))
    unknown = Category(_OTHER, translate("Styles", "year unknown"), "#9e9e9e", "cross")
    newest = _PERIODS[-1][0]
    expression = (
        f"CASE WHEN \"{column}\" IS NULL THEN '{_OTHER}' {' '.join(cases)} ELSE '{newest}' END"
    )
    return expression, [*reversed(categories), unknown]


def told_validation() -> str:
    """Return the expression that says how a record was validated; unknown words stay."""
    labels = {category.key: category.label for category in _validation()[1]}
    told = _map({word: labels[kind] for word, kind in _KINDS.items()})
    return f"coalesce(map_get({told}, lower({_STATUS})), {_STATUS})"


def _validation() -> tuple[str, list[Category]]:
    return f"coalesce(map_get({_map(_KINDS)}, lower({_STATUS})), 'unvalidated')", [
        Category("validated", translate("Styles", "validated"), "#1b7837"),
        Category("probable", translate("Styles", "probable"), "#7fbf7b", "triangle"),
        Category("unvalidated", translate("Styles", "not validated"), "#9e9e9e", "square"),
        Category("rejected", translate("Styles", "rejected"), "#b2182b", "cross2"),
    ]


def _square_classes(name: str) -> tuple[str, list[Category]]:
    if name == LAST_SEEN:
        return _periods("lastYear")
    cases, categories = [], []
    for (least, colour), (end, _) in zip(_COUNTS, (*_COUNTS[1:], (0, ""))):
        if end:
            cases.append(f"WHEN \"records\" < {end} THEN '{least}'")
        label = f"{least} - {end - 1}" if end and end - 1 > least else str(least)
        if not end:
            label = translate("Styles", "{count} or more").format(count=least)
        categories.append(Category(str(least), label, colour))
    return f"CASE {' '.join(cases)} ELSE '{_COUNTS[-1][0]}' END", categories


def _map(values: Mapping[str, str]) -> str:
    pairs = (QgsExpression.quotedString(text) for pair in values.items() for text in pair)
    return f"map({', '.join(pairs)})"


def _rings(layer: QgsVectorLayer, columns: set[str]) -> dict[str, str]:
    """Return for which kinds of records a ring is needed, and the expression of each."""
    kinds = {"blurred": (BLURRED, is_blurred(columns)), "exact": (EXACT, is_exact(columns))}
    return {
        kind: expression
        for kind, (known, expression) in kinds.items()
        if expression != "false" and int(layer.customProperty(known, 1))
    }


def _point_symbol(
    category: Category, columns: set[str], rings: Mapping[str, str]
) -> QgsMarkerSymbol:
    symbol = QgsMarkerSymbol.createSimple(
        {
            "name": category.shape,
            "color": category.colour,
            "size": str(_SIZE),
            # An outline costs a second pass over every point; crosses consist of nothing else.
            "outline_style": "solid" if category.shape.startswith("cross") else "no",
            "outline_color": category.colour,
        }
    )
    for kind, expression in rings.items():
        symbol.appendSymbolLayer(_ring(kind, expression))
    if UNCERTAINTY in columns:
        latitude = 'coalesce("decimalLatitude", 51)' if "decimalLatitude" in columns else "51"
        symbol.insertSymbolLayer(0, _uncertainty_circle(category.colour, latitude))
    return symbol


def _ring(kind: str, expression: str) -> QgsSimpleMarkerSymbolLayer:
    shape, colour = _DISTINCTIONS[kind]
    ring = QgsSimpleMarkerSymbolLayer.create(
        {
            "name": shape,
            "color": "0,0,0,0",
            "outline_color": colour,
            "outline_width": "0.4",
            "size": str(1.7 * _SIZE),
        }
    )
    ring.setDataDefinedProperty(
        QgsSymbolLayer.Property.PropertyLayerEnabled, QgsProperty.fromExpression(expression)
    )
    return ring


def _uncertainty_circle(colour: str, latitude: str) -> QgsSimpleMarkerSymbolLayer:
    # QGIS takes a metre of Web Mercator for a metre; it is shorter the farther north.
    stretch = f"if(@map_crs = 'EPSG:3857', 1 / cos(radians({latitude})), 1)"
    circle = QgsSimpleMarkerSymbolLayer.create(
        {
            "name": "circle",
            "color": ",".join(map(str, (*QColor(colour).getRgb()[:3], _FAINT))),
            "outline_color": colour,
            "outline_style": "dot",
            "outline_width": "0.2",
        }
    )
    circle.setSizeUnit(Qgis.RenderUnit.MetersInMapUnits)
    circle.setDataDefinedProperty(
        QgsSymbolLayer.Property.PropertySize,
        QgsProperty.fromExpression(f'2 * coalesce("{UNCERTAINTY}", 0) * {stretch}'),
    )
    circle.setEnabled(False)
    return circle


def _is_uncertainty(part: QgsSymbolLayer) -> bool:
    return (
        isinstance(part, QgsSimpleMarkerSymbolLayer)
        and part.sizeUnit() == Qgis.RenderUnit.MetersInMapUnits
    )


def _square_symbol(category: Category) -> QgsFillSymbol:
    symbol = QgsFillSymbol.createSimple(
        {"color": category.colour, "outline_color": "#606060", "outline_width": "0.1"}
    )
    symbol.setOpacity(0.7)
    return symbol
