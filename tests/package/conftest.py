"""The archives that users install, built once, and a real QGIS to try them in."""

from __future__ import annotations

import json
import subprocess
import zipfile
from pathlib import Path
from typing import Any, Callable

import pytest

from scripts import package
from scripts.desktop import desktop

INSIDE = Path(__file__).parent / "inside"


@pytest.fixture(scope="session")
def full_zip(tmp_path_factory) -> Path:
    """The archive for an organisation's own repository, with its vendored packages."""
    folder = tmp_path_factory.mktemp("full")
    return package.make_zip(vendored=True, folder=folder, work=folder / "work")


@pytest.fixture(scope="session")
def slim_zip(tmp_path_factory) -> Path:
    """The archive for the official repository, without any vendored package."""
    folder = tmp_path_factory.mktemp("slim")
    return package.make_zip(vendored=False, folder=folder, work=folder / "work")


@pytest.fixture(scope="session")
def built_zip(full_zip) -> Path:
    return full_zip


@pytest.fixture(scope="session")
def extract(tmp_path_factory) -> Callable[[Path], Path]:
    """Unpack an archive as QGIS does; return the plugin's folder."""

    def unpack(archive: Path) -> Path:
        folder = tmp_path_factory.mktemp("plugins")
        with zipfile.ZipFile(archive) as packed:
            packed.extractall(folder)
        return folder / package.PACKAGE

    return unpack


@pytest.fixture(scope="session")
def in_desktop(tmp_path_factory) -> Callable[..., dict[str, Any]]:
    """Run a script of ``inside/`` in a real QGIS, with an empty profile; return its report."""

    def run(script: str, **environment: str) -> dict[str, Any]:
        report = tmp_path_factory.mktemp("desktop") / "report.json"
        log = report.with_name("qgis.log")
        with desktop(size=(1280, 800)) as session, log.open("wb") as output:
            session.make_profile("fresh", None)
            process = session.start_qgis(
                "fresh",
                ["--code", str(INSIDE / script)],
                log=output,
                environment={"BIODIV_REPORT": str(report), **environment},
            )
            try:
                code = process.wait(90)
            except subprocess.TimeoutExpired:
                process.kill()
                pytest.fail(f"QGIS did not end: {log.read_text(errors='replace')[-3000:]}")
        assert report.is_file(), log.read_text(errors="replace")[-3000:]
        told = json.loads(report.read_text())
        assert "error" not in told, told["error"]
        assert code == 0, log.read_text(errors="replace")[-3000:]
        return told

    return run
