"""From a column of names to a reviewed list: sources, matching, and what is done about doubts."""

from __future__ import annotations

import pytest
from osgeo import gdal, ogr
from qgis.core import QgsFeature, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import Qt

from biodiv_plugin.gui.lists.names import tell_line
from biodiv_plugin.gui.lists.source import FILE, LAYER
from biodiv_plugin.layers.name_table import decoded, table_of_file, table_of_text
from biodiv_plugin.portal.errors import BadTable
from biodiv_plugin.portal.query import TaxonRef
from biodiv_plugin.portal.species_lists import NewItem
from biodiv_plugin.use_cases.match_list_names import (
    NameState,
    choose,
    expected_keys,
    match_list_names,
    to_send,
)
from tests.qgis.doubles import in_task
from tests.qgis.lists_section import seconds_of


def matched(services, *names, **options):
    items = [name if isinstance(name, NewItem) else NewItem(name) for name in names]
    return in_task(
        lambda feedback: match_list_names(items, services.taxa, feedback=feedback, **options)
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_quirk_13_a_csv_is_read_whatever_its_separator_and_encoding(tmp_path, separator, encoding):
    rows = (
        ("nr", "Wetenschappelijke naam", "opmerking"),
        ("1", "Hyla arborea", "geïnd één; dus, ja"),
        ("2", "Bufo bufo", ""),
    )
    lines = [separator.join(f'"{cell}"' for cell in row) for row in rows]
    path = tmp_path / "soorten.csv"
    path.write_bytes("\r\n".join([*lines, ""]).encode(encoding))
    table = table_of_file(path)
    assert table.headers == rows[0]
    assert table.name_column() == 1
    assert table.items(1, [2]) == (
        NewItem("Hyla arborea", (("opmerking", "geïnd één; dus, ja"),)),
        NewItem("Bufo bufo"),
    )


def test_quirk_13_short_rows_and_line_breaks_in_cells_are_no_trouble():
    table = table_of_text('soort;bron\nvos;"regel 1\nregel 2"\n\nboomkikker\n')
    assert table.rows == (("vos", "regel 1\nregel 2"), ("boomkikker", ""))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Bufo bufo (Linnaeus, 1758)\nHyla arborea (Linnaeus, 1758)", 2),
        ("boomkikker, vos; das", 3),
        ("boomkikker\r\nvos\r\n", 2),
        ("naam\nvos", 1),
        ("Bufo bufo (Linnaeus, 1758)", 1),
    ],
)
def test_what_was_typed_is_names(text, names):
    assert len(table_of_text(text).rows) == names


@pytest.mark.parametrize("kind", ["XLSX", "ODS"])
def test_a_spreadsheet_is_read(tmp_path, kind):
    path = tmp_path / f"soorten.{kind.lower()}"
    source = gdal.GetDriverByName(kind).Create(str(path), 0, 0, 0, gdal.GDT_Unknown)
    layer = source.CreateLayer("Blad1")
    for name in ("soort", "status"):
        layer.CreateField(ogr.FieldDefn(name, ogr.OFTString))
    for soort, status in (("vos", "gezien"), ("das", None)):
        feature = ogr.Feature(layer.GetLayerDefn())
        feature["soort"], feature["status"] = soort, status
        layer.CreateFeature(feature)
    source = layer = None
    table = table_of_file(path)
    assert (table.headers, table.rows) == (("soort", "status"), (("vos", "gezien"), ("das", "")))


@pytest.mark.parametrize(
    ("content", "reason"), [(b"\x00\x01 no table", "unreadable"), (None, "unreadable")]
)
def test_what_is_no_table_is_refused(tmp_path, content, reason):
    path = tmp_path / "x.xlsx"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BadTable) as refused:
        table_of_file(path)
    assert refused.value.reason == reason


