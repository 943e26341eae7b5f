"""Map pictures of the demo portal's occurrence service (contract/occurrences 2)."""

from __future__ import annotations

import uuid
from urllib.parse import urlencode

import numpy as np
import pytest
from osgeo import gdal, osr

from demo.portal.biocache.painting import Picture

FLANDERS = "278000,6560000,662000,6730000"  # in EPSG:3857
RED = (0xCC, 0x00, 0x00)


def decoded(data):
    """Return a PNG as an array of height, width, 4."""
    path = f"/vsimem/{uuid.uuid4()}.png"
    gdal.FileFromMemBuffer(path, data)
    try:
        return np.moveaxis(gdal.Open(path).ReadAsArray(), 0, 2)
    finally:
        gdal.Unlink(path)


def draw(service, user=None, path="/ogc/wms/reflect", **query):
    query = {"BBOX": FLANDERS, "WIDTH": 512, "HEIGHT": 256, "OUTLINE": "false", **query}
    answer = service.get(path, user, **query)
    assert answer.status_code == 200, answer.text
    assert answer.content_type == "image/png"
    return decoded(answer.data)


def painted(picture):
    return int((picture[:, :, 3] > 0).sum())


def projected(lon, lat, epsg):
    systems = [osr.SpatialReference(), osr.SpatialReference()]
    for system, code in zip(systems, (4326, epsg)):
        system.ImportFromEPSG(code)
        system.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return osr.CoordinateTransformation(*systems).TransformPoint(lon, lat)[:2]


@pytest.mark.parametrize(
    ("epsg", "reach"), [(31370, 2000), (3857, 3000), (3812, 2000), (4326, 0.03)]
)
def test_a_dot_lies_where_its_record_is(service, epsg, reach):
    record = service.search(q="lsid:2427609", fq="spatiallyValid:true", pageSize=1)
    lon, lat = (record["occurrences"][0][f"decimal{d}"] for d in ("Longitude", "Latitude"))
    one = f'id:"{record["occurrences"][0]["uuid"]}"'
    x, y = projected(lon, lat, epsg)
    text = f"{x - reach},{y - reach / 2},{x + reach},{y + reach / 2}"
    picture = draw(service, q=one, SRS=f"EPSG:{epsg}", BBOX=text, ENV="color:cc0000;size:3")
    assert tuple(picture[128, 256]) == (*RED, 255)
    assert painted(picture) == 29  # a disc of radius 3, at the only record
    rows, columns = np.nonzero(picture[:, :, 3])
    assert (rows.mean(), columns.mean()) == pytest.approx((128, 256), abs=1)


def test_what_is_not_there_is_transparent(service):
    assert painted(draw(service, q="year:1700")) == 0
    assert painted(draw(service, q="lsid:131", BBOX="900000,0,901000,1000")) == 0


def test_a_stored_query_is_drawn_by_q_or_by_cql(service):
    number = service.post("/qid", q="lsid:131", fq="year:2020").text
    whole = draw(service, q="lsid:131", fq="year:2020")
    assert (draw(service, q=f"qid:{number}") == whole).all()
    assert (draw(service, q="*:*", CQL_FILTER=f"qid:{number}") == whole).all()
    assert painted(whole) > 0


def test_a_layer_other_than_the_usual_becomes_the_query(service):
    frogs = draw(service, q="family:Hylidae")
    assert (draw(service, LAYERS="family:Hylidae") == frogs).all()
    assert (draw(service, q="family:Hylidae", LAYERS="ALA:Occurrences") == frogs).all()
    both = draw(service, q="year:2020", LAYERS="species:Hyla_arborea")
    assert (both == draw(service, q='species:"Hyla arborea"', fq="year:2020")).all()


def test_names_and_versions_do_not_matter_and_crs_is_not_read(service):
    usual = draw(service, q="lsid:131")
    assert (draw(service, q="lsid:131", CRS="EPSG:31370", VERSION="1.3.0") == usual).all()
    query = urlencode({"Q": "lsid:131", "bbox": FLANDERS, "width": 512, "height": 256})
    answer = service.client.get(f"/biocache-service/mapping/wms/reflect?{query}&outline=false")
    assert (decoded(answer.data) == usual).all()


