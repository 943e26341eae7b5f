"""Layers of the portal lie where they should, in each CRS and by each service (axis order!).

The map server is a real MapServer; the places are known: they lie in Flanders, in the hole that
Brussels is, or in the sea.
"""

from __future__ import annotations

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsFeatureRequest,
    QgsGeometry,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsPointXY,
    QgsRaster,
    QgsRectangle,
)
from qgis.PyQt.QtCore import QPointF, QSize
from qgis.PyQt.QtGui import QColor, QImage

from biodiv_plugin.layers.ogc_source import LayerForm
from biodiv_plugin.use_cases.open_portal_layer import open_portal_layer
from biodiv_plugin.use_cases.probe_ogc import probe_ogc
from biodiv_plugin.use_cases.search_catalogue import CatalogueIndex
from tests.qgis.doubles import in_task

GHENT, HASSELT, KORTRIJK = (3.72, 51.05), (5.34, 50.93), (3.26, 50.83)  # longitude, latitude
BRUSSELS, SEA, LILLE = (4.36, 50.85), (2.75, 51.45), (3.06, 50.63)
HEIGHTS = {GHENT: 9.4}  # m, of the demo's own grid
ALL = ("EPSG:31370", "EPSG:3857", "EPSG:4326")
WIDTH, HEIGHT = 600, 300
FLANDERS = QgsRectangle(2.5, 50.6, 5.95, 51.55)

every_crs = pytest.mark.parametrize("crs", ALL)


@pytest.fixture
def open_as(services):
    index = CatalogueIndex(services.catalogue.fields())
    geoserver = services.environment.service("geoserver")
    offer = probe_ogc(geoserver, services.transport)

    def opened(name: str, crs: str, form: LayerForm = LayerForm.MAP, style: str = ""):
        wanted = QgsCoordinateReferenceSystem(crs)
        layer = in_task(
            lambda feedback: open_portal_layer(
                index.named(name), geoserver, wanted, offer, style, form, feedback
            )
        ).layer
        assert layer.isValid()
        return layer

    return opened


def between(source: str, target: str) -> QgsCoordinateTransform:
    crs = QgsCoordinateReferenceSystem
    return QgsCoordinateTransform(crs(source), crs(target), QgsCoordinateTransformContext())


def at(place: tuple[float, float], crs: str) -> QgsPointXY:
    return between("EPSG:4326", crs).transform(QgsPointXY(*place))


class Map:
    """A map of Flanders in ``crs`` with one layer, on white."""

    def __init__(self, layer: object, crs: str) -> None:
        self._crs = crs
        settings = QgsMapSettings()
        settings.setLayers([layer])
        settings.setDestinationCrs(QgsCoordinateReferenceSystem(crs))
        settings.setExtent(between("EPSG:4326", crs).transformBoundingBox(FLANDERS))
        settings.setOutputSize(QSize(WIDTH, HEIGHT))
        self._to_pixel = settings.mapToPixel()
        job = QgsMapRendererParallelJob(settings)
        job.start()
        job.waitForFinished()
        assert job.errors() == []
        self.image: QImage = job.renderedImage()

    def colour(self, place: tuple[float, float]) -> QColor:
        pixel = self._to_pixel.transform(at(place, self._crs))
        point = QPointF(pixel.x(), pixel.y()).toPoint()
        assert self.image.rect().contains(point)
        return self.image.pixelColor(point)

    def is_drawn(self, place: tuple[float, float]) -> bool:
        return self.colour(place) != QColor("white")


def alike(one: QColor, other: QColor) -> bool:
    pairs = zip(one.getRgb(), other.getRgb())
    return all(abs(a - b) <= 12 for a, b in pairs)  # drawn anew in another CRS, pixels shift


@every_crs
@pytest.mark.parametrize("drawn_in", ALL)
def test_a_map_covers_flanders_and_nothing_else(open_as, crs, drawn_in):
    picture = Map(open_as("gewest", crs, style="polygon"), drawn_in)
    inside = {place: picture.is_drawn(place) for place in (GHENT, HASSELT, KORTRIJK)}
    outside = {place: picture.is_drawn(place) for place in (BRUSSELS, SEA, LILLE)}
    assert all(inside.values()), inside
    assert not any(outside.values()), outside