def test_an_empty_file_is_refused(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("\n \n")
    with pytest.raises(BadTable) as refused:
        table_of_file(path)
    assert refused.value.reason == "empty"
    assert decoded(b"\x80") == "€"


def test_names_are_certain_doubtful_or_unknown(services):
    sure, dutch, fuzzy, higher, unknown, homonym = matched(
        services, "Hyla arborea", "vos", "Hyla arborae", "Hyla xyzzyi", "Xyzzyus", "Prunella"
    )
    assert (sure.state, sure.match.vernacular_name) == (NameState.SURE, "boomkikker")
    assert (dutch.state, dutch.match.scientific_name) == (NameState.SURE, "Vulpes vulpes")
    assert (fuzzy.state, fuzzy.reasons) == (NameState.CHECK, ("fuzzy", "duplicate"))
    assert (higher.state, higher.reasons) == (NameState.CHECK, ("higher",))
    assert (unknown.state, unknown.reasons) == (NameState.UNKNOWN, ())
    assert (homonym.state, homonym.reasons) == (NameState.UNKNOWN, ("homonym",))
    assert [tell_line(line) for line in (sure, dutch, fuzzy, unknown)] == [
        "the same name",
        "by its Dutch name",
        "looks like it (92 %); twice in the list",
        "unknown to the portal",
    ]


def test_a_long_name_leaves_room_for_what_it_stands_for(lists):
    lists.open("hilde")
    lists.type_names("Vespa velutina nigrithorax (du Buysson, 1905) van het hele land\nvos")
    view = lists.review.view
    assert view.columnWidth(0) <= 0.6 * view.viewport().width()
    assert view.columnViewportPosition(1) < view.viewport().width()


def test_a_kingdom_tells_homonyms_apart_and_is_never_itself_the_match(services):
    bird, fox = matched(services, "Prunella", "vos", kingdom="Animalia")
    assert bird.match.kingdom == "Animalia"
    assert fox.match.scientific_name == "Vulpes vulpes"
    (plant,) = matched(services, NewItem("Prunella", (("kingdom", "Plantae"),)))
    assert plant.match.kingdom == "Plantae"
    (odd,) = matched(services, "vos", kingdom="Plantae")
    assert (odd.state, odd.match.scientific_name) == (NameState.CHECK, "Vulpes vulpes")
    assert "other_kingdom" in odd.reasons


def test_a_subspecies_goes_up_to_its_species_where_asked(services):
    (line,) = matched(services, "Vespa velutina nigrithorax")
    assert line.match.rank == "subspecies"
    (line,) = matched(services, "Vespa velutina nigrithorax", roll_up=True)
    assert (line.match.scientific_name, line.reasons) == ("Vespa velutina", ("rolled_up",))


def test_the_accepted_name_is_sent_and_the_supplied_one_kept(services):
    lines = matched(services, NewItem("vos", (("status", "gezien"),)), "Xyzzyus", "Vulpes vulpes")
    fox, unknown = to_send(lines)
    assert fox.name == "Vulpes vulpes"
    assert dict(fox.values) == {
        "status": "gezien",
        "verbatimIdentification": "vos",
        "kingdom": "Animalia",
    }
    assert unknown == NewItem("Xyzzyus")
    assert [line.included for line in lines] == [True, True, False], "twice, and nothing new"
    assert [bool(key) for key in expected_keys(lines)] == [True, False]


def test_what_a_reader_chooses_is_sent(services):
    (line,) = matched(services, "Xyzzyus")
    chosen = choose(line, TaxonRef("5219243", "Vulpes vulpes", "vos"))
    assert to_send([chosen])[0].name == "Vulpes vulpes"
    assert expected_keys([chosen]) == ("5219243",)


def test_ten_thousand_names_take_few_requests_and_little_time(services, control):
    names = [f"Species nova{number}" for number in range(9900)] + ["vos"] * 100
    control.forget_requests()
    took = seconds_of(lambda: matched(services, *names))
    asked = control.requests("/namematching")
    assert len(asked) == 50, "9,901 different names in blocks of 200"
    assert took < 20


def test_matching_stops_when_it_is_canceled(services):
    from biodiv_plugin.portal.errors import Canceled

    def work(feedback):
        feedback.cancel()
        return match_list_names([NewItem("vos")], services.taxa, feedback=feedback)

    with pytest.raises(Canceled):
        in_task(work)


def test_the_review_shows_doubts_first_and_they_can_be_settled(lists):
    lists.open("hilde")
    lists.type_names("Hyla arborea\nHyla arborae\nXyzzyus\nvos")
    names, view = lists.review.names, lists.review.view
    assert [names.index(row, 0).data() for row in range(4)][:2] == ["Xyzzyus", "Hyla arborae"]
    assert "4 names" not in lists.review.summary.text(), "the second Hyla arborea is left out"
    assert "1 are left out" in lists.review.summary.text()
    view.selectRow(0)
    lists.review.other.set_taxa([TaxonRef("1", "x")])
    lists.review.other.added.emit(TaxonRef("5219243", "Vulpes vulpes", "vos"))
    assert names.index(0, 2).data() == "Vulpes vulpes"
    view.selectRow(1)
    assert lists.review.accept.isEnabled()
    lists.qtbot.mouseClick(lists.review.accept, Qt.MouseButton.LeftButton)
    assert names.line(names.index(1, 0)).state is NameState.SURE
    assert lists.review.leave.text() == "Put Back"
    lists.review.leave.click()
    assert names.line(names.index(1, 0)).included
    lists.review.doubtful.setChecked(True)
    assert names.rowCount() == 0
    assert lists.review.private.isChecked(), "private by default"


def test_names_come_from_a_file(lists, tmp_path):
    path = tmp_path / "soorten.csv"
    path.write_bytes("soort;status\nvos;gezien\négel;\n".encode("cp1252"))
    lists.open("hilde")
    lists.shelf.new.click()
    lists.wait_for(lambda: lists.is_at(lists.source))
    lists.source.kind.setCurrentIndex(FILE)
    lists.source.file.setFilePath(str(path))
    lists.said("2 rows were read", lists.source.notice)
    assert lists.source.name.currentText() == "soort"
    lists.source.values.setCheckedItems(["status"])
    lists.source.check.click()
    lists.wait_for(lambda: lists.review.names.rowCount() == 2)
    lines = {line.item.name: line for line in lists.review.names.lines()}
    assert lines["vos"].item.values == (("status", "gezien"),)
    assert "égel" in lines
    assert lists.review.name.text() == "soorten"
    lists.source.file.setFilePath(str(tmp_path / "nothing.csv"))
    lists.said("cannot be read as a table", lists.source.notice)


def test_names_come_from_a_column_or_the_selection_of_a_layer(lists):
    layer = QgsVectorLayer("NoGeometry?field=id:integer&field=soort:string", "Perceel", "memory")
    for number, name in enumerate(("vos", "das", "vos", None)):
        feature = QgsFeature(layer.fields())
        feature.setAttributes([number, name])
        layer.dataProvider().addFeature(feature)
    QgsProject.instance().addMapLayer(layer)
    lists.open("hilde")
    lists.shelf.new.click()
    lists.wait_for(lambda: lists.is_at(lists.source))
    lists.source.kind.setCurrentIndex(LAYER)
    assert lists.source.name.currentText() == "soort"
    lists.source.check.click()
    lists.wait_for(lambda: lists.review.names.rowCount() == 2)
    lists.review.back.click()
    layer.selectByIds([2])
    lists.source.selected.setChecked(True)
    lists.source.check.click()
    lists.wait_for(lambda: lists.review.names.rowCount() == 1)
    assert lists.review.name.text() == "Perceel"


def test_nothing_given_is_said_at_once(lists):
    lists.open("hilde")
    lists.shelf.new.click()
    lists.wait_for(lambda: lists.is_at(lists.source))
    lists.source.check.click()
    assert "Give a name first" in lists.source.notice.text()
    lists.source.cancel.click()
    assert lists.is_at(lists.shelf)


def test_a_name_service_that_fails_leaves_the_names_where_they_are(lists, control):
    lists.open("hilde")
    control.fault(kind="status", status=503, path="/namematching")
    lists.shelf.new.click()
    lists.wait_for(lambda: lists.is_at(lists.source))
    lists.source.text.setPlainText("vos")
    lists.source.check.click()
    lists.said("problem at the moment", lists.source.notice)
    assert lists.source.text.toPlainText() == "vos"
    control.clear_faults()
    lists.click("Try Again", lists.source.notice)
    lists.wait_for(lambda: lists.review.names.rowCount() == 1)
