"""The Flemish base maps: data that ship with the plugin. No foreign host is asked."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeedback,
    QgsNetworkAccessManager,
    QgsNetworkRequestParameters,
    QgsOwsConnection,
    QgsRectangle,
)

from biodiv_plugin.gui.layers.base_map_menu import BaseMapMenu
from biodiv_plugin.layers.base_maps import (
    BASE_MAP,
    MapService,
    base_map_layers,
    flemish_base,
    service_uri,
    tile_uri,
)
from biodiv_plugin.layers.ogc_capabilities import MapOffer
from biodiv_plugin.portal.errors import Canceled, PortalFault, UnexpectedAnswer
from biodiv_plugin.use_cases.open_map_service import open_map_service
from biodiv_plugin.use_cases.search_catalogue import CatalogueIndex
from tests.qgis.doubles import in_task


@pytest.fixture
def foreign(qgis_app):
    """Addresses outside this machine that QGIS was asked for."""
    asked = []

    def remember(parameters):
        host = parameters.request().url().host()
        if host not in ("127.0.0.1", "localhost"):
            asked.append(host)

    manager = QgsNetworkAccessManager.instance()
    manager.requestAboutToBeCreated[QgsNetworkRequestParameters].connect(remember)
    yield asked
    manager.requestAboutToBeCreated[QgsNetworkRequestParameters].disconnect(remember)


@pytest.fixture
def menu(services, host, qtbot):
    made = BaseMapMenu(services, host)
    qtbot.addWidget(made)
    return made


def item(menu, text: str):
    for action in menu.actions():
        if action.text() == text:
            return action
        if action.menu() is not None and (found := item(action.menu(), text)):
            return found
    return None


def test_the_24_services_and_two_base_maps_are_those_of_the_portal():
    base = flemish_base()
    assert len(base.services) == len({service.url for service in base.services}) == 24
    assert [service.name for service in base.services[:3]] == ["GRB", "INBO", "INBO - ARPL"]
    assert {urlsplit(service.url).hostname for service in base.services} == {
        "geo.api.vlaanderen.be",
        "gisservices.inbo.be",
    }
    assert all(urlsplit(service.url).scheme == "https" for service in base.services)
    assert [base_map.id for base_map in base.base_maps] == ["1_grb", "2_luchtkaart"]
    assert base.flanders == QgsRectangle(2.54133, 50.68767, 5.912, 51.50511)


def test_base_maps_are_valid_layers_with_the_portals_addresses(foreign):
    for base_map in flemish_base().base_maps:
        layers = base_map_layers(base_map)
        assert all(layer.isValid() for layer in layers)
        assert [round(layer.opacity(), 1) for layer in layers] == [0.3, 1.0]
        tiles = base_map.layers[1]
        assert "tilematrix={z}&tilerow={y}&tilecol={x}" in tiles.url
        assert "%26layer%3D" in tile_uri(tiles), "its own & is part of the address"
        assert layers[1].source() == tile_uri(tiles)
    assert foreign == []


def test_one_click_adds_the_group_below_all_else(menu, host, foreign, qtbot):
    item(menu, "Area Flanders as Polygon").trigger()
    item(menu, "Grootschalig Referentiebestand").trigger()
    names = [node.name() for node in host.project.layerTreeRoot().children()]
    assert names == ["Areas", "Grootschalig Referentiebestand"]
    group = host.project.layerTreeRoot().findGroup("Grootschalig Referentiebestand")
    assert [n.name() for n in group.children()] == ["GRB-basiskaart", "OpenStreetMap"]
    assert {n.layer().customProperty(BASE_MAP) for n in group.findLayers()} == {"1_grb"}
    with qtbot.waitSignal(menu.told):
        item(menu, "Grootschalig Referentiebestand").trigger()
    assert len(group.children()) == 2, "once only"
    assert foreign == []


def test_the_area_and_the_view_of_flanders(menu, host):
    item(menu, "Area Flanders as Polygon").trigger()
    (layer,) = host.project.mapLayers().values()
    (feature,) = layer.getFeatures()
    assert feature["name"] == "Vlaanderen"
    assert feature.geometry().boundingBox() == flemish_base().flanders
    host.canvas.resize(400, 300)
    item(menu, "Zoom to Flanders").trigger()
    assert host.canvas.extent().contains(QgsRectangle(25_000, 155_000, 255_000, 240_000))


@pytest.mark.parametrize("crs", ["EPSG:31370", "EPSG:3857", "EPSG:4326"])
def test_the_view_that_the_portals_map_begins_with(menu, host, crs):
    map_crs = QgsCoordinateReferenceSystem(crs)
    host.canvas.setDestinationCrs(map_crs)
    width = host.canvas.mapSettings().outputSize().width()
    item(menu, "Start View of the Portal Map").trigger()
    to_degrees = QgsCoordinateTransform(
        map_crs, QgsCoordinateReferenceSystem("EPSG:4326"), host.project
    )
    middle = to_degrees.transform(host.canvas.center())
    assert (middle.x(), middle.y()) == pytest.approx((4.4, 51.0), abs=0.02)
    shown = to_degrees.transformBoundingBox(host.canvas.extent())
    degrees = width * 360 / (256 * 2**9)  # level 9 of web Mercator, tiles of 256 pixels
    assert degrees * 0.99 < shown.width() < degrees * 1.7, "a CRS of another shape shows more"


def test_quick_links_are_found_by_name(menu, services, qtbot):
    assert not item(menu, "BWK").isVisible(), "before the catalogue is there"
    menu.set_index(CatalogueIndex(services.catalogue.fields()))
    for text, layer in (("BWK", "bwk"), ("Landbouw", "landbouw"), ("VHA", "vhga")):
        with qtbot.waitSignal(menu.layer_requested) as told:
            item(menu, text).trigger()
        assert told.args[0].layer_name == layer
    menu.set_index(CatalogueIndex())
    assert not item(menu, "BWK").isVisible()


def test_all_become_connections_of_qgis(menu):
    item(menu, "Keep All as WMS Connections").trigger()
    names = [service.name for service in flemish_base().services]
    assert set(names) <= set(QgsOwsConnection.connectionList("WMS"))
    uri = QgsOwsConnection("WMS", "INBO - BWK").uri()
    assert uri.param("url").endswith("/services/BWK/MapServer/WMSServer")
    for name in names:
        QgsOwsConnection.deleteConnection("WMS", name)


def test_a_service_becomes_a_group_of_its_layers(menu, services, host, qtbot):
    nearby = MapService("Bij ons", f"{services.environment.portal}/geoserver/ALA/wms")
    action = item(menu, "INBO")
    action.setData(nearby)  # the same click, at a server on this machine
    with qtbot.waitSignal(menu.told, timeout=60_000):
        action.trigger()
    group = host.project.layerTreeRoot().findGroup("Bij ons")
    nodes = group.findLayers()
    assert len(nodes) > 20
    assert all(node.layer().isValid() for node in nodes)
    assert sum(node.isVisible() for node in nodes) == 3
    assert nodes[0].layer().crs().authid() == "EPSG:31370"
    with qtbot.waitSignal(menu.told):
        action.trigger()
    assert len(group.findLayers()) == len(nodes)


def test_a_service_that_fails_is_told(services, control, menu, qtbot):
    service = MapService("Weg", f"{services.environment.portal}/geoserver/ALA/wms")
    control.fault(kind="status", status=503, path="/geoserver")
    with pytest.raises(PortalFault):
        in_task(lambda f: open_map_service(service, "EPSG:31370", services.transport, f))
    action = item(menu, "INBO")
    action.setData(service)
    with qtbot.waitSignal(menu.failed, timeout=10_000):
        action.trigger()
    control.clear_faults()
    control.fault(kind="html", path="/geoserver")
    with pytest.raises(UnexpectedAnswer):
        in_task(lambda f: open_map_service(service, "EPSG:31370", services.transport, f))
    control.clear_faults()
    stopped = QgsFeedback()
    stopped.cancel()
    with pytest.raises(Canceled):
        open_map_service(service, "EPSG:31370", services.transport, stopped)


def test_a_crs_that_a_service_lacks_is_replaced():
    service = MapService("x", "https://x.test/wms")
    assert "crs=EPSG:31370" in service_uri(service, MapOffer("a", "A"), "EPSG:31370")
    offer = MapOffer("a", "A", (("s", "S"),), ("EPSG:3857", "EPSG:31370"))
    assert "crs=EPSG:31370" in service_uri(service, offer, "EPSG:2154")
    assert "styles=s" in service_uri(service, offer, "EPSG:2154")
