"""Layers of the portal in QGIS: as map, features, grid and tiles, drawn by a real map server."""

from __future__ import annotations

from dataclasses import replace

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsFeedback,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsPointXY,
    QgsRaster,
    QgsRectangle,
)
from qgis.PyQt.QtCore import QSize

from biodiv_plugin.layers.ogc_capabilities import (
    MapOffer,
    read_coverages,
    read_feature_types,
    read_map_offers,
    read_tile_sets,
)
from biodiv_plugin.layers.ogc_source import LayerForm, map_crs, shows
from biodiv_plugin.portal.errors import Canceled, UnexpectedAnswer
from biodiv_plugin.use_cases.describe_layer import describe_layer, fetch_pictures, value_range
from biodiv_plugin.use_cases.open_portal_layer import forms_of, open_portal_layer
from biodiv_plugin.use_cases.probe_ogc import OgcOffer, probe_ogc
from biodiv_plugin.use_cases.search_catalogue import CatalogueIndex
from tests.qgis.doubles import in_task

LAMBERT = QgsCoordinateReferenceSystem("EPSG:31370")
FLANDERS = QgsRectangle(2.6, 50.7, 5.9, 51.5)


@pytest.fixture
def index(services):
    return CatalogueIndex(services.catalogue.fields())


@pytest.fixture
def geoserver(services):
    return services.environment.service("geoserver")


@pytest.fixture
def offer(services, geoserver):
    return in_task(lambda feedback: probe_ogc(geoserver, services.transport, feedback))


def opened(index, geoserver, name, crs="EPSG:31370", **options):
    wanted = QgsCoordinateReferenceSystem(crs)
    return in_task(
        lambda feedback: open_portal_layer(
            index.named(name), geoserver, wanted, feedback=feedback, **options
        )
    )


def colours(layer, crs: str) -> set[int]:
    """Draw Flanders and return the colours, but for white."""
    target = QgsCoordinateReferenceSystem(crs)
    to_map = QgsCoordinateTransform(
        QgsCoordinateReferenceSystem("EPSG:4326"), target, QgsCoordinateTransformContext()
    )
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(target)
    settings.setExtent(to_map.transformBoundingBox(FLANDERS))
    settings.setOutputSize(QSize(300, 120))
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    return {image.pixel(x, y) for x in range(0, 300, 3) for y in range(0, 120, 3)} - {0xFFFFFFFF}


@pytest.mark.parametrize("crs", ["EPSG:31370", "EPSG:3857", "EPSG:4326"])
def test_a_map_is_drawn_in_each_crs_the_right_way_round(index, geoserver, offer, crs):
    layer = opened(index, geoserver, "gemeenten", crs, offer=offer).layer
    assert layer.crs().authid() == crs
    assert layer.customProperty("identify/format") == "Feature"
    assert colours(layer, crs), "nothing was drawn: are the axes exchanged?"


def test_quirk_06_the_tile_cache_is_never_asked_for_a_map(index, geoserver, offer, control):
    colours(opened(index, geoserver, "gemeenten", offer=offer).layer, "EPSG:31370")
    asked = [r for r in control.requests("/geoserver") if "GetMap" in r["query"]]
    assert asked
    assert not [r for r in asked if "gwc" in r["path"]]


def test_a_crs_that_the_server_does_not_draw_in_is_replaced(index, geoserver, offer):
    layer = opened(index, geoserver, "gemeenten", "EPSG:2154", offer=offer).layer
    assert layer.crs().authid() == "EPSG:3857"
    assert colours(layer, "EPSG:31370")
    only = MapOffer("x", "x", (), ("EPSG:28992",))
    assert map_crs(LAMBERT, only).authid() == "EPSG:28992"
    assert map_crs(LAMBERT, MapOffer("x", "x")) == LAMBERT


def test_styles_differ(index, geoserver, offer):
    names = [name for name, _ in offer.map_of(index.named("bwk")).styles]
    assert {"cl10265", "outline", "polygon"} <= set(names)
    drawn = [
        colours(opened(index, geoserver, "bwk", offer=offer, style=style).layer, "EPSG:31370")
        for style in ("outline", "polygon")
    ]
    assert drawn[0] != drawn[1]


def test_identify_tells_the_municipality(index, geoserver, offer):
    layer = opened(index, geoserver, "gemeenten", offer=offer).layer
    box = QgsRectangle(100_000, 190_000, 110_000, 200_000)
    told = layer.dataProvider().identify(
        QgsPointXY(104_500, 194_000), QgsRaster.IdentifyFormat.IdentifyFormatFeature, box, 100, 100
    )
    (stores,) = told.results().values()
    names = [f["NAAM"] for store in stores for f in store.features()]
    assert names == ["Gent"]


@pytest.mark.parametrize("crs", ["EPSG:31370", "EPSG:3857", "EPSG:4326"])
def test_features_come_with_attributes(index, geoserver, offer, crs):
    assert forms_of(index.named("gemeenten"), offer) == (
        LayerForm.MAP,
        LayerForm.FEATURES,
        LayerForm.TILES,
    )
    layer = opened(index, geoserver, "gemeenten", crs, offer=offer, form=LayerForm.FEATURES).layer
    assert layer.crs().authid() == crs
    names = {feature["NAAM"] for feature in layer.getFeatures()}
    assert {"Gent", "Aalst", "Damme"} <= names
    assert not layer.extent().isEmpty()


