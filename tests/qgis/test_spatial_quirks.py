"""What contract/spatial 11 warns of, where it takes a running portal or QGIS to tell.

The other items are beside the clients they belong to (tests/unit/test_catalogue.py, test_spatial.py
and test_analyses.py) and at the demo portal, which has them all (tests/portal/test_spatial_*.py).
"""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry, QgsNetworkAccessManager, QgsProject
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtNetwork import QNetworkCookie

from biodiv_plugin import environments
from biodiv_plugin.layers.ogc_source import LayerForm, shows
from biodiv_plugin.portal.errors import NotFound
from biodiv_plugin.processing.portal_areas import PortalAreas
from biodiv_plugin.processing.sign_in import SignIn
from biodiv_plugin.processing.sign_out import SignOut
from biodiv_plugin.services import Services
from biodiv_plugin.use_cases import load_areas
from biodiv_plugin.use_cases.load_areas import find_areas
from biodiv_plugin.use_cases.open_portal_layer import forms_of, open_portal_layer
from biodiv_plugin.use_cases.probe_ogc import probe_ogc
from biodiv_plugin.use_cases.sample_layers import sample_layers
from biodiv_plugin.use_cases.search_catalogue import CatalogueIndex, key_of
from biodiv_plugin.use_cases.upload_area import delete_area, upload_area
from tests.qgis.algorithms import run
from tests.qgis.doubles import in_task

ROOT = Path(__file__).resolve().parents[2]
GHENT, SEA = (51.0544, 3.7199), (51.6, 2.5)  # latitude, longitude
LAMBERT = QgsCoordinateReferenceSystem("EPSG:31370")


@cache
def texts_of_the_plugin() -> dict[Path, list[str]]:
    """Return the texts in the plugin's source, docstrings left out, by file."""
    found = {}
    for path in sorted((ROOT / "biodiv_plugin").rglob("*.py")):
        if "_vendor" in path.parts:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        said = {
            id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)
        }  # a text that stands by itself is a docstring
        found[path] = [
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
            if id(node) not in said
        ]
    assert len(found) > 100
    return found


@pytest.fixture
def index(services):
    return CatalogueIndex(services.catalogue.fields())


@pytest.fixture
def cookie(services):
    """What a browser that was at the portal would send, in the jar of this QGIS."""
    jar = QgsNetworkAccessManager.instance().cookieJar()
    made = QNetworkCookie(b"VBP-AUTH", b"1")
    jar.setCookiesFromUrl([made], QUrl(services.environment.portal))
    (kept,) = jar.cookiesForUrl(QUrl(services.environment.portal))
    yield kept
    jar.deleteCookie(kept)


def test_quirk_04_no_cookie_of_the_portal_is_ever_sent(services, control, cookie):
    assert services.catalogue.fields()
    assert in_task(lambda feedback: services.catalogue.fields(feedback=feedback))
    asked = control.requests("/spatial-service/fields")
    assert len(asked) == 2
    assert not [request for request in asked if "Cookie" in request["headers"]]


def test_quirk_07_pages_are_read_until_one_is_not_full(services, control, monkeypatch):
    whole = services.areas.objects("cl100", -1)
    assert [a.pid for a in whole] == sorted(a.pid for a in whole), "10 before 9"
    monkeypatch.setattr(load_areas, "_PAGE", 13)
    assert find_areas(services.areas, "cl100", "") == whole
    asked = control.requests("/spatial-service/objects/cl100")[1:]
    assert len(asked) == len(whole) // 13 + 1


def test_quirk_09_names_hold_where_ids_do_not(services, control, index, tmp_path):
    towns = index.named("gemeenten")
    control.fault("spatial.development_ids")
    there = CatalogueIndex(services.catalogue.fields())
    assert towns.field_id == "cl100"
    assert there.by_field("cl100").layer_name == "gewest", "the same id, another layer"
    assert there.by_key(key_of(towns)).field_id == "cl102", "favourites and those used last"
    assert there.named("gemeenten").field_id == "cl102", "quick links"
    outputs = run(
        PortalAreas(services),
        {"FIELD": "Gemeenten", "NAME": "Gent", "OUTPUT": str(tmp_path / "a.gpkg")},
    )
    assert outputs["COUNT"] == 1
    (column,) = sample_layers(
        [GHENT], ["cl102"], there.entries, services.intersect, services.areas, 0.01
    ).columns
    assert column.values == ("Gent",)


def test_quirk_09_flanders_has_a_filter_in_each_environment():
    filters = {name: environments.named(name).flanders_filter for name in ("prod", "dev", "uat")}
    assert filters["prod"] == 'cl102:"Vlaams Gewest"'
    assert filters["dev"] == 'cl100:"Vlaams Gewest"'
    assert "cl1" not in filters["uat"], "its own ids are not known"


def test_quirk_09_no_other_id_is_written_in_the_plugin():
    example = re.compile(r"such as cl100\.|for example cl100;(cl101|el10110)")
    for path, texts in texts_of_the_plugin().items():
        for text in texts:
            assert not re.search(r"\b(cl|el)\d{2,}", example.sub("", text)), f"{path}: {text}"


