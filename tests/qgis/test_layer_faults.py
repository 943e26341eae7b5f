"""What the portal may answer to the section *Layers* in place of a layer: told, nothing broken."""

from __future__ import annotations

import pytest
from qgis.core import QgsNetworkAccessManager, QgsPointXY
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QAction

from biodiv_plugin.gui.account.sign_in import SignInController
from biodiv_plugin.gui.layers import marks
from biodiv_plugin.gui.layers.section import LayerSection
from biodiv_plugin.services import Services
from biodiv_plugin.use_cases.read_catalogue import CatalogueCopy
from biodiv_plugin.use_cases.search_catalogue import key_of
from tests.qgis.doubles import spin_until

SHAPES, MAPS = "/spatial-service/shape", "/geoserver"
# How each is spoiled, and words of what is told then.
ANSWERS = {
    "a page of the gateway": ({"kind": "html"}, "cannot be read"),
    "half a document": ({"kind": "truncate", "after": 200}, "cannot be read"),
    "no JSON": ({"kind": "malformed"}, "cannot be read"),
    "an error as HTML": ({"kind": "status", "status": 500}, "has a problem"),
    "the portal is busy": ({"kind": "status", "status": 503}, "has a problem"),
    "too many questions": ({"kind": "status", "status": 429}, "slow down"),
    "no sign-in": ({"kind": "status", "status": 401}, "Sign in"),
    "no rights": ({"kind": "status", "status": 403}, "not have the right"),
    "the line breaks": ({"kind": "reset", "after": 0}, "cannot be reached"),
    "another host": ({"kind": "redirect"}, "cannot be read"),
}
ON_SHAPES = {
    **ANSWERS,
    "gone, an empty 200": ({"kind": "empty"}, "any more"),
    "gone, a 404": ({"kind": "status", "status": 404}, "any more"),
    "no corner": ({"name": "spatial.empty_shape"}, "cannot be read"),
    "huge": ({"name": "spatial.huge_shape", "megabytes": 80}, "smaller part"),
}


def fault(control, spoiled: dict, path: str) -> None:
    spoiled = dict(spoiled)
    name = spoiled.pop("name", "")
    if name:
        control.fault(name, **spoiled)
    else:
        control.fault(**spoiled, path=path)


def made(services, host, qtbot) -> LayerSection:
    section = LayerSection(services, host, SignInController(services))
    qtbot.addWidget(section)
    section.resize(360, 900)
    section.show()
    section.activate()
    return section


@pytest.fixture
def section(services, host, qtbot):
    layers = made(services, host, qtbot)
    qtbot.waitUntil(lambda: layers.model.count() > 50, timeout=10_000)
    qtbot.waitUntil(lambda: layers.panel.menu.offer is not None, timeout=10_000)
    yield layers
    qtbot.waitUntil(services.tasks.is_idle, timeout=20_000)
    marks._RECENT.reset()


def choose(section, qtbot, words: str):
    section.search.clear()
    qtbot.keyClicks(section.search, words)
    qtbot.keyClick(section.search, Qt.Key.Key_Return)
    return section.panel.current()


def item(section, text: str) -> QAction:
    section.panel.menu.aboutToShow.emit()
    return next(a for a in section.panel.menu.actions() if a.text() == text)


@pytest.fixture
def picker(section, qtbot):
    """The classes of a layer, one of them ticked."""
    choose(section, qtbot, "gemeenten")
    item(section, "As Polygons…").trigger()
    found = section.classes.picker
    qtbot.waitUntil(lambda: found.list.count() > 50, timeout=10_000)
    found.list.item(0).setCheckState(Qt.CheckState.Checked)
    return found


@pytest.mark.parametrize("answer", ON_SHAPES)
def test_a_shape_that_does_not_come(section, picker, qtbot, host, control, answer):
    spoiled, words = ON_SHAPES[answer]
    fault(control, spoiled, SHAPES)
    qtbot.mouseClick(picker._load, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: words in section.classes.notice.text(), timeout=20_000)
    assert host.project.count() == 0
    assert host.project.layerTreeRoot().children() == []
    assert len(picker.picked()) == 1, "what was ticked stays"
    control.clear_faults()
    with qtbot.waitSignal(section.classes.loaded, timeout=20_000):
        qtbot.mouseClick(picker._load, Qt.MouseButton.LeftButton)
    assert host.project.count() == 1


