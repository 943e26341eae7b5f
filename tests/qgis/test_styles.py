"""How records are drawn: classes for every record, marks for sensitive ones, circles in metres."""

from __future__ import annotations

import pytest
from qgis.core import (
    QgsExpressionContext,
    QgsExpressionContextScope,
    QgsExpressionContextUtils,
    QgsFeature,
    QgsGeometry,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsPointXY,
    QgsRectangle,
    QgsRenderContext,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

from biodiv_plugin.layers import styles


def points(columns, *records, crs="EPSG:31370"):
    fields = "".join(f"&field={name}:{kind}" for name, kind in columns.items())
    layer = QgsVectorLayer(f"Point?crs={crs}{fields}", "waarnemingen", "memory")
    for n, record in enumerate(records):
        feature = QgsFeature(layer.fields())
        feature.setAttributes(list(record))
        feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(150_000 + 1000 * n, 170_000)))
        layer.dataProvider().addFeature(feature)
    return layer


def classes(layer, name):
    """Return the key of the class of each record."""
    renderer = styles.renderer(layer, name)
    layer.setRenderer(renderer)
    context = QgsRenderContext()
    context.expressionContext().appendScopes(
        QgsExpressionContextUtils.globalProjectLayerScopes(layer)
    )
    found = []
    renderer.startRender(context, layer.fields())
    for feature in layer.getFeatures():
        context.expressionContext().setFeature(feature)
        keys = renderer.legendKeysForFeature(feature, context)
        labels = {item.ruleKey(): item.label() for item in renderer.legendSymbolItems()}
        found.append(labels[next(iter(keys))])
    renderer.stopRender(context)
    return found


def picture(layer, extent, size=400):
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(layer.crs())
    settings.setEllipsoid("EPSG:7030")
    settings.setExtent(QgsRectangle(*extent))
    settings.setOutputSize(QSize(size, size))
    scope = QgsExpressionContextScope()
    scope.setVariable("map_crs", layer.crs().authid())  # as the canvas has it
    context = QgsExpressionContext()
    context.appendScope(scope)
    settings.setExpressionContext(context)
    settings.setBackgroundColor(QColor("white"))
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    return job.renderedImage()


def inked(image):
    """Return the share of the pixels of the middle row that are not white."""
    row = image.height() // 2
    return sum(image.pixelColor(x, row) != QColor("white") for x in range(image.width())) / (
        image.width()
    )


GROUPS = [
    (("Aves", "Chordata", "Animalia"), "birds"),
    (("Mammalia", "Chordata", "Animalia"), "mammals"),
    (("Amphibia", "Chordata", "Animalia"), "amphibians"),
    (("Squamata", "Chordata", "Animalia"), "reptiles"),
    (("Actinopterygii", "Chordata", "Animalia"), "fishes"),
    (("Insecta", "Arthropoda", "Animalia"), "insects"),
    (("Gastropoda", "Mollusca", "Animalia"), "other animals"),
    (("Bryopsida", "Bryophyta", "Plantae"), "mosses"),
    (("Magnoliopsida", "Tracheophyta", "Plantae"), "plants"),
    (("Agaricomycetes", "Basidiomycota", "Fungi"), "fungi and lichens"),
    (("", "", "Chromista"), "other"),
    ((None, None, None), "other"),
]


def test_species_groups_by_the_classification():
    columns = {"class": "string", "phylum": "string", "kingdom": "string"}
    layer = points(columns, *(record for record, _ in GROUPS))
    assert classes(layer, styles.SPECIES_GROUP) == [label for _, label in GROUPS]


def test_species_groups_by_the_portals_own_where_there_is_no_class():
    records = [("Animals | Birds", "Animalia"), ("Plants", "Plantae"), (None, "Fungi")]
    layer = points({"speciesGroup": "string", "kingdom": "string"}, *records)
    assert classes(layer, styles.SPECIES_GROUP) == ["birds", "plants", "fungi and lichens"]


def test_species_groups_without_any_column_that_tells():
    layer = points({"recordID": "string"}, ("a",))
    assert classes(layer, styles.SPECIES_GROUP) == ["other"]


def test_years_and_the_lack_of_one():
    years = [1850, 1979, 1980, 1999, 2009, 2010, 2020, 2026, None]
    layer = points({"year": "int"}, *((year,) for year in years))
    assert classes(layer, styles.LAST_SEEN) == [
        *("before 1980",) * 2,
        *("1980 - 1999",) * 2,
        "2000 - 2009",
        "2010 - 2019",
        *("from 2020 on",) * 2,
        "year unknown",
    ]


def test_validation_in_the_words_of_the_providers():
    words = {
        "validated": "validated",
        "Approved on expert judgement": "validated",
        "Gevalideerd": "validated",
        "probable": "probable",
        "afgekeurd": "rejected",
        "unverified": "not validated",
        "iets anders": "not validated",
        None: "not validated",
    }
    layer = points({"identificationVerificationStatus": "string"}, *((word,) for word in words))
    assert classes(layer, styles.VALIDATION) == list(words.values())


