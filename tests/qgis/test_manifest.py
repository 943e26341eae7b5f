"""The description that every download carries, in the file and beside it."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace

import pytest
from qgis.core import QgsVectorLayer

from biodiv_plugin.layers.contents import count_sources, hash_records
from biodiv_plugin.layers.manifest import (
    TABLE,
    VERSION,
    Manifest,
    manifest_path,
    read_manifest,
    sha256_of,
    write_manifest,
)
from biodiv_plugin.portal.errors import StorageFailed, UnexpectedAnswer
from tests.qgis.test_occurrence_layer import MANIFEST, download


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return download(tmp_path_factory.mktemp("download"))


def test_what_is_written_is_read(path):
    assert read_manifest(path) == MANIFEST


def test_the_document_is_plain_json_of_a_known_version():
    document = json.loads(MANIFEST.to_json())
    assert document["version"] == VERSION == 1
    assert document["words"] == {"nl": "300 waarnemingen", "en": "300 observations"}
    assert document["sources"][0]["uid"] == "dr1"
    assert Manifest.from_json(MANIFEST.to_json()) == MANIFEST


def test_the_file_beside_is_read_as_well(tmp_path):
    beside = manifest_path(tmp_path / "otters.gpkg")
    assert beside.name == "otters.manifest.json"
    beside.write_text(MANIFEST.to_json(), encoding="utf-8")
    assert read_manifest(beside) == MANIFEST


def test_a_second_manifest_takes_the_place_of_the_first(tmp_path):
    path = download(tmp_path)
    write_manifest(replace(MANIFEST, job="job-2"), path)
    assert read_manifest(path).job == "job-2"
    with sqlite3.connect(path) as connection:
        assert connection.execute(f"SELECT count(*) FROM {TABLE}").fetchone() == (1,)


def test_qgis_knows_the_table(path):
    table = QgsVectorLayer(f"{path}|layername={TABLE}", "manifest", "ogr")
    assert table.isValid()
    assert Manifest.from_json(next(table.getFeatures())["json"]) == MANIFEST


@pytest.mark.parametrize(
    "document", ["", "no json", "[]", "{}", '{"version": 1}', '{"version": 2, "sources": []}']
)
def test_what_is_no_manifest(tmp_path, document):
    path = tmp_path / "x.manifest.json"
    path.write_text(document, encoding="utf-8")
    with pytest.raises(UnexpectedAnswer):
        read_manifest(path)


def test_files_without_a_manifest(tmp_path):
    plain = download(tmp_path, manifest=None)
    (tmp_path / "text.gpkg").write_text("no database")
    for path in (plain, tmp_path / "text.gpkg", tmp_path / "none.gpkg", tmp_path / "none.json"):
        with pytest.raises(UnexpectedAnswer):
            read_manifest(path)
    assert not (tmp_path / "none.gpkg").exists()


def test_a_file_that_cannot_be_written(tmp_path):
    path = tmp_path / "x.gpkg"
    path.write_text("no database")
    with pytest.raises(StorageFailed):
        write_manifest(MANIFEST, path)


def test_the_sources_are_counted_from_the_records(path):
    counts = count_sources(path)
    assert sum(count.records for count in counts) == 300
    assert [count.records for count in counts] == sorted(
        (count.records for count in counts), reverse=True
    )
    assert {count.uid for count in counts} == {"dr101", "dr102", "dr103", "dr104"}
    assert all(count.name and count.licence for count in counts)


def test_the_checksum_is_that_of_the_ids_and_of_nothing_else(path, tmp_path):
    again = download(tmp_path)
    assert hash_records(again) == hash_records(path)
    layer = QgsVectorLayer(f"{again}|layername=occurrences", "x", "ogr")
    first = next(layer.getFeatures())
    place = layer.fields().lookupField("municipality")
    assert layer.dataProvider().changeAttributeValues({first.id(): {place: "Elders"}})
    assert hash_records(again) == hash_records(path)
    assert layer.dataProvider().deleteFeatures([first.id()])
    assert hash_records(again) != hash_records(path)


def test_the_checksum_of_a_file(tmp_path):
    path = tmp_path / "x"
    path.write_bytes(b"abc")  # FIPS 180-2, appendix B.1
    assert sha256_of(path) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
