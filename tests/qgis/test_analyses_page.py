"""The page *Analyses* of the section Layers: forms from what the portal declares, and each run."""

from __future__ import annotations

import json

import pytest
from qgis.core import QgsRectangle
from qgis.PyQt.QtCore import QLocale, Qt
from qgis.PyQt.QtWidgets import QToolButton

from biodiv_plugin.gui.account.sign_in import SignInController
from biodiv_plugin.gui.layers.analyses.form import AnalysisForm
from biodiv_plugin.gui.layers.section import LayerSection
from biodiv_plugin.portal.analysis import parse_process
from biodiv_plugin.use_cases.upload_area import neutral_name
from tests.qgis.analyses import GHENT, WHOLE, press


@pytest.fixture
def hilde(analyses):
    """The page, with Hilde signed in."""
    analyses.sign_in_as("hilde")
    return analyses


@pytest.fixture
def sent(services, monkeypatch):
    """The inputs that go to the portal, and the names of areas."""
    create, upload, told = services.analyses.create, services.areas.upload_wkt, []

    def noted_create(name, inputs, **more):
        told.append(inputs)
        return create(name, inputs, **more)

    def noted_upload(name, *more):
        told.append(name)
        return upload(name, *more)

    monkeypatch.setattr(services.analyses, "create", noted_create)
    monkeypatch.setattr(services.areas, "upload_wkt", noted_upload)
    return told


def test_from_a_choice_to_layers_in_a_group_and_a_report(hilde, qtbot):
    names = [hilde.chooser.box.itemText(row) for row in range(hilde.chooser.box.count())]
    assert len(names) == 17
    assert names[1:] == sorted(names[1:], key=str.lower)
    hilde.chooser.box.setCurrentText("AOO and EOO of a species")
    assert "room" in hilde.chooser.about.text()
    assert "stay public" in hilde.chooser.about.text(), "what it makes has a name on the portal"
    area = hilde.chooser.form.fields["area"]
    qtbot.keyClicks(area.line, "gent")
    qtbot.waitUntil(lambda: area.line._completer.popup().isVisible(), timeout=10_000)
    qtbot.keyClick(area.line, Qt.Key.Key_Return)
    assert [found.name for found in area.areas()] == ["Gent"]
    area.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert area.areas() == ()
    area.add(WHOLE)
    species = hilde.chooser.form.fields["species"].taxa
    qtbot.keyClicks(species._edit, "vulpes vul")
    qtbot.waitUntil(lambda: species._completer.popup().isVisible(), timeout=10_000)
    qtbot.keyClick(species._edit, Qt.Key.Key_Return)
    row = hilde.go()
    assert hilde.page.tabs.currentIndex() == 1
    job = hilde.ended(row)
    assert job.entry.process == "AooEoo"
    group = hilde.host.project.layerTreeRoot().findGroup(
        f"AOO and EOO of a species {job.entry.number}"
    )
    (layer,) = [node.layer() for node in group.findLayers()]
    assert (layer.name(), layer.featureCount()) == ("Areas", 4)
    hilde.click(row.report)
    assert hilde.opened[-1].startswith("file:")
    assert hilde.opened[-1].endswith("Calculated%20AOO%20and%20EOO.html")
    assert row.folder.isVisibleTo(row)


PROCESSES = {
    "AreaReport": (0, ".pdf"),
    "Classification": (3, "classification.html"),
    "DoubleGridding": (1, "sxs_metadata.html"),
    "GeneratePoints": (0, ""),
    "MapImage": (0, ".png"),
    "Maxent": (2, "species.html"),
    "PointsToGrid": (1, "sxs_metadata.html"),
    "ScatterplotCreate": (0, ".png"),
    "ScatterplotList": (0, "scatterplot.html"),
    "SpeciesByLayer": (1, ""),
    "TaxonFrequency": (1, "charts.html"),
}


