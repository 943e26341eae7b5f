"""Map services as the servers of INBO and Flanders describe theirs, on a server of the test's own.

What is served here has the form of an ArcGIS Server's WMS: numbers for names, layers within
layers, one style called ``default``, and legends at the port behind the gateway.
"""

from __future__ import annotations

import re

import pytest
from qgis.core import (
    QgsMapSettings,
    QgsNetworkAccessManager,
    QgsNetworkRequestParameters,
    QgsProviderRegistry,
)
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtNetwork import QNetworkProxy, QNetworkRequest

from biodiv_plugin.auth.bearer import FLEMISH_MAP_SERVERS
from biodiv_plugin.gui.layers.base_map_menu import BaseMapMenu
from biodiv_plugin.layers.base_maps import (
    MapService,
    base_map_layers,
    flemish_base,
    service_uri,
)
from biodiv_plugin.layers.ogc_capabilities import read_map_offers
from biodiv_plugin.use_cases.open_map_service import MOST_LAYERS, open_map_service
from tests.qgis.doubles import Asked, Reply, Server, in_task

PATH = "/arcgis/services/BWK/MapServer/WMSServer"
OFFERED = ("CRS:84", "EPSG:4326", "EPSG:31370", "EPSG:3857", "EPSG:102100")

_LAYER = """<Layer queryable="1"><Name>{name}</Name><Title>Kaartblad {name}</Title>
 <Style><Name>default</Name><Title>{name}</Title><LegendURL width="60" height="30">
 <Format>image/png</Format><OnlineResource xmlns:xlink="http://www.w3.org/1999/xlink"
 xlink:type="simple" xlink:href="https://gisservices.inbo.be:4443{path}?request=GetLegendGraphic%26version=1.3.0%26format=image/png%26layer={name}"/>
 </LegendURL></Style></Layer>"""

_DOCUMENT = """<?xml version="1.0" encoding="UTF-8"?>
<WMS_Capabilities version="1.3.0" xmlns="http://www.opengis.net/wms"
 xmlns:xlink="http://www.w3.org/1999/xlink">
<Service><Name>WMS</Name><Title>BWK</Title><OnlineResource xlink:href="{url}"/></Service>
<Capability><Request>
<GetCapabilities><Format>text/xml</Format><DCPType><HTTP><Get>
<OnlineResource xlink:href="{url}"/></Get></HTTP></DCPType></GetCapabilities>
<GetMap><Format>image/png</Format><DCPType><HTTP><Get>
<OnlineResource xlink:href="{url}"/></Get></HTTP></DCPType></GetMap></Request>
<Layer><Title>Layers</Title>{crs}
<EX_GeographicBoundingBox><westBoundLongitude>2.5</westBoundLongitude>
<eastBoundLongitude>6</eastBoundLongitude><southBoundLatitude>50.6</southBoundLatitude>
<northBoundLatitude>51.6</northBoundLatitude></EX_GeographicBoundingBox>
<Layer><Name>groep</Name><Title>Alles</Title>{layers}</Layer></Layer></Capability>
</WMS_Capabilities>"""


def described(url: str, layers: int, offered: tuple = OFFERED) -> str:
    listed = "".join(_LAYER.format(name=number, path=PATH) for number in range(layers))
    crs = "".join(f"<CRS>{authority_id}</CRS>" for authority_id in offered)
    return _DOCUMENT.format(url=f"{url}{PATH}?", crs=crs, layers=listed)


class MapServer:
    """A WMS of so many layers; ``service`` is how it is named in the menu."""

    def __init__(self) -> None:
        self.layers, self.offered = 4, OFFERED
        self.server = Server(self._answer)
        self.service = MapService("INBO - BWK", f"{self.server.url}{PATH}")

    def _answer(self, asked: Asked) -> Reply:
        document = described(self.server.url, self.layers, self.offered).encode()
        return Reply(document, headers={"Content-Type": "text/xml"})


@pytest.fixture
def map_server(qgis_app):
    made = MapServer()
    with made.server:
        yield made


@pytest.fixture
def menu(services, host, qtbot, map_server):
    """The menu, whose BWK is on this machine."""
    made = BaseMapMenu(services, host)
    qtbot.addWidget(made)
    submenu = next(a.menu() for a in made.actions() if a.text().startswith("Map Services"))
    made.bwk = next(a for a in submenu.actions() if a.text() == "INBO - BWK")
    made.bwk.setData(map_server.service)
    yield made
    qtbot.waitUntil(services.tasks.is_idle, timeout=20_000)


@pytest.mark.parametrize("crs", ["EPSG:31370", "EPSG:3857", "EPSG:4326"])
def test_each_of_its_layers_once_in_the_crs_of_the_map(services, map_server, crs):
    opened = in_task(lambda f: open_map_service(map_server.service, crs, services.transport, f))
    assert [layer.name() for layer in opened.layers] == [f"Kaartblad {n}" for n in range(4)]
    assert {layer.crs().authid() for layer in opened.layers} == {crs}
    assert opened.left_out == 0
    offers = read_map_offers(described("http://x.test", 2).encode())
    assert {name: offer.group for name, offer in offers.items()} == {
        "groep": True,
        "0": False,
        "1": False,
    }


