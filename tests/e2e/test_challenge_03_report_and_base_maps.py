"""Challenge 3, from the named area on: its report, the satellite base map, the GRB by WMS.

The base maps lie elsewhere on the internet: that their definitions are the right ones is all
that can be tried here. The GRB's own answer is given by a server on this machine.
"""

from __future__ import annotations

from urllib.parse import parse_qs, unquote

import pytest
from qgis.core import QgsLayoutItemMap, QgsNetworkAccessManager
from qgis.PyQt.QtCore import Qt, QUrl
from qgis.PyQt.QtWidgets import QToolButton

from biodiv_plugin import settings
from biodiv_plugin.gui.portal_dock import PortalDock
from biodiv_plugin.portal.query import OccurrenceQuery
from tests.e2e.test_challenge_map_layers import HABITATS, add, menu, tick
from tests.qgis.doubles import Reply, Server, in_task

LEFT = Qt.MouseButton.LeftButton
GRB = "geo.api.vlaanderen.be"

CAPABILITIES = """<?xml version="1.0" encoding="UTF-8"?>
<WMS_Capabilities version="1.3.0" xmlns="http://www.opengis.net/wms"
    xmlns:xlink="http://www.w3.org/1999/xlink">
  <Service><Name>WMS</Name><Title>GRB</Title></Service>
  <Capability>
    <Request>
      <GetCapabilities><Format>text/xml</Format></GetCapabilities>
      <GetMap><Format>image/png</Format><DCPType><HTTP><Get><OnlineResource
        xlink:type="simple" xlink:href="https://geo.api.vlaanderen.be/GRB/wms?"/></Get></HTTP>
      </DCPType></GetMap>
    </Request>
    <Layer>
      <Title>GRB</Title><CRS>EPSG:31370</CRS><CRS>EPSG:3857</CRS><CRS>EPSG:4326</CRS>
      <EX_GeographicBoundingBox>
        <westBoundLongitude>2.5</westBoundLongitude><eastBoundLongitude>6</eastBoundLongitude>
        <southBoundLatitude>50.6</southBoundLatitude><northBoundLatitude>51.6</northBoundLatitude>
      </EX_GeographicBoundingBox>
      <BoundingBox CRS="EPSG:31370" minx="20000" miny="150000" maxx="260000" maxy="250000"/>
      <Layer><Name>GRB_GBG</Name><Title>Gebouw aan de grond</Title></Layer>
      <Layer><Name>GRB_WBN</Name><Title>Wegbaan</Title></Layer>
    </Layer>
  </Capability>
</WMS_Capabilities>"""


@pytest.fixture
def dock(qtbot, services, host):
    """The dock at its layers, as somebody opens it for the first time."""
    host.window.resize(600, 400)
    host.window.show()
    made = PortalDock(services, host)
    qtbot.addWidget(made)
    made.resize(360, 900)
    made.show()
    made.show_section("layers")
    qtbot.waitUntil(lambda: made.layers.model.count() > 50, timeout=10_000)
    yield made
    services.tasks.cancel_all()
    qtbot.waitUntil(services.tasks.is_idle, timeout=20_000)
    settings.LAST_SECTION.reset()


@pytest.fixture
def grb(qgis_app):
    """The map server of the GRB, at its own address; what it was asked for."""
    with Server(
        lambda asked: Reply(CAPABILITIES.encode(), headers={"Content-Type": "text/xml"})
    ) as (server):

        def lead_here(request) -> None:
            url = request.url()
            if url.host() == GRB:
                here = QUrl(server.url)
                url.setScheme("http")
                url.setHost(here.host())
                url.setPort(here.port())
                request.setUrl(url)

        mark = QgsNetworkAccessManager.setRequestPreprocessor(lead_here)
        yield server
        QgsNetworkAccessManager.removeRequestPreprocessor(mark)