def test_quirk_09_a_layer_of_another_portal_is_not_taken_for_one_of_this(services, index):
    towns, here = index.named("gemeenten"), services.environment.service("geoserver")
    layer = open_portal_layer(towns, here, LAMBERT).layer
    assert shows(layer, towns, here)
    assert not shows(layer, towns, "https://natuurdata.dev.inbo.be/geoserver")


# Of these contract/spatial 11 says that they fail, or answer something else than what was asked.
DEAD_ENDS = (
    "/layer/download",
    "/tabulation",
    "/layers/search",
    "/log/search",
    "/sandbox/upload",
    "/distribution",
    "/shape/upload/shp",
    "/shape/upload/geojson",
    "/tasks/cancel",
    "/tasks/show",
    "/gwc/service/wms",
    "ALA:Objects",
)


@pytest.mark.parametrize("dead_end", DEAD_ENDS)
def test_quirk_15_what_never_works_is_never_asked(dead_end):
    users = [str(p) for p, texts in texts_of_the_plugin().items() if dead_end in "\n".join(texts)]
    assert users == []


def test_quirk_15_areas_within_an_area_are_asked_by_its_shape(services):
    box = "POLYGON((3 50.8,4.5 50.8,4.5 51.3,3 51.3,3 50.8))"
    assert "Gent" in [area.name for area in services.areas.within("cl100", box, 200)]


def square() -> QgsGeometry:
    return QgsGeometry.fromWkt("POLYGON((104000 193000,105000 193000,105000 194000,104000 193000))")


def test_quirk_17_an_uploaded_area_is_everybodys(services, environment, browse_as, control):
    browse_as("hilde")
    run(SignIn(services), {"TIMEOUT": 30})
    context = QgsProject.instance().transformContext()
    area = upload_area([square()], LAMBERT, context, "", True, "hilde", services.areas)
    anybody = Services(environment)  # signed out
    assert anybody.areas.object(area.pid).name == area.name
    assert anybody.areas.shape(area.pid)["coordinates"]
    assert area.pid not in [found.pid for found in anybody.areas.search(area.name)]
    run(SignOut(services), {})
    browse_as("pieter")
    run(SignIn(services), {"TIMEOUT": 30})
    assert delete_area(area.pid, services.areas) == area.pid
    with pytest.raises(NotFound):
        services.areas.object(area.pid)


def test_quirk_18_nothing_leads_to_australia():
    foreign = {
        path.name: [text for text in texts if "ala.org.au" in text]
        for path, texts in texts_of_the_plugin().items()
    }
    told = {name: texts for name, texts in foreign.items() if texts}
    assert told == {"fetch_results.py": ["sandbox.ala.org.au"]}, "what is rewritten to ours"
    pages = [*(ROOT / "resources").rglob("*.html"), *(ROOT / "resources").rglob("*.json")]
    assert not [page for page in pages if "ala.org.au" in page.read_text(encoding="utf-8")]


@pytest.mark.parametrize(
    ("closed", "form"),
    [("wfs", LayerForm.FEATURES), ("wcs", LayerForm.COVERAGE), ("wmts", LayerForm.TILES)],
)
def test_quirk_21_what_is_open_is_found_out(services, index, control, closed, form):
    geoserver = services.environment.service("geoserver")
    both = index.named("gemeenten"), index.named("hoogte")
    opened = probe_ogc(geoserver, services.transport)
    before = {entry.field_id: set(forms_of(entry, opened)) for entry in both}
    assert any(form in forms for forms in before.values())
    control.fault(f"geoserver.no_{closed}")
    offer = probe_ogc(geoserver, services.transport)
    after = {entry.field_id: set(forms_of(entry, offer)) for entry in both}
    assert after == {field_id: forms - {form} for field_id, forms in before.items()}


@pytest.mark.parametrize(
    "fault", ["", "spatial.batch_restart", "spatial.batch_empty_contextual", "spatial.batch_slow"]
)
def test_quirk_22_mended_or_not_the_values_are_the_same(services, index, control, fault):
    if fault:
        control.fault(fault)
    towns, heights = sample_layers(
        [GHENT, SEA],
        ["cl100", "el10110"],
        index.entries,
        services.intersect,
        services.areas,
        0.01,
    ).columns
    assert towns.values == ("Gent", None)
    assert heights.values == (pytest.approx(9.4, abs=0.5), None)


def test_quirk_22_what_is_found_out_is_kept_for_the_session(services, qtbot, control):
    with qtbot.waitSignal(services.map_server.changed, timeout=10_000):
        services.map_server.open()
        services.map_server.open()
    services.map_server.open()
    qtbot.waitUntil(services.tasks.is_idle, timeout=10_000)
    for service in ("wms", "wfs", "wcs"):
        assert len(control.requests(f"/geoserver/ALA/{service}")) == 1
