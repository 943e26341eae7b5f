"""Challenge 10: upload a CSV of one's own; the records of its species; some of them alone."""

from __future__ import annotations

import pytest
from qgis.core import QgsFeature, QgsGeometry, QgsPointXY, QgsProject, QgsVectorLayer

from biodiv_plugin.gui.lists.source import FILE
from biodiv_plugin.gui.portal_dock import PortalDock
from biodiv_plugin.gui.preview.desk import PreviewDesk
from biodiv_plugin.portal.query import OccurrenceQuery, TaxonRef
from biodiv_plugin.use_cases.list_backup import ListStore
from tests.qgis.doubles import in_task, spin_until

CSV = "Nederlandse naam;Status\r\nboomkikker;zeldzaam\r\nvos;gewoon\r\nbestaat niet;?\r\n"


@pytest.fixture
def dock(qtbot, services, host, browse_as, tmp_path):
    services.__dict__["list_store"] = ListStore(tmp_path / "lists")
    browse_as("hilde")
    dock = PortalDock(services, host)
    qtbot.addWidget(dock)
    dock.resize(360, 900)
    dock.show()
    dock.show_section("lists")
    return dock


def upload(dock, path):
    """Upload a CSV as a private list, as a newcomer would; return its id."""
    section = dock.lists
    source, review = section.editing.source, section.editing.review
    section.shelf.new.click()  # signs in first
    spin_until(lambda: section.stack.currentWidget() is source, 20)
    source.kind.setCurrentIndex(FILE)
    source.file.setFilePath(str(path))
    spin_until(lambda: source.name.currentText() == "Nederlandse naam")
    source.values.setCheckedItems(["Status"])
    source.check.click()
    spin_until(lambda: review.names.rowCount() == 3)
    review.name.setText("Mijn tuin in QGIS")
    review.save.click()
    spin_until(lambda: "only you see it" in section.notice.text(), 20)
    owner = dock.lists._services.session.account.user_id
    client = dock.lists._services.species_lists
    (info,) = in_task(lambda feedback: client.find_by_name("Mijn tuin in QGIS", owner, feedback))
    spin_until(lambda: section.shelf.model.entry_of(info.druid))
    return info.druid


def test_ones_own_csv_finds_the_records_of_its_species(dock, services, tmp_path):
    path = tmp_path / "tuin.csv"
    path.write_bytes(CSV.encode("cp1252"))
    druid = upload(dock, path)
    dock.lists.shelf.choose(druid)
    with_filter = []
    dock.lists.filter_requested.connect(with_filter.append)
    dock.lists.shelf.use.click()
    spin_until(lambda: with_filter, 20)
    found = with_filter[0]
    assert found.private
    assert len(found.taxa) == 2, "the third name is unknown"
    query = dock.occurrences.panel.query()
    assert query.list_taxa == found.taxa
    client = services.occurrences
    everything = OccurrenceQuery()
    by_list = in_task(lambda feedback: client.count(query, feedback))
    assert 0 < by_list < in_task(lambda feedback: client.count(everything, feedback))
    records = in_task(lambda feedback: list(client.search(query, 1000, feedback)))
    names = {record.scientific_name.split(" (")[0] for record in records}
    assert names <= {"Hyla arborea", "Vulpes vulpes"}
    assert len(names) == 2


def test_its_values_stand_at_the_records_in_colours(dock, tmp_path):
    path = tmp_path / "tuin.csv"
    path.write_bytes(CSV.encode("utf-8-sig"))
    druid = upload(dock, path)
    layer = QgsVectorLayer("Point?crs=EPSG:31370&field=species:string", "waarnemingen", "memory")
    for name in ("Hyla arborea", "Vulpes vulpes", "Bufo bufo"):
        feature = QgsFeature(layer.fields())
        feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(150000, 200000)))
        feature.setAttributes([name])
        layer.dataProvider().addFeature(feature)
    QgsProject.instance().addMapLayer(layer)
    section = dock.lists
    section.shelf.choose(druid)
    section.shelf.join.click()
    spin_until(lambda: section.stack.currentWidget() is section.join_form)
    form = section.join_form
    form.layer.setLayer(layer)
    form.key.setCurrentIndex(form.key.findData("Status"))
    form.consent.setChecked(True)
    form.join.click()
    values = {f["species"]: f[f"{druid}_Status"] for f in layer.getFeatures()}
    assert (values["Hyla arborea"], values["Vulpes vulpes"]) == ("zeldzaam", "gewoon")
    shown = [category.value() for category in layer.renderer().categories()]
    assert shown[:2] == ["gewoon", "zeldzaam"]
    layer.setSubsetString("")
    layer.selectByExpression(f"\"{druid}_Status\" = 'zeldzaam'")
    assert [f["species"] for f in layer.selectedFeatures()] == ["Hyla arborea"]


def test_its_records_are_on_the_map_and_those_of_one_of_its_species(dock, services, host, tmp_path):
    path = tmp_path / "tuin.csv"
    path.write_bytes(CSV.encode("utf-8"))
    druid = upload(dock, path)
    desk = PreviewDesk(services, host, tmp_path / "previews")
    dock.occurrences.preview_requested.connect(desk.show)
    dock.lists.shelf.choose(druid)
    dock.lists.shelf.use.click()
    spin_until(lambda: (dock.occurrences.query() or OccurrenceQuery()).list_taxa, 30)
    by_list = counted(dock)
    dock.occurrences.panel._preview.click()
    spin_until(lambda: QgsProject.instance().mapLayers(), 20)
    (layer,) = QgsProject.instance().mapLayers().values()
    assert layer.isValid() and layer.providerType() == "wms"
    frog = in_task(lambda f: services.taxa.suggest("Hyla arborea", feedback=f))[0]
    dock.occurrences.panel.taxa.set_taxa([TaxonRef(frog.key, frog.scientific_name)])
    frogs = counted(dock)
    assert 0 < frogs < by_list
    query = dock.occurrences.query()
    assert query.list_taxa and query.taxa
    records = in_task(lambda f: list(services.occurrences.search(query, 1000, f)))
    assert {record.scientific_name.split(" (")[0] for record in records} == {"Hyla arborea"}
    desk.close()


def counted(dock):
    """The number of the question as it stands now."""
    section = dock.occurrences
    spin_until(lambda: section.query() is not None, 30)
    spin_until(section._services.tasks.is_idle, 30)
    return section._answer.counted.count
