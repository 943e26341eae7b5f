"""What the sign-in promises about the archive itself; the numbers are those of the promises."""

from __future__ import annotations

import ast
import re
import zipfile
from pathlib import PurePosixPath

import pytest

from scripts import vendor

TEXT = (".py", ".json", ".txt", ".html", ".qml", ".ts", ".svg", ".md", ".cfg", ".toml", "")
VENDORED = "biodiv_plugin/_vendor/"
NATIVE = (b"\x7fELF", b"MZ", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")


@pytest.fixture(scope="module")
def files(built_zip):
    """The archive's files by their names."""
    with zipfile.ZipFile(built_zip) as packed:
        return {name: packed.read(name) for name in packed.namelist() if not name.endswith("/")}


@pytest.fixture(scope="module")
def ours(files):
    """The text of what we wrote ourselves."""
    return {
        name: data.decode("utf-8")
        for name, data in files.items()
        if not name.startswith(VENDORED) and PurePosixPath(name).suffix in TEXT
    }


@pytest.fixture(scope="module")
def modules(files):
    """Every Python module of the archive, the vendored ones too."""
    return {name: ast.parse(data) for name, data in files.items() if name.endswith(".py")}


def calls(tree):
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def test_d03_there_is_no_client_secret(ours):
    assert len(ours) > 50
    for name, text in ours.items():
        assert not re.search(r"client_?secret", text, re.IGNORECASE), name
        assert "PRIVATE KEY" not in text, name
        assert not re.search(r"eyJ[A-Za-z0-9_-]{20,}\.", text), name  # a token


def test_d24_no_certificate_is_ever_overlooked(ours, modules):
    overlooked = (
        "ignoreSslErrors",
        "VerifyNone",
        "QueryPeer",
        "_create_unverified_context",
        "CERT_NONE",
        "setPeerVerifyMode",
    )
    for name, text in ours.items():
        assert not [word for word in overlooked if word in text], name
    for name, tree in modules.items():
        for call in calls(tree):
            for keyword in call.keywords:
                off = isinstance(keyword.value, ast.Constant) and keyword.value.value is False
                assert not (off and keyword.arg in ("verify", "check_hostname")), name


def test_d24_the_library_s_switches_are_not_touched(ours, modules):
    for name, text in ours.items():
        for switch in ("OAUTHLIB_INSECURE_TRANSPORT", "OAUTHLIB_RELAX_TOKEN_SCOPE"):
            assert switch not in text, name
    for name, tree in modules.items():
        for node in ast.walk(tree):
            written = [
                *(getattr(node, "targets", []) if isinstance(node, ast.Assign) else []),
                *([node.func] if isinstance(node, ast.Call) else []),
            ]
            for target in written:
                text = ast.unparse(target)
                assert not re.match(r"(os\.)?environ(\[|\.(setdefault|update)$)", text), name
                assert text not in ("os.putenv", "putenv"), name


def test_d28_each_package_is_pinned_by_hash():
    lines = vendor.REQUIREMENTS.read_text(encoding="utf-8").splitlines()
    wanted = [line for line in lines if line and not line.startswith("#")]
    assert len(wanted) >= 8
    for line in wanted:
        assert re.fullmatch(r"[\w.-]+==[\w.]+( --hash=sha256:[0-9a-f]{64})+", line), line


def test_d28_each_package_brings_its_licence(files):
    lines = vendor.REQUIREMENTS.read_text(encoding="utf-8").splitlines()
    wanted = {line.partition("==")[0] for line in lines if line and not line.startswith("#")}
    folder = f"{VENDORED}licences/"
    held = {
        name[len(folder) :].partition("/")[0].rpartition("-")[0]
        for name, data in files.items()
        if name.startswith(folder) and data.strip()
    }
    assert {_plain(name) for name in wanted} <= {_plain(name) for name in held}


def _plain(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def test_d28_none_is_native(files):
    assert not [name for name, data in files.items() if data.startswith(NATIVE)]
    suffixes = {PurePosixPath(name).suffix.lower() for name in files}
    assert not suffixes & {".so", ".pyd", ".dll", ".dylib", ".exe"}


def test_d28_none_is_importable_under_its_own_name(files, modules):
    assert {name.partition("/")[0] for name in files} == {"biodiv_plugin"}
    packages = {PurePosixPath(name).parts[1] for name in files if name.count("/") > 1}
    assert not packages & set(vendor.NAMES)
    for name, tree in modules.items():
        for call in calls(tree):
            changed = ast.unparse(call.func)
            assert not re.match(r"sys\.path\.(insert|append|extend)$", changed), name
            assert changed != "site.addsitedir", name
