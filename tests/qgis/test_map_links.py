"""To the portal's own map with layers, areas, view and question; and back from its address."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from qgis.core import QgsApplication, QgsCoordinateTransform, QgsProject, QgsRectangle

from biodiv_plugin.gui.account.sign_in import SignInController
from biodiv_plugin.gui.layers.section import LayerSection
from biodiv_plugin.gui.portal_dock import PortalDock
from biodiv_plugin.layers.portal_areas import wgs84
from biodiv_plugin.portal.errors import InvalidQuery
from biodiv_plugin.portal.map_link import MapLink
from biodiv_plugin.portal.query import OccurrenceQuery, TaxonRef
from biodiv_plugin.use_cases.load_areas import load_areas
from biodiv_plugin.use_cases.map_links import write_map_link

FOX = OccurrenceQuery(taxa=(TaxonRef("5219243"),), quality_profile="")


@pytest.fixture
def opened(services):
    addresses: list[str] = []
    services.__dict__["browser"] = addresses.append
    return addresses


@pytest.fixture
def section(services, host, qtbot, opened):
    made = LayerSection(services, host, SignInController(services))
    qtbot.addWidget(made)
    made.show()
    made.activate()
    qtbot.waitUntil(lambda: bool(services.catalogue_feed.catalogue), timeout=10_000)
    yield made
    qtbot.waitUntil(services.tasks.is_idle, timeout=20_000)


def paste(section, url: str) -> None:
    QgsApplication.clipboard().setText(url)
    section.links.paste_action.trigger()


def params(url: str) -> dict:
    return parse_qs(urlsplit(url).query)


def test_what_is_on_the_map_opens_in_the_browser(section, services, host, qtbot, opened):
    section.add(services.catalogue_feed.catalogue.index.by_field("cl100"))
    qtbot.waitUntil(lambda: host.project.count() == 1, timeout=20_000)
    ghent = load_areas([services.areas.object("217")], services.areas, "Gent")
    host.project.addMapLayer(ghent.layer)
    to_map = QgsCoordinateTransform(wgs84(), host.project.crs(), QgsProject.instance())
    host.canvas.setExtent(to_map.transformBoundingBox(QgsRectangle(3.6, 51, 3.8, 51.1)))
    section.links.ask_query = lambda: FOX
    section.links.open_action.trigger()
    qtbot.waitUntil(lambda: bool(opened), timeout=10_000)
    asked = params(opened[0])
    assert opened[0].startswith(f"{services.environment.portal}/spatial-hub/?")
    assert (asked["layers"], asked["pid"], asked["q"]) == (["cl100"], ["217"], ["lsid:5219243"])
    west, south, east, north = map(float, asked["bbox"][0].split(","))
    assert west < 3.61 < 3.79 < east
    assert south < 51.01 < 51.09 < north


def test_back_from_an_address(section, services, host, qtbot):
    asked = []
    section.links.query_requested.connect(asked.append)
    link = MapLink(FOX, "vossen", ("cl100", "el10110"), ("217",), (3.6, 51.0, 3.8, 51.1))
    paste(section, write_map_link(link, services.environment, services.occurrences))
    qtbot.waitUntil(lambda: host.project.count() == 3, timeout=20_000)
    qtbot.waitUntil(lambda: bool(asked), timeout=10_000)
    assert asked == [replace(FOX, include_absent=asked[0].include_absent)]
    ids = {entry.field_id for entry in section.entries_on_map()}
    assert ids == {"cl100", "el10110"}
    (area,) = host.project.mapLayersByName("Areas of a link")[0].getFeatures()
    assert area["name"] == "Gent"
    assert 95_000 < host.canvas.extent().center().x() < 112_000, "Ghent in Lambert 72"


def test_parts_that_are_gone_are_told(section, services, host, qtbot):
    paste(section, f"{services.environment.portal}/spatial-hub/?layers=cl1,cl100&pid=99999999")
    qtbot.waitUntil(lambda: "cl1, 99999999" in section.notice.text(), timeout=20_000)
    qtbot.waitUntil(lambda: host.project.count() == 1, timeout=20_000)


@pytest.mark.parametrize("text", ["", "https://elsewhere.example/spatial-hub/?layers=cl100"])
def test_no_address_of_this_map(section, host, qtbot, text):
    paste(section, text)
    qtbot.waitUntil(lambda: "clipboard" in section.notice.text(), timeout=10_000)
    assert host.project.count() == 0


def test_a_portal_that_is_down(section, services, qtbot, control):
    control.fault(kind="status", status=503, path="/spatial-service/fields")
    paste(section, f"{services.environment.portal}/spatial-hub/?layers=cl100")
    qtbot.waitUntil(lambda: "problem" in section.notice.text(), timeout=20_000)


def test_a_quality_profile_goes_along_as_a_stored_question(services):
    link = MapLink(replace(FOX, quality_profile="VBP_algemeen"))
    url = write_map_link(link, services.environment, services.occurrences)
    (text,) = params(url)["q"]
    assert text.startswith("qid:")
    assert services.occurrences.has_qid(text[4:])


def test_a_long_question_is_stored(services):
    taxa = tuple(TaxonRef(str(5_000_000 + n)) for n in range(900))
    url = write_map_link(MapLink(replace(FOX, taxa=taxa)), services.environment,
                         services.occurrences)  # fmt: skip
    assert len(url) < 300


def test_a_private_list_is_not_put_in_an_address(services, control):
    link = MapLink(replace(FOX, species_list="dr1", list_taxa=("5219243",)))
    with pytest.raises(InvalidQuery) as told:
        write_map_link(link, services.environment, services.occurrences)
    assert told.value.part == "private_list"
    assert control.requests("/biocache-service") == []


def test_in_the_dock_a_link_asks_its_question(services, host, qtbot, opened):
    dock = PortalDock(services, host)
    qtbot.addWidget(dock)
    dock.show_section("layers")
    url = write_map_link(MapLink(FOX), services.environment, services.occurrences)
    paste(dock.layers, url)
    qtbot.waitUntil(lambda: dock.occurrences.query() is not None
                    and [t.key for t in dock.occurrences.query().taxa] == ["5219243"],
                    timeout=20_000)  # fmt: skip
    dock.layers.links.open_action.trigger()
    qtbot.waitUntil(lambda: bool(opened), timeout=10_000)
    assert "q" in params(opened[0])
    qtbot.waitUntil(services.tasks.is_idle, timeout=20_000)