@pytest.mark.parametrize("process", PROCESSES)
def test_each_analysis_is_run_by_its_form(hilde, process):
    layers, report = PROCESSES[process]
    hilde.host.canvas.setExtent(QgsRectangle(103_000, 192_000, 107_000, 196_000))
    form = hilde.fill(process, area=WHOLE)
    words = {"Classification": 2, "Maxent": 2, "ScatterplotCreate": 2, "ScatterplotList": 3}
    for field in form.layers():
        hilde.tick(field, *("hoogtemodel", "jaarneerslag", "jaargem")[: words.get(process, 1)])
    if process == "MapImage":
        west, south, east, north = json.loads(form.fields["bbox"].edit.text())
        assert 3.5 < west < east < 3.9, "what the map shows"
        assert 50.9 < south < north < 51.2
        form.fields["windowSize"].edit.setText("[300, 200]")
    job = hilde.ended(hilde.go())
    assert job.results.missing == ()
    assert hilde.host.project.count() == layers
    told = [path.name for path in job.results.reports]
    assert [name.endswith(report) for name in told] == ([True] if report else []), told


def test_a_scatterplot_is_drawn_again_by_its_number(hilde):
    form = hilde.fill("ScatterplotCreate", area=WHOLE)
    hilde.tick(form.fields["layer"], "hoogtemodel", "jaarneerslag")
    number = hilde.ended(hilde.go()).entry.number
    form = hilde.fill("ScatterplotDraw", size="12")
    assert form.fields["scatterplotId"].edit.text() == str(number), "the last one"
    again = hilde.ended(hilde.go())
    assert again.entry.number != number
    assert [path.name for path in again.results.reports] == ["scatterplot.png"]
    row = hilde.list.rows()[0]
    hilde.click(row.search)
    assert "/occurrences/search?" in hilde.opened[-1]


def test_an_envelope_takes_ranges_in_the_users_numbers(hilde, sent):
    hilde.chooser.choose("Envelope")
    field = hilde.chooser.form.fields["envelope"]
    hilde.tick(field, "hoogtemodel")
    (low, high) = field.ranges()["el10110"]
    assert (low.text(), high.text()) == ("-5", "289.1"), "as the catalogue tells the values"
    for wrong in ("hoog", ""):
        high.setText(wrong)
        assert "two numbers" in hilde.chooser.form.problem()
    low.setText("60")
    high.setText("50.5")
    assert hilde.chooser.form.problem()
    low.setText("0")
    hilde.chooser.form.fields["resolution"].edit.setText("0.05")
    hilde.ended(hilde.go())
    assert sent[0]["envelope"] == "el10110:[0 TO 50.5]"
    assert hilde.host.project.count() == 1


def test_areas_are_compared_and_merged(hilde):
    form = hilde.fill("CompareAreas")
    assert "choose 2" in form.problem()
    form.fields["area"].add(GHENT)
    assert len(form.fields["area"].areas()) == 1, "the same one does not count twice"
    form.fields["area"].add(WHOLE)
    hilde.ended(hilde.go())
    merge = hilde.fill("MergeAreas", name="samen")
    assert "Description" in merge.problem()
    merge.fields["description"].edit.setText("proef")
    merge.fields["area"].add(WHOLE)
    hilde.ended(hilde.go())
    assert sorted(layer.name() for layer in hilde.host.project.mapLayers().values()) == [
        "Areas",
        "Compared species",
    ]


@pytest.mark.parametrize(
    ("process", "wrong", "told"),
    [
        ("AooEoo", {"resolution": "2"}, "0.001 to 1"),
        ("AooEoo", {"resolution": "groot"}, "no number"),
        ("AooEoo", {"coverage": "0"}, "at least 0.01"),
        ("DoubleGridding", {"yearSize": "1.5"}, "whole number"),
        ("MergeAreas", {"name": ""}, "Name of the new area” is still empty"),
        ("ScatterplotDraw", {}, "Number of the scatterplot” is still empty"),
        ("Maxent", {}, "“Layers”: choose 1 to 20"),
    ],
)
def test_what_does_not_fit_is_told_and_not_sent(hilde, qtbot, process, wrong, told):
    form = hilde.fill(process, **wrong)
    for name in wrong:
        qtbot.keyClick(form.fields[name].edit, Qt.Key.Key_Return)
    if not wrong:
        hilde.click(hilde.chooser.run)
    assert told in hilde.chooser.notice.text()
    assert hilde.created() == []
    assert hilde.list.rows() == ()


