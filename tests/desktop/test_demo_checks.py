"""What the demo calls a failure: its checks, on results that are wrong in one way each."""

from __future__ import annotations

import json
import zipfile
from types import SimpleNamespace

import pytest

from scripts import demo

URL = "http://127.0.0.1:4711"
TOKEN = ".".join(["eyJ" + "hbGciOiJSUzI1NiJ9", "eyJ" + "zdWIiOiJhbm4ifQ", "c2ln"])


@pytest.fixture()
def place(tmp_path):
    folder = tmp_path / "session"
    folder.mkdir()
    return SimpleNamespace(
        portal=SimpleNamespace(url=URL, records=10), session=SimpleNamespace(folder=folder)
    )


@pytest.fixture()
def report(tmp_path, monkeypatch):
    """A run in which all went well."""
    folder = tmp_path / "demo"
    folder.mkdir()
    for name in demo.MADE:
        (folder / name).write_text("made")
    monkeypatch.setattr(demo, "FOLDER", folder)
    return {
        "account": "Dirk Maes",
        "records": 7,
        "announced": 7,
        "layers": [["Waarnemingen", "ogr", "EPSG:31370", True, 7]],
        "signed in again": [True, 1, 1],
        "reopened signed out": [True, 1, 1],
        "origins": {URL: 30},
        "foreign": [],
        "errors": [],
        "secrets": [1, 0],
    }


def faults(report, place, code=0):
    return list(demo.find_faults(report, place, code))


def test_a_good_run_has_no_fault(report, place):
    assert faults(report, place) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"error": "Traceback: stuck"}, "stuck"),
        ({"records": 6}, "7 records were announced, 6 came"),
        ({"records": 0, "announced": 0}, "0 records were announced, 0 came"),
        ({"layers": [["Grenzen", "wms", "", False, -1]]}, "Grenzen is not valid"),
        ({"reopened signed out": [True, 1, 0]}, "0 of 1 layers of the saved project"),
        ({"signed in again": [False, 0, 0]}, "0 of 0 layers of the saved project"),
        ({"origins": {URL: 3, "https://elsewhere.example": 1}}, "elsewhere.example"),
        ({"origins": {}}, "requests went to"),
        ({"secrets": [0, 0]}, "held 0 secrets while signed in"),
        ({"secrets": [1, 1]}, "1 afterwards"),
        ({"foreign": ["192.0.2.1"]}, "192.0.2.1"),
        ({"errors": ["Python error: Traceback: TypeError"]}, "log tells an error"),
    ],
)
def test_each_wrong_thing_is_told(report, place, change, told):
    assert any(told in fault for fault in faults({**report, **change}, place))


def test_an_unhappy_end_of_qgis_is_told(report, place):
    assert "QGIS ended with 139" in faults(report, place, 139)


def test_what_was_not_made_is_told(report, place):
    (demo.FOLDER / "waarnemingen.gpkg").write_bytes(b"")
    assert "waarnemingen.gpkg was not made" in faults(report, place)


@pytest.mark.parametrize("secret", [TOKEN, "Bearer abcdefghij", "refresh_token=x", "authcfg=ab12"])
def test_a_secret_is_found_in_a_project(report, place, secret):
    with zipfile.ZipFile(demo.FOLDER / "project.qgz", "w") as project:
        project.writestr("project.qgs", f"<datasource>{secret}</datasource>")
    assert "project.qgz holds a secret" in faults(report, place)


def test_a_secret_is_found_in_the_profile(report, place):
    (place.session.folder / "QGIS3.ini").write_text(f"[biodiv]\nkept={TOKEN}\n")
    assert "the profile holds a secret: QGIS3.ini" in faults(report, place)


def test_qgis_own_empty_settings_are_no_secret(report, place):
    (place.session.folder / "QGIS3.ini").write_text("connections-xyz\\OSM\\authcfg=\nx=1\n")
    assert faults(report, place) == []


def test_the_keyring_may_keep_one(report, place):
    keyring = place.session.folder / "keyrings" / "login.keyring"
    keyring.parent.mkdir()
    keyring.write_text(TOKEN)
    assert faults(report, place) == []


def test_a_manifest_is_no_secret(report, place):
    manifest = {"query": "Hyla arborea", "sha256": "ab" * 32}
    (demo.FOLDER / "waarnemingen.manifest.json").write_text(json.dumps(manifest))
    assert faults(report, place) == []
