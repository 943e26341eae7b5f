"""GeoServer's double, drawn by a real MapServer (contract/spatial 2, 11)."""

from __future__ import annotations

import json
import re

import pytest
from osgeo import gdal, ogr

from demo.portal.running import RunningPortal
from tests.portal.geographic import Geographic, colours, drawn, opened

GREEN_FILL = (
    '<StyledLayerDescriptor version="1.0.0" xmlns="http://www.opengis.net/sld"><NamedLayer>'
    "<Name>ALA:Objects</Name><UserStyle><FeatureTypeStyle><Rule><PolygonSymbolizer><Fill>"
    '<CssParameter name="fill">#00ff00</CssParameter></Fill></PolygonSymbolizer></Rule>'
    "</FeatureTypeStyle></UserStyle></NamedLayer></StyledLayerDescriptor>"
)
GHENT = {"x": 210, "y": 150}  # of the map of Flanders
BOXES = {
    "EPSG:31370": "20000,150000,260000,250000",
    "EPSG:3812": "520000,650000,760000,750000",
    "EPSG:3857": "278000,6540000,660000,6720000",
    "EPSG:4326": "2.5,50.6,6,51.6",
    "EPSG:4258": "2.5,50.6,6,51.6",
    "EPSG:900913": "278000,6540000,660000,6720000",
}


@pytest.fixture
def gis():
    yield from opened()


def is_exception(answer, code: str) -> bool:
    return (
        answer.status_code == 200
        and answer.content_type.startswith(("application/vnd.ogc.se_xml", "text/xml"))
        and f'code="{code}"' in answer.text
    )


@pytest.mark.parametrize("crs", BOXES)
def test_a_map_in_each_crs(gis: Geographic, crs: str):
    answer = gis.map("ALA:gemeenten", srs=crs, bbox=BOXES[crs])
    assert drawn(answer) > 30_000


def test_version_130_takes_latitude_first(gis: Geographic):
    told = {"version": "1.3.0", "crs": "EPSG:4326"}
    assert drawn(gis.map("ALA:gemeenten", **told, bbox="50.6,2.5,51.6,6")) > 30_000
    assert drawn(gis.map("ALA:gemeenten", **told, bbox="2.5,50.6,6,51.6")) == 0


def test_names_with_and_without_workspace(gis: Geographic):
    expected = drawn(gis.map("ALA:provincies"))
    for path, layer in (
        ("/geoserver/ALA/wms", "provincies"),
        ("/geoserver/ALA/wms", "ALA:provincies"),
        ("/geoserver/ows", "ALA:provincies"),
    ):
        told = {"request": "GetMap", "srs": "EPSG:31370", "bbox": BOXES["EPSG:31370"]}
        told.update(width=600, height=250, transparent="true", styles="", layers=layer)
        assert drawn(gis.wms(path, **told)) == expected


def test_styles(gis: Geographic):
    pictures = {
        style: colours(gis.map("ALA:bwk", styles=style).data)
        for style in ("", "cl10265", "outline", "polygon")
    }
    assert pictures[""] == pictures["cl10265"]
    assert (20, 100, 40, 255) in pictures["cl10265"], "the most valuable parcels"
    assert len({str(sorted(found.items())) for found in pictures.values()}) == 3
    grey = colours(gis.map("ALA:hoogte", styles="hoogte_linear").data)
    assert all(red == green == blue for (red, green, blue, alpha) in grey if alpha == 255)
    assert is_exception(gis.map("ALA:bwk", styles="nope"), "StyleNotDefined")
    assert is_exception(gis.map("ALA:nope"), "LayerNotDefined")


def test_quirk_16_one_object(gis: Geographic):
    assert drawn(gis.map("ALA:Objects", viewparams="s:217")) > 1000
    assert drawn(gis.map("ALA:Objects")) == 0, "the default pid is of nothing"
    assert drawn(gis.map("ALA:Points", viewparams="s:217~218")) == 0, "no points there"
    refused = gis.map("ALA:Objects", viewparams="s:217~218")
    assert is_exception(refused, "NoApplicableCode")
    assert "217~218" in refused.text


def test_a_style_of_ones_own(gis: Geographic):
    found = colours(gis.map("ALA:Objects", viewparams="s:217", sld_body=GREEN_FILL).data)
    opaque = {colour for colour in found if colour[3] == 255}
    assert opaque == {(0, 255, 0, 255)}


def test_legend(gis: Geographic):
    told = {"request": "GetLegendGraphic", "layer": "ALA:bwk", "style": "cl10265"}
    for version in ("1.1.0", "1.3.0"):
        legend = gis.wms(version=version, **told)
        assert (20, 100, 40, 255) in colours(legend.data)