def test_without_that_crs_it_is_lambert_72(services, map_server):
    found = in_task(
        lambda f: open_map_service(map_server.service, "EPSG:2154", services.transport, f)
    )
    assert {layer.crs().authid() for layer in found.layers} == {"EPSG:31370"}


def test_a_large_service_is_told(menu, map_server, host, qtbot):
    map_server.layers = MOST_LAYERS + 25
    with qtbot.waitSignal(menu.told, timeout=60_000) as told:
        menu.bwk.trigger()
    text = told.args[0]
    assert "large service" in text
    assert [int(number) for number in re.findall(r"\d+", text)] == [60, 85, 3]
    nodes = host.project.layerTreeRoot().findGroup("INBO - BWK").findLayers()
    assert len(nodes) == MOST_LAYERS
    assert sum(node.isVisible() for node in nodes) == 3
    assert len(map_server.server.asked) < 5, "QGIS keeps what the service told of itself"


@pytest.mark.parametrize("service", flemish_base().services, ids=lambda service: service.name)
def test_each_preset_is_a_definition_that_qgis_reads(service):
    metadata = QgsProviderRegistry.instance().providerMetadata("wms")
    offers = read_map_offers(described("https://x.test", 2).encode())
    for crs, drawn_in in (("EPSG:31370",) * 2, ("EPSG:3857",) * 2, ("EPSG:2154", "EPSG:31370")):
        parts = metadata.decodeUri(service_uri(service, offers["1"], crs))
        assert (parts["url"], parts["layers"], parts["crs"]) == (service.url, "1", drawn_in)
        assert parts["styles"] == "default", "the first style, as the portal's own map takes it"


def test_the_base_maps_are_tiles_in_web_mercator():
    layers = [one for base_map in flemish_base().base_maps for one in base_map_layers(base_map)]
    assert len(layers) == 4
    assert {layer.crs().authid() for layer in layers} == {"EPSG:3857"}


def test_every_preset_is_on_a_server_whose_legends_are_mended():
    hosts = {QUrl(service.url).host() for service in flemish_base().services}
    assert hosts == set(FLEMISH_MAP_SERVERS)


@pytest.fixture
def asked_of_qgis(qgis_app):
    """The addresses that QGIS asks for; none of them leaves this machine."""
    manager, urls = QgsNetworkAccessManager.instance(), []

    def remember(parameters):
        urls.append(parameters.request().url().toString())

    former, excluded = manager.fallbackProxy(), manager.excludeList()
    nowhere = QNetworkProxy(QNetworkProxy.ProxyType.HttpProxy, "127.0.0.1", 9)
    manager.setFallbackProxyAndExcludes(nowhere, ["http://127.0.0.1"], [])
    manager.requestAboutToBeCreated[QgsNetworkRequestParameters].connect(remember)
    yield urls
    manager.requestAboutToBeCreated[QgsNetworkRequestParameters].disconnect(remember)
    manager.setFallbackProxyAndExcludes(former, excluded, [])


def test_a_legend_at_the_port_behind_the_gateway_is_asked_for_in_front_of_it(
    services, map_server, asked_of_qgis, qtbot
):
    opened = in_task(
        lambda f: open_map_service(map_server.service, "EPSG:31370", services.transport, f)
    )
    provider = opened.layers[1].dataProvider()
    fetcher = provider.getLegendGraphicFetcher(QgsMapSettings())
    with qtbot.waitSignal(fetcher.error, timeout=10_000):
        fetcher.start()
    (legend,) = [url for url in asked_of_qgis if "gisservices" in url]
    assert legend.startswith(f"https://gisservices.inbo.be{PATH}?")
    assert "layer=1" in legend


@pytest.mark.parametrize(
    ("url", "mended"),
    [
        ("https://gisservices.inbo.be:4443/a?b=c", "https://gisservices.inbo.be/a?b=c"),
        ("https://geo.api.vlaanderen.be:4443/GRB/wms", "https://geo.api.vlaanderen.be/GRB/wms"),
        ("https://gisservices.inbo.be:8443/a", "https://gisservices.inbo.be:8443/a"),
        ("https://other.example:4443/a", "https://other.example:4443/a"),
        ("https://gisservices.inbo.be.example:4443/", "https://gisservices.inbo.be.example:4443/"),
    ],
)
def test_no_other_address_is_changed_and_no_token_goes_there(services, browse_as, url, mended):
    browse_as("hilde")
    request = QNetworkRequest(QUrl(url))
    services.bearer(request)
    assert request.url().toString() == mended
    assert not request.hasRawHeader(b"Authorization")
