"""What plugins.qgis.org refuses or blocks, said here before it is uploaded.

After the site's ``validator.py`` and ``security_scanner.py`` and their rules; see
docs/releasing.md. That the addresses of the metadata answer is not asked here: no test uses the
network.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from configparser import ConfigParser
from pathlib import Path, PurePosixPath

import pytest

FOLDER = "biodiv_plugin"
REQUIRED = (
    *("name", "description", "version", "qgisMinimumVersion", "author", "email", "about"),
    *("tracker", "repository", "homepage", "qgisMaximumVersion", "icon", "tags", "changelog"),
)
SUSPICIOUS = (".exe", ".dll", ".so", ".dylib", ".bat", ".sh", ".ps1", ".cmd", ".pyd", ".pyc")
WORKSHOP = {"tests", "demo", "docs", "scripts", "benchmarks"}
TEXT = (".py", ".txt", ".svg", ".qml", ".html", ".json", ".csv", ".typed", "")


@pytest.fixture(scope="module", params=["slim_zip", "full_zip"])
def archive(request):
    with zipfile.ZipFile(request.getfixturevalue(request.param)) as packed:
        yield packed


@pytest.fixture(scope="module")
def metadata(archive):
    parser = ConfigParser()  # with interpolation, as QGIS and the site read it
    parser.optionxform = str
    parser.read_string(archive.read(f"{FOLDER}/metadata.txt").decode())
    return dict(parser.items("general"))


def test_it_is_small(archive):
    assert Path(archive.filename).stat().st_size < 2_000_000  # the site takes 25 MB


def test_it_holds_one_folder_of_plain_paths(archive):
    for name in archive.namelist():
        path = PurePosixPath(name)
        assert path.parts[0] == FOLDER
        assert ".." not in name
        assert "\\" not in name
        assert not {"__pycache__", "__MACOSX", ".git"} & set(path.parts)
        assert not any(part.startswith(".") for part in path.parts)
    assert archive.testzip() is None


def test_it_holds_no_program(archive):
    for entry in archive.infolist():
        assert not entry.filename.lower().endswith(SUSPICIOUS)
        assert not (entry.external_attr >> 16) & 0o111, f"{entry.filename} is executable"


def test_it_holds_no_other_binaries_than_translations(archive):
    for name in archive.namelist():
        if PurePosixPath(name).suffix not in {*TEXT, ".qm"}:
            pytest.fail(f"{name}: what is this?")
        if not name.endswith(".qm"):
            archive.read(name).decode()


def test_it_holds_what_must_be_there(archive, metadata):
    names = set(archive.namelist())
    for name in ("__init__.py", "metadata.txt", "LICENSE", metadata["icon"], "i18n/biodiv_nl.qm"):
        assert f"{FOLDER}/{name}" in names
    assert "GNU GENERAL PUBLIC LICENSE" in archive.read(f"{FOLDER}/LICENSE").decode()


def test_it_holds_nothing_of_the_workshop(archive):
    for name in archive.namelist():
        assert PurePosixPath(name).parts[1] not in WORKSHOP
        assert not name.endswith(".ts")


@pytest.mark.parametrize("key", REQUIRED)
def test_the_metadata_is_complete(metadata, key):
    assert metadata[key].strip()


def test_the_metadata_says_what_reviewers_ask_for(metadata):
    assert "plugin" not in metadata["name"].lower()
    assert re.fullmatch(r"\d+\.\d+\.\d+", metadata["version"])
    assert metadata["qgisMaximumVersion"] == "4.99"
    assert "supportsQt6" not in metadata
    assert "/" not in metadata["author"]
    assert metadata["category"] == "Web"
    assert metadata["hasProcessingProvider"] == "yes"
    for word in ("Flanders", "account", "requests-oauthlib", "keyring"):
        assert word in metadata["about"], "external needs and the region are told"
    for key in ("homepage", "tracker", "repository"):
        assert metadata[key].startswith("https://")


def test_the_changelog_tells_this_version_first(metadata):
    assert metadata["changelog"].startswith(metadata["version"])
    assert "Added:" in metadata["changelog"]


def scan(command: list[str], folder: Path) -> dict:
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.stdout, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def slim(extract, slim_zip):
    return extract(slim_zip)


def test_bandit_finds_nothing(slim):
    """All of Bandit's tests but the three that the site has switched off."""
    tool = [sys.executable, "-m", "bandit", "-r", str(slim), "-f", "json", "--quiet"]
    told = scan([*tool, "-s", "B404,B410,B411"], slim)
    assert told["errors"] == []
    keys = ("filename", "line_number", "test_id", "issue_text")
    found = [" ".join(str(issue[key]) for key in keys) for issue in told["results"]]
    assert found == []


def test_inline_exceptions_to_bandit_have_their_reason(slim):
    for path in slim.rglob("*.py"):
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if "nosec" in line:
                where = f"{path.name}:{number}: {line.strip()}"
                assert re.search(r"# nosec B\d{3}.*\w{4}", line), f"without a reason: {where}"
                assert not re.search(r"B10[567]|B501|B102|B602", line), f"not skippable: {where}"


def test_detect_secrets_finds_nothing(slim):
    """The site never lets a token, a key or a password in an address pass."""
    tool = [sys.executable, "-m", "detect_secrets", "scan", "--all-files"]
    options = ["--exclude-files", r"metadata\.txt", "--disable-plugin", "IPPublicDetector", "."]
    told = scan([*tool, *options], slim)
    found = [
        f"{path}:{secret['line_number']} {secret['type']}"
        for path, secrets in told["results"].items()
        for secret in secrets
    ]
    assert found == []