def info(gis: Geographic, layers: str, kind: str, **more) -> str:
    told = {"request": "GetFeatureInfo", "query_layers": layers, "info_format": kind, **more}
    answer = gis.map(layers, **{**GHENT, **told})
    assert answer.content_type.startswith(kind)
    return answer.text


def test_identify_as_text_between_lines_of_44_dashes(gis: Geographic):
    text = info(gis, "ALA:gemeenten,ALA:hoogte", "text/plain", feature_count=20)
    dashes = "-" * 44
    vector = text.split("gemeenten':\n")[1].split(dashes)
    assert vector[0] == ""
    assert "NAAM = Gent\n" in vector[1]
    raster = text.split("hoogte':\n")[1].split(dashes)[1].strip()
    assert re.fullmatch(r"GRAY_INDEX = \d+\.\d+", raster)
    nothing = info(gis, "ALA:gemeenten", "text/plain", x=5, y=5)
    assert nothing == "no features were found\n"


@pytest.mark.parametrize("version", ["1.1.1", "1.3.0"])
@pytest.mark.parametrize(
    ("crs", "box"),
    [
        ("EPSG:31370", "104209,193213,104809,193813"),
        ("EPSG:3857", "413800,6629300,414400,6629900"),
        ("EPSG:4326", "3.717,51.047,3.723,51.053"),
    ],
)
def test_a_grid_tells_its_cell_at_any_scale(gis: Geographic, version: str, crs: str, box: str):
    if (version, crs) == ("1.3.0", "EPSG:4326"):
        west, south, east, north = box.split(",")
        box = f"{south},{west},{north},{east}"
    names = {"1.1.1": ("srs", "x", "y"), "1.3.0": ("crs", "i", "j")}[version]
    place = dict(zip(names, (crs, 50, 50)))
    told = {"version": version, "bbox": box, "width": 101, "height": 101, **place}
    answer = gis.wms(
        request="GetFeatureInfo",
        layers="ALA:hoogte",
        query_layers="ALA:hoogte",
        styles="",
        info_format="application/json",
        **told,
    )
    (feature,) = json.loads(answer.data)["features"]
    assert feature["properties"]["GRAY_INDEX"] == pytest.approx(9.4, abs=0.5)


def test_identify_as_json_and_gml(gis: Geographic):
    told = json.loads(info(gis, "ALA:gemeenten", "application/json"))
    assert told["features"][0]["properties"] == {"NAAM": "Gent", "PROVINCIE": "Oost-Vlaanderen"}
    assert told["crs"]["properties"]["name"] == "urn:ogc:def:crs:EPSG::31370"
    gml = info(gis, "ALA:gemeenten", "application/vnd.ogc.gml")
    assert "<ALA:NAAM>Gent</ALA:NAAM>" in gml
    assert "#31370" in gml
    told = json.loads(info(gis, "ALA:Objects", "application/json", viewparams="s:217"))
    assert told["features"][0]["properties"]["pid"] == "217"


def test_capabilities_name_layers_by_endpoint(gis: Geographic):
    for version in ("1.1.1", "1.3.0"):
        whole = gis.wms(request="GetCapabilities", version=version).text
        assert "<Name>ALA:gemeenten</Name>" in whole
        assert "demo.invalid" not in whole
        assert f"{gis.world.base}/geoserver/wms?" in whole
        own = gis.wms("/geoserver/ALA/wms", request="GetCapabilities", version=version).text
        assert "<Name>gemeenten</Name>" in own
        assert f"{gis.world.base}/geoserver/ALA/wms?" in own


def test_noisy_capabilities_with_an_internal_address(gis: Geographic):
    gis.world.faults.add(name="geoserver.noisy")
    text = gis.wms(request="GetCapabilities", version="1.3.0").text
    assert "http://geoserver:8080/geoserver/wms?" in text
    assert text.count("_species_richness</Name>") == 400


def test_layers_of_a_large_catalogue_are_drawn(gis: Geographic):
    gis.world.faults.add(name="spatial.many_layers", count=20)
    assert "<Name>ALA:gemeenten__0007</Name>" in gis.wms(request="GetCapabilities").text
    assert drawn(gis.map("ALA:gemeenten__0007")) == drawn(gis.map("ALA:gemeenten"))


def test_a_map_that_fails_has_status_200(gis: Geographic):
    gis.world.faults.add(name="geoserver.exception", count=1)
    assert is_exception(gis.map("ALA:gemeenten"), "NoApplicableCode")


TILE = {"request": "GetMap", "layers": "ALA:gemeenten", "styles": "", "width": 256, "height": 256}
HALF = 20037508.342789244