def test_a_shape_that_crosses_itself_is_mended(section, picker, qtbot, host, control):
    control.fault("spatial.broken_shape")
    with qtbot.waitSignal(section.classes.loaded, timeout=20_000) as told:
        qtbot.mouseClick(picker._load, Qt.MouseButton.LeftButton)
    (feature,) = told.args[0].layer.getFeatures()
    assert feature.geometry().isGeosValid()
    assert feature.geometry().area() > 0


@pytest.mark.parametrize("answer", ANSWERS)
def test_classes_that_do_not_come(section, qtbot, control, answer):
    spoiled, words = ANSWERS[answer]
    choose(section, qtbot, "gemeenten")
    fault(control, spoiled, "/spatial-service/field/")
    item(section, "As Polygons…").trigger()
    qtbot.waitUntil(lambda: words in section.classes.notice.text(), timeout=20_000)
    assert section.classes.picker.list.count() == 0
    control.clear_faults()
    section.show_catalogue()
    item(section, "As Polygons…").trigger()
    qtbot.waitUntil(lambda: section.classes.picker.list.count() > 50, timeout=10_000)


@pytest.mark.parametrize(
    ("answer", "words"),  # a layer each: QGIS keeps in memory what it once read of one
    [
        ("a page of the gateway", "provincies"),
        ("an error as HTML", "deelbekkens"),
        ("no rights", "IFBL uurhokken"),
    ],
)
@pytest.mark.parametrize("form", ["Default", "Data: Features With Attributes"])
def test_a_layer_that_is_not_drawn(section, qtbot, host, control, answer, words, form):
    spoiled, _ = ANSWERS[answer]
    entry = choose(section, qtbot, words)
    QgsNetworkAccessManager.instance().cache().clear()  # QGIS has not met this server yet
    fault(control, spoiled, MAPS)
    item(section, form).trigger()
    qtbot.waitUntil(lambda: bool(section.notice.text()), timeout=20_000)
    assert "cannot be read" in section.notice.text()
    assert host.project.count() == 0
    assert host.project.layerTreeRoot().children() == [], "no empty group either"
    assert key_of(entry) not in section.marks.recent()
    control.clear_faults()
    item(section, form).trigger()
    qtbot.waitUntil(lambda: host.project.count() == 1, timeout=20_000)
    assert section.notice.text() == ""


@pytest.mark.parametrize("answer", [*ANSWERS, "nothing", "not the catalogue"])
def test_a_catalogue_that_does_not_come(
    environment, host, qtbot, control, tmp_path, qgis_app, answer
):
    more = {
        "nothing": ({"kind": "empty"}, "cannot be read"),
        "not the catalogue": ({"kind": "truncate", "after": 0}, "cannot be read"),
    }
    spoiled, words = {**ANSWERS, **more}[answer]
    services = Services(environment)
    services.catalogue_feed._copy = CatalogueCopy(tmp_path / "none.json")  # a first visit
    fault(control, spoiled, "/spatial-service/fields")
    section = made(services, host, qtbot)
    qtbot.waitUntil(lambda: words in section.notice.text(), timeout=20_000)
    assert section.model.rowCount() == 0
    control.clear_faults()
    section.activate()
    spin_until(lambda: section.model.count() > 50, 10)
    assert section.notice.text() == ""
    services.close()
    qtbot.waitUntil(services.tasks.is_idle, timeout=10_000)


@pytest.mark.parametrize("answer", ["a page of the gateway", "an error as HTML", "no rights"])
def test_values_that_do_not_come(section, qtbot, host, control, answer):
    spoiled, words = ANSWERS[answer]
    choose(section, qtbot, "gemeenten")
    qtbot.keyClick(section.tree, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: host.project.count() == 1, timeout=20_000)
    fault(control, spoiled, "/spatial-service/intersect")
    section._show_identify()
    section.identify.identify(QgsPointXY(104_500, 194_000))
    qtbot.waitUntil(lambda: words in section.identify.notice.text(), timeout=20_000)
    assert section.identify.panel.values.rowCount() == 0