def test_the_default_is_a_fat_red_dot_and_an_env_without_colour_black(service):
    def colours(picture):
        return {tuple(c) for c in picture[picture[:, :, 3] > 0][:, :3]}

    plain = draw(service, q="lsid:131")
    assert colours(plain) == {(0xCD, 0x38, 0x44)}
    assert colours(draw(service, q="lsid:131", ENV="size:2")) == {(0, 0, 0)}
    assert painted(draw(service, q="lsid:131", ENV="size:2")) < painted(plain)
    styles = draw(service, q="lsid:131", STYLES="00ff00;opacity=0.2;size=4")
    assert colours(styles) == {(0, 255, 0)}
    assert set(styles[:, :, 3].flat) == {0, 255}  # opacity is read and dropped
    outlined = draw(service, q="lsid:131", OUTLINE="true", OUTLINECOLOUR="0x0000ff")
    assert colours(outlined) == {(0xCD, 0x38, 0x44), (0, 0, 255)}


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"BBOX": ""}, 400),
        ({"BBOX": "1,2,3"}, 400),
        ({"BBOX": "5,5,1,1"}, 400),
        ({"WIDTH": "wide"}, 400),
        ({"SRS": "EPSG:999999"}, 500),
        ({"SRS": "Lambert"}, 500),
        ({"ENV": "color"}, 500),
        ({"ENV": "size:big"}, 500),
        ({"ENV": "color:puce"}, 500),
        ({"q": 'a"'}, 400),
        ({"q": "qid:1"}, 400),
        ({"lat": "51"}, 500),
    ],
)
def test_what_is_wrong_is_refused(service, query, status):
    answer = service.get("/ogc/wms/reflect", **{"q": "*:*", "BBOX": FLANDERS, **query})
    assert answer.status_code == status
    if status == 400 and "q" not in query:
        assert answer.data == b""


def test_only_a_picture_can_be_had(service):
    path, query = "/ogc/wms/reflect", {"BBOX": FLANDERS}
    assert service.get(path, accept="application/json", **query).status_code == 406
    assert service.get(path, accept="*/*", **query).status_code == 200
    assert "Cache-Control" not in service.get(path, **query).headers


def test_squares_and_hexagons_cover_what_lies_in_them(service):
    grid = draw(service, ENV="colormode:grid", WIDTH=256)
    cell = grid[:16, :16]
    assert (cell == cell[0, 0]).all()
    assert painted(grid) > 0
    assert (grid[:, :, 0][grid[:, :, 3] > 0] == 255).all()  # shades of red
    ramp = "color:00ff00,3,0000ff;colormode:hexbin;size:3"
    hexagons = draw(service, ENV=ramp)
    colours = {tuple(c) for c in hexagons[hexagons[:, :, 3] > 0][:, :3]}
    assert colours == {(0, 255, 0), (0, 0, 255)}
    fine = draw(service, ENV="colormode:grid", WIDTH=256, GRIDDETAIL=64)
    assert painted(fine) < painted(grid)


def test_hexagons_go_on_over_the_edge_of_a_picture(service):
    west, south, east, north = (float(x) for x in FLANDERS.split(","))
    middle = (west + east) / 2
    env = "colormode:hexbin;size:5"
    whole = draw(service, ENV=env)
    halves = [
        draw(service, ENV=env, WIDTH=256, BBOX=f"{left},{south},{right},{north}")
        for left, right in ((west, middle), (middle, east))
    ]
    assert (np.hstack(halves) == whole).mean() > 0.99


def test_colours_of_a_field_are_those_of_its_legend(service):
    legend = service.get(
        "/mapping/legend", accept="application/json", q="lsid:131", cm="dataResourceUid"
    ).json
    assert list(legend[0]) == [
        *("name", "i18nCode", "facetValue", "count", "colour", "red", "green", "blue"),
        *("fq", "remainder"),
    ]
    first = legend[0]
    assert first["colour"] == first["red"] << 16 | first["green"] << 8 | first["blue"]
    assert service.count("lsid:131", fq=first["fq"]) == first["count"]
    assert first["name"] != first["facetValue"]
    env = "colormode:dataResourceUid;size:2"
    picture = draw(service, q="lsid:131", ENV=env)
    colours = {tuple(c) for c in picture[picture[:, :, 3] > 0][:, :3]}
    assert colours == {(item["red"], item["green"], item["blue"]) for item in legend}
    hidden = draw(service, q="lsid:131", ENV=env, HQ="0")
    shown = {tuple(c) for c in hidden[hidden[:, :, 3] > 0][:, :3]}
    assert colours - shown == {(first["red"], first["green"], first["blue"])}


def test_a_legend_has_thirty_items_and_a_remainder(service):
    items = service.get("/mapping/legend", accept="application/json", cm="species").json
    named = [item for item in items if not item["remainder"]]
    (rest,) = [item for item in items if item["remainder"]]
    assert len(named) <= 30
    assert service.count(fq=rest["fq"]) == rest["count"]
    assert sum(item["count"] for item in items) == service.count()
    years = service.get("/mapping/legend", accept="application/json", cm="year").json
    assert len(years) > 30
    assert not any(item["remainder"] for item in years)


def test_a_legend_can_be_cut_at_numbers(service):
    items = service.get("/mapping/legend", accept="application/json", cm="year,2000,2010").json
    assert [item["name"] for item in items[:3]] == ["[* TO 2000}", "[2000 TO 2010}", "[2010 TO *]"]
    for item in items:
        assert service.count(fq=item["fq"]) == item["count"]
    picture = draw(service, ENV="colormode:year,2000,2010;size:2")
    assert len({tuple(c) for c in picture[picture[:, :, 3] > 0][:, :3]}) == 4


