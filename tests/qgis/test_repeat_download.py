"""A question asked again: what is new, and what people added stays."""

from __future__ import annotations

import pytest
from osgeo import gdal
from qgis.core import (
    QgsFeature,
    QgsField,
    QgsGeometry,
    QgsPointXY,
    QgsProcessingException,
    QgsVectorLayer,
    edit,
)
from qgis.PyQt.QtCore import QMetaType

from biodiv_plugin.layers.gdal_errors import listening
from biodiv_plugin.layers.manifest import read_manifest
from biodiv_plugin.layers.repeat import CHANGE
from biodiv_plugin.processing.download_observations import DownloadObservations
from biodiv_plugin.processing.repeat_download import RepeatDownload
from biodiv_plugin.processing.sign_in import SignIn
from tests.qgis.algorithms import Said, run


def opened(path) -> QgsVectorLayer:
    layer = QgsVectorLayer(f"{path}|layername=occurrences", "points", "ogr")
    assert layer.isValid()
    return layer


def by_id(path) -> dict[str, QgsFeature]:
    return {feature["recordID"]: feature for feature in opened(path).getFeatures()}


@pytest.fixture
def former(services, browse_as, tmp_path):
    """A download of all birds, as it was before the portal's index changed."""
    browse_as("hilde")
    run(SignIn(services), {"TIMEOUT": 30})
    path = tmp_path / "former.gpkg"
    run(DownloadObservations(services), {"OUTPUT": str(path), "QUALITY_PROFILE": ""})
    return path


@pytest.fixture
def repeat(services, former, tmp_path, control):
    """A function that repeats the download after the portal's index was built anew."""

    def again(said=None):
        control.fault("biocache.reindexed")
        target = tmp_path / "again.gpkg"
        return run(
            RepeatDownload(services),
            {
                "INPUT": str(former),
                "OUTPUT": str(target),
                "DIFF": str(tmp_path / "diff.gpkg"),
            },
            said,
        )

    return again


def test_new_changed_and_removed_records_are_told_apart(former, repeat):
    before = by_id(former)
    outputs = repeat()
    after = by_id(outputs["OUTPUT"])
    assert outputs["ADDED"] == len(after.keys() - before.keys()) > 0
    assert outputs["REMOVED"] == len(before.keys() - after.keys()) > 0
    assert outputs["CHANGED"] > 0
    marks = [feature[CHANGE] for feature in after.values()]
    assert marks.count("new") == outputs["ADDED"]
    assert marks.count("changed") == outputs["CHANGED"]
    table = QgsVectorLayer(outputs["DIFF"], "diff", "ogr")
    assert table.featureCount() == sum(outputs[k] for k in ("ADDED", "CHANGED", "REMOVED"))
    row = next(row for row in table.getFeatures() if row["change"] == "changed")
    assert row["columns"]


def test_ones_own_column_edit_and_record_are_kept(former, repeat):
    layer = opened(former)
    layer.dataProvider().addAttributes([QgsField("nota", QMetaType.Type.QString)])
    layer.updateFields()
    kept = next(layer.getFeatures())
    drawn = QgsFeature(layer.fields())
    drawn["scientificName"] = "Lutra lutra"
    drawn.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(150_000, 170_000)))
    with edit(layer):
        kept["nota"] = "mijn nota"
        kept["vernacularName"] = "eigen naam"
        layer.updateFeature(kept)
        layer.addFeature(drawn)
    record = kept["recordID"]
    del layer

    outputs = repeat()
    again = by_id(outputs["OUTPUT"])[record]
    assert (again["nota"], again["vernacularName"]) == ("mijn nota", "eigen naam")
    own = [f for f in opened(outputs["OUTPUT"]).getFeatures() if not f["recordID"]]
    assert [feature["scientificName"] for feature in own] == ["Lutra lutra"]
    assert own[0].geometry().asPoint().x() == pytest.approx(150_000)


def test_an_edit_is_no_change_of_the_portal(services, former, tmp_path):
    layer = opened(former)
    first = next(layer.getFeatures())
    with edit(layer):
        first["vernacularName"] = "eigen naam"
        layer.updateFeature(first)
    del layer
    parameters = {"INPUT": str(former), "OUTPUT": str(tmp_path / "again.gpkg")}
    outputs = run(RepeatDownload(services), parameters)
    assert (outputs["ADDED"], outputs["CHANGED"], outputs["REMOVED"]) == (0, 0, 0)


def test_an_edit_is_kept_through_two_repeats(services, former, tmp_path):
    layer = opened(former)
    first = next(layer.getFeatures())
    record = first["recordID"]
    with edit(layer):
        first["vernacularName"] = "eigen naam"
        layer.updateFeature(first)
    del layer
    source = former
    for name in ("second.gpkg", "third.gpkg"):
        target = tmp_path / name
        outputs = run(RepeatDownload(services), {"INPUT": str(source), "OUTPUT": str(target)})
        assert outputs["CHANGED"] == 0
        source = target
    assert by_id(source)[record]["vernacularName"] == "eigen naam"


def test_gdal_finds_nothing_odd_in_the_file(former):
    with listening() as said:
        dataset = gdal.OpenEx(str(former), gdal.OF_VECTOR)
        tables = [dataset.GetLayer(number) for number in range(dataset.GetLayerCount())]
        assert {"occurrences", "biodiv_edits", "biodiv_manifest"} <= {t.GetName() for t in tables}
        assert all(feature is not None for table in tables for feature in table)
    assert (said.failures, said.warnings) == ([], [])


def test_the_manifest_beside_the_file_will_do(services, former, tmp_path):
    manifest = former.with_name("former.manifest.json")
    parameters = {"INPUT": str(manifest), "OUTPUT": str(tmp_path / "again.gpkg")}
    assert run(RepeatDownload(services), parameters)["ADDED"] == 0


def test_a_file_without_a_question_is_told(services, former, tmp_path):
    other = tmp_path / "other.gpkg"
    other.write_bytes(b"no database")
    said = Said()
    with pytest.raises(QgsProcessingException):
        run(
            RepeatDownload(services),
            {"INPUT": str(other), "OUTPUT": str(tmp_path / "x.gpkg")},
            said,
        )
    assert not (tmp_path / "x.gpkg").exists()


def test_a_private_list_leaves_only_its_id_in_the_file(services, browse_as, tmp_path):
    browse_as("hilde")
    run(SignIn(services), {"TIMEOUT": 30})
    client, account = services.species_lists, services.session.account
    public = {info.druid for info in client.all()}
    private = next(info for info in client.mine(account.user_id) if info.druid not in public)
    keys = {item.taxon_key for item in client.items(private.druid, as_user=True)} - {""}
    first = tmp_path / "first.gpkg"
    parameters = {"SPECIES_LIST": private.druid, "OUTPUT": str(first), "QUALITY_PROFILE": ""}
    records = run(DownloadObservations(services), parameters)["RECORDS"]
    assert records > 0
    manifest = read_manifest(first)
    assert manifest.query["species_list"] == private.druid
    told = f"{manifest.query} {manifest.request} {manifest.words}"
    assert private.name not in told
    assert not [key for key in keys if f"'{key}'" in told or f":{key}" in told]
    again = run(
        RepeatDownload(services), {"INPUT": str(first), "OUTPUT": str(tmp_path / "again.gpkg")}
    )
    assert (again["ADDED"], again["CHANGED"], again["REMOVED"]) == (0, 0, 0)
    assert len(by_id(again["OUTPUT"])) == records
