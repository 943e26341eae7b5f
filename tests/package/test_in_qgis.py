"""The archive in a real QGIS: installed, started, unloaded, reloaded; nothing stays behind."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

INSIDE = Path(__file__).parent / "inside"
PORTAL = "http://127.0.0.1:9"  # nobody listens there


@pytest.fixture(scope="module", params=["full_zip", "slim_zip"])
def report(request, in_desktop):
    archive = request.getfixturevalue(request.param)
    return in_desktop(
        "install.py",
        BIODIV_ZIP=str(archive),
        BIODIV_PORTAL_URL=PORTAL,
        BIODIV_OIDC_ISSUER=f"{PORTAL}/realms/vbp",
    )


def test_the_plugin_manager_installs_and_starts_it(report):
    assert report["installed and started"]
    assert "profiles/fresh/python/plugins/biodiv_plugin" in report["file"]


def test_it_adds_its_action_and_its_algorithms(report):
    added = {key: report["while loaded"][key] != report["before"][key] for key in report["before"]}
    assert {key for key, changed in added.items() if changed} == {
        "actions",
        "web menu",
        "web toolbar",
        "providers",
        "log handlers",
        "translation",
        "a picture's address",
    }
    assert "biodiv" in report["while loaded"]["providers"]


def test_it_speaks_the_language_of_qgis(report):
    assert report["while loaded"]["translation"] == "Lagen"


def test_starting_asks_the_network_nothing(report):
    assert report["requests at start"] == []


def test_its_one_dock_opens(report):
    assert "biodiv_portal" in report["with dock"]["docks"]


def test_nothing_stays_after_unloading_twice(report):
    assert report["after"] == report["before"]


def test_nothing_stays_after_many_reloads(report):
    assert report["reloaded"] == [True] * 5
    assert report["after reloading"] == report["before"]


def test_nobody_is_bothered_by_messages(report):
    assert [text for text in report["messages"] if "iodivers" in text] == []


@pytest.fixture(scope="module")
def started(extract, slim_zip, tmp_path_factory):
    """What starting the plugin brings in, told by a QGIS without a window."""
    home = tmp_path_factory.mktemp("home")
    done = subprocess.run(
        [sys.executable, str(INSIDE / "start.py"), str(extract(slim_zip).parent)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={"PATH": "/usr/bin:/bin", "HOME": str(home), "QT_QPA_PLATFORM": "offscreen"},
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize("late", ["requests", "requests_oauthlib", "oauthlib", "keyring"])
def test_starting_loads_no_library(started, late):
    assert not [name for name in started["modules"] if name.split(".")[0] == late]


def test_starting_builds_no_window(started):
    ours = [name for name in started["modules"] if name.startswith("biodiv_plugin")]
    of_the_interface = {name for name in ours if name.startswith("biodiv_plugin.gui.")}
    assert of_the_interface == {  # what has a name in parts of QGIS itself
        "biodiv_plugin.gui.layers",  # the folder alone
        "biodiv_plugin.gui.layers.catalogue_doors",
        "biodiv_plugin.gui.options_factory",
    }
    assert "biodiv_plugin.plugin" in ours


def test_starting_touches_no_network_and_no_file(started):
    """No authentication database either: QGIS makes it on the first question to it."""
    assert started["requests"] == []
    assert started["files"] == []
