"""The tools around the code do what they say: sizes, links, set-up, targets."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from scripts import docs, sizes
from tests.architecture.source import ROOT


def test_a_long_file_and_a_long_function_are_found(tmp_path, monkeypatch):
    monkeypatch.setattr(sizes, "ROOT", tmp_path)
    module = tmp_path / "module.py"
    module.write_text("def long():\n" + "    x = 1\n" * 50 + "y = 1\n" * 360)
    assert sizes.too_long(module) == [
        "module.py: 411 lines, at most 400",
        "module.py:1: long has 51, at most 50",
    ]


def test_nothing_here_is_too_long():
    paths = [p for folder in sizes.FOLDERS for p in (ROOT / folder).rglob("*.py")]
    assert [line for path in paths for line in sizes.too_long(path)] == []


def test_a_dead_link_is_found(tmp_path, monkeypatch):
    monkeypatch.setattr(docs, "ROOT", tmp_path)
    page = tmp_path / "page.md"
    page.write_text(
        "# One heading\n[a](page.md) [b](page.md#one-heading) [c](https://elsewhere.example)\n"
        "[d](gone.md) [e](#nowhere)\n```\n[f](not-a-link.md)\n```\n"
    )
    assert list(docs.dead_links(page)) == [
        "page.md: gone.md leads nowhere",
        "page.md: #nowhere names no heading",
    ]


def test_the_documents_have_no_dead_link():
    assert [line for page in docs.documents() for line in docs.dead_links(page)] == []


def test_setup_does_nothing_where_all_is_there(tmp_path):
    """No package manager is called and no address asked, on a machine that is complete."""
    calls = tmp_path / "calls"
    for name in ("apt-get", "apt-cache", "sudo", "pip", "curl", "wget"):
        program = tmp_path / name
        program.write_text(f'#!/bin/sh\necho {name} "$@" >> {calls}\nexit 1\n')
        program.chmod(0o755)
    nowhere = "http://127.0.0.1:9"
    environment = {
        "PATH": f"{tmp_path}:{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "http_proxy": nowhere,
        "https_proxy": nowhere,
    }
    done = subprocess.run(
        [ROOT / "scripts" / "setup"], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    assert not calls.exists()


def test_make_help_lists_every_target():
    rules = re.findall(r"^([a-z0-9-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    told = subprocess.check_output(["make", "--no-print-directory", "help"], cwd=ROOT, text=True)
    listed = re.findall(r"^  make ([a-z0-9-]+) ", told, re.MULTILINE)
    assert listed == rules


@pytest.mark.parametrize("command", ["make demo", "make test"])
def test_the_readme_names_the_two_commands(command):
    assert command in (ROOT / "README.md").read_text()


@pytest.mark.parametrize("script", ["setup", "test", "lint"])
def test_scripts_can_be_started(script):
    path = Path(ROOT, "scripts", script)
    assert os.access(path, os.X_OK)
    assert path.read_text().startswith("#!/usr/bin/env bash\n")