def test_only_styles_that_the_columns_allow():
    assert styles.available_styles(points({"recordID": "string"})) == (styles.SPECIES_GROUP,)
    columns = {"year": "int", "identificationVerificationStatus": "string"}
    assert styles.available_styles(points(columns)) == styles.STYLES


def squares(*numbers):
    layer = QgsVectorLayer(
        "Polygon?crs=EPSG:31370&field=records:int&field=lastYear:int", "hokken", "memory"
    )
    for records, year in numbers:
        feature = QgsFeature(layer.fields())
        feature.setAttributes([records, year])
        feature.setGeometry(QgsGeometry.fromRect(QgsRectangle(0, 0, 1000, 1000)))
        layer.dataProvider().addFeature(feature)
    return layer


def test_squares_by_number_and_by_year():
    layer = squares((1, 1970), (2, 1985), (49, 2005), (50, 2015), (1000, 2025), (3, None))
    assert styles.available_styles(layer) == styles.SQUARE_STYLES
    numbers = ["1", "2 - 9", "10 - 49", "50 - 249", "250 or more", "2 - 9"]
    assert classes(layer, styles.RECORDS) == numbers
    assert classes(layer, styles.LAST_SEEN)[-1] == "year unknown"


def test_classes_differ_by_more_than_colour():
    layer = points({"identificationVerificationStatus": "string"})
    categories = styles.renderer(layer, styles.VALIDATION).categories()
    shapes = [category.symbol().symbolLayer(0).shape() for category in categories]
    assert len(set(shapes)) == len(shapes)


def rings(layer):
    """Return which rings each record gets."""
    layer.setRenderer(styles.renderer(layer, styles.SPECIES_GROUP))
    categories = layer.renderer().categories()
    parts = categories[0].symbol().symbolLayers()
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    found = []
    for feature in layer.getFeatures():
        context.setFeature(feature)
        drawn = set()
        for part in parts:
            enabled = part.dataDefinedProperties().property(part.Property.PropertyLayerEnabled)
            if enabled.isActive() and enabled.valueAsBool(context, False)[0]:
                drawn.add(part.strokeColor().name())
        found.append(drawn)
    return found


def test_sensitive_records_have_a_ring():
    layer = points(
        {"occurrenceID": "string", "sensitive": "string"},
        ("INBO:1", None),
        ("INBO:2", "generalised"),
        ("INBO:SEN:3", "alreadyGeneralised"),
        ("INBO:PRESENT:4", None),
        (None, None),
    )
    none, blurred, exact, present, unknown = rings(layer)
    assert (none, present, unknown) == (set(), set(), set())
    assert len(blurred) == len(exact) == 1
    assert blurred != exact


def test_blurring_is_told_by_the_generalisation_where_nothing_else_does():
    layer = points({"dataGeneralizations": "string"}, ("vervaagd",), (None,))
    assert [bool(ring) for ring in rings(layer)] == [True, False]


def test_rings_are_left_out_where_nothing_is_sensitive():
    layer = points({"occurrenceID": "string", "sensitive": "string"}, ("INBO:SEN:1", "generalised"))
    layer.setCustomProperty(styles.EXACT, 0)
    layer.setCustomProperty(styles.BLURRED, 0)
    assert rings(layer) == [set()]


@pytest.mark.parametrize("crs", ["EPSG:31370", "EPSG:3857"])
def test_the_circle_of_the_uncertainty_has_its_size_on_the_ground(crs):
    """1,000 m of uncertainty fill 2,000 m of a map that is 4,000 m wide on the ground."""
    layer = points({"coordinateUncertaintyInMeters": "double"}, (1000.0,), crs=crs)
    x, y, stretch = 150_000, 170_000, 1.0
    if crs == "EPSG:3857":  # at 51 degrees north a metre of Mercator is 0.63 m on the ground
        x, y, stretch = 484_000, 6_620_000, 1 / 0.6293
        feature = next(layer.getFeatures())
        point = QgsGeometry.fromPointXY(QgsPointXY(x, y))
        layer.dataProvider().changeGeometryValues({feature.id(): point})
    layer.setRenderer(styles.renderer(layer, styles.SPECIES_GROUP))
    half = 2000 * stretch
    extent = (x - half, y - half, x + half, y + half)
    assert inked(picture(layer, extent)) < 0.1
    assert not styles.shows_uncertainty(layer)

    styles.show_uncertainty(layer, True)
    assert styles.shows_uncertainty(layer)
    assert inked(picture(layer, extent)) == pytest.approx(0.5, abs=0.03)

    styles.show_uncertainty(layer, False)
    assert inked(picture(layer, extent)) < 0.1


def test_a_layer_of_another_look_shows_no_uncertainty():
    assert not styles.shows_uncertainty(points({"recordID": "string"}))


def test_every_style_has_a_title():
    titles = {styles.style_title(name) for name in (*styles.STYLES, *styles.SQUARE_STYLES)}
    assert len(titles) == len({*styles.STYLES, *styles.SQUARE_STYLES})