def named_area(dock, qtbot, path):
    """Make one area of two sites, as in the first half of the challenge."""
    layers = dock.layers
    add(layers, qtbot, HABITATS)
    menu(layers.panel.menu, "As Polygons…").trigger()
    picker = layers.classes.picker
    for words in ("Kalmthoutse", "Schietveld"):
        tick(picker, qtbot, words)
    picker.merge.setChecked(True)
    picker.file.setFilePath(str(path))
    with qtbot.waitSignal(layers.classes.loaded, timeout=20_000) as told:
        qtbot.mouseClick(picker._load, LEFT)
    layers.classes.back_requested.emit()
    return told.args[0].layer


def test_the_report_of_an_area_with_a_name(dock, qtbot, host, services, tmp_path):
    area = named_area(dock, qtbot, tmp_path / "mijn gebied.gpkg")
    report = dock.layers.report
    tools = dock.layers.findChildren(QToolButton)
    qtbot.mouseClick(next(b for b in tools if b.text() == "Area Report"), LEFT)
    report.panel.layers.setLayer(area)
    assert report.panel.scope.text().startswith("All polygons: 1")
    with qtbot.waitSignal(report.made, timeout=60_000) as made:
        qtbot.mouseClick(report.panel.make, LEFT)
    (told,) = made.args[0].reports
    (feature,) = area.getFeatures()
    assert told.plot.name == feature["name"], "it bears the name of its sites"
    query = OccurrenceQuery(area=told.plot.wkt, flanders_only=False)
    assert told.records == in_task(lambda f: services.occurrences.count(query, f))
    habitats = next(layer for layer in told.layers if "abitatrichtlijn" in layer.title)
    assert any("Kalmthout" in name for name in habitats.areas)
    read = report.panel.text.toPlainText()
    assert read.startswith(told.plot.name)
    assert f"Observations: {told.records}" in read
    qtbot.mouseClick(report.panel.layout_button, LEFT)
    (layout,) = host.project.layoutManager().printLayouts()
    (drawn,) = (item for item in layout.items() if isinstance(item, QgsLayoutItemMap))
    assert area in drawn.layers()
    host.project.clear()


def test_a_satellite_base_map_below_the_area(dock, qtbot, host, tmp_path):
    area = named_area(dock, qtbot, tmp_path / "mijn gebied.gpkg")
    menu(dock.layers.base_maps, "Luchtfoto's").trigger()
    order = host.project.layerTreeRoot().layerOrder()
    assert order.index(area) < len(order) - 2
    photo, streets = order[-2:]
    assert streets.name() == "OpenStreetMap"
    assert streets.opacity() < photo.opacity() == 1.0
    asked = parse_qs(photo.source())
    assert asked["type"] == ["xyz"]
    address = unquote(asked["url"][0])
    assert address.startswith(f"https://{GRB}/OMWRGBMRVL/wmts?")
    assert parse_qs(address)["layer"] == ["omwrgbmrvl"]
    assert parse_qs(address)["tilematrixset"] == ["GoogleMapsVL"]
    assert photo.isValid()
    assert photo.crs().authid() == "EPSG:3857"
    host.project.clear()


def test_the_grb_by_wms(dock, qtbot, host, grb):
    services_menu = next(a.menu() for a in dock.layers.base_maps.actions() if a.menu() is not None)
    with qtbot.waitSignal(dock.layers.base_maps.told, timeout=60_000):
        menu(services_menu, "GRB").trigger()
    assert "“GRB” is on the map: 2 layers" in dock.layers.notice.text()
    group = host.project.layerTreeRoot().findGroup("GRB")
    nodes = group.findLayers()
    assert [node.name() for node in nodes] == ["Gebouw aan de grond", "Wegbaan"]
    for node, name in zip(nodes, ("GRB_GBG", "GRB_WBN")):
        asked = parse_qs(node.layer().source())
        assert node.layer().isValid()
        assert node.layer().providerType() == "wms"
        assert asked["url"] == [f"https://{GRB}/GRB/wms"]
        assert asked["layers"] == [name]
        assert asked["crs"] == ["EPSG:31370"], "that of the map"
        assert asked["format"] == ["image/png"]
    assert grb.paths(), "its own address was asked"
    host.project.clear()
