"""The archives as files: the same bytes each time, and what the full one carries."""

from __future__ import annotations

import os
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from scripts import package, vendor
from scripts.desktop import desktop


@pytest.mark.parametrize("vendored", [False, True])
def test_the_same_tree_gives_the_same_bytes(tmp_path, slim_zip, full_zip, vendored):
    before = os.umask(0o077)
    try:
        again = package.make_zip(vendored=vendored, folder=tmp_path, work=tmp_path / "work")
    finally:
        os.umask(before)
    first = full_zip if vendored else slim_zip
    assert again.read_bytes() == first.read_bytes()


def test_the_full_archive_is_the_slim_one_and_the_vendored_packages(slim_zip, full_zip):
    with zipfile.ZipFile(slim_zip) as slim, zipfile.ZipFile(full_zip) as full:
        extra = set(full.namelist()) - set(slim.namelist())
        assert set(slim.namelist()) <= set(full.namelist())
        assert extra
        assert all(name.startswith("biodiv_plugin/_vendor/") for name in extra)


def test_a_module_may_not_hide_what_is_laid_beside_it(tmp_path, monkeypatch):
    for name in ("biodiv_plugin/resources", "resources"):
        (tmp_path / name).mkdir(parents=True)
    monkeypatch.setattr(package, "ROOT", tmp_path)
    with pytest.raises(FileExistsError, match="would hide another resources"):
        package.stage(tmp_path / "stage", package.copy, vendored=False)


def test_a_linked_stage_follows_the_checkout(tmp_path):
    staged = package.stage(tmp_path / "biodiv_plugin", package.link, vendored=False)
    assert (staged / "portal").is_symlink()
    assert (staged / "i18n" / "biodiv_nl.qm").is_file()
    assert "changelog=" in (staged / "metadata.txt").read_text()


def test_the_index_of_a_repository_names_folder_and_archive(tmp_path):
    """QGIS takes ``file_name`` up to its first dot for the folder that it installs into."""
    index = package.make_index("https://repository.example/qgis/", tmp_path)
    (plugin,) = ElementTree.parse(index).getroot()
    assert plugin.get("name") == package.metadata()["name"]
    assert plugin.findtext("file_name", "").partition(".")[0] == "biodiv_plugin"
    version = plugin.get("version")
    assert plugin.findtext("download_url") == (
        f"https://repository.example/qgis/biodiv_plugin-{version}-full.zip"
    )


def test_the_changelog_tells_the_version_that_is_built():
    date, text = package.released()[0]
    assert text.startswith(f"{package.metadata()['version']} ({date})")


# The vendored packages are tried by the system's Python, as in QGIS, with the system's own copies
# of them hidden: what works here works where none is installed.
HIDE = f"""
import importlib.abc, sys
sys.path.insert(0, sys.argv[1])

class Hidden(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {vendor.NAMES!r}:
            raise ModuleNotFoundError(name)

sys.meta_path.insert(0, Hidden())
"""


def in_python(plugin: Path, code: str, **environment: str) -> str:
    command = ["/usr/bin/python3", "-c", HIDE + code, str(plugin.parent)]
    done = subprocess.run(
        command,
        env={"PATH": "/usr/bin:/bin", **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(extract, full_zip) -> Path:
    return extract(full_zip)


def test_the_vendored_packages_need_no_others(installed):
    said = in_python(
        installed,
        """
from biodiv_plugin._vendor import requests_oauthlib, oauthlib
from biodiv_plugin._vendor.keyring.backends import SecretService, Windows, fail, kwallet, libsecret
from biodiv_plugin._vendor.keyring.backends import macOS
session = requests_oauthlib.OAuth2Session("client", pkce="S256", redirect_uri="http://127.0.0.1:1/callback")
address, state = session.authorization_url("https://idp.example/auth")
print("code_challenge_method=S256" in address, oauthlib.__version__)
print(sorted(name for name in sys.modules if name.partition(".")[0] in ("keyring", "oauthlib")))
""",
    )
    assert said.splitlines() == ["True 3.2.2", "[]"]


def test_the_vendored_keyring_keeps_a_secret_in_a_real_one(installed):
    with desktop() as session:
        said = in_python(
            installed,
            """
from biodiv_plugin._vendor.keyring.backends.SecretService import Keyring
keyring = Keyring()
keyring.set_password("biodiv test", "ann", "s3cr\\u20act")
print(keyring.get_password("biodiv test", "ann") == "s3cr\\u20act", Keyring.viable)
keyring.delete_password("biodiv test", "ann")
print(keyring.get_password("biodiv test", "ann"))
""",
            **session.environment,
        )
    assert said.splitlines() == ["True True", "None"]


def test_the_windows_half_finds_its_modules_under_the_new_name(installed):
    said = in_python(
        installed,
        """
import importlib.util
from biodiv_plugin._vendor.win32ctypes import core
name = "biodiv_plugin._vendor.win32ctypes.core._dll"
loader = importlib.util.find_spec(name).loader
print(importlib.util.find_spec(loader.redirect_module) is not None, loader.redirect_module)
""",
    )
    assert said.startswith("True biodiv_plugin._vendor.win32ctypes.core.")


def test_vendoring_refuses_native_code(tmp_path):
    library = tmp_path / "installed" / "oauthlib" / "fast.so"
    library.parent.mkdir(parents=True)
    library.touch()
    with pytest.raises(SystemExit, match=r"oauthlib/fast\.so is native code"):
        vendor.build(tmp_path / "installed", tmp_path / "target")


@pytest.mark.parametrize(
    ("line", "rewritten"),
    [
        ("from oauthlib.oauth2 import x", "from biodiv_plugin._vendor.oauthlib.oauth2 import x"),
        ("    import keyring", "    from biodiv_plugin._vendor import keyring"),
        ("import jaraco.context as c", "import biodiv_plugin._vendor.jaraco.context as c"),
        (
            "import jaraco.context",
            "import biodiv_plugin._vendor.jaraco.context\nfrom biodiv_plugin._vendor import jaraco",
        ),
        ("from oauthlibrary import x", "from oauthlibrary import x"),
        ("import requests", "import requests"),
    ],
)
def test_imports_are_rewritten(line, rewritten):
    assert vendor.rewrite(line) == rewritten


def test_an_import_that_was_missed_is_refused(tmp_path, monkeypatch):
    module = tmp_path / "installed" / "oauthlib" / "__init__.py"
    module.parent.mkdir(parents=True)
    module.write_text("import sys, keyring\n")
    with pytest.raises(SystemExit, match="keyring"):
        vendor.build(tmp_path / "installed", tmp_path / "target")
