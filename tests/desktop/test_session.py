"""The desktop session that the demo, the pictures and the tests of the archives run in."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scripts.desktop import DesktopError, desktop


def running(needle: str) -> list[str]:
    """Return the command lines of processes that hold ``needle``, this one left out."""
    found = []
    for process in Path("/proc").iterdir():
        if process.name.isdigit() and int(process.name) != os.getpid():
            try:
                line = (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
            except OSError:
                continue
            if needle.encode() in line:
                found.append(process.name)
    return found


def test_it_has_all_a_desktop_has_and_nothing_of_the_users():
    with desktop() as session:
        environment = session.environment
        assert session.own_display
        assert environment["DISPLAY"].startswith(":")
        assert Path(environment["HOME"]).parent == session.folder
        assert environment["HOME"] != os.environ.get("HOME")
        assert "PYTHON_KEYRING_BACKEND" not in environment
        code = "from PyQt5.QtWidgets import QApplication as A; print(A([]).platformName())"
        said = subprocess.check_output([sys.executable, "-c", code], env=environment, text=True)
        assert said.strip() == "xcb"


def test_it_leaves_no_process_and_no_file():
    with desktop() as session:
        folder = session.folder
        assert running(str(folder))
    assert not folder.exists()
    end = time.monotonic() + 5  # the keyring ends by itself, once the bus is gone
    while running(str(folder)) and time.monotonic() < end:
        time.sleep(0.05)
    assert running(str(folder)) == []


def test_a_profile_asks_the_user_nothing_and_has_the_plugin(tmp_path):
    plugin = tmp_path / "biodiv_plugin"
    plugin.mkdir()
    with desktop() as session:
        profile = session.make_profile("one", plugin, locale="nl", theme="Night Mapping")
        settings = (profile / "QGIS" / "QGIS3.ini").read_text()
        assert "biodiv_plugin=true" in settings
        assert "userLocale=nl" in settings
        assert "UITheme=Night Mapping" in settings
        assert "askToSaveProjectChanges=false" in settings
        assert (profile / "python" / "plugins" / "biodiv_plugin").resolve() == plugin


def test_what_is_missing_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DesktopError, match="Xvfb is missing: scripts/setup installs it"), desktop():
        pass