def test_a_species_is_wanted_unless_all_are_meant(hilde, sent):
    form = hilde.fill("CompareAreas")
    form.fields["area"].add(WHOLE)
    form.fields["species"].taxa.set_taxa([])
    assert "Species” is still empty" in form.problem()
    form.fields["species"].all.setChecked(True)
    hilde.ended(hilde.go())
    assert sent[0]["species"]["name"] == "all species"


def test_polygons_need_consent_each_time_and_are_deleted_afterwards(hilde, parcels, sent):
    form = hilde.fill("CompareAreas")
    area = form.fields["area"]
    hilde.click(area.of_layer)
    area.of_layer.setChecked(True)
    assert "all are used: 2" in area.count.text()
    hilde.click(hilde.chooser.run)
    assert "Agree first" in hilde.chooser.notice.text()
    parcels.selectByIds([1])
    assert "Selected polygons: 1" in area.count.text()
    area.consent.setChecked(True)
    hilde.click(hilde.chooser.run)
    assert "choose 2" in hilde.chooser.notice.text()
    assert hilde.uploads("POST") == hilde.created() == []
    parcels.removeSelection()
    job = hilde.ended(hilde.go())
    assert len(hilde.uploads("POST")) == len(hilde.uploads("DELETE")) == 2
    assert sent[:2] == [neutral_name()] * 2, "not the layer's name"
    assert job.entry.areas == ()
    assert not area.consent.isChecked()


def test_signed_out_it_signs_in_first_and_carries_on(analyses):
    analyses._browse_as("hilde")
    analyses.fill("SpeciesByLayer")
    analyses.tick(analyses.chooser.form.fields["layer"], "gemeenten")
    analyses.ended(analyses.go())
    assert len(analyses.created()) == 1


def test_an_analysis_that_the_portal_adds_goes_by_its_own_words(analyses):
    limits = {"min": 1, "max": 3}
    inputs = {
        "server": {"type": "auto"},
        "depth": {"type": "double", "description": "Depth (m)", "constraints": {"optional": True}},
        "most": {"type": "int", "constraints": {"max": 5}},
        "kinds": {
            "type": "list",
            "constraints": {**limits, "selection": "multiple", "content": ["a", "b"]},
        },
        "free": {"type": "list", "constraints": {}},
        "nothing": {"type": "list", "constraints": {"optional": True}},
        "other": {"type": "wholly new", "constraints": {"optional": True}},
        "here": {"type": "area", "constraints": limits},
        "there": {"type": "area", "constraints": {"min": 0}},
    }
    process = parse_process("Depths", {"description": "Measures depths.", "input": inputs})
    analyses.chooser.set_processes([process])
    analyses.chooser.choose("Depths")
    assert analyses.chooser.box.currentText() == "Depths"
    assert analyses.chooser.about.text() == "Measures depths."
    form = analyses.chooser.form
    assert set(form.fields) == set(inputs) - {"server", "nothing"}
    assert form.fields["depth"].label == "Depth (m)"
    assert form.fields["there"].of_layer.isHidden(), "one input takes polygons of one's own"
    for name, fix in (
        ("here", lambda: form.fields["here"].add(GHENT)),
        ("most", lambda: form.fields["most"].edit.setText("6")),
        ("at most 5", lambda: form.fields["most"].edit.setText("5")),
        ("kinds", lambda: form.fields["kinds"].list.item(1).setCheckState(Qt.CheckState.Checked)),
        ("free", lambda: form.fields["free"].edit.setText("x")),
    ):
        assert name in form.problem()
        fix()
    assert form.problem() == ""
    asked = form.asked(analyses.host.project.transformContext())
    assert asked.given == {"here": ["217"], "most": 5, "kinds": ["b"], "free": "x"}
    assert asked.polygons is None