@pytest.mark.parametrize(
    ("accept", "status", "kind"),
    [
        ("", 200, "text/plain"),
        ("text/html,*/*;q=0.8", 200, "text/plain"),
        ("application/csv", 200, "text/plain"),
        ("application/json", 200, "application/json"),
        ("*/*", 406, "text/html"),
        ("text/html", 406, "text/html"),
    ],
)
def test_a_legend_wants_an_exact_type(service, accept, status, kind):
    answer = service.get("/mapping/legend", accept=accept, cm="basisOfRecord")
    assert answer.status_code == status
    assert answer.content_type.startswith(kind)
    if kind == "text/plain":
        assert answer.text.startswith("name,red,green,blue,count\n")


def test_uncertainty_is_drawn_as_circles(service):
    q = "coordinateUncertaintyInMeters:3536"
    dots = draw(service, q=q, ENV="color:cc0000;size:1")
    circles = draw(service, q=q, ENV="color:cc0000;size:1;uncertainty:1")
    assert painted(circles) > painted(dots)
    assert (circles[dots[:, :, 3] > 0][:, 3] == 255).all()


def test_a_selection_is_ringed_in_red(service):
    env = "color:00ff00;size:2;sel:year%3A2020"
    picture = draw(service, q="lsid:131", ENV=env)
    assert (255, 0, 0) in {tuple(c) for c in picture[picture[:, :, 3] > 0][:, :3]}


def test_the_map_shows_the_twin_that_the_caller_may_see(service):
    everybody = draw(service, q="sensitive:*", ENV="size:1")
    expert = draw(service, "hilde", q="sensitive:*", ENV="size:1")
    assert painted(everybody) > 0 < painted(expert)
    assert not (everybody == expert).all()


def test_the_old_door_has_its_own_ways(service):
    assert painted(draw(service, path="/ogc/ows", REQUEST="GetMap", q="lsid:131")) > 0
    info = service.get("/ogc/ows", REQUEST="GetFeatureInfo")
    assert (info.status_code, info.data) == (200, b"")
    assert service.get("/ogc/ows", q="*:*").text.endswith("</WMT_MS_Capabilities>")
    for q in ("qid:1", "basisOfRecord:HUMAN_OBSERVATION"):
        broken = service.get("/ogc/ows", q=q)
        assert broken.status_code == 200
        assert "</WMT_MS_Capabilities>" not in broken.text


def test_a_legend_graphic_is_a_dot(service):
    answer = service.get("/ogc/legendGraphic", STYLE="cc0000;opacity=1;size=5", WIDTH=30, HEIGHT=20)
    picture = decoded(answer.data)
    assert picture.shape == (20, 30, 4)
    assert tuple(picture[10, 15]) == (*RED, 255)
    assert answer.headers["Cache-Control"] == "public, max-age=86400"


def test_a_picture_is_a_png_with_transparency():
    picture = Picture(2, 1)
    picture.dots(np.array([1]), np.array([0]), 0, (1, 2, 3, 255))
    assert decoded(picture.png()).tolist() == [[[0, 0, 0, 0], [1, 2, 3, 255]]]


def test_gdal_shows_it_as_a_layer_of_tiles(portal, tmp_path):
    """The map without capabilities, as a client can have it in QGIS (contract 2.3)."""
    source = tmp_path / "map.xml"
    env = "ENV=color:cc0000;size:4;colormode:-1&amp;OUTLINE=false"
    edge = 20037508.34
    source.write_text(
        f"""<GDAL_WMS><Service name="WMS"><Version>1.1.1</Version>
        <ServerUrl>{portal.url}/biocache-service/ogc/wms/reflect?q=lsid:131&amp;{env}&amp;</ServerUrl>
        <SRS>EPSG:3857</SRS><ImageFormat>image/png</ImageFormat><Layers>ALA:Occurrences</Layers>
        <Styles></Styles></Service><DataWindow><UpperLeftX>-{edge}</UpperLeftX>
        <UpperLeftY>{edge}</UpperLeftY><LowerRightX>{edge}</LowerRightX>
        <LowerRightY>-{edge}</LowerRightY><TileLevel>18</TileLevel><TileCountX>1</TileCountX>
        <TileCountY>1</TileCountY><YOrigin>top</YOrigin></DataWindow>
        <Projection>EPSG:3857</Projection><BlockSizeX>256</BlockSizeX><BlockSizeY>256</BlockSizeY>
        <BandsCount>4</BandsCount></GDAL_WMS>""",
        encoding="utf-8",
    )
    west, south, east, north = (float(x) for x in FLANDERS.split(","))
    layer = gdal.Translate(
        "", str(source), format="MEM", projWin=[west, north, east, south], width=512
    )
    bands = layer.ReadAsArray()
    drawn = bands[3] > 0
    assert drawn.sum() > 100
    assert {tuple(c) for c in bands[:3, drawn & (bands[3] == 255)].T.tolist()} >= {RED}