@pytest.mark.parametrize("crs", ["EPSG:31370", "EPSG:3857", "EPSG:4326"])
def test_a_grid_comes_with_numbers(index, geoserver, offer, crs):
    assert LayerForm.COVERAGE in forms_of(index.named("hoogte"), offer)
    layer = opened(index, geoserver, "hoogte", crs, offer=offer, form=LayerForm.COVERAGE).layer
    value, found = layer.dataProvider().sample(layer.extent().center(), 1)
    assert found
    assert -10 < value < 300


def test_tiles_are_drawn(index, geoserver, offer):
    layer = opened(index, geoserver, "gemeenten", offer=offer, form=LayerForm.TILES).layer
    assert layer.isValid()
    assert layer.crs().authid() == "EPSG:3857"


def test_quirk_21_services_that_are_closed_are_not_offered(services, geoserver, control, index):
    for name in ("no_wfs", "no_wcs", "no_wmts"):
        control.fault(f"geoserver.{name}")
    closed = probe_ogc(geoserver, services.transport)
    assert not closed.features | closed.coverages | closed.tiles
    assert forms_of(index.named("hoogte"), closed) == (LayerForm.MAP,)
    assert closed.maps


@pytest.mark.parametrize("kind", ["status", "html", "empty", "malformed"])
def test_a_map_server_that_is_down_offers_nothing_and_breaks_nothing(
    services, geoserver, control, kind
):
    control.fault(kind=kind, path="/geoserver", status=503 if kind == "status" else 200)
    assert probe_ogc(geoserver, services.transport) == OgcOffer(service="wms")


def test_an_address_that_only_the_server_can_reach_is_not_used(services, index, geoserver, control):
    control.fault("geoserver.noisy")
    noisy = probe_ogc(geoserver, services.transport)
    assert len(noisy.maps) > 400
    layer = opened(index, geoserver, "gemeenten", offer=noisy).layer
    assert colours(layer, "EPSG:31370")


def test_a_layer_that_is_not_shown_is_told(index, geoserver):
    gone = replace(index.named("gemeenten"), layer_name="gone")
    with pytest.raises(UnexpectedAnswer):
        in_task(lambda feedback: open_portal_layer(gone, geoserver, LAMBERT, feedback=feedback))


def test_a_canceled_opening_gives_no_layer(index, geoserver):
    stopped = QgsFeedback()
    stopped.cancel()
    with pytest.raises(Canceled):
        open_portal_layer(index.named("gemeenten"), geoserver, LAMBERT, feedback=stopped)


def test_what_the_catalogue_tells_is_in_the_layer(index, geoserver, offer):
    entry = index.named("hoogte")
    layer = opened(index, geoserver, "hoogte", offer=offer).layer
    metadata = layer.metadata()
    assert entry.description in metadata.abstract()
    assert value_range(entry) in metadata.abstract()
    assert entry.units in value_range(entry)
    assert metadata.licenses() == [entry.licence]
    assert shows(layer, entry, geoserver)
    assert not shows(layer, index.named("gemeenten"), geoserver)


def test_a_card_has_pictures_and_no_markup_of_others(services, index, geoserver, control):
    entry = index.named("gemeenten")
    pictures = fetch_pictures(entry, services.catalogue, geoserver, services.transport)
    assert pictures.thumbnail.startswith(b"\xff\xd8")
    assert pictures.legend.startswith(b"\x89PNG")
    assert describe_layer(entry, pictures).count("<img") == 2
    control.fault(kind="html", path="/geoserver")
    control.fault(kind="status", status=404, path="/spatial-service/layer/img")
    nothing = fetch_pictures(entry, services.catalogue, geoserver, services.transport)
    assert not nothing.thumbnail + nothing.legend
    assert "<script" not in describe_layer(replace(entry, description="<script>x</script>"))


def test_capabilities_inherit_from_the_layers_around():
    document = b"""<WMS_Capabilities><Capability><Layer><Title>all</Title><CRS>EPSG:31370</CRS>
      <CRS>EPSG:4326</CRS><Layer><Name>ALA:a</Name><CRS>EPSG:3857</CRS><Style><Name>s</Name>
      <Title>S</Title><LegendURL><Format>x</Format></LegendURL></Style>
      <Layer><Name>b</Name></Layer></Layer></Layer></Capability></WMS_Capabilities>"""
    found = read_map_offers(document)
    assert found["ALA:a"].crs == ("EPSG:31370", "EPSG:4326", "EPSG:3857")
    assert found["b"] == MapOffer("b", "", (("s", "S"),), found["ALA:a"].crs)


@pytest.mark.parametrize(
    "read", [read_map_offers, read_feature_types, read_coverages, read_tile_sets]
)
@pytest.mark.parametrize(
    "document", [b"", b"<html></html>", b"<ows:ExceptionReport/>", b"{}", b"<WMS_Capabilities><a>"]
)
def test_what_is_no_capabilities_is_refused(read, document):
    with pytest.raises(UnexpectedAnswer):
        read(document)