def test_a_file_of_ones_own_cannot_be_sent(qgis_app):
    for optional, told in ((False, "wants a file"), (True, "")):
        inputs = {"shp": {"type": "upload", "constraints": {"optional": optional}}}
        form = AnalysisForm(parse_process("Upload", {"input": inputs}))
        assert told in form.problem()
        assert form.fields == {}


def test_numbers_are_read_and_written_in_the_users_language(analyses):
    former = QLocale()
    QLocale.setDefault(QLocale("nl_BE"))
    try:
        form = analyses.fill("AooEoo", WHOLE)
        field = form.fields["resolution"]
        assert field.edit.text() == "0,02"
        for text in ("0,05", "0.05"):
            field.edit.setText(text)
            assert field.value() == 0.05
        field.edit.setText("2")
        assert "0,001" in field.problem()
        assert form.fields["radius"].edit.text() == "5000", "as one types it"
    finally:
        QLocale.setDefault(former)


def test_areas_are_found_by_number_too(analyses, qtbot):
    area = analyses.fill("AooEoo").fields["area"]
    area.list.clear()
    for text, name in (("217", "Gent"), ("ENVELOPE4711", "ENVELOPE4711")):
        area.line.setText(text)
        analyses.page._lookup._search(text)
        qtbot.waitUntil(lambda: area.line._completer.popup().isVisible(), timeout=10_000)
        qtbot.keyClick(area.line, Qt.Key.Key_Return)
        assert [found.name for found in area.areas()] == [name], "in the place of the former one"
    area.line.setText("99999999")
    analyses.page._lookup._search("99999999")
    qtbot.waitUntil(lambda: "knows no area" in area.note.text(), timeout=10_000)


def test_what_cannot_be_looked_up_is_told(analyses, qtbot, control):
    control.fault(kind="status", status=500, path="/spatial-service/fields/search")
    form = analyses.fill("SpeciesByLayer")
    notice = analyses.chooser.notice
    qtbot.waitUntil(lambda: "problem" in notice.text(), timeout=10_000)
    control.clear_faults()
    press(qtbot, notice, "Try Again")
    analyses.tick(form.fields["layer"], "gemeenten")
    assert notice.isHidden()
    control.fault(kind="status", status=500, path="/spatial-service/search")
    analyses.fill("AooEoo")
    analyses.page._lookup._search("gent")
    qtbot.waitUntil(lambda: "problem" in notice.text(), timeout=10_000)


def test_layers_that_an_analysis_cannot_use_are_not_offered(analyses, services, qtbot):
    field = analyses.fill("Classification").fields["layer"]
    qtbot.waitUntil(lambda: field.list.count() > 0, timeout=10_000)
    shown = {field.list.item(row).text() for row in range(field.list.count())}
    assert "Jaarneerslag" in shown
    assert not shown & {"Gemeenten", "Afstand tot de dichtste weg"}, "areas; disabled"
    field.search.setText("bestaat niet")
    assert "No layer" in field.state.text()
    field.search.setText("jaarneerslag")
    field.list.item(0).setCheckState(Qt.CheckState.Checked)
    assert field.state.text() == "Chosen: 1; wanted: 2 to 10"
    field.search.setText("hoogtemodel")
    assert [field.list.item(row).text() for row in (0, 1)] == [
        "Jaarneerslag",
        "Digitaal Hoogtemodel Vlaanderen",
    ], "what is ticked stays on top"
    field.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert field.value() is None


def test_the_page_is_one_of_the_section(services, host, qtbot):
    section = LayerSection(services, host, SignInController(services))
    qtbot.addWidget(section)
    section.resize(360, 900)
    section.show()
    button = next(b for b in section.findChildren(QToolButton) if b.text() == "Analyses")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert section.analyses.isVisible()
    qtbot.waitUntil(section.analyses.chooser.box.isVisible, timeout=10_000)
    assert section.minimumSizeHint().width() <= 380
    section.analyses.back_requested.emit()
    assert not section.analyses.isVisible()
    qtbot.waitUntil(services.tasks.is_idle, timeout=10_000)
