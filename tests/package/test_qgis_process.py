"""The algorithms as scripts use them: ``qgis_process`` on the installed archive."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest

ALGORITHMS = {
    "signin",
    "signout",
    "account",
    "countobservations",
    "downloadobservations",
    "portallayers",
    "loadspecieslist",
}


@pytest.fixture(scope="module")
def qgis_process(extract, slim_zip, tmp_path_factory):
    # Debian's wrapper script adds an option that the program does not know in some versions.
    program = shutil.which("qgis_process.bin") or shutil.which("qgis_process")
    assert program, "qgis_process is part of QGIS"
    home = tmp_path_factory.mktemp("home")
    plugins = home / "profiles" / "default" / "python" / "plugins"
    shutil.copytree(extract(slim_zip), plugins / "biodiv_plugin")
    environment = {
        "PATH": "/usr/bin:/bin",
        "HOME": str(home),
        "QGIS_CUSTOM_CONFIG_PATH": str(home),
        "QT_QPA_PLATFORM": "offscreen",
        "BIODIV_PORTAL_URL": "http://127.0.0.1:9",  # nobody listens there
    }

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [program, *arguments],
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    enabled = run("plugins", "enable", "biodiv_plugin")
    assert enabled.returncode == 0, enabled.stdout + enabled.stderr
    return run


def test_the_algorithms_are_listed_under_their_published_ids(qgis_process):
    listed = json.loads(qgis_process("--json", "list").stdout)
    ours = listed["providers"]["biodiv"]["algorithms"]
    assert {name.partition(":")[2] for name in ours} >= ALGORITHMS


@pytest.mark.parametrize("algorithm", sorted(ALGORITHMS))
def test_each_algorithm_has_help(qgis_process, algorithm):
    told = qgis_process("help", f"biodiv:{algorithm}").stdout
    _, _, description = told.partition("Description")
    words = description.partition("Arguments")[0].replace("-", "").split()
    assert len(words) > 15, told


def test_a_portal_that_is_not_there_is_told_in_a_sentence(qgis_process):
    done = qgis_process("run", "biodiv:countobservations", "--TAXA=2426612")
    said = done.stdout + done.stderr
    assert done.returncode != 0
    assert "Traceback" not in said
    assert "cannot be reached" in said