@every_crs
def test_a_grid_has_the_same_colours_in_the_same_places(open_as, crs):
    known = Map(open_as("hoogte", "EPSG:4326"), "EPSG:31370")
    picture = Map(open_as("hoogte", crs), "EPSG:31370")
    for place in (GHENT, HASSELT, KORTRIJK):
        assert alike(picture.colour(place), known.colour(place)), place
    assert picture.colour(HASSELT) != picture.colour(GHENT), "the heights differ"
    assert not picture.is_drawn(SEA)


def test_tiles_lie_where_the_map_does(open_as):
    tiles = open_as("gewest", "EPSG:31370", LayerForm.TILES)
    picture = Map(tiles, "EPSG:31370")
    assert [picture.is_drawn(place) for place in (GHENT, HASSELT, SEA, LILLE)] == [
        *(True, True),
        *(False, False),
    ]


@every_crs
def test_features_are_found_by_a_box_in_that_crs(open_as, crs):
    layer = open_as("gemeenten", crs, LayerForm.FEATURES)
    assert layer.crs().authid() == crs
    point = at(GHENT, crs)
    around = QgsRectangle.fromCenterAndSize(point, *(layer.extent().width() / 1000,) * 2)
    found = list(layer.getFeatures(QgsFeatureRequest().setFilterRect(around)))
    here = [f for f in found if f.geometry().contains(QgsGeometry.fromPointXY(point))]
    assert [feature["NAAM"] for feature in here] == ["Gent"]
    assert len(found) < 5, "only what is in the box was asked for"


@every_crs
@pytest.mark.parametrize("place", HEIGHTS)
def test_a_grid_of_numbers_has_its_heights_in_that_crs(open_as, crs, place):
    layer = open_as("hoogte", crs, LayerForm.COVERAGE)
    value, found = layer.dataProvider().sample(at(place, crs), 1)
    assert found
    assert value == pytest.approx(HEIGHTS[place], abs=1.5)
    _, found = layer.dataProvider().sample(at(SEA, crs), 1)
    assert not found, "no number where there is none"


def identified(layer: object, place: tuple[float, float]) -> list[dict]:
    """Ask as a click with QGIS's own Identify does, on a view of some kilometres."""
    crs = layer.crs().authid()
    point = at(place, crs)
    metres = 6000 if crs != "EPSG:4326" else 0.06
    view = QgsRectangle.fromCenterAndSize(point, metres, metres)
    told = layer.dataProvider().identify(
        point, QgsRaster.IdentifyFormat.IdentifyFormatFeature, view, 101, 101
    )
    assert told.isValid()
    stores = [store for found in told.results().values() for store in found]
    return [f.attributeMap() for store in stores for f in store.features()]


@every_crs
def test_a_click_tells_words_and_numbers(open_as, crs):
    (town,) = identified(open_as("gemeenten", crs), GHENT)
    assert (town["NAAM"], town["PROVINCIE"]) == ("Gent", "Oost-Vlaanderen")
    (height,) = identified(open_as("hoogte", crs), GHENT)
    assert float(height["GRAY_INDEX"]) == pytest.approx(HEIGHTS[GHENT], abs=1.5)
    assert identified(open_as("gemeenten", crs), SEA) == []


@pytest.mark.parametrize("style", ["", "cl10265", "outline"])
def test_the_legend_is_a_picture(open_as, qtbot, style):
    layer = open_as("bwk", "EPSG:31370", style=style)
    provider = layer.dataProvider()
    assert provider.supportsLegendGraphic()
    settings = QgsMapSettings()
    settings.setDestinationCrs(layer.crs())
    fetcher = provider.getLegendGraphicFetcher(settings)
    with qtbot.waitSignal(fetcher.finish, timeout=10_000) as told:
        fetcher.start()
    (picture,) = told.args
    assert picture.width() > 10
    found = {
        picture.pixelColor(x, y).name()
        for x in range(picture.width())
        for y in range(picture.height())
    }
    assert len(found) > 1