def tile_box(level: int, column: int, row: int) -> str:
    size = 2 * HALF / 2**level
    west, south = -HALF + column * size, -HALF + row * size
    return f"{west},{south},{west + size},{south + size}"


def test_quirk_06_the_tile_cache_answers_only_its_tiles(gis: Geographic):
    path = "/geoserver/gwc/service/wms"
    box = tile_box(7, 65, 85)
    for crs in ("EPSG:900913", "EPSG:3857"):
        assert drawn(gis.wms(path, **TILE, srs=crs, bbox=box, transparent="true")) > 1000
    for changes in (
        {"srs": "EPSG:31370", "bbox": BOXES["EPSG:31370"]},
        {"srs": "EPSG:3857", "bbox": BOXES["EPSG:3857"]},
        {"srs": "EPSG:3857", "bbox": box, "width": 512},
        {"srs": "EPSG:3857"},
    ):
        answer = gis.wms(path, **{**TILE, **changes})
        assert answer.status_code == 400
        assert answer.text.startswith("400: ")


def test_wmts(gis: Geographic):
    path = "/geoserver/gwc/service/wmts"
    described = gis.wms(path, service="WMTS", request="GetCapabilities").text
    assert "<ows:Identifier>ALA:gemeenten</ows:Identifier>" in described
    told = {"service": "WMTS", "request": "GetTile", "layer": "ALA:gemeenten"}
    told.update(tilematrixset="EPSG:900913", tilematrix="EPSG:900913:7")
    assert drawn(gis.wms(path, **told, tilecol=65, tilerow=42)) > 1000
    assert gis.wms(path, **told, tilecol="x", tilerow=42).status_code == 400
    gis.world.faults.add(name="geoserver.no_wmts", status=404)
    assert gis.wms(path, service="WMTS", request="GetCapabilities").status_code == 404


def test_quirk_21_services_can_be_off(gis: Geographic):
    for name in ("wfs", "wcs"):
        gis.world.faults.add(name=f"geoserver.no_{name}", count=1)
        path = f"/geoserver/{name}?service={name}&request=GetCapabilities"
        answer = gis.client.get(path)
        assert "ExceptionReport" in answer.text
        assert "disabled" in answer.text
        assert "ExceptionReport" not in gis.client.get(path).text


def test_administration_asks_for_a_password(gis: Geographic):
    answer = gis.client.get("/geoserver/rest/layers")
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == 'Basic realm="GeoServer Realm"'


def test_it_is_anonymous(gis: Geographic):
    path = "/geoserver/wms?service=WMS&request=GetLegendGraphic&layer=ALA:bwk&format=image/png"
    answer = gis.client.get(path, headers={"Authorization": "Bearer stale"})
    assert answer.content_type == "image/png"


@pytest.mark.parametrize("version", ["1.0.0", "1.1.0", "2.0.0"])
def test_gdal_reads_the_wfs(portal: RunningPortal, version: str):
    source = ogr.Open(f"WFS:{portal.url}/geoserver/wfs?version={version}")
    layer = source.GetLayerByName("ALA:gemeenten")
    layer.SetAttributeFilter("NAAM = 'Gent'")
    feature = layer.GetNextFeature()
    assert feature["PROVINCIE"] == "Oost-Vlaanderen"
    west, east, south, north = feature.GetGeometryRef().GetEnvelope()
    box = (3.56, 3.85, 50.94, 51.15)
    assert (west, east, south, north) == pytest.approx(box, abs=0.01)


def test_the_wfs_gives_json(portal: RunningPortal):
    query = "service=WFS&version=2.0.0&request=GetFeature&typenames=ALA:provincies"
    gis_json = f"{portal.url}/geoserver/ALA/wfs?{query}&outputFormat=application/json"
    source = ogr.Open(gis_json)
    assert source.GetLayer(0).GetFeatureCount() == 5


@pytest.mark.parametrize("version", ["1.0.0", "1.1.1"])
def test_gdal_reads_the_wcs(portal: RunningPortal, tmp_path, version: str):
    described = tmp_path / "hoogte.wcs"
    described.write_text(
        f"<WCS_GDAL><ServiceURL>{portal.url}/geoserver/wcs?</ServiceURL>"
        f"<Version>{version}</Version><CoverageName>ALA:hoogte</CoverageName></WCS_GDAL>"
    )
    raster = gdal.Open(str(described))
    west, width, _, north, _, height = raster.GetGeoTransform()
    column, row = int((3.72 - west) / width), int((51.05 - north) / height)
    value = raster.GetRasterBand(1).ReadAsArray(column, row, 1, 1)[0][0]
    assert value == pytest.approx(9.4, abs=0.5)
